"""A map's text is read whole, with every problem in its place, and written back byte for byte."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

import pytest

import trayecto
from trayecto.maps.document import Emotion, NodeRule, VotingPoint
from trayecto.maps.notation import Document, Read, read, schema, write
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import LANGUAGES, Language, Text

DEMO = sorted((Path(trayecto.__file__).parent / "demo" / "maps").glob("*.yaml"))
DOCS = Path(__file__).parent.parent / "docs"

BAKERY = """\
# Ana buys bread.
map: bakery
version: 1.10
title: {es: Comprar el pan, en: Buying bread}
status: approved
review: 2026-12-31
minimum: 5
protagonist:
  name: Ana
  prefers: [store, whatsapp]
journeys:
  per: case
  noun: {es: encargos, en: orders}
  starts: [order]
  completes: [collect]
  leaves: [cancel]
  silence: 2 semanas
stages:
  - id: ask
    name: {es: Encargar, en: Ordering}
    target: 1 h 30 min
    touchpoints:
      - id: order
        name: {es: Encargo, en: Order}
        channel: whatsapp
        emotion: {level: 1, word: {es: antojo, en: craving}}
        nodes: [order_message, {touchpoint: "call_*", channel: [phone, whatsapp], source: till}]
      - id: cancel   # it happens
        name: {es: Anula, en: Cancels}
        channel: phone
        optional: true
  - id: get
    name: {es: Recoger, en: Collecting}
    touchpoints:
      - id: collect
        name: {es: Recogida, en: Collection}
        channel: store
        within: 2 h
        vote: {stays: Comes back, leaves: Tries the supermarket, within: 1 mes}
    back_stage:
      - {area: {es: Horno, en: Oven}, does: {es: Hornea, en: Bakes}, hurts: true}
"""


def said(found: Read, language: Language = "en") -> list[str]:
    return [problem.say(language) for problem in found.problems]


def problems_of(text: str, language: Language = "en") -> list[str]:
    return said(read(dedent(text)), language)


def bakery_with(before: str, after: str) -> Read:
    """Read the bakery's map with one line of it written differently."""
    assert BAKERY.count(before) == 1
    return read(BAKERY.replace(before, after))


def test_a_map_is_read_into_its_nouns() -> None:
    bakery = read(BAKERY).journey_map

    assert bakery is not None
    assert bakery.id == "bakery"
    assert bakery.version == "1.10"
    assert bakery.title == Text(en="Buying bread", es="Comprar el pan")
    assert (bakery.status, bakery.review, bakery.minimum) == ("approved", date(2026, 12, 31), 5)
    assert bakery.protagonist is not None
    assert bakery.protagonist.prefers == ("store", "whatsapp")
    assert bakery.journeys.per == "case"
    assert bakery.journeys.leaves == ("cancel",)
    assert bakery.journeys.silence == timedelta(days=14)
    assert [stage.target for stage in bakery.stages] == [timedelta(minutes=90), None]
    assert [(t.id, t.stage) for t in bakery.touchpoints()] == [
        ("order", "ask"),
        ("cancel", "ask"),
        ("collect", "get"),
    ]
    assert bakery.stages[1].back_stage[0].hurts


def test_a_level_is_written_from_minus_two_to_two_and_held_from_minus_one_to_one() -> None:
    bakery = read(BAKERY).journey_map

    assert bakery is not None
    order = bakery.stages[0].touchpoints[0]
    assert order.emotion == Emotion(level=0.5, word=Text(en="craving", es="antojo"))


def test_a_node_is_a_name_or_globs_over_touchpoint_channel_and_source() -> None:
    bakery = read(BAKERY).journey_map

    assert bakery is not None
    order, cancel = bakery.stages[0].touchpoints
    assert order.nodes == (
        NodeRule(touchpoint=("order_message",)),
        NodeRule(touchpoint=("call_*",), channel=("phone", "whatsapp"), source=("till",)),
    )
    assert cancel.nodes == ()


