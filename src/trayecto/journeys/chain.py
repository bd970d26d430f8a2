"""Markov chains with an end, solved exactly: what would be lost without a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

START, GOAL, NOTHING = "(start)", "(conversion)", "(null)"
Ways = Mapping[tuple[str, str], float]
"""How often each way from a node to the next was taken, from START on to GOAL or NOTHING."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The chance that a walk converts, and the part of that lost when a node leads nowhere."""

    converts: float
    removal: dict[str, float]


def solve(ways: Ways) -> Solved:
    """
    Return what the chain says, by one linear system and no simulation.

    A walk that converts without a node is one that converts, less one that comes to the node and
    converts from there: lost = P(ever at the node) x P(converts from there) / P(converts).

    >>> found = solve({(START, "a"): 2, ("a", "b"): 1, ("a", GOAL): 1, ("b", GOAL): 1})
    >>> found.converts, found.removal
    (1.0, {'a': 1.0, 'b': 0.5})
    """
    nodes = sorted({node for way in ways for node in way} - {START, GOAL, NOTHING})
    at = {node: i for i, node in enumerate(nodes)}
    leaving = dict.fromkeys((START, *nodes), 0.0)
    for (source, _), count in ways.items():
        leaving[source] += count
    n = len(nodes)
    # Rows of I - Q, whose inverse says how often each node is visited from each.
    matrix = [[float(i == j) for j in range(n)] for i in range(n)]
    converts, first = [0.0] * n, [0.0] * n
    straight = 0.0
    for (source, target), count in ways.items():
        chance = count / leaving[source]
        if source == START:
            if target in at:
                first[at[target]] += chance
            straight += chance if target == GOAL else 0.0
        elif target in at:
            matrix[at[source]][at[target]] -= chance
        elif target == GOAL:
            converts[at[source]] += chance
    visits = _inverse(matrix)
    goal = [sum(v * c for v, c in zip(row, converts, strict=True)) for row in visits]
    all_in_all = straight + sum(f * g for f, g in zip(first, goal, strict=True))
    if not all_in_all:
        return Solved(0.0, dict.fromkeys(nodes, 0.0))
    effects = {}
    for node, i in at.items():
        ever = sum(f * row[i] for f, row in zip(first, visits, strict=True)) / visits[i][i]
        effects[node] = ever * goal[i] / all_in_all
    return Solved(all_in_all, effects)


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the inverse by Gauss and Jordan, the largest pivot first."""
    n = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(n))] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        scale = rows[i][i]
        rows[i] = [value / scale for value in rows[i]]
        for r in range(n):
            factor = rows[r][i]
            if r != i and factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[n:] for row in rows]
