"""
The ways people went through a map: each distinct way once, with how many journeys took it.

Reads the temporary tables `trail` and `journey` that `walk` leaves in its session. Ways are
numbered in numpy: 10 M steps in journeys are half a million ways of twenty steps, too many rows
for Python and too many lists for a group-by.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from trayecto.journeys.walked import Boundaries
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


def ways(session: Session, boundaries: Boundaries) -> Ways:
    """Return the distinct ways of the map last walked in this session."""
    step, journey = _steps(session, "")
    if len(journey) and (np.diff(journey) < 0).any():
        step, journey = _steps(session, "order by subject, position")
    journeys = session.arrays("journeys of the ways", _journeys(session, boundaries))
    order = np.argsort(journeys["journey"], kind="stable")
    begins = np.flatnonzero(np.diff(journey, prepend=journey[:1] - 1))
    return _distinct(
        step, begins, np.asarray(journeys["over"])[order], np.asarray(journeys["subject"])[order]
    )


def unplanned(session: Session) -> tuple[Unplanned, ...]:
    """Return the nodes inside journeys that nobody drew, those of most people first."""
    rows = session.ask(
        "never planned",
        """with names as (
             select distinct touchpoint_code, touchpoint, channel_code, channel from nodes)
           select n.touchpoint, n.channel, count(*), count(distinct journey),
                  count(distinct subject)
           from trail t join names n
             on n.touchpoint_code = t.touchpoint and n.channel_code = t.channel
           where inside and place is null group by all order by 5 desc, 3 desc, 1, 2""",
    )
    return tuple(Unplanned(*row) for row in rows)


def names_of(session: Session) -> dict[int, str]:
    """Return the touchpoint of each code, to say the steps nobody drew."""
    return dict(session.ask("names", "select distinct touchpoint_code, touchpoint from nodes"))


def _steps(session: Session, order: str) -> tuple[NDArray[np.int32], Ints]:
    found = session.arrays(
        "steps of the ways",
        f"""select journey::bigint as journey, coalesce(place, -1 - touchpoint)::integer as step
            from trail where inside {order}""",
    )
    return np.asarray(found["step"]), np.asarray(found["journey"])


def _journeys(session: Session, boundaries: Boundaries) -> str:
    """Give for each journey whether it completed and nothing can be added to it any more."""
    (until,) = session.one("horizon", "select max(occurred_at) from trail")
    quiet = "true"
    if boundaries.silence_s is not None and until is not None:
        silence = int(boundaries.silence_s * 1e6)
        quiet = f"epoch_us(last_at) + {silence} <= epoch_us({literal(until)})"
    return f"""
        select journey::bigint as journey, subject::bigint as subject,
               outcome = 'completed' and ({quiet} or journey < max(journey) over
                 (partition by subject)) as over
        from journey"""


def _distinct(
    steps: NDArray[np.int32], begins: Ints, over: NDArray[np.bool_], subject: Ints
) -> Ways:
    """Return each distinct way once: told apart by a hash, then compared step by step."""
    lengths = np.diff(begins, append=len(steps))
    owner = np.repeat(np.arange(len(begins)), lengths)
    nth = np.arange(len(steps)) - begins[owner]
    for salt in count():
        marks = _mixed(_mixed(nth.astype(np.uint64) + np.uint64(salt)) ^ steps.astype(np.uint64))
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
    return Ways(steps[at], starts, over[first], times, way, subject)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers that look like chance (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
