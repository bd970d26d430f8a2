"""Where the words of a line fit: near their line, over no other line, box or word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from trayecto.render.graph.layout import Point, Route
from trayecto.render.svg import Box

_CELL = 32.0
_FINE = 4.0
_CLEAR, _CLEAR_OF_OTHERS = 2.0, 3.0
_HEAD = 3
"""How many of the last points of a line its arrow head covers."""
_AWAY = 6
"""How many points at its ends a line must show when words interrupt it."""
_STRAIGHT = 0.965
"""How straight the hidden part must be (its chord to its length): an eye bridges no bend."""
_SHORTEST_TO_INTERRUPT = 64.0
_LEVEL = 0.22
"""Up to this slope words stand above their line; on a steeper one, they interrupt it."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The room of some words, and whether they interrupt their line."""

    box: Box
    interrupts: bool


def head_half(thickness: float) -> float:
    """Return half the height of the arrow head of a line."""
    return 2.6 + 0.62 * thickness


def traced(route: Route) -> list[Point]:
    """Return points along a route, close enough to stand for it."""
    points = [route.points[0]]
    for k in range(0, len(route.points) - 1, 3):
        start, one, two, end = route.points[k : k + 4]
        long = hypot(end[0] - start[0], end[1] - start[1]) + abs(two[1] - one[1]) * 0.4
        steps = max(2, int(long / _FINE))
        points += [_on_curve(start, one, two, end, i / steps) for i in range(1, steps + 1)]
    return points


def _on_curve(start: Point, one: Point, two: Point, end: Point, t: float) -> Point:
    s = 1 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        a * start[0] + b * one[0] + c * two[0] + d * end[0],
        a * start[1] + b * one[1] + c * two[1] + d * end[1],
    )


class Captions:
    """The page as far as it is taken: boxes, lines, and the captions placed so far."""

    def __init__(self, boxes: Iterable[Box], *, left: float, right: float) -> None:
        self.placed: list[Box] = []
        self._left, self._right = left, right
        self._boxes: dict[tuple[int, int], list[Box]] = defaultdict(list)
        self._lines: dict[tuple[int, int], list[tuple[float, float, float, int]]]
        self._lines = defaultdict(list)
        for box in boxes:
            self._take(box)

    def _take(self, box: Box) -> None:
        for cell in _cells(box):
            self._boxes[cell].append(box)

    def draw(self, line: int, points: Sequence[Point], thickness: float) -> None:
        """Note that a line runs here, with an arrow head at its end."""
        for i, (x, y) in enumerate(points):
            half = thickness / 2 if len(points) - i > _HEAD else head_half(thickness)
            self._lines[int(x // _CELL), int(y // _CELL)].append((x, y, half, line))

    def place(
        self,
        line: int,
        points: Sequence[Point],
        size: tuple[float, float],
        thickness: float,
        *,
        may_interrupt: bool,
    ) -> Caption | None:
        """Return the first free room for words of *size* near the middle of a line, and take it."""
        middle = len(points) // 2
        order = range(1, len(points) - 1 - _HEAD, 2)
        for i in sorted(order, key=lambda i: (abs(i - middle), i)):
            for caption in _around(points, i, size, thickness):
                if caption.interrupts and not (may_interrupt and _clean_cut(points, caption.box)):
                    continue
                if self._free(caption, line):
                    self._take(caption.box)
                    self.placed.append(caption.box)
                    return caption
        return None

    def place_at(self, line: int, boxes: Iterable[Box]) -> Caption | None:
        """Return the first free one of these rooms for the words of a line, and take it."""
        for caption in (Caption(box, interrupts=False) for box in boxes):
            if self._free(caption, line):
                self._take(caption.box)
                self.placed.append(caption.box)
                return caption
        return None

    def _free(self, caption: Caption, line: int) -> bool:
        box = caption.box
        if box.left < self._left or box.right > self._right:
            return False
        cells = list(_cells(box, margin=8.0))
        if any(box.meets(other, gap=_CLEAR) for cell in cells for other in self._boxes[cell]):
            return False
        for cell in cells:
            for x, y, half, drawn in self._lines[cell]:
                if drawn == line and caption.interrupts:
                    continue
                near = half + (_CLEAR if drawn == line else _CLEAR_OF_OTHERS)
                if (
                    box.left - near < x < box.right + near
                    and box.top - near < y < box.bottom + near
                ):
                    return False
        return True


def _around(
    points: Sequence[Point], i: int, size: tuple[float, float], thickness: float
) -> list[Caption]:
    """Return where words could stand at one point of a line, the best place first."""
    (x, y), (x0, y0), (x1, y1) = points[i], points[i - 1], points[i + 1]
    wide, high = size
    off = head_half(thickness) + _CLEAR + 0.1
    left, right = x - wide / 2, x + wide / 2
    if abs(y1 - y0) > _LEVEL * abs(x1 - x0):
        top, bottom = y - high / 2, y + high / 2
        centred = Caption(Box(left, top, right, bottom), interrupts=True)
        after = Caption(Box(x + off, top, x + off + wide, bottom), interrupts=False)
        before = Caption(Box(x - off - wide, top, x - off, bottom), interrupts=False)
        long = hypot(points[-1][0] - points[0][0], points[-1][1] - points[0][1])
        return [centred, after, before] if long > _SHORTEST_TO_INTERRUPT else [after, before]
    above = Caption(Box(left, y - off - high, right, y - off), interrupts=False)
    below = Caption(Box(left, y + off, right, y + off + high), interrupts=False)
    return [above, below]


def _clean_cut(points: Sequence[Point], box: Box) -> bool:
    """Tell whether words in *box* hide one straight piece of a line, away from its ends."""
    hidden = [
        i
        for i, (x, y) in enumerate(points)
        if box.left < x < box.right and box.top < y < box.bottom
    ]
    if not hidden or hidden[0] < _AWAY or hidden[-1] >= len(points) - _AWAY - _HEAD:
        return False
    if hidden[-1] - hidden[0] + 1 != len(hidden):
        return False
    piece = points[hidden[0] - 2 : hidden[-1] + 3]
    long = sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(piece))
    chord = hypot(piece[-1][0] - piece[0][0], piece[-1][1] - piece[0][1])
    return chord >= _STRAIGHT * long


def _cells(box: Box, *, margin: float = 0.0) -> Iterable[tuple[int, int]]:
    for column in range(int((box.left - margin) // _CELL), int((box.right + margin) // _CELL) + 1):
        for row in range(int((box.top - margin) // _CELL), int((box.bottom + margin) // _CELL) + 1):
            yield column, row
