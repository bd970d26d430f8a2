"""The nodes there are, each with what it is called where, how often it was met, and since when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.lake.duck import Session
from trayecto.lake.kinds import NODE


@dataclass(frozen=True, slots=True)
class Entry:
    """One node: a touchpoint on a channel, with the systems and names it comes under."""

    touchpoint: str
    channel: str
    sides: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    names: tuple[str, ...]
    """What the systems call it."""
    interactions: int
    first_at: datetime
    last_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 in UTC."""
        plain = asdict(self)
        return plain | {at: plain[at].isoformat() for at in ("first_at", "last_at")}


def entries(session: Session) -> tuple[Entry, ...]:
    """Return every node, the commonest first; their interactions add up to all."""
    lists = ", ".join(
        f"list_sort(list(distinct {column}) filter ({column} is not null))"
        for column in ("n.side", "n.area", "n.place", "n.source", "n.name")
    )
    rows = session.ask(
        "glossary of nodes",
        f"""select n.touchpoint, n.channel, {lists}, count(*),
                   min(i.occurred_at), max(i.occurred_at)
            from interactions i {NODE}
            group by n.touchpoint, n.channel
            order by count(*) desc, n.touchpoint, n.channel""",
    )
    return tuple(
        Entry(row[0], row[1], *(tuple(each or ()) for each in row[2:7]), *row[7:]) for row in rows
    )
