"""
Which touchpoint each kind of interaction is, on which channel, on which side, by which area.

Rules are matched by the engine against the distinct kinds in the lake, never against facts: a kind
is a source, a name, a channel and the rules of properties met. The first rule that matches wins;
what none matches keeps its own name as touchpoint. The only writer of `nodes`; codes, once given,
are never reused.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from trayecto.collect.node_document import Rule, judged
from trayecto.lake.duck import Session
from trayecto.lake.kinds import NODE, NOTED, kind_holds, learn
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.marks import newest_import
from trayecto.lake.sql import literal
from trayecto.lake.tables import NODES
from trayecto.vocabulary.channel import PLACE_OF

RULES_AT_ONCE = 100
"""How many patterns are judged in one statement."""

_CODED = ("touchpoint", "channel", "source")


def digest(lake: Lake) -> str:
    """Return the digest of the rules under which `nodes` was last written."""
    return lake.stamp(NODES).get("digest", "")


@dataclass(frozen=True, slots=True)
class Matched:
    """One kind of interaction, the node it is, and the rules that claim it (the first has it)."""

    source: str
    name: str
    channel_received: str | None
    touchpoint: str
    channel: str
    side: str | None
    area: str | None
    interactions: int
    rules: tuple[int, ...]
    place: str | None = None
    tested: str = ""
    """The rules of properties among them; kinds that differ only in it are told apart by them."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def matched(session: Session, rules: Sequence[Rule]) -> tuple[Matched, ...]:
    """Return every kind of interaction with its node; their interactions add up to all."""
    session.run(
        "kinds with counts",
        f"""create or replace temp table kind as
            select row_number() over () as kind, * from (
              select n.source, n.name, n.channel_received as channel, n.tested, n.touchpoint,
                     n.channel as to_channel, n.side, n.area, n.place, count(*) as interactions
              from interactions i {NODE} group by all)""",
    )
    claim(session, rules)
    rows = session.ask(
        "nodes with counts",
        """select source, name, channel, touchpoint, to_channel, side, area, interactions,
                  coalesce(rules, []), place, tested
           from kind left join (select kind, list(rule order by rule) as rules from claim
                                group by kind) using (kind)
           order by interactions desc, source, name, channel, tested""",
    )
    return tuple(Matched(*(*row[:8], tuple(row[8]), *row[9:])) for row in rows)


def refresh(
    session: Session,
    writer: Writer,
    *,
    rules: Sequence[Rule],
    version: int,
    digest: str,
    keep_flagged: bool,
) -> None:
    """
    Decide every kind of interaction in the lake and write `nodes` anew.

    Does nothing when neither the facts (*version*) nor the rules (*digest*) changed since. The
    commit's *generation* rises when a fact decided before may now be another node, or count no
    longer, so that whoever stored codes knows that they moved.
    """
    was = writer.lake.stamp(NODES)
    if (was.get("interactions"), was.get("digest")) == (str(version), digest):
        return
    now = judged(rules, keep_flagged=keep_flagged)
    learn(session, now)
    erased = str(writer.lake.erased())
    same = {"digest": digest, NOTED: now.note(), "erased": erased}
    # What was there is there still, and only newer facts can be of another kind.
    some = "batch" in was and all(was.get(name) == noted for name, noted in same.items())
    session.run("kinds of interaction", _kinds(since=int(was["batch"]) if some else None))
    claim(session, rules)
    decide(session, rules)
    highest = _code(session, json.loads(was.get("highest", "{}")))
    (moved,) = session.one("whether a kind is another node now", _MOVED)
    moved = moved or was.get(NOTED) != now.note()
    writer.replace(
        NODES,
        session,
        "nodes",
        "from coded",
        stamp={
            **same, "interactions": str(version), "batch": str(newest_import(session)),
            "generation": str(int(was.get("generation", 0)) + bool(moved)),
            "highest": json.dumps(highest),
        },
    )  # fmt: skip


def _kinds(*, since: int | None) -> str:
    """Give the kinds that there are, in the order they came: those known, and of facts *since*."""
    told = "tested(source, name, channel, properties)"
    rows = f"""
        select source, name, channel, {told} as tested, min(batch) as first_batch,
               min(row) as first_row
        from interactions {"" if since is None else f"where batch > {since}"} group by all"""
    if since is not None:
        rows += """
        union all
        select source, name, channel_received, coalesce(tested, ''), 0, 0 from nodes"""
    return f"""
        create or replace temp table kind as
        select row_number() over (order by first_batch, source, first_row, name, channel, tested)
                 as kind, source, name, channel, tested
        from (select source, name, channel, tested, min(first_batch) as first_batch,
                     min(first_row) as first_row from ({rows}) group by all)"""


