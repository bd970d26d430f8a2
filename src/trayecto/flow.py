"""
The story of Trayecto, one short function a use case. Read this first.

    collect → clean → unify → observe → measure → contrast → draw

Files become clean interactions (`import_files`); interactions become people and ordered steps
(`unify_and_observe`); steps answer questions (`graph` to `export`). A map is a document a team
writes (`check`, `draw`); `measuring` lays it over the steps, and it becomes the live map. The
doors (command line, app, notebook) call these functions and nothing deeper.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from trayecto import forgetting, importing
from trayecto.collect import clean, files, node_document, nodes
from trayecto.collect import mapping as mappings
from trayecto.collect import node_names as called
from trayecto.contrast.personas import Persona, Personas
from trayecto.emotion import reading, signals
from trayecto.emotion.reading import Reading
from trayecto.identity import links, people
from trayecto.journeys import around as arounds
from trayecto.journeys import compare as comparing
from trayecto.journeys import durations as times
from trayecto.journeys import exits as leaving
from trayecto.journeys import funnel as funnels
from trayecto.journeys import graph as graphs
from trayecto.journeys import influence as credit
from trayecto.journeys import interchange, steps
from trayecto.journeys import members as who
from trayecto.journeys import moods as feeling
from trayecto.journeys import retention as cohorts
from trayecto.journeys import sessions as visits
from trayecto.journeys import variants as paths
from trayecto.journeys.answers import Graph
from trayecto.journeys.answers_people import Retention
from trayecto.journeys.answers_ways import Around
from trayecto.journeys.funnel import Rules as FunnelRules
from trayecto.journeys.moods import Moods
from trayecto.journeys.scope import Scope
from trayecto.lake.duck import Session
from trayecto.lake.tables import INTERACTIONS
from trayecto.maps import check as checks
from trayecto.maps import segments as groups
from trayecto.maps.check import Checked
from trayecto.maps.document import JourneyMap
from trayecto.maps.durations import asked_span
from trayecto.maps.segments import Segment
from trayecto.render.graph.picture import graph_picture
from trayecto.render.png import png
from trayecto.render.poster.poster import poster
from trayecto.render.questions import pictures as questions
from trayecto.render.questions.heat import heat_picture
from trayecto.render.questions.table import tables_of
from trayecto.render.questions.workbook import workbook_of
from trayecto.render.type import standing_alone
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.frames import Listed
from trayecto.vocabulary.period import Period
from trayecto.vocabulary.rule import rule_of
from trayecto.vocabulary.text import Language, Tell, Text, tell_nobody
from trayecto.workspace import (
    SEGMENTS,
    Workspace,
    beside,
    create,
    images_beside,
    open_,
    read_document,
    write_file,
)

__all__ = [
    "Checked",
    "FunnelRules",
    "Graph",
    "JourneyMap",
    "Moods",
    "Period",
    "Persona",
    "Personas",
    "Reading",
    "Scope",
    "Segment",
    "asked_span",
    "create",
    "open_",
    "rule_of",
    "tables_of",
    "workbook_of",
    "write_file",
]

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
Script = list[tuple[str, str]]
"""Named SQL steps, in the order they ran: what a figure rests on, for a person to run by hand."""
_recorded: ContextVar[Script | None] = ContextVar("recorded", default=None)
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)
"""The language of the workspace asked last, in which a notebook shows its answers."""


def import_files(
    workspace: Workspace,
    names: Sequence[Path],
    *,
    source: str,
    mapping: Path | None = None,
    save_mapping: Path | None = None,
    sheet: str | None = None,
    tell: Tell = tell_nobody,
) -> Listed[clean.Cleaned]:
    """
    Bring files into the lake, and people and steps up to date; return what became of each file.

    Without *mapping* each file's is proposed from its data; *save_mapping* keeps the last one used.
    A file that cannot be read does not stop the others; the problems of all are raised at the end.
    """
    given = mappings.read(read_document(mapping), file=str(mapping)) if mapping else None
    bring = partial(
        importing.collect,
        workspace,
        source=source,
        mapping=given,
        save_mapping=save_mapping,
        sheet=sheet,
        tell=tell,
    )
    done, problems = importing.each(names, bring)
    if done:
        unify_and_observe(workspace, tell=tell)
    if problems:
        raise importing.ImportStopped(done, problems)
    return Listed(done, clean.Cleaned)


@files.with_room()
def unify_and_observe(workspace: Workspace, *, tell: Tell = tell_nobody) -> None:
    """
    Bring nodes, people and steps up to date with the facts; cheap when they are already.

    Each stage reads what the one before wrote, and notes what it was built from, so an interrupted
    run is simply done again.
    """
    lake = workspace.lake
    rules, digest = node_rules(workspace), _rules_digest(workspace)
    with lake.writing() as writer:
        forgetting.finish(lake, writer)
        version = lake.version(INTERACTIONS)
        if version == -1:
            return
        tell(Text(en="matching node rules", es="aplicando las reglas de nodos"))
        with lake.session() as session:
            clean.finish_log(session, writer)
            nodes.refresh(
                session,
                writer,
                rules=rules,
                version=version,
                digest=digest,
                keep_flagged=workspace.settings.keep_flagged,
            )
        tell(Text(en="joining people", es="uniendo personas"))
        with lake.session() as session:
            forgotten = links.record(session, writer, region=workspace.settings.region)
        if forgotten:
            clean.refuse(writer, forgotten)
        with lake.session() as session:
            moved = people.compute(session, writer, now=workspace.now())
            tell(Text(en="ordering steps", es="ordenando los pasos"))
            # In the same session: it knows already whose the new facts are.
            laid = moved is not None and steps.lay(lake, writer, session, moved=moved)
        if not laid:
            with lake.session() as session:
                steps.build(lake, writer, session)
        tell(Text(en="reading feelings", es="leyendo emociones"))
        with lake.session() as session:
            signals.refresh(lake, writer, session)


@files.with_room()
def settle(workspace: Workspace) -> None:
    """Put what small imports laid beside people and steps in its place among them."""
    lake = workspace.lake
    with lake.writing() as writer:
        with lake.session() as session:
            people.settle(session, writer)
        with lake.session() as session:
            steps.settle(lake, writer, session)


@contextmanager
def recording() -> Iterator[Script]:
    """Give the list that the SQL of every question asked inside is added to."""
    script: Script = []
    before = _recorded.set(script)
    try:
        yield script
    finally:
        _recorded.reset(before)


def note_sql(steps: Script) -> None:
    """Add the SQL of a question to what is being recorded, if anything is."""
    if (script := _recorded.get()) is not None:
        script += steps


def _question(
    ask: Callable[Concatenate[Session, Asked], Answer],
) -> Callable[Concatenate[Workspace, Asked], Answer]:
    """Return the question on a workspace: on fresh steps, and with its SQL recorded."""

    @wraps(ask)
    def answered(workspace: Workspace, /, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        be_fresh(workspace)
        _spoken.set(workspace.settings.language)
        with workspace.lake.session() as session:
            found = ask(session, *args, **named)
            note_sql(session.steps)
            return found

    return answered


# What customers do. Each is asked of a workspace and a scope, and is documented where it is made.
graph = _question(graphs.graph)
variants = _question(paths.variants)
around = _question(arounds.around)
funnel = _question(funnels.funnel)
durations = _question(times.durations)
sessions = _question(visits.sessions)
_retention = _question(cohorts.retention)
exits = _question(leaving.exits)
influence = _question(credit.influence)
moods = _question(feeling.moods)
compare = _question(comparing.compare)
members = _question(who.members)
timelines = _question(who.timelines)
export = _question(interchange.export)


def retention(workspace: Workspace, scope: Scope, *, every: cohorts.Every = "week") -> Retention:
    """Return who comes back, by when they first came, in the calendar of the workspace's zone."""
    return _retention(workspace, scope, every=every, zone=workspace.zone)


