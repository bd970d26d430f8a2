"""The journey map that a tree without problems is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from trayecto.maps.document import (
    BackStage,
    Boundaries,
    Emotion,
    JourneyMap,
    Moment,
    NodeRule,
    Protagonist,
    Stage,
    Touchpoint,
    VotingPoint,
)
from trayecto.maps.durations import time_span
from trayecto.maps.tree import Tree
from trayecto.vocabulary.text import NOTHING, Text, same

# Documents write the scale professionals use, −2…+2; the lake holds levels in [-1, 1].
SCALE = 2


def build_map(tree: Tree) -> JourneyMap:
    """Return the map; the tree's shape and names have been checked."""
    source = tree.value
    review = source.get("review")
    return JourneyMap(
        id=source["map"],
        version=tree.written.get(("version",), "1"),
        **_texts(source, "title", "question", "objective", "scope", "owner"),
        **_kept(source, "status", "minimum"),
        review=date.fromisoformat(review) if review else None,
        protagonist=_protagonist(source.get("protagonist")),
        journeys=_boundaries(source.get("journeys", {})),
        stages=tuple(_stage(stage) for stage in source["stages"]),
    )


def _text(source: object) -> Text:
    """Return a text; in one language only, the other says the same."""
    if isinstance(source, str):
        return same(source)
    if not isinstance(source, dict):
        return NOTHING
    some = next(iter(source.values()))
    return Text(en=source.get("en", some), es=source.get("es", some))


def _texts(source: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: _text(source.get(name)) for name in names}


def _kept(source: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the fields that are written, as they are; the others keep their default."""
    return {name: source[name] for name in names if name in source}


def _span(source: dict[str, Any], name: str) -> timedelta | None:
    written = source.get(name)
    return time_span(written) if written else None


def _names(source: object) -> tuple[str, ...]:
    if source is None:
        return ()
    return (source,) if isinstance(source, str) else tuple(str(name) for name in _list(source))


def _list(source: object) -> list[Any]:
    return source if isinstance(source, list) else []


def _protagonist(source: dict[str, Any] | None) -> Protagonist | None:
    if source is None:
        return None
    return Protagonist(
        **_texts(source, "name", "about", "needs", "evidence"),
        prefers=_names(source.get("prefers")),
    )


def _boundaries(source: dict[str, Any]) -> Boundaries:
    return Boundaries(
        **_texts(source, *(name for name in ("noun",) if name in source)),
        **_kept(source, "per"),
        sources=_names(source.get("sources")),
        starts=_names(source.get("starts")),
        completes=_names(source.get("completes")),
        leaves=_names(source.get("leaves")),
        silence=_span(source, "silence"),
    )


def _stage(source: dict[str, Any]) -> Stage:
    return Stage(
        id=source["id"],
        **_texts(source, "name", "goal", "question", "opportunity"),
        target=_span(source, "target"),
        touchpoints=tuple(_touchpoint(t, source["id"]) for t in source["touchpoints"]),
        back_stage=tuple(_back_stage(work) for work in source.get("back_stage", ())),
    )


def _back_stage(source: dict[str, Any]) -> BackStage:
    return BackStage(**_texts(source, "area", "does", "system"), **_kept(source, "hurts"))


def _touchpoint(source: dict[str, Any], stage: str) -> Touchpoint:
    emotion, moment, vote = (source.get(name) for name in ("emotion", "moment", "vote"))
    return Touchpoint(
        id=source["id"],
        stage=stage,
        channel=source["channel"],
        **_texts(source, "name", "area", "action", "thought"),
        **_kept(source, "kind", "initiates", "side", "optional", "repeats"),
        emotion=_emotion(emotion) if emotion else None,
        within=_span(source, "within"),
        nodes=tuple(_node_rules(source.get("nodes"))),
        moment=Moment(moment["kind"], **_texts(moment, "why", "solution")) if moment else None,
        vote=VotingPoint(**_texts(vote, "stays", "leaves"), within=_span(vote, "within"))
        if vote
        else None,
    )


def _emotion(source: dict[str, Any]) -> Emotion:
    return Emotion(source["level"] / SCALE, **_texts(source, "word"))


def _node_rules(source: object) -> Iterator[NodeRule]:
    for rule in [source] if isinstance(source, str) else _list(source):
        if isinstance(rule, str):
            yield NodeRule(touchpoint=(rule,))
        else:
            yield NodeRule(**{name: _names(globs) for name, globs in rule.items()})
