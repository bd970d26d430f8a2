"""
Satisfaction, effort and recommendation scores from counted answers, each by its declared formula.

A scale is declared as `name:low:high`, and its name declares the formula:

- `nps`: share of 9–10 minus share of 0–6, from −100 to 100, on a scale 0–10 and no other.
- a name that ends in `_top`, such as `csat_top`: the share of the two highest answers, in percent;
- a name that ends in `_max`, such as `csat_max`: the mean answer as a share of the way from the
  lowest to the highest, in percent;
- any other, such as `csat` or `ces`: the mean answer on its own scale.

A high answer is good, unless the name ends in `_effort`, such as `ces_effort`: there a high answer
means effort, which is bad, and the mean answer is told as it is. Satisfaction and effort have no
single standard, so answers on different scales are never put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from trayecto.vocabulary.estimate import Z95, Estimate, mean, share, unknown, weighted

Formula = Literal["nps", "mean", "top_two", "share_of_max"]

_SUFFIXES: tuple[tuple[str, Formula], ...] = (("_top", "top_two"), ("_max", "share_of_max"))


@dataclass(frozen=True, slots=True)
class Scale:
    """A declared scale: its name, both ends, the formula, and whether a high answer is good."""

    name: str
    low: float
    high: float

    @property
    def formula(self) -> Formula:
        """Return how its score is worked out."""
        if self.name == "nps" and (self.low, self.high) == (0, 10):
            return "nps"
        return next((f for suffix, f in _SUFFIXES if self.name.endswith(suffix)), "mean")

    @property
    def high_is_good(self) -> bool:
        """Tell whether a high answer is a good one."""
        return not self.name.endswith("_effort")


def scale_of(declared: str) -> Scale:
    """
    Return the scale that `name:low:high` declares.

    >>> scale_of("csat_top:1:5").formula
    'top_two'
    """
    name, low, high = declared.split(":")
    return Scale(name, float(low), float(high))


def score(declared: str, answers: Mapping[float, int]) -> Estimate:
    """Return the score of *answers* (score → how many) by the formula of the scale *declared*."""
    scale = scale_of(declared)
    if scale.formula == "nps":
        return nps(answers)
    if scale.formula == "top_two":
        return top_two(answers, highest=scale.high)
    if scale.formula == "share_of_max":
        return share_of_max(answers, low=scale.low, high=scale.high)
    return average(answers, low=scale.low, high=scale.high)


def level(declared: str, answer: float) -> float | None:
    """
    Return where an answer lies between the ends of its scale, as a level in [-1, 1].

    An answer outside its scale has none.

    >>> level("csat:1:5", 5), level("ces_effort:1:7", 7), level("nps:0:10", 11)
    (1.0, -1.0, None)
    """
    scale = scale_of(declared)
    if scale.high <= scale.low or not scale.low <= answer <= scale.high:
        return None
    place = 2 * (answer - scale.low) / (scale.high - scale.low) - 1
    return place if scale.high_is_good else -place


def each(answers: Mapping[str, Mapping[float, int]]) -> tuple[tuple[str, Estimate], ...]:
    """
    Return the score of each scale *answers* were given on, with its name.

    Where one survey was asked on several scales they are never put together: each has its own
    score, and its ends in the name.

    >>> [name for name, _ in each({"csat:1:5": {4: 2}, "csat:1:10": {8: 1}, "nps:0:10": {9: 1}})]
    ['csat 1–5', 'csat 1–10', 'nps']
    """
    scales = {declared: scale_of(declared) for declared in answers}
    names = Counter(scale.name for scale in scales.values())
    return tuple(
        (
            scale.name if names[scale.name] == 1 else f"{scale.name} {scale.low:g}–{scale.high:g}",
            score(declared, answers[declared]),
        )
        for declared, scale in scales.items()
    )


def nps(answers: Mapping[float, int]) -> Estimate:
    """
    Return the net promoter score in points.

    Interval by SE = sqrt((p + d − (p − d)²) / n), p promoters' and d detractors' share.
    Source: the R package NPS 1.1 (B. Rocks). Answers outside 0–10 do not count.

    >>> nps({10: 5, 7: 3, 2: 2}).value
    30.0
    """
    inside = {answer: count for answer, count in answers.items() if 0 <= answer <= 10}
    n = sum(inside.values())
    if not n:
        return unknown()
    p = sum(count for answer, count in inside.items() if answer >= 9) / n
    d = sum(count for answer, count in inside.items() if answer <= 6) / n
    half = Z95 * sqrt((p + d - (p - d) ** 2) / n)
    points = 100 * (p - d)
    return Estimate(points, max(-100.0, points - 100 * half), min(100.0, points + 100 * half), n)


def average(answers: Mapping[float, int], *, low: float, high: float) -> Estimate:
    """
    Return the mean answer with Student's interval, cut at the ends of the scale.

    No mean lies beyond them, so the cut leaves the truth inside as often as before. Source: M.
    Mandelkern, "Setting confidence intervals for bounded parameters", Stat. Sci. 17 (2002). Where
    all answered alike there is no spread to go by: the interval is Wilson's for the share of the
    way from *low* to *high*, since no spread can be wider for that mean. Source: R. Bhatia and C.
    Davis, "A better bound on the variance", Am. Math. Mon. 107 (2000). Answers off the scale do
    not count.

    >>> average({5: 1, 4: 1}, low=1, high=5)
    Estimate(value=4.5, low=1, high=5, n=2)
    """
    inside = {answer: count for answer, count in answers.items() if low <= answer <= high}
    n = sum(inside.values())
    if not n or high <= low:
        return unknown(n)
    middle = sum(answer * count for answer, count in inside.items()) / n
    spread = sum(count * (answer - middle) ** 2 for answer, count in inside.items())
    if not spread and n > 1:
        found = weighted((middle - low) / (high - low), worth=n, n=n)
        least, most = (low + (high - low) * (end or 0.0) for end in (found.low, found.high))
        return Estimate(middle, least, most, n)
    found = mean(middle, sqrt(spread / (n - 1)) if n > 1 else 0.0, n)
    if found.low is None or found.high is None:
        return found
    return Estimate(found.value, max(low, found.low), min(high, found.high), n)


def top_two(answers: Mapping[float, int], *, highest: float) -> Estimate:
    """
    Return the share of the two highest answers in percent, with its Wilson interval.

    >>> top_two({5: 3, 4: 3, 1: 4}, highest=5).value
    60.0
    """
    n = sum(answers.values())
    top = sum(count for answer, count in answers.items() if answer > highest - 2)
    return _percent(share(top, n), n)


def share_of_max(answers: Mapping[float, int], *, low: float, high: float) -> Estimate:
    """
    Return the mean answer as a share of the way from *low* to *high*, in percent.

    >>> share_of_max({5: 1, 3: 1}, low=1, high=5).value
    75.0
    """
    found = average(answers, low=low, high=high)
    value, least, most = (
        None if end is None else (end - low) / (high - low)
        for end in (found.value, found.low, found.high)
    )
    return _percent(Estimate(value, least, most, found.n), found.n)


def _percent(estimate: Estimate, n: int) -> Estimate:
    value, low, high = (
        None if end is None else 100 * end for end in (estimate.value, estimate.low, estimate.high)
    )
    return Estimate(value, low, high, n)
