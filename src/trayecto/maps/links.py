"""Maps that open into one another: no circles, and each meets a map that is there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from trayecto.maps.library import OpenDocument
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.tree import Tree, read_tree

MAX_MAPS = 50


def link_problems(tree: Tree, *, file: str, open_: OpenDocument) -> Iterator[Problem]:
    """
    Give the links of a map that lead nowhere, or back to it: a part cannot contain its whole.

    *file* is the map's own name, as its neighbours write it.
    """
    for i, (name, part) in _links(tree):
        path = ("maps", i, "map")
        try:
            open_(name)
        except TrayectoError as error:
            for problem in error.problems:
                yield tree.problem(path, problem.what, problem.way_out)
            continue
        way = _way_back(name, to=file, part=part, open_=open_)
        if way:
            shown = " → ".join([file, *way])
            what = Text(
                en=f"These maps contain one another: {shown}.",
                es=f"Estos mapas se contienen unos a otros: {shown}.",
            )
            yield tree.problem(path, what, _CUT)


def _links(tree: Tree) -> list[tuple[int, tuple[str, bool]]]:
    """Return the place of each link, its map, and whether it is a part of this one."""
    found = tree.value.get("maps") if isinstance(tree.value, dict) else None
    return [
        (i, (normpath(link["map"]), link.get("kind") == "micro"))
        for i, link in enumerate(found if isinstance(found, list) else [])
        if isinstance(link, dict) and isinstance(link.get("map"), str)
    ]


def _way_back(start: str, *, to: str, part: bool, open_: OpenDocument) -> list[str]:
    """Return the maps on a way of the same kind (ever smaller, ever larger) from one to another."""
    came: dict[str, str | None] = {start: None}
    waiting = [start]
    while waiting and len(came) < MAX_MAPS:
        name = waiting.pop(0)
        if name == to:
            way: list[str] = []
            here: str | None = name
            while here is not None:
                way.insert(0, here)
                here = came[here]
            return way
        try:
            tree = read_tree(open_(name))
        except TrayectoError:
            continue
        for _, (following, smaller) in _links(tree):
            beside = normpath(join(dirname(name), following))
            if smaller is part and beside not in came:
                came[beside] = name
                waiting.append(beside)
    return []


_CUT = Text(
    en="Let micro lead to a smaller part, and macro to the whole, never back.",
    es="Haz que micro lleve a una parte menor y macro al conjunto, nunca de vuelta.",
)
