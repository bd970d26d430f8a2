"""What was kept aside: list it, and try it again once the mapping is right. Nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from trayecto.collect.clean import REASONS
from trayecto.collect.files import ROW, Arrivals
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, name
from trayecto.vocabulary.text import Text

REPLAYED = "rejected:"
"""Begins the name of the file under which a replay is logged."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row kept aside, verbatim."""

    source: str
    file: str
    line: int
    reason: str
    field: str | None
    raw: str

    @property
    def said(self) -> Text:
        """The reason in words."""
        return REASONS[self.reason]

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def rejects(session: Session, *, source: str | None, at_most: int) -> tuple[Kept, ...]:
    """Return rows kept aside, by file and line."""
    where = f"where source = {literal(source)}" if source else ""
    rows = session.ask(
        "rejects",
        f"""select source, file, line, reason, field, raw from rejected {where}
            order by source, file, line limit {at_most}""",
    )
    return tuple(Kept(*row) for row in rows)


def again(session: Session, source: str) -> Arrivals | None:
    """
    Return the rejected rows of a source as arrivals, to be cleaned once more; None without any.

    Lines that were no rows (too many columns …) stay aside: only their file can mend them.
    """
    session.run(
        "rejects to try again",
        f"""create or replace temp table again as
            select row_number() over (order by file, line) as {ROW}, id, raw
            from rejected where source = {literal(source)} and reason <> 'malformed'""",
    )
    rows = session.ask("columns of the rejects", "select distinct json_keys(raw) from again")
    columns = list(dict.fromkeys(column for (keys,) in rows for column in keys))
    if not columns:
        return None
    picked = ", ".join(
        f"json_extract_string(raw, {literal(_path(column))}) as {name(column)}"
        for column in columns
    )
    return Arrivals(
        Path(REPLAYED + source),
        f"select {picked}, {ROW} from again",
        tuple((column, "VARCHAR") for column in columns),
    )


def _path(column: str) -> str:
    return f"$.{json.dumps(column, ensure_ascii=False)}"


def holding(session: Session, values: Sequence[str]) -> list[int]:
    """Return the ids of rejected rows that hold one of *values* anywhere."""
    found = " or ".join(f"contains(raw, {literal(value)})" for value in values) or "false"
    rows = session.ask("rejects that name a person", f"select id from rejected where {found}")
    return [row[0] for row in rows]


def settled(session: Session) -> list[int]:
    """Return the ids of the rejects just tried again that are facts now."""
    mended = session.ask(
        "rejects that are facts now",
        f"select again.id from again join keys on keys.row = again.{ROW} where reason is null",
    )
    return [row[0] for row in mended]
