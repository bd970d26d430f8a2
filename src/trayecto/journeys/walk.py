"""
Count how journeys pass each place of a map, for everybody and for any cut of them.

The journeys are laid once (`journeys.trail`). A cut (a channel, a month, a persona, a segment) is
some of the same journeys: they are counted by which cuts they belong to, and nothing is walked
twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trayecto.journeys import trail
from trayecto.journeys.counts import (
    Counts,
    answered,
    answers,
    channels,
    ends,
    furthest,
    in_time,
    passing,
    unbound,
    worth,
)
from trayecto.journeys.passing import stage_times, visits
from trayecto.journeys.scope import Scope
from trayecto.journeys.survival import plain_spreads, spreads
from trayecto.journeys.voices import strains, voices
from trayecto.journeys.walked import Boundaries, CutName, Declared, Ends, Node, Spread, Walked
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of

_EVERYBODY = 0
_NOTHING = Declared()
_NOBODY = Ends(0, 0, 0, 0, 0)


def seen_nodes(session: Session) -> list[Node]:
    """Return every node of the lake, for a map to bind."""
    rows = session.ask(
        "nodes", "select distinct touchpoint, channel, source from nodes order by all"
    )
    return [(str(touchpoint), str(channel), str(source)) for touchpoint, channel, source in rows]


@dataclass(frozen=True, slots=True)
class Laid:
    """Journeys as they lie on a map, in the tables of a session; ready to be counted."""

    scope: Scope
    boundaries: Boundaries
    names: Mapping[int, CutName]
    """What each cut is called."""


def lay(
    session: Session,
    scope: Scope,
    *,
    places: Mapping[Node, int],
    stages: Mapping[int, int],
    boundaries: Boundaries,
    cuts: Mapping[str, str] = {},
) -> Laid:
    """
    Return the journeys laid on a map: *places* of each node, *stages* of each place.

    *cuts* gives for each kind of cut its SQL over `journey` and `trail`: rows `journey`, `name`. A
    journey may be in none, one or several cuts of a kind.
    """
    trail.lay(session, scope, places=places, stages=stages, boundaries=boundaries)
    return Laid(scope, boundaries, _group(session, cuts))


def count(session: Session, laid: Laid, *, declared: Declared = _NOTHING) -> Walked:
    """Return the counts of a map of which the journeys were *laid* in this session."""
    visits(session)
    found = _counted(session, laid, declared)
    everybody = replace(found.pop(_EVERYBODY), **_coverage(session, laid.scope))
    return replace(everybody, cuts={laid.names[cut]: counted for cut, counted in found.items()})


def _group(session: Session, cuts: Mapping[str, str]) -> dict[int, CutName]:
    """
    Make `grouped` (each journey with its group) and `member` (the cuts of each group).

    A group is a set of cuts, and there are few: what adds up is counted once a group.
    """
    if not cuts:
        session.run(
            "groups", "create or replace temp table grouped as select *, 0 as grp from journey"
        )
        session.load("member", "grp integer, cut integer", [(0, _EVERYBODY)])
        return {}
    wanted = " union all ".join(
        f"select journey, {literal(kind)} as kind, name from ({sql}) where name is not null"
        for kind, sql in cuts.items()
    )
    session.run("cuts of journeys", f"create or replace temp table cut_of as {wanted}")
    rows = session.ask(
        "cuts", "select row_number() over (order by kind, name), kind, name from "
        "(select distinct kind, name from cut_of) order by all",
    )  # fmt: skip
    session.load("cut_name", "cut integer, kind varchar, name varchar", rows)
    session.run(
        "groups",
        """create or replace temp table grouped as
           with sets as (
             select journey, list(distinct cut order by cut) as cuts
             from cut_of join cut_name using (kind, name) group by journey),
           numbered as (
             select cuts, row_number() over (order by cuts) as grp
             from (select distinct cuts from sets))
           select j.*, coalesce(n.grp, 0)::integer as grp, n.cuts
           from journey j left join sets s using (journey) left join numbered n using (cuts)""",
    )
    session.run(
        "cuts of groups",
        f"""create or replace temp table member as
            select distinct grp, {_EVERYBODY} as cut from grouped
            union all
            select grp, unnest(any_value(cuts)) from grouped where cuts is not null group by grp""",
    )
    return {cut: (str(kind), str(name)) for cut, kind, name in rows}


def _counted(session: Session, laid: Laid, declared: Declared) -> dict[int, Walked]:
    """Return the counts of everybody and of each cut."""
    boundaries = laid.boundaries
    since, until = trail.span(session, laid.scope)
    ending = trail.over_us(boundaries, until)
    durations = spreads(session, "time to completion", _durations(ending))
    waits = plain_spreads(session, "waits", _WAITS)
    times = spreads(session, "stage times", stage_times(session, ending))
    early = trail.early_us(boundaries, until)
    drawn_places, once = passing(session, "place", early)
    counts: dict[str, Counts[Any]] = {
        "ends": ends(session, early),
        "places": drawn_places,
        "once": once,
        "stages": passing(session, "stage", early)[0],
        "furthest": furthest(session),
        "waits": _by_cut(waits),
        "stage_times": _by_cut(times),
        "channels": channels(session),
        "unbound": unbound(session),
        "answers": answers(session),
        "voices": voices(session),
        "strains": {_EVERYBODY: strains(session, declared)},
        "in_time": in_time(session, declared),
        "answered": answered(session, declared, until),
        "worth": worth(session),
    }
    found = {}
    for cut in (_EVERYBODY, *laid.names):
        own: dict[str, Any] = {what: counts[what].get(cut, {}) for what in counts}
        own["ends"] = own["ends"] or _NOBODY
        own["unbound"] = own["unbound"] or ()
        on_map = sum(v.interactions for v in own["places"].values())
        off_map = sum(node.interactions for node in own["unbound"])
        found[cut] = Walked(
            since=since, until=until, duration=durations.get((cut, 0)), **own,
            interactions=on_map + off_map, on_map=on_map, off_map=off_map, outside=0, nobody=0,
            people=own["ends"].people,
        )  # fmt: skip
    return found


def _by_cut(found: Mapping[tuple[int, int], Spread]) -> dict[int, dict[int, Spread]]:
    by_cut: dict[int, dict[int, Spread]] = {}
    for (cut, spot), spread in found.items():
        by_cut.setdefault(cut, {})[spot] = spread
    return by_cut


_WAITS = """
    select grp, place as spot, gap_us as us from trail join grouped using (journey)
    where place is not null and gap_us is not null"""


def _durations(over_us: str) -> str:
    """Give the time to completion; *over_us*: when the others had left, or are seen last."""
    return f"""
        select grp, 0 as spot,
          case outcome when 'completed' then true when 'left' then false end as onward,
          coalesce(epoch_us(completed_at), {over_us}) - epoch_us(first_at) as us
        from grouped"""


def _coverage(session: Session, scope: Scope) -> dict[str, Any]:
    """Return the counts that reconcile: interactions = on the map + off it + outside."""
    conditions = ["true"]
    if scope.sources:
        conditions.append(f"source in {one_of(scope.sources)}")
    if scope.period.since:
        conditions.append(f"occurred_at >= {literal(scope.period.since)}")
    if scope.period.until:
        conditions.append(f"occurred_at < {literal(scope.period.until)}")
    on_map, off_map, owned, people = session.one(
        "where interactions lie",
        """select * from (select count(place), count(*) - count(place) from trail),
             -- A subject's last position is how many they have.
             (select coalesce(sum(position) filter (final), 0)::bigint,
                count(*) filter (position = 1) from mark)""",
    )
    # Of chosen people only their own count: whose those of nobody are, nobody knows.
    (total,) = (owned,) if scope.of_some else session.one(
        "all interactions", f"select count(*) from interactions where {' and '.join(conditions)}"
    )  # fmt: skip
    return {
        "interactions": total,
        "on_map": on_map,
        "off_map": off_map,
        "outside": total - on_map - off_map,
        "nobody": total - owned,
        "people": people,
    }
