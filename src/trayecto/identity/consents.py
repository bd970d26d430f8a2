"""
Whether a person may be contacted, where and for what: worked out from the facts that say so.

Nothing is stored. What was said is told again in the order of time: a later answer about the same
contact point takes the place of an earlier one; where evidence shows that two people are one and
they had answered differently, the refusal stands with its date, until one is given again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trayecto.identity.components import Key
from trayecto.identity.identifiers import KINDS, Identifiers
from trayecto.lake.duck import Session

EVERY = "*"
"""The contact point of an answer that names none: all that the person has of that kind."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What holds for one contact point, one channel and one purpose, since when and who says so."""

    contact: str
    """`email:ana@example.com`; `email:*` is every e-mail of the person."""
    channel: str
    purpose: str
    given: bool
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer, and the identifiers it came with."""

    at: datetime
    identifiers: Identifiers
    source: str
    contact: str
    channel: str
    purpose: str
    given: bool


@dataclass(frozen=True, slots=True)
class Together:
    """Identifiers that are one person from a moment on."""

    at: datetime
    keys: tuple[Key, ...]


Held = dict[tuple[str, str, str], Consent]


def settle(statements: Iterable[Statement], evidence: Iterable[Together]) -> tuple[Consent, ...]:
    """
    Return what holds for a person in the end, by contact point, channel and purpose.

    Everything given is one person's: what no evidence joins is joined last.
    """
    parts: dict[Key, tuple[set[Key], Held]] = {}

    def join(keys: Sequence[Key]) -> Held:
        whole: set[Key] = set()
        held: Held = {}
        seen: set[int] = set()
        for key in keys:
            part, answers = parts.get(key, ({key}, {}))
            if id(part) not in seen:
                seen.add(id(part))
                whole |= part
                for about, answer in answers.items():
                    held[about] = _stricter(held.get(about), answer)
        for key in whole:
            parts[key] = (whole, held)
        return held

    # Of one moment, evidence comes first; all else keeps its place.
    told: list[Together | Statement] = [*evidence, *statements]
    for what in sorted(told, key=lambda one: one.at):
        if isinstance(what, Together):
            join(what.keys)
        else:
            answer = _answer(what)
            held = join(what.identifiers.held())
            about = (answer.contact, answer.channel, answer.purpose)
            before = held.get(about)
            # Two answers of one moment cannot be told apart in time: the refusal stands.
            same_moment = before is not None and before.at == answer.at
            held[about] = _stricter(before, answer) if same_moment else answer
    final = join(list(parts))
    return tuple(final[about] for about in sorted(final))


def _stricter(one: Consent | None, other: Consent) -> Consent:
    """Return the refusal, with its date; of two alike the newer."""
    if one is None:
        return other
    if one.given != other.given:
        return other if one.given else one
    return max(one, other, key=lambda consent: (consent.at, consent.source))


def _answer(said: Statement) -> Consent:
    named = getattr(said.identifiers, said.contact) or EVERY
    return Consent(
        f"{said.contact}:{named}", said.channel, said.purpose, said.given, said.at, said.source
    )


def of_person(session: Session) -> tuple[Consent, ...]:
    """Return the consents of the person whose facts are `own_fact` and whose links `own_link`."""
    rows = session.ask(
        "what was said of consent",
        """select occurred_at, source, consents, signature, email, phone from own_fact
           where consents is not null order by occurred_at, batch, row""",
    )
    if not rows:
        return ()
    sets = session.ask(
        "a person's evidence in time",
        f"""select signature, min(first_at), {", ".join(f"any_value({kind})" for kind in KINDS)}
            from own_link group by signature order by 2, 1""",
    )
    identifiers = {signature: Identifiers(*values) for signature, _, *values in sets}
    # What an operator joined is one from the moment it was said.
    judged = session.ask(
        "what operators joined",
        """select made_at, left_kind, left_value, right_kind, right_value from judgements
           where verdict = 'same'""",
    )
    held = {key for one in identifiers.values() for key in one.held()}
    evidence = [Together(at, tuple(identifiers[signature].held())) for signature, at, *_ in sets]
    evidence += [
        Together(at, ((left_kind, left), (right_kind, right)))
        for at, left_kind, left, right_kind, right in judged
        if (left_kind, left) in held and (right_kind, right) in held
    ]
    statements = [
        Statement(at, identifiers[signature], source, *_fields(one))
        for at, source, told, signature, email, phone in rows
        for one in json.loads(told)
        # What is given for an address that cannot exist is given for none; a refusal is for all.
        if not one["given"]
        or not {"email": email, "phone": phone}[one["contact"]]
        or getattr(identifiers[signature], one["contact"])
    ]
    return settle(statements, evidence)


def _fields(told: dict[str, object]) -> tuple[str, str, str, bool]:
    return str(told["contact"]), str(told["channel"]), str(told["purpose"]), told["given"] is True
