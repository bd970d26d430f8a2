"""
New steps laid beside those there are, so that a small import does not order everything again.

Of each person or case that new facts concern only the end is laid: from the last step before the
first new fact on, since what follows it is another now. Whose facts are others than they were (two
people became one, a device changed hands) is laid whole. The rows so laid take the place of those
from the same position on; `ways` gets what is to be added and, negative, what is to be taken off.
When they have become many, everything is ordered anew, and nothing lies beside it any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.lake.duck import Session, beside_view
from trayecto.lake.laid import File
from trayecto.lake.lake import Writer
from trayecto.lake.sql import literal
from trayecto.lake.tables import BESIDE, LAST_STEP, PATHS, SHARE, STEPS, WAYS, Table

WORTH = 1_000_000
"""From how many steps on it is worth it: fewer are ordered anew in a moment."""

SUMS = ("times", "ends", "first_here", "first_way", "gap_us")
WAY = "previous, previous_channel, touchpoint, channel, source"
COUNTED = f"""
    select {WAY}, count(*) as times, count(*) filter (final) as ends,
           count(*) filter (first_here) as first_here, count(*) filter (first_way) as first_way,
           coalesce(sum(gap_us), 0) as gap_us
    from here group by {WAY}"""
"""The sums of the steps `here`."""

PATH = f"""
    select subject, list(touchpoint order by position) as path,
           min(occurred_at) as first_at, max(occurred_at) as last_at,
           any_value({{{", ".join(f"{one}: {one}" for one in LAST_STEP)}}}) filter (final)
             as last_step
    from here group by subject"""
"""The paths of the steps `here`."""

_PER = ("person", "case")


def is_few(rows: int, *, of: int) -> bool:
    """Tell whether *rows* may lie beside a table of so many."""
    return of >= WORTH and rows <= SHARE * of


def lay(
    writer: Writer, session: Session, *, sequence: str, steps: int
) -> dict[str, list[File]] | None:
    """
    Lay what is beside the other steps with the `fresh` facts; None when those are too many.

    `fresh` holds new facts with whose they are, and of the people in `moved` all facts since then.
    *sequence* is the SQL that puts the facts `lived`, in order, in sequence; *steps* is how many
    there are.
    """
    _begin(session)
    (many,) = session.one(
        "how many would lie beside",
        "select " + " + ".join(f"(select count(*) from {rows})" for rows in _beside(session)),
    )
    if not is_few(many, of=steps):
        return None
    files: dict[str, list[File]] = {PATHS.name: [], WAYS.name: [], STEPS.name: []}
    for per in _PER:
        _continue(session, per, sequence)
        for table, sql in (
            (PATHS, _paths(session, per)), (WAYS, _ways(per)), (STEPS, _steps(session, per))
        ):  # fmt: skip
            here: dict[str, str | int] = {"per": per, "bucket": BESIDE}
            file = writer.lay(table, session, f"{table.name} beside", sql, at=here)
            files[table.name] += [file] if file else []
    return files


def summed(rows: Sequence[str]) -> str:
    """Give the ways that are left of *rows* of sums, added up."""
    added = ", ".join(f"sum({one})::bigint as {one}" for one in SUMS)
    left = " or ".join(f"sum({one}) <> 0" for one in SUMS)
    return f"""
        select {WAY}, {added} from ({" union all by name ".join(f"({row})" for row in rows)})
        group by {WAY} having {left}"""


def less(rows: str) -> str:
    """Give *rows* of sums to be taken off."""
    return f"select {WAY}, {', '.join(f'-{one} as {one}' for one in SUMS)} from ({rows})"


def _beside(session: Session) -> list[str]:
    """Return what would lie beside the other steps."""
    return ["fresh", "old", *([beside_view(STEPS)] if STEPS.name in session.merged else [])]


def _begin(session: Session) -> None:
    """
    Make `begun` (from which position on each one's steps are others), and `old`, those there were.

    What came before the first new fact stays, but for the last of it. Of two at the same moment
    that of the newer import is the later one; who moved has all facts since then in `fresh`. The
    last step of a path is known with the path: only of whom something older is another the steps
    are read.
    """
    session.run(
        "when the new begins",
        """create or replace temp table first as
           with fact as (
             select per, subject, min(occurred_at) as t from fresh group by all),
           others as (select 'person' as per, subject, since from moved)
           select per, subject, coalesce(f.t, 'infinity') as t,
                  coalesce(o.since, 'infinity') as before
           from fact f full join others o using (per, subject)""",
    )
    session.run(
        "the ways there were",
        """create or replace temp table known as
           select p.* exclude (bucket), f.t, f.before,
                  last_at <= f.t and last_at < f.before as on_end
           from paths p join first f on f.per = p.per and f.subject = p.subject""",
    )
    (some,) = session.one("who has others", "select count(*) from known where not on_end")
    session.run(
        "steps of those",
        """create or replace temp table theirs as
           select s.* exclude (bucket), k.t, k.before from steps s
           join known k on k.per = s.per and k.subject = s.subject and not k.on_end"""
        + ("" if some else " where false"),
    )
    session.run(
        "where the new begins",
        """create or replace temp table begun as
           with stays as (
             select per, subject, max(position) as position from theirs
             where occurred_at <= t and occurred_at < before group by all
             union all select per, subject, len(path) from known where on_end)
           select f.per, f.subject,
                  coalesce(s.position, case when isfinite(f.before) then 0 else 1 end) as since
           from first f left join stays s using (per, subject)""",
    )
    session.run(
        "steps that are others now",
        f"""create or replace temp table old as
            select s.* exclude (t, before), b.since, s.occurred_at < s.before as stays
            from theirs s
            join begun b on b.per = s.per and b.subject = s.subject and s.position >= b.since
            union all by name
            select per, subject, len(path)::integer as position, last_at as occurred_at,
                   path[-1] as touchpoint, path[-2] as previous, null::bigint as next_gap_us,
                   true as final, len(path) as since, true as stays,
                   {", ".join(f"last_step.{one} as {one}" for one in LAST_STEP)}
            from known where on_end""",
    )
    session.run(
        "the way up to there",
        """create or replace temp table way as
           select b.per, b.subject, b.since,
                  coalesce(k.path[1:greatest(b.since, 1) - 1], []) as path,
                  case when b.since > 1 then k.first_at end as first_at
           from begun b left join known k using (per, subject)""",
    )


def _continue(session: Session, per: str, sequence: str) -> None:
    """Make `tail`: what each one's steps are from there on, marks of a first time included."""
    columns = "subject, occurred_at, touchpoint, channel, source, score, scale, interaction"
    session.run(
        "the rest, in order",
        f"""create or replace temp table lived as
            select {BESIDE} as bucket, * exclude (batch, row) from (
              select {columns}, 0 as batch, position as row from old
              where per = {literal(per)} and stays
              union all
              select {columns}, batch, row from fresh where per = {literal(per)})
            order by subject, occurred_at, batch, row, interaction""",
    )
    session.run("the rest, in sequence", f"create or replace temp table sequence as {sequence}")
    session.run(
        "the rest, after what came before",
        f"""create or replace temp table tail as
            with here as (from way where per = {literal(per)}),
            -- What begins it, if it is no new one, follows what it followed.
            head as (
              select subject, interaction, previous, previous_channel, gap_us
              from old where per = {literal(per)} and stays and position = since),
            after as (
              select s.* exclude (bucket, position, previous, previous_channel, gap_us),
                     (s.position + greatest(w.since, 1) - 1)::integer as position,
                     coalesce(s.previous, h.previous) as previous,
                     coalesce(s.previous_channel, h.previous_channel) as previous_channel,
                     coalesce(s.gap_us, h.gap_us) as gap_us
              from sequence s join here w on w.subject = s.subject
              left join head h on h.subject = s.subject and h.interaction = s.interaction
                and s.position = 1),
            been as (
              select subject, touchpoint
              from (select distinct subject, touchpoint from after) join here using (subject)
              where list_contains(path, touchpoint)),
            taken as (
              select subject, unnest(path[1:len(path) - 1]) as previous,
                     unnest(path[2:len(path)]) as touchpoint
              from here where len(path) > 1),
            gone as (
              select distinct subject, previous, touchpoint
              from taken semi join after using (subject, previous, touchpoint))
            select a.*,
              position = min(position) over (partition by a.subject, a.touchpoint)
                and b.subject is null as first_here,
              position = min(position) over (partition by a.subject, a.previous, a.touchpoint)
                and g.subject is null as first_way
            from after a
            left join been b on b.subject = a.subject and b.touchpoint = a.touchpoint
            left join gone g on g.subject = a.subject
              and g.previous = a.previous and g.touchpoint = a.touchpoint""",
    )


def _paths(session: Session, per: str) -> str:
    """Give the paths that lie beside the others; an empty one where nothing is left."""
    return f"""
        with here as (from tail), ends as ({PATH}),
        renewed as (
          select w.subject, w.path || coalesce(e.path, []) as path,
                 coalesce(w.first_at, e.first_at) as first_at, e.last_at, e.last_step
          from way w left join ends e using (subject) where w.per = {literal(per)})
        from ({" union all by name ".join(["from renewed", *_kept(session, PATHS, per)])})
        order by subject"""


def _steps(session: Session, per: str) -> str:
    """Give the steps that lie beside the others; one at 0 where nothing is left."""
    nothing = f"""
        select subject, 0 as position from begun
        where per = {literal(per)} and since = 0 and subject not in (select subject from tail)"""
    rows = ["from tail", nothing, *_kept(session, STEPS, per)]
    return f"from ({' union all by name '.join(rows)}) order by subject, position"


def _kept(session: Session, table: Table, per: str) -> list[str]:
    """Give the rows that lie beside those of *table* already, and stay."""
    if table.name not in session.merged:
        return []
    after = "and l.position >= b.since" if table is STEPS else ""
    return [
        f"""select l.* from {beside_view(table)} l
            anti join begun b on b.per = l.per and b.subject = l.subject {after}
            where l.per = {literal(per)}"""
    ]


def _ways(per: str) -> str:
    """Give what is to be added to the ways, and what is to be taken off them."""
    of = f"where per = {literal(per)}"
    return summed(
        [
            f"with here as (from tail) {COUNTED}",
            less(f"with here as (from old {of}) {COUNTED}"),
            f"from ways {of} and bucket = {BESIDE}",
        ]
    )
