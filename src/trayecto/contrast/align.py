"""
Align paths with a plan at the least cost: every path of a map at once, exactly.

An alignment walks the path and the plan together. A step both take is free. A step only the path
takes costs 1 (a *log move*), a touchpoint only the plan takes costs 1 (a *model move*), and a
plan's silent move costs nothing. This is the standard cost of alignments in process mining (van
der Aalst, Adriansyah and van Dongen, 2012). Undrawn nodes fit nowhere and cost 1 each. A way out
that the path takes is free, and from outside so is any step of the plan; the plan alone takes none.

Dynamic programming over the states of the plan, a column a step; all paths move on together, so
each operation works on as many numbers as there are paths (numpy). Of several alignments of one
cost the one kept is read from the end: a step both take before a log move, a log move before a
model move. So when two touchpoints are swapped it is the left one of the map that came too late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.plan import Plan

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Costs = NDArray[np.int32]
Column = NDArray[Any]
"""The least cost of each state (rows) for each path (columns)."""

_FAR = 1 << 19
"""Further than any path of a plan, and small enough to add to."""
_SHORT_FAR = 16_000
"""The same in two bytes: twice it must still fit."""
_FEW = 40_000
"""Additions that are quicker done at once than move by move."""
_TIE = 1 << 10
"""More than a plan has states."""
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
    distances = _Distances.of(plan)
    lengths, drawn = paths.lengths, paths.steps >= 0
    owner = np.repeat(np.arange(len(lengths)), lengths)
    own = np.bincount(owner[drawn], minlength=len(lengths))
    kept, kept_at = paths.steps[drawn], np.flatnonzero(drawn)
    begins = np.cumsum(own) - own
    shape = (len(lengths), plan.places)
    found = Aligned(
        cost=lengths - own,
        worst=lengths.copy(),
        done=np.zeros(shape, np.bool_),
        extra=np.zeros(shape, np.bool_),
        missed=np.zeros(shape, np.bool_),
        ahead=np.zeros(shape, np.bool_),
        fits=np.zeros(len(paths.steps), np.bool_),
    )
    found.worst[paths.over] += min(distances.model[plan.start, end] for end in plan.ends)
    moves: dict[int, list[tuple[int, int]]] = {place: [] for place in range(plan.places)}
    for move in plan.moves:
        if move.place is not None:
            moves[move.place].append((move.source, move.target))
    longest_first = np.argsort(-own, kind="stable")
    for chosen in _portions(longest_first, own, plan.states):
        _Portion(plan, distances, kept, kept_at, begins[chosen], own[chosen], found, chosen,
                 paths.over[chosen], moves).align()  # fmt: skip
    return found


def _portions(order: Ints, lengths: Ints, states: int) -> Iterator[Ints]:
    """Give the paths in portions whose columns fit into memory together."""
    first, room = 0, max(_CELLS // max(states, 1), 1)
    ends = np.cumsum(lengths[order] + 1)
    while first < len(order):
        before = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, before + room, side="right")), first + 1)
        yield order[first:last]
        first = last


@dataclass(frozen=True, slots=True)
class _Distances:
    """The cheapest model moves from each state to each: their cost, and which places they miss."""

    model: Costs
    missed: Flags
    reach: Flags
    """Which places can still be done, now or later, in each state."""
    rounds: int
    """How often all moves must be tried in their order until nothing gets cheaper."""
    pull: Costs
    """For each state (rows) what coming from another costs, times `_TIE`, plus its rank in ties."""
    into: tuple[Ints, ...]
    """For each place and state, from where doing the place leads there; -1 for nowhere."""

    @staticmethod
    def of(plan: Plan) -> _Distances:
        many = plan.states
        model = np.full((many, many), _FAR, np.int32)
        missed = np.zeros((many, many, plan.places), np.bool_)
        ways: list[list[tuple[int, int | None]]] = [[] for _ in range(many)]
        for move in plan.moves:
            ways[move.source].append((move.target, move.place))
        rounds = 1
        for source in range(many):
            _cheapest(source, ways, model[source], missed[source])
            rounds = max(rounds, _rounds(plan, source, model[source]))
        reach = np.zeros((many, plan.places), np.bool_)
        for move in plan.moves:
            if move.place is not None:
                reach[model[:, move.source] < _FAR, move.place] = True
        return _Distances(model, missed, reach, rounds, _pull(model), _into(plan))


def _pull(model: Costs) -> Costs:
    """Return the costs with ties settled: a state itself first, then the nearest before it."""
    many = len(model)
    order = np.lexsort((-np.arange(many)[None, :].repeat(many, axis=0), model.T), axis=1)
    pull = model.T * _TIE
    np.put_along_axis(
        pull, order, np.take_along_axis(pull, order, 1) + np.arange(many, dtype=np.int32), 1
    )
    pull[np.arange(many), np.arange(many)] = -1
    return pull


def _into(plan: Plan) -> tuple[Ints, ...]:
    tables: list[Ints] = []
    for move in plan.moves:
        if move.place is None:
            continue
        for table in tables:
            if table[move.place, move.target] < 0:
                break
        else:
            table = np.full((plan.places, plan.states), -1, np.int64)
            tables.append(table)
        table[move.place, move.target] = move.source
    return tuple(tables)


def _cheapest(
    source: int, ways: list[list[tuple[int, int | None]]], costs: Costs, missed: Flags
) -> None:
    """Fill in the cheapest way from *source* to every state (Dijkstra)."""
    costs[source] = 0
    heap = [(0, source)]
    while heap:
        cost, state = heappop(heap)
        if cost > costs[state]:
            continue
        for target, place in ways[state]:
            longer = cost + (place is not None)
            if longer < costs[target]:
                costs[target] = longer
                missed[target] = missed[state]
                if place is not None:
                    missed[target, place] = True
                heappush(heap, (longer, target))


def _rounds(plan: Plan, source: int, wanted: Costs) -> int:
    """Return how many rounds over the moves bring every state to its cheapest cost."""
    costs = [_FAR] * plan.states
    costs[source], rounds = 0, 0
    while any(cost != want for cost, want in zip(costs, wanted.tolist(), strict=True)):
        rounds += 1
        for move in plan.moves:
            longer = costs[move.source] + (move.place is not None)
            costs[move.target] = min(costs[move.target], longer)
    return rounds


@dataclass(slots=True)
class _Portion:
    """Some paths, the longest first, so that those still going on are always the first ones."""

    plan: Plan
    distances: _Distances
    kept: NDArray[np.int32]
    kept_at: Ints
    begins: Ints
    lengths: Ints
    found: Aligned
    chosen: Ints
    over: Flags
    moves: dict[int, list[tuple[int, int]]]
    far: int = _FAR

    def align(self) -> None:
        raw, settled = self._columns()
        self._read_back(raw, settled)

    def _going(self, position: int) -> int:
        """Return how many paths have more than *position* steps."""
        return int(np.searchsorted(-self.lengths, -position, side="left"))

    @property
    def way_out(self) -> Flags:
        """Return for each place whether it is a way out."""
        return np.isin(np.arange(self.plan.places), list(self.plan.ways_out))

    def _columns(self) -> tuple[list[Column], list[Column]]:
        """
        Return the least cost of each state after each step: before model moves, and after them.

        What a column holds is bounded by the path and the plan, so two bytes do for most.
        """
        most = int(self.lengths[0]) + self.plan.states + 2
        kind = np.int16 if most < _SHORT_FAR // 2 else np.int32
        self.far = _SHORT_FAR if kind is np.int16 else _FAR
        model = np.minimum(self.distances.model, self.far).astype(kind)
        first = np.full((self.plan.states, len(self.lengths)), self.far, kind)
        first[self.plan.start] = 0
        raw, settled = [first], [self._settled(first, model)]
        for position in range(int(self.lengths[0])):
            going = self._going(position)
            here = self.kept[self.begins[:going] + position]
            before = settled[-1][:, :going]
            column = np.minimum(before + kind(1), kind(self.far))
            for place in np.unique(here).tolist():
                self._step(before, column, here == place, place)
            raw.append(column)
            settled.append(self._settled(column, model))
        return raw, settled

    def _step(self, before: Column, column: Column, here: Flags, place: int) -> None:
        """Let the paths that are *here* take the plan's moves of this place."""
        if place in self.plan.ways_out:
            cell = column[self.plan.outside]
            np.copyto(cell, np.minimum(cell, before.min(axis=0)), where=here)
        for source, target in self.moves[place]:
            cell = column[target]
            np.copyto(cell, np.minimum(cell, before[source]), where=here)
            if self.plan.ways_out:
                np.copyto(cell, np.minimum(cell, before[self.plan.outside]), where=here)

    def _settled(self, raw: Column, model: Column) -> Column:
        """Return the costs when every path has taken the model moves that make a state cheaper."""
        if raw.size * len(raw) <= _FEW:
            # The last few long paths: one operation on a cube instead of two a move.
            cube: Column = raw[:, None, :] + model[:, :, None]
            cheapest: Column = np.minimum(cube.min(axis=0), raw.dtype.type(self.far))
            return cheapest
        column = raw.copy()
        for _ in range(self.distances.rounds):
            for move in self.plan.moves:
                if move.source != move.target:
                    longer = column[move.source] + column.dtype.type(move.place is not None)
                    np.minimum(column[move.target], longer, out=column[move.target])
        return column

    def _read_back(self, raw: list[Column], settled: list[Column]) -> None:
        """Read the alignments from the ends of the paths to their beginnings."""
        state = self._ends(raw, settled)
        for position in range(int(self.lengths[0]) - 1, -1, -1):
            going = self._going(position)
            here = self.kept[self.begins[:going] + position]
            self._unsettle(raw[position + 1], settled[position + 1], state[:going])
            self._step_back(settled[position][:, :going], raw[position + 1], state[:going],
                            here, position)  # fmt: skip
        self._unsettle(raw[0], settled[0], state)

    def _ends(self, raw: list[Column], settled: list[Column]) -> Ints:
        """
        Return the state in which each path ends, and note its cost and what lies ahead.

        One that need not reach the end stops at a step of its own, the furthest of the cheapest:
        whoever went past a touchpoint skipped it, rather than being nowhere.
        """
        ends = np.array(self.plan.ends)
        state = np.zeros(len(self.lengths), np.int64)
        for length in np.unique(self.lengths).tolist():
            low, high = self._going(length), self._going(length - 1)
            last = settled[length][:, low:high]
            own = np.where(raw[length][:, low:high] == last, last, self.far)[::-1]
            furthest = self.plan.states - 1 - np.argmin(own, axis=0)
            best = ends[np.argmin(last[ends], axis=0)]
            state[low:high] = np.where(self.over[low:high], best, furthest)
            self.found.cost[self.chosen[low:high]] += last[state[low:high], np.arange(high - low)]
        ahead = self.distances.reach[state]
        # What lay ahead of who left is told by where they went out.
        ahead[self.over | (state == self.plan.outside)] = False
        self.found.ahead[self.chosen] = ahead
        return state

    def _unsettle(self, raw: Column, settled: Column, state: Ints) -> None:
        """Undo the model moves after a step."""
        every = np.arange(len(state))
        late = np.flatnonzero(raw[state, every] != settled[state, every])
        if not len(late):
            return
        target = state[late]
        costs = raw.T[late].astype(np.int32) * _TIE + self.distances.pull[target]
        source = costs.argmin(axis=1)
        self.found.missed[self.chosen[late]] |= self.distances.missed[source, target]
        state[late] = source

    def _step_back(
        self, before: Column, raw: Column, state: Ints, here: NDArray[np.int32], position: int
    ) -> None:
        """Undo one step of every path: one the plan takes too, where there is such a way."""
        many = len(state)
        path, every = self.chosen[:many], np.arange(many)
        came, source = self._both(before, state, here, every)
        fits = came == raw[state, every]
        self.found.done[path[fits], here[fits]] = True
        self.found.extra[path[~fits], here[~fits]] = True
        self.found.fits[self.kept_at[self.begins[:many] + position]] = fits
        went = np.flatnonzero(fits & (source != state) & (state == self.plan.outside)
                              & ~self.over[:many])  # fmt: skip
        self.found.ahead[path[went]] |= self.distances.reach[source[went]]
        state[fits] = source[fits]

    def _both(
        self, before: Column, state: Ints, here: NDArray[np.int32], every: Ints
    ) -> tuple[Ints, Ints]:
        """Return the cost of coming to *state* by a step the plan takes too, and from where."""
        came, source = np.full(len(state), _FAR, np.int64), state.copy()
        for sources in self.distances.into:
            origin = sources[here, state]
            cost = np.where(origin >= 0, before[origin, every].astype(np.int64), _FAR)
            better = cost < came
            came[better], source[better] = cost[better], origin[better]
        if self.plan.ways_out:
            # `came` is far where the step leads nowhere near: who comes back must come here too.
            away = before[self.plan.outside]
            back = np.flatnonzero((came < _FAR) & (away < came))
            came[back], source[back] = away[back], self.plan.outside
            out = np.flatnonzero((state == self.plan.outside) & self.way_out[here])
            # The furthest of the cheapest, as where a journey ends.
            own = before[::-1, out]
            came[out], source[out] = own.min(axis=0), len(before) - 1 - own.argmin(axis=0)
        return came, source
