"""
What became of those who were at a place: SQL over the tables `trail` and `journey` of a walk.

Every answer is a small table of counts; what it means is for `contrast` and `improve` to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from trayecto.journeys.fated import (
    Asked,
    Cast,
    Detour,
    Fates,
    Felt,
    Hit,
    Met,
    Sought,
    Stay,
    Voted,
    Worth,
)
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of

PARTS = 100
"""A vote's time is told in as many equal parts: the curve has a point at the end of each."""
_DEEP = 40
"""Steps into a stage that are told apart; later ones count as the last of them."""
TURN = f"least(v.position - t.entered + 1, {_DEEP})"
"""The step into a stage (`through` t) at which a place (`been` v) was first met."""
LAST = f"least(t.last, {_DEEP})"
"""The last step at which it could still have been met."""
_CLEAR = 0.25
"""Half a point on the scale from −2 to +2: a feeling closer to neutral is neither good nor bad."""


def count(session: Session, sought: Sought) -> Fates:
    """Return everything that was sought; `journeys.walk` has laid the ground in this session."""
    listen(session)
    been(session, sought.promised_s)
    return Fates(
        voted(session, sought.asked, silence_s=sought.silence_s, until=sought.until),
        met(session, sought.stages),
        ways(session),
        felt(session),
        hits(session),
        stays(session, sought.stage_promised_s),
        detours(session, sought.nodes),
        worth(session),
    )


def feeling(level: str) -> str:
    """Return SQL for what a level is called."""
    return (
        f"case when {level} >= {_CLEAR} then 'good' when {level} <= -{_CLEAR} then 'bad' "
        f"when {level} is not null then 'neutral' else 'unknown' end"
    )


def listen(session: Session) -> None:
    """
    Make `answer`, what people said in surveys, and `signal`, how they felt: both in [-1, 1].

    Behaviour is no evidence here: what people do is what these questions ask about.
    """
    said = (
        "2 * (score - cast(split_part(scale, ':', 2) as double)) / "
        "nullif(cast(split_part(scale, ':', 3) as double) "
        "- cast(split_part(scale, ':', 2) as double), 0) - 1"
    )
    # The official classes of the net promoter score: 9–10, 7–8, 0–6.
    verdict = f"""case when scale = 'nps:0:10' then
        case when score >= 9 then 'good' when score <= 6 then 'bad' else 'neutral' end
        else {feeling(said)} end"""
    answers = f"""
        select journey, position, place, {said} as level, {verdict} as verdict
        from scored where scale is not null"""
    signals = """
        select journey, position, place, level, kind = 'score' as scored
        from heard where level is not null"""
    session.run("answers", f"create or replace temp table answer as {answers}")
    session.run("signals", f"create or replace temp view signal as {signals}")


VOICE = "coalesce(avg(s.level) filter (s.scored), avg(s.level))"
"""One voice a journey, as at each place of the map: a score is stronger than words."""


def voted(
    session: Session, asked: Sequence[Asked], *, silence_s: float | None, until: datetime | None
) -> tuple[Voted, ...]:
    """
    Return who stayed and who left at each voting point, by what they felt, said and waited.

    A journey votes the first time it comes to the place. It stays at its first step further right,
    or when it completes; it leaves by an exit, or with its last step before a silence for good.
    Silence is known to be for good only when it is over, so journeys are watched until the silence
    before the end. Whoever had completed by the vote leaves by an exit and no silence, and stays
    otherwise; their watching lasts to the end.
    """
    if not asked or until is None:
        return ()
    _ballots(session, asked)
    _fates(session, silence_s, until)
    limits = _limits(session, asked)
    session.load(
        "band", "place integer, low_us double, high_us double",
        [(place, low * 1e6, high * 1e6) for place, (low, high) in limits.items()],
    )  # fmt: skip
    rows = session.ask("votes", _counted())
    by_place = {place: list(some) for place, some in groupby(rows, key=lambda row: row[0])}
    return tuple(
        Voted(
            vote.place,
            vote.within_s,
            limits.get(vote.place),
            tuple(Cast(*row[1:]) for row in by_place.get(vote.place, ())),
        )
        for vote in asked
    )


