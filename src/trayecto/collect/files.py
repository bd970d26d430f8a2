"""
Files as SQL: each kind of file becomes a query that gives its columns as they came.

The kind is told by what the file holds, never by its name. What cannot be a file of rows at all is
a problem with a way out. One module a kind: `delimited` (CSV), `json_rows`, `xlsx`, `xes`, `ocel`.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from trayecto.collect import delimited, json_rows, mending, ocel, ocel_syntax, progress, xes, xlsx
from trayecto.collect.arrivals import LINE, ROW, Arrivals, Lines, cut_short, refuse
from trayecto.collect.mojibake import repaired
from trayecto.collect.streams import head, is_full, metered, unzipped
from trayecto.lake.duck import Session, StepFailed
from trayecto.lake.sql import literal, name
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Tell, Text, tell_nobody

__all__ = ["LINE", "ROW", "Arrivals", "Lines", "kind_of", "opened"]


@contextmanager
def opened(
    session: Session,
    file: Path,
    *,
    sheet: str | None = None,
    tell: Tell = tell_nobody,
) -> Iterator[Arrivals]:
    """Give the file as arrivals; its temporary copies are gone afterwards."""
    check_readable(file)
    opening = Text(en=f"opening {file.name}", es=f"abriendo {file.name}")
    tell(opening)
    meter = progress.meter(tell, opening, size=file.stat().st_size)
    try:
        with TemporaryDirectory(prefix="trayecto-") as folder:
            with metered(meter):
                arrivals = _read(session, file, Path(folder), sheet=sheet)
            with _whole(session, arrivals):
                if arrivals.maybe_misread:
                    with progress.told(session, tell, mending.LOOKING, size=arrivals.size):
                        arrivals = mending.mended(session, arrivals, Path(folder))
                yield arrivals
    except Exception as error:
        if is_full(error):
            raise DiskFull(file) from error
        raise


@contextmanager
def _whole(session: Session, arrivals: Arrivals) -> Iterator[None]:
    """Say that a file is damaged when the engine fails on its rows alone, and not on our SQL."""
    try:
        yield
    except StepFailed as error:
        try:
            session.one("every cell", f"select sum(hash(a)) from ({arrivals.sql}) a")
        except StepFailed:
            raise cut_short(arrivals.file, Text(en="file", es="fichero")) from error
        raise


class DiskFull(TrayectoError):
    """There is no room for the copies or the facts of a file; later there may be."""

    retry = True

    def __init__(self, file: Path | None) -> None:
        super().__init__(_no_room(file) if file else _NO_ROOM)


def _no_room(file: Path) -> Problem:
    return Problem(
        Text(
            en="The disk is full; nothing of this file was added.",
            es="El disco está lleno; no se ha añadido nada de este fichero.",
        ),
        Text(
            en=f"Make room here or in {gettempdir()}, and import it again.",
            es=f"Haz sitio aquí o en {gettempdir()}, y vuelve a importarlo.",
        ),
        file=str(file),
    )


_NO_ROOM = Problem(
    Text(
        en="The disk is full; the facts are in, and people and steps are not up to date yet.",
        es="El disco está lleno; los hechos están, pero personas y pasos aún no están al día.",
    ),
    Text(
        en="Make room; the next question, or “trayecto tidy”, goes on from there.",
        es="Haz sitio; la próxima pregunta, o «trayecto tidy», sigue desde ahí.",
    ),
)


@contextmanager
def with_room() -> Iterator[None]:
    """Say in words when what follows an import finds the disk full."""
    try:
        yield
    except Exception as error:
        if is_full(error) and not isinstance(error, DiskFull):
            raise DiskFull(None) from error
        raise


def _read(session: Session, file: Path, scratch: Path, *, sheet: str | None) -> Arrivals:
    match kind_of(file):
        case "parquet":
            return _parquet(session, file, unzipped(file, scratch))
        case "xlsx":
            return xlsx.arrivals(session, file, scratch, sheet=sheet)
        case "sqlite":
            log = ocel_syntax.from_sqlite(file, unzipped(file, scratch))
            return ocel.arrivals(session, file, scratch, log=log)
        case "xml":
            # XES and OCEL have the same root; only OCEL declares its types of objects first.
            if b"<object-types" in head(file):
                log = ocel_syntax.from_xml(file)
                return ocel.arrivals(session, file, scratch, log=log)
            return xes.arrivals(session, file, scratch)
        case "json":
            return _json(session, file, scratch)
        case _:
            return delimited.arrivals(session, file, scratch)


def check_readable(file: Path) -> None:
    """Raise a clear error for what is missing, a folder, empty or not ours to read."""
    if not file.exists():
        raise refuse(
            file,
            Text(en="There is no such file.", es="No existe ese fichero."),
            Text(en="Check the name and the folder.", es="Comprueba el nombre y la carpeta."),
        )
    if file.is_dir():
        raise refuse(
            file,
            Text(en="This is a folder, not a file.", es="Esto es una carpeta, no un fichero."),
            Text(en="Name the files in it.", es="Indica los ficheros que contiene."),
        )
    if not file.is_file():
        raise refuse(
            file,
            Text(
                en="This is a pipe or a device, not a file.",
                es="Esto es una tubería o un dispositivo, no un fichero.",
            ),
            Text(en="Save it as a file first.", es="Guárdalo antes como fichero."),
        )
    try:
        with file.open("rb") as stream:
            first = stream.read(1)
    except OSError as error:
        raise refuse(
            file,
            Text(
                en=f"The file cannot be read: {error.strerror}.",
                es=f"No se puede leer el fichero: {error.strerror}.",
            ),
        ) from error
    if not first or not head(file, 1):
        raise refuse(file, Text(en="The file is empty.", es="El fichero está vacío."))


_MAGIC = {
    b"PAR1": "parquet",
    b"PK\x03\x04": "xlsx",
    b"SQLite format 3\0": "sqlite",
}
_NEVER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")
_KINDS = "CSV, JSON Lines, Parquet, Excel (.xlsx), XES"


def kind_of(file: Path) -> str:
    """Return `parquet`, `xlsx`, `sqlite`, `xml`, `json` or `csv`, by what the file holds."""
    start = head(file)
    for magic, kind in _MAGIC.items():
        if start.startswith(magic):
            return kind
    if start.startswith(_NEVER):
        raise refuse(
            file,
            Text(
                en="This kind of file cannot be imported.",
                es="Este tipo de fichero no se puede importar.",
            ),
            Text(en=f"Save it as {_KINDS} or OCEL.", es=f"Guárdalo como {_KINDS} u OCEL."),
        )
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        return "xml"
    if text.startswith((b"{", b"[")):
        return "json"
    if _is_binary(start):
        raise refuse(
            file,
            Text(
                en="This is a binary file, not a table of text.",
                es="Es un fichero binario, no una tabla de texto.",
            ),
            Text(en=f"Save it as {_KINDS} or OCEL.", es=f"Guárdalo como {_KINDS} u OCEL."),
        )
    return "csv"


def _is_binary(start: bytes) -> bool:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    # A stray control byte is a damaged text; many are no text. Zeros of UTF-16 do not count.
    strange = sum(start.count(byte) for byte in range(1, 32) if byte not in b"\t\n\r\x0c\x1b")
    zeros = start.count(0)
    is_wide = max(start[0::2].count(0), start[1::2].count(0)) * 4 >= len(start)
    return strange * 20 > len(start) or (zeros * 20 > len(start) and not is_wide)


def _json(session: Session, file: Path, scratch: Path) -> Arrivals:
    if not head(file).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        whole = json_rows.whole_document(file, is_whole=ocel_syntax.is_json)
        if ocel_syntax.is_json(whole):
            return ocel.arrivals(session, file, scratch, log=ocel_syntax.from_json(whole, file))
    return json_rows.arrivals(session, file, scratch)


def _parquet(session: Session, file: Path, readable: Path) -> Arrivals:
    path = literal(str(readable))
    try:
        columns = session.columns(f"select * from read_parquet({path})")
    except StepFailed as error:
        raise cut_short(file, Text(en="Parquet file", es="fichero Parquet")) from error
    names = _names([column for column, _ in columns])
    renamed = ", ".join(
        f"{name(column)} as {name(other)}"
        for (column, _), other in zip(columns, names, strict=True)
    )
    sql = (
        f"select {renamed}, file_row_number + 1 as {ROW} "
        f"from read_parquet({path}, file_row_number = true)"
    )
    kinds = (kind for _, kind in columns)
    return Arrivals(file, sql, tuple(zip(names, kinds, strict=True)), maybe_misread=True)


def _names(columns: list[str]) -> list[str]:
    """Return the names of columns with broken accents put right, each still its own."""
    taken = {column.lower() for column in columns}
    named = []
    for column in columns:
        right = repaired(column)[0]
        free = right == column or right.lower() not in taken
        # The engine's own names stay its own.
        named.append((right if free else column) + "_" * (column.lower() in (ROW, LINE)))
    return named
