"""What an import would do, without doing it: the mapping, the fate of the rows, a few facts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from trayecto.collect import mapping
from trayecto.collect.arrivals import Arrivals
from trayecto.collect.clean import Cleaned, weigh
from trayecto.collect.expressions import Expressions
from trayecto.lake.duck import Session
from trayecto.lake.sql import name as quoted
from trayecto.vocabulary.text import Tell, Text

Columns = tuple[tuple[str, tuple[str, ...]], ...]
"""The columns of a file, each with some of its values."""
_ROWS = 10
_LOOKED_AT, _EXAMPLES, _LONGEST = 200, 3, 60
_COLUMNS = (
    "occurred_at", "name", "channel", "case_id", "user_id", "email", "phone", "external",
    "anonymous_id", "text", "score", "scale", "value_minor", "currency", "flag",
    "properties",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """One file as it would be imported: nothing was written."""

    mapping: str
    """The mapping as a document, ready to be saved and edited."""
    cleaned: Cleaned
    sample: tuple[dict[str, Any], ...]
    columns: Columns = ()
    """The columns of the file, each with some of its values."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        plain = self.cleaned.as_json()
        return {
            "mapping": self.mapping,
            **plain,
            "sample": list(self.sample),
            "columns": _plain(self.columns),
        }

    def as_rows(self) -> tuple[list[str], list[list[Any]]]:
        """Return the first facts as a heading and rows; what a fact has not is None."""
        heading = [column for column in _COLUMNS if any(column in fact for fact in self.sample)]
        return heading, [[fact.get(column) for column in heading] for fact in self.sample]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A file of which it is not known which column is what: its columns, and what was guessed."""

    file: str
    columns: Columns
    guessed: dict[str, str]
    notes: tuple[Text, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "unmapped": True, "columns": _plain(self.columns)}


def preview(
    session: Session,
    sql: Expressions,
    *,
    now: datetime,
    columns: Columns = (),
    notes: tuple[Text, ...],
    tell: Tell,
) -> Preview:
    """Return what importing the file would do."""
    cleaned = weigh(session, sql, batch=0, now=now, tell=tell)
    return Preview(
        mapping.write(sql.mapping), replace(cleaned, notes=notes), sample(session, sql, now),
        columns,
    )  # fmt: skip


def _plain(columns: Columns) -> list[dict[str, Any]]:
    return [{"column": name, "examples": list(values)} for name, values in columns]


def examples(session: Session, arrivals: Arrivals) -> Columns:
    """Return the columns of a file, each with its first values that differ."""
    names = [column for column, _ in arrivals.columns]
    if not names:
        return ()
    listed = ", ".join(f"cast({quoted(column)} as varchar)" for column in names)
    rows = session.ask("first rows", f"select {listed} from ({arrivals.sql}) limit {_LOOKED_AT}")
    return tuple(
        (column, tuple(dict.fromkeys(v[:_LONGEST] for row in rows if (v := row[i])))[:_EXAMPLES])
        for i, column in enumerate(names)
    )


def sample(session: Session, sql: Expressions, now: datetime) -> tuple[dict[str, Any], ...]:
    """Return the first facts of the file, each with the fields it has."""
    # Most files begin with facts: a large one need not be cleaned in whole to see ten of them.
    for facts in (sql.of_first(100 * _ROWS).interactions(0, now), sql.interactions(0, now)):
        rows = session.ask(
            "first facts",
            f"select {', '.join(_COLUMNS)} from ({facts}) order by row limit {_ROWS}",
        )
        if len(rows) == _ROWS:
            break
    return tuple(
        {
            column: value.isoformat() if isinstance(value, datetime) else value
            for column, value in zip(_COLUMNS, row, strict=True)
            if value is not None
        }
        for row in rows
    )
