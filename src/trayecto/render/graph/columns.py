"""In which column each node of a graph stands, so that time runs from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

Edges = Sequence[tuple[int, int, float]]

# What a line costs by how it runs. A step forward is free, the rest is priced by how much it
# disturbs a reader: long lines a little, lines inside a column more, lines back in time most.
_LONGER = 0.09
# A line back costs more than two inside a column, or chains would be folded into saw teeth.
_BESIDE = 1.3
_BACK = 3.2
_FURTHER_BACK = 0.35
# Two lines between the same two nodes read better side by side than upright between them.
_BOTH_WAYS = 1.3
# How hard the typical moment of a node pulls, and how much a column may outgrow its fair part.
_PULL = 0.08
_CROWD = 0.25


def columns(when: Sequence[float], edges: Edges, *, at_most: int) -> list[int]:
    """
    Return the column of each node: the first is 0, none is empty, no more than *at_most*.

    *when* is the typical moment of each node in a journey; *edges* join two different nodes by
    number, with a weight in (0, 1]. Where a chain is longer than *at_most*, lines that matter
    least share a column.

    >>> columns([0, 1, 2], [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 0.2)], at_most=7)
    [0, 1, 2]
    """
    if not when:
        return []
    order = _in_time(when, edges)
    chain = _longest_chain(order, edges)
    length = max(chain) + 1
    if length <= at_most:
        starts = [chain]
    else:
        starts = [[c * at_most // length for c in chain], _cut(order, edges, parts=at_most)]
    best = min(_settled(start, when, edges, at_most=at_most) for start in starts)[1]
    return _Settling(best, when, edges).exchange()


def _in_time(when: Sequence[float], edges: Edges) -> list[int]:
    """Return the nodes in the order that turns the least weight back, near their moments."""
    order = sorted(range(len(when)), key=lambda node: (when[node], node))
    ahead: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for source, target, weight in edges:
        # Positive when the first should stand before the second.
        ahead[source][target] += weight
        ahead[target][source] -= weight
    for _ in range(6):
        moved = False
        for node in sorted(order):
            moved |= _sift(order, node, ahead[node])
        if not moved:
            break
    return order


def _sift(order: list[int], node: int, ahead: dict[int, float]) -> bool:
    """Move *node* where most weight runs forward; tell whether it moved."""
    at = order.index(node)
    rest = order[:at] + order[at + 1 :]
    # The gain of a place against standing first: passing a node flips the lines between them.
    gain, best, place = 0.0, 0.0, 0
    gains = [0.0]
    for other in rest:
        gain -= ahead.get(other, 0.0)
        gains.append(gain)
    best = max(gains)
    if gains[at] >= best - 1e-9:
        return False
    place = min((abs(i - at), i) for i, g in enumerate(gains) if g >= best - 1e-9)[1]
    order[:] = [*rest[:place], node, *rest[place:]]
    return True


def _longest_chain(order: Sequence[int], edges: Edges) -> list[int]:
    place = {node: i for i, node in enumerate(order)}
    before: dict[int, list[int]] = defaultdict(list)
    for source, target, _ in edges:
        if place[source] < place[target]:
            before[target].append(source)
    column = [0] * len(order)
    for node in order:
        column[node] = max((column[other] + 1 for other in before[node]), default=0)
    return column


def _cut(order: Sequence[int], edges: Edges, *, parts: int) -> list[int]:
    """Cut the order into *parts* runs so that little weight stays inside a run."""
    n = len(order)
    place = {node: i for i, node in enumerate(order)}
    fair = n / parts
    inside = [[0.0] * (n + 1) for _ in range(n + 1)]
    pair: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, weight in edges:
        low, high = sorted((place[source], place[target]))
        pair[low, high] += weight
    for first in range(n - 1, -1, -1):
        column = 0.0
        for last in range(first + 1, n):
            column += pair.get((first, last), 0.0)
            inside[first][last + 1] = inside[first + 1][last + 1] + column
    best: list[tuple[float, list[int]]] = [(0.0, []), *((float("inf"), []) for _ in range(n))]
    for _ in range(parts):
        best = [
            min(
                (
                    cost + _BESIDE * inside[k][end] + _CROWD * max(0.0, end - k - fair) ** 2,
                    [*cuts, k],
                )
                for k, (cost, cuts) in enumerate(best[: end + 1])
            )
            for end in range(n + 1)
        ]
    column_of = [0] * n
    cuts = [*best[n][1], n]
    for number, (first, end) in enumerate(pairwise(cuts)):
        for place_ in range(first, end):
            column_of[order[place_]] = number
    return column_of


def _over(load: int, fair: float) -> float:
    return _CROWD * max(0.0, load - fair) ** 2


def _settled(
    start: list[int], when: Sequence[float], edges: Edges, *, at_most: int
) -> tuple[float, list[int]]:
    """Return the price and the columns reached from *start*, with new columns where they help."""
    best = _Settling(start, when, edges).settle()
    while max(best[1]) + 1 < at_most:
        wider = min(
            _Settling(
                [c + (c >= new) for c in best[1]], when, edges, wide=max(best[1]) + 2
            ).settle()
            for new in range(max(best[1]) + 2)
        )
        if wider[0] >= best[0] - 1e-6:
            break
        best = wider
    return best


class _Settling:
    """Nodes that move between columns, one or two at a time, while the whole gets cheaper."""

    def __init__(
        self, start: Sequence[int], when: Sequence[float], edges: Edges, *, wide: int = 0
    ) -> None:
        self.column = list(start)
        self.last = max(max(start), wide - 1)
        self.near: dict[int, list[tuple[int, float, bool, float]]] = defaultdict(list)
        ends = {(source, target) for source, target, _ in edges}
        for source, target, weight in edges:
            upright = weight * _BESIDE * (_BOTH_WAYS - 1) if (target, source) in ends else 0.0
            self.near[source].append((target, weight, True, upright))
            self.near[target].append((source, weight, False, upright))
        latest = max(when) or 1.0
        self.wished = [moment / latest * self.last for moment in when]
        every = range(self.last + 1)
        # The price of a line by the column it ends or starts in, for each column of its other end.
        self.from_here = [[_line_price(end - column) for column in every] for end in every]
        self.to_here = [[_line_price(column - start) for column in every] for start in every]
        self.load = [0] * (self.last + 1)
        for column in start:
            self.load[column] += 1
        self.fair = max(4.0, 1.3 * len(start) / (self.last + 1))

    def settle(self) -> tuple[float, list[int]]:
        """Return what the columns cost in the end, and the columns."""
        for _ in range(12):
            moved = False
            for node in range(len(self.column)):
                moved |= self._move(node)
            if not moved:
                break
        cost = sum(self._crowd(load) for load in self.load)
        for node, column in enumerate(self.column):
            cost += self._prices(node, line=0.5)[column]
        return round(cost, 6), _without_gaps(self.column)

    def exchange(self) -> list[int]:
        """Return the columns after exchanging pairs of nodes where that is cheaper."""
        nodes = range(len(self.column))
        for _ in range(3):
            prices = [self._prices(node) for node in nodes]
            changed = False
            for one in nodes:
                for other in nodes[one + 1 :]:
                    here, there = self.column[one], self.column[other]
                    gain = prices[one][here] - prices[one][there]
                    gain += prices[other][there] - prices[other][here]
                    if gain > 1e-6 and self._exchange(one, other):
                        changed = True
                        for node in (one, other, *self._neighbours(one), *self._neighbours(other)):
                            prices[node] = self._prices(node)
            if not changed:
                break
        return self.settle()[1]

    def _exchange(self, one: int, other: int) -> bool:
        """Exchange two nodes if that is cheaper, the lines between the two included."""
        here, there = self.column[one], self.column[other]
        before = self._prices(one)[here] + self._prices(other)[there]
        self.column[one], self.column[other] = there, here
        after = self._prices(one)[there] + self._prices(other)[here]
        if after < before - 1e-6:
            return True
        self.column[one], self.column[other] = here, there
        return False

    def _neighbours(self, node: int) -> Iterable[int]:
        return (other for other, *_ in self.near[node])

    def _move(self, node: int) -> bool:
        here = self.column[node]
        self.load[here] -= 1
        prices = [
            price + self._crowd(load + 1) - self._crowd(load)
            for price, load in zip(self._prices(node), self.load, strict=True)
        ]
        best = min(range(len(prices)), key=lambda c: (round(prices[c], 9), c != here, c))
        self.column[node] = best
        self.load[best] += 1
        return best != here

    def _crowd(self, load: int) -> float:
        return _over(load, self.fair)

    def _prices(self, node: int, *, line: float = 1.0) -> list[float]:
        """Return what a node costs in each column, its lines included."""
        prices = [_PULL * abs(column - self.wished[node]) for column in range(self.last + 1)]
        for other, weight, out, upright in self.near[node]:
            row = self.from_here[self.column[other]] if out else self.to_here[self.column[other]]
            heavy = line * weight
            prices = [price + heavy * step for price, step in zip(prices, row, strict=True)]
            prices[self.column[other]] += line * upright
        return prices


def _line_price(ahead: int) -> float:
    if ahead > 0:
        return _LONGER * (ahead - 1)
    return _BESIDE if ahead == 0 else _BACK + _FURTHER_BACK * (-ahead - 1)


def _without_gaps(column: Sequence[int]) -> list[int]:
    number = {old: new for new, old in enumerate(sorted(set(column)))}
    return [number[old] for old in column]
