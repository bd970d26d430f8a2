"""
Whose journeys a figure of a map's report counts: the people behind it, and nobody else.

Beside `watching`, above `measuring`: the map is walked as the measure walks it, and what the figure
counts is picked out of that walk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import numpy as np

from trayecto import flow, measuring
from trayecto.contrast import bind
from trayecto.contrast import deviations as deviating
from trayecto.contrast import measure as measures
from trayecto.contrast import seen as seeing
from trayecto.contrast.moments import Outcome, turns_alike
from trayecto.contrast.sought import promises, stage_promises, stages_of
from trayecto.contrast.votes import FEELINGS, WAITS, asked
from trayecto.journeys import behaviour, did, trail
from trayecto.journeys import behind as standing
from trayecto.journeys import ways as ways_taken
from trayecto.journeys.behind import Behind
from trayecto.journeys.cuts import BY_CHANNEL, by_month
from trayecto.journeys.fated import Met
from trayecto.journeys.scope import Scope
from trayecto.journeys.walk import seen_nodes
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import Text
from trayecto.workspace import Workspace

__all__ = ["ALL", "Behind", "Chosen", "behind"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    Whose journeys are looked at, and when: the same choices that a map is measured by.

    *people* is a rule over customers; *persona*, one of the map's; *segment*, one of the
    workspace's; *channel*, those who have ever used it. *part* keeps the journeys of one part of
    the report, as it is called there: `channel=web` those that began there, `month=2026-03` those
    that began then, `persona=lucia` and `segment=fibre` those of some customers;
    `personas=several` (or `one` or `none`) of who is so many, `personas=lucia+pau` of who is both.
    """

    period: Period = ALWAYS
    people: Rule = ()
    persona: str = ""
    segment: str = ""
    channel: str = ""
    part: str = ""


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class _Spot:
    """What was named: a stage or touchpoint by its number, an undrawn node, or the whole map."""

    known: tuple[standing.That, ...]
    place: int | None = None
    stage: int | None = None
    node: tuple[str, str] | None = None


def behind(
    workspace: Workspace,
    file: Path,
    place: str = "",
    *,
    that: str = "reached",
    group: str = "",
    chosen: Chosen = ALL,
    at_most: int | None = None,
    named: bool = False,
) -> Behind:
    """
    Return the people behind a figure of a map's report: whose journeys did *that* at *place*.

    *place* is the id of a touchpoint or a stage, or a node nobody drew (`name [channel]`); "" asks
    about the map as a whole. *group* keeps, of a vote, those who felt, said or waited alike
    (`felt:bad`). *named* adds what identifies them: personal data.
    """
    journey_map = flow.sound_map(file)
    which, (kind, part) = _group(group), _part(chosen.part)
    rule = (
        *chosen.people,
        *_persona(journey_map, chosen.persona),
        *_persona(journey_map, part if kind == "persona" else ""),
        *_segment(workspace, chosen.segment),
        *_segment(workspace, part if kind == "segment" else ""),
    )
    flow.be_fresh(workspace)
    scope = measuring.scope_of(workspace, journey_map, chosen.period, rule, chosen.channel)
    with workspace.lake.session() as session:
        binding = bind.bind(journey_map, seen_nodes(session))
        # Only ways are laid beside the map step by step, in their order.
        lay = trail.lay if that in standing.FATES else trail.outline
        lay(
            session, scope, places=binding.places, stages=binding.stages,
            boundaries=measures.boundaries(journey_map),
        )  # fmt: skip
        spot = _spot(journey_map, place, lambda: did.undrawn(session))
        what = next((one for one in spot.known if one == that), None)
        if what is None:
            raise TrayectoError(_no_such_way(place, that, spot.known))
        ways = _ways(
            session, scope, journey_map, spot, what, which,
            unseen=seeing.unseen(journey_map, binding),
        )  # fmt: skip
        if kind == "personas":
            ways = f"{ways} intersect {_of_personas(session, scope, journey_map, part)}"
        cuts = {"channel": BY_CHANNEL, "month": by_month(workspace.settings.zone)}
        if kind in cuts:
            own = f"select journey from ({cuts[kind]}) where name = {literal(part)}"
            ways = f"{ways} intersect {own}"
        found = standing.behind(
            session, scope, what, ways, place=place, group=group, at_most=at_most, named=named
        )
        flow.note_sql(session.steps)
    return found


