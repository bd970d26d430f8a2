"""
The columns of the dynamic program that `align` rests on, and the way back through them.

All paths of a portion move on together, so each operation works on as many numbers as there are
paths (numpy). A few paths are very long, as a robot's is: with those few left, an operation a
state would cost more than what it adds up. They go on as products of matrices, a step a product,
and the way back from every state is worked out for all their steps at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.distances import FAR, TIE, Distances, Flags, Ints
from trayecto.contrast.few import Few
from trayecto.contrast.plan import Plan

Column = NDArray[Any]
"""The least cost of each state (rows; the last is far from all) for each path (columns)."""
States = NDArray[np.int16]

_LONG_FAR = 1 << 19
"""Further than any path but those of the few, in four bytes."""
_SHORT_FAR = 16_000
"""The same in two bytes: twice it must still fit."""
_CALL = 400
"""So many additions take as long as calling for one."""
_MOST = 4_000_000
"""Places times pairs of states that the few may need to look at."""


@dataclass(frozen=True, slots=True)
class Traced:
    """
    The way of every path through the states of the plan; steps of all paths one after the other.

    *after* is the state right after each step, *settled* that after the model moves behind it, and
    *fits* tells whether the plan took the step too. *first* is each path's state before any step.
    """

    cost: Ints
    first: States
    after: States
    settled: States
    fits: Flags

    @staticmethod
    def nothing(paths: int, steps: int) -> Traced:
        """Return room for so many."""
        return Traced(
            np.zeros(paths, np.int64), np.zeros(paths, np.int16), np.zeros(steps, np.int16),
            np.zeros(steps, np.int16), np.zeros(steps, np.bool_),
        )  # fmt: skip


@dataclass
class Portion:
    """Some paths, the longest first, so that those still going on are always the first ones."""

    plan: Plan
    distances: Distances
    places: NDArray[np.int32]
    begins: Ints
    lengths: Ints
    over: Flags

    def trace(self, traced: Traced, chosen: Ints) -> None:
        """Write the cheapest way of the *chosen* paths, which these are, into *traced*."""
        raw, settled = self._columns()
        state = np.zeros(len(self.lengths), np.int64)
        cost = np.zeros(len(self.lengths), np.int64)
        self._end(raw, settled, state, cost)
        self._trace_few(settled[-1], traced, state, cost)
        for position in range(self.together - 1, -1, -1):
            self._step_back(position, raw[position + 1], settled[position + 1], settled[position],
                            state, traced)  # fmt: skip
        traced.first[chosen] = state
        traced.cost[chosen] = cost

    @cached_property
    def going(self) -> list[int]:
        """Return how many paths have more steps than each position."""
        most = int(self.lengths[0]) if len(self.lengths) else 0
        counts: list[int] = np.searchsorted(-self.lengths, -np.arange(most), side="left").tolist()
        return counts

    @cached_property
    def together(self) -> int:
        """Return how many steps all paths take together; after them the few go on."""
        plan = self.plan
        if plan.places * plan.states**2 > _MOST:
            return len(self.going)
        few = _CALL * len(plan.moves) * self.distances.rounds // plan.states**2
        return int(np.searchsorted(-np.array(self.going), -few, side="left"))

    @cached_property
    def moves(self) -> list[tuple[Ints, Ints]]:
        """Return from where to where each place leads; where it does not, both are too many."""
        tables: list[tuple[Ints, Ints]] = []
        for place in range(self.plan.places):
            for nth, move in enumerate(move for move in self.plan.moves if move.place == place):
                if nth == len(tables):
                    nowhere = np.full(self.plan.places, self.plan.states)
                    tables.append((nowhere, nowhere.copy()))
                tables[nth][0][place], tables[nth][1][place] = move.source, move.target
        return tables

    @cached_property
    def way_out(self) -> Flags:
        """Return for each place whether it is a way out."""
        return np.isin(np.arange(self.plan.places), list(self.plan.ways_out))

    def _at(self, position: int) -> Ints:
        """Return where the step at a position stands, of each path that has one."""
        return self.begins[: self.going[position]] + position

    def _columns(self) -> tuple[list[Column], list[Column]]:
        """
        Return the least cost of each state after each step: before model moves, and after them.

        What a column holds is bounded by the path and the plan, so two bytes do for most.
        """
        short = self.together + self.plan.states + 2 < _SHORT_FAR // 2
        kind, self.far = (np.int16, _SHORT_FAR) if short else (np.int32, _LONG_FAR)
        first = np.full((self.plan.states + 1, len(self.lengths)), self.far, kind)
        first[self.plan.start] = 0
        raw, settled = [first], [self._settled(first)]
        for position in range(self.together):
            here = self.places[self._at(position)]
            column = settled[-1][:, : len(here)] + kind(1)
            np.minimum(column, kind(self.far), out=column)
            self._step(settled[-1], column, here)
            raw.append(column)
            settled.append(self._settled(column))
        return raw, settled

    def _step(self, before: Column, column: Column, here: NDArray[np.int32]) -> None:
        """Let all paths take the plan's moves of the places they are at."""
        plan, every = self.plan, np.arange(len(here))
        costs, cells = before.ravel(), column.ravel()
        for sources, targets in self.moves:
            target = targets.take(here)
            cost = costs.take(sources.take(here) * before.shape[1] + every)
            if plan.ways_out:
                back = before[plan.outside, : len(here)]
                cost = np.where(target < plan.states, np.minimum(cost, back), cost)
            at = target * len(here) + every
            cells[at] = np.minimum(cells.take(at), cost)
        if plan.ways_out:
            out = np.flatnonzero(self.way_out[here])
            column[plan.outside, out] = before[:, out].min(axis=0)

    def _settled(self, raw: Column) -> Column:
        """Return the costs when every path has taken the model moves that make a state cheaper."""
        column = raw.copy()
        for _ in range(self.distances.rounds):
            for move in self.plan.moves:
                if move.source != move.target:
                    longer = column[move.source]
                    if move.place is not None:
                        longer = longer + column.dtype.type(1)
                    np.minimum(column[move.target], longer, out=column[move.target])
        return column

    def _end(self, raw: list[Column], settled: list[Column], state: Ints, cost: Ints) -> None:
        """Note in which state each path ends that has no more steps than all take together."""
        for length in np.unique(self.lengths).tolist():
            if length > self.together:
                break
            low = self.going[length] if length < len(self.going) else 0
            high = self.going[length - 1] if length else len(self.lengths)
            last = settled[length][:-1, low:high]
            own = raw[length][:-1, low:high] == last
            state[low:high], cost[low:high] = self._ends(own, last, self.over[low:high])

    def _ends(self, own: Flags, last: Column, over: Flags) -> tuple[Ints, Ints]:
        """
        Return the state in which each path ends, and its cost.

        One that need not reach the end stops at a step of its own, the furthest of the cheapest:
        whoever went past a touchpoint skipped it, rather than being nowhere.
        """
        ends = np.array(self.plan.ends)
        costs = np.where(own, last, np.iinfo(last.dtype).max)[::-1]
        furthest = self.plan.states - 1 - np.argmin(costs, axis=0)
        state = np.where(over, ends[np.argmin(last[ends], axis=0)], furthest)
        return state, last[state, np.arange(len(state))].astype(np.int64)

    def _trace_few(self, start: Column, traced: Traced, state: Ints, cost: Ints) -> None:
        """Note the way of the few from the step where they go on; *state* is theirs before it."""
        going = self.going[self.together :]
        if not going:
            return
        many, states = going[0], self.plan.states
        at = np.concatenate([self._at(self.together + nth) for nth in range(len(going))])
        costs = start[:-1, :many].T.astype(np.int64)
        few = Few(self.plan, self.distances, self.places[at], going,
                  np.where(costs < self.far, costs, FAR))  # fmt: skip
        columns, rows = few.columns(), np.cumsum([0, *going])
        back = few.back(columns)
        last = rows[self.lengths[:many] - self.together - 1] + np.arange(many)
        own = np.arange(states)[:, None] == back.after[last].T
        state[:many], cost[:many] = self._ends(own, columns[many:][last].T, self.over[:many])
        walked = np.empty(len(at), np.int64)
        for low, high in zip(rows[-2::-1].tolist(), rows[:0:-1].tolist(), strict=True):
            walked[low:high] = state[: high - low]
            state[: high - low] = back.before[np.arange(low, high), state[: high - low]]
        every = np.arange(len(at))
        traced.settled[at] = walked
        traced.after[at], traced.fits[at] = back.after[every, walked], back.fits[every, walked]

    def _step_back(
        self, position: int, raw: Column, settled: Column, before: Column, state: Ints,
        traced: Traced,
    ) -> None:  # fmt: skip
        """Undo the model moves after a step of every path, and the step: the plan's, if it can."""
        at = self._at(position)
        every, here = np.arange(len(at)), self.places[at]
        mine = state[: len(at)]
        traced.settled[at] = mine
        mine, costs = self._unsettled(raw, settled, mine, every)
        came, source = self._both(before, mine, here, every)
        fits = came == costs
        traced.after[at], traced.fits[at] = mine, fits
        state[: len(at)] = np.where(fits, source, mine)

    def _unsettled(
        self, raw: Column, settled: Column, state: Ints, every: Ints
    ) -> tuple[Ints, Column]:
        """Return the states before the model moves after a step, and what they cost."""
        at = state * raw.shape[1] + every
        costs = raw.ravel().take(at)
        late = np.flatnonzero(costs != settled.ravel().take(at))
        if len(late):
            state = state.copy()
            ways = raw[:-1, late].T.astype(np.int64) * TIE + self.distances.pull[state[late]]
            state[late] = ways.argmin(axis=1)
            costs[late] = raw[state[late], late]
        return state, costs

    def _both(
        self, before: Column, state: Ints, here: NDArray[np.int32], every: Ints
    ) -> tuple[Column, Ints]:
        """Return the cost of coming to *state* by a step the plan takes too, and from where."""
        flat, width = before.ravel(), before.shape[1]
        cell = here * np.int64(self.plan.states) + state
        nowhere = self.plan.states
        came, source = np.full(len(state), self.far, before.dtype), np.full(len(state), nowhere)
        for sources in self.distances.into:
            origin = sources.ravel().take(cell)
            cost = flat.take(origin * width + every)
            source = np.where((cost < came) | (source == nowhere), origin, source)
            came = np.minimum(came, cost)
        if self.plan.ways_out:
            # Who comes back comes where the step leads.
            away = before[self.plan.outside, : len(state)]
            back = (source < nowhere) & (away < came)
            came, source = np.where(back, away, came), np.where(back, self.plan.outside, source)
            out = np.flatnonzero((state == self.plan.outside) & self.way_out[here])
            # The furthest of the cheapest, as where a journey ends.
            own = before[-2::-1, out]
            came[out], source[out] = own.min(axis=0), len(own) - 1 - own.argmin(axis=0)
        return came, source
