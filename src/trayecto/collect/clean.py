"""
From rows as they came to interactions, and what cannot be used to `rejected` with its reason.

The only writer of `interactions`, `rejected` and `batches`. Rows are never looped over: the engine
computes each row's key and fate once, then streams the good ones into the lake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.collect.files import LINE, ROW, Arrivals, Lines
from trayecto.collect.mapping import IDENTIFIERS, Mapping
from trayecto.lake.duck import Session
from trayecto.lake.lake import Writer
from trayecto.lake.sql import bucket, hash64, literal, name
from trayecto.lake.tables import BATCHES, INTERACTIONS, REJECTED
from trayecto.vocabulary.text import Text

RULES = 1

REASONS: dict[str, Text] = {
    "no_time": Text(en="the time is missing", es="falta la hora"),
    "bad_time": Text(en="the time cannot be read", es="la hora no se entiende"),
    "time_out_of_range": Text(
        en="the year is before 1900 or after 2100",
        es="el año es anterior a 1900 o posterior a 2100",
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
    first: datetime | None
    last: datetime | None
    reasons: tuple[Reject, ...] = ()
    notes: tuple[Text, ...] = ()
    """What a person should know of how the file was read."""

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
    tell: Callable[[Text], None],
) -> Cleaned:
    """Add the file's new facts to the lake and say what became of each of its rows."""
    tell(Text(en="reading and checking rows", es="leyendo y comprobando filas"))
    sql = _Sql(arrivals, mapping, source, zone, writer.lake.buckets)
    session.run("keys of the rows", f"create or replace temp table keys as {sql.keys()}")
    if arrivals.broken:
        session.run(
            "lines that are no rows", f"create or replace temp table broken as {arrivals.broken}"
        )
    else:
        session.run(
            "no broken lines", "create or replace temp table broken (record bigint, raw varchar)"
        )
    (batch,) = session.one(
        "number of the import", "select coalesce(max(batch), 0) + 1 from batches"
    )
    _tell_identical_rows_apart(session, has_id=mapping.id is not None)
    _find_duplicates(session)
    read, kept, nobody, rejected, first, last = session.one(
        "count what became of the rows",
        """with fated as (
             select *, reason is null and row not in (select row from known) as fresh from keys)
           select count(*), count(*) filter (fresh), count(*) filter (fresh and nobody),
                  count(*) filter (reason is not null),
                  min(occurred_at) filter (reason is null), max(occurred_at) filter (reason is null)
           from fated""",
    )
    (broken,) = session.one("count broken lines", "select count(*) from broken")
    tell(Text(en="adding to the lake", es="guardando en el lago"))
    if rejected or broken:
        _reject(session, writer, arrivals, sql, batch)
    if kept:
        writer.append(INTERACTIONS, session, "new interactions", sql.interactions(batch, now))
    cleaned = Cleaned(
        file=arrivals.file.name,
        source=source,
        read=read + broken,
        kept=kept,
        duplicates=read - kept - rejected,
        rejected=rejected + broken,
        nobody=nobody,
        first=first,
        last=last,
        reasons=_reasons(session) if rejected or broken else (),
    )
    writer.append(BATCHES, session, "log of the import", _batch_row(cleaned, batch, now))
    return cleaned


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


def _find_duplicates(session: Session) -> None:
    """Mark rows whose fact the lake or an earlier row of the file has already."""
    session.run(
        "facts known already",
        """create or replace temp table known as
           with usable as (select * from keys where reason is null),
                twice as (
                    select id, occurred_at, min(row) as first_row from usable
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


def _reject(session: Session, writer: Writer, arrivals: Arrivals, sql: _Sql, batch: int) -> None:
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
              from keys k join ({arrivals.sql}) a on a.{ROW} = k.row
              left join line_of l on l.row = k.row
              where k.reason is not null
              union all
              select coalesce(l.line, b.record), 'malformed', null, b.raw
              from broken b left join line_of_record l using (record))""",
    )
    writer.append(
        REJECTED,
        session,
        "rejected rows",
        "select * from rejects anti join rejected using (source, id)",
    )