def _persona(journey_map: JourneyMap, id: str) -> Rule:
    """Return the rule of a persona of the map; without one, no rule."""
    if not id:
        return ()
    personas = measuring.personas_of(journey_map)
    if id not in personas:
        raise TrayectoError(_no_persona(id, list(personas)))
    return personas[id].rule


def _of_personas(session: Session, scope: Scope, journey_map: JourneyMap, part: str) -> str:
    """Give the journeys of those who are so many personas of the map, or two of them at once."""
    personas = measuring.personas_of(journey_map)
    unknown = [] if part in _SO_MANY else [name for name in part.split("+") if name not in personas]
    if unknown:
        raise TrayectoError(*(_no_persona(name, [*_SO_MANY, *personas]) for name in unknown))
    rules = [persona.rule for persona in personas.values()]
    marked = behaviour.mark_rules(session, scope.per, rules, called="personas", zone=scope.zone)
    return marked.told_apart(part, list(personas))


_SO_MANY = ("one", "several", "none")


def _segment(workspace: Workspace, id: str) -> Rule:
    """Return the rule of a segment of the workspace; without one, no rule."""
    return flow.segment(workspace, id).rule if id else ()


def _ways(
    session: Session,
    scope: Scope,
    journey_map: JourneyMap,
    spot: _Spot,
    that: standing.That,
    group: tuple[str, str] | None,
    *,
    unseen: Collection[str],
) -> str:
    """Give the journeys that did it, as SQL with one column."""
    if spot.node:
        return did.strayed(*spot.node)
    if spot.stage is not None:
        if that == "late":
            promised = stage_promises(journey_map).get(spot.stage)
            return did.late_at_stage(session, spot.stage, promised)
        stages = stages_of(journey_map)
        return did.passed([place for place in stages if stages[place] == spot.stage], that)
    if spot.place is None:
        return did.ended(that)
    if that in standing.FATES:
        return _fate(session, journey_map, spot.place, that, unseen=unseen)
    if that in standing.VOTES:
        return _vote(session, scope, journey_map, spot.place, that, group)
    if that in standing.FELT:
        return did.felt(session, spot.place, that)
    if that in standing.MOMENTS:
        outcome: Outcome = "comes_back" if that.endswith("back") else "completes"
        return did.met(
            session, spot.place, that, stages=stages_of(journey_map),
            like=partial(_turns, journey_map, spot.place, outcome),
        )  # fmt: skip
    if that == "late":
        return did.late_at_place(spot.place, promises(journey_map).get(spot.place))
    return did.passed([spot.place], that)


def _turns(
    journey_map: JourneyMap, place: int, outcome: Outcome, met: Sequence[Met]
) -> Collection[int]:
    return turns_alike(journey_map, met, place, outcome=outcome)


def _fate(
    session: Session, journey_map: JourneyMap, place: int, that: str, *, unseen: Collection[str]
) -> str:
    """Give the journeys of which the best alignment says that; they are aligned way by way."""
    ways = ways_taken.ways(session, measures.boundaries(journey_map))
    numbers = session.arrays("journeys in order", "select journey from journey order by journey")
    name = {"again": "repeated"}.get(that, that.replace("-", "_"))
    met = deviating.fates_of(journey_map, ways, unseen=unseen)[name][:, place]
    return did.listed(session, np.asarray(numbers["journey"])[met[ways.way]].tolist())


def _vote(
    session: Session,
    scope: Scope,
    journey_map: JourneyMap,
    place: int,
    that: str,
    group: tuple[str, str] | None,
) -> str:
    since, until = trail.span(session, scope)
    silence = journey_map.journeys.silence
    watched = until - since if since and until else timedelta()
    return did.voted(
        session, asked(journey_map, watched=watched), place, that, group=group,
        silence_s=silence.total_seconds() if silence else None, until=until,
    )  # fmt: skip


