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
        f"coalesce(list_sort(list(distinct {column}) filter ({column} is not null)), [])"
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
    found = []
    for touchpoint, channel, sides, areas, places, sources, names, *counted in rows:
        lots = (tuple(sides), tuple(areas), tuple(places), tuple(sources), tuple(names))
        found.append(Entry(touchpoint, channel, *lots, *counted))
    return tuple(found)
