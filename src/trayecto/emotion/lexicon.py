"""
The words that carry a feeling, and those that turn, strengthen or weaken them.

They are our own and stand as text in `words/`: a line of words under a heading that says what
they are and how much they weigh. Forms are made by rule. `version` is the digest of all of it:
whoever stores a level notes under which words it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from hashlib import md5
from pathlib import Path

from trayecto.emotion import inflect
from trayecto.emotion.inflect import folded
from trayecto.vocabulary.text import Language

RULES = 2
"""Raised when a rule of reading changes: levels read before are then read again."""

_FOLDER = Path(__file__).parent / "words"
_FILES = ("es.txt", "en.txt", "signs.txt")
_NUMBERS: dict[Language, Sequence[str]] = {
    "es": [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
    ],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}
_SEVERAL: dict[Language, Sequence[str]] = {
    "es": ["varios", "varias", "muchos", "muchas", "once", "doce", "quince", "veinte", "treinta"],
    "en": ["several", "many", "twelve", "fifteen", "twenty", "thirty", "forty"],
}
NUMBER = "#"


class Kind(IntEnum):
    """What a word does to the level."""

    LEVEL = 0
    NEGATOR = 1
    QUANTITY = 2
    STRONGER = 3
    WEAKER = 4
    CONTRAST = 5
    CONCEDE = 6
    COURTESY = 7
    CLAUSE = 8
    SET_PHRASE = 9
    RATING = 10
    STOP = 11
    MODAL = 12
    SAYING = 13


@dataclass(frozen=True, slots=True)
class Sense:
    """
    What a form means: its *level* (or factor), the level when *negated*, and how it was formed.

    *settles*: it puts an end to a trouble (a problem that was solved is none).
    """

    kind: Kind
    level: float = 0.0
    negated: float | None = None
    lemma: str = ""
    made: str = "plain"
    settles: bool = False


Pattern = tuple[tuple[frozenset[str] | None, ...], Sense]
"""What must follow the first two words of a phrase; None is any number."""


@dataclass(slots=True)
class Lexicon:
    """One language's words."""

    language: Language
    book: dict[str, Sense | None] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[Pattern]]] = field(default_factory=dict)
    """By first word and second word (empty: there is none; # any number), the longest first."""
    lemmas: set[str] = field(default_factory=set)
    function: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    conjugated: dict[str, set[str]] = field(default_factory=dict)
    seen: dict[str, Sense | None] = field(default_factory=dict)
    """Every form met so far, also those worked out by rule: only ever a shortcut."""

    def known(self, word: str) -> Sense | None:
        """Return what a word means, found by its form or by what it may come from."""
        try:
            return self.seen[word]
        except KeyError:
            found = self.book[word] if word in self.book else self._derived(word)
            # Texts bring new words without end: what is kept of them is bounded.
            if len(self.seen) >= _MOST_FORMS:
                self.seen.clear()
            self.seen[word] = found
            return found

    def _derived(self, word: str) -> Sense | None:
        if word[0].isdigit():
            return _rating(word)
        if len(word) < 5 or len(word) > _LONGEST:
            return None
        for stem, how in inflect.stems(word, self.language):
            sense = self.book.get(stem)
            if sense and sense.kind is Kind.LEVEL and sense.made == "plain":
                return _resized(sense, how)
        return None


_MOST_FORMS = 400_000
_LONGEST = 24


def _rating(word: str) -> Sense | None:
    """Return the level of a mark such as 9/10."""
    given, slash, of = word.partition("/")
    if slash and of in ("5", "10", "100") and given.replace(",", ".").replace(".", "", 1).isdigit():
        share = float(given.replace(",", ".")) / float(of)
        return Sense(Kind.LEVEL, 2 * share - 1, lemma=word, made="rating") if share <= 1 else None
    return None


def _resized(sense: Sense, how: str) -> Sense:
    factor = {"small": 0.7, "large": 1.2}.get(how, 1.0)
    made = "plain" if how == "pronoun" else how
    level, negated = sense.level * factor, sense.negated
    return Sense(sense.kind, level, negated, sense.lemma, made, sense.settles)