def _ballots(session: Session, asked: Sequence[Asked]) -> None:
    session.load(
        "asked", "place integer, within_us bigint",
        [(vote.place, round(vote.within_s * 1e6)) for vote in asked],
    )  # fmt: skip
    session.run(
        "ballots",
        f"""create or replace temp table ballot as
            select place, journey, min(position) as position, min(occurred_at) as voted_at,
              nullif(arg_min(coalesce(gap_us, -1), position), -1) as wait_us
            from trail where not gone and place in {one_of(v.place for v in asked)}
            group by place, journey""",
    )


def _fates(session: Session, silence_s: float | None, until: datetime) -> None:
    """Make the table `fate`: what each ballot came to, when, and how long it was watched."""
    silence_us = round((silence_s or 0) * 1e6)
    ended = "outcome = 'left'" if silence_s is not None else "false"
    session.run(
        "what came after the vote",
        """create or replace temp table following as
           select b.place, b.journey, min(t.occurred_at) as further_at
           from ballot b join trail t on t.journey = b.journey
           where not t.gone and t.position > b.position and t.place > b.place
             and t.place > (select min(place) from asked)
           group by b.place, b.journey""",
    )
    session.run(
        "what each vote came to",
        f"""create or replace temp table fate as
            with times as (
              select b.*, a.within_us, coalesce(completed_at <= voted_at, false) as settled,
                epoch_us({literal(until)}) - epoch_us(voted_at)
                  - case when settled then 0 else {silence_us} end as watch_us,
                epoch_us(least(further_at, completed_at)) - epoch_us(voted_at) as on_us,
                epoch_us(exit_at) - epoch_us(voted_at) as exit_us,
                case when {ended} then epoch_us(last_at) - epoch_us(voted_at) end as silent_us
              from ballot b join asked a using (place) join journey j using (journey)
              left join following f using (place, journey)),
            ends as (
              select *, case when not settled then on_us
                             when coalesce(exit_us > within_us, true) then within_us end as stay_us,
                case when settled then exit_us else coalesce(exit_us, silent_us) end as leave_us
              from times),
            parts as (
              select *, coalesce(stay_us <= coalesce(leave_us, stay_us), false) as stays,
                -- Only parts of the time that were watched to their end count.
                least(watch_us * {PARTS} // within_us, {PARTS}) as watched,
                (least(stay_us, leave_us) * {PARTS} + within_us - 1) // within_us as part
              from ends)
            select place, journey, position, wait_us, watch_us >= 0 as seen,
              case when part <= watched then part else watched end as part,
              case when coalesce(part > watched, true) then 'unknown'
                   when stays then 'stayed' else 'left' end as fate
            from parts""",
    )


def _limits(session: Session, asked: Sequence[Asked]) -> dict[int, tuple[float, float]]:
    """Return what parts short, middling and long waits: the promise and its double, or thirds."""
    promised = {
        vote.place: (vote.promised_s, 2 * vote.promised_s) for vote in asked if vote.promised_s
    }
    rows = session.ask(
        "thirds of the waits",
        "select place, quantile_disc(wait_us, [1/3, 2/3]) from fate "
        "where wait_us is not null group by place order by place",
    )
    thirds = {place: (low / 1e6, high / 1e6) for place, (low, high) in rows}
    return thirds | {place: limits for place, limits in promised.items() if place in thirds}


def _counted() -> str:
    return f"""
        with felt as (
          select f.place, f.journey, {VOICE} as level
          from fate f join signal s on s.journey = f.journey and s.position <= f.position
          group by 1, 2),
        said as (
          select f.place, f.journey, arg_max(a.verdict, a.position) as verdict
          from fate f join answer a on a.journey = f.journey and a.position <= f.position
          group by 1, 2)
        select f.place, {feeling("level")}, coalesce(verdict, 'unknown'),
          case when wait_us is null then null when wait_us <= low_us then 0
               when wait_us <= high_us then 1 else 2 end,
          seen, case when seen then part else 0 end, fate, count(*)
        from fate f left join felt using (place, journey) left join said using (place, journey)
          left join band using (place)
        group by all order by all"""


