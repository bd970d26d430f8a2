"""
From rows as they came to interactions, and what cannot be used to `rejected` with its reason.

The only writer of `interactions`, `rejected` and `batches`. Rows are never looped over: the engine
computes each row's key and fate once, then streams the good ones into the lake.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from trayecto.collect import progress
from trayecto.collect.arrivals import LINE, ROW, Arrivals, Lines
from trayecto.collect.expressions import Expressions
from trayecto.collect.files import DiskFull
from trayecto.collect.mapping import Mapping, write
from trayecto.collect.suspects import Suspect, suspects
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Writer
from trayecto.lake.sql import hash64, literal, one_of
from trayecto.lake.tables import BATCHES, INTERACTIONS, REJECTED
from trayecto.vocabulary.text import Tell, Text

RULES = 3
_LOGGED = "import"

REASONS: dict[str, Text] = {
    "no_time": Text(en="the time is missing", es="falta la hora"),
    "bad_time": Text(en="the time cannot be read", es="la hora no se entiende"),
    "time_out_of_range": Text(
        en="the year is before 1900 or after 2100",
        es="el año es anterior a 1900 o posterior a 2100",
    ),
    "time_in_future": Text(
        en="the time is more than a day ahead of the import",
        es="la hora va más de un día por delante de la importación",
    ),
    "no_name": Text(en="it does not say what happened", es="no dice qué ocurrió"),
    "malformed": Text(
        en="the line has too many or too few columns, or an open quote",
        es="la línea tiene columnas de más o de menos, o unas comillas sin cerrar",
    ),
}


@dataclass(frozen=True, slots=True)
class Reject:
    """How many rows one reason kept aside, with the first of them."""

    reason: str
    field: str | None
    rows: int
    first_line: int
    sample: str

    @property
    def said(self) -> Text:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one file: read = kept + duplicates + rejected."""

    file: str
    source: str
    read: int
    kept: int
    duplicates: int
    rejected: int
    nobody: int
    """Kept rows that carry neither an identity nor a case."""
    flagged: int
    """Kept rows that look like a robot's or a test."""
    first: datetime | None
    last: datetime | None
    reasons: tuple[Reject, ...] = ()
    notes: tuple[Text, ...] = ()
    """What a person should know of how the file was read."""
    suspects: tuple[Suspect, ...] = ()
    """Values that look like nobody's, though they stand as somebody's."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 in UTC."""
        plain = asdict(self)
        plain["first"] = self.first.isoformat() if self.first else None
        plain["last"] = self.last.isoformat() if self.last else None
        return plain


def clean(
    session: Session,
    writer: Writer,
    arrivals: Arrivals,
    *,
    mapping: Mapping,
    source: str,
    zone: str,
    now: datetime,
    tell: Tell,
    notes: tuple[Text, ...] = (),
) -> Cleaned:
    """Add the file's new facts to the lake and say what became of each of its rows."""
    sql = Expressions(arrivals, mapping, source=source, zone=zone, buckets=writer.lake.buckets)
    batch = finish_log(session, writer) + 1
    cleaned = weigh(session, sql, batch=batch, now=now, tell=tell)
    for suspect in cleaned.suspects:
        # Before anybody is joined on it.
        tell(suspect.said)
    log = _log(cleaned, batch, now, mapping)
    if shutil.disk_usage(writer.lake.folder).free < arrivals.size:
        # The table writer would say so too late, and not in words.
        raise DiskFull(arrivals.file)
    adding = Text(en="adding to the lake", es="guardando en el lago")
    with progress.told(session, tell, adding, size=arrivals.size):
        if cleaned.rejected:
            writer.append(
                REJECTED,
                session,
                "rejected rows",
                "select * from rejects anti join rejected using (source, id)",
            )
        if cleaned.kept:
            facts = sql.interactions(batch, now)
            logged = {_LOGGED: json.dumps(log)}
            writer.append(INTERACTIONS, session, "new interactions", facts, stamp=logged)
    _write_log(session, writer, log)
    return replace(cleaned, notes=notes)


def together(parts: Sequence[Cleaned]) -> Cleaned:
    """Return what became of several lots of one source as one."""
    sums = {
        count: sum(getattr(part, count) for part in parts)
        for count in ("read", "kept", "duplicates", "rejected", "nobody", "flagged")
    }
    firsts = [part.first for part in parts if part.first]
    lasts = [part.last for part in parts if part.last]
    return replace(
        parts[0],
        **sums,
        first=min(firsts, default=None),
        last=max(lasts, default=None),
        reasons=tuple(reason for part in parts for reason in part.reasons),
        suspects=tuple(suspect for part in parts for suspect in part.suspects),
    )


