"""What several maps share: personas, touchpoints and areas of library documents, put in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import FormatChecker

from trayecto.maps.shape import did_you_mean, shape_problems
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import NOTHING, Text
from trayecto.vocabulary.tree import Path, Tree, read_tree

OpenDocument = Callable[[str], str]
"""Give the text of a document beside the map, by its name; raise TrayectoError when it cannot."""

MAX_DOCUMENTS = 20


def nowhere(name: str) -> str:
    """Open nothing: a map read on its own reaches no other document."""
    raise TrayectoError(
        Problem(
            Text(
                en=f'"{name}" cannot be reached from here.',
                es=f"Desde aquí no se llega a «{name}».",
            ),
            Text(
                en="Read the map from its file, so that its neighbours are known.",
                es="Lee el mapa desde su archivo, para conocer a sus vecinos.",
            ),
        )
    )


def expand(tree: Tree, open_: OpenDocument) -> Tree:
    """
    Return the tree with each `use` replaced by what the library says; own fields come first.

    A map that names no library comes back as it is.
    """
    root = tree.value
    if not isinstance(root, dict) or not _uses_any(root):
        return tree
    shelf = _Shelf()
    problems = list(_fill(shelf, tree, open_))
    value = {**root}
    filler = _Filler(shelf, tree, problems)
    if isinstance(value.get("protagonist"), dict):
        value["protagonist"] = filler.thing(value["protagonist"], ("protagonist",), "personas")
    if isinstance(value.get("personas"), list):
        value["personas"] = [
            filler.thing(persona, ("personas", i), "personas")
            for i, persona in enumerate(value["personas"])
        ]
    if isinstance(value.get("stages"), list):
        value["stages"] = [filler.stage(s, stage) for s, stage in enumerate(value["stages"])]
    return replace(tree, value=value, problems=(*tree.problems, *problems))


def _uses_any(root: dict[str, Any]) -> bool:
    """Tell whether anything is taken from a library; looking is cheaper than copying."""
    stack: list[object] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if "use" in item:
                return True
            stack += item.values()
        elif isinstance(item, list):
            stack += item
    return "library" in root


@dataclass(slots=True)
class _Shelf:
    """All that the libraries of a map hold, by kind and id."""

    personas: dict[str, dict[str, Any]] = field(default_factory=dict)
    touchpoints: dict[str, dict[str, Any]] = field(default_factory=dict)
    areas: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = getattr(self, kind)
        return found


def _fill(shelf: _Shelf, tree: Tree, open_: OpenDocument) -> Iterator[Problem]:
    """Put what the libraries hold on the shelf; give what is wrong with them."""
    names = tree.value.get("library")
    for i, name in enumerate(names if isinstance(names, list) else []):
        path: Path = ("library", i)
        if i >= MAX_DOCUMENTS:
            yield tree.problem(path, _TOO_MANY)
            return
        if not isinstance(name, str):
            continue
        try:
            library = read_tree(open_(name))
        except TrayectoError as error:
            for problem in error.problems:
                yield tree.problem(path, problem.what, problem.way_out)
            continue
        yield from _problems_of(library, name)
        for kind in ("personas", "touchpoints", "areas"):
            some = library.value.get(kind) if isinstance(library.value, dict) else None
            for thing in some if isinstance(some, list) else []:
                if isinstance(thing, dict) and isinstance(thing.get("id"), str):
                    shelf.of(kind).setdefault(thing["id"], thing)


def library_problems(text: str, name: str) -> tuple[Problem, ...]:
    """Return what is wrong with the text of a library document, line by line."""
    return tuple(_problems_of(read_tree(text), name))


def _problems_of(library: Tree, name: str) -> Iterator[Problem]:
    from trayecto.maps.notation_words import WORDS

    found = list(library.problems)
    if library.value is not None:
        found += shape_problems(library, schema(), formats=FormatChecker(formats=()), words=WORDS)
    for problem in found:
        yield replace(problem, file=name)


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a library document."""
    found: Mapping[str, Any] = json.loads(
        files("trayecto.maps").joinpath("library.json").read_text("utf-8")
    )
    return found


@dataclass(slots=True)
class _Filler:
    """Replaces what is named by what it is."""

    shelf: _Shelf
    tree: Tree
    problems: list[Problem]

    def thing(self, own: Any, path: Path, kind: str) -> Any:
        """Return a thing with the fields of the library's below its own."""
        if not isinstance(own, dict):
            return own
        whole = {**own}
        name = whole.pop("use", None)
        if isinstance(name, str):
            whole = {**self._found(name, kind, (*path, "use")), **whole}
        if "area" in whole:
            whole["area"] = self._area(whole["area"], (*path, "area"))
        return whole

    def stage(self, s: int, own: Any) -> Any:
        """Return a stage with its touchpoints and areas in place."""
        if not isinstance(own, dict):
            return own
        whole = {**own}
        for name in ("touchpoints", "back_stage", "support"):
            if isinstance(whole.get(name), list):
                whole[name] = [
                    self.thing(thing, ("stages", s, name, i), "touchpoints")
                    for i, thing in enumerate(whole[name])
                ]
        return whole

    def _area(self, own: Any, path: Path) -> Any:
        name = own.get("use") if isinstance(own, dict) else None
        return (
            self._found(name, "areas", (*path, "use")).get("name", name)
            if (isinstance(name, str))
            else own
        )

    def _found(self, name: str, kind: str, path: Path) -> dict[str, Any]:
        shelf = self.shelf.of(kind)
        if name not in shelf:
            en, es = _KINDS[kind]
            what = Text(
                en=f'No library of this map has the {en} "{name}".',
                es=f"Ninguna biblioteca de este mapa tiene {es} «{name}».",
            )
            way_out = did_you_mean(name, shelf) if shelf else _ADD_LIBRARY
            self.problems.append(self.tree.problem(path, what, way_out or NOTHING))
        return shelf.get(name, {})


_KINDS = {
    "personas": ("persona", "la persona"),
    "touchpoints": ("touchpoint", "el punto de contacto"),
    "areas": ("area", "el área"),
}
_TOO_MANY = Text(
    en="A map takes twenty libraries at most.", es="Un mapa admite veinte bibliotecas como mucho."
)
_ADD_LIBRARY = Text(
    en="Name the library's file in the map: library: [shared.yaml].",
    es="Nombra el archivo de la biblioteca en el mapa: library: [comun.yaml].",
)
