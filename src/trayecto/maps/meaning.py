"""What is wrong with a map although its shape is right: names given twice, names of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trayecto.maps.shape import did_you_mean
from trayecto.maps.tree import Path, Tree
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text

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


def _items(owner: Any, name: str) -> list[Any]:
    found = owner.get(name) if isinstance(owner, dict) else None
    return found if isinstance(found, list) else []


def _ids(tree: Tree) -> Iterator[tuple[Path, str, str]]:
    """Give the path, the kind and the value of every id, in the order of the map."""
    for s, stage in enumerate(_items(tree.value, "stages")):
        if isinstance(stage, dict) and isinstance(stage.get("id"), str):
            yield ("stages", s, "id"), "stage", stage["id"]
        for t, touchpoint in enumerate(_items(stage, "touchpoints")):
            if isinstance(touchpoint, dict) and isinstance(touchpoint.get("id"), str):
                yield ("stages", s, "touchpoints", t, "id"), "touchpoint", touchpoint["id"]


def _ids_given_twice(tree: Tree) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, _, name in _ids(tree):
        line = tree.line(path)
        if name in first:
            what = Text(
                en=f'The id "{name}" is taken on line {first[name]}.',
                es=f"El id «{name}» ya se usa en la línea {first[name]}.",
            )
            yield tree.problem(path, what, _OTHER_ID)
        first.setdefault(name, line)


def _references_to_nothing(tree: Tree) -> Iterator[Problem]:
    touchpoints = list(dict.fromkeys(name for _, kind, name in _ids(tree) if kind == "touchpoint"))
    known = frozenset(touchpoints)
    for path, name in _references(tree, "starts", *ENDS):
        if name not in known:
            what = Text(
                en=f'No touchpoint has the id "{name}".',
                es=f"Ningún punto de contacto tiene el id «{name}».",
            )
            yield tree.problem(path, what, did_you_mean(name, touchpoints))


def _references(tree: Tree, *fields: str) -> Iterator[tuple[Path, str]]:
    journeys = tree.value.get("journeys") if isinstance(tree.value, dict) else None
    for field in fields:
        for i, name in enumerate(_items(journeys, field)):
            if isinstance(name, str):
                yield ("journeys", field, i), name


def _ends_both_ways(tree: Tree) -> Iterator[Problem]:
    completing = {name for _, name in _references(tree, "completes")}
    for path, name in _references(tree, "leaves"):
        if name in completing:
            what = Text(
                en=f'"{name}" cannot both complete a journey and mean that the customer left.',
                es=f"«{name}» no puede completar el trayecto y a la vez ser una salida.",
            )
            yield tree.problem(path, what, _ONE_END)


def _said_twice(tree: Tree) -> Iterator[Problem]:
    for owner, name in (
        ("protagonist", "prefers"),
        ("journeys", "sources"),
        ("journeys", "starts"),
        ("journeys", "completes"),
        ("journeys", "leaves"),
    ):
        holder = tree.value.get(owner) if isinstance(tree.value, dict) else None
        seen: set[str] = set()
        for i, word in enumerate(_items(holder, name)):
            if isinstance(word, str) and word in seen:
                what = Text(
                    en=f'"{word}" is in the list twice.', es=f"«{word}» está dos veces en la lista."
                )
                yield tree.problem((owner, name, i), what, _KEEP_ONE)
            if isinstance(word, str):
                seen.add(word)


_OTHER_ID = Text(
    en="Stages and touchpoints each need an id of their own.",
    es="Cada etapa y cada punto de contacto necesita un id propio.",
)
_ONE_END = Text(
    en="Take it out of journeys.completes or of journeys.leaves.",
    es="Quítalo de journeys.completes o de journeys.leaves.",
)
_KEEP_ONE = Text(en="Keep one.", es="Deja solo uno.")
