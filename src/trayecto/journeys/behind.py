"""Who stands behind a figure of a map: the people of journeys that passed a place in one way."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from trayecto.journeys.answers_people import Member, Row
from trayecto.journeys.members import names
from trayecto.journeys.scope import Scope
from trayecto.lake.duck import Session

That = Literal["reached", "onward", "left", "open", "repeated", "completed"]
"""What journeys did: of a place or a stage all but `completed`, of the map all but `onward`."""
OF_PLACE: tuple[That, ...] = ("reached", "onward", "left", "open", "repeated")
OF_MAP: tuple[That, ...] = ("reached", "completed", "left", "open")

_PASSED = {
    "reached": "true",
    "onward": "p.onward",
    "left": "not p.onward and j.outcome = 'left'",
    "open": "not p.onward and j.outcome = 'still_open'",
    "repeated": "p.n > 1",
}
_ENDED = {
    "reached": "true",
    "completed": "j.outcome = 'completed'",
    "left": "j.outcome = 'left'",
    "open": "j.outcome = 'still_open'",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """
    Who they are: *journeys* in all, of *people* (or cases), the busiest *listed*.

    *place* is a touchpoint or a stage of the map, "" the whole of it. Of each one listed, *times*
    counts the journeys, from the beginning of the first to the last step of the last.
    """

    per: str
    place: str
    that: That
    journeys: int
    people: int
    listed: tuple[Member, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values; a number of 64 bits is told as text."""
        plain = asdict(self)
        for member in plain["listed"]:
            member["subject"] = str(member["subject"])
            for end in ("first_at", "last_at"):
                member[end] = member[end].isoformat()
        return plain

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a person or case."""
        rows: list[Row] = [
            [str(m.subject), m.times, m.first_at.isoformat(), m.last_at.isoformat(),
             " ".join(m.names)] for m in self.listed
        ]  # fmt: skip
        return ["subject", "journeys", "first_at", "last_at", "names"], rows


def behind(
    session: Session,
    scope: Scope,
    that: That,
    *,
    place: str = "",
    level: Literal["place", "stage"] = "place",
    spot: int | None = None,
    at_most: int | None = None,
    named: bool = False,
) -> Behind:
    """
    Return whose journeys did *that*, of `journey` and the tables of `passing`.

    *place* is told as it is; *spot* is its number among the places or stages, None the whole map.
    *named* adds what identifies them, which is personal data: only where it is needed.
    """
    ways = f"journey j where {_ENDED[that]}" if spot is None else (
        f"{level}_passed p join journey j using (journey) where p.spot = {spot} and {_PASSED[that]}"
    )  # fmt: skip
    session.run(
        "who stands behind it",
        f"""create or replace temp table behind as
            select j.subject, count(*) as times, min(j.first_at) as first_at,
              max(j.last_at) as last_at
            from {ways} group by j.subject""",
    )
    journeys, people = session.one(
        "how many stand behind it", "select coalesce(sum(times), 0)::bigint, count(*) from behind"
    )
    limit = "" if at_most is None else f"limit {at_most}"
    rows = session.ask(
        "who they are", f"select * from behind order by times desc, last_at desc, subject {limit}"
    )
    known = names(session, scope, [row[0] for row in rows]) if named else {}
    listed = tuple(replace(Member(*row), names=known.get(row[0], ())) for row in rows)
    return Behind(scope.per, place, that, journeys, people, listed)
