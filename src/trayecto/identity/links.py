"""
The ledger of evidence: which identifiers were seen together, first when, shown by which fact.

Append-only. One row a *signature*, a distinct set of identifiers as typed: there are few of them
(one a device or a customer) however many interactions. The only writer of `links`.
"""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.identity.identifiers import KINDS
from trayecto.identity.judgements import find_forgotten
from trayecto.identity.normal import normalise_all
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Writer
from trayecto.lake.marks import newest_import
from trayecto.lake.sql import one_of
from trayecto.lake.tables import LINKS

RULES = 3
_READ = "batch"
"""The newest import whose facts the ledger has seen."""


def record(session: Session, writer: Writer, *, region: str | None) -> list[int]:
    """
    Note the signatures not yet in the ledger, or now seen earlier.

    Returns those that carry an identifier of somebody who was forgotten: they are not noted, and
    their facts are to be taken out.

    The newest note of a signature is never older than the evidence: a late fact that shows the
    same identifiers at an earlier time is a further row, not a correction.
    """
    newest = newest_import(session)
    read = int(writer.lake.stamp(LINKS).get(_READ, 0))
    note(session, region=region, since=read)
    find_forgotten(session, writer.lake, among="noted", into="refused")
    (new,) = session.one(
        "new links", "select count(*) from noted anti join refused using (signature)"
    )
    stamp = {_READ: str(newest)}
    if new:
        writer.append(
            LINKS,
            session,
            "new links",
            f"select *, {RULES} as rules from noted anti join refused using (signature)",
            stamp=stamp,
        )
    elif newest != read:
        writer.note(LINKS, stamp)
    refused = session.ask("facts of the forgotten", "select signature from refused order by all")
    return [signature for (signature,) in refused]


def note(session: Session, *, region: str | None, since: int = 0) -> None:
    """Make the table `noted`: what imports after *since* add to the ledger."""
    typed = ", ".join(f"arg_min({kind}, occurred_at) as {kind}" for kind in KINDS)
    session.run(
        "signatures seen",
        f"""create or replace temp table seen as
            select signature, {typed}, min(occurred_at) as first_at,
                   arg_min(source, occurred_at) as source, arg_min(id, occurred_at) as interaction
            from interactions where signature is not null and batch > {since}
            group by signature""",
    )
    # Steps of their own: of a table that is there the engine knows what not to look for.
    session.run(
        "those that were known",
        """create or replace temp table known as
           select signature, min(first_at) as first_at from links
           where signature in (select signature from seen) group by signature""",
    )
    session.run(
        "those that are new, or older than was known",
        """delete from seen using known
           where known.signature = seen.signature and known.first_at <= seen.first_at""",
    )
    normalise_all(session, "seen", into="noted", region=region)
    session.run("signatures seen, done", "drop table seen")


def without(writer: Writer, session: Session, signatures: Sequence[int]) -> Anew:
    """Lay the ledger anew without a person's evidence."""
    return writer.without(LINKS, session, f"signature in {one_of(signatures)}")
