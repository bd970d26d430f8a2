"""
A map as a list of things that have a name of their own, wherever they stand.

A touchpoint keeps its id when it is renamed or moved to another stage: so a comparison knows it
again. What has no id (work behind the scenes, an arrow) is known by what it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trayecto.maps.plain import Schema, normal, resolved
from trayecto.vocabulary.tree import Path, Tree

ROOT = "map"
Spot = tuple[str, str]
"""A list of things: the key of their owner, and the field it stands in."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a map: what kind it is, where it stands and its own fields."""

    key: str
    kind: str
    spot: Spot
    fields: dict[str, Any]
    path: Path = ()
    """Where it stands in the document it was read from."""


@dataclass(slots=True)
class Outline:
    """Every thing of a map by its key, and the order in each list."""

    things: dict[str, Thing]
    order: dict[Spot, list[str]]
    tree: Tree | None = field(default=None, repr=False)

    def line(self, key: str, field_: tuple[str, ...] = ()) -> int | None:
        """Return the line of a thing, or of one of its fields."""
        thing = self.things.get(key)
        return self.tree.line((*thing.path, *field_)) if self.tree and thing else None

    def after(self, key: str) -> str | None:
        """Return the thing before this one in its list."""
        row = self.order[self.things[key].spot]
        place = row.index(key)
        return row[place - 1] if place else None


def outline(tree: Tree, schema: Schema) -> Outline:
    """Return the outline of a map without problems."""
    found = outline_of(normal(tree, schema), schema)
    found.tree = tree
    return found


def outline_of(plain: Mapping[str, Any], schema: Schema) -> Outline:
    """Return the outline of a map in its normal form."""
    found = Outline({}, {})
    _take(
        found, dict(plain), schema, key=ROOT, kind="map", spot=("", ""), path=(), schema=schema
    )  # fmt: skip
    return found


def _take(
    found: Outline,
    fields: dict[str, Any],
    part: Schema,
    *,
    key: str,
    kind: str,
    spot: Spot,
    path: Path,
    schema: Schema,
) -> None:
    """Take a thing out of the tree, then the things inside it."""
    inside = dict(lists_of(part, schema))
    own = {name: value for name, value in fields.items() if name not in inside}
    found.things[key] = Thing(key, kind, spot, own, path)
    for name, item in inside.items():
        row: list[str] = []
        seen: Counter[str] = Counter()
        for i, thing in enumerate(fields.get(name, [])):
            row.append(_key(thing, item, key, seen))
            found.order[(key, name)] = row  # before what it owns: owners come first
            _take(
                found,
                thing,
                item,
                key=row[-1],
                kind=item["x-thing"],
                spot=(key, name),
                path=(*path, name, i),
                schema=schema,
            )


def lists_of(part: Schema, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Give the fields of a thing that hold things themselves, with what they hold."""
    for name, inner in part.get("properties", {}).items():
        item = resolved(resolved(inner, schema).get("items") or {}, schema)
        if "x-thing" in item:
            yield name, item


def _key(thing: Mapping[str, Any], item: Schema, owner: str, seen: Counter[str]) -> str:
    """Return what a thing is known by: its id, or what it says and whose it is."""
    kind: str = item["x-thing"]
    if "id" in thing:
        return f"{kind}:{thing['id']}"
    said = "|".join(str(thing.get(name, "")) for name in item.get("x-key", ()))
    base = f"{kind}:{owner}/{said}"
    seen[base] += 1
    return f"{base}#{seen[base]}"


def plain_of(found: Outline, schema: Schema) -> dict[str, Any]:
    """Return the normal form of the map that an outline is."""
    return _laid(found, ROOT, schema, schema)


def _laid(found: Outline, key: str, part: Schema, schema: Schema) -> dict[str, Any]:
    inside = dict(lists_of(part, schema))
    own = found.things[key].fields
    whole: dict[str, Any] = {}
    for name in part.get("properties", {}):
        if name in own:
            whole[name] = own[name]
        elif found.order.get((key, name)):
            whole[name] = [
                _laid(found, inner, inside[name], schema) for inner in found.order[(key, name)]
            ]
    return whole
