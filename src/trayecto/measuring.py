"""
Laying a designed map over what customers did: bind, walk, measure, contrast, report.

The second half of the story that `flow` begins. The command line, the app and a notebook call
these functions and nothing deeper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from trayecto.contrast import (
    bind,
    finding_order,
    findings,
    moment_words,
    moments,
    vote_words,
    votes,
)
from trayecto.contrast import deviations as deviating
from trayecto.contrast import drift as drifting
from trayecto.contrast import measure as measures
from trayecto.contrast import personas as protagonists
from trayecto.contrast import seen as seeing
from trayecto.contrast import trend as trending
from trayecto.contrast.drift import Drift
from trayecto.contrast.live_map import Compared, LiveMap, Side
from trayecto.contrast.measured import Measured
from trayecto.contrast.sides import Sides, side_by_side
from trayecto.contrast.sought import sought
from trayecto.emotion import masking, signals
from trayecto.flow import be_fresh, node_names, note_sql, sound_map
from trayecto.improve import pains
from trayecto.journeys import behaviour, customers, fates, kept, walk
from trayecto.journeys import graph as graphs
from trayecto.journeys import ways as ways_taken
from trayecto.journeys.cuts import BY_CHANNEL, by_month
from trayecto.journeys.scope import Scope
from trayecto.journeys.voices import typical
from trayecto.lake.duck import Session
from trayecto.lake.lake import LakeBusy
from trayecto.lake.sql import one_of
from trayecto.maps.document import JourneyMap, Protagonist
from trayecto.maps.segments import Segment
from trayecto.render.poster.poster import poster
from trayecto.render.poster.scene import LAYERS
from trayecto.render.reading import Reading, reading
from trayecto.render.report.behind import behind_json
from trayecto.render.report.page import report_page
from trayecto.render.report.sql import sections
from trayecto.render.report.told import Report
from trayecto.render.report.written import stop_unless_known, written
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.script import Steps
from trayecto.vocabulary.text import (
    NOTHING,
    Language,
    Text,
    WayOut,
    one_after_another,
)
from trayecto.workspace import Workspace

__all__ = ["LAYERS", "Compared", "LiveMap", "Reading", "Side"]


def measure(
    workspace: Workspace,
    file: Path,
    *,
    period: Period = ALWAYS,
    people: Rule = (),
    channel: str = "",
    segments: Sequence[Segment] = (),
    quotes: int = 0,
    cuts: bool = False,
    graph: bool = True,
) -> LiveMap:
    """
    Lay the designed map over what customers did: bind, walk, measure, find.

    *people* is a rule over customers: only of those it holds for; *channel*, only of those who have
    used it, with all they did. Each of *segments* is measured
    by itself too, as one of the map's cuts. *quotes* is how many typical texts of each touchpoint
    the report may show, covered; they are personal data all the same. With *cuts* everything is
    measured by the channel and the month in which journeys began too, with the months' trends.
    *graph*: with the whole node graph, which a report tells.
    """
    journey_map = replace(sound_map(file), node_names=node_names(workspace))
    be_fresh(workspace)
    zone = workspace.settings.zone
    scope = scope_of(workspace, journey_map, period, people, channel)
    ruled = protagonists.rules(journey_map)
    with workspace.lake.session() as session, ThreadPoolExecutor(1, "aligning") as aside:
        binding = bind.bind(journey_map, walk.seen_nodes(session))
        marked = behaviour.mark_rules(session, scope.per, ruled, called="personas", zone=zone)
        grouped = [group.rule for group in segments]
        chosen = behaviour.mark_rules(session, scope.per, grouped, called="chosen", zone=zone)
        customers.stop_if_nobody_has(chosen.unknown)
        keys = protagonists.key_of(journey_map)
        laid = walk.lay(
            session,
            scope,
            places=binding.places,
            stages=binding.stages,
            boundaries=measures.boundaries(journey_map),
            cuts={
                **({"channel": BY_CHANNEL, "month": by_month(zone)} if cuts else {}),
                **(
                    {"persona": marked.cut(keys), "others": marked.cut(keys, others=True)}
                    if keys
                    else {}
                ),
                **({"segment": chosen.cut([group.id for group in segments])} if segments else {}),
            },
        )
        taken = ways_taken.lived(session, measures.boundaries(journey_map))
        unplanned, names = ways_taken.unplanned(session), ways_taken.names_of(session)
        parts = ways_taken.parts(session) if laid.names else ways_taken.NO_PARTS
        # Aligning is arithmetic on one core; meanwhile the engine answers the rest.
        aligning = aside.submit(
            lambda: deviating.deviations(
                journey_map,
                ways_taken.distinct(taken),
                unplanned,
                names,
                unseen=seeing.unseen(journey_map, binding),
                parts=parts,
            )
        )
        walked = walk.count(session, laid, declared=measures.declared(journey_map))
        _keep_journeys(workspace, session, journey_map, scope, binding)
        whole = graphs.graph(session, scope) if graph else None
        measured = _told_in(workspace.zone, measures.measure(journey_map, binding, walked))
        counted = fates.count(session, sought(journey_map, measured))
        everybody = journey_map.everybody()
        did = behaviour.behaviour(session, marked) if everybody else None
        heard = [t.felt.value is not None for t in measured.touchpoints]
        written = typical(session, each=4 * quotes) if quotes else []
        said = [one for one in written if heard[one[0]]]
        ran = tuple(session.steps)
        unread = signals.unread(session, period, sources=scope.sources)
    note_sql(list(ran))
    seen = {one.id for one in measured.touchpoints if one.passage.seen}
    voted = votes.count(journey_map, counted.voted, parts=fates.PARTS, seen=seen)
    suggested = moments.find(journey_map, counted)
    deviations = aligning.result()
    measured = deviating.exact(measured, deviations)
    hurts = pains.rank(journey_map, measured, counted)
    more = (
        *vote_words.findings(journey_map, voted),
        *moment_words.findings(journey_map, suggested),
        *finding_order.disorder(journey_map, deviations),
        *finding_order.repeats(journey_map, hurts),
    )
    found = finding_order.in_order(findings.find(journey_map, measured, more=more), hurts)
    cut = tuple(
        deviating.exact_cut(one, deviations) for one in measures.cuts(journey_map, binding, walked)
    )
    who_they_are = (
        protagonists.check(
            journey_map, marked.everybody, did, unknown=marked.unknown,
            cuts={(one.kind, one.name): one.measured for one in cut},
        ) if did else None
    )  # fmt: skip
    # What is left of everybody without a persona was only there to be compared with.
    cut = tuple(one for one in cut if one.kind != "others")
    return LiveMap(
        journey_map, measured, found, whole, deviations, voted, suggested, hurts, who_they_are,
        cut, trending.trends(cut), people, channel,
        masking.quotes(said, [t.id for t in journey_map.touchpoints()], each=quotes),
        tuple(segments), ran,
        AskedOfMap(
            _seen_from(workspace, file), period, people, [s.id for s in segments], cuts, channel
        ),
        unread,
    )  # fmt: skip


def scope_of(
    workspace: Workspace, journey_map: JourneyMap, period: Period, people: Rule, channel: str
) -> Scope:
    """Return the interactions that a map is measured on."""
    declared = journey_map.journeys
    met = (f"[{channel}]",) if channel else ()
    return Scope(
        declared.per, declared.sources, period, contains=met, people=people,
        zone=workspace.settings.zone,
    )  # fmt: skip


def personas_of(journey_map: JourneyMap) -> dict[str, Protagonist]:
    """Return the personas of a map whose customers can be told, by what each is called there."""
    ruled = protagonists.with_rules(journey_map)
    return dict(zip(protagonists.key_of(journey_map), ruled, strict=True))


def _seen_from(workspace: Workspace, file: Path) -> str:
    """Return a file as named in the workspace's folder; one that lies elsewhere, as given."""
    here = workspace.folder.resolve()
    whole = file.resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(file)


