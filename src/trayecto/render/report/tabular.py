"""A table of plain values with what each column means: the same for a workbook and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trayecto.render.poster.scene import Scene
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import UNKNOWN, Language, Text, capital, duration, number, percent

Kind = Literal["words", "count", "share", "time", "level", "number", "points", "chance"]
Cell = str | int | float | Estimate | None

_LEAST = 0.0005
"""A smaller share would read as 0,0 %, and a share that is not nothing must not."""
_LEAST_CHANCE = 0.001
_LOW = Text(en="from (95%)", es="desde (95 %)")
_HIGH = Text(en="to (95%)", es="hasta (95 %)")


@dataclass(frozen=True, slots=True)
class Head:
    """
    A column: what it is called, what its values are, and the definition they follow.

    Of an *estimated* one every value is an `Estimate`: on a sheet it is four columns.
    """

    name: str
    kind: Kind = "words"
    defined: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """One table: its name, its columns, and its rows of plain values; None is unknown."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    section: str = ""
    """The section of the report whose SQL counted it; "" of what nothing was counted for."""
    grouped: int | None = None
    """The column whose value several rows have in common: on paper, a line above them."""


def matter(
    name: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    note: str = "",
    *,
    section: str = "",
    grouped: int | None = None,
) -> Matter:
    """Return a table; every row must be as long as its head."""
    for row in rows:
        if len(row) != len(heads):
            raise ValueError(f"{name}: a row of {len(row)} under {len(heads)} heads")
    return Matter(name, tuple(heads), tuple(tuple(row) for row in rows), note, section, grouped)


def flat_heads(matter: Matter, language: Language) -> list[Head]:
    """Return the columns of a sheet: an estimate has its value, both ends and n."""
    found: list[Head] = []
    for head in matter.heads:
        found.append(head)
        if head.estimated:
            low, high = (f"{head.name}: {end.say(language)}" for end in (_LOW, _HIGH))
            found += [Head(low, head.kind, head.defined), Head(high, head.kind, head.defined)]
            found.append(Head(f"{head.name}: n", "count", head.defined))
    return found


def flat_row(matter: Matter, row: Sequence[Cell]) -> list[str | int | float | None]:
    """Return a row as plain values; an estimate as four, four times what stands for none."""
    found: list[str | int | float | None] = []
    for head, cell in zip(matter.heads, row, strict=True):
        if isinstance(cell, Estimate):
            found += [cell.value, cell.low, cell.high, cell.n]
        else:
            found += [cell] * (4 if head.estimated else 1)
    return found


def in_words(cell: Cell, kind: Kind, language: Language) -> tuple[str, str]:
    r"""
    Return a value as a reader reads it and, of an estimate, its interval and n.

    >>> in_words(Estimate(0.25, 0.2, 0.3, 40), "share", "en")
    ('25.0%', '(20.0–30.0) n\xa040')
    """
    if isinstance(cell, str):
        return cell, ""
    if not isinstance(cell, Estimate):
        return _one(cell, kind, language), ""
    n = f"n\u00a0{number(cell.n, language)}" if cell.n else ""
    if cell.value is None or cell.low is None or cell.high is None:
        return _one(cell.value, kind, language), n
    ends = (
        percent(end, language, decimals=1) if kind == "share" else _one(end, kind, language)
        for end in (cell.low, cell.high)
    )
    low, high = (end.removesuffix("%").rstrip() if kind == "share" else end for end in ends)
    between = "…" if kind in ("level", "points") else "–"
    return _one(cell.value, kind, language), f"({low}{between}{high}) {n}"


def _one(value: float | None, kind: Kind, language: Language) -> str:
    if value is None:
        return UNKNOWN
    if kind == "share":
        return share_words(value, language)
    if kind == "chance":
        least = number(_LEAST_CHANCE, language, decimals=3)
        return f"< {least}" if value < _LEAST_CHANCE else number(value, language, decimals=3)
    if kind == "time":
        return duration(value, language)
    if kind == "level":
        return ("+" if value > 0 else "") + number(value * 2, language, decimals=1)
    if kind == "points":
        return ("+" if value > 0 else "") + number(value * 100, language, decimals=1)
    if kind == "number":
        return number(value, language, decimals=2)
    return number(value, language)


def share_words(value: float | None, language: Language) -> str:
    """Return a share with one decimal, and never as nothing or all when it is not."""
    if value is not None and 0 < value < _LEAST:
        return f"< {percent(0.001, language, decimals=1)}"
    if value is not None and 1 - _LEAST < value < 1:
        return f"> {percent(0.999, language, decimals=1)}"
    return percent(value, language, decimals=0 if value in (0, 1) else 1)


def say_heads(scene: Scene, *named: tuple[Text, Kind, str]) -> list[Head]:
    """Return plain columns by their names, kinds and definitions."""
    said = ((scene.say(name), kind, defined) for name, kind, defined in named)
    return [Head(capital(name), kind, defined) for name, kind, defined in said]


def estimated(scene: Scene, name: Text, kind: Kind, defined: str = "") -> Head:
    """Return a column of estimates."""
    return Head(scene.say(name), kind, defined, estimated=True)
