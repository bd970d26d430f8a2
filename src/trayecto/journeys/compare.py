"""What two segments do differently, with intervals, and corrected for how much was compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import erfc, sqrt
from typing import Literal

from trayecto.journeys.answers_people import Comparison, Difference
from trayecto.journeys.scope import Scope, chosen
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.estimate import share
from trayecto.vocabulary.text import Text

Correction = Literal["holm", "benjamini-hochberg"]
Counts = Mapping[tuple[str, str], int]


def compare(
    session: Session,
    first: Scope,
    second: Scope,
    *,
    names: tuple[str, str] = ("A", "B"),
    correction: Correction = "holm",
) -> Comparison:
    """Return the nodes met and the steps taken, by share of people, in *first* and in *second*."""
    stop_if_any(_incomparable(first, second))
    one, people_one = _counted(session, first, "one")
    other, people_other = _counted(session, second, "other")
    (both,) = session.one("people in both", "select count(*) from (from one intersect from other)")
    found = differences(one, other, sizes=(people_one, people_other), correction=correction)
    return Comparison(first.per, *names, people_one, people_other, both, correction, tuple(found))


def _incomparable(first: Scope, second: Scope) -> Iterator[Problem]:
    """Give why the two cannot be compared: orders are no tickets, and cases no people."""
    if (first.per, first.case) != (second.per, second.case):
        yield Problem(
            Text(
                en="The two segments are not told by the same case.",
                es="Los dos segmentos no se cuentan por el mismo caso.",
            ),
            Text(
                en="Ask for both by person, or for both by the same case.",
                es="Pregunta por ambos por persona, o por ambos por el mismo caso.",
            ),
        )


def _counted(session: Session, scope: Scope, called: str) -> tuple[Counts, int]:
    """Return how many people met each node and took each step."""
    steps = chosen(session, scope, called=f"segment_{called}")
    session.run(
        "people of a segment",
        f"create or replace temp table {called} as "
        f"select subject from {steps.name} where position = 1",
    )
    (people,) = session.one("how many", f"select count(*) from {called}")
    nodes = session.ask(
        "people at nodes",
        f"""select 'node', names.name, people from (
              select node, {steps.people_here} as people from {steps.name} group by node) n
            join names on names.code = n.node""",
    )
    ways = session.ask(
        "people on ways",
        f"""select 'step', a.name || ' → ' || b.name, people from (
              select before, node, {steps.people_way} as people from {steps.name}
              where before is not null group by all) w
            join names a on a.code = w.before join names b on b.code = w.node""",
    )
    return {(kind, name): count for kind, name, count in (*nodes, *ways)}, people


def differences(
    one: Counts, other: Counts, *, sizes: tuple[int, int], correction: Correction
) -> list[Difference]:
    """Return every difference, the surest first."""
    n, m = sizes
    things = sorted(one.keys() | other.keys())
    tests = [_test(one.get(thing, 0), n, other.get(thing, 0), m) for thing in things]
    corrected = adjusted([test.p for test in tests], correction)
    found = [
        replace(test, kind=kind, name=name, p=p, differs=p is not None and p < 0.05)
        for (kind, name), test, p in zip(things, tests, corrected, strict=True)
    ]
    return sorted(
        found, key=lambda d: (d.p is None, d.p or 0, -abs(d.difference or 0), d.kind, d.name)
    )


def _test(a: int, n: int, b: int, m: int) -> Difference:
    """
    Return both shares, their difference with its interval, and the p of the pooled z test.

    The interval is Newcombe's (1998, method 10): Wilson's of each share, put together.
    """
    p, q = share(a, n), share(b, m)
    if p.value is None or q.value is None:
        return Difference("", "", p.value, q.value, None, None, None, None, differs=False)
    difference = q.value - p.value
    below = sqrt((q.value - (q.low or 0)) ** 2 + ((p.high or 0) - p.value) ** 2)
    above = sqrt(((q.high or 0) - q.value) ** 2 + (p.value - (p.low or 0)) ** 2)
    pooled = (a + b) / (n + m)
    deviation = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    chance = erfc(abs(difference) / deviation / sqrt(2)) if deviation else 1.0
    return Difference(
        "", "", p.value, q.value, difference, difference - below, difference + above, chance,
        differs=False,
    )  # fmt: skip


def adjusted(chances: Sequence[float | None], correction: Correction) -> list[float | None]:
    """
    Return the p values corrected: by Holm (any false finding), or Benjamini and Hochberg (share).

    >>> [round(p or 0, 3) for p in adjusted([0.01, 0.04, 0.03], "holm")]
    [0.03, 0.06, 0.06]
    >>> [round(p or 0, 3) for p in adjusted([0.01, 0.04, 0.03], "benjamini-hochberg")]
    [0.03, 0.04, 0.04]
    """
    known = sorted((p, i) for i, p in enumerate(chances) if p is not None)
    m = len(known)
    corrected: list[float | None] = [None] * len(chances)
    if correction == "holm":
        largest = 0.0
        for rank, (p, i) in enumerate(known):
            largest = max(largest, min((m - rank) * p, 1.0))
            corrected[i] = largest
    else:
        least = 1.0
        for rank, (p, i) in reversed(list(enumerate(known, 1))):
            least = min(least, m * p / rank)
            corrected[i] = least
    return corrected
