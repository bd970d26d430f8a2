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
    """Return how people felt at each place, by what they said."""
    rows = session.ask(
        "how people felt at each place",
        f"""with said as (
              select cut, place, t.subject, f.kind, avg(f.level) as level
              from trail t join feelings f on f.interaction = t.interaction {_OF_CUTS}
              where t.inside and t.place is not null group by all),
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


def strains(session: Session, declared: Declared) -> dict[int, Strain]:
    """
    Return what everybody's behaviour hints at, at each place: weak evidence, told apart.

    Nobody asks it of a cut: a hint about some of the people would be weaker still.
    """
    session.load(
        "promised_here", "place integer, promised_us bigint",
        [(place, round(s * 1e6)) for place, s in declared.promised_s.items()],
    )  # fmt: skip
    session.run(
        "waits beyond the promise",
        """create or replace temp table waited as
           select journey, place, bool_or(gap_us > promised_us) as late
           from trail join promised_here using (place)
           where inside and not opening and gap_us is not null group by all""",
    )
    asking = "select channel_code from nodes where channel in " + one_of(HELP)
    session.run(
        "steps before asking for help again",
        f"""create or replace temp table asked_after as
            with asking as (
              select journey, position, place from trail where inside and channel in ({asking})
              qualify row_number() over (partition by journey order by position) > 1)
            select distinct t.journey, t.place from trail t join asking a
              on a.journey = t.journey and t.position = a.position - 1
            where t.inside and t.place is not null and t.place is distinct from a.place""",
    )
    repeats = one_of(sorted(declared.repeats))
    rows = session.ask(
        "signs of strain at each place",
        f"""with passage as (
              select p.journey, p.spot as place,
                case when p.spot in {repeats} then null else (p.n > 1)::integer end as repeated,
                w.late::integer as late,
                (a.place is not null)::integer as asked
              from place_passed p left join waited w on w.journey = p.journey and w.place = p.spot
              left join asked_after a on a.journey = p.journey and a.place = p.spot),
            weighed as (
              select journey, place, (asked + coalesce(repeated, 0) + coalesce(late, 0))
                / (1 + (repeated is not null)::integer + (late is not null)::integer) as strain
              from passage),
            person as (
              select place, j.subject, avg(strain) as strain
              from weighed join journey j using (journey) group by all)
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
              select t.place, t.subject, i.text, f.level, t.interaction,
                median(f.level) over (partition by t.place) as middle
              from trail t join feelings f on f.interaction = t.interaction and f.kind = 'text'
              join interactions i on i.id = t.interaction
              where t.inside and t.place is not null and length(i.text) between 12 and 240),
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
