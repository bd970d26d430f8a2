"""Answers as tables of a page: figures to the right, intervals beside what they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trayecto import flow
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.text import Language, capital, number

MOST_ROWS = 40
_ENDS = ("low", "high", "median_low_s", "median_high_s")
_ASKED = {"per", "order", "anchor", "every", "goal", "correction", "first", "second", "source",
          "target", "window_s", "gap_s", "silence_s"}  # fmt: skip
"""Figures that only say again what was asked."""
_EACH = 8
"""How many rows of each offset or level a page shows."""
_CURVE = 20
_LEAST = 0.0001
"""Below this, p is said to be below it: it is never zero."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One value in words, with what its column is called.

    A figure may have its interval, and a share the length of its bar.
    """

    words: str
    is_figure: bool
    interval: str = ""
    bar: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of a page, and how many rows it leaves out."""

    name: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int


def shown(answer: Any, *, language: Language) -> list[Shown]:
    """Return the rows of an answer that a page shows; the files hold all of them."""
    return [_table(table, language) for table in _tables(answer) if table.values]


def facts(answer: Any, *, language: Language) -> list[tuple[str, Cell]]:
    """Return the single figures of an answer, each with what it is called."""
    heading, _ = answer.as_rows()
    for table in flow.tables_of(answer):
        if [column.name for column in table.columns] != list(heading):
            row = table.values[0]
            return [
                (_heading(column, language), _cell(table.columns, row, i, language))
                for i, column in enumerate(table.columns)
                if column.name not in _ASKED and column.name not in _ENDS and row[i] is not None
            ]
        break
    return []


def _tables(answer: Any) -> list[Any]:
    """Return the tables of rows, without the single figures."""
    heading, _ = answer.as_rows()
    tables = flow.tables_of(answer)
    return [each for each in tables if [column.name for column in each.columns] == list(heading)]


def _worth_a_look(names: Sequence[str], rows: Sequence[Any]) -> list[Any]:
    """Return the rows to show first: of each offset the commonest, of a curve its course."""
    if "shapley" in names:
        return [row for row in rows if any(row[1:])]
    if "after_s" in names:
        every = max(1, len(rows) // _CURVE)
        return [row for i, row in enumerate(rows) if i % every == 0 or i == len(rows) - 1]
    if "offset" in names or "cohort" in names:
        by, seen = 0, dict[Any, int]()
        kept = []
        for row in rows:
            seen[row[by]] = seen.get(row[by], 0) + 1
            if seen[row[by]] <= _EACH:
                kept.append(row)
        return kept
    return list(rows)


def _table(table: Any, language: Language) -> Shown:
    names = [column.name for column in table.columns]
    # A column in which nothing stands tells nothing: a funnel that is not broken down.
    kept = [
        i
        for i, name in enumerate(names)
        if name not in _ENDS and any(row[i] not in (None, "") for row in table.values)
    ]
    if names[:2] == ["kind", "name"]:
        # A row begins with what it is called, the title of its card on a phone.
        kept[:2] = kept[1], kept[0]
    chosen = _worth_a_look(names, table.values)[:MOST_ROWS]
    rows = tuple(tuple(_cell(table.columns, row, i, language) for i in kept) for row in chosen)
    headings = tuple(
        (_heading(table.columns[i], language), _is_figure([row[i] for row in table.values]))
        for i in kept
    )
    return Shown(table.name.say(language), headings, rows, len(table.values) - len(chosen))


def _heading(column: Any, language: Language) -> str:
    """Return what stands over a column, as a heading begins; a symbol stays as it is."""
    said: str = column.heading(language)
    return said if len(said) == 1 else capital(said)


def _is_figure(values: Sequence[Any]) -> bool:
    return any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _cell(columns: Sequence[Any], row: Sequence[Any], place: int, language: Language) -> Cell:
    column, value = columns[place], row[place]
    figure = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    is_bar = column.name == "share" and isinstance(value, float)
    bar = f"{100 * min(1.0, max(0.0, value)):.1f}" if is_bar else ""
    words = column.words(value, language)
    if column.name == "name" or column.name == "path":
        words = str(value)  # what customers' data call it, never a word of ours
    elif _DAY.fullmatch(words):
        words = day_words(date.fromisoformat(words)).say(language)
    elif column.name == "p" and isinstance(value, float) and value < _LEAST:
        words = f"< {number(_LEAST, language, decimals=4)}"
    heading = _heading(column, language)
    return Cell(words, figure, _interval(columns, row, place, language), bar, heading)


def _interval(columns: Sequence[Any], row: Sequence[Any], place: int, language: Language) -> str:
    """Return the 95 % interval that follows a figure, where there is one."""
    own = columns[place].name
    ends = ("median_low_s", "median_high_s") if own == "median_s" else ("low", "high")
    if own not in ("share", "from_previous", "difference", "arrived", "median_s", "level"):
        return ""
    after = [column.name for column in columns[place + 1 : place + 3]]
    if tuple(after) != ends or row[place + 1] is None or row[place + 2] is None:
        return ""
    low, high = (columns[place + k].words(row[place + k], language) for k in (1, 2))
    return f"{low} – {high}"
