"""What the ways between the states of a plan cost by themselves, with ties between them settled."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.plan import Plan

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = 1 << 40
"""Further than any path of a plan, and small enough to add to and to multiply by `TIE`."""
TIE = 1 << 10
"""More than a plan has states."""


@dataclass(frozen=True, slots=True)
class Distances:
    """The cheapest model moves from each state to each: their cost, and which places they miss."""

    model: Ints
    missed: Flags
    reach: Flags
    """Which places can still be done, now or later, in each state."""
    rounds: int
    """How often all moves must be tried in their order until nothing gets cheaper."""
    pull: Ints
    """For each state (rows) what coming from another costs, times `TIE`, plus its rank in ties."""
    into: tuple[Ints, ...]
    """For each place and state, from where doing the place leads there: nowhere is one too many."""

    @staticmethod
    def of(plan: Plan) -> Distances:
        """Return those of a plan."""
        many = plan.states
        model = np.full((many, many), FAR)
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
                reach[model[:, move.source] < FAR, move.place] = True
        return Distances(model, missed, reach, rounds, _pull(model), _into(plan))


def _pull(model: Ints) -> Ints:
    """Return the costs with ties settled: a state itself first, then the nearest before it."""
    many = len(model)
    order = np.lexsort((-np.arange(many)[None, :].repeat(many, axis=0), model.T), axis=1)
    pull = model.T * TIE
    np.put_along_axis(pull, order, np.take_along_axis(pull, order, 1) + np.arange(many), 1)
    pull[np.arange(many), np.arange(many)] = -1
    return pull


def _into(plan: Plan) -> tuple[Ints, ...]:
    tables: list[Ints] = []
    for move in plan.moves:
        if move.place is None:
            continue
        for table in tables:
            if table[move.place, move.target] == plan.states:
                break
        else:
            table = np.full((plan.places, plan.states), plan.states)
            tables.append(table)
        table[move.place, move.target] = move.source
    return tuple(tables)


def _cheapest(
    source: int, ways: list[list[tuple[int, int | None]]], costs: Ints, missed: Flags
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


def _rounds(plan: Plan, source: int, wanted: Ints) -> int:
    """Return how many rounds over the moves bring every state to its cheapest cost."""
    costs = [FAR] * plan.states
    costs[source], rounds = 0, 0
    while any(cost != want for cost, want in zip(costs, wanted.tolist(), strict=True)):
        rounds += 1
        for move in plan.moves:
            longer = costs[move.source] + (move.place is not None)
            costs[move.target] = min(costs[move.target], longer)
    return rounds
