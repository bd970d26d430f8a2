"""Laws of the map's notation, for any text and any map."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import trayecto
from trayecto.maps.build import SCALE
from trayecto.maps.check import check
from trayecto.maps.compose import compose
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
from trayecto.maps.notation import read, write
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import LANGUAGES, NOTHING, Text, clean

DEMO = {
    path.stem: path.read_text("utf-8")
    for path in (Path(trayecto.__file__).parent / "demo" / "maps").glob("*.yaml")
}
LINES = {name: text.splitlines(keepends=True) for name, text in DEMO.items()}

letters = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("áñ¿: #-'\"{}[]&*!|>%@`,?~\n")),
    min_size=1,
    max_size=40,
)
words = letters.map(clean).filter(bool)
texts = st.builds(Text, en=words, es=words)
maybe = st.one_of(st.just(NOTHING), texts)
ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True)
spans = st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))
some_words = st.lists(words, max_size=3).map(tuple)
channels = st.sampled_from(sorted(CHANNELS))
# Tenths, as people write them; the document holds twice the level.
levels = st.integers(-10 * SCALE, 10 * SCALE).map(lambda tenths: tenths / 10 / SCALE)

rules = st.builds(NodeRule, touchpoint=some_words, channel=some_words, source=some_words).filter(
    lambda rule: rule != NodeRule()
)
votes = st.builds(VotingPoint, stays=texts, leaves=texts, within=st.none() | spans)
moments = st.builds(Moment, kind=st.sampled_from(["truth", "pain"]), why=maybe, solution=maybe)


@st.composite
def stages(draw: st.DrawFn) -> tuple[Stage, ...]:
    """Draw stages whose ids are all different."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    names = iter(draw(st.lists(ids, min_size=12, max_size=12, unique=True)))
    return tuple(draw(_stage(next(names), [next(names) for _ in range(n)])) for n in sizes)


def _stage(stage: str, touchpoints: list[str]) -> st.SearchStrategy[Stage]:
    return st.builds(
        Stage,
        id=st.just(stage),
        name=texts,
        goal=maybe,
        question=maybe,
        target=st.none() | spans,
        opportunity=maybe,
        touchpoints=st.tuples(*(_touchpoint(name, stage) for name in touchpoints)),
        back_stage=st.lists(
            st.builds(BackStage, area=texts, does=texts, system=maybe, hurts=st.booleans()),
            max_size=2,
        ).map(tuple),
    )


def _touchpoint(name: str, stage: str) -> st.SearchStrategy[Touchpoint]:
    return st.builds(
        Touchpoint,
        id=st.just(name),
        stage=st.just(stage),
        name=texts,
        channel=channels,
        kind=st.sampled_from(["action", "communication"]),
        initiates=st.sampled_from(["customer", "company"]),
        side=st.sampled_from(["front", "back"]),
        area=maybe,
        action=maybe,
        thought=maybe,
        emotion=st.none() | st.builds(Emotion, level=levels, word=maybe),
        within=st.none() | spans,
        optional=st.booleans(),
        repeats=st.booleans(),
        nodes=st.lists(rules, max_size=2).map(tuple),
        moment=st.none() | moments,
        vote=st.none() | votes,
    )


@st.composite
def maps(draw: st.DrawFn) -> JourneyMap:
    """Draw any map without problems."""
    drawn = draw(stages())
    known = [touchpoint.id for stage in drawn for touchpoint in stage.touchpoints]
    ends = draw(st.lists(st.sampled_from(known), unique=True))
    half = draw(st.integers(0, len(ends)))
    return JourneyMap(
        id=draw(ids),
        title=draw(texts),
        question=draw(maybe),
        objective=draw(maybe),
        scope=draw(maybe),
        owner=draw(maybe),
        version=draw(words),
        status=draw(st.sampled_from(["draft", "review", "approved"])),
        review=draw(st.none() | st.dates(min_value=date(1900, 1, 1))),
        protagonist=draw(
            st.none()
            | st.builds(
                Protagonist,
                name=texts,
                about=maybe,
                needs=maybe,
                prefers=st.lists(channels, unique=True, max_size=3).map(tuple),
                evidence=maybe,
            )
        ),
        journeys=Boundaries(
            per=draw(st.sampled_from(["person", "case"])),
            noun=draw(texts),
            sources=tuple(draw(st.lists(words, unique=True, max_size=2))),
            starts=tuple(draw(st.lists(st.sampled_from(known), unique=True))),
            completes=tuple(ends[:half]),
            leaves=tuple(ends[half:]),
            silence=draw(st.none() | spans),
        ),
        stages=drawn,
        minimum=draw(st.integers(1, 10_000)),
    )


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
