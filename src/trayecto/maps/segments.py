"""Named segments: a small YAML document in which each group of customers has its rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import FormatChecker

from trayecto.maps.build import rule_of, text_of
from trayecto.maps.notation_words import WORDS
from trayecto.maps.shape import did_you_mean, shape_problems
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import NOTHING, Text, same
from trayecto.vocabulary.tree import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Segment:
    """A named group of customers: those for whom every test of the rule holds."""

    id: str
    name: Text
    rule: Rule
    about: Text = NOTHING


def read(text: str, *, file: str) -> tuple[Segment, ...]:
    """Return the segments of a document; all that is wrong in it is said at once, with its line."""
    tree = read_tree(text)
    found = list(tree.problems)
    if tree.value is not None:
        found += shape_problems(tree, schema(), formats=FormatChecker(formats=()), words=WORDS)
    if not found:
        found += _twice(tree)
    stop_if_any(
        Problem(p.what, p.way_out, file, p.line, p.field)
        for p in sorted(found, key=lambda p: (p.line or 0, p.field or ""))
    )
    return tuple(
        Segment(
            one["id"],
            text_of(one["name"]) if "name" in one else same(one["id"]),
            rule_of(one["rule"]),
            text_of(one.get("about")),
        )
        for one in tree.value["segments"]
    )


def named(segments: tuple[Segment, ...], id: str, *, file: str) -> Segment:
    """Return the segment called *id*; refuse a name that is not there, and offer the nearest."""
    for segment in segments:
        if segment.id == id:
            return segment
    raise TrayectoError(
        Problem(
            Text(en=f"There is no segment “{id}”.", es=f"No existe el segmento «{id}»."),
            did_you_mean(id, [segment.id for segment in segments]) if segments else _WRITE_ONE,
            file=file,
        )
    )


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a document of segments."""
    found: Mapping[str, Any] = json.loads(
        files("trayecto.maps").joinpath("segments.json").read_text("utf-8")
    )
    return found


def _twice(tree: Tree) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, one in enumerate(tree.value["segments"]):
        if one["id"] in seen:
            yield tree.problem(("segments", place, "id"), _TWICE, _RENAME)
        seen.add(one["id"])


_TWICE = Text(
    en="Another segment already has this id.", es="Otro segmento ya tiene este identificador."
)
_RENAME = Text(en="Give it a name of its own.", es="Dale un nombre propio.")
_WRITE_ONE = Text(
    en="Write it there: “segments:” and below “- id: fibre” with “rule: [{property: plan, is: "
    "fibre}]”.",
    es="Escríbelo ahí: «segments:» y debajo «- id: fibra» con «rule: [{property: plan, is: "
    "fibra}]».",
)
