"""
Which journeys did what on a map: SQL over what a walk of the map leaves in its session.

Each function gives a query with one column, `journey`; `behind` says whose journeys those are. The
counts of the report are made elsewhere, by place and all at once: that both agree is tested. An
outline of the journeys is enough (`trail.outline`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from trayecto.journeys import fates
from trayecto.journeys.fated import Asked, Met
from trayecto.journeys.passing import stage_visits
from trayecto.journeys.trail import visits
from trayecto.journeys.voices import hear
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of

_NOBODY = "select null::integer as journey where false"

_ONWARD = "(j.outcome = 'completed' or coalesce(p.further > p.first, false))"
_PASSED = {
    "reached": "true",
    "onward": _ONWARD,
    "left": f"not {_ONWARD} and j.outcome = 'left'",
    "open": f"not {_ONWARD} and j.outcome = 'still_open'",
    "repeated": "p.n > 1",
}
_ENDED = {
    "reached": "true",
    "completed": "j.outcome = 'completed'",
    "left": "j.outcome = 'left'",
    "open": "j.outcome = 'still_open'",
}
_VOTED = {
    "vote-cast": "true",
    "vote-stay": "seen and fate = 'stayed'",
    "vote-leave": "seen and fate = 'left'",
    "vote-neither": f"seen and fate = 'unknown' and part >= {fates.PARTS}",
    "vote-undecided": f"not seen or (fate = 'unknown' and part < {fates.PARTS})",
}
_CAME_OF_IT = {
    "completed": "not t.settled and t.completed",
    "left": "not t.settled and not t.completed",
    "back": "t.back",
    "not-back": "not t.back",
}
_KEPT_OF_THEM = {"": "true", "kept": fates.KEPT, "lost": f"not {fates.KEPT}"}
_BANDS = {
    "short": "wait_us <= low_us",
    "middling": "wait_us > low_us and wait_us <= high_us",
    "long": "wait_us > high_us",
    "none": "wait_us is null",
}


def passed(spots: Collection[int], that: str) -> str:
    """Give the journeys that passed one of some places, side by side on the map, in one way."""
    here, beyond = f"place in {one_of(sorted(spots))}", f"place > {max(spots)} and not gone"
    return f"""
        select p.journey from (
          select journey, count(*) filter ({here}) as n,
            min(position) filter ({here}) as first, max(position) filter ({beyond}) as further
          from trail where {here} or ({beyond}) group by journey) p
        join journey j using (journey) where p.n > 0 and {_PASSED[that]}"""


def ended(that: str) -> str:
    """Give the journeys that ended in one way."""
    return f"select j.journey from journey j where {_ENDED[that]}"


def strayed(touchpoint: str, channel: str) -> str:
    """Give the journeys that met a node nobody drew."""
    return f"""select distinct s.journey from trail s join nodes n
               on n.touchpoint_code = s.touchpoint and n.channel_code = s.channel
               where s.place is null and n.touchpoint = {literal(touchpoint)}
                 and n.channel = {literal(channel)}"""


def undrawn(session: Session) -> list[tuple[str, str]]:
    """Return the nodes inside journeys that nobody drew, as touchpoint and channel."""
    return session.ask(
        "what nobody drew, by name",
        """select distinct n.touchpoint, n.channel
           from (select distinct touchpoint, channel from trail where place is null) s join nodes n
           on n.touchpoint_code = s.touchpoint and n.channel_code = s.channel order by all""",
    )


def listed(session: Session, journeys: Iterable[int]) -> str:
    """Give journeys that were found outside the engine, by their numbers."""
    session.load("found", "journey integer", [(journey,) for journey in journeys])
    return "select journey from found"


def voted(
    session: Session,
    asked: Sequence[Asked],
    place: int,
    that: str,
    *,
    group: tuple[str, str] | None,
    silence_s: float | None,
    until: datetime | None,
) -> str:
    """Give the journeys whose vote at a place came to that; of a *group*, only its votes."""
    hear(session)
    fates.listen(session)
    if not fates.voted(session, asked, silence_s=silence_s, until=until):
        return _NOBODY
    of = f"f.place = {place} and ({_VOTED[that]})"
    return f"select f.journey from fate f {_grouped(*group) if group else 'where'} {of}"


def _grouped(by: str, named: str) -> str:
    """Give what keeps the votes of those who felt, said or waited alike; more conditions follow."""
    if by == "waited":
        # Where nobody waited there are no limits either.
        return f"left join band on band.place = f.place where {_BANDS[named]} and"
    # What was felt is told by what the vote's journey had given away until then.
    if by == "felt":
        told = f"""select f.place, f.journey, {fates.feeling("level")} as mood from (
                     select f.place, f.journey,
                       coalesce(avg(s.level) filter (s.scored), avg(s.level)) as level
                     from fate f left join signal s
                       on s.journey = f.journey and s.position <= f.position group by all) f"""
    else:
        told = """select f.place, f.journey,
                    coalesce(arg_max(a.verdict, a.position), 'unknown') as mood
                  from fate f left join answer a
                    on a.journey = f.journey and a.position <= f.position group by all"""
    return (
        f"join ({told}) g on g.place = f.place and g.journey = f.journey "
        f"where g.mood = {literal(named)} and"
    )


def felt(session: Session, place: int, that: str) -> str:
    """Give the journeys that are over and felt so at a place, one voice a journey; see `FELT`."""
    hear(session)
    fates.listen(session)
    mood, _, came = that.removeprefix("felt-").partition("-")
    return f"""select journey from signal s join journey using (journey)
               where s.place = {place} and outcome <> 'still_open' and {_KEPT_OF_THEM[came]}
               group by journey having {fates.feeling(fates.VOICE)} = {literal(mood)}"""


def met(
    session: Session,
    place: int,
    that: str,
    *,
    stages: Mapping[int, int],
    like: Callable[[Sequence[Met]], Collection[int]],
) -> str:
    """
    Give the journeys that met a place and came to that, of those that can be compared; or others.

    The others (`unmet-…`) had been in the stage as many steps and took another one, whether or not
    they met the place later. *like* returns from what was counted at which turns of the stage there
    are any of both.
    """
    visits(session)
    stage_visits(session)
    fates.been(session, {})
    turns = sorted(like(fates.met(session, stages)))
    if not turns:
        return _NOBODY
    which, _, came = that.partition("-")
    at = f"{fates.TURN} in {one_of(turns)}"
    if which == "unmet":
        # Who could have met it at one of the turns could at the first of them.
        at = f"{fates.LAST} >= {turns[0]} and coalesce({fates.TURN} > {turns[0]}, true)"
    return f"""select t.journey from through t left join been v on v.journey = t.journey
                 and v.place = {place} and v.position - t.entered + 1 <= t.last
               where t.stage = {stages[place]} and {at} and {_CAME_OF_IT[came]}"""


def late_at_place(place: int, promised_s: float | None) -> str:
    """Give the journeys that are over and waited for a place longer than it promises."""
    if promised_s is None:
        return _NOBODY
    return f"""select distinct t.journey from trail t join journey using (journey)
               where t.place = {place} and not t.gone and outcome <> 'still_open'
                 and t.gap_us > {round(promised_s * 1e6)}"""


def late_at_stage(session: Session, stage: int, promised_s: float | None) -> str:
    """Give the journeys that are over and stayed in a stage longer than it should take."""
    if promised_s is None:
        return _NOBODY
    visits(session)
    stage_visits(session)
    fates.through(session)
    return f"""select journey from through
               where stage = {stage} and not settled and stay_us > {round(promised_s * 1e6)}"""
