"""Which identifiers belong together: disjoint sets that obey limits and operators' judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from typing import Literal

from trayecto.identity.identifiers import KINDS

Key = tuple[str, str]
"""An identifier: (kind, normalised value)."""

LIMITS = {"user_id": 1, "email": 5, "phone": 5, "external": 5}
IDS_PER_PERSON = 1_000

# How many of each kind a component holds, packed into one integer: adding two counts is one sum.
_BITS = 12
_FULL = (1 << _BITS) - 1
_ONE = {kind: 1 << (_BITS * place) for place, kind in enumerate(KINDS)}
_CHECKS = tuple((_BITS * KINDS.index(kind), limit) for kind, limit in LIMITS.items())
_TOTAL = _BITS * len(KINDS)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an operator said of two identifiers; *forced* puts it above the limits."""

    verdict: Literal["same", "different"]
    left: Key
    right: Key
    made_at: datetime
    forced: bool = False


def person_id(key: Key) -> int:
    """Return the number a person would have who holds *key* and no identifier of lesser number."""
    digest = md5(f"{key[0]}\x1f{key[1]}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class Components:
    """Disjoint sets of identifiers. A person's number is the least among its identifiers."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._place: dict[Key, int] = {}
        self._parent: list[int] = []
        self._count: list[int] = []
        self._least: list[int] = []
        self._sides: dict[int, set[tuple[int, int]]] = {}
        """By root: on which side of which *different* judgement it stands."""
        for number, judgement in enumerate(_newest(judgements)):
            if judgement.verdict == "different":
                for side, key in enumerate((judgement.left, judgement.right)):
                    self._sides.setdefault(self._root(key), set()).add((number, side))
            elif judgement.forced:
                self._force(judgement.left, judgement.right)

    def join(self, keys: Sequence[Key]) -> int:
        """
        Make one person of *keys* (strongest first); return how many of them it took.

        Where a limit would break or two were judged different, the weakest is dropped first.
        """
        roots = [self._root(key) for key in keys]
        taken = len(roots)
        while taken > 1 and not self._fit(roots[:taken]):
            taken -= 1
        joined = roots[0]
        for root in roots[1:taken]:
            joined = self._unite(joined, self._find(root))
        return taken

    def person(self, key: Key) -> int:
        """Return the number of the person who holds *key*."""
        return self._least[self._root(key)]

    def _fit(self, roots: list[int]) -> bool:
        distinct = set(roots)
        if len(distinct) == 1:
            return True
        total = sum(self._count[root] for root in distinct)
        if total >> _TOTAL > IDS_PER_PERSON:
            return False
        if any((total >> shift) & _FULL > limit for shift, limit in _CHECKS):
            return False
        return not self._sides or not self._opposed(distinct)

    def _opposed(self, roots: set[int]) -> bool:
        sides: set[tuple[int, int]] = set()
        for root in roots:
            sides |= self._sides.get(root, set())
        return any((number, 1 - side) in sides for number, side in sides)

    def _root(self, key: Key) -> int:
        place = self._place.get(key)
        if place is None:
            place = self._place[key] = len(self._parent)
            self._parent.append(place)
            self._count.append(_ONE[key[0]] + (1 << _TOTAL))
            self._least.append(person_id(key))
            return place
        return self._find(place)

    def _find(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def _unite(self, one: int, other: int) -> int:
        if one == other:
            return one
        large, small = (one, other) if self._count[one] >= self._count[other] else (other, one)
        self._parent[small] = large
        self._count[large] += self._count[small]
        self._least[large] = min(self._least[large], self._least[small])
        if small in self._sides:
            self._sides.setdefault(large, set()).update(self._sides.pop(small))
        return large

    def _force(self, left: Key, right: Key) -> None:
        """Unite two whatever the limits; what they have of a kind then counts as one."""
        one, other = self._root(left), self._root(right)
        if one == other:
            return
        before = (self._count[one], self._count[other])
        joined = self._unite(one, other)
        fields = range(0, _TOTAL, _BITS)
        larger = sum(max((count >> f) & _FULL for count in before) << f for f in fields)
        self._count[joined] = larger + (sum(count >> _TOTAL for count in before) << _TOTAL)


def _newest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the last word on each pair, in the order of time."""
    last: dict[frozenset[Key], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.made_at):
        last[frozenset((judgement.left, judgement.right))] = judgement
    return sorted(last.values(), key=lambda j: (j.made_at, j.left, j.right))