def check(file: Path) -> Checked:
    """Return what is wrong with a map, line by line, and what would make it a better one."""
    return checks.check(
        read_document(file), file=str(file), open_=beside(file), look=images_beside(file)
    )


def documents_beside(file: Path) -> tuple[Path, ...]:
    """Return every document and image that a map reads beside itself, there or not."""
    named: dict[str, None] = {}

    def open_(name: str) -> str:
        named[name] = None
        return beside(file)(name)

    def look(name: str) -> bytes:
        named[name] = None
        return images_beside(file)(name)

    checks.check(read_document(file), file=str(file), open_=open_, look=look)
    return tuple(file.parent / name for name in named)


def check_text(text: str, *, file: str | None = None) -> Checked:
    """Return the same of a map that is not a file yet; it can name no library documents."""
    return checks.check(text, file=file)


def draw(file: Path, *, language: Language) -> str:
    """Return the designed map as a picture (SVG)."""
    return poster(sound_map(file), language=language)


def feel(text: str, *, language: Language | None = None) -> Reading:
    """Return how a text feels, explained word by word; its language is guessed if not given."""
    return reading.read(text, language=language)


def days(workspace: Workspace, *, since: date | None, until: date | None) -> Period:
    """Return the period from the first day to before the day *until*, as the customers' days."""

    def midnight(day: date | None) -> datetime | None:
        return datetime(day.year, day.month, day.day, tzinfo=workspace.zone) if day else None

    return Period(midnight(since), midnight(until))


