"""What to count on a map for its votes, moments and pains."""

from __future__ import annotations

from datetime import timedelta

from trayecto.contrast.measured import Measured
from trayecto.contrast.votes import asked
from trayecto.journeys.fated import Sought
from trayecto.maps.document import JourneyMap


def sought(journey_map: JourneyMap, measured: Measured) -> Sought:
    """Return the places, promises and undrawn nodes of a measured map."""
    touchpoints = list(journey_map.touchpoints())
    places = {touchpoint.id: place for place, touchpoint in enumerate(touchpoints)}
    stages = {stage.id: number for number, stage in enumerate(journey_map.stages)}
    silence = journey_map.journeys.silence
    watched = timedelta()
    if measured.since and measured.until:
        watched = measured.until - measured.since
    return Sought(
        asked=asked(journey_map, watched=watched),
        stages={place: stages[touchpoint.stage] for place, touchpoint in enumerate(touchpoints)},
        promised_s={
            place: touchpoint.within.total_seconds()
            for place, touchpoint in enumerate(touchpoints)
            if touchpoint.within
        },
        stage_promised_s={
            number: stage.target.total_seconds()
            for number, stage in enumerate(journey_map.stages)
            if stage.target
        },
        nodes=tuple(
            (node.touchpoint, node.channel, -1 if node.after is None else places[node.after])
            for node in measured.undrawn
        ),
        silence_s=silence.total_seconds() if silence else None,
        until=measured.until,
    )
