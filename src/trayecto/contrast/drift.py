"""
Is the map still true? What changed since it was approved, and how old it and its evidence are.

The journeys of two periods of the same length, before and after the approval (or the last two
thirds of the data where no approval is declared), are measured with the same map and compared:
every difference with its interval and corrected for how many were compared. Beside them what shares
cannot say: nodes that are new, touchpoints whose nodes stopped coming, coverage, dates gone by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from trayecto.contrast.measured import Measured, UndrawnNode
from trayecto.contrast.sides import Sides
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, minus
from trayecto.vocabulary.text import Text

Review = Literal["none", "ahead", "near", "passed"]
NEAR = timedelta(days=30)
"""A review so close that somebody should be asked to the table."""
OLD = timedelta(days=365)
"""Evidence older than a year is told as old."""
_DAY = re.compile(r"\b(\d{4})(?:-(\d{2})(?:-(\d{2}))?\b|(?=$|[,.;:)]))")
"""A year alone is one only where words end: 2000 people are no year."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Two periods of the same length; *turn* is the first day of the second."""

    since: datetime
    turn: datetime
    until: datetime | None
    approved: bool
    """Whether the turn is the day the map was approved."""


@dataclass(frozen=True, slots=True)
class EvidenceAge:
    """Where evidence is given (an id and a name), what it says, and how old its last date is."""

    id: str
    name: Text
    says: Text
    dated: date | None
    days: int | None

    @property
    def old(self) -> bool:
        """Tell whether it is older than a year."""
        return self.days is not None and self.days > OLD.days


@dataclass(frozen=True, slots=True)
class Staleness:
    """How old the map is, by its own dates; *review_days* until the review, negative when past."""

    approved: date | None
    approved_days: int | None
    review: date | None
    review_days: int | None
    review_state: Review
    evidence: tuple[EvidenceAge, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """
    What changed on the map from one period to the next.

    *sides* compares after (first) with before (second); None when there is nothing to compare.
    *coverage* is after less before. *new* nodes, drawn by nobody, did not come before; *gone* are
    the touchpoints that were met before and not once after.
    """

    periods: Periods | None
    sides: Sides | None
    coverage: Estimate | None
    new: tuple[UndrawnNode, ...]
    gone: tuple[str, ...]
    staleness: Staleness

    def as_json(self) -> dict[str, Any]:
        """Return plain values; days and moments as ISO 8601."""
        plain: dict[str, Any] = {
            "periods": asdict(self.periods) if self.periods else None,
            "coverage": asdict(self.coverage) if self.coverage else None,
            "new": [asdict(node) for node in self.new],
            "gone": list(self.gone),
            "staleness": asdict(self.staleness),
            "sides": self.sides.as_json() if self.sides else None,
        }
        found: dict[str, Any] = _dated(plain)
        return found


def _dated(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {key: _dated(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_dated(value) for value in plain]
    return plain.isoformat() if isinstance(plain, date) else plain


def periods(
    first: datetime, last: datetime, *, turn: datetime | None, length: timedelta | None = None
) -> Periods | None:
    """
    Return the two periods to compare, or None when the data does not hold both.

    The second begins at *turn*, the approval; without one it is the last *length*, else the last
    third of what there is. Journeys that began before a period are seen in it from their middle
    on; so as much data lies before the first period, and both are seen with the same eye.
    """
    if turn is not None:
        span = min(last - turn, (turn - first) / 2, length or timedelta.max)
        if span <= timedelta():
            return None
        return Periods(turn - span, turn, turn + span if span < last - turn else None, True)
    span = length or (last - first) / 3
    if span <= timedelta() or last - 3 * span < first - timedelta(days=1):
        return None
    return Periods(last - 2 * span, last - span, None, False)


def drift(journey_map: JourneyMap, compared: tuple[Periods, Sides] | None, *, today: date) -> Drift:
    """Return what changed; *compared* has after as its first side and before as its second."""
    staleness = stale(journey_map, today=today)
    if compared is None:
        return Drift(None, None, None, (), (), staleness)
    when, sides = compared
    after, before = sides.one, sides.other
    known = {(node.touchpoint, node.channel) for node in before.undrawn}
    new = tuple(
        node
        for node in after.undrawn
        if (node.touchpoint, node.channel) not in known and node.people >= after.minimum
    )
    coverage = minus(after.coverage.share, before.coverage.share)
    return Drift(when, sides, coverage, new, _gone(before, after), staleness)


def _gone(before: Measured, after: Measured) -> tuple[str, ...]:
    """Return the touchpoints met by enough people before, and by nobody after."""
    silent = {m.id for m in after.touchpoints if not m.passage.interactions}
    if after.totals.journeys < after.minimum:
        return ()
    met = (m for m in before.touchpoints if m.passage.people >= before.minimum)
    return tuple(m.id for m in met if m.id in silent)


def stale(journey_map: JourneyMap, *, today: date) -> Staleness:
    """Return how old the map is by what it says of itself."""
    review, approved = journey_map.review, journey_map.approved
    left = (review - today).days if review else None
    state: Review = "none"
    if left is not None:
        state = "passed" if left < 0 else "near" if left <= NEAR.days else "ahead"
    return Staleness(
        approved, (today - approved).days if approved else None, review, left, state,
        tuple(_evidence(journey_map, today)),
    )  # fmt: skip


def _evidence(journey_map: JourneyMap, today: date) -> Iterator[EvidenceAge]:
    for persona in journey_map.everybody():
        if persona.evidence:
            yield _aged(persona.id, persona.name, persona.evidence, today)
    for touchpoint in journey_map.touchpoints():
        felt = [touchpoint.emotion, touchpoint.desired, *(e for _, e in touchpoint.feels)]
        for emotion in felt:
            if emotion and emotion.evidence:
                yield _aged(touchpoint.id, touchpoint.name, emotion.evidence, today)


def _aged(id: str, name: Text, says: Text, today: date) -> EvidenceAge:
    dated = last_day(says.en) or last_day(says.es)
    return EvidenceAge(id, name, says, dated, (today - dated).days if dated else None)


def last_day(words: str) -> date | None:
    """
    Return the latest date that words tell as 2026, 2026-03 or 2026-03-15; a year is its last day.

    >>> last_day("12 interviews, 2024-11; survey of 2025-02-03")
    datetime.date(2025, 2, 3)
    >>> last_day("interviews, 2024")
    datetime.date(2024, 12, 31)
    """
    found = [day for match in _DAY.finditer(words) if (day := _last(match)) is not None]
    return max(found, default=None)


def _last(match: re.Match[str]) -> date | None:
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1990 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        return None
    try:
        if month is None:
            return date(year, 12, 31)
        if day is None:
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(year, month, day)
    except ValueError:
        return None
