"""
How a text felt, read by plain rules and explained word by word.

Each word that carries a feeling gives an amount; what stands around it turns, strengthens or
weakens it. With S the sum of the n amounts divided by √n, the level is k·S / √(1 + (k·S)²), so it
stays inside (-1, 1) and grows with agreement; each word's contribution is its share of that, so
the contributions add up to the level. Without any such word there is no level: silence is not
neutral.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from trayecto.emotion.inflect import folded
from trayecto.emotion.lexicon import (
    NUMBER,
    Kind,
    Lexicon,
    Pattern,
    Sense,
    leanings,
    lexicon,
)
from trayecto.vocabulary.text import Language

Rule = Literal[
    "word", "phrase", "rating", "negated", "negates", "stronger", "weaker", "little", "small",
    "large", "superlative", "capitals", "drawn_out", "exclamation", "before_but", "after_but",
    "although", "question", "courtesy", "settled", "set_phrase", "refused", "outdone", "agrees",
]  # fmt: skip

_STEEPNESS = 1.25
_REACH = 5
"""How many words ahead a negation is felt."""
_NEAR = 3
_WEAK = 0.6
"""In a question only what is stronger than this is a feeling."""

_TOKEN = re.compile(
    r"(?<!\S)(?::'\)|<3|</3|\^_?\^|t_t|-_-|[:;=]['-]?[()dp@/\\|]|>:\(|xd)(?=[\s.,!]|$)"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:/]\d+)*"
    r"|[!?¡¿.,;:()\n…]+|[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"[A-ZÁÉÍÓÚÜÑ]{3}")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1+")
_STOPS = frozenset("!?¡¿.,;:()\n…")
_ENDS = frozenset("!?.\n…")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word (or fixed phrase) of a text: what it contributed to the level, by which rules."""

    text: str
    contribution: float
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read: its level in [-1, 1] (None: no evidence), its language, word by word."""

    level: float | None
    language: Language
    words: tuple[Spoken, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        words = [
            {"text": w.text, "contribution": w.contribution, "rules": list(w.rules)}
            for w in self.words
        ]
        return {"level": self.level, "language": self.language, "words": words}


@dataclass(slots=True)
class _Item:
    """One amount on its way: the words it stands on, its meaning and what was done to it."""

    start: int
    end: int
    amount: float
    sense: Sense
    rules: list[Rule]
    negated: bool = False


def read(text: str, *, language: Language | None = None) -> Reading:
    """
    Return the level of a text, and what each of its words contributed.

    >>> read("not bad at all").level > 0 > read("No me gusta nada").level
    True
    >>> read("Cambio de dirección").level is None
    True
    """
    plain = unicodedata.normalize("NFC", text)
    small = folded(plain)
    found = list(_TOKEN.finditer(small))
    told = [plain[match.start() : match.end()] for match in found]
    words = [match.group() for match in found]
    chosen = language or guess(words)
    items, silent = _weigh(words, plain, lexicon(chosen))
    level, factor = _level(items)
    spoken: dict[int, Spoken] = {}
    covered: set[int] = set()
    for item in items:
        shown = " ".join(told[item.start : item.end])
        spoken[item.start] = Spoken(shown, item.amount * factor, tuple(item.rules))
        covered.update(range(item.start, item.end))
    for start, end, rule in silent:
        if not covered.intersection(range(start, end)):
            spoken[start] = Spoken(" ".join(told[start:end]), 0.0, (rule,))
            covered.update(range(start, end))
    for place, word in enumerate(told):
        if place not in covered:
            spoken[place] = Spoken(word, 0.0, ())
    return Reading(level, chosen, tuple(spoken[place] for place in sorted(spoken)))


def levels(texts: Iterable[str]) -> Iterator[float | None]:
    """Give the level of each text: the same as `read`, without the explanation."""
    for text in texts:
        plain = unicodedata.normalize("NFC", text)
        words = _TOKEN.findall(folded(plain))
        items, _ = _weigh(words, plain, lexicon(guess(words)))
        yield _level(items)[0]


def guess(words: Sequence[str]) -> Language:
    """Return the language most of the words lean to; Spanish when none does."""
    lean = leanings().get
    return "en" if sum(lean(word, 0) for word in words) < 0 else "es"


def _level(items: Sequence[_Item]) -> tuple[float | None, float]:
    """Return the level, and what each amount is multiplied by to add up to it."""
    if not items:
        return None, 0.0
    steep = _STEEPNESS / sqrt(len(items))
    whole = steep * sum(item.amount for item in items)
    factor = steep / sqrt(1 + whole * whole)
    # Added up in the same order as the explanation is, so that both agree to the last bit.
    return max(-1.0, min(1.0, sum(item.amount * factor for item in items))), factor


Silent = tuple[int, int, Rule]


def _weigh(words: Sequence[str], plain: str, book: Lexicon) -> tuple[list[_Item], list[Silent]]:
    """Return the amounts of a text in order, and the words that only change others."""
    marks = _marks(words, book)
    if not marks:
        return [], []
    pass_ = _Pass(words)
    for start, end, sense in marks:
        pass_.take(start, end, sense)
    pass_.close("")
    items = pass_.items
    if not items:
        return [], pass_.silent
    _shout(items, words, plain)
    return _courteous(items, words), pass_.silent


Mark = tuple[int, int, Sense]
_STOP = Sense(Kind.STOP)


def _marks(words: Sequence[str], book: Lexicon) -> list[Mark]:
    """Return the words and phrases that mean something, the longest phrase first."""
    marks: list[Mark] = []
    known, seen, phrases = book.known, book.seen, book.phrases
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        begins = phrases.get(word)
        if begins is None and word[0].isdigit():
            begins = phrases.get(NUMBER)
        if begins is not None:
            found = _phrase(words, place, begins, book)
            if found is not None:
                marks.append(found)
                place = found[1]
                continue
        sense = seen[word] if word in seen else known(word)
        if sense is not None:
            marks.append((place, place + 1, sense))
        elif word[0] in _STOPS:
            marks.append((place, place + 1, _STOP))
        elif len(word) > 4 and _DRAWN_OUT.search(word):
            for letters in (r"\1", r"\1\1"):
                sense = known(_DRAWN_OUT.sub(letters, word))
                if sense is not None:
                    marks.append((place, place + 1, sense))
                    break
        place += 1
    return marks


def _phrase(
    words: Sequence[str], place: int, begins: Mapping[str, Sequence[Pattern]], book: Lexicon
) -> Mark | None:
    """Return the longest phrase that begins here."""
    count = len(words)
    if place + 1 < count:
        second = words[place + 1]
        patterns = begins.get(NUMBER if second[0].isdigit() else second, ())
        for tail, sense in patterns:
            end = place + 2 + len(tail)
            if end <= count and (not tail or _follows(words, place + 2, tail, book)):
                return place, end, _stars(words[place], sense, book)
    for _, sense in begins.get("", ()):
        return place, place + 1, sense
    return None


def _follows(
    words: Sequence[str], place: int, tail: Sequence[frozenset[str] | None], book: Lexicon
) -> bool:
    for step, choice in enumerate(tail, place):
        word = words[step]
        if choice is None:
            if not (word[0].isdigit() or word in book.numbers):
                return False
        elif word not in choice:
            return False
    return True


def _stars(word: str, sense: Sense, book: Lexicon) -> Sense:
    """Return a phrase's meaning; that of a number of stars is worked out, of five."""
    if sense.kind is not Kind.RATING:
        return sense
    given = book.numbers.get(word)
    if given is None:
        given = int(word) if word.isdigit() and len(word) == 1 else 3
    level = max(-1.0, min(1.0, (given - 3) / 2))
    return Sense(Kind.LEVEL, level, None, sense.lemma, "rating")


