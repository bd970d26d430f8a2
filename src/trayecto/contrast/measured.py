"""
The measures of a map. Pure values; times in seconds, levels of emotion in [-1, 1].

A *journey* here is one row of the table `journeys`: one person (or case) once through the map.
Every share is an `Estimate` with its interval and n; below the map's minimum n it is unknown.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.vocabulary.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Times:
    """The time something took: median with interval, 90th percentile, and what was promised."""

    median_s: Estimate
    p90_s: float | None
    target_s: float | None = None

    @property
    def late(self) -> bool:
        """Tell whether the whole interval of the median lies beyond the target."""
        low = self.median_s.low
        return self.target_s is not None and low is not None and low > self.target_s


@dataclass(frozen=True, slots=True)
class Passage:
    """
    How journeys pass one place (a touchpoint or a stage).

    *reached* journeys were here, of *people* people. Of them *onward* later reached a place
    further right on the map (an exit is none) or completed; *left* did not and are over;
    *still_open* did not and
    are not over (censored: never counted as left). `onward_share` and `drop_off` are shares of
    those whose fate is known (onward + left); `reach` is the share of all journeys.
    """

    interactions: int
    people: int
    reached: int
    onward: int
    left: int
    still_open: int
    reach: Estimate
    onward_share: Estimate
    drop_off: Estimate


@dataclass(frozen=True, slots=True)
class ScoreMeasure:
    """A satisfaction score by its declared scale, e.g. `nps` from −100 to 100."""

    scale: str
    value: Estimate


@dataclass(frozen=True, slots=True)
class TouchpointMeasure:
    """
    One touchpoint, measured.

    *done* journeys met it; *skipped* went further right without it; *repeated* met it twice or
    more. *wait* is the time since the journey's previous step. *felt* is the mean level of
    emotion of the people who gave a score here, one person one voice.
    """

    id: str
    stage: str
    passage: Passage
    done: int
    skipped: int
    repeated: int
    wait: Times
    felt: Estimate
    scores: tuple[ScoreMeasure, ...]
    channels: tuple[tuple[str, int], ...]
    """Interactions by channel, the busiest first."""


@dataclass(frozen=True, slots=True)
class StageMeasure:
    """One stage, measured; *duration* runs from its first step to the first step further right."""

    id: str
    passage: Passage
    duration: Times


@dataclass(frozen=True, slots=True)
class UndrawnNode:
    """A node customers really meet and nobody drew; *after* is the touchpoint it mostly follows."""

    touchpoint: str
    channel: str
    interactions: int
    people: int
    after: str | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """All journeys of the map: completed + left + still open = all."""

    journeys: int
    people: int
    completed: int
    left: int
    still_open: int
    completed_share: Estimate
    duration: Times
    """From the first step to the completing one, of the completed journeys."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    What of the data lies on the map. In interactions: on_map + undrawn + outside = interactions.

    *undrawn* happened inside a journey on a node nobody drew; *outside* happened before a journey
    began or belongs to somebody who never began one; *nobody* counts interactions that carry no
    identity at all and so belong to no journey (outside includes them).
    """

    interactions: int
    on_map: int
    undrawn: int
    outside: int
    nobody: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Measured:
    """
    A map, measured: the whole answer, in the map's own order.

    *since* and *until* are the first and the last moment measured, both included.
    """

    map_id: str
    since: datetime | None
    until: datetime | None
    sources: tuple[str, ...]
    minimum: int
    totals: Totals
    coverage: Coverage
    stages: tuple[StageMeasure, ...]
    touchpoints: tuple[TouchpointMeasure, ...]
    undrawn: tuple[UndrawnNode, ...]
    untouched: tuple[str, ...]
    """Touchpoints with rules that no interaction met."""
    unbound: tuple[str, ...]
    """Touchpoints without rules: nothing can be measured there."""
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...]
    """Nodes that several touchpoints claim; the first on the map has them."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 with their zone."""
        plain = asdict(self)
        for end in ("since", "until"):
            moment: datetime | None = plain[end]
            plain[end] = moment.isoformat() if moment else None
        return plain

    def touchpoint(self, id: str) -> TouchpointMeasure:
        """Return the measure of one touchpoint."""
        return next(measure for measure in self.touchpoints if measure.id == id)
