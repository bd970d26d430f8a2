"""Maps as pages need them: measured once, for whom and when a page is about, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trayecto import flow, measuring
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import Text
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Map, Version
from trayecto.web.shelf import file_of, workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days and whose journeys a page is about; the last day is not included."""

    since: date | None = None
    until: date | None = None
    persona: str = ""
    segment: str = ""
    channel: str = ""

    @property
    def anything(self) -> bool:
        """Tell whether anything was chosen."""
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Live:
    """A map measured, or why it cannot be."""

    live: measuring.LiveMap | None
    stopped: TrayectoError | None


def checked_map(map: Map, version: Version) -> flow.Checked:
    """Return a version of a map as read, and what is wrong with it; read once."""
    file = file_of(map)
    # Maps and libraries beside it are part of it: a file put in their place changes the folder.
    state = (version.number, file.parent.stat().st_mtime_ns)
    return keeper.get(("checked", map.id), state, lambda: flow.check(file), wait=True).answer


def live_map(map: Map, version: Version, asked: Asked) -> Kept[Live]:
    """Return a version of a map as measured on the workspace's data."""
    place = workspace()
    period = flow.days(place, since=asked.since, until=asked.until)
    try:
        rule = whose(checked_map(map, version), asked)
    except TrayectoError as error:
        return Kept(Live(None, error), updating=False)

    def work() -> Live:
        try:
            live = measuring.measure(
                place, file_of(map), period=period, people=rule, channel=asked.channel, cuts=True
            )
        except TrayectoError as error:
            return Live(None, error)
        return Live(live, None)

    state = (version.number, flow.data_version(place))
    # The rule is part of the question: an edited segment is another one.
    return keeper.get(("map", map.id, asked, rule), state, work)


def whose(checked: flow.Checked, asked: Asked) -> Rule:
    """Return the rule over customers that was chosen; refuse a persona that is not there."""
    rule: Rule = ()
    if asked.persona and checked.journey_map is not None:
        personas = measuring.personas_of(checked.journey_map)
        if asked.persona not in personas:
            raise TrayectoError(Problem(_NO_PERSONA, _CHOOSE_ANOTHER))
        rule = personas[asked.persona].rule
    return rule + (flow.segment(workspace(), asked.segment).rule if asked.segment else ())


_NO_PERSONA = Text(
    en="The map has no such persona any more, or it has lost its rule.",
    es="El mapa ya no tiene esa persona, o ha perdido su regla.",
)
_CHOOSE_ANOTHER = Text(en="Choose another above.", es="Elige otra arriba.")
