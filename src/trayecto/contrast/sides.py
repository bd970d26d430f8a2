"""Two groups of customers, or two periods, side by side on the same map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from trayecto.contrast.differences import Count, Gap, asked, corrected, levels, shares
from trayecto.contrast.measured import Measured, Passage, StageMeasure, TouchpointMeasure
from trayecto.journeys.compare import Correction
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.asked import AskedOfMap

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Sides:
    """
    One map measured twice: each figure of the first less that of the second.

    Gaps stand in the order of the map, those of the whole map first; *correction* is how their p
    takes into account how many they are.
    """

    first: str
    second: str
    one: Measured
    other: Measured
    correction: Correction
    gaps: tuple[Gap, ...]
    asked: tuple[AskedOfMap, AskedOfMap] | None = None
    """What was asked of each side, for the commands that list its people."""

    @property
    def surest(self) -> tuple[Gap, ...]:
        """Return what differs, the surest first."""
        found = [gap for gap in self.gaps if gap.differs]
        return tuple(sorted(found, key=lambda gap: gap.p or 0.0))

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "first": self.first, "second": self.second, "correction": self.correction,
            "one": self.one.as_json(), "other": self.other.as_json(),
            "gaps": [asdict(gap) for gap in self.gaps],
        }  # fmt: skip

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a figure."""
        rows = [
            [gap.kind, gap.where, gap.scale, gap.one.value, gap.one.n, gap.other.value,
             gap.other.n, gap.difference, gap.low, gap.high, gap.p, gap.differs]
            for gap in self.gaps
        ]  # fmt: skip
        head: Row = ["kind", "where", "scale", "first", "first_n", "second", "second_n",
                     "difference", "low", "high", "p", "differs"]  # fmt: skip
        return head, rows


def side_by_side(
    journey_map: JourneyMap,
    one: Measured,
    other: Measured,
    *,
    names: tuple[str, str],
    correction: Correction = "holm",
) -> Sides:
    """Return what differs between two measures of one map, corrected for all that is compared."""
    gaps = [*totals(one, other, journey_map.minimum)]
    for of_one, of_other in zip(one.stages, other.stages, strict=True):
        gaps += _stage(of_one, of_other, journey_map.minimum)
    for here, there in zip(one.touchpoints, other.touchpoints, strict=True):
        if here.id not in {*one.unbound, *one.unseen}:
            gaps += _touchpoint(here, there, journey_map.minimum)
    return Sides(*names, one, other, correction, corrected(gaps, correction))


def totals(one: Measured, other: Measured, minimum: int) -> Iterator[Gap]:
    """Give how completing differs, where the map says what completes it."""
    a, b = one.totals, other.totals
    if a.completed_share.value is not None or b.completed_share.value is not None:
        yield shares(
            "completed", None, asked(a.completed_share), asked(b.completed_share), minimum=minimum
        )  # fmt: skip
        yield levels("duration", None, a.duration.median_s, b.duration.median_s)


def _stage(one: StageMeasure, other: StageMeasure, minimum: int) -> Iterator[Gap]:
    yield from _passage(one.id, one.passage, other.passage, minimum)
    yield levels("duration", one.id, one.duration.median_s, other.duration.median_s)


def _passage(where: str, one: Passage, other: Passage, minimum: int) -> Iterator[Gap]:
    reached = (asked(p.reach) for p in (one, other))
    yield shares("reach", where, *reached, minimum=minimum)
    left = (asked(p.drop_off) for p in (one, other))
    yield shares("drop_off", where, *left, minimum=minimum)


def _touchpoint(one: TouchpointMeasure, other: TouchpointMeasure, minimum: int) -> Iterator[Gap]:
    both = (one, other)
    yield from _passage(one.id, one.passage, other.passage, minimum)
    skipped: list[Count] = [(t.skipped, t.skipped + t.done) for t in both]
    yield shares("skipped", one.id, *skipped, minimum=minimum)
    yield shares("repeated", one.id, *((t.repeated, t.done) for t in both), minimum=minimum)
    yield levels("wait", one.id, one.wait.median_s, other.wait.median_s)
    yield levels("felt", one.id, one.felt, other.felt)
    others = {score.scale: score.value for score in other.scores}
    for score in one.scores:
        if score.scale in others:
            yield levels("score", one.id, score.value, others[score.scale], scale=score.scale)
