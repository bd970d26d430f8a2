"""
What node rules would catch, tried before anybody saves them: every interaction is told once.

The facts are counted by kind, which takes a scan only when a test of properties has changed; the
rules are then matched against the few kinds, by the same steps that decide `nodes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from trayecto.collect.node_document import Rule, judged
from trayecto.collect.nodes import Matched, claim, decide
from trayecto.lake.duck import Session
from trayecto.lake.kinds import learn


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of interaction there is, and how many are."""

    source: str
    name: str
    channel: str | None
    tested: str
    """Numbers of the rules of properties that it meets."""
    interactions: int


@dataclass(frozen=True, slots=True)
class Caught:
    """What one rule gets, and what it would have got if none stood before it."""

    rule: int
    kinds: tuple[Matched, ...]
    interactions: int
    taken: int
    """Interactions that it matches too, and that an earlier rule has."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What becomes of every interaction: total = those of each rule + those of none."""

    total: int
    kinds: int
    caught: tuple[Caught, ...]
    by_rules: int
    unmatched: tuple[Matched, ...]
    unmatched_interactions: int
    doubly: tuple[Matched, ...]
    """Kinds that several rules match; the first has them, so they are counted there."""
    doubly_interactions: int


def count_kinds(session: Session, rules: Sequence[Rule], *, keep_flagged: bool) -> tuple[Kind, ...]:
    """Return every kind of interaction as these rules tell them apart; they add up to all."""
    learn(session, judged(rules, keep_flagged=keep_flagged))
    rows = session.ask(
        "kinds under the rules tried",
        """select source, name, channel, tested(source, name, channel, properties) as tested,
                  count(*)
           from interactions group by all order by 5 desc, 1, 2, 3, 4""",
    )
    return tuple(Kind(*row) for row in rows)


def tried(session: Session, rules: Sequence[Rule], kinds: Sequence[Kind]) -> Trial:
    """Return what the rules would make of these kinds; nothing is written."""
    found = matched_kinds(session, rules, kinds)
    by_rule: dict[int, list[Matched]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for one in found:
        for nth, rule in enumerate(one.rules):
            if nth == 0:
                by_rule[rule].append(one)
            else:
                taken[rule] += one.interactions
    unmatched = tuple(one for one in found if not one.rules)
    doubly = tuple(one for one in found if len(one.rules) > 1)
    total = _sum(found)
    return Trial(
        total, len(found),
        tuple(
            Caught(
                rule.number, tuple(by_rule[rule.number]), _sum(by_rule[rule.number]),
                taken[rule.number],
            )
            for rule in rules
        ),
        total - _sum(unmatched), unmatched, _sum(unmatched), doubly, _sum(doubly),
    )  # fmt: skip


def matched_kinds(
    session: Session, rules: Sequence[Rule], kinds: Sequence[Kind]
) -> tuple[Matched, ...]:
    """Return each kind with the node it would be and the rules that claim it, commonest first."""
    session.load(
        "kind",
        "kind integer, source varchar, name varchar, channel varchar, tested varchar, "
        "interactions bigint",
        [
            (nth, kind.source, kind.name, kind.channel, kind.tested, kind.interactions)
            for nth, kind in enumerate(kinds)
        ],
    )
    claim(session, rules)
    decide(session, rules)
    rows = session.ask(
        "kinds with the nodes they would be",
        """select k.source, k.name, k.channel, d.touchpoint, d.channel, d.side, d.area,
                  k.interactions, coalesce(c.rules, []), d.place, k.tested
           from kind k join decided d using (kind)
           left join (select kind, list(rule order by rule) as rules from claim group by kind) c
             using (kind)
           order by k.interactions desc, k.source, k.name, k.channel, k.tested""",
    )
    return tuple(Matched(*(*row[:8], tuple(row[8]), *row[9:])) for row in rows)


def _sum(kinds: Sequence[Matched]) -> int:
    return sum(kind.interactions for kind in kinds)