def been(session: Session, promised_s: Mapping[int, float]) -> None:
    """
    Make the view `been`: each place a journey was at, its first step there, and what hit it.

    Nothing from an exit on counts. *late*: a wait beyond what the place promises; unknown without
    a promise, or where nothing came before.
    """
    session.load(
        "promise", "place integer, promised_us bigint",
        [(place, round(s * 1e6)) for place, s in promised_s.items()],
    )  # fmt: skip
    session.run(
        "first visits",
        """create or replace temp view been as
           select journey, spot as place, first_position as position, first_at as seen_at,
             last_position > first_position as repeated, longest_in_us > promised_us as late
           from journey_visit left join promise on promise.place = spot
           where last_position is not null""",
    )


def met(session: Session, stages: Mapping[int, int]) -> tuple[Met, ...]:
    """
    Return, by stage, at which step into it journeys met each of its places, and what came of them.

    *turn* is the step into the stage at which the place was first met (0: not while there), and
    *last* the last step at which it could still have been met: the stage is left by going further
    right, by completing, by an exit or by silence. Journeys that had completed before they came to
    the stage are told apart; those whose fate is open are left out.
    """
    session.load("stage_of", "place integer, stage integer", list(stages.items()))
    through(session)
    rows = session.ask(
        "who met what, and when",
        f"""select stage, null as place, 0 as turn, {LAST} as last, completed,
                   settled, back, count(*) from through t group by all
            union all
            select t.stage, v.place, {TURN} as turn,
                   {LAST} as last, completed, settled, back, count(*)
            from through t join stage_of s using (stage)
            join been v on v.journey = t.journey and v.place = s.place
            where v.position - t.entered + 1 <= last
            group by all order by all""",
    )
    return tuple(Met(*row) for row in rows)


def through(session: Session) -> None:
    """Make `through`: each journey's way through a stage, when its fate is known; see `met`."""
    session.run(
        "ways through each stage",
        """create or replace temp table through as
           with entry as (
             select s.journey, s.spot as stage, s.first_position as entered,
               s.first_at as entered_at, s.next_position, s.next_at,
               j.outcome = 'completed' as completed, not j.newest as back, completed_at,
               completed_position as completed_as, coalesce(exit_position - 1, to_position) as final
             from stage_passed s join journey j using (journey)
             where not s.gone and j.outcome <> 'still_open'),
           -- If the first step further right was before, the first one after it counts.
           after as (
             select e.journey, e.stage, min(o.entered) as beyond, min(o.entered_at) as beyond_at
             from (select * from entry where next_position < entered) e join entry o
               on o.journey = e.journey and o.stage > e.stage and o.entered > e.entered
             group by all),
           left_at as (
             select e.* exclude (next_position, next_at),
               case when next_position > entered then next_position else a.beyond end as beyond,
               case when next_position > entered then next_at else a.beyond_at end as beyond_at
             from entry e left join after a using (journey, stage))
           select journey, stage, entered, completed,
             coalesce(completed_as < entered, false) as settled, back,
             beyond is not null or coalesce(completed_as >= entered, false) as went_on,
             epoch_us(coalesce(beyond_at, completed_at)) - epoch_us(entered_at) as stay_us,
             -- Nothing after the step that left the stage could have been met in it.
             least(beyond, case when completed_as >= entered then completed_as end, final)
               - entered + 1 as last
           from left_at""",
    )


