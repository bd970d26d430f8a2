"""
What an identifier is once the noise of typing is gone, and what identifies nobody.

Values are normalised beside what was typed (the lake keeps both): e-mail stripped and lower-cased,
without folding dots or +tags; phone to E.164; account ids keep their case. `normalise` does it for
one set; `identity.normal` does the same for all sets of an import at once, in the engine.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from trayecto.identity import phones

KINDS = ("user_id", "email", "phone", "external", "anonymous_id")
"""Kinds of identifier, the strongest first."""

# Most addresses are this plain and need no library to be seen as valid: RFC 5322 atoms, RFC 1035
# labels, and a top-level domain that is not reserved (RFC 2606, 6761).
_ATOM = "[A-Za-z0-9_%+-]+"
_LABEL = "[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
PLAIN_MAIL = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,18}}"
RESERVED = r"(?i)\.(?:test|local|localhost|invalid|onion|arpa)"
LONGEST_PLAIN_MAIL = 64
_PLAIN_MAIL, _RESERVED = re.compile(PLAIN_MAIL), re.compile(f"{RESERVED}$")

# Folded: lower case, without quotes, brackets and spaces at the ends.
PLACEHOLDERS = frozenset(
    {
        "", "null", "undefined", "none", "nil", "na", "n/a", "nan", "guest", "anonymous", "unknown",
        "invitado", "anonimo", "anónimo", "desconocido", "ninguno", "object object", "test",
        "not_authenticated", "no-reply", "-1", "true", "false", "void", "empty", "vacio", "vacío",
    }
)  # fmt: skip
PLACEHOLDER_MAILS = frozenset({"test@test.com", "a@a.com", "no@no.com", "none@none.com"})


class Identifiers(NamedTuple):
    """One set of identifiers, each normalised or None."""

    user_id: str | None = None
    email: str | None = None
    phone: str | None = None
    external: str | None = None
    anonymous_id: str | None = None

    def held(self) -> list[tuple[str, str]]:
        """Return what is there as (kind, value), the strongest first."""
        return [(kind, value) for kind, value in zip(KINDS, self, strict=True) if value]


def normalise(
    typed: tuple[str | None, ...], *, region: str | None = None
) -> tuple[Identifiers, list[str]]:
    """
    Return the identifiers of one set as typed, and the kinds that identify nobody.

    *typed* follows `KINDS`; *region* (ISO 3166) completes phone numbers written without one.

    >>> normalise(("'u1' ", " Ana@Example.com ", None, None, "null"))[0]
    Identifiers(user_id='u1', email='ana@example.com', phone=None, external=None, anonymous_id=None)
    """
    usable: list[str | None] = []
    unusable: list[str] = []
    for kind, value in zip(KINDS, typed, strict=True):
        kept = normal_form(kind, value, region=region) if value else None
        usable.append(kept)
        if value and kept is None:
            unusable.append(kind)
    return Identifiers(*usable), unusable


def normal_form(kind: str, typed: str, *, region: str | None) -> str | None:
    """Return a value without the noise of typing; None when it identifies nobody."""
    plain = typed.strip().strip("\"'").strip()
    if kind == "user_id" and plain.startswith("["):
        plain = _first_account(plain)
    if is_placeholder(plain):
        return None
    if kind == "email":
        return email(plain)
    return phones.e164(plain, region) if kind == "phone" else plain


def _first_account(typed: str) -> str:
    """
    Return the first that identifies of a JSON list of accounts; anything else as it is.

    A fact is of one account: an alias that names two must not join them by itself.
    """
    try:
        listed = json.loads(typed)
    except (ValueError, RecursionError):
        return typed
    named = [str(value).strip() for value in listed if value is not None]
    return next((value for value in named if not is_placeholder(value)), "")


def is_placeholder(value: str) -> bool:
    """Tell whether a value stands for nobody: null, undefined, 0000-0000 or guest.

    >>> [is_placeholder(v) for v in ("[object Object]", "000-000", "-1", "42")]
    [True, True, True, False]
    """
    folded = value.strip("\"'[]{}()<> ")
    return not folded.strip("0 \t.-_/+") or folded.lower() in PLACEHOLDERS


@lru_cache(maxsize=200_000)
def email(value: str) -> str | None:
    """Return an address in lower case; None when there can be no such address."""
    lower = value.lower()
    if lower in PLACEHOLDER_MAILS:
        return None
    is_plain = len(value) <= LONGEST_PLAIN_MAIL and _PLAIN_MAIL.fullmatch(value)
    return lower if is_plain and not _RESERVED.search(value) else email_by_library(lower)


def email_by_library(value: str) -> str | None:
    """Return an address as it is when the library alone finds it valid."""
    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return value
