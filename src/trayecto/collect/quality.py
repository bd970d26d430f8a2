"""How good each source's data is; every count reconciles to the rows read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.collect.clean import REASONS
from trayecto.collect.flags import FLAGS
from trayecto.collect.rejects import REPLAYED
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal
from trayecto.vocabulary.estimate import Estimate, share
from trayecto.vocabulary.text import Text

LATE_DAYS = 2
"""Facts that arrive more than this after the newest fact then known of their source are late."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """How many rows of a source one reason kept aside."""

    reason: str
    rows: int

    @property
    def said(self) -> Text:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many present facts of a source look like a robot's, or like a test."""

    flag: str
    rows: int

    @property
    def said(self) -> Text:
        """The flag in words."""
        return FLAGS[self.flag]


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """
    One source: rows_read = kept + duplicates + rejected, and kept = present + erased.

    *nobody* are present facts tied to no person; *late* the share that arrived after facts more
    than `LATE_DAYS` younger; *new_names* and *new_properties* are what the newest import brought
    first.
    """

    source: str
    imports: int
    rows_read: int
    kept: int
    duplicates: int
    rejected: int
    present: int
    erased: int
    first_at: datetime | None
    last_at: datetime | None
    received_at: datetime
    nobody: Estimate
    late: Estimate
    without_case: int
    reasons: tuple[Rejected, ...]
    new_names: tuple[str, ...]
    new_properties: tuple[str, ...]
    flags: tuple[Flagged, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 in UTC."""
        plain = asdict(self)
        for name in ("first_at", "last_at", "received_at"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        return plain


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was brought in, or rows tried again, and what became of it."""

    source: str
    file: str
    received_at: datetime
    rows_read: int
    kept: int
    duplicates: int
    rejected: int
    replayed: bool
    """The rows were kept aside before, and tried again."""


def imports(session: Session, *, since: datetime) -> tuple[Import, ...]:
    """Return what was brought in since a moment, the newest first."""
    rows = session.ask(
        "imports since",
        f"""select source, file, received_at, rows_read, kept, duplicates, rejected,
                   starts_with(file, {literal(REPLAYED)})
            from batches where received_at >= {literal(since.isoformat())}::timestamptz
            order by received_at desc, batch desc""",
    )
    return tuple(Import(*row) for row in rows)


def quality(session: Session) -> tuple[SourceQuality, ...]:
    """Return the quality of each source, by name."""
    batches = session.ask(
        "imports by source",
        f"""with named as (
              select *, starts_with(file, {literal(REPLAYED)}) as replayed from batches)
            select source, count(*) filter (not replayed),
                   coalesce(sum(rows_read) filter (not replayed), 0)::bigint, sum(kept)::bigint,
                   sum(duplicates)::bigint,
                   (coalesce(sum(rejected) filter (not replayed), 0)
                     - coalesce(sum(kept + duplicates) filter (replayed), 0))::bigint,
                   max(received_at)
            from named group by source order by source""",
    )
    facts = {row[0]: row[1:] for row in session.ask("facts by source", _FACTS)}
    reasons = session.ask(
        "rejects by source",
        "select source, reason, count(*) from rejected group by all order by 3 desc, 2",
    )
    flags = session.ask(
        "flagged by source",
        "select source, flag, count(*) from interactions where flag is not null "
        "group by all order by 3 desc, 2",
    )
    names = session.ask("new names", _first_seen("select source, batch, name as new "
                                                 "from interactions"))  # fmt: skip
    keys = session.ask("new properties", _first_seen(_PROPERTIES))
    found = []
    nothing = (0, None, None, 0, 0, 0)
    for source, imports, read, kept, duplicates, rejected, received in batches:
        present, first, last, nobody, late, without_case = facts.get(source, nothing)
        found.append(
            SourceQuality(
                source, imports, read, kept, duplicates, rejected, present, kept - present,
                first, last, received, share(nobody, present), share(late, present), without_case,
                tuple(Rejected(reason, n) for of, reason, n in reasons if of == source),
                tuple(name for of, name in names if of == source),
                tuple(key for of, key in keys if of == source),
                tuple(Flagged(flag, n) for of, flag, n in flags if of == source),
            )
        )  # fmt: skip
    return tuple(found)


def _first_seen(sql: str) -> str:
    """Give (source, new) of what the newest import of a source brought, and none before."""
    return f"""
        with brought as (
          select source, new, min(batch) as first from ({sql}) where new is not null
          group by source, new),
        imports as (select source, min(batch) as oldest, max(batch) as newest
                    from batches group by source)
        select b.source, b.new from brought b join imports i on i.source = b.source
        where b.first = i.newest and b.first > i.oldest order by b.source, b.new"""


# Properties of one file nearly all have the same names: its first rows tell them.
_LOOKED_AT = 20_000
_PROPERTIES = f"""
    select source, batch, unnest(json_keys(properties)) as new from interactions
    where row <= {_LOOKED_AT} and properties is not null"""

_FACTS = f"""
    with newest as (
      select source, batch, max(max(occurred_at)) over (
               partition by source order by batch rows between unbounded preceding and 1 preceding
             ) as known
      from interactions group by source, batch),
    resolved as (select distinct signature from people where person is not null)
    select i.source, count(*), min(i.occurred_at), max(i.occurred_at),
           count(*) filter (r.signature is null),
           count(*) filter (i.occurred_at < n.known - interval {LATE_DAYS} day),
           count(*) filter (i.case_id is null)
    from interactions i join newest n on n.source = i.source and n.batch = i.batch
    left join resolved r on r.signature = i.signature
    group by i.source"""
