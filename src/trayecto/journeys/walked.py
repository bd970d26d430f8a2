"""What one walk over the steps counts for a map. Pure values; places are numbered left to right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Node = tuple[str, str, str]
"""A node as a map binds it: (touchpoint, channel, source)."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Which places start, complete and end a journey, and how many seconds of silence end it."""

    starts: frozenset[int]
    completes: frozenset[int]
    leaves: frozenset[int]
    silence_s: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A sample of times in seconds: n, median with the ranks of its 95 % interval, p90."""

    n: int
    median_s: float
    low_s: float | None
    high_s: float | None
    p90_s: float


@dataclass(frozen=True, slots=True)
class Visits:
    """How journeys passed one place: see `contrast.measured.Passage`."""

    interactions: int
    people: int
    reached: int
    onward: int
    left: int
    still_open: int
    repeated: int
    beyond: int
    """Of those who reached it, how many journeys also went further right (for *skipped*)."""


@dataclass(frozen=True, slots=True)
class Ends:
    """All journeys by how they ended."""

    journeys: int
    people: int
    completed: int
    left: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Unbound:
    """A node inside journeys that no place holds; *after* is the place it mostly follows."""

    touchpoint: str
    channel: str
    interactions: int
    people: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Voice:
    """The people who answered at one place: mean level in [-1, 1], one person one voice."""

    people: int
    level: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Walked:
    """Everything a map's measures rest on."""

    since: datetime | None
    until: datetime | None
    ends: Ends
    duration: Spread | None
    places: dict[int, Visits]
    stages: dict[int, Visits]
    furthest: dict[int, int]
    """Journeys by the place furthest right that they reached."""
    waits: dict[int, Spread]
    stage_times: dict[int, Spread]
    channels: dict[int, tuple[tuple[str, int], ...]]
    unbound: tuple[Unbound, ...]
    answers: dict[int, dict[str, dict[float, int]]]
    """By place and scale: how many gave each score."""
    voices: dict[int, Voice]
    interactions: int
    on_map: int
    off_map: int
    outside: int
    nobody: int
