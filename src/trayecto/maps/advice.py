"""What a good consultant would say to a map without problems; each advice is in the docs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trayecto.maps.advice_words import ADVICE
from trayecto.maps.document import JourneyMap, Protagonist, Touchpoint
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Language, Text
from trayecto.vocabulary.tree import Path, Tree

MANY_STAGES = 9
ONLINE = frozenset({"web", "app", "email", "sms", "whatsapp", "chat", "social"})
"""Channels on which nobody meets anybody; an advert may hang in the street."""
_FEW_TOUCHPOINTS, _MANY_EMOTIONS = 3, 5


@dataclass(frozen=True, slots=True)
class Advice(Problem):
    """Say what would make a map better; *code* is the name under which the docs explain it."""

    code: str = ""

    def say(self, language: Language) -> str:
        """Return one line: place, what, way out, and the name to look up."""
        said = Problem(self.what, self.way_out, self.file, self.line, self.field).say(language)
        return f"{said} ({self.code})"


def advice(journey_map: JourneyMap, tree: Tree) -> Iterator[Advice]:
    """Give all advice on a map, each at the field it is about."""
    yield from _on_the_whole(journey_map, tree)
    yield from _on_people(journey_map, tree)
    yield from _on_stages(journey_map, tree)
    yield from _on_touchpoints(journey_map, tree)
    yield from _on_languages(tree)


def _at(tree: Tree, path: Path, code: str, **facts: object) -> Advice:
    what, way_out = ADVICE[code]
    if facts:
        what = Text(en=what.en.format(**_in(facts, "en")), es=what.es.format(**_in(facts, "es")))
    placed = tree.problem(path, what, way_out)
    return Advice(placed.what, placed.way_out, line=placed.line, field=placed.field, code=code)


def _in(facts: dict[str, object], language: Language) -> dict[str, object]:
    return {k: v.say(language) if isinstance(v, Text) else v for k, v in facts.items()}


def _on_the_whole(journey_map: JourneyMap, tree: Tree) -> Iterator[Advice]:
    journeys, touchpoints = journey_map.journeys, list(journey_map.touchpoints())
    if not (journey_map.question or journey_map.questions or journey_map.objective):
        yield _at(tree, (), "no_question")
    if not journeys.completes:
        yield _at(tree, ("journeys",), "no_end")
    if journeys.silence is None:
        yield _at(tree, ("journeys",), "no_silence")
    if len(journey_map.stages) > MANY_STAGES:
        yield _at(tree, ("stages", MANY_STAGES), "too_many_stages")
    if not any(touchpoint.vote for touchpoint in touchpoints):
        yield _at(tree, ("stages",), "no_vote")
    if not any(stage.back_stage for stage in journey_map.stages):
        yield _at(tree, ("stages",), "no_back_stage")
    if not any(touchpoint.nodes for touchpoint in touchpoints):
        yield _at(tree, ("stages",), "nothing_bound")
    if len(touchpoints) >= _FEW_TOUCHPOINTS and all(_online(t) for t in touchpoints):
        yield _at(tree, ("stages",), "only_online")
    yield from _on_emotions(touchpoints, tree)


def _online(touchpoint: Touchpoint) -> bool:
    return touchpoint.place == "online" or (
        touchpoint.place is None and touchpoint.channel in ONLINE
    )


def _on_emotions(touchpoints: list[Touchpoint], tree: Tree) -> Iterator[Advice]:
    levels = [touchpoint.emotion.level for touchpoint in touchpoints if touchpoint.emotion]
    if not levels:
        yield _at(tree, ("stages",), "no_emotion")
    if len(levels) >= _MANY_EMOTIONS and min(levels) >= 0:
        yield _at(tree, ("stages",), "all_happy")
    guessed = [t.name for t in touchpoints if t.emotion and not t.emotion.evidence]
    if guessed:
        yield _at(tree, ("stages",), "emotion_evidence", n=len(guessed), name=guessed[0])


def _on_people(journey_map: JourneyMap, tree: Tree) -> Iterator[Advice]:
    if not journey_map.everybody():
        yield _at(tree, (), "nobody")
    if journey_map.protagonist:
        yield from _on_person(journey_map.protagonist, ("protagonist",), tree)
    for i, persona in enumerate(journey_map.personas):
        yield from _on_person(persona, ("personas", i), tree)


def _on_person(persona: Protagonist, path: Path, tree: Tree) -> Iterator[Advice]:
    if not persona.evidence:
        yield _at(tree, path, "persona_research", name=persona.name)


def _on_stages(journey_map: JourneyMap, tree: Tree) -> Iterator[Advice]:
    for s, stage in enumerate(journey_map.stages):
        promised = next((t for t in stage.touchpoints if t.promise), None)
        if promised and not stage.back_stage:
            path = ("stages", s, "touchpoints", stage.touchpoints.index(promised), "promise")
            yield _at(tree, path, "promise_back_stage", name=promised.name)
        served = {name for work in stage.back_stage for name in work.serves}
        here = {touchpoint.id for touchpoint in stage.touchpoints}
        for b, work in enumerate(stage.back_stage):
            if work.hurts and served & here and not work.serves:
                yield _at(tree, ("stages", s, "back_stage", b), "hurts_whom", name=work.does)


def _on_touchpoints(journey_map: JourneyMap, tree: Tree) -> Iterator[Advice]:
    bound = any(touchpoint.nodes for touchpoint in journey_map.touchpoints())
    for path, touchpoint in _placed(journey_map):
        if bound and not touchpoint.nodes:
            yield _at(tree, path, "not_measured", name=touchpoint.name)
        moment = touchpoint.moment
        if moment and moment.kind == "pain" and not moment.solution:
            yield _at(tree, (*path, "moment"), "unsolved_pain")


def _placed(journey_map: JourneyMap) -> Iterator[tuple[Path, Touchpoint]]:
    for s, stage in enumerate(journey_map.stages):
        for t, touchpoint in enumerate(stage.touchpoints):
            yield ("stages", s, "touchpoints", t), touchpoint


def _on_languages(tree: Tree) -> Iterator[Advice]:
    """Give the texts in one language only, where the map is written in both."""
    said: dict[Path, set[str]] = {}
    for path in tree.written:
        if path and path[-1] in ("es", "en"):
            said.setdefault(path[:-1], set()).add(str(path[-1]))
    if any(len(languages) == 2 for languages in said.values()):
        for path, languages in said.items():
            if len(languages) == 1:
                yield _at(tree, path, "no_english" if "es" in languages else "no_spanish")
