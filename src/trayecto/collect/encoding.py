"""Text as UTF-8, whatever it was written in, with what a person should know about it."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trayecto.collect.mojibake import SIGNS
from trayecto.collect.streams import LONGEST_LINE, chunks, head, lines, opened, too_long
from trayecto.vocabulary.text import Text, number

_SPANISH = "áéíóúñüÁÉÍÓÚÑÜ¿¡ªº€çÇàèòïÀÈÒ"
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
_UNDEFINED = "trayecto-undefined"


def _kept(error: UnicodeError) -> tuple[str, int]:
    # Windows-1252 leaves five bytes undefined; as control characters they are not lost.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_UNDEFINED, _kept)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes of a text file tells."""

    is_utf8: bool
    utf16: str | None
    """Which UTF-16 it is, when it is one."""
    longest: int
    """Bytes of the longest line."""
    null_line: int | None
    """The first line with a NUL byte."""
    quotes: int
    misread: bool
    """Whether some bytes look like words read in the wrong encoding."""
    lines: int | None
    """How many lines end in a line feed, or with the file; None where lines may end otherwise."""
    is_mixed: bool
    """Whether lines may end in more than one way: with a line feed, a return, or both."""
    is_classic: bool
    """Whether more lines end with a carriage return alone than otherwise."""


def survey(file: Path) -> Survey:
    """Look at every byte once."""
    utf16 = _utf16(head(file))
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, misread, null_line = True, False, None
    line, since, longest, quotes, tail = 1, 0, 0, 0, b""
    alone = both = 0  # carriage returns that no line feed follows, and those that one does
    with opened(file) as stream:
        for chunk in chunks(stream, file):
            is_utf8 = is_utf8 and _goes_on(decoder, chunk)
            misread = misread or bool(SIGNS.search(tail + chunk))
            if null_line is None and not utf16 and (place := chunk.find(b"\0")) >= 0:
                null_line = line + chunk.count(b"\n", 0, place)
            quotes += chunk.count(b'"')
            if b"\r" in chunk or tail.endswith(b"\r"):
                across = tail.endswith(b"\r") and chunk.startswith(b"\n")
                pairs = chunk.count(b"\r\n")
                both += pairs + across
                alone += chunk.count(b"\r") - pairs - across
            if (last := chunk.rfind(b"\n")) < 0:
                since += len(chunk)
            else:
                longest = max(longest, since + chunk.find(b"\n"))
                since = len(chunk) - last - 1
                line += chunk.count(b"\n")
            if since > LONGEST_LINE:
                raise too_long(file, line)
            tail = chunk[-8:]
    is_utf8 = is_utf8 and _goes_on(decoder, b"", final=True)
    told = None if alone or utf16 else line - (not since)
    ways = (alone > 0, both > 0, line - 1 > both)
    return Survey(
        is_utf8, utf16, max(longest, since), null_line, quotes, misread, told,
        is_mixed=bool(utf16) or sum(ways) > 1, is_classic=alone >= line,
    )  # fmt: skip


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _utf16(start: bytes) -> str | None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without its mark: every second byte of Western text is zero.
    evens, odds = start[0::2].count(0), start[1::2].count(0)
    if max(evens, odds) * 4 < len(start):
        return None
    return "utf-16-le" if odds > evens else "utf-16-be"


def as_utf8(file: Path, scratch: Path, *, seen: Survey) -> tuple[Path, tuple[Text, ...]]:
    """Return the file itself when it is UTF-8, or a copy of it that is."""
    if seen.is_utf8 and not seen.utf16:
        return file, ()
    copy, foreign = scratch / "utf8.csv", 0
    other = "utf-8" if seen.is_utf8 else _likeliest(file)
    with copy.open("w", encoding="utf-8", newline="", errors="replace") as out:
        for text, was_foreign in _texts(file, seen, other):
            foreign += was_foreign
            out.write(text)
    return copy, tuple(_said(seen, other, foreign))


def with_one_end(file: Path, scratch: Path, *, seen: Survey) -> tuple[Path, tuple[Text, ...]]:
    """
    Return a copy whose lines all end with a line feed.

    A return alone ends a line where most do so; elsewhere it strayed into a cell, and is a space.
    """
    copy, strayed = scratch / "one-end.csv", 0
    with copy.open("wb") as out:
        for _, line in lines(file):
            line = line.rstrip(b"\r")
            strayed += line.count(b"\r")
            out.write(line.replace(b"\r", b"\n" if seen.is_classic else b" ") + b"\n")
    return copy, (_strayed(strayed),) if strayed and not seen.is_classic else ()


def _strayed(returns: int) -> Text:
    return Text(
        en=f"Carriage returns inside lines, read as spaces: {number(returns, 'en')}.",
        es=f"Retornos de carro dentro de las líneas, leídos como espacios: "
        f"{number(returns, 'es')}.",
    )


def _texts(file: Path, seen: Survey, other: str) -> Iterator[tuple[str, bool]]:
    if seen.utf16:
        with opened(file) as raw:
            for line in io.TextIOWrapper(raw, seen.utf16, errors="replace", newline=""):
                yield line.removeprefix("\ufeff"), False
        return
    for _, raw_line in lines(file):
        # Line by line: systems append to files that others began.
        try:
            yield raw_line.decode("utf-8") + "\n", False
        except UnicodeDecodeError:
            yield raw_line.decode(other, _UNDEFINED) + "\n", True


def _likeliest(file: Path) -> str:
    seen: Counter[int] = Counter()
    with opened(file) as stream:
        for chunk in chunks(stream, file):
            seen.update(byte for byte in chunk if byte > 0x7F)

    def spanish(encoding: str) -> int:
        return sum(
            count if bytes([byte]).decode(encoding, "replace") in _SPANISH else -count
            for byte, count in seen.items()
        )

    return max(("cp1252", "mac_roman"), key=spanish)


def _said(seen: Survey, other: str, foreign: int) -> Iterator[Text]:
    if seen.utf16:
        yield Text(en="Read as UTF-16.", es="Leído como UTF-16.")
    if foreign:
        name = _NAMES[other]
        yield Text(
            en=f"Lines that are not UTF-8, read as {name}: {foreign}.",
            es=f"Líneas que no son UTF-8, leídas como {name}: {foreign}.",
        )


def put_right(words: int) -> Text:
    """Say how many words were put right."""
    return Text(
        en=f"Words with broken accents put right (TelÃ©fono → Teléfono): {words}.",
        es=f"Palabras con acentos rotos corregidas (TelÃ©fono → Teléfono): {words}.",
    )
