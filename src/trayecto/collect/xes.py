"""
XES event logs (IEEE 1849) as a table: one row an event, its case's attributes beside it.

Case attributes carry the prefix `case:`, as analysts know them from pm4py.
"""

from __future__ import annotations

from pathlib import Path

from trayecto.collect.arrivals import Arrivals, refuse
from trayecto.collect.markup import Attributes, Reader
from trayecto.collect.table import Table
from trayecto.lake.duck import Session
from trayecto.vocabulary.text import Text

_ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id"}


def arrivals(session: Session, file: Path, scratch: Path) -> Arrivals:
    """Return the events of a log; what is XML but no XES is refused."""
    with Table(file, scratch) as table:
        events = _Events(table)
        events.read(file)
        if not events.found:
            raise refuse(
                file,
                Text(
                    en="This XML is not an XES log nor an OCEL.",
                    es="Este XML no es un registro XES ni OCEL.",
                ),
                Text(
                    en="Its root must be <log> with <trace> and <event>.",
                    es="Su raíz debe ser <log>, con <trace> y <event>.",
                ),
            )
        return table.arrivals(session)


class _Events:
    """The state of one pass over the file."""

    def __init__(self, table: Table) -> None:
        self.found = False
        self._table = table
        self._case: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._in_trace = False
        self._depth = 0
        """How deep inside an attribute: nested attributes are details of their parent."""
        self._line = 0

    def read(self, file: Path) -> None:
        """Make every event a row of the table."""
        self._reader = Reader(self._start, self._end)
        self._reader.read(file)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "log":
            self.found = True
        elif tag == "trace":
            self._in_trace, self._case = True, {}
        elif tag == "event":
            self._event, self._line = {}, self._reader.line
        elif tag in _ATTRIBUTES and "key" in attributes:
            self._depth += 1
            if self._depth == 1 and self._in_trace:
                self._note(attributes["key"], attributes.get("value", ""))

    def _note(self, key: str, value: str) -> None:
        if self._event is not None:
            self._event[key] = value
        else:
            self._case[f"case:{key}"] = value

    def _end(self, tag: str) -> None:
        if tag in _ATTRIBUTES and self._depth:
            self._depth -= 1
        elif tag == "event" and self._event is not None:
            self._table.add(self._line, {**self._event, **self._case})
            self._event = None
        elif tag == "trace":
            self._in_trace = False
