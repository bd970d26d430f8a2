"""
The measured emotion curve: at each place how people felt, how sure that is, and on what evidence.

What people said (scores given, words read) makes the level. What their behaviour hints at is weak
evidence: it stands beside it, and speaks only where nobody said enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from trayecto.journeys.walked import Strain, Voice
from trayecto.vocabulary.estimate import Estimate, mean, unknown

Evidence = Literal["scores", "texts", "both", "behaviour", "none"]


@dataclass(frozen=True, slots=True)
class Felt:
    """
    How people felt at one place.

    *level* is the mean over people of what they said, in [-1, 1]; unknown below the minimum n.
    *scored* of them gave a score, *told* only wrote. *strain* is what behaviour hints at, in
    [-1, 0]: never part of the level.
    """

    level: Estimate
    scored: int
    told: int
    strain: Estimate

    @property
    def evidence(self) -> Evidence:
        """Return what the place is known by: behaviour only where nobody said enough."""
        if self.level.value is None:
            return "none" if self.strain.value is None else "behaviour"
        if self.scored and self.told:
            return "both"
        return "scores" if self.scored else "texts"


def felt(voice: Voice | None, strain: Strain | None, *, minimum: int) -> Felt:
    """
    Return how people felt at a place; below *minimum* people it is unknown: silence is no mood.

    >>> felt(Voice(40, 0.5, 0.1, 30, 10), None, minimum=30).evidence
    'both'
    >>> felt(Voice(3, 0.5, 0.1, 3, 0), Strain(90, -0.4, 0.2), minimum=30).evidence
    'behaviour'
    """
    said = mean(voice.level, voice.deviation, voice.people) if voice else unknown()
    hinted = mean(strain.level, strain.deviation, strain.people) if strain else unknown()
    return Felt(
        _within(said.at_least(minimum), -1.0, 1.0),
        voice.scored if voice else 0,
        voice.told if voice else 0,
        _within(hinted.at_least(minimum), -1.0, 0.0),
    )


def _within(estimate: Estimate, least: float, most: float) -> Estimate:
    """Return the estimate with its interval inside what a level can be."""
    low, high = estimate.low, estimate.high
    return replace(
        estimate,
        low=None if low is None else max(least, low),
        high=None if high is None else min(most, high),
    )
