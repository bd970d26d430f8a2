"""Native shapes on a slide: words, boxes, lines and tables that a team can edit."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from typing import Any

from trayecto.render.palette import INK

Deck = Any
"""A presentation, as python-pptx has it."""
Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""


class Slide:
    """One slide being drawn; lengths in inches."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def text(
        self, box: Place, words: str, *, size: float,
        bold: bool = False, colour: str = INK,
    ) -> None:  # fmt: skip
        """Write words; nothing for no words."""
        if words:
            frame = self.page.shapes.add_textbox(*inches(*box)).text_frame
            self._write(frame, words, size=size, bold=bold, colour=colour)

    @staticmethod
    def _write(
        frame: Any, words: str, *, size: float, bold: bool = False, colour: str = INK
    ) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = inches(0.03)[0]
        frame.margin_top = frame.margin_bottom = inches(0.02)[0]
        for place, line in enumerate(words.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.name = _points(size), bold, "Inter"
            run.font.color.rgb = _colour(colour)

    def shape(
        self, kind: str, box: Place, *, line: str, fill: str,
        words: str = "", size: float = 9,
    ) -> None:  # fmt: skip
        """Draw a native shape, with words inside it."""
        shape = self.page.shapes.add_shape(
            import_module("pptx.enum.shapes").MSO_SHAPE[kind], *inches(*box)
        )
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(fill)
        shape.line.color.rgb = _colour(line)
        shape.line.width = _points(1.25)
        if words:
            self._write(shape.text_frame, words, size=size)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float,
        *, dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a straight line."""
        ends = inches(*start, *end)
        drawn = self.page.shapes.add_connector(
            import_module("pptx.enum.shapes").MSO_CONNECTOR.STRAIGHT, *ends
        )
        drawn.line.color.rgb = _colour(colour)
        drawn.line.width = _points(width)
        if dashed:
            drawn.line.dash_style = import_module("pptx.enum.dml").MSO_LINE.DASH

    def image(self, box: Place, data: bytes, *, alt: str) -> None:
        """Place an image that fills a square box, cut where it is longer; *alt* says what it is."""
        left, top, wide, tall = inches(*box)
        picture = self.page.shapes.add_picture(BytesIO(data), left, top)
        ratio = picture.width / picture.height
        if ratio > 1:
            picture.crop_left = picture.crop_right = (1 - 1 / ratio) / 2
        else:
            picture.crop_top = picture.crop_bottom = (1 - ratio) / 2
        picture.width, picture.height = wide, tall
        picture._element.nvPicPr.cNvPr.set("descr", alt)

    def table(self, box: Place, rows: Sequence[Sequence[str]]) -> None:
        """Write a native table; its first row is the head."""
        left, top, wide, tall = inches(*box)
        frame = self.page.shapes.add_table(len(rows), len(rows[0]), left, top, wide, tall)
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                cell = frame.table.cell(place, column)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _colour("#F1ECE3" if place == 0 else "#FFFFFF")
                self._write(cell.text_frame, words, size=9, bold=place == 0)


def inches(*lengths: float) -> list[Any]:
    """Return lengths as python-pptx counts them."""
    inch = import_module("pptx.util").Inches
    return [inch(length) for length in lengths]


def _points(size: float) -> Any:
    return import_module("pptx.util").Pt(size)


def _colour(code: str) -> Any:
    return import_module("pptx.dml.color").RGBColor.from_string(code.lstrip("#"))
