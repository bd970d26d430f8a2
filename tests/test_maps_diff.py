"""Two versions of a map: what changed, and the same change made again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from typer.testing import CliRunner

from map_strategies import maps, two_versions
from trayecto.cli.commands import app
from trayecto.maps.compose import compose
from trayecto.maps.diff import apply, compare
from trayecto.maps.document import JourneyMap
from trayecto.maps.merge import merge
from trayecto.maps.notation import read, schema
from trayecto.maps.outline import Outline, outline, plain_of
from trayecto.maps.patch import patch
from trayecto.maps.versions import MergedText, Version, difference, merged
from trayecto.render.poster.poster import sheet
from trayecto.vocabulary.text import LANGUAGES, Language
from trayecto.vocabulary.tree import read_tree


def outlined(text: str) -> Outline:
    return outline(read_tree(text), schema())


@given(maps())
@settings(max_examples=20, deadline=None)
def test_a_map_and_itself_have_no_difference(journey_map: JourneyMap) -> None:
    text = compose(journey_map)
    assert not compare(outlined(text), outlined(text))


@given(two_versions())
@settings(max_examples=30, deadline=None)
def test_a_difference_applied_to_the_older_map_gives_the_newer(
    versions: tuple[JourneyMap, JourneyMap],
) -> None:
    older, newer = (outlined(compose(version)) for version in versions)
    assert plain_of(apply(older, compare(older, newer)), schema()) == plain_of(newer, schema())


@given(two_versions())
@settings(max_examples=30, deadline=None)
def test_a_difference_patched_into_the_older_text_reads_as_the_newer(
    versions: tuple[JourneyMap, JourneyMap],
) -> None:
    older, newer = (compose(version) for version in versions)
    patched = patch(older, compare(outlined(older), outlined(newer)))
    assert read(patched).journey_map
    # What is said by name (a lane's cells, what each persona feels) says the same in any order.
    assert plain_of(outlined(patched), schema()) == plain_of(outlined(newer), schema())


@given(two_versions())
@settings(max_examples=20, deadline=None)
def test_who_merges_with_nobody_gets_what_the_other_did(
    versions: tuple[JourneyMap, JourneyMap],
) -> None:
    base, other = (outlined(compose(version)) for version in versions)
    for ours, theirs in ((base, other), (other, base), (other, other)):
        merged = merge(base, ours, theirs)
        assert merged.conflicts == ()
        assert plain_of(merged.outline, schema()) == plain_of(other, schema())


BAKERY = """\
# Our bakery
map: bakery
title: {es: Comprar el pan, en: Buying bread}
stages:
  - id: ask
    name: {es: Encargar, en: Ordering}
    target: 1 week
    touchpoints:
      - {id: order, name: {es: Encargo, en: Order}, channel: whatsapp}
      - id: pay
        name: {es: Pago, en: Payment}
        channel: web   # since May
        emotion: {level: 1}
  - id: get
    name: {es: Recoger, en: Collecting}
    touchpoints:
      - {id: collect, name: {es: Recogida, en: Collection}, channel: store}
    back_stage:
      - {area: Oven, does: Bakes}
