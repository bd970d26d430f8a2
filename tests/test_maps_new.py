"""Beginning a map: from a template, or by answering questions in the order of the method."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from trayecto.cli.commands import app
from trayecto.maps.check import check
from trayecto.maps.guide import guide, read_answers, write_answers
from trayecto.maps.notation import read, write
from trayecto.maps.templates import NAMES, template, templates
from trayecto.render.poster.poster import sheet
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import LANGUAGES, Language

BREAD = {
    "title": "Comprar el pan",
    "who.name": "Ana, 40",
    "stages": "Encargar, Recoger",
    "stage.1.touchpoints": "Encargo @ whatsapp; Llamada de confirmación",
    "stage.2.touchpoints": "Recogida @ tienda",
    "touchpoint.1.1.emotion": "1 con ganas",
    "touchpoint.2.1.emotion": "-0,5 con prisa",
    "pain": "recogida",
    "pain.why": "La cola",
    "pain.solution": "Otra caja",
    "vote": "Recogida",
    "vote.stays": "Vuelve",
    "vote.leaves": "Va a otra panadería",
    "stage.2.target": "30 min",
    "silence": "30 días",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_a_map_without_problems_or_advice_in_both_languages(name: str) -> None:
    checked = check(template(name))
    assert [problem.say("en") for problem in checked.problems] == []
    assert [advice.say("en") for advice in checked.advice] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_written_back_byte_for_byte(name: str) -> None:
    document = read(template(name)).document
    assert document is not None
    assert document.tree["map"]
    assert write(document) == template(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_drawn_without_words_that_meet(name: str, language: Language) -> None:
    journey_map = read(template(name)).journey_map
    assert journey_map is not None
    _, canvas = sheet(journey_map, language=language)
    boxes = sorted(canvas.boxes, key=lambda box: box.top)
    met = [
        (one.words, other.words)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if other.top < one.bottom and one.meets(other)
    ]
    assert met == []


def test_the_nine_templates_are_told_with_their_stages() -> None:
    told = {one.name: [stage.es for stage in one.stages] for one in templates()}
    assert len(told) == 9
    assert told["purchase"] == [
        "Descubrimiento", "Investigación", "Decisión", "Compra", "Lealtad"
    ]  # fmt: skip


def test_a_template_of_no_name_offers_the_nearest() -> None:
    with pytest.raises(TrayectoError, match='Did you mean "telecom"'):
        template("telecon")


def test_the_questions_come_in_the_order_of_the_method() -> None:
    answers: dict[str, str] = {}
    parts = []
    while (asked := guide(answers).question) is not None:
        parts.append(asked.part.en)
        answers[asked.name] = BREAD.get(asked.name, "")
    assert list(dict.fromkeys(parts)) == [
        "Why", "Who", "Stages", "Goals and questions", "Touchpoints and channels",
        "Emotions, moments and votes", "Times",
    ]  # fmt: skip


def test_the_answers_become_a_map() -> None:
    found = guide(BREAD, skip_unanswered=True)
    assert found.question is None
    journey_map = read(found.text).journey_map
    assert journey_map is not None
    order, call, collect = journey_map.touchpoints()
    assert (order.id, order.channel, order.emotion and order.emotion.level) == (
        "encargo", "whatsapp", 0.5
    )  # fmt: skip
    assert (call.channel, collect.channel) == ("phone", "store")
    assert collect.moment is not None
    assert collect.moment.solution.es == "Otra caja"
    assert collect.vote is not None
    assert journey_map.journeys.completes == ("recogida",)


@pytest.mark.parametrize(
    ("name", "answer", "what"),
    [
        ("title", " ", "The map needs an answer here."),
        ("stage.1.touchpoints", "Encargo", "On which channel is “Encargo”? Write it after @."),
        ("touchpoint.1.1.emotion", "bien", "Begin with a number from -2 to 2."),
        ("touchpoint.1.1.emotion", "3", "Begin with a number from -2 to 2."),
        ("silence", "mucho", "That is no length of time."),
        ("vote", "horno", "No touchpoint is called that. There are:"),
    ],
)
def test_an_answer_that_says_nothing_is_asked_again(name: str, answer: str, what: str) -> None:
    asked = guide({**BREAD, name: answer}, skip_unanswered=True).question
    assert asked is not None
    assert asked.name == name
    assert asked.problem is not None
    assert asked.problem.what.en == what


def test_two_touchpoints_of_one_name_are_told_apart_by_their_stage() -> None:
    answers = {
        **BREAD, "stage.1.touchpoints": "Llamada @ phone", "stage.2.touchpoints": "Llamada @ phone",
        "truth": "Llamada (Recoger)", "pain": "", "vote": "", "completes": "",
    }  # fmt: skip
    found = guide(answers, skip_unanswered=True)
    journey_map = read(found.text).journey_map
    assert journey_map is not None
    assert [bool(one.moment) for one in journey_map.touchpoints()] == [False, True]


def test_saved_answers_are_read_back_as_they_were() -> None:
    answers = {"title": 'Un "mapa": con # signos\ny dos líneas', "silence": ""}
    assert read_answers(write_answers(answers)) == answers


def test_a_guided_map_stops_and_goes_on_and_ends_drawn(tmp_path: Path) -> None:
    output = tmp_path / "pan.yaml"
    run = CliRunner().invoke

    first = run(app, ["new", "-o", str(output)], input="Comprar el pan\n\n\n")
    assert isinstance(first.exception, TrayectoError)
    saved = tmp_path / "pan.answers.yaml"
    assert read_answers(saved.read_text("utf-8"))["title"] == "Comprar el pan"

    rest = "Ana\n\n\nEncargar, Recoger\n\n\n\n\nEncargo @ chat\nRecogida @ tienda\n" + "\n" * 30
    second = run(app, ["new", "-o", str(output)], input=rest)
    assert second.exit_code == 0, second.output
    assert not saved.exists()
    assert read(output.read_text("utf-8")).journey_map is not None
    assert output.with_suffix(".svg").read_text("utf-8").startswith("<svg")


def test_a_map_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "map.yaml"
    output.write_text("mine", "utf-8")
    result = CliRunner().invoke(app, ["new", "--template", "b2b", "-o", str(output)])
    assert isinstance(result.exception, TrayectoError)
    assert output.read_text("utf-8") == "mine"
