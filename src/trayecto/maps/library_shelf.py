"""Library documents as somebody reads and edits them: what is in one, and which maps use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trayecto.maps import edit as editing
from trayecto.maps import form as forms
from trayecto.maps.build import rule_of
from trayecto.maps.document import Image
from trayecto.maps.edit import Edit
from trayecto.maps.form import Form
from trayecto.maps.images import image_of
from trayecto.maps.library import library_problems, schema
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.rule import rule_words
from trayecto.vocabulary.text import NOTHING, Text, same
from trayecto.vocabulary.tree import read_tree

KINDS = {"personas": "persona", "touchpoints": "touchpoint", "areas": "area"}
"""The lists of a library, and what each holds."""


@dataclass(frozen=True, slots=True)
class Item:
    """One persona, touchpoint or area that maps may share; *fields* are as they were written."""

    kind: str
    id: str
    name: Text
    fields: Mapping[str, Any] = field(repr=False)
    rule: Text = NOTHING
    """Which customers a persona is, in words."""

    @property
    def key(self) -> str:
        """What the item is known by inside its library."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Library:
    """One library document: its short name, and what it holds."""

    id: str
    personas: tuple[Item, ...]
    touchpoints: tuple[Item, ...]
    areas: tuple[Item, ...]

    def items(self) -> Iterator[Item]:
        """Give everything in it."""
        yield from self.personas
        yield from self.touchpoints
        yield from self.areas


def library(text: str, *, file: str) -> Library:
    """Return what a library document holds; all that is wrong in it is said at once."""
    found = [*library_problems(text, file), *_twice(text, file)]
    if found:
        raise TrayectoError(*found)
    root = read_tree(text).value
    return Library(root["library"], *(tuple(_items(root, name)) for name in KINDS))


def is_library(text: str) -> bool:
    """Tell whether a text is meant as a library, sound or not; maps name theirs in a list."""
    root = read_tree(text).value
    return isinstance(root, dict) and isinstance(root.get("library"), str) and "map" not in root


def library_form(text: str, key: str) -> Form:
    """Return the fields of one item, or of the library itself (`map`)."""
    return forms.form(text, key, of=schema())


def library_field(text: str, key: str, path: Sequence[str], given: Mapping[str, str]) -> Edit:
    """Return the change that a field filled in on screen means."""
    return forms.edit_of(text, key, tuple(path), given, of=schema())


def library_edited(text: str, edits: Sequence[Edit], *, file: str) -> str:
    """Return the text with the changes made; raise, with every problem, when it is no library."""
    made = editing.changed(text, edits, of=schema())
    library(made, file=file)
    return made


def used_by(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the libraries that a map names, and the keys of the items it takes from them."""
    root = read_tree(text).value
    if not isinstance(root, dict) or "library" not in root:
        return (), frozenset()
    named = root["library"]
    documents = tuple(name for name in (named if isinstance(named, list) else [named]))
    return documents, frozenset(_uses(root))


def portrait(item: Item, look: Callable[[str], bytes]) -> Image | None:
    """Return the picture of an item, without what a camera writes; None where there is none."""
    name = item.fields.get("image")
    if not isinstance(name, str):
        return None
    try:
        return image_of(name, look(name))
    except TrayectoError:
        return None


def _items(root: Mapping[str, Any], name: str) -> Iterator[Item]:
    for fields in root.get(name) or ():
        rule = rule_words(rule_of(fields["rule"])) if fields.get("rule") else NOTHING
        yield Item(KINDS[name], fields["id"], _text(fields["name"]), fields, rule)


def _text(said: Any) -> Text:
    if isinstance(said, dict):
        some = next(iter(said.values()))
        return Text(en=said.get("en", some), es=said.get("es", some))
    return same(str(said))


def _twice(text: str, file: str) -> Iterator[Problem]:
    """Give the items whose id another of their kind has already: a map could mean either."""
    tree = read_tree(text)
    root = tree.value if isinstance(tree.value, dict) else {}
    for name in KINDS:
        seen: set[str] = set()
        listed = root.get(name)
        for nth, thing in enumerate(listed if isinstance(listed, list) else []):
            own = thing.get("id") if isinstance(thing, dict) else None
            if isinstance(own, str) and own in seen:
                found = tree.problem((name, nth, "id"), _TAKEN, _ANOTHER)
                yield replace(found, file=file)
            seen.add(str(own))


def _uses(root: Mapping[str, Any]) -> Iterator[str]:
    """Give the key of every item a map takes from its libraries."""
    personas = [root.get("protagonist"), *_listed(root, "personas")]
    yield from _named(personas, "persona")
    for stage in _listed(root, "stages"):
        if not isinstance(stage, dict):
            continue
        lists = ("touchpoints", "back_stage", "support")
        things = [thing for name in lists for thing in _listed(stage, name)]
        yield from _named(things, "touchpoint")
        yield from _named([t.get("area") for t in things if isinstance(t, dict)], "area")


def _listed(owner: Mapping[str, Any], name: str) -> list[Any]:
    found = owner.get(name)
    return found if isinstance(found, list) else []


def _named(things: Sequence[Any], kind: str) -> Iterator[str]:
    for thing in things:
        if isinstance(thing, dict) and isinstance(thing.get("use"), str):
            yield f"{kind}:{thing['use']}"


_TAKEN = Text(en="Another one has this id already.", es="Otro tiene ya este identificador.")
_ANOTHER = Text(en="Give it another.", es="Dale otro.")
