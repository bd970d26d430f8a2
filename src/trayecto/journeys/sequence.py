"""The sequence of the steps that a filter left: computed in one pass, for they lie in order."""

from __future__ import annotations

from trayecto.lake.duck import Session

_AS_THEY_LIE = "over ()"
_BY_SUBJECT = "over (partition by subject order by position)"
_SO_FAR = "over (rows between unbounded preceding and current row)"


def in_sequence(session: Session, rows: str, *, called: str) -> None:
    """
    Make the table *called* of *rows* (steps with a `node`), their sequence columns made anew.

    `lag() over ()` streams: it keeps one row and sorts nothing. It needs the rows of a subject to
    lie together and in order, which a writer may break where two row groups meet; the few whom
    that befell (found by a check) are windowed by subject instead.
    """
    session.run(
        "steps in scope, as they lie",
        f"create or replace temp table {called} as {_sequence(rows, _AS_THEY_LIE)}",
    )
    session.run(
        "who lies astray",
        f"""create or replace temp table astray as
            select subject from {called} where position = 1 group by subject having count(*) > 1
            union select subject from {called} where broken""",
    )
    (some,) = session.one("are there any", "select count(*) from astray")
    if some:
        session.run(
            "without those astray",
            f"delete from {called} where subject in (select subject from astray)",
        )
        theirs = f"select * from ({rows}) where subject in (select subject from astray)"
        session.run(
            "those astray, by subject",
            f"insert into {called} {_sequence(theirs, _BY_SUBJECT)}",
        )


def _sequence(rows: str, way: str) -> str:
    """Give the rows with what came before and after; a row of somebody else came not."""
    started = f"max(case when not same then nth end) {_SO_FAR}" if way == _AS_THEY_LIE else "1"
    return f"""
        select subject, cast(nth - {started} + 1 as integer) as position, occurred_at,
          touchpoint, channel, source, node,
          case when same then node_before end as before,
          case when same then touchpoint_before end as previous,
          case when same then channel_before end as previous_channel,
          case when same then epoch_us(occurred_at) - epoch_us(at_before) end as gap_us,
          case when subject_after = subject
               then epoch_us(at_after) - epoch_us(occurred_at) end as next_gap_us,
          subject_after is distinct from subject as final,
          score, scale, interaction,
          same and position <= position_before as broken
        from (
          select *, coalesce(subject_before = subject, false) as same
          from (
            select *, row_number() {way} as nth, lag(subject) {way} as subject_before,
              lead(subject) {way} as subject_after, lag(node) {way} as node_before,
              lag(touchpoint) {way} as touchpoint_before, lag(channel) {way} as channel_before,
              lag(position) {way} as position_before, lag(occurred_at) {way} as at_before,
              lead(occurred_at) {way} as at_after
            from (select subject, position, occurred_at, touchpoint, channel, source, node,
                         score, scale, interaction from ({rows}))))"""
