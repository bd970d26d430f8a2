"""Two versions of a journey on one set of columns: what goes away keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.maps.versions import Changes, Difference

Thing = TypeVar("Thing", Stage, Touchpoint)


def seen_together(found: Difference) -> tuple[JourneyMap, Changes]:
    """Return both versions on one way, and every change where it can be seen there."""
    whole = together(found.older, found.newer)
    places = {f"{kind}:{thing.id}": thing.id for kind, thing in _things(whole)}
    said = tuple(
        replace(one, place=places.get(one.key, one.place)) if one.sign == "−" else one
        for one in found.said
    )
    return whole, Changes(found.older, said)


def _things(journey_map: JourneyMap) -> Iterator[tuple[str, Stage | Touchpoint]]:
    for stage in journey_map.stages:
        yield "stage", stage
    for touchpoint in journey_map.touchpoints():
        yield "touchpoint", touchpoint


def together(older: JourneyMap, newer: JourneyMap) -> JourneyMap:
    """
    Return the newer map with the stages and touchpoints that only the older has, bare, in place.

    They keep name, channel and kind, so that both curves can be drawn over one way; all that
    the older map tells of them is left to the older map.
    """
    kept = {touchpoint.id for touchpoint in newer.touchpoints()}
    stages = _with_gone(older.stages, newer.stages, bare=_bare_stage)
    before = {stage.id: stage.touchpoints for stage in older.stages}
    return replace(
        newer,
        stages=tuple(
            replace(
                stage,
                touchpoints=_with_gone(
                    [
                        touchpoint
                        for touchpoint in before.get(stage.id, ())
                        if touchpoint.id not in kept or touchpoint in stage.touchpoints
                    ],
                    stage.touchpoints,
                    bare=_bare,
                ),
            )
            for stage in stages
        ),
    )


def _with_gone(
    older: Iterable[Thing], newer: Sequence[Thing], *, bare: Callable[[Thing], Thing]
) -> tuple[Thing, ...]:
    """Return the newer things, and after their neighbour those that only the older has."""
    whole, known, before = list(newer), {thing.id for thing in newer}, ""
    for thing in older:
        if thing.id not in known:
            ids = [own.id for own in whole]
            whole.insert(ids.index(before) + 1 if before in ids else 0, bare(thing))
        before = thing.id
    return tuple(whole)


def _bare_stage(stage: Stage) -> Stage:
    return Stage(stage.id, stage.name)


def _bare(own: Touchpoint) -> Touchpoint:
    return Touchpoint(
        own.id, own.name, own.stage, own.channel,
        kind=own.kind, initiates=own.initiates, side=own.side, place=own.place,
    )  # fmt: skip
