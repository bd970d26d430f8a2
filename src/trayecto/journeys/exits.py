"""Exits: at which node, and after how long, people leave; who may still come back is open."""

from __future__ import annotations

from datetime import timedelta

from trayecto.journeys.answers_people import ExitNode, Exits
from trayecto.journeys.scope import Scope, chosen, horizon
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.estimate import share
from trayecto.vocabulary.text import Text

A_MONTH = timedelta(days=30)


def exits(session: Session, scope: Scope, *, silence: timedelta = A_MONTH) -> Exits:
    """Return where people left: their last step lies *silence* or longer before the horizon."""
    if silence <= timedelta():
        raise TrayectoError(
            Problem(
                Text(en="The silence must be longer than zero.",
                     es="El silencio debe durar más que cero."),
                Text(en="Write it as 30d or 12h.", es="Escríbelo como 30d o 12h."),
            )
        )  # fmt: skip
    steps = chosen(session, scope)
    us = int(silence / timedelta(microseconds=1))
    gone = f"epoch_us(occurred_at) + {us} <= {horizon(session, scope)}"
    session.run(
        "last steps",
        f"""create or replace temp table last_steps as
            select subject, node, position as steps, epoch_us(occurred_at) as t, {gone} as gone
            from {steps.name} where final""",
    )
    lived = (
        f"select subject, epoch_us(first_at) as began from ({steps.paths})"
        if steps.paths
        else f"select subject, epoch_us(occurred_at) as began from {steps.name} where position = 1"
    )
    people = "sum(people_here)::bigint" if steps.ways else steps.people_here
    ways = f"({steps.ways})" if steps.ways else steps.name
    rows = session.ask(
        "exits",
        f"""with met as (
              select node, {people} as people from {ways} group by node),
            last as (
              select node, count(*) filter (gone) as gone, count(*) filter (not gone) as still,
                     median(t - began) filter (gone) / 1e6 as lived_s,
                     median(steps) filter (gone) as steps
              from last_steps join ({lived}) using (subject) group by node)
            select names.name, people, coalesce(gone, 0), coalesce(still, 0), lived_s, steps
            from met left join last using (node) join names on names.code = met.node
            order by 3 desc, 2 desc, 1""",
    )
    nodes = []
    for name, people, left, open_, lived_s, length in rows:
        told = share(left, people - open_)
        nodes.append(
            ExitNode(name, people, left, open_, told.value, told.low, told.high, lived_s, length)
        )
    left, open_ = sum(node.left for node in nodes), sum(node.open for node in nodes)
    return Exits(scope.per, silence.total_seconds(), left + open_, left, open_, tuple(nodes))