class _Pass:
    """One pass over the marks of a text: what stands around a word changes its amount."""

    __slots__ = (
        "_before", "_boost", "_boost_at", "_clause", "_clause_items", "_concede", "_lift",
        "_modal", "_negator", "_question", "_refusal", "_sentence", "_sentence_words",
        "_settles", "items", "silent", "words",
    )  # fmt: skip

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.items: list[_Item] = []
        self.silent: list[Silent] = []
        self._sentence = self._before = self._sentence_words = 0
        self._negator = self._boost_at = self._settles = self._refusal = self._modal = -99
        self._boost = self._lift = self._concede = 1.0
        self._clause_items = 0
        self._question = False

    def take(self, start: int, end: int, sense: Sense) -> None:
        """Take the next word into account."""
        kind = sense.kind
        if kind is Kind.LEVEL or kind is Kind.COURTESY:
            self._add(start, end, sense)
        elif kind is Kind.STOP:
            self.close(self.words[start])
        elif kind is Kind.NEGATOR or kind is Kind.QUANTITY:
            self._negate(start, end, sense)
        elif kind is Kind.STRONGER or kind is Kind.WEAKER:
            self._strengthen(start, end, sense)
        elif kind is Kind.CLAUSE:
            if self._clause_items < len(self.items):
                self._negator = -99
        elif kind is Kind.CONTRAST or kind is Kind.CONCEDE:
            self._contrast(start, end, concede=kind is Kind.CONCEDE)
        elif kind is Kind.SET_PHRASE:
            self.silent.append((start, end, "set_phrase"))
            self._negator = -99
        elif kind is Kind.MODAL:
            self._modal = end
            if self._negator >= 0:
                self._refusal = self._negator
        elif kind is Kind.SAYING:
            self._refusal = -99

    def _add(self, start: int, end: int, sense: Sense) -> None:
        made: Rule = sense.made if sense.made in _MADE else "word"  # type: ignore[assignment]
        amount, rules = sense.level, [made]
        negated = start - self._negator <= _REACH and sense.made != "rating"
        if not negated and sense.level == 0 and sense.negated is not None:
            # That a call was answered says nothing; that it was not does.
            return
        kept = self._kept(start, sense) if negated else None
        if kept:
            amount *= _AS_BAD_AS_IT_GETS if kept == "outdone" else 1
            rules.append(kept)
            negated = False
            self._negator = -99
        elif negated:
            amount = _turned(sense)
            rules.append("negated")
            self._negator = -99
        elif self._boost != 1.0 and start - self._boost_at <= _NEAR:
            amount *= self._boost
            rules.append("stronger" if self._boost > 1 else
                         "weaker" if self._boost > 0 else "little")  # fmt: skip
        self._boost = 1.0
        if self._lift != 1.0:
            amount *= self._lift
            rules.append("after_but")
        if self._concede != 1.0:
            amount *= self._concede
            rules.append("although")
        item = _Item(start, end, amount, sense, rules, negated)
        self._settle(item)
        self.items.append(item)

    def _kept(self, start: int, sense: Sense) -> Rule | None:
        """
        Return why a negation leaves a word as it is, if it does.

        What cannot or must not be (“no puedo estar sin línea”) is refused, because it is so; what
        cannot be more so (“couldn't be happier”) is so to the utmost; and in Spanish “ninguna
        pega” is the same with a “no” before it.
        """
        if sense.lemma.partition(" ")[0] in _AGREEING:
            return "agrees"
        if self._refusal < 0 or self._refusal != self._negator:
            return None
        word = self.words[start]
        compares = word.endswith("er") and not sense.lemma.endswith("er")
        if compares or sense.lemma in _COMPARING or self.words[start - 1] in _MORE:
            return "outdone"
        return "refused" if sense.level < 0 else None

    def _settle(self, item: _Item) -> None:
        """Let what was solved weigh nothing: a problem that was solved is none."""
        if item.sense.settles and not item.negated:
            self._settles = item.start
            if len(self.items) > self._sentence:
                before = self.items[-1]
                if before.amount < 0 and not before.negated and item.start - before.end <= _REACH:
                    before.amount = 0.0
                    before.rules.append("settled")
        elif item.amount < 0 and not item.negated and item.start - self._settles <= _REACH:
            item.amount = 0.0
            item.rules.append("settled")

    def _negate(self, start: int, end: int, sense: Sense) -> None:
        if sense.kind is Kind.QUANTITY:
            if self._negator >= 0 or len(self.items) > self._clause_items:
                self._strengthen(start, end, _VERY)
                return
            if sense.lemma not in _NONE_AT_ALL:
                self._boost, self._boost_at = -0.6, start
                self.silent.append((start, end, "little"))
                return
        self._negator = start
        # “can't” is one word, “could not” two.
        if sense.level or self._modal == start:
            self._refusal = start
        self.silent.append((start, end, "negates"))

    def _strengthen(self, start: int, end: int, sense: Sense) -> None:
        factor = sense.level
        rule: Rule = "stronger" if factor > 1 else "weaker"
        self.silent.append((start, end, rule))
        after = self.items[-1] if len(self.items) > self._clause_items else None
        if after is not None and start - after.end <= 1 and rule not in after.rules:
            after.amount *= factor
            after.rules.append(rule)
        else:
            self._boost = factor if self._boost == 1.0 else self._boost * factor
            self._boost_at = end - 1

    def _contrast(self, start: int, end: int, *, concede: bool) -> None:
        """Let what follows “but” weigh more than what stands before it."""
        opening = start == self._sentence_words
        self._negator, self._boost = -99, 1.0
        self._clause_items = len(self.items)
        self.silent.append((start, end, "although" if concede else "after_but"))
        if concede and opening:
            self._concede = 0.5
            return
        # A sentence that opens with “but” answers the one before it.
        for item in self.items[self._before if opening else self._sentence :]:
            if "before_but" not in item.rules:
                item.amount *= 0.5
                item.rules.append("before_but")
        self._lift = 1.3

    def close(self, stop: str) -> None:
        """End a clause; at the end of a sentence, see whether it asked or exclaimed."""
        self._negator, self._boost, self._settles = -99, 1.0, -99
        self._clause_items = len(self.items)
        self._concede = 1.0
        if "¿" in stop:
            self._question = True
        if stop and not _ENDS.intersection(stop):
            return
        own = self.items[self._sentence :]
        if "?" in stop or (self._question and not stop):
            for item in own:
                if abs(item.amount) < _WEAK and item.sense.made not in ("phrase", "rating"):
                    item.amount *= 0.2
                    item.rules.append("question")
        if "!" in stop:
            for item in own:
                item.amount *= 1 + 0.1 * min(stop.count("!"), 3)
                item.rules.append("exclamation")
        self._question, self._lift = False, 1.0
        self._before, self._sentence = self._sentence, len(self.items)
        self._sentence_words = self._next_word()

    def _next_word(self) -> int:
        """Return where the next sentence begins."""
        done = max((end for _, end, _ in self.silent), default=0)
        return max(done, self.items[-1].end if self.items else 0)


