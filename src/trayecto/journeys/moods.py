"""How people felt at each node, by what they said: one person, one voice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from trayecto.journeys.scope import Scope, chosen
from trayecto.lake.duck import Session
from trayecto.vocabulary.estimate import Estimate, mean

ENOUGH = 30
"""Fewer people than this and a level is unknown, unless another minimum is asked for."""


@dataclass(frozen=True, slots=True)
class Mood:
    """
    How people felt at one node: the mean over people of what they said, in [-1, 1].

    *scored* of them gave a score here and speak by its mean; *told* only wrote, and speak by what
    was read from their words.
    """

    name: str
    level: Estimate
    scored: int
    told: int


@dataclass(frozen=True, slots=True)
class Moods:
    """How people felt at each node where anybody said so, the most heard first."""

    per: str
    minimum: int
    nodes: tuple[Mood, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[list[Any], list[list[Any]]]:
        """Return a row a node."""
        heading = ["name", "level", "low", "high", "people", "scored", "told"]
        return list(heading), [
            [n.name, n.level.value, n.level.low, n.level.high, n.level.n, n.scored, n.told]
            for n in self.nodes
        ]


def moods(session: Session, scope: Scope, *, at_least: int = ENOUGH) -> Moods:
    """Return how people felt at each node; below *at_least* people it is unknown."""
    steps = chosen(session, scope)
    rows = session.ask(
        "how people felt at each node",
        f"""with said as (
              select s.node, s.subject, f.kind, avg(f.level) as level
              from {steps.name} s join feelings f on f.interaction = s.interaction group by all),
            voice as (
              select node, subject, bool_or(kind = 'score') as scored,
                coalesce(max(level) filter (kind = 'score'),
                         max(level) filter (kind = 'text')) as level
              from said group by all)
            select names.name, avg(level), coalesce(stddev_samp(level), 0), count(*),
              count(*) filter (scored), count(*) filter (not scored)
            from voice join names on names.code = voice.node
            group by names.name order by 4 desc, 1""",
    )
    return Moods(
        scope.per,
        at_least,
        tuple(
            Mood(name, mean(level, spread, people).at_least(at_least), scored, told)
            for name, level, spread, people, scored, told in rows
        ),
    )