def _at_home(workspace: Workspace, steps: Steps) -> list[tuple[str, str]]:
    """Return steps that name their files as seen from the workspace's folder, wherever it lies."""
    here = {str(folder) for folder in (workspace.folder.absolute(), workspace.folder.resolve())}
    lies = re.compile("'(?:" + "|".join(map(re.escape, here)) + ")/")
    return [(name, lies.sub("'", sql)) for name, sql in steps]


def compare_sides(
    workspace: Workspace,
    file: Path,
    one: Side,
    other: Side,
    *,
    people: Rule = (),
    channel: str = "",
    segments: Sequence[Segment] = (),
    quotes: int = 0,
    cuts: bool = False,
) -> Compared:
    """
    Return what differs on a map between two groups of customers, or two periods.

    Both are of the *people* and the *channel* asked for, if any; the rest is for the whole, as in
    `measure`.
    """
    sides, named = (one, other), (one.name, other.name)
    if one.period != other.period:
        whole = measure(
            workspace, file, period=one.period, people=(*people, *one.people), channel=channel,
            segments=segments, quotes=quotes, cuts=cuts,
        )  # fmt: skip
        second = measure(
            workspace, file, period=other.period, people=(*people, *other.people), channel=channel,
            graph=False,
        )  # fmt: skip
        found = side_by_side(whole.journey_map, whole.measured, second.measured, names=named)
        return _compared(whole, found, sides, people=people)
    # Two groups are two cuts of the same journeys: nothing is walked twice. No name has a space.
    groups = [Segment(f"side {n}", NOTHING, side.people) for n, side in enumerate(sides)]
    whole = measure(
        workspace, file, period=one.period, people=people, channel=channel,
        segments=(*segments, *groups), quotes=quotes, cuts=cuts,
    )  # fmt: skip
    cut = {cut.name: cut.measured for cut in whole.cuts if cut.kind == "segment"}
    if nobody := [name for name, group in zip(named, groups, strict=True) if group.id not in cut]:
        raise TrayectoError(*map(_not_on_map, nobody))
    found = side_by_side(whole.journey_map, *(cut[group.id] for group in groups), names=named)
    own = {group.id for group in groups}
    kept = tuple(cut for cut in whole.cuts if cut.name not in own)
    whole = replace(whole, cuts=kept, segments=tuple(segments))
    return _compared(whole, found, sides, people=people)


