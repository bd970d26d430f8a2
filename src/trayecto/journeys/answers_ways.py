"""What questions on the way people take give back: funnels, flows, durations, sessions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Row = list[Any]


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """
    One step of a funnel: how many people got this far, of all who began and of the step before.

    *low* and *high* are the 95 % interval of *from_previous*; *median_s* is the time since the
    step before, for those who got here.
    """

    name: str
    people: int
    share: float | None
    from_previous: float | None
    low: float | None
    high: float | None
    median_s: float | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a funnel broken down: those who began on a channel, or in a source."""

    name: str
    steps: tuple[FunnelStep, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people took the steps in order, within the window."""

    per: str
    order: str
    window_s: float | None
    steps: tuple[FunnelStep, ...]
    segments: tuple[Segment, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return `{"steps": [{"name", "people", "share", …}], …}`."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a heading and a row a step, and of each segment its own."""
        fields = list(FunnelStep.__dataclass_fields__)
        parts = [("", self.steps), *((s.name, s.steps) for s in self.segments)]
        rows = [(of, *(getattr(step, f) for f in fields)) for of, steps in parts for step in steps]
        return ["segment", *fields], [list(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Stop:
    """A node so many steps away (*offset*) from the one asked about, and how many were there."""

    offset: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Flow:
    """How many went from a node at an offset to a node at the next one."""

    offset: int
    source: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """
    What happens before and after a node, or from the first step on when *anchor* is None.

    Each of *journeys* counts once, by its first time at the node. Nobody at an offset any more:
    the counts of an offset add up to fewer than *journeys*.
    """

    per: str
    anchor: str | None
    journeys: int
    stops: tuple[Stop, ...]
    flows: tuple[Flow, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the step table and the flow as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return the step table: a row a node and offset."""
        rows: list[Row] = [[s.offset, s.name, s.count, s.count / self.journeys] for s in self.stops]
        return ["offset", "node", "count", "share"], rows


@dataclass(frozen=True, slots=True)
class Spread:
    """How long those took who arrived: n, mean, and quantiles interpolated as numpy does."""

    n: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    least_s: float | None
    most_s: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """At a time, the share that has arrived, with its 95 % interval, and who is still at risk."""

    after_s: float
    arrived: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class Durations:
    """
    How long it takes from a node to another, or from the first step to the last.

    *open* ones have not arrived by the horizon; leaving them out would make the way look quicker
    than it is. The estimate (*median_s* with its interval, *p90_s*, *curve*) counts them as what
    they are: at least so long (Kaplan-Meier). None where too few have arrived to say.
    """

    per: str
    source: str | None
    target: str | None
    people: int
    arrived: Spread
    open: int
    median_s: float | None
    median_low_s: float | None
    median_high_s: float | None
    p90_s: float | None
    curve: tuple[Point, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return the curve, a row a point."""
        fields = list(Point.__dataclass_fields__)
        return fields, [[getattr(point, f) for f in fields] for point in self.curve]


@dataclass(frozen=True, slots=True)
class Door:
    """A node by which sessions begin or end."""

    name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Sessions:
    """Stretches of steps without a gap longer than *gap_s*; quantiles interpolated."""

    per: str
    gap_s: float
    people: int
    sessions: int
    of_one_step: int
    mean_steps: float | None
    median_steps: float | None
    p90_steps: float | None
    mean_s: float | None
    median_s: float | None
    p90_s: float | None
    begin: tuple[Door, ...]
    end: tuple[Door, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return the doors: a row a node, with the sessions that begin and end there."""
        begin = {door.name: door.sessions for door in self.begin}
        end = {door.name: door.sessions for door in self.end}
        names = sorted(begin.keys() | end.keys(), key=lambda n: (-begin.get(n, 0), n))
        return ["node", "begin", "end"], [[n, begin.get(n, 0), end.get(n, 0)] for n in names]
