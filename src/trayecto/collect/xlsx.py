"""
Excel books (.xlsx): one sheet as a table, each cell as its value.

Formulas are never evaluated: the value that Excel saved with them is taken, and their number said.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from html import unescape
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from trayecto.collect.arrivals import Arrivals, only_once, refuse
from trayecto.collect.headless import HEADLESS, begins_with_row, numbered
from trayecto.collect.streams import CHUNK, bomb, is_full, unzipped
from trayecto.collect.table import Table
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Text, WayOut

# A book of a million full rows inflates to less; XML shrinks about ten times, rarely fifty.
_LONGEST_LIST = 1 << 20
_SHEET, _ATTRIBUTE = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>"), re.compile(r'(\w+)="([^"]*)"')
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)
"""How reading a damaged archive fails."""
_LARGEST, _SUSPICIOUS, _RATIO = 4 << 30, 200 << 20, 100


def arrivals(session: Session, file: Path, scratch: Path, *, sheet: str | None = None) -> Arrivals:
    """Return the rows of one sheet: the one named, or the first that holds any."""
    readable = unzipped(file, scratch)
    has_formulas = _inspected(readable, file)
    try:
        with Table(file, scratch) as table:
            notes = tuple(_read(readable, file, table, sheet=sheet, has_formulas=has_formulas))
            return table.arrivals(session, notes=notes)
    except TrayectoError:
        raise
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError, *_DAMAGE) as error:
        if is_full(error):
            raise
        raise _no_book(file) from error


def sheet_names(file: Path) -> tuple[str, ...]:
    """
    Return the sheets of a book, in its order; none where the file does not say.

    Only the book's list of contents is read, and no more of it than a list can be.
    """
    try:
        with zipfile.ZipFile(file) as book, book.open("xl/workbook.xml") as stream:
            listed = stream.read(_LONGEST_LIST).decode("utf-8", "replace")
    except (KeyError, *_DAMAGE):
        return ()
    found = (dict(_ATTRIBUTE.findall(sheet)) for sheet in _SHEET.findall(listed))
    return tuple(unescape(sheet["name"]) for sheet in found if "name" in sheet)


def _inspected(readable: Path, file: Path) -> bool:
    """Refuse bombs of both kinds by what the book says and is; tell whether it has formulas."""
    formulas = False
    try:
        with zipfile.ZipFile(readable) as book:
            parts = book.infolist()
            if "[Content_Types].xml" not in book.namelist():
                raise _no_book(file)
            if "word/document.xml" in book.namelist():
                raise _a_letter(file)
            _bounded(sum(part.file_size for part in parts), readable, file)
            inflated = 0
            for part in parts:
                with book.open(part) as stream:
                    tail = b""
                    while chunk := stream.read(CHUNK):
                        inflated += len(chunk)
                        _bounded(inflated, readable, file)
                        # UTF-16 would hide the words between zeros.
                        seen = tail + chunk.replace(b"\0", b"")
                        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                            raise _entities(file)
                        is_sheet = part.filename.startswith("xl/worksheets/")
                        formulas = formulas or (is_sheet and bool(re.search(rb"<f[ >/]", seen)))
                        tail = seen[-16:]
    except _DAMAGE as error:
        # Damaged, locked by a password, or packed in a way no spreadsheet packs.
        raise _no_book(file) from error
    return formulas


def _bounded(size: int, readable: Path, file: Path) -> None:
    packed = readable.stat().st_size
    if size > _LARGEST or (size > _SUSPICIOUS and size > _RATIO * packed):
        raise bomb(file)


def _read(
    readable: Path, file: Path, table: Table, *, sheet: str | None, has_formulas: bool
) -> Iterator[Text]:
    book = _loaded(readable, values=True)
    try:
        chosen = _chosen(book, file, sheet)
        yield from _others(book.sheetnames, chosen, sheet)
        values = _rows(book[chosen])
        first = list(islice(values, 3))
        if headless := begins_with_row([_written(cells) for _, cells in first]):
            yield HEADLESS
            header = numbered(max((_filled(cells) for _, cells in first), key=len))
        else:
            header = _header(first, file)
        table.expect(header)
        for number, cells in chain(first if headless else first[1:], values):
            named = zip(_names(header), _written(cells), strict=False)
            row = {column: text for column, text in named if text}
            if row:
                table.add(number, row)
        if has_formulas:
            yield from _formulas(readable, chosen, book)
    finally:
        book.close()


def _loaded(readable: Path, *, values: bool) -> Any:
    # Imported here: it takes a tenth of a second that only books are worth.
    import openpyxl

    # As bytes, not by name: openpyxl refuses a book that is called anything else.
    return openpyxl.load_workbook(
        io.BytesIO(readable.read_bytes()), read_only=True, data_only=values
    )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # The size a book states for its sheets is often wrong.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(cell is not None for cell in cells):
            yield number, cells


def _chosen(book: Any, file: Path, sheet: str | None) -> str:
    names = [s.title for s in book.worksheets]
    if sheet is not None:
        if sheet in names:
            return sheet
        raise refuse(
            file,
            Text(
                en=f"The book has no sheet “{sheet}”.",
                es=f"El libro no tiene ninguna hoja «{sheet}».",
            ),
            Text(en=f"There are: {', '.join(names)}.", es=f"Hay: {', '.join(names)}."),
            field="--sheet",
        )
    # A cover has a line or two of words; rows stand below a first row.
    for least in (2, 1):
        for name in names:
            first = islice(_rows(book[name]), least)
            if book[name].sheet_state == "visible" and len(list(first)) == least:
                return str(name)
    raise refuse(file, Text(en="The book holds no rows.", es="El libro no tiene filas."))


def _others(names: Sequence[str], chosen: str, asked: str | None) -> Iterator[Text]:
    others = [name for name in names if name != chosen]
    if others and asked is None:
        listed = ", ".join(others)
        said = Text(
            en=f"Sheet “{chosen}” was read. The book has others too: {listed}.",
            es=f"Se ha leído la hoja «{chosen}». El libro tiene más: {listed}.",
        )
        yield WayOut(
            en=f"{said.en} To read one of them, name it with --sheet.",
            es=f"{said.es} Para leer otra, di cuál con --sheet.",
            page=Text(
                en=f"{said.en} Choose one of them below, if it is another you want.",
                es=f"{said.es} Si es otra la que quieres, elígela abajo.",
            ),
        )


def _header(first: Sequence[tuple[int, tuple[Any, ...]]], file: Path) -> list[str]:
    if not first:
        return []
    line, cells = first[0]
    header = [_text(cell).strip() or f"column_{i}" for i, cell in enumerate(_filled(cells), 1)]
    only_once(file, header, line=line)
    return header


def _filled(cells: Sequence[Any]) -> Sequence[Any]:
    """Return the cells up to the last that holds something."""
    return cells[: max(i for i, cell in enumerate(cells, 1) if cell is not None)]


def _names(header: Sequence[str]) -> Iterator[str]:
    # What stands beyond the named columns is kept too.
    return chain(header, (f"column_{i}" for i in count(len(header) + 1)))


def _formulas(readable: Path, chosen: str, values: Any) -> Iterator[Text]:
    written = _loaded(readable, values=False)
    formulas = unsaved = 0
    try:
        values[chosen].reset_dimensions()
        written[chosen].reset_dimensions()
        for cells, saved in zip(written[chosen].iter_rows(), values[chosen].iter_rows(),
                                strict=False):  # fmt: skip
            for cell, value in zip(cells, saved, strict=False):
                if cell.data_type == "f":
                    formulas += 1
                    unsaved += value.value is None
    finally:
        written.close()
    if formulas:
        yield Text(
            en=f"Cells with formulas: {formulas}. They are not computed; the values saved with "
            "them are taken.",
            es=f"Celdas con fórmulas: {formulas}. No se calculan; se toman los valores guardados "
            "con ellas.",
        )
    if unsaved:
        yield Text(
            en=f"Formulas saved without a value, left empty: {unsaved}. Open the book in a "
            "spreadsheet and save it.",
            es=f"Fórmulas guardadas sin valor, que quedan vacías: {unsaved}. Abre el libro en una "
            "hoja de cálculo y guárdalo.",
        )


def _written(cells: Sequence[Any]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    """
    Return the value of a cell as it would stand in a table of text.

    >>> _text(datetime(2026, 3, 1, 10)), _text(600112233.0), _text(7.5), _text(True), _text(None)
    ('2026-03-01T10:00:00', '600112233', '7.5', 'true', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)


def _no_book(file: Path) -> TrayectoError:
    return refuse(
        file,
        Text(
            en="This is no sound Excel book and cannot be imported.",
            es="Esto no es un libro de Excel en buen estado y no se puede importar.",
        ),
        Text(
            en="Save it again as .xlsx without a password, or as CSV.",
            es="Guárdalo otra vez como .xlsx sin contraseña, o como CSV.",
        ),
    )


def _a_letter(file: Path) -> TrayectoError:
    return refuse(
        file,
        Text(
            en="This is a Word document, whatever its name ends in; it holds no table to import.",
            es="Esto es un documento de Word, acabe como acabe su nombre; no trae una tabla que "
            "importar.",
        ),
        Text(
            en="Export the data from its system as CSV or Excel, or paste the table into a sheet.",
            es="Exporta los datos de su sistema como CSV o Excel, o pega la tabla en una hoja.",
        ),
    )


def _entities(file: Path) -> TrayectoError:
    return refuse(
        file,
        Text(
            en="The book declares XML entities, which a book never needs and an attack does.",
            es="El libro declara entidades XML: un libro no las necesita y un ataque sí.",
        ),
        NOTHING,
    )
