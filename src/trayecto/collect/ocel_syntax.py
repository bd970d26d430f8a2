"""The syntaxes of an object-centric log (JSON, XML, SQLite, pm4py's CSV): each gives one log."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from trayecto.collect import json_rows
from trayecto.collect.arrivals import cut_short, refuse
from trayecto.collect.markup import Attributes, Reader
from trayecto.collect.ocel import ACTIVITY, EVENT, TIME, TYPE, Event, Ocel, Thing, moment
from trayecto.collect.streams import opened
from trayecto.lake.sql import name
from trayecto.vocabulary.text import Text


def is_json(found: dict[str, Any]) -> bool:
    """Tell whether a JSON document is an object-centric log."""
    return "ocel:events" in found or {"events", "objects", "eventTypes"} <= found.keys()


def from_json(found: dict[str, Any], file: Path) -> Ocel:
    """Return the log in a JSON document, version 2.0 or 1.0."""
    try:
        return _json_1(found) if "ocel:events" in found else _json_2(found)
    except (KeyError, TypeError, AttributeError) as error:
        raise refuse(
            file,
            Text(en=f"This OCEL lacks a field: {error}.", es=f"A este OCEL le falta: {error}."),
            Text(en="Export it again.", es="Vuelve a exportarlo."),
        ) from error


def _json_2(found: dict[str, Any]) -> Ocel:
    objects = {
        str(o["id"]): Thing(
            str(o["type"]),
            [
                (moment(a.get("time", "")), a["name"], json_rows.text_of(a["value"]))
                for a in o.get("attributes") or ()
                if a["value"] is not None
            ],
        )
        for o in found["objects"]
    }
    events = [
        Event(
            str(e["id"]),
            str(e["type"]),
            moment(e["time"]),
            {
                a["name"]: json_rows.text_of(a["value"])
                for a in e.get("attributes") or ()
                if a["value"] is not None
            },
            [(str(r["objectId"]), r.get("qualifier") or "") for r in e.get("relationships") or ()],
            row,
        )
        for row, e in enumerate(found["events"], 1)
    ]
    return Ocel(events, objects, sum(len(o.get("relationships") or ()) for o in found["objects"]))


def _json_1(found: dict[str, Any]) -> Ocel:
    objects = {
        key: Thing(o["ocel:type"], [("", k, v) for k, v in _flat(o.get("ocel:ovmap")).items()])
        for key, o in found["ocel:objects"].items()
    }
    events = [
        Event(
            key, e["ocel:activity"], moment(e["ocel:timestamp"]), _flat(e.get("ocel:vmap")),
            [(touched, "") for touched in e["ocel:omap"]], row,
        )
        for row, (key, e) in enumerate(found["ocel:events"].items(), 1)
    ]  # fmt: skip
    return Ocel(events, objects)


def _flat(values: dict[str, Any] | None) -> dict[str, str]:
    return json_rows.flat(values or {})


def from_xml(file: Path) -> Ocel:
    """Return the log in an XML file, version 2.0."""
    return _Xml().log(file)


class _Xml:
    """The state of one pass over the file."""

    def __init__(self) -> None:
        self._objects: dict[str, Thing] = {}
        self._events: list[Event] = []
        self._between = 0
        self._thing: Thing | None = None
        self._event: tuple[Event, list[tuple[str, str]]] | None = None
        self._attribute: Attributes | None = None
        self._said: list[str] = []

    def log(self, file: Path) -> Ocel:
        self._reader = Reader(self._start, self._end, self._said.append)
        try:
            self._reader.read(file)
        except KeyError as missing:
            raise refuse(
                file,
                Text(
                    en=f"This OCEL lacks the attribute {missing}.",
                    es=f"A este OCEL le falta el atributo {missing}.",
                ),
                line=self._reader.line,
            ) from missing
        return Ocel(self._events, self._objects, self._between)

    def _start(self, tag: str, found: Attributes) -> None:
        if tag == "object":
            self._thing = self._objects[found["id"]] = Thing(found["type"])
        elif tag == "event":
            touched: list[tuple[str, str]] = []
            self._event = (
                Event(found["id"], found["type"], moment(found["time"]), {}, touched,
                      self._reader.line),
                touched,
            )  # fmt: skip
        elif tag in ("relationship", "relobj"):
            link = (found["object-id"], found.get("qualifier", ""))
            if self._event:
                self._event[1].append(link)
            else:
                self._between += 1
        elif tag == "attribute" and (self._event or self._thing):
            self._attribute = found
            self._said.clear()

    def _end(self, tag: str) -> None:
        if tag == "attribute" and self._attribute is not None:
            said, attribute = "".join(self._said), self._attribute
            if self._event and said:
                self._event[0].values[attribute["name"]] = said
            elif self._thing and said:
                since = moment(attribute.get("time", ""))
                self._thing.values.append((since, attribute["name"], said))
            self._attribute = None
        elif tag == "object":
            self._thing = None
        elif tag == "event" and self._event:
            self._events.append(self._event[0])
            self._event = None


def from_sqlite(file: Path, readable: Path) -> Ocel:
    """Return the log in an SQLite file, version 2.0; *readable* is the file uncompressed."""
    try:
        with closing(sqlite3.connect(f"{readable.absolute().as_uri()}?mode=ro", uri=True)) as base:
            # A view is a program; only what is stored is read.
            tables = {
                n for (n,) in base.execute("select name from sqlite_master where type='table'")
            }
            needed = {"event", "object", "event_object", "event_map_type", "object_map_type"}
            if not needed <= tables:
                raise refuse(
                    file,
                    Text(
                        en="This SQLite file is no OCEL; it lacks the tables "
                        f"{', '.join(sorted(needed - tables))}.",
                        es="Este SQLite no es un OCEL; le faltan las tablas "
                        f"{', '.join(sorted(needed - tables))}.",
                    ),
                )
            return _sqlite(base, tables)
    except sqlite3.DatabaseError as error:
        raise cut_short(file, Text(en="SQLite file", es="fichero SQLite")) from error


def _sqlite(base: sqlite3.Connection, tables: set[str]) -> Ocel:
    listed = base.execute("select ocel_id, ocel_type from object order by rowid")
    objects = {str(key): Thing(str(kind)) for key, kind in listed}
    for row in _typed(base, "object_map_type", "object", tables):
        thing, time = objects.get(str(row.pop("ocel_id"))), moment(str(row.pop("ocel_time") or ""))
        row.pop("ocel_changed_field", None)
        if thing:
            thing.values.extend((time, key, str(v)) for key, v in row.items() if v is not None)
    touched: dict[str, list[tuple[str, str]]] = {}
    for event, thing_touched, qualifier in base.execute(
        "select ocel_event_id, ocel_object_id, ocel_qualifier from event_object order by rowid"
    ):
        touched.setdefault(str(event), []).append((str(thing_touched), str(qualifier or "")))
    details = {
        str(row.pop("ocel_id")): row for row in _typed(base, "event_map_type", "event", tables)
    }
    events = []
    for number, (key, kind) in enumerate(
        base.execute("select ocel_id, ocel_type from event order by rowid"), 1
    ):
        row = details.get(str(key), {})
        time = moment(str(row.pop("ocel_time", None) or ""))
        values = {column: str(value) for column, value in row.items() if value is not None}
        events.append(Event(str(key), str(kind), time, values, touched.get(str(key), []), number))
    between = 0
    if "object_object" in tables:
        (between,) = base.execute("select count(*) from object_object").fetchone()
    return Ocel(events, objects, between)


def _typed(
    base: sqlite3.Connection, map_table: str, kind: str, tables: set[str]
) -> Iterator[dict[str, Any]]:
    for (suffix,) in base.execute(f"select ocel_type_map from {map_table}").fetchall():
        if (table := f"{kind}_{suffix}") in tables:
            found = base.execute(f"select * from {name(table)} order by rowid")
            columns = [column[0] for column in found.description]
            for row in found:
                yield dict(zip(columns, row, strict=True))


def is_csv(header: list[str]) -> bool:
    """Tell whether a CSV is an object-centric log as pm4py writes it."""
    return {EVENT, ACTIVITY, TIME} <= set(header) and any(c.startswith(TYPE) for c in header)


def from_csv(readable: Path, delimiter: str) -> Ocel:
    """Return the log in a CSV whose cells are lists of objects: `['o1', 'o2']`."""
    objects: dict[str, Thing] = {}
    events = []
    with opened(readable) as raw:
        reader = csv.DictReader(
            io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=delimiter, restval=""
        )
        line = 2
        for row in reader:
            touched = []
            for column in (c for c in row if c and c.startswith(TYPE)):
                for quoted in re.findall(r"'[^']*'|\"[^\"]*\"", row[column] or ""):
                    objects.setdefault(quoted[1:-1], Thing(column.removeprefix(TYPE)))
                    touched.append((quoted[1:-1], ""))
            core = {EVENT, ACTIVITY, TIME}
            values = {
                column: value for column, value in row.items()
                if column and value and column not in core and not column.startswith(TYPE)
            }  # fmt: skip
            events.append(
                Event(row[EVENT], row[ACTIVITY], moment(row[TIME]), values, touched, line)
            )
            line = reader.line_num + 1
    return Ocel(events, objects)
