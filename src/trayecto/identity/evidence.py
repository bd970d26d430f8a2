"""
The ledger as evidence that can be joined: every identifier a number, shared addresses left out.

Signatures are few beside interactions, but there may be millions: the engine numbers and groups
them, and only sets of two identifiers or more, each once, reach the code that joins people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from trayecto.identity.components import Components, Judgement
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session
from trayecto.lake.sql import hash64, literal

ACCOUNTS_THAT_SHARE = 2
"""More accounts than this on one e-mail or phone, and it is nobody's."""
_SHAREABLE = ("email", "phone")
_KEYS = ", ".join(KINDS)
_AT_ONCE = 100_000
SAME_SET = " and ".join(f"d.{kind} is not distinct from h.{kind}" for kind in KINDS)
"""That a row of `dropped` (d) and one of `held` (h) are the same set."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def key_number(kind: str, value: str) -> str:
    """Give the number of an identifier; null stays null. A person's is the least of theirs."""
    return hash64(f"{literal(kind + chr(31))} || {value}")


def gather(session: Session, *, ledger: str) -> None:
    """
    Make the table `held` of a *ledger*: a row a signature, its identifiers as numbers.

    *first_at* is when it was first seen. *strongest* is the one that says whose it is, of the kind
    number *kind*; *note* says what is shared or that nothing is usable. *device* is there even
    where it is not what counts.
    """
    numbered = ", ".join(f"{key_number(kind, f'any_value({kind})')} as {kind}" for kind in KINDS)
    session.run(
        "identifiers as numbers",
        f"""create or replace temp table numbered as
            select signature, min(first_at) as first_at, {numbered}
            from {ledger} group by signature""",
    )
    for kind in _SHAREABLE:
        session.run(
            f"shared: {kind}",
            f"""create or replace temp table shared_{kind} as
                select {kind} as key from numbered
                where {kind} is not null and user_id is not null
                group by {kind} having count(distinct user_id) > {ACCOUNTS_THAT_SHARE}""",
        )
    kept = ", ".join(
        f"case when shared_{kind}.key is null then n.{kind} end as {kind}" for kind in _SHAREABLE
    )
    shared = ", ".join(
        f"case when shared_{kind}.key is not null then '{kind}' end" for kind in _SHAREABLE
    )
    joined = " ".join(
        f"left join shared_{kind} on shared_{kind}.key = n.{kind}" for kind in _SHAREABLE
    )
    place = " ".join(f"when {kind} is not null then {i}" for i, kind in enumerate(KINDS))
    session.run(
        "what each signature holds",
        f"""create or replace temp table held as
            select *, anonymous_id as device, coalesce({_KEYS}) as strongest,
                   case {place} end as kind
            from (
              select n.* replace ({kept}),
                     case when coalesce({", ".join(f"n.{kind}" for kind in KINDS)}) is null
                       then 'no_identifier'
                       else 'shared:' || nullif(concat_ws(',', {shared}), '') end as note
              from numbered n {joined})""",
    )


def join(session: Session, said: Sequence[Judgement]) -> None:
    """
    Make people of the evidence in `held`, under what operators *said*.

    Leaves `whose` (identifier → person, where that is another number) and `dropped` (the sets that
    a limit left something out of, and which kinds).
    """
    _number(session, said)
    kinds = session.arrays("kinds of identifiers", "select kind from identifier order by number")
    components = Components(_some_at_once(kinds["kind"]))
    numbers = {
        (kind, value): number
        for kind, value, number in session.ask(
            "who was judged",
            "select j.kind, value, number from judged j join identifier using (key)",
        )
    }
    components.say(said, numbers)
    # What an operator calls the same, without force, is evidence like any other.
    waiting = [
        (_microseconds(judgement.made_at), [numbers[judgement.left], numbers[judgement.right]])
        for judgement in said
        if judgement.verdict == "same" and not judgement.forced
    ]
    held = ", ".join(f"coalesce({kind}, -1) as {kind}" for kind in KINDS)
    sets = session.arrays(
        "sets of identifiers in time",
        f"""select set, epoch_us(first_at) as first_at, {held}
            from sets order by sets.first_at, signature""",
    )
    limited = []
    for number, first_at, *row in zip(*map(_some_at_once, sets.values()), strict=True):
        while waiting and waiting[0][0] <= first_at:
            components.join(waiting.pop(0)[1])
        keys = [key for key in row if key >= 0]
        taken = components.join(keys)
        if taken < len(keys):
            places = [kind for kind, key in zip(KINDS, row, strict=True) if key >= 0]
            limited.append((number, "limit:" + ",".join(places[taken:])))
    for _, pair in waiting:
        components.join(pair)
    session.load("limited", "set bigint, limited varchar", limited)
    session.run(
        "sets that were limited",
        "create or replace temp table dropped as from together join limited using (set)",
    )
    # Row n of a table that is made at once is what stands for identifier n.
    session.load("joined", "root integer", zip(components.roots(), strict=True))
    session.run(
        "whose each identifier is",
        """create or replace temp table whose as
           select i.key, r.key as person from (select rowid as number, root from joined) j
           join identifier i on i.number = j.number and j.root <> j.number
           join identifier r on r.number = j.root""",
    )


def _some_at_once(column: Any) -> Iterator[int]:
    """Give the numbers of an array: all of a large ledger as Python's would fill the memory."""
    for start in range(0, len(column), _AT_ONCE):
        yield from column[start : start + _AT_ONCE].tolist()


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _number(session: Session, said: Sequence[Judgement]) -> None:
    """Make `identifier` (number, key, kind), by key, and `sets`, each in those numbers, once."""
    session.load(
        "judged_text",
        "kind varchar, value varchar",
        sorted({key for judgement in said for key in (judgement.left, judgement.right)}),
    )
    session.run(
        "who was judged, as numbers",
        f"""create or replace temp table judged as
            select *, {hash64("kind || chr(31) || value")} as key from judged_text""",
    )
    session.run(
        "sets of two or more",
        f"""create or replace temp table together as
            select row_number() over () as set, * from (
              select {_KEYS}, min((first_at, signature)) as earliest from held
              where {" + ".join(f"({kind} is not null)::int" for kind in KINDS)} > 1
              group by {_KEYS})""",
    )
    keys = " union ".join(
        f"select {kind} as key, {i} as kind from together where {kind} is not null"
        for i, kind in enumerate(KINDS)
    )
    places = " ".join(f"when '{kind}' then {i}" for i, kind in enumerate(KINDS))
    session.run(
        "identifiers in order",
        f"""create or replace temp table identifier as
            select cast(row_number() over (order by key) - 1 as integer) as number, key, kind
            from ({keys} union select key, case kind {places} end from judged)""",
    )
    joins = " ".join(f"left join identifier as i_{kind} on i_{kind}.key = t.{kind}"
                     for kind in KINDS)  # fmt: skip
    session.run(
        "sets in order numbers",
        f"""create or replace temp table sets as
            select set, earliest[1] as first_at, earliest[2] as signature,
                   {", ".join(f"i_{kind}.number as {kind}" for kind in KINDS)}
            from together t {joins}""",
    )
