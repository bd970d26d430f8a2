"""
How people felt at each place, and what their behaviour hints at: SQL over the tables of a walk.

What people said stands in the table `feelings`; which interaction lies at which place, in `trail`.
One person, one voice: nine angry messages are still one angry customer. A score somebody gave is
stronger than words that were read: who gave a score at a place speaks by the mean of their scores
there, and only who gave none by the mean of their texts.

Behaviour is weak evidence and never mixed into that. A passage of a place (a journey's, however
often it was there) shows up to three signs of strain: it was repeated, where the map expects it
once; its wait was longer than the map promises; the next step of the journey asked for help, and
not for the first time in it. A passage's strain is the share of the signs it
could show that it showed; a person's, the mean of their passages. As a level it is 0 minus that:
behaviour can tell of trouble, and never of joy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trayecto.journeys.counts import Counts
from trayecto.journeys.walked import Declared, Strain, Voice
from trayecto.lake.duck import Session
from trayecto.lake.sql import one_of

HELP = ("phone", "chat", "whatsapp")
"""Channels where one asks somebody for help."""

_OF_CUTS = "join grouped using (journey) join member using (grp)"


def voices(session: Session) -> Counts[dict[int, Voice]]:
    """Return how people felt at each place, by what they said; make `heard` of what they said."""
    hear(session)
    rows = session.ask(
        "how people felt at each place",
        f"""with said as (
              select cut, place, subject, kind, avg(level) as level
              from heard {_OF_CUTS} where place is not null group by all),
            voice as (
              select cut, place, subject, bool_or(kind = 'score') as scored,
                coalesce(max(level) filter (kind = 'score'),
                         max(level) filter (kind = 'text')) as level
              from said group by all)
            select cut, place, count(*), avg(level), coalesce(stddev_samp(level), 0),
              count(*) filter (scored), count(*) filter (not scored)
            from voice group by cut, place order by all""",
    )
    return _by_cut([(cut, place, Voice(*row)) for cut, place, *row in rows])


def hear(session: Session) -> None:
    """Make `heard`, what people said in their journeys, a row an answer or text."""
    session.run(
        "what people said",
        """create or replace temp table heard as
           select t.journey, t.position, t.place, t.interaction, f.kind, f.level
           from trail t join feelings f on f.interaction = t.interaction""",
    )


def strains(session: Session, declared: Declared) -> dict[int, Strain]:
    """
    Return what everybody's behaviour hints at, at each place: weak evidence, told apart.

    Nobody asks it of a cut: a hint about some of the people would be weaker still.
    """
    session.load(
        "promised_here", "place integer, promised_us bigint",
        [(place, round(s * 1e6)) for place, s in declared.promised_s.items()],
    )  # fmt: skip
    asking = "select channel_code from nodes where channel in " + one_of(HELP)
    session.run(
        "steps before asking for help again",
        f"""create or replace temp table asked_after as
            with told as (
              select journey, position, place, channel, lag(place) over () as place_before,
                lag(journey) over () as journey_before
              from trail),
            first as (
              select journey, min(position) as position from trail where channel in ({asking})
              group by journey)
            select distinct a.journey, a.place_before as spot
            from (select * from told where channel in ({asking}) and journey_before = journey
                    and place_before is distinct from place) a
            join first f on f.journey = a.journey and a.position > f.position
            where a.place_before is not null""",
    )
    repeats = one_of(sorted(declared.repeats))
    rows = session.ask(
        "signs of strain at each place",
        f"""with passage as (
              select v.journey, v.spot as place,
                case when v.spot in {repeats} then null else (v.n > 1)::integer end as repeated,
                (v.longest_us > h.promised_us)::integer as late,
                (a.spot is not null)::integer as asked
              from journey_visit v left join promised_here h on h.place = v.spot
              left join asked_after a on a.journey = v.journey and a.spot = v.spot),
            weighed as (
              select subject, single, place, (asked + coalesce(repeated, 0) + coalesce(late, 0))
                / (1 + (repeated is not null)::integer + (late is not null)::integer) as strain
              from passage join journey using (journey)),
            person as (
              select place, strain from weighed where single
              union all
              select place, avg(strain) from weighed where not single group by place, subject)
            select place, count(*), 0 - avg(strain), coalesce(stddev_samp(strain), 0)
            from person group by place order by all""",
    )
    return {place: Strain(*row) for place, *row in rows}


def typical(session: Session, *, each: int) -> list[tuple[int, str, float]]:
    """
    Return up to *each* texts of every place (place, text, level): how people mostly wrote there.

    Nearest to the median level of the place first; one a person. They are personal data.
    """
    rows = session.ask(
        "what people wrote",
        f"""with wrote as (
              select h.place, j.subject, i.text, h.level, h.interaction,
                median(h.level) over (partition by h.place) as middle
              from heard h join journey j using (journey)
              join interactions i on i.id = h.interaction
              where h.kind = 'text' and h.place is not null
                and length(i.text) between 12 and 240),
            first as (
              select * from wrote qualify row_number() over (
                partition by place, subject order by abs(level - middle), interaction) = 1),
            distinct_text as (
              select place, text, any_value(level) as level, any_value(middle) as middle,
                min(interaction) as interaction from first group by place, text)
            select place, text, level from distinct_text
            qualify row_number() over (
              partition by place order by abs(level - middle), length(text), interaction) <= {each}
            order by place, abs(level - middle), length(text), interaction""",
    )
    return [(place, text, level) for place, text, level in rows]


def _by_cut(rows: Sequence[tuple[int, int, Any]]) -> Counts[dict[int, Any]]:
    found: Counts[dict[int, Any]] = {}
    for cut, place, counted in rows:
        found.setdefault(cut, {})[place] = counted
    return found
