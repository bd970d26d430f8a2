"""What differs between two groups or periods: each difference with its interval, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import erfc, sqrt
from typing import Any, Literal

from trayecto.journeys.compare import Correction, adjusted
from trayecto.vocabulary.estimate import Z95, Estimate, share

DifferenceKind = Literal[
    "completed", "duration", "reach", "drop_off", "skipped", "repeated", "wait", "felt",
    "preferred", "score",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """
    One figure of two groups, and how far the first lies from the second.

    *where* is the id of the touchpoint or stage, None when it is about the whole map; *scale* the
    score it is about. *difference* is the first less the second, with its 95 % interval; *p* is
    corrected for how many things were compared, and *differs* tells whether it is below 0.05.
    """

    kind: DifferenceKind
    where: str | None
    one: Estimate
    other: Estimate
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    differs: bool = False
    scale: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


Count = tuple[int, int]
"""For how many something holds, and of how many."""


def shares(
    kind: DifferenceKind, where: str | None, one: Count, other: Count, *, minimum: int
) -> Gap:
    """
    Return how two shares differ, with the p of the pooled z test.

    The interval is Newcombe's (Statistics in Medicine 17, 1998, method 10): Wilson's of each
    share, put together.
    """
    told = (share(*one).at_least(minimum), share(*other).at_least(minimum))
    gap = _apart(Gap(kind, where, *told))
    if gap.difference is None:
        return gap
    (a, n), (b, m) = one, other
    pooled = (a + b) / (n + m)
    deviation = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    chance = erfc(abs(gap.difference) / deviation / sqrt(2)) if deviation else 1.0
    return replace(gap, p=chance)


def asked(share: Estimate) -> Count:
    """
    Return for how many a share of a map holds, and of how many it is.

    Those asked came early enough for their leaving to be known. Of all whose fate is known, the
    side whose customers came later would seem to leave less.

    >>> asked(Estimate(0.25, 0.1, 0.5, 8))
    (2, 8)
    """
    return (round((share.value or 0.0) * share.n), share.n)


def levels(
    kind: DifferenceKind, where: str | None, one: Estimate, other: Estimate, *, scale: str = ""
) -> Gap:
    """
    Return how two figures with intervals differ: means, medians, scores.

    The interval of the difference is put together from both (Zou and Donner, Statistics in
    Medicine 27, 2008); *p* is that of the half of it that looks towards no difference.
    """
    gap = _apart(Gap(kind, where, one, other, scale=scale))
    if gap.difference is None or gap.low is None or gap.high is None:
        return gap
    towards = gap.difference - gap.low if gap.difference > 0 else gap.high - gap.difference
    if towards <= 0:
        return replace(gap, p=1.0 if gap.difference == 0 else 0.0)
    return replace(gap, p=erfc(abs(gap.difference) / (towards / Z95) / sqrt(2)))


def _apart(gap: Gap) -> Gap:
    one, other = gap.one, gap.other
    if one.value is None or other.value is None:
        return gap
    difference = one.value - other.value
    ends = (one.low, one.high, other.low, other.high)
    if None in ends:
        return replace(gap, difference=difference)
    below = sqrt((one.value - (one.low or 0)) ** 2 + ((other.high or 0) - other.value) ** 2)
    above = sqrt(((one.high or 0) - one.value) ** 2 + (other.value - (other.low or 0)) ** 2)
    return replace(gap, difference=difference, low=difference - below, high=difference + above)


def corrected(gaps: Sequence[Gap], correction: Correction = "holm") -> tuple[Gap, ...]:
    """Return the differences with p corrected for how many there are, in the order given."""
    chances = adjusted([gap.p for gap in gaps], correction)
    return tuple(
        replace(gap, p=p, differs=p is not None and p < 0.05)
        for gap, p in zip(gaps, chances, strict=True)
    )
