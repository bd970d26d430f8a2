"""Retention: of those who began in a period, how many are active in each period after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from trayecto.journeys.answers_people import Cohort, Retained, Retention
from trayecto.journeys.scope import Scope, chosen
from trayecto.lake.duck import Session
from trayecto.vocabulary.estimate import share

Every = Literal["day", "week", "month"]
_UTC = ZoneInfo("UTC")
EVERY: tuple[Every, ...] = get_args(Every)
_DAYS = {"day": 1, "week": 7}
_DAY_US = 86_400_000_000
_YEAR_1_US = date(1970, 1, 1).toordinal() * _DAY_US - _DAY_US


def retention(
    session: Session, scope: Scope, *, every: Every = "week", zone: ZoneInfo = _UTC
) -> Retention:
    """
    Return the cohorts by first step, in calendar days, weeks (from Monday) or months of *zone*.

    Somebody is active in a period when a step lies in it whose previous one does not: those steps
    are counted, and nothing is made distinct.
    """
    steps = chosen(session, scope)
    low, high = session.one(
        "span",
        f"select min(first_at), max(last_at) from ({steps.paths})"
        if steps.paths
        else f"select min(occurred_at), max(occurred_at) from {steps.name}",
    )
    if low is None:
        return Retention(scope.per, every, None, (), ())
    t = "epoch_us(occurred_at)"
    here = _period(t, zone, low, high, every)
    before = _period(f"({t} - gap_us)", zone, low, high, every)
    rows = session.ask(
        "cohorts",
        f"""with entered as (
              select subject, gap_us is null as began, {here} as period from {steps.name}
              where gap_us is null or {here} <> {before}),
            born as (select subject, period from entered where began)
            select {_day("b.period", every)}, {_day("e.period", every)}, count(*)
            from entered e join born b using (subject) group by all order by all""",
    )
    running = _begins(high.astimezone(zone).date(), every)
    return Retention(scope.per, every, running, *_cohorts(rows, running, every))


def _period(t: str, zone: ZoneInfo, low: datetime, high: datetime, every: Every) -> str:
    """
    Give the period in which the moment *t* (us) lies: its number, or the first day of the month.

    The zone's clock changes a few times in the span, so its offset is a few cases: much cheaper
    than asking the engine's calendar for every row.
    """
    local = f"{t} + {_offset(t, zone, low, high)}"
    if every == "month":
        return f"cast(date_trunc('month', make_timestamp({local})) as date)"
    # Days and weeks are counted from the Monday on which the calendar begins: plain division.
    return f"({local} + {_YEAR_1_US}) // {_DAYS[every] * _DAY_US}"


def _day(period: str, every: Every) -> str:
    """Give the first day of a period."""
    if every == "month":
        return period
    return f"date '0001-01-01' + cast({period} * {_DAYS[every]} as integer)"


def _offset(t: str, zone: ZoneInfo, low: datetime, high: datetime) -> str:
    changes = _changes(zone, low.astimezone(UTC), high.astimezone(UTC))
    cases = " ".join(
        f"when {t} < {int(until.timestamp() * 1e6)} then {offset}" for until, offset in changes[:-1]
    )
    last = changes[-1][1]
    return f"(case {cases} else {last} end)" if cases else str(last)


def _changes(zone: ZoneInfo, low: datetime, high: datetime) -> list[tuple[datetime, int]]:
    """Return the offsets (us) of the zone from *low* to *high*, each with when it ends."""

    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset() or timedelta()

    found: list[tuple[datetime, int]] = []
    at = low - timedelta(days=2)
    while at <= high:
        after = at + timedelta(days=1)
        if offset(after) != offset(at):
            start, end = at, after
            while end - start > timedelta(seconds=1):
                middle = start + (end - start) / 2
                start, end = (middle, end) if offset(middle) == offset(at) else (start, middle)
            # Clocks change on a whole minute.
            change = (end + timedelta(seconds=30)).replace(second=0, microsecond=0)
            found.append((change, int(offset(at) / timedelta(microseconds=1))))
        at = after
    return [*found, (high, int(offset(high) / timedelta(microseconds=1)))]


def _begins(day: date, every: Every) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if every == "month" else day


def _age(born: date, period: date, every: Every) -> int:
    if every == "month":
        return (period.year - born.year) * 12 + period.month - born.month
    return (period - born).days // (7 if every == "week" else 1)


def _cohorts(
    rows: Sequence[tuple[date, date, int]], running: date, every: Every
) -> tuple[tuple[Cohort, ...], tuple[Retained, ...]]:
    active: dict[date, dict[int, int]] = {}
    for born, period, people in rows:
        active.setdefault(born, {})[_age(born, period, every)] = people
    cohorts = tuple(
        Cohort(born, ages[0],
               tuple(ages.get(age, 0) for age in range(_age(born, running, every) + 1)))
        for born, ages in sorted(active.items())
    )  # fmt: skip
    oldest = max((len(cohort.active) for cohort in cohorts), default=0)
    overall = []
    for age in range(oldest):
        # The running period is not over: its figures would make people look less faithful.
        over = [c for c in cohorts if age == 0 or age < len(c.active) - 1]
        kept = share(sum(c.active[age] for c in over), sum(c.people for c in over))
        overall.append(Retained(age, kept.value, kept.low, kept.high, kept.n))
    return cohorts, tuple(overall)
