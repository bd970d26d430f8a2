"""Which part of a graph a picture shows, and when in a journey each node is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trayecto.journeys.answers import Edge, Graph, Node

ENOUGH = 0.95
"""The share of all steps after which drawing more lines adds ink and no insight."""
_WORTH_AN_ARROW = 0.02


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of a graph that is drawn, beside the whole."""

    graph: Graph
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def coverage(self) -> float | None:
        """The share of all steps that the drawn lines hold."""
        whole = sum(edge.count for edge in self.graph.edges)
        return sum(edge.count for edge in self.edges) / whole if whole else None

    @property
    def journeys(self) -> int:
        """How many journeys there are: each begins somewhere."""
        return sum(node.starts for node in self.graph.nodes)


def choose(graph: Graph, *, at_most_nodes: int, at_most_edges: int | None = None) -> Shown:
    """Return the commonest nodes, and the steps between them that tell most."""
    by_size = sorted(graph.nodes, key=lambda node: (-node.interactions, node.name))
    nodes = tuple(by_size[: max(at_most_nodes, 1)])
    kept = {node.name: node.interactions for node in nodes}
    edges = sorted(
        (edge for edge in graph.edges if edge.source in kept and edge.target in kept),
        key=lambda edge: (-edge.count, edge.source, edge.target),
    )
    tying = _tying(edges, kept)
    most = max(5 * len(nodes) // 2, len(tying)) if at_most_edges is None else at_most_edges
    whole = sum(edge.count for edge in graph.edges)
    chosen = {(edge.source, edge.target) for edge in tying[: max(most, 0)]}
    covered = sum(edge.count for edge in edges if (edge.source, edge.target) in chosen)
    for edge in edges:
        if len(chosen) >= most or covered >= ENOUGH * whole:
            break
        if (edge.source, edge.target) not in chosen:
            chosen.add((edge.source, edge.target))
            covered += edge.count
    return Shown(graph, nodes, tuple(e for e in edges if (e.source, e.target) in chosen))


def _tying(edges: Sequence[Edge], interactions: Mapping[str, int]) -> list[Edge]:
    """
    Return the commonest step into each node and out of it; *edges* are the commonest first.

    A step that hardly anyone takes ties only a node that nothing else does: where nearly all
    journeys end, an arrow onward would tell a lie.
    """
    into: set[str] = set()
    out: set[str] = set()
    tying: list[Edge] = []
    steps = [edge for edge in edges if edge.source != edge.target]
    for least in (_WORTH_AN_ARROW, 0.0):
        for edge in steps:
            source, target = edge.source, edge.target
            if least:
                leaves = source not in out and edge.count >= least * interactions[source]
                arrives = target not in into and edge.count >= least * interactions[target]
            else:
                leaves, arrives = source not in out | into, target not in out | into
            if leaves or arrives:
                tying.append(edge)
                out.add(source)
                into.add(target)
    return sorted(tying, key=lambda edge: (-edge.count, edge.source, edge.target))


def moments(graph: Graph) -> dict[str, float]:
    """
    Return after how many steps customers typically meet each node.

    Follows the shares of starts along the shares of steps (a Markov chain), cut where almost
    nobody is left; a node that no start leads to counts as late as the average.
    """
    visits = {node.name: float(node.interactions) or 1.0 for node in graph.nodes}
    begun = sum(node.starts for node in graph.nodes)
    now = {n.name: (n.starts if begun else 1.0) / (begun or len(visits)) for n in graph.nodes}
    steps = [
        (e.source, e.target, e.count / visits[e.source])
        for e in sorted(graph.edges, key=lambda e: (e.source, e.target))
        if e.source in visits and e.target in visits and e.source != e.target
    ]
    mass = dict.fromkeys(visits, 0.0)
    when = dict.fromkeys(visits, 0.0)
    for moment in range(60):
        for name, here in now.items():
            mass[name] += here
            when[name] += moment * here
        if sum(now.values()) < 1e-4:
            break
        following = dict.fromkeys(visits, 0.0)
        for source, target, share in steps:
            following[target] += now[source] * min(share, 1.0)
        now = following
    known = {name: when[name] / mass[name] for name in visits if mass[name] > 0}
    late = sum(known.values()) / len(known) if known else 0.0
    return {name: round(known.get(name, late), 6) for name in sorted(visits)}
