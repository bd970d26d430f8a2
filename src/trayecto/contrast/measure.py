"""Turn the counts of a walk into the measures of a map, each with its interval and n."""

from __future__ import annotations

from datetime import timedelta

from trayecto.contrast import node_measures
from trayecto.contrast.bind import Binding
from trayecto.contrast.measured import (
    Coverage,
    Cut,
    Measured,
    Passage,
    ScoreMeasure,
    StageMeasure,
    Times,
    Totals,
    TouchpointMeasure,
    UndrawnNode,
)
from trayecto.contrast.missing import missing
from trayecto.contrast.seen import Seen, seen, unseen
from trayecto.emotion import curve
from trayecto.journeys.walked import Boundaries, Declared, Ends, Spread, Visits, Walked
from trayecto.maps.document import JourneyMap, Touchpoint
from trayecto.surveys.scores import each
from trayecto.vocabulary.estimate import Estimate, share, unknown

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


def declared(journey_map: JourneyMap) -> Declared:
    """Return what the map declares of its places that steps are counted against."""
    drawn = list(enumerate(journey_map.touchpoints()))
    return Declared(
        promised_s={place: t.within.total_seconds() for place, t in drawn if t.within},
        communications=frozenset(place for place, t in drawn if node_measures.speaks(t)),
        customers=frozenset(place for place, t in drawn if t.initiates == "customer"),
        repeats=frozenset(place for place, t in drawn if t.repeats),
    )


def cuts(journey_map: JourneyMap, binding: Binding, walked: Walked) -> tuple[Cut, ...]:
    """Return the map measured by each cut of its journeys, by kind and name."""
    return tuple(
        Cut(kind, name, measure(journey_map, binding, own))
        for (kind, name), own in sorted(walked.cuts.items(), key=lambda one: one[0])
    )


