"""The five kinds of pain: where each shows in the measures, how severe it is and what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from trayecto.contrast.measured import Measured, Passage, Times, UndrawnNode
from trayecto.contrast.pain import Pain, PainKind
from trayecto.journeys.fated import Fates
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, minus, share, unknown

Kept = Counter[tuple[bool, bool]]
"""How many journeys were (hit by a pain, kept all the same)."""

_NOTABLE_SHARE = 0.1
"""Fewer than one in ten who repeat is no pain."""
_NOTABLE_FEELING = 0.25
"""Half a point on the scale from −2 to +2; less is no pain."""
_NOTABLE_DROP = 0.01
"""Less than a point more than usual reads as “0% leave; 0% is usual”."""


def _pain(
    kind: PainKind,
    where: str | None,
    *,
    people: int,
    factors: tuple[Estimate, Estimate, Estimate],
    hit: Estimate,
    here: int,
    gap: tuple[float, float],
    node: str = "",
) -> Pain:
    """Return a pain without its rank; *here* journeys came to it, *gap* is (actual, expected)."""
    importance = factors[2]
    more = unknown(here)
    if importance.value is not None and hit.value is not None:
        # Both ends together: wider than need be, and never too narrow.
        more = Estimate(
            here * hit.value * importance.value,
            here * (hit.low or 0) * (importance.low or 0),
            here * (hit.high or 0) * (importance.high or 0),
            here,
        )
    return Pain(
        kind, where, node, people, *factors, hit, *gap, unknown(people), None, None, None,
        more, unknown(), "",
    )  # fmt: skip


def _matters(kept: Kept, minimum: int) -> Estimate:
    """
    Return how much fewer are kept of those hit; *kept* counts (hit, kept).

    Unknown where too few are compared, and where all of them came to the same end.
    """
    spared = share(kept[False, True], kept[False, True] + kept[False, False]).at_least(minimum)
    struck = share(kept[True, True], kept[True, True] + kept[True, False]).at_least(minimum)
    ends = {end for (_, end), n in kept.items() if n}
    found = minus(spared, struck)
    if found.value is None or len(ends) < 2:
        return unknown(found.n)
    low, high = (max(0.0, end or 0.0) for end in (found.low, found.high))
    return Estimate(max(0.0, found.value), low, high, found.n)


def _by_hit(rows: Iterable[tuple[bool | None, bool, int]]) -> Kept:
    """Return how many of (hit, kept, count) were hit and kept; unknown ones are left out."""
    counts: Kept = Counter()
    for hit, kept, count in rows:
        if hit is not None:
            counts[hit, kept] += count
    return counts


def _share_hit(kept: Kept) -> Estimate:
    hit = kept[True, True] + kept[True, False]
    return share(hit, sum(kept.values()))


def _reach(measured: Measured, people: int) -> Estimate:
    return share(min(people, measured.totals.people), measured.totals.people)


def feelings(journey_map: JourneyMap, measured: Measured, fates: Fates) -> Iterator[Pain]:
    """Give the touchpoints that feel worse than expected, beyond doubt and by enough."""
    drawn = journey_map.touchpoints()
    for place, (touchpoint, seen) in enumerate(zip(drawn, measured.touchpoints, strict=True)):
        felt, expected = seen.felt, touchpoint.emotion
        if expected is None or felt.value is None or felt.low is None or felt.high is None:
            continue
        gap = expected.level - felt.value
        if felt.high >= expected.level or gap < _NOTABLE_FEELING:
            continue
        kept = _by_hit(
            (None if row.felt == "unknown" else row.felt == "bad", row.kept, row.count)
            for row in fates.felt
            if row.place == place
        )
        severity = Estimate(
            gap / 2, (expected.level - felt.high) / 2, (expected.level - felt.low) / 2, felt.n
        )
        yield _pain(
            "emotion", touchpoint.id, people=seen.passage.people,
            factors=(_reach(measured, seen.passage.people), severity,
                     _matters(kept, measured.minimum)),
            hit=_share_hit(kept), here=seen.passage.reached, gap=(felt.value, expected.level),
        )  # fmt: skip


def _beyond(times: Times) -> Estimate | None:
    """Return 1 − promised ÷ actual for a time that is late beyond doubt."""
    middle, target = times.median_s, times.target_s
    if not times.late or not target or not middle.value or not middle.low or not middle.high:
        return None
    return Estimate(
        1 - target / middle.value, 1 - target / middle.low, 1 - target / middle.high, middle.n
    )


def waits(measured: Measured, fates: Fates) -> Iterator[Pain]:
    """Give the touchpoints and stages that are slower than promised."""
    for place, at in enumerate(measured.touchpoints):
        hits = _by_hit((r.late, r.kept, r.count) for r in fates.hits if r.place == place)
        yield from _wait(measured, at.id, at.passage, at.wait, hits)
    for number, stage in enumerate(measured.stages):
        hits = _by_hit((r.late, r.kept, r.count) for r in fates.stays if r.stage == number)
        yield from _wait(measured, stage.id, stage.passage, stage.duration, hits)


def _wait(
    measured: Measured, id: str, passage: Passage, times: Times, kept: Kept
) -> Iterator[Pain]:
    severity = _beyond(times)
    if severity is not None:
        yield _pain(
            "wait", id, people=passage.people,
            factors=(_reach(measured, passage.people), severity, _matters(kept, measured.minimum)),
            hit=_share_hit(kept), here=passage.reached,
            gap=(times.median_s.value or 0.0, times.target_s or 0.0),
        )  # fmt: skip


def drop_offs(journey_map: JourneyMap, measured: Measured, fates: Fates) -> Iterator[Pain]:
    """Give the stages that lose more than the map's usual share: the median of its stages."""
    exits = set(journey_map.journeys.leaves)
    # Whoever takes an exit left at the stage before it; saying it of the exit's says it twice.
    open_ = [
        not any(touchpoint.id in exits for touchpoint in stage.touchpoints)
        for stage in journey_map.stages
    ]
    drops = [seen.passage.drop_off.value for seen in measured.stages]
    known = [drop for drop, own in zip(drops, open_, strict=True) if own and drop is not None]
    if len(known) < 2:
        return
    usual = median(known)
    for number, (seen, own) in enumerate(zip(measured.stages, open_, strict=True)):
        drop = seen.passage.drop_off
        if not own or drop.value is None or drop.low is None or drop.high is None:
            continue
        if drop.low <= usual or drop.value - usual < _NOTABLE_DROP:
            continue
        severity = Estimate(drop.value - usual, drop.low - usual, drop.high - usual, drop.n)
        rows = [row for row in fates.stays if row.stage == number and row.went_on]
        going = Counter({True: 0, False: 0})
        for row in rows:
            going[row.kept] += row.count
        # Whoever leaves here is not kept; whoever goes on is kept so often.
        matters = share(going[True], going.total()).at_least(measured.minimum)
        yield _pain(
            "drop_off", seen.id, people=seen.passage.people,
            factors=(_reach(measured, seen.passage.people), severity,
                     matters if going[True] else unknown(going.total())),
            hit=severity, here=drop.n, gap=(drop.value, usual),
        )  # fmt: skip


