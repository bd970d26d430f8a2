"""
What an identifier is once the noise of typing is gone, and what identifies nobody.

Values are normalised beside what was typed (the lake keeps both): e-mail stripped and lower-cased,
without folding dots or +tags; phone to E.164; account ids keep their case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from email_validator import EmailNotValidError, validate_email

KINDS = ("user_id", "email", "phone", "external", "anonymous_id")
"""Kinds of identifier, the strongest first."""

# Most addresses are this plain and need no library to be seen as valid: RFC 5322 atoms, RFC 1035
# labels, and a top-level domain that is not reserved (RFC 2606, 6761).
_ATOM = "[a-z0-9_%+-]+"
_LABEL = "[a-z0-9](?:[a-z0-9]|-(?!-))*"
_PLAIN_MAIL = re.compile(
    rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}(?<!-)\.)+(?!test$|local$|localhost$|invalid$|onion$|arpa$)[a-z]{{2,18}}"
)

# Folded: lower case, without quotes, spaces and punctuation at the ends.
_PLACEHOLDERS = frozenset(
    {
        "", "null", "undefined", "none", "nil", "na", "n/a", "nan", "guest", "anonymous", "unknown",
        "invitado", "anonimo", "anónimo", "desconocido", "ninguno", "object object", "test",
        "not_authenticated", "no-reply", "-1", "true", "false", "void", "empty", "vacio", "vacío",
    }
)  # fmt: skip
_PLACEHOLDER_MAILS = frozenset({"test@test.com", "a@a.com", "no@no.com", "none@none.com"})


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
        kept = _one(kind, value, region) if value else None
        usable.append(kept)
        if value and kept is None:
            unusable.append(kind)
    return Identifiers(*usable), unusable


def _one(kind: str, value: str, region: str | None) -> str | None:
    plain = value.strip().strip("\"'").strip()
    if is_placeholder(plain):
        return None
    if kind == "email":
        return _email(plain.lower())
    if kind == "phone":
        return _phone(plain, region)
    return plain


def is_placeholder(value: str) -> bool:
    """Tell whether a value stands for nobody: null, undefined, 0000-0000 or guest.

    >>> [is_placeholder(v) for v in ("[object Object]", "000-000", "-1", "42")]
    [True, True, True, False]
    """
    folded = value.strip("\"'[]{}()<> ").lower()
    return folded in _PLACEHOLDERS or re.fullmatch(r"[0\s.\-_/+]+", folded) is not None


@lru_cache(maxsize=200_000)
def _email(value: str) -> str | None:
    if value in _PLACEHOLDER_MAILS:
        return None
    if len(value) <= 64 and _PLAIN_MAIL.fullmatch(value):
        return value
    try:
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return value


@lru_cache(maxsize=200_000)
def _phone(value: str, region: str | None) -> str | None:
    dialled = "+" + value[2:] if value.startswith("00") else value
    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    extension = f";ext={number.extension}" if number.extension else ""
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written + extension
