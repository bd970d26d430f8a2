"""What is wrong with a map although its shape is right: names given twice, names of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trayecto.maps.shape import did_you_mean
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.tree import Path, Tree

ENDS = ("completes", "leaves")


def meaning_problems(tree: Tree) -> Iterator[Problem]:
    """
    Give what is wrong with the names in a map.

    The tree may be of the wrong shape: what is, is passed over, for the schema has said so.
    """
    yield from _ids_given_twice(tree)
    yield from _references_to_nothing(tree)
    yield from _ends_both_ways(tree)
    yield from _said_twice(tree)
    yield from _too_many_orders(tree)


def _items(owner: Any, name: str) -> list[Any]:
    found = owner.get(name) if isinstance(owner, dict) else None
    return found if isinstance(found, list) else []


def _fields(owner: Any, name: str) -> dict[str, Any]:
    found = owner.get(name) if isinstance(owner, dict) else None
    return found if isinstance(found, dict) else {}


Placed = tuple[Path, str, Any]
"""Where a thing stands, what kind it is, and its fields."""


def _things(tree: Tree) -> Iterator[Placed]:
    """Give everything in a map that may have an id, in the order of the map."""
    root = tree.value
    if isinstance(root, dict) and isinstance(root.get("protagonist"), dict):
        yield ("protagonist",), "persona", root["protagonist"]
    for i, persona in enumerate(_items(root, "personas")):
        yield ("personas", i), "persona", persona
    for s, stage in enumerate(_items(root, "stages")):
        yield ("stages", s), "stage", stage
        for name, kind in _IN_STAGES:
            for i, thing in enumerate(_items(stage, name)):
                yield ("stages", s, name, i), kind, thing
    for i, lane in enumerate(_items(root, "lanes")):
        yield ("lanes", i), "lane", lane


_IN_STAGES = (
    ("steps", "step"),
    ("opportunities", "opportunity"),
    ("touchpoints", "touchpoint"),
    ("back_stage", "back_stage"),
    ("support", "support"),
)


def _ids(tree: Tree, *kinds: str) -> list[str]:
    """Return the ids of some kinds of things, in order and each once."""
    found = (thing for _, kind, thing in _things(tree) if kind in kinds)
    names = (thing.get("id") for thing in found if isinstance(thing, dict))
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def _ids_given_twice(tree: Tree) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, _, thing in _things(tree):
        name = thing.get("id") if isinstance(thing, dict) else None
        if not isinstance(name, str):
            continue
        line = tree.line((*path, "id"))
        if name in first:
            what = Text(
                en=f'The id "{name}" is taken on line {first[name]}.',
                es=f"El id «{name}» ya se usa en la línea {first[name]}.",
            )
            yield tree.problem((*path, "id"), what, _OTHER_ID)
        first.setdefault(name, line)


def _references_to_nothing(tree: Tree) -> Iterator[Problem]:
    ids = {kinds: _ids(tree, *kinds) for kinds in _NOBODY_HAS}
    known = {kinds: frozenset(names) for kinds, names in ids.items()}
    for path, name, kinds in _references(tree):
        if name not in known[kinds]:
            en, es = _NOBODY_HAS[kinds]
            what = Text(en=f'No {en} has the id "{name}".', es=f"{es} tiene el id «{name}».")
            yield tree.problem(path, what, did_you_mean(name, ids[kinds]))
    yield from _steps_of_nothing(tree)


_TOUCHPOINT, _PERSONA, _SUPPORT = ("touchpoint",), ("persona",), ("support",)
_PLACE = ("stage", "touchpoint")
_NOBODY_HAS = {
    _TOUCHPOINT: ("touchpoint", "Ningún punto de contacto"),
    _PERSONA: ("persona", "Ninguna persona"),
    _SUPPORT: ("support process", "Ningún proceso de soporte"),
    _PLACE: ("stage or touchpoint", "Ninguna etapa ni punto de contacto"),
}


def _references(tree: Tree) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Give each place where an id is named, the id, and the kinds it may be of."""
    root = tree.value
    for field in ("starts", *ENDS):
        yield from _listed(_fields(root, "journeys"), ("journeys",), field, _TOUCHPOINT)
    for i, arrow in enumerate(_items(root, "arrows")):
        for field in ("from", "to"):
            yield from _single(arrow, ("arrows", i), field, _PERSONA)
    for i, lane in enumerate(_items(root, "lanes")):
        for name in _fields(lane, "cells"):
            yield ("lanes", i, "cells", name), name, _PLACE
    for i, link in enumerate(_items(root, "maps")):
        yield from _single(link, ("maps", i), "at", _PLACE)
    for path, kind, thing in _things(tree):
        if kind == "touchpoint":
            for name in _fields(thing, "feels"):
                yield (*path, "feels", name), name, _PERSONA
        elif kind == "back_stage":
            yield from _listed(thing, path, "serves", _TOUCHPOINT)
            yield from _listed(thing, path, "needs", _SUPPORT)
        elif kind == "opportunity":
            yield from _single(thing, path, "at", _TOUCHPOINT)


