"""
How what customers did deviates from the map: done, skipped, repeated, out of order, unplanned.

Read from the best alignment of each way (`align`), counted in journeys and in people. For each
touchpoint a journey is one of: *done* (met where the plan has it), *out of order* (met, but never
where the plan has it), *skipped* (the plan has it, the journey went past it and never met it),
*not taken* (optional, or another way in or end was used), *not reached* (the journey is not that
far, or left before). *Repeated* is said besides, of journeys that met it again without the plan
having it again. Meeting X where it is not planned is a log move of X, passing by its place a model
move of X: both together, and X never at its place, are one thing to a customer: out of order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.align import Aligned, Paths, align
from trayecto.contrast.distances import Flags
from trayecto.contrast.measured import Cut, Measured
from trayecto.contrast.plan import plan_of
from trayecto.journeys.walked import CutName
from trayecto.journeys.ways import NO_PARTS, Parts, Unplanned, Ways
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, share

_WAYS_TOLD = 20


@dataclass(frozen=True, slots=True)
class Count:
    """So many journeys, of so many people."""

    journeys: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class TouchpointDeviation:
    """
    What becomes of one touchpoint; all but *repeated* add up to all journeys.

    *measured* is False for one without rules or not in the data: nobody can see it done or skipped.
    """

    id: str
    stage: str
    measured: bool
    done: Count
    skipped: Count
    out_of_order: Count
    not_taken: Count
    not_reached: Count
    repeated: Count


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of a way: a touchpoint's id or an undrawn node's name, and whether it fits."""

    name: str
    drawn: bool
    fits: bool


@dataclass(frozen=True, slots=True)
class WayTaken:
    """A way that many journeys took, with what it missed."""

    journeys: int
    steps: tuple[WayStep, ...]
    skipped: tuple[str, ...]
    cost: int
    fitness: float


@dataclass(frozen=True, slots=True)
class Deviations:
    """
    All journeys of a map against its plan.

    *as_planned* journeys deviate in nothing. *fitness* is the mean over journeys of
    1 − cost / worst cost; *log_fitness* the same of the sums. Both are as alignments define them.
    *skipped_in* counts for each cut the journeys that skipped each touchpoint, from the left.
    """

    journeys: int
    people: int
    ways: int
    as_planned: Estimate
    fitness: float | None
    log_fitness: float | None
    touchpoints: tuple[TouchpointDeviation, ...]
    unplanned: tuple[Unplanned, ...]
    commonest: tuple[WayTaken, ...]
    skipped_in: Mapping[CutName, tuple[int, ...]] = field(default_factory=dict)

    def touchpoint(self, id: str) -> TouchpointDeviation:
        """Return what became of one touchpoint."""
        return next(found for found in self.touchpoints if found.id == id)

    def as_json(self) -> dict[str, Any]:
        """Return plain values; what nobody can see done or skipped is null."""
        plain = asdict(self)
        del plain["skipped_in"]
        for one in plain["touchpoints"]:
            if not one["measured"]:
                one |= {name: None for name, value in one.items() if isinstance(value, dict)}
        return plain


def deviations(
    journey_map: JourneyMap,
    ways: Ways,
    unplanned: tuple[Unplanned, ...],
    names: dict[int, str],
    *,
    unseen: Collection[str] = (),
    parts: Parts = NO_PARTS,
) -> Deviations:
    """
    Return how the *ways* people went deviate from the map; *names* of the undrawn codes.

    *unseen* touchpoints are not in the data, so nobody can be said to skip them. *parts* say which
    journeys are in which cuts.
    """
    found = _aligned(journey_map, ways, unseen)
    fates = _fates(found)
    counts = {name: _counts(ways, met) for name, met in fates.items()}
    journeys = len(ways.way)
    fitting = int(ways.journeys[found.cost == 0].sum())
    fitness = fitness_of(found)
    return Deviations(
        journeys=journeys,
        people=_people(ways, np.ones((len(ways), 1), np.bool_))[0] if journeys else 0,
        ways=len(ways),
        as_planned=share(fitting, journeys).at_least(journey_map.minimum),
        fitness=round(float(fitness @ ways.journeys) / journeys, 6) if journeys else None,
        log_fitness=_log_fitness(found, ways),
        touchpoints=tuple(
            TouchpointDeviation(
                touchpoint.id, touchpoint.stage,
                bool(touchpoint.nodes) and touchpoint.id not in unseen,
                **{name: counted[place] for name, counted in counts.items()},
            )
            for place, touchpoint in enumerate(journey_map.touchpoints())
        ),
        unplanned=unplanned,
        commonest=_commonest(journey_map, ways, found, fitness, names),
        skipped_in=_in_cuts(ways, fates["skipped"], parts),
    )  # fmt: skip


def fates_of(
    journey_map: JourneyMap, ways: Ways, *, unseen: Collection[str] = ()
) -> dict[str, Flags]:
    """Return for each fate which ways (rows) meet it at which places (columns)."""
    return _fates(_aligned(journey_map, ways, unseen))