def ways(session: Session) -> dict[tuple[int | None, int | None, bool], int]:
    """
    Return how often journeys went from one place to the next one new to them, until their end.

    None before is the start; (place, None, completed) is how they ended. What follows completion
    is out, and so are journeys still open.
    """
    rows = session.ask(
        "ways to places not met before",
        """with met as (
             select b.journey, place, outcome = 'completed' as completed,
               lag(place) over along as before, lead(place) over along is null as final
             from been b join journey j using (journey)
             where outcome <> 'still_open' and (completed_at is null or seen_at <= completed_at)
             window along as (partition by b.journey order by position))
           select before, place, false, count(*) from met group by all
           union all
           select place, null, completed, count(*) from met where final group by all""",
    )
    return {(source, target, completed): count for source, target, completed, count in rows}


def felt(session: Session) -> tuple[Felt, ...]:
    """Return how journeys ended by how they felt at each place, one voice a journey."""
    rows = session.ask(
        "how they ended by what they felt",
        f"""select place, {feeling("level")}, {KEPT} as kept, count(*) from (
              select journey, place, {VOICE} as level from signal s
              where place is not null group by all) join journey j using (journey)
            where outcome <> 'still_open' group by all order by all""",
    )
    return tuple(Felt(*row) for row in rows)


KEPT = "(outcome = 'completed' and not exited)"
"""Completed, and took no exit afterwards."""


def hits(session: Session) -> tuple[Hit, ...]:
    """Return how journeys ended by whether a wait beyond the promise, or a repetition, hit them."""
    rows = session.ask(
        "how those hit ended",
        f"""select place, repeated, late, {KEPT} as kept, count(*)
            from been join journey using (journey)
            where outcome <> 'still_open' group by all order by all""",
    )
    return tuple(Hit(*row) for row in rows)


def stays(session: Session, promised_s: Mapping[int, float]) -> tuple[Stay, ...]:
    """Return how journeys ended by whether they went on from each stage, and stayed too long."""
    session.load(
        "stage_promise", "stage integer, promised_us bigint",
        [(stage, round(s * 1e6)) for stage, s in promised_s.items()],
    )  # fmt: skip
    rows = session.ask(
        "how those who went on ended",
        f"""select stage, went_on, stay_us > promised_us as late, {KEPT} as kept, count(*)
            from through join journey using (journey) left join stage_promise using (stage)
            where not settled group by all order by all""",
    )
    return tuple(Stay(*row) for row in rows)


def detours(session: Session, nodes: Sequence[tuple[str, str, int]]) -> tuple[Detour, ...]:
    """Return how journeys ended by whether they met each node (touchpoint, channel, after)."""
    session.load(
        "detour", "node integer, touchpoint varchar, channel varchar, place integer",
        [(number, *node) for number, node in enumerate(nodes)],
    )  # fmt: skip
    rows = session.ask(
        "how those on a detour ended",
        f"""with codes as (
              select distinct node, touchpoint_code, channel_code
              from detour join nodes using (touchpoint, channel)),
            strays as (
              select distinct c.node, s.journey from stray s join codes c
                on c.touchpoint_code = s.touchpoint and c.channel_code = s.channel),
            there as (
              select d.node, v.journey from detour d join been v using (place))
            select node, s.journey is not null as met, {KEPT} as kept, count(*)
            from there left join strays s using (node, journey) join journey using (journey)
            where outcome <> 'still_open' group by all order by all""",
    )
    return tuple(Detour(*row) for row in rows)


def worth(session: Session) -> tuple[Worth, ...]:
    """Return what kept journeys are worth by the amounts of their interactions, by currency."""
    rows = session.ask(
        "what a kept journey is worth",
        f"""with amounts as (
              select journey, currency, sum(value_minor) as minor from paid group by all),
            kept as (select count(*) as n from journey where {KEPT})
            -- Journeys without an amount are worth nothing, and count.
            select currency, sum(minor)::double / any_value(n) as mean,
              sqrt(greatest(sum(minor::double ** 2) / any_value(n)
                            - (sum(minor)::double / any_value(n)) ** 2, 0)) as deviation,
              any_value(n)
            from amounts join journey using (journey) cross join kept
            where {KEPT} group by currency order by currency""",
    )
    return tuple(Worth(*row) for row in rows)
