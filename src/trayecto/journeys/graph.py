"""The node graph: how often each node, how often each step between two, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.journeys.scope import Scope, Steps, chosen
from trayecto.lake.duck import Session


def graph(session: Session, scope: Scope) -> Graph:
    """Return the graph of nodes; gaps by interpolated quantiles, as numpy and pm4py do."""
    steps = chosen(session, scope)
    rows = session.ask(
        "edges of the graph",
        f"""select a.name, b.name, times, people, total_us, quantiles, ends, people_here
            from ({_stored(steps) if steps.ways else _counted(steps)}) e
            left join names a on a.code = e.before join names b on b.code = e.node
            order by times desc, a.name, b.name""",
    )
    edges = tuple(
        Edge(source, target, times, people, total / times / 1e6, middle / 1e6, high / 1e6)
        for source, target, times, people, total, (middle, high), *_ in (
            row for row in rows if row[0] is not None
        )
    )
    nodes = _nodes(rows)
    if not steps.marked:
        met = dict(
            session.ask(
                "people at each node",
                f"""select names.name, people from (
                      select node, {steps.people_here} as people from {steps.name} group by node) n
                    join names on names.code = n.node""",
            )
        )
        nodes = [replace(node, people=met[node.name]) for node in nodes]
    people, interactions = sum(n.starts for n in nodes), sum(n.interactions for n in nodes)
    return Graph(scope.per, people, interactions, tuple(nodes), edges)


def _counted(steps: Steps) -> str:
    """Give every way between two nodes, counted from the steps in scope."""
    return f"""
        select before, node, count(*) as times, {steps.people_way} as people,
               sum(gap_us) as total_us, quantile_cont(gap_us, [0.5, 0.9]) as quantiles,
               count(*) filter (final) as ends, {steps.people_here} as people_here
        from {steps.name} group by before, node"""


def _stored(steps: Steps) -> str:
    """Give the same from the stored sums; only the quantiles are left to ask the steps for."""
    return f"""
        select w.*, quantiles from ({steps.ways}) w left join (
          select before, node, quantile_cont(gap_us, [0.5, 0.9]) as quantiles
          from {steps.name} where before is not null group by before, node) q
        on q.before = w.before and q.node = w.node"""


def _nodes(rows: Sequence[tuple[Any, ...]]) -> list[Node]:
    """
    Add up the edges into each node; the edge from nowhere is the start.

    One scan tells both: who meets a node for the first time does so on one of the ways into it.
    """
    added: dict[str, list[int]] = {}
    for source, target, times, _, _, _, ends, people_here in rows:
        sums = added.setdefault(target, [0, 0, 0, 0])
        begins = times if source is None else 0
        for i, part in enumerate((times, people_here, begins, ends)):
            sums[i] += part
    nodes = [Node(name, *sums) for name, sums in added.items()]
    return sorted(nodes, key=lambda node: (-node.interactions, node.name))
