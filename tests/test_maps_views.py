"""One map, several pictures: all of it, its blueprint, its curve, its words, and two at once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

import samples
from trayecto import drafting
from trayecto.cli.commands import app
from trayecto.maps.compose import compose
from trayecto.maps.document import JourneyMap
from trayecto.maps.notation import read
from trayecto.maps.templates import template
from trayecto.maps.together import together
from trayecto.maps.versions import Version, difference
from trayecto.render.export import Shown, export
from trayecto.render.poster.poster import poster
from trayecto.render.table import tables
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import LANGUAGES, Language

TODAY = """\
map: bread
state: as_is
title: Buying bread
stages:
  - id: ask
    name: Ordering
    touchpoints:
      - {id: queue, name: The queue, channel: store, emotion: {level: -1, word: bored}}
      - {id: order, name: The order, channel: store, emotion: {level: 1, word: hungry}}
  - id: pay
    name: Paying
    touchpoints:
      - {id: coins, name: Coins, channel: store, emotion: {level: -1, word: slow}}
"""
TOMORROW = """\
map: bread
state: to_be
title: Buying bread
stages:
  - id: ask
    name: Ordering
    touchpoints:
      - {id: order, name: The order, channel: app, emotion: {level: 2, word: easy}}
      - {id: notice, name: It is ready, channel: app, emotion: {level: 1, word: calm}}
"""


def loan() -> JourneyMap:
    found = read(template("loan")).journey_map
    assert found is not None
    return found


def lanes(view: Shown, language: Language = "en") -> set[str]:
    svg = export(loan(), ".svg", language=language, shown=view).decode()
    known = ("Goal", "Emotion", "Thoughts", "Fail and wait points", "Backstage", "Support")
    return {name for name in known if f">{name}</text>" in svg}


def test_the_curve_shows_what_people_feel_and_the_blueprint_what_stands_behind() -> None:
    assert lanes("map") == {"Goal", "Emotion", "Thoughts", "Backstage", "Support"}
    assert lanes("blueprint") == {"Fail and wait points", "Backstage", "Support"}
    assert lanes("curve") == {"Emotion"}


def test_the_picture_of_the_tables_holds_every_cell() -> None:
    svg = export(loan(), ".svg", language="es", shown="table").decode()
    told = {word for t in tables(loan(), language="es") for row in t.rows for c in row
            for word in c.split()}  # fmt: skip
    shown = svg.replace("&quot;", '"').replace("&amp;", "&").replace("\u00a0", " ")
    assert [word for word in told if word not in shown] == []


@pytest.mark.parametrize("view", ["map", "blueprint", "curve", "table"])
@pytest.mark.parametrize("kind", [".pdf", ".pptx", ".html"])
def test_every_view_is_a_document_too(view: Shown, kind: str) -> None:
    made = export(loan(), kind, language="en", shown=view, size="A4")
    assert len(made) > 5_000
    assert made == export(loan(), kind, language="en", shown=view, size="A4") or kind == ".pptx"


def test_a_size_is_the_shape_of_the_picture(tmp_path: Path) -> None:
    pixels = pytest.importorskip("PIL.Image")
    run, source = CliRunner().invoke, tmp_path / "loan.yaml"
    source.write_text(template("loan"), "utf-8")
    for size, ratio in (("A3", 420 / 297), ("16:9", 16 / 9)):
        output = tmp_path / "loan.png"
        done = run(app, ["draw", str(source), "-o", str(output), "--view", "curve", "--size", size])
        assert done.exit_code == 0
        with pixels.open(output) as picture:
            assert picture.width / picture.height == pytest.approx(ratio, rel=0.002)


def test_a_view_nobody_knows_is_refused_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TODAY, "utf-8")
    with pytest.raises(TrayectoError, match="Views: map, blueprint, curve, table"):
        drafting.draw_as(tmp_path / "a.yaml", tmp_path / "a.svg", language="en", view="poster")


def two(folder: Path) -> tuple[Path, Path]:
    today, tomorrow = folder / "today.yaml", folder / "tomorrow.yaml"
    today.write_text(TODAY, "utf-8")
    tomorrow.write_text(TOMORROW, "utf-8")
    return today, tomorrow


def test_as_is_and_to_be_lie_on_one_way_and_what_differs_is_told(tmp_path: Path) -> None:
    today, tomorrow = two(tmp_path)
    for one, other in ((today, tomorrow), (tomorrow, today)):
        drafting.draw_as(one, tmp_path / "both.svg", language="en", view="curve", beside_map=other)
        svg = (tmp_path / "both.svg").read_text("utf-8")
        for words in ("The queue", "Coins", "It is ready", "expected as it is today",
                      "expected, to be", "What changed"):  # fmt: skip
            assert words in svg
    drafting.draw_as(today, tmp_path / "both.json", language="en", beside_map=tomorrow)
    told = json.loads((tmp_path / "both.json").read_text("utf-8"))
    assert any("Coins" in row["What changed"] or "Paying" in row["What changed"]
               for row in told["What changed"])  # fmt: skip


def test_what_goes_away_keeps_its_place() -> None:
    one, other = (read(text).journey_map for text in (TODAY, TOMORROW))
    assert one
    assert other
    both = together(one, other)
    ways = [[t.id for t in stage.touchpoints] for stage in both.stages]
    assert ways == [["queue", "order", "notice"], ["coins"]]
    assert together(one, one) == one


def test_any_two_maps_can_be_laid_together() -> None:
    for seed in range(12):
        one, other = (samples.grown(1 + (seed + i) % 4, 9, seed=seed + i) for i in (0, 1))
        both = together(one, replace(other, id=one.id))
        ids = [t.id for t in both.touchpoints()]
        assert set(ids) == {t.id for m in (one, other) for t in m.touchpoints()}
        assert len(ids) == len(set(ids))
        found = difference(Version(compose(one)), Version(compose(other)))
        assert poster(both, language="es", changes=found.changes, view="curve")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_from_right_to_left_keep_their_direction(language: Language) -> None:
    arabic = "مرحبا (3 أيام)."
    plain = samples.grown(1, 2, seed=Random(1).randint(0, 9))
    svg = poster(replace(plain, title=type(plain.title)(en=arabic, es=arabic)), language=language)
    assert f">\u2067{arabic}\u2069<" in svg
