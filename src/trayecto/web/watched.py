"""Maps watched: what moved on each from one period to the next, as far as it is known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

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
    since: date | None = None
    """The first day of the later one."""
    approved: bool = False
    """Whether that day is when the map was approved."""


def last_week(versions: dict[int, Version], maps: Sequence[Map]) -> dict[int, Moved | None]:
    """Return what moved on each map in the last week of data, by the map's id."""
    return _known("week", WEEK, versions, maps)


def drifts(versions: dict[int, Version], maps: Sequence[Map]) -> dict[int, Moved | None]:
    """Return what moved on each map since it was approved, or of late, by the map's id."""
    return _known("drift", None, versions, maps)


def _known(
    kind: str, length: timedelta | None, versions: dict[int, Version], maps: Sequence[Map]
) -> dict[int, Moved | None]:
    state = (libraries_version(), flow.data_version(workspace()))
    approved = _approvals(maps) if length is None else {}
    found: dict[int, Moved | None] = {}
    for each in maps:
        day = approved.get(each.id)
        kept = _compared(each, kind, length, day, (versions[each.id].number, day, *state))
        found[each.id] = kept.answer if kept else None
    return found


def _approvals(maps: Sequence[Map]) -> dict[int, date]:
    """Return when somebody last approved a version of each map here, by the map's id."""
    made = Version.objects.filter(map__in=[each.id for each in maps], approved_at__isnull=False)
    last = made.order_by().values_list("map").annotate(at=Max("approved_at"))
    return {each: at.astimezone(workspace().zone).date() for each, at in last}


def _compared(
    map: Map, kind: str, length: timedelta | None, approved: date | None, state: Hashable
) -> Kept[Moved] | None:
    place = workspace()

    def work() -> Moved:
        try:
            found = watching.drift(place, file_of(map), length=length, approved=approved)
        except TrayectoError as error:
            return Moved(error.problems[0].what if error.problems else NOTHING)
        compared, when = found.drift.sides is not None, found.drift.periods
        return Moved(
            found.period(), found.words(), found.moved(), compared,
            when.turn.date() if when else None, bool(when and when.approved),
        )  # fmt: skip

    return keeper.glance((kind, map.id), state, work)