def _listed(
    owner: Any, path: Path, field: str, kinds: tuple[str, ...]
) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for i, name in enumerate(_items(owner, field)):
        if isinstance(name, str):
            yield (*path, field, i), name, kinds


def _single(
    owner: Any, path: Path, field: str, kinds: tuple[str, ...]
) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    name = owner.get(field) if isinstance(owner, dict) else None
    if isinstance(name, str):
        yield (*path, field), name, kinds


def _steps_of_nothing(tree: Tree) -> Iterator[Problem]:
    """Give the touchpoints whose step is none of their own stage's."""
    for s, stage in enumerate(_items(tree.value, "stages")):
        steps = [step.get("id") for step in _items(stage, "steps") if isinstance(step, dict)]
        names = [name for name in steps if isinstance(name, str)]
        for t, touchpoint in enumerate(_items(stage, "touchpoints")):
            name = touchpoint.get("step") if isinstance(touchpoint, dict) else None
            if isinstance(name, str) and name not in names:
                what = Text(
                    en=f'This stage has no step "{name}".',
                    es=f"Esta etapa no tiene el paso «{name}».",
                )
                path = ("stages", s, "touchpoints", t, "step")
                yield tree.problem(path, what, did_you_mean(name, names) or _ADD_STEP)


def _ends_both_ways(tree: Tree) -> Iterator[Problem]:
    journeys = _fields(tree.value, "journeys")
    completing = {name for name in _items(journeys, "completes") if isinstance(name, str)}
    for i, name in enumerate(_items(journeys, "leaves")):
        if isinstance(name, str) and name in completing:
            what = Text(
                en=f'"{name}" cannot both complete a journey and mean that the customer left.',
                es=f"«{name}» no puede completar el trayecto y a la vez ser una salida.",
            )
            yield tree.problem(("journeys", "leaves", i), what, _ONE_END)


def _said_twice(tree: Tree) -> Iterator[Problem]:
    for path, words in _sets(tree):
        seen: set[str] = set()
        for i, word in enumerate(words):
            if isinstance(word, str) and word in seen:
                what = Text(
                    en=f'"{word}" is in the list twice.', es=f"«{word}» está dos veces en la lista."
                )
                yield tree.problem((*path, i), what, _KEEP_ONE)
            if isinstance(word, str):
                seen.add(word)


def _sets(tree: Tree) -> Iterator[tuple[Path, list[Any]]]:
    """Give the lists in which saying a thing twice says nothing more."""
    yield ("library",), _items(tree.value, "library")
    for name in ("sources", "starts", *ENDS):
        yield ("journeys", name), _items(_fields(tree.value, "journeys"), name)
    for path, kind, thing in _things(tree):
        for name in {"persona": ("prefers",), "back_stage": ("serves", "needs")}.get(kind, ()):
            yield (*path, name), _items(thing, name)


def _too_many_orders(tree: Tree) -> Iterator[Problem]:
    """Give the stages and steps in which so many touchpoints may come in any order."""
    for s, stage in enumerate(_items(tree.value, "stages")):
        touchpoints = [t for t in _items(stage, "touchpoints") if isinstance(t, dict)]
        if _in_any_order(stage):
            yield from _crowd(tree, ("stages", s, "order"), len(touchpoints))
            continue
        for p, step in enumerate(_items(stage, "steps")):
            if _in_any_order(step):
                own = [t for t in touchpoints if t.get("step") == step.get("id")]
                yield from _crowd(tree, ("stages", s, "steps", p, "order"), len(own))


def _in_any_order(owner: Any) -> bool:
    return isinstance(owner, dict) and owner.get("order") == "any"


def _crowd(tree: Tree, path: Path, many: int) -> Iterator[Problem]:
    # Each set of those done is a state of the plan: eight are 256, twenty would be a million.
    if many > MOST_IN_ANY_ORDER:
        what = Text(
            en=f"{many} touchpoints in any order are too many: at most {MOST_IN_ANY_ORDER}.",
            es=f"{many} puntos de contacto en cualquier orden son demasiados: "
            f"como mucho {MOST_IN_ANY_ORDER}.",
        )
        yield tree.problem(path, what, _SPLIT)


MOST_IN_ANY_ORDER = 8
_SPLIT = Text(
    en="Give the order only to the step or stage where it is really free.",
    es="Deja el orden libre solo en el paso o la etapa donde de verdad lo es.",
)
_OTHER_ID = Text(
    en="Stages and touchpoints each need an id of their own.",
    es="Cada etapa y cada punto de contacto necesita un id propio.",
)
_ADD_STEP = Text(
    en="Add it to the steps of the stage, or remove it here.",
    es="Añádelo a los steps de la etapa o quítalo de aquí.",
)
_ONE_END = Text(
    en="Take it out of journeys.completes or of journeys.leaves.",
    es="Quítalo de journeys.completes o de journeys.leaves.",
)
_KEEP_ONE = Text(en="Keep one.", es="Deja solo uno.")
