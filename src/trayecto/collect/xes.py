"""
XES event logs (IEEE 1849) as a table: one row an event, its case's attributes beside it.

Case attributes carry the prefix `case:`, as analysts know them from pm4py. The file is read as a
stream; entities are refused, so that a small file cannot grow into a large one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

LINE = "__line"
_ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id"}


def to_csv(stream: IO[bytes], target: Path, *, name: str) -> list[str]:
    """
    Write the events to *target* and return the columns found, in order of appearance.

    The first column of *target* is `__line`, the line of the event in the XES file.
    """
    events = _Events()
    rows = target.with_suffix(".rows")
    with rows.open("w", encoding="utf-8", newline="") as out:
        events.read(stream, csv.writer(out), name)
    columns = list(events.columns)
    # A column may appear first in the last event, so widths are only known now.
    with (
        rows.open(encoding="utf-8", newline="") as narrow,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow([LINE, *columns])
        for row in csv.reader(narrow):
            writer.writerow(row + [""] * (len(columns) + 1 - len(row)))
    return columns


class _Writer(Protocol):
    def writerow(self, row: Sequence[str], /) -> object: ...


class _Events:
    """The state of one pass over the file."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self._case: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._in_trace = False
        self._depth = 0
        """How deep inside an attribute: nested attributes are details of their parent."""
        self._line = 0
        self._found = False

    def read(self, stream: IO[bytes], writer: _Writer, name: str) -> None:
        """Feed the whole file to the parser; every event becomes a row of *writer*."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity
        self._parser, self._writer = parser, writer
        try:
            while chunk := stream.read(1 << 20):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise TrayectoError(
                Problem(
                    Text(
                        en="The XML is broken or cut short here.",
                        es="El XML está roto o incompleto aquí.",
                    ),
                    Text(en="Export the log again.", es="Vuelve a exportar el registro."),
                    file=name,
                    line=error.lineno,
                )
            ) from error
        except (OSError, EOFError) as error:
            raise TrayectoError(
                Problem(
                    Text(
                        en="The compressed file is damaged or cut short.",
                        es="El fichero comprimido está dañado o incompleto.",
                    ),
                    file=name,
                )
            ) from error
        if not self._found:
            raise TrayectoError(
                Problem(
                    Text(en="This XML is not an XES log.", es="Este XML no es un registro XES."),
                    Text(
                        en="Its root must be <log> with <trace> and <event>.",
                        es="Su raíz debe ser <log>, con <trace> y <event>.",
                    ),
                    file=name,
                )
            )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "log":
            self._found = True
        elif tag == "trace":
            self._in_trace, self._case = True, {}
        elif tag == "event":
            self._event, self._line = {}, self._parser.CurrentLineNumber
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
            self._write({**self._event, **self._case})
            self._event = None
        elif tag == "trace":
            self._in_trace = False

    def _write(self, event: dict[str, str]) -> None:
        for key in event:
            self.columns.setdefault(key, len(self.columns))
        row = [str(self._line), *([""] * len(self.columns))]
        for key, value in event.items():
            row[self.columns[key] + 1] = value
        self._writer.writerow(row)

    def _entity(self, *_: object) -> None:
        raise TrayectoError(
            Problem(
                Text(
                    en="The XML declares entities, which a log never needs and an attack does.",
                    es="El XML declara entidades: un registro no las necesita y un ataque sí.",
                ),
                Text(en="Export the log again.", es="Vuelve a exportar el registro."),
                line=self._parser.CurrentLineNumber,
            )
        )
