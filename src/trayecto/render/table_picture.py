"""The tables of a map as one picture, for who wants the words on the wall and not the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trayecto.render.palette import HAIRLINE, INK, PAPER, SOFT
from trayecto.render.poster.rows import STRONG, Row, draw, heading, height, paragraph
from trayecto.render.poster.scene import LEFT, MIN_HEIGHT, RIGHT, WIDTH
from trayecto.render.svg import Box, Canvas, Style
from trayecto.render.table import Table
from trayecto.render.type import width

_TITLE, _NAME = Style(32, weight=600), Style(16, weight=600)
_HEAD, _CELL = Style(11, SOFT, weight=600), Style(12)
_GUTTER = 18.0
_LEAST, _MOST = 64.0, 330.0
_TOP, _BETWEEN = 40.0, 34.0


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns of a table that fit side by side, each with its left edge and room."""

    columns: tuple[int, ...]
    lefts: tuple[float, ...]
    wides: tuple[float, ...]


def table_picture(tables: Sequence[Table], *, title: str, desc: str) -> str:
    """
    Return the tables as SVG, as wide as A3 and as tall as they need.

    A table with more columns than fit goes on below, its first column again at the left.
    """
    canvas = Canvas()
    name = heading(title, _TITLE, RIGHT - LEFT)
    draw(canvas, LEFT, _TOP, name)
    y = _TOP + height(name) + 20
    for table in tables:
        draw(canvas, LEFT, y, paragraph(table.name, _NAME, RIGHT - LEFT))
        y += 28
        for part in _parts(table):
            y = _draw_part(canvas, table, part, y) + 16
        y += _BETWEEN - 16
    tall = max(y + 10, MIN_HEIGHT)
    sheet = Canvas()
    sheet.rect(Box(0, 0, WIDTH, tall), fill=PAPER)
    sheet.put(canvas)
    return sheet.svg(WIDTH, tall, title=title, desc=desc)


def _parts(table: Table) -> list[_Part]:
    room = RIGHT - LEFT + _GUTTER
    needs = [_need(table, column, lines=3) for column in range(len(table.heads))]
    for lines in (5, 8):  # taller rows are easier to read than a table cut in two
        if sum(needs) > room:
            needs = [_need(table, column, lines=lines) for column in range(len(table.heads))]
    groups: list[list[int]] = [[]]
    for column in range(1, len(needs)):
        taken = needs[0] + sum(needs[own] for own in groups[-1])
        if groups[-1] and taken + needs[column] > room:
            groups.append([])
        groups[-1].append(column)
    return [_placed(table, (0, *group), needs, room) for group in groups]


def _need(table: Table, column: int, *, lines: int) -> float:
    """Return the room a column asks for: its longest word, and its longest cell in *lines*."""
    cells = [row[column] for row in table.rows]
    words = [(word, _CELL) for cell in cells for word in cell.split()]
    words += [(word, _HEAD) for word in table.heads[column].split()]
    longest = max((width(w, s.size, weight=s.weight) for w, s in words), default=0.0)
    written = max((_CELL.wide(cell) for cell in cells), default=0.0)
    return min(_MOST, max(_LEAST, longest * 1.02, written / lines)) + _GUTTER


def _placed(table: Table, columns: tuple[int, ...], needs: list[float], room: float) -> _Part:
    """Return the columns side by side; what is left over goes to those who could use it."""
    spare = max(0.0, room - sum(needs[column] for column in columns))
    wanted = {
        column: max(0.0, min(2 * _MOST, _widest(table, column)) + _GUTTER - needs[column])
        for column in columns
    }
    share = min(1.0, spare / (sum(wanted.values()) or 1.0))
    wides = [needs[column] + share * wanted[column] for column in columns]
    lefts = [LEFT + sum(wides[:place]) for place in range(len(wides))]
    return _Part(columns, tuple(lefts), tuple(wide - _GUTTER for wide in wides))


def _widest(table: Table, column: int) -> float:
    cells = (_CELL.wide(row[column]) for row in table.rows)
    return max([_HEAD.wide(table.heads[column]), *cells])


def _draw_part(canvas: Canvas, table: Table, part: _Part, top: float) -> float:
    end = part.lefts[-1] + part.wides[-1]
    y = _draw_row(canvas, part, _cells(table.heads, part, head=True), top)
    canvas.line((LEFT, y), (end, y), stroke=INK, width=1.2)
    for place, row in enumerate(table.rows):
        if place:
            canvas.line((LEFT, y), (end, y), stroke=HAIRLINE)
        y = _draw_row(canvas, part, _cells(row, part, head=False), y + 7) + 6
    return y


def _cells(row: Sequence[str], part: _Part, *, head: bool) -> list[list[Row]]:
    styles = [_HEAD if head else STRONG if column == 0 else _CELL for column in part.columns]
    return [
        paragraph(row[column], style, wide)
        for column, style, wide in zip(part.columns, styles, part.wides, strict=True)
    ]


def _draw_row(canvas: Canvas, part: _Part, cells: Sequence[list[Row]], top: float) -> float:
    for left, cell in zip(part.lefts, cells, strict=True):
        draw(canvas, left, top, cell)
    return top + max((height(cell) for cell in cells), default=0.0) + 4
