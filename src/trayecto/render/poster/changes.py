"""What changed since another version, marked on the picture: a sign, a number and the words."""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.maps.diff_words import Said
from trayecto.render import words as w
from trayecto.render.palette import HAIRLINE, INK, NEUTRAL, SOFT
from trayecto.render.poster.rows import BODY, NOTE, Row, draw, height, paragraph
from trayecto.render.poster.scene import COLUMNS_LEFT, GUTTER, LABELS_WIDE, LEFT, RIGHT, Scene
from trayecto.render.svg import Canvas, Style

_STRIP_NAME = Style(13, weight=600)
_COLUMNS = 3
_MOST = 90


def draw_changes(canvas: Canvas, scene: Scene, top: float) -> float:
    """Draw every change in words, by its number, and return where the strip ends."""
    if scene.changes is None:
        return top
    canvas.line((LEFT, top), (RIGHT, top), stroke=INK, width=1.2)
    top += 18
    name = paragraph(scene.say(w.WHAT_CHANGED), _STRIP_NAME, LABELS_WIDE)
    name += paragraph(scene.say(w.SIGNS), NOTE, LABELS_WIDE)
    draw(canvas, LEFT, top, name)
    said = scene.changes.said[:_MOST]
    if not said:
        draw(canvas, COLUMNS_LEFT, top, paragraph(scene.say(w.NO_CHANGE), BODY, 600))
        return top + height(name) + 22
    wide = (RIGHT - COLUMNS_LEFT + GUTTER) / _COLUMNS
    lists = [_rows(scene, said, part, wide - GUTTER) for part in _parts(len(said))]
    for place, some in enumerate(lists):
        x = COLUMNS_LEFT + place * wide
        if place:
            canvas.line((x - GUTTER / 2, top), (x - GUTTER / 2, top + _tall(some)), stroke=HAIRLINE)
        _draw_list(canvas, x, top, some)
    bottom = top + max([height(name), *(_tall(some) for some in lists)])
    rest = len(scene.changes.said) - len(said)
    if rest:
        draw(canvas, COLUMNS_LEFT, bottom + 4, paragraph(f"… +{rest}", NOTE, 200))
        bottom += 20
    return bottom + 22


_Item = tuple[str, str, list[Row]]
"""A number, a sign and the words."""


def _parts(n: int) -> list[range]:
    size = -(-n // _COLUMNS)
    return [range(i, min(n, i + size)) for i in range(0, n, size)]


def _rows(scene: Scene, said: Sequence[Said], part: range, wide: float) -> list[_Item]:
    return [
        (str(i + 1), said[i].sign, paragraph(scene.say(said[i].text), BODY, wide - 46))
        for i in part
    ]


def _tall(items: Sequence[_Item]) -> float:
    return sum(height(rows) + 5 for _, _, rows in items)


def _draw_list(canvas: Canvas, x: float, top: float, items: Sequence[_Item]) -> None:
    for number, sign, rows in items:
        canvas.text(x + 18, top + rows[0].baseline, number, Style(11, SOFT), anchor="end")
        colour = NEUTRAL if sign == "≠" else INK
        canvas.text(x + 30, top + rows[0].baseline, sign, Style(12, colour, weight=600),
                    anchor="middle")  # fmt: skip
        draw(canvas, x + 46, top, rows)
        top += height(rows) + 5
