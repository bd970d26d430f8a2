"""A figure a person can trust: its value, its 95 % interval and how many it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """
    Give a value with its 95 % interval and n.

    *value* is None when it is unknown: nobody was there, or fewer than the minimum.
    Unknown is never zero.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    def at_least(self, minimum: int) -> Estimate:
        """Return the same figure, or the unknown one when n is below *minimum*."""
        return self if self.n >= minimum else unknown(self.n)


def unknown(n: int = 0) -> Estimate:
    """Return the figure nobody knows, with the n there was."""
    return Estimate(None, None, None, n)


def share(part: int, whole: int) -> Estimate:
    """
    Return *part* of *whole* with its Wilson score interval.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", JASA 22 (1927): it stays inside [0, 1] and holds for few people too.

    >>> found = share(3, 10)
    >>> found.value, round(found.low or 0, 4), round(found.high or 0, 4)
    (0.3, 0.1078, 0.6032)
    """
    if whole <= 0:
        return unknown()
    p = part / whole
    z2 = Z95 * Z95
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z95 / (1 + z2 / whole) * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Estimate(p, low, high, whole)


def mean(value: float, deviation: float, n: int) -> Estimate:
    """Return a mean with its normal interval; *deviation* is the sample's standard deviation."""
    if n <= 0:
        return unknown()
    if n == 1:
        return Estimate(value, None, None, 1)
    half = Z95 * deviation / sqrt(n)
    return Estimate(value, value - half, value + half, n)