def _aligned(journey_map: JourneyMap, ways: Ways, unseen: Collection[str]) -> Aligned:
    found = align(plan_of(journey_map, unseen=unseen), Paths(ways.steps, ways.starts, ways.over))
    ids = [touchpoint.id for touchpoint in journey_map.touchpoints()]
    # Nobody is on the way to a way out.
    ways_out = [place for place, name in enumerate(ids) if name in journey_map.journeys.leaves]
    found.ahead[:, ways_out] = False
    return found


def exact(measured: Measured, deviations: Deviations) -> Measured:
    """
    Return the measures with the skips of the best alignments: one number for one idea.

    Before them all there is is who went further right without it. That takes for skipped what is
    optional, another way in or end, and what was never measured.
    """
    told = [
        replace(one, skipped=found.skipped.journeys if found.measured else 0)
        for one, found in zip(measured.touchpoints, deviations.touchpoints, strict=True)
    ]
    return replace(measured, touchpoints=tuple(told))


def exact_cut(cut: Cut, deviations: Deviations) -> Cut:
    """Return a cut of the map with the skips of the best alignments, as `exact` has them."""
    own = deviations.skipped_in[cut.kind, cut.name]
    told = [
        replace(one, skipped=skipped if found.measured else 0)
        for one, skipped, found in zip(
            cut.measured.touchpoints, own, deviations.touchpoints, strict=True
        )
    ]
    return replace(cut, measured=replace(cut.measured, touchpoints=tuple(told)))


def _in_cuts(ways: Ways, met: Flags, parts: Parts) -> dict[CutName, tuple[int, ...]]:
    """Return in how many journeys of each cut each place has that fate."""
    if not parts.cuts:
        return {}
    groups = int(parts.group.max(initial=0)) + 1
    by_place = [np.bincount(parts.group[each[ways.way]], minlength=groups) for each in met.T]
    counts = np.array(by_place, np.int64).reshape(len(by_place), groups)
    return {
        cut: tuple(counts[:, list(own)].sum(axis=1).tolist()) for cut, own in parts.cuts.items()
    }


def fitness_of(found: Aligned) -> NDArray[np.float64]:
    """Return 1 − cost / worst cost of each path; 1 where nothing could have gone wrong."""
    worst = np.maximum(found.worst, 1)
    fitness: NDArray[np.float64] = 1 - found.cost / worst
    return fitness


def _log_fitness(found: Aligned, ways: Ways) -> float | None:
    worst = int(found.worst @ ways.journeys)
    return round(1 - int(found.cost @ ways.journeys) / worst, 6) if worst else None


def _fates(found: Aligned) -> dict[str, Flags]:
    """Return for each fate which paths (rows) meet it at which places (columns)."""
    met = found.done | found.extra
    skipped = found.missed & ~met
    absent = ~met & ~skipped
    return {
        "done": found.done,
        "skipped": skipped,
        "out_of_order": found.extra & ~found.done,
        "not_taken": absent & ~found.ahead,
        "not_reached": absent & found.ahead,
        "repeated": found.extra & found.done,
    }


def _counts(ways: Ways, met: Flags) -> list[Count]:
    """Return in how many journeys, and of how many people, each place has that fate."""
    journeys = [int(ways.journeys @ each) for each in met.T]
    return [Count(*both) for both in zip(journeys, _people(ways, met), strict=True)]


def _people(ways: Ways, met: Flags) -> list[int]:
    """Return how many people have some journey with that fate; a person is counted once."""
    if not len(ways.subject):
        return [0] * met.shape[1]
    firsts = np.flatnonzero(np.diff(ways.subject, prepend=ways.subject[:1] - 1))
    lived = np.diff(firsts, append=len(ways.subject))
    # Most have one journey: these are counted by its way, as journeys are.
    alone = np.bincount(ways.way[firsts[lived == 1]], minlength=len(ways))
    several = ways.way[np.repeat(lived > 1, lived)]
    begins = np.cumsum(lived[lived > 1]) - lived[lived > 1]
    return [
        int(alone @ each) + (int(np.logical_or.reduceat(each[several], begins).sum())
                             if len(begins) else 0)
        for each in met.T
    ]  # fmt: skip


def _commonest(
    journey_map: JourneyMap,
    ways: Ways,
    found: Aligned,
    fitness: NDArray[np.float64],
    names: dict[int, str],
) -> tuple[WayTaken, ...]:
    """Return the ways most journeys took that are not as planned."""
    ids = [touchpoint.id for touchpoint in journey_map.touchpoints()]
    deviating = np.flatnonzero(found.cost > 0)
    order = deviating[np.lexsort((deviating, -ways.journeys[deviating]))][:_WAYS_TOLD]
    told = []
    for way in order.tolist():
        path, first = ways.path(way), int(ways.starts[way])
        steps = tuple(
            WayStep(
                ids[place] if place >= 0 else names.get(-1 - place, str(-1 - place)),
                place >= 0,
                bool(found.fits[first + nth]),
            )
            for nth, place in enumerate(path)
        )
        missed = np.flatnonzero(found.missed[way] & ~found.done[way] & ~found.extra[way])
        told.append(
            WayTaken(
                int(ways.journeys[way]), steps, tuple(ids[place] for place in missed.tolist()),
                int(found.cost[way]), round(float(fitness[way]), 6),
            )
        )  # fmt: skip
    return tuple(told)