def test_a_text_in_one_language_says_the_same_in_the_other() -> None:
    bakery = read(BAKERY).journey_map

    assert bakery is not None
    assert bakery.stages[1].touchpoints[0].vote == VotingPoint(
        stays=Text(en="Comes back", es="Comes back"),
        leaves=Text(en="Tries the supermarket", es="Tries the supermarket"),
        within=timedelta(days=30),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "map: bakery",
            "map: La Panadería",
            '2: [map] "La Panadería" is not valid here. Use up to 80 small letters a–z, digits, - '
            "and _, beginning with a letter or digit: welcome_call.",
        ),
        (
            "map: bakery",
            'map: "bakery\\nA"',
            '2: [map] "bakery A" is not valid here. Use up to 80 small letters a–z, digits, - '
            "and _, beginning with a letter or digit: welcome_call.",
        ),
        (
            "version: 1.10",
            "version: [1]",
            '3: [version] A list does not fit here. Write a version: "2".',
        ),
        ("title: {es: Comprar el pan, en: Buying bread}", "título: Pan",
         '4: [título] There is no field "título" here. Did you mean "title"?'),
        ("title: {es: Comprar el pan, en: Buying bread}", "title:",
         "4: [title] It is empty. Fill it in, or remove the line."),
        ("title: {es: Comprar el pan, en: Buying bread}", 'title: "  "',
         "4: [title] It is empty. Fill it in, or remove the line."),
        ("title: {es: Comprar el pan, en: Buying bread}", "title: {fr: Acheter du pain}",
         '4: [title.fr] There is no field "fr" here. Known here: es, en.'),
        ("title: {es: Comprar el pan, en: Buying bread}", "title: 365",
         '4: [title] "365" is not valid here. Put it between quotes to make it a text.'),
        ("status: approved", "status: aprobado",
         '5: [status] "aprobado" is not valid here. Did you mean "approved"?'),
        ("review: 2026-12-31", "review: 31/12/2026",
         '6: [review] "31/12/2026" is not valid here. Write a day like 2026-12-31.'),
        ("minimum: 5", "minimum: 0",
         "7: [minimum] 0 is below 1. Write a whole number from 1 on."),
        ("  name: Ana", "  about: Ana", '8: [protagonist.name] "name" is missing. Add "name: …".'),
        ("  prefers: [store, whatsapp]", "  prefers: [store, wathsapp]",
         '10: [protagonist.prefers[1]] "wathsapp" is not valid here. Did you mean "whatsapp"?'),
        ("  prefers: [store, whatsapp]", "  prefers: [store, store]",
         '10: [protagonist.prefers[1]] "store" is in the list twice. Keep one.'),
        ("  per: case", "  per: caso",
         '12: [journeys.per] "caso" is not valid here. Did you mean "case"?'),
        ("  starts: [order]", "  starts: [ordr]",
         '14: [journeys.starts[0]] No touchpoint has the id "ordr". Did you mean "order"?'),
        ("  starts: [order]", "  starts: order",
         '14: [journeys.starts] "order" is not valid here. Write a list of touchpoint ids: '
         "[offer, order]."),
        ("  completes: [collect]", "  completes: [ask]",
         '15: [journeys.completes[0]] No touchpoint has the id "ask". '
         "Known here: order, cancel, collect."),
        ("  leaves: [cancel]", "  leaves: [collect]",
         '16: [journeys.leaves[0]] "collect" cannot both complete a journey and mean that the '
         "customer left. Take it out of journeys.completes or of journeys.leaves."),
        ("  silence: 2 semanas", "  silence: 14",
         '17: [journeys.silence] "14" is not valid here. Write it like "30 min", "2 h", "3 days", '
         '"2 weeks", "1 month" or "1 year".'),
        ("    target: 1 h 30 min", "    target: soon",
         '21: [stages[0].target] "soon" is not valid here. Write it like "30 min", "2 h", '
         '"3 days", "2 weeks", "1 month" or "1 year".'),
        ("        channel: whatsapp", "        channel: tienda",
         '25: [stages[0].touchpoints[0].channel] "tienda" is not valid here. '
         'Did you mean "store"?'),
        ("        channel: whatsapp", "        chanel: whatsapp",
         '25: [stages[0].touchpoints[0].chanel] There is no field "chanel" here. '
         'Did you mean "channel"?'),
        ("{level: 1, word", "{level: 3, word",
         "26: [stages[0].touchpoints[0].emotion.level] 3 is above 2. "
         "Write a number from -2 (awful) to 2 (delighted); 0 is neutral."),
        ("{level: 1, word", "{level: .nan, word",
         '26: [stages[0].touchpoints[0].emotion.level] ".nan" is not valid here. '
         "Write a number from -2 (awful) to 2 (delighted); 0 is neutral."),
        ('{touchpoint: "call_*", channel: [phone, whatsapp], source: till}', "{}",
         "27: [stages[0].touchpoints[0].nodes[1]] It is empty. "
         'Write fields below it, indented: "name: value".'),
        ("source: till}", "sorce: till}",
         '27: [stages[0].touchpoints[0].nodes[1].sorce] There is no field "sorce" here. '
         'Did you mean "source"?'),
        ("      - id: cancel   # it happens", "      - id: order",
         '28: [stages[0].touchpoints[1].id] The id "order" is taken on line 23. '
         "Stages and touchpoints each need an id of their own."),
        ("        optional: true", "        optional: sí",
         '31: [stages[0].touchpoints[1].optional] "sí" is not valid here. Write true or false.'),
        ("stays: Comes back, ", "",
         '39: [stages[1].touchpoints[0].vote.stays] "stays" is missing. Add "stays: …".'),
        ("does: {es: Hornea, en: Bakes}", "does: [Hornea]",
         "41: [stages[1].back_stage[0].does] A list does not fit here. "
         'Write a text, or one for each language: {es: "…", en: "…"}.'),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_with_its_line_and_a_way_out(
    before: str, after: str, expected: str
) -> None:
    assert expected in said(bakery_with(before, after))