def _compared(whole: LiveMap, found: Sides, sides: tuple[Side, Side], *, people: Rule) -> Compared:
    """Return a comparison that knows what was asked of it and of either side."""
    if whole.asked is None:
        return Compared(whole, found)
    asked = replace(whole.asked, segments=[segment.id for segment in whole.segments])
    one, other = (
        replace(asked, period=side.period, people=(*people, *side.people), segments=(), cuts=False)
        for side in sides
    )
    words = [side.asked for side in sides if side.asked]
    if len(words) == len(sides):
        asked = replace(asked, people=people, compare=words)
    return Compared(replace(whole, asked=asked), replace(found, asked=(one, other)))


def _not_on_map(name: str) -> Problem:
    return Problem(
        Text(
            en=f"Nobody of “{name}” has a journey on this map.",
            es=f"Nadie de «{name}» tiene un trayecto en este mapa.",
        ),
        WayOut(
            en="“trayecto segments” says how many there are; look at the period too.",
            es="«trayecto segments» dice cuántos hay; mira también el periodo.",
            page=Text(
                en="The page of segments says how many there are; look at the period too.",
                es="La página de segmentos dice cuántos hay; mira también el periodo.",
            ),
        ),
    )


def _keep_journeys(
    workspace: Workspace,
    session: Session,
    journey_map: JourneyMap,
    scope: Scope,
    binding: bind.Binding,
) -> None:
    """Keep the journeys just walked in the lake, when they are all of the map and are new."""
    lake = workspace.lake
    mark = kept.mark(lake, scope, binding.places, measures.boundaries(journey_map))
    if kept.is_whole(scope) and not kept.is_fresh(lake, journey_map.id, mark):
        # Measuring does not wait for whoever is writing: the next one keeps them.
        with suppress(LakeBusy), lake.writing(wait_s=0) as writer:
            kept.keep(writer, session, journey_map.id, per=scope.per, mark=mark)


def span(workspace: Workspace, sources: Sequence[str]) -> tuple[datetime, datetime] | None:
    """Return the first and the last moment of the facts of some sources (none: of all)."""
    of = f"where source in {one_of(sources)}" if sources else ""
    with workspace.lake.session() as session:
        first, last = session.one(
            "first and last", f"select min(occurred_at), max(occurred_at) from interactions {of}"
        )
    return None if first is None else (first, last)


