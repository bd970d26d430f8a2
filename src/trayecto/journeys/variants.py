"""Whole paths: what most people do, from their first step to their last."""

from __future__ import annotations

from trayecto.journeys.answers import Variant, Variants
from trayecto.journeys.near import grouped
from trayecto.journeys.scope import Scope, chosen
from trayecto.lake.duck import Session

_GROUPED_AT_MOST = 2_000


def variants(
    session: Session, scope: Scope, *, at_most: int | None = None, near: int | None = None
) -> Variants:
    """
    Return the whole paths, the commonest first; ties in the order of the path's names.

    With *near*, a path at most so many steps (added, left out or changed) from a commoner one
    counts with it; repeats in a row count as one step. Only the 2,000 commonest are so joined.
    """
    steps = chosen(session, scope)
    each = steps.paths or (
        f"select list(node order by position) as path from {steps.name} group by subject"
    )
    session.run(
        "whole paths",
        f"create or replace temp table whole_paths as "
        f"select path, count(*) as times from ({each}) group by path",
    )
    names = dict(session.ask("names", "select code, name from names"))
    journeys, total = session.one(
        "count of paths", "select coalesce(sum(times), 0)::bigint, count(*) from whole_paths"
    )
    most = _GROUPED_AT_MOST if near is not None else at_most
    limit = f"limit {most}" if most is not None else ""
    rows = session.ask(
        "commonest paths", f"select path, times from whole_paths order by times desc, path {limit}"
    )
    listed = [Variant(tuple(names[code] for code in path), times) for path, times in rows]
    listed.sort(key=lambda variant: (-variant.count, variant.path))
    if near is not None:
        listed = grouped(listed, near=near)[:at_most]
    return Variants(scope.per, journeys, total, tuple(listed))
