"""Answers in the names that people read: the same figures, with the names instead of the codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from trayecto.journeys.answers import Edge, Node, Variant
from trayecto.journeys.answers_people import (
    Comparison,
    Credit,
    Difference,
    ExitNode,
    Influence,
    Members,
    Moment,
)
from trayecto.journeys.answers_ways import Around, Door, Durations, Flow, FunnelStep, Stop
from trayecto.journeys.moods import Mood

_NODES: Mapping[type, tuple[str, ...]] = {
    Node: ("name",), Edge: ("source", "target"), Variant: ("path",), FunnelStep: ("name",),
    Stop: ("name",), Flow: ("source", "target"), Around: ("anchor",), Door: ("name",),
    Durations: ("source", "target"), ExitNode: ("name",), Credit: ("name",),
    Influence: ("goal",), Difference: ("name",), Comparison: ("first", "second"),
    Members: ("node", "then"), Moment: ("name",), Mood: ("name",),
}  # fmt: skip
"""Which fields of an answer hold nodes."""
_THEN = " → "
"""Between the two nodes of a step that is compared."""


def reads(names: Mapping[str, str]) -> Callable[[str], str]:
    """
    Return what a node is called, given what touchpoints are; one without a name keeps its code.

    Two touchpoints with one name are told apart by their codes, or their figures would look like
    those of one.

    >>> read = reads({"call": "A call", "call_2": "A call", "buy": "Purchase"})
    >>> [read(node) for node in ("buy", "buy [web]", "call", "chat")]
    ['Purchase', 'Purchase [web]', 'A call (call)', 'chat']
    """
    shared = Counter(names.values())

    def touchpoint(code: str) -> str | None:
        name = names.get(code)
        return f"{name} ({code})" if name is not None and shared[name] > 1 else name

    def read(node: str) -> str:
        if (whole := touchpoint(node)) is not None:
            return whole
        own, bracket, channel = node.rpartition(" [")
        name = touchpoint(own) if bracket and channel.endswith("]") else None
        return node if name is None else f"{name}{bracket}{channel}"

    return read


def with_names(answer: Any, read: Callable[[str], str]) -> Any:
    """Return an answer with each of its nodes as it is read; figures and order stay."""
    if isinstance(answer, tuple):
        return tuple(with_names(each, read) for each in answer)
    if not is_dataclass(answer) or isinstance(answer, type):
        return answer
    own = _NODES.get(type(answer), ())
    changed = {name: _read(getattr(answer, name), read) for name in own}
    inner = {
        each.name: with_names(value, read)
        for each in fields(answer)
        if each.name not in changed and isinstance(value := getattr(answer, each.name), tuple)
    }
    return replace(answer, **changed, **inner)


def _read(value: Any, read: Callable[[str], str]) -> Any:
    """Return a node, a path of nodes, or a step that is compared: two nodes in one text."""
    if isinstance(value, tuple):
        return tuple(map(read, value))
    return value and (
        read(value) if _THEN not in value else _THEN.join(map(read, value.split(_THEN)))
    )
