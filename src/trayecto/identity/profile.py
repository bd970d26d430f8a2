"""One person in full: identities with their evidence, traits, the timeline; and finding people."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trayecto.identity import consents
from trayecto.identity.components import Key
from trayecto.identity.consents import Consent
from trayecto.identity.identifiers import KINDS, normalise
from trayecto.lake.duck import Session
from trayecto.lake.kinds import NODE
from trayecto.lake.sql import hash64, literal, one_of
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.person import code_of, number_of
from trayecto.vocabulary.text import Text

_THEIRS = """on p.signature = i.signature
  and (p.since is null or i.occurred_at >= p.since)
  and (p.until is null or i.occurred_at < p.until)"""
OWN = f"interactions i join people p {_THEIRS}"
"""Interactions with whose they are."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One identifier of a person and the evidence for it."""

    kind: str
    value: str
    first_at: datetime
    source: str
    seen_with: tuple[str, ...]
    """The other identifiers it was seen with."""


@dataclass(frozen=True, slots=True)
class Trait:
    """The newest value of a property, with when and where it was said."""

    name: str
    value: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One interaction on a person's timeline."""

    at: datetime
    touchpoint: str
    channel: str
    source: str
    text: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known of one person."""

    person: str
    interactions: int
    first_at: datetime
    last_at: datetime
    identities: tuple[Identity, ...]
    traits: tuple[Trait, ...]
    consents: tuple[Consent, ...]
    timeline: tuple[Moment, ...]
    was: tuple[str, ...]
    """Codes under which the person was known before a merge; they keep answering."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 in UTC."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_plain))
        return plain


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


class PersonNotFound(TrayectoError):
    """Nobody goes by this code or identifier."""

    def __init__(self, who: str) -> None:
        super().__init__(
            Problem(
                Text(en=f"Nobody goes by “{who}”.", es=f"Nadie responde por «{who}»."),
                Text(
                    en="Give a person's code, or an identifier such as email:ana@example.com.",
                    es="Da el código de una persona o un identificador, p. ej. "
                    "email:ana@example.com.",
                ),
            )
        )


def key_of(session: Session, typed: str, *, region: str | None) -> Key:
    """Return the identifier that *typed* names, `kind:value` or the value alone."""
    known = _known(session, _candidates(typed, region))
    if not known:
        raise PersonNotFound(typed)
    return known[0]


def find(session: Session, who: str, *, region: str | None) -> int:
    """Return the number of the person who goes by a code, old or new, or by an identifier."""
    number = number_of(who)
    if number is None:
        return person_of(session, key_of(session, who, region=region))
    return _present(session, number)


def person_of(session: Session, key: Key) -> int:
    """Return the person who holds an identifier now."""
    holder = _holders(session, [key]).get(key)
    if holder is None:
        raise PersonNotFound(key[1])
    return holder


def _holders(session: Session, keys: Collection[Key]) -> dict[Key, int]:
    """Return who holds each of *keys* now; the last turn of a device counts."""
    if not keys:
        return {}
    asked = {kind: sorted(value for k, value in keys if k == kind) for kind in KINDS}
    held = " union all ".join(
        f"select '{kind}' as kind, {kind} as value, signature, first_at from links "
        f"where {kind} in {one_of(values)}"
        for kind, values in asked.items()
        if values
    )
    rows = session.ask(
        "who holds them",
        f"""select l.kind, l.value, p.person from ({held}) l join people p using (signature)
            where p.person is not null
            qualify row_number() over (
              partition by l.kind, l.value
              order by p.since desc nulls last, (p.note is null) desc, l.first_at) = 1""",
    )
    return {(kind, value): person for kind, value, person in rows}


def _candidates(typed: str, region: str | None) -> list[Key]:
    kind, _, value = typed.partition(":")
    kinds = [kind] if kind in KINDS and value else list(KINDS)
    words = value if len(kinds) == 1 else typed
    found = []
    for candidate in kinds:
        row = tuple(words if k == candidate else None for k in KINDS)
        usable, _ = normalise(row, region=region)
        found += usable.held()
    return found


def _known(session: Session, candidates: Sequence[Key]) -> list[Key]:
    return [
        (kind, value)
        for kind, value in candidates
        if session.ask(
            "is it known", f"select 1 from links where {kind} = {literal(value)} limit 1"
        )
    ]


def _present(session: Session, number: int) -> int:
    for _ in range(1_000):  # a chain of merges has an end
        if session.ask("is it one", f"select 1 from people where person = {number} limit 1"):
            return number
        later = session.ask(
            "who it became",
            f"select person from merges where was = {number} order by merged_at desc limit 1",
        )
        if not later:
            break
        number = int(later[0][0])
    raise PersonNotFound(code_of(number))