@cache
def version() -> str:
    """Return the digest of words and rules: the model version of a level read from a text."""
    words = b"".join((_FOLDER / name).read_bytes() for name in _FILES)
    return md5(f"{RULES}".encode() + words, usedforsecurity=False).hexdigest()[:12]


@cache
def lexicon(language: Language) -> Lexicon:
    """Return the words of a language, read once."""
    built = Lexicon(language)
    built.numbers = {folded(word): n for n, word in enumerate(_NUMBERS[language])}
    sections = list(_sections(f"{language}.txt"))
    for heading, lines in sections:
        if heading[0] == "forms":
            for line in lines:
                lemma, _, forms = folded(line).partition(":")
                built.conjugated.setdefault(lemma, set()).update(forms.split())
    # Fixed phrases and turning words first: the first meaning of a form stands.
    for heading, lines in sections:
        _ENTER.get(heading[0], _enter_words)(built, heading, lines)
    for heading, lines in _sections("signs.txt"):
        _enter_words(built, heading, lines)
    for seconds in built.phrases.values():
        for patterns in seconds.values():
            patterns.sort(key=lambda pattern: -len(pattern[0]))
    return built


@cache
def leanings() -> dict[str, int]:
    """Return, for a word of one language only, which: 1 for Spanish, -1 for English."""
    spanish, english = lexicon("es"), lexicon("en")
    lean: dict[str, int] = {}
    for own, other, sign in ((spanish, english, 1), (english, spanish, -1)):
        for word in own.function - other.function:
            lean[word] = 2 * sign
        theirs = other.book.keys() | other.function | _phrase_words(other)
        felt = {word for word, sense in own.book.items() if sense} | _phrase_words(own)
        for word in felt - theirs:
            lean.setdefault(word, sign)
    return lean


def _phrase_words(of: Lexicon) -> set[str]:
    """Return the words that fixed phrases begin with."""
    seconds = {second for known in of.phrases.values() for second in known}
    return (of.phrases.keys() | seconds) - {NUMBER, ""}


Heading = tuple[str, tuple[float, ...]]


def _sections(name: str) -> Iterator[tuple[Heading, list[str]]]:
    """Give each heading of a file with the lines under it."""
    heading: Heading | None = None
    lines: list[str] = []
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("= "):
            if heading:
                yield heading, lines
            kind, *weights = line[2:].replace("/", " ").split()
            heading, lines = (kind, tuple(float(weight) for weight in weights)), []
        elif line.strip() and heading:
            lines.append(line.strip())
    if heading:
        yield heading, lines


_KINDS = {
    "negator": Kind.NEGATOR, "negative-quantity": Kind.QUANTITY, "stronger": Kind.STRONGER,
    "weaker": Kind.WEAKER, "contrast": Kind.CONTRAST, "concede": Kind.CONCEDE,
    "courtesy": Kind.COURTESY, "clause": Kind.CLAUSE, "set-phrase": Kind.SET_PHRASE,
    "not-negator-phrase": Kind.SET_PHRASE, "rating": Kind.RATING, "modal": Kind.MODAL,
    "modal-word": Kind.MODAL, "saying": Kind.SAYING, "refusing-negator": Kind.NEGATOR,
}  # fmt: skip


_VERBS = ("verb", "modal", "saying")


def _kind(heading: str) -> Kind:
    return _KINDS.get(heading) or _KINDS.get(heading.removesuffix("-phrase"), Kind.LEVEL)


def _enter_words(built: Lexicon, heading: Heading, lines: Sequence[str]) -> None:
    """Enter words with all their forms; a word of several parts is a phrase."""
    part, weights = heading
    level, negated = (*weights, 0.0)[0], (*weights, None, None)[1]
    for written in " ".join(lines).split():
        word, _, change = folded(written).partition(":" if part in _VERBS else "|")
        if "-" in word and part != "emoticon" and word.strip("-"):
            phrase = Sense(Kind.LEVEL, level, negated, word)
            _enter_phrase(built, word.replace("-", " "), phrase)
            continue
        built.lemmas.add(word)
        for form, made in _forms(built, part, word, change).items():
            raised = max(-1.0, min(1.0, level * 1.3)) if made == "superlative" else level
            _enter(built, form, Sense(_kind(part), raised, negated, word, made))