def repeats(journey_map: JourneyMap, measured: Measured, fates: Fates) -> Iterator[Pain]:
    """Give the touchpoints that people come back to, where the map expects one visit."""
    drawn = journey_map.touchpoints()
    for place, (touchpoint, seen) in enumerate(zip(drawn, measured.touchpoints, strict=True)):
        enough = seen.repeated >= max(measured.minimum, _NOTABLE_SHARE * seen.done)
        if touchpoint.repeats or not seen.repeated or not enough:
            continue
        visits = seen.passage.interactions
        kept = _by_hit((r.repeated, r.kept, r.count) for r in fates.hits if r.place == place)
        yield _pain(
            "repeats", touchpoint.id, people=seen.repeated_people,
            factors=(_reach(measured, seen.repeated_people),
                     share(visits - seen.done, visits), _matters(kept, measured.minimum)),
            hit=share(seen.repeated, seen.done), here=seen.done, gap=(visits / seen.done, 1.0),
        )  # fmt: skip


def detoured(measured: Measured) -> Sequence[tuple[int, UndrawnNode]]:
    """Return the nodes nobody drew that are met by enough people, each with its number."""
    return [
        (number, node)
        for number, node in enumerate(measured.undrawn)
        if node.people >= max(measured.minimum, 1)
    ]


def detours(measured: Measured, fates: Fates) -> Iterator[Pain]:
    """Give the nodes nobody drew that people pass through."""
    for number, node in detoured(measured):
        kept = _by_hit((r.met, r.kept, r.count) for r in fates.detours if r.node == number)
        # Nobody planned any visit: one is half of what is there, with the planned step beside it.
        severity = share(node.interactions, node.interactions + node.people)
        yield _pain(
            "detour", node.after, node=node.touchpoint, people=node.people,
            factors=(_reach(measured, node.people), severity, _matters(kept, measured.minimum)),
            hit=_share_hit(kept), here=sum(kept.values()),
            gap=(node.interactions / node.people, 0.0),
        )  # fmt: skip
