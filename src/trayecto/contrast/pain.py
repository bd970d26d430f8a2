"""What a pain of a map is: its three factors, its rank, and what closing it would be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trayecto.vocabulary.estimate import Estimate

PainKind = Literal["emotion", "wait", "drop_off", "repeats", "detour"]


@dataclass(frozen=True, slots=True)
class Pain:
    """
    One pain: its three factors, its rank and how far that could move, and what closing it is worth.

    *where* is the id of the touchpoint or stage; *node* what nobody drew, of a detour. *actual* and
    *expected* are what severity is made of. *more* is how many more would be kept in the period
    measured if those hit were kept as the others are and all else stayed equal; *money* is what
    those are worth. *rank* is None where importance is unknown.
    """

    kind: PainKind
    where: str | None
    node: str
    people: int
    reach: Estimate
    severity: Estimate
    importance: Estimate
    hit: Estimate
    """The share of those who come here that it hits."""
    actual: float
    expected: float
    score: Estimate
    rank: int | None
    best: int | None
    worst: int | None
    more: Estimate
    money: Estimate
    currency: str
