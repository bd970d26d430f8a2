"""The node graph: how often each touchpoint, how often each step between two, and how long."""

from __future__ import annotations

from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.journeys.scope import Scope, scoped
from trayecto.lake.duck import Session


def graph(session: Session, scope: Scope) -> Graph:
    """Return the graph of touchpoints; gaps by interpolated quantiles, as numpy and pm4py do."""
    steps = scoped(session, scope)
    nodes = session.ask(
        "nodes of the graph",
        f"""with names as (select distinct touchpoint_code as code, touchpoint as name from nodes)
            select names.name, count(*), count(distinct subject),
                   count(*) filter (position = 1), count(*) filter (final)
            from {steps} s join names on names.code = s.touchpoint
            group by names.name order by count(*) desc, names.name""",
    )
    edges = session.ask(
        "edges of the graph",
        f"""with names as (select distinct touchpoint_code as code, touchpoint as name from nodes)
            select a.name, b.name, e.* exclude (previous, touchpoint) from (
              select previous, touchpoint, count(*) as times, count(distinct subject) as people,
                     avg(gap_us) / 1e6 as mean_s, median(gap_us) / 1e6 as median_s,
                     quantile_cont(gap_us, 0.9) / 1e6 as p90_s
              from {steps} where position > 1 group by previous, touchpoint) e
            join names a on a.code = e.previous join names b on b.code = e.touchpoint
            order by times desc, a.name, b.name""",
    )
    people, interactions = session.one(
        "size of the graph", f"select count(distinct subject), count(*) from {steps}"
    )
    return Graph(
        scope.per,
        people,
        interactions,
        tuple(Node(*row) for row in nodes),
        tuple(Edge(*row) for row in edges),
    )
