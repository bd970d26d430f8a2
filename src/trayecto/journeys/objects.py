"""
The steps as an object-centric log, OCEL 2.0: JSON, XML or SQLite, as the standard lays them down.

An event is an interaction and its type a node; its objects are the person and the case it was part
of. The published schemas are at ocel-standard.org.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

KINDS = (".jsonocel", ".xmlocel", ".sqlite")

_TEXTS = ("channel", "source", "area", "scale")
_ATTRIBUTES = (*((name, "string") for name in _TEXTS), ("score", "float"))
_QUALIFIER = "of"


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction: *objects* are the ids of whom and what it belongs to."""

    id: str
    type: str
    at: datetime
    attributes: tuple[tuple[str, str | float], ...]
    objects: tuple[str, ...]

    @property
    def time(self) -> str:
        """Return when, in UTC, as ISO 8601."""
        return self.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Log:
    """What is written: the *types* of events, the (id, type) of objects, and the events."""

    types: Sequence[str]
    objects: Callable[[], Iterator[tuple[str, str]]]
    events: Callable[[], Iterator[Event]]


def event_of(row: tuple[Any, ...]) -> Event:
    """Return an event of a row of the export: what, when, its attributes and its objects."""
    interaction, name, at, *values, objects = row
    told = zip((name for name, _ in _ATTRIBUTES), values, strict=True)
    kept = tuple((key, value) for key, value in told if value not in (None, ""))
    return Event(str(interaction), name, at, kept, tuple(objects))


def write(log: Log, kind: str, file: Path) -> None:
    """Write a log as OCEL 2.0 of a kind (`.jsonocel`, `.xmlocel`, `.sqlite`)."""
    if kind == ".sqlite":
        _sqlite(log, file)
        return
    with file.open("w", encoding="utf-8") as out:
        out.writelines(_json(log) if kind == ".jsonocel" else _xml(log))


def _json(log: Log) -> Iterator[str]:
    attributes = [{"name": name, "type": type_} for name, type_ in _ATTRIBUTES]
    types = [{"name": name, "attributes": attributes} for name in log.types]
    kinds = [{"name": name, "attributes": ()} for name in ("person", "case")]
    yield '{"objectTypes": ' + _dumped(kinds) + ',\n"eventTypes": ' + _dumped(types)
    yield ',\n"objects": ['
    for nth, (id_, type_) in enumerate(log.objects()):
        told = {"id": id_, "type": type_, "attributes": [], "relationships": []}
        yield (",\n" if nth else "\n") + _dumped(told)
    yield '],\n"events": ['
    for nth, event in enumerate(log.events()):
        yield (",\n" if nth else "\n") + _dumped({
            "id": event.id,
            "type": event.type,
            "time": event.time,
            "attributes": [{"name": n, "value": v} for n, v in event.attributes],
            "relationships": [
                {"objectId": whose, "qualifier": _QUALIFIER} for whose in event.objects
            ],
        })  # fmt: skip
    yield "]}\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xml(log: Log) -> Iterator[str]:
    declared = "".join(
        f"<attribute name={quoteattr(name)} type={quoteattr(type_)}/>"
        for name, type_ in _ATTRIBUTES
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n<object-types>\n'
    for name in ("person", "case"):
        yield f"<object-type name={quoteattr(name)}><attributes/></object-type>\n"
    yield "</object-types>\n<event-types>\n"
    for name in log.types:
        yield f"<event-type name={_quoted(name)}><attributes>{declared}</attributes></event-type>\n"
    yield "</event-types>\n<objects>\n"
    for id_, type_ in log.objects():
        yield f"<object id={quoteattr(id_)} type={quoteattr(type_)}>"
        yield "<attributes/><objects/></object>\n"
    yield "</objects>\n<events>\n"
    for event in log.events():
        yield f"<event id={quoteattr(event.id)} type={_quoted(event.type)} "
        yield f"time={quoteattr(event.time)}><attributes>"
        for name, value in event.attributes:
            yield f"<attribute name={quoteattr(name)}>{_text(value)}</attribute>"
        yield "</attributes><objects>"
        for whose in event.objects:
            yield f'<relationship object-id={quoteattr(whose)} qualifier="{_QUALIFIER}"/>'
        yield "</objects></event>\n"
    yield "</events>\n</log>\n"


def _quoted(value: str) -> str:
    """Return text as an attribute of XML, without what XML cannot hold."""
    return quoteattr("".join(c for c in value if c >= " " or c in "\t\n"))


def _text(value: str | float) -> str:
    return _quoted(str(value))[1:-1].replace("'", "&apos;")


def _sqlite(log: Log, file: Path) -> None:
    """Write the tables of the standard: what all events share, and a table a type of event."""
    file.unlink(missing_ok=True)
    # A table a type; its name is a number, for two names may differ by their case alone.
    tables = {name: f"t{nth}" for nth, name in enumerate(log.types)}
    columns = ", ".join(
        f"{name} {'REAL' if type_ == 'float' else 'TEXT'}" for name, type_ in _ATTRIBUTES
    )
    with closing(sqlite3.connect(file)) as base:
        base.executescript(
            """create table event (ocel_id TEXT primary key, ocel_type TEXT);
            create table object (ocel_id TEXT primary key, ocel_type TEXT);
            create table event_map_type (ocel_type TEXT primary key, ocel_type_map TEXT);
            create table object_map_type (ocel_type TEXT primary key, ocel_type_map TEXT);
            create table event_object (ocel_event_id TEXT, ocel_object_id TEXT,
              ocel_qualifier TEXT, primary key (ocel_event_id, ocel_object_id, ocel_qualifier));
            create table object_object (ocel_source_id TEXT, ocel_target_id TEXT,
              ocel_qualifier TEXT,
              primary key (ocel_source_id, ocel_target_id, ocel_qualifier));
            create table object_person (ocel_id TEXT, ocel_time TIMESTAMP,
              ocel_changed_field TEXT);
            create table object_case (ocel_id TEXT, ocel_time TIMESTAMP,
              ocel_changed_field TEXT);
            insert into object_map_type values ('person', 'person'), ('case', 'case');"""
        )
        base.executemany("insert into event_map_type values (?, ?)", tables.items())
        for table in tables.values():
            base.execute(
                f"create table event_{table} (ocel_id TEXT primary key, ocel_time TIMESTAMP, "
                f"{columns})"
            )
        _fill(base, log, tables)
        base.commit()


def _fill(base: sqlite3.Connection, log: Log, tables: dict[str, str]) -> None:
    for id_, type_ in log.objects():
        base.execute("insert into object values (?, ?)", (id_, type_))
        base.execute(f"insert into object_{type_} values (?, '1970-01-01 00:00:00', null)", (id_,))
    marks = ", ".join("?" * (len(_ATTRIBUTES) + 2))
    for event in log.events():
        told = dict(event.attributes)
        values = [told.get(name) for name, _ in _ATTRIBUTES]
        base.execute("insert into event values (?, ?)", (event.id, event.type))
        base.execute(
            f"insert into event_{tables[event.type]} values ({marks})",
            (event.id, event.time, *values),
        )
        base.executemany(
            "insert into event_object values (?, ?, ?)",
            [(event.id, whose, _QUALIFIER) for whose in event.objects],
        )
