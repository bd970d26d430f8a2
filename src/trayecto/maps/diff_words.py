"""What changed between two maps, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from trayecto.maps import field_words as names
from trayecto.maps.diff import Changed, Diff, Placed, is_text, owner
from trayecto.maps.durations import time_span
from trayecto.maps.merge import Conflict
from trayecto.maps.outline import ROOT, Outline, Thing
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.text import LANGUAGES, Language, Text, capital, duration, number, same

Sign = Literal["+", "−", "→", "≠"]
"""New, gone, moved, changed."""


@dataclass(frozen=True, slots=True)
class Said:
    """One change in words, and the thing it happened to."""

    key: str
    sign: Sign
    text: Text
    place: str = ""
    """The id of the stage or touchpoint where it is to be seen."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells changes; it knows both maps, and so the names of things that came or went."""

    older: Outline
    newer: Outline

    def tell(self, diff: Diff) -> tuple[Said, ...]:
        """Return one sentence a change, in the order of the map; what is gone comes last."""
        here = [
            *(self._placed(placed) for placed in diff.placed if self._on_its_own(placed)),
            *(Said(change.thing.key, "≠", self._changed(change)) for change in diff.changed),
        ]
        order = {key: place for place, key in enumerate(self.newer.things)}
        here.sort(key=lambda said: (order[self._place_key(said.key)], order[said.key]))
        gone = [Said(key, "−", self._gone(key)) for key in self._removed(diff)]
        return tuple(replace(said, place=self._place_of(said.key)) for said in (*here, *gone))

    def _place_key(self, key: str) -> str:
        """Return the stage or touchpoint of a thing, or the thing itself."""
        things = self.newer.things if key in self.newer.things else self.older.things
        thing = things[key]
        if thing.kind not in ("touchpoint", "stage") and thing.spot[0] in self.newer.things:
            return thing.spot[0] if thing.spot[0] != ROOT else key
        return key

    def _place_of(self, key: str) -> str:
        thing = self.newer.things.get(self._place_key(key))
        if thing is None:
            spot = self.older.things[key].spot[0]
            thing = self.newer.things.get(spot)
        if thing is None or thing.kind not in ("stage", "touchpoint"):
            return ""
        return str(thing.fields.get("id", ""))

    def _on_its_own(self, placed: Placed) -> bool:
        """Tell whether a change is news: what comes inside a new stage is told with the stage."""
        return not placed.new or owner(placed.thing) in self.older.things

    def _removed(self, diff: Diff) -> Iterator[str]:
        for removed in diff.removed:
            if owner(removed.thing) in self.newer.things:
                yield removed.thing.key

    def name(self, key: str, language: Language) -> str:
        """Return what a thing is called, in the newer map if it is there."""
        thing = self.newer.things.get(key) or self.older.things.get(key)
        if thing is None or key == ROOT:
            return names.THE_MAP.say(language)
        return name_of(thing, language)

    def _placed(self, placed: Placed) -> Said:
        text = _both(lambda language: self._place(placed, language))
        return Said(placed.thing.key, "+" if placed.new else "→", text)

    def _place(self, placed: Placed, language: Language) -> str:
        thing, en = placed.thing, language == "en"
        name = name_of(thing, language)
        kind = names.KINDS[thing.kind]
        after = self.name(placed.after, language) if placed.after else ""
        if placed.new:
            where = (f", after {after}" if en else f", después de {after}") if after else ""
            if owner(thing) != ROOT:
                inside = self.name(owner(thing), language)
                where = (f" in {inside}" if en else f" en {inside}") + where
            return f"{kind.new.say(language)}: {name}{where}{self._inside(thing, language)}"
        the = f"{kind.the.say(language)} {name}"
        last = (
            (f"after {after}" if en else f"después de {after}")
            if after
            else ("to the beginning" if en else "al principio")
        )
        if placed.was and placed.was[0] != thing.spot[0]:
            there = [self.name(spot or ROOT, language) for spot in (placed.was[0], thing.spot[0])]
            if en:
                last = last if after else "at the beginning"
                return f"{capital(the)} moved from {there[0]} to {there[1]}, {last}"
            return f"{capital(the)} pasa de {there[0]} a {there[1]}, {last}"
        return f"{capital(the)} {'moved' if en else 'pasa'} {last}"

    def _inside(self, thing: Thing, language: Language) -> str:
        """Return how many touchpoints come with a new stage."""
        n = len(self.newer.order.get((thing.key, "touchpoints"), []))
        if thing.kind != "stage" or not n:
            return ""
        en = language == "en"
        word = (
            ("touchpoint" if n == 1 else "touchpoints")
            if en
            else ("punto de contacto" if n == 1 else "puntos de contacto")
        )
        return f" ({'with' if en else 'con'} {n} {word})"

    def _gone(self, key: str) -> Text:
        thing = self.older.things[key]

        def said(language: Language) -> str:
            the = f"{names.KINDS[thing.kind].the.say(language)} {name_of(thing, language)}"
            inside = ""
            if owner(thing) != ROOT:
                where = self.name(owner(thing), language)
                inside = f" from {where}" if language == "en" else f" de {where}"
            return (
                f"{capital(the)} removed{inside}"
                if language == "en"
                else (f"Se quita {the}{inside}")
            )

        return _both(said)

    def _changed(self, change: Changed) -> Text:
        return _both(lambda language: self._change(change, language))

    def _change(self, change: Changed, language: Language) -> str:
        thing, en = change.thing, language == "en"
        before, after = (
            self.value(v, change.field, language) for v in (change.before, change.after)
        )
        if before == after and change.before is not None and change.after is not None:
            return self._change_elsewhere(change, language)
        if change.field == ("name",) and thing.kind in names.KINDS:
            the = capital(f"{names.KINDS[thing.kind].the.say(language)} {before}")
            return f"{the} is now called {after}" if en else f"{the} se llama ahora {after}"
        what = names.field_name(change.field).say(language)
        of = (
            ""
            if thing.key == ROOT
            else (f" {'of' if en else 'de'} {self.name(thing.key, language)}")
        )
        if isinstance(change.before, bool) or isinstance(change.after, bool):
            flags = [
                (names.YES if v else names.NO).say(language)
                for v in (change.before or False, change.after or False)
            ]
            return f"{capital(self.name(thing.key, language))}: {what}, {flags[0]} → {flags[1]}"
        if change.before is None:
            return f"{capital(what)}{of}: {'added' if en else 'se añade'} {after}"
        if change.after is None:
            return f"{capital(what)}{of}: {'removed' if en else 'se quita'} {before}"
        return f"{capital(what)}{of}: {before} → {after}"

    def _change_elsewhere(self, change: Changed, language: Language) -> str:
        """Tell a change of the text in the other language: in this one nothing is to be seen."""
        other: Language = "es" if language == "en" else "en"
        what = names.field_name(change.field).say(language)
        which = names.LANGUAGES[other].say(language)
        said = [self.value(value, change.field, other) for value in (change.before, change.after)]
        of = (
            ""
            if change.thing.key == ROOT
            else (f" {'of' if language == 'en' else 'de'} {self.name(change.thing.key, language)}")
        )
        return f"{capital(what)}{of} ({which}): {said[0]} → {said[1]}"

    def value(self, value: Any, field: tuple[str, ...], language: Language) -> str:
        """Return a value as people say it."""
        last = field[-1]
        if value is None:
            return names.NOTHING.say(language)
        if last == "level":
            return level(value, language)
        if isinstance(value, bool):
            return (names.YES if value else names.NO).say(language)
        if isinstance(value, int | float):
            return number(value, language, decimals=0 if isinstance(value, int) else 1)
        if isinstance(value, list):
            return ", ".join(self.value(item, (*field, "item"), language) for item in value)
        if is_text(value):
            return quoted(str(value.get(language) or value.get("use") or ""), language)
        if (
            field[-2:] == ("nodes", "item")
            and isinstance(value, dict)
            and value.keys() <= {"touchpoint", "channel"}
        ):
            on = self.value(value.get("channel"), ("channel",), language)
            name = self.value(value.get("touchpoint"), ("nodes",), language)
            return f"{name} ({on})" if "channel" in value else name
        if isinstance(value, dict):
            return "; ".join(
                f"{names.field_name((*field, name)).say(language)} "
                f"{self.value(inner, (*field, name), language)}"
                for name, inner in value.items()
            )
        return self._word(str(value), field, language)

    def _word(self, word: str, field: tuple[str, ...], language: Language) -> str:
        last = field[-2] if field[-1] == "item" else field[-1]
        if last in ("channel", "prefers") and word in CHANNELS:
            return CHANNELS[word].say(language)
        if last in names.CODES:
            return names.CODES[last].get(word, same(word)).say(language)
        if last in ("target", "within", "silence"):
            span = time_span(word)
            return duration(span.total_seconds(), language) if span else word
        if last in ("review", "approved"):
            return _day(word, language)
        if last in _REFERENCES:
            key = next((k for k in self.newer.things if k.endswith(f":{word}")), None)
            key = key or next((k for k in self.older.things if k.endswith(f":{word}")), None)
            return self.name(key, language) if key else word
        return word if last in _BARE else quoted(word, language)


