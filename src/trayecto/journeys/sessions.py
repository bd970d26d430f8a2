"""Sessions: stretches of steps without a long gap; how many, how long, where they begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from math import ceil, floor

from trayecto.journeys.answers_ways import Door, Sessions
from trayecto.journeys.scope import Scope, Steps, chosen
from trayecto.journeys.sequence import put_in_order
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

HALF_AN_HOUR = timedelta(minutes=30)


def sessions(session: Session, scope: Scope, *, gap: timedelta = HALF_AN_HOUR) -> Sessions:
    """
    Return the sessions: a gap longer than *gap* ends one.

    The gap before and after each step is stored, so that beginnings and ends are found in one
    scan; only sessions of two steps or more are put together, from their two ends.
    """
    if gap <= timedelta():
        raise TrayectoError(
            Problem(
                Text(en="The gap must be longer than zero.",
                     es="El intervalo debe durar más que cero."),
                Text(en="Write it as 30min or 4h.", es="Escríbelo como 30min o 4h."),
            )
        )  # fmt: skip
    steps = chosen(session, scope)
    us = int(gap / timedelta(microseconds=1))
    session.run(
        "steps with company",
        f"""create or replace temp table in_company as
            select subject, node, epoch_us(occurred_at) as t, position, gap_us,
                   coalesce(gap_us <= {us}, false) as follows,
                   coalesce(next_gap_us <= {us}, false) as goes_on
            from {steps.name} where gap_us <= {us} or next_gap_us <= {us}""",
    )
    put_in_order(session, "in_company")
    parts = session.ask(
        "where sessions of several steps begin and end",
        """select names.name, d.* exclude (node) from (
              select node, count(*) filter (follows) as followed,
                     count(*) filter (goes_on) as went_on, count(*) as n,
                     sum(gap_us) filter (follows) as us
              from in_company group by node) d
           join names on names.code = d.node""",
    )
    # All other steps are sessions of their own.
    begin, people = _met(session, steps)
    end, total = begin.copy(), begin.total()
    for name, followed, went_on, _, _ in parts:
        begin[name] -= followed
        end[name] -= went_on
    alone = total - sum(n for _, _, _, n, _ in parts)
    count = begin.total()
    inside = sum(us_inside or 0 for *_, us_inside in parts)
    # As they lie, the beginning and the end of each are one row after the other.
    session.run(
        "sessions of several steps",
        """create or replace temp table of_several as
            select last_t - t as us, last_position - position + 1 as steps from (
              select t, position, follows, lead(t) over () as last_t,
                     lead(position) over () as last_position
              from in_company where follows <> goes_on)
            where not follows""",
    )

    def steps_at(q: float) -> float | None:
        return _quantile(session, "steps", q, singles=alone, single=1)

    def time_at(q: float) -> float | None:
        return _quantile(session, "us / 1e6", q, singles=alone, single=0)

    return Sessions(
        per=scope.per,
        gap_s=gap.total_seconds(),
        people=people,
        sessions=count,
        of_one_step=alone,
        mean_steps=total / count if count else None,
        median_steps=steps_at(0.5),
        p90_steps=steps_at(0.9),
        mean_s=inside / count / 1e6 if count else None,
        median_s=time_at(0.5),
        p90_s=time_at(0.9),
        begin=_doors(begin),
        end=_doors(end),
    )


def _met(session: Session, steps: Steps) -> tuple[Counter[str], int]:
    """Return how often each node was met, and by how many people in all."""
    counted = f"""select node, count(*) as times, count(*) filter (gap_us is null) as began
                  from {steps.name} group by node"""
    stored = f"""select node, sum(times)::bigint as times,
                        coalesce(sum(times) filter (before is null), 0)::bigint as began
                 from ({steps.ways}) group by node"""
    rows = session.ask(
        "steps at each node",
        f"""select names.name, times, began from ({stored if steps.ways else counted}) met
            join names on names.code = met.node""",
    )
    return Counter({name: times for name, times, _ in rows}), sum(row[2] for row in rows)


def _quantile(
    session: Session, column: str, q: float, *, singles: int, single: float
) -> float | None:
    """Return an interpolated quantile of all sessions; those of one step are the least of all."""
    (several,) = session.one("how many of several steps", "select count(*) from of_several")
    if not singles + several:
        return None
    place = (singles + several - 1) * q

    def at(i: int) -> float:
        if i < singles:
            return single
        fraction = (i - singles) / (several - 1) if several > 1 else 0
        (value,) = session.one(
            "a quantile", f"select quantile_cont({column}, {fraction!r}) from of_several"
        )
        return float(value)

    low, high = floor(place), ceil(place)
    below = at(low)
    return below if low == high else below + (at(high) - below) * (place - low)


def _doors(counts: Mapping[str, int]) -> tuple[Door, ...]:
    doors = [Door(name, n) for name, n in counts.items() if n]
    return tuple(sorted(doors, key=lambda door: (-door.sessions, door.name)))
