"""A rule over customers: what must hold of somebody's properties; who are “a segment”."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.text import Language, Text, number, same

SAID = "data:"
"""Written before a property's name, it means what was said, though one is computed so called."""

CALLED: dict[str, Text] = {
    "interactions": Text(en="interactions", es="interacciones"),
    "first_seen": Text(en="first seen", es="primera vez"),
    "last_seen": Text(en="last seen", es="última vez"),
    "days_known": Text(en="days known", es="días desde que se le conoce"),
    "days_silent": Text(en="days silent", es="días sin aparecer"),
    "channel": Text(en="main channel", es="canal principal"),
    "channels": Text(en="channels used", es="canales usados"),
    "sources": Text(en="sources", es="orígenes"),
    "nps": same("NPS"),
    "csat": same("CSAT"),
    "ces": same("CES"),
}
"""What the properties that are computed of everybody are called in a sentence."""

_LISTS = ("channels", "sources")
_OF_CHANNELS = ("channel", "channels")


@dataclass(frozen=True, slots=True)
class RuleTest:
    """
    Test one property of a customer: one of some values, or a number within bounds.

    Words are compared whatever their capitals. A day counts as the number it is written with:
    2026-03-01 is 20260301.
    """

    property: str
    is_: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None

    def say(self, language: Language) -> str:
        """
        Return the test in words.

        >>> RuleTest("plan", ("fibra", "empresa")).say("en")
        'plan is fibra or empresa'
        >>> RuleTest("interactions", at_least=5).say("es")
        'interacciones ≥ 5'
        >>> RuleTest("channels", ("store", "chat")).say("es")
        'canales usados: Tienda o Chat'
        """
        joins = Text(en=" or ", es=" o ").say(language)
        said = []
        values = [_value(self.property, value).say(language) for value in self.is_]
        if self.property in _LISTS and self.is_:
            return f"{CALLED[self.property].say(language)}: {joins.join(values)}"
        if self.is_:
            said.append(f"{Text(en='is', es='es').say(language)} {joins.join(values)}")
        if self.at_least is not None:
            said.append(f"≥ {_bound(self.at_least, language)}")
        if self.at_most is not None:
            said.append(f"≤ {_bound(self.at_most, language)}")
        both = Text(en=" and ", es=" y ").say(language)
        called = CALLED.get(self.property, same(self.property.removeprefix(SAID)))
        return f"{called.say(language)} {both.join(said)}"


Rule = tuple[RuleTest, ...]
"""Every test must hold."""


def rule_words(rule: Rule) -> Text:
    """Return a rule in words, in both languages."""
    return Text(
        en=", ".join(test.say("en") for test in rule), es=", ".join(test.say("es") for test in rule)
    )


def _value(property: str, value: str) -> Text:
    return channel_name(value) if property in _OF_CHANNELS else same(value)


def _bound(value: float, language: Language) -> str:
    whole = value == int(value)
    return day_words(value) or number(value, language, decimals=0 if whole else 2)


def day_words(value: float) -> str:
    """
    Return the day that a number is; nothing when it is none of our time.

    >>> day_words(20260301), day_words(20260399), day_words(5)
    ('2026-03-01', '', '')
    """
    found = _AS_NUMBER.fullmatch(f"{value:g}" if value != int(value) else f"{value:.0f}")
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


_TEST = re.compile(r"\s*(?P<property>[^=<>]*?)\s*(?P<sign>>=|<=|=|>|<)\s*(?P<value>.*?)\s*")
_AS_NUMBER = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def rule_of(tests: Iterable[str]) -> Rule:
    """
    Return the rule that some tests make, as people write them; all that is wrong is said at once.

    >>> rule_of(["plan=fibra,empresa", "interactions>=5"])[1]
    RuleTest(property='interactions', is_=(), at_least=5.0, at_most=None)
    >>> rule_of(['city="Vigo, centro"', "last_seen<=2026-03-01"])[1].at_most
    20260301.0
    """
    found: list[RuleTest] = []
    problems: list[Problem] = []
    for words in tests:
        test = _test(words)
        if isinstance(test, Problem):
            problems.append(test)
        else:
            found.append(test)
    stop_if_any(problems)
    return tuple(found)


def words_of(rule: Rule) -> list[str]:
    """
    Return a rule as tests that `rule_of` reads again.

    >>> words_of(rule_of(['city="Vigo, centro",Lugo', "last_seen<=2026-03-01"]))
    ['city="Vigo, centro",Lugo', 'last_seen<=2026-03-01']
    """
    found = []
    for test in rule:
        if test.is_:
            out = io.StringIO()
            csv.writer(out, lineterminator="").writerow(test.is_)
            found.append(f"{test.property}={out.getvalue()}")
        for sign, bound in ((">=", test.at_least), ("<=", test.at_most)):
            if bound is not None:
                found.append(f"{test.property}{sign}{day_words(bound) or repr(bound)}")
    return found


def _test(words: str) -> RuleTest | Problem:
    parts = _TEST.fullmatch(words)
    if parts is None or not parts["property"] or not parts["value"]:
        return Problem(
            Text(
                en=f"“{words}” is no test of a customer.",
                es=f"«{words}» no es una condición sobre un cliente.",
            ),
            _GRAMMAR,
        )
    name, sign, value = parts["property"], parts["sign"], parts["value"]
    if sign in "<>":
        return Problem(
            Text(
                en=f"“{words}”: bounds are included here.",
                es=f"«{words}»: aquí los límites se incluyen.",
            ),
            Text(en=f"Write {name}{sign}={value}.", es=f"Escribe {name}{sign}={value}."),
        )
    if sign == "=":
        listed = next(csv.reader([value], skipinitialspace=True))
        return RuleTest(name, tuple(word.strip() for word in listed if word.strip()))
    bound = value_of(value)
    if bound is None:
        return Problem(
            Text(
                en=f"“{value}” in “{words}” is no number and no day.",
                es=f"«{value}» en «{words}» no es un número ni un día.",
            ),
            _GRAMMAR,
        )
    return RuleTest(name, at_least=bound if sign == ">=" else None,
                    at_most=bound if sign == "<=" else None)  # fmt: skip


def value_of(words: str) -> float | None:
    """Return the number that some words are, a day as 20260301; None when they are neither."""
    day = _DAY.fullmatch(words)
    try:
        if day:
            return float(f"{date(*map(int, day.groups())):%Y%m%d}")
        found = float(words)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None


_GRAMMAR = Text(
    en="Write it like plan=fibre,business or interactions>=5 or last_seen<=2026-03-01.",
    es="Escríbela así: plan=fibra,empresa o interactions>=5 o last_seen<=2026-03-01.",
)