_REFERENCES = {"starts", "completes", "leaves", "serves", "needs", "at", "from", "to", "step"}
_BARE = {"version", "map", "currency", "nodes", "sources", "library", "id"}


def _day(word: str, language: Language) -> str:
    try:
        return day_words(date.fromisoformat(word)).say(language)
    except ValueError:
        return word


def name_of(thing: Thing, language: Language) -> str:
    """Return what a thing is called, or the beginning of what it says."""
    for field in ("name", "says", "does", "area", "title", "map", "from"):
        value = thing.fields.get(field)
        if value:
            words = value.get(language) or value.get("use") if isinstance(value, dict) else value
            short = " ".join(str(words).split())
            return quoted(short if len(short) <= 60 else short[:59] + "…", language)
    return thing.key.partition(":")[2]


def level(value: float, language: Language) -> str:
    """
    Return a level on the scale from −2 to +2, with its sign.

    >>> level(1, "es"), level(-0.5, "es"), level(0, "en")
    ('+1', '−0,5', '0')
    """
    sign = "+" if value > 0 else ""
    return sign + number(value, language, decimals=0 if float(value).is_integer() else 1)


def quoted(words: str, language: Language) -> str:
    """Return words in the quotation marks of the language."""
    return f"“{words}”" if language == "en" else f"«{words}»"


