"""Who was at one place of a map, in their journeys, and what they wrote there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trayecto.journeys import trail
from trayecto.journeys.answers_people import Member
from trayecto.journeys.scope import Scope
from trayecto.journeys.walked import Boundaries, Node
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal


@dataclass(frozen=True, slots=True)
class Wrote:
    """What somebody wrote, as they wrote it: personal data. *level* is what was read in it."""

    subject: int
    written_at: datetime
    text: str
    level: float | None


@dataclass(frozen=True, slots=True)
class Visitors:
    """
    Those who were at a place, the most often first, and what they wrote there, the newest first.

    *people* (or cases) and *texts* count all of them; *listed* and *said* hold the first.
    """

    per: str
    people: int
    listed: tuple[Member, ...]
    texts: int
    said: tuple[Wrote, ...]


def visitors(
    session: Session,
    scope: Scope,
    place: int,
    *,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
    at_most: int,
) -> Visitors:
    """Return who was at *place* inside a journey: the people that its measures count."""
    session.load(
        "here", "touchpoint varchar, channel varchar, source varchar",
        [node for node, there in places.items() if there == place],
    )  # fmt: skip
    session.run(
        "who was ever here",
        f"""create or replace temp table ever_here as
            select distinct s.subject from steps s
            join nodes n on n.touchpoint_code = s.touchpoint and n.channel_code = s.channel
              and n.source_code = s.source
            join here h on h.touchpoint = n.touchpoint and h.channel = n.channel
              and h.source = n.source
            where s.per = {literal(scope.per)}""",
    )
    # Only their journeys are laid; where a journey begins and ends is told by their own steps.
    trail.lay(
        session, scope, places=places, stages=stages, boundaries=boundaries, whose="ever_here"
    )  # fmt: skip
    session.run(
        "who was here in a journey",
        f"""create or replace temp table been_here as
            select j.subject, count(*) as times, min(t.occurred_at) as first_at,
              max(t.occurred_at) as last_at
            from trail t join journey j using (journey) where t.place = {place}
            group by j.subject""",
    )
    session.run(
        "what they wrote here",
        f"""create or replace temp table wrote_here as
            select j.subject, t.occurred_at, i.text, f.level
            from trail t join journey j using (journey)
            join interactions i on i.id = t.interaction
            left join feelings f on f.interaction = t.interaction and f.kind = 'text'
            where t.place = {place} and trim(coalesce(i.text, '')) <> ''""",
    )
    (people,) = session.one("how many were here", "select count(*) from been_here")
    (texts,) = session.one("how many texts", "select count(*) from wrote_here")
    listed = session.ask(
        "who they are", f"select * from been_here order by times desc, subject limit {at_most}"
    )
    said = session.ask(
        "what they wrote last",
        f"select * from wrote_here order by occurred_at desc, subject, text limit {at_most}",
    )
    return Visitors(
        scope.per, people, tuple(Member(*row) for row in listed), texts,
        tuple(Wrote(*row) for row in said),
    )  # fmt: skip