"""


def changed(text: str, language: Language, older: str = BAKERY) -> list[str]:
    words = difference(Version(older), Version(text)).words(language)
    return words.replace("\u00a0", " ").splitlines()


@pytest.mark.parametrize(
    ("before", "after", "es", "en"),
    [
        ("level: 1", "level: -1",
         "≠ Emoción esperada de «Pago»: +1 → −1", "≠ Expected emotion of “Payment”: +1 → −1"),
        ("es: Pago,", "es: Cobro,",
         "≠ El punto de contacto «Pago» se llama ahora «Cobro»",
         "≠ Name of “Payment” (in Spanish): «Pago» → «Cobro»"),
        ("target: 1 week", "target: 3 days",
         "≠ Plazo previsto de «Encargar»: 7 d → 3 d", "≠ Target time of “Ordering”: 7 d → 3 d"),
        ("channel: web", "channel: app",
         "≠ Canal de «Pago»: Web → App", "≠ Channel of “Payment”: Web → App"),
        ("does: Bakes}", "does: Bakes, hurts: true}",
         "≠ «Bakes»: duele al cliente, no → sí", "≠ “Bakes”: hurts the customer, no → yes"),
        ("    target: 1 week\n", "",
         "≠ Plazo previsto de «Encargar»: se quita 7 d",
         "≠ Target time of “Ordering”: removed 7 d"),
        ("    back_stage:\n      - {area: Oven, does: Bakes}\n", "",
         "− Se quita el trabajo tras bastidores «Bakes» de «Recoger»",
         "− The work behind the scenes “Bakes” removed from “Collecting”"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_both_languages(before: str, after: str, es: str, en: str) -> None:
    assert BAKERY.count(before) == 1
    text = BAKERY.replace(before, after)
    assert changed(text, "es") == [es]
    assert changed(text, "en") == [en]


def test_days_are_told_as_people_say_them() -> None:
    before, after = BAKERY + "review: 2027-01-31\n", BAKERY + "review: 2027-04-30\n"
    told = "≠ Fecha de revisión: 31 de enero de 2027 → 30 de abril de 2027"
    assert changed(after, "es", before) == [told]
    assert changed(after, "en", before) == ["≠ Review date: 31 January 2027 → 30 April 2027"]


def test_a_stage_that_moved_is_one_change() -> None:
    ask, get = BAKERY.index("  - id: ask"), BAKERY.index("  - id: get")
    swapped = BAKERY[:ask] + BAKERY[get:] + BAKERY[ask:get]
    assert changed(swapped, "es") in (
        ["→ La etapa «Encargar» pasa después de «Recoger»"],
        ["→ La etapa «Recoger» pasa al principio"],
    )


def test_a_touchpoint_in_another_stage_is_the_same_one_moved() -> None:
    pay = BAKERY[BAKERY.index("      - id: pay") : BAKERY.index("  - id: get")]
    moved = BAKERY.replace(pay, "").replace("    back_stage:", pay + "    back_stage:")
    assert changed(moved, "es") == [
        "→ El punto de contacto «Pago» pasa de «Encargar» a «Recoger», después de «Recogida»"
    ]


def test_what_means_the_same_is_no_difference() -> None:
    other = BAKERY.replace("1 week", "7 días").replace("# Our bakery\n", "").replace("1}", "1.0}")
    assert changed(other, "en") == ["The two maps say the same."]


def test_a_patch_keeps_comments_and_every_line_nobody_touched() -> None:
    newer = BAKERY.replace("level: 1", "level: -1")
    found = difference(Version(BAKERY), Version(newer))
    assert patch(BAKERY, found.diff) == newer


def merge_of(ours: str, theirs: str) -> MergedText:
    return merged(Version(BAKERY), Version(ours), Version(theirs))


def test_two_people_who_changed_different_parts_are_merged_without_asking() -> None:
    ours = BAKERY.replace("es: Pago,", "es: Cobro,")
    theirs = BAKERY.replace("en: Payment", "en: Checkout").replace("1 week", "3 days")
    together = merge_of(ours, theirs)
    assert together.clean
    assert "name: {es: Cobro, en: Checkout}" in together.text
    assert "target: 3 d" in together.text
    assert "# since May" in together.text


def test_a_conflict_tells_both_values_with_their_lines_and_loses_neither() -> None:
    together = merge_of(
        BAKERY.replace("level: 1", "level: 2"), "\n" + BAKERY.replace("level: 1", "level: -2")
    )
    told = "Expected emotion of “Payment”: ours +2 (line 13), theirs −2 (line 14)"
    assert together.words("en") == f"! {told}"
    assert f"# ! {told}\n" in together.text
    assert "emotion: {level: 2}" in together.text
    assert not together.clean
    assert together.words("es").endswith("lo nuestro es +2 (línea 13); lo suyo, −2 (línea 14)")
    assert together.words_to_you("es") == ["Emoción esperada de «Pago»: lo tuyo es +2; lo suyo, −2"]


def test_what_one_removed_and_the_other_changed_is_kept_and_told() -> None:
    pay = BAKERY[BAKERY.index("      - id: pay") : BAKERY.index("  - id: get")]
    together = merge_of(BAKERY.replace(pay, ""), BAKERY.replace("level: 1", "level: 2"))
    assert together.words("es") == (
        "! «Pago»: lo quitamos nosotros y la otra parte lo cambia (línea 10); se conserva"
    )
    assert "level: 2" in together.text


def test_changes_that_do_not_fit_together_are_told_as_problems() -> None:
    ours = BAKERY.replace("stages:", "journeys: {completes: [pay]}\nstages:")
    pay = BAKERY[BAKERY.index("      - id: pay") : BAKERY.index("  - id: get")]
    together = merge_of(ours, BAKERY.replace(pay, ""))
    assert [problem.what.en for problem in together.problems] == ['No touchpoint has the id "pay".']


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_marks_each_change_by_sign_and_number(language: Language) -> None:
    newer = BAKERY.replace("level: 1", "level: -1").replace("1 week", "3 days")
    found = difference(Version(BAKERY), Version(newer))
    svg, canvas = sheet(found.newer, language=language, changes=found.changes)
    words = [box.words for box in canvas.boxes]
    assert words.count("≠ 1") == 1
    assert words.count("≠ 2") == 1
    for said in found.said:
        whole = " ".join(words)
        assert all(word in whole for word in said.text.say(language).split())
    assert "expected before" in svg or "esperada antes" in svg


def test_the_command_line_compares_and_merges(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base.yaml", "ours.yaml", "theirs.yaml")]
    texts = (BAKERY, BAKERY.replace("level: 1", "level: 2"), BAKERY.replace("web", "app"))
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    run = CliRunner().invoke

    same = run(app, ["diff", str(files[0]), str(files[0]), "-l", "en"])
    assert (same.exit_code, same.stdout) == (0, "The two maps say the same.\n")
    told = run(app, ["diff", str(files[0]), str(files[1]), "--json"])
    assert told.exit_code == 1
    assert json.loads(told.stdout)["changed"] == [
        {"thing": "touchpoint:pay", "field": "emotion.level", "before": 1, "after": 2,
         "lines": [13, 13]}
    ]  # fmt: skip
    picture = tmp_path / "diff.svg"
    assert run(app, ["diff", str(files[0]), str(files[1]), "-o", str(picture)]).exit_code == 1
    assert picture.read_text("utf-8").startswith("<svg")

    output = tmp_path / "merged.yaml"
    done = run(app, ["merge", *map(str, files), "-o", str(output), "-l", "en"])
    assert done.exit_code == 0, done.output
    assert output.read_text("utf-8") == texts[1].replace("web", "app")
