"""
The story of Trayecto, one short function a use case. Read this first.

    collect → clean → unify → observe → measure → contrast → draw

Files become clean interactions (`import_files`); interactions become people and ordered steps
(`unify_and_observe`); steps answer questions (`graph`, `variants`). A map is a document a team
writes (`check`, `draw`); laid over the steps it becomes the live map (`measure`). The command line
and a notebook call these functions and nothing deeper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import md5
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trayecto.collect import clean, files, nodes, propose
from trayecto.collect import mapping as mappings
from trayecto.contrast import bind, findings
from trayecto.contrast import measure as measures
from trayecto.contrast.measured import Measured
from trayecto.identity import links, people
from trayecto.journeys import graph as graphs
from trayecto.journeys import steps
from trayecto.journeys import variants as paths
from trayecto.journeys.answers import Graph, Variants
from trayecto.journeys.scope import Scope
from trayecto.journeys.walk import seen_nodes, walk
from trayecto.lake.tables import INTERACTIONS
from trayecto.maps import check as checks
from trayecto.maps.check import Checked
from trayecto.maps.document import JourneyMap
from trayecto.render.graph import graph_picture
from trayecto.render.png import png
from trayecto.render.poster import poster
from trayecto.render.report import report_page
from trayecto.render.type import standing_alone
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.text import NOTHING, Language, Text
from trayecto.workspace import Workspace, create, open_, read_document, write_file

__all__ = ["Checked", "Period", "Scope", "create", "open_", "write_file"]

Tell = Callable[[Text], None]


def _silent(_: Text) -> None:
    """Tell nobody."""


def import_files(
    workspace: Workspace,
    names: Sequence[Path],
    *,
    source: str,
    mapping: Path | None = None,
    save_mapping: Path | None = None,
    tell: Tell = _silent,
) -> list[clean.Cleaned]:
    """
    Bring files into the lake, and people and steps up to date; return what became of each file.

    Without *mapping* each file's is proposed from its data; *save_mapping* keeps the last one used.
    A file that cannot be read does not stop the others; the problems of all are raised at the end.
    """
    given = mappings.read(read_document(mapping), file=str(mapping)) if mapping else None
    done: list[clean.Cleaned] = []
    problems: list[Problem] = []
    for name in names:
        try:
            chosen = propose.Proposal(given) if given else propose_mapping(workspace, name)
            if save_mapping:
                write_file(save_mapping, mappings.write(chosen.mapping).encode())
            cleaned = collect(workspace, name, source=source, mapping=chosen.mapping, tell=tell)
            done.append(replace(cleaned, notes=chosen.notes))
        except TrayectoError as error:
            problems += error.problems
    if done:
        unify_and_observe(workspace, tell=tell)
    if problems:
        raise ImportStopped(done, problems)
    return done


class ImportStopped(TrayectoError):
    """Some files could not be imported; *done* holds those that were."""

    def __init__(self, done: Sequence[clean.Cleaned], problems: Sequence[Problem]) -> None:
        self.done = tuple(done)
        super().__init__(*problems)


def collect(
    workspace: Workspace,
    name: Path,
    *,
    source: str,
    mapping: mappings.Mapping | None = None,
    tell: Tell = _silent,
) -> clean.Cleaned:
    """Bring one file into the lake, and leave people and steps for later."""
    chosen = mapping or propose_mapping(workspace, name).mapping
    lake = workspace.lake
    with (
        lake.writing() as writer,
        lake.session() as session,
        files.opened(session, name) as arrivals,
    ):
        columns = [column for column, _ in arrivals.columns]
        mappings.check(chosen, columns, file=str(name))
        return clean.clean(
            session,
            writer,
            arrivals,
            mapping=chosen,
            source=source,
            zone=workspace.settings.zone,
            now=workspace.now(),
            tell=tell,
        )


def propose_mapping(workspace: Workspace, name: Path) -> propose.Proposal:
    """Return the mapping that the program would use for a file, with what to know about it."""
    with workspace.lake.session() as session, files.opened(session, name) as arrivals:
        return propose.propose(session, arrivals)


def unify_and_observe(workspace: Workspace, *, tell: Tell = _silent) -> None:
    """
    Bring nodes, people and steps up to date with the facts; cheap when they are already.

    Each stage reads what the one before wrote, and notes what it was built from, so an interrupted
    run is simply done again.
    """
    lake = workspace.lake
    rules, digest = _node_rules(workspace)
    with lake.writing() as writer:
        version = lake.version(INTERACTIONS)
        if version == -1:
            return
        tell(Text(en="matching node rules", es="aplicando las reglas de nodos"))
        with lake.session() as session:
            nodes.refresh(session, writer, rules=rules, version=version, digest=digest)
        tell(Text(en="joining people", es="uniendo personas"))
        with lake.session() as session:
            links.record(session, writer, region=workspace.settings.region, version=version)
        with lake.session() as session:
            people.compute(session, writer, version=version)
        tell(Text(en="ordering steps", es="ordenando los pasos"))
        with lake.session() as session:
            steps.build(lake, writer, session)


def graph(workspace: Workspace, scope: Scope) -> Graph:
    """Return the node graph: what customers really do."""
    _be_fresh(workspace)
    with workspace.lake.session() as session:
        return graphs.graph(session, scope)


def variants(workspace: Workspace, scope: Scope, *, at_most: int | None = None) -> Variants:
    """Return whole paths, the commonest first."""
    _be_fresh(workspace)
    with workspace.lake.session() as session:
        return paths.variants(session, scope, at_most=at_most)


def check(file: Path) -> Checked:
    """Return what is wrong with a map, line by line, and what would make it a better one."""
    return checks.check(read_document(file), file=str(file))


def draw(file: Path, *, language: Language) -> str:
    """Return the designed map as a picture (SVG)."""
    return poster(_sound_map(file), language=language)


@dataclass(frozen=True, slots=True)
class LiveMap:
    """A designed map with what was measured on it, what that means, and the whole graph."""

    journey_map: JourneyMap
    measured: Measured
    findings: tuple[findings.Finding, ...]
    graph: Graph

    def as_json(self) -> dict[str, Any]:
        """Return the measures and the findings as plain values."""
        said = [asdict(finding) for finding in self.findings]
        return {**self.measured.as_json(), "findings": said}


def measure(workspace: Workspace, file: Path, *, period: Period = ALWAYS) -> LiveMap:
    """Lay the designed map over what customers did: bind, walk, measure, find."""
    journey_map = _sound_map(file)
    _be_fresh(workspace)
    scope = Scope(journey_map.journeys.per, journey_map.journeys.sources, period)
    with workspace.lake.session() as session:
        binding = bind.bind(journey_map, seen_nodes(session))
        walked = walk(
            session,
            scope,
            places=binding.places,
            stages=binding.stages,
            boundaries=measures.boundaries(journey_map),
        )
        whole = graphs.graph(session, scope)
    measured = _told_in(workspace.zone, measures.measure(journey_map, binding, walked))
    return LiveMap(journey_map, measured, findings.find(journey_map, measured), whole)


def days(workspace: Workspace, *, since: date | None, until: date | None) -> Period:
    """Return the period from the first day to before the day *until*, as the customers' days."""

    def midnight(day: date | None) -> datetime | None:
        return datetime(day.year, day.month, day.day, tzinfo=workspace.zone) if day else None

    return Period(midnight(since), midnight(until))


