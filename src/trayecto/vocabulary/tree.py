"""
A YAML text as plain values, with the line of every field; of maps and all other documents.

The YAML is composed here from the parser's events, not loaded: so that nothing in it can make
an object, a hostile text costs no more than its size, and all problems come at once with a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trayecto.vocabulary import tree_words as said
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.text import NOTHING, Text, clean
from trayecto.vocabulary.unreadable import (
    BROKEN,
    ERASE,
    KEEP_ONE,
    LETTER,
    LOOK,
    twice,
    unreadable,
)

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_VALUES = 50_000
"""Values after every alias is written out: a map has some hundreds, a rule of nodes ten."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """
    Hold plain values (dicts, lists, texts, numbers, true/false, null) and where each stands.

    *lines* counts from 1; a field's line is the line of its name. *written* holds each scalar
    as the author wrote it, so that version 1.10 stays 1.10. Words are clean: Unicode NFC, no
    control characters, no outer spaces.
    """

    value: Any
    lines: dict[Path, int]
    written: dict[Path, str]
    problems: tuple[Problem, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of a field, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, what: Text, way_out: Text = NOTHING) -> Problem:
        """Return a problem at a field."""
        return Problem(what, way_out, line=self.line(path), field=dotted(path) or None)


def dotted(path: Path) -> str:
    """
    Return a field's path as people write it.

    >>> dotted(("stages", 1, "touchpoints", 0, "channel"))
    'stages[1].touchpoints[0].channel'
    """
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).removeprefix(".")


def read_tree(text: str) -> Tree:
    """Return the tree of a text; one that cannot be read has a null value and says why."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return _unreadable(Problem(said.TOO_BIG, said.LESS, line=1))
    root, problems = _composed(text)
    if root is None:
        return _unreadable(*problems)
    # Laid out anew each time: whoever asks may change what they are given.
    lines: dict[Path, int] = {}
    written: dict[Path, str] = {}
    value = _lay_out(root, (), lines, written)
    return Tree(value, lines, written, problems)


@lru_cache(maxsize=16)
def _composed(text: str) -> tuple[_Node | None, tuple[Problem, ...]]:
    """Return what a text says, or why it cannot be read; a page asks the same text many times."""
    composer = _Composer(_events(text))
    try:
        return composer.document(), tuple(composer.problems)
    except _Stop as stop:
        return None, (*composer.problems, stop.problem)
    except YAMLError as error:
        return None, (*composer.problems, unreadable(error, text=text))
    except Exception:
        # ruamel's parser also fails with ValueError, AttributeError and others on broken texts.
        return None, (*composer.problems, Problem(BROKEN, LOOK, line=composer.line))


def stop_if_hostile(text: str, *, file: str) -> None:
    """Raise when a text is no plain YAML, or would cost more to read than it is long."""
    problems = read_tree(text).problems
    stop_if_any(replace(p, file=file) for p in problems if p.what is not said.EMPTY)


def _unreadable(*problems: Problem) -> Tree:
    return Tree(None, {}, {}, problems)


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=True).parse(text)


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.say("en"))


@dataclass(frozen=True, slots=True)
class _Node:
    line: int
    value: Any = None
    """A scalar's value, a list of nodes, or a dict of name → (line of the name, node)."""
    written: str | None = None
    size: int = 1