def _find_lines(session: Session, arrivals: Arrivals) -> None:
    """Make the tables that say on which line of the file each rejected row or record starts."""
    rows = session.ask("rejected rows", "select row from keys where reason is not null")
    records = session.ask("records that are no rows", "select record from broken")
    lines = Lines({}, {})
    if arrivals.lines_of:
        lines = arrivals.lines_of({row for (row,) in rows}, {record for (record,) in records})
    session.load("line_of", "row bigint, line bigint", lines.of_row.items())
    session.load("line_of_record", "record bigint, line bigint", lines.of_record.items())


def _reasons(session: Session) -> tuple[Reject, ...]:
    rows = session.ask(
        "why rows were rejected",
        """select reason, field, count(*), min(line), arg_min(raw, line) from rejects
           group by reason, field order by count(*) desc, reason, field""",
    )
    return tuple(Reject(*row) for row in rows)


def _batch_row(cleaned: Cleaned, batch: int, now: datetime) -> str:
    values = (
        (batch, "batch"), (cleaned.source, "source"), (cleaned.file, "file"), (now, "received_at"),
        (cleaned.read, "rows_read"), (cleaned.kept, "kept"), (cleaned.duplicates, "duplicates"),
        (cleaned.rejected, "rejected"),
    )  # fmt: skip
    return "select " + ", ".join(f"{literal(value)} as {column}" for value, column in values)


