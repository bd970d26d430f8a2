"""Words in both languages, and figures as each language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

UNKNOWN = "—"
# Spanish sets thousands apart with a thin space that does not break (RAE, Ortografía 2010,
# and ISO 80000-1); the study of the live map does the same.
_THIN = "\u202f"
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Text:
    """
    Give one text in both languages.

    A document may be written in one language only; both fields then hold the same words.
    """

    en: str
    es: str

    def say(self, language: Language) -> str:
        """Return the words in *language*."""
        return self.es if language == "es" else self.en

    def on_page(self) -> Text:
        """Return the text as a page says it."""
        return self

    def __bool__(self) -> bool:
        return bool(self.en or self.es)


@dataclass(frozen=True, slots=True)
class WayOut(Text):
    """What to do next: in a terminal, by its commands; on a *page*, by what stands there."""

    page: Text

    def on_page(self) -> Text:
        """Return what a page says to do."""
        return self.page


class Notice(Text):
    """A text to be read and not only to pass by, while something long goes on."""

    __slots__ = ()


Tell = Callable[[Text], None]
"""How long work says what it is doing, to whoever waits."""


def tell_nobody(_: Text) -> None:
    """Tell nobody."""


def same(words: str) -> Text:
    """Return a text that reads the same in both languages: a name, a number, a path."""
    return Text(en=words, es=words)


NOTHING = same("")


def capital(words: str) -> str:
    """
    Return words that begin as a sentence or a heading does.

    >>> capital("half wait up to 3 d")
    'Half wait up to 3 d'
    """
    return words[:1].upper() + words[1:]


def one_after_another(texts: Iterable[Text]) -> Text:
    """Return sentences as one text."""
    some = list(texts)
    return Text(en=" ".join(one.en for one in some), es=" ".join(one.es for one in some))


def clean(words: str) -> str:
    """Return *words* in Unicode NFC, without outer spaces or control characters."""
    kept = (c for c in words if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def folded(words: str) -> str:
    """
    Return *words* without case or accents, to search by.

    >>> folded("Atención"), folded("STRASSE") == folded("Straße")
    ('atencion', True)
    """
    if words.isascii():
        return words.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", words.casefold()))


def in_order(words: str) -> str:
    """
    Return what to put *words* in order by: without case or accents, and ñ after n.

    >>> sorted(["Zumo", "Árbol", "Ñu", "nuez", "oso"], key=in_order)
    ['Árbol', 'nuez', 'Ñu', 'oso', 'Zumo']
    """
    # Below comes nothing of n, and above it only o.
    return folded(unicodedata.normalize("NFC", words).lower().replace("ñ", "n~"))


class Written(str):
    """
    A number as it is written, which chooses the word after it: one is singular, all else plural.

    Sentences say both where they count: `{n:person comes|people come}`.

    >>> f"{number(1, 'en'):person|people}", "{n:persona|personas}".format(n=number(12480, "es"))
    ('1 person', '12\u202f480 personas')
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the number with the word it asks for; any other specification is as usual."""
        one, parts, several = spec.partition("|")
        if not parts:
            return super().__format__(spec)
        return f"{self} {one if self.is_one() else several}"

    def is_one(self) -> bool:
        """Tell whether it is just one."""
        return self == "1"


def number(value: float | None, language: Language, *, decimals: int = 0) -> Written:
    """
    Return *value* as the language writes it, or a dash for what is unknown.

    >>> number(12480, "en"), number(1480, "es"), number(25.54, "es", decimals=1)
    ('12,480', '1480', '25,5')
    """
    if value is None:
        return Written(UNKNOWN)
    written = f"{value:,.{decimals}f}".replace("-", "−")
    if written.lstrip("−0.") == "" and written.startswith("−"):
        written = written[1:]
    if language == "en":
        return Written(written)
    thousands = "" if abs(value) < 10_000 else _THIN
    return Written(written.replace(",", "\0").replace(".", ",").replace("\0", thousands))


def percent(share: float | None, language: Language, *, decimals: int = 0) -> str:
    """
    Return a share in [0, 1] as a percentage.

    >>> percent(0.2554, "en"), percent(None, "es")
    ('26%', '—')
    """
    if share is None:
        return UNKNOWN
    sign = "%" if language == "en" else "\u00a0%"
    return number(share * 100, language, decimals=decimals) + sign


_UNITS: tuple[tuple[float, str, Text], ...] = (
    (31_557_600.0, "y", Text(en="y", es="años")),
    (86_400.0, "d", Text(en="d", es="d")),
    (3_600.0, "h", Text(en="h", es="h")),
    (60.0, "min", Text(en="min", es="min")),
    (1.0, "s", Text(en="s", es="s")),
)


def duration(seconds: float | None, language: Language) -> str:
    r"""
    Return a time span in the unit a person would use: years from two years on.

    >>> duration(777_600, "en"), duration(5_400, "es"), duration(0, "en")
    ('9\xa0d', '1,5\xa0h', '0\xa0s')
    """
    if seconds is None:
        return UNKNOWN
    for size, code, unit in _UNITS:
        if abs(seconds) >= size * (2 if code == "y" else 1) or code == "s":
            amount = seconds / size
            decimals = 0 if abs(amount) >= 20 or abs(amount - round(amount)) < 0.05 else 1
            written = number(amount, language, decimals=decimals)
            return f"{written}\u00a0{unit.say(language)}"
    raise AssertionError("the last unit takes everything")