def claim(session: Session, rules: Sequence[Rule]) -> None:
    """Make `claim`: which rules match which `kind`."""
    session.run(
        "claims of rules of properties",
        """create or replace temp table claim as
           select kind, unnest(cast(string_split(tested, ',') as integer[])) as rule
           from kind where tested <> ''""",
    )
    plain = [rule for rule in rules if not rule.properties]
    named = [rule for rule in plain if _is_named(rule)]
    # Those that name what happened find their kinds at once, however many rules there are.
    session.load(
        "named_rule",
        "rule integer, source varchar, name varchar, channel varchar",
        [(r.number, r.source.only, r.name.only, r.channel.only) for r in named],
    )
    session.run(
        "claims of rules with a name",
        """insert into claim select k.kind, r.rule from kind k join named_rule r
             on r.name = k.name and (r.source is null or r.source = k.source)
             and (r.channel is null or r.channel = coalesce(k.channel, ''))""",
    )
    shaped = [rule for rule in plain if not _is_named(rule)]
    for start in range(0, len(shaped), RULES_AT_ONCE):
        met = ", ".join(
            f"case when {kind_holds(r.source, r.name, r.channel) or 'true'} then {r.number} end"
            for r in shaped[start : start + RULES_AT_ONCE]
        )
        session.run(
            "claims of rules with a pattern",
            f"""insert into claim select * from (select kind, unnest([{met}]) as rule from kind)
                where rule is not null""",
        )


def _is_named(rule: Rule) -> bool:
    others = (rule.source, rule.channel)
    return rule.name.only is not None and all(p.is_any or p.only is not None for p in others)


def decide(session: Session, rules: Sequence[Rule]) -> None:
    """Make `decided`: every kind with its node, by the first rule that claims it."""
    session.load(
        "said",
        "rule integer, touchpoint varchar, channel varchar, side varchar, area varchar, "
        "place varchar",
        [(r.number, r.touchpoint, r.to_channel, r.side, r.area, r.place) for r in rules],
    )
    session.load("place_of", "channel varchar, place varchar", PLACE_OF.items())
    folded = _folded("k.channel")
    session.run(
        "nodes decided",
        f"""create or replace temp table decided as
            with first as (select kind, min(rule) as rule from claim group by kind),
            named as (
              select k.kind, k.source, k.name, k.channel as channel_received, k.tested,
                     coalesce(nullif(s.touchpoint, ''), k.name) as touchpoint,
                     coalesce(nullif(s.channel, ''), {folded}) as channel,
                     s.side, nullif(s.area, '') as area, nullif(s.place, '') as place, s.rule
              from kind k left join first f using (kind) left join said s on s.rule = f.rule)
            select n.* replace (coalesce(n.place, p.place) as place)
            from named n left join place_of p on p.channel = n.channel""",
    )


# What systems call a channel of ours.
_SYNONYMS = {"e_mail": "email", "mail": "email", "correo": "email", "telephone": "phone",
             "telefono": "phone", "teléfono": "phone", "cellular": "phone", "call": "phone",
             "mobile_app": "app", "tienda": "store", "shop": "store"}  # fmt: skip
_SPACES = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"


def _folded(received: str) -> str:
    """Give SQL for the received channel, folded to one of ours where it plainly is one."""
    plain = f"replace(replace(lower(trim({received}, {_SPACES})), '-', '_'), ' ', '_')"
    cases = " ".join(f"when {literal(a)} then {literal(b)}" for a, b in _SYNONYMS.items())
    return f"case coalesce({plain}, '') when '' then 'unknown' {cases} else {plain} end"


def _code(session: Session, highest: dict[str, int]) -> dict[str, int]:
    """Make `coded`: what is decided, with codes old and new; return the highest codes given."""
    for what in _CODED:
        (stored,) = session.one("highest code", f"select coalesce(max({what}_code), 0) from nodes")
        given = max(stored, highest.get(what, 0))
        session.run(
            f"codes of each {what}",
            f"""create or replace temp table code_of_{what} as
                with old as (select {what} as word, min({what}_code) as code from nodes
                             group by {what}),
                fresh as (select {what} as word, min(kind) as first from decided
                          where {what} not in (select word from old) group by {what})
                from old union all
                select word, {given} + row_number() over (order by first) from fresh""",
        )
        (highest[what],) = session.one(
            "highest code now", f"select greatest({given}, max(code)) from code_of_{what}"
        )
    codes = ", ".join(f"{what}.code as {what}_code" for what in _CODED)
    joins = " ".join(f"join code_of_{w} {w} on {w}.word = d.{w}" for w in _CODED)
    session.run(
        "nodes with codes",
        f"create or replace temp table coded as select d.*, {codes} from decided d {joins}",
    )
    return highest


_MOVED = """
    select count(*) > 0 from nodes was join coded now
      on now.source = was.source and now.name = was.name
      and now.channel_received is not distinct from was.channel_received
      and now.tested = coalesce(was.tested, '')
    where now.touchpoint_code <> was.touchpoint_code or now.channel_code <> was.channel_code
       or now.source_code <> was.source_code"""
