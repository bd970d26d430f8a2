"""How long it takes from a node to another, with those still on the way counted as such."""

from __future__ import annotations

from trayecto.journeys.answers_ways import Durations, Point, Spread
from trayecto.journeys.places import find
from trayecto.journeys.scope import Scope, Steps, chosen, first_time, horizon
from trayecto.lake.duck import Session
from trayecto.vocabulary.estimate import Z95

_POINTS = 100
_MOMENT = "epoch_us(occurred_at)"


def durations(
    session: Session, scope: Scope, *, source: str | None = None, target: str | None = None
) -> Durations:
    """
    Return the time from each one's first step at *source* to the next at *target*.

    Without *source* from the first step; without *target* to the last step so far, and then
    nobody is open. Who reached *source* and not yet *target* is open, until the horizon: the end
    of the period, or the last interaction in scope.
    """
    steps = chosen(session, scope)
    session.run(
        "times",
        f"create or replace temp table times as {_times(session, steps, scope, source, target)}",
    )
    n, open_, *figures = session.one(
        "those who arrived",
        """select count(*) filter (arrived), count(*) filter (not arrived),
                  avg(us) filter (arrived) / 1e6, quantile_cont(us, 0.5) filter (arrived) / 1e6,
                  quantile_cont(us, 0.9) filter (arrived) / 1e6,
                  min(us) filter (arrived) / 1e6, max(us) filter (arrived) / 1e6 from times""",
    )
    _survival(session)
    median, low, high, p90 = session.one(
        "median still to arrive",
        """select min(s) filter (arrived >= 0.5 - 1e-12), min(s) filter (high >= 0.5 - 1e-12),
                  min(s) filter (low >= 0.5 - 1e-12), min(s) filter (arrived >= 0.9 - 1e-12)
           from survival""",
    )
    curve = session.ask(
        "curve",
        f"""select s, arrived, low, high, at_risk from (
              select *, row_number() over (order by s) as nth, count(*) over () as n from survival)
            where nth = 1 or nth = n or nth % greatest(n // {_POINTS}, 1) = 0 order by s""",
    )
    return Durations(
        scope.per, source, target, n + open_, Spread(n, *figures), open_, median, low, high, p90,
        tuple(Point(*row) for row in curve),
    )  # fmt: skip


def _times(
    session: Session, steps: Steps, scope: Scope, source: str | None, target: str | None
) -> str:
    """Give for each one how long (us), and whether they arrived."""
    if source is None and target is None and steps.paths:
        return (
            "select epoch_us(last_at) - epoch_us(first_at) as us, true as arrived "
            f"from ({steps.paths})"
        )
    began = f"select subject, position, {_MOMENT} as t from {steps.name} where position = 1"
    starts = began
    if source is not None:
        starts = first_time(steps, find(session, source, by=scope.by), _MOMENT)
    session.run("who set out", f"create or replace temp table set_out as {starts}")
    if target is None:
        return f"""
            select max(epoch_us(s.occurred_at)) - any_value(o.t) as us, true as arrived
            from set_out o join {steps.name} s using (subject) where s.final group by subject"""
    ends = find(session, target, by=scope.by).condition
    return f"""
        with reached as (
          select s.subject, arg_min(epoch_us(s.occurred_at), s.position) as t
          from (select * from {steps.name} where {ends}) s join set_out o on o.subject = s.subject
          where s.position > o.position group by s.subject)
        select greatest(coalesce(r.t, {horizon(session, scope)}) - o.t, 0) as us,
               r.t is not null as arrived
        from set_out o left join reached r using (subject)"""


def _survival(session: Session) -> None:
    """
    Make the Kaplan-Meier estimate of who has arrived by when.

    Its variance is Greenwood's, its interval on the log-log scale, so that it stays in [0, 1];
    the median's interval is where that of the curve crosses one half (Brookmeyer and Crowley).
    """
    session.run(
        "kaplan-meier",
        f"""create or replace temp table survival as
            with each_time as (
              select us, count(*) filter (arrived) as came, count(*) as gone
              from times group by us),
            risk as (
              -- Those who are not gone before: told in the order that the product has, too.
              select us, came, (select sum(gone) from each_time)
                     - coalesce(sum(gone) over (order by us rows between unbounded preceding
                                                and 1 preceding), 0) as at_risk from each_time),
            product as (
              select us, at_risk, came,
                sum(case when came < at_risk then ln(1.0 - came / at_risk) end) over way as log_s,
                max(came >= at_risk) over way as nobody_left,
                sum(case when came < at_risk then came / (at_risk * (at_risk - came)) end)
                  over way as variance
              from (select us, at_risk::double as at_risk, came::double as came from risk)
              window way as (order by us)),
            estimate as (
              select *, case when nobody_left then 0 else exp(coalesce(log_s, 0)) end as staying,
                {Z95} * sqrt(variance) / log_s as half from product where came > 0)
            select us / 1e6 as s, 1 - staying as arrived,
              case when nobody_left or half is null then 1 - staying
                   else 1 - power(staying, exp(half)) end as low,
              case when nobody_left or half is null then 1 - staying
                   else 1 - power(staying, exp(-half)) end as high,
              at_risk::bigint as at_risk
            from estimate""",
    )
