"""
People, computed from the ledger of links: the same whatever the order in which facts arrived.

Signatures are taken in the order of time. A signature joins the components of its identifiers
unless that would break a limit (one account a person); then its weakest identifiers are dropped
from it until it fits. An e-mail or phone seen with more than two accounts is shared and links
nothing. A device is owned in time: after another account logs in on it, what follows without an
account is that account's. The only writer of `people` and `merges`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trayecto.identity.components import Components, Judgement, Key
from trayecto.identity.identifiers import Identifiers
from trayecto.identity.judgements import judgements
from trayecto.lake.duck import Session
from trayecto.lake.lake import Writer
from trayecto.lake.sql import bucket, literal
from trayecto.lake.tables import JUDGEMENTS, MERGES, PEOPLE

ACCOUNTS_THAT_SHARE = 2
"""More accounts than this on one e-mail or phone, and it is nobody's."""
Login = tuple[datetime, int]
"""When a signature with somebody on it was seen on a device."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One set of identifiers and when it was first seen."""

    id: int
    identifiers: Identifiers
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose a signature is, from when until when (None: always); *note* says what was dropped."""

    signature: int
    since: datetime | None
    until: datetime | None
    person: int | None
    note: str | None = None


def resolve(
    signatures: Iterable[Signature],
    *,
    said: Sequence[Judgement] = (),
    logins: Mapping[str, Sequence[Login]] | None = None,
) -> list[Owned]:
    """
    Return whose each signature is; those without a usable identifier are nobody's, and say why.

    *logins* are the times at which known people were seen on each device; without them the first
    time of each signature stands for all.
    """
    ordered = sorted(signatures, key=lambda s: (s.first_at, s.id))
    shared = _shared(ordered)
    components = Components(said)
    held: list[tuple[Signature, Key | None, str | None]] = []
    # What an operator calls the same, without force, is evidence like any other.
    evidence = [(j.made_at, [j.left, j.right]) for j in said if _is_evidence(j)]
    for signature in ordered:
        while evidence and evidence[0][0] <= signature.first_at:
            components.join(evidence.pop(0)[1])
        keys = [key for key in signature.identifiers.held() if key not in shared]
        note = _note(signature.identifiers, shared)
        if keys and len(keys) > 1:
            taken = components.join(keys)
            dropped = ",".join(kind for kind, _ in keys[taken:])
            note = f"limit:{dropped}" if dropped else note
        elif keys:
            components.join(keys)
        held.append((signature, keys[0] if keys else None, note))
    for _, keys in evidence:
        components.join(keys)
    turns = _Turns(held, components, logins)
    return [owned for signature, key, note in held for owned in turns.of(signature, key, note)]


def _is_evidence(judgement: Judgement) -> bool:
    return judgement.verdict == "same" and not judgement.forced


def _shared(signatures: Iterable[Signature]) -> set[Key]:
    accounts: dict[Key, set[str]] = defaultdict(set)
    for signature in signatures:
        user = signature.identifiers.user_id
        if user:
            for kind in ("email", "phone"):
                value = getattr(signature.identifiers, kind)
                if value:
                    accounts[kind, value].add(user)
    return {key for key, users in accounts.items() if len(users) > ACCOUNTS_THAT_SHARE}


def _note(identifiers: Identifiers, shared: set[Key]) -> str | None:
    if not any(identifiers):
        return "no_identifier"
    kinds = ",".join(key[0] for key in identifiers.held() if key in shared) if shared else ""
    return f"shared:{kinds}" if kinds else None


class _Turns:
    """Who has a device when: the last known person seen on it."""

    def __init__(
        self,
        held: Sequence[tuple[Signature, Key | None, str | None]],
        components: Components,
        logins: Mapping[str, Sequence[Login]] | None,
    ) -> None:
        self._components = components
        self._key = {signature.id: key for signature, key, _ in held}
        first: dict[str, list[Login]] = defaultdict(list)
        for signature, key, _ in held:
            device = signature.identifiers.anonymous_id
            if device and key and key[0] != "anonymous_id":
                first[device].append((signature.first_at, signature.id))
        self._logins: Mapping[str, Sequence[Login]] = {**first, **(logins or {})}

    def of(self, signature: Signature, key: Key | None, note: str | None) -> list[Owned]:
        """Give the owner of a signature, or its owners in turn when it is a device alone."""
        if key is None:
            return [Owned(signature.id, None, None, None, note)]
        if key[0] != "anonymous_id":
            return [Owned(signature.id, None, None, self._components.person(key), note)]
        turns: list[tuple[datetime, int]] = []
        for at, login in sorted(self._logins.get(key[1], ())):
            owner = self._key.get(login)
            person = self._components.person(owner) if owner else None
            if person is not None and (not turns or turns[-1][1] != person):
                turns.append((at, person))
        if len(turns) < 2:
            owned_by = turns[0][1] if turns else self._components.person(key)
            return [Owned(signature.id, None, None, owned_by, note)]
        starts = [None, *(at for at, _ in turns[1:])]
        ends = [*starts[1:], None]
        return [
            Owned(signature.id, since, until, person, note)
            for since, until, (_, person) in zip(starts, ends, turns, strict=True)
        ]


def compute(session: Session, writer: Writer, *, version: int, now: datetime) -> None:
    """
    Compute people from the whole ledger and write the table anew, unless it is up to date.

    People who became one leave a line in `merges`: the old number keeps answering.
    """
    mark = _mark(writer, version)
    was = writer.lake.stamp(PEOPLE)
    if all(was.get(name) == value for name, value in mark.items()):
        return
    rows = session.ask(
        "the ledger",
        """select signature, arg_min(user_id, first_at), arg_min(email, first_at),
                  arg_min(phone, first_at), arg_min(external, first_at),
                  arg_min(anonymous_id, first_at), min(first_at)
           from links group by signature""",
    )
    signatures = [Signature(row[0], Identifiers(*row[1:6]), row[6]) for row in rows]
    found = resolve(signatures, said=judgements(session), logins=_logins(session, signatures))
    session.load(
        "owned",
        "signature bigint, since timestamptz, until timestamptz, person bigint, note varchar",
        [(o.signature, o.since, o.until, o.person, o.note) for o in found],
    )
    _log_merges(session, writer, now)
    writer.replace(
        PEOPLE,
        session,
        "people",
        f"select *, {bucket('coalesce(person, 0)', writer.lake.buckets)} as bucket from owned",
        stamp=mark,
    )


def _logins(session: Session, signatures: Sequence[Signature]) -> dict[str, list[Login]]:
    """Return who was seen when on the devices that several sets of identifiers share."""
    on: dict[str, list[int]] = defaultdict(list)
    for signature in signatures:
        device = signature.identifiers.anonymous_id
        if device and any(signature.identifiers[:4]):
            on[device].append(signature.id)
    shared = {device: ids for device, ids in on.items() if len(ids) > 1}
    session.load(
        "on_shared_device",
        "signature bigint, device varchar",
        [(number, device) for device, ids in shared.items() for number in ids],
    )
    rows = session.ask(
        "turns on shared devices",
        """select device, occurred_at, signature from (
             select device, occurred_at, signature,
                    lag(signature) over (partition by device order by occurred_at, batch, row)
                      is distinct from signature as turns
             from interactions join on_shared_device using (signature)) where turns""",
    )
    logins: dict[str, list[Login]] = defaultdict(list)
    for device, occurred_at, signature in rows:
        logins[device].append((occurred_at, signature))
    return logins


def erase(writer: Writer, person: int, *, version: int) -> None:
    """Take a person out of `people` and `merges`; everybody else stays who they are."""
    writer.delete(MERGES, f"person = {person} or was = {person}")
    writer.delete(PEOPLE, f"person = {person}", stamp=_mark(writer, version))


def _mark(writer: Writer, version: int) -> dict[str, str]:
    """Return what `people` was computed from."""
    said = writer.lake.version(JUDGEMENTS)
    return {"interactions": str(version), "judgements": str(said)}


def _log_merges(session: Session, writer: Writer, now: datetime) -> None:
    session.run(
        "people who became others",
        f"""create or replace temp table merged as
            with pair as (
              select distinct b.person as was, o.person as person
              from people b join owned o on o.signature = b.signature
                and o.since is not distinct from b.since
              where b.person <> o.person),
            gone as (select was from pair where was not in (
              select person from owned where person is not null))
            select {literal(now)} as merged_at, was, person from pair semi join gone using (was)""",
    )
    (count,) = session.one("how many merges", "select count(*) from merged")
    if count:
        writer.append(MERGES, session, "merges", "from merged")
