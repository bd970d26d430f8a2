"""Who stands behind a figure of a map: the people of the journeys that it counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from trayecto.journeys.answers_people import Member, Row
from trayecto.journeys.members import names
from trayecto.journeys.scope import Scope
from trayecto.lake.duck import Session

That = Literal[
    "reached", "onward", "left", "open", "repeated", "completed",
    "done", "skipped", "out-of-order", "again", "not-taken", "not-reached",
    "vote-cast", "vote-stay", "vote-leave", "vote-neither", "vote-undecided",
    "felt-good", "felt-bad", "late",
    "good-kept", "good-lost", "bad-kept", "bad-lost",
    "met-completed", "met-left", "met-back", "met-not-back",
    "unmet-completed", "unmet-left", "unmet-back", "unmet-not-back",
]  # fmt: skip
"""What journeys did, of the map, a stage, a touchpoint, or a node that nobody drew."""
FATES: tuple[That, ...] = ("done", "skipped", "out-of-order", "again", "not-taken", "not-reached")
"""What becomes of a touchpoint when each journey is laid beside the map."""
VOTES: tuple[That, ...] = ("vote-cast", "vote-stay", "vote-leave", "vote-neither", "vote-undecided")
MET: tuple[That, ...] = ("met-completed", "met-left", "met-back", "met-not-back")
"""What came of those who met a touchpoint and can be compared with others who did not."""
UNMET: tuple[That, ...] = ("unmet-completed", "unmet-left", "unmet-back", "unmet-not-back")
"""What came of these others: in the stage as many steps, they took another one."""
MOMENTS = (*MET, *UNMET)
FELT: tuple[That, ...] = (
    "felt-good", "felt-bad", "good-kept", "good-lost", "bad-kept", "bad-lost",
)  # fmt: skip
"""How they felt at a touchpoint, and what came of those: completed for good (kept), or not."""
OF_STAGE: tuple[That, ...] = ("reached", "onward", "left", "open", "late")
OF_PLACE: tuple[That, ...] = (
    "reached", "onward", "left", "open", "repeated", *FATES, *FELT, "late", *MOMENTS,
)  # fmt: skip
OF_VOTE: tuple[That, ...] = (*OF_PLACE, *VOTES)
OF_MAP: tuple[That, ...] = ("reached", "completed", "left", "open")
OF_NODE: tuple[That, ...] = ("reached",)


@dataclass(frozen=True, slots=True)
class Behind:
    """
    Who they are: *journeys* in all, of *people* (or cases), the busiest *listed*.

    *place* is a touchpoint, a stage or an undrawn node of the map, "" the whole of it; *group* the
    voters meant, where it is not all. Of each one listed, *times* counts the journeys, from the
    beginning of the first to the last step of the last.
    """

    per: str
    place: str
    that: That
    group: str
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
    ways: str,
    *,
    place: str = "",
    group: str = "",
    at_most: int | None = None,
    named: bool = False,
) -> Behind:
    """
    Return whose journeys those of the query *ways* are (see `did`); the rest is told as it is.

    *named* adds what identifies them, which is personal data: only where it is needed.
    """
    session.run(
        "who stands behind it",
        f"""create or replace temp table behind as
            select j.subject, count(*) as times, min(j.first_at) as first_at,
              max(j.last_at) as last_at
            from journey j where j.journey in ({ways}) group by j.subject""",
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
    return Behind(scope.per, place, that, group, journeys, people, listed)
