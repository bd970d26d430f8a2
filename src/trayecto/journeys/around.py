"""What happens before and after a node, step by step: a flow and a step table."""

from __future__ import annotations

from trayecto.journeys.answers_ways import Around, Flow, Stop
from trayecto.journeys.places import Place, find
from trayecto.journeys.scope import Scope, Steps, chosen
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text, WayOut

DEEPEST = 50


def around(
    session: Session, scope: Scope, node: str | None = None, *, before: int = 0, after: int = 5
) -> Around:
    """Return the steps *before* and *after* each one's first time at *node*, or from the start."""
    _check(node, before, after)
    steps = chosen(session, scope)
    rows = (
        _from_start(steps, after)
        if node is None
        else _near(session, steps, find(session, node, by=scope.by), before, after)
    )
    session.run("steps around", f"create or replace temp table around as {rows}")
    stops = session.ask(
        "step table",
        """select at_offset, names.name, times from (
             select at_offset, node, sum(times)::bigint as times from around group by all) a
           join names on names.code = a.node order by at_offset, times desc, names.name""",
    )
    first = -before if node is not None else 1
    flows = session.ask(
        "flow",
        f"""select at_offset - 1, a.name, b.name, times
            from around join names a on a.code = before join names b on b.code = node
            where at_offset > {first} order by at_offset, times desc, a.name, b.name""",
    )
    anchored = 0 if node is not None else 1
    journeys = sum(count for offset, _, count in stops if offset == anchored)
    return Around(
        scope.per,
        node,
        journeys,
        tuple(Stop(*row) for row in stops),
        tuple(Flow(*r) for r in flows),
    )


def _from_start(steps: Steps, after: int) -> str:
    # Positions count from the start already: a scan and a group.
    return (
        "select position as at_offset, before, node, count(*) as times "
        f"from {steps.name} where position <= {after + 1} group by all"
    )


def _near(session: Session, steps: Steps, place: Place, before: int, after: int) -> str:
    session.run(
        "first time there",
        f"create or replace temp table anchors as select subject, min(position) as position "
        f"from {steps.name} where {place.condition} group by subject",
    )
    return f"""
        select cast(s.position - a.position as integer) as at_offset, s.before, s.node,
               count(*) as times
        from {steps.name} s join anchors a on a.subject = s.subject
        where s.position - a.position between {-before} and {after} group by all"""


def _check(node: str | None, before: int, after: int) -> None:
    if not (0 <= before <= DEEPEST and 0 <= after <= DEEPEST and before + after > 0):
        raise TrayectoError(
            Problem(
                Text(
                    en=f"Look from 1 to {DEEPEST} steps away.",
                    es=f"Mira de 1 a {DEEPEST} pasos de distancia.",
                ),
                WayOut(
                    en="Give --before or --after.",
                    es="Indica --before o --after.",
                    page=Text(
                        en="Ask for one step or more before or after.",
                        es="Pide al menos un paso antes o después.",
                    ),
                ),
            )
        )
    if node is None and before:
        raise TrayectoError(
            Problem(
                Text(
                    en="Nothing lies before the first step.",
                    es="Antes del primer paso no hay nada.",
                ),
                Text(
                    en="Name a node to look before it.", es="Nombra un nodo para mirar antes de él."
                ),
            )
        )