def _enter(built: Lexicon, form: str, sense: Sense) -> None:
    if built.book.get(form) is None:
        built.book[form] = sense


def _forms(built: Lexicon, part: str, word: str, change: str) -> dict[str, str]:
    if part == "adjective":
        return inflect.adjective(word, built.language)
    if part == "noun":
        return dict.fromkeys(inflect.noun(word, built.language), "plain")
    if part in _VERBS or part == "settles":
        return dict.fromkeys(_conjugated(built, word, change), "plain")
    return {word: "plain"}


def _conjugated(built: Lexicon, word: str, change: str = "") -> set[str]:
    """Return every form of a verb, also the irregular ones that the file lists."""
    known = built.conjugated.setdefault(word, set())
    known |= inflect.verb(word, built.language, change=change)
    return known


def _enter_settling(built: Lexicon, _heading: Heading, lines: Sequence[str]) -> None:
    """Mark the forms of words that put an end to a trouble."""
    for written in " ".join(lines).split():
        word, _, change = folded(written).partition(":")
        for form in _conjugated(built, word, change):
            was = built.book.get(form) or Sense(Kind.LEVEL, 0.3, -0.5, word)
            if was.kind is Kind.LEVEL:
                built.book[form] = Sense(
                    was.kind, was.level, was.negated, was.lemma, was.made, settles=True
                )


def _enter_phrases(built: Lexicon, heading: Heading, lines: Sequence[str]) -> None:
    part, weights = heading
    level, negated = (*weights, 0.0)[0], (*weights, None, None)[1]
    for line in lines:
        for phrase in filter(None, (piece.strip() for piece in line.split("|"))):
            sense = Sense(_kind(part), level, negated, phrase.replace("^", ""), "phrase")
            _enter_phrase(built, folded(phrase), sense)


def _enter_phrase(built: Lexicon, phrase: str, sense: Sense) -> None:
    if sense.kind is Kind.LEVEL:
        built.lemmas.add(phrase)
    first, *rest = (_choices(built, word) for word in phrase.split())
    seconds = sorted(_spelt_out(built, rest[0])) if rest else [""]
    for start in sorted(_spelt_out(built, first)):
        known = built.phrases.setdefault(start, {})
        for second in seconds:
            known.setdefault(second, []).append((tuple(rest[1:]), sense))


def _spelt_out(built: Lexicon, choice: frozenset[str] | None) -> Iterable[str]:
    return {NUMBER, *built.numbers, *_several(built)} if choice is None else choice


def _choices(built: Lexicon, word: str) -> frozenset[str] | None:
    """Return the forms that stand for a word of a phrase; None for any number."""
    if word == NUMBER:
        return None
    if word.endswith("^"):
        return frozenset(_conjugated(built, word[:-1]))
    return frozenset((word,))


def _several(built: Lexicon) -> list[str]:
    return [folded(word) for word in _SEVERAL[built.language]]


def _enter_function(built: Lexicon, _heading: Heading, lines: Sequence[str]) -> None:
    for word in folded(" ".join(lines)).split():
        built.function.add(word)
        built.book.setdefault(word, None)


def _nothing(_built: Lexicon, _heading: Heading, _lines: Sequence[str]) -> None:
    """Enter nothing: forms are read before."""


_ENTER = {
    "phrase": _enter_phrases, "set-phrase": _enter_phrases, "rating": _enter_phrases,
    "weaker-phrase": _enter_phrases, "stronger-phrase": _enter_phrases,
    "not-negator-phrase": _enter_phrases, "contrast-phrase": _enter_phrases,
    "concede-phrase": _enter_phrases, "modal-phrase": _enter_phrases,
    "settles": _enter_settling, "function": _enter_function, "forms": _nothing,
}  # fmt: skip
