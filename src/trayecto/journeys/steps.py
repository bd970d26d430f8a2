"""
The table `steps`: interactions in the order people lived them, ordered once for every question.

Rows lie clustered by subject (a person, or a case) and time inside their bucket, with small
integer codes and the sequence columns beside them, so that a question is a scan and a group, never
a sort. Only the buckets that new facts or changed people touch are built again. Ties in time are
broken by arrival (import, then row), then by id. The only writer of `steps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.sql import bucket, hash64, literal, one_of
from trayecto.lake.tables import INTERACTIONS, NODES, PEOPLE, STEPS

ROWS_AT_ONCE = 12_000_000
"""How many interactions are ordered in one go; more than fit in memory spill to disk."""


@dataclass(frozen=True, slots=True)
class Built:
    """Which versions of the tables before it `steps` was built from; -1 for never."""

    interactions: int = -1
    people: int = -1
    nodes: int = -1
    batch: int = 0

    def stamp(self) -> dict[str, str]:
        """Return the note that the commit carries."""
        return {name: str(getattr(self, name)) for name in self.__slots__}


def built(lake: Lake) -> Built:
    """Return what the present `steps` was built from."""
    note = lake.stamp(STEPS)
    return Built(**{name: int(note[name]) for name in Built.__slots__ if name in note})


def is_fresh(lake: Lake) -> bool:
    """Tell whether `steps` holds every fact of the lake, under the present people and nodes."""
    was = built(lake)
    return (was.interactions, was.people, was.nodes) == (
        lake.version(INTERACTIONS), lake.version(PEOPLE), lake.version(NODES)
    )  # fmt: skip


def build(lake: Lake, writer: Writer, session: Session) -> list[int]:
    """Order the facts of every touched bucket anew; return those buckets."""
    was = built(lake)
    if is_fresh(lake):
        return []
    touched = _touched(lake, session, was)
    (newest,) = session.one("newest import", "select coalesce(max(batch), 0) from interactions")
    now = Built(lake.version(INTERACTIONS), lake.version(PEOPLE), lake.version(NODES), int(newest))
    (rows,) = session.one("how many interactions", "select count(*) from interactions")
    portions = max(1, -(-rows // ROWS_AT_ONCE))
    size = max(1, -(-len(touched) // portions))
    for start in range(0, max(len(touched), 1), size):
        part = touched[start : start + size]
        last = start + size >= len(touched)
        # Only the last portion says that the table is whole: a killed build is done again.
        writer.replace(
            STEPS,
            session,
            "ordered steps",
            ordered(part, lake.buckets),
            where=f"bucket in {one_of(part)}",
            stamp=(now if last else was).stamp(),
        )
    return touched


def ordered(buckets: Sequence[int], of: int) -> str:
    """Give the steps of *buckets*, ordered, with their sequence columns."""
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
          where p.bucket in {one_of(buckets)}
          union all
          select 'case', {case}, {bucket(case, of)}, {described}
          from interactions i {node}
          where i.case_id is not null and {bucket(case, of)} in {one_of(buckets)})
        select *,
          row_number() over way as position,
          lag(touchpoint) over way as previous,
          lag(channel) over way as previous_channel,
          epoch_us(occurred_at) - lag(epoch_us(occurred_at)) over way as gap_us,
          lead(subject) over way is null as final
        from lived
        window way as (partition by per, subject order by occurred_at, batch, row, interaction)
        order by per, bucket, subject, position"""


def _touched(lake: Lake, session: Session, was: Built) -> list[int]:
    """Return the buckets in which something is not as it was when `steps` was last built."""
    everything = list(range(lake.buckets))
    if was.interactions == -1:
        return everything
    session.show(NODES, lake.files(NODES, version=was.nodes), called="nodes_before")
    (moved,) = session.one(
        "node rules that changed",
        """select count(*) from nodes_before b join nodes n
             on n.source = b.source and n.name = b.name
             and n.channel_received is not distinct from b.channel_received
           where (n.touchpoint_code, n.channel_code) <> (b.touchpoint_code, b.channel_code)""",
    )
    if moved:
        return everything
    session.show(PEOPLE, lake.files(PEOPLE, version=was.people), called="people_before")
    case = bucket(hash64("concat_ws(chr(31), source, case_id)"), lake.buckets)
    rows = session.ask(
        "touched buckets",
        f"""with changed as (
              (select * from people except select * from people_before) union all
              (select * from people_before except select * from people)),
            fresh as (select * from interactions where batch > {literal(was.batch)})
            select bucket from changed
            union select p.bucket from fresh f join people p using (signature)
            union select {case} from fresh where case_id is not null""",
    )
    return sorted(row[0] for row in rows)
