"""The people behind the report's counts: where their list is, and the command that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from trayecto.render.poster.scene import Scene
from trayecto.render.report import definitions as d
from trayecto.render.report import words as r
from trayecto.render.report.counted import Counted, counted
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.render.report.tabular import Matter, matter, say_heads
from trayecto.render.report.told import Report
from trayecto.vocabulary.text import Text

BEHIND = Text(
    en="The people behind these figures", es="Las personas que hay detrás de estas cifras"
)
_SHEET = Text(en="People behind each count", es="Personas de cada recuento")
_LEAD = Text(
    en="Each command lists them, in the workspace’s folder; with --named also who they are, which "
    "is personal data.",
    es="Cada comando las lista, en la carpeta del espacio de trabajo; con --named, también quiénes "
    "son, que es un dato personal.",
)
_DID = Text(en="What they did", es="Qué hicieron")
_PEOPLE = Text(en="Customers", es="Clientes")
_COMMAND = Text(en="Command", es="Comando")
_LIST = Text(en="the list", es="la lista")


def place_of(section: str) -> str:
    """Return where the people behind the figures of a section are listed."""
    return "behind" if section == "stages" else f"behind-{section}"


def behind_section(scene: Scene, report: Report, counts: Sequence[Counted], section: str) -> Html:
    """Return a row for each count of a section, folded away; nothing where it has none."""
    rows = [one for one in counts if one.section == section]
    if not rows:
        return NO_HTML
    columns = (
        Column(scene.say(r.WHERE), figures=False),
        Column(scene.say(_DID), figures=False),
        Column(
            scene.say(_PEOPLE if rows[0].people else scene.map.journeys.noun).capitalize(), d.COUNT
        ),
        Column(scene.say(_COMMAND), figures=False),
    )
    told = table(scene.say(BEHIND), columns, list(_rows(scene, report, rows)), look="plain")
    lead = el("p", scene.say(_LEAD))
    inside = (el("summary", scene.say(BEHIND)), lead, told)
    return el("details", *inside, id=place_of(section), class_="behind")


def _rows(scene: Scene, report: Report, rows: Sequence[Counted]) -> Iterator[Row]:
    before = None
    for one in rows:
        name = el("span", one.name, class_="strong") if one.name != before else NO_HTML
        before = one.name
        how = el("code", one.command)
        if report.people:
            asked = urlencode({"place": one.place, "that": one.that, **one.of})
            how = joined((el("a", scene.say(_LIST), href=f"{report.people}{asked}"), how), " · ")
        yield Row(name, (el("span", one.did), scene.count(one.count), how))


def behind_matter(scene: Scene, report: Report) -> Matter:
    """Return the same as a sheet."""
    heads = say_heads(
        scene, (r.WHERE, "words", ""), (_DID, "words", ""),
        (scene.map.journeys.noun, "count", d.COUNT), (_PEOPLE, "count", d.COUNT),
        (_COMMAND, "words", ""),
    )  # fmt: skip
    rows = [
        (one.name, one.did, *(("", one.count) if one.people else (one.count, "")), one.command)
        for one in counted(scene, report)
    ]
    return matter(scene.say(_SHEET), heads, rows)


def behind_json(scene: Scene, report: Report) -> list[dict[str, str | int]]:
    """Return the same as plain values."""
    return [
        {"section": one.section, "place": one.place, "that": one.that, **one.of,
         "people" if one.people else "journeys": one.count, "command": one.command}
        for one in counted(scene, report)
    ]  # fmt: skip
