"""The people behind the report's counts: where their list is, and the command that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from trayecto.contrast.measured import Passage
from trayecto.render.poster.scene import Scene
from trayecto.render.report import definitions as d
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.render.report.tabular import Matter, matter, say_heads
from trayecto.render.report.told import Report
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.text import Text

BEHIND = Text(
    en="The people behind these figures", es="Las personas que hay detrás de estas cifras"
)
_LEAD = Text(
    en="Each command lists them, in the workspace’s folder; with --named also who they are, which "
    "is personal data.",
    es="Cada orden las lista, en la carpeta del espacio de trabajo; con --named, también quiénes "
    "son, que es un dato personal.",
)
_DID = Text(en="What they did", es="Qué hicieron")
_COMMAND = Text(en="Command", es="Orden")
_LIST = Text(en="the list", es="la lista")
_WHOLE = Text(en="The whole map", es="Todo el mapa")


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of the report: of which place ("" the map), who they are, and how to list them."""

    place: str
    name: str
    did: str
    that: str
    count: int
    command: str


def counted(scene: Scene, report: Report) -> list[Counted]:
    """Return every count of journeys that is not nothing, the map's first, then from the left."""
    if report.asked is None or scene.measured is None:
        return []
    totals = scene.measured.totals
    ends = (
        ("reached", r.ALL, totals.journeys),
        ("completed", r.COMPLETED, totals.completed),
        ("left", r.LEFT, totals.left),
        ("open", r.STILL_OPEN, totals.still_open),
    )
    found = _of(scene, report.asked, "", scene.say(_WHOLE), ends)
    for stage in scene.map.stages:
        if own := scene.stages.get(stage.id):
            name = scene.say(stage.name)
            found += _of(scene, report.asked, stage.id, name, _passed(own.passage))
        for touchpoint in stage.touchpoints:
            if met := scene.touchpoints.get(touchpoint.id):
                ways = (*_passed(met.passage), ("repeated", r.REPEATED, met.repeated))
                name = scene.say(touchpoint.name)
                found += _of(scene, report.asked, touchpoint.id, name, ways)
    return found


def _passed(passage: Passage) -> tuple[tuple[str, Text, int], ...]:
    return (
        ("reached", r.REACH, passage.reached),
        ("onward", r.ONWARD, passage.onward),
        ("left", r.DROP_OFF, passage.left),
        ("open", r.OPEN, passage.still_open),
    )


def _of(
    scene: Scene, asked: AskedOfMap, place: str, name: str, ways: Sequence[tuple[str, Text, int]]
) -> list[Counted]:
    return [
        Counted(place, name, scene.say(words), that, count, asked.behind(place, that=that))
        for that, words, count in ways
        if count
    ]


def behind_section(scene: Scene, report: Report) -> Html:
    """Return a row for each count, folded away; nothing where it cannot be asked again."""
    rows = counted(scene, report)
    if not rows:
        return NO_HTML
    columns = (
        Column(scene.say(r.WHERE), figures=False),
        Column(scene.say(_DID), figures=False),
        Column(scene.say(scene.map.journeys.noun).capitalize(), d.COUNT),
        Column(scene.say(_COMMAND), figures=False),
    )
    told = table(scene.say(BEHIND), columns, list(_rows(scene, report, rows)), look="plain")
    lead = el("p", scene.say(_LEAD))
    return el("details", el("summary", scene.say(BEHIND)), lead, told, id="behind")


def _rows(scene: Scene, report: Report, rows: Sequence[Counted]) -> Iterator[Row]:
    before = None
    for one in rows:
        name = el("span", one.name, class_="strong") if one.place != before else NO_HTML
        before = one.place
        how = el("code", one.command)
        if report.people:
            address = f"{report.people}{urlencode({'place': one.place, 'that': one.that})}"
            how = joined((el("a", scene.say(_LIST), href=address), how), " · ")
        yield Row(name, (el("span", one.did), scene.count(one.count), how))


def behind_matter(scene: Scene, report: Report) -> Matter:
    """Return the same as a sheet."""
    heads = say_heads(
        scene, (r.WHERE, "words", ""), (_DID, "words", ""),
        (scene.map.journeys.noun, "count", d.COUNT), (_COMMAND, "words", ""),
    )  # fmt: skip
    rows = [(one.name, one.did, one.count, one.command) for one in counted(scene, report)]
    return matter(scene.say(BEHIND), heads, rows)


def behind_json(scene: Scene, report: Report) -> list[dict[str, str | int]]:
    """Return the same as plain values."""
    return [
        {"place": one.place, "that": one.that, "journeys": one.count, "command": one.command}
        for one in counted(scene, report)
    ]
