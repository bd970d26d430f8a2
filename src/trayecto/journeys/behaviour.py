"""
Whom rules over customers choose on a map, and what tells those apart that no measure of it says.

Rules are looked up once (`mark_rules`), before the walk, so that each can be a cut of its journeys;
what the walk then measures of the cut is the group's behaviour. Here is what is left to count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trayecto.journeys.customers import know, property_names, unknown_property
from trayecto.journeys.groups import Groups, count, mark
from trayecto.journeys.habits import Habits
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.rule import Rule


@dataclass(frozen=True, slots=True)
class Marked:
    """
    Some rules over customers, looked up: the table *name* holds which of them hold for whom.

    *everybody* counts all customers, on the map or not; *unknown* says of each property that
    nobody has what is nearest.
    """

    name: str
    everybody: Groups
    unknown: Mapping[str, Problem]

    def cut(self, names: Sequence[str], *, others: bool = False) -> str:
        """
        Give the journeys of those each rule holds for, as a cut of a walk, under the rules' names.

        With *others*, those of everybody else.
        """
        listed = ", ".join(f"({place}, {literal(name)})" for place, name in enumerate(names))
        return (
            f"select j.journey, r.name from journey j join {self.name} m using (subject) "
            f"join (values {listed}) r(place, name) on (m.mask >> r.place) & 1 = {int(not others)}"
        )

    def told_apart(self, which: str, names: Sequence[str]) -> str:
        """
        Give the journeys of those for whom `one` rule holds, `several`, `none`, or two by name.

        The rules are called *names*, in their order; two of them are written `first+second`.
        """
        bits = "bit_count(m.mask)"
        holds = {"one": f"{bits} = 1", "several": f"{bits} > 1", "none": "m.mask = 0"}.get(which)
        if holds is None:
            both = sum(1 << names.index(name) for name in which.split("+"))
            holds = f"m.mask & {both} = {both}"
        return f"select j.journey from journey j join {self.name} m using (subject) where {holds}"


def mark_rules(
    session: Session, per: str, rules: Sequence[Rule], *, called: str, zone: str = "UTC"
) -> Marked:
    """Return for how many each rule holds; make the table *called* that says for whom."""
    known = know(session, per, rules, zone=zone, called=f"{called}_known")
    mark(session, known, rules, called=called)
    said = property_names(session) if known.missing else []
    return Marked(
        called,
        count(session, len(rules), of=called),
        {name: unknown_property(name, said) for name in known.missing},
    )


@dataclass(frozen=True, slots=True)
class Felt:
    """The levels of some people, one voice each: how many, their sum and their sum of squares."""

    people: int
    total: float
    squares: float


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What customers did on a map, by the set of rules that hold for them."""

    on_map: Groups
    """Customers with a journey on the map."""
    channels: Mapping[int, Mapping[str, int]]
    """By mask: customers by the channel they use most on the map."""
    voices: Mapping[int, Felt]


def behaviour(session: Session, marked: Marked) -> Behaviour:
    """Return what customers did, from the tables `trail` and `journey` of a walk."""
    session.run(
        "journeys with the rules that hold",
        f"create or replace temp table ruled as "
        f"select j.journey, j.subject, m.mask from journey j join {marked.name} m using (subject)",
    )
    people = "(select distinct subject, mask from ruled)"
    return Behaviour(
        count(session, marked.everybody.rules, of=people), _channels(session), _voices(session)
    )


def _channels(session: Session) -> Mapping[int, Mapping[str, int]]:
    habits = Habits.of(session, "channel")
    rows = session.ask(
        "the channel each uses most",
        f"""with used as (
              select r.subject, any_value(r.mask) as mask, {habits.counts}
              from trail t join ruled r using (journey)
              where t.place is not null group by r.subject)
            select mask, {habits.most} as word, count(*) from used
            group by all order by 1, 3 desc, 2""",
    )
    found: dict[int, dict[str, int]] = {}
    for mask, word, people in rows:
        found.setdefault(mask, {})[word] = people
    return found


def _voices(session: Session) -> Mapping[int, Felt]:
    rows = session.ask(
        "how they felt on the map",
        """with said as (
             select r.subject, any_value(r.mask) as mask,
               avg(f.level) filter (f.kind = 'score') as scored, avg(f.level) as told
             from heard f join ruled r on r.journey = f.journey
             where f.place is not null group by r.subject),
           -- One person, one voice, and a score is stronger than words: as at each place.
           voice as (select mask, coalesce(scored, told) as level from said)
           select mask, count(*), sum(level), sum(level * level) from voice group by mask""",
    )
    return {mask: Felt(*row) for mask, *row in rows}
