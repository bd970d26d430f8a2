"""
A journey map as YAML: read with every problem and its line, written back byte for byte.

The way of a text: `tree` (YAML, lines) → `library` (what it shares with other maps) → `shape`
(JSON Schema) → `meaning` (names) → `build`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import chain, islice
from typing import Any

from jsonschema import FormatChecker
from ruamel.yaml import YAML

from trayecto.maps.build import build_map
from trayecto.maps.document import JourneyMap
from trayecto.maps.durations import time_span
from trayecto.maps.library import OpenDocument, expand, nowhere
from trayecto.maps.meaning import meaning_problems
from trayecto.maps.notation_words import WORDS
from trayecto.maps.shape import shape_problems
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.tree import Tree, read_tree
from trayecto.vocabulary.tree_words import EMPTY

MAX_PROBLEMS = 1_000
"""Nobody reads more; a hostile document must not make us write more."""


class Document:
    """
    Hold a map's text, and the same as a tree that can be changed.

    The tree keeps comments and order. It is made when first asked for: checking does not need it.
    """

    __slots__ = ("_tree", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._tree: Any = None

    @property
    def tree(self) -> Any:
        """Return ruamel's round-trip tree; change it and `write` the document."""
        if self._tree is None:
            try:
                self._tree = _yaml_like(self.text).load(self.text)
            except Exception as error:  # e.g. ruamel makes a date of a title like 2026-02-30
                raise TrayectoError(Problem(_NOT_EDITABLE)) from error
        return self._tree

    @property
    def touched(self) -> bool:
        """Tell whether anybody has had the tree, and so may have changed it."""
        return self._tree is not None

    def dumped(self) -> str:
        """Return the tree as text, in ruamel's own spacing."""
        out = StringIO()
        _yaml_like(self.text).dump(self.tree, out)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Read:
    """
    Give the map, or every problem that kept it from being one.

    *tree* knows the line of each field, also where there are problems.
    """

    journey_map: JourneyMap | None
    problems: tuple[Problem, ...]
    document: Document | None
    tree: Tree = field(repr=False)


def read(text: str, *, file: str | None = None, open_: OpenDocument = nowhere) -> Read:
    """
    Return the map that *text* is; bad text is never an exception.

    *open_* gives the text of a library document that the map names.
    """
    tree = read_tree(text)
    if tree.value is not None:
        tree = expand(tree, open_)
    found = [replace(p, way_out=_BEGIN) if p.what is EMPTY else p for p in tree.problems]
    if tree.value is not None:
        shape = shape_problems(tree, schema(), formats=_FORMATS, words=WORDS)
        found += islice(chain(meaning_problems(tree), shape), MAX_PROBLEMS)
    if found:
        return Read(None, _in_order(found, file), None, tree)
    return Read(build_map(tree), (), Document(text), tree)


_BEGIN = Text(
    en="Begin with three fields: map, title and stages.",
    es="Empieza con tres campos: map, title y stages.",
)


def write(document: Document) -> str:
    """
    Return the document's text; unchanged, it is the very text that was read.

    A changed tree is written in ruamel's spacing with the text's own indentation, so a first
    change may also move spaces that the author placed by hand.
    """
    if not document.touched:
        return document.text
    now = document.dumped()
    return document.text if now == Document(document.text).dumped() else now


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a map."""
    found: Mapping[str, Any] = json.loads(
        files("trayecto.maps").joinpath("schema.json").read_text("utf-8")
    )
    return found


def _in_order(problems: list[Problem], file: str | None) -> tuple[Problem, ...]:
    placed = [replace(problem, file=problem.file or file) for problem in problems]
    return tuple(
        sorted(placed, key=lambda p: (p.file != file, p.line or 0, p.field or "", p.what.en))
    )


def _yaml_like(text: str) -> YAML:
    """Return a round-trip YAML that indents as *text* does."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # never fold a line the author left long
    listed = next((row for row in text.split("\n") if row.lstrip(" ").startswith("- ")), "")
    offset = len(listed) - len(listed.lstrip(" "))
    if offset:
        yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    return yaml


_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@_FORMATS.checks("time-span")
def _is_time_span(value: object) -> bool:
    return not isinstance(value, str) or time_span(value) is not None


_NOT_EDITABLE = Text(
    en="Part of this document cannot be edited by a program; edit its text instead.",
    es="Una parte de este documento no se puede editar desde un programa; edita su texto.",
)
