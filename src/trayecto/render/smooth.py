"""Smooth lines through points that never swing beyond them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

from trayecto.render.svg import written

XY = tuple[float, float]


def line_of(points: Sequence[XY]) -> str:
    """Return the path of a smooth line; between two points it stays between their heights."""
    return f"M{_at(points[0])}{_bends(points)}"


def ribbon_of(upper: Sequence[XY], lower: Sequence[XY]) -> str:
    """Return the path of the area between two smooth lines."""
    back = list(reversed(lower))
    return f"M{_at(upper[0])}{_bends(upper)}L{_at(back[0])}{_bends(back)}Z"


def areas_of(points: Sequence[XY], floor: float) -> tuple[str, str]:
    """Return the areas between the smooth line and a level one: above it, and below it."""
    along = list(samples(points, every=6))
    first, last = along[0][0], along[-1][0]
    ends = (f"M{_at((first, floor))}", f"L{_at((last, floor))}Z")
    above = "".join(f"L{_at((x, min(y, floor)))}" for x, y in along)
    below = "".join(f"L{_at((x, max(y, floor)))}" for x, y in along)
    return f"{ends[0]}{above}{ends[1]}", f"{ends[0]}{below}{ends[1]}"


def samples(points: Sequence[XY], *, every: float = 4.0) -> Iterator[XY]:
    """Give points along the smooth line, about *every* px."""
    slopes = _slopes(points)
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        wide = x1 - x0
        one, other = wide * slopes[i], wide * slopes[i + 1]
        for t, a, b, c, d in _blends(max(1, int(abs(wide) / every))):
            yield x0 + t * wide, a * y0 + b * one + c * y1 + d * other


@lru_cache(maxsize=512)
def _blends(steps: int) -> tuple[tuple[float, float, float, float, float], ...]:
    """Return how far along each step is, and how much of both ends and slopes it takes."""
    return tuple(
        (t, 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, -2 * t**3 + 3 * t**2, t**3 - t**2)
        for t in (step / steps for step in range(steps + 1))
    )


def _at(point: XY) -> str:
    return f"{written(point[0])} {written(point[1])}"


def _bends(points: Sequence[XY]) -> str:
    slopes = _slopes(points)
    parts = []
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        third = (x1 - x0) / 3
        one, two = (x0 + third, y0 + slopes[i] * third), (x1 - third, y1 - slopes[i + 1] * third)
        parts.append(f"C{_at(one)} {_at(two)} {_at((x1, y1))}")
    return "".join(parts)


def _slopes(points: Sequence[XY]) -> list[float]:
    """
    Return the slope at each point so that the cubic between two keeps to their heights.

    Source: F. N. Fritsch and R. E. Carlson, "Monotone piecewise cubic interpolation",
    SIAM Journal on Numerical Analysis 17 (1980).
    """
    if len(points) < 2:
        return [0.0] * len(points)
    steps = [_slope(points[i], points[i + 1]) for i in range(len(points) - 1)]
    inner = [(a + b) / 2 if a * b > 0 else 0.0 for a, b in pairwise(steps)]
    slopes = [steps[0], *inner, steps[-1]]
    for i, step in enumerate(steps):
        if step == 0:
            slopes[i] = slopes[i + 1] = 0.0
            continue
        size = hypot(slopes[i] / step, slopes[i + 1] / step)
        if size > 3:
            slopes[i] *= 3 / size
            slopes[i + 1] *= 3 / size
    return slopes


def _slope(one: XY, other: XY) -> float:
    wide = other[0] - one[0]
    return (other[1] - one[1]) / wide if wide else 0.0
