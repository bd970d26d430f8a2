"""
The plan: a map as an automaton whose words are the journeys it allows.

Touchpoints stand in the order of the map. An optional one may be passed by, one that repeats may
be done again, a stage or step with `order: any` may be done in any order and one with `repeats`
may be walked again. A touchpoint without rules, or that the data do not have, cannot be seen, so it
is no part of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from trayecto.maps.document import JourneyMap, Stage, Touchpoint


@dataclass(frozen=True, slots=True)
class Move:
    """One way on in the plan: doing a touchpoint (by its place), or nothing at all."""

    source: int
    target: int
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """
    States and the moves between them; a journey that is over must be in one of *ends*.

    *ways_out* are places by which customers leave, from any state, to the state *outside* (the
    last one). Nobody has to take one, and outside a journey may end. Whoever comes back picks up
    at whatever touchpoint they come back to.
    """

    places: int
    states: int
    moves: tuple[Move, ...]
    start: int = 0
    ends: tuple[int, ...] = (0,)
    ways_out: frozenset[int] = frozenset()

    @property
    def outside(self) -> int:
        """Return the state of those who left; -1 when there is no way out."""
        return self.states - 1 if self.ways_out else -1


def plan_of(journey_map: JourneyMap, *, unseen: Collection[str] = ()) -> Plan:
    """
    Return the plan of a map; places are numbered as the map's touchpoints, left to right.

    *unseen* touchpoints have rules, and are not in the data.
    """
    touchpoints = list(journey_map.touchpoints())
    drawing = _Drawing(
        {touchpoint.id: place for place, touchpoint in enumerate(touchpoints)},
        frozenset(unseen) | {touchpoint.id for touchpoint in touchpoints if not touchpoint.nodes},
    )
    declared = journey_map.journeys
    drawing.exits = frozenset(declared.leaves)
    # Of several ends each journey takes one: the others are not missed.
    drawing.free = frozenset(declared.completes) if len(declared.completes) > 1 else frozenset()
    for stage in journey_map.stages:
        drawing.add_stage(stage)
    for name in declared.starts:
        drawing.link(0, drawing.before.get(name, 0))
    last = max((drawing.after[name] for name in declared.completes if name in drawing.after),
               default=drawing.here)  # fmt: skip
    for name in declared.completes:
        drawing.link(drawing.after.get(name, last), last)
    # A way out is drawn once and may be taken anywhere.
    ways_out = frozenset(
        drawing.places[touchpoint.id]
        for touchpoint in touchpoints
        if touchpoint.id in drawing.exits - drawing.hidden
    )
    states = drawing.states + bool(ways_out)
    ends = (drawing.here, *([drawing.states] if ways_out else []))
    return Plan(len(touchpoints), states, tuple(drawing.moves), ends=ends, ways_out=ways_out)


@dataclass(slots=True)
class _Drawing:
    """A plan as far as it is drawn: *here* is the state after everything so far."""

    places: dict[str, int]
    hidden: frozenset[str]
    exits: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    states: int = 1
    here: int = 0
    moves: list[Move] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    def new(self) -> int:
        self.states += 1
        return self.states - 1

    def link(self, source: int, target: int) -> None:
        if source != target:
            self.moves.append(Move(source, target))

    def add_stage(self, stage: Stage) -> None:
        seen = [t for t in stage.touchpoints if t.id not in self.hidden | self.exits]
        if not seen:
            return
        first = self._open() if stage.repeats else None
        if stage.order == "any":
            self.add_unordered(seen)
        else:
            steps = {step.id: step for step in stage.steps}
            for name, together in groupby(seen, key=lambda touchpoint: touchpoint.step):
                step = steps.get(name)
                begin = self._open() if step and step.repeats else None
                if step and step.order == "any":
                    self.add_unordered(list(together))
                else:
                    for touchpoint in together:
                        self.add_unordered([touchpoint])
                self._close(begin)
        self._close(first)

    def _open(self) -> int:
        """Return a state of its own, so that the way back leads to nothing before it."""
        state = self.new()
        self.link(self.here, state)
        self.here = state
        return state

    def _close(self, first: int | None) -> None:
        if first is not None:
            self.link(self.here, first)

    def add_unordered(self, together: Sequence[Touchpoint]) -> None:
        """Add touchpoints that may come in any order: a state for each set of those done."""
        begin, whole = self.here, (1 << len(together)) - 1
        states = {0: begin} | {done: self.new() for done in range(1, whole + 1)}
        for done, source in states.items():
            for bit, touchpoint in enumerate(together):
                place = self.places[touchpoint.id]
                if done >> bit & 1:
                    if touchpoint.repeats:
                        self.moves.append(Move(source, source, place))
                    continue
                target = states[done | 1 << bit]
                self.moves.append(Move(source, target, place))
                if touchpoint.optional or touchpoint.id in self.free:
                    self.moves.append(Move(source, target))
        self.here = states[whole]
        for touchpoint in together:
            self.before[touchpoint.id], self.after[touchpoint.id] = begin, self.here
