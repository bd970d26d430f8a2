"""
Self-assessment: go through your own service as the protagonist would, and write down what you felt.

The answers fill a first draft of emotions and votes. They are a hypothesis and say so; what the
team wrote before stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trayecto.maps.diff import compare, with_field
from trayecto.maps.document import JourneyMap
from trayecto.maps.guide import Question, emotion_of
from trayecto.maps.guide_words import EMOTION_EXAMPLE, FEELINGS, NO_LEVEL
from trayecto.maps.library import OpenDocument, nowhere
from trayecto.maps.notation import read, schema
from trayecto.maps.outline import Outline, Thing, outline
from trayecto.maps.patch import patch
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.tree import read_tree


def questions(journey_map: JourneyMap) -> Iterator[Question]:
    """
    Give the questions: how you felt where no emotion is written, and what would lose you.

    A touchpoint out of sight is not asked about: nobody feels what they do not see.
    """
    who = journey_map.protagonist.name if journey_map.protagonist else _SOMEBODY
    for touchpoint in journey_map.touchpoints():
        if touchpoint.side == "back":
            continue
        facts = {"who": who, "name": touchpoint.name}
        if touchpoint.emotion is None:
            yield Question(f"{touchpoint.id}.emotion", FEELINGS, _with(_FELT, facts),
                           EMOTION_EXAMPLE, kind="emotion")  # fmt: skip
        if touchpoint.vote is None:
            yield Question(f"{touchpoint.id}.leaves", FEELINGS, _with(_LOST, facts), _LOST_EXAMPLE)


def _with(words: Text, facts: Mapping[str, Text]) -> Text:
    return Text(
        en=words.en.format(**{name: text.en for name, text in facts.items()}),
        es=words.es.format(**{name: text.es for name, text in facts.items()}),
    )


def assessed(
    text: str, answers: Mapping[str, str], *, file: str | None = None, open_: OpenDocument = nowhere
) -> str:
    """Return the map's text with the answers in it; every other line stays as it is."""
    found = read(text, file=file, open_=open_)
    if found.journey_map is None:
        raise TrayectoError(*found.problems)
    asked = {question.name: question for question in questions(found.journey_map)}
    told = {name: words.strip() for name, words in answers.items() if words.strip()}
    stop_if_any(
        Problem(NO_LEVEL, EMOTION_EXAMPLE, file=file, field=name)
        for name, words in told.items()
        if name in asked and name.endswith(".emotion") and emotion_of(words) is None
    )
    older = outline(read_tree(text), schema())
    things = dict(older.things)
    for name, words in told.items():
        own, _, what = name.rpartition(".")
        thing = things.get(f"touchpoint:{own}")
        if name in asked and thing is not None:
            fields = with_field(thing.fields, ("emotion" if what == "emotion" else "vote",),
                                _filled(what, words))  # fmt: skip
            things[thing.key] = Thing(thing.key, thing.kind, thing.spot, fields)
    return patch(text, compare(older, Outline(things, older.order)))


def _filled(what: str, words: str) -> dict[str, Any]:
    """Return what an answer becomes in the document."""
    if what == "leaves":
        return {"stays": {"es": _STAYS.es, "en": _STAYS.en}, "leaves": words}
    felt = emotion_of(words)
    level = felt.level * 2 if felt else 0
    word = {"word": felt.word.es} if felt and felt.word else {}
    level = int(level) if float(level).is_integer() else level
    return {"level": level, **word, "evidence": {"es": _OURS.es, "en": _OURS.en}}


_SOMEBODY = Text(en="a customer", es="un cliente")
_FELT = Text(
    en="You are {who}. How do you feel at “{name}”, from -2 to 2?",
    es="Eres {who}. ¿Cómo te sientes en «{name}», de -2 a 2?",
)
_LOST = Text(
    en="“{name}”: would anything here make you leave? Say what; empty if not.",
    es="«{name}»: ¿algo de aquí te haría irte? Di qué; vacío si no.",
)
_LOST_EXAMPLE = Text(en="Nobody answers for two days", es="Nadie contesta en dos días")
_STAYS = Text(en="Goes on", es="Sigue adelante")
_OURS = Text(en="self-assessment by the team", es="autoevaluación del equipo")
