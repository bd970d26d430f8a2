"""An answer as tables for people: its figures, then its rows, in words or as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from html import escape
from typing import Any

from trayecto.journeys.answers import Graph
from trayecto.journeys.answers_people import Comparison
from trayecto.journeys.moods import Moods
from trayecto.render.questions.columns import COLUMNS, FIGURES, NO, ROWS, WORDS, YES
from trayecto.vocabulary.text import UNKNOWN, Language, Text, duration, number, percent

_SHARES = {"share", "cumulated", "from_previous", "low", "high", "arrived", "removal_effect",
           "difference"}  # fmt: skip
_MORE = Text(en="… and {n} more", es="… y {n} más")
_NODES = Text(en="Nodes", es="Nodos")
_EDGES = Text(en="Steps between nodes", es="Pasos entre nodos")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the answer, and whether it is a share or a time (in seconds)."""

    name: str
    is_share: bool
    is_time: bool

    def heading(self, language: Language) -> str:
        """Return what stands over it."""
        known = COLUMNS.get(self.name)
        return known.say(language) if known else self.name

    def words(self, value: Any, language: Language) -> str:
        """Return one of its values as a person reads it."""
        if value is None:
            return UNKNOWN
        if isinstance(value, bool):
            return (YES if value else NO).say(language)
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, (int, float)):
            return self._figure(value, language)
        known = WORDS.get(str(value))
        return known.say(language) if known else str(value)

    def _figure(self, value: float, language: Language) -> str:
        if self.is_time:
            return duration(value, language)
        if self.is_share:
            return percent(value, language, decimals=1)
        if isinstance(value, int):
            return number(value, language)
        return number(value, language, decimals=4 if self.name == "p" else 2)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its name, its columns and its values as they are."""

    name: Text
    columns: tuple[Column, ...]
    values: tuple[tuple[Any, ...], ...]


def tables_of(answer: Any) -> list[Rows]:
    """Return the tables of an answer: its single figures if it has any, then its rows."""
    own = [(f.name, getattr(answer, f.name)) for f in fields(answer)]
    single = [(n, v) for n, v in own if n != "per" and _is_single(v)]
    found = [_rows(answer, FIGURES, [n for n, _ in single], [[v for _, v in single]])]
    if isinstance(answer, Graph):
        heading = ["name", "interactions", "people", "share", "starts", "ends", "loops"]
        nodes = [[node[name] for name in heading] for node in answer.as_json()["nodes"]]
        found.append(_rows(answer, _NODES, heading, nodes))
    heading, values = answer.as_rows()
    found.append(_rows(answer, _EDGES if isinstance(answer, Graph) else ROWS, heading, values))
    return [table for table in found if table.columns]


def _is_single(value: Any) -> bool:
    return isinstance(value, (str, int, float, date))


def _rows(answer: Any, name: Text, heading: Sequence[Any], values: Sequence[Sequence[Any]]) -> Rows:
    shares = _SHARES
    if isinstance(answer, Comparison):
        shares = _SHARES | {"first", "second"}
    elif isinstance(answer, Moods):
        shares = _SHARES - {"low", "high"}
    columns = [Column(str(n), str(n) in shares, str(n).endswith("_s")) for n in heading]
    return Rows(name, tuple(columns), tuple(tuple(row) for row in values))


def html_of(answer: Any, picture: str, *, language: Language, at_most: int = 20) -> str:
    """Return an answer as HTML: its picture and its tables, cut where they are long."""
    drawn = f'<figure style="margin:0;max-width:1280px">{_scaled(picture)}</figure>'
    told = [_html(table, language, at_most) for table in tables_of(answer)]
    return f'<div lang="{language}">{drawn}{"".join(told)}</div>'


def _scaled(picture: str) -> str:
    """Return a picture that is no wider than the page."""
    return picture.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)


def _html(table: Rows, language: Language, at_most: int) -> str:
    heads = "".join(
        f'<th scope="col">{escape(column.heading(language))}</th>' for column in table.columns
    )
    lines = []
    for row in table.values[:at_most]:
        cells = [
            f'<td style="text-align:{"left" if isinstance(v, str) else "right"}">'
            f"{escape(column.words(v, language))}</td>"
            for column, v in zip(table.columns, row, strict=True)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    rest = len(table.values) - at_most
    more = _MORE.say(language).format(n=number(rest, language))
    return (
        f'<table><caption style="text-align:left">{escape(table.name.say(language))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
        + (f"<p>{escape(more)}</p>" if rest > 0 else "")
    )
