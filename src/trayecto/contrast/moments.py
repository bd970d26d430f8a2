"""
Moments that the data suggest: touchpoints after which more, or fewer, complete or come back.

Whoever lasts longer meets more touchpoints, so comparing all that met one with all that did not
would credit it with their patience. Here each journey that met a touchpoint at its k-th step into
the stage is compared with those that were still in the stage at their own k-th step and took
another: they could have met it, and had lasted as long. What remains is association, not cause.

Sources: Suissa, Am. J. Epidemiol. 167 (2008), for the bias; Hernán et al., J. Clin. Epidemiol. 79
(2016), for setting both groups off at the same moment; Newcombe, Stat. Med. 17 (1998), method 10,
for the interval of a difference; Kish (1965) for what weighted people are worth; Holm (1979).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import erfc, sqrt
from typing import Literal

from trayecto.journeys.chain import GOAL, NOTHING, START, solve
from trayecto.journeys.compare import adjusted
from trayecto.journeys.fated import Fates, Felt, Met
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, minus, share, unknown, weighted

Outcome = Literal["completes", "comes_back"]
Suggests = Literal["truth", "pain"]
Agrees = Literal["declared", "new", "contrary"]
Ways = Mapping[tuple[int | None, int | None, bool], int]


@dataclass(frozen=True, slots=True)
class MomentMeasure:
    """
    What goes with meeting one touchpoint, among journeys that could have met it.

    *met* and *without* are the shares that came to the outcome; *difference* is met − without.
    *p* is corrected for all comparisons of the map. *removal* is the part of all completions that
    passed here (by the Markov chain of the map). *good* and *bad* are the shares that completed of
    those who felt so here. *others* are the journeys that *without* is the weighted share of, and
    *others_came* those of them that came to the outcome.
    """

    id: str
    outcome: Outcome
    met: Estimate
    without: Estimate
    others: int
    others_came: int
    difference: Estimate
    p: float | None
    removal: float | None
    good: Estimate
    bad: Estimate
    feeling: Estimate
    """good − bad."""
    suggests: Suggests | None
    agrees: Agrees | None
    """With the moment that the map declares here."""


def find(journey_map: JourneyMap, fates: Fates) -> tuple[MomentMeasure, ...]:
    """Return every touchpoint that can be compared, the surest first."""
    minimum = journey_map.minimum
    effects = removal(fates.ways)
    feelings = _by_feeling(fates.felt, minimum)
    found = [
        replace(
            one,
            removal=effects.get(place),
            good=feelings[place][0], bad=feelings[place][1],
            feeling=minus(*feelings[place]),
        )
        for place, one in _compared(journey_map, fates.met)
    ]  # fmt: skip
    chances = adjusted([one.p for one in found], "holm")
    declared = {t.id: t.moment.kind for t in journey_map.touchpoints() if t.moment}
    judged = (
        _judged(replace(one, p=p), declared.get(one.id))
        for one, p in zip(found, chances, strict=True)
    )
    return tuple(sorted(judged, key=lambda m: (m.p is None, m.p or 0, -_size(m), m.id, m.outcome)))


def _size(moment: MomentMeasure) -> float:
    return abs(moment.difference.value or 0)


def _judged(moment: MomentMeasure, declared: Suggests | None) -> MomentMeasure:
    """Say what a sure difference suggests, and whether the map says so already."""
    sure = moment.p is not None and moment.p < 0.05 and moment.difference.value
    if not sure:
        return moment
    suggests: Suggests = "truth" if (moment.difference.value or 0) > 0 else "pain"
    agrees: Agrees = "new" if declared is None else "contrary"
    return replace(moment, suggests=suggests, agrees="declared" if declared == suggests else agrees)


def _compared(journey_map: JourneyMap, met: Sequence[Met]) -> Iterable[tuple[int, MomentMeasure]]:
    """Give both outcomes of each touchpoint that is no way in, no end and no way out."""
    boundaries = journey_map.journeys
    ends = {*boundaries.completes, *boundaries.leaves}
    by_place: dict[int, list[Met]] = defaultdict(list)
    by_stage: dict[int, list[Met]] = defaultdict(list)
    for one in met:
        if one.place is None:
            by_stage[one.stage].append(one)
        else:
            by_place[one.place].append(one)
    stage_of = {stage.id: i for i, stage in enumerate(journey_map.stages)}
    outcomes: tuple[Outcome, ...] = ("completes", "comes_back")
    for place, touchpoint in enumerate(journey_map.touchpoints()):
        if touchpoint.id in ends:
            continue
        for outcome in outcomes:
            here, stage = by_place[place], by_stage[stage_of[touchpoint.stage]]
            pair = compared(here, stage, outcome=outcome)
            told = [one.at_least(journey_map.minimum) for one in (pair.met, pair.without)]
            if told[0].value is None or told[1].value is None:
                continue
            came = sum((one.value or 0) * one.n for one in told)
            if not journey_map.minimum <= came <= sum(one.n for one in told) - 1:
                # Hardly anybody, or everybody: there is nothing to tell apart.
                continue
            yield place, MomentMeasure(
                touchpoint.id, outcome, told[0], told[1], pair.others, pair.others_came,
                minus(*told), _chance(*told), None, unknown(), unknown(), unknown(), None, None,
            )  # fmt: skip


_Like = tuple[int, int, bool]
"""Others alike: the turn at which they met the place (0: never), their last turn, if they came."""


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Those that met a place beside their like: the shares of both that came to the outcome.

    *others* are the journeys that *without* is the weighted share of, and *others_came* those of
    them that came to it. *turns* are those at which there are any of both.
    """

    met: Estimate
    without: Estimate
    others: int
    others_came: int
    turns: frozenset[int]


