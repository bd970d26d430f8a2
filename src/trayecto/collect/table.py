"""Rows that are read one by one (XES, JSON, Excel, OCEL) as a table the engine can ask."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from trayecto.collect.arrivals import LINE, ROW, WRITTEN, Arrivals
from trayecto.collect.mojibake import has_signs
from trayecto.collect.streams import LONGEST_LINE, too_long
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.vocabulary.text import Text


class Table:
    """
    Takes rows as they come, each with its own fields; gives them as arrivals with all columns.

    A context manager, so that its files are closed; they lie in *scratch* and go with it.
    """

    def __init__(self, file: Path, scratch: Path) -> None:
        self._file = file
        self.rows = self._width = 0
        self._ragged = self._misread = False
        self._columns: list[str] = []
        self._place: dict[str, int] = {}
        """Where each field stands in a row, by its name as received."""
        # Names that the engine cannot tell apart, or keeps for itself, are taken from the start.
        self._taken = {ROW, LINE, ""}
        self._narrow, self._wide = scratch / "rows", scratch / "table.csv"
        self._broken = scratch / "broken.csv"
        self._out = self._narrow.open("w", encoding="utf-8", newline="", errors="replace")
        self._aside = self._broken.open("w", encoding="utf-8", newline="", errors="replace")
        self._write = csv.writer(self._out).writerow
        self._set_aside = csv.writer(self._aside, quoting=csv.QUOTE_ALL).writerow

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._out.close()
        self._aside.close()

    def expect(self, fields: Iterable[str]) -> None:
        """Make a column of each field not seen before."""
        for field in fields:
            if field not in self._place:
                column = field
                while column.lower() in self._taken:
                    column += "_"
                self._taken.add(column.lower())
                self._place[field] = len(self._columns)
                self._columns.append(column)

    def add(self, line: int, fields: Mapping[str, str]) -> None:
        """Take one row; a field never seen before becomes a column."""
        if not fields.keys() <= self._place.keys():
            self.expect(fields)
        row = [str(line), *([""] * len(self._columns))]
        for field, value in fields.items():
            if len(value) > LONGEST_LINE:
                raise too_long(self._file, line)
            self._misread = self._misread or has_signs(value)
            row[self._place[field] + 1] = value
        self._ragged = self._ragged or bool(self.rows and len(row) != self._width)
        self._width = len(row)
        self.rows += 1
        self._write(row)

    def set_aside(self, line: int, raw: str) -> None:
        """Take what is no row, verbatim, to be rejected as malformed."""
        self._set_aside([line, raw])

    def arrivals(
        self, session: Session, *, notes: tuple[Text, ...] = (), sparse: bool = False
    ) -> Arrivals:
        """Return all rows taken, under every column that any of them has."""
        self._out.close()
        self._aside.close()
        columns = self._columns
        self._widen(columns)
        rows = self._wide if self._ragged else self._narrow
        sql = (
            f"select * exclude ({LINE}), cast({LINE} as bigint) as {LINE}, "
            f"row_number() over () as {ROW} from {_scan(rows, [LINE, *columns])}"
        )
        session.columns(sql)
        return Arrivals(
            self._file,
            sql,
            tuple((column, "VARCHAR") for column in columns),
            notes,
            broken="select cast(record as bigint) as record, raw from "
            + _scan(self._broken, ["record", "raw"]),
            has_line=True,
            sparse=sparse,
            maybe_misread=self._misread,
        )

    def _widen(self, columns: list[str]) -> None:
        # A column may appear first in the last row, so widths are only known now.
        if not self._ragged:
            return
        with (
            self._narrow.open(encoding="utf-8", newline="") as narrow,
            self._wide.open("w", encoding="utf-8", newline="", errors="replace") as out,
        ):
            csv.field_size_limit(1 << 30)
            writer = csv.writer(out)
            for row in csv.reader(narrow):
                writer.writerow(row + [""] * (len(columns) + 1 - len(row)))


def _scan(file: Path, columns: list[str]) -> str:
    listed = "{" + ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns) + "}"
    return (
        f"read_csv({literal(str(file))}, delim = ',', quote = '\"', escape = '\"', header = false, "
        f"all_varchar = true, auto_detect = false, columns = {listed}, "
        f"max_line_size = {4 * LONGEST_LINE}, {WRITTEN})"
    )
