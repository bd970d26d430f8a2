"""
Walk the ordered steps once for a map: cut them into journeys, and count how each place is passed.

A journey opens at a step of a starting place when none is open; silence closes it, and after a
completion the next start opens another. By case, the whole case from its first start is one
journey. The cutting needs no sort: steps lie in order, so running totals over the rows do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil, floor, sqrt
from typing import Any

from trayecto.journeys.scope import Scope, scoped
from trayecto.journeys.walked import Boundaries, Ends, Node, Spread, Unbound, Visits, Voice, Walked
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of
from trayecto.vocabulary.estimate import Z95

_SO_FAR = "over (rows between unbounded preceding and current row)"


def seen_nodes(session: Session) -> list[Node]:
    """Return every node of the lake, for a map to bind."""
    rows = session.ask(
        "nodes", "select distinct touchpoint, channel, source from nodes order by all"
    )
    return [(str(touchpoint), str(channel), str(source)) for touchpoint, channel, source in rows]


def walk(
    session: Session,
    scope: Scope,
    *,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
) -> Walked:
    """Return the counts of a map: *places* of each node, *stages* of each place."""
    steps = _in_order(session, scoped(session, scope))
    _load_places(session, places, stages, boundaries)
    session.run(
        "trail", f"create or replace temp table trail as {_trail(steps, scope, boundaries)}"
    )
    since, until = _span(session, scope)
    session.run(
        "journeys", f"create or replace temp table journey as {_journeys(boundaries, until)}"
    )
    return Walked(
        since=since,
        until=until,
        ends=_ends(session),
        duration=_duration(session),
        places=_visits(session, "place"),
        stages=_visits(session, "stage"),
        furthest=dict(session.ask("furthest", "select furthest, count(*) from journey group by 1")),
        waits=_spreads(
            session,
            "waits",
            "select place as spot, gap_us / 1e6 as s from trail "
            "where inside and not opening and place is not null",
        ),
        stage_times=_spreads(session, "stage times", _stage_times()),
        channels=_channels(session),
        unbound=_unbound(session),
        answers=_answers(session),
        voices=_voices(session),
        **_coverage(session, scope),
    )


def _in_order(session: Session, steps: str) -> str:
    """Return *steps*, sorted again only if the stored order does not hold."""
    (broken,) = session.one(
        "is the order whole",
        f"""select count(*) from (
              select position <> 1 and (
                       subject <> lag(subject) over () or position <> lag(position) over () + 1
                     ) as broken from {steps}) where broken""",
    )
    return f"(select * from {steps} order by subject, position)" if broken else steps


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


def _trail(steps: str, scope: Scope, boundaries: Boundaries) -> str:
    """Give every step with its place, its journey and whether it lies inside one."""
    silence = boundaries.silence_s
    by_case = scope.per == "case"
    cut = "position = 1"
    if silence is not None and not by_case:
        cut += f" or gap_us > {int(silence * 1e6)}"
    # The last mark decides what a starting step does: 0 nothing open, 1 open, 2 completed.
    completed = "" if by_case else "when completes then 2"
    return f"""
        with placed as (
          select s.subject, s.position, s.occurred_at, s.gap_us, s.touchpoint, s.channel,
                 s.score, s.scale, d.place, d.stage, coalesce(d.starts, false) as starts,
                 coalesce(d.completes, false) as completes, coalesce(d.leaves, false) as leaves,
                 ({cut}) as cut, row_number() over () as nth
          from {steps} s left join drawn_node d
            on d.touchpoint_code = s.touchpoint and d.channel_code = s.channel
            and d.source_code = s.source),
        marked as (
          select *, max(case {completed} when starts then 1 when cut then 0 end + nth * 4)
                    {_SO_FAR} as mark from placed),
        opened as (
          select *, starts and (cut or coalesce(lag(mark) over (), 0) % 4 <> 1) as opening
          from marked),
        running as (
          select *, sum(case when opening then 1 else 0 end) {_SO_FAR} as journey,
            max(case when opening then nth * 2 + 1 when cut then nth * 2 end) {_SO_FAR} as state,
            max(case when opening then nth end) {_SO_FAR} as opened_at,
            max(case when leaves then nth end) {_SO_FAR} as exit_at,
            max(case when place is not null then nth * 1024 + place end) {_SO_FAR} as last_place
          from opened),
        previous as (
          select *, lag(last_place) over () as before from running)
        select * exclude (nth, mark, state, opened_at, exit_at, last_place, before, cut),
          state % 2 = 1 as inside, coalesce(exit_at >= opened_at, false) as gone,
          case when before // 1024 >= opened_at then cast(before % 1024 as integer) end as after
        from previous"""


def _span(session: Session, scope: Scope) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment asked about; the last is the horizon for silence."""
    low, high = session.one("span", "select min(occurred_at), max(occurred_at) from trail")
    asked_until = scope.period.until
    last = asked_until - timedelta(microseconds=1) if asked_until else high
    return scope.period.since or low, last