def compared(met: Iterable[Met], stage: Iterable[Met], *, outcome: Outcome) -> Pair:
    """
    Return the share that came to the outcome of those that met a place, and of their like.

    Each turn of the others weighs as much as it has journeys that met the place then; n is how
    many equally weighted people the weighted ones are worth.
    """

    def counts(one: Met) -> bool:
        return outcome == "comes_back" or not one.settled

    exposed = [one for one in met if counts(one)]
    others = Counter[_Like]()
    for one in stage:
        if counts(one):
            others[0, one.last, _came(one, outcome)] += one.count
    turns = Counter[int]()
    for one in exposed:
        turns[one.turn] += one.count
        # Until its own turn, whoever met it was one of those who could.
        others[0, one.last, _came(one, outcome)] -= one.count
        others[one.turn, one.last, _came(one, outcome)] += one.count
    weight, like = _weights(turns, others)
    with_like = Counter[bool]()
    for one in exposed:
        with_like[_came(one, outcome)] += one.count * (one.turn in like)
    return Pair(
        share(with_like[True], with_like.total()),
        _weighted_share(weight, others, matched=with_like.total()),
        sum(others[key] for key in weight),
        sum(others[key] for key in weight if key[2]),
        frozenset(like),
    )


def turns_alike(
    journey_map: JourneyMap, met: Sequence[Met], place: int, *, outcome: Outcome
) -> frozenset[int]:
    """Return the turns at which those that met a place have others to be compared with."""
    stages = [stage.id for stage in journey_map.stages]
    stage = stages.index(list(journey_map.touchpoints())[place].stage)
    here = [one for one in met if one.place == place]
    of_stage = [one for one in met if one.place is None and one.stage == stage]
    return compared(here, of_stage, outcome=outcome).turns


def _came(one: Met, outcome: Outcome) -> bool:
    return one.back if outcome == "comes_back" else one.completed


def _weights(
    turns: Mapping[int, int], others: Mapping[_Like, int]
) -> tuple[Mapping[_Like, float], set[int]]:
    """Return what each of the others weighs, and the turns at which there were any."""
    # Who could still have met it at a turn: until their last, or until the one before they did.
    until = {
        key: min(key[1], key[0] - 1) if key[0] else key[1] for key, k in others.items() if k > 0
    }
    could = Counter[int]()
    for key, last in until.items():
        could[last] += others[key]
    size = {at: sum(k for last, k in could.items() if last >= at) for at in turns}
    like = {at for at, k in size.items() if k}
    own = {last: sum(turns[at] / size[at] for at in sorted(like) if at <= last) for last in could}
    return {key: own[last] for key, last in until.items() if own[last]}, like


def _weighted_share(
    weight: Mapping[_Like, float], others: Mapping[_Like, int], *, matched: int
) -> Estimate:
    """Return the share of the others that came; as many weigh as those they are compared with."""
    if not matched:
        return unknown()
    middle = sum(weight[key] * others[key] for key in weight if key[2]) / matched
    # Kish's effective number: what people of unequal weight are worth.
    worth = matched**2 / sum(own**2 * others[key] for key, own in weight.items())
    return weighted(middle, worth=worth, n=int(worth))


def _chance(one: Estimate, other: Estimate) -> float | None:
    """Return the p of the pooled z test of two shares."""
    if one.value is None or other.value is None or not one.n or not other.n:
        return None
    pooled = (one.value * one.n + other.value * other.n) / (one.n + other.n)
    deviation = sqrt(pooled * (1 - pooled) * (1 / one.n + 1 / other.n))
    return erfc(abs(one.value - other.value) / deviation / sqrt(2)) if deviation else 1.0


def removal(ways: Ways) -> dict[int, float]:
    """Return the part of all completions that the Markov chain loses without each place."""
    taken = Counter[tuple[str, str]]()
    for (source, target, completed), count in ways.items():
        end = GOAL if completed else NOTHING
        before = START if source is None else str(source)
        taken[before, end if target is None else str(target)] += count
    solved = solve({way: float(count) for way, count in taken.items()})
    return {int(place): effect for place, effect in solved.removal.items()}


def _by_feeling(felt: Iterable[Felt], minimum: int) -> Mapping[int, tuple[Estimate, Estimate]]:
    """Return the shares kept of those who felt good and of those who felt bad, by place."""
    counts: dict[int, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for one in felt:
        counts[one.place][one.felt, one.kept] += one.count

    def kept(place: int, feeling: str) -> Estimate:
        yes, no = counts[place][feeling, True], counts[place][feeling, False]
        return share(yes, yes + no).at_least(minimum)

    known = {place: (kept(place, "good"), kept(place, "bad")) for place in list(counts)}
    return defaultdict(lambda: (unknown(), unknown()), known)
