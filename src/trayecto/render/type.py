"""Letters: how wide words are, where lines break, and the shipped fonts themselves."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

Weight = Literal[400, 600]

FAMILY = "Inter, 'Helvetica Neue', Arial, sans-serif"
ELLIPSIS = "…"

_FONTS = Path(__file__).parent / "fonts"
_FACES = (
    ("Inter-Regular", 400, "normal"),
    ("Inter-SemiBold", 600, "normal"),
    ("Inter-Italic", 400, "italic"),
)
_BREAK_AFTER = "-/_.·–—"
_BEFORE_A_UNIT = re.compile(r"(?<=\d) (?=(?:\d{3}|%|d|h|min|s|y|años)(?!\w))|(?<=\bn) (?=\d)")


@cache
def _advances() -> dict[int, dict[str, int]]:
    """Return the width of each letter by weight, in thousandths of an em."""
    runs = json.loads((_FONTS / "widths.json").read_text("utf-8"))
    return {
        int(weight): {
            chr(int(first, 16) + place): wide
            for first, wides in of_weight.items()
            for place, wide in enumerate(wides)
        }
        for weight, of_weight in runs.items()
    }


@cache
def _elsewhere(letter: str) -> int:
    """Return a generous width for a letter our fonts lack, which another font will draw."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 1300 if unicodedata.category(letter) in ("So", "Sk") else 1000


@lru_cache(maxsize=32_768)
def _thousandths(words: str, weight: int) -> int:
    known = _advances()[weight]
    return sum(known[c] if c in known else _elsewhere(c) for c in words)


def width(words: str, size: float, *, weight: Weight = 400) -> float:
    """
    Return how wide *words* are in px at *size*, upright or italic; never too little.

    >>> round(width("Alta de fibra", 16), 1), width("👍", 10)
    (93.6, 13.0)
    """
    return _thousandths(words, weight) * size / 1000


def wrap(
    words: str,
    size: float,
    max_width: float,
    *,
    weight: Weight = 400,
    max_lines: int | None = None,
) -> list[str]:
    """
    Return *words* in lines no wider than *max_width* px; no words, no lines.

    A word too long for a line is broken, with a hyphen where a syllable may end; a figure is
    not parted from its unit. What does not fit in *max_lines* ends in an ellipsis.

    >>> wrap("Correo de bienvenida", 12, 80)
    ['Correo de', 'bienvenida']
    """
    words = _BEFORE_A_UNIT.sub("\u00a0", words)
    room = max_width * 1000 / size
    space = _thousandths(" ", weight)
    lines: list[str] = []
    line, taken = "", 0
    for word in filter(None, words.split(" ")):
        wide = _thousandths(word, weight)
        if line and taken + space + wide <= room:
            line, taken = f"{line} {word}", taken + space + wide
            continue
        if line:
            lines.append(line)
        line, taken = word, wide
        if wide > room:
            *broken_off, line = _broken(word, size, max_width, weight=weight)
            lines += broken_off
            taken = _thousandths(line, weight)
    if line:
        lines.append(line)
    if max_lines is None or len(lines) <= max_lines:
        return lines
    last = fit(" ".join(lines[max_lines - 1 :]), size, max_width, weight=weight)
    return [*lines[: max_lines - 1], last]


