"""The strict funnels: a rule that reads each person's steps one after another, as one list."""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.journeys.places import Place
from trayecto.lake.duck import Session


def levels_by_rule(
    session: Session,
    steps: str,
    places: Sequence[Place],
    *,
    but: Sequence[Place],
    window: int | None,
    order: str,
) -> None:
    """
    Make `got_to`: for each person, each level reached (once). No waits: ways overlap.

    `strict`: from the first step on, anything else ends the way. `once`: meeting a step again
    ends it, but for the first, which starts anew.
    """
    n = len(places)
    ends = " or ".join(place.condition for place in but) or "false"
    kinds = ", ".join(
        f"case when {place.condition} then {i} end"
        for i, place in reversed(list(enumerate(places, 1)))
    )
    # One interaction may be several steps: the last first, so that it never is two of one way.
    rows = f"""
        select subject, position, epoch_us(occurred_at) as t, case when {ends} then [-1] else
          coalesce(nullif(list_filter([{kinds}], lambda k: k is not null), []), [0]) end as kinds
        from {steps}
        where subject in (select subject from at_steps where {places[0].condition})"""
    session.run(
        "steps in a row",
        f"""create or replace temp table in_a_row as
            select subject, list({{'t': t, 'k': k}} order by position, nth) as row from (
              select subject, position, t, unnest(kinds) as k, generate_subscripts(kinds, 1) as nth
              from ({rows}) where kinds <> [0] or {"true" if order == "strict" else "false"})
            group by subject""",
    )
    session.run(
        "who got how far",
        f"""create or replace temp table got_to as
            select subject, unnest(range(1, level + 1)) as level, cast(null as bigint) as waited
            from (select subject, coalesce(state.done, {_highest("state", n)}) as level from (
              select subject, list_reduce(row, {_rule(n, window, order)}, {_start(n)}) as state
              from in_a_row))""",
    )


def _start(n: int) -> str:
    times = ", ".join(f"'t{i}': cast(null as bigint)" for i in range(1, n + 1))
    # The state has the fields of an element too: a fold keeps one type.
    return f"{{'t': cast(null as bigint), 'k': 0, {times}, 'done': cast(null as integer)}}"


def _highest(state: str, n: int) -> str:
    """Give the level reached so far; a level is never reached without those before it."""
    cases = " ".join(f"when {state}.t{i} is not null then {i}" for i in range(n, 0, -1))
    return f"case {cases} else 0 end"


def _rule(n: int, window: int | None, order: str) -> str:
    """Give the lambda that reads one step: s is what is known, x the step."""
    within = "true" if window is None else "x.t - s.t{before} <= " + str(window)
    times = []
    for i in range(1, n + 1):
        if i == 1:
            new = "when x.k = 1 then x.t"
        else:
            inside = within.format(before=i - 1)
            new = f"when x.k = {i} and s.t{i - 1} is not null and {inside} then s.t{i - 1}"
        times.append(
            f"'t{i}': case when s.done is not null then s.t{i} "
            f"when x.k = -1 then null {new} else s.t{i} end"
        )
    stops = []
    if order == "strict":
        stops.append("x.k = 0 and s.t1 is not null")
        stops += [f"x.k = {i} and s.t1 is not null and s.t{i - 1} is null" for i in range(2, n + 1)]
    else:
        stops += [f"x.k = {i} and s.t{i} is not null" for i in range(2, n + 1)]
    highest = _highest("s", n)
    reaches = within.format(before=n - 1)
    done = (
        f"'done': case when s.done is not null then s.done "
        f"when x.k = -1 and s.t1 is not null then {highest} "
        f"when {' or '.join(f'({stop})' for stop in stops)} then {highest} "
        f"when x.k = {n} and s.t{n - 1} is not null and {reaches} then {n} end"
    )
    return f"lambda s, x: {{'t': x.t, 'k': x.k, {', '.join(times)}, {done}}}"
