"""The sequence of the steps that a filter left: computed in one pass, for they lie in order."""

from __future__ import annotations

from trayecto.lake.duck import Session
from trayecto.lake.sql import SO_FAR

_CHANNELS = 4096


def in_sequence(session: Session, rows: str, *, called: str) -> None:
    """
    Make the table *called* of *rows* (steps with a `node`), their sequence columns made anew.

    `lag() over ()` streams: it keeps one row and sorts nothing. The rows of a subject lie together
    and in order, and whatever filters them leaves them so (`Session.run_as_laid`).
    """
    session.run_as_laid(
        "steps in scope, as they lie", f"create or replace temp table {called} as {_sequence(rows)}"
    )


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
            from (select subject, occurred_at, epoch_us(occurred_at) as t, touchpoint, channel,
                         source, node, score, scale, interaction from ({rows}))))"""