def wrap_evenly(words: str, size: float, max_width: float, *, weight: Weight = 400) -> list[str]:
    """
    Return *words* in as few lines as `wrap`, but lines alike: no last word alone on its line.

    >>> wrap_evenly("Nadie lo dibujó y 684 lo hacen", 12, 170)
    ['Nadie lo dibujó', 'y 684 lo hacen']
    """
    lines = wrap(words, size, max_width, weight=weight)
    narrow, wide = max_width / 2, max_width
    if len(lines) < 2:
        return lines
    longest = max(width(word, size, weight=weight) for word in words.split(" "))
    narrow = max(narrow, min(longest, max_width))
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(wrap(words, size, middle, weight=weight)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return wrap(words, size, wide, weight=weight)


def fit(words: str, size: float, max_width: float, *, weight: Weight = 400) -> str:
    """
    Return *words* on one line, cut with an ellipsis where they are too long.

    >>> fit("Correo de bienvenida", 12, 80)
    'Correo de b…'
    """
    if width(words, size, weight=weight) <= max_width:
        return words
    room = max_width - width(ELLIPSIS, size, weight=weight)
    kept = words[: _letters_that_fit(words, size, room, weight=weight)]
    return kept.rstrip(" ,.;:·-–—") + ELLIPSIS


def _letters_that_fit(words: str, size: float, room: float, *, weight: Weight) -> int:
    """Return how many letters of *words* fit, never parting a letter from its accent."""
    known = _advances()[weight]
    left = room * 1000 / size
    for place, letter in enumerate(words):
        left -= known[letter] if letter in known else _elsewhere(letter)
        if left < 0:
            while place and _elsewhere_mark(words[place]):
                place -= 1
            return place
    return len(words)


def _elsewhere_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")


def _broken(word: str, size: float, max_width: float, *, weight: Weight) -> list[str]:
    """Return a word in pieces that fit."""
    pieces: list[str] = []
    while width(word, size, weight=weight) > max_width and len(word) > 1:
        room = max_width - width("-", size, weight=weight)
        most = max(1, _letters_that_fit(word, size, room, weight=weight))
        while most < len(word) and _elsewhere_mark(word[most]):
            most += 1
        if most >= len(word):
            break
        cut = _place_to_cut(word, most)
        bare = word[cut - 1] in _BREAK_AFTER or not (word[cut - 1] + word[cut]).isalpha()
        pieces.append(word[:cut] if bare else f"{word[:cut]}-")
        word = word[cut:]
    return [*pieces, word]


def _place_to_cut(word: str, most: int) -> int:
    """
    Return where to cut: after a joint, else where a syllable opens, else where the room ends.

    Good enough for Spanish, and for English as a last resort; a full hyphenation table would
    be heavier than the pictures.
    """
    for cut in range(most, max(most - 12, 1), -1):
        if word[cut - 1] in _BREAK_AFTER:
            return cut
    for cut in range(min(most, len(word) - 3), max(most - 6, 1), -1):
        if _SYLLABLE.match(word, cut) and word[cut - 1 : cut + 1].lower() not in _TOGETHER:
            return cut
    return most


# A consonant, or one of the pairs that Spanish does not part, and then a vowel.
_SYLLABLE = re.compile("(?:[bcdfgpt][lr]|ch|ll|rr|[qg]u|[bcdfghj-np-tv-zñ])[aeiouáéíóúü]", re.I)
_TOGETHER = {a + b for a in "bcdfgpt" for b in "lr"} | {"ch", "ll", "rr", "qu", "gu"}


def draws_all(words: str) -> bool:
    """
    Tell whether our fonts have every letter of *words*.

    >>> draws_all("Ñandú — 5 €"), draws_all("مرحبا"), draws_all("🚚")
    (True, False, False)
    """
    known = _advances()[400]
    return words.isascii() or all(
        letter in known or unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc")
        for letter in set(words)
    )


def font_files() -> list[str]:
    """Return the paths of the fonts, for a renderer of pixels."""
    return [str(_FONTS / f"{name}.ttf") for name, _, _ in _FACES]


@cache
def font_css() -> str:
    """Return the @font-face rules with the fonts inside, for a file that stands alone."""
    return "".join(
        "@font-face{font-family:Inter;font-style:"
        f"{style};font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff2;base64,{_base64(name)}) format('woff2')}}"
        for name, weight, style in _FACES
    )


def _base64(name: str) -> str:
    return b64encode((_FONTS / f"{name}.woff2").read_bytes()).decode("ascii")


def standing_alone(svg: str) -> str:
    """Return the picture with its own letters inside, so that it looks the same anywhere."""
    head, end, rest = svg.partition("</desc>")
    if not end:
        head, end, rest = svg.partition(">")
    return f"{head}{end}<style>{font_css()}</style>{rest}"
