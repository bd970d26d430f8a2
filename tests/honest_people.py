"""
People joined slowly and honestly: one set of identifiers after the other, nothing clever.

What `identity.people.resolve` must equal. Written from the rules, sharing no code with it but the
limits and the number of an identifier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from pathlib import Path

from trayecto.identity import links, people, touched
from trayecto.identity.components import IDS_PER_PERSON, LIMITS, Judgement, Key
from trayecto.identity.identifiers import Identifiers
from trayecto.lake.duck import Session
from trayecto.lake.tables import INTERACTIONS, LINKS


@dataclass(frozen=True, slots=True)
class Signature:
    """One set of identifiers and the times at which it was seen."""

    id: int
    identifiers: Identifiers
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose a signature is, from when until when."""

    signature: int
    since: datetime | None
    until: datetime | None
    person: int | None
    note: str | None = None


def in_the_engine(
    scratch: Path,
    signatures: Iterable[Signature],
    said: Sequence[Judgement] = (),
    *,
    late: Collection[datetime] = (),
    said_late: int = 0,
) -> list[Owned]:
    """
    Return what the program makes of the same evidence.

    What was seen at the moments *late* comes in an import of its own, and so do the last
    *said_late* judgements: what came before is joined first, and then only what is concerned.
    """
    rows = list(signatures)
    with Session(memory="500MB", threads=1, scratch=scratch) as session:
        noted = ", ".join(f"{c.name} {c.type}" for c in LINKS.columns)
        session.run("no links yet", f"create temp table links ({noted})")
        facts = ", ".join(f"{c.name} {c.type}" for c in INTERACTIONS.columns)
        session.run("no facts yet", f"create temp table interactions ({facts})")
        _arrive(session, rows, batch=1, at=lambda moment: moment not in late)
        people.resolve(session, said=said[: len(said) - said_late])
        if late or said_late:
            session.run("who they were", "create temp table before as from owned")
            _arrive(session, rows, batch=2, at=lambda moment: moment in late)
            touched.find(session, since=1, said=said, judged=said_late > 0, worth_it=2.0)
            since = None if said_late else 1
            people.resolve(session, said=said, ledger=touched.LEDGER, since=since)
            session.run(
                "the others are who they were",
                "insert into owned from before anti join touched using (signature)",
            )
        found = session.ask("owned", "select signature, since, until, person, note from owned")
    return in_order(Owned(*row) for row in found)


def _arrive(
    session: Session, rows: Iterable[Signature], *, batch: int, at: Callable[[datetime], bool]
) -> None:
    """Note one import: its facts, and a link for each set that it shows first, or at first."""
    came = {s.id: (s, [moment for moment in s.times if at(moment)]) for s in rows}
    shown = [(s.id, *s.identifiers, min(times), "web", s.id, None, 1)
             for s, times in came.values() if times]  # fmt: skip
    typed = ", ".join(f"{c.name} {c.type}" for c in LINKS.columns if c.name not in links.KEYS)
    session.load("shown", typed, shown)
    session.run("links", f"insert into links by name {links.with_keys('shown')}")
    session.load("fact", "occurred_at timestamptz, signature bigint, batch bigint, row bigint",
                 [(moment, s.id, batch, s.id) for s, times in came.values() for moment in times]
                 )  # fmt: skip
    session.run("facts", "insert into interactions by name from fact")


def in_order(found: Iterable[Owned]) -> list[Owned]:
    """Return them by signature and time."""
    return sorted(found, key=lambda o: (o.signature, o.since is not None, o.since or 0))


