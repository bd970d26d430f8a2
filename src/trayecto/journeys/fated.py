"""What `fates` counts: small tables, a row for each way of being at a place and ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Feels = Literal["good", "neutral", "bad", "unknown"]
Fate = Literal["stayed", "left", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A voting point: its place, the time it gives, and the wait promised before it, if any."""

    place: int
    within_s: float
    promised_s: float | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """
    How many votes had this in common.

    *band* is the wait before it: 0 short, 1 middling, 2 long, None when nothing came before.
    *part* is the part of the vote's time at the end of which it came to its fate, or until whose
    end it was watched. Votes not *seen* were cast too late to be watched at all.
    """

    felt: Feels
    said: Feels
    band: int | None
    seen: bool
    part: int
    fate: Fate
    count: int


@dataclass(frozen=True, slots=True)
class Voted:
    """All votes of one voting point; *limits* (seconds) part short, middling and long waits."""

    place: int
    within_s: float
    limits: tuple[float, float] | None
    casts: tuple[Cast, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """
    How many journeys met a place at this turn of a stage: see `fates.met`.

    Without a place: all that came to the stage. *settled* had completed before they came; *back*:
    the person later began another journey.
    """

    stage: int
    place: int | None
    turn: int
    last: int
    completed: bool
    settled: bool
    back: bool
    count: int


@dataclass(frozen=True, slots=True)
class Felt:
    """How many journeys felt so at a place, and were *kept*: completed, and left by no exit."""

    place: int
    felt: Feels
    kept: bool
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """How many journeys were at a place more than once, or *late* (None: no promise, no wait)."""

    place: int
    repeated: bool
    late: bool | None
    kept: bool
    count: int


@dataclass(frozen=True, slots=True)
class Stay:
    """How many journeys at a stage *went_on* from it, *late* or not (None: no promise, or not)."""

    stage: int
    went_on: bool
    late: bool | None
    kept: bool
    count: int


@dataclass(frozen=True, slots=True)
class Detour:
    """How many journeys that were at the place a node mostly follows also *met* the node."""

    node: int
    met: bool
    kept: bool
    count: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What a kept journey is worth, in units of *currency*: mean, deviation, and how many."""

    currency: str
    mean: float
    deviation: float
    journeys: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What to count on a map: places are numbered left to right, and so are stages."""

    asked: tuple[Asked, ...]
    stages: Mapping[int, int]
    """The stage of each place."""
    promised_s: Mapping[int, float]
    stage_promised_s: Mapping[int, float]
    nodes: tuple[tuple[str, str, int], ...]
    """Nodes nobody drew: touchpoint, channel, the place they mostly follow."""
    silence_s: float | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Fates:
    """Everything that was counted."""

    voted: tuple[Voted, ...] = ()
    met: tuple[Met, ...] = ()
    ways: Mapping[tuple[int | None, int | None, bool], int] = field(default_factory=dict)
    felt: tuple[Felt, ...] = ()
    hits: tuple[Hit, ...] = ()
    stays: tuple[Stay, ...] = ()
    detours: tuple[Detour, ...] = ()
    worth: tuple[Worth, ...] = ()