def finish_log(session: Session, writer: Writer) -> int:
    """
    Write the log of an import that was killed after its facts were in; return the last number.

    The facts carry it as a note of their commit, so that they and their log are one.
    """
    (last,) = session.one("last import", "select coalesce(max(batch), 0) from batches")
    noted = json.loads(writer.lake.stamp(INTERACTIONS).get(_LOGGED, "{}"))
    if noted.get("batch", 0) <= last:
        return int(last)
    # An older program noted no mapping.
    _write_log(session, writer, {"mapping": None} | noted)
    return int(noted["batch"])


def weigh(
    session: Session,
    sql: Expressions,
    *,
    batch: int,
    now: datetime,
    tell: Tell,
) -> Cleaned:
    """
    Decide what becomes of every row, and write nothing.

    Leaves the tables `keys`, `known`, `alike`, `flagged` and `rejects` for whoever writes.
    """
    arrivals, mapping = sql.arrivals, sql.mapping
    reading = Text(en="reading and checking rows", es="leyendo y comprobando filas")
    with progress.told(session, tell, reading, size=arrivals.size):
        session.run("keys of the rows", f"create or replace temp table keys as {sql.keys(now)}")
    if arrivals.broken:
        session.run(
            "lines that are no rows", f"create or replace temp table broken as {arrivals.broken}"
        )
    else:
        session.run(
            "no broken lines", "create or replace temp table broken (record bigint, raw varchar)"
        )
    tell(Text(en="looking for facts known already", es="buscando hechos ya conocidos"))
    _tell_identical_rows_apart(session, has_id=mapping.id is not None)
    _find_duplicates(session, has_id=mapping.id is not None)
    session.run(
        "rows of robots and tests",
        """create or replace temp table flagged as
           select row as flagged_row, cast(flag as varchar) as flag from keys
           where flag is not null""",
    )
    read, kept, nobody, flagged, rejected, first, last = session.one(
        "count what became of the rows",
        """with fated as (
             select *, reason is null and row not in (select row from known) as fresh from keys)
           select count(*), count(*) filter (fresh), count(*) filter (fresh and nobody),
                  count(*) filter (fresh and row in (select flagged_row from flagged)),
                  count(*) filter (reason is not null),
                  min(occurred_at) filter (reason is null), max(occurred_at) filter (reason is null)
           from fated""",
    )
    (broken,) = session.one("count broken lines", "select count(*) from broken")
    if rejected or broken:
        aside = Text(en="keeping aside what is no fact", es="apartando lo que no son hechos")
        with progress.told(session, tell, aside, size=arrivals.size):
            _reject(session, sql, batch)
    return Cleaned(
        file=arrivals.file.name,
        source=sql.source,
        read=read + broken,
        kept=kept,
        duplicates=read - kept - rejected,
        rejected=rejected + broken,
        nobody=nobody,
        flagged=flagged,
        first=first,
        last=last,
        reasons=_reasons(session) if rejected or broken else (),
        suspects=suspects(session, sql, rows=read) if kept else (),
    )


def _tell_identical_rows_apart(session: Session, *, has_id: bool) -> None:
    """
    Number the rows of a file that are alike to the letter, so that each stays a fact of its own.

    Two page views in one second are two facts, and a file says how many; read again, or in a
    longer export, the same rows get the same numbers and add nothing. Only an id column proves
    that two rows are one fact.
    """
    session.run(
        "rows alike to the letter",
        f"""create or replace temp table alike as
            with twice as (
              select id, occurred_at from keys where reason is null and not {has_id}
              group by id, occurred_at having count(*) > 1)
            select row as alike_row, {hash64("concat_ws(chr(31), id, nth)")} as alike_id from (
              select k.row, k.id,
                     row_number() over (partition by k.id, k.occurred_at order by k.row) as nth
              from keys k semi join twice t on k.id = t.id and k.occurred_at = t.occurred_at)
            where nth > 1""",
    )
    session.run(
        "numbered keys", "update keys set id = alike_id from alike where keys.row = alike_row"
    )


def _find_duplicates(session: Session, *, has_id: bool) -> None:
    """Mark rows whose fact the lake or an earlier row of the file has already."""
    session.run(
        "facts known already",
        f"""create or replace temp table known as
           with usable as (select * from keys where reason is null),
                -- Rows without an id of their own were told apart already. Of the others few ids
                -- come twice: only those are looked at with their time.
                again as (select id from usable where {has_id} group by id having count(*) > 1),
                twice as (
                    select id, occurred_at, min(row) as first_row from usable semi join again
                      using (id)
                    group by id, occurred_at having count(*) > 1),
                span as (select min(occurred_at) as low, max(occurred_at) as high from usable),
                stored as (
                    select id, occurred_at from interactions
                    where occurred_at >= (select low from span)
                      and occurred_at <= (select high from span))
           select u.row from usable u join twice t
             on u.id = t.id and u.occurred_at = t.occurred_at and u.row <> t.first_row
           union
           select u.row from usable u semi join stored s
             on u.id = s.id and u.occurred_at = s.occurred_at""",
    )