def test_a_field_written_wrongly_is_one_problem_not_two() -> None:
    found = bakery_with("        channel: whatsapp", "        chanel: whatsapp")

    assert len(found.problems) == 1


def test_a_stage_without_touchpoints_is_told() -> None:
    assert problems_of(
        """\
        map: m
        title: t
        stages:
          - id: a
            name: A
            touchpoints: []
          - id: b
            name: B
        """
    ) == [
        "6: [stages[0].touchpoints] The list is empty. Add at least one.",
        '7: [stages[1].touchpoints] "touchpoints" is missing. Add "touchpoints: …".',
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_broken_map_of_the_docs_says_what_the_docs_say(language: Language) -> None:
    page = (DOCS / language / "map-document.md").read_text("utf-8")
    broken = re.search(r"```yaml\n(# broken\.yaml.*?)```", page, re.DOTALL)
    expected = re.search(r"```text\n(broken\.yaml:.*?)```", page, re.DOTALL)

    assert broken is not None
    assert expected is not None
    found = read(broken[1], file="broken.yaml")
    assert said(found, language) == expected[1].splitlines()
    assert found.journey_map is None


EMPTY = "The document is empty."
TAG = 'A YAML tag ("!…") stands here; a document takes plain values only.'
LETTER = "There is a character here that text cannot contain."


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, EMPTY),
        ("# nothing\n", 1, EMPTY),
        ("~", 1, EMPTY),
        ("map: a\n\ttitle: b\n", 2, "There is a tab here."),
        ("map: a\ntitle: Help: me\n", 2, "There is one colon too many here."),
        ('map: a\ntitle: "b\nstages: []\n', 2, "A quote is opened here and never closed."),
        (
            "map: a\ntitle: {es: b\nowner: c\n",
            3,
            "A bracket or brace is not closed, or a comma is missing.",
        ),
        ("map: a\ntitle: @b\n", 2, "A value cannot begin with this character."),
        ("map: a\ntitle\nowner: c\n", 3, "A colon is missing."),
        (
            "map: a\nstages:\n  - id: a\n name: c\n",
            4,
            "This line is not indented like its neighbours.",
        ),
        ("map: a\n---\nmap: b\n", 2, "A second document begins here."),
        ("map: a\nmap: b\n", 2, '"map" is written twice; first on line 1.'),
        ("map: !!python/name:os.system x\n", 1, TAG),
        ("map: *nobody\n", 1, '"*nobody" points to nothing above it.'),
        ("map: &a [*a]\n", 1, '"*a" points to nothing above it.'),
        ("map: a\ntitle: \x00\n", 2, LETTER),
        ('map: a\ntitle: "\\ud800"\n', 2, LETTER),
        ("? [a]\n: b\n", 1, "A field's name must be a word."),
        ("a: [" * 60, 1, "Fields are nested too deeply here."),
        ("map: " + "a" * 2_000_001, 1, "The document is over 2 MB."),
        ("- map", 1, "A list does not fit here."),
    ],
)
def test_what_is_no_yaml_is_told_in_words_with_its_line(text: str, line: int, what: str) -> None:
    assert (line, what) in [(p.line, p.what.en) for p in read(text).problems]


