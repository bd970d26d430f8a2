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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.sql import bucket, hash64, one_of
from trayecto.lake.tables import INTERACTIONS, NODES, PATHS, PEOPLE, STEPS

ROWS_AT_ONCE = 12_000_000
"""How many interactions are ordered in one go; more than fit in memory spill to disk."""


LAYOUT = 2
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
    (newest,) = session.one("newest import", "select coalesce(max(batch), 0) from interactions")
    row = hash64("concat_ws(chr(31), signature, since, until, person)")
    prints = session.ask(
        "fingerprints of people",
        f"select bucket, cast(bit_xor({row}) as varchar) from people "
        "where person is not null group by bucket",
    )
    return Built(
        lake.version(INTERACTIONS), lake.version(PEOPLE), lake.version(NODES), int(newest),
        int(lake.stamp(NODES).get("generation", 0)),
        int(lake.stamp(INTERACTIONS).get("erased", 0)), LAYOUT, dict(prints),
    )  # fmt: skip


def build(lake: Lake, writer: Writer, session: Session) -> list[int]:
    """Order the facts of every touched bucket anew; return those buckets."""
    if is_fresh(lake):
        return []
    was, now = built(lake), present(lake, session)
    touched = _touched(lake, session, was, now)
    (rows,) = session.one("how many interactions", "select count(*) from interactions")
    portions = max(1, -(-rows // ROWS_AT_ONCE))
    size = max(1, -(-len(touched) // portions))
    for start in range(0, max(len(touched), 1), size):
        part = touched[start : start + size]
        last = start + size >= len(touched)
        # In another layout the first portion takes the place of the whole table.
        anew = start == 0 and was.layout != LAYOUT
        # Only the last portion says that all is whole: a killed build is done again.
        _order(lake, writer, session, part, anew=anew, stamp=(now if last else was).stamp())
    return touched


def erase(
    lake: Lake, writer: Writer, session: Session, *, person: int, case_buckets: Sequence[int]
) -> None:
    """
    Take a person's steps out; *session* sees facts and people without the person.

    Cases may hold other people's steps too, so theirs are ordered again.
    """
    own = f"per = 'person' and subject = {person} and bucket = {person % lake.buckets}"
    now = present(lake, session)
    writer.delete(PATHS, own)
    if case_buckets:
        writer.delete(STEPS, own)
        _order(lake, writer, session, case_buckets, anew=False, stamp=now.stamp())
    else:
        writer.delete(STEPS, own, stamp=now.stamp())


def _order(
    lake: Lake,
    writer: Writer,
    session: Session,
    buckets: Sequence[int],
    *,
    anew: bool,
    stamp: Mapping[str, str],
) -> None:
    """Write steps and paths of *buckets*; `steps` last, since it carries the stamp."""
    session.run(
        "steps of a portion",
        f"create or replace temp table portion as {ordered(buckets, lake.buckets)}",
    )
    where = None if anew else f"bucket in {one_of(buckets)}"
    writer.replace(PATHS, session, "whole paths", _WHOLE_PATHS, where=where)
    writer.replace(
        STEPS,
        session,
        "ordered steps",
        "from portion order by per, bucket, subject, position",
        where=where,
        stamp=stamp,
    )
    session.run("steps of a portion, done", "drop table if exists portion")


_WHOLE_PATHS = """
    select per, bucket, subject, list(touchpoint order by position) as path,
           min(occurred_at) as first_at, max(occurred_at) as last_at
    from portion group by per, bucket, subject order by per, bucket, subject"""


def ordered(buckets: Sequence[int], of: int) -> str:
    """Give the steps of *buckets* with their sequence columns."""
    case = hash64("concat_ws(chr(31), i.source, i.case_id)")
    described = """
        n.touchpoint_code as touchpoint, n.channel_code as channel, n.source_code as source,
        i.score, i.scale, i.id as interaction, i.occurred_at, i.batch, i.row"""
    node = """join nodes n on n.source = i.source and n.name = i.name
              and n.channel_received is not distinct from i.channel"""
    return f"""
        with lived as (
          select 'person' as per, p.person as subject, p.bucket, {described}
          from interactions i
          join people p on p.signature = i.signature
            and (p.since is null or i.occurred_at >= p.since)
            and (p.until is null or i.occurred_at < p.until)
          {node}
          where p.person is not null and p.bucket in {one_of(buckets)}
          union all
          select 'case', {case}, {bucket(case, of)}, {described}
          from interactions i {node}
          where i.case_id is not null and {bucket(case, of)} in {one_of(buckets)}),
        sequence as (
          select * exclude (batch, row),
            row_number() over way as position,
            lag(touchpoint) over way as previous,
            lag(channel) over way as previous_channel,
            epoch_us(occurred_at) - lag(epoch_us(occurred_at)) over way as gap_us,
            lead(epoch_us(occurred_at)) over way - epoch_us(occurred_at) as next_gap_us,
            lead(subject) over way is null as final
          from lived
          window way as (partition by per, subject order by occurred_at, batch, row, interaction))
        -- Who meets a node or a way for the first time is counted once: people are sums from here.
        select *,
          row_number() over (partition by per, subject, touchpoint order by position) = 1
            as first_here,
          row_number() over (partition by per, subject, previous, touchpoint order by position) = 1
            as first_way
        from sequence"""


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
