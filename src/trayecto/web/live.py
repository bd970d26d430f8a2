"""Maps and questions as pages need them: worked out once, kept, and measured anew in the back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from trayecto import flow, measuring
from trayecto.measuring import Reading
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import Language, Text
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Map, Version
from trayecto.web.shelf import file_of, workspace
from trayecto.workspace import Workspace

_nth = count()
Beside = tuple[Path, ...]
"""The documents that a map names beside itself."""


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
    """A map measured, or why it cannot be; *nth* tells one measuring from the next."""

    live: measuring.LiveMap | None
    stopped: TrayectoError | None
    nth: int = field(default_factory=lambda: next(_nth), compare=False)


def live_map(map: Map, version: Version, asked: Asked) -> Kept[Live]:
    """Return a version of a map as measured on the workspace's data."""
    place = workspace()
    state = (texts_beside(map, version), flow.data_version(place))
    try:
        rule = whose(checked(map, version), asked)
    except TrayectoError as error:
        return Kept(Live(None, error), updating=False)
    # The rule is part of the question: an edited segment is another one.
    return keeper.get(("map", map.id, asked, rule), state, _measuring(place, map, asked, rule))


def whose(found: flow.Checked, asked: Asked) -> Rule:
    """Return the rule over customers that was chosen; refuse a persona that is not there."""
    rule: Rule = ()
    if asked.persona and found.journey_map is not None:
        personas = measuring.personas_of(found.journey_map)
        if asked.persona not in personas:
            raise TrayectoError(Problem(_NO_PERSONA, _CHOOSE_ANOTHER))
        rule = personas[asked.persona].rule
    return rule + (flow.segment(workspace(), asked.segment).rule if asked.segment else ())


_NO_PERSONA = Text(
    en="The map has no such persona any more, or it has lost its rule.",
    es="El mapa ya no tiene esa persona, o ha perdido su regla.",
)
_CHOOSE_ANOTHER = Text(en="Choose another above.", es="Elige otra arriba.")


def live_maps_if_known(versions: Sequence[tuple[Map, Version]]) -> dict[int, Kept[Live] | None]:
    """Return the same of many, by the map's id; what is not known is measured in the back."""
    place = workspace()
    data = flow.data_version(place)
    found: dict[int, Kept[Live] | None] = {}
    for each, version in versions:
        found[each.id] = None
        beside = keeper.glance(*_beside(each, version))
        if beside is not None:
            state = ((version.number, _changes(beside.answer)), data)
            work = _measuring(place, each, Asked(), ())
            found[each.id] = keeper.glance(("map", each.id, Asked(), ()), state, work)
    return found


def _measuring(place: Workspace, map: Map, asked: Asked, rule: Rule) -> Callable[[], Live]:
    """Return how a map is measured."""
    period = flow.days(place, since=asked.since, until=asked.until)

    def work() -> Live:
        try:
            live = measuring.measure(
                place, file_of(map), period=period, people=rule, channel=asked.channel, cuts=True
            )
        except TrayectoError as error:
            return Live(None, error)
        return Live(live, None)

    return work


def checked(map: Map, version: Version) -> flow.Checked:
    """Return what is wrong with a map as it stands, and the map itself when it is one."""
    return keeper.now(
        ("checked", map.id), texts_beside(map, version), lambda: flow.check(file_of(map))
    )  # fmt: skip


def designed_picture(map: Map, version: Version, *, language: Language) -> str:
    """Return the map as it was drawn, without measures."""
    return keeper.now(
        ("designed", map.id, language), texts_beside(map, version),
        lambda: flow.draw(file_of(map), language=language),
    )  # fmt: skip


def live_picture(
    map: Map, found: Live, asked: Asked, *, language: Language, newer: Version | None = None
) -> str:
    """Return a measured map as a picture; on a *newer* text until that is measured itself."""
    live = _on(map, found, newer)
    return keeper.now(
        ("live", map.id, asked, language), (found.nth, newer.number if newer else None),
        lambda: measuring.live_picture(live, language=language),
    )  # fmt: skip


def live_reading(
    map: Map, found: Live, asked: Asked, *, language: Language, newer: Version | None = None
) -> Reading:
    """Return the same in words, stage by stage."""
    live = _on(map, found, newer)
    return keeper.now(
        ("live in words", map.id, asked, language), (found.nth, newer.number if newer else None),
        lambda: measuring.live_reading(live, language=language),
    )  # fmt: skip


def _on(map: Map, found: Live, newer: Version | None) -> measuring.LiveMap:
    """Return what was measured of a map, on its *newer* text where there is one."""
    assert found.live is not None
    drawn = checked(map, newer).journey_map if newer else None
    return measuring.on_newer_text(found.live, drawn) if drawn is not None else found.live


def designed_reading(map: Map, version: Version, *, language: Language) -> Reading:
    """Return the map as it was drawn in words, without measures."""
    drawn = checked(map, version).journey_map
    assert drawn is not None
    return keeper.now(
        ("designed in words", map.id, language), texts_beside(map, version),
        lambda: measuring.designed_reading(drawn, language=language),
    )  # fmt: skip


def texts_beside(map: Map, version: Version) -> Hashable:
    """Return what changes when the text of a map does, or of anything it names beside itself."""
    return version.number, _changes(keeper.now(*_beside(map, version)))


def _beside(map: Map, version: Version) -> tuple[Hashable, Hashable, Callable[[], Beside]]:
    return ("beside", map.id), version.number, lambda: flow.documents_beside(file_of(map))


def _changes(beside: Beside) -> tuple[int, ...]:
    return tuple(_changed(file) for file in beside)


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
