"""What one walk over the steps counts for a map. Pure values; places are numbered left to right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Node = tuple[str, str, str]
"""A node as a map binds it: (touchpoint, channel, source)."""


CutName = tuple[str, str]
"""What kind of cut it is, and which one: ("channel", "web"), ("month", "2026-03")."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Which places start, complete and end a journey, and how many seconds of silence end it."""

    starts: frozenset[int]
    completes: frozenset[int]
    leaves: frozenset[int]
    silence_s: float | None


@dataclass(frozen=True, slots=True)
class Declared:
    """
    What the map declares that steps are counted against.

    *promised_s*: how long each place may take after the previous step. *communications*: the
    places where the organisation speaks, *customers*: those where the customer acts, and
    *answer_within_s*: how soon an act counts as an answer.
    """

    promised_s: Mapping[int, float] = field(default_factory=dict)
    communications: frozenset[int] = frozenset()
    customers: frozenset[int] = frozenset()
    answer_within_s: float = 7 * 86_400
    repeats: frozenset[int] = frozenset()
    """Places where the map expects people more than once."""


@dataclass(frozen=True, slots=True)
class Spread:
    """
    The times, in seconds, of the n that went on: the median with its 95 % interval, and p90.

    *left* never will, and *still_open* are on the way and count for as long as they were seen (see
    `journeys.survival`). Where too few went on for a figure it is None.
    """

    n: int
    median_s: float | None
    low_s: float | None
    high_s: float | None
    p90_s: float | None
    left: int = 0
    still_open: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """Communications at one place: how many were acted on in time, of those that had the time."""

    answered: int
    known: int


@dataclass(frozen=True, slots=True)
class Worth:
    """Money that changed hands at one place, in minor units of one currency."""

    currency: str
    interactions: int
    minor: int


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
    early_onward: int = 0
    early_left: int = 0
    """Of those who came early enough for their leaving to be known: see `trail.early_us`."""
    early_reached: int = 0
    """Of the journeys that began so early, how many reached it."""
    repeated_people: int = 0
    """Of how many people the *repeated* are."""


@dataclass(frozen=True, slots=True)
class Ends:
    """All journeys by how they ended."""

    journeys: int
    people: int
    completed: int
    left: int
    still_open: int
    early: int = 0
    early_completed: int = 0
    early_left: int = 0
    """Of the journeys that began early enough for leaving to be known: see `trail.early_us`."""


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
    """
    The people who said how they felt at one place: mean level in [-1, 1], one person one voice.

    *scored* of them gave a score; *told* only wrote, so their level is inferred from words.
    """

    people: int
    level: float
    deviation: float
    scored: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class Strain:
    """
    What people's behaviour at one place hints at: weak evidence, never mixed with what they said.

    *level* lies in [-1, 0]: minus the share of signs of strain that they showed (see
    `journeys.voices`).
    """

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
    people: int = 0
    """Everybody with an interaction in scope, on the map or not."""
    in_time: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By place with a promise: how many waits kept it, of how many."""
    once: dict[int, int] = field(default_factory=dict)
    """Of the journeys that went on from a place, how many needed it only once."""
    answered: dict[int, Answered] = field(default_factory=dict)
    worth: dict[int, tuple[Worth, ...]] = field(default_factory=dict)
    strains: dict[int, Strain] = field(default_factory=dict)
    cuts: dict[CutName, Walked] = field(default_factory=dict)
    """The same of each cut of the journeys."""