class _Sql:
    """The expressions that turn a row of one file into an interaction."""

    def __init__(
        self, arrivals: Arrivals, mapping: Mapping, source: str, zone: str, buckets: int
    ) -> None:
        self.arrivals, self.mapping, self.source, self._buckets = arrivals, mapping, source, buckets
        self._zone = mapping.zone or zone
        self._types = dict(arrivals.columns)

    def keys(self) -> str:
        """Give (row, id, occurred_at, nobody, reason, field): each row's key and fate."""
        time, what = self._text(self.mapping.time), self._text(self.mapping.name)
        time_field, name_field = literal(self.mapping.time), literal(self.mapping.name)
        return f"""
            select row, id, occurred_at, nobody, fate.reason as reason, fate.field as field from (
              select {ROW} as row, {self._id()} as id, {self._time()} as occurred_at,
                {self.whom()} is null as nobody,
                case
                  when {time} is null then {{'reason': 'no_time', 'field': {time_field}}}
                  when {self._time()} is null then {{'reason': 'bad_time', 'field': {time_field}}}
                  when year({self._time()}) not between 1900 and 2100
                    then {{'reason': 'time_out_of_range', 'field': {time_field}}}
                  when {what} is null then {{'reason': 'no_name', 'field': {name_field}}}
                end as fate
              from ({self.arrivals.sql}))"""

    def interactions(self, batch: int, now: datetime) -> str:
        """Give the new interactions in the columns of their table."""
        m = self.mapping
        typed = {kind: self._optional(m.identifiers.get(kind)) for kind in IDENTIFIERS}
        score = f"try_cast({name(m.score.column)} as double)" if m.score else "null"
        in_scale = (
            f"case when {score} between {m.score.low!r} and {m.score.high!r} then {score} end"
            if m.score else "null"
        )  # fmt: skip
        scale = literal(m.score.code if m.score else None)
        channel = literal(m.fixed_channel) if m.fixed_channel else self._optional(m.channel)
        identifiers = ", ".join(f"{expression} as {kind}" for kind, expression in typed.items())
        return f"""
            select coalesce(alike_id, {self._id()}) as id, {self._time()} as occurred_at,
              {literal(now)} as received_at, {literal(self.source)} as source,
              {self._text(m.name)} as name, {channel} as channel,
              {self._optional(m.case)} as case_id, {identifiers},
              {self._signature()} as signature, {self._optional(m.text)} as text,
              {in_scale} as score,
              case when {in_scale} is not null then {scale} end as scale,
              {self._minor_units()} as value_minor,
              {literal(m.currency) if m.value else "null"} as currency,
              {self._properties()} as properties, {batch} as batch, {ROW} as row,
              {bucket(f"coalesce({hash64(self.whom())}, 0)", self._buckets)} as bucket
            from ({self.arrivals.sql}) left join alike on alike_row = {ROW}
            where {ROW} not in (select row from known)
              and {ROW} not in (select row from keys where reason is not null)"""

    def whom(self) -> str:
        """Give whatever says whose a row is, the strongest first; null when nothing does."""
        columns = [self.mapping.identifiers.get(kind) for kind in IDENTIFIERS] + [self.mapping.case]
        said = [self._text(column) for column in columns if column]
        return f"coalesce({', '.join(said)})" if said else "cast(null as varchar)"

    def raw_struct(self, alias: str) -> str:
        """Give the whole row as a struct, column by column."""
        return "{" + ", ".join(f"{literal(c)}: {alias}.{name(c)}" for c in self._types) + "}"

    def _text(self, column: str) -> str:
        return f"nullif(trim(cast({name(column)} as varchar)), '')"

    def _optional(self, column: str | None) -> str:
        return self._text(column) if column else "cast(null as varchar)"

    def _id(self) -> str:
        columns = [self.mapping.id] if self.mapping.id else list(self._types)
        parts = ", ".join(f"coalesce(cast({name(c)} as varchar), chr(30))" for c in columns)
        return hash64(f"concat_ws(chr(31), {literal(self.source)}, {parts})")

    def _time(self) -> str:
        column, kind = name(self.mapping.time), self._types[self.mapping.time]
        zone, form = literal(self._zone), self.mapping.format
        if kind == "TIMESTAMP WITH TIME ZONE":
            return column
        if kind.startswith(("TIMESTAMP", "DATE")):
            return f"timezone({zone}, cast({column} as timestamp))"
        if form in ("epoch_s", "epoch_ms"):
            factor = 1_000_000 if form == "epoch_s" else 1_000
            return f"make_timestamptz(cast(try_cast({column} as double) * {factor} as bigint))"
        text = f"trim(cast({column} as varchar))"
        if form != "iso":
            return f"timezone({zone}, try_strptime({text}, {literal(form)}))"
        return f"""(case when regexp_matches({text}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')
              and length({text}) > 10 then try_cast({text} as timestamptz)
              else timezone({zone}, try_cast({text} as timestamp)) end)"""

    def _signature(self) -> str:
        mapped = self.mapping.identifiers
        if not mapped:
            return "cast(null as bigint)"
        parts = ", ".join(
            f"coalesce({self._optional(mapped.get(kind))}, '')" for kind in IDENTIFIERS
        )
        anyone = f"coalesce({', '.join(self._text(column) for column in mapped.values())})"
        return f"case when {anyone} is not null then {hash64(f'concat_ws(chr(31), {parts})')} end"

    def _minor_units(self) -> str:
        if not self.mapping.value or not self.mapping.currency:
            return "cast(null as bigint)"
        amount = (
            f"try_cast(replace(cast({name(self.mapping.value)} as varchar), ',', '.') as double)"
        )
        return f"cast(round({amount} * 100) as bigint)"

    def _properties(self) -> str:
        # Scores and amounts stay as typed too: outside their scale they would be lost.
        kept = ("score.column", "value.column")
        mapped = {c for place, c in self.mapping.columns().items() if place not in kept}
        used = mapped | set(self.mapping.skip)
        rest = [column for column in self._types if column not in used]
        if not rest:
            return "cast(null as varchar)"
        pairs = ", ".join(f"{literal(c)}: {name(c)}" for c in rest)
        return f"cast(to_json({{{pairs}}}) as varchar)"
