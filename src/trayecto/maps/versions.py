"""Versions of one map: what changed between two, and two people's changes put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trayecto.maps.diff import Diff, compare
from trayecto.maps.diff_words import Said, Teller, conflict_to_you, conflict_words
from trayecto.maps.document import JourneyMap
from trayecto.maps.library import OpenDocument, nowhere
from trayecto.maps.merge import Conflict, merge
from trayecto.maps.notation import read, schema
from trayecto.maps.outline import Outline, outline
from trayecto.maps.patch import patch
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.text import Language, Text
from trayecto.vocabulary.tree import read_tree


@dataclass(frozen=True, slots=True)
class Version:
    """The text of a map, its file and how to reach its neighbours."""

    text: str
    file: str = ""
    open_: OpenDocument = nowhere


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version of a map to another, in words and as values."""

    older: JourneyMap
    newer: JourneyMap
    diff: Diff
    said: tuple[Said, ...]

    @property
    def changes(self) -> Changes:
        """Return what a picture needs to mark the changes."""
        return Changes(self.older, self.said)

    def words(self, language: Language) -> str:
        """Return one line a change, its sign before it."""
        if not self.said:
            return _SAME.say(language)
        return "\n".join(f"{said.sign} {said.text.say(language)}" for said in self.said)

    def as_json(self) -> dict[str, Any]:
        """Return the changes as plain values."""
        return {
            "same": not self.diff,
            "added": [
                {"thing": p.thing.key, "in": p.thing.spot[0], "after": p.after, "line": p.line,
                 "fields": p.thing.fields}
                for p in self.diff.placed if p.new
            ],
            "removed": [
                {"thing": r.thing.key, "in": r.thing.spot[0], "line": r.line,
                 "fields": r.thing.fields}
                for r in self.diff.removed
            ],
            "moved": [
                {"thing": p.thing.key, "from": p.was and p.was[0], "to": p.thing.spot[0],
                 "after": p.after, "line": p.line}
                for p in self.diff.placed if not p.new
            ],
            "changed": [
                {"thing": c.thing.key, "field": ".".join(c.field), "before": c.before,
                 "after": c.after, "lines": list(c.lines)}
                for c in self.diff.changed
            ],
            "words": [
                {"thing": s.key, "sign": s.sign, "en": s.text.en, "es": s.text.es}
                for s in self.said
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """The older map and every change in words, for a picture that marks them."""

    older: JourneyMap
    said: tuple[Said, ...]

    def of(self, id: str) -> Iterator[tuple[int, Said]]:
        """Give the changes of a stage or touchpoint, each with its number from 1 on."""
        for place, said in enumerate(self.said, start=1):
            if said.place == id:
                yield place, said


def difference(older: Version, newer: Version) -> Difference:
    """Return what changed; versions with problems raise all of them."""
    maps = [_sound(version) for version in (older, newer)]
    one, other = (outline(read_tree(version.text), schema()) for version in (older, newer))
    diff = compare(one, other)
    return Difference(maps[0], maps[1], diff, Teller(one, other).tell(diff))


def _sound(version: Version) -> JourneyMap:
    found = read(version.text, file=version.file or None, open_=version.open_)
    if found.journey_map is None:
        raise TrayectoError(*found.problems)
    return found.journey_map


@dataclass(frozen=True, slots=True)
class MergedText:
    """
    A map with two people's changes, as text; in a conflict ours stands and both are told.

    *problems* is what keeps the whole from being a sound map although each part was one.
    """

    text: str
    conflicts: tuple[Conflict, ...]
    said: tuple[Text, ...]
    problems: tuple[Problem, ...]
    to_you: tuple[Text, ...]
    """What *said* says, to the one of the two who is looking."""
    plain: str
    """The text without the comment."""

    @property
    def clean(self) -> bool:
        """Tell whether nothing is left to settle."""
        return not self.conflicts and not self.problems

    def words(self, language: Language) -> str:
        """Return what is left to settle, one line each."""
        if self.clean:
            return _CLEAN.say(language)
        lines = [f"! {text.say(language)}" for text in self.said]
        return "\n".join([*lines, *(problem.say(language) for problem in self.problems)])

    def words_to_you(self, language: Language) -> list[str]:
        """Return what is left to settle, said to the one of the two who is looking."""
        told = [text.say(language) for text in self.to_you]
        return [*told, *(problem.say(language) for problem in self.problems)]

    def as_json(self) -> dict[str, Any]:
        """Return what is left to settle as plain values."""
        return {
            "clean": self.clean,
            "conflicts": [
                {"kind": c.kind, "thing": c.thing.key, "field": ".".join(c.field), "base": c.base,
                 "ours": c.ours, "theirs": c.theirs, "lines": list(c.lines),
                 "en": text.en, "es": text.es}
                for c, text in zip(self.conflicts, self.said, strict=True)
            ],
            "problems": [
                {"line": p.line, "field": p.field, "en": p.say("en"), "es": p.say("es")}
                for p in self.problems
            ],
        }  # fmt: skip


def merged(base: Version, ours: Version, theirs: Version) -> MergedText:
    """
    Return one map with the changes of both; our text is kept where nothing else was changed.

    What is in conflict stands in ours; what they had is written in a comment on top, so that
    nothing is lost.
    """
    found = _read_all((base, ours, theirs))
    together = merge(*found)
    teller = Teller(found[1], found[2])
    said = tuple(conflict_words(conflict, teller) for conflict in together.conflicts)
    to_you = tuple(conflict_to_you(conflict, teller) for conflict in together.conflicts)
    plain = patch(ours.text, compare(found[1], together.outline))
    text = _with_notes(plain, said)
    problems = read(text, open_=ours.open_).problems
    return MergedText(text, together.conflicts, said, problems, to_you, plain)


def _read_all(versions: Sequence[Version]) -> list[Outline]:
    problems: list[Problem] = []
    for version in versions:
        try:
            _sound(version)
        except TrayectoError as error:
            problems += error.problems
    stop_if_any(problems)
    return [outline(read_tree(version.text), schema()) for version in versions]


def _with_notes(text: str, said: Sequence[Text]) -> str:
    """Return the text with a comment on top for each conflict."""
    notes = [f"# ! {' '.join(words.split())}" for told in said for words in (told.es, told.en)]
    return "".join(f"{note}\n" for note in notes) + text


_SAME = Text(en="The two maps say the same.", es="Los dos mapas dicen lo mismo.")
_CLEAN = Text(
    en="Both people's changes are in, and nothing is left to settle.",
    es="Los cambios de ambas personas están dentro y no queda nada por resolver.",
)
