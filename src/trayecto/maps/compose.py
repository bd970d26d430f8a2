"""A journey map as a new YAML text, in the schema's order; fields at their default are left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from trayecto.maps.build import SCALE
from trayecto.maps.document import (
    BackStage,
    Boundaries,
    JourneyMap,
    NodeRule,
    Protagonist,
    Stage,
    Touchpoint,
)
from trayecto.maps.durations import in_words
from trayecto.vocabulary.text import Text


def compose(journey_map: JourneyMap) -> str:
    """Return a text that `notation.read` reads back as this very map."""
    yaml = YAML(typ="rt")
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_map(journey_map), out)
    return out.getvalue()


def _fields(
    source: object, *names: str, default: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the fields that say something, by their names in the document."""
    known = default or {}
    return {
        name: _plain(value)
        for name in names
        if (value := getattr(source, name)) not in (None, (), "") and value != known.get(name)
        if not isinstance(value, Text) or value
    }


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return value.en if value.en == value.es else {"es": value.es, "en": value.en}
    if isinstance(value, timedelta):
        return in_words(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _map(source: JourneyMap) -> dict[str, Any]:
    about = ("version", "title", "question", "objective", "scope", "owner", "status", "review")
    plain = {"map": source.id, **_fields(source, *about, "minimum", default={"minimum": 30})}
    if source.protagonist:
        plain["protagonist"] = _protagonist(source.protagonist)
    if source.journeys != Boundaries():
        plain["journeys"] = _journeys(source.journeys)
    return {**plain, "stages": [_stage(stage) for stage in source.stages]}


def _protagonist(source: Protagonist) -> dict[str, Any]:
    return _fields(source, "name", "about", "needs", "prefers", "evidence")


def _journeys(source: Boundaries) -> dict[str, Any]:
    names = ("per", "noun", "sources", "starts", "completes", "leaves", "silence")
    return _fields(source, *names, default={"noun": Boundaries().noun})


def _stage(source: Stage) -> dict[str, Any]:
    plain = _fields(source, "id", "name", "goal", "question", "target", "opportunity")
    plain["touchpoints"] = [_touchpoint(touchpoint) for touchpoint in source.touchpoints]
    if source.back_stage:
        plain["back_stage"] = [_back_stage(work) for work in source.back_stage]
    return plain


def _back_stage(source: BackStage) -> dict[str, Any]:
    return _fields(source, "area", "does", "system", "hurts", default={"hurts": False})


_USUAL = {
    "kind": "action",
    "initiates": "customer",
    "side": "front",
    "optional": False,
    "repeats": False,
}


def _touchpoint(source: Touchpoint) -> dict[str, Any]:
    what = ("id", "name", "channel", "kind", "initiates", "side", "area", "action", "thought")
    plain = _fields(source, *what, default=_USUAL)
    if source.emotion:
        plain["emotion"] = {
            "level": source.emotion.level * SCALE,
            **_fields(source.emotion, "word"),
        }
    plain |= _fields(source, "within", "optional", "repeats", default=_USUAL)
    if source.nodes:
        plain["nodes"] = [_node_rule(rule) for rule in source.nodes]
    if source.moment:
        plain["moment"] = _fields(source.moment, "kind", "why", "solution")
    if source.vote:
        plain["vote"] = _fields(source.vote, "stays", "leaves", "within")
    return plain


def _node_rule(source: NodeRule) -> Any:
    if len(source.touchpoint) == 1 and not source.channel and not source.source:
        return source.touchpoint[0]
    return _fields(source, "touchpoint", "channel", "source")