def _journeys(boundaries: Boundaries, until: datetime | None) -> str:
    """Give one row a journey: when, how far, and how it ended."""
    silent = "false"
    if boundaries.silence_s is not None:
        silent = (
            f"epoch_us(last_at) + {int(boundaries.silence_s * 1e6)} <= epoch_us({literal(until)})"
        )
    return f"""
        select *, case when completed_at is not null then 'completed'
                       when exited or {silent} then 'left' else 'still_open' end as outcome
        from (select journey, any_value(subject) as subject, min(occurred_at) as first_at,
                max(occurred_at) as last_at, bool_or(leaves) as exited,
                coalesce(max(place) filter (not gone), -1) as furthest,
                min(occurred_at) filter (completes) as completed_at
              from trail where inside group by journey)"""


def _ends(session: Session) -> Ends:
    row = session.one(
        "how journeys ended",
        """select count(*), count(distinct subject), count(*) filter (outcome = 'completed'),
                  count(*) filter (outcome = 'left'), count(*) filter (outcome = 'still_open')
           from journey""",
    )
    return Ends(*row)


def _duration(session: Session) -> Spread | None:
    found = _spreads(
        session,
        "time to completion",
        "select 0 as spot, (epoch_us(completed_at) - epoch_us(first_at)) / 1e6 as s "
        "from journey where completed_at is not null",
    )
    return found.get(0)


def _visits(session: Session, level: str) -> dict[int, Visits]:
    """Count how journeys pass each place, or each stage; nothing from an exit on is a way on."""
    rows = session.ask(
        f"passing each {level}",
        f"""with visit as (
              select journey, {level} as spot, count(*) as n, min(position) as first_position,
                     max(position) filter (not gone) as last_position
              from trail where inside and place is not null group by journey, {level}),
            ahead as (
              select *, max(last_position) over further as last_beyond,
                     max(case when last_position is not null then spot end) over further
                       as furthest
              from visit window further as (
                partition by journey order by spot desc
                rows between unbounded preceding and 1 preceding)),
            fate as (
              select a.spot, a.n, j.subject, j.outcome, a.furthest is not null as beyond,
                     j.outcome = 'completed' or coalesce(last_beyond > first_position, false)
                       as onward
              from ahead a join journey j using (journey))
            select spot, sum(n)::bigint, count(distinct subject), count(*),
                   count(*) filter (onward),
                   count(*) filter (not onward and outcome = 'left'),
                   count(*) filter (not onward and outcome = 'still_open'),
                   count(*) filter (n > 1), count(*) filter (beyond)
            from fate group by spot order by spot""",
    )
    return {at: Visits(*counts) for at, *counts in rows}


def _stage_times() -> str:
    """Give the time from a stage's first step to the first step further right, or to completion."""
    return """
        with visit as (
          select journey, stage, min(occurred_at) as first_at
          from trail where inside and stage is not null group by journey, stage),
        next as (
          select a.journey, a.stage, min(b.first_at) as next_at
          from visit a join visit b
            on b.journey = a.journey and b.stage > a.stage and b.first_at >= a.first_at
          group by a.journey, a.stage)
        select v.stage as spot,
          (epoch_us(coalesce(n.next_at, j.completed_at)) - epoch_us(v.first_at)) / 1e6 as s
        from visit v join journey j using (journey) left join next n using (journey, stage)
        where n.next_at is not null or j.completed_at > v.first_at"""


