"""A map as slides of native shapes that a team can edit; needs python-pptx (extra `office`)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from typing import Any

from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import BAD, COMPANY, CUSTOMER, GOOD, INK, NEUTRAL, SOFT, felt
from trayecto.render.poster.scene import Scene, scene
from trayecto.render.poster.touchpoints import channel_name
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language

_WIDE, _TALL = 13.333, 7.5
_LEFT, _TOP, _LABEL = 0.4, 1.35, 0.95
_STAGES = 6
"""Stages on one slide: more would be too small to read from the back of the room."""
_MOST_TOUCHPOINTS = 7
_EMOTION_TOP, _EMOTION_TALL = 3.75, 1.25


def slides(journey_map: JourneyMap, *, language: Language) -> bytes:
    """Return a 16:9 presentation: some stages a slide, everything a shape or a text."""
    try:
        pptx = import_module("pptx")
    except ImportError:
        raise TrayectoError(Problem(w.NEEDS_EXTRA_PPTX, w.INSTALL_OFFICE)) from None
    told = scene(journey_map, None, language)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = _inches(_WIDE, _TALL)
    deck.core_properties.title = told.say(journey_map.title)
    stages = journey_map.stages
    pieces = -(-len(stages) // _STAGES)
    size = -(-len(stages) // pieces)
    for first in range(0, len(stages), size):
        slide = _Slide(deck.slides.add_slide(deck.slide_layouts[6]), told)
        slide.draw(stages[first : first + size])
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


class _Slide:
    """One slide being drawn; lengths in inches."""

    def __init__(self, slide: Any, told: Scene) -> None:
        self.slide = slide
        self.told = told

    def draw(self, stages: Sequence[Stage]) -> None:
        told = self.told
        self.text((_LEFT, 0.3, 9, 0.5), told.say(told.map.title), size=24, bold=True)
        self.text((_LEFT, 0.8, 9, 0.35), told.say(told.map.question), size=12, colour=SOFT)
        if told.map.protagonist:
            who = told.say(told.map.protagonist.name)
            self.text((9.4, 0.35, 3.5, 0.35), who, size=12, bold=True)
            self.text((9.4, 0.65, 3.5, 0.5), told.say(told.map.protagonist.needs), size=10,
                      colour=SOFT)  # fmt: skip
        for name, y in (
            (w.STAGE, _TOP), (w.TOUCHPOINTS, 2.15), (w.EMOTION, _EMOTION_TOP + 0.4),
            (w.MOMENTS, 5.2), (w.BACK_STAGE, 6.5),
        ):  # fmt: skip
            self.text((_LEFT, y, _LABEL + 0.1, 0.3), told.say(name), size=9, colour=SOFT)
        left = _LEFT + _LABEL + 0.15
        wide = (_WIDE - left - 0.4) / len(stages)
        middle = _EMOTION_TOP + _EMOTION_TALL / 2
        self.line((left, middle), (_WIDE - 0.4, middle), NEUTRAL, 0.75)
        points: list[tuple[float, float, Touchpoint]] = []
        for place, stage in enumerate(stages):
            points += self.stage(stage, left + place * wide, wide - 0.12)
        for one, other in pairwise(points):
            self.line(one[:2], other[:2], SOFT, 1.5)
        for x, y, touchpoint in points:
            level = touchpoint.emotion.level if touchpoint.emotion else 0
            self.shape("OVAL", (x - 0.07, y - 0.07, 0.14, 0.14), line=felt(level), fill="#FFFFFF")

    def stage(
        self, stage: Stage, left: float, wide: float
    ) -> list[tuple[float, float, Touchpoint]]:
        """Draw one stage and return the points of its emotion curve."""
        told = self.told
        self.text((left, _TOP, wide, 0.35), told.say(stage.name), size=14, bold=True)
        self.text((left, _TOP + 0.35, wide, 0.4), told.say(stage.goal), size=9, colour=SOFT)
        points = []
        shown = stage.touchpoints[:_MOST_TOUCHPOINTS]
        pitch = min(0.42, 1.5 / max(1, len(shown)))
        for place, touchpoint in enumerate(shown):
            self.touchpoint(touchpoint, left, 2.12 + place * pitch, wide, min(0.36, pitch - 0.04))
            if touchpoint.emotion:
                x = left + wide * (place + 0.5) / len(shown)
                y = _EMOTION_TOP + (1 - touchpoint.emotion.level) / 2 * _EMOTION_TALL
                points.append((x, y, touchpoint))
        moments = [t for t in stage.touchpoints if t.moment][:2]
        for place, touchpoint in enumerate(moments):
            self.moment(touchpoint, left, 5.2 + place * 0.62, wide)
        if stage.back_stage:
            areas = "\n".join(
                f"{told.say(b.area)}: {told.say(b.does)}" for b in stage.back_stage[:2]
            )
            self.shape("ROUNDED_RECTANGLE", (left, 6.5, wide, 0.7), line="#DAD5CD", fill="#FFFFFF",
                       words=areas, size=8)  # fmt: skip
        return points

    def touchpoint(
        self, touchpoint: Touchpoint, left: float, top: float, wide: float, tall: float
    ) -> None:
        told = self.told
        border = CUSTOMER if touchpoint.initiates == "customer" else COMPANY
        kind = "ROUNDED_RECTANGLE" if touchpoint.kind == "action" else "FLOWCHART_TERMINATOR"
        channel = channel_name(told, touchpoint.channel)
        name = told.say(touchpoint.name)
        words = name if channel.casefold() in name.casefold() else f"{name} · {channel}"
        self.shape(kind, (left, top, wide, tall), line=border, fill="#FFFFFF", words=words, size=9)

    def moment(self, touchpoint: Touchpoint, left: float, top: float, wide: float) -> None:
        moment = touchpoint.moment
        if moment is None:
            return
        truth = moment.kind == "truth"
        sign, colour = ("STAR_5_POINT", GOOD) if truth else ("LIGHTNING_BOLT", BAD)
        self.shape(sign, (left, top + 0.05, 0.16, 0.16), line=colour, fill=colour)
        words = self.told.say(touchpoint.name)
        why = self.told.say(moment.why)
        self.text((left + 0.2, top, wide - 0.2, 0.6), f"{words}. {why}", size=8)

    def text(
        self, box: tuple[float, float, float, float], words: str, *, size: float,
        bold: bool = False, colour: str = INK,
    ) -> None:  # fmt: skip
        """Write words; nothing for no words."""
        if words:
            frame = self.slide.shapes.add_textbox(*_inches(*box)).text_frame
            self._write(frame, words, size=size, bold=bold, colour=colour)

    @staticmethod
    def _write(
        frame: Any, words: str, *, size: float, bold: bool = False, colour: str = INK
    ) -> None:

        frame.word_wrap = True
        frame.margin_left = frame.margin_right = _inches(0.03)[0]
        frame.margin_top = frame.margin_bottom = _inches(0.02)[0]
        for place, line in enumerate(words.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.name = _points(size), bold, "Inter"
            run.font.color.rgb = _colour(colour)

    def shape(
        self, kind: str, box: tuple[float, float, float, float], *, line: str, fill: str,
        words: str = "", size: float = 9,
    ) -> None:  # fmt: skip
        """Draw a native shape, with words inside it."""
        shape = self.slide.shapes.add_shape(
            import_module("pptx.enum.shapes").MSO_SHAPE[kind], *_inches(*box)
        )
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(fill)
        shape.line.color.rgb = _colour(line)
        shape.line.width = _points(1.25)
        if words:
            self._write(shape.text_frame, words, size=size)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float
    ) -> None:
        """Draw a straight line."""
        ends = _inches(*start, *end)
        drawn = self.slide.shapes.add_connector(
            import_module("pptx.enum.shapes").MSO_CONNECTOR.STRAIGHT, *ends
        )
        drawn.line.color.rgb = _colour(colour)
        drawn.line.width = _points(width)


def _inches(*lengths: float) -> list[Any]:
    inches = import_module("pptx.util").Inches
    return [inches(length) for length in lengths]


def _points(size: float) -> Any:
    return import_module("pptx.util").Pt(size)


def _colour(code: str) -> Any:
    return import_module("pptx.dml.color").RGBColor.from_string(code.lstrip("#"))
