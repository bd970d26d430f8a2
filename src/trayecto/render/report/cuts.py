"""Some of the journeys in the report: by persona, segment, channel and month, beside everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from trayecto.contrast.measured import Cut, Measured
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.html import Column, Html, Row, el, joined, table
from trayecto.render.report.told import Report
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, capital

CUTS = Text(en="Who, where and when", es="Quién, dónde y cuándo")
_LEAD = Text(
    en="The same journeys, counted apart. Whoever began late has had less time to complete: look "
    "at how many are still open before comparing.",
    es="Los mismos trayectos, contados por partes. Quien empezó tarde ha tenido menos tiempo para "
    "completar: mira cuántos siguen en curso antes de comparar.",
)
KINDS: dict[str, Text] = {
    "persona": Text(en="By persona", es="Por arquetipo"),
    "segment": Text(en="By segment", es="Por segmento"),
    "channel": Text(en="By the channel they began on", es="Por el canal en que empiezan"),
    "month": Text(en="By the month they began in", es="Por el mes en que empiezan"),
}
_PART = Text(en="Part", es="Parte")
_EVERYBODY = Text(en="all of them", es="todos")


def cuts_section(scene: Scene, report: Report) -> Html:
    """Return a table for each way of dividing the journeys."""
    tables = [
        _table(scene, report, kind, list(own))
        for kind, own in groupby(in_order(report.cuts), key=lambda cut: cut.kind)
    ]
    lead = el("p", scene.say(_LEAD), class_="measure")
    return joined((lead, el("div", *tables, class_="side-by-side")))


def in_order(cuts: Sequence[Cut]) -> list[Cut]:
    """Return the cuts that can be told: personas and segments first, months in their order."""
    return [cut for kind in KINDS for cut in _of_kind(cuts, kind)]


def _of_kind(cuts: Sequence[Cut], kind: str) -> list[Cut]:
    """Return the cuts of a kind: months as they come, the others the largest first."""
    own = [cut for cut in cuts if cut.kind == kind]
    if kind == "month":
        return sorted(own, key=lambda cut: cut.name)
    return sorted(own, key=lambda cut: (-cut.measured.totals.journeys, cut.name))


def cut_name(scene: Scene, report: Report, cut: Cut) -> str:
    """Return what a cut is called."""
    if cut.kind == "month":
        return w.month(date.fromisoformat(f"{cut.name}-01"), scene.language)
    if cut.kind == "channel":
        return scene.say(channel_name(cut.name))
    names = {who.id: who.name for who in scene.map.everybody()} | dict(report.segments)
    return scene.say(names[cut.name]) if names.get(cut.name) else cut.name


def _table(scene: Scene, report: Report, kind: str, own: Sequence[Cut]) -> Html:
    noun = scene.say(scene.map.journeys.noun)
    columns = (
        Column(scene.say(_PART), j.CUT, figures=False),
        Column(capital(noun), d.COUNT),
        Column(scene.say(r.COMPLETED), d.COMPLETED),
        Column(scene.say(w.OPEN_HEAD), d.OPEN),
        Column(scene.say(r.MEDIAN), d.MEDIAN),
    )
    rows = [Row(cut_name(scene, report, cut), tuple(_cells(scene, cut.measured))) for cut in own]
    everybody = el("span", scene.say(_EVERYBODY), class_="strong")
    rows.append(Row(everybody, tuple(_cells(scene, report.measured))))
    return table(scene.say(KINDS[kind]), columns, rows, look="sums")


def _cells(scene: Scene, measured: Measured) -> Iterator[Html]:
    totals = measured.totals
    known = totals.completed_share.n
    over = c.n_words(scene, known) if known else ""
    yield c.count_cell(scene, totals.journeys)
    yield c.share_cell(scene, totals.completed_share, over)
    yield c.count_cell(scene, totals.still_open)
    yield c.median_cell(scene, totals.duration)
