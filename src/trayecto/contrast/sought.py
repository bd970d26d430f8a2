"""What to count on a map for its votes, moments and pains."""

from __future__ import annotations

from datetime import timedelta

from trayecto.contrast.measured import Measured
from trayecto.contrast.votes import asked
from trayecto.journeys.fated import Sought
from trayecto.maps.document import JourneyMap


def sought(journey_map: JourneyMap, measured: Measured) -> Sought:
    """Return the places, promises and undrawn nodes of a measured map."""
    places = {touchpoint.id: place for place, touchpoint in enumerate(journey_map.touchpoints())}
    silence = journey_map.journeys.silence
    watched = timedelta()
    if measured.since and measured.until:
        watched = measured.until - measured.since
    return Sought(
        asked=asked(journey_map, watched=watched),
        stages=stages_of(journey_map),
        promised_s=promises(journey_map),
        stage_promised_s=stage_promises(journey_map),
        nodes=tuple(
            (node.touchpoint, node.channel, -1 if node.after is None else places[node.after])
            for node in measured.undrawn
        ),
        silence_s=silence.total_seconds() if silence else None,
        until=measured.until,
    )


def stages_of(journey_map: JourneyMap) -> dict[int, int]:
    """Return the stage of each place, by their numbers from the left."""
    stages = {stage.id: number for number, stage in enumerate(journey_map.stages)}
    return {place: stages[one.stage] for place, one in enumerate(journey_map.touchpoints())}


def promises(journey_map: JourneyMap) -> dict[int, float]:
    """Return the wait that each place promises, in seconds."""
    return {
        place: touchpoint.within.total_seconds()
        for place, touchpoint in enumerate(journey_map.touchpoints())
        if touchpoint.within
    }


def stage_promises(journey_map: JourneyMap) -> dict[int, float]:
    """Return how long each stage should take, in seconds."""
    return {
        number: stage.target.total_seconds()
        for number, stage in enumerate(journey_map.stages)
        if stage.target
    }
