"""Sessions: stretches of steps without a long gap; how many, how long, where they begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from math import ceil, floor

from trayecto.journeys.answers_ways import Door, Sessions
from trayecto.journeys.scope import Scope, chosen
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
    parts = session.ask(
        "where sessions begin and end",
        f"""select names.name, d.* exclude (node) from (
              select node, coalesce(gap_us <= {us}, false) as follows,
                     coalesce(next_gap_us <= {us}, false) as goes_on, count(*) as steps,
                     count(*) filter (gap_us is null) as people, sum(gap_us) as us
              from {steps.name} group by all) d
            join names on names.code = d.node order by names.name""",
    )
    begin, end = Counter[str](), Counter[str]()
    for name, follows, goes_on, n, _, _ in parts:
        begin[name] += 0 if follows else n
        end[name] += 0 if goes_on else n
    alone = sum(n for _, follows, goes_on, n, _, _ in parts if not follows and not goes_on)
    people, total = sum(part[4] for part in parts), sum(part[3] for part in parts)
    count = begin.total()
    inside = sum(us_inside for _, follows, _, _, _, us_inside in parts if follows)
    session.run(
        "sessions of several steps",
        f"""create or replace temp table of_several as
            select unnest(last_t) - unnest(first_t) as us,
                   unnest(last_position) - unnest(first_position) + 1 as steps from (
              select list_sort(list(t) filter (b)) as first_t,
                     list_sort(list(t) filter (not b)) as last_t,
                     list_sort(list(position) filter (b)) as first_position,
                     list_sort(list(position) filter (not b)) as last_position
              from (select subject, epoch_us(occurred_at) as t, position,
                           gap_us is null or gap_us > {us} as b
                    from {steps.name}
                    where coalesce(gap_us <= {us}, false) <> coalesce(next_gap_us <= {us}, false))
              group by subject)""",
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
