"""
The way of a few long paths through the states of a plan: see `columns`.

A step is a matrix: what it costs to come from each state to each, by the step and then by model
moves. A column is the one before times that matrix, with least for sum and sum for product. From
which state each state is best reached is worked out for all steps at once; then the way back is
only looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.distances import FAR, TIE, Distances, Flags, Ints
from trayecto.contrast.plan import Plan

States = NDArray[np.int16]
_CUBE = 4_000_000
"""Steps times pairs of states looked at in one go."""


@dataclass(frozen=True, slots=True)
class Back:
    """For each step and state after it: the state before its model moves, and before the step."""

    after: States
    before: States
    fits: Flags
    """Whether the plan took the step too."""


@dataclass(frozen=True, slots=True)
class Few:
    """
    Some paths, the longest first: *here* has the places of all their steps, position by position.

    *going* says how many paths have each position, and *start* what each state costs each path
    (rows) before the first.
    """

    plan: Plan
    distances: Distances
    here: Ints
    going: list[int]
    start: Ints

    def columns(self) -> Ints:
        """Return what each state costs (columns) after each step: first before any, as given."""
        both = _least(self._steps(), self.distances.model)
        columns = np.empty((len(self.start) + len(self.here), self.plan.states), np.int64)
        columns[: len(self.start)] = self.start
        before, row = 0, len(self.start)
        for many in self.going:
            matrices = both[self.here[row - len(self.start) :][:many]]
            (columns[before : before + many, :, None] + matrices).min(
                axis=1, out=columns[row : row + many]
            )
            before, row = row, row + many
        return columns

    def rows(self) -> Ints:
        """Return in which row of the columns each step has what is before it."""
        begins = np.cumsum([0, len(self.start), *self.going])[: len(self.going)]
        return np.concatenate(
            [np.arange(begin, begin + many) for begin, many in zip(begins, self.going, strict=True)]
        )

    def back(self, columns: Ints) -> Back:
        """Return from where each state is best reached, at every step."""
        room = max(_CUBE // self.plan.states**2, 1)
        many, rows = len(self.here), self.rows()
        shape = (many, self.plan.states)
        found = Back(
            np.empty(shape, np.int16), np.empty(shape, np.int16), np.empty(shape, np.bool_)
        )
        steps = self._steps()
        for first in range(0, many, room):
            some = slice(first, first + room)
            here, before = self.here[some], columns[rows[some]]
            raw = (before[:, :, None] + steps[here]).min(axis=1)
            after = self._unsettled(raw, columns[len(self.start) :][some])
            came, source = self._both(before, here)
            fits = came == raw
            before_step = np.where(fits, source, np.arange(self.plan.states))
            found.after[some] = after
            found.before[some] = np.take_along_axis(before_step, after, 1)
            found.fits[some] = np.take_along_axis(fits, after, 1)
        return found

    def _steps(self) -> Ints:
        """Return for each place what its step costs from each state (rows) to each."""
        plan = self.plan
        steps = np.full((plan.places, plan.states, plan.states), FAR)
        steps[:, np.arange(plan.states), np.arange(plan.states)] = 1
        for place in plan.ways_out:
            steps[place, :, plan.outside] = 0
        for move in plan.moves:
            if move.place is not None:
                steps[move.place, move.source, move.target] = 0
                if plan.ways_out:
                    steps[move.place, plan.outside, move.target] = 0
        return steps

    def _unsettled(self, raw: Ints, settled: Ints) -> Ints:
        """Return for each state the one before the model moves after a step."""
        after = np.arange(self.plan.states) + np.zeros_like(raw)
        step, state = np.nonzero(raw != settled)
        after[step, state] = (raw[step] * TIE + self.distances.pull[state]).argmin(axis=1)
        return after

    def _both(self, before: Ints, here: Ints) -> tuple[Ints, Ints]:
        """Return for each state what coming to it by the plan's step costs, and from where."""
        plan, nowhere = self.plan, np.full((len(before), 1), FAR)
        walled = np.concatenate([before, nowhere], axis=1)
        came, source = np.full(before.shape, FAR), np.full(before.shape, plan.states)
        for sources in self.distances.into:
            origin = sources[here]
            cost = np.take_along_axis(walled, origin, 1)
            source = np.where((cost < came) | (source == plan.states), origin, source)
            came = np.minimum(came, cost)
        if plan.ways_out:
            away = before[:, plan.outside, None]
            back = (source < plan.states) & (away < came)
            came, source = np.where(back, away, came), np.where(back, plan.outside, source)
            out = np.flatnonzero(np.isin(here, list(plan.ways_out)))
            # The furthest of the cheapest, as where a journey ends.
            own = before[out, ::-1]
            came[out, plan.outside] = own.min(axis=1)
            source[out, plan.outside] = plan.states - 1 - own.argmin(axis=1)
        return came, source


def _least(one: Ints, other: Ints) -> Ints:
    """Return the product of matrices, with least for sum and sum for product."""
    found: Ints = np.stack([(matrix[:, :, None] + other).min(axis=1) for matrix in one])
    return np.minimum(found, FAR)
