"""Turn the counts of a walk into the measures of a map, each with its interval and n."""

from __future__ import annotations

from datetime import timedelta

from trayecto.contrast.bind import Binding
from trayecto.contrast.measured import (
    Coverage,
    Measured,
    Passage,
    ScoreMeasure,
    StageMeasure,
    Times,
    Totals,
    TouchpointMeasure,
    UndrawnNode,
)
from trayecto.journeys.walked import Boundaries, Spread, Visits, Walked
from trayecto.maps.document import JourneyMap, Touchpoint
from trayecto.surveys.scores import score
from trayecto.vocabulary.estimate import Estimate, mean, share, unknown

_NOBODY = Visits(0, 0, 0, 0, 0, 0, 0, 0)


def boundaries(journey_map: JourneyMap) -> Boundaries:
    """
    Return the map's boundaries by place.

    Without declared starts, any place left of the first completing one starts a journey: what
    comes after completion (help, a survey) belongs to the journey that was completed.
    """
    ids = {touchpoint.id: place for place, touchpoint in enumerate(journey_map.touchpoints())}
    declared = journey_map.journeys
    silence = declared.silence.total_seconds() if declared.silence else None
    completes = frozenset(ids[end] for end in declared.completes)
    first_end = min(completes, default=len(ids))
    exits = frozenset(ids[way_out] for way_out in declared.leaves)
    early = frozenset(place for place in ids.values() if place < first_end) - exits
    return Boundaries(
        starts=frozenset(ids[start] for start in declared.starts) or early or completes,
        completes=completes,
        leaves=exits,
        silence_s=silence,
    )


def measure(journey_map: JourneyMap, binding: Binding, walked: Walked) -> Measured:
    """Return the map, measured."""
    touchpoints = list(journey_map.touchpoints())
    minimum = journey_map.minimum
    met = set(walked.places)
    return Measured(
        map_id=journey_map.id,
        since=walked.since,
        until=walked.until,
        sources=journey_map.journeys.sources,
        minimum=minimum,
        totals=_totals(journey_map, walked),
        coverage=Coverage(
            walked.interactions, walked.on_map, walked.off_map, walked.outside, walked.nobody,
            share(walked.on_map, walked.interactions),
        ),
        stages=tuple(
            StageMeasure(
                stage.id,
                _passage(walked.stages.get(i, _NOBODY), walked.ends.journeys, minimum),
                times(walked.stage_times.get(i), stage.target, minimum),
            )
            for i, stage in enumerate(journey_map.stages)
        ),
        touchpoints=tuple(
            _touchpoint(touchpoint, place, walked, minimum)
            for place, touchpoint in enumerate(touchpoints)
        ),
        undrawn=tuple(
            UndrawnNode(
                node.touchpoint, node.channel, node.interactions, node.people,
                None if node.after is None else touchpoints[node.after].id,
                None if node.after is None else touchpoints[node.after].stage,
            )
            for node in walked.unbound
        ),
        untouched=tuple(t.id for p, t in enumerate(touchpoints) if t.nodes and p not in met),
        unbound=tuple(t.id for t in touchpoints if not t.nodes),
        ambiguous=binding.ambiguous,
    )  # fmt: skip


def _totals(journey_map: JourneyMap, walked: Walked) -> Totals:
    ends, minimum = walked.ends, journey_map.minimum
    promised = [stage.target for stage in journey_map.stages]
    whole = sum((t for t in promised if t), timedelta()) if all(promised) else None
    decided = ends.completed + ends.left
    completed = share(ends.completed, decided)
    return Totals(
        ends.journeys, ends.people, ends.completed, ends.left, ends.still_open,
        completed.at_least(minimum) if journey_map.journeys.completes else unknown(decided),
        times(walked.duration, whole, minimum),
    )  # fmt: skip


def _touchpoint(
    touchpoint: Touchpoint, place: int, walked: Walked, minimum: int
) -> TouchpointMeasure:
    visits = walked.places.get(place, _NOBODY)
    further = sum(count for furthest, count in walked.furthest.items() if furthest > place)
    voice = walked.voices.get(place)
    felt = mean(voice.level, voice.deviation, voice.people) if voice else unknown()
    return TouchpointMeasure(
        id=touchpoint.id,
        stage=touchpoint.stage,
        passage=_passage(visits, walked.ends.journeys, minimum),
        done=visits.reached,
        skipped=further - visits.beyond,
        repeated=visits.repeated,
        wait=times(walked.waits.get(place), touchpoint.within, minimum),
        felt=felt.at_least(minimum),
        scores=tuple(
            ScoreMeasure(scale.split(":")[0], score(scale, answers).at_least(minimum))
            for scale, answers in walked.answers.get(place, {}).items()
        ),
        channels=walked.channels.get(place, ()),
    )


def _passage(visits: Visits, journeys: int, minimum: int) -> Passage:
    decided = visits.onward + visits.left
    return Passage(
        visits.interactions, visits.people, visits.reached, visits.onward, visits.left,
        visits.still_open,
        share(visits.reached, journeys).at_least(minimum),
        share(visits.onward, decided).at_least(minimum),
        share(visits.left, decided).at_least(minimum),
    )  # fmt: skip


def times(spread: Spread | None, target: timedelta | None, minimum: int) -> Times:
    """Return a spread of times beside its target; unknown below the minimum n."""
    promised = target.total_seconds() if target else None
    if spread is None or spread.n < minimum:
        return Times(unknown(spread.n if spread else 0), None, promised)
    middle = Estimate(spread.median_s, spread.low_s, spread.high_s, spread.n)
    return Times(middle, spread.p90_s, promised)
