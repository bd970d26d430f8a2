"""
Each count of a walk, by cut: SQL over `trail`, `grouped`, `member` and the tables of `passing`.

What adds up is summed over the groups a cut has; people do not add up, and are counted by cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from trayecto.journeys.walked import Answered, Declared, Ends, Unbound, Visits, Worth
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of

Kind = TypeVar("Kind")
Counts = dict[int, Kind]
"""What was counted, by cut."""


def ends(session: Session, early_us: str) -> Counts[Ends]:
    """Return how the journeys ended; *early_us*: who began by then began early (SQL)."""
    early = f"epoch_us(first_at) <= {early_us}"
    rows = session.ask(
        "how journeys ended",
        f"""select cut, count(*),
                  count(*) filter (single) + count(distinct subject) filter (not single),
                  count(*) filter (outcome = 'completed'), count(*) filter (outcome = 'left'),
                  count(*) filter (outcome = 'still_open'), count(*) filter ({early}),
                  count(*) filter ({early} and outcome = 'completed'),
                  count(*) filter ({early} and outcome = 'left')
           from grouped join member using (grp) group by cut""",
    )
    return {cut: Ends(*row) for cut, *row in rows}


def passing(
    session: Session, level: str, early_us: str
) -> tuple[Counts[dict[int, Visits]], Counts[dict[int, int]]]:
    """
    Return how journeys pass each place or stage, and how many that went on were there once.

    *early_us*: who came by then came early (SQL).
    """
    # Who was there is told without how they passed, which costs more to know.
    visited = "journey_visit" if level == "place" else "stage_passed"
    rows = session.ask(
        f"passing each {level}, counted",
        f"""with fate as (
              select grp, spot, outcome, single, n, onward, beyond, p.journey,
                coalesce(epoch_us(p.first_at) <= {early_us}, false) as early,
                coalesce(epoch_us(g.first_at) <= {early_us}, false) as began_early
              from {level}_passed p join grouped g using (journey)),
            sums as (
              select grp, spot, sum(n)::bigint as n, count(*) as reached,
                count(*) filter (onward) as onward,
                count(*) filter (not onward and outcome = 'left') as gone,
                count(*) filter (not onward and outcome = 'still_open') as still_open,
                count(*) filter (n > 1) as repeated,
                count(*) filter (n > 1 and single) as alone_again,
                count(*) filter (beyond) as beyond,
                count(*) filter (onward and n = 1) as once, count(*) filter (single) as alone,
                count(*) filter (early and onward) as early_onward,
                count(*) filter (early and not onward and outcome = 'left') as early_left,
                count(*) filter (began_early) as early_reached
              from fate group by grp, spot),
            several as (
              select cut, spot, count(distinct g.subject) as people,
                count(distinct g.subject) filter (v.n > 1) as again
              from {visited} v join (select journey, subject, grp from grouped
                                     where not single) g using (journey)
                join member using (grp) group by cut, spot)
            select cut, s.spot, sum(n)::bigint,
              sum(alone)::bigint + coalesce(any_value(several.people), 0), sum(reached)::bigint,
              sum(onward)::bigint, sum(gone)::bigint, sum(still_open)::bigint,
              sum(repeated)::bigint, sum(beyond)::bigint, sum(early_onward)::bigint,
              sum(early_left)::bigint, sum(early_reached)::bigint,
              sum(alone_again)::bigint + coalesce(any_value(several.again), 0), sum(once)::bigint
            from sums s join member using (grp) left join several using (cut, spot)
            group by cut, s.spot order by all""",
    )
    found: Counts[dict[int, Visits]] = {}
    once: Counts[dict[int, int]] = {}
    for cut, spot, *counts, lone in rows:
        found.setdefault(cut, {})[spot] = Visits(*counts)
        once.setdefault(cut, {})[spot] = lone
    return found, once


def furthest(session: Session) -> Counts[dict[int, int]]:
    """Return the journeys by the place furthest right that they reached."""
    rows = session.ask(
        "furthest",
        "select cut, furthest, count(*) from grouped join member using (grp) group by all",
    )
    return _nested(rows)


def _nested(rows: Sequence[tuple[Any, ...]]) -> Counts[dict[int, Any]]:
    found: Counts[dict[int, Any]] = {}
    for cut, spot, value in rows:
        found.setdefault(cut, {})[spot] = value
    return found


def channels(session: Session) -> Counts[dict[int, tuple[tuple[str, int], ...]]]:
    """Return the interactions at each place by channel, the busiest first."""
    rows = session.ask(
        "channels of each place",
        """with names as (select distinct channel_code, channel as name from nodes),
           sums as (
             select grp, place, channel, count(*) as n from trail join grouped using (journey)
             where place is not null group by all)
           select cut, place, name, sum(n)::bigint as times from sums join member using (grp)
             join names on names.channel_code = sums.channel
           group by all order by 1, 2, 4 desc, 3""",
    )
    found: Counts[dict[int, tuple[tuple[str, int], ...]]] = {}
    for cut, place, name, count in rows:
        mix = found.setdefault(cut, {})
        mix[place] = (*mix.get(place, ()), (name, count))
    return found


def unbound(session: Session) -> Counts[tuple[Unbound, ...]]:
    """Return the nodes inside journeys that nobody drew."""
    rows = session.ask(
        "nodes nobody drew",
        """with names as (
             select distinct touchpoint_code, touchpoint, channel_code, channel from nodes),
           followed as (
             select cut, s.touchpoint, s.channel, after, sum(n)::bigint as n
             from stray s join grouped using (journey) join member using (grp) group by all),
           -- Of places followed as often, the one furthest left.
           mostly as (
             select cut, touchpoint, channel, sum(n)::bigint as n,
               arg_max(after, (n, -after)) as after
             from followed group by all),
           there as (
             select distinct s.touchpoint, s.channel, grp, single, subject
             from stray s join grouped using (journey)),
           met as (
             select cut, touchpoint, channel,
               count(*) filter (single) + count(distinct subject) filter (not single) as people
             from there join member using (grp) group by all)
           select cut, names.touchpoint, names.channel, n, people, after
           from mostly m join met using (cut, touchpoint, channel) join names
             on names.touchpoint_code = m.touchpoint and names.channel_code = m.channel
           order by 1, 5 desc, 4 desc, 2, 3""",
    )
    found: Counts[tuple[Unbound, ...]] = {}
    for cut, *row in rows:
        found[cut] = (*found.get(cut, ()), Unbound(*row))
    return found


def answers(session: Session) -> Counts[dict[int, dict[str, dict[float, int]]]]:
    """Return how many gave each score at each place, by scale."""
    rows = session.ask(
        "answers at each place",
        """select cut, place, scale, score, count(*)
           from scored join grouped using (journey) join member using (grp)
           where place is not null group by all order by all""",
    )
    found: Counts[dict[int, dict[str, dict[float, int]]]] = {}
    for cut, place, scale, score, count in rows:
        found.setdefault(cut, {}).setdefault(place, {}).setdefault(scale, {})[score] = count
    return found


def in_time(session: Session, declared: Declared) -> Counts[dict[int, tuple[int, int]]]:
    """Return how many waits kept what each place promises, of how many."""
    if not declared.promised_s:
        return {}
    session.load(
        "promised", "place integer, promised_us bigint",
        [(place, round(s * 1e6)) for place, s in declared.promised_s.items()],
    )  # fmt: skip
    rows = session.ask(
        "waits within the promise",
        """with sums as (
             select grp, place, count(*) filter (gap_us <= promised_us) as kept, count(*) as n
             from trail join grouped using (journey) join promised using (place)
             where gap_us is not null group by all)
           select cut, place, sum(kept)::bigint, sum(n)::bigint from sums join member using (grp)
           group by all""",
    )
    return _nested([(cut, place, (kept, n)) for cut, place, kept, n in rows])


def answered(
    session: Session, declared: Declared, until: datetime | None
) -> Counts[dict[int, Answered]]:
    """
    Return how many communications were acted on: the journey's next step is the customer's.

    Whether a communication is answered is known once the next step came, or the time for it is
    over; until then it counts neither way. A next step nobody drew says nothing of who took it.
    """
    if not declared.communications or until is None:
        return {}
    within = round(declared.answer_within_s * 1e6)
    rows = session.ask(
        "communications answered",
        f"""with step as (
              select journey, place, occurred_at, lead(journey) over () as next_journey,
                lead(place) over () as next_place, lead(gap_us) over () as next_us
              from trail),
            followed as (
              select journey, place, coalesce(next_journey = journey, false) as followed,
                case when followed then next_us end as us,
                case when followed then next_place end as next_place, next_place is null as unknown,
                next_place in {one_of(sorted(declared.customers))} as acts,
                epoch_us({literal(until)}) - epoch_us(occurred_at) as watched
              from step where place in {one_of(sorted(declared.communications))}),
            sums as (
              select grp, place,
                count(*) filter (followed and acts and us <= {within}) as answered,
                count(*) filter (case when followed and us <= {within} then not unknown
                                      else followed or watched >= {within} end) as known
              from followed join grouped using (journey) group by grp, place)
            select cut, place, sum(answered)::bigint, sum(known)::bigint
            from sums join member using (grp) group by all""",
    )
    return _nested([(cut, place, Answered(yes, known)) for cut, place, yes, known in rows])


def worth(session: Session) -> Counts[dict[int, tuple[Worth, ...]]]:
    """Return the money at each place, each currency by itself; make `paid` of it."""
    session.run(
        "interactions with money",
        """create or replace temp table paid as
           select t.journey, t.place, i.currency, i.value_minor
           from trail t join interactions i on i.id = t.interaction
           where i.value_minor is not null and i.currency is not null""",
    )
    rows = session.ask(
        "money at each place",
        """select cut, place, currency, count(*), sum(value_minor)::bigint
           from paid join grouped using (journey) join member using (grp)
           where place is not null group by all order by 1, 2, 4 desc, 3""",
    )
    found: Counts[dict[int, tuple[Worth, ...]]] = {}
    for cut, place, *row in rows:
        own = found.setdefault(cut, {})
        own[place] = (*own.get(place, ()), Worth(*row))
    return found
