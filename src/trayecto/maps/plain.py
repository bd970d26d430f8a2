"""
A map's plain values in one normal form: what means the same looks the same.

A text in one language is a word, a length of time is in its largest unit, what says only its
default is left out. Comparing, patching and merging work on this form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trayecto.maps.durations import in_words, time_span
from trayecto.vocabulary.tree import Path, Tree

Schema = Mapping[str, Any]


def normal(tree: Tree, schema: Schema) -> dict[str, Any]:
    """Return the normal form of a map without problems."""
    plain = _Normal(schema, tree.written).value(tree.value, schema, ())
    return plain if isinstance(plain, dict) else {}


def resolved(part: Schema, schema: Schema) -> Schema:
    """Return a part of the schema with its reference followed; what stands beside it stays."""
    if "$ref" not in part:
        return part
    name = part["$ref"].rsplit("/", 1)[1]
    return {**schema["$defs"][name], **{k: v for k, v in part.items() if k != "$ref"}}


class _Normal:
    """Normalises each kind of value by what the schema says it is."""

    def __init__(self, schema: Schema, written: Mapping[Path, str]) -> None:
        self.schema = schema
        self.written = written

    def value(self, own: Any, part: Schema, at: Path) -> Any:
        part = resolved(part, self.schema)
        kind = part.get("x-kind")
        if kind == "version":
            return self.written.get(at, str(own))
        if kind in ("text", "area"):
            return _text(own)
        if kind == "duration":
            span = time_span(own) if isinstance(own, str) else None
            return in_words(span) if span else own
        if kind == "names":
            return own if isinstance(own, list) else [own]
        if kind == "nodes":
            return [_node_rule(rule) for rule in (own if isinstance(own, list) else [own])]
        if isinstance(own, dict):
            return self._fields(own, part, at)
        if isinstance(own, list):
            return [self.value(item, part.get("items", {}), (*at, i)) for i, item in enumerate(own)]
        return int(own) if isinstance(own, float) and own.is_integer() else own

    def _fields(self, own: dict[str, Any], part: Schema, at: Path) -> dict[str, Any]:
        known, other = part.get("properties", {}), part.get("additionalProperties")
        # In the schema's order, so that the order of fields is no difference.
        ordered = [*(name for name in known if name in own), *(n for n in own if n not in known)]
        plain = {}
        for name in ordered:
            inner = known.get(name, other if isinstance(other, dict) else {})
            value = self.value(own[name], inner, (*at, name))
            if value not in ([], {}) and value != resolved(inner, self.schema).get("default"):
                plain[name] = value
        return plain


def _text(own: Any) -> Any:
    if not isinstance(own, dict) or "use" in own:
        return own
    some = next(iter(own.values()))
    both = {"es": own.get("es", some), "en": own.get("en", some)}
    return both["es"] if both["es"] == both["en"] else both


def _node_rule(own: Any) -> Any:
    if not isinstance(own, dict):
        return own
    lists = {k: v if isinstance(v, list) else [v] for k, v in sorted(own.items())}
    only = lists.get("touchpoint", [])
    return only[0] if len(lists) == 1 and len(only) == 1 else lists