def _told_in(zone: ZoneInfo, measured: Measured) -> Measured:
    since, until = (
        end.astimezone(zone) if end else None for end in (measured.since, measured.until)
    )
    return replace(measured, since=since, until=until)


def live_picture(live: LiveMap, *, language: Language) -> str:
    """Return the live map as a picture (SVG): the measured over the designed."""
    return poster(
        live.journey_map, language=language, measured=live.measured, findings=live.findings
    )


def report(
    workspace: Workspace, live: LiveMap, *, language: Language, simulated: bool = False
) -> str:
    """Return the report of a live map: one page that needs nothing else."""
    note = Text(en="Simulated data.", es="Datos simulados.") if simulated else NOTHING
    return report_page(
        live.journey_map,
        live.measured,
        findings=live.findings,
        graph=live.graph,
        language=language,
        made_on=workspace.now().date(),
        data_note=note,
    )


def picture_of(graph: Graph, *, language: Language) -> str:
    """Return the node graph as a picture (SVG)."""
    return graph_picture(graph, language=language)


def save_picture(svg: str, file: Path, *, width: int = 3200) -> None:
    """Write a picture as SVG or PNG, by the name of the file; all of it or nothing."""
    kind = file.suffix.lower()
    if kind not in (".svg", ".png"):
        raise TrayectoError(
            Problem(
                Text(
                    en="A picture is written as .svg or .png.",
                    es="Una imagen se guarda como .svg o .png.",
                ),
                Text(
                    en="Give the file one of these endings.",
                    es="Da al fichero una de estas extensiones.",
                ),
                file=str(file),
            )
        )
    write_file(file, standing_alone(svg).encode() if kind == ".svg" else png(svg, width=width))


def _sound_map(file: Path) -> JourneyMap:
    checked = check(file)
    if checked.journey_map is None:
        raise TrayectoError(*checked.problems)
    return checked.journey_map


def _node_rules(workspace: Workspace) -> tuple[tuple[nodes.Rule, ...], str]:
    path = workspace.node_rules
    if not path.exists():
        return (), ""
    text = path.read_text("utf-8")
    return nodes.read(text, file=str(path)), md5(text.encode(), usedforsecurity=False).hexdigest()


def _be_fresh(workspace: Workspace) -> None:
    """Finish what an interrupted import or an edited rule left to do; usually nothing."""
    _, digest = _node_rules(workspace)
    if not (steps.is_fresh(workspace.lake) and nodes.digest(workspace.lake) == digest):
        unify_and_observe(workspace)
