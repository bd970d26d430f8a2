"""Whole paths: what most people do, from their first step to their last."""

from __future__ import annotations

from trayecto.journeys.answers import Variant, Variants
from trayecto.journeys.scope import Scope, scoped
from trayecto.lake.duck import Session


def variants(session: Session, scope: Scope, *, at_most: int | None = None) -> Variants:
    """Return the whole paths, the commonest first; ties in the order of the path's names."""
    steps = scoped(session, scope)
    session.run(
        "whole paths",
        f"""create or replace temp table whole_paths as
            select path, count(*) as times from (
              select subject, list(touchpoint order by position) as path
              from {steps} group by subject)
            group by path""",
    )
    names = dict(session.ask("names", "select distinct touchpoint_code, touchpoint from nodes"))
    journeys, total = session.one(
        "count of paths", "select coalesce(sum(times), 0)::bigint, count(*) from whole_paths"
    )
    limit = f"limit {at_most}" if at_most is not None else ""
    rows = session.ask(
        "commonest paths", f"select path, times from whole_paths order by times desc, path {limit}"
    )
    listed = [Variant(tuple(names[code] for code in path), times) for path, times in rows]
    listed.sort(key=lambda variant: (-variant.count, variant.path))
    return Variants(scope.per, journeys, total, tuple(listed))
