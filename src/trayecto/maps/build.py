"""The journey map that a tree without problems is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from trayecto.maps.document import (
    Arrow,
    BackStage,
    Boundaries,
    Cost,
    Emotion,
    FreeLane,
    Image,
    JourneyMap,
    MapLink,
    Moment,
    NodeRule,
    Opportunity,
    Protagonist,
    Stage,
    Step,
    Support,
    Touchpoint,
    VotingPoint,
)
from trayecto.maps.durations import time_span
from trayecto.vocabulary.rule import Rule, RuleTest
from trayecto.vocabulary.text import NOTHING, Text, same
from trayecto.vocabulary.tree import Tree

# Documents write the scale professionals use, −2…+2; the lake holds levels in [-1, 1].
SCALE = 2


def build_map(tree: Tree) -> JourneyMap:
    """Return the map; the tree's shape and names have been checked."""
    source = tree.value
    review, approved = source.get("review"), source.get("approved")
    return JourneyMap(
        id=source["map"],
        version=tree.written.get(("version",), "1"),
        **_texts(source, "title", "question", "objective", "scope", "owner"),
        **_kept(source, "status", "minimum", "extent", "state"),
        approved=date.fromisoformat(approved) if approved else None,
        review=date.fromisoformat(review) if review else None,
        protagonist=_protagonist(source.get("protagonist")),
        journeys=_boundaries(source.get("journeys", {})),
        stages=tuple(_stage(stage) for stage in source["stages"]),
        questions=tuple(text_of(question) for question in source.get("questions", ())),
        personas=tuple(_persona(persona) for persona in source.get("personas", ())),
        arrows=tuple(
            Arrow(arrow["from"], arrow["to"], **_texts(arrow, "says"))
            for arrow in source.get("arrows", ())
        ),
        lanes=tuple(_lane(lane) for lane in source.get("lanes", ())),
        maps=tuple(MapLink(**link) for link in source.get("maps", ())),
        library=_names(source.get("library")),
    )


def text_of(source: object) -> Text:
    """Return a text; in one language only, the other says the same."""
    if isinstance(source, str):
        return same(source)
    if not isinstance(source, dict):
        return NOTHING
    some = next(iter(source.values()))
    return Text(en=source.get("en", some), es=source.get("es", some))


def _texts(source: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: text_of(source.get(name)) for name in names}


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
    return None if source is None else _persona(source)


def _persona(source: dict[str, Any]) -> Protagonist:
    told = ("name", "about", "needs", "evidence", "archetype", "motivations", "frustrations")
    return Protagonist(
        **_texts(source, *told),
        **_kept(source, "id", "role"),
        prefers=_names(source.get("prefers")),
        image=_image(source),
        rule=rule_of(source.get("rule", ())),
    )


def rule_of(source: Iterable[dict[str, Any]]) -> Rule:
    """Return a rule over customers."""
    return tuple(
        RuleTest(test["property"], is_=_names(test.get("is")), **_kept(test, "at_least", "at_most"))
        for test in source
    )


def _lane(source: dict[str, Any]) -> FreeLane:
    cells = tuple((where, text_of(words)) for where, words in source["cells"].items())
    return FreeLane(source["id"], text_of(source["name"]), cells)


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
        **_kept(source, "order", "repeats"),
        target=_span(source, "target"),
        touchpoints=tuple(_touchpoint(t, source["id"]) for t in source["touchpoints"]),
        back_stage=tuple(_back_stage(work) for work in source.get("back_stage", ())),
        steps=tuple(
            Step(step["id"], text_of(step["name"]), **_kept(step, "order", "repeats"))
            for step in source.get("steps", ())
        ),
        support=tuple(
            Support(work["id"], **_texts(work, "does", "area", "system"))
            for work in source.get("support", ())
        ),
        opportunities=tuple(
            Opportunity(idea["id"], text_of(idea["says"]), **_kept(idea, "at"))
            for idea in source.get("opportunities", ())
        ),
    )


def _back_stage(source: dict[str, Any]) -> BackStage:
    return BackStage(
        **_texts(source, "area", "does", "system"),
        **_kept(source, "hurts", "id"),
        serves=_names(source.get("serves")),
        needs=_names(source.get("needs")),
    )


def _touchpoint(source: dict[str, Any], stage: str) -> Touchpoint:
    emotion, moment, vote = (source.get(name) for name in ("emotion", "moment", "vote"))
    cost, desired = source.get("cost"), source.get("desired")
    return Touchpoint(
        id=source["id"],
        stage=stage,
        channel=source["channel"],
        **_texts(source, "name", "area", "action", "thought", "owner", "content", "promise"),
        **_kept(source, "kind", "initiates", "side", "optional", "repeats", "step", "place"),
        emotion=_emotion(emotion) if emotion else None,
        within=_span(source, "within"),
        nodes=tuple(_node_rules(source.get("nodes"))),
        moment=Moment(moment["kind"], **_texts(moment, "why", "solution")) if moment else None,
        vote=_vote(vote) if vote else None,
        cost=Cost(**_kept(cost, "amount", "currency"), **_texts(cost, "per")) if cost else None,
        desired=_emotion(desired) if desired else None,
        feels=tuple((who, _emotion(felt)) for who, felt in source.get("feels", {}).items()),
        image=_image(source),
    )


def _image(source: dict[str, Any]) -> Image | None:
    return Image(source["image"]) if "image" in source else None


def _vote(source: dict[str, Any]) -> VotingPoint:
    told = ("stays", "leaves", "judges", "delighted", "satisfied", "dissatisfied")
    return VotingPoint(**_texts(source, *told), within=_span(source, "within"))


def _emotion(source: dict[str, Any]) -> Emotion:
    return Emotion(source["level"] / SCALE, **_texts(source, "word", "evidence"))


def _node_rules(source: object) -> Iterator[NodeRule]:
    for rule in [source] if isinstance(source, str) else _list(source):
        if isinstance(rule, str):
            yield NodeRule(touchpoint=(rule,))
        else:
            yield NodeRule(**{name: _names(globs) for name, globs in rule.items()})
