"""
Lay the ordered steps along a map: which place each one is, and in which journey.

A journey opens at a step of a starting place when none is open; silence closes it, and after a
completion the next start opens another. By case, the whole case from its first start is one
journey. Only the few steps that can open or close a journey are read one after the other; every
other step then looks up the journey it lies in. So the interactions themselves are never sorted,
and it does not matter how they lie.

What is laid is the ground that every measure of a map stands on, as tables of the session:

`trail`, a row a step in scope: what `steps` says of it (`subject`, `position`, `occurred_at`,
`gap_us`, `touchpoint`, `channel`, `score`, `scale`, `interaction`), its `place` and `stage` on
the map (null: nobody drew it) with `starts`, `completes`, `leaves`, and its `journey` (null outside
any): `inside` one, `opening` it, `gone` (at its exit or after it), and `after`, the place last met
before it in the same journey. Rows lie as in `steps`: by subject and position.

`journey`, a row a journey: `journey` (its number here), `subject`, `first_at`, `last_at`, `exited`
and `exit_at`, `completed_at`, `furthest` (the place furthest right; -1: none before an exit) and
`turned` (the last position there), `outcome` (completed, left, still_open) and `single`: its
subject has no other journey.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from trayecto.journeys.scope import Scope, scoped
from trayecto.journeys.walked import Boundaries, Node
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal

_SO_FAR = "over (rows between unbounded preceding and current row)"
_CHUNK = 64
"""A step finds its journey among those of its subject that touch this many positions."""
_PLACES = 1 << 10
"""A position and a place in one number, the position first; no map has so many places."""
_FAR = 1 << 32
"""A place and a position in one number, the place first."""
_PLACED = """left join drawn_node d on d.touchpoint_code = s.touchpoint
             and d.channel_code = s.channel and d.source_code = s.source"""
_BEFORE = """left join before_node b on b.touchpoint_code = s.previous
             and b.channel_code = s.previous_channel"""


def lay(
    session: Session,
    scope: Scope,
    *,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
    whose: str | None = None,
) -> None:
    """
    Make the tables `trail` and `journey`: *places* of each node, *stages* of each place.

    *whose* names a table of the session with the subjects wanted (`subject`); without it, all.
    """
    steps = scoped(session, scope)
    if whose:
        steps = f"(select * from {steps} where subject in (select subject from {whose}))"
    _load_places(session, places, stages, boundaries)
    _cut(session, steps, scope, boundaries)
    session.run("past what nobody drew", f"create or replace temp table past as {_past(steps)}")
    session.run("trail", f"create or replace temp table trail as {_trail(steps)}")
    _, until = span(session, scope)
    session.run(
        "journeys", f"create or replace temp table journey as {_journeys(boundaries, until)}"
    )


def _load_places(
    session: Session,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
) -> None:
    session.load(
        "drawn",
        "touchpoint_name varchar, channel_name varchar, source_name varchar, place integer, "
        "stage integer, starts boolean, completes boolean, leaves boolean",
        [
            (
                *node, place, stages[place], place in boundaries.starts,
                place in boundaries.completes, place in boundaries.leaves,
            )
            for node, place in places.items()
        ],
    )  # fmt: skip
    session.run(
        "drawn nodes",
        """create or replace temp table drawn_node as
           select distinct n.touchpoint_code, n.channel_code, n.source_code,
                  d.place, d.stage, d.starts, d.completes, d.leaves
           from nodes n join drawn d on d.touchpoint_name = n.touchpoint
             and d.channel_name = n.channel and d.source_name = n.source""",
    )
    # Steps say the touchpoint and channel before them, not its source: what these two alone tell.
    session.run(
        "nodes told by touchpoint and channel",
        """create or replace temp table before_node as
           select n.touchpoint_code, n.channel_code,
             case when count(distinct coalesce(d.place, -1)) = 1 then any_value(d.place) end
               as place,
             bool_and(coalesce(d.starts and not d.completes, false)) as surely_open
           from nodes n left join drawn_node d using (touchpoint_code, channel_code, source_code)
           group by all""",
    )


def _cut(session: Session, steps: str, scope: Scope, boundaries: Boundaries) -> None:
    """Make `span`: the positions of its subject between which each journey lies."""
    by_case = scope.per == "case"
    cut = "s.position = 1"
    if boundaries.silence_s is not None and not by_case:
        cut += f" or s.gap_us > {int(boundaries.silence_s * 1e6)}"
    session.run(
        "what opens or closes journeys",
        f"""create or replace temp table mark as
            select s.subject, s.position, s.final, ({cut}) as cut,
              coalesce(d.starts, false) as starts, coalesce(d.completes, false) as completes,
              coalesce(d.leaves, false) as leaves
            from {steps} s {_PLACED}
            {_BEFORE}
            where {cut} or s.final or d.completes or d.leaves
              -- A start right after a start opens nothing.
              or (d.starts and not coalesce(b.surely_open, false))
            order by s.subject, s.position""",
    )
    # The last mark decides what a starting step does: 0 nothing open, 1 open, 2 completed.
    completed = "" if by_case else "when completes then 2"
    session.run(
        "what each mark does",
        f"""create or replace temp table mark_done as
            with marked as (
              select *, row_number() over () as nth from mark),
            lasting as (
              select *, max(case {completed} when starts then 1 when cut then 0 end + nth * 4)
                          {_SO_FAR} as last from marked),
            opened as (
              select *, starts and (cut or coalesce(lag(last) over (), 0) % 4 <> 1) as opening
              from lasting)
            select *, max(case when opening then nth * 2 + 1 when cut then nth * 2 end) {_SO_FAR}
                        as state from opened""",
    )
    session.run(
        "where each journey lies",
        f"""create or replace temp table span as
            with edge as (
              select state // 2 as journey, subject, position, opening,
                case when final then position
                     when lead(opening or cut) over () then lead(position) over () - 1
                     else lead(position) over () end as to_position
              from mark_done where opening or cut or final),
            exits as (
              select state // 2 as journey, min(position) as exit_position
              from mark_done where leaves and state % 2 = 1 group by 1)
            select journey, subject, position as from_position, to_position, exit_position,
              unnest(range(position // {_CHUNK}, to_position // {_CHUNK} + 1)) as chunk
            from edge left join exits using (journey) where opening""",
    )


def _past(steps: str) -> str:
    """
    Give the place last met, for every step that follows one whose place `before_node` cannot tell.

    Those are the steps after what nobody drew, and the few after a touchpoint and channel that
    several sources have: only they are looked at in their order.
    """
    return f"""
        with untold as (
          select s.subject, s.position,
            case when d.place is not null then s.position::bigint * {_PLACES} + d.place
                 when b.place is not null then (s.position - 1)::bigint * {_PLACES} + b.place
            end as known
          from {steps} s {_PLACED} {_BEFORE}
          left join before_node own on own.touchpoint_code = s.touchpoint
            and own.channel_code = s.channel
          where own.place is null),
        carried as (
          select subject, position + 1 as position, max(known) over (
            partition by subject order by position rows unbounded preceding) as last_known
          from untold)
        select subject, position, last_known // {_PLACES} as met_at, last_known % {_PLACES} as place
        from carried"""


def _trail(steps: str) -> str:
    """Give every step with its place, its journey and whether it lies inside one."""
    return f"""
        select s.subject, s.position, s.occurred_at, s.gap_us, s.touchpoint, s.channel,
          s.score, s.scale, s.interaction, d.place, d.stage,
          coalesce(d.starts, false) as starts, coalesce(d.completes, false) as completes,
          coalesce(d.leaves, false) as leaves, j.journey, j.journey is not null as inside,
          coalesce(s.position = j.from_position, false) as opening,
          coalesce(s.position >= j.exit_position, false) as gone,
          case when p.subject is not null
               then case when p.met_at >= j.from_position then p.place end
               when s.position > j.from_position then b.place end::integer as after
        from {steps} s {_PLACED} {_BEFORE}
        left join span j on j.subject = s.subject and j.chunk = s.position // {_CHUNK}
          and s.position >= j.from_position and s.position <= j.to_position
        left join past p on p.subject = s.subject and p.position = s.position"""


def span(session: Session, scope: Scope) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment asked about; the last is the horizon for silence."""
    low, high = session.one("span", "select min(occurred_at), max(occurred_at) from trail")
    if scope.of_some:
        # How long a silence lasts is told by everybody's last fact, not by the chosen ones'.
        (high,) = session.one(
            "the last fact of anybody",
            f"select max(occurred_at) from steps where per = {literal(scope.per)}",
        )
    asked_until = scope.period.until
    last = asked_until - timedelta(microseconds=1) if asked_until else high
    return scope.period.since or low, last


def moment(at: datetime | None) -> str:
    """Return a moment as SQL; no moment is a null that the engine takes for one."""
    return f"{literal(at)}::timestamptz"


def over_us(boundaries: Boundaries, until: datetime | None) -> str:
    """
    Return SQL for when a journey that did not complete had left, or is seen last: epoch µs.

    Leaving by silence is known when the silence is over. To date it by the last step would look
    ahead: of those silent at the end of the data, only they who never come back have left.
    """
    silence_us = int((boundaries.silence_s or 0) * 1e6)
    return f"""case outcome when 'left' then coalesce(epoch_us(exit_at),
                 epoch_us(last_at) + {silence_us})
               when 'still_open' then epoch_us({moment(until)}) end"""


def early_us(boundaries: Boundaries, until: datetime | None) -> str:
    """
    Return SQL for the last moment at which one may come for leaving at once to be known: epoch µs.

    Of those who came later, only those quick to go on are known: they would make any share of the
    known too high. Without silence nobody is known to leave by it, and the moment is null.
    """
    if boundaries.silence_s is None or until is None:
        return "null::bigint"
    return f"(epoch_us({moment(until)}) - {int(boundaries.silence_s * 1e6)})"


def _journeys(boundaries: Boundaries, until: datetime | None) -> str:
    """Give one row a journey: when, how far, and how it ended."""
    silent = "false"
    if boundaries.silence_s is not None:
        silent = (
            f"epoch_us(last_at) + {int(boundaries.silence_s * 1e6)} <= epoch_us({moment(until)})"
        )
    return f"""
        with lived as (
          select journey, any_value(subject) as subject, min(occurred_at) as first_at,
            max(occurred_at) as last_at, bool_or(leaves) as exited,
            min(occurred_at) filter (leaves) as exit_at,
            min(occurred_at) filter (completes) as completed_at,
            max(place * {_FAR} + position) filter (not gone) as far
          from trail where inside group by journey),
        several as (select subject from lived group by subject having count(*) > 1)
        select * exclude (far), coalesce(far // {_FAR}, -1) as furthest, far % {_FAR} as turned,
          subject not in (select subject from several) as single,
          case when completed_at is not null then 'completed'
               when exited or {silent} then 'left' else 'still_open' end as outcome
        from lived"""
