"""How many customers each of some rules holds for, and how the rules overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trayecto.journeys.customers import Known
from trayecto.lake.duck import Session
from trayecto.vocabulary.rule import Rule

Masks = Mapping[int, int]
"""How many for each set of rules: bit *i* of the mask says that rule *i* holds."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Customers by the set of rules that hold for them: one + several + none = everybody."""

    masks: Masks
    rules: int

    @property
    def everybody(self) -> int:
        """Return how many there are."""
        return sum(self.masks.values())

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return how many each rule holds for."""
        return tuple(holding(self.masks, place) for place in range(self.rules))

    @property
    def none(self) -> int:
        """Return for how many no rule holds."""
        return self.masks.get(0, 0)

    @property
    def one(self) -> int:
        """Return for how many exactly one holds."""
        return sum(n for mask, n in self.masks.items() if mask.bit_count() == 1)

    @property
    def several(self) -> int:
        """Return for how many more than one holds."""
        return sum(n for mask, n in self.masks.items() if mask.bit_count() > 1)

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Give each two rules with how many both hold for."""
        for first in range(self.rules):
            for second in range(first + 1, self.rules):
                both = 1 << first | 1 << second
                yield first, second, sum(n for m, n in self.masks.items() if m & both == both)


def holding(masks: Masks, place: int) -> int:
    """Return how many one rule holds for."""
    return sum(n for mask, n in masks.items() if mask >> place & 1)


def mark(session: Session, known: Known, rules: Sequence[Rule], *, called: str) -> None:
    """
    Make the table *called*: each subject with its mask, the set of rules that hold for it.

    A rule that names a property nobody has holds for nobody.
    """
    bits = [
        f"(case when {known.where(rule)} then {1 << place} else 0 end)"
        for place, rule in enumerate(rules)
        if not {test.property for test in rule} & set(known.missing)
    ]
    session.run(
        "which rules hold for whom",
        f"create or replace temp table {called} as "
        f"select subject, cast({' + '.join(bits) or '0'} as bigint) as mask from {known.table}",
    )


def count(session: Session, rules: int, *, of: str) -> Groups:
    """Return how many of the subjects *of* (a table or query) each set of rules holds for."""
    rows = session.ask("sets of rules", f"select mask, count(*) from {of} group by mask")
    return Groups(dict(rows), rules)
