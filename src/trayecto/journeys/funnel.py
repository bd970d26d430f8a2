"""
Funnels: how many people took some steps in order, and within a time.

The reference is the published behaviour of ClickHouse's windowFunnel: the window runs from the
first step; who starts again may arrive by the later start; one interaction is one step at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from trayecto.journeys.answers_ways import Funnel, FunnelStep, Segment
from trayecto.journeys.funnel_strict import levels_by_rule
from trayecto.journeys.places import Place, find
from trayecto.journeys.scope import Scope, Steps, chosen
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.estimate import share
from trayecto.vocabulary.text import Text, WayOut

Order = Literal["loose", "increase", "once", "strict"]
"""
How strictly the order is meant.

`loose`: other interactions may lie between. `increase`: and each step is later in time than the
one before (strict_increase). `once`: coming back to a step ends the way (strict_deduplication).
`strict`: any other interaction between ends it (strict_order).
"""
Split = Literal["channel", "source"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a funnel asks: *window* from the first step, *order*, and nodes that end the way."""

    window: timedelta | None = None
    order: Order = "loose"
    without: tuple[str, ...] = ()
    split: Split | None = None


NO_RULES = Rules()


def funnel(
    session: Session,
    scope: Scope,
    steps: Sequence[str],
    *,
    rules: Rules = NO_RULES,
) -> Funnel:
    """Return how many people got how far, the median times between steps, and the parts asked."""
    _check(steps, rules)
    ordered = chosen(session, scope)
    places = [find(session, words, by=scope.by) for words in steps]
    but = [find(session, words, by=scope.by) for words in rules.without]
    every = " or ".join(place.condition for place in places)
    columns = ["subject", "position", "epoch_us(occurred_at) as t", "touchpoint"]
    # Millions of rows are kept here: only what the levels and the parts ask for.
    columns += ["channel", "node"] if any(place.codes is None for place in places) else []
    columns += [rules.split] if rules.split and rules.split not in columns else []
    session.run(
        "interactions at the steps",
        f"""create or replace temp table at_steps as
            select {", ".join(columns)} from {ordered.name} where {every}""",
    )
    window = None if rules.window is None else int(rules.window / timedelta(microseconds=1))
    if rules.order in ("once", "strict"):
        levels_by_rule(session, ordered.name, places, but=but, window=window, order=rules.order)
    else:
        _levels(session, ordered, places, but=but, window=window, order=rules.order)
    whole = _counted(session, places, None)
    return Funnel(
        scope.per,
        rules.order,
        rules.window.total_seconds() if rules.window else None,
        _steps(places, whole.get("", {})),
        _segments(session, places, rules.split),
    )


def _levels(
    session: Session,
    ordered: Steps,
    places: Sequence[Place],
    *,
    but: Sequence[Place],
    window: int | None,
    order: str,
) -> None:
    """
    Make `level_1`, `level_2` …: who got there, when, and when the latest way there began.

    Of all ways to a step only the latest beginning matters: it has the most time left.
    """
    if but:
        ends = " or ".join(place.condition for place in but)
        session.run(
            "what ends the way",
            f"create or replace temp table ends as select subject, position from {ordered.name} "
            f"where {ends}",
        )
    session.run(
        "level 1",
        f"""create or replace temp table level_1 as
            select subject, position, t, t as began, position as began_position,
                   cast(null as bigint) as waited
            from at_steps where {places[0].condition}""",
    )
    for i, place in enumerate(places[1:], 2):
        within = "" if window is None else f"and b.t - a.began <= {window}"
        free, ended = "", ""
        if but:
            free = "asof left join ends x on x.subject = b.subject and x.position < b.position"
            ended = "and coalesce(x.position, 0) < a.began_position"
        after = "a.t < b.t" if order == "increase" else "a.position < b.position"
        session.run(
            f"level {i}",
            f"""create or replace temp table level_{i} as
                select b.subject, b.position, b.t, a.began, a.began_position, b.t - a.t as waited
                from (select * from at_steps where {place.condition}
                      and subject in (select subject from level_{i - 1})) b
                asof join level_{i - 1} a on a.subject = b.subject and {after}
                {free}
                where true {within} {ended}""",
        )
    arrived = " union all ".join(
        f"select subject, {i} as level, arg_min(waited, position) as waited "
        f"from level_{i} group by subject"
        for i in range(1, len(places) + 1)
    )
    session.run("who got how far", f"create or replace temp table got_to as {arrived}")


def _counted(
    session: Session, places: Sequence[Place], split: str | None
) -> dict[str, dict[int, tuple[int, float | None]]]:
    """Return, by segment and level, how many people and their median wait."""
    segment, join = "''", ""
    if split:
        segment = "coalesce(names_of_split.name, '—')"
        join = f"""
            join (select subject, arg_min({split}, position) as code from at_steps
                  where {places[0].condition} group by subject) s using (subject)
            left join (select distinct {split}_code as code, {split} as name from nodes)
              names_of_split on names_of_split.code = s.code"""
    rows = session.ask(
        "people at each step" + (f", by {split}" if split else ""),
        f"select {segment}, level, count(*), median(waited) / 1e6 from got_to {join} group by all",
    )
    counted: dict[str, dict[int, tuple[int, float | None]]] = {}
    for name, level, people, waited in rows:
        counted.setdefault(name, {})[level] = (people, waited)
    return counted


def _segments(
    session: Session, places: Sequence[Place], split: Split | None
) -> tuple[Segment, ...]:
    if not split:
        return ()
    parts = _counted(session, places, split)
    ordered = sorted(parts, key=lambda name: (-parts[name].get(1, (0, None))[0], name))
    return tuple(Segment(name, _steps(places, parts[name])) for name in ordered)


def _steps(
    places: Sequence[Place], counted: dict[int, tuple[int, float | None]]
) -> tuple[FunnelStep, ...]:
    people = [counted.get(i, (0, None)) for i in range(1, len(places) + 1)]
    began = people[0][0]
    steps = []
    for i, (place, (n, waited)) in enumerate(zip(places, people, strict=True)):
        kept = share(n, people[i - 1][0] if i else n)
        of_all = n / began if began else None
        steps.append(FunnelStep(place.name, n, of_all, kept.value, kept.low, kept.high, waited))
    return tuple(steps)


def _check(steps: Sequence[str], rules: Rules) -> None:
    problems = []
    if len(steps) < 2:
        problems.append(
            Problem(
                Text(en="A funnel has two steps or more.", es="Un embudo tiene dos pasos o más."),
                WayOut(
                    en="Name them in order: trayecto funnel FIRST SECOND …",
                    es="Nómbralos en orden: trayecto funnel PRIMERO SEGUNDO …",
                    page=Text(
                        en="Name them above, in order: where it begins, and what should follow.",
                        es="Nómbralos arriba, en orden: dónde empieza y qué debería venir después.",
                    ),
                ),
            )
        )
    if rules.window is not None and rules.window <= timedelta():
        problems.append(
            Problem(
                Text(en="The window must be longer than zero.",
                     es="La ventana debe durar más que cero."),
                Text(en="Write it as 30min, 12h or 7d.", es="Escríbela como 30min, 12h o 7d."),
            )
        )  # fmt: skip
    both = sorted(set(steps) & set(rules.without))
    if both:
        problems.append(
            Problem(
                Text(
                    en=f"“{both[0]}” cannot be a step and end the way too.",
                    es=f"«{both[0]}» no puede ser un paso y a la vez terminar el camino.",
                ),
            )
        )
    stop_if_any(problems)
