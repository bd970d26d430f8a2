"""
Align paths with a plan at the least cost: every path of a map at once, exactly.

An alignment walks the path and the plan together. A step both take is free. A step only the path
takes costs 1 (a *log move*), a touchpoint only the plan takes costs 1 (a *model move*), and a
plan's silent move costs nothing. This is the standard cost of alignments in process mining (van
der Aalst, Adriansyah and van Dongen, 2012). Undrawn nodes fit nowhere and cost 1 each. A way out
that the path takes is free, and from outside so is any step of the plan; the plan alone takes none.

Dynamic programming over the states of the plan, a column a step: `columns` finds the way of every
path through the states, and here is read off what it did and missed. Of several alignments of one
cost the one kept is read from the end: a step both take before a log move, a log move before a
model move. So when two touchpoints are swapped it is the left one of the map that came too late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.columns import Portion, Traced
from trayecto.contrast.distances import Distances, Flags, Ints
from trayecto.contrast.plan import Plan

_CELLS = 16_000_000
"""States times steps looked at in one go: what bounds the memory, at 2 or 4 bytes each."""


@dataclass(frozen=True, slots=True)
class Paths:
    """
    Some paths, one after the other: *steps* holds their places, *starts* where each begins.

    A negative place is a node nobody drew. *over* says which paths must reach the plan's end.
    """

    steps: NDArray[np.int32]
    starts: Ints
    over: Flags

    @property
    def lengths(self) -> Ints:
        """Return how many steps each path has."""
        return np.diff(self.starts, append=len(self.steps))


@dataclass(frozen=True, slots=True)
class Aligned:
    """
    The best alignment of each path; rows are paths and columns places.

    *done*: a step of the path there is one of the plan; *extra*: one is not; *missed*: the plan
    has it and the path went by; *ahead*: it may still come, the plan is not that far. *fits* is
    for each single step whether the plan takes it too.
    """

    cost: Ints
    worst: Ints
    """The cost when nothing fits: all log moves, and the cheapest way through the plan."""
    done: Flags
    extra: Flags
    missed: Flags
    ahead: Flags
    fits: Flags


def paths_of(listed: Sequence[Sequence[int]], over: Sequence[bool]) -> Paths:
    """Return the paths of plain lists."""
    lengths = np.array([0, *(len(path) for path in listed)], np.int64)
    steps = np.array([place for path in listed for place in path], np.int32)
    return Paths(steps, np.cumsum(lengths)[:-1], np.array(over, np.bool_))


def align(plan: Plan, paths: Paths) -> Aligned:
    """Return the best alignment of each path with the plan."""
    distances = Distances.of(plan)
    lengths, drawn = paths.lengths, paths.steps >= 0
    owner = np.repeat(np.arange(len(lengths)), lengths)[drawn]
    own = np.bincount(owner, minlength=len(lengths))
    places, begins = paths.steps[drawn], np.cumsum(own) - own
    traced = Traced.nothing(len(lengths), len(places))
    longest_first = np.argsort(-own, kind="stable")
    for chosen in _portions(longest_first, own, plan.states):
        Portion(plan, distances, places, begins[chosen], own[chosen], paths.over[chosen]).trace(
            traced, chosen
        )
    worst = lengths.copy()
    worst[paths.over] += min(distances.model[plan.start, end] for end in plan.ends)
    fits = np.zeros(len(paths.steps), np.bool_)
    fits[drawn] = traced.fits
    cost = traced.cost + lengths - own
    return Aligned(
        cost, worst, *_met(plan, distances, places, owner, own, traced, paths.over), fits
    )


def _portions(order: Ints, lengths: Ints, states: int) -> Iterator[Ints]:
    """Give the paths in portions whose columns fit into memory together."""
    first, room = 0, max(_CELLS // max(states, 1), 1)
    ends = np.cumsum(lengths[order] + 1)
    while first < len(order):
        before = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, before + room, side="right")), first + 1)
        yield order[first:last]
        first = last


def _met(
    plan: Plan, distances: Distances, places: NDArray[np.int32], owner: Ints, own: Ints,
    traced: Traced, over: Flags,
) -> tuple[Flags, Flags, Flags, Flags]:  # fmt: skip
    """Return what the alignments did, had too much, missed and have ahead, by path and place."""
    begins = np.cumsum(own) - own
    some = np.flatnonzero(own)

    def met(sets: Flags, step: NDArray[np.integer], where: Flags | None = None) -> Flags:
        """Return every place in any of the *sets* of a path's steps."""
        words = _packed(sets)
        found = np.zeros((len(own), words.shape[1]), np.uint64)
        for nth in range(words.shape[1] if len(some) else 0):
            each = words[:, nth].take(step)
            if where is not None:
                each *= where
            found[some, nth] = np.bitwise_or.reduceat(each, begins[some])
        return _unpacked(found, plan.places)

    every = np.eye(plan.places, dtype=np.bool_)
    missed = met(
        distances.missed.reshape(plan.states**2, plan.places),
        traced.after.astype(np.int32) * plan.states + traced.settled,
    )
    missed |= distances.missed[plan.start, traced.first]
    last = traced.first.copy()
    last[some] = traced.settled[begins[some] + own[some] - 1]
    ahead = distances.reach[last]
    # What lay ahead of who left is told by where they went out.
    ahead[over | (last == plan.outside)] = False
    if plan.ways_out:
        before = np.roll(traced.settled, 1)
        before[begins[some]] = traced.first[some]
        went = traced.fits & (traced.after == plan.outside) & (before != plan.outside)
        ahead |= met(distances.reach, before, went & ~over[owner])
    return met(every, places, traced.fits), met(every, places, ~traced.fits), missed, ahead


def _packed(sets: Flags) -> NDArray[np.uint64]:
    """Return sets of places as bits, 64 a word."""
    bits = np.packbits(sets, axis=1, bitorder="little")
    room = np.zeros((len(sets), -(-bits.shape[1] // 8) * 8), np.uint8)
    room[:, : bits.shape[1]] = bits
    return room.view("<u8")


def _unpacked(words: NDArray[np.uint64], places: int) -> Flags:
    """Return the sets that the bits are."""
    each = np.ascontiguousarray(words, "<u8").view(np.uint8)
    return np.unpackbits(each, axis=1, count=places, bitorder="little").view(np.bool_)
