"""Laws of the map's notation, for any text and any map."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import trayecto
from map_strategies import maps
from trayecto.maps.check import check
from trayecto.maps.compose import compose
from trayecto.maps.document import JourneyMap
from trayecto.maps.notation import read, write
from trayecto.vocabulary.text import LANGUAGES

DEMO = {
    path.stem: path.read_text("utf-8")
    for path in (Path(trayecto.__file__).parent / "demo" / "maps").glob("*.yaml")
}
LINES = {name: text.splitlines(keepends=True) for name, text in DEMO.items()}


@given(maps())
@settings(max_examples=60, deadline=None)
def test_a_map_composed_is_read_back_as_the_same_map(journey_map: JourneyMap) -> None:
    found = read(compose(journey_map))

    assert [problem.say("en") for problem in found.problems] == []
    assert found.journey_map == journey_map


@given(maps())
@settings(max_examples=20, deadline=None)
def test_a_composed_document_is_written_back_byte_for_byte(journey_map: JourneyMap) -> None:
    text = compose(journey_map)
    document = read(text).document

    assert document is not None
    assert document.tree["map"] == journey_map.id
    assert write(document) == text


@given(st.text(max_size=200))
@example("a: [")
@example("%YAML 9.9\n--- x")
@example("%TAG ! !\n--- !x y")
@example("? ? ? a")
@example("<<: {a: b}")
@example("a: 0x1F\nb: 1e9999\nc: 999999999999999999999")
@settings(max_examples=300, deadline=None)
def test_no_text_is_an_exception(text: str) -> None:
    _reads_or_explains(text)


@given(
    st.lists(
        st.sampled_from([*"{}[]:-#&*!|>'\"%@,?~\t\n \\", "- ", ": ", "\n  ", "<<", "---\n", "a"]),
        max_size=60,
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_no_heap_of_yaml_signs_is_an_exception(text: str) -> None:
    _reads_or_explains(text)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_slip_of_the_hand_in_a_real_map_is_an_exception(data: st.DataObject) -> None:
    lines = list(LINES[data.draw(st.sampled_from(sorted(LINES)))])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        slip = data.draw(st.sampled_from(["drop", "twice", "indent", "swap", "type", "cut"]))
        line = lines[at]
        middle = data.draw(st.integers(0, len(line)))
        lines[at] = {
            "drop": "",
            "twice": line * 2,
            "indent": f" {line}",
            "swap": lines[(at + 1) % len(lines)],
            "type": line[:middle] + data.draw(st.text(max_size=3)) + line[middle:],
            "cut": line[:middle],
        }[slip]
    _reads_or_explains("".join(lines))


def _reads_or_explains(text: str) -> None:
    """Either there is a map, or there are problems: in order, placed, and in both languages."""
    checked = check(text, file="any.yaml")
    assert (checked.journey_map is None) == bool(checked.problems)
    lines = [problem.line or 0 for problem in checked.problems]
    assert lines == sorted(lines)
    for told in (*checked.problems, *checked.advice):
        assert told.file == "any.yaml"
        assert told.line is not None
        assert 1 <= told.line <= len(text.splitlines()) + 1
        for language in LANGUAGES:
            assert told.what.say(language)
            # One line on a terminal: nothing in a hostile file may move the cursor.
            assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in told.say(language))
    if checked.journey_map is not None:
        found = read(text)
        assert found.document is not None
        assert write(found.document) == text
