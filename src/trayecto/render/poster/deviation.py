"""
The deviation picture: what people did laid over what was drawn, touchpoint by touchpoint.

Below each touchpoint stands what became of it: done, skipped, repeated, out of order; and what
nobody planned, at its place on the way. Each row has its mark and its word, each cell its number:
journeys, and below them people where these are not as many. The disc behind a mark grows with the
share of all journeys, so the eye finds the large ones first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt

from trayecto.contrast.deviations import Count, Deviations, WayTaken
from trayecto.contrast.measured import Measured
from trayecto.maps.document import JourneyMap
from trayecto.render.icons import draw_icon
from trayecto.render.palette import BAD, BEIGE, CARD, HAIRLINE, INK, PAPER, SOFT
from trayecto.render.poster.foot import draw_foot, draw_legend
from trayecto.render.poster.free import step_lane
from trayecto.render.poster.head import draw_head
from trayecto.render.poster.lanes import Lane, stage_lanes
from trayecto.render.poster.rows import BODY, NOTE, Row, draw, height, paragraph
from trayecto.render.poster.scene import (
    COLUMNS_LEFT,
    GUTTER,
    LABELS_WIDE,
    LEFT,
    MIN_HEIGHT,
    RIGHT,
    WIDTH,
    Scene,
    Slot,
    System,
    scene,
    systems,
)
from trayecto.render.poster.touchpoints import hidden_lane, touchpoint_lane
from trayecto.render.svg import Box, Canvas, Style
from trayecto.vocabulary.text import Language, Text, number

_DONE = "M-5.4.4L-1.6 4.4L5.6-4.4"
_SKIPPED = "M-7.4 4.6Q0-10.6 7 3.4M7.4-1.4L7.1 3.8L2.4 2M-.1 4.6H.1"
_REPEATED = "M5.2-3.4A6.1 6.1 0 1 0 6.1 1.2M6-7.2L5.6-3L1.4-3.2"
_DISORDER = "M-7-3.6H6.2M3.2-6.4L6.4-3.6L3.2-.8M7 3.6H-6.2M-3.2.8L-6.4 3.6L-3.2 6.4"
_UNPLANNED = "M0-4.6V4.6M-4.6 0H4.6"

_COUNT, _COUNT_BAD = Style(13, weight=600), Style(13, BAD, weight=600)
_NONE = Style(12, SOFT)
_MOST, _LEAST = 17.0, 3.0
_TALL = 2 * _MOST + 18.0
_BETWEEN_SYSTEMS = 30.0
_FOOT_WIDE = 1380.0

_WAYS_DRAWN, _STEPS_TOLD = 6, 14
_STRIP_NAME = Style(13, weight=600)
_WAYS = Text(en="Commonest deviations", es="Desvíos más comunes")
_WAYS_NOTE = Text(
    en="how many go each way; + is a step too many",
    es="cuántos van por cada camino; + es un paso de más",
)
_WITHOUT = Text(en="without: {names}", es="sin: {names}")

ROWS = (
    (Text(en="Done", es="Hecho"), Text(en="where the plan has it", es="donde toca"), _DONE),
    (Text(en="Skipped", es="Saltado"), Text(en="went past it", es="pasan de largo"), _SKIPPED),
    (Text(en="Repeated", es="Repetido"),
     Text(en="more than planned", es="más de lo previsto"), _REPEATED),
    (Text(en="Out of order", es="Fuera de orden"),
     Text(en="not where the plan has it", es="no donde toca"), _DISORDER),
    (Text(en="Never planned", es="Nunca previsto"),
     Text(en="nobody drew it", es="nadie lo dibujó"), _UNPLANNED),
)  # fmt: skip
_COUNTED = Text(en="journeys; people below", es="trayectos; debajo, personas")
_CASES = Text(en="in {noun}", es="en {noun}")
AS_PLANNED = Text(
    en="{share} ({low}–{high}) of {n} {noun} do exactly as drawn",
    es="El {share} ({low}–{high}) de {n} {noun} hace justo lo dibujado",
)
FITNESS = Text(
    en="fitness {fitness} (1: as drawn; 0: nothing in common)",
    es="ajuste {fitness} (1: como está dibujado; 0: nada en común)",
)
_TITLE = Text(en="{title}: drawn and done", es="{title}: lo dibujado y lo hecho")
_DESC = Text(
    en="For each touchpoint, how many journeys do it, skip it, repeat it or meet it out of order.",
    es="En cada punto de contacto, cuántos trayectos lo hacen, lo saltan, lo repiten o lo hacen "
    "fuera de orden.",
)
_OPEN = Text(
    en="what an unfinished journey has not reached is not skipped",
    es="lo que un trayecto sin terminar no ha alcanzado no cuenta como saltado",
)


def deviation_picture(
    journey_map: JourneyMap, measured: Measured, deviations: Deviations, *, language: Language
) -> str:
    """Return the deviations as SVG: a landscape A3 sheet, taller where the map needs it."""
    told = replace(scene(journey_map, measured, language), deviations=deviations)
    canvas, ground = Canvas(), Canvas()
    y = draw_head(canvas, told)
    for system in systems(told):
        canvas.line((LEFT, y), (RIGHT, y), stroke=INK, width=1.2)
        floor = _draw_lanes(canvas, _lanes(told, deviations, system), y)
        for column in system.columns[1:]:
            x = column.left - GUTTER / 2
            ground.line((x, y + 14), (x, floor), stroke=HAIRLINE)
        y = floor + _BETWEEN_SYSTEMS
    y = _draw_ways(canvas, told, deviations, y - _BETWEEN_SYSTEMS + 12)
    words = _foot(told, deviations)
    foot = 16 + height(words) + 22
    legend = draw_legend(Canvas(), told, 0)
    lowest = max(y, MIN_HEIGHT - foot - legend)
    draw_legend(canvas, told, lowest)
    draw_foot(canvas, words, lowest + legend)
    whole = lowest + legend + foot
    sheet = Canvas()
    sheet.rect(Box(0, 0, WIDTH, whole), fill=PAPER)
    sheet.put(ground)
    sheet.put(canvas)
    title = told.say(_TITLE, title=told.say(journey_map.title))
    return sheet.svg(WIDTH, whole, title=title, desc=told.say(_DESC))


def _draw_lanes(canvas: Canvas, lanes: list[Lane], top: float) -> float:
    for place, lane in enumerate(lanes):
        if lane.rule and place:
            canvas.line((COLUMNS_LEFT - 6, top), (RIGHT, top), stroke=HAIRLINE)
        lane.draw_all(canvas, top)
        top += lane.whole
    return top


def _lanes(told: Scene, deviations: Deviations, system: System) -> list[Lane]:
    # The stages' names alone: their goals and questions belong to the map itself.
    lanes = [stage_lanes(told, system)[0], step_lane(told, system), touchpoint_lane(told, system),
             hidden_lane(told, system)]  # fmt: skip
    found = [lane for lane in lanes if lane is not None]
    for nth, (name, note, mark) in enumerate(ROWS):
        cells = _cells(told, deviations, system, nth)
        if cells or nth < len(ROWS) - 1:
            found.append(_row(told, deviations, cells, (name, note, mark), first=nth == 0))
    return found


@dataclass(frozen=True, slots=True)
class _Cell:
    """One number of a row, below its touchpoint."""

    x: float
    count: Count
    title: str


def _cells(told: Scene, deviations: Deviations, system: System, nth: int) -> list[_Cell]:
    name = told.say(ROWS[nth][0])
    found = ((slot, _count(deviations, slot, nth)) for slot in system.slots())
    return [
        _Cell(slot.x, count, f"{_slot_name(told, slot)}: {name}, {told.count(count.journeys)}")
        for slot, count in found
        if count is not None
    ]


def _slot_name(told: Scene, slot: Slot) -> str:
    if slot.touchpoint:
        return told.say(slot.touchpoint.name)
    return told.node(slot.undrawn.touchpoint) if slot.undrawn else ""


def _count(deviations: Deviations, slot: Slot, nth: int) -> Count | None:
    """Return the count of a slot in the row *nth*; None where the row has nothing to say."""
    if slot.undrawn:
        node = (slot.undrawn.touchpoint, slot.undrawn.channel)
        met = (u for u in deviations.unplanned if (u.touchpoint, u.channel) == node)
        unplanned = next(met, None)
        if nth < len(ROWS) - 1 or unplanned is None:
            return None
        return Count(unplanned.journeys, unplanned.people)
    if slot.touchpoint is None or nth == len(ROWS) - 1:
        return None
    own = deviations.touchpoint(slot.touchpoint.id)
    counts = (own.done, own.skipped, own.repeated, own.out_of_order)
    return counts[nth] if own.measured else None


def _row(
    told: Scene,
    deviations: Deviations,
    cells: list[_Cell],
    named: tuple[Text, Text, str],
    *,
    first: bool,
) -> Lane:
    name, note, mark = named
    said = told.say(note)
    if first:
        said += " · " + _counted(told)
    more = any(cell.count.people != cell.count.journeys for cell in cells)
    tall = _TALL + (14 if more else 0)

    def draw_row(canvas: Canvas, top: float) -> None:
        middle = top + _MOST
        stroke = INK if mark == _DONE else BAD
        draw_icon(canvas, mark, (COLUMNS_LEFT - 30, top + 7), stroke=stroke)
        for cell in cells:
            _draw_cell(canvas, told, cell, (middle, mark), of=deviations.journeys)

    wide = COLUMNS_LEFT - LEFT - 48
    return Lane(told.say(name), said, tall, draw_row, pad=7.0, label_wide=wide)


def _counted(told: Scene) -> str:
    if told.map.journeys.per == "case":
        return told.say(_CASES, noun=told.say(told.map.journeys.noun))
    return told.say(_COUNTED)


def _draw_cell(canvas: Canvas, told: Scene, cell: _Cell, at: tuple[float, str], *, of: int) -> None:
    middle, mark = at
    count = cell.count
    if not count.journeys:
        canvas.text(cell.x, middle + 4, "0", _NONE, anchor="middle")
        return
    radius = _LEAST + (_MOST - _LEAST) * sqrt(min(1.0, count.journeys / max(1, of)))
    colour, style = (INK, _COUNT) if mark == _DONE else (BAD, _COUNT_BAD)
    with canvas.group(title=cell.title):
        _disc(canvas, (cell.x, middle), radius, mark)
        draw_icon(canvas, mark, (cell.x, middle), stroke=colour)
    y = middle + _MOST + 14
    canvas.text(cell.x, y, told.count(count.journeys), style, anchor="middle")
    if count.people != count.journeys:
        canvas.text(cell.x, y + 14, told.count(count.people), NOTE, anchor="middle")


def _disc(canvas: Canvas, at: tuple[float, float], radius: float, mark: str) -> None:
    if mark == _UNPLANNED:
        canvas.circle(at, max(radius, 8), fill=CARD, stroke=BAD, width=1.4, dash="3 3")
    else:
        canvas.circle(at, radius, fill=BEIGE)


def _draw_ways(canvas: Canvas, told: Scene, deviations: Deviations, top: float) -> float:
    """Draw the commonest ways that deviate, as a strip, and return where it ends."""
    if not deviations.commonest:
        return top
    canvas.line((LEFT, top), (RIGHT, top), stroke=INK, width=1.2)
    top += 18
    label = paragraph(told.say(_WAYS), _STRIP_NAME, LABELS_WIDE)
    label += paragraph(told.say(_WAYS_NOTE), NOTE, LABELS_WIDE)
    draw(canvas, LEFT, top, label)
    floor = top + height(label)
    for way in deviations.commonest[:_WAYS_DRAWN]:
        rows = paragraph(way_words(told, way), BODY, RIGHT - COLUMNS_LEFT - 70)
        count = told.count(way.journeys)
        canvas.text(COLUMNS_LEFT + 52, top + rows[0].baseline, count, _COUNT, anchor="end")
        draw(canvas, COLUMNS_LEFT + 70, top, rows)
        top += height(rows) + 7
    return max(floor, top) + 16


def way_words(told: Scene, way: WayTaken) -> str:
    """Return a way in words: the names of its steps, + before what is too much, and what lacks."""
    names = {touchpoint.id: told.say(touchpoint.name) for touchpoint in told.map.touchpoints()}
    steps = [
        ("" if step.fits else "+ ")
        + (names.get(step.name, step.name) if step.drawn else told.node(step.name))
        for step in way.steps[:_STEPS_TOLD]
    ]
    if len(way.steps) > _STEPS_TOLD:
        steps.append("…")
    said = " → ".join(steps)
    if way.skipped:
        said += " · " + told.say(_WITHOUT, names=", ".join(names[place] for place in way.skipped))
    return said


def _foot(told: Scene, deviations: Deviations) -> list[Row]:
    return paragraph(" · ".join(fit_words(told, deviations, told.count)), NOTE, _FOOT_WIDE)


def fit_words(
    told: Scene, deviations: Deviations, count: Callable[[float | None], str]
) -> list[str]:
    """Return how well the map fits, in words: who does as drawn, the fitness, what is open."""
    planned = deviations.as_planned
    noun = told.say(told.map.journeys.noun)
    said = [
        told.say(
            AS_PLANNED, share=told.share(planned.value), noun=noun, low=told.share(planned.low),
            high=told.share(planned.high), n=count(planned.n),
        )
    ]  # fmt: skip
    if deviations.fitness is not None:
        fitness = number(deviations.fitness, told.language, decimals=2)
        said.append(told.say(FITNESS, fitness=fitness))
    return [*said, told.say(_OPEN)]
