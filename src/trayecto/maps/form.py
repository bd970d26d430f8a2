"""
The fields of one thing of a map, as somebody fills them in on screen: made from the JSON Schema.

What a field may hold, its help in both languages and its choices stand in the schema, so a field
that the document has cannot be missing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trayecto.maps.edit import Edit, thing_of
from trayecto.maps.field_words import CODES, field_name
from trayecto.maps.notation import schema
from trayecto.maps.outline import Thing, lists_of, outline
from trayecto.maps.patch import part_of
from trayecto.maps.plain import Schema, resolved
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import NOTHING, Text, same
from trayecto.vocabulary.tree import read_tree

Input = Literal["text", "words", "choice", "yes_no", "number", "level", "names", "yaml"]
"""text in both languages; words, one line; names, one a line; yaml, whatever else there is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a field may have, and how it is called."""

    value: str
    name: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it stands, what it is called, and what it holds now."""

    path: tuple[str, ...]
    name: Text
    help: Text
    input: Input
    value: Any
    choices: tuple[Choice, ...] = ()
    required: bool = False

    @property
    def key(self) -> str:
        """The path as one word."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Form:
    """A thing and its fields; *lists* are what can be added inside it."""

    thing: str
    kind: str
    title: Text
    fields: tuple[Field, ...]
    lists: tuple[str, ...]


_FOR_PROGRAMS = (("map",), ("version",))


def form(text: str, key: str, *, of: Schema | None = None) -> Form:
    """Return the fields of one thing of a sound map; raise when there is no such thing."""
    of = of or schema()
    thing = thing_of(outline(read_tree(text), of), key)
    part = part_of(thing.kind, of)
    return Form(
        key,
        thing.kind,
        _title(thing),
        # What a program calls it comes last: a map is its title and its question first.
        tuple(sorted(_fields(part, thing.fields, (), of), key=lambda f: f.path in _FOR_PROGRAMS)),
        tuple(name for name, _ in lists_of(part, of)),
    )


def edit_of(
    text: str,
    key: str,
    path: tuple[str, ...],
    given: Mapping[str, str],
    *,
    of: Schema | None = None,
) -> Edit:
    """
    Return the change that a field filled in means; an empty one is taken away.

    *given* holds what was typed, by language for a text in both (`es`, `en`), else under `value`.
    """
    found = next((field for field in form(text, key, of=of).fields if field.path == path), None)
    if found is None:
        raise TrayectoError(Problem(_NO_FIELD, field=".".join(path)))
    return Edit("set", key, path, _value(found, given))


def _title(thing: Thing) -> Text:
    """Return how a thing calls itself, else what kind of thing it is."""
    for name in ("name", "title", "says", "does"):
        said = thing.fields.get(name)
        if isinstance(said, dict) and (said.get("es") or said.get("en")):
            return Text(en=said.get("en") or said["es"], es=said.get("es") or said["en"])
        if isinstance(said, str):
            return same(said)
    return same(thing.key.partition(":")[2] or thing.kind)


def _fields(
    part: Mapping[str, Any], own: Mapping[str, Any], at: tuple[str, ...], of: Schema
) -> Iterator[Field]:
    inside = {name for name, _ in lists_of(part, of)}
    for name, written in part.get("properties", {}).items():
        if name in inside or name in ("id", "use"):
            continue
        inner = resolved(written, of)
        path = (*at, name)
        if inner.get("type") == "object" and "properties" in inner and "x-kind" not in inner:
            mine = own.get(name)
            yield from _fields(inner, mine if isinstance(mine, dict) else {}, path, of)
            continue
        yield Field(
            path, field_name(path), _help(written), _input(inner), own.get(name),
            _choices(name, inner), name in part.get("required", ()) and not at,
        )  # fmt: skip


def _input(part: Mapping[str, Any]) -> Input:
    kind = part.get("x-kind")
    by_kind: dict[str, Input] = {
        "text": "text", "area": "text", "level": "level", "channel": "choice", "names": "names",
        "duration": "words", "date": "words", "version": "words", "id": "words",
        "reference": "words", "currency": "words", "references": "names",
    }  # fmt: skip
    if isinstance(kind, str) and kind in by_kind:
        return by_kind[kind]
    if "enum" in part:
        return "choice"
    if part.get("type") == "boolean":
        return "yes_no"
    if part.get("type") in ("number", "integer"):
        return "number"
    if part.get("type") == "string":
        return "words"
    return "yaml"


def _choices(name: str, part: Mapping[str, Any]) -> tuple[Choice, ...]:
    words = CHANNELS if part.get("x-kind") == "channel" else CODES.get(name, {})
    return tuple(
        Choice(value, words[value] if value in words else same(value))
        for value in part.get("enum", ())
    )


def _help(written: Mapping[str, Any]) -> Text:
    """Return the description of a field; the schema writes it in English, then in Spanish."""
    english, _, spanish = str(written.get("description", "")).partition(" · ")
    return Text(en=english, es=spanish or english) if english else NOTHING


def _value(field: Field, given: Mapping[str, str]) -> Any:
    """Return what was typed as the value that the document holds; None for nothing."""
    if field.input == "text":
        said = {language: given.get(language, "").strip() for language in ("es", "en")}
        return _one_text(said, field.value)
    typed = given.get("value", "").strip()
    if not typed:
        return None
    if field.input == "yes_no":
        return True if typed in ("true", "on", "1") else None
    if field.input in ("number", "level"):
        return _number(field, typed)
    if field.input == "names":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if field.input == "yaml":
        return _yaml(field, typed)
    return typed


def _one_text(said: dict[str, str], before: Any) -> Any:
    """Return a text as a document writes it: once, where both languages say the same."""
    kept = {language: words for language, words in said.items() if words}
    if not kept:
        return None
    if len(kept) == 2 and kept["es"] == kept["en"] and not isinstance(before, dict):
        return kept["es"]
    return kept if len(kept) == 2 or isinstance(before, dict) else next(iter(kept.values()))


def _number(field: Field, typed: str) -> float | int:
    try:
        number = float(typed.replace("−", "-").replace(",", "."))
    except ValueError:
        raise TrayectoError(Problem(_NO_NUMBER, field=field.key)) from None
    return int(number) if number.is_integer() else number


def _yaml(field: Field, typed: str) -> Any:
    tree = read_tree(f"value:\n{_indented(typed)}")
    if tree.problems or not isinstance(tree.value, dict):
        raise TrayectoError(Problem(_NO_YAML, field=field.key))
    return tree.value["value"]


def _indented(typed: str) -> str:
    return "".join(f"  {line}\n" for line in typed.splitlines())


_NO_FIELD = Text(en="There is no such field.", es="No existe ese campo.")
_NO_NUMBER = Text(en="This is not a number.", es="Esto no es un número.")
_NO_YAML = Text(
    en="This cannot be read. Write it as in the map's text.",
    es="Esto no se entiende. Escríbelo como en el texto del mapa.",
)
