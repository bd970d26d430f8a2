"""A good consultant's advice: few words, each in its place, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trayecto
from trayecto.maps.advice_words import ADVICE
from trayecto.maps.check import check
from trayecto.vocabulary.text import LANGUAGES, Language
from trayecto.vocabulary.tree import dotted, read_tree

DOCS = Path(__file__).parents[1] / "docs"

DEMO = sorted((Path(trayecto.__file__).parent / "demo" / "maps").glob("*.yaml"))

PERMITTED = {"emotion_evidence", "only_online", "all_happy"}
"""What the maps of the demo may be told: they are as a team would draw them."""

SOUND = """\
map: bakery
title: Buying bread
question: Who queues?
protagonist: {name: Ana, evidence: Interviews}
journeys:
  completes: [collect]
  silence: 30 days
stages:
  - id: get
    name: Collecting
    touchpoints:
      - id: collect
        name: Collection
        channel: store
        emotion: {level: 1, evidence: Survey}
        nodes: [till_receipt]
        moment: {kind: pain, why: The queue, solution: A second till}
        vote: {stays: Comes back, leaves: Goes elsewhere}
    back_stage:
      - {area: Oven, does: Bakes}
"""


def advice(text: str) -> list[tuple[int | None, str]]:
    checked = check(text)
    assert checked.problems == ()
    return [(given.line, given.what.en) for given in checked.advice]


def without(line: str) -> str:
    assert SOUND.count(line) == 1
    return SOUND.replace(line, "")


def test_a_sound_map_needs_no_advice() -> None:
    assert advice(SOUND) == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            without("protagonist: {name: Ana, evidence: Interviews}\n"),
            1,
            "The map has no protagonist.",
        ),
        (
            without("  completes: [collect]\n"),
            5,
            "Nothing completes a journey, so nobody can ever complete it.",
        ),
        (
            without("  silence: 30 days\n"),
            5,
            "No silence is given, so whoever goes quiet is never said to have left.",
        ),
        (
            without("        emotion: {level: 1, evidence: Survey}\n"),
            8,
            "No touchpoint says how the customer feels.",
        ),
        (
            without("        vote: {stays: Comes back, leaves: Goes elsewhere}\n"),
            8,
            "There is no voting point: the map does not say where customers decide to stay.",
        ),
        (
            without("    back_stage:\n      - {area: Oven, does: Bakes}\n"),
            8,
            "No stage has a back stage: nobody in the organisation will feel addressed.",
        ),
        (
            without("        nodes: [till_receipt]\n"),
            8,
            "No touchpoint has nodes: the map can be drawn, but not measured.",
        ),
        (without(", solution: A second till"), 17, "A pain without a solution."),
        (
            SOUND.replace("map: bakery\n", "map: bakery\nowner: {es: Ana, en: Ana}\n").replace(
                "why: The queue", "why: {en: The queue}"
            ),
            18,
            "This text has no Spanish.",
        ),
    ],
)
def test_what_a_map_lacks_is_said_where_it_lacks_it(text: str, line: int, what: str) -> None:
    assert advice(text) == [(line, what)]


WISER = [
    ("no_question", without("question: Who queues?\n")),
    ("persona_research", without(", evidence: Interviews")),
    ("emotion_evidence", without(", evidence: Survey")),
    ("only_online", SOUND.replace("channel: store", "channel: web").replace(
        "    back_stage:\n", "".join(
            f"      - {{id: t{i}, name: T, channel: app, nodes: [n]}}\n" for i in range(2)
        ) + "    back_stage:\n")),
    ("all_happy", SOUND.replace("    back_stage:\n", "".join(
        f"      - {{id: t{i}, name: T, channel: store, nodes: [n], "
        "emotion: {level: 1, evidence: Survey}}\n" for i in range(4)
    ) + "    back_stage:\n")),
    ("promise_back_stage", without("    back_stage:\n      - {area: Oven, does: Bakes}\n").replace(
        "        nodes:", "        promise: Fresh at eight\n        nodes:")),
    ("hurts_whom", SOUND.replace("      - {area: Oven, does: Bakes}\n",
        "      - {area: Oven, does: Bakes, serves: [collect]}\n"
        "      - {area: Till, does: Closes early, hurts: true}\n")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), WISER, ids=[code for code, _ in WISER])
def test_a_consultant_sees_what_a_team_would_not(code: str, text: str) -> None:
    assert code in [given.code for given in check(text).advice]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advice_is_explained_under_its_name(language: Language) -> None:
    page = (DOCS / language / "advice.md").read_text("utf-8")
    headed = re.findall(r"^### `(\w+)`$", page, flags=re.MULTILINE)
    assert sorted(headed) == sorted(ADVICE)


def test_a_single_touchpoint_without_nodes_is_named() -> None:
    smell = "      - {id: smell, name: {es: El olor, en: The smell}, channel: store}\n"
    text = SOUND.replace("    back_stage:\n", f"{smell}    back_stage:\n")

    (given,) = check(text, file="bakery.yaml").advice

    assert given.what.en == '"The smell" has no nodes, so nothing can be measured here.'
    assert given.say("es") == (
        "bakery.yaml:19: [stages[0].touchpoints[1]] «El olor» no tiene nodos, así que aquí no se "
        "puede medir nada. Añade nodes con los nombres de sus interacciones, o déjalo así si aún "
        "no hay datos. (not_measured)"
    )


def test_nine_stages_are_enough() -> None:
    def stages(how_many: int) -> str:
        more = "".join(
            f"  - {{id: s{i}, name: S, touchpoints: [{{id: t{i}, name: T, channel: web,"
            " nodes: [n]}]}\n"
            for i in range(2, how_many + 1)
        )
        return SOUND + more

    assert advice(stages(9)) == []
    # The tenth stage: the first ends on line 20, and each other one has a line.
    what = "From here on there are more than nine stages: nobody keeps them all in mind."
    assert advice(stages(10)) == [(29, what)]


def test_a_map_with_problems_gets_no_advice() -> None:
    checked = check(
        without("protagonist: {name: Ana, evidence: Interviews}\n").replace("store", "stor")
    )

    assert (checked.journey_map, len(checked.problems), checked.advice) == (None, 1, ())


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_a_map_of_the_demo_has_no_error_and_lacks_no_language(path: Path) -> None:
    text = path.read_text("utf-8")
    checked = check(text, file=path.name)

    assert checked.problems == ()
    assert checked.journey_map is not None
    assert checked.journey_map.id == path.stem
    assert _plain_texts(text) == []
    # The only advice left stands on purpose: two touchpoints nobody has data of yet.
    unbound = {"it-support": ["knowledge", "survey"]}
    stages = checked.journey_map.stages
    assert [t.id for s in stages for t in s.touchpoints if not t.nodes] == unbound.get(
        path.stem, []
    )
    codes = [given.code for given in checked.advice if given.code not in PERMITTED]
    assert codes == ["not_measured"] * len(unbound.get(path.stem, []))


def test_the_demo_has_seven_maps_and_the_examples_are_those() -> None:
    names = [
        "bank-deposit", "fibre", "it-support", "online-shop", "purchase", "repair",
        "traffic-fines",
    ]  # fmt: skip
    assert [path.stem for path in DEMO] == names
    examples = Path(__file__).parents[1] / "examples"
    # The same files by another name: one text to keep, in the package and in sight.
    shown = sorted(examples.glob("*.yaml"))
    assert [path.stem for path in shown] == names
    assert [path.read_bytes() for path in shown] == [path.read_bytes() for path in DEMO]


def _plain_texts(text: str) -> list[str]:
    """List the texts of a map that are not written in both languages."""
    worded = re.compile(
        "title|question|objective|scope|owner|name|about|needs|evidence|noun|goal|opportunity"
        "|area|action|thought|word|why|solution|stays|leaves|does|system"
    )
    written = read_tree(text).written
    return [dotted(path) for path in written if worded.fullmatch(str(path[-1]))]
