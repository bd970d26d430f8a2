"""The service blueprint below the journey: who meets the customer, and what happens behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from trayecto.maps.document import BackStage, Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import BAD, CARD, HAIRLINE, INK, PAPER, SOFT
from trayecto.render.poster.lanes import BOLT_MARK, Lane, list_lane
from trayecto.render.poster.rows import (
    BAD_NOTE,
    BODY_SOFT,
    INDENT,
    NOTE,
    STRONG,
    Row,
    draw,
    height,
    joined,
    marked,
    paragraph,
    run_in,
)
from trayecto.render.poster.scene import LEFT, RIGHT, Column, Scene, System
from trayecto.render.poster.touchpoints import hidden_lane
from trayecto.render.svg import Box, Canvas, Style, written
from trayecto.vocabulary.text import Text, duration

_INSIDE = 11.0
_BETWEEN = 8.0
_LINE = 22.0


@dataclass(frozen=True, slots=True)
class _Card:
    rows: list[Row]
    hurts: bool = False

    @property
    def height(self) -> float:
        return height(self.rows) + 2 * (_INSIDE - 2)


def blueprint_lanes(scene: Scene, system: System) -> list[Lane]:
    """Return front stage and back stage with their lines; nothing where the map tells nothing."""
    front = _card_lane(scene, system, w.FRONT_STAGE, w.FRONT_NOTE, cards=_front_cards)
    hidden = hidden_lane(scene, system)
    back = _card_lane(scene, system, w.BACK_STAGE, w.BACK_NOTE, cards=_back_cards)
    support = _card_lane(scene, system, w.SUPPORT, w.SUPPORT_NOTE, cards=_support_cards)
    lanes: list[Lane] = []
    if front:
        lanes += [_line(scene, w.LINE_OF_INTERACTION, dash="2 4"), _below_a_line(front)]
    if hidden or back:
        lanes.append(_line(scene, w.LINE_OF_VISIBILITY, dash="7 5", crossed=_served(system)))
    lanes += [_below_a_line(lane) for lane in (hidden, back) if lane]
    if support:
        needed = _needed(system)
        lanes.append(_line(scene, w.LINE_OF_INTERNAL, dash="2 3 7 3", crossed=needed))
        lanes.append(_below_a_line(support))
    return lanes


def weak_lane(scene: Scene, system: System) -> Lane | None:
    """Return where the service may fail and where the customer waits, each by its letter."""

    def told(column: Column) -> list[Row]:
        return joined(
            [
                run_in(scene.say(letter), words, column.reading, styles=(STRONG, BODY_SOFT))
                for touchpoint in column.touchpoints()
                for letter, words in _weak_points(scene, touchpoint)
            ],
            between=4,
        )

    return list_lane(scene, system, w.WEAK_POINTS, rows_of=told, note=w.WEAK_NOTE)


def _weak_points(scene: Scene, touchpoint: Touchpoint) -> Iterator[tuple[Text, str]]:
    name = scene.say(touchpoint.name)
    if touchpoint.moment and touchpoint.moment.kind == "pain":
        why = scene.say(touchpoint.moment.why)
        yield w.FAIL_POINT, f"{name}: {why}" if why else name
    if touchpoint.within is not None:
        most = duration(touchpoint.within.total_seconds(), scene.language)
        yield w.WAIT_POINT, f"{name}: ≤ {most}"


def _served(system: System) -> list[float]:
    """Return where work behind the scenes reaches a touchpoint, across the line of visibility."""
    served = {name for c in system.columns for work in c.stage.back_stage for name in work.serves}
    seen = [slot for slot in system.slots() if slot.touchpoint and not slot.back]
    return [slot.x for slot in seen if slot.touchpoint and slot.touchpoint.id in served]


def _needed(system: System) -> list[float]:
    """Return where work rests on support, across the line of internal interaction."""
    return [
        column.left + _INSIDE + 4
        for column in system.columns
        if not column.continued and any(work.needs for work in column.stage.back_stage)
    ]


def _below_a_line(lane: Lane) -> Lane:
    return replace(lane, rule=False, pad=10)


def _line(scene: Scene, name: Text, *, dash: str, crossed: Sequence[float] = ()) -> Lane:
    """
    Return one of the blueprint's lines, across the whole sheet, with its name at the end.

    Where work crosses it, a short arrow points to whom it serves.
    """
    words = scene.say(name)
    style = Style(11, SOFT)

    def draw_line(canvas: Canvas, top: float) -> None:
        y = top + _LINE - 4
        canvas.line((LEFT, y), (RIGHT, y), stroke=INK, dash=dash)
        canvas.text(RIGHT, y - 6, words, style, anchor="end")
        for x in crossed:
            if x < RIGHT - style.wide(words) - 12:
                _draw_arrow(canvas, x, y)

    return Lane("", "", _LINE, draw_line, rule=False, pad=0)


def _draw_arrow(canvas: Canvas, x: float, y: float) -> None:
    """Draw a short arrow up, across a line that is opened for it."""
    canvas.rect(Box(x - 6, y - 2, x + 6, y + 2), fill=PAPER)
    d = f"M{written(x)} {written(y + 10)}V{written(y - 10)}m-4 4.5l4-4.5l4 4.5"
    canvas.path(d, stroke=INK, width=1.3)


def _card_lane(
    scene: Scene,
    system: System,
    name: Text,
    note: Text,
    *,
    cards: Callable[[Scene, Column], list[_Card]],
) -> Lane | None:
    columns = [(column, cards(scene, column)) for column in system.columns]
    # Cards side by side are as tall as the tallest of them.
    stacked = zip_longest(*(some for _, some in columns))
    heights = [max(card.height for card in row if card) for row in stacked]
    if not heights:
        return None
    tallest = sum(heights) + _BETWEEN * (len(heights) - 1)

    def draw_cards(canvas: Canvas, top: float) -> None:
        for column, some in columns:
            y = top
            for card, tall in zip(some, heights, strict=False):
                box = Box(column.left, y, column.left + column.reading, y + tall)
                canvas.rect(box, fill=CARD, stroke=BAD if card.hurts else HAIRLINE, radius=5)
                draw(canvas, column.left + _INSIDE, y + _INSIDE - 2, card.rows)
                y += tall + _BETWEEN

    return Lane(scene.say(name), scene.say(note), tallest, draw_cards)


def _front_cards(scene: Scene, column: Column) -> list[_Card]:
    """Return the areas that meet the customer, each with the touchpoints it serves."""
    served: dict[str, list[str]] = {}
    for touchpoint in column.touchpoints():
        if touchpoint.area and touchpoint.side == "front":
            served.setdefault(scene.say(touchpoint.area), []).append(scene.say(touchpoint.name))
    room = column.reading - 2 * _INSIDE
    areas = [
        run_in(area, " · ".join(names), room, styles=(STRONG, BODY_SOFT))
        for area, names in served.items()
    ]
    return [_Card(joined(areas, between=4))] if areas else []


def _back_cards(scene: Scene, column: Column) -> list[_Card]:
    if column.continued:
        return []
    return [_back_card(scene, work, column.reading) for work in column.stage.back_stage]


def link_words(scene: Scene, work: BackStage) -> list[str]:
    """Return what work serves and what it rests on, in words."""
    touchpoints = {t.id: scene.say(t.name) for t in scene.map.touchpoints()}
    support = {s.id: scene.say(s.does) for stage in scene.map.stages for s in stage.support}
    told = []
    for text, ids, names in (
        (w.SERVES, work.serves, touchpoints),
        (w.RESTS_ON, work.needs, support),
    ):
        named = [names[name] for name in ids if name in names]
        if named:
            told.append(scene.say(text, names=w.listed(named, scene.language)))
    return told


def _support_cards(scene: Scene, column: Column) -> list[_Card]:
    if column.continued:
        return []
    cards = []
    room = column.reading - 2 * _INSIDE
    for work in column.stage.support:
        rows = paragraph(scene.say(work.area), STRONG, room)
        rows += paragraph(scene.say(work.does), BODY_SOFT, room)
        if work.system:
            rows += paragraph(scene.say(w.SYSTEM, name=scene.say(work.system)), NOTE, room)
        cards.append(_Card(rows))
    return cards


def _back_card(scene: Scene, work: BackStage, wide: float) -> _Card:
    """Return what an area does; where it hurts, a bolt and words say so, not the colour alone."""
    room = wide - 2 * _INSIDE
    rows = paragraph(scene.say(work.area), STRONG, room)
    rows += paragraph(scene.say(work.does), Style(12, BAD) if work.hurts else BODY_SOFT, room)
    if work.system:
        rows += paragraph(scene.say(w.SYSTEM, name=scene.say(work.system)), NOTE, room)
    for words in link_words(scene, work):
        rows += paragraph(words, NOTE, room)
    if work.hurts:
        hurts = paragraph(scene.say(w.HURTS), BAD_NOTE, room, indent=INDENT)
        rows += marked(hurts, BOLT_MARK)
    return _Card(rows, work.hurts)
