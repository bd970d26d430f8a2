"""
CSV: the separator told by the data, the encoding by the bytes, broken lines by their number.

All columns are texts. The engine reads the file itself where it is sound UTF-8, else a copy.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from trayecto.collect import encoding, ocel, ocel_syntax
from trayecto.collect.arrivals import LINE, NEW_LINE, ROW, Arrivals, Lines, only_once, refuse
from trayecto.collect.headless import HEADLESS, begins_with_row, numbered
from trayecto.collect.mojibake import repaired
from trayecto.collect.streams import is_gzip, lines, opened
from trayecto.lake.duck import Session, StepFailed
from trayecto.lake.sql import literal
from trayecto.vocabulary.text import Text

_MARKS = ";,\t|"
_SAMPLE = 100
# The engine's own limit of a line; its memory grows with it.
_LINE = 2 << 20
_END = "\0end of the file"


def arrivals(session: Session, file: Path, scratch: Path) -> Arrivals:
    """Return the rows of a CSV file."""
    seen = encoding.survey(file)
    readable, notes = encoding.as_utf8(file, scratch, seen=seen)
    delimiter = _delimiter(readable)
    headed = not begins_with_row(_first_rows(readable, delimiter))
    header = (
        _header(readable, delimiter, file)
        if headed
        else numbered(next(_records(readable, delimiter)))
    )
    if seen.null_line:
        raise _null(file, seen.null_line, delimiter, header)
    if seen.quotes % 2 and not seen.utf16:
        _check_quotes(readable, delimiter, header, file)
    if ocel_syntax.is_csv(header):
        log = ocel_syntax.from_csv(readable, delimiter)
        return ocel.arrivals(session, file, scratch, log=log)
    reading = partial(_read_csv, delimiter, header, headed=headed, longest=seen.longest)
    sql = reading(readable, end=_end(readable, delimiter))
    if seen.is_mixed and not _is_read(session, sql):
        readable, said = encoding.with_one_end(readable, scratch, seen=seen)
        notes, sql = (*notes, *said), reading(readable, end="\n")
    width = len(header)
    return Arrivals(
        file,
        sql,
        tuple((column, "VARCHAR") for column in header),
        notes if headed else (*notes, HEADLESS),
        broken="select distinct line as record, csv_line as raw from reject_errors",
        lines_of=lambda rows, records, read: (
            _each_a_line(rows, records, headed=headed)
            if seen.lines == headed + read + len(records)
            else _lines(readable, delimiter, width, rows, records, headed=headed)
        ),
        maybe_misread=seen.misread or readable != file,
    )


def _first_rows(readable: Path, delimiter: str) -> Iterator[list[str]]:
    records = _records(readable, delimiter)
    # The first line counts though it be empty: names may be missing, and rows may have gaps.
    yield next(records, [])
    yield from (record for record in records if record)


def _read_csv(
    delimiter: str, header: list[str], file: Path, *, end: str, headed: bool, longest: int
) -> str:
    # How it is packed is told, too: the engine would believe the name of the file.
    columns = "{" + ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header) + "}"
    return (
        f"select *, row_number() over () as {ROW} from read_csv({literal(str(file))}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', "
        f"header = {str(headed).lower()}, new_line = {NEW_LINE[end]}, "
        "all_varchar = true, store_rejects = true, auto_detect = false, "
        f"columns = {columns}, rejects_limit = 0"
        f"{f', max_line_size = {2 * longest}' if longest > _LINE else ''}"
        f", compression = {literal('gzip' if is_gzip(file) else 'none')})"
    )


def _is_read(session: Session, sql: str) -> bool:
    """Tell whether the engine reads a file to its end: it gives up where rows end in two ways."""
    looking = sql.replace("store_rejects = true", "ignore_errors = true")
    try:
        session.one("rows to the end", f"select count(*) from ({looking})")
    except StepFailed:
        return False
    return True


def _end(readable: Path, delimiter: str) -> str:
    """Return how the first record ends; the engine alone would take the first end in a cell."""
    read: list[str] = []

    def kept(text: Iterable[str]) -> Iterator[str]:
        for line in text:
            read.append(line)
            yield line

    with opened(readable) as raw:
        text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
        next(csv.reader(kept(text), delimiter=delimiter), None)
    last = read[-1] if read else ""
    return next((end for end in NEW_LINE if last.endswith(end)), "\n")


def _records(readable: Path, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    with opened(readable) as raw:
        text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
        yield from csv.reader(text, delimiter=delimiter)


def _delimiter(readable: Path) -> str:
    """Return the separator that cuts the header and the rows below into as many fields."""

    def agreement(mark: str) -> tuple[float, int, int]:
        widths = [len(record) for record in islice(_records(readable, mark), _SAMPLE) if record]
        if not widths or widths[0] < 2:
            return 0, 0, 0
        same = Counter(widths)[widths[0]] / len(widths)
        # Two in three agree: then the widest header is the truest, else the most agreed.
        return (1, widths[0], 0) if same > 2 / 3 else (same, widths[0], 0)

    return max(_MARKS, key=agreement) if any(agreement(m)[0] for m in _MARKS) else ","


def _header(readable: Path, delimiter: str, file: Path) -> list[str]:
    record = next(_records(readable, delimiter), [])
    if not any(column.strip() for column in record):
        raise refuse(
            file,
            Text(
                en="The first line must name the columns, and it is empty.",
                es="La primera línea debe dar nombre a las columnas y está vacía.",
            ),
            line=1,
        )
    named = [repaired(column.strip())[0] or f"column_{i}" for i, column in enumerate(record, 1)]
    only_once(file, named)
    taken, header = {ROW, LINE}, []
    for column in named:
        # The engine does not tell `userId` from `userid`; both are kept.
        while column.lower() in taken:
            column += "_"
        taken.add(column.lower())
        header.append(column)
    return header


def _null(file: Path, line: int, delimiter: str, header: list[str]) -> Exception:
    raw = next(raw for number, raw in lines(file) if number == line)
    before = raw[: raw.index(b"\0")].decode("utf-8", "replace")
    field = len(next(csv.reader([before], delimiter=delimiter), [""]))
    return refuse(
        file,
        Text(
            en="A NUL byte: the file is damaged, or not text.",
            es="Un byte nulo (NUL): el fichero está dañado o no es texto.",
        ),
        Text(en="Export it again.", es="Vuelve a exportarlo."),
        line=line,
        field=header[field - 1] if field <= len(header) else None,
    )


def _check_quotes(readable: Path, delimiter: str, header: list[str], file: Path) -> None:
    """Raise when the last quote is never closed: it would swallow the rest of the file."""
    csv.field_size_limit(1 << 30)
    with opened(readable) as raw:
        text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
        reader = csv.reader(chain(text, ["\n", _END]), delimiter=delimiter)
        line, start, record = 0, 1, [_END]
        for found in reader:
            record, start, line = found, line + 1, reader.line_num
    if _END in record[-1] and record != [_END]:
        raise refuse(
            file,
            Text(
                en="A quote opens in this row and is never closed.",
                es="En esta fila se abren unas comillas que no se cierran.",
            ),
            Text(
                en="Close it, or double it if it is text.", es="Ciérralas, o dóblalas si son texto."
            ),
            line=start,
            field=header[len(record) - 1] if len(record) <= len(header) else None,
        )


def _each_a_line(rows: set[int], records: set[int], *, headed: bool) -> Lines:
    """
    Give the lines of a file of as many lines as records: every record is one line, none is blank.

    >>> _each_a_line({1, 2, 3}, {3}, headed=True).of_row
    {1: 2, 2: 4, 3: 5}
    """
    # How many rows stand before each record that is no row.
    before = [record - headed - 1 - place for place, record in enumerate(sorted(records))]
    of_row = {row: headed + row + bisect_right(before, row - 1) for row in rows}
    return Lines(of_row, {record: record for record in records})


def _lines(
    readable: Path,
    delimiter: str,
    width: int,
    rows: set[int],
    records: set[int],
    *,
    headed: bool,
) -> Lines:
    """Find physical lines in one pass, which takes a minute a gigabyte."""
    found = Lines({}, {})
    csv.field_size_limit(1 << 30)
    with opened(readable) as raw:
        reader = csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=delimiter)
        row = line = 0
        for record, fields in enumerate(reader, 1):
            if record in records:
                found.of_record[record] = line + 1
            # Blank records and those with another number of fields are no rows.
            if record > headed and len(fields) == width:
                row += 1
                if row in rows:
                    found.of_row[row] = line + 1
            line = reader.line_num
    return found
