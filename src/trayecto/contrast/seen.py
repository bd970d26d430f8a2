"""What of a map can be seen in the data at all: what cannot be seen is unknown, and never none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from trayecto.contrast.bind import Binding
from trayecto.maps.document import JourneyMap


@dataclass(frozen=True, slots=True)
class Seen:
    """
    The *places* that some node of the data is, and what else can be noticed of a journey.

    *starting*: that it begins, where the map says by what. *completing*: that it completes.
    *leaving*: that it is over without completing, by an exit or by a silence. *further* is the last
    place that a journey can be seen to go on to.
    """

    places: frozenset[int]
    starting: bool
    completing: bool
    leaving: bool
    further: int

    def any_of(self, places: Collection[int]) -> bool:
        """Tell whether some of the places is in the data."""
        return not self.places.isdisjoint(places)

    def beyond(self, place: int) -> bool:
        """Tell whether it could be noticed that a journey goes on from a place."""
        return self.completing or self.further > place


def unseen(journey_map: JourneyMap, binding: Binding) -> tuple[str, ...]:
    """Return the touchpoints with rules that no node of the data is."""
    places = set(binding.places.values())
    return tuple(
        touchpoint.id
        for place, touchpoint in enumerate(journey_map.touchpoints())
        if touchpoint.nodes and place not in places
    )


def seen(journey_map: JourneyMap, binding: Binding) -> Seen:
    """Return what can be seen of a map whose touchpoints are so bound."""
    declared, places = journey_map.journeys, frozenset(binding.places.values())
    ids = {touchpoint.id: place for place, touchpoint in enumerate(journey_map.touchpoints())}
    exits = frozenset(ids[one] for one in declared.leaves)
    return Seen(
        places,
        starting=not declared.starts or any(ids[one] in places for one in declared.starts),
        completing=any(ids[end] in places for end in declared.completes),
        leaving=declared.silence is not None or bool(exits & places),
        further=max(places - exits, default=-1),
    )
