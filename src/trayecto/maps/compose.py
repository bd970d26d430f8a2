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
    Emotion,
    FreeLane,
    Image,
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
    if isinstance(value, Image):
        return value.name
    if isinstance(value, timedelta):
        return in_words(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _map(source: JourneyMap) -> dict[str, Any]:
    plain = {"map": source.id, **_fields(source, "version", "title", "question")}
    if source.questions:
        plain["questions"] = [_plain(question) for question in source.questions]
    about = ("objective", "scope", "extent", "state", "owner", "status", "approved", "review")
    plain |= _fields(source, *about, default={"state": "as_is"})
    plain |= _fields(source, "minimum", default={"minimum": 30})
    if source.protagonist:
        plain["protagonist"] = _persona(source.protagonist)
    if source.personas:
        plain["personas"] = [_persona(persona) for persona in source.personas]
    if source.arrows:
        plain["arrows"] = [
            {"from": arrow.from_, "to": arrow.to, **_fields(arrow, "says")}
            for arrow in source.arrows
        ]
    if source.journeys != Boundaries():
        plain["journeys"] = _journeys(source.journeys)
    plain["stages"] = [_stage(stage) for stage in source.stages]
    if source.lanes:
        plain["lanes"] = [_lane(lane) for lane in source.lanes]
    if source.maps:
        plain["maps"] = [_fields(link, "map", "kind", "at") for link in source.maps]
    return {**plain, **_fields(source, "library")}


def _lane(source: FreeLane) -> dict[str, Any]:
    cells = {where: _plain(words) for where, words in source.cells}
    return {**_fields(source, "id", "name"), "cells": cells}


def _persona(source: Protagonist) -> dict[str, Any]:
    plain = _fields(source, "id", "name", "role", "archetype", "about", "needs", "motivations")
    plain |= _fields(source, "frustrations", "prefers", "evidence", "image")
    if source.rule:
        plain["rule"] = [
            {
                "property": test.property,
                **({"is": list(test.is_)} if test.is_ else {}),
                **_fields(test, "at_least", "at_most"),
            }
            for test in source.rule
        ]
    return plain


def _journeys(source: Boundaries) -> dict[str, Any]:
    names = ("per", "noun", "sources", "starts", "completes", "leaves", "silence")
    return _fields(source, *names, default={"noun": Boundaries().noun})


def _stage(source: Stage) -> dict[str, Any]:
    plain = _fields(source, "id", "name", "goal", "question", "target", *_FLOW, default=_USUAL)
    if source.steps:
        what = ("id", "name", *_FLOW)
        plain["steps"] = [_fields(step, *what, default=_USUAL) for step in source.steps]
    plain |= _fields(source, "opportunity")
    if source.opportunities:
        plain["opportunities"] = [
            _fields(idea, "id", "says", "at") for idea in source.opportunities
        ]
    plain["touchpoints"] = [_touchpoint(touchpoint) for touchpoint in source.touchpoints]
    if source.back_stage:
        plain["back_stage"] = [_back_stage(work) for work in source.back_stage]
    if source.support:
        plain["support"] = [
            _fields(work, "id", "area", "does", "system") for work in source.support
        ]
    return plain


def _back_stage(source: BackStage) -> dict[str, Any]:
    what = ("id", "area", "does", "system", "hurts", "serves", "needs")
    return _fields(source, *what, default={"hurts": False})


_USUAL = {
    "kind": "action",
    "initiates": "customer",
    "side": "front",
    "optional": False,
    "repeats": False,
    "order": "drawn",
}
_FLOW = ("order", "repeats")


def _touchpoint(source: Touchpoint) -> dict[str, Any]:
    what = ("id", "name", "step", "channel", "place", "kind", "initiates", "side", "area", "owner")
    told = ("action", "thought", "content", "promise", "image")
    plain = _fields(source, *what, *told, default=_USUAL)
    if source.cost:
        plain["cost"] = {"amount": source.cost.amount, **_fields(source.cost, "currency", "per")}
    if source.emotion:
        plain["emotion"] = _emotion(source.emotion)
    if source.desired:
        plain["desired"] = _emotion(source.desired)
    if source.feels:
        plain["feels"] = {who: _emotion(felt) for who, felt in source.feels}
    plain |= _fields(source, "within", "optional", "repeats", default=_USUAL)
    if source.nodes:
        plain["nodes"] = [_node_rule(rule) for rule in source.nodes]
    if source.moment:
        plain["moment"] = _fields(source.moment, "kind", "why", "solution")
    if source.vote:
        judged = ("judges", "delighted", "satisfied", "dissatisfied")
        plain["vote"] = _fields(source.vote, "stays", "leaves", "within", *judged)
    return plain


def _emotion(source: Emotion) -> dict[str, Any]:
    return {"level": source.level * SCALE, **_fields(source, "word", "evidence")}


def _node_rule(source: NodeRule) -> Any:
    if len(source.touchpoint) == 1 and not source.channel and not source.source:
        return source.touchpoint[0]
    return _fields(source, "touchpoint", "channel", "source")