def resolve(signatures: Iterable[Signature], said: Sequence[Judgement] = ()) -> list[Owned]:
    """Return whose each signature is."""
    ordered = sorted(signatures, key=lambda s: (min(s.times), s.id))
    shared = _shared(ordered)
    group: dict[Key, set[Key]] = {}
    last = _last_said(said)
    forced: list[set[Key]] = []
    for judgement in last:
        if judgement.verdict == "same" and judgement.forced:
            _merge(group, [judgement.left, judgement.right])
            forced.append({judgement.left, judgement.right})

    def fits(keys: Sequence[Key]) -> bool:
        parts = {id(of): of for of in (group.setdefault(key, {key}) for key in keys)}
        if len(parts) == 1:
            return True
        whole = set().union(*parts.values())
        if sum(map(len, parts.values())) > IDS_PER_PERSON:
            return False
        for kind, limit in LIMITS.items():
            if sum(_amount(part, kind, forced) for part in parts.values()) > limit:
                return False
        return not any(
            j.verdict == "different" and j.left in whole and j.right in whole for j in last
        )

    def join(keys: Sequence[Key]) -> int:
        taken = len(keys)
        while taken > 1 and not fits(keys[:taken]):
            taken -= 1
        _merge(group, keys[:taken])
        return taken

    evidence = [j for j in said if j.verdict == "same" and not j.forced]
    notes: dict[int, str | None] = {}
    strongest: dict[int, Key | None] = {}
    for signature in ordered:
        while evidence and evidence[0].made_at <= min(signature.times):
            joined = evidence.pop(0)
            join([joined.left, joined.right])
        held = signature.identifiers.held()
        keys = [key for key in held if key not in shared]
        kinds = ",".join(kind for kind, value in held if (kind, value) in shared)
        notes[signature.id] = f"shared:{kinds}" if kinds else None if held else "no_identifier"
        strongest[signature.id] = keys[0] if keys else None
        if keys:
            taken = join(keys)
            if taken < len(keys):
                notes[signature.id] = "limit:" + ",".join(kind for kind, _ in keys[taken:])
    for joined in evidence:
        join([joined.left, joined.right])

    def person(key: Key) -> int:
        return min(number(k) for k in group.get(key, {key}))

    def apart(device: Key, owner: Key) -> bool:
        theirs = group.get(owner, {owner})
        return any(
            j.verdict == "different"
            and any(
                one == device and other in theirs
                for one, other in ((j.left, j.right), (j.right, j.left))
            )
            for j in last
        )

    return in_order(
        Owned(signature.id, since, until, who, notes[signature.id])
        for signature in ordered
        for since, until, who in _turns(signature, ordered, strongest, person, apart)
    )


def number(key: Key) -> int:
    """Return the number of an identifier: the last eight bytes of its md5, as a signed integer."""
    digest = md5("\x1f".join(key).encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") - (1 << 63)


def _turns(
    signature: Signature,
    ordered: Sequence[Signature],
    strongest: Mapping[int, Key | None],
    person: Callable[[Key], int],
    apart: Callable[[Key, Key], bool],
) -> list[tuple[datetime | None, datetime | None, int | None]]:
    key = strongest[signature.id]
    if key is None:
        return [(None, None, None)]
    if key[0] != "anonymous_id":
        return [(None, None, person(key))]
    logins = []
    for other in ordered:
        owner = strongest[other.id]
        if other.identifiers.anonymous_id != key[1] or not owner or owner[0] == "anonymous_id":
            continue
        if not apart(key, owner):
            logins += [(at, other.id, person(owner)) for at in other.times]
    turns: list[tuple[datetime, int]] = []
    for at, _, who in sorted(logins):
        if not turns or turns[-1][1] != who:
            turns.append((at, who))
    if len(turns) < 2:
        return [(None, None, turns[0][1] if turns else person(key))]
    starts = [None, *(at for at, _ in turns[1:])]
    return [
        (since, until, who)
        for since, until, (_, who) in zip(starts, [*starts[1:], None], turns, strict=True)
    ]


def _amount(part: set[Key], kind: str, forced: Sequence[set[Key]]) -> int:
    """Return how many of a kind a person counts as: what was forced together counts once."""
    own = {key for key in part if key[0] == kind}
    bundles = _bundles([pair for pair in forced if pair <= part])
    loose = own - set().union(*bundles) if bundles else own
    return len(loose) + sum(
        max(sum(key == one for key in own) for one in bundle) for bundle in bundles
    )


def _bundles(pairs: Sequence[set[Key]]) -> list[set[Key]]:
    found: list[set[Key]] = []
    for pair in pairs:
        touching = [bundle for bundle in found if bundle & pair]
        found = [bundle for bundle in found if not bundle & pair]
        found.append(set(pair).union(*touching))
    return found


def _merge(group: dict[Key, set[Key]], keys: Sequence[Key]) -> None:
    whole = set().union(*(group.setdefault(key, {key}) for key in keys))
    for key in whole:
        group[key] = whole


def _shared(signatures: Iterable[Signature]) -> set[Key]:
    accounts: dict[Key, set[str]] = defaultdict(set)
    for signature in signatures:
        user = signature.identifiers.user_id
        for kind, value in signature.identifiers.held():
            if user and kind in ("email", "phone"):
                accounts[kind, value].add(user)
    return {key for key, users in accounts.items() if len(users) > 2}


def _last_said(said: Iterable[Judgement]) -> list[Judgement]:
    last: dict[frozenset[Key], Judgement] = {}
    for judgement in sorted(said, key=lambda j: j.made_at):
        last[frozenset((judgement.left, judgement.right))] = judgement
    return list(last.values())