def measure(journey_map: JourneyMap, binding: Binding, walked: Walked) -> Measured:
    """Return the map, measured."""
    touchpoints = list(journey_map.touchpoints())
    minimum = journey_map.minimum
    met, sight = set(walked.places), seen(journey_map, binding)
    # Where nobody can be seen to leave, all whose end is known went on: that says nothing of all.
    known = sight.leaving or not walked.ends.still_open
    places = {i: {-1} for i in range(len(journey_map.stages))}
    for place, i in binding.stages.items():
        places[i].add(place)
    return Measured(
        map_id=journey_map.id,
        since=walked.since,
        until=walked.until,
        sources=journey_map.journeys.sources,
        minimum=minimum,
        totals=_totals(journey_map, sight, walked, ends_known=known),
        coverage=Coverage(
            walked.interactions, walked.on_map, walked.off_map, walked.outside, walked.nobody,
            share(walked.on_map, walked.interactions), walked.people, walked.ends.people,
            share(walked.ends.people, walked.people),
        ),
        stages=tuple(
            StageMeasure(
                stage.id,
                _passage(
                    walked.stages.get(i, _NOBODY), walked.ends, minimum,
                    here=sight.any_of(places[i]), ends=known and sight.beyond(max(places[i])),
                ),
                times(walked.stage_times.get(i), stage.target, minimum),
            )
            for i, stage in enumerate(journey_map.stages)
        ),
        touchpoints=tuple(
            _touchpoint(
                journey_map, touchpoint, place, walked,
                sight=sight, ends=known and sight.beyond(place),
            )
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
        untouched=tuple(
            t.id for p, t in enumerate(touchpoints) if p in sight.places and p not in met
        ),
        unseen=unseen(journey_map, binding),
        unbound=tuple(t.id for t in touchpoints if not t.nodes),
        ambiguous=binding.ambiguous,
        missing=missing(journey_map, sight, walked),
        completion_seen=sight.completing,
        leaving_seen=known,
    )  # fmt: skip


def _totals(journey_map: JourneyMap, sight: Seen, walked: Walked, *, ends_known: bool) -> Totals:
    ends, minimum = walked.ends, journey_map.minimum
    promised = [stage.target for stage in journey_map.stages]
    whole = sum((t for t in promised if t), timedelta()) if all(promised) else None
    decided = ends.completed + ends.left
    early = (ends.early_completed, ends.early_completed + ends.early_left)
    completed = _of_early(early, (ends.completed, decided), minimum)
    return Totals(
        ends.journeys, ends.people, ends.completed, ends.left, ends.still_open,
        completed if sight.completing and ends_known else unknown(decided),
        times(walked.duration, whole, minimum),
    )  # fmt: skip


def _touchpoint(
    journey_map: JourneyMap,
    touchpoint: Touchpoint,
    place: int,
    walked: Walked,
    *,
    sight: Seen,
    ends: bool,
) -> TouchpointMeasure:
    minimum, here = journey_map.minimum, place in sight.places
    visits = walked.places.get(place, _NOBODY)
    further = sum(count for furthest, count in walked.furthest.items() if furthest > place)
    felt = curve.felt(walked.voices.get(place), walked.strains.get(place), minimum=minimum)
    return TouchpointMeasure(
        id=touchpoint.id,
        stage=touchpoint.stage,
        passage=_passage(visits, walked.ends, minimum, here=here, ends=ends),
        done=visits.reached,
        skipped=further - visits.beyond,
        repeated=visits.repeated,
        wait=times(walked.waits.get(place), touchpoint.within, minimum),
        felt=felt.level,
        scores=tuple(
            ScoreMeasure(name, found.at_least(minimum))
            for name, found in each(walked.answers.get(place, {}))
        ),
        channels=walked.channels.get(place, ()),
        mix=node_measures.channel_mix(place, walked, minimum=minimum),
        on_preferred=node_measures.on_preferred(journey_map, place, walked, minimum=minimum),
        effect=node_measures.effect(touchpoint, place, walked, minimum=minimum),
        cost=node_measures.cost(touchpoint, visits.interactions) if here else None,
        value=node_measures.value(place, walked),
        repeated_people=visits.repeated_people,
        repeated_share=share(visits.repeated, visits.reached).at_least(minimum),
        scored=felt.scored,
        told=felt.told,
        strain=felt.strain,
    )


def _of_early(early: tuple[int, int], every: tuple[int, int], minimum: int) -> Estimate:
    """
    Return the share of those who came early enough for leaving to be known; if too few, of all.

    Of who came less than a silence before the end, nobody is known to have left by it, and those
    quick to go on are: they would make the share too high.
    """
    return share(*(early if early[1] >= max(minimum, 1) else every)).at_least(minimum)


def _passage(visits: Visits, whole: Ends, minimum: int, *, here: bool, ends: bool) -> Passage:
    """
    Return who passes a place or stage.

    *here*: whether it could be noticed that a journey was here; *ends*: that it went on or left.
    """
    decided = visits.onward + visits.left
    early = visits.early_onward + visits.early_left
    reached = ((visits.early_reached, whole.early), (visits.reached, whole.journeys))
    onward, left = (
        _of_early((some, early), (all_, decided), minimum) if ends else unknown(decided)
        for some, all_ in (
            (visits.early_onward, visits.onward),
            (visits.early_left, visits.left),
        )
    )
    return Passage(
        visits.interactions, visits.people, visits.reached, visits.onward, visits.left,
        visits.still_open, _of_early(*reached, minimum) if here else unknown(), onward, left, ends,
    )  # fmt: skip


def times(spread: Spread | None, target: timedelta | None, minimum: int) -> Times:
    """Return a spread of times beside its target; unknown when fewer than the minimum went on."""
    promised = target.total_seconds() if target else None
    if spread is None or spread.n < minimum:
        known = (spread.n, spread.left, spread.still_open) if spread else (0, 0, 0)
        return Times(unknown(known[0]), None, promised, *known[1:])
    middle = unknown(spread.n)
    if spread.median_s is not None:
        middle = Estimate(spread.median_s, spread.low_s, spread.high_s, spread.n)
    return Times(middle, spread.p90_s, promised, spread.left, spread.still_open)
