"""
Columns that say whether somebody may be contacted, where and for what.

A consent is a fact like any other: who gave or refused it, when, for which contact point. It stays
on the interaction that says so; what holds today is worked out from the facts by `identity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trayecto.collect.columns import fold
from trayecto.lake.sql import literal, one_of

if TYPE_CHECKING:
    from trayecto.collect.profile import Seen

YES = ("yes", "y", "true", "t", "1", "si", "sí", "s", "verdadero", "on", "in", "opt-in", "opt_in",
       "optin", "opted_in", "subscribed", "suscrito", "suscrita", "alta", "given", "granted",
       "accepted", "accept", "aceptado", "aceptada", "acepta", "allowed", "autorizado")  # fmt: skip
NO = ("no", "n", "false", "f", "0", "falso", "off", "out", "opt-out", "opt_out", "optout",
      "opted_out", "unsubscribed", "baja", "withdrawn", "denied", "refused", "rejected",
      "rechazado", "rechazada", "rechaza", "revoked", "revocado", "revocada",
      "no autorizado")  # fmt: skip
CONTACTS = {"email": "email", "phone": "phone"}
"""The contact points a consent may be about, each with the channel it means if none is said."""
PURPOSE = "marketing"

_GIVES = re.compile(r"consent|consiente|opt_?in|acepta|autoriza|lopd|rgpd|gdpr|suscri|subscri")
_REFUSES = re.compile(r"opt_?out|unsubscri|baja|no_molestar|do_not|robinson|dnc")
_CHANNELS = {"whatsapp": "whatsapp", "sms": "sms", "email": "email", "e_mail": "email",
             "mail": "email", "correo": "email", "newsletter": "email", "boletin": "email",
             "tel": "phone", "phone": "phone", "movil": "phone", "llamada": "phone",
             "call": "phone"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consent:
    """A column of answers: about which contact point, on which channel, for what."""

    column: str
    contact: str
    channel: str
    purpose: str = PURPOSE
    refuses: bool = False
    """Whether a yes refuses: a column called *unsubscribed*, *do not call*."""


def said(consents: Sequence[Consent], text: Iterable[str]) -> str:
    """Give what a row says of consent, as JSON; null when it says nothing. *text*: its columns."""
    stated = [
        f"""case when lower({column}) in {one_of(NO if c.refuses else YES)}
              then {literal(_json(c, given=True))}
            when lower({column}) in {one_of(YES if c.refuses else NO)}
              then {literal(_json(c, given=False))} end"""
        for c, column in zip(consents, text, strict=True)
    ]
    if not stated:
        return "cast(null as varchar)"
    return f"'[' || nullif(concat_ws(',', {', '.join(stated)}), '') || ']'"


def _json(consent: Consent, *, given: bool) -> str:
    plain = {"contact": consent.contact, "channel": consent.channel, "purpose": consent.purpose}
    fields = ",".join(f'"{name}":"{value}"' for name, value in plain.items())
    return "{" + fields + f',"given":{str(given).lower()}' + "}"


def proposed(seen: Iterable[Seen], identifiers: Iterable[str]) -> tuple[Consent, ...]:
    """Return the columns that by their name and their answers speak of consent."""
    held = list(identifiers)
    words = {*YES, *NO}
    found = []
    for column in seen:
        name = fold(column.column)
        refuses = _REFUSES.search(name) is not None
        answers = {value.strip().lower() for value in column.values}
        # A few answers that nobody understands stay properties and say nothing.
        if not (refuses or _GIVES.search(name)) or 2 * len(answers & words) <= len(answers):
            continue
        channel = next((c for word, c in _CHANNELS.items() if word in name), None)
        if channel is None:
            channel = next((CONTACTS[kind] for kind in CONTACTS if kind in held), "email")
        contact = "email" if channel == "email" else "phone"
        found.append(Consent(column.column, contact, channel, refuses=refuses))
    return tuple(found)
