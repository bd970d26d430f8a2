"""
Lay the ordered steps along a map: which place each one is, and in which journey.

A journey opens at a step of a starting place when none is open; silence closes it, and after a
completion the next start opens another. By case, the whole case from its first start is one
journey. Only the few steps that can open, close, complete or leave a journey are read one after
the other; every other step then looks up the journey it lies in, and those inside one are laid in
order: they nearly are already, which makes that sort cheap.

What is laid is the ground that every measure of a map stands on, as tables of the session:

`mark`, the steps read one after the other, among them the first and the last of every subject.

`trail`, a row a step inside a journey, by journey and position: `journey`, `position`,
`occurred_at`, `touchpoint`, `channel`, `interaction` and `gap_us` (null where the journey opens),
its `place` on the map (null: nobody drew it), `opening` the journey, and `gone` (at its exit or
after it). Its rows lie in that order, so the step before or after is the row before or after.

`journey_visit`, a row a journey and place it met: `journey`, `spot` (the place), `n` (how often),
`first_position` and `first_at`, `last_position` before an exit (null: only met from the exit on),
and the longest waits for it, in all (`longest_us`) and before an exit (`longest_in_us`).

`journey`, a row a journey: `journey` (its number here), `subject`, `from_position` and
`to_position`, `first_at`, `last_at`, `exited`, `exit_position` and `exit_at`, `completed_position`
and `completed_at`, `furthest` (the place furthest right; -1: none before an exit) and `turned` (the
last position there), `outcome` (completed, left, still_open), `single` (its subject has no other
journey) and `newest` (its subject's last).

`scored`, the answers of surveys among them: `journey`, `position`, `place`, `score`, `scale`.

`stray`, what nobody drew, a row a journey, node (`touchpoint`, `channel`) and place last met before
it in the journey (`after`): how often (`n`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from trayecto.journeys.scope import Scope, chosen
from trayecto.journeys.walked import Boundaries, Node
from trayecto.lake.duck import Session
from trayecto.lake.sql import SO_FAR, literal, one_of

_CHUNK = 64
"""A step finds its journey among those of its subject that touch this many positions."""
_PLACES = 1 << 10
"""A row and a place in one number, the row first; no map has so many places."""
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
    Make the tables: *places* of each node, *stages* of each place.

    *whose* names a table of the session with the subjects wanted (`subject`); without it, all.
    """
    found = chosen(session, scope)
    steps = found.name
    if whose:
        steps = f"(select * from {steps} where subject in (select subject from {whose}))"
    _load_places(session, places, stages, boundaries)
    _cut(session, steps, scope, boundaries, lie=found.lie)
    session.run(
        "trail",
        f"create or replace temp table trail as {_trail(steps)} order by j.journey, s.position",
    )
    session.run("answers given", f"create or replace temp table scored as {_scored(steps)}")
    visits(session)
    session.run("what nobody drew", f"create or replace temp table stray as {_STRAY}")
    _, until = span(session, scope)
    session.run(
        "journeys", f"create or replace temp table journey as {_journeys(boundaries, until)}"
    )


def outline(
    session: Session,
    scope: Scope,
    *,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
) -> None:
    """
    Make only `journey`, without *furthest* and *turned*; `trail` and `scored` are views, unordered.

    Enough where the order of every step does not matter: a question about one place looks at few
    columns of few steps. Who asks about visits makes them too (`visits`).
    """
    found = chosen(session, scope)
    _load_places(session, places, stages, boundaries)
    _cut(session, found.name, scope, boundaries, lie=found.lie)
    session.run("trail", f"create or replace temp view trail as {_trail(found.name)}")
    session.run("answers given", f"create or replace temp view scored as {_scored(found.name)}")
    _, until = span(session, scope)
    session.run("journeys", f"create or replace temp table journey as {_ended(boundaries, until)}")


def visits(session: Session) -> None:
    """Make `journey_visit` of the trail."""
    session.run("visits", f"create or replace temp table journey_visit as {_VISITS}")


def _load_places(
    session: Session,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
) -> None:
    session.load("stage_at", "spot smallint, stage smallint", list(stages.items()))
    session.load(
        "drawn",
        "touchpoint_name varchar, channel_name varchar, source_name varchar, place smallint, "
        "starts boolean, completes boolean, leaves boolean",
        [
            (
                *node, place, place in boundaries.starts, place in boundaries.completes,
                place in boundaries.leaves,
            )
            for node, place in places.items()
        ],
    )  # fmt: skip
    session.run(
        "drawn nodes",
        """create or replace temp table drawn_node as
           select distinct n.touchpoint_code, n.channel_code, n.source_code,
                  d.place, d.starts, d.completes, d.leaves
           from nodes n join drawn d on d.touchpoint_name = n.touchpoint
             and d.channel_name = n.channel and d.source_name = n.source""",
    )
    # Steps say the touchpoint and channel before them, and not its source.
    session.run(
        "nodes told by touchpoint and channel",
        """create or replace temp table before_node as
           select n.touchpoint_code, n.channel_code,
             bool_and(coalesce(d.starts and not d.completes, false)) as surely_open
           from nodes n left join drawn_node d using (touchpoint_code, channel_code, source_code)
           group by all""",
    )


