"""How a measure moves from month to month; a direction is said only when the intervals say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from trayecto.contrast.measured import SEEN, Cut, Measured
from trayecto.contrast.node_measures import Effect
from trayecto.vocabulary.estimate import Estimate

TrendMeasure = Literal[
    "completed", "drop_off", "wait", "duration", "felt", "at_once", "answered", "useful", "on_time"
]
"""*at_once* to *on_time* are the four measures of a node: see `node_measures.Effect`."""
Direction = Literal["up", "down"]
_STILL_OPEN = 0.1
"""More than one in ten still open: who is fast is known and who is late is not yet, nor what they
wait for, feel and do."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month's figure; *settled*: few enough of its journeys are still open to compare it."""

    period: str
    value: Estimate
    settled: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """
    A measure over the months in which its journeys began.

    *where* is a touchpoint or a stage, None the whole map. *direction* compares the first settled
    month with the last: it is None while their intervals overlap.
    """

    measure: TrendMeasure
    where: str | None
    points: tuple[TrendPoint, ...]
    direction: Direction | None


def trends(cuts: Sequence[Cut]) -> tuple[Trend, ...]:
    """Return every measure that is known in two months or more, in the map's order."""
    months = [cut for cut in sorted(cuts, key=lambda cut: cut.name) if cut.kind == "month"]
    if len(months) < 2:
        return ()
    return tuple(trend for trend in _all(months) if trend is not None)


def _all(months: Sequence[Cut]) -> Iterator[Trend | None]:
    first = months[0].measured
    yield _trend("completed", None, months, _whole)
    for nth, stage in enumerate(first.stages):
        yield _trend("drop_off", stage.id, months, partial(_stage_drop, nth))
        yield _trend("duration", stage.id, months, partial(_stage_time, nth))
    for nth, touchpoint in enumerate(first.touchpoints):
        yield _trend("drop_off", touchpoint.id, months, partial(_drop_at, nth))
        yield _trend("wait", touchpoint.id, months, partial(_wait_at, nth))
        yield _trend("felt", touchpoint.id, months, partial(_felt_at, nth))
        for measure, of in _EFFECTS.items():
            yield _trend(measure, touchpoint.id, months, partial(_effect_at, nth, of))


def _stage_drop(nth: int, measured: Measured) -> Estimate:
    return measured.stages[nth].passage.drop_off


def _stage_time(nth: int, measured: Measured) -> Estimate:
    return measured.stages[nth].duration.median_s


def _drop_at(nth: int, measured: Measured) -> Estimate:
    return measured.touchpoints[nth].passage.drop_off


def _wait_at(nth: int, measured: Measured) -> Estimate:
    return measured.touchpoints[nth].wait.median_s


def _felt_at(nth: int, measured: Measured) -> Estimate:
    return measured.touchpoints[nth].felt


def _effect_at(nth: int, of: Callable[[Effect], Estimate], measured: Measured) -> Estimate:
    return of(measured.touchpoints[nth].effect)


_EFFECTS: Mapping[TrendMeasure, Callable[[Effect], Estimate]] = {
    "at_once": lambda effect: effect.completed,
    "answered": lambda effect: effect.answered,
    "useful": lambda effect: effect.useful,
    "on_time": lambda effect: effect.on_time,
}


def _whole(measured: Measured) -> Estimate:
    return measured.totals.completed_share


def _settled(measured: Measured) -> bool:
    return measured.totals.still_open <= _STILL_OPEN * measured.totals.journeys


def _trend(
    measure: TrendMeasure,
    where: str | None,
    months: Sequence[Cut],
    figure: Callable[[Measured], Estimate],
) -> Trend | None:
    points = tuple(
        TrendPoint(cut.name, figure(cut.measured), _settled(cut.measured)) for cut in months
    )
    if sum(point.value.value is not None for point in points) < 2:
        return None
    seen = SEEN if measure in ("wait", "duration") else 1.0
    return Trend(measure, where, points, direction(points, seen=seen))


def direction(points: Sequence[TrendPoint], *, seen: float = 1.0) -> Direction | None:
    """
    Return where the figure went between its first and its last settled month.

    Intervals less than a factor *seen* apart are as good as touching.
    """
    known = [point.value for point in points if point.settled and point.value.value is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    if last.low is not None and first.high is not None and last.low > first.high * seen:
        return "up"
    if last.high is not None and first.low is not None and last.high * seen < first.low:
        return "down"
    return None
