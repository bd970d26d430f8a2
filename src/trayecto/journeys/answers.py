"""What the questions on ordered steps give back. Pure values, each with its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One touchpoint as customers met it: how often, by how many, how many began and ended here."""

    name: str
    interactions: int
    people: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One step from a node to the next: how often, by how many, and the time between (seconds)."""

    source: str
    target: str
    count: int
    people: int
    mean_s: float
    median_s: float
    p90_s: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The node graph. Nodes by interactions, edges by count, both falling; ties by name."""

    per: str
    people: int
    interactions: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the graph as plain JSON values; of each node also its share, and its loops."""
        loops = {edge.source: edge.count for edge in self.edges if edge.source == edge.target}
        nodes = [
            {**asdict(node), "share": self.share(node), "loops": loops.get(node.name, 0)}
            for node in self.nodes
        ]
        return {**asdict(self), "nodes": nodes}

    def share(self, node: Node) -> float | None:
        """Return the part of all people (or cases) that met a node."""
        return node.people / self.people if self.people else None

    def as_rows(self) -> tuple[list[Any], list[list[Any]]]:
        """Return a heading and a row an edge."""
        fields = list(Edge.__dataclass_fields__)
        return fields, [[getattr(edge, f) for f in fields] for edge in self.edges]


@dataclass(frozen=True, slots=True)
class Variant:
    """One whole path and how many journeys took it; *alike* distinct ones when near are joined."""

    path: tuple[str, ...]
    count: int
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Variants:
    """The whole paths, the commonest first. *total* counts all, also those not listed."""

    per: str
    journeys: int
    total: int
    listed: tuple[Variant, ...]

    def as_json(self) -> dict[str, Any]:
        """Return `{"journeys", "distinct", "variants": [{"path": […], "count"}]}`."""
        return {
            "per": self.per,
            "journeys": self.journeys,
            "distinct": self.total,
            "variants": [{"path": list(v.path), "count": v.count} for v in self.listed],
        }

    def as_rows(self) -> tuple[list[Any], list[list[Any]]]:
        """Return a heading and a row a path, with its share and the share so far."""
        rows: list[list[Any]] = []
        so_far = 0
        for variant in self.listed:
            so_far += variant.count
            shares = [variant.count / self.journeys, so_far / self.journeys]
            rows.append([" > ".join(variant.path), variant.count, *shares])
        return ["path", "count", "share", "cumulated"], rows
