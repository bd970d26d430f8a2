"""Changes carried into a map's own text: comments and every line nobody touched stay."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from trayecto.maps.diff import Diff, apply
from trayecto.maps.notation import Document, schema, write
from trayecto.maps.outline import ROOT, Outline, Spot, Thing, lists_of, outline, plain_of
from trayecto.maps.plain import Schema, resolved
from trayecto.vocabulary.tree import read_tree


def patch(text: str, diff: Diff, *, of: Schema | None = None) -> str:
    """
    Return the text of a map, or of what else *of* is the schema of, with the changes made to it.

    A document that spares typing with aliases is written anew, without its comments: a change
    behind an alias would change every place that uses it.
    """
    if not diff:
        return text
    of = of or schema()
    older = outline(read_tree(text), of)
    document = Document(text)
    if _has_aliases(document.tree):
        return written(apply(older, diff), of=of)
    editor = _Editor(older, document, of)
    editor.make(diff)
    return write(document)


def written(found: Outline, *, of: Schema | None = None) -> str:
    """Return an outline as a new text, in the schema's order."""
    document = Document("map: x\n")
    document.tree.clear()
    document.tree.update(plain_of(found, of or schema()))
    return document.dumped()


def _has_aliases(tree: Any) -> bool:
    seen: set[int] = set()
    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, dict | list):
            if id(item) in seen:
                return True
            seen.add(id(item))
            stack += item.values() if isinstance(item, dict) else item
    return False


class _Editor:
    """Makes changes on ruamel's round-trip tree."""

    def __init__(self, older: Outline, document: Document, of: Schema) -> None:
        self.of = of
        self.nodes: dict[str, Any] = {}
        for key, thing in older.things.items():
            node = document.tree
            for step in thing.path:
                node = node[step]
            self.nodes[key] = node

    def make(self, diff: Diff) -> None:
        for removed in diff.removed:
            self._take_out(removed.thing.key, removed.thing.spot)
        for placed in diff.placed:
            if placed.was is not None:
                self._take_out(placed.thing.key, placed.was)
        for placed in diff.placed:
            if placed.new:
                self.nodes[placed.thing.key] = deepcopy(placed.thing.fields)
            self._put_in(placed.thing, placed.after)
        for change in diff.changed:
            part = part_of(change.thing.kind, self.of)
            self._set(self.nodes[change.thing.key], change.field, change.after, part)
        self._drop_empty_lists()

    def _take_out(self, key: str, spot: Spot) -> None:
        row = self.nodes[spot[0]][spot[1]]
        place = next(i for i, node in enumerate(row) if node is self.nodes[key])
        del row[place]

    def _put_in(self, thing: Thing, after: str | None) -> None:
        owner, name = self.nodes[thing.spot[0]], thing.spot[1]
        if name not in owner:
            _insert(owner, name, [], part_of(self._kind(thing.spot[0]), self.of))
        row = owner[name]
        place = 0
        if after is not None:
            place = next(i for i, node in enumerate(row) if node is self.nodes[after]) + 1
        row.insert(place, self.nodes[thing.key])

    def _set(self, node: Any, field: tuple[str, ...], value: Any, part: Mapping[str, Any]) -> None:
        name, *rest = field
        inner = resolved(part.get("properties", {}).get(name, {}), self.of)
        if rest:
            if not isinstance(node.get(name), dict):
                _insert(node, name, {}, part)
            self._set(node[name], tuple(rest), value, inner)
            if not node[name]:
                del node[name]
        elif value is None:
            node.pop(name, None)
        elif isinstance(node.get(name), dict) and isinstance(value, dict):
            # A text: the language nobody touched keeps its quotes and its folding.
            for gone in [k for k in node[name] if k not in value]:
                del node[name][gone]
            for word, said in value.items():
                if node[name].get(word) != said:
                    node[name][word] = said
        else:
            _insert(node, name, deepcopy(value), part)

    @staticmethod
    def _kind(key: str) -> str:
        return "map" if key == ROOT else key.partition(":")[0]

    def _drop_empty_lists(self) -> None:
        for key, node in self.nodes.items():
            for name, _ in lists_of(part_of(self._kind(key), self.of), self.of):
                if name in node and not node[name]:
                    del node[name]


def part_of(kind: str, of: Schema | None = None) -> Mapping[str, Any]:
    """Return the schema of a kind of thing."""
    of = of or schema()
    if kind == "map":
        return of
    return next(part for part in of["$defs"].values() if part.get("x-thing") == kind)


def _insert(node: Any, name: str, value: Any, part: Mapping[str, Any]) -> None:
    """Set a field; a new one goes where the schema has it."""
    if name in node or not hasattr(node, "insert"):
        node[name] = value
        return
    known = list(part.get("properties", {}))
    before = set(known[: known.index(name)]) if name in known else set(known)
    places = [i for i, other in enumerate(node) if other in before]
    node.insert(places[-1] + 1 if places else 0, name, value)
