"""The SQL expressions that turn a row of one file, under one mapping, into an interaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trayecto.collect import consents, flags, money
from trayecto.collect.arrivals import ROW, Arrivals
from trayecto.collect.mapping import IDENTIFIERS, Mapping
from trayecto.lake.sql import bucket, hash64, literal, name

# Clocks differ by minutes and zones by hours; by more than a day only a mistake does.
AHEAD = timedelta(hours=24)
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
            "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")  # fmt: skip


class Expressions:
    """What a row of *arrivals* says, by *mapping*, in the words of the lake."""

    def __init__(
        self, arrivals: Arrivals, mapping: Mapping, *, source: str, zone: str, buckets: int
    ) -> None:
        self.arrivals, self.mapping, self.source, self._buckets = arrivals, mapping, source, buckets
        self.zone = mapping.zone or zone
        self._types = dict(arrivals.columns)

    def of_first(self, rows: int) -> Expressions:
        """Return the same of some first rows of the file, which is not read to its end."""
        few = replace(self.arrivals, sql=f"select * from ({self.arrivals.sql}) limit {rows}")
        return Expressions(
            few, self.mapping, source=self.source, zone=self.zone, buckets=self._buckets
        )

    def keys(self, now: datetime) -> str:
        """Give (row, id, occurred_at, nobody, flag, reason, field): each row's key and fate."""
        m = self.mapping
        time_field, name_field = literal(m.time or None), literal(m.name or None)
        late = "false" if m.future else f"occurred_at > {literal(now + AHEAD)}"
        return f"""
            select row, id, occurred_at, nobody, flag, fate.reason as reason, fate.field as field
            from (
              select row, id, occurred_at, nobody, flag,
                case
                  when timeless then {{'reason': 'no_time', 'field': {time_field}}}
                  when occurred_at is null then {{'reason': 'bad_time', 'field': {time_field}}}
                  when occurred_at < timestamptz '1900-01-01 00:00:00+00'
                    or occurred_at >= timestamptz '2101-01-01 00:00:00+00'
                    then {{'reason': 'time_out_of_range', 'field': {time_field}}}
                  when {late} then {{'reason': 'time_in_future', 'field': {time_field}}}
                  when nameless then {{'reason': 'no_name', 'field': {name_field}}}
                end as fate
              from (
                select {ROW} as row, {self._id()} as id, {self.time()} as occurred_at,
                  {self.whom()} is null as nobody, {self._time_text()} is null as timeless,
                  {self.name()} is null as nameless, {self._flag()} as flag
                from ({self.arrivals.sql})))"""

    def interactions(self, batch: int, now: datetime) -> str:
        """Give the new interactions in the columns of their table."""
        m = self.mapping
        identifiers = ", ".join(
            f"{self._optional(m.identifiers.get(kind))} as {kind}" for kind in IDENTIFIERS
        )
        return f"""
            select coalesce(alike_id, {self._id()}) as id, {self.time()} as occurred_at,
              {literal(now)} as received_at, {self._sent()} as sent_at,
              {self._as_written()} as time_text, {literal(self.zone)} as zone,
              {literal(self.source)} as source, nfc_normalize({self.name()}) as name,
              nfc_normalize({self.channel()}) as channel,
              nfc_normalize({self._optional(m.case)}) as case_id, {identifiers},
              {self._signature()} as signature, nfc_normalize({self._optional(m.text)}) as text,
              {self.score()} as score,
              case when {self.score()} is not null
                then {literal(m.score.code if m.score else None)} end as scale,
              {self.value_minor()} as value_minor,
              case when {self.value_minor()} is not null then {self.currency()} end as currency,
              flag, {self._consents()} as consents,
              {self._properties()} as properties, {batch} as batch, {ROW} as row,
              {bucket(f"coalesce({hash64(self.whom())}, 0)", self._buckets)} as bucket
            from ({self.arrivals.sql}) left join alike on alike_row = {ROW}
              left join flagged on flagged_row = {ROW}
            where {ROW} not in (select row from known)
              and {ROW} not in (select row from keys where reason is not null)"""

    def whom(self) -> str:
        """Give whatever says whose a row is, the strongest first; null when nothing does."""
        columns = [self.mapping.identifiers.get(kind) for kind in IDENTIFIERS] + [self.mapping.case]
        said = [self.text(column) for column in columns if column]
        return f"coalesce({', '.join(said)})" if said else "cast(null as varchar)"

    def raw_struct(self, alias: str) -> str:
        """Give the whole row as a struct, column by column."""
        return "{" + ", ".join(f"{literal(c)}: {alias}.{name(c)}" for c in self._types) + "}"

    def name(self) -> str:
        """Give what happened."""
        m = self.mapping
        if m.fixed_name:
            return literal(m.fixed_name)
        told = [self.text(column) for column in (m.name, *m.name_else)]
        return told[0] if len(told) == 1 else f"coalesce({', '.join(told)})"

    def channel(self) -> str:
        """Give the channel as it came."""
        fixed = self.mapping.fixed_channel
        return literal(fixed) if fixed else self._optional(self.mapping.channel)

    def _flag(self) -> str:
        """Give `bot` or `test` for what looks like no customer's, in a byte a row."""
        told = (self.mapping.agent, *map(self.mapping.identifiers.get, ("user_id", "email")))
        agent, account, email = (self.text(column) if column else None for column in told)
        said = flags.flag(agent=agent, account=account, email=email) or "null"
        return f"cast({said} as enum({', '.join(map(literal, flags.FLAGS))}))"

    def _consents(self) -> str:
        stated = self.mapping.consents
        return consents.said(stated, [self.text(consent.column) for consent in stated])

    def score(self) -> str:
        """Give the answer to a survey, when it lies within its scale."""
        score = self.mapping.score
        if not score:
            return "cast(null as double)"
        said = f"try_cast(replace({self.text(score.column)}, ',', '.') as double)"
        return f"case when {said} between {score.low!r} and {score.high!r} then {said} end"

    def currency(self) -> str:
        """Give the currency of the value: the mapping's, or the row's own."""
        column = self.mapping.currency_column
        if column:
            return money.currency(self.text(column))
        return literal(self.mapping.currency)

    def value_minor(self) -> str:
        """Give the money in the smallest coin of its currency; without a currency it is none."""
        m = self.mapping
        if not m.value or not (m.currency or m.currency_column):
            return "cast(null as bigint)"
        is_number = self._types[m.value].startswith(_NUMBERS)
        amount = money.amount(name(m.value), is_number=is_number, decimal=m.decimal)
        return money.minor_units(amount, self.currency())

    def text(self, column: str) -> str:
        """Give what a column says, without outer spaces; nothing is null."""
        if self._types.get(column) == "VARCHAR":
            return f"nullif(trim({name(column)}), '')"
        return f"nullif(trim(cast({name(column)} as varchar)), '')"

    def time(self) -> str:
        """Give when it happened, as an instant."""
        m = self.mapping
        if m.fixed_time:
            at = datetime.fromisoformat(m.fixed_time)
            return literal(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(self.zone)))
        if m.time_with:
            return self._instant(self._time_text(), "VARCHAR", m.format)
        return self._instant(name(m.time), self._types[m.time], m.format)

    def _sent(self) -> str:
        sent = self.mapping.sent
        if not sent:
            return "cast(null as timestamptz)"
        return self._instant(name(sent), self._types[sent], self.mapping.format)

    def _time_text(self) -> str:
        m = self.mapping
        if m.fixed_time:
            return literal(m.fixed_time)
        if m.time_with:
            parts = ", ".join(self.text(column) for column in (m.time, *m.time_with))
            return f"nullif(concat_ws(' ', {parts}), '')"
        if self._types[m.time] == "VARCHAR":
            return self.text(m.time)
        # What came typed is there or not; writing it out as text would only cost time.
        return f"case when {name(m.time)} is not null then '' end"

    def _as_written(self) -> str:
        m = self.mapping
        typed = not m.time_with and self._types.get(m.time, "VARCHAR") != "VARCHAR"
        return "cast(null as varchar)" if typed else self._time_text()

    def _instant(self, column: str, kind: str, form: str) -> str:
        zone = literal(self.zone)
        if kind == "TIMESTAMP WITH TIME ZONE":
            return column
        if kind.startswith(("TIMESTAMP", "DATE")):
            return f"timezone({zone}, cast({column} as timestamp))"
        if form in ("epoch_s", "epoch_ms"):
            factor = 1_000_000 if form == "epoch_s" else 1_000
            return f"make_timestamptz(try_cast(try_cast({column} as double) * {factor} as bigint))"
        text = f"trim(cast({column} as varchar))"
        if form != "iso":
            return f"timezone({zone}, try_strptime({text}, {literal(form)}))"
        return f"""(case when regexp_matches({text}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')
              and length({text}) > 10 then try_cast({text} as timestamptz)
              else timezone({zone}, try_cast({text} as timestamp)) end)"""

    def _optional(self, column: str | None) -> str:
        return self.text(column) if column else "cast(null as varchar)"

    def _id(self) -> str:
        columns = [self.mapping.id] if self.mapping.id else list(self._types)
        parts = ", ".join(f"coalesce(cast({name(c)} as varchar), chr(30))" for c in columns)
        return hash64(f"concat_ws(chr(31), {literal(self.source)}, {parts})")

    def _signature(self) -> str:
        mapped = self.mapping.identifiers
        if not mapped:
            return "cast(null as bigint)"
        parts = ", ".join(
            f"coalesce({self._optional(mapped.get(kind))}, '')" for kind in IDENTIFIERS
        )
        anyone = f"coalesce({', '.join(self.text(column) for column in mapped.values())})"
        return f"case when {anyone} is not null then {hash64(f'concat_ws(chr(31), {parts})')} end"

    def _properties(self) -> str:
        # Scores and amounts stay as typed too: outside their scale they would be lost.
        kept = ("score.column", "value.column", "value.currency", "sent", "agent")
        mapped = {
            c for place, c in self.mapping.columns().items()
            if place not in kept and not place.startswith("consents")
        }  # fmt: skip
        used = mapped | set(self.mapping.skip)
        rest = [column for column in self._types if column not in used]
        if not rest:
            return "cast(null as varchar)"
        pairs = ", ".join(f"{literal(c)}: {name(c)}" for c in rest)
        told = f"to_json({{{pairs}}})"
        # RFC 7396: a merge patch takes out what is null.
        told = f"nullif(json_merge_patch('{{}}', {told}), '{{}}')" if self.arrivals.sparse else told
        return f"cast({told} as varchar)"