def _spreads(session: Session, step: str, times: str) -> dict[int, Spread]:
    """Return the spread of each sample in *times* (at, s)."""
    session.run(step, f"create or replace temp table times as {times}")
    sizes = dict(session.ask(f"sizes of {step}", "select spot, count(s) from times group by spot"))
    wanted = sorted({0.5, 0.9, *(f for n in sizes.values() for f in _median_interval(n))})
    if not sizes:
        return {}
    rows = session.ask(
        f"quantiles of {step}", f"select spot, quantile_cont(s, {wanted}) from times group by spot"
    )
    spreads = {}
    for at, values in rows:
        found = dict(zip(wanted, (round(value, 3) for value in values), strict=True))
        interval = [found[fraction] for fraction in _median_interval(sizes[at])] or [None, None]
        spreads[at] = Spread(sizes[at], found[0.5], interval[0], interval[1], found[0.9])
    return spreads


def _median_interval(n: int) -> list[float]:
    """
    Return the two fractions between which the median lies with 95 %, by the binomial ranks.

    Source: Conover, Practical Nonparametric Statistics, 3rd ed., 3.2 (normal approximation).
    Fewer than six observations give none.
    """
    if n < 6:
        return []
    half = Z95 * sqrt(n) / 2
    low, high = max(floor(n / 2 - half), 1), min(ceil(n / 2 + half + 1), n)
    return [(low - 1) / (n - 1), (high - 1) / (n - 1)]


def _channels(session: Session) -> dict[int, tuple[tuple[str, int], ...]]:
    rows = session.ask(
        "channels of each place",
        """with names as (select distinct channel_code, channel as name from nodes)
           select place, name, count(*) from trail t join names on names.channel_code = t.channel
           where inside and place is not null group by all order by 1, 3 desc, 2""",
    )
    mix: dict[int, tuple[tuple[str, int], ...]] = {}
    for place, channel, count in rows:
        mix[place] = (*mix.get(place, ()), (channel, count))
    return mix


def _unbound(session: Session) -> tuple[Unbound, ...]:
    rows = session.ask(
        "nodes nobody drew",
        """with names as (
             select distinct touchpoint_code, touchpoint, channel_code, channel from nodes)
           select n.touchpoint, n.channel, count(*), count(distinct subject), mode(after)
           from trail t join names n
             on n.touchpoint_code = t.touchpoint and n.channel_code = t.channel
           where inside and place is null group by all order by 4 desc, 3 desc, 1, 2""",
    )
    return tuple(Unbound(*row) for row in rows)


def _answers(session: Session) -> dict[int, dict[str, dict[float, int]]]:
    rows = session.ask(
        "answers at each place",
        """select place, scale, score, count(*) from trail
           where inside and place is not null and score is not null group by all order by all""",
    )
    answers: dict[int, dict[str, dict[float, int]]] = {}
    for place, scale, score, count in rows:
        answers.setdefault(place, {}).setdefault(scale, {})[score] = count
    return answers


def _voices(session: Session) -> dict[int, Voice]:
    # One person, one voice: nine angry answers are still one angry customer.
    rows = session.ask(
        "how people felt at each place",
        """with answer as (
             select place, subject, cast(split_part(scale, ':', 2) as double) as low,
                    cast(split_part(scale, ':', 3) as double) as high, score
             from trail where inside and place is not null and score is not null),
           voice as (
             select place, subject, avg(2 * (score - low) / (high - low) - 1) as level
             from answer group by place, subject)
           select place, count(*), avg(level), coalesce(stddev_samp(level), 0) from voice
           group by place order by place""",
    )
    return {place: Voice(*row) for place, *row in rows}


def _coverage(session: Session, scope: Scope) -> dict[str, Any]:
    """Return the counts that reconcile: interactions = on the map + off it + outside."""
    conditions = ["true"]
    if scope.sources:
        conditions.append(f"source in {one_of(scope.sources)}")
    if scope.period.since:
        conditions.append(f"occurred_at >= {literal(scope.period.since)}")
    if scope.period.until:
        conditions.append(f"occurred_at < {literal(scope.period.until)}")
    (total,) = session.one(
        "all interactions", f"select count(*) from interactions where {' and '.join(conditions)}"
    )
    on_map, off_map, owned = session.one(
        "where interactions lie",
        """select count(*) filter (inside and place is not null),
                  count(*) filter (inside and place is null), count(*) from trail""",
    )
    return {
        "interactions": total,
        "on_map": on_map,
        "off_map": off_map,
        "outside": total - on_map - off_map,
        "nobody": total - owned,
    }
