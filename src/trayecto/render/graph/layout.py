"""
Where the boxes and lines of a graph go: in columns, time from left to right.

The way of Sugiyama, Tagawa and Toda (1981): columns, passages for long lines, few crossings,
straight lines. Lines back in time return as arcs below the boxes they join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from trayecto.render.graph import columns as in_columns
from trayecto.render.graph import rows as in_rows
from trayecto.render.graph.rows import Item, Items

Point = tuple[float, float]
Course = Literal["forward", "back", "beside", "loop"]


@dataclass(frozen=True, slots=True)
class Box:
    """
    Describe one node: its size, and its typical moment in a journey (smaller is earlier).

    Lines meet its sides between *port_from* and *port_to*, measured from its top.
    """

    name: str
    width: float
    height: float
    when: float = 0.0
    port_from: float = 10.0
    port_to: float = 40.0


@dataclass(frozen=True, slots=True)
class Line:
    """Describe one directed line: how much it matters (any positive scale) and how thick it is."""

    source: str
    target: str
    weight: float = 1.0
    thickness: float = 1.0


@dataclass(frozen=True, slots=True)
class Room:
    """Say how much room there is: columns at most, the gaps between them, rows and lanes."""

    columns: int = 7
    gap: float = 104.0
    widest_gap: float = 136.0
    between: float = 22.0
    lanes: float = 9.0
    loop: float = 22.0
    """The height kept free above a node that leads to itself."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One box on the page: its left upper corner, its size and its column."""

    name: str
    x: float
    y: float
    width: float
    height: float
    column: int