_MADE = frozenset(("phrase", "rating", "small", "large", "superlative"))
_NONE_AT_ALL = frozenset(("nada", "cero", "0", "zero"))
_VERY = Sense(Kind.STRONGER, 1.2)
_AS_BAD_AS_IT_GETS = 1.35
_MORE = frozenset(("mas", "more"))
_COMPARING = frozenset(("peor", "mejor", "worse", "better"))
_AGREEING = frozenset(("ningun", "ninguna", "ni", "nada", "nadie", "nunca", "jamas"))
"""In Spanish a “no” before these denies nothing more."""


def _turned(sense: Sense) -> float:
    """Return the amount of a negated word: “not good” is bad, “not bad” only fairly good."""
    if sense.negated is not None:
        return sense.negated
    return sense.level * (-0.8 if sense.level > 0 else -0.5)


def _shout(items: Sequence[_Item], words: Sequence[str], plain: str) -> None:
    """Give weight to capitals and to letters drawn out."""
    if _DRAWN_OUT.search(plain):
        for item in items:
            if item.end - item.start == 1 and _DRAWN_OUT.search(words[item.start]):
                item.amount *= 1.25
                item.rules.append("drawn_out")
    if _SHOUTED.search(plain):
        told = _TOKEN.findall(plain)
        if len(told) == len(words):
            for item in items:
                own = "".join(told[item.start : item.end])
                if own.isupper() and len(own) > 2:
                    item.amount *= 1.25
                    item.rules.append("capitals")


def _courteous(items: list[_Item], words: Sequence[str]) -> list[_Item]:
    """
    Return the amounts without thanks that are only manners.

    Thanks count beside other words that are positive, and when they are the whole message.
    """
    polite = [item for item in items if item.sense.kind is Kind.COURTESY]
    if not polite:
        return items
    meant = [item for item in items if item.sense.kind is not Kind.COURTESY]
    said = sum(1 for word in words if word[0] not in _STOPS)
    if (meant and all(item.amount >= 0 for item in meant)) or (not meant and said <= 3):
        return items
    return meant
