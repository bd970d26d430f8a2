"""
The ledger as evidence that can be joined: every identifier a number, shared addresses left out.

Signatures are few beside interactions, but there may be millions: the engine numbers and groups
them, and only sets of two identifiers or more, each once, reach the code that joins people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from trayecto.identity import links
from trayecto.identity.components import (
    Components,
    Judgement,
    Key,
    Numbers,
    beyond_limits,
    hang_together,
)
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session

ACCOUNTS_THAT_SHARE = 2
"""More accounts than this on one e-mail or phone, and it is nobody's."""
_SHAREABLE = ("email", "phone")
_KEYS = ", ".join(KINDS)
_AT_ONCE = 100_000
SAME_SET = " and ".join(f"d.{kind} is not distinct from h.{kind}" for kind in KINDS)
"""That a row of `dropped` (d) and one of `held` (h) are the same set."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def gather(session: Session, *, ledger: str) -> None:
    """
    Make the table `held` of a *ledger*: a row a signature, its identifiers as numbers.

    *first_at* is when it was first seen. *strongest* is the one that says whose it is, of the kind
    number *kind*; *note* says what is shared or that nothing is usable. *device* is there even
    where it is not what counts.
    """
    numbered = ", ".join(
        f"any_value({key}) as {kind}" for kind, key in zip(KINDS, links.KEYS, strict=True)
    )
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
    numbers = {
        (kind, value): number
        for kind, value, number in session.ask(
            "who was judged",
            "select j.kind, value, number from judged j join identifier using (key)",
        )
    }
    held = ", ".join(f"coalesce({kind}, -1) as {kind}" for kind in KINDS)
    found = session.arrays(
        "sets of identifiers in time",
        f"""select set, epoch_us(first_at) as first_at, {held}
            from sets order by sets.first_at, signature""",
    )
    sets = Sets(found["set"], found["first_at"], np.column_stack([found[kind] for kind in KINDS]))
    roots, limited = _roots(sets, kinds["kind"], said, numbers)
    session.load("limited", "set bigint, limited varchar", limited)
    session.run(
        "sets that were limited",
        "create or replace temp table dropped as from together join limited using (set)",
    )
    # Row n of a table that is made at once is what stands for identifier n.
    session.load_arrays("joined", "root integer", root=roots)
    session.run(
        "whose each identifier is",
        """create or replace temp table whose as
           select i.key, r.key as person from (select rowid as number, root from joined) j
           join identifier i on i.number = j.number and j.root <> j.number
           join identifier r on r.number = j.root""",
    )


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of two identifiers or more, in the order of time; of a kind −1 where there is none."""

    number: Numbers
    first_us: Numbers
    holds: Numbers

    def of(self, which: NDArray[np.bool_]) -> Sets:
        """Return only some."""
        return Sets(self.number[which], self.first_us[which], self.holds[which])


def _roots(
    sets: Sets, kinds: Numbers, said: Sequence[Judgement], numbers: Mapping[Key, int]
) -> tuple[Numbers, list[tuple[int, str]]]:
    """
    Return what stands for each identifier; and the sets that a limit took something from, of what.

    What hangs together and is within every limit is one person in whatever order it came. Only the
    rest, and what was judged, is joined set by set.
    """
    pairs = [(numbers[one.left], numbers[one.right]) for one in said]
    judged = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    least = hang_together(sets.holds, pairs=judged, of=len(kinds))
    hard = beyond_limits(least, kinds)
    hard |= np.isin(least, least[judged])
    among = np.flatnonzero(hard)
    place = np.cumsum(hard, dtype=np.int32) - 1
    of_hard = sets.of(hard[sets.holds.max(axis=1)])
    holds = np.where(of_hard.holds >= 0, place[of_hard.holds], -1)
    components = Components(_some_at_once(kinds[among]))
    here = {key: int(place[number]) for key, number in numbers.items()}
    limited = _join(components, replace(of_hard, holds=holds), said, here)
    least[among] = among[np.fromiter(components.roots(), np.int64, len(among))]
    return least, limited


def _join(
    components: Components, sets: Sets, said: Sequence[Judgement], numbers: Mapping[Key, int]
) -> list[tuple[int, str]]:
    """Join *sets* one after the other; return those that a limit took something from, of what."""
    components.say(said, numbers)
    # What an operator calls the same, without force, is evidence like any other.
    waiting = [
        (_microseconds(judgement.made_at), [numbers[judgement.left], numbers[judgement.right]])
        for judgement in said
        if judgement.verdict == "same" and not judgement.forced
    ]
    limited = []
    columns = (sets.number, sets.first_us, *sets.holds.T)
    for number, first_us, *row in zip(*map(_some_at_once, columns), strict=True):
        while waiting and waiting[0][0] <= first_us:
            components.join(waiting.pop(0)[1])
        keys = [key for key in row if key >= 0]
        taken = components.join(keys)
        if taken < len(keys):
            places = [kind for kind, key in zip(KINDS, row, strict=True) if key >= 0]
            limited.append((number, "limit:" + ",".join(places[taken:])))
    for _, pair in waiting:
        components.join(pair)
    return limited


def _some_at_once(column: Numbers) -> Iterator[int]:
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
            select *, {links.key("kind", "value")} as key from judged_text""",
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
