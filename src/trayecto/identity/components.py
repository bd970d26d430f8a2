"""Which identifiers belong together: disjoint sets that obey limits and operators' judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trayecto.identity.identifiers import KINDS

Key = tuple[str, str]
"""An identifier: (kind, normalised value)."""

LIMITS = {"user_id": 1, "email": 5, "phone": 5, "external": 5}
IDS_PER_PERSON = 1_000

# How many of each kind a component holds, packed into one integer: adding two counts is one sum,
# and a bit over a limit shows once what is left of every limit is added.
_BITS = 20
_ONE = tuple(1 << (_BITS * place) for place in range(len(KINDS) + 1))
_TOTAL = len(KINDS)
_LIMITS = (*(LIMITS.get(kind, IDS_PER_PERSON) for kind in KINDS), IDS_PER_PERSON)
_HALF = 1 << (_BITS - 1)
_ROOM = sum((_HALF - 1 - limit) * one for limit, one in zip(_LIMITS, _ONE, strict=True))
_OVER = sum(_HALF * one for one in _ONE)


Numbers = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an operator said of two identifiers; *forced* puts it above the limits."""

    verdict: Literal["same", "different", "unsure"]
    left: Key
    right: Key
    made_at: datetime
    forced: bool = False


def hang_together(sets: Numbers, *, pairs: Numbers, of: int) -> Numbers:
    """
    Return for each of *of* identifiers the least it hangs together with, were there no limits.

    *sets* has one row a set, −1 where it holds nothing of a kind; *pairs* are two and two.
    """
    strongest = sets[np.arange(len(sets)), (sets >= 0).argmax(axis=1)]
    left, right = [pairs[:, 0]], [pairs[:, 1]]
    for column in sets.T:
        here = (column >= 0) & (column != strongest)
        left.append(strongest[here])
        right.append(column[here])
    ones, others = np.concatenate(left), np.concatenate(right)
    least = np.arange(of, dtype=np.int32)
    while True:
        low, high = least[ones], least[others]
        apart = low != high
        if not apart.any():
            return least
        ones, others, low, high = ones[apart], others[apart], low[apart], high[apart]
        np.minimum.at(least, np.maximum(low, high), np.minimum(low, high))
        while ((further := least[least]) != least).any():
            least = further


def beyond_limits(least: Numbers, kinds: Numbers) -> NDArray[np.bool_]:
    """Tell of each identifier whether what hangs together with it is more than one person has."""
    over = np.bincount(least, minlength=len(least)) > IDS_PER_PERSON
    for place, limit in enumerate(_LIMITS[:_TOTAL]):
        over |= np.bincount(least[kinds == place], minlength=len(least)) > limit
    return over[least]


class Components:
    """
    Disjoint sets of identifiers, each a number from 0.

    *kinds* gives the place in `KINDS` of each. The least number of a set stands for it.
    """

    def __init__(self, kinds: Iterable[int]) -> None:
        single = [one + _ONE[_TOTAL] for one in _ONE]
        self._count = [single[kind] for kind in kinds]
        self._parent = list(range(len(self._count)))
        self._sides: dict[int, set[tuple[int, int]]] = {}
        """By root: on which side of which *different* judgement it stands."""

    def say(self, judgements: Iterable[Judgement], numbers: Mapping[Key, int]) -> None:
        """Heed what operators said before any evidence: who is different, and forced unions."""
        for number, judgement in enumerate(newest(judgements)):
            left, right = numbers[judgement.left], numbers[judgement.right]
            if judgement.verdict == "different":
                for side, key in enumerate((left, right)):
                    self._sides.setdefault(self.find(key), set()).add((number, side))
            elif judgement.verdict == "same" and judgement.forced:
                self._force(left, right)

    def join(self, keys: Sequence[int]) -> int:
        """
        Make one person of *keys* (strongest first); return how many of them it took.

        Where a limit would break or two were judged different, the weakest is dropped first.
        """
        # Called once for each of perhaps a million sets: hence the loop within, and no calls.
        parent, roots = self._parent, set()
        for key in keys:
            while parent[key] != key:
                parent[key] = key = parent[parent[key]]
            roots.add(key)
        if len(roots) == 1:
            return len(keys)
        if len(roots) == 2 and not self._sides:
            # Nearly every set that joins anybody joins two.
            count, (low, high) = self._count, roots
            if low > high:
                low, high = high, low
            both = count[low] + count[high]
            if not (both + _ROOM) & _OVER:
                parent[high], count[low] = low, both
                return len(keys)
        taken = len(keys)
        while not self._fit(roots):
            taken -= 1
            roots = {self.find(key) for key in keys[:taken]}
        self._unite(roots)
        return taken

    def find(self, key: int) -> int:
        """Return the least identifier of the person who holds *key*."""
        parent = self._parent
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    def roots(self) -> Iterator[int]:
        """Give what stands for each identifier, in order."""
        return map(self.find, range(len(self._parent)))

    def _fit(self, roots: set[int]) -> bool:
        if len(roots) == 1:
            return True
        count, total = self._count, _ROOM
        for root in roots:
            total += count[root]
        return not total & _OVER and not (self._sides and self._opposed(roots))

    def _opposed(self, roots: set[int]) -> bool:
        sides: set[tuple[int, int]] = set()
        for root in roots:
            sides |= self._sides.get(root, set())
        return any((number, 1 - side) in sides for number, side in sides)

    def _unite(self, roots: set[int]) -> int:
        joined = min(roots)
        for gone in roots - {joined}:
            self._parent[gone] = joined
            self._count[joined] += self._count[gone]
            if gone in self._sides:
                self._sides.setdefault(joined, set()).update(self._sides.pop(gone))
        return joined

    def _force(self, left: int, right: int) -> None:
        """Unite two whatever the limits; what they have of a kind then counts as one."""
        roots = {self.find(left), self.find(right)}
        if len(roots) == 1:
            return
        before = [self._count[root] for root in roots]
        joined = self._unite(roots)
        full = (1 << _BITS) - 1
        larger = sum(max(count & (full * one) for count in before) for one in _ONE[:_TOTAL])
        self._count[joined] = larger + sum(count & (full * _ONE[_TOTAL]) for count in before)


def newest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the last word on each pair, in the order of time."""
    last: dict[frozenset[Key], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.made_at):
        last[frozenset((judgement.left, judgement.right))] = judgement
    return sorted(last.values(), key=lambda j: (j.made_at, j.left, j.right))
