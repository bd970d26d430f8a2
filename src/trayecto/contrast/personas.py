"""
The personas of a map, checked by data: whom their rules choose, and what those do differently.

Exactly one persona, several or none: every customer is in one of the three, and they add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

from trayecto.contrast.difference_words import worth_saying
from trayecto.contrast.differences import Count, Gap, asked, corrected, levels, shares
from trayecto.contrast.measured import Measured
from trayecto.contrast.sides import totals
from trayecto.journeys.behaviour import Behaviour, Felt
from trayecto.journeys.groups import Groups
from trayecto.maps.document import JourneyMap, Protagonist
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.estimate import Estimate, mean, share, unknown
from trayecto.vocabulary.rule import Rule, rule_words
from trayecto.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Persona:
    """
    One persona with a rule: whom it chooses, and what they do beside everybody else.

    *people* have a journey on the map, and *share* is theirs of all who have; *customers* and
    *share_of_all* are of everybody, on the map or not. *channels* counts its people by the one
    they use most on the map. *unknown* are the properties of its rule that nobody has, each with
    the nearest that somebody has.
    """

    id: str
    name: Text
    rule: Text
    people: int
    share: Estimate
    customers: int
    share_of_all: Estimate
    journeys: int
    channels: tuple[tuple[str, int], ...]
    prefers: tuple[str, ...]
    gaps: tuple[Gap, ...]
    unknown: tuple[Problem, ...]

    @property
    def differences(self) -> tuple[Gap, ...]:
        """Return what they do differently beyond chance, the surest first."""
        return worth_saying(self.gaps)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two personas that some customers are both: how many, and of all on the map."""

    first: Text
    second: Text
    people: int
    share: Estimate
    ids: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Personas:
    """
    The personas of a map as its data see them: one + several + none = people.

    All counts are of customers with a journey on the map, *customers* apart.
    """

    people: int
    customers: int
    one: Estimate
    several: Estimate
    none: Estimate
    personas: tuple[Persona, ...]
    overlaps: tuple[Overlap, ...]
    without_rule: tuple[Text, ...]
    """Personas nobody can be counted for."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def with_rules(journey_map: JourneyMap) -> tuple[Protagonist, ...]:
    """Return the personas whose customers can be told."""
    return tuple(persona for persona in journey_map.everybody() if persona.rule)


def rules(journey_map: JourneyMap) -> tuple[Rule, ...]:
    """Return the rules of a map's personas, in the order of `with_rules`."""
    return tuple(persona.rule for persona in with_rules(journey_map))


def key_of(journey_map: JourneyMap) -> tuple[str, ...]:
    """Return what each persona with a rule is called as a cut: its id, or its place."""
    return tuple(
        persona.id or f"persona-{place}" for place, persona in enumerate(with_rules(journey_map), 1)
    )


def check(
    journey_map: JourneyMap,
    everybody: Groups,
    did: Behaviour,
    *,
    cuts: Mapping[tuple[str, str], Measured],
    unknown: Mapping[str, Problem],
) -> Personas:
    """
    Return the personas of a map, with what their rules found.

    *cuts* has the map measured for each persona (`persona`) and for everybody else (`others`);
    *unknown* are the properties nobody has. Differences are corrected for all that is compared on
    the map, over all personas.
    """
    ruled, people = with_rules(journey_map), did.on_map.everybody
    keys = key_of(journey_map)
    both = [(cuts.get(("persona", key)), cuts.get(("others", key))) for key in keys]
    gaps = [
        _gaps(journey_map, persona, place, did, both[place]) for place, persona in enumerate(ruled)
    ]
    sure = iter(corrected([gap for own in gaps for gap in own]))
    told = tuple(
        Persona(
            id=key,
            name=persona.name,
            rule=rule_words(persona.rule),
            people=did.on_map.sizes[place],
            share=share(did.on_map.sizes[place], people),
            customers=everybody.sizes[place],
            share_of_all=share(everybody.sizes[place], everybody.everybody),
            journeys=measured.totals.journeys if (measured := both[place][0]) else 0,
            channels=_channels(did, place),
            prefers=persona.prefers,
            gaps=tuple(next(sure) for _ in gaps[place]),
            unknown=tuple(unknown[t.property] for t in persona.rule if t.property in unknown),
        )
        for place, (persona, key) in enumerate(zip(ruled, keys, strict=True))
    )
    return Personas(
        people,
        everybody.everybody,
        share(did.on_map.one, people),
        share(did.on_map.several, people),
        share(did.on_map.none, people),
        told,
        tuple(
            Overlap(
                ruled[first].name,
                ruled[second].name,
                both_are,
                share(both_are, people),
                (keys[first], keys[second]),
            )
            for first, second, both_are in did.on_map.pairs()
        ),
        tuple(persona.name for persona in journey_map.everybody() if not persona.rule),
    )


def _channels(did: Behaviour, place: int) -> tuple[tuple[str, int], ...]:
    people: dict[str, int] = {}
    for mask, used in did.channels.items():
        if mask >> place & 1:
            for channel, n in used.items():
                people[channel] = people.get(channel, 0) + n
    return tuple(sorted(people.items(), key=lambda pair: (-pair[1], pair[0])))


def _gaps(
    journey_map: JourneyMap,
    persona: Protagonist,
    place: int,
    did: Behaviour,
    measured: tuple[Measured | None, Measured | None],
) -> tuple[Gap, ...]:
    """Return what the persona's customers do beside everybody else."""
    own, others = measured
    if own is None or others is None:
        return ()
    minimum = journey_map.minimum
    found = [*totals(own, others, minimum)]
    for one, other in zip(own.stages, others.stages, strict=True):
        left = (asked(s.passage.drop_off) for s in (one, other))
        found.append(shares("drop_off", one.id, *left, minimum=minimum))
        found.append(levels("duration", one.id, one.duration.median_s, other.duration.median_s))
    if persona.prefers:
        found.append(_preferred(persona, place, did, minimum))
    voices = (_felt(did.voices, place, mine) for mine in (True, False))
    found.append(levels("felt", None, *(level.at_least(minimum) for level in voices)))
    return tuple(found)


def _both(split: Mapping[int, tuple[int, int]], place: int) -> tuple[Count, Count]:
    """Return the counts of those one rule holds for, and of everybody else."""
    sums = [[0, 0], [0, 0]]
    for mask, (yes, no) in split.items():
        of = sums[0 if mask >> place & 1 else 1]
        of[0] += yes
        of[1] += yes + no
    return (sums[0][0], sums[0][1]), (sums[1][0], sums[1][1])


def _preferred(persona: Protagonist, place: int, did: Behaviour, minimum: int) -> Gap:
    """Return who uses a channel most that the map says they prefer."""
    split: dict[int, tuple[int, int]] = {}
    for mask, used in did.channels.items():
        dear = sum(n for channel, n in used.items() if channel in persona.prefers)
        split[mask] = (dear, sum(used.values()) - dear)
    return shares("preferred", None, *_both(split, place), minimum=minimum)


def _felt(voices: Mapping[int, Felt], place: int, own: bool) -> Estimate:
    """Return the mean level of a group's people, one voice each."""
    some: Sequence[Felt] = [v for mask, v in voices.items() if bool(mask >> place & 1) == own]
    n, total = sum(v.people for v in some), sum(v.total for v in some)
    if not n:
        return unknown()
    squares = sum(v.squares for v in some)
    variance = max(squares - total * total / n, 0.0) / (n - 1) if n > 1 else 0.0
    return mean(total / n, sqrt(variance), n)