def conflict_words(conflict: Conflict, teller: Teller) -> Text:
    """Return what two people have to settle in two files: both values, each with its line."""
    return _both(lambda language: _settle(conflict, teller, language, _FILES, lines=True))


def conflict_to_you(conflict: Conflict, teller: Teller) -> Text:
    """Return the same to the one of the two who is looking: yours, and theirs."""
    return _both(lambda language: _settle(conflict, teller, language, _YOU, lines=False))


@dataclass(frozen=True, slots=True)
class _Sides:
    """How to speak of the two who changed the same."""

    values: Text
    places: Text
    they_removed: Text
    they_changed: Text


_FILES = _Sides(
    values=Text(en="ours {ours}, theirs {theirs}", es="lo nuestro es {ours}; lo suyo, {theirs}"),
    places=Text(
        en="we put it by {ours}, they by {theirs}",
        es="nosotros lo ponemos junto a {ours}, la otra parte junto a {theirs}",
    ),
    they_removed=Text(
        en="we changed it{line}, they removed it; it is kept",
        es="lo cambiamos nosotros{line} y la otra parte lo quita; se conserva",
    ),
    they_changed=Text(
        en="we removed it, they changed it{line}; it is kept",
        es="lo quitamos nosotros y la otra parte lo cambia{line}; se conserva",
    ),
)
_YOU = _Sides(
    values=Text(en="yours is {ours}, theirs {theirs}", es="lo tuyo es {ours}; lo suyo, {theirs}"),
    places=Text(
        en="you put it by {ours}, they by {theirs}",
        es="lo pones junto a {ours}; la otra parte, junto a {theirs}",
    ),
    they_removed=Text(
        en="you changed it{line}, they removed it",
        es="lo has cambiado{line} y la otra parte lo ha quitado",
    ),
    they_changed=Text(
        en="you removed it, they changed it{line}",
        es="lo has quitado y la otra parte lo ha cambiado{line}",
    ),
)


def _settle(
    conflict: Conflict, teller: Teller, language: Language, sides: _Sides, *, lines: bool
) -> str:
    en, thing = language == "en", conflict.thing
    name = teller.name(thing.key, language)
    at = [
        f" ({'line' if en else 'línea'} {line})" if lines and line is not None else ""
        for line in conflict.lines
    ]
    if conflict.kind == "removed":
        ours_has = conflict.ours is not None
        told = sides.they_removed if ours_has else sides.they_changed
        return f"{name}: {told.say(language).format(line=at[0 if ours_has else 1])}"
    if conflict.kind == "place":
        told, what, of = sides.places, name, ""
        both = [teller.name(key or ROOT, language) for key in (conflict.ours, conflict.theirs)]
    else:
        told, what = sides.values, capital(names.field_name(conflict.field).say(language))
        of = "" if thing.key == ROOT else f" {'of' if en else 'de'} {name}"
        both = [teller.value(v, conflict.field, language) for v in (conflict.ours, conflict.theirs)]
    ours, theirs = (value + line for value, line in zip(both, at, strict=True))
    return f"{what}{of}: {told.say(language).format(ours=ours, theirs=theirs)}"


def _both(said: Any) -> Text:
    told = {language: said(language) for language in LANGUAGES}
    return Text(en=told["en"], es=told["es"])
