"""The bytes of a file, compressed or not."""

from __future__ import annotations

import errno
import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from trayecto.collect.arrivals import cut_short, refuse
from trayecto.vocabulary.text import Text

CHUNK = 1 << 20
# The longest line, or cell of a line, that is still somebody's data and not a broken file.
LONGEST_LINE = 16 << 20
# Text of any log shrinks ten to fifty times; a hundred times, and this large, is an attack.
_BOMB_RATIO, _BOMB_SIZE = 100, 1 << 30
_ARCHIVE = Text(en="compressed file", es="fichero comprimido")


def is_gzip(file: Path) -> bool:
    """Tell whether the file is compressed with gzip."""
    with file.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def opened(file: Path) -> IO[bytes]:
    """Return the bytes the file holds, uncompressed as they are read."""
    return gzip.open(file, "rb") if is_gzip(file) else file.open("rb")  # type: ignore[return-value]


def head(file: Path, size: int = 65_536) -> bytes:
    """Return how the file begins; raise when it is a damaged archive."""
    with opened(file) as stream:
        for chunk in chunks(stream, file, size=size):
            return chunk
    return b""


def is_full(error: Exception) -> bool:
    """Tell whether something failed for want of room; engines say so in words only."""
    known = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return known or any(words in str(error) for words in _FULL)


_FULL = tuple(
    words for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    for words in (os.strerror(code), f"(os error {code})")
)  # fmt: skip


@contextmanager
def metered(report: Callable[[float], None]) -> Iterator[None]:
    """Tell *report* how much of a file is read, from 0 to 1, whoever reads it meanwhile."""
    before = _meter.set(report)
    try:
        yield
    finally:
        _meter.reset(before)


# Readers read deep inside parsers of others; a meter handed through all of them would be noise.
_meter: ContextVar[Callable[[float], None] | None] = ContextVar("meter", default=None)


def chunks(stream: IO[bytes], file: Path, *, size: int = CHUNK) -> Iterator[bytes]:
    """Give the bytes piece by piece; a damaged archive and a bomb are refused."""
    packed = file.stat().st_size
    most = max(_BOMB_SIZE, _BOMB_RATIO * packed)
    report, total = _meter.get(), 0
    while True:
        try:
            chunk = stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise cut_short(file, _ARCHIVE) from error
        if not chunk:
            return
        total += len(chunk)
        if total > most:
            raise bomb(file)
        if report:
            report(_place(stream) / packed)
        yield chunk


def _place(stream: IO[bytes]) -> int:
    """Return how far the file on disk is read, compressed or not."""
    packed = getattr(stream, "fileobj", None)
    return int(packed.tell() if packed else stream.tell())


def bomb(file: Path) -> Exception:
    """Return the error for a small file that grows into a huge one."""
    return refuse(
        file,
        Text(
            en="A small compressed file that grows into a huge one: this looks like an attack.",
            es="Un fichero comprimido pequeño que crece hasta ser enorme: parece un ataque.",
        ),
        Text(en="Give it uncompressed if you trust it.", es="Dalo sin comprimir si te fías de él."),
    )


def unzipped(file: Path, scratch: Path) -> Path:
    """Return the file itself, or an uncompressed copy of it in *scratch*."""
    if not is_gzip(file):
        return file
    copy = scratch / "unzipped"
    with opened(file) as stream, copy.open("wb") as out:
        for chunk in chunks(stream, file):
            out.write(chunk)
    return copy


def lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Give each line with its number, from 1; one longer than any data is refused."""
    with opened(file) as stream:
        number, rest = 0, b""
        for chunk in chunks(stream, file):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                number += 1
                yield number, line
            if len(rest) > LONGEST_LINE:
                raise too_long(file, number + 1)
        if rest:
            yield number + 1, rest


def too_long(file: Path, line: int) -> Exception:
    """Return the error for a line that is longer than any data is."""
    megabytes = LONGEST_LINE >> 20
    return refuse(
        file,
        Text(
            en=f"This line is longer than {megabytes} MB.",
            es=f"Esta línea pasa de {megabytes} MB.",
        ),
        Text(
            en="Look there for a quote never closed, or lines without ends; export it again.",
            es="Busca ahí unas comillas sin cerrar o líneas sin final, y vuelve a exportarlo.",
        ),
        line=line,
    )
