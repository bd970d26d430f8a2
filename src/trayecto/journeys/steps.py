"""
The table `steps`: interactions in the order people lived them, ordered once for every question.

Rows lie clustered by subject (a person, or a case) and time inside their bucket, with small
integer codes and the sequence columns beside them, so that a question is a scan and a group, never
a sort. Only the buckets that new facts or changed people touch are built again. Ties in time are
broken by arrival (import, then row), then by id. Beside them `paths` holds the same as one list a
subject. What a small import changes is laid beside (`beside`). The only writer of both, with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trayecto.journeys import beside
from trayecto.lake.duck import Session, laid_view
from trayecto.lake.kinds import COUNTS, NODE
from trayecto.lake.laid import File
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.marks import Moved, fingerprints, newest_import
from trayecto.lake.sql import SO_FAR, bucket, hash64, literal, one_of
from trayecto.lake.tables import (
    BESIDE,
    INTERACTIONS,
    NODES,
    PATHS,
    PEOPLE,
    STEPS,
    TABLES,
    WAYS,
    Table,
)

ROWS_AT_ONCE = 12_000_000
"""How many interactions are dealt out in one go; more than fit in memory spill to disk."""

ROWS_IN_ORDER = 2_000_000
"""How many are put in order in one go, and lie in one file: a sort that fits in memory."""

Place = tuple[str, int]
"""A partition of the tables written here: per person or case, and the bucket."""
Unit = tuple[str, int, int]
"""A place, and how many steps it has."""

LAYOUT = 4
"""Which columns `steps` and `paths` have; what an older program wrote is ordered anew."""


@dataclass(frozen=True, slots=True)
class Built:
    """
    What `steps` was built from: versions of the tables before it, and finer marks that say where.

    *batch* is the newest import ordered, *generation* that of the node codes, *erased* how often
    facts were taken out, *people_by_bucket* a fingerprint of who is who in each bucket.
    """

    interactions: int = -1
    people: int = -1
    nodes: int = -1
    batch: int = 0
    generation: int = 0
    erased: int = 0
    layout: int = 0
    people_by_bucket: Mapping[int, str] = field(default_factory=dict)

    def stamp(self) -> dict[str, str]:
        """Return the note that the commit carries."""
        plain = {name: str(getattr(self, name)) for name in _NUMBERS}
        return {**plain, "people_by_bucket": json.dumps(self.people_by_bucket)}


_NUMBERS = ("interactions", "people", "nodes", "batch", "generation", "erased", "layout")


def built(lake: Lake) -> Built:
    """Return what the present `steps` was built from."""
    note = lake.stamp(STEPS)
    numbers = {name: int(note[name]) for name in _NUMBERS if name in note}
    prints: dict[str, str] = json.loads(note.get("people_by_bucket", "{}"))
    return Built(**numbers, people_by_bucket={int(b): mark for b, mark in prints.items()})


def is_fresh(lake: Lake) -> bool:
    """Tell whether `steps` holds every fact of the lake, under the present people and nodes."""
    was = built(lake)
    return (was.interactions, was.people, was.nodes, was.layout) == (
        lake.version(INTERACTIONS), lake.version(PEOPLE), lake.version(NODES), LAYOUT
    )  # fmt: skip


def present(lake: Lake, session: Session) -> Built:
    """Return what `steps` would be built from now."""
    return Built(
        lake.version(INTERACTIONS), lake.version(PEOPLE), lake.version(NODES),
        newest_import(session), int(lake.stamp(NODES).get("generation", 0)),
        lake.erased(), LAYOUT, fingerprints(lake),
    )  # fmt: skip


def build(lake: Lake, writer: Writer, session: Session) -> list[int]:
    """
    Bring the steps up to date with the facts; return the buckets ordered anew.

    The facts of every touched bucket are put in order anew.
    """
    if is_fresh(lake):
        return []
    was, now = built(lake), present(lake, session)
    touched = _touched(lake, session, was, now)
    # In another layout the new files take the place of the whole table, as where rows lie beside.
    anew = was.layout != LAYOUT or STEPS.name in session.merged
    if anew:
        touched = list(range(lake.buckets))
    _order(lake, writer, session, touched, anew=anew, stamp=now.stamp())
    return touched


def lay(lake: Lake, writer: Writer, session: Session, *, moved: Moved) -> bool:
    """
    Lay new facts beside the steps there are, where all else is as it was and they are few.

    In the *session* in which people were just joined: of who *moved* and of whom the new facts are
    its table `owned` says who has which set of identifiers. Returns whether it was done; else the
    steps are to be built.
    """
    was, now = built(lake), present(lake, session)
    if (
        (was.generation, was.erased, was.layout) != (now.generation, now.erased, now.layout)
        or (was.people, was.batch) != (moved.people, moved.batch)
        or was.interactions == -1
    ):
        return False
    (steps,) = session.one("how many steps", f"select count(*) from {laid_view(session, STEPS)}")
    (new,) = session.one(
        "how many new facts", f"select count(*) from interactions where batch > {was.batch}"
    )
    if not beside.is_few(new, of=steps):
        return False
    session.load("moved", "subject bigint, since timestamptz", moved.since)
    _gather(session, "newer", f"batch > {was.batch}")
    # Of who moved all facts from then on, new ones and those of others until now.
    then = "exists (from moved m where m.subject = p.person and i.occurred_at >= m.since)"
    rows = [
        _of_people(f"not {then}", facts="newer", people="owned"),
        _of_cases("true", facts="newer"),
    ]
    if moved.since:
        known = "select signature from owned where person in (select subject from moved)"
        earliest = literal(min(since for _, since in moved.since))
        _gather(session, "theirs", f"occurred_at >= {earliest} and signature in ({known})")
        rows.append(_of_people(then, facts="theirs", people="owned"))
    session.run(
        "new facts with their nodes",
        f"create or replace temp table fresh as {' union all '.join(rows)}",
    )
    laid = beside.lay(writer, session, sequence=in_sequence(), steps=steps)
    if laid:
        put(writer, laid, at={"bucket": [BESIDE]}, stamp=now.stamp())
    return bool(laid)


def settle(lake: Lake, writer: Writer, session: Session) -> None:
    """Put what lies beside the other steps in its place among them."""
    if STEPS.name in session.merged:
        stamp = present(lake, session).stamp()
        _order(lake, writer, session, list(range(lake.buckets)), anew=True, stamp=stamp)


def _order(
    lake: Lake,
    writer: Writer,
    session: Session,
    buckets: Sequence[int],
    *,
    anew: bool,
    stamp: Mapping[str, str],
) -> None:
    """Lay the files of *buckets*, then show them."""
    (rows,) = session.one("how many interactions", "select count(*) from interactions")
    share = rows * len(buckets) // lake.buckets
    size = max(1, -(-len(buckets) // max(1, -(-share // ROWS_AT_ONCE))))
    laid: dict[str, list[File]] = {PATHS.name: [], WAYS.name: [], STEPS.name: []}
    for start in range(0, len(buckets), size):
        portion = buckets[start : start + size]
        session.run(
            "facts of a portion", f"create temp table dealt as {dealt(portion, lake.buckets)}"
        )
        units = session.ask(
            "how much lies where",
            "select per, bucket, count(*) from dealt group by all order by all",
        )
        for these, places in _batches(units, lake.buckets):
            session.run("in order", f"create temp table lived as {_in_order(these)}")
            session.run("in sequence", f"create temp table sequence as {in_sequence()}")
            session.run("marked", f"create temp table marked as {marked()}")
            for name, files in laid.items():
                for place in places:
                    files += _lay(writer, TABLES[name], session, place)
            session.run("batch done", "drop table lived; drop table sequence; drop table marked")
        session.run("portion done", "drop table dealt")
    put(writer, laid, at={} if anew else {"bucket": buckets}, stamp=stamp)


def put(
    writer: Writer,
    laid: Mapping[str, Sequence[File]],
    *,
    at: Mapping[str, Collection[str | int]],
    stamp: Mapping[str, str] = {},
) -> None:
    """Put what was laid of each table in the place of what was there."""
    writer.put(PATHS, laid[PATHS.name], at=at)
    writer.put(WAYS, laid[WAYS.name], at=at)
    # Last, since it says what all were built from.
    writer.put(STEPS, laid[STEPS.name], at=at, stamp=stamp)


def _gather(session: Session, called: str, where: str) -> None:
    """Make the table *called* of some facts first, for joining all of them would take long."""
    session.run(
        f"facts: {called}",
        f"""create or replace temp table {called} as
            select id, signature, case_id, source, name, channel, properties, flag, score, scale,
                   occurred_at, batch, row
            from interactions where {where}""",
    )


_DESCRIBED = """
    n.touchpoint_code as touchpoint, n.channel_code as channel, n.source_code as source,
    i.score, i.scale, i.id as interaction, i.occurred_at, i.batch, i.row"""


def dealt(buckets: Sequence[int], of: int) -> str:
    """Give the facts of *buckets*, each with whose it is and the codes of its node; no order."""
    whose = bucket("p.person", of)
    lie = one_of([*buckets, BESIDE])
    case = bucket(_CASE, of)
    return f"""
        select *, {bucket("subject", of)} as bucket from (
          {_of_people(f"p.bucket in {lie} and {whose} in {one_of(buckets)}")}
          union all {_of_cases(f"{case} in {one_of(buckets)}")})"""


_CASE = hash64("concat_ws(chr(31), i.source, i.case_id)")


def _of_people(where: str, *, facts: str = "interactions", people: str = "people") -> str:
    """Give the facts of people, each with whose it is and the codes of its node."""
    return f"""
        select 'person' as per, p.person as subject, {_DESCRIBED}
        from {facts} i
        join {people} p on p.signature = i.signature
          and (p.since is null or i.occurred_at >= p.since)
          and (p.until is null or i.occurred_at < p.until)
        {NODE}
        where p.person is not null and {where} and {COUNTS}"""


def _of_cases(where: str, *, facts: str = "interactions") -> str:
    """Give the facts of cases likewise."""
    return f"""
        select 'case' as per, {_CASE} as subject, {_DESCRIBED}
        from {facts} i {NODE}
        where i.case_id is not null and {where} and {COUNTS}"""


def _batches(units: Sequence[Unit], buckets: int) -> Iterator[tuple[str, list[Place]]]:
    """
    Give what is put in order in one go: a condition on the facts, and the partitions they fill.

    Small buckets go together, a large one in slices. A slice is whole people, so that each file
    holds all of those it holds.
    """
    together: list[Place] = []
    rows = 0
    for per, bucket_, n in units:
        if together and (rows + n > ROWS_IN_ORDER or together[0][0] != per):
            yield _these(together), together
            together, rows = [], 0
        if n > ROWS_IN_ORDER:
            slices = -(-n // ROWS_IN_ORDER)
            # The bucket is the rest of a division too: the slice is told by what that left.
            share = bucket(f"subject // {buckets}", slices)
            for slice_ in range(slices):
                yield f"{_these([(per, bucket_)])} and {share} = {slice_}", [(per, bucket_)]
        else:
            together.append((per, bucket_))
            rows += n
    if together:
        yield _these(together), together


def _these(places: Sequence[Place]) -> str:
    """Give the condition on facts that they lie in one of *places*, all of one kind."""
    return f"per = {literal(places[0][0])} and bucket in {one_of(b for _, b in places)}"


def _in_order(these: str) -> str:
    """Give the facts that *these* tells, each one's together and in order."""
    return f"""
        select * from dealt where {these}
        order by bucket, subject, occurred_at, batch, row, interaction"""


