"""
How far the rank of each of several products could move while their factors move in their intervals.

Every factor is drawn as many times, at the same evenly spread levels of its own curve, each factor
in another order: a lattice (Korobov, 1959). The same figures always give the same answer; nothing
is left to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from trayecto.vocabulary.estimate import Z95, Estimate

DRAWS = 1021
"""A prime, so that every multiple of a step goes through all levels."""
_STEP = 331
Factors = tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of one product, the best and the worst it could have, and its own 95 % range."""

    rank: int
    best: int
    worst: int
    score: float
    low: float
    high: float


def ranked(products: Sequence[Factors]) -> list[Ranked]:
    """
    Return the rank of each product of known factors; *best* to *worst* holds 95 % of the draws.

    >>> sure = [(Estimate(0.5, 0.5, 0.5, 9),), (Estimate(0.9, 0.9, 0.9, 9),)]
    >>> [(found.rank, found.best, found.worst) for found in ranked(sure)]
    [(2, 2, 2), (1, 1, 1)]
    """
    if not products:
        return []
    points = [prod(factor.value or 0.0 for factor in factors) for factors in products]
    scores = _scores(products)
    places = list(zip(*(_places(draw) for draw in zip(*scores, strict=True)), strict=True))
    found = []
    for place, own, point, drawn in zip(_places(points), places, points, scores, strict=True):
        (best, worst), (low, high) = _range(own), _range(drawn)
        found.append(Ranked(place, int(best), int(worst), point, low, high))
    return found


def _places(scores: Sequence[float]) -> list[int]:
    """Return the rank of each score, the highest first; equal ones in the order given."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    ranks = [0] * len(scores)
    for rank, i in enumerate(order, 1):
        ranks[i] = rank
    return ranks


def _range(drawn: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the middle 95 % of the draws."""
    ordered = sorted(drawn)
    cut = int(len(ordered) * 0.025)
    return ordered[cut], ordered[-1 - cut]


def _scores(products: Sequence[Factors]) -> list[list[float]]:
    """Return, for each product, its value in every draw."""
    step, scores, nth = 1, [], np.arange(DRAWS)
    for factors in products:
        drawn = np.ones(DRAWS)
        for factor in factors:
            step = step * _STEP % DRAWS
            drawn *= _at(factor, _levels()[nth * step % DRAWS])
        scores.append(drawn.tolist())
    return scores


@cache
def _levels() -> NDArray[np.float64]:
    return np.array([NormalDist().inv_cdf((i + 0.5) / DRAWS) / Z95 for i in range(DRAWS)])


def _at(factor: Estimate, levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a factor at levels: −1 is its interval's low end, 1 the high one. Never below 0."""
    value = factor.value or 0.0
    low = value if factor.low is None else factor.low
    high = value if factor.high is None else factor.high
    return np.clip(value + levels * np.where(levels > 0, high - value, value - low), 0.0, 1.0)
