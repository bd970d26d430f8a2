"""Mermaid journey diagrams, in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trayecto.maps.mermaid import exported, imported, map_of, read_diagram
from trayecto.maps.notation import read
from trayecto.maps.templates import NAMES, template
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import LANGUAGES

DATA = Path(__file__).parents[2] / "shared" / "data"
DIAGRAMS = sorted((DATA / "journeys" / "mermaid").glob("*.mmd"))
needs_data = pytest.mark.skipif(not DIAGRAMS, reason="the data is not beside this checkout")

SHOPS = """\
journey
    title Going to the shops
    section Journey to the shops
      Get car keys: 5: Dad
      Go to car: 3: Dad, Mum
    section Do shopping
      Go shopping: 1: Mum
"""


def test_sections_are_stages_tasks_touchpoints_and_people_personas() -> None:
    shops = read(imported(SHOPS)).journey_map
    assert shops is not None
    assert [stage.name.en for stage in shops.stages] == ["Journey to the shops", "Do shopping"]
    keys, car, shopping = shops.touchpoints()
    assert (keys.emotion and keys.emotion.level, car.emotion and car.emotion.level) == (1, 0)
    assert shopping.emotion is None
    assert [(who, felt.level) for who, felt in shopping.feels] == [("mum", -1)]
    assert [persona.name.en for persona in shops.everybody()] == ["Dad", "Mum"]


def test_a_diagram_goes_out_as_it_came_in() -> None:
    assert exported(map_of(read_diagram(SHOPS)), language="en") == SHOPS


@needs_data
def test_tasks_are_read_as_mermaid_itself_reads_them() -> None:
    spec = json.loads((DATA / "expected" / "mermaid_spec.json").read_text("utf-8"))
    text = (DATA / "journeys" / "mermaid" / "spec_tasks.mmd").read_text("utf-8")
    read_as = [
        {"score": t.score, "people": list(t.people), "section": t.section, "task": t.name}
        for t in read_diagram(text).tasks
    ]
    assert read_as == spec["spec_tasks"]["tasks"]

    described = read_diagram(spec["accDescr_multiline"]["input"])
    assert described.accessible_description == spec["accDescr_multiline"]["accDescription"]
    assert described.title == spec["accDescr_multiline"]["title"]
    assert described.accessible_title == spec["accDescr_multiline"]["accTitle"]


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_every_diagram_with_tasks_becomes_a_sound_map(path: Path) -> None:
    diagram = read_diagram(path.read_text("utf-8"))
    if not diagram.tasks:
        with pytest.raises(TrayectoError, match="no tasks"):
            map_of(diagram)
        return
    found = read(imported(path.read_text("utf-8")))
    assert found.problems == ()
    assert found.journey_map is not None
    assert len(list(found.journey_map.touchpoints())) == len(diagram.tasks)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_goes_out_and_is_read_again(name: str) -> None:
    journey_map = read(template(name)).journey_map
    assert journey_map is not None
    for language in LANGUAGES:
        diagram = read_diagram(exported(journey_map, language=language))
        assert len(diagram.tasks) == len(list(journey_map.touchpoints()))
        assert len(diagram.sections) == len(journey_map.stages)
        assert all(task.score for task in diagram.tasks)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "This is no Mermaid journey diagram."),
        ("flowchart LR\n", "This is no Mermaid journey diagram."),
        ("journey\n  just words\n", "This line is not understood."),
    ],
)
def test_what_is_no_journey_is_told(text: str, what: str) -> None:
    with pytest.raises(TrayectoError, match=what):
        read_diagram(text)
