"""
The ways people went through a map: each distinct way once, with how many journeys took it.

Reads the temporary tables `trail` and `journey` that `walk` leaves in its session. Ways are
numbered in numpy: 10 M steps in journeys are half a million ways of twenty steps, too many rows
for Python and too many lists for a group-by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from trayecto.journeys.walked import Boundaries, CutName
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ways:
    """
    Every distinct way: *steps* one after the other, *starts* where each way begins.

    A step is a place on the map, or −1 − the code of the touchpoint nobody drew. *over* ways are
    of journeys that completed and to which nothing can be added. *journeys* took each way. *way*
    and *subject* are for each journey, in the order of subjects.
    """

    steps: NDArray[np.int32]
    starts: Ints
    over: NDArray[np.bool_]
    journeys: Ints
    way: Ints
    subject: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def path(self, way: int) -> list[int]:
        """Return the steps of one way."""
        end = self.starts[way + 1] if way + 1 < len(self.starts) else len(self.steps)
        found: list[int] = self.steps[self.starts[way] : end].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A node nobody drew: its interactions inside journeys, and in how many, of how many people."""

    touchpoint: str
    channel: str
    interactions: int
    journeys: int
    people: int


@dataclass(frozen=True, slots=True)
class Lived:
    """Every journey's steps one after the other, as `Ways` has them; *begins*: where each does."""

    steps: NDArray[np.int32]
    begins: Ints
    over: NDArray[np.bool_]
    subject: Ints


@dataclass(frozen=True, slots=True)
class Parts:
    """The *group* of each journey, in their order, and the groups that make up each cut."""

    group: Ints
    cuts: Mapping[CutName, tuple[int, ...]]


NO_PARTS = Parts(np.empty(0, np.int64), {})


def parts(session: Session) -> Parts:
    """Return which cuts the journeys are in that were last walked, with cuts, in this session."""
    found = session.arrays("groups of the journeys", "select grp from grouped order by journey")
    cuts: dict[CutName, tuple[int, ...]] = {}
    for kind, name, group in session.ask(
        "groups of each cut",
        "select kind, name, grp from member join cut_name using (cut) order by all",
    ):
        cuts[kind, name] = (*cuts.get((kind, name), ()), group)
    return Parts(np.asarray(found["grp"]), cuts)


def lived(session: Session, boundaries: Boundaries) -> Lived:
    """Return the journeys of the map last walked in this session; each subject's lie together."""
    told = session.arrays("journeys of the ways", _journeys(session, boundaries))
    found = session.arrays(
        "steps of the ways",
        "select journey, coalesce(place::integer, -1 - touchpoint) as step from trail",
    )
    journey = np.asarray(found["journey"])
    return Lived(
        np.asarray(found["step"]),
        np.flatnonzero(np.diff(journey, prepend=journey[:1] - 1)),
        np.asarray(told["over"]),
        np.asarray(told["subject"]),
    )


def ways(session: Session, boundaries: Boundaries) -> Ways:
    """Return the distinct ways of the map last walked in this session."""
    return distinct(lived(session, boundaries))


def unplanned(session: Session) -> tuple[Unplanned, ...]:
    """Return the nodes inside journeys that nobody drew, those of most people first."""
    rows = session.ask(
        "never planned",
        """with names as (
             select distinct touchpoint_code, touchpoint as name, channel_code, channel as on_
             from nodes),
           met as (select journey, touchpoint, channel, sum(n) as n from stray group by all),
           counted as (
             select touchpoint, channel, sum(n)::bigint as n, count(*) as journeys,
               count(*) filter (single) + count(distinct subject) filter (not single) as people
             from met join journey using (journey) group by touchpoint, channel)
           select name, on_, n, journeys, people
           from counted c join names
             on names.touchpoint_code = c.touchpoint and names.channel_code = c.channel
           order by people desc, n desc, name, on_""",
    )
    return tuple(Unplanned(*row) for row in rows)


def names_of(session: Session) -> dict[int, str]:
    """Return the touchpoint of each code, to say the steps nobody drew."""
    return dict(session.ask("names", "select distinct touchpoint_code, touchpoint from nodes"))


def _journeys(session: Session, boundaries: Boundaries) -> str:
    """Give for each journey whether it completed and nothing can be added to it any more."""
    (until,) = session.one("horizon", "select max(occurred_at) from mark")
    quiet = "true"
    if boundaries.silence_s is not None and until is not None:
        silence = int(boundaries.silence_s * 1e6)
        quiet = f"epoch_us(last_at) + {silence} <= epoch_us({literal(until)})"
    return f"""
        select subject, outcome = 'completed' and ({quiet} or not newest) as over
        from journey order by journey"""


def distinct(journeys: Lived) -> Ways:
    """Return each distinct way once: told apart by a hash, then compared step by step."""
    steps, begins, over = journeys.steps, journeys.begins, journeys.over
    lengths = np.diff(begins, append=len(steps))
    owner = np.repeat(np.arange(len(begins)), lengths)
    nth = np.arange(len(steps)) - begins[owner]
    positions = np.arange(int(lengths.max(initial=0)), dtype=np.uint64)
    for salt in count():
        marks = _mixed(_mixed(positions + np.uint64(salt))[nth] ^ steps.astype(np.uint64))
        sums = np.add.reduceat(marks, begins) if len(begins) else marks
        sums = _mixed(sums + lengths.astype(np.uint64)) ^ over.astype(np.uint64)
        _, first, way, times = np.unique(
            sums, return_index=True, return_inverse=True, return_counts=True
        )
        model = first[way]
        same = (lengths == lengths[model]) & (over == over[model])
        if same.all() and (steps == steps[begins[model][owner] + nth]).all():
            break
    picked = lengths[first]
    starts = np.cumsum(picked) - picked
    at = np.repeat(begins[first] - starts, picked) + np.arange(int(picked.sum()))
    return Ways(steps[at], starts, over[first], times, way, journeys.subject)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers that look like chance (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
