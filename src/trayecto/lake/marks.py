"""What tables note for those made of them: how far facts were read, and who is who where."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake
from trayecto.lake.tables import PEOPLE

_PRINTS = "prints"


@dataclass(frozen=True, slots=True)
class Moved:
    """
    Who has other facts than when `people` was at a version, and since which of them.

    *batch* is the newest import that `people` had seen then. Who only has later facts is not told.
    """

    people: int
    batch: int
    since: Sequence[tuple[int, datetime]]
    """Persons, each with the moment of the first fact that was theirs or is, and is not both."""


def newest_import(session: Session) -> int:
    """Return the number of the newest import whose facts are in the lake; 0 when there is none."""
    # From the log on: files that hold only older imports need not be opened for it.
    (logged,) = session.one("newest import logged", "select coalesce(max(batch), 0) from batches")
    (newest,) = session.one(
        "newest import",
        f"select coalesce(max(batch), {logged}) from interactions where batch >= {logged}",
    )
    return int(newest)


def fingerprints(lake: Lake) -> dict[int, str]:
    """Return what tells who is who in each bucket: another there, and the number is another."""
    noted: dict[str, str] = json.loads(lake.stamp(PEOPLE).get(_PRINTS, "{}"))
    return {int(place): mark for place, mark in noted.items()}


def noting(prints: Mapping[int, str]) -> dict[str, str]:
    """Return the note by which `people` tells its fingerprints."""
    return {_PRINTS: json.dumps(prints)}