@dataclass(frozen=True, slots=True)
class Route:
    """
    One line on the page, as cubic curves: a start, then two handles and an end, and so on.

    *forward* runs to the right all the way, *back* returns below, *beside* stays in its column.
    """

    source: str
    target: str
    course: Course
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes and routes, by name, in a page of *width* by *height* that starts at 0, 0."""

    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def layout(boxes: Iterable[Box], lines: Iterable[Line], *, room: Room | None = None) -> Layout:
    """
    Place every box and route every line; the same picture whatever the order of the input.

    Lines that name no known box are left out.
    """
    plan = _Plan(boxes, lines, room or Room())
    now = in_rows.rows(plan.items)
    in_rows.settle(now, plan.items, between=plan.room.between, lanes=plan.room.lanes)
    return _Drawing(plan, now).layout()


class _Plan:
    """The columns of all boxes, and the items that stand in them."""

    def __init__(self, boxes: Iterable[Box], lines: Iterable[Line], room: Room) -> None:
        self.room = room
        self.boxes = sorted(boxes, key=lambda box: box.name)
        self.number = {box.name: i for i, box in enumerate(self.boxes)}
        self.lines = sorted(
            (line for line in lines if line.source in self.number and line.target in self.number),
            key=lambda line: (line.source, line.target),
        )
        heaviest = max((line.weight for line in self.lines), default=1.0) or 1.0
        # Less than linear, so that the many small lines count beside the few big ones.
        self.weight = [0.05 + 0.95 * (line.weight / heaviest) ** 0.6 for line in self.lines]
        self.ends = [(self.number[line.source], self.number[line.target]) for line in self.lines]
        self.column = in_columns.columns(
            [box.when for box in self.boxes],
            [
                (source, target, weight)
                for (source, target), weight in zip(self.ends, self.weight, strict=True)
                if source != target
            ],
            at_most=room.columns,
        )
        self.course = [self._course(*ends) for ends in self.ends]
        self.lanes = self._lanes()
        self.items = Items([self._item(i) for i in range(len(self.boxes))])
        self.way = [self._passages(i) for i in range(len(self.lines))]

    def _course(self, source: int, target: int) -> Course:
        if source == target:
            return "loop"
        ahead = self.column[target] - self.column[source]
        return "forward" if ahead > 0 else "back" if ahead < 0 else "beside"

    def _lanes(self) -> dict[int, tuple[int, float]]:
        """Return how many arcs run under each box, and how far apart."""
        leaving: dict[int, int] = defaultdict(int)
        arriving: dict[int, int] = defaultdict(int)
        thick: dict[int, float] = defaultdict(float)
        for i, (source, target) in enumerate(self.ends):
            if self.course[i] == "back":
                leaving[source] += 1
                arriving[target] += 1
                for end in (source, target):
                    thick[end] = max(thick[end], self.lines[i].thickness)
        return {
            end: (max(leaving[end], arriving[end]), max(self.room.lanes, thick[end] + 5))
            for end in thick
        }

    def _item(self, number: int) -> Item:
        box = self.boxes[number]
        axis = (box.port_from + box.port_to) / 2
        count, step = self.lanes.get(number, (0, 0.0))
        loops = (number, number) in self.ends
        below = box.height - axis + (count * step + 8 if count else 0)
        return Item(self.column[number], axis + self.room.loop * loops, below, is_node=True)

    def _passages(self, line: int) -> list[int]:
        """Return the items a line passes from left to right, its two boxes included."""
        source, target = self.ends[line]
        weight, course = self.weight[line], self.course[line]
        if course == "loop":
            return []
        if course == "beside":
            self.items.tie(source, target, weight)
            return [source, target]
        left, right = (source, target) if course == "forward" else (target, source)
        half = self.lines[line].thickness / 2
        way = [left]
        for column in range(self.column[left] + 1, self.column[right]):
            way.append(len(self.items.all))
            self.items.all.append(Item(column, half, half, is_node=False, returns=course == "back"))
        way.append(right)
        for one, other in pairwise(way):
            self.items.link(one, other, weight)
        return way


_Side = Literal["left", "right"]


class _Drawing:
    """Coordinates for a plan whose rows are settled."""

    def __init__(self, plan: _Plan, now: in_rows.Rows) -> None:
        self.plan = plan
        self.now = now
        self.place = {number: i for row in now for i, number in enumerate(row)}
        self.lefts, self.rights = self._columns()
        self.placed = [self._placed(i) for i in range(len(plan.boxes))]
        self.port: dict[tuple[int, _Side], float] = {}
        self._ports()
        self.arc = self._arcs()
        self.reach = self._reaches()

    def layout(self) -> Layout:
        """Return everything moved into a page that begins at 0, 0."""
        routes = [
            Route(line.source, line.target, course, tuple(self._points(i)))
            for i, (line, course) in enumerate(zip(self.plan.lines, self.plan.course, strict=True))
        ]
        xs = [x for box in self.placed for x in (box.x, box.x + box.width)]
        ys = [y for box in self.placed for y in (box.y, box.y + box.height)]
        xs += [x for route in routes for x, _ in route.points]
        ys += [y for route in routes for _, y in route.points]
        x0, y0 = min(xs, default=0.0), min(ys, default=0.0)
        return Layout(
            tuple(
                Placed(b.name, _r(b.x - x0), _r(b.y - y0), b.width, b.height, b.column)
                for b in self.placed
            ),
            tuple(
                Route(
                    route.source,
                    route.target,
                    route.course,
                    tuple((_r(x - x0), _r(y - y0)) for x, y in route.points),
                )
                for route in routes
            ),
            _r(max(xs, default=0.0) - x0),
            _r(max(ys, default=0.0) - y0),
        )

    def _columns(self) -> tuple[list[float], list[float]]:
        """Return where each column begins and ends; a gap is wider where more lines cross it."""
        plan, room = self.plan, self.plan.room
        count = max(plan.column, default=-1) + 1
        wide = [0.0] * count
        for box, column in zip(plan.boxes, plan.column, strict=True):
            wide[column] = max(wide[column], box.width)
        traffic = [0] * count
        for source, target in plan.ends:
            low, high = sorted((plan.column[source], plan.column[target]))
            for column in range(low, high):
                traffic[column] += 1
        lefts, rights, x = [], [], 0.0
        for width, lines in zip(wide, traffic, strict=True):
            lefts.append(x)
            rights.append(x + width)
            x += width + min(room.widest_gap, room.gap + 2 * max(0, lines - 8))
        return lefts, rights

    def _placed(self, number: int) -> Placed:
        box, column = self.plan.boxes[number], self.plan.column[number]
        x = (self.lefts[column] + self.rights[column] - box.width) / 2
        y = self.plan.items.all[number].axis - (box.port_from + box.port_to) / 2
        return Placed(box.name, x, y, box.width, box.height, column)

    # Ports: where lines meet the sides of a box.

    def _ports(self) -> None:
        """Spread the lines on each side of each box, as straight on as room allows."""
        sides: dict[tuple[int, _Side], list[int]] = defaultdict(list)
        for line, (source, target) in enumerate(self.plan.ends):
            course = self.plan.course[line]
            if course == "forward":
                sides[source, "right"].append(line)
                sides[target, "left"].append(line)
            elif course == "beside" and not self._touching(source, target):
                side: _Side = "right" if self.place[source] < self.place[target] else "left"
                sides[source, side].append(line)
                sides[target, side].append(line)
        for side_now in ("right", "left", "right"):
            for (number, side), lines in sorted(sides.items()):
                if side == side_now:
                    self._spread(number, side, lines)

    def _spread(self, number: int, side: _Side, lines: Sequence[int]) -> None:
        box, placed = self.plan.boxes[number], self.placed[number]
        top, end = placed.y + box.port_from, placed.y + box.port_to
        # Lines to the same axis keep the order of what lies behind it.
        wishes = sorted(
            (self._facing(line, number, side), self._beyond(line, number), line) for line in lines
        )
        spaces = [0.0]
        for (_, _, upper), (_, _, lower) in pairwise(wishes):
            thick = self.plan.lines[upper].thickness + self.plan.lines[lower].thickness
            spaces.append(thick / 2 + 3)
        squeeze = min(1.0, (end - top) / max(sum(spaces), 1e-9))
        spaces = [space * squeeze for space in spaces]
        aims = [(aim, self.plan.weight[line]) for aim, _, line in wishes]
        for (_, _, line), y in zip(
            wishes, in_rows.apart(aims, spaces, within=(top, end)), strict=True
        ):
            self.port[line, self._end(line, number, side)] = y

    def _end(self, line: int, number: int, side: _Side) -> _Side:
        """Return "right" for the end a line leaves from and "left" for the one it arrives at."""
        if self.plan.course[line] == "beside":
            return "right" if self.plan.ends[line][0] == number else "left"
        return side

    def _facing(self, line: int, number: int, side: _Side) -> float:
        """Return the height a line wants to have at this box: that of its next stop."""
        source, target = self.plan.ends[line]
        if self.plan.course[line] == "beside":
            other = target if number == source else source
            return 1e6 if self.place[other] > self.place[number] else -1e6
        way = self.plan.way[line]
        stop = way[1] if side == "right" else way[-2]
        facing: _Side = "left" if side == "right" else "right"
        if len(way) == 2 and (line, facing) in self.port:
            return self.port[line, facing]
        return self.plan.items.all[stop].axis

    def _beyond(self, line: int, number: int) -> float:
        source, target = self.plan.ends[line]
        return self.plan.items.all[target if number == source else source].axis

    def _touching(self, one: int, other: int) -> bool:
        """Tell whether no box stands between two boxes of a column."""
        row = self.now[self.plan.column[one]]
        low, high = sorted((self.place[one], self.place[other]))
        return not any(self.plan.items.all[number].is_node for number in row[low + 1 : high])

    def _reaches(self) -> dict[int, float]:
        """Return how far each line that runs past boxes of its own column leaves the column."""
        spans: dict[tuple[int, bool], list[tuple[int, int, int]]] = defaultdict(list)
        for line, (source, target) in enumerate(self.plan.ends):
            if self.plan.course[line] == "beside" and not self._touching(source, target):
                low, high = sorted((self.place[source], self.place[target]))
                side = self.plan.column[source], self.place[source] == low
                spans[side].append((high - low, low, line))
        reach: dict[int, float] = {}
        for tracks_of in spans.values():
            tracks: list[list[tuple[int, int]]] = []
            # Short ones inside long ones, each on the first track that is free.
            for span, low, line in sorted(tracks_of):
                taken = (low, low + span)
                free = (k for k, track in enumerate(tracks) if not _overlap(taken, track))
                k = next(free, len(tracks))
                if k == len(tracks):
                    tracks.append([])
                tracks[k].append(taken)
                reach[line] = 14 + min(9.0, 36 / len(tracks_of)) * k
        return reach

    # Arcs: the lanes under a box that lines back in time leave from and arrive at.

    def _arcs(self) -> dict[tuple[int, _Side], tuple[Point, float]]:
        """Return, for each arc and end, where it meets the box and how high its lane runs."""
        ends: dict[tuple[int, _Side], list[int]] = defaultdict(list)
        for line, (source, target) in enumerate(self.plan.ends):
            if self.plan.course[line] == "back":
                ends[source, "left"].append(line)
                ends[target, "right"].append(line)
        arcs: dict[tuple[int, _Side], tuple[Point, float]] = {}
        for (number, side), lines in ends.items():
            placed = self.placed[number]
            bottom = placed.y + placed.height
            _, step = self.plan.lanes[number]
            first = min(14.0, placed.width / 6)
            along = min(12.0, (placed.width / 2 - first - 8) / len(lines))
            lines.sort(key=lambda line: (self._arc_stop(line, side), line))
            for k, line in enumerate(lines):
                inset = first + k * max(along, 0.0)
                x = placed.x + inset if side == "left" else placed.x + placed.width - inset
                arcs[line, side] = ((x, bottom), bottom + 12 + k * step)
        return arcs

    def _arc_stop(self, line: int, side: _Side) -> float:
        way = self.plan.way[line]
        stop = way[-2] if side == "left" else way[1]
        return self.plan.items.all[stop].axis

    # Curves.

    def _points(self, line: int) -> list[Point]:
        source, target = self.plan.ends[line]
        course = self.plan.course[line]
        if course == "forward":
            return self._forward(line, source, target)
        if course == "back":
            return self._back(line)
        if course == "loop":
            return self._loop(source)
        return self._beside(line, source, target)

    def _forward(self, line: int, source: int, target: int) -> list[Point]:
        start, end = self.placed[source], self.placed[target]
        at = (start.x + start.width, self.port[line, "right"])
        points = _across([at], (self.rights[start.column], at[1]))
        for number in self.plan.way[line][1:-1]:
            item = self.plan.items.all[number]
            points = _across(points, (self.lefts[item.column], item.axis))
            points = _across(points, (self.rights[item.column], item.axis))
        points = _across(points, (self.lefts[end.column], self.port[line, "left"]))
        return _across(points, (end.x, self.port[line, "left"]))

    def _back(self, line: int) -> list[Point]:
        """Leave below the later box, pass under what lies between, rise into the earlier one."""
        (x0, y0), lane0 = self.arc[line, "left"]
        (x1, y1), lane1 = self.arc[line, "right"]
        source, target = self.plan.ends[line]
        first, last = self.placed[source].column, self.placed[target].column
        turn0, turn1 = min(14.0, x0 - self.lefts[first]), min(14.0, self.rights[last] - x1)
        points: list[Point] = [(x0, y0), (x0, (y0 + 2 * lane0) / 3), (x0 - turn0 / 3, lane0)]
        points.append((x0 - turn0, lane0))
        points = _across(points, (self.lefts[first], lane0))
        for number in reversed(self.plan.way[line][1:-1]):
            item = self.plan.items.all[number]
            points = _across(points, (self.rights[item.column], item.axis))
            points = _across(points, (self.lefts[item.column], item.axis))
        points = _across(points, (self.rights[last], lane1))
        points = _across(points, (x1 + turn1, lane1))
        return [*points, (x1 + turn1 / 3, lane1), (x1, (y1 + 2 * lane1) / 3), (x1, y1)]

    def _loop(self, number: int) -> list[Point]:
        box, high = self.placed[number], self.plan.room.loop
        left, right = box.x + box.width - 36, box.x + box.width - 14
        peak = box.y - high * 1.15
        return [(left, box.y), (left - 4, peak), (right + 4, peak), (right, box.y)]

    def _beside(self, line: int, source: int, target: int) -> list[Point]:
        start, end = self.placed[source], self.placed[target]
        down = self.place[source] < self.place[target]
        if self._touching(source, target):
            middle = max(start.x, end.x) + min(start.width, end.width) / 2
            x = middle + (-8 if down else 8)
            y0 = start.y + start.height if down else start.y
            y1 = end.y if down else end.y + end.height
            return [(x, y0), (x, (2 * y0 + y1) / 3), (x, (y0 + 2 * y1) / 3), (x, y1)]
        reach = self.reach[line] * (1 if down else -1)
        edge = self.rights[start.column] if down else self.lefts[start.column]
        x0, x1 = (b.x + b.width if down else b.x for b in (start, end))
        y0, y1 = self.port[line, "right"], self.port[line, "left"]
        bend = min(30.0, abs(y1 - y0) / 3) * (1 if y1 > y0 else -1)
        out = edge + reach
        return [
            *((x0, y0), (out, y0), (out, y0 + bend / 3), (out, y0 + bend)),
            *((out, y0 + bend), (out, y1 - bend), (out, y1 - bend)),
            *((out, y1 - bend / 3), (out, y1), (x1, y1)),
        ]


def _across(points: list[Point], to: Point) -> list[Point]:
    """Lengthen a line to a point, level at both ends."""
    x0, y0 = points[-1]
    x1, y1 = to
    if abs(x1 - x0) < 1e-9 and abs(y1 - y0) < 1e-9:
        return points
    half = (x0 + x1) / 2
    return [*points, (half, y0), (half, y1), to]


def _overlap(span: tuple[int, int], track: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] <= high and low <= span[1] for low, high in track)


def _r(value: float) -> float:
    return round(value, 1)
