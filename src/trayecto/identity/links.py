"""
The ledger of evidence: which identifiers were seen together, first when, shown by which fact.

Append-only. One row a *signature*, a distinct set of identifiers as typed: there are few of them
(one a device or a customer) however many interactions. The only writer of `links`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trayecto.identity.identifiers import KINDS, normalise
from trayecto.identity.judgements import suppressed
from trayecto.lake.duck import Session
from trayecto.lake.lake import Writer
from trayecto.lake.sql import one_of
from trayecto.lake.tables import LINKS

RULES = 1


def record(session: Session, writer: Writer, *, region: str | None) -> list[int]:
    """
    Note the signatures not yet in the ledger, or now seen earlier.

    Returns those that carry an identifier of somebody who was forgotten: they are not noted, and
    their facts are to be taken out.

    The newest note of a signature is never older than the evidence: a late fact that shows the
    same identifiers at an earlier time is a further row, not a correction.
    """
    typed = ", ".join(f"arg_min({kind}, occurred_at) as {kind}" for kind in KINDS)
    rows = session.ask(
        "new signatures",
        f"""with seen as (
              select signature, min(occurred_at) as first_at, {typed},
                     arg_min(source, occurred_at) as source, arg_min(id, occurred_at) as interaction
              from interactions where signature is not null group by signature),
            known as (select signature, min(first_at) as first_at from links group by signature)
            select s.* from seen s left join known k using (signature)
            where k.first_at is null or s.first_at < k.first_at
            order by first_at, signature""",
    )
    noted = []
    for signature, first_at, *rest in rows:
        usable, unusable = normalise(tuple(rest[: len(KINDS)]), region=region)
        source, interaction = rest[len(KINDS) :]
        noted.append(
            (signature, *usable, first_at, source, interaction, ",".join(unusable) or None, RULES)
        )
    forgotten = suppressed(session, writer.lake, (key for row in noted for key in _keys(row)))
    refused = [row for row in noted if forgotten.intersection(_keys(row))] if forgotten else []
    noted = [row for row in noted if row not in refused] if refused else noted
    columns = ", ".join(f"{column.name} {column.type}" for column in LINKS.columns)
    session.load("noted", columns, noted)
    if noted:
        writer.append(LINKS, session, "new links", "from noted")
    return [row[0] for row in refused]


def _keys(row: Sequence[Any]) -> list[tuple[str, str]]:
    return [(kind, value) for kind, value in zip(KINDS, row[1:], strict=False) if value]


def erase(writer: Writer, signatures: Sequence[int]) -> None:
    """Take a person's evidence out of the ledger."""
    writer.delete(LINKS, f"signature in {one_of(signatures)}")