@dataclass(slots=True)
class _Composer:
    events: Iterator[Any]
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, _Node] = field(default_factory=dict)
    values: int = 0
    line: int = 1

    def document(self) -> _Node:
        """Compose the one document of the stream."""
        self._next("StreamStart")
        if self._kind(event := next(self.events)) == "StreamEnd":
            raise _Stop(Problem(said.EMPTY, line=1))
        root = self._node(next(self.events), depth=0)
        self._next("DocumentEnd")
        if self._kind(event := next(self.events)) != "StreamEnd":
            raise _Stop(Problem(said.MANY, said.SPLIT, line=event.start_mark.line + 1))
        if root.value is None:
            raise _Stop(Problem(said.EMPTY, line=1))
        return root

    def _next(self, kind: str) -> None:
        event = next(self.events)
        if self._kind(event) != kind:
            raise _Stop(Problem(BROKEN, LOOK, line=self.line))

    @staticmethod
    def _kind(event: Any) -> str:
        return type(event).__name__.removesuffix("Event")

    def _node(self, event: Any, *, depth: int) -> _Node:
        self.line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise _Stop(Problem(said.TOO_DEEP, said.FLATTER, line=self.line))
        kind = self._kind(event)
        if kind == "Alias":
            return self._alias(event.anchor)
        if getattr(event, "tag", None) not in (None, "!"):
            self.problems.append(Problem(said.TAG, said.NO_TAG, line=self.line))
        self._count(1)
        node = {"Scalar": self._scalar, "SequenceStart": self._list, "MappingStart": self._fields}[
            kind
        ](event, depth + 1)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _count(self, more: int) -> None:
        self.values += more
        if self.values > MAX_VALUES:
            raise _Stop(Problem(said.TOO_MANY, said.LESS, line=self.line))

    def _alias(self, name: str) -> _Node:
        if name not in self.anchors:
            raise _Stop(Problem(said.alias_unknown(name), said.DEFINE, line=self.line))
        node = self.anchors[name]
        self._count(node.size)
        return _Node(self.line, node.value, node.written, node.size)

    def _scalar(self, event: Any, _depth: int) -> _Node:
        # Escapes ("\\ud800", "\\e[31m") bring in what no file holds and no terminal should get.
        word = clean(event.value)
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            self.problems.append(Problem(LETTER, ERASE, line=self.line))
            word = word.encode("utf-8", "replace").decode()
        value = _plain(word) if event.style in (None, "") else word
        return _Node(event.start_mark.line + 1, value, written=word)

    def _list(self, start: Any, depth: int) -> _Node:
        line, items = start.start_mark.line + 1, []
        while self._kind(event := next(self.events)) != "SequenceEnd":
            items.append(self._node(event, depth=depth))
        return _Node(line, items, size=1 + sum(item.size for item in items))

    def _fields(self, start: Any, depth: int) -> _Node:
        line, fields = start.start_mark.line + 1, dict[str, tuple[int, _Node]]()
        while self._kind(event := next(self.events)) != "MappingEnd":
            key = self._node(event, depth=depth)
            value = self._node(next(self.events), depth=depth)
            name = None if key.written is None else " ".join(key.written.split())
            if name is None:
                self.problems.append(Problem(said.KEY, said.NAME_IT, line=key.line))
            elif name in fields:
                again = twice(name, fields[name][0])
                self.problems.append(Problem(again, KEEP_ONE, line=key.line, field=name))
            else:
                fields[name] = (key.line, value)
        return _Node(line, fields, size=1 + sum(node.size for _, node in fields.values()))


_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(\d{1,15}\.\d{0,25}|\.\d{1,25})", re.ASCII)


def _plain(word: str) -> object:
    """Return what an unquoted word is: YAML 1.2's core, less numbers nobody writes by hand."""
    if word in ("True", "TRUE", "False", "FALSE", "Null", "NULL"):
        return _CONSTANTS[word.lower()]
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _DECIMAL.fullmatch(word) else word


def _lay_out(node: _Node, at: Path, lines: dict[Path, int], written: dict[Path, str]) -> Any:
    """Return the node's plain value; note the line of each field below *at*."""
    lines.setdefault(at, node.line)
    if node.written is not None:
        written[at] = node.written
    if isinstance(node.value, dict):
        plain = {}
        for name, (line, child) in node.value.items():
            lines[(*at, name)] = line
            plain[name] = _lay_out(child, (*at, name), lines, written)
        return plain
    if isinstance(node.value, list):
        return [_lay_out(c, (*at, i), lines, written) for i, c in enumerate(node.value)]
    return node.value