def test_aliases_that_would_explode_stop_at_the_line_where_they_do() -> None:
    # a0 holds 3 values, a1 7, a2 15…: a13, on line 14, brings the sum over 50 000.
    doubled = "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]\n" for i in range(40))

    found = read("a0: &a0 [x, x]\n" + doubled)

    assert said(found)[-1].startswith(
        "14: From here on there are more values than a document can hold."
    )


def test_aliases_that_only_spare_typing_are_welcome() -> None:
    spared = BAKERY.replace("{es: Horno, en: Oven}", "&oven {es: Horno, en: Oven}").replace(
        "does: {es: Hornea, en: Bakes}", "does: *oven"
    )
    bakery = read(spared).journey_map

    assert bakery is not None
    assert bakery.stages[1].back_stage[0].does == Text(en="Oven", es="Horno")


def test_problems_name_the_file_and_come_in_the_order_of_its_lines() -> None:
    text = BAKERY.replace("per: case", "per: ship").replace("optional: true", "optional: 1")

    found = read(text, file="bakery.yaml")

    assert [(p.file, p.line) for p in found.problems] == [("bakery.yaml", 12), ("bakery.yaml", 31)]


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_an_unchanged_map_is_written_back_byte_for_byte(path: Path) -> None:
    text = path.read_text("utf-8")
    document = read(text).document

    assert document is not None
    assert document.tree["title"]["es"]  # looking is not changing
    assert write(document).encode() == path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        BAKERY,
        BAKERY.replace("\n", "\r\n"),
        "\ufeff" + BAKERY,
        BAKERY.replace("minimum: 5", "minimum:    5   # few\n\n\n"),
        "---\n" + BAKERY + "...\n",
        BAKERY.rstrip("\n"),
    ],
    ids=["plain", "windows", "bom", "spaced", "marked", "no end of line"],
)
def test_spacing_that_no_printer_would_choose_is_kept_too(text: str) -> None:
    document = read(text).document

    assert document is not None
    assert document.tree["map"] == "bakery"
    assert write(document) == text


def test_a_change_keeps_comments_order_and_every_other_line() -> None:
    document = Document(BAKERY)
    document.tree["minimum"] = 8

    assert write(document) == BAKERY.replace("minimum: 5", "minimum: 8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shortest_map_of_the_docs_is_a_map(language: Language) -> None:
    page = (DOCS / language / "map-document.md").read_text("utf-8")
    shortest = re.search(r"```yaml\n(map: .*?)```", page, re.DOTALL)

    assert shortest is not None
    assert said(read(shortest[1])) == []


def test_the_schema_knows_the_channels_of_the_house() -> None:
    assert schema()["$defs"]["channel"]["enum"] == list(CHANNELS)


def test_every_field_is_described_in_both_languages_and_explained_in_the_docs() -> None:
    pages = {
        language: (DOCS / language / "map-document.md").read_text("utf-8") for language in LANGUAGES
    }
    for name, field in _fields(schema()):
        if name in LANGUAGES:
            continue
        english, _, spanish = str(field.get("description", "")).partition(" · ")
        assert english, name
        assert spanish, name
        for language, page in pages.items():
            assert f"`{name}`" in page, (language, name)


def _fields(part: object) -> list[tuple[str, dict[str, object]]]:
    """List every field of a schema, however deep."""
    if isinstance(part, list):
        return [field for item in part for field in _fields(item)]
    if not isinstance(part, dict):
        return []
    inside = [field for value in part.values() for field in _fields(value)]
    return [*part.get("properties", {}).items(), *inside]
