"""Going through your own service as the protagonist, before asking any customer."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from trayecto.cli.commands import app
from trayecto.maps.assess import assessed, questions
from trayecto.maps.notation import read
from trayecto.vocabulary.errors import TrayectoError

BAKERY = """\
map: bakery   # ours
title: Buying bread
protagonist: {name: Ana}
stages:
  - id: get
    name: Collecting
    touchpoints:
      - {id: order, name: Order, channel: chat, emotion: {level: 2, evidence: survey}}
      - {id: till, name: Till, channel: store}   # one till only
      - {id: oven, name: Oven, channel: internal, side: back}
"""


def test_only_what_the_map_does_not_say_and_a_customer_can_see_is_asked() -> None:
    journey_map = read(BAKERY).journey_map
    assert journey_map is not None
    asked = list(questions(journey_map))
    assert [question.name for question in asked] == ["order.leaves", "till.emotion", "till.leaves"]
    assert asked[1].words.es == "Eres Ana. ¿Cómo te sientes en «Till», de -2 a 2?"


def test_the_answers_become_emotions_and_votes_that_say_where_they_come_from() -> None:
    text = assessed(BAKERY, {"till.emotion": "-1 impaciente", "till.leaves": "La cola",
                             "order.emotion": "-2"})  # fmt: skip
    journey_map = read(text).journey_map
    assert journey_map is not None
    order, till, _ = journey_map.touchpoints()
    assert till.emotion is not None
    assert (till.emotion.level, till.emotion.word.es) == (-0.5, "impaciente")
    assert till.emotion.evidence.es == "autoevaluación del equipo"
    assert till.vote is not None
    assert till.vote.leaves.en == "La cola"
    assert order.emotion is not None
    assert order.emotion.level == 1, "what the team wrote stays"
    assert "# ours" in text
    assert "# one till only" in text


def test_no_answer_changes_nothing() -> None:
    assert assessed(BAKERY, {"till.emotion": " ", "nobody.emotion": "1"}) == BAKERY


def test_an_emotion_without_a_number_is_refused() -> None:
    with pytest.raises(TrayectoError, match="Begin with a number"):
        assessed(BAKERY, {"till.emotion": "mal"})


def test_the_command_asks_and_writes_the_draft(tmp_path: Path) -> None:
    source, draft = tmp_path / "map.yaml", tmp_path / "draft.yaml"
    source.write_text(BAKERY, "utf-8")
    asked = CliRunner().invoke(
        app, ["assess", str(source), "-o", str(draft)], input="\n-1 harta\nLa cola\n"
    )
    assert asked.exit_code == 0, asked.output
    journey_map = read(draft.read_text("utf-8")).journey_map
    assert journey_map is not None
    assert [bool(t.vote) for t in journey_map.touchpoints()] == [False, True, False]
