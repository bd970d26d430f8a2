"""
Files as SQL: each kind of file becomes a query that gives its columns as they came.

CSV and XES columns are texts; Parquet columns keep their types. `__row` numbers the data rows from
1 in file order. What cannot be a file of rows at all is a problem with a way out.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from trayecto.collect import xes
from trayecto.lake.duck import Session, StepFailed
from trayecto.lake.sql import literal
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import NOTHING, Text

ROW = "__row"
LINE = xes.LINE


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
    lines_of: Callable[[set[int], set[int]], Lines] | None = None
    """Find the physical lines of some rows and records; without it a row is its line."""


def _refuse(file: Path, what: Text, way_out: Text = NOTHING) -> TrayectoError:
    return TrayectoError(Problem(what, way_out, file=str(file)))


@contextmanager
def opened(session: Session, file: Path) -> Iterator[Arrivals]:
    """Give the file as arrivals; its temporary copies are gone afterwards."""
    check_readable(file)
    with TemporaryDirectory(prefix="trayecto-") as scratch:
        kind = kind_of(file)
        if kind == "parquet":
            yield _parquet(session, file)
        elif kind == "xes":
            yield _xes(session, file, Path(scratch))
        else:
            yield _csv(file, Path(scratch))


def check_readable(file: Path) -> None:
    """Raise a clear error for what is missing, a folder, empty or not ours to read."""
    if not file.exists():
        raise _refuse(
            file,
            Text(en="There is no such file.", es="No existe ese fichero."),
            Text(en="Check the name and the folder.", es="Comprueba el nombre y la carpeta."),
        )
    if file.is_dir():
        raise _refuse(
            file,
            Text(en="This is a folder, not a file.", es="Esto es una carpeta, no un fichero."),
            Text(en="Name the files in it.", es="Indica los ficheros que contiene."),
        )
    try:
        with file.open("rb") as stream:
            first = stream.read(1)
    except OSError as error:
        raise _refuse(
            file,
            Text(
                en=f"The file cannot be read: {error.strerror}.",
                es=f"No se puede leer el fichero: {error.strerror}.",
            ),
        ) from error
    if not first:
        raise _refuse(file, Text(en="The file is empty.", es="El fichero está vacío."))


def kind_of(file: Path) -> str:
    """Return `parquet`, `xes` or `csv`, by what the file holds and not by its name."""
    head = _head(file)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"SQLite format 3")):
        raise _refuse(
            file,
            Text(
                en="This kind of file cannot be imported.",
                es="Este tipo de fichero no se puede importar.",
            ),
            Text(en="Save it as CSV, Parquet or XES.", es="Guárdalo como CSV, Parquet o XES."),
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "xes"
    is_utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in head and not is_utf16:
        raise _refuse(
            file,
            Text(
                en="This is a binary file, not a table of text.",
                es="Es un fichero binario, no una tabla de texto.",
            ),
            Text(en="Save it as CSV, Parquet or XES.", es="Guárdalo como CSV, Parquet o XES."),
        )
    return "csv"


def _is_gzip(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _open(file: Path) -> IO[bytes]:
    return gzip.open(file, "rb") if _is_gzip(file) else file.open("rb")  # type: ignore[return-value]


def _head(file: Path, size: int = 65_536) -> bytes:
    try:
        with _open(file) as stream:
            return stream.read(size)
    except (OSError, EOFError) as error:
        raise _refuse(
            file,
            Text(
                en="The compressed file is damaged or cut short.",
                es="El fichero comprimido está dañado o incompleto.",
            ),
            Text(en="Export or copy it again.", es="Vuelve a exportarlo o copiarlo."),
        ) from error


def _parquet(session: Session, file: Path) -> Arrivals:
    scan = f"read_parquet({literal(str(file))}, file_row_number = true)"
    try:
        columns = session.columns(f"select * from read_parquet({literal(str(file))})")
    except StepFailed as error:
        raise _refuse(
            file,
            Text(
                en="The Parquet file is damaged or cut short.",
                es="El fichero Parquet está dañado o incompleto.",
            ),
            Text(en="Export or copy it again.", es="Vuelve a exportarlo o copiarlo."),
        ) from error
    sql = f"select * exclude (file_row_number), file_row_number + 1 as {ROW} from {scan}"
    return Arrivals(file, sql, tuple(columns))


def _csv(file: Path, scratch: Path) -> Arrivals:
    readable, notes = _as_utf8(file, scratch)
    delimiter, header = _header(readable, file)
    sql = _read_csv(readable, delimiter)
    columns = tuple((column, "VARCHAR") for column in header)
    broken = "select distinct line as record, csv_line as raw from reject_errors"
    width = len(header)
    return Arrivals(
        file,
        sql,
        columns,
        notes,
        broken,
        lines_of=lambda rows, records: _lines(readable, delimiter, width, rows, records),
    )


def _read_csv(file: Path, delimiter: str) -> str:
    return (
        f"select *, row_number() over () as {ROW} from read_csv({literal(str(file))}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', header = true, "
        "all_varchar = true, store_rejects = true, auto_detect = false, "
        f"columns = {_header_struct(file, delimiter)}, rejects_limit = 0"
        f"{', compression = ' + literal('gzip') if _is_gzip(file) else ''})"
    )


def _header_struct(file: Path, delimiter: str) -> str:
    _, header = _header(file, file, delimiter)
    return "{" + ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header) + "}"


def _as_utf8(file: Path, scratch: Path) -> tuple[Path, tuple[Text, ...]]:
    """Return the file itself when it is UTF-8, or a UTF-8 copy of it."""
    if _decodes(file, "utf-8"):
        return file, ()
    utf16 = _head(file, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if utf16 else "cp1252"
    copy = scratch / "utf8.csv"
    with _open(file) as raw, copy.open("w", encoding="utf-8", newline="") as out:
        for line in io.TextIOWrapper(raw, encoding, errors="replace", newline=""):
            out.write(line)
    said = Text(
        en=f"Read as {encoding}: the file is not UTF-8.",
        es=f"Leído como {encoding}: el fichero no es UTF-8.",
    )
    return copy, (said,)


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with _open(file) as stream:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except (OSError, EOFError):
        _head(file, 1 << 62)  # says that the archive is damaged
    return True


def _header(readable: Path, file: Path, delimiter: str | None = None) -> tuple[str, list[str]]:
    with _open(readable) as raw:
        text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
        first = text.readline(1_000_000)
        chosen = delimiter or max(";,\t|", key=lambda mark: _outside_quotes(first, mark))
        text.seek(0)
        header = next(csv.reader(text, delimiter=chosen), [])
    named = [column.strip() or f"column_{i}" for i, column in enumerate(header, 1)]
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        listed = ", ".join(twice)
        raise TrayectoError(
            Problem(
                Text(
                    en=f"Columns appear more than once: {listed}.",
                    es=f"Hay columnas repetidas: {listed}.",
                ),
                Text(en="Give each column its own name.", es="Da a cada columna un nombre propio."),
                file=str(file),
                line=1,
            )
        )
    return chosen, named


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _lines(readable: Path, delimiter: str, width: int, rows: set[int], records: set[int]) -> Lines:
    """Find physical lines in one pass that only rejected rows pay for."""
    found = Lines({}, {})
    csv.field_size_limit(1 << 30)
    with _open(readable) as raw:
        reader = csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=delimiter)
        row = line = 0
        for record, fields in enumerate(reader, 1):
            if record in records:
                found.of_record[record] = line + 1
            # Blank records and those with another number of fields are no rows.
            if record > 1 and len(fields) == width:
                row += 1
                if row in rows:
                    found.of_row[row] = line + 1
            line = reader.line_num
    return found


def _xes(session: Session, file: Path, scratch: Path) -> Arrivals:
    table = scratch / "xes.csv"
    with _open(file) as stream:
        columns = xes.to_csv(stream, table, name=str(file))
    listed = "{" + ", ".join(f"{literal(c)}: 'VARCHAR'" for c in [LINE, *columns]) + "}"
    scan = (
        f"read_csv({literal(str(table))}, delim = ',', quote = '\"', escape = '\"', "
        f"header = true, all_varchar = true, auto_detect = false, columns = {listed}, "
        "max_line_size = 67108864)"
    )
    sql = (
        f"select * exclude ({LINE}), cast({LINE} as bigint) as {LINE}, "
        f"row_number() over () as {ROW} from {scan}"
    )
    session.columns(sql)
    return Arrivals(file, sql, tuple((column, "VARCHAR") for column in columns), has_line=True)
