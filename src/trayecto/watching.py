"""
Watching a map that is already measured: what people do against it, and whether it is still true.

Beside `flow`, which measures the map; each function is one use case, for a command or a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from trayecto import flow, measuring
from trayecto.contrast import bind
from trayecto.contrast import drift as drifting
from trayecto.contrast import measure as measures
from trayecto.contrast.drift import Drift, Periods
from trayecto.contrast.drift_words import drift_words, moved_words, period_words
from trayecto.contrast.measured import UndrawnNode
from trayecto.journeys.visitors import Visitors
from trayecto.journeys.visitors import visitors as who_was_there
from trayecto.journeys.walk import seen_nodes
from trayecto.maps.document import JourneyMap
from trayecto.measuring import LiveMap, Side
from trayecto.render.poster import deviation
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import Language, Text, WayOut
from trayecto.workspace import Workspace


def deviation_picture(live: LiveMap, *, language: Language) -> str:
    """Return what people did laid over what was drawn, as a picture (SVG)."""
    return deviation.deviation_picture(
        live.journey_map, live.measured, live.deviations, language=language
    )


__all__ = ["Watched", "deviation_picture", "drift", "drift_report"]

_BEFORE = Text(en="before", es="antes")


@dataclass(frozen=True, slots=True)
class Watched:
    """A map and what changed on it."""

    journey_map: JourneyMap
    drift: Drift
    after: LiveMap | None
    """The map measured in the second period, in full."""

    def words(self) -> tuple[Text, ...]:
        """Return what a team should know before it trusts the map, a line each."""
        return drift_words(self.journey_map, self.drift)

    def moved(self) -> tuple[Text, ...]:
        """Return only what moved between the two periods beyond chance."""
        return moved_words(self.journey_map, self.drift)

    def period(self) -> Text:
        """Return what was compared."""
        return period_words(self.drift)

    def as_json(self) -> dict[str, Any]:
        """Return plain values, with the same in words."""
        words = [{"en": text.en, "es": text.es} for text in self.words()]
        return {"map_id": self.journey_map.id, **self.drift.as_json(), "words": words}


def drift(
    workspace: Workspace,
    file: Path,
    *,
    length: timedelta | None = None,
    approved: date | None = None,
) -> Watched:
    """
    Return what changed on a map since it was approved, or from one third of the data to the next.

    With *length*, the periods are that long: the last one, and the one before it. *approved* is
    when it was approved elsewhere than in its text; the later day counts.
    """
    journey_map = flow.sound_map(file)
    days = [day for day in (approved, journey_map.approved) if day is not None]
    when = _periods(workspace, journey_map, length, approved=max(days, default=None))
    today = workspace.now().astimezone(workspace.zone).date()
    if when is None:
        return Watched(journey_map, drifting.drift(journey_map, None, today=today), None)
    after = Side(str(when.turn.date()) + " →", period=Period(when.turn, when.until))
    before = Side("→ " + str(when.turn.date()), period=Period(when.since, when.turn))
    both = measuring.compare_sides(workspace, file, after, before)
    found = drifting.drift(journey_map, (when, both.sides), today=today)
    return Watched(journey_map, found, both.whole)


def drift_report(workspace: Workspace, watched: Watched, *, language: Language) -> str:
    """Return the report of the second period, with what changed told in it; one page."""
    if watched.after is None:
        raise TrayectoError(
            Problem(
                watched.period(),
                WayOut(
                    en="Import more data, or take away --days or the map’s approval date.",
                    es="Importa más datos, o quita --days o la fecha de aprobación del mapa.",
                    page=Text(
                        en="Import more data, or take the map’s approval date away.",
                        es="Importa más datos o quita la fecha de aprobación del mapa.",
                    ),
                ),
            )
        )
    found, sides = watched.drift, watched.drift.sides
    if sides is not None and found.periods is not None:
        turn = day_words(found.periods.turn.date())
        since = Text(en=f"since {turn.en}", es=f"desde el {turn.es}")
        sides = replace(sides, first=since.say(language), second=_BEFORE.say(language))
    return measuring.report(workspace, watched.after, language=language, sides=sides, drift=found)


def _periods(
    workspace: Workspace,
    journey_map: JourneyMap,
    length: timedelta | None,
    *,
    approved: date | None,
) -> Periods | None:
    span = measuring.span(workspace, journey_map.journeys.sources)
    if span is None:
        return None
    turn = None
    if approved is not None:
        turn = flow.days(workspace, since=approved, until=None).since
    first, last = (_at(moment, workspace) for moment in span)
    return drifting.periods(first, last, turn=turn, length=length)


def _at(moment: datetime, workspace: Workspace) -> datetime:
    return moment.astimezone(workspace.zone)


def visitors(
    workspace: Workspace,
    file: Path,
    touchpoint: str,
    *,
    period: Period = ALWAYS,
    people: Rule = (),
    channel: str = "",
    at_most: int,
) -> Visitors:
    """
    Return who was at a touchpoint of a map and what they wrote there: personal data.

    They are those whom the measure counts there, asked for the same days and people.
    """
    journey_map = flow.sound_map(file)
    flow.be_fresh(workspace)
    place = [one.id for one in journey_map.touchpoints()].index(touchpoint)
    scope = measuring.scope_of(workspace, journey_map, period, people, channel)
    with workspace.lake.session() as session:
        binding = bind.bind(journey_map, seen_nodes(session))
        found = who_was_there(
            session, scope, place, places=binding.places, stages=binding.stages,
            boundaries=measures.boundaries(journey_map), at_most=at_most,
        )  # fmt: skip
    flow.note_sql(list(session.steps))
    return found


def still_undrawn(live: LiveMap, newer: JourneyMap) -> tuple[UndrawnNode, ...]:
    """Return what customers meet and no touchpoint of a newer text claims, the busiest first."""
    source = next(iter(newer.journeys.sources), "")
    left = [
        node
        for node in live.measured.undrawn
        if not bind.bind(newer, [(node.touchpoint, node.channel, source)]).places
    ]
    return tuple(sorted(left, key=lambda node: (-node.people, node.touchpoint, node.channel)))
