"""Maps and questions as pages need them: worked out once, kept, and measured anew in the back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trayecto import flow, measuring
from trayecto.vocabulary.errors import TrayectoError
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Map, Version
from trayecto.web.shelf import file_of, workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days a page is about; the last is not included."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """A map measured, or why it cannot be."""

    live: measuring.LiveMap | None
    stopped: TrayectoError | None


def live_map(map: Map, version: Version, asked: Asked) -> Kept[Live]:
    """Return a version of a map as measured on the workspace's data."""
    place = workspace()
    period = flow.days(place, since=asked.since, until=asked.until)

    def work() -> Live:
        try:
            return Live(measuring.measure(place, file_of(map), period=period, cuts=True), None)
        except TrayectoError as error:
            return Live(None, error)

    state = (version.number, flow.data_version(place))
    return keeper.get(("map", map.id, asked), state, work)