def _reject(session: Session, sql: Expressions, batch: int) -> None:
    arrivals = sql.arrivals
    _find_lines(session, arrivals)
    own_line = f"a.{LINE}" if arrivals.has_line else "coalesce(l.line, k.row)"
    session.run(
        "rejects",
        f"""create or replace temp table rejects as
            select {hash64(f"concat_ws(chr(31), {literal(sql.source)}, raw)")} as id,
                   {literal(sql.source)} as source, {literal(arrivals.file.name)} as file, *,
                   {RULES} as rules, {batch} as batch
            from (
              select {own_line} as line, k.reason, k.field,
                     cast(to_json({sql.raw_struct("a")}) as varchar) as raw
              from keys k join ({arrivals.as_came or arrivals.sql}) a on a.{ROW} = k.row
              left join line_of l on l.row = k.row
              where k.reason is not null
              union all
              select coalesce(l.line, b.record), 'malformed', null, b.raw
              from broken b left join line_of_record l using (record))""",
    )


def _find_lines(session: Session, arrivals: Arrivals) -> None:
    """Make the tables that say on which line of the file each rejected row or record starts."""
    rows = session.ask("rejected rows", "select row from keys where reason is not null")
    records = session.ask("records that are no rows", "select record from broken")
    lines = Lines({}, {})
    if arrivals.lines_of:
        (read,) = session.one("rows read", "select count(*) from keys")
        lines = arrivals.lines_of({row for (row,) in rows}, {record for (record,) in records}, read)
    session.load("line_of", "row bigint, line bigint", lines.of_row.items())
    session.load("line_of_record", "record bigint, line bigint", lines.of_record.items())


def _reasons(session: Session) -> tuple[Reject, ...]:
    rows = session.ask(
        "why rows were rejected",
        """select reason, field, count(*), min(line), arg_min(raw, line) from rejects
           group by reason, field order by count(*) desc, reason, field""",
    )
    return tuple(Reject(*row) for row in rows)


def refuse(writer: Writer, signatures: Sequence[int]) -> None:
    """Take out new facts of somebody who was forgotten, before anything was made of them."""
    writer.delete(INTERACTIONS, f"signature in {one_of(signatures)}")
    writer.erase(INTERACTIONS)


def erase(writer: Writer, where: str) -> int:
    """
    Take out the facts *where* holds; return how many. Their files go with `Writer.erase`.

    Conditions are noted in the table's log: they may name hashes, never what a person typed.
    """
    was = writer.lake.stamp(INTERACTIONS)
    mark = {"erased": str(int(was.get("erased", 0)) + 1)}
    return writer.delete(INTERACTIONS, where, stamp=mark)


def without(
    writer: Writer, session: Session, where: str, *, rejected: Sequence[int]
) -> tuple[Anew, Anew]:
    """Lay facts and rejected rows anew without those that *where* holds, and without *rejected*."""
    return (
        writer.without(INTERACTIONS, session, where),
        writer.without(REJECTED, session, f"id in {one_of(rejected)}"),
    )


def show(laid: tuple[Anew, Anew]) -> None:
    """Put the tables laid without a person in place, and count the erasure."""
    facts, rejected = laid
    rejected.put()
    was = facts.lake.stamp(INTERACTIONS)
    facts.put(stamp={"erased": str(int(was.get("erased", 0)) + 1)})


def erase_rejected(writer: Writer, ids: Sequence[int]) -> int:
    """Take rows out of `rejected`; return how many."""
    return writer.delete(REJECTED, f"id in {one_of(ids)}") if ids else 0


def _log(cleaned: Cleaned, batch: int, now: datetime, mapping: Mapping) -> dict[str, Any]:
    return {
        "batch": batch, "source": cleaned.source, "file": cleaned.file,
        "received_at": now.isoformat(), "rows_read": cleaned.read, "kept": cleaned.kept,
        "duplicates": cleaned.duplicates, "rejected": cleaned.rejected, "mapping": write(mapping),
    }  # fmt: skip


def _write_log(session: Session, writer: Writer, log: dict[str, Any]) -> None:
    row = "select " + ", ".join(f"{literal(value)} as {column}" for column, value in log.items())
    writer.append(BATCHES, session, "log of the import", row)
