"""
Phone numbers in E.164, by Google's library; the plainest of them without asking it.

Parsing a number takes the library tens of microseconds, and nearly all numbers are plain: a
country's own digits with spaces, points or hyphens between them. For those its metadata alone
decide, and the answer is the same (a test compares both).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc

WRITTEN_PLAINLY = r"(?:\+|00)?[1-9](?:[ .-]?[0-9])*"
"""Digits with at most one mark between them: no brackets, letters or extension."""
_PLAIN = re.compile(WRITTEN_PLAINLY)
_MARKS = str.maketrans("", "", " .-")


@dataclass(frozen=True, slots=True)
class Shape:
    """A regular expression that every engine knows, and the lengths it holds for (none: any)."""

    pattern: str
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """What makes a number valid in a country: its general shape, and that of some kind."""

    code: str
    general: Shape
    kinds: tuple[Shape, ...]
    prefixes: str | None
    """Digits dialled before a number: one that begins with them is left to the library."""


@lru_cache(maxsize=200_000)
def e164(typed: str, region: str | None) -> str | None:
    """Return a number in E.164, with its extension; None when it cannot exist.

    >>> e164("0034 600-112-233", None), e164("600 11 22 33", "ES"), e164("123", "ES")
    ('+34600112233', '+34600112233', None)
    """
    return (_plain(typed, region) if _PLAIN.fullmatch(typed) else None) or by_library(typed, region)


def by_library(typed: str, region: str | None) -> str | None:
    """Return a number in E.164 as the library alone has it."""
    dialled = "+" + typed[2:] if typed.startswith("00") else typed
    try:
        number = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    extension = f";ext={number.extension}" if number.extension else ""
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written + extension


@cache
def country(region: str | None) -> Country | None:
    """Return what a number of *region* looks like; None where only the library can tell."""
    metadata = PhoneMetadata.metadata_for_region(region) if region else None
    if metadata is None:
        return None
    code = metadata.country_code or 0
    if phonenumbers.region_code_for_country_code(code) != region or metadata.leading_digits:
        return None  # a country that shares its code: whose a number is takes more than a pattern
    own = (
        metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate,
        metadata.shared_cost, metadata.voip, metadata.personal_number, metadata.pager,
        metadata.uan, metadata.voicemail,
    )  # fmt: skip
    prefixes = [p for p in (metadata.international_prefix, metadata.national_prefix_for_parsing)
                if p]  # fmt: skip
    general = _shape(metadata.general_desc)
    if general is None:
        return None
    return Country(
        str(code),
        general,
        _merged([shape for desc in own if (shape := _shape(desc))]),
        "|".join(f"(?:{prefix})" for prefix in prefixes) or None,
    )


def _shape(desc: PhoneNumberDesc | None) -> Shape | None:
    if desc is None or not desc.national_number_pattern:
        return None
    return Shape(f"(?:{desc.national_number_pattern})", tuple(desc.possible_length))


def _merged(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Return shapes of the same lengths as one."""
    patterns: dict[tuple[int, ...], list[str]] = {}
    for shape in shapes:
        patterns.setdefault(shape.lengths, []).append(shape.pattern)
    return tuple(Shape("|".join(found), lengths) for lengths, found in patterns.items())


def _plain(typed: str, region: str | None) -> str | None:
    digits = typed.translate(_MARKS)
    if digits.startswith(("+", "00")):
        digits = digits[1 if digits[0] == "+" else 2 :]
        for length in (2, 1, 3):  # no calling code begins another
            regions = _regions().get(digits[:length])
            if regions is not None:
                return _of(regions, digits[length:])
        return None
    return _of(region, digits) if region else None


@cache
def _regions() -> dict[str, str]:
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    return {str(code): phonenumbers.region_code_for_country_code(code) for code in codes}


def _of(region: str, own: str) -> str | None:
    there = country(region)
    if there is None or own.startswith("0"):
        return None
    general, kinds, prefixes = _compiled(region)
    if prefixes is not None and prefixes.match(own):
        return None
    valid = _fits(own, general) and any(_fits(own, kind) for kind in kinds)
    return f"+{there.code}{own}" if valid else None


_Compiled = tuple[re.Pattern[str], tuple[int, ...]]


def _fits(own: str, shape: _Compiled) -> bool:
    pattern, lengths = shape
    return (not lengths or len(own) in lengths) and pattern.fullmatch(own) is not None


@cache
def _compiled(region: str) -> tuple[_Compiled, list[_Compiled], re.Pattern[str] | None]:
    there = country(region)
    assert there is not None
    kinds = [(re.compile(kind.pattern), kind.lengths) for kind in there.kinds]
    prefixes = re.compile(there.prefixes) if there.prefixes else None
    return (re.compile(there.general.pattern), there.general.lengths), kinds, prefixes
