"""
Who has gone one way or the other by when, while some are not watched long enough to tell.

Two ends compete: whoever leaves can no longer stay. The share that came to each end is the
Aalen-Johansen estimate; whoever is not watched any more (censored) counts as long as watched and
is never taken for either.

Sources: Aalen and Johansen, Scand. J. Statist. 5 (1978), for the estimate; Gaynor et al., JASA 88
(1993), for its variance, which is Greenwood's with one end and the binomial's without censoring;
Rothman, J. Chron. Dis. 31 (1978), for the interval: Wilson's, on as many people as give that
variance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trayecto.vocabulary.estimate import Estimate, unknown, weighted

End = Literal["stayed", "left", "unknown"]
Ended = Mapping[tuple[int, End], int]
"""How many came to which end at what time; *unknown*: watched until then, and neither yet."""


_NO_SPREAD = 1e-15
_WAYS: tuple[Literal["stayed", "left"], ...] = ("stayed", "left")


@dataclass(frozen=True, slots=True)
class Instant:
    """One time at which somebody came to an end: how many had not before, and the shares then."""

    at: int
    at_risk: int
    stayed: int
    left: int
    share_stayed: float
    share_left: float


@dataclass(frozen=True, slots=True)
class Incidence:
    """The shares that have stayed, have left and have done neither, and how they came about."""

    stayed: Estimate
    left: Estimate
    neither: Estimate
    curve: tuple[Instant, ...]


def incidence(ended: Ended, *, last: int) -> Incidence:
    """
    Return the shares at the time *last*; n is how many are known until then.

    >>> found = incidence({(1, "stayed"): 2, (2, "left"): 1, (3, "unknown"): 1}, last=3)
    >>> found.stayed.value, found.left.value, found.neither.value
    (0.5, 0.25, 0.25)
    """
    curve = _curve(ended, last)
    known = sum(n for (at, end), n in ended.items() if end != "unknown" or at >= last)
    if not known:
        return Incidence(unknown(), unknown(), unknown(), ())
    shares = (curve[-1].share_stayed, curve[-1].share_left) if curve else (0.0, 0.0)
    stayed, left = (
        _estimate(share, variance(curve, way), known)
        for share, way in zip(shares, _WAYS, strict=True)
    )
    remains = max(0.0, 1 - sum(shares))
    return Incidence(stayed, left, _estimate(remains, variance(curve, "either"), known), curve)


def _curve(ended: Ended, last: int) -> tuple[Instant, ...]:
    """Return the estimate at each time somebody ended; ends come before what ends the watching."""
    risk = sum(ended.values())
    remaining, stayed, left = 1.0, 0.0, 0.0
    curve = []
    for at in sorted({at for at, _ in ended if at <= last}):
        stays, leaves = ended.get((at, "stayed"), 0), ended.get((at, "left"), 0)
        if stays + leaves:
            stayed += remaining * stays / risk
            left += remaining * leaves / risk
            remaining *= 1 - (stays + leaves) / risk
            curve.append(Instant(at, risk, stays, leaves, stayed, left))
        risk -= stays + leaves + ended.get((at, "unknown"), 0)
    return tuple(curve)


def variance(curve: tuple[Instant, ...], way: Literal["stayed", "left", "either"]) -> float:
    """Return the variance of the last share that went *way*."""

    def count(instant: Instant) -> int:
        return {"stayed": instant.stayed, "left": instant.left}.get(
            way, instant.stayed + instant.left
        )

    def share(instant: Instant) -> float:
        return {"stayed": instant.share_stayed, "left": instant.share_left}.get(
            way, instant.share_stayed + instant.share_left
        )

    total, remaining = 0.0, 1.0
    final = share(curve[-1]) if curve else 0.0
    for instant in curve:
        n, every, own = instant.at_risk, instant.stayed + instant.left, count(instant)
        ahead = final - share(instant)
        # When everybody at risk ends, nothing lies ahead.
        if every < n:
            total += ahead**2 * every / (n * (n - every))
        total += remaining**2 * own * (n - own) / n**3
        total -= 2 * ahead * remaining * own / n**2
        remaining *= 1 - every / n
    return max(0.0, total)


def _estimate(share: float, spread: float, known: int) -> Estimate:
    """Return a share with Wilson's interval on as many people as give its variance."""
    share = min(1.0, max(0.0, share))
    worth = share * (1 - share) / spread if spread > _NO_SPREAD else float(known)
    return weighted(share, worth=worth, n=known)
