"""
What is wrong with a document's shape, in our words and with its line. Knows nothing of maps.

JSON Schema finds the faults; its messages are English and made for programmers, so only the
keyword and the place are used. A sub-schema may say what it is with `x-kind`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import NOTHING, Text
from trayecto.vocabulary.tree import Path, Tree, dotted


@dataclass(frozen=True, slots=True)
class Words:
    """
    Give the words a kind of document needs to be explained.

    *wanted* says what a kind of value should be; *meant* leads what people write (a Spanish
    name, a synonym) to the name the document knows.
    """

    wanted: Mapping[str, Text]
    meant: Mapping[str, str]


def shape_problems(
    tree: Tree, schema: Mapping[str, Any], *, formats: FormatChecker, words: Words
) -> Iterator[Problem]:
    """Give every way in which the tree's shape is not the schema's."""
    validator = Draft202012Validator(schema, format_checker=formats)
    for error in validator.iter_errors(tree.value):
        yield from _explain(error, tree, words)


def did_you_mean(
    name: str, known: Iterable[str], *, meant: Mapping[str, str] | None = None
) -> Text:
    """Offer the nearest known name; all of them when none is near and they are few."""
    names = list(known)[:500]  # a hostile document must not make this slow
    near = _nearest(name, names, meant=meant or {})
    if near is not None:
        return Text(en=f'Did you mean "{near}"?', es=f"¿Querías decir «{near}»?")
    if not names:
        return NOTHING
    some, more = ", ".join(names[:20]), "…" if len(names) > 20 else "."
    return Text(en=f"Known here: {some}{more}", es=f"Aquí se conocen: {some}{more}")


def _nearest(name: str, names: list[str], *, meant: Mapping[str, str]) -> str | None:
    plain = name.strip().casefold()[:80]
    if meant.get(plain) in names:
        return meant[plain]
    return next(iter(get_close_matches(plain, names, n=1, cutoff=0.6)), None)


def _explain(error: ValidationError, tree: Tree, words: Words) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "anyOf" and (branch := _branch_meant(error)):
        for inner in branch:
            yield from _explain(inner, tree, words)
    elif keyword == "additionalProperties":
        yield from _unknown_fields(error, path, tree, words)
    elif keyword == "required":
        yield from _missing_fields(error, path, tree, words)
    else:
        yield tree.problem(path, *_wrong_value(error, words))


def _branch_meant(error: ValidationError) -> list[ValidationError]:
    """Return the faults of the alternative whose type the value has: the one its author meant."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    for faults in branches.values():
        if not any(f.validator == "type" and not f.relative_path for f in faults):
            return faults
    return []


def _given(error: ValidationError) -> tuple[Mapping[str, Any], Any]:
    """Return the schema that was broken and the value that broke it."""
    schema: Any = error.schema
    return schema, error.instance


def _unknown_fields(
    error: ValidationError, path: Path, tree: Tree, words: Words
) -> Iterator[Problem]:
    schema, given = _given(error)
    known = list(schema["properties"])
    for name in given:
        if name not in known:
            what = Text(
                en=f'There is no field "{name}" here.', es=f"Aquí no hay un campo «{name}»."
            )
            near = did_you_mean(name, known, meant=words.meant)
            yield tree.problem((*path, name), what, near)


def _missing_fields(
    error: ValidationError, path: Path, tree: Tree, words: Words
) -> Iterator[Problem]:
    # jsonschema reports each missing field as an error of its own, and names it only in words.
    schema, given = _given(error)
    known = list(schema["properties"])
    strange = [name for name in given if name not in known]
    misspelt = {_nearest(name, known, meant=words.meant) for name in strange}
    for name in schema["required"]:
        if name in given or name in misspelt or repr(name) not in error.message:
            continue  # a misspelt field is reported as such, and once is enough
        what = Text(en=f'"{name}" is missing.', es=f"Falta «{name}».")
        way_out = Text(en=f'Add "{name}: …".', es=f"Añade «{name}: …».")
        yield Problem(what, way_out, line=tree.line(path), field=dotted((*path, name)))


def _wrong_value(error: ValidationError, words: Words) -> tuple[Text, Text]:
    """Return what is wrong with one value, and the way out."""
    keyword, (schema, value) = str(error.validator), _given(error)
    kind = str(schema.get("x-kind") or schema.get("type"))
    wanted = words.wanted.get(kind, NOTHING)
    if value is None or (isinstance(value, str) and not value.strip()):
        return _EMPTY, _FILL
    if keyword == "enum":
        return _shown(value), did_you_mean(str(value), schema["enum"], meant=words.meant)
    if keyword == "minItems":
        return _EMPTY_LIST, _ADD_ITEM
    if keyword == "minProperties":
        return _EMPTY, wanted or _FILL
    if keyword in ("minimum", "maximum", "maxLength"):
        return _beyond(value, schema[keyword], keyword), wanted
    if keyword in ("type", "anyOf") and isinstance(value, int | float) and kind in _WORDED:
        return _shown(value), _QUOTE
    return _shown(value), wanted


def _beyond(value: object, limit: object, keyword: str) -> Text:
    if keyword == "minimum":
        return Text(en=f"{value} is below {limit}.", es=f"{value} es menor que {limit}.")
    if keyword == "maxLength":
        return Text(en=f"It is over {limit} letters long.", es=f"Pasa de {limit} letras.")
    return Text(en=f"{value} is above {limit}.", es=f"{value} es mayor que {limit}.")


def _shown(value: object) -> Text:
    """Say that a value cannot stand here; a list or fields are named, not shown."""
    if isinstance(value, list):
        return Text(en="A list does not fit here.", es="Una lista no encaja aquí.")
    if isinstance(value, dict):
        return Text(en="Fields do not fit here.", es="Aquí no encajan campos.")
    word = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    short = word if len(word) <= 60 else word[:59] + "…"
    return Text(en=f'"{short}" is not valid here.', es=f"«{short}» no es válido aquí.")


_WORDED = ("string", "text", "id", "names", "node rule", "reference")

_EMPTY = Text(en="It is empty.", es="Está vacío.")
_FILL = Text(en="Fill it in, or remove the line.", es="Rellénalo o quita la línea.")
_EMPTY_LIST = Text(en="The list is empty.", es="La lista está vacía.")
_ADD_ITEM = Text(en="Add at least one.", es="Añade al menos un elemento.")
_QUOTE = Text(
    en="Put it between quotes to make it a text.", es="Entrecomíllalo para que sea un texto."
)
