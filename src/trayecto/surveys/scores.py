"""
Satisfaction, effort and recommendation scores from counted answers, each by its declared formula.

`nps`: share of 9–10 minus share of 0–6, from −100 to 100, on a scale 0–10 and no other. Any other
scale (csat, ces …) has no single standard: here it is the mean answer on its own scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from trayecto.vocabulary.estimate import Z95, Estimate, mean, unknown


def score(scale: str, answers: Mapping[float, int]) -> Estimate:
    """Return the score of *answers* (score → how many) by the formula of *scale*."""
    name, low, high = scale.split(":")
    if name == "nps" and (float(low), float(high)) == (0, 10):
        return nps(answers)
    return average(answers)


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


def average(answers: Mapping[float, int]) -> Estimate:
    """Return the mean answer with its interval."""
    n = sum(answers.values())
    if not n:
        return unknown()
    middle = sum(answer * count for answer, count in answers.items()) / n
    spread = sum(count * (answer - middle) ** 2 for answer, count in answers.items())
    return mean(middle, sqrt(spread / (n - 1)) if n > 1 else 0.0, n)
