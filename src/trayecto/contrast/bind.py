"""Bind a map's touchpoints to the nodes customers really meet, by the touchpoints' rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from trayecto.journeys.walked import Node
from trayecto.maps.document import JourneyMap, NodeRule


@dataclass(frozen=True, slots=True)
class Binding:
    """Which place on the map each node has; places are numbered left to right."""

    places: dict[Node, int]
    stages: dict[int, int]
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...]
    """Nodes that several touchpoints claim; the first on the map has them."""


def bind(journey_map: JourneyMap, nodes: Iterable[Node]) -> Binding:
    """Return the binding of *nodes*; those out of the map's sources are left alone."""
    touchpoints = list(journey_map.touchpoints())
    stage_ids = [stage.id for stage in journey_map.stages]
    sources = set(journey_map.journeys.sources)
    places: dict[Node, int] = {}
    ambiguous: list[tuple[str, tuple[str, ...]]] = []
    for node in nodes:
        if sources and node[2] not in sources:
            continue
        claims = [
            place
            for place, touchpoint in enumerate(touchpoints)
            if any(_matches(rule, node) for rule in touchpoint.nodes)
        ]
        if claims:
            places[node] = claims[0]
        if len(claims) > 1:
            ambiguous.append((" · ".join(node), tuple(touchpoints[p].id for p in claims)))
    stages = {
        place: stage_ids.index(touchpoint.stage) for place, touchpoint in enumerate(touchpoints)
    }
    return Binding(places, stages, tuple(ambiguous))


def _matches(rule: NodeRule, node: Node) -> bool:
    return all(
        _any(patterns, word)
        for patterns, word in zip((rule.touchpoint, rule.channel, rule.source), node, strict=True)
    )


def _any(patterns: Sequence[str], word: str) -> bool:
    return not patterns or any(fnmatchcase(word, pattern) for pattern in patterns)