def _notebook_language() -> Language:
    """Return the language asked for, else that of the workspace asked last, else the machine's."""
    said = (os.environ.get("TRAYECTO_LANGUAGE"), _spoken.get(), os.environ.get("LANG"))
    asked = next((words for words in said if words), "")
    return "es" if asked.lower().startswith("es") else "en"


questions.show_in_notebooks(_notebook_language)


def picture_of(answer: Any, *, language: Language) -> str:
    """Return an answer that has a picture as that picture (SVG)."""
    return questions.picture(answer, language=language)


def picture_of_graph(
    graph: Graph,
    *,
    language: Language,
    names: Mapping[str, Text] | None = None,
    at_most_nodes: int = 40,
    at_most_edges: int | None = None,
) -> str:
    """Return as much of the node graph as is asked for as a picture (SVG); *names* of its nodes."""
    return graph_picture(
        graph, language=language, names=_said(names or {}, language),
        at_most_nodes=at_most_nodes, at_most_edges=at_most_edges,
    )  # fmt: skip


def _said(names: Mapping[str, Text], language: Language) -> dict[str, str]:
    return {node: name.say(language) for node, name in names.items()}


def picture_of_feelings(
    workspace: Workspace, scope: Scope, graph: Graph, *, language: Language
) -> str:
    """Return the node graph as a picture (SVG), its nodes by how people felt there."""
    felt = {mood.name: mood.level for mood in moods(workspace, scope).nodes}
    names = _said(node_names(workspace), language)
    return graph_picture(graph, language=language, names=names, felt=felt)


def picture_of_table(around: Around, *, language: Language) -> str:
    """Return what happens around a node as a table of steps (SVG)."""
    return heat_picture(around, language=language)


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


def sound_map(file: Path) -> JourneyMap:
    """Return the map a file holds; raise, with every problem, when it is none."""
    checked = check(file)
    if checked.journey_map is None:
        raise TrayectoError(*checked.problems)
    return checked.journey_map


def node_rules(workspace: Workspace) -> tuple[node_document.Rule, ...]:
    """Return the workspace's node rules; none when it has no document of them."""
    path = workspace.node_rules
    return node_document.read(read_document(path), file=str(path)) if path.exists() else ()


def node_names(workspace: Workspace) -> Mapping[str, Text]:
    """Return what the workspace calls nodes, for people to read; by touchpoint."""
    path = workspace.node_rules
    return called.names(read_document(path), file=str(path)) if path.exists() else {}


def _rules_digest(workspace: Workspace) -> str:
    """Return what changes whenever nodes are to be decided anew; reads no rule."""
    return _digest(workspace, _rules_text(workspace))


def _rules_text(workspace: Workspace) -> str:
    path = workspace.node_rules
    return read_document(path) if path.exists() else ""


def _digest(workspace: Workspace, text: str) -> str:
    keep_flagged = workspace.settings.keep_flagged
    return node_document.digest(called.without(text), keep_flagged=keep_flagged)


def segments(workspace: Workspace) -> tuple[Segment, ...]:
    """Return the workspace's named segments; none when it has no document of them."""
    path = workspace.segments
    return groups.read(read_document(path), file=str(path)) if path.exists() else ()


def check_segments(text: str) -> tuple[Segment, ...]:
    """Return the segments of a document that is not written yet; what is wrong is refused."""
    return groups.read(text, file=SEGMENTS)


def save_segments(workspace: Workspace, text: str) -> tuple[Segment, ...]:
    """Write the document of segments when all of it is right, and return them."""
    found = check_segments(text)
    write_file(workspace.segments, text.encode())
    return found


def segment(workspace: Workspace, id: str) -> Segment:
    """Return the segment called *id*; one that is not there is refused."""
    return groups.named(segments(workspace), id, file=str(workspace.segments))


def data_version(workspace: Workspace) -> tuple[int, str]:
    """Return what changes whenever an answer may: the facts' version, node rules and names."""
    text = _rules_text(workspace)
    digest = _digest(workspace, text) + called.section(text)
    return workspace.lake.version(INTERACTIONS), digest


def be_fresh(workspace: Workspace, *, tell: Tell = tell_nobody) -> None:
    """Finish what an interrupted import or an edited rule left to do; usually nothing."""
    lake = workspace.lake
    fresh = steps.is_fresh(lake) and signals.is_fresh(lake) and not forgetting.is_pending(lake)
    if not (fresh and nodes.digest(lake) == _rules_digest(workspace)):
        unify_and_observe(workspace, tell=tell)
