"""Rows of words: what a column of text is made of before it has a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trayecto.render.icons import STROKE
from trayecto.render.palette import BAD, GOOD, INK, SOFT
from trayecto.render.svg import Canvas, Style
from trayecto.render.type import wrap, wrap_evenly

BODY, BODY_SOFT = Style(12), Style(12, SOFT)
STRONG = Style(12, weight=600)
NOTE = Style(11, SOFT)
NOTE_STRONG = Style(11, SOFT, weight=600)
QUOTE = Style(12, INK, italic=True)
GOOD_STRONG, BAD_STRONG = Style(12, GOOD, weight=600), Style(12, BAD, weight=600)
BAD_NOTE = Style(11, BAD)


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign before a row: a path, filled or drawn as a line."""

    path: str
    colour: str
    filled: bool
    scale: float = 0.8

    def draw(self, canvas: Canvas, at: tuple[float, float]) -> None:
        """Draw the sign around *at*."""
        if self.filled:
            canvas.path(self.path, at=at, scale=self.scale, fill=self.colour)
        else:
            canvas.path(
                self.path, at=at, scale=self.scale, stroke=self.colour,
                width=round(STROKE / self.scale, 2),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of words (in one style or several) and the height it takes."""

    runs: tuple[tuple[str, Style], ...]
    lead: float
    indent: float = 0.0
    mark: Mark | None = None

    @property
    def baseline(self) -> float:
        """Return how far below the row's top the baseline lies: capitals in the middle."""
        size = max((style.size for _, style in self.runs), default=0.0)
        return self.lead / 2 + 0.36 * size


INDENT = 20.0


def paragraph(
    words: str,
    style: Style,
    wide: float,
    *,
    indent: float = 0.0,
) -> list[Row]:
    """Return words as rows no wider than *wide*, their indent included."""
    lines = wrap(words, style.size, wide - indent, weight=style.weight)
    return [Row(((line, style),), leading(style), indent) for line in lines]


def heading(words: str, style: Style, wide: float) -> list[Row]:
    """Return words as rows of about the same length."""
    lines = wrap_evenly(words, style.size, wide, weight=style.weight)
    return [Row(((line, style),), leading(style)) for line in lines]


def run_in(
    head: str, words: str, wide: float, *, styles: tuple[Style, Style], indent: float = 0.0
) -> list[Row]:
    """Return words that begin on the row of their head, or below it where the head is long."""
    head_style, style = styles
    room = wide - indent - head_style.wide(head) - 6
    first = wrap(words, style.size, room, weight=style.weight)[:1] if room > 70 else []
    rest = words.removeprefix(first[0]) if first else words
    broken_off = rest == words or not (rest == "" or rest.startswith(" "))
    if broken_off:
        below = paragraph(words, style, wide, indent=indent)
        return paragraph(head, head_style, wide, indent=indent) + below
    row = Row(((f"{head}  ", head_style), (first[0], style)), leading(style), indent)
    return [row, *paragraph(rest.strip(), style, wide, indent=indent)]


def leading(style: Style) -> float:
    """Return the height of a row in a style."""
    return round(style.size * 1.32)


def gap(height: float) -> Row:
    """Return an empty row."""
    return Row((), height)


def marked(rows: list[Row], mark: Mark) -> list[Row]:
    """Return the rows with a sign before the first; they need an indent to hold it."""
    return [replace(rows[0], mark=mark), *rows[1:]] if rows else []


def joined(groups: Sequence[list[Row]], *, between: float) -> list[Row]:
    """Return groups of rows one below the other, with air between them."""
    whole: list[Row] = []
    for rows in groups:
        if rows:
            whole += [gap(between), *rows] if whole else rows
    return whole


def height(rows: Sequence[Row]) -> float:
    """Return how much room the rows take."""
    return sum(row.lead for row in rows)


def draw(canvas: Canvas, x: float, top: float, rows: Sequence[Row]) -> None:
    """Draw rows from *top* down, each at *x* and its indent."""
    for row in rows:
        y = top + row.baseline
        if row.mark:
            row.mark.draw(canvas, (x + 7, top + row.lead / 2))
        if len(row.runs) == 1:
            words, style = row.runs[0]
            canvas.text(x + row.indent, y, words, style)
        elif row.runs:
            canvas.runs(x + row.indent, y, row.runs)
        top += row.lead
