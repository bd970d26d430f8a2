"""Lengths of time as people write them, in Spanish or English: “2 h”, “3 días”, “1 month”."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

# A month is 30 days and a year 365: a target is a promise, not a calendar.
_UNITS: tuple[tuple[timedelta, str], ...] = (
    (timedelta(seconds=1), "s sec secs second seconds seg segundo segundos"),
    (timedelta(minutes=1), "min mins minute minutes minuto minutos"),
    (timedelta(hours=1), "h hr hrs hour hours hora horas"),
    (timedelta(days=1), "d day days día días dia dias"),
    (timedelta(days=7), "w week weeks sem semana semanas"),
    (timedelta(days=30), "month months mes meses"),
    (timedelta(days=365), "y yr year years año años"),
)
UNITS: dict[str, timedelta] = {word: size for size, words in _UNITS for word in words.split()}

_PART = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?)\s*([^\W\d_]+)")
_LONGEST = timedelta(days=365 * 100)

EXAMPLES = Text(
    en='Write it like "30 min", "2 h", "3 days", "2 weeks", "1 month" or "1 year".',
    es="Escríbelo así: «30 min», «2 h», «3 días», «2 semanas», «1 mes» o «1 año».",
)


def time_span(words: str) -> timedelta | None:
    """
    Return the length of time *words* say, or None when they say none.

    Parts add up. Nothing, and more than a hundred years, is no length of time.

    >>> time_span("1 h 30 min"), time_span("2 semanas").days, time_span("soon")
    (datetime.timedelta(seconds=5400), 14, None)
    """
    written = unicodedata.normalize("NFC", words).strip().casefold()
    total, at = timedelta(), 0
    while at < len(written):
        part = _PART.match(written, at)
        if part is None or part[2] not in UNITS:
            return None
        try:
            total += float(part[1].replace(",", ".")) * UNITS[part[2]]
        except OverflowError:
            return None
        at = part.end()
        at += len(written[at:]) - len(written[at:].lstrip())
    return total if timedelta() < total <= _LONGEST else None


def asked_span(words: str) -> timedelta:
    """Return the length of time a person wrote; refuse what is none, and say how to write it."""
    found = time_span(words)
    if found is None:
        raise TrayectoError(
            Problem(
                Text(
                    en=f"“{words}” is not a length of time longer than zero.",
                    es=f"«{words}» no es una duración mayor que cero.",
                ),
                Text(
                    en="Write it like 30min, 12h, 7d or “2 weeks”.",
                    es="Escríbela así: 30min, 12h, 7d o «2 semanas».",
                ),
            )
        )
    return found


def in_words(span: timedelta) -> str:
    """
    Return *span* so that `time_span` reads it back, in the largest unit that divides it.

    >>> in_words(timedelta(days=90)), in_words(timedelta(minutes=90)), in_words(timedelta(days=7))
    ('90 d', '90 min', '7 d')
    """
    for word in ("d", "h", "min", "s"):
        amount, rest = divmod(span, UNITS[word])
        if not rest:
            return f"{amount} {word}"
    return f"{span.total_seconds():.6f} s"
