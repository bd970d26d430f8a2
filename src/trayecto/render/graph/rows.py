"""How the items of each column stand one below another: few crossings, straight long lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

Rows = list[list[int]]

_SWEEPS = 10
_SETTLES = 28
# What it costs, in crossings, when a line inside a column passes a node or another line, and
# when a line back in time runs above a node instead of below it.
_PAST_A_NODE = 1.5
_PAST_A_LINE = 0.25
_RETURN_ABOVE = 0.3
# How much higher than its tallest column a picture may be, and how firmly an untied item stays.
_SLACK = 1.06
_LOOSE = 0.01


@dataclass(slots=True)
class Item:
    """
    Hold one thing that takes room in a column: a node, or the passage of a long line.

    *above* and *below* say how far it reaches from its axis, where its lines meet it.
    """

    column: int
    above: float
    below: float
    is_node: bool
    returns: bool = False
    axis: float = 0.0


@dataclass(slots=True)
class Items:
    """Hold all items, the links between neighbouring columns and those inside a column."""

    all: list[Item] = field(default_factory=list)
    left: dict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    right: dict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))

    def link(self, left: int, right: int, weight: float) -> None:
        """Tie two items of neighbouring columns."""
        self.right[left].append((right, weight))
        self.left[right].append((left, weight))

    def tie(self, one: int, other: int, weight: float) -> None:
        """Tie two items of the same column."""
        self.beside[one].append((other, weight))
        self.beside[other].append((one, weight))


def rows(items: Items) -> Rows:
    """Return the items of each column from top to bottom, with few crossings."""
    first: Rows = [[] for _ in range(max((i.column for i in items.all), default=-1) + 1)]
    for number, item in enumerate(items.all):
        first[item.column].append(number)
    for row in first:
        row.sort(key=lambda number: (items.all[number].returns, number))
    best, least = first, _crossings(first, items)
    for start in (first, [list(reversed(row)) for row in first]):
        found, count = _untangle(start, items)
        if count < least - 1e-9:
            best, least = found, count
    return best


def _untangle(start: Rows, items: Items) -> tuple[Rows, float]:
    now = [list(row) for row in start]
    best, least = [list(row) for row in now], _crossings(now, items)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        numbers = range(1, len(now)) if forward else range(len(now) - 2, -1, -1)
        for number in numbers:
            fixed = now[number - 1 if forward else number + 1]
            side = items.left if forward else items.right
            now[number] = _towards(now[number], fixed, side, middle=sweep % 4 < 2)
        _swap(now, items)
        count = _crossings(now, items)
        if count < least - 1e-9:
            best, least = [list(row) for row in now], count
    return best, least


def _towards(
    row: list[int],
    fixed: list[int],
    side: dict[int, list[tuple[int, float]]],
    *,
    middle: bool,
) -> list[int]:
    """Sort a column by where its neighbours stand; items without neighbours keep their place."""
    place = {number: float(i) for i, number in enumerate(fixed)}
    wish: dict[int, float] = {}
    for number in row:
        near = [(place[other], weight) for other, weight in side[number]]
        if near:
            wish[number] = weighted_median(near) if middle else _mean(near)
    ordered = iter(sorted(wish, key=lambda number: wish[number]))
    return [next(ordered) if number in wish else number for number in row]


def _swap(now: Rows, items: Items) -> None:
    """Exchange neighbours in a column as long as that untangles something."""
    place = [0] * len(items.all)
    for row in now:
        for i, number in enumerate(row):
            place[number] = i
    for _ in range(4):
        swapped = False
        for row in now:
            for i in range(len(row) - 1):
                upper, lower = row[i], row[i + 1]
                if _gain(upper, lower, place, items) > 1e-9:
                    row[i], row[i + 1] = lower, upper
                    place[lower], place[upper] = i, i + 1
                    swapped = True
        if not swapped:
            return


def _gain(upper: int, lower: int, place: list[int], items: Items) -> float:
    """Return how much is untangled when two neighbours change places."""
    gain = 0.0
    for side in (items.left, items.right):
        lowers = [(place[other], weight) for other, weight in side[lower]]
        for one, weight in side[upper]:
            at = place[one]
            for end, weight_other in lowers:
                if at > end:
                    gain += weight * weight_other
                elif at < end:
                    gain -= weight * weight_other
    above, below = items.all[upper], items.all[lower]
    if above.is_node != below.is_node:
        passing = above if below.is_node else below
        if passing.returns:
            gain += _RETURN_ABOVE if passing is above else -_RETURN_ABOVE
    for mine, other, step in ((upper, lower, 1), (lower, upper, -1)):
        price = _PAST_A_NODE if items.all[other].is_node else _PAST_A_LINE
        for tied, weight in items.beside[mine]:
            if tied != other:
                nearer = (place[tied] - place[mine]) * step > 0
                gain += weight * (price if nearer else -price)
    return gain


def _crossings(now: Rows, items: Items) -> float:
    """Return the weighted crossings, with what lines inside a column have to pass."""
    place = {number: i for row in now for i, number in enumerate(row)}
    return sum(
        _between(row, following, place, items) for row, following in pairwise([*now, []])
    ) + sum(_inside(row, place, items) for row in now)


def _between(
    row: Sequence[int], following: Sequence[int], place: dict[int, int], items: Items
) -> float:
    """Return the crossings between two columns, counted with running sums (a Fenwick tree)."""
    sums = [0.0] * (len(following) + 1)
    whole = total = 0.0
    for number in row:
        ends = [(place[other], weight) for other, weight in items.right[number]]
        total += sum(weight * (whole - _up_to(sums, end)) for end, weight in ends)
        for end, weight in ends:
            _add(sums, end, weight)
            whole += weight
    return total


def _inside(row: Sequence[int], place: dict[int, int], items: Items) -> float:
    """Return what the lines inside one column have to pass, and the returns above nodes."""
    total = 0.0
    nodes_to = [0]
    for number in row:
        nodes_to.append(nodes_to[-1] + items.all[number].is_node)
    for i, number in enumerate(row):
        if items.all[number].returns:
            total += _RETURN_ABOVE * (nodes_to[-1] - nodes_to[i])
        for tied, weight in items.beside[number]:
            if place[tied] > i:
                nodes = nodes_to[place[tied]] - nodes_to[i + 1]
                others = place[tied] - i - 1 - nodes
                total += weight * (nodes * _PAST_A_NODE + others * _PAST_A_LINE)
    return total


def _up_to(sums: list[float], place: int) -> float:
    total, i = 0.0, place + 1
    while i > 0:
        total += sums[i]
        i -= i & -i
    return total


def _add(sums: list[float], place: int, weight: float) -> None:
    i = place + 1
    while i < len(sums):
        sums[i] += weight
        i += i & -i


def settle(now: Rows, items: Items, *, between: float, lanes: float) -> None:
    """
    Give every item its axis: as near to its neighbours as the room between items allows.

    *between* is the room around nodes, *lanes* that between two passing lines. No column reaches
    further than the tallest one needs, or the whole would drift into a staircase.
    """
    spaces = [_spaces(row, items, between=between, lanes=lanes) for row in now]
    tall = [
        sum(space) + items.all[row[0]].above + items.all[row[-1]].below
        for row, space in zip(now, spaces, strict=True)
    ]
    half = max(tall, default=0.0) * _SLACK / 2
    for row, space, high in zip(now, spaces, tall, strict=True):
        at = items.all[row[0]].above - high / 2
        for number, step in zip(row, space, strict=True):
            at += step
            items.all[number].axis = at
    ties = {number: _ties(number, items) for row in now for number in row}
    for turn in range(_SETTLES):
        order = range(len(now)) if turn % 2 == 0 else range(len(now) - 1, -1, -1)
        for number in order:
            row = now[number]
            within = (items.all[row[0]].above - half, half - items.all[row[-1]].below)
            wishes = _wishes(row, spaces[number], items, ties, last=turn >= _SETTLES - 4)
            for item, axis in zip(row, apart(wishes, spaces[number], within=within), strict=True):
                items.all[item].axis = axis


def _spaces(row: Sequence[int], items: Items, *, between: float, lanes: float) -> list[float]:
    """Return how far each axis must stand below the one before it."""
    spaces = [0.0]
    for upper, lower in pairwise(row):
        above, below = items.all[upper], items.all[lower]
        nodes = above.is_node + below.is_node
        room = lanes if nodes == 0 else between if nodes == 2 else (between + lanes) / 2
        spaces.append(above.below + below.above + room)
    return spaces


def _ties(number: int, items: Items) -> list[tuple[Item, float]]:
    """Return the neighbours of an item to the left and right, and how firmly each pulls."""
    item = items.all[number]
    return [
        (items.all[other], weight * weight * _stiffness(item, items.all[other]))
        for side in (items.left, items.right)
        for other, weight in side[number]
    ]


def _wishes(
    row: Sequence[int],
    spaces: Sequence[float],
    items: Items,
    ties: Mapping[int, Sequence[tuple[Item, float]]],
    *,
    last: bool,
) -> list[tuple[float, float]]:
    """Return where each item of a column would stand if it were alone, and how firmly."""
    reach = dict(zip(row, accumulate(spaces), strict=True))
    wishes = []
    for number in row:
        near = [(other.axis, firm) for other, firm in ties[number]]
        near += [
            (items.all[tied].axis + reach[number] - reach[tied], weight * weight)
            for tied, weight in items.beside[number]
        ]
        if not near:
            wishes.append((items.all[number].axis, _LOOSE))
        else:
            wish = weighted_median(near) if last else _mean(near)
            wishes.append((wish, sum(firm for _, firm in near)))
    return wishes


def _stiffness(one: Item, other: Item) -> float:
    """Long lines bend least: a bend in open space has no reason a reader could see."""
    passages = (not one.is_node) + (not other.is_node)
    return (1.0, 2.0, 6.0)[passages]


def apart(
    wishes: Sequence[tuple[float, float]],
    spaces: Sequence[float],
    *,
    within: tuple[float, float] | None = None,
) -> list[float]:
    """
    Return the places nearest to the wished ones that keep their order, distance and bounds.

    *wishes* are places with weights; *spaces[i]* is the least distance from the one before. Least
    squares by pooling neighbours that push each other (isotonic regression).

    >>> apart([(0, 1), (0, 1), (9, 1)], [0, 4, 4])
    [-2.0, 2.0, 9.0]
    >>> apart([(0, 1), (0, 1), (9, 1)], [0, 4, 4], within=(0, 8))
    [0.0, 4.0, 8.0]
    """
    offsets = list(accumulate([0.0, *spaces[1:]]))
    pools: list[tuple[float, float, int]] = []
    for (wish, weight), moved in zip(wishes, offsets, strict=True):
        pool = (wish - moved, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            place, heavy, count = pools.pop()
            whole = heavy + pool[1]
            pool = ((place * heavy + pool[0] * pool[1]) / whole, whole, count + pool[2])
        pools.append(pool)
    low, high = within or (float("-inf"), float("inf"))
    high = max(low, high - offsets[-1])
    places = [min(max(place, low), high) for place, _, count in pools for _ in range(count)]
    return [float(place + moved) for place, moved in zip(places, offsets, strict=True)]


def weighted_median(near: Iterable[tuple[float, float]]) -> float:
    """
    Return the middle of weighted places; between two equal halves, half way.

    >>> weighted_median([(0, 1), (4, 1)]), weighted_median([(0, 1), (4, 3), (9, 1)])
    (2.0, 4)
    """
    ordered = sorted(near)
    half = sum(weight for _, weight in ordered) / 2
    reached = 0.0
    for i, (place, weight) in enumerate(ordered):
        reached += weight
        if reached > half + 1e-12:
            return place
        if reached >= half - 1e-12:
            return (place + ordered[min(i + 1, len(ordered) - 1)][0]) / 2
    raise ValueError("the median of nothing")


def _mean(near: Sequence[tuple[float, float]]) -> float:
    total = whole = 0.0
    for place, weight in near:
        total += place * weight
        whole += weight
    return total / whole
