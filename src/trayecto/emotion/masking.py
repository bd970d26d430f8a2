"""
What somebody wrote, without what tells who they are.

Addresses, links, numbers and names are covered by a word in brackets. Names cannot be known for
sure: every word with a capital that does not open a sentence is covered, and a text in capitals is
not shown at all. It covers too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trayecto.emotion.reading import read
from trayecto.vocabulary.text import Language, Text

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w+")
# A telephone, an account, an order, an identity card: four figures or more, however written.
_NUMBER = re.compile(r"\+?\w?-?\d(?:[\s.\-/]?\d){3,}(?:-?[A-Za-z])?\b")
_NAMED = re.compile(
    r"\b(?:soy|me llamo|mi nombre es|firmado|atte\.?|atentamente|señora?|sra?\.?|don|doña|"
    r"i am|i'm|my name is|mrs?\.?|ms\.?|dear|regards|sincerely)[,:]?\s+(?-i:[A-ZÁÉÍÓÚÑ])[\w'’\-]*",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    r"(?<![.!?¿¡…\n\"«“])(?<=[\s(,;:\-/])(?<![.!?…]\s)[A-ZÁÉÍÓÚÑÜ][\w'’\-]*(?:\s+[A-ZÁÉÍÓÚÑÜ][\w'’\-]*)*"
)
_COMMON = frozenset(("I", "I'm", "I’m", "I've", "I’ve", "I'll", "I’ll", "I'd", "I’d", "OK"))

ADDRESS = Text(en="[e-mail]", es="[correo]")
LINK = Text(en="[link]", es="[enlace]")
NUMBER = Text(en="[number]", es="[número]")
NAME = Text(en="[name]", es="[nombre]")


def masked(text: str, language: Language) -> str | None:
    """
    Return a text with what identifies somebody covered; None when it had better not be shown.

    >>> masked("Escribidme a ana@example.com o al 600 11 22 33, gracias Laura", "es")
    'Escribidme a [correo] o al [número], gracias [nombre]'
    """
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > len(letters) / 3:
        return None
    covered = " ".join(text.split())
    for pattern, word in ((_ADDRESS, ADDRESS), (_LINK, LINK), (_HANDLE, NAME), (_NUMBER, NUMBER)):
        covered = pattern.sub(word.say(language), covered)
    name = NAME.say(language)
    covered = _NAMED.sub(lambda found: found[0].rsplit(maxsplit=1)[0] + " " + name, covered)
    return _CAPITAL.sub(lambda found: found[0] if found[0] in _COMMON else name, covered)


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote at a touchpoint, covered, with the level that was read in it."""

    touchpoint: str
    text: str
    level: float


def quotes(
    said: Iterable[tuple[int, str, float]], touchpoints: Sequence[str], *, each: int
) -> tuple[Quote, ...]:
    """Return up to *each* quotes of every touchpoint, covered in the language of each text."""
    chosen: dict[int, list[Quote]] = {}
    for place, text, level in said:
        kept = chosen.setdefault(place, [])
        covered = masked(text, read(text).language) if len(kept) < each else None
        if covered and all(quote.text != covered for quote in kept):
            kept.append(Quote(touchpoints[place], covered, level))
    return tuple(quote for place in sorted(chosen) for quote in chosen[place])