def holdings(session: Session, person: int) -> tuple[list[Key], list[int]]:
    """Return a person's identifiers, and the signatures that are nobody else's too."""
    signatures = _gather_turns(session, person)
    _gather_links(session, signatures)
    alone = session.ask(
        "signatures of one",
        f"""select signature from people where signature in {one_of(signatures)}
            group by signature having bool_and(person is not distinct from {person})""",
    )
    return _keys(session, person), sorted(row[0] for row in alone)


def _keys(session: Session, person: int) -> list[Key]:
    """Return the identifiers in `own_link` that are this person's."""
    rows = session.ask("what a person holds", f"select {', '.join(KINDS)} from own_link")
    keys = {
        (kind, value) for values in rows for kind, value in zip(KINDS, values, strict=True) if value
    }
    # A device that others use too, or an address dropped by a limit, stays theirs.
    holders = _holders(session, keys)
    return sorted(key for key in keys if holders.get(key) == person)


@dataclass(frozen=True, slots=True)
class Facts:
    """A person's facts, and what else holds something of them."""

    where: str
    """A condition on interactions that holds of the person's."""
    ids: tuple[int, ...]
    cases: tuple[int, ...]
    """The cases they are in, by their numbers in `steps`."""
    values: tuple[str, ...]
    """The identifiers as typed, for what holds them verbatim."""


def facts_of(session: Session, person: int) -> Facts:
    """Return everything that is to go with a person."""
    case = hash64("concat_ws(chr(31), i.source, i.case_id)")
    rows = session.ask(
        "facts of a person",
        f"""select i.id, i.bucket, i.signature, case when i.case_id is not null then {case} end,
                   p.since is null and p.until is null, {", ".join(f"i.{kind}" for kind in KINDS)}
            from {OWN} where p.person = {person}""",
    )
    # On a device that changes hands only the person's own turns go.
    whole, turns = (
        sorted({row[place] for row in rows if row[4] == alone})
        for place, alone in ((2, True), (0, False))
    )
    own = f"signature in {one_of(whole)} or id in {one_of(turns)}"
    return Facts(
        f"bucket in {one_of(sorted({row[1] for row in rows}))} and ({own})",
        tuple(sorted(row[0] for row in rows)),
        tuple(sorted({row[3] for row in rows if row[3] is not None})),
        tuple(sorted({value for row in rows for value in row[5:] if value})),
    )


def _gather_turns(session: Session, person: int) -> list[int]:
    """Make `own_turn`: which signatures are a person's, and when; return the signatures."""
    session.run(
        "turns of a person",
        f"""create or replace temp table own_turn as
            select signature, since, until from people where person = {person}""",
    )
    held = session.ask(
        "signatures of a person", "select distinct signature from own_turn order by signature"
    )
    return [signature for (signature,) in held]


def _gather_links(session: Session, signatures: Sequence[int]) -> None:
    """Make `own_link`: the evidence of these signatures."""
    session.run(
        "evidence of a person",
        f"""create or replace temp table own_link as
            select signature, first_at, source, {", ".join(KINDS)} from links
            where signature in {one_of(signatures)}""",
    )


def _gather_facts(session: Session, signatures: Sequence[int]) -> None:
    """Make `own_fact`: the interactions of a person, read where they lie; the rest is skipped."""
    lie = session.ask(
        "where the facts of a person lie",
        "select distinct bucket from interactions semi join own_turn using (signature)",
    )
    session.run(
        "facts of a person",
        f"""create or replace temp table own_fact as
            select i.occurred_at, i.batch, i.row, i.name, i.channel, i.source, i.text, i.score,
              i.properties, i.consents, i.signature, i.email, i.phone
            from interactions i join own_turn p {_THEIRS}
            where i.signature in {one_of(signatures)}
              and i.bucket in {one_of([bucket for (bucket,) in lie])}""",
    )


def view(session: Session, person: int) -> Profile:
    """Return everything known of a person."""
    signatures = _gather_turns(session, person)
    _gather_links(session, signatures)
    _gather_facts(session, signatures)
    timeline = session.ask(
        "timeline",
        f"""select i.occurred_at, n.touchpoint, n.channel, i.source, i.text, i.score, i.properties
            from own_fact i {NODE} order by i.occurred_at, i.batch, i.row""",
    )
    merged = session.ask(
        "earlier codes",
        f"""with recursive earlier as (
              select was from merges where person = {person}
              union select m.was from merges m join earlier e on m.person = e.was)
            select was from earlier where was <> {person} order by was""",
    )
    return Profile(
        person=code_of(person),
        interactions=len(timeline),
        first_at=timeline[0][0],
        last_at=timeline[-1][0],
        identities=_identities(session, person),
        traits=_traits(timeline),
        consents=consents.of_person(session),
        timeline=tuple(Moment(*row[:6]) for row in timeline),
        was=tuple(code_of(was) for (was,) in merged),
    )


