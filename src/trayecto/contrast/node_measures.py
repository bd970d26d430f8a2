"""
What one touchpoint achieves, costs and brings, beside how journeys pass it.

Four measures say whether a node works. Each needs something that the map declares or that somebody
answered; where it is missing, the measure is unknown and not zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.journeys.walked import Walked
from trayecto.maps.document import JourneyMap, Touchpoint
from trayecto.vocabulary.estimate import Estimate, share, unknown

UNKNOWN = unknown()


@dataclass(frozen=True, slots=True)
class Effect:
    """
    The four measures of a node, as shares.

    *completed*: of the journeys whose way on is known, those that needed the action only once and
    went on (not for a touchpoint that may repeat). *answered*: of what the organisation said, what
    the customer's next step within seven days acted on. *useful*: of the answers given at a
    touchpoint with declared `content`, those above the middle of their scale. *on_time*: of the
    waits for it, those within its promise (`within`).
    """

    completed: Estimate = UNKNOWN
    answered: Estimate = UNKNOWN
    useful: Estimate = UNKNOWN
    on_time: Estimate = UNKNOWN


NO_EFFECT = Effect()


@dataclass(frozen=True, slots=True)
class CostMeasure:
    """What a touchpoint cost: the map's cost of one times the interactions, in its currency."""

    total: float
    currency: str
    interactions: int


@dataclass(frozen=True, slots=True)
class ValueMeasure:
    """The money that changed hands here, in minor units of one currency; never mixed."""

    currency: str
    value_minor: int
    interactions: int


def speaks(touchpoint: Touchpoint) -> bool:
    """Tell whether the organisation speaks to the customer here."""
    return touchpoint.kind == "communication" and touchpoint.initiates == "company"


def effect(touchpoint: Touchpoint, place: int, walked: Walked, *, minimum: int) -> Effect:
    """Return the four measures of the touchpoint at *place*."""
    return Effect(
        _completed(touchpoint, place, walked).at_least(minimum),
        _answered(place, walked).at_least(minimum),
        (_useful(place, walked) if touchpoint.content else unknown()).at_least(minimum),
        share(*walked.in_time.get(place, (0, 0))).at_least(minimum),
    )


def _completed(touchpoint: Touchpoint, place: int, walked: Walked) -> Estimate:
    visits = walked.places.get(place)
    if visits is None or touchpoint.kind != "action" or touchpoint.repeats:
        return unknown()
    return share(walked.once.get(place, 0), visits.onward + visits.left)


def _answered(place: int, walked: Walked) -> Estimate:
    told = walked.answered.get(place)
    return share(told.answered, told.known) if told else unknown()


def _useful(place: int, walked: Walked) -> Estimate:
    above = given = 0
    for scale, answers in walked.answers.get(place, {}).items():
        low, high = (float(end) for end in scale.split(":")[1:3])
        given += sum(answers.values())
        above += sum(n for answer, n in answers.items() if answer > (low + high) / 2)
    return share(above, given)


def cost(touchpoint: Touchpoint, interactions: int) -> CostMeasure | None:
    """Return what the interactions cost; None where the map declares no cost."""
    if touchpoint.cost is None:
        return None
    declared = touchpoint.cost
    return CostMeasure(declared.amount * interactions, declared.currency, interactions)


def value(place: int, walked: Walked) -> tuple[ValueMeasure, ...]:
    """Return the money of a place, a currency each."""
    return tuple(
        ValueMeasure(one.currency, one.minor, one.interactions)
        for one in walked.worth.get(place, ())
    )


def channel_mix(place: int, walked: Walked, *, minimum: int) -> tuple[tuple[str, Estimate], ...]:
    """Return the share of a place's interactions on each of its channels, the busiest first."""
    used = walked.channels.get(place, ())
    whole = sum(count for _, count in used)
    return tuple((channel, share(count, whole).at_least(minimum)) for channel, count in used)


def on_preferred(journey_map: JourneyMap, place: int, walked: Walked, *, minimum: int) -> Estimate:
    """Return the share of a place's interactions that lie on channels its protagonist prefers."""
    whose = journey_map.protagonist
    if whose is None or not whose.prefers:
        return unknown()
    mix = walked.channels.get(place, ())
    dear = sum(count for channel, count in mix if channel in whose.prefers)
    return share(dear, sum(count for _, count in mix)).at_least(minimum)