def _lay(writer: Writer, table: Table, session: Session, place: Place) -> list[File]:
    """Write what a table holds of the steps of a place; nothing when there are none."""
    per, bucket_ = place
    sql = f"with here as (from marked where bucket = {bucket_}) {LAID[table.name]}"
    file = writer.lay(
        table, session, f"file of {table.name}", sql, at={"per": per, "bucket": bucket_}
    )
    return [file] if file else []


def in_sequence() -> str:
    """Give the facts in order with their sequence columns, by looking one row back and forth."""
    return f"""
        select bucket, subject,
          cast(nth - max(case when not same then nth end) {SO_FAR} + 1 as integer)
            as position,
          occurred_at, touchpoint, channel, source,
          case when same then touchpoint_before end as previous,
          case when same then channel_before end as previous_channel,
          case when same then epoch_us(occurred_at) - epoch_us(at_before) end as gap_us,
          case when subject_after = subject
               then epoch_us(at_after) - epoch_us(occurred_at) end as next_gap_us,
          subject_after is distinct from subject as final, score, scale, interaction
        from (
          select *, coalesce(subject_before = subject, false) as same
          from (
            select *, rowid as nth, lag(subject) over () as subject_before,
              lead(subject) over () as subject_after, lag(touchpoint) over () as touchpoint_before,
              lag(channel) over () as channel_before, lag(occurred_at) over () as at_before,
              lead(occurred_at) over () as at_after
            from lived))"""


