"""Who they are: the people behind a figure, and their steps one by one."""

from __future__ import annotations

from dataclasses import replace

from trayecto.journeys.answers_people import Member, Members, Moment, Timeline, Timelines
from trayecto.journeys.places import find
from trayecto.journeys.properties import value_of
from trayecto.journeys.scope import Scope, chosen
from trayecto.lake.duck import Session
from trayecto.lake.sql import one_of

_IDENTIFIERS = ("user_id", "email", "phone", "external", "anonymous_id")


def members(
    session: Session,
    scope: Scope,
    node: str,
    *,
    then: str | None = None,
    at_most: int | None = None,
    named: bool = False,
) -> Members:
    """
    Return who was at *node*, or went straight from it to *then*; most often first.

    *named* adds what identifies them, which is personal data: only where it is needed.
    """
    steps = chosen(session, scope)
    there = find(session, node, by=scope.by).condition
    if then is not None:
        # Who arrives carries where from: the stored previous touchpoint and channel.
        came = there.replace("touchpoint", "previous").replace("channel", "previous_channel")
        came = came.replace("node", "before")
        there = f"{came} and {find(session, then, by=scope.by).condition}"
    session.run(
        "who was there",
        f"""create or replace temp table members as
            select subject, count(*) as times, min(occurred_at) as first_at,
                   max(occurred_at) as last_at
            from {steps.name} where {there} group by subject""",
    )
    (people,) = session.one("how many", "select count(*) from members")
    limit = "" if at_most is None else f"limit {at_most}"
    rows = session.ask(
        "who they are", f"select * from members order by times desc, subject {limit}"
    )
    known = names(session, scope, [row[0] for row in rows]) if named else {}
    listed = tuple(replace(Member(*row), names=known.get(row[0], ())) for row in rows)
    return Members(scope.per, node, then, people, listed)


def names(session: Session, scope: Scope, subjects: list[int]) -> dict[int, tuple[str, ...]]:
    """Return what identifies each subject."""
    if scope.per == "case":
        case = value_of(scope.case) if scope.case else "i.case_id"
        rows = session.ask(
            "their cases",
            f"""select subject, list(distinct {case} order by {case}) from steps s
                join interactions i on i.id = s.interaction
                where s.per = 'case' and subject in {one_of(subjects)} and position = 1
                group by subject""",
        )
    else:
        listed = ", ".join(_IDENTIFIERS)
        rows = session.ask(
            "their identifiers",
            f"""select person, list(distinct word order by word) from (
                  select p.person, unnest([{listed}]) as word
                  from people p join links using (signature) where p.person in {one_of(subjects)})
                where word is not null group by person""",
        )
    return {subject: tuple(words) for subject, words in rows}


def timelines(
    session: Session, scope: Scope, *, subjects: tuple[int, ...] = (), at_most: int = 12
) -> Timelines:
    """Return single journeys step by step: those of *subjects*, or the first by number."""
    steps = chosen(session, scope)
    wanted = (
        f"subject in {one_of(subjects)}"
        if subjects
        else f"subject in (select distinct subject from {steps.name} order by subject "
        f"limit {at_most})"
    )
    rows = session.ask(
        "journeys step by step",
        f"""select subject, occurred_at, names.name, c.channel from {steps.name} s
            join names on names.code = s.node
            join (select distinct channel_code, channel from nodes) c on c.channel_code = s.channel
            where {wanted} order by subject, position""",
    )
    lived: dict[int, list[Moment]] = {}
    for subject, *moment in rows:
        lived.setdefault(subject, []).append(Moment(*moment))
    return Timelines(scope.per, tuple(Timeline(who, tuple(m)) for who, m in lived.items()))
