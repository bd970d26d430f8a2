"""Two groups of customers, or two periods, side by side on the same map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from trayecto.contrast.difference_words import worth_saying
from trayecto.contrast.differences import Count, Gap, asked, corrected, levels, shares
from trayecto.contrast.measured import Measured, Passage, StageMeasure, TouchpointMeasure
from trayecto.journeys.compare import Correction
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.estimate import unknown

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
    blind: tuple[bool, bool] = (False, False)
    """Whether each side is seen for less than a silence: who leaves there is unknown."""
    asked: tuple[AskedOfMap, AskedOfMap] | None = None
    """What was asked of each side, for the commands that list its people."""

    @property
    def too_short(self) -> tuple[str, ...]:
        """Return the sides of which it is unknown who comes, leaves or completes."""
        names = zip((self.first, self.second), self.blind, strict=True)
        return tuple(name for name, blind in names if blind)

    @property
    def surest(self) -> tuple[Gap, ...]:
        """Return what differs so that it can be read, the surest first."""
        return worth_saying(self.gaps)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "first": self.first, "second": self.second, "correction": self.correction,
            "too_short": list(self.too_short),
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
    blind = _blind(journey_map, one, other)
    told = [_unless_blind(gap, *blind) for gap in gaps]
    return Sides(*names, one, other, correction, corrected(told, correction), blind)


_OF_ENDS = ("completed", "reach", "drop_off")


_ALIKE = 0.9
"""Periods as long as that part of each other are seen with the same eye: two months, two weeks."""


def _blind(journey_map: JourneyMap, one: Measured, other: Measured) -> tuple[bool, bool]:
    """
    Tell of each of two periods whether it is too short for anybody to be seen leaving by silence.

    Of those who came to it only those quick to go on are known, the more so the shorter it is; two
    that are as long are seen with the same eye, and so are two groups of one period.
    """
    silence = journey_map.journeys.silence
    spans = [side.until - side.since for side in (one, other) if side.since and side.until]
    if silence is None or len(spans) < 2 or min(spans) >= _ALIKE * max(spans):
        return (False, False)
    return spans[0] < silence, spans[1] < silence


def _unless_blind(gap: Gap, one: bool, other: bool) -> Gap:
    """Return a figure of who comes, leaves or completes as unknown where that was not seen."""
    if gap.kind not in _OF_ENDS or not (one or other):
        return gap
    first, second = (unknown(own.n) if blind else own
                     for own, blind in ((gap.one, one), (gap.other, other)))  # fmt: skip
    return Gap(gap.kind, gap.where, first, second, scale=gap.scale)


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
