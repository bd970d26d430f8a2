"""
People, computed from the ledger of links: the same whatever the order in which facts arrived.

Signatures are taken in the order of time. A signature joins the components of its identifiers
unless that would break a limit (one account a person); then its weakest identifiers are dropped
from it until it fits. A device is owned in time: after another account logs in on it, what follows
without an account is that account's. The only writer of `people`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5

from trayecto.identity.identifiers import Identifiers
from trayecto.lake.duck import Session
from trayecto.lake.lake import Writer
from trayecto.lake.sql import bucket
from trayecto.lake.tables import PEOPLE

LIMITS: Mapping[str, int] = {"user_id": 1, "email": 5, "phone": 5, "external": 5}
IDS_PER_PERSON = 1_000
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Signature:
    """One set of identifiers and when it was first seen."""

    id: int
    identifiers: Identifiers
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose a signature is, from when until when (None: always)."""

    signature: int
    since: datetime | None
    until: datetime | None
    person: int


def resolve(signatures: Iterable[Signature]) -> list[Owned]:
    """Return whose each signature is; those without a usable identifier are nobody's."""
    ordered = sorted(signatures, key=lambda s: (s.first_at, s.id))
    components = _Components()
    logins: dict[str, list[tuple[datetime, Key]]] = defaultdict(list)
    held: list[tuple[Signature, Key]] = []
    for signature in ordered:
        keys = signature.identifiers.keys()
        if not keys:
            continue
        components.join(keys)
        strongest = keys[0]
        held.append((signature, strongest))
        device = signature.identifiers.anonymous_id
        if device and strongest[0] != "anonymous_id":
            logins[device].append((signature.first_at, strongest))
    return [
        owned for signature, key in held for owned in _owners(signature, key, components, logins)
    ]


def _owners(
    signature: Signature,
    key: Key,
    components: _Components,
    logins: Mapping[str, list[tuple[datetime, Key]]],
) -> list[Owned]:
    """Give the owner of a signature, or its owners in turn when it is a shared device alone."""
    if key[0] != "anonymous_id":
        return [Owned(signature.id, None, None, components.person(key))]
    turns: list[tuple[datetime, int]] = []
    for at, login in logins.get(key[1], ()):
        person = components.person(login)
        if not turns or turns[-1][1] != person:
            turns.append((at, person))
    if len(turns) < 2:
        return [Owned(signature.id, None, None, turns[0][1] if turns else components.person(key))]
    starts = [None, *(at for at, _ in turns[1:])]
    ends = [*starts[1:], None]
    return [
        Owned(signature.id, since, until, person)
        for since, until, (_, person) in zip(starts, ends, turns, strict=True)
    ]


@dataclass(slots=True)
class _Components:
    """Disjoint sets of identifiers that know how many of each kind they hold."""

    _parent: dict[Key, Key] = field(default_factory=dict)
    _count: dict[Key, dict[str, int]] = field(default_factory=dict)
    _least: dict[Key, Key] = field(default_factory=dict)

    def join(self, keys: list[Key]) -> None:
        """Make one person of *keys*, weakest dropped first where a limit would break."""
        kept = list(keys)
        while len(kept) > 1 and not self._fit(kept):
            kept.pop()
        joined = self._root(kept[0])
        for key in kept[1:]:
            joined = self._unite(joined, self._root(key))
        for key in keys[len(kept) :]:
            self._root(key)

    def person(self, key: Key) -> int:
        """Return the id of the person who holds *key*: the least hash among the identifiers."""
        return _person_id(self._least[self._root(key)])

    def _fit(self, keys: list[Key]) -> bool:
        roots = {self._root(key) for key in keys}
        if len(roots) == 1:
            return True
        total: dict[str, int] = defaultdict(int)
        for root in roots:
            for kind, count in self._count[root].items():
                total[kind] += count
        return sum(total.values()) <= IDS_PER_PERSON and all(
            total[kind] <= limit for kind, limit in LIMITS.items()
        )

    def _root(self, key: Key) -> Key:
        if key not in self._parent:
            self._parent[key] = key
            self._count[key] = {key[0]: 1}
            self._least[key] = key
            return key
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def _unite(self, one: Key, other: Key) -> Key:
        if one == other:
            return one
        large, small = one, other
        if sum(self._count[large].values()) < sum(self._count[small].values()):
            large, small = small, large
        self._parent[small] = large
        for kind, count in self._count.pop(small).items():
            self._count[large][kind] = self._count[large].get(kind, 0) + count
        self._least[large] = min(self._least[large], self._least.pop(small), key=_person_id)
        return large


def _person_id(key: Key) -> int:
    digest = md5(f"{key[0]}\x1f{key[1]}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def compute(session: Session, writer: Writer, *, version: int) -> None:
    """Compute people from the whole ledger and write the table anew, unless it is up to date."""
    if writer.lake.stamp(PEOPLE).get("interactions") == str(version):
        return
    rows = session.ask(
        "the ledger",
        """select signature, arg_min(user_id, first_at), arg_min(email, first_at),
                  arg_min(phone, first_at), arg_min(external, first_at),
                  arg_min(anonymous_id, first_at), min(first_at)
           from links group by signature""",
    )
    signatures = (Signature(row[0], Identifiers(*row[1:6]), row[6]) for row in rows)
    owned = [(o.signature, o.since, o.until, o.person) for o in resolve(signatures)]
    session.load(
        "owned", "signature bigint, since timestamptz, until timestamptz, person bigint", owned
    )
    writer.replace(
        PEOPLE,
        session,
        "people",
        f"select *, {bucket('person', writer.lake.buckets)} as bucket from owned",
        stamp={"interactions": str(version)},
    )
