"""
Values that look like placeholders, named before anybody is linked on them.

A default phone on two rows in a hundred would make one person of thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.collect.arrivals import ROW
from trayecto.collect.expressions import Expressions
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.vocabulary.text import Language, Notice, number, percent

# A value on one row in a hundred, beside more than ten others, is a default and not a person.
_SHARE, _FEWEST, _BESIDE, _TIMES = 0.01, 20, 10, 50
_LISTED = 20
_ENOUGH = 100_000


@dataclass(frozen=True, slots=True)
class Suspect:
    """A value of an identifier that stands on so many rows that it may be nobody's."""

    kind: str
    column: str
    value: str
    rows: int
    share: float
    beside: int
    """How many different other identifiers it stands beside."""

    @property
    def said(self) -> Notice:
        """The value, on how many rows it stands, and what that may mean."""
        (rows, share, beside), (filas, parte, otros) = self._figures("en"), self._figures("es")
        value = f"[{self.column}] {self.value}"
        more = (f", beside {beside} other identifiers", f", junto a otros {otros} identificadores")
        en, es = more if self.beside else ("", "")
        return Notice(
            en=f"{value}: on {rows} rows ({share}){en}; it may be a placeholder",
            es=f"{value}: en {filas} filas ({parte}){es}; puede ser de relleno",
        )

    def _figures(self, language: Language) -> tuple[str, str, str]:
        return (
            number(self.rows, language),
            percent(self.share, language, decimals=1),
            number(self.beside, language),
        )


def suspects(session: Session, sql: Expressions, *, rows: int) -> tuple[Suspect, ...]:
    """Return the values of identifiers that look like placeholders, the commonest first."""
    if not sql.mapping.identifiers:
        return ()
    step = max(1, rows // _ENOUGH)
    _look(session, sql, step)
    found = [
        Suspect(kind, column, value, count, count / rows, beside)
        for kind, column in sql.mapping.identifiers.items()
        for value, count, beside in _common(session, sql, kind, rows, step)
    ]
    return tuple(sorted(found, key=lambda s: (-s.rows, s.kind, s.value))[:_LISTED])


def _look(session: Session, sql: Expressions, step: int) -> None:
    """Count the values of each kind in one row of every *step*, reading the file once for all."""
    each = ", ".join(
        f"{{'kind': {literal(kind)}, 'value': {sql.text(column)}}}"
        for kind, column in sql.mapping.identifiers.items()
    )
    session.run(
        "values that come often",
        f"""create or replace temp table often as
            select of.kind as kind, of.value as value, count(*) as n
            from (select unnest([{each}]) as of from ({sql.arrivals.sql}) where {ROW} % {step} = 0)
            where of.value is not null group by all""",
    )


def _common(
    session: Session, sql: Expressions, kind: str, rows: int, step: int
) -> list[tuple[str, int, int]]:
    mapped = sql.mapping.identifiers
    others = [column for other, column in mapped.items() if other != kind]
    value = sql.text(mapped[kind])
    at_least = max(_FEWEST, int(_SHARE * rows))
    # Of a sample, half as many are enough to be counted whole.
    may = f"kind = {literal(kind)} and 2 * {step} * n >= {at_least}"
    (common,) = session.one("whether any may", f"select count(*) from often where {may}")
    if not common:
        return []
    beside = f"count(distinct {_joined(sql, others)})" if others else "0"
    median = f"(select median(n) from often where kind = {literal(kind)})"
    usual = "1" if others else f"{_TIMES} * {step} * {median}"
    found = session.ask(
        "values of too many rows",
        f"""select __value, count(*), {beside}
            from (select *, {value} as __value from ({sql.arrivals.sql}))
            where __value in (select value from often where {may})
            group by __value
            having count(*) >= {at_least} and count(*) > {usual}
            order by count(*) desc, __value""",
    )
    fewest = _BESIDE if others else -1
    return [(said, count, near) for said, count, near in found if near > fewest][:_LISTED]


def _joined(sql: Expressions, columns: list[str]) -> str:
    parts = ", ".join(f"coalesce({sql.text(column)}, '')" for column in columns)
    return f"nullif(concat_ws(chr(31), {parts}), repeat(chr(31), {len(columns) - 1}))"
