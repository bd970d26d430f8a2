"""
Object-centric event logs (OCEL 2.0 and 1.0) as a table: one row an event, its objects beside it.

Every type of object is a column `ocel:type:<type>` that a mapping may take as the case; all objects
of an event, with their attributes as they were then, are in `ocel:objects`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from trayecto.collect.arrivals import Arrivals
from trayecto.collect.table import Table
from trayecto.lake.duck import Session
from trayecto.vocabulary.text import Text

EVENT, ACTIVITY, TIME = "ocel:eid", "ocel:activity", "ocel:timestamp"
OBJECTS, TYPE = "ocel:objects", "ocel:type:"


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of the log, with the values its attributes took: (since, name, value)."""

    type: str
    values: list[tuple[str, str, str]] = field(default_factory=list)

    def at(self, time: str) -> dict[str, str]:
        """Return the attributes as they were at *time*."""
        return {name: value for since, name, value in sorted(self.values) if since <= time}


@dataclass(frozen=True, slots=True)
class Event:
    """An event with the objects it touched: (object, qualifier)."""

    id: str
    type: str
    time: str
    values: dict[str, str]
    touched: Sequence[tuple[str, str]]
    line: int


@dataclass(frozen=True, slots=True)
class Ocel:
    """A whole log, in any of its syntaxes."""

    events: Sequence[Event]
    objects: dict[str, Thing]
    between: int = 0
    """How many relations there are between objects."""

    @property
    def relations(self) -> int:
        """How many times an event touches an object."""
        return sum(len(event.touched) for event in self.events)


def moment(written: str) -> str:
    """
    Return a time in one spelling, whatever the syntax of the log.

    >>> moment("2022-01-09 15:00:00"), moment("2022-01-09T15:00:00Z"), moment("soon")
    ('2022-01-09T15:00:00', '2022-01-09T15:00:00+00:00', 'soon')
    """
    try:
        return datetime.fromisoformat(written.strip()).isoformat()
    except ValueError:
        return written


def arrivals(session: Session, file: Path, scratch: Path, *, log: Ocel) -> Arrivals:
    """Return the events of a log, one row each."""
    with Table(file, scratch) as table:
        for event in log.events:
            table.add(event.line, _row(event, log.objects))
        return table.arrivals(session, notes=_notes(log), sparse=True)


def _row(event: Event, objects: dict[str, Thing]) -> dict[str, str]:
    row = {EVENT: event.id, ACTIVITY: event.type, TIME: event.time}
    touched = []
    for named, qualifier in event.touched:
        thing = objects.get(named, _UNKNOWN)
        # The first object of a type stands for the event when that type is the case.
        row.setdefault(TYPE + thing.type, named)
        told = {"id": named, "type": thing.type, "qualifier": qualifier}
        touched.append({k: v for k, v in told.items() if v} | _attributes(thing, event.time))
    if touched:
        row[OBJECTS] = json.dumps(touched, ensure_ascii=False)
    for name, value in event.values.items():
        row[name if name not in row else f"{name}_"] = value
    return row


_UNKNOWN = Thing("unknown")


def _attributes(thing: Thing, time: str) -> dict[str, dict[str, str]]:
    values = thing.at(time)
    return {"attributes": values} if values else {}


def _notes(log: Ocel) -> tuple[Text, ...]:
    n = (len(log.events), len(log.objects), log.relations)
    notes = [
        Text(
            en=f"OCEL: {n[0]} events, {n[1]} objects, {n[2]} relations between them.",
            es=f"OCEL: {n[0]} eventos, {n[1]} objetos, {n[2]} relaciones entre ellos.",
        )
    ]
    if log.between:
        notes.append(
            Text(
                en=f"Relations between objects, not kept: {log.between}. "
                "An interaction knows its own objects only.",
                es=f"Relaciones entre objetos, que no se guardan: {log.between}. "
                "Una interacción solo conoce sus propios objetos.",
            )
        )
    several: Counter[str] = Counter()
    for event in log.events:
        types = Counter(log.objects.get(named, _UNKNOWN).type for named, _ in event.touched)
        several.update(kind for kind, count in types.items() if count > 1)
    notes += [
        Text(
            en=f"Events with several objects of type “{kind}”: {count}. "
            "As a case, the first one counts.",
            es=f"Eventos con varios objetos de tipo «{kind}»: {count}. "
            "Como caso cuenta el primero.",
        )
        for kind, count in sorted(several.items())
    ]
    return tuple(notes)
