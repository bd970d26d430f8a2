"""
The table `journeys`: the journeys of a map as they were last walked. The only writer of it.

A map's journeys are kept with a mark of what they follow from: which node is which place, what
starts and ends a journey, whose it is, and the version of the steps. While none of these changes
they are not written again; otherwise all those of the map are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5

from trayecto.journeys.scope import Scope
from trayecto.journeys.walked import Boundaries, Node
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.sql import bucket, literal, one_of
from trayecto.lake.tables import JOURNEYS, STEPS
from trayecto.vocabulary.period import ALWAYS

_LAYOUT = 1
"""Raised when the rows are made another way."""


def mark(lake: Lake, scope: Scope, places: Mapping[Node, int], boundaries: Boundaries) -> str:
    """Return what tells whether the kept journeys are those of the map as it now is."""
    ends = [sorted(end) for end in (boundaries.starts, boundaries.completes, boundaries.leaves)]
    follows = (
        _LAYOUT, sorted(places.items()), ends, boundaries.silence_s, scope.per,
        sorted(scope.sources),
    )  # fmt: skip
    digest = md5(repr(follows).encode(), usedforsecurity=False).hexdigest()
    return f"{digest}.{lake.version(STEPS)}"


def is_whole(scope: Scope) -> bool:
    """Tell whether *scope* holds all journeys of a map, and so those that are kept."""
    return scope == Scope(scope.per, scope.sources, ALWAYS, zone=scope.zone)


def is_fresh(lake: Lake, map_id: str, mark: str) -> bool:
    """Tell whether the journeys of a map are kept as *mark* says."""
    return lake.stamp(JOURNEYS).get(_note(map_id)) == mark


def keep(writer: Writer, session: Session, map_id: str, *, per: str, mark: str) -> None:
    """Write the journeys of the map last walked in *session*, in place of those it had."""
    writer.replace(
        JOURNEYS,
        session,
        "journeys to keep",
        _rows(map_id, per, writer.lake.buckets),
        where=f"map = {literal(map_id)}",
        stamp={_note(map_id): mark},
    )


@dataclass(frozen=True, slots=True)
class OnMap:
    """One journey of a person on a map: how it stands, and the place on the map last met."""

    map: str
    nth: int
    first_at: datetime
    last_at: datetime
    outcome: str
    place: int | None
    """Number of the touchpoint, left to right; None when nothing of it lies on the map."""


def of_person(session: Session, person: int) -> tuple[OnMap, ...]:
    """Return the kept journeys of a person, by map."""
    rows = session.ask(
        "journeys of a person",
        f"""select map, nth, first_at, last_at, outcome, list_filter(path, lambda x: x >= 0)[-1]
            from journeys where per = 'person' and subject = {person} order by map, nth""",
    )
    return tuple(OnMap(*row) for row in rows)


def without(writer: Writer, session: Session, *, person: int, cases: Sequence[int]) -> Anew:
    """
    Lay the journeys anew without a person's, and without those of the cases they are in.

    No map's are fresh after it: all are walked again when it is next measured.
    """
    theirs = f"""per = 'person' and subject = {person}
        or per = 'case' and subject in {one_of(cases)}"""
    return writer.without(JOURNEYS, session, theirs)


def _note(map_id: str) -> str:
    return f"map.{map_id}"


def _rows(map_id: str, per: str, buckets: int) -> str:
    return f"""
        with way as (
          select journey, list(coalesce(place, -1) order by position) as path,
            list(gap_us order by position) as gaps
          from trail group by journey)
        select {literal(map_id)} as map, {literal(per)} as per, subject,
          row_number() over (partition by subject order by journey) as nth,
          first_at, last_at, outcome, completed_at, exit_at, path, gaps,
          {bucket("subject", buckets)} as bucket
        from journey join way using (journey)"""
