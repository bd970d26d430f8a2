"""A map as slides of native shapes that a team can edit; needs python-pptx (extra `office`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from io import BytesIO
from itertools import pairwise

from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.maps.versions import Changes
from trayecto.render import words as w
from trayecto.render.palette import BAD, COMPANY, CUSTOMER, GOOD, INK, NEUTRAL, SOFT, felt
from trayecto.render.poster.more_lines import more_lines
from trayecto.render.poster.scene import Scene, View, scene
from trayecto.render.slide_shapes import Deck, Slide, inches
from trayecto.render.table import Table
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

_WIDE, _TALL = 13.333, 7.5
_LEFT, _TOP, _LABEL = 0.4, 1.35, 0.95
_COLUMNS = _LEFT + _LABEL + 0.15
_RIGHT = _WIDE - 0.4
_STAGES = 6
"""Stages on one slide: more would be too small to read from the back of the room."""
_MOST_TOUCHPOINTS = 7
_ROWS, _HEADS = 9, 6
"""Rows and columns of a table on one slide."""

XY = tuple[float, float]


def slides(
    journey_map: JourneyMap,
    *,
    language: Language,
    shown: View = "map",
    changes: Changes | None = None,
) -> bytes:
    """Return a 16:9 presentation: some stages a slide, everything a shape or a text."""
    told = scene(journey_map, None, language, changes=changes, view=shown)
    deck = _deck(told.say(journey_map.title))
    stages = journey_map.stages
    pieces = -(-len(stages) // _STAGES)
    size = -(-len(stages) // max(1, pieces))
    for first in range(0, len(stages), max(1, size)):
        slide = Slide(deck.slides.add_slide(deck.slide_layouts[6]))
        _DRAW[shown](slide, told, stages[first : first + size])
    return _saved(deck)


def table_slides(tables: Sequence[Table], *, title: str) -> bytes:
    """Return the tables as slides of native tables, a few rows and columns each."""
    deck = _deck(title)
    for table in tables:
        for columns in _column_groups(len(table.heads)):
            rows = [[row[column] for column in columns] for row in table.rows]
            head = [table.heads[column] for column in columns]
            for first in range(0, len(rows), _ROWS):
                slide = Slide(deck.slides.add_slide(deck.slide_layouts[6]))
                slide.text((_LEFT, 0.3, 12.5, 0.5), f"{title} · {table.name}", size=20, bold=True)
                some = rows[first : first + _ROWS]
                slide.table((_LEFT, 1.0, _WIDE - 2 * _LEFT, 0.4 * (len(some) + 1)), [head, *some])
    return _saved(deck)


def _column_groups(columns: int) -> Iterator[list[int]]:
    """Give the columns a slide holds; the first, which names the row, is on each."""
    rest = list(range(1, columns))
    for first in range(0, max(1, len(rest)), _HEADS - 1):
        yield [0, *rest[first : first + _HEADS - 1]]


def _deck(title: str) -> Deck:
    try:
        pptx = import_module("pptx")
    except ImportError:
        raise TrayectoError(Problem(w.NEEDS_EXTRA_PPTX, w.INSTALL_OFFICE)) from None
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = inches(_WIDE, _TALL)
    deck.core_properties.title = title
    return deck


def _saved(deck: Deck) -> bytes:
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _draw_head(slide: Slide, told: Scene, labels: Sequence[tuple[Text, float]]) -> None:
    slide.text((_LEFT, 0.3, 9, 0.5), told.say(told.map.title), size=24, bold=True)
    slide.text((_LEFT, 0.8, 9, 0.35), told.say(told.map.question), size=12, colour=SOFT)
    if told.map.protagonist:
        who = told.map.protagonist
        slide.text((9.4, 0.35, 3.5, 0.35), told.say(who.name), size=12, bold=True)
        slide.text((9.4, 0.65, 3.5, 0.5), told.say(who.needs), size=10, colour=SOFT)
        if who.image and who.image.data:
            slide.image((8.75, 0.35, 0.6, 0.6), who.image.data, alt=told.say(who.name))
    for name, y in labels:
        slide.text((_LEFT, y, _LABEL + 0.1, 0.3), told.say(name), size=9, colour=SOFT)


def _placed(stages: Sequence[Stage]) -> Iterator[tuple[Stage, float, float]]:
    """Give each stage with its left edge and its room."""
    wide = (_RIGHT - _COLUMNS) / len(stages)
    for place, stage in enumerate(stages):
        yield stage, _COLUMNS + place * wide, wide - 0.12


def _draw_map(slide: Slide, told: Scene, stages: Sequence[Stage]) -> None:
    _draw_head(slide, told, (
        (w.STAGE, _TOP), (w.TOUCHPOINTS, 2.15), (w.EMOTION, 4.15), (w.MOMENTS, 5.2),
        (w.BACK_STAGE, 6.5),
    ))  # fmt: skip
    for stage, left, wide in _placed(stages):
        slide.text((left, _TOP, wide, 0.35), told.say(stage.name), size=14, bold=True)
        slide.text((left, _TOP + 0.35, wide, 0.4), told.say(stage.goal), size=9, colour=SOFT)
        _draw_touchpoints(slide, told, stage, left, wide, bottom=3.62)
        moments = [t for t in stage.touchpoints if t.moment][:2]
        for place, touchpoint in enumerate(moments):
            _draw_moment(slide, told, touchpoint, (left, 5.2 + place * 0.62), wide)
        works = [f"{told.say(b.area)}: {told.say(b.does)}" for b in stage.back_stage[:2]]
        if works:
            slide.shape("ROUNDED_RECTANGLE", (left, 6.5, wide, 0.7), line="#DAD5CD",
                        fill="#FFFFFF", words="\n".join(works), size=8)  # fmt: skip
    _draw_curve(slide, told, stages, top=3.75, tall=1.25)


def _draw_curve_alone(slide: Slide, told: Scene, stages: Sequence[Stage]) -> None:
    _draw_head(slide, told, ((w.STAGE, _TOP), (w.TOUCHPOINTS, 1.85), (w.EMOTION, 4.7)))
    for stage, left, wide in _placed(stages):
        slide.text((left, _TOP, wide, 0.35), told.say(stage.name), size=14, bold=True)
        shown = stage.touchpoints[:_MOST_TOUCHPOINTS]
        for place, touchpoint in enumerate(shown, start=1):
            slide.text((left, 1.65 + place * 0.19, wide, 0.2),
                       f"{place} {told.say(touchpoint.name)}", size=8)  # fmt: skip
    _draw_curve(slide, told, stages, top=3.4, tall=3.3)
    named = [(w.EXPECTED_EMOTION.say(told.language), "―")]
    named += [(line.name, "- -") for line in more_lines(told)]
    legend = "    ".join(f"{sign} {name}" for name, sign in named)
    slide.text((_COLUMNS, 7.0, _RIGHT - _COLUMNS, 0.3), legend, size=9, colour=SOFT)


def _draw_blueprint(slide: Slide, told: Scene, stages: Sequence[Stage]) -> None:
    _draw_head(slide, told, (
        (w.STAGE, _TOP), (w.TOUCHPOINTS, 1.75), (w.FRONT_STAGE, 3.7), (w.BACK_STAGE, 4.75),
        (w.SUPPORT, 6.35),
    ))  # fmt: skip
    for stage, left, wide in _placed(stages):
        slide.text((left, _TOP, wide, 0.35), told.say(stage.name), size=14, bold=True)
        _draw_touchpoints(slide, told, stage, left, wide, bottom=3.4)
        areas = dict.fromkeys(told.say(t.area) for t in stage.touchpoints if t.side == "front")
        cards = (
            ("\n".join(name for name in areas if name), 3.7, 0.75),
            ("\n".join(_works(told, stage)), 4.75, 1.3),
            ("\n".join(told.say(own.does) for own in stage.support), 6.35, 0.75),
        )
        for words, top, tall in cards:
            if words:
                slide.shape("ROUNDED_RECTANGLE", (left, top, wide, tall), line="#DAD5CD",
                            fill="#FFFFFF", words=words, size=8)  # fmt: skip
    for name, y in (
        (w.LINE_OF_INTERACTION, 3.58), (w.LINE_OF_VISIBILITY, 4.62), (w.LINE_OF_INTERNAL, 6.22),
    ):  # fmt: skip
        slide.line((_LEFT, y), (_RIGHT, y), INK, 1, dashed=True)
        slide.text((_LEFT, y - 0.22, 2, 0.2), told.say(name), size=7, colour=SOFT)


def _works(told: Scene, stage: Stage) -> Iterator[str]:
    for work in stage.back_stage[:3]:
        hurts = f" ({told.say(w.HURTS)})" if work.hurts else ""
        yield f"{told.say(work.area)}: {told.say(work.does)}{hurts}"


_DRAW: Mapping[View, Callable[[Slide, Scene, Sequence[Stage]], None]] = {
    "map": _draw_map,
    "curve": _draw_curve_alone,
    "blueprint": _draw_blueprint,
}


def _draw_touchpoints(
    slide: Slide, told: Scene, stage: Stage, left: float, wide: float, *, bottom: float
) -> None:
    shown = stage.touchpoints[:_MOST_TOUCHPOINTS]
    top = 2.12 if bottom > 3.5 else 1.8
    pitch = min(0.42, (bottom - top) / max(1, len(shown)))
    for place, touchpoint in enumerate(shown):
        box = (left, top + place * pitch, wide, min(0.36, pitch - 0.04))
        border = CUSTOMER if touchpoint.initiates == "customer" else COMPANY
        kind = "ROUNDED_RECTANGLE" if touchpoint.kind == "action" else "FLOWCHART_TERMINATOR"
        channel, name = told.say(channel_name(touchpoint.channel)), told.say(touchpoint.name)
        words = name if channel.casefold() in name.casefold() else f"{name} · {channel}"
        slide.shape(kind, box, line=border, fill="#FFFFFF", words=words, size=9)


def _draw_moment(slide: Slide, told: Scene, touchpoint: Touchpoint, at: XY, wide: float) -> None:
    moment = touchpoint.moment
    if moment is None:
        return
    left, top = at
    truth = moment.kind == "truth"
    sign, colour = ("STAR_5_POINT", GOOD) if truth else ("LIGHTNING_BOLT", BAD)
    slide.shape(sign, (left, top + 0.05, 0.16, 0.16), line=colour, fill=colour)
    words, why = told.say(touchpoint.name), told.say(moment.why)
    slide.text((left + 0.2, top, wide - 0.2, 0.6), f"{words}. {why}", size=8)


def _draw_curve(
    slide: Slide, told: Scene, stages: Sequence[Stage], *, top: float, tall: float
) -> None:
    """Draw the expected line with its points, and every other line below it."""
    middle = top + tall / 2
    slide.line((_COLUMNS, middle), (_RIGHT, middle), NEUTRAL, 0.75)
    places = {
        touchpoint.id: left + wide * (place + 0.5) / len(shown)
        for stage, left, wide in _placed(stages)
        if (shown := stage.touchpoints[:_MOST_TOUCHPOINTS])
        for place, touchpoint in enumerate(shown)
    }
    touchpoints = [t for stage in stages for t in stage.touchpoints if t.id in places]

    def points(levels: Mapping[str, float]) -> list[XY]:
        return [
            (places[t.id], top + (1 - levels[t.id]) / 2 * tall)
            for t in touchpoints
            if t.id in levels
        ]

    if told.view == "curve":
        for line in more_lines(told):
            other = points(line.levels)
            for one, following in pairwise(other):
                slide.line(one, following, line.stroke, 1.25, dashed=True)
            for x, y in other:
                slide.shape("DIAMOND", (x - 0.05, y - 0.05, 0.1, 0.1), line=line.stroke,
                            fill="#FFFFFF")  # fmt: skip
    expected = {t.id: t.emotion.level for t in touchpoints if t.emotion}
    own = points(expected)
    for one, following in pairwise(own):
        slide.line(one, following, SOFT, 1.5)
    for (x, y), level in zip(own, expected.values(), strict=True):
        slide.shape("OVAL", (x - 0.07, y - 0.07, 0.14, 0.14), line=felt(level), fill="#FFFFFF")