def _identities(session: Session, person: int) -> tuple[Identity, ...]:
    keys = _keys(session, person)
    rows = session.ask(
        "evidence",
        f"select first_at, source, {', '.join(KINDS)} from own_link order by first_at",
    )
    found = []
    for kind, value in keys:
        place = KINDS.index(kind) + 2
        shows = [row for row in rows if row[place] == value]
        others = {f"{k}:{v}" for row in shows for k, v in zip(KINDS, row[2:], strict=True) if v} - {
            f"{kind}:{value}"
        }
        found.append(Identity(kind, value, shows[0][0], shows[0][1], tuple(sorted(others))))
    return tuple(sorted(found, key=lambda i: (KINDS.index(i.kind), i.first_at, i.value)))


def _traits(timeline: Sequence[tuple[Any, ...]]) -> tuple[Trait, ...]:
    newest: dict[str, Trait] = {}
    for at, _, _, source, _, _, properties in timeline:
        for name, value in json.loads(properties or "{}").items():
            if value not in (None, ""):
                newest[name] = Trait(name, str(value), at, source)
    return tuple(newest[name] for name in sorted(newest))


@dataclass(frozen=True, slots=True)
class Listed:
    """One person in a list."""

    person: str
    identifiers: tuple[str, ...]
    interactions: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class People:
    """How many people there are, who is nobody's and why, how many were found, some of them."""

    people: int
    unresolved: dict[str, int]
    listed: tuple[Listed, ...]
    found: int

    def as_json(self) -> dict[str, Any]:
        """Return plain values; times as ISO 8601 in UTC."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_plain))
        return plain


def people(
    session: Session,
    *,
    search: str = "",
    among: str | None = None,
    at_most: int | None = 20,
) -> People:
    """Return how many people there are, and those who match."""
    of = f"and p.person in ({among})" if among else ""
    (count,) = session.one(
        "how many people",
        f"select count(distinct person) from people p where person is not null {of}",
    )
    unresolved = dict(
        session.ask(
            "who is nobody's",
            """select p.note, count(*) from interactions i join people p using (signature)
               where p.person is null group by p.note order by p.note""",
        )
    )
    return People(
        count, unresolved, *matching(session, search=search, among=among, at_most=at_most)
    )


def matching(
    session: Session,
    *,
    search: str,
    among: str | None = None,
    at_most: int | None,
    within: int | None = None,
) -> tuple[tuple[Listed, ...], int]:
    """
    Return the people whose identifiers contain *search*, those who did most first; and how many.

    *among* gives the only ones to look at, as SQL. What people did is counted for *within* of those
    who match, where more do: one letter is half of everybody's, and nobody looks for them all.
    """
    of = f"and person in ({among})" if among else ""
    part = f"strip_accents(lower({literal(search)}))"
    # By parts, whatever their case and accents; a scan for each kind, for the engine is twice as
    # slow with all of them in one. The turns of those who match are set apart first: a join of all
    # facts with everybody takes twenty times as long.
    holds = " union all ".join(
        f"select signature from links where contains(strip_accents(lower({kind})), {part})"
        for kind in KINDS
    )
    limit = "" if at_most is None else f"limit {at_most}"
    session.run(
        "who matches",
        f"""create or replace temp table matching as
            select distinct person from people
            where person is not null {of} and signature in ({holds})""",
    )
    (found,) = session.one("how many match", "select count(*) from matching")
    if at_most == 0:
        return (), found
    some = f"limit {within}" if within is not None else ""
    session.run(
        "turns of who matches",
        f"""create or replace temp table their_turn as
            select person, signature, coalesce(since, '-infinity') as since, until from people
            semi join (select person from matching order by person {some}) using (person)""",
    )
    # Turns of one signature do not overlap: the last to begin before a fact is the one it lies in,
    # if any of theirs. A device of thousands of turns would be joined with each of them otherwise.
    rows = session.ask(
        "people",
        f"""with theirs as materialized (
              select signature, occurred_at from interactions
              semi join their_turn using (signature)),
            busy as (
              select p.person, count(*) as n, min(i.occurred_at) as first_at,
                     max(i.occurred_at) as last_at
              from theirs i
              asof join their_turn p on p.signature = i.signature and i.occurred_at >= p.since
              where p.until is null or i.occurred_at < p.until
              group by p.person order by n desc, p.person {limit})
            select b.person, b.n, b.first_at, b.last_at,
                   {", ".join(f"list_sort(list(distinct l.{kind}))" for kind in KINDS)}
            from busy b join their_turn p on p.person = b.person join links l using (signature)
            group by all order by b.n desc, b.person""",
    )
    listed = tuple(
        Listed(
            code_of(person),
            tuple(
                f"{kind}:{value}"
                for kind, values in zip(KINDS, lists, strict=True)
                for value in values or ()
                if value
            ),
            n, first_at, last_at,
        )
        for person, n, first_at, last_at, *lists in rows
    )  # fmt: skip
    return listed, found
