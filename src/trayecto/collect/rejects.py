"""What was kept aside: list it, and try it again once the mapping is right. Nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trayecto.collect import mending
from trayecto.collect.clean import REASONS
from trayecto.collect.files import ROW, Arrivals
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, name, one_of
from trayecto.vocabulary.text import Text

_LOOKED_AT = 5_000
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


@dataclass(frozen=True, slots=True)
class Why:
    """How many rows of a source are aside for one reason, and where the first of them stands."""

    reason: str
    field: str | None
    rows: int
    files: int
    first_file: str
    first_line: int

    @property
    def said(self) -> Text:
        """The reason in words."""
        return REASONS[self.reason]


def reasons(session: Session, source: str) -> tuple[Why, ...]:
    """Return why rows of a source are kept aside now, the commonest first."""
    rows = session.ask(
        "reasons of the rejects",
        f"""select reason, field, count(*), count(distinct file), arg_min(file, (batch, line)),
                   arg_min(line, (batch, line))
            from rejected where source = {literal(source)}
            group by reason, field order by 3 desc, 1, 2""",
    )
    return tuple(Why(*row) for row in rows)


def rejects(
    session: Session, *, source: str | None, at_most: int, reason: str | None = None
) -> tuple[Kept, ...]:
    """Return rows kept aside, by file and line."""
    asked = {"source": source, "reason": reason}
    held = [f"{field} = {literal(value)}" for field, value in asked.items() if value]
    where = f"where {' and '.join(held)}" if held else ""
    rows = session.ask(
        "rejects",
        f"""select source, file, line, reason, field, raw from rejected {where}
            order by source, file, line limit {at_most}""",
    )
    return tuple(Kept(*row) for row in rows)


def mappings_used(session: Session, source: str) -> dict[str | None, tuple[int, ...]]:
    """
    Return the imports that rows to try again came with, by the mapping document used.

    None: it was not kept, for an older program brought them.
    """
    rows = session.ask(
        "mappings of the rejects",
        f"""select mapping, list(batch order by batch) from (
              select distinct b.mapping, r.batch from rejected r left join batches b using (batch)
              where r.source = {literal(source)} and r.reason <> 'malformed')
            group by mapping order by min(batch)""",
    )
    return {mapping: tuple(batches) for mapping, batches in rows}


def columns(session: Session, source: str) -> tuple[str, ...]:
    """Return the columns of the rows to try again, as the first some thousands have them."""
    to_try = f"from rejected where source = {literal(source)} and reason <> 'malformed'"
    return _columns(session, f"(select raw {to_try} limit {_LOOKED_AT})")


def _columns(session: Session, rows: str) -> tuple[str, ...]:
    found = session.ask("columns of the rejects", f"select distinct json_keys(raw) from {rows}")
    return tuple(dict.fromkeys(column for (keys,) in found for column in keys))


def again(session: Session, source: str, batches: Sequence[int]) -> Arrivals | None:
    """
    Return the rows of a source that some imports left aside, to be cleaned once more; None if none.

    Lines that were no rows (too many columns …) stay aside: only their file can mend them.
    """
    session.run(
        "rejects to try again",
        f"""create or replace temp table again as
            select row_number() over (order by file, line) as {ROW}, id, raw
            from rejected
            where source = {literal(source)} and reason <> 'malformed'
              and batch in {one_of(batches)}""",
    )
    named = _columns(session, "again")
    if not named:
        return None
    picked = ", ".join(
        f"json_extract_string(raw, {literal(_path(column))}) as {name(column)}" for column in named
    )
    arrivals = Arrivals(
        Path(REPLAYED + source),
        f"select {picked}, {ROW} from again",
        tuple((column, "VARCHAR") for column in named),
        # They were kept as they came; as facts they are those that their file would give.
        maybe_misread=True,
    )
    with TemporaryDirectory(prefix="trayecto-") as folder:
        return mending.mended(session, arrivals, Path(folder))


def _path(column: str) -> str:
    return f"$.{json.dumps(column, ensure_ascii=False)}"


def holding(session: Session, values: Sequence[str]) -> list[int]:
    """Return the ids of rejected rows that hold one of *values* as a word, in any case."""
    edge = "[^\\pL\\pN]"
    found = " or ".join(
        f"regexp_matches(raw, '(?i)(?:^|{edge})' || regexp_escape({literal(value)}) "
        f"|| '(?:$|{edge})')"
        for value in values
    ) or "false"  # fmt: skip
    rows = session.ask("rejects that name a person", f"select id from rejected where {found}")
    return [row[0] for row in rows]


def settled(session: Session) -> list[int]:
    """Return the ids of the rejects just tried again that are facts now."""
    mended = session.ask(
        "rejects that are facts now",
        f"select again.id from again join keys on keys.row = again.{ROW} where reason is null",
    )
    return [row[0] for row in mended]
