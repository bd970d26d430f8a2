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
from trayecto.lake.sql import hash64, literal, one_of
from trayecto.lake.tables import LINKS

RULES = 3
KEYS = tuple(f"{kind}_key" for kind in KINDS)
"""The columns that hold each identifier as a number: quicker to look for than the text."""
_READ = "batch"
"""The newest import whose facts the ledger has seen."""


def key(kind: str, value: str) -> str:
    """Give the number of an identifier; null stays null. A person's is the least of theirs."""
    return hash64(f"{kind} || chr(31) || {value}")


def with_keys(rows: str) -> str:
    """Give *rows* with the number of each identifier beside it."""
    numbered = (
        f"{key(literal(kind), kind)} as {name}" for kind, name in zip(KINDS, KEYS, strict=True)
    )
    return f"select *, {', '.join(numbered)} from {rows}"


def record(session: Session, writer: Writer, *, region: str | None) -> list[int]:
    """
    Note the signatures not yet in the ledger, or now seen earlier.

    Returns those that carry an identifier of somebody who was forgotten: they are not noted, and
    their facts are to be taken out.

    The newest note of a signature is never older than the evidence: a late fact that shows the
    same identifiers at an earlier time is a further row, not a correction.
    """
    _complete(session, writer)
    newest = newest_import(session)
    read = int(writer.lake.stamp(LINKS).get(_READ, 0))
    note(session, region=region, since=read)
    find_forgotten(session, writer.lake, among="noted", into="refused")
    (new,) = session.one(
        "new links", "select count(*) from noted anti join refused using (signature)"
    )
    stamp = {_READ: str(newest)}
    if new:
        rows = f"(select *, {RULES} as rules from noted anti join refused using (signature))"
        writer.append(LINKS, session, "new links", with_keys(rows), stamp=stamp)
    elif newest != read:
        writer.note(LINKS, stamp)
    refused = session.ask("facts of the forgotten", "select signature from refused order by all")
    return [signature for (signature,) in refused]


def _complete(session: Session, writer: Writer) -> None:
    """Write what an older program noted once more, with the numbers of the identifiers."""
    stored = writer.lake.stored(LINKS)
    if stored and not stored.issuperset(KEYS):
        rows = f"(select * exclude ({', '.join(KEYS)}) from links)"
        writer.replace(LINKS, session, "links with their numbers", with_keys(rows))


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