def _told_in(zone: ZoneInfo, measured: Measured) -> Measured:
    since, until = (
        end.astimezone(zone) if end else None for end in (measured.since, measured.until)
    )
    return replace(measured, since=since, until=until)


def live_picture(live: LiveMap, *, language: Language) -> str:
    """Return the live map as a picture (SVG): the measured over the designed."""
    return poster(
        live.journey_map, language=language, measured=live.measured, findings=live.findings,
        judged=live.judged,
    )  # fmt: skip


def live_reading(live: LiveMap, *, language: Language) -> Reading:
    """Return the live map in words, stage by stage."""
    return reading(live.journey_map, language=language, measured=live.measured, judged=live.judged)


def designed_reading(journey_map: JourneyMap, *, language: Language) -> Reading:
    """Return a map that is not measured in words, stage by stage."""
    return reading(journey_map, language=language)


def on_newer_text(live: LiveMap, newer: JourneyMap) -> LiveMap:
    """
    Return what was measured on a newer text of the same map, to be shown until it is measured anew.

    Where a stage or touchpoint is gone, measures and findings name it still: then the old one.
    """

    def parts(journey_map: JourneyMap) -> set[str]:
        touchpoints = {f"touchpoint:{one.id}" for one in journey_map.touchpoints()}
        return touchpoints | {f"stage:{one.id}" for one in journey_map.stages}

    if not parts(live.journey_map) <= parts(newer):
        return live
    return replace(live, journey_map=replace(newer, node_names=live.journey_map.node_names))


def report(
    workspace: Workspace,
    live: LiveMap,
    *,
    language: Language,
    simulated: bool = False,
    sides: Sides | None = None,
    drift: Drift | None = None,
    people: str = "",
) -> str:
    """
    Return the report of a live map: one page that needs nothing else.

    *sides* and *drift* are told in it; without *drift*, how old the map is by its own dates.
    *people* is the address of the lists of people behind its counts, in an app.
    """
    found = told(workspace, live, language=language, note=_note(live, simulated), sides=sides,
                 drift=drift)  # fmt: skip
    return report_page(replace(found, people=people))


def report_as(
    workspace: Workspace,
    live: LiveMap,
    ending: str,
    *,
    language: Language,
    simulated: bool = False,
    sides: Sides | None = None,
) -> bytes:
    """
    Return the report of a live map as a file: `.html`, `.pdf`, `.xlsx` or `.json`, by its ending.

    PDF needs the extra `report`, a workbook the extra `office`; what is missing is said.
    """
    if ending.lower() != ".json":
        note = _note(live, simulated)
        return written(told(workspace, live, language=language, note=note, sides=sides), ending)
    plain = live.as_json() | ({"sides": sides.as_json()} if sides else {})
    page = told(workspace, live, language=language, sides=sides)
    plain |= {"sql": sections(page.sql), "people": behind_json(page.scene(), page)}
    return (json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def stop_unless_report(file: Path) -> None:
    """Refuse a name that no report can have, before anything is measured for it."""
    stop_unless_known(file.suffix, file=str(file))


def _note(live: LiveMap, simulated: bool) -> Text:
    """Return the note of a live map; first that its data are invented, if they are."""
    return one_after_another([_SIMULATED, live.note()]) if simulated else live.note()


_SIMULATED = Text(en="Simulated data.", es="Datos simulados.")


def told(
    workspace: Workspace,
    live: LiveMap,
    *,
    language: Language,
    note: Text = NOTHING,
    sides: Sides | None = None,
    drift: Drift | None = None,
) -> Report:
    """Return everything a report tells, in one language."""
    today = workspace.now().date()
    return Report(
        live.journey_map, live.measured, language, findings=live.findings, graph=live.graph,
        made_on=today, data_note=note, personas=live.personas, sides=sides, judged=live.judged,
        deviations=live.deviations, quotes=live.quotes, cuts=live.cuts, trends=live.trends,
        drift=drift or drifting.drift(live.journey_map, None, today=today),
        segments={one.id: one.name for one in live.segments},
        sql=_at_home(workspace, live.sql), asked=live.asked,
    )  # fmt: skip