def marked() -> str:
    """Give the sequence with the marks of a first time: people are sums from here."""
    first = "rowid in (select min(rowid) from sequence group by subject"
    return f"""
        select *, {first}, touchpoint) as first_here, {first}, previous, touchpoint) as first_way
        from sequence"""


LAID = {
    PATHS.name: f"{beside.PATH} order by subject",
    WAYS.name: beside.COUNTED,
    STEPS.name: "from here order by subject, position",
}
"""What is written of the steps of a slice, in order."""


def _touched(lake: Lake, session: Session, was: Built, now: Built) -> list[int]:
    """Return the buckets in which something is not as it was when `steps` was last built."""
    everything = list(range(lake.buckets))
    marks = (was.generation, was.erased, was.layout)
    if was.interactions == -1 or marks != (now.generation, now.erased, now.layout):
        return everything
    before, after = was.people_by_bucket, now.people_by_bucket
    changed = {b for b in everything if before.get(b) != after.get(b)}
    case = bucket(hash64("concat_ws(chr(31), source, case_id)"), lake.buckets)
    rows = session.ask(
        "buckets with new facts",
        f"""with fresh as (select * from interactions where batch > {was.batch})
            select {bucket("p.person", lake.buckets)} from fresh f join people p using (signature)
            where p.person is not null
            union select {case} from fresh where case_id is not null""",
    )
    return sorted(changed | {row[0] for row in rows})