def _spot(
    journey_map: JourneyMap, place: str, undrawn: Callable[[], list[tuple[str, str]]]
) -> _Spot:
    """Return what was named, a touchpoint before a stage; what is not there is refused."""
    if not place:
        return _Spot(standing.OF_MAP)
    touchpoints = list(journey_map.touchpoints())
    ids = [touchpoint.id for touchpoint in touchpoints]
    stages = [stage.id for stage in journey_map.stages]
    if place in ids:
        number = ids.index(place)
        known = standing.OF_VOTE if touchpoints[number].vote else standing.OF_PLACE
        if place in (*journey_map.journeys.completes, *journey_map.journeys.leaves):
            # An end is no moment: whoever came to it has ended.
            known = tuple(one for one in known if one not in standing.MOMENTS)
        return _Spot(known, place=number)
    if place in stages:
        return _Spot(standing.OF_STAGE, stage=stages.index(place))
    nodes = undrawn()
    called = [node for node in nodes if place in (node[0], f"{node[0]} [{node[1]}]")]
    if len(called) == 1:
        return _Spot(standing.OF_NODE, node=called[0])
    names = [*ids, *stages, *(f"{name} [{channel}]" for name, channel in nodes)]
    near = [f"{name} [{channel}]" for name, channel in called]
    raise TrayectoError(_no_such_place(place, near or get_close_matches(place, names, n=3), names))


_GROUPS: dict[str, Sequence[str]] = {"felt": FEELINGS, "said": FEELINGS, "waited": WAITS}


def _group(words: str) -> tuple[str, str] | None:
    """Return which voters are meant; None: all of them."""
    by, _, named = words.partition(":")
    if not words:
        return None
    if named not in _GROUPS.get(by, ()):
        known = ", ".join(f"{by}:{name}" for by, names in _GROUPS.items() for name in names)
        raise TrayectoError(
            Problem(
                Text(en=f"There are no voters “{words}”.", es=f"No hay votantes «{words}»."),
                Text(en=f"There are: {known}.", es=f"Hay: {known}."),
            )
        )
    return by, named


_PARTS = ("persona", "personas", "segment", "channel", "month")


def _part(words: str) -> tuple[str, str]:
    """Return which part of the report is meant: what divides it, and which of those."""
    kind, _, name = words.partition("=")
    if words and (kind not in _PARTS or not name or (kind == "month" and not _is_month(name))):
        raise TrayectoError(
            Problem(
                Text(
                    en=f"“{words}” is no part of the report.",
                    es=f"«{words}» no es una parte del informe.",
                ),
                Text(
                    en="Write persona=ID, personas=several, segment=ID, channel=web or "
                    "month=2026-03.",
                    es="Escribe persona=ID, personas=several, segment=ID, channel=web o "
                    "month=2026-03.",
                ),
            )
        )
    return kind, name


def _is_month(name: str) -> bool:
    try:
        return bool(date.fromisoformat(f"{name}-01"))
    except ValueError:
        return False


def _no_such_place(place: str, near: Sequence[str], names: Sequence[str]) -> Problem:
    shown = ", ".join(near or names)
    return Problem(
        Text(
            en=f"The map has no touchpoint and no stage “{place}”, and nobody meets a node so "
            "called.",
            es=f"El mapa no tiene ningún punto de contacto ni etapa «{place}», y nadie pasa por "
            "un nodo que se llame así.",
        ),
        Text(en=f"There are: {shown}.", es=f"Hay: {shown}."),
    )


def _no_persona(persona: str, known: Sequence[str]) -> Problem:
    shown = ", ".join(known)
    return Problem(
        Text(
            en=f"The map has no persona “{persona}” with a rule.",
            es=f"El mapa no tiene ningún arquetipo «{persona}» con regla.",
        ),
        Text(en=f"There are: {shown}.", es=f"Hay: {shown}.")
        if known
        else Text(en="Give one a `rule`.", es="Ponle una `rule` a alguno."),
    )


_WHOLE_MAP = Text(en="the map as a whole", es="todo el mapa")


def _no_such_way(place: str, that: str, known: Sequence[str]) -> Problem:
    of = Text(en=f"“{place}”", es=f"«{place}»") if place else _WHOLE_MAP
    return Problem(
        Text(en=f"Of {of.en}, “{that}” is not counted.", es=f"De {of.es} no se cuenta «{that}»."),
        Text(en=f"Ask for: {', '.join(known)}.", es=f"Pregunta por: {', '.join(known)}."),
    )
