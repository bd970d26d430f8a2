"""Every stage and touchpoint of each part of the journeys: a sheet, too long for a page."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.measured import Cut
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene, scene
from trayecto.render.report import definitions as d
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.cuts import KINDS, cut_name, in_order
from trayecto.render.report.effects import HEADS, figures
from trayecto.render.report.matters import passage_cells, passage_heads, time_cells, time_heads
from trayecto.render.report.tabular import Cell, Matter, estimated, matter, say_heads
from trayecto.render.report.told import Report
from trayecto.vocabulary.text import Text

_PARTS = Text(en="Touchpoints by part", es="Puntos de contacto por parte")
_KIND, _PART = Text(en="Kind", es="Clase"), Text(en="Part", es="Parte")
_TIME = Text(en="Wait, or time in the stage", es="Espera, o tiempo en la etapa")


def parts_matter(told: Scene, report: Report) -> Matter:
    """Return a row for each stage and touchpoint of each part, where anything is known of it."""
    heads = [
        *say_heads(told, (_KIND, "words", j.CUT), (_PART, "words", ""), (r.WHERE, "words", "")),
        *passage_heads(told),
        *time_heads(told, _TIME, d.TIME),
        *say_heads(told, (r.REPEATED, "count", d.REPEATED)),
        estimated(told, w.EMOTION, "level", d.FELT),
        *(estimated(told, head, "share", j.EFFECT) for head in HEADS),
    ]
    rows = [row for cut in in_order(report.cuts) for row in _rows(told, report, cut)]
    return matter(told.say(_PARTS), heads, rows, section="cuts")


def _rows(told: Scene, report: Report, cut: Cut) -> Iterator[tuple[Cell, ...]]:
    own = scene(told.map, cut.measured, told.language)
    whose = (told.say(KINDS[cut.kind]), cut_name(told, report, cut))
    for stage in told.map.stages:
        if of_stage := own.stages.get(stage.id):
            yield (
                *whose, told.say(stage.name), *passage_cells(of_stage.passage),
                *time_cells(of_stage.duration), None, None, *(None for _ in HEADS),
            )  # fmt: skip
        for touchpoint in stage.touchpoints:
            if at := own.touchpoints.get(touchpoint.id):
                yield (
                    *whose, told.say(touchpoint.name), *passage_cells(at.passage),
                    *time_cells(at.wait), at.repeated, at.felt, *figures(at),
                )  # fmt: skip
