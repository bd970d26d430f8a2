"""Maps watched: what moved on each from one period to the next, as far as it is known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from trayecto import flow, watching
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Text
from trayecto.web.documents import libraries_version
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Map, Version
from trayecto.web.shelf import file_of, workspace

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed on a map from one period to the next: the dates and all, and what *moved*."""

    period: Text
    words: tuple[Text, ...] = ()
    moved: tuple[Text, ...] = ()
    compared: bool = False
    """Whether there were two periods to compare."""


def last_week(versions: dict[int, Version], maps: Sequence[Map]) -> dict[int, Moved | None]:
    """Return what moved on each map in the last week of data, by the map's id."""
    return _known("week", WEEK, versions, maps)


def drifts(versions: dict[int, Version], maps: Sequence[Map]) -> dict[int, Moved | None]:
    """Return what moved on each map since it was approved, by the map's id."""
    return _known("drift", None, versions, maps)


def _known(
    kind: str, length: timedelta | None, versions: dict[int, Version], maps: Sequence[Map]
) -> dict[int, Moved | None]:
    state = (libraries_version(), flow.data_version(workspace()))
    found: dict[int, Moved | None] = {}
    for each in maps:
        kept = _compared(each, kind, length, (versions[each.id].number, *state))
        found[each.id] = kept.answer if kept else None
    return found


def _compared(map: Map, kind: str, length: timedelta | None, state: Hashable) -> Kept[Moved] | None:
    place = workspace()

    def work() -> Moved:
        try:
            found = watching.drift(place, file_of(map), length=length)
        except TrayectoError as error:
            return Moved(error.problems[0].what if error.problems else NOTHING)
        compared = found.drift.sides is not None
        return Moved(found.period(), found.words(), found.moved(), compared)

    return keeper.glance((kind, map.id), state, work)
