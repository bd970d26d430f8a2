"""The sequence of the steps that a filter left: computed in one pass, for they lie in order."""

from __future__ import annotations

from trayecto.lake.duck import Session
from trayecto.lake.sql import SO_FAR

_CHANNELS = 4096


def in_sequence(session: Session, rows: str, *, called: str, joined: bool = False) -> None:
    """
    Make the table *called* of *rows* (steps with a `node`), their sequence columns made anew.

    `lag() over ()` streams: it keeps one row and sorts nothing. The rows of a subject lie together
    and in order, and a filter leaves them so. Rows that are *joined* with anything, be it a list of
    people, may have overtaken each other: they are laid first, and put in order where they are not.
    """
    if joined:
        laid = f"{called}_laid"
        columns = ", ".join((*_KEPT, "position"))
        session.run(
            "steps in scope, joined",
            f"create or replace temp table {laid} as select {columns} from ({rows})",
        )
        put_in_order(session, laid)
        rows = f"from {laid}"
    session.run(
        "steps in scope, in sequence",
        f"create or replace temp table {called} as {_sequence(rows)}",
    )


def put_in_order(session: Session, table: str) -> None:
    """
    Put the rows of each subject in a temporary *table* together and in order, where they are not.

    The engine's joins promise no order: rows that went through one come out nearly as they were
    laid, but here and there the last of a portion comes later. Those few subjects go to the end.
    """
    session.run(
        "whose rows are astray",
        f"""create or replace temp table astray as
            with beside as (
              select subject, position, lag(subject) over () as subject_before,
                     lag(position) over () as position_before from {table})
            select subject from beside where subject is distinct from subject_before
            group by subject having count(*) > 1
            union select subject from beside
            where subject = subject_before and position < position_before""",
    )
    (any_astray,) = session.one("is anybody astray", "select count(*) > 0 from astray")
    if not any_astray:
        return
    session.run(
        "their rows in order",
        f"""create or replace temp table mended as
            from {table} where subject in (from astray) order by subject, position""",
    )
    session.run("not where they are", f"delete from {table} where subject in (from astray)")
    session.run("but at the end", f"insert into {table} from mended")


_KEPT = (
    "subject", "occurred_at", "touchpoint", "channel", "source", "node", "score", "scale",
    "interaction",
)  # fmt: skip


def _sequence(rows: str) -> str:
    """Give the rows with what came before and after; a row of somebody else came not."""
    return f"""
        select subject, cast(nth - max(case when not same then nth end) {SO_FAR} + 1 as integer)
            as position,
          occurred_at, touchpoint, channel, source, node,
          case when same then node_before end as before,
          case when same then code_before // {_CHANNELS} end as previous,
          case when same then code_before % {_CHANNELS} end as previous_channel,
          case when same then t - t_before end as gap_us,
          case when subject_after = subject then t_after - t end as next_gap_us,
          subject_after is distinct from subject as final, score, scale, interaction
        from (
          select *, coalesce(subject_before = subject, false) as same
          from (
            select *, row_number() over () as nth, lag(subject) over () as subject_before,
              lead(subject) over () as subject_after, lag(node) over () as node_before,
              lag(touchpoint * {_CHANNELS} + channel) over () as code_before,
              lag(t) over () as t_before, lead(t) over () as t_after
            from (select {", ".join(_KEPT)}, epoch_us(occurred_at) as t from ({rows}))))"""
