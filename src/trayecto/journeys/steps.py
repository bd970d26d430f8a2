"""
The table `steps`: interactions in the order people lived them, ordered once for every question.

Rows lie clustered by subject (a person, or a case) and time inside their bucket, with small
integer codes and the sequence columns beside them, so that a question is a scan and a group, never
a sort. Only the buckets that new facts or changed people touch are built again. Ties in time are
broken by arrival (import, then row), then by id. Beside them `paths` holds the same as one list a
subject. The only writer of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trayecto.lake.duck import Session
from trayecto.lake.kinds import COUNTS, NODE
from trayecto.lake.laid import File
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.marks import fingerprints, newest_import
from trayecto.lake.sql import SO_FAR, bucket, hash64, literal, one_of
from trayecto.lake.tables import INTERACTIONS, NODES, PATHS, PEOPLE, STEPS, TABLES, WAYS, Table

ROWS_AT_ONCE = 12_000_000
"""How many interactions are dealt out in one go; more than fit in memory spill to disk."""

ROWS_IN_ORDER = 2_000_000
"""How many are put in order in one go, and lie in one file: a sort that fits in memory."""

Place = tuple[str, int]
"""A partition of the tables written here: per person or case, and the bucket."""
Unit = tuple[str, int, int]
"""A place, and how many steps it has."""

LAYOUT = 3
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
        int(lake.stamp(INTERACTIONS).get("erased", 0)), LAYOUT, fingerprints(lake),
    )  # fmt: skip


def build(lake: Lake, writer: Writer, session: Session) -> list[int]:
    """Order the facts of every touched bucket anew; return those buckets."""
    if is_fresh(lake):
        return []
    was, now = built(lake), present(lake, session)
    touched = _touched(lake, session, was, now)
    # In another layout the new files take the place of the whole table.
    _order(lake, writer, session, touched, anew=was.layout != LAYOUT, stamp=now.stamp())
    return touched


@dataclass(frozen=True, slots=True)
class Without:
    """The steps without a person: laid, and not yet put in their place."""

    _writer: Writer
    _files: Mapping[Place, Mapping[str, list[File]]]

    def put(self, *, fresh: bool) -> None:
        """Put it in the place of what was there; *fresh* steps stay so without being built."""
        writer = self._writer
        for (per, bucket_), laid in self._files.items():
            at: dict[str, tuple[str | int]] = {"per": (per,), "bucket": (bucket_,)}
            writer.put(PATHS, laid[PATHS.name], at=at)
            writer.put(WAYS, laid[WAYS.name], at=at)
            writer.put(STEPS, laid[STEPS.name], at=at)
        if fresh:
            writer.note(STEPS, self._stamp(writer.lake))

    def _stamp(self, lake: Lake) -> dict[str, str]:
        now = replace(
            built(lake), interactions=lake.version(INTERACTIONS), people=lake.version(PEOPLE),
            erased=int(lake.stamp(INTERACTIONS).get("erased", 0)),
            people_by_bucket=fingerprints(lake),
        )  # fmt: skip
        return now.stamp()


def without(
    writer: Writer, session: Session, *, person: int, facts: Sequence[int], cases: Sequence[int]
) -> Without:
    """
    Lay the steps anew without a person, whose *facts* are known, and the *cases* they are in.

    The person's bucket is copied in its order. Cases may hold other people's steps too, whose
    neighbours are others then: those cases alone are put in sequence again.
    """
    bucket_ = person % writer.lake.buckets
    files = {}
    if session.ask("has steps", f"select 1 from steps where {_theirs([person], 'person')} limit 1"):
        rest = f"where per = 'person' and bucket = {bucket_} and subject <> {person}"
        # The order is that of the files: nothing is sorted, and paths are not made again.
        files["person", bucket_] = _lay_all(writer, session, ("person", bucket_), {
            PATHS.name: f"from paths {rest}",
            WAYS.name: f"with here as (from steps {rest}) {_LAID[WAYS.name]}",
            STEPS.name: f"from steps {rest}",
        })  # fmt: skip
    lie = session.ask(
        "cases with steps",
        f"select distinct bucket from steps where {_theirs(cases, 'case')}",
    )
    if lie:
        session.run(
            "cases without a person",
            f"""create or replace temp table lived as
                select bucket, subject, occurred_at, touchpoint, channel, source, score, scale,
                       interaction
                from steps where {_theirs(cases, "case")} and interaction not in {one_of(facts)}
                order by bucket, subject, position""",
        )
        session.run("in sequence", f"create or replace temp table sequence as {_in_sequence()}")
        session.run("marked", f"create or replace temp table marked as {_marked()}")
    for (place,) in lie:
        here = f"""with here as (
            select * exclude (per) from steps
            where per = 'case' and bucket = {place} and subject not in {one_of(cases)}
            union all by name from marked where bucket = {place})"""
        files["case", place] = _lay_all(writer, session, ("case", place), {
            table: f"{here} {sql}" for table, sql in _LAID.items()
        })  # fmt: skip
    return Without(writer, files)


def _theirs(subjects: Sequence[int], per: str) -> str:
    return f"per = {literal(per)} and subject in {one_of(subjects)}"


def _lay_all(
    writer: Writer, session: Session, place: Place, rows: Mapping[str, str]
) -> dict[str, list[File]]:
    """Write the rows that each table holds of a place."""
    at: dict[str, str | int] = {"per": place[0], "bucket": place[1]}
    laid = {
        name: writer.lay(TABLES[name], session, f"file of {name}", sql, at=at)
        for name, sql in rows.items()
    }
    return {name: [file] if file else [] for name, file in laid.items()}


def _order(
    lake: Lake,
    writer: Writer,
    session: Session,
    buckets: Sequence[int],
    *,
    anew: bool,
    stamp: Mapping[str, str],
) -> None:
    """Lay the files of *buckets*, then show them; `steps` last, since it carries the stamp."""
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
            session.run("in sequence", f"create temp table sequence as {_in_sequence()}")
            session.run("marked", f"create temp table marked as {_marked()}")
            for name, files in laid.items():
                for place in places:
                    files += _lay(writer, TABLES[name], session, place)
            session.run("batch done", "drop table lived; drop table sequence; drop table marked")
        session.run("portion done", "drop table dealt")
    where = {} if anew else {"bucket": buckets}
    writer.put(PATHS, laid[PATHS.name], at=where)
    writer.put(WAYS, laid[WAYS.name], at=where)
    writer.put(STEPS, laid[STEPS.name], at=where, stamp=stamp)


def dealt(buckets: Sequence[int], of: int) -> str:
    """Give the facts of *buckets*, each with whose it is and the codes of its node; no order."""
    case = hash64("concat_ws(chr(31), i.source, i.case_id)")
    described = """
        n.touchpoint_code as touchpoint, n.channel_code as channel, n.source_code as source,
        i.score, i.scale, i.id as interaction, i.occurred_at, i.batch, i.row"""
    return f"""
        select 'person' as per, p.person as subject, p.bucket, {described}
        from interactions i
        join people p on p.signature = i.signature
          and (p.since is null or i.occurred_at >= p.since)
          and (p.until is null or i.occurred_at < p.until)
        {NODE}
        where p.person is not null and p.bucket in {one_of(buckets)} and {COUNTS}
        union all
        select 'case', {case}, {bucket(case, of)}, {described}
        from interactions i {NODE}
        where i.case_id is not null and {bucket(case, of)} in {one_of(buckets)}
          and {COUNTS}"""


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
    sql = f"with here as (from marked where bucket = {bucket_}) {_LAID[table.name]}"
    file = writer.lay(
        table, session, f"file of {table.name}", sql, at={"per": per, "bucket": bucket_}
    )
    return [file] if file else []


def _in_sequence() -> str:
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


def _marked() -> str:
    """Give the sequence with the marks of a first time: people are sums from here."""
    first = "rowid in (select min(rowid) from sequence group by subject"
    return f"""
        select *, {first}, touchpoint) as first_here, {first}, previous, touchpoint) as first_way
        from sequence"""


_LAID = {
    PATHS.name: """
        select subject, list(touchpoint order by position) as path,
               min(occurred_at) as first_at, max(occurred_at) as last_at
        from here group by subject order by subject""",
    WAYS.name: """
        select previous, previous_channel, touchpoint, channel, source, count(*) as times,
               count(*) filter (final) as ends, count(*) filter (first_here) as first_here,
               count(*) filter (first_way) as first_way, coalesce(sum(gap_us), 0) as gap_us
        from here group by previous, previous_channel, touchpoint, channel, source""",
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
            select p.bucket from fresh f join people p using (signature)
            where p.person is not null
            union select {case} from fresh where case_id is not null""",
    )
    return sorted(changed | {row[0] for row in rows})