def _cut(
    session: Session, steps: str, scope: Scope, boundaries: Boundaries, *, lie: Sequence[str]
) -> None:
    """
    Make `lived`, a row a journey with where it lies, and `stretch`, by which steps find it.

    Journeys are numbered in the order in which the steps *lie*, so that what is laid by journey
    and position is nearly as it comes.
    """
    by_case = scope.per == "case"
    cut = "s.position = 1"
    if boundaries.silence_s is not None and not by_case:
        cut += f" or s.gap_us > {int(boundaries.silence_s * 1e6)}"
    told = session.ask(
        "touchpoints that bound journeys",
        "select distinct touchpoint_code from drawn_node where starts or completes or leaves "
        "order by all",
    )
    telling = f"{cut} or s.final or s.touchpoint in {one_of(code for (code,) in told)}"
    session.run(
        "what opens or closes journeys",
        f"""create or replace temp table mark as
            select s.subject, s.position, s.occurred_at, s.gap_us, s.final, ({cut}) as cut,
              coalesce(d.starts, false) as starts, coalesce(d.completes, false) as completes,
              coalesce(d.leaves, false) as leaves
            from (select * from {steps} s where {telling}) s {_PLACED}
            {_BEFORE}
            where {cut} or s.final or d.completes or d.leaves
              -- A start right after a start opens nothing.
              or (d.starts and not coalesce(b.surely_open, false))
            order by {", ".join(f"s.{column}" for column in lie)}""",
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
                          {SO_FAR} as last from marked),
            opened as (
              select *, starts and (cut or coalesce(lag(last) over (), 0) % 4 <> 1) as opening
              from lasting)
            select *, max(case when opening then nth * 2 + 1 when cut then nth * 2 end) {SO_FAR}
                        as state from opened""",
    )
    session.run(
        "where each journey lies",
        """create or replace temp table lived as
           with edge as (
             select state // 2 as journey, subject, position, occurred_at, opening,
               lead(position) over () as next_position, lead(occurred_at) over () as next_at,
               -- What cuts or opens begins after the journey; its gap says when that one ended.
               case when final then null when lead(opening or cut) over ()
                    then lead(gap_us) over () end as gap_us, final
             from mark_done where opening or cut or final),
           ends as (
             select state // 2 as journey, min(position) filter (leaves) as exit_position,
               min(occurred_at) filter (leaves) as exit_at,
               min(position) filter (completes) as completed_position,
               min(occurred_at) filter (completes) as completed_at
             from mark_done where (leaves or completes) and state % 2 = 1 group by 1)
           select journey::integer as journey, subject, position as from_position,
             case when final then position else next_position - (gap_us is not null)::integer end
               as to_position,
             occurred_at as first_at,
             case when final then occurred_at
                  else make_timestamptz(epoch_us(next_at) - coalesce(gap_us, 0)) end as last_at,
             exit_position, exit_at, completed_position, completed_at
           from edge left join ends using (journey) where opening""",
    )
    session.run(
        "stretches of journeys",
        f"""create or replace temp table stretch as
            select journey, subject, from_position, to_position, exit_position,
              unnest(range(from_position // {_CHUNK}, to_position // {_CHUNK} + 1)) as chunk
            from lived""",
    )


_IN_JOURNEY = f"""join stretch j on j.subject = s.subject and j.chunk = s.position // {_CHUNK}
          and s.position >= j.from_position and s.position <= j.to_position"""


def _trail(steps: str) -> str:
    """Give every step inside a journey, with its place."""
    return f"""
        select j.journey, s.position, s.occurred_at,
          case when s.position > j.from_position then s.gap_us end as gap_us, s.touchpoint,
          s.channel::smallint as channel, s.interaction, d.place,
          s.position = j.from_position as opening,
          coalesce(s.position >= j.exit_position, false) as gone
        from {steps} s {_IN_JOURNEY} {_PLACED}"""


def _scored(steps: str) -> str:
    """Give the answers of surveys inside journeys."""
    return f"""
        select j.journey, s.position, d.place, s.score, s.scale
        from (select * from {steps} where score is not null) s {_IN_JOURNEY} {_PLACED}"""


_VISITS = """
    select journey, place as spot, count(*)::integer as n, min(position) as first_position,
      max(position) filter (not gone) as last_position, min(occurred_at) as first_at,
      max(gap_us) as longest_us, max(gap_us) filter (not gone) as longest_in_us
    from trail where place is not null group by journey, place"""


# The row before tells the place. Where nobody drew that one either, the last of the strays before
# it knows: no journey opens with one, so the first of them has a place of its own journey before.
_STRAY = f"""
    with told as (
      select journey, touchpoint, channel, place, lag(place) over () as place_before from trail),
    untold as (
      select *, row_number() over () as nth from told where place is null),
    carried as (
      select *, max(case when place_before is not null
                    then nth * {_PLACES} + place_before end) {SO_FAR} % {_PLACES} as after
      from untold)
    select journey, touchpoint, channel, after::smallint as after, count(*)::integer as n
    from carried group by all"""


def span(session: Session, scope: Scope) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment asked about; the last is the horizon for silence."""
    low, high = session.one("span", "select min(occurred_at), max(occurred_at) from mark")
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
    return f"""
        with turning as (
          select journey, max(spot::bigint * {_FAR} + last_position) as far
          from journey_visit group by journey)
        select e.*, coalesce(far // {_FAR}, -1)::smallint as furthest,
          (far % {_FAR})::integer as turned
        from ({_ended(boundaries, until)}) e left join turning using (journey)"""


def _ended(boundaries: Boundaries, until: datetime | None) -> str:
    """Give one row a journey: when it was, how it ended, and whether it is its subject's last."""
    silent = "false"
    if boundaries.silence_s is not None:
        silent = (
            f"epoch_us(last_at) + {int(boundaries.silence_s * 1e6)} <= epoch_us({moment(until)})"
        )
    return f"""
        with several as (
          select subject, max(journey) as newest from lived group by subject having count(*) > 1)
        select l.*, exit_at is not null as exited, newest is null as single,
          coalesce(journey = newest, true) as newest,
          case when completed_at is not null then 'completed'
               when exited or {silent} then 'left' else 'still_open' end as outcome
        from lived l left join several using (subject)"""
