"""What every reader gives: a file as a query, with what must be known to trust it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import NOTHING, Text

ROW = "__row"
LINE = "__line"
NEW_LINE = {"\r\n": r"'\r\n'", "\n": r"'\n'", "\r": r"'\r'"}
"""The ends of a line, as the engine is told of them: it would believe the first in any cell."""
WRITTEN = f"new_line = {NEW_LINE[csv.excel.lineterminator]}"
"""How the lines of a table end that Python wrote."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The physical line on which each row, and each record (header and blanks too), starts."""

    of_row: dict[int, int]
    of_record: dict[int, int]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """One file, ready to be asked: *sql* gives its columns and `__row`."""

    file: Path
    sql: str
    columns: tuple[tuple[str, str], ...]
    """Name and SQL type of each column of the file, in its order."""
    notes: tuple[Text, ...] = ()
    broken: str | None = None
    """SQL that, after *sql* ran, gives (record, raw) of records that are no rows."""
    has_line: bool = False
    """Whether the rows carry their own `__line`."""
    sparse: bool = False
    """Whether a missing cell means that the row has no such field, not that it is empty."""
    lines_of: Callable[[set[int], set[int], int], Lines] | None = None
    """
    Find the physical lines of some rows and records, given how many rows were read; without it a
    row is its line.
    """
    maybe_misread: bool = False
    """Whether some cells may hold words read in a wrong encoding, still to be put right."""
    as_came: str = ""
    """SQL of the rows before any cell was put right; empty when none was."""

    @property
    def size(self) -> int:
        """The size of the file in bytes; 0 when the rows are no file's."""
        return self.file.stat().st_size if self.file.is_file() else 0


def refuse(
    file: Path,
    what: Text,
    way_out: Text = NOTHING,
    *,
    line: int | None = None,
    field: str | None = None,
) -> TrayectoError:
    """Return the error that says why a whole file cannot be read, and the way out."""
    return TrayectoError(Problem(what, way_out, file=str(file), line=line, field=field))


def cut_short(file: Path, kind: Text, *, line: int | None = None) -> TrayectoError:
    """Return the error for a file that begins well and then is not what it said."""
    return refuse(
        file,
        Text(
            en=f"The {kind.en} is damaged or cut short.",
            es=f"El {kind.es} está dañado o incompleto.",
        ),
        Text(en="Export or copy it again.", es="Vuelve a exportarlo o copiarlo."),
        line=line,
    )


def only_once(file: Path, header: list[str], *, line: int = 1) -> None:
    """Raise when a header names a column twice: which of them was meant nobody knows."""
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        listed = ", ".join(twice)
        raise refuse(
            file,
            Text(
                en=f"Columns appear more than once: {listed}.",
                es=f"Hay columnas repetidas: {listed}.",
            ),
            Text(en="Give each column its own name.", es="Da a cada columna un nombre propio."),
            line=line,
            field=twice[0],
        )
