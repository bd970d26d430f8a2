"""
The measures of a map. Pure values; times in seconds, levels of emotion in [-1, 1].

A *journey* here is one row of the table `journeys`: one person (or case) once through the map.
Every share is an `Estimate` with its interval and n; below the map's minimum n it is unknown.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.contrast.node_measures import NO_EFFECT, UNKNOWN, CostMeasure, Effect, ValueMeasure
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text

SEEN = 1 + 2**-8
"""Times are kept to one part in five hundred: less beyond a target is none, nor is an hour's
difference between summer and winter in two months."""


@dataclass(frozen=True, slots=True)
class Times:
    """
    The time something took: median with interval, 90th percentile, and what was promised.

    All are of the n journeys that went on. Of those that did not, *left* never will; *still_open*
    count for as long as they were seen, or the slow ones would be missing.
    """

    median_s: Estimate
    p90_s: float | None
    target_s: float | None = None
    left: int = 0
    still_open: int = 0

    @property
    def late(self) -> bool:
        """Tell whether the whole interval of the median lies beyond the target, and to be seen."""
        low = self.median_s.low
        return self.target_s is not None and low is not None and low > self.target_s * SEEN


@dataclass(frozen=True, slots=True)
class Passage:
    """
    How journeys pass one place (a touchpoint or a stage).

    *reached* journeys were here, of *people* people. Of them *onward* later reached a place
    further right on the map (an exit is none) or completed; *left* did not and are over;
    *still_open* did not and are not over (censored: never counted as left). `onward_share` and
    `drop_off` are shares of those whose fate is known; `reach` is the share of all journeys. All
    three ask only those who came at least a silence before the end, if they are enough: of later
    ones, nobody is known to have left by silence, and those quick to go on are. Their n says so.
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
    seen: bool = True
    """Whether going on and leaving could be noticed; if not, `onward` and `left` are not known."""


@dataclass(frozen=True, slots=True)
class ScoreMeasure:
    """A satisfaction score by its declared scale, e.g. `nps` from −100 to 100."""

    scale: str
    value: Estimate


@dataclass(frozen=True, slots=True)
class TouchpointMeasure:
    """
    One touchpoint, measured.

    *done* journeys met it, in its place or out of order; *skipped* went past its place and never
    met it; *repeated* met it twice or more. *wait* is the time since the journey's previous step.
    *felt* is the mean level of emotion of the people who said how they felt here, one person one
    voice.
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
    mix: tuple[tuple[str, Estimate], ...] = ()
    """The same as shares of all its interactions, each with its interval."""
    on_preferred: Estimate = UNKNOWN
    """The share of its interactions on channels that the protagonist prefers."""
    effect: Effect = NO_EFFECT
    cost: CostMeasure | None = None
    value: tuple[ValueMeasure, ...] = ()
    scored: int = 0
    """Of the people in *felt*, how many gave a score."""
    told: int = 0
    """Of the people in *felt*, how many only wrote: their level is read from their words."""
    repeated_people: int = 0
    """Of how many people the *repeated* journeys are."""
    repeated_share: Estimate = UNKNOWN
    """Of the journeys that were here, the share that was here twice or more."""
    strain: Estimate = UNKNOWN
    """What behaviour hints at, in [-1, 0]: weak evidence, never part of *felt*."""


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
    identity at all and so belong to no journey (outside includes them). Of *people* with an
    interaction in scope, *people_on_map* have a journey; `people_share` is that share.
    """

    interactions: int
    on_map: int
    undrawn: int
    outside: int
    nobody: int
    share: Estimate
    people: int = 0
    people_on_map: int = 0
    people_share: Estimate = UNKNOWN


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
    """Touchpoints that are in the data, and that no journey met."""
    unbound: tuple[str, ...]
    """Touchpoints without rules: nothing can be measured there."""
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...]
    """Nodes that several touchpoints claim; the first on the map has them."""
    missing: tuple[Text, ...] = ()
    """Why the map, or a part of it, cannot be measured; usually nothing."""
    completion_seen: bool = True
    """Whether a completion could be noticed at all; if not, none completed is not known either."""
    leaving_seen: bool = True
    """Whether it could be noticed that journeys are left; if not, none left is not known either."""
    unseen: tuple[str, ...] = ()
    """Touchpoints with rules that no node of the data is: how many were there is unknown."""

    @property
    def dark(self) -> frozenset[str]:
        """Return the touchpoints of which nothing can be known: how many were there is not 0."""
        if not self.totals.journeys:
            return frozenset(touchpoint.id for touchpoint in self.touchpoints)
        return frozenset((*self.unbound, *self.unseen))

    @property
    def dark_stages(self) -> frozenset[str]:
        """Return the stages of which nothing can be known, for none of their touchpoints is."""
        lit = {one.stage for one in self.touchpoints if one.id not in self.dark}
        return frozenset(stage.id for stage in self.stages) - lit

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 with their zone; a count nobody knows is null."""
        plain = asdict(self)
        for end in ("since", "until"):
            moment: datetime | None = plain[end]
            plain[end] = moment.isoformat() if moment else None
        dark = self.dark | self.dark_stages
        for one in (*plain["touchpoints"], *plain["stages"]):
            if one["id"] in dark:
                _forget_counts(one)
            elif not one["passage"]["seen"]:
                one["passage"] |= {"onward": None, "left": None}
        if not self.totals.journeys:
            _forget_counts(plain["totals"])
        if not self.completion_seen:
            plain["totals"]["completed"] = None
        if not self.leaving_seen:
            plain["totals"]["left"] = None
        return plain

    def touchpoint(self, id: str) -> TouchpointMeasure:
        """Return the measure of one touchpoint."""
        return next(measure for measure in self.touchpoints if measure.id == id)


def _forget_counts(plain: dict[str, Any]) -> None:
    """Make the plain counts of a measure null; what its estimates rest on is told by their n."""
    for name, value in plain.items():
        if isinstance(value, int) and not isinstance(value, bool):
            plain[name] = None
        elif name == "passage":
            _forget_counts(value)


@dataclass(frozen=True, slots=True)
class Cut:
    """
    Some of a map's journeys, measured by themselves: those of a channel, a month, a segment.

    *kind* says what they have in common and *name* which: `channel` is where the journey began and
    `month` when, as YYYY-MM in the zone of the workspace.
    """

    kind: str
    name: str
    measured: Measured

    def as_json(self) -> dict[str, Any]:
        """Return plain values: how its journeys ended, passed each place, took and felt."""
        whole = self.measured.as_json()
        told = ("id", "passage", "wait", "felt")
        return {
            "kind": self.kind,
            "name": self.name,
            "totals": whole["totals"],
            "stages": whole["stages"],
            "touchpoints": [{name: one[name] for name in told} for one in whole["touchpoints"]],
        }
