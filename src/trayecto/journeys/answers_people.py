"""What questions on people give back: retention, exits, influence, comparisons, who they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Cohort:
    """
    Those whose first step fell in one period, and how many were active so many periods later.

    *active[0]* is the period itself, so everybody. A period that has not begun by the horizon has
    no figure; the one the horizon lies in is still running, and its figure may grow.
    """

    begins: date
    people: int
    active: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retained:
    """Over all cohorts old enough: the share active so many periods later, with its interval."""

    age: int
    share: float | None
    low: float | None
    high: float | None
    people: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Cohorts by their first step; *running* is the period that the horizon lies in."""

    per: str
    every: str
    running: date | None
    cohorts: tuple[Cohort, ...]
    overall: tuple[Retained, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values, days as ISO dates."""
        plain = asdict(self)
        plain["running"] = self.running.isoformat() if self.running else None
        for cohort in plain["cohorts"]:
            cohort["begins"] = cohort["begins"].isoformat()
        return plain

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a cohort and age."""
        rows: list[Row] = [
            [cohort.begins.isoformat(), cohort.people, age, active, active / cohort.people]
            for cohort in self.cohorts
            for age, active in enumerate(cohort.active)
        ]
        return ["cohort", "people", "age", "active", "share"], rows


@dataclass(frozen=True, slots=True)
class ExitNode:
    """
    A node as the last one: of the *people* who met it, how many left from here.

    *share* counts only those of whom it can be said: not those *open*, whose last step is here
    but more recent than the silence. *median_s* is how long they had been with us, *median_steps*
    how many steps.
    """

    name: str
    people: int
    left: int
    open: int
    share: float | None
    low: float | None
    high: float | None
    median_s: float | None
    median_steps: float | None


@dataclass(frozen=True, slots=True)
class Exits:
    """Where and when people leave: no step for longer than *silence_s* before the horizon."""

    per: str
    silence_s: float
    people: int
    left: int
    open: int
    nodes: tuple[ExitNode, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a node."""
        fields = list(ExitNode.__dataclass_fields__)
        return fields, [[getattr(node, f) for f in fields] for node in self.nodes]


@dataclass(frozen=True, slots=True)
class Credit:
    """What part of the conversions each way of counting gives to a node."""

    name: str
    first: float
    last: float
    linear: float
    position: float
    decay: float
    removal_effect: float
    markov: float
    shapley: float


@dataclass(frozen=True, slots=True)
class Influence:
    """
    Which nodes lead to a *goal*: the same conversions shared out in seven ways.

    *direct* conversions had no step before; no way of counting shares them out.
    """

    per: str
    goal: str
    journeys: int
    conversions: int
    direct: int
    credits: tuple[Credit, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a node."""
        fields = list(Credit.__dataclass_fields__)
        return fields, [[getattr(credit, f) for f in fields] for credit in self.credits]


@dataclass(frozen=True, slots=True)
class Difference:
    """
    The share of people that did something, in one segment and in the other.

    *low* and *high* are the 95 % interval of *difference* (the second less the first); *p* is
    corrected for how many things were compared, and *differs* tells whether it is below 0.05.
    """

    kind: str
    name: str
    first: float | None
    second: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two segments do differently; *both* are in one and the other, and should be few."""

    per: str
    first: str
    second: str
    first_people: int
    second_people: int
    both: int
    correction: str
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a difference."""
        fields = list(Difference.__dataclass_fields__)
        return fields, [[getattr(one, f) for f in fields] for one in self.differences]


@dataclass(frozen=True, slots=True)
class Member:
    """One person or case: how often there, since when and until when; names when asked for."""

    subject: int
    times: int
    first_at: datetime
    last_at: datetime
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """Who was at a node, or went from one to the next. *people* counts all, also not listed."""

    per: str
    node: str
    then: str | None
    people: int
    listed: tuple[Member, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values; a number of 64 bits is told as text."""
        plain = asdict(self)
        for member in plain["listed"]:
            member["subject"] = str(member["subject"])
            for end in ("first_at", "last_at"):
                member[end] = member[end].isoformat()
        return plain

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a person or case."""
        rows: list[Row] = [
            [str(m.subject), m.times, m.first_at.isoformat(), m.last_at.isoformat(),
             " ".join(m.names)] for m in self.listed
        ]  # fmt: skip
        return ["subject", "times", "first_at", "last_at", "names"], rows


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a timeline."""

    at: datetime
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps of one person or case, in order."""

    subject: int
    steps: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Timelines:
    """Single journeys, step by step."""

    per: str
    journeys: tuple[Timeline, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "per": self.per,
            "journeys": [
                {
                    "subject": str(one.subject),
                    "steps": [
                        {"at": m.at.isoformat(), "name": m.name, "channel": m.channel}
                        for m in one.steps
                    ],
                }
                for one in self.journeys
            ],
        }

    def as_rows(self) -> tuple[Row, list[Row]]:
        """Return a row a step."""
        rows: list[Row] = [
            [str(one.subject), m.at.isoformat(), m.name, m.channel]
            for one in self.journeys
            for m in one.steps
        ]
        return ["subject", "at", "node", "channel"], rows
