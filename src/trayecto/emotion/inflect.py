"""The forms of a word, by rule: what the lexicon lists once is known however it is inflected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from trayecto.vocabulary.text import Language

_MARKS = {
    ord(c): unicodedata.normalize("NFD", c)[0]
    for c in "áàäâãåéèëêíìïîóòöôõúùüûñçÁÀÄÂÃÅÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÑÇýÿÝ"
}
_MARKS |= {ord("’"): "'", ord("‘"): "'", ord("`"): "'", ord("´"): "'"}
_VOWELS = "aeiou"


def folded(text: str) -> str:
    """
    Return a text in small letters without accents, letter for letter: people write both ways.

    >>> folded("¡Qué MARAVILLA, señor!")
    '¡que maravilla, senor!'
    """
    lower = text.translate(_MARKS).lower()
    if len(lower) == len(text):
        return lower
    # A few letters of other scripts become two when small: those stay as they are.
    return "".join(low if len(low := c.lower()) == 1 else c for c in text.translate(_MARKS))


def verb(word: str, language: Language, *, change: str = "") -> set[str]:
    """Return the forms of a verb; *change* is what its stressed vowel becomes (ie, ue, i)."""
    return set(_spanish_verb(word, change) if language == "es" else _english_verb(word))


def noun(word: str, language: Language) -> set[str]:
    """Return a noun and its plural."""
    return {word, _plural(word) if language == "es" else _english_s(word)}


def adjective(word: str, language: Language) -> dict[str, str]:
    """Return the forms of an adjective, each with how it was made: plain, superlative, adverb."""
    if language == "en":
        return _english_adjective(word)
    forms = dict.fromkeys(_genders(word), "plain")
    feminine = word[:-1] + "a" if word.endswith("o") else word
    forms |= {feminine + "mente": "adverb"}
    for ending in ("o", "a", "os", "as"):
        forms.setdefault(_superlative_stem(word) + "isim" + ending, "superlative")
    return forms


def _genders(word: str) -> Iterator[str]:
    if word.endswith("o"):
        yield from (word[:-1] + ending for ending in ("o", "a", "os", "as"))
    elif word.endswith(("or", "on", "an", "in")):
        yield from (word + ending for ending in ("", "a", "es", "as"))
    else:
        yield from (word, _plural(word))


def _plural(word: str) -> str:
    if word.endswith("s"):
        return word
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if word[-1] in _VOWELS else "es")


def _superlative_stem(word: str) -> str:
    if word.endswith("ble"):
        return word[:-3] + "bil"
    stem = word[:-1] if word[-1] in _VOWELS else word
    for end, spelt in (("c", "qu"), ("g", "gu"), ("z", "c")):
        if stem.endswith(end):
            return stem[: -len(end)] + spelt
    return stem


_AR = (
    "o as a amos ais an e aste asteis aron aba abas abamos abais aban are aras ara aremos areis "
    "aran aria arias ariamos ariais arian arais ase ases aramos asen ando ado ada ados adas ar ad"
)
_ER = (
    "o es e emos eis en i iste io imos isteis ieron ia ias iamos iais ian ere eras era eremos "
    "ereis eran eria erias eriamos eriais erian a as amos ais an iera ieras ieran iese iesen "
    "iendo ido ida idos idas er ed"
)
_STRESSED = {"ar": ("o", "as", "a", "an"), "er": ("o", "es", "e", "en")}
_SOFT = {"ar": ("e", "es", "emos", "eis", "en"), "er": ("a", "as", "amos", "ais", "an")}


def _spanish_verb(word: str, change: str) -> Iterator[str]:
    if word.endswith("se"):
        word = word[:-2]
    stem, ending = word[:-2], word[-2:]
    kind = "ar" if ending == "ar" else "er"
    endings = (_AR if kind == "ar" else _ER).split()
    if ending == "ir":
        endings += ["imos", "iremos", "ira", "iran", "iria", "irian", "ire", "ir", "id", "is"]
    changed = _changed(stem, change)
    for tail in endings:
        yield _spelt(stem, tail) + tail
    for tail in (*_STRESSED[kind], *_SOFT[kind], "e" if kind == "ar" else "a"):
        yield _spelt(changed, tail) + tail
    if kind == "ar":
        for tail in _SOFT["ar"]:
            yield _spelt(stem, tail) + tail
    if ending == "ir" and change:
        weak = _changed(stem, "i" if change in ("ie", "i") else "u")
        yield from (weak + tail for tail in ("io", "ieron", "iendo", "amos", "iera", "ieran"))
    if stem.endswith("c") and kind == "er":
        yield from (stem[:-1] + "zc" + tail for tail in ("o", *_SOFT["er"]))
    if stem[-1:] in _VOWELS and kind == "er":
        yield from (stem + tail for tail in ("yo", "yeron", "yendo", "yera", "yeran"))
        if stem.endswith("u"):
            yield from (stem + "y" + tail for tail in ("o", "es", "e", "en", *_SOFT["er"]))


def _changed(stem: str, change: str) -> str:
    """Return the stem with its last vowel changed: *perd* → *pierd*."""
    old = {"ie": "e", "ue": "o", "i": "e", "u": "o"}.get(change)
    place = stem.rfind(old) if old else -1
    return stem if place < 0 else stem[:place] + change + stem[place + 1 :]


def _spelt(stem: str, tail: str) -> str:
    """Return the stem as it is spelt before *tail*: *explic* + *e* is *explique*."""
    if tail[0] == "e":
        for end, spelt in (("gu", "gu"), ("c", "qu"), ("g", "gu"), ("z", "c")):
            if stem.endswith(end):
                return stem[: -len(end)] + spelt
    return stem


def _english_verb(word: str) -> Iterator[str]:
    yield from (word, _english_s(word))
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        yield from (word[:-1] + "ied", word + "ing")
    else:
        yield from (word + "ed", word + "ing")
        short = len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS
        if short and word[-3] not in _VOWELS:
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")


def _english_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _english_adjective(word: str) -> dict[str, str]:
    forms = {word: "plain"}
    if word.endswith("y"):
        stem = word[:-1] + "i"
        forms |= {stem + "ly": "adverb", stem + "er": "plain", stem + "est": "superlative"}
    elif word.endswith("le"):
        forms[word[:-1] + "y"] = "adverb"
    elif word.endswith("ic"):
        forms[word + "ally"] = "adverb"
    else:
        forms[word + "ly"] = "adverb"
    if len(word) <= 6 and not word.endswith("y"):
        stem = word[:-1] if word.endswith("e") else word
        forms |= {stem + "er": "plain", stem + "est": "superlative"}
        if len(word) <= 4 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS:
            forms |= {word + word[-1] + "er": "plain", word + word[-1] + "est": "superlative"}
    return forms


_SMALL = ("ecito", "ecita", "cito", "cita", "ito", "ita", "illo", "illa", "in", "ina")
_LARGE = ("azo", "aza", "on", "ona", "ote", "ota", "aco", "aca")
_PRONOUNS = [
    "melo",
    "mela",
    "melos",
    "melas",
    "telo",
    "tela",
    "selo",
    "sela",
    "selos",
    "selas",
    "noslo",
    "noslas",
    "me",
    "te",
    "se",
    "lo",
    "la",
    "le",
    "los",
    "las",
    "les",
    "nos",
    "os",
]


def stems(word: str, language: Language) -> Iterator[tuple[str, str]]:
    """Give what an unknown form may come from, with how: small, large, pronoun."""
    if language == "en":
        return
    for pronoun in _PRONOUNS:
        stem = word[: -len(pronoun)]
        if word.endswith(pronoun) and stem.endswith(("ar", "er", "ir", "ndo", "e", "a", "d")):
            yield stem, "pronoun"
    single = word[:-1] if word.endswith("s") else word
    for how, endings in (("small", _SMALL), ("large", _LARGE)):
        for ending in endings:
            stem = single[: -len(ending)]
            if single.endswith(ending) and len(stem) >= 3:
                yield from ((spelt + tail, how) for spelt in _unspelt(stem)
                            for tail in ("a", "o", "e", ""))  # fmt: skip


def _unspelt(stem: str) -> Iterator[str]:
    """Give the stems that may be behind a spelling: *cerqu* is *cerc*."""
    yield stem
    for end, spelt in (("qu", "c"), ("gu", "g"), ("c", "z")):
        if stem.endswith(end):
            yield stem[: -len(end)] + spelt
