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
    return weighted(part / whole, worth=whole, n=whole)


def weighted(value: float, *, worth: float, n: int) -> Estimate:
    """
    Return a share with Wilson's interval on as many people as it is *worth*; n is told as it is.

    Weighted or censored people are worth fewer than they are. Source: K. J. Rothman, "Estimation
    of confidence limits for the cumulative probability of survival", J. Chron. Dis. 31 (1978).

    >>> found, whole = weighted(0.3, worth=10, n=25), share(3, 10)
    >>> found.n, found.low == whole.low, found.high == whole.high
    (25, True, True)
    """
    p = min(1.0, max(0.0, value))
    z2 = Z95 * Z95
    middle = (p + z2 / (2 * worth)) / (1 + z2 / worth)
    half = Z95 / (1 + z2 / worth) * sqrt(p * (1 - p) / worth + z2 / (4 * worth * worth))
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half), n)


def minus(one: Estimate, other: Estimate) -> Estimate:
    """
    Return the difference of two shares with its interval; n is the smaller one.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent
    proportions", Stat. Med. 17 (1998), method 10; its example (a): 56/70 − 48/80.

    >>> found = minus(share(56, 70), share(48, 80))
    >>> round(found.value or 0, 4), round(found.low or 0, 4), round(found.high or 0, 4)
    (0.2, 0.0524, 0.3339)
    """
    n = min(one.n, other.n)
    if one.value is None or other.value is None:
        return unknown(n)
    value = one.value - other.value
    below = sqrt((one.value - (one.low or 0)) ** 2 + ((other.high or 0) - other.value) ** 2)
    above = sqrt(((one.high or 0) - one.value) ** 2 + (other.value - (other.low or 0)) ** 2)
    return Estimate(value, value - below, value + above, n)


def mean(value: float, deviation: float, n: int) -> Estimate:
    """Return a mean with Student's interval; *deviation* is the sample's standard deviation."""
    if n <= 0:
        return unknown()
    if n == 1:
        return Estimate(value, None, None, 1)
    half = student(n - 1) * deviation / sqrt(n)
    return Estimate(value, value - half, value + half, n)


def student(freedom: int) -> float:
    """
    Return what stands for Z95 when the spread is only known from so many degrees of freedom.

    Exact for one and two; then the expansion of Abramowitz and Stegun (1964), 26.7.5, right to two
    places from three on, and soon to five.

    >>> [round(student(freedom), 2) for freedom in (1, 2, 3, 9, 29)]
    [12.71, 4.3, 3.18, 2.26, 2.05]
    """
    if freedom <= 2:
        return (12.706204736, 4.302652730)[freedom - 1]
    z, v = Z95, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
