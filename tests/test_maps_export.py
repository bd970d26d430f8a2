"""A map leaves the house in every form, with all its words."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.dom.minidom import parseString

import pytest
from typer.testing import CliRunner

from trayecto.cli.commands import app
from trayecto.maps.mermaid import read_diagram
from trayecto.maps.notation import read
from trayecto.maps.templates import template
from trayecto.render.export import export
from trayecto.render.sheets import comma_separated
from trayecto.render.table import Table
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import LANGUAGES, Language

HOSTILE = """\
map: hostile
title: "<script>alert(1)</script> #set page(fill: red)"
stages:
  - id: s
    name: "=HYPERLINK(\\"http://x\\")"
    touchpoints:
      - {id: t, name: "</text><image href='file:///etc/passwd'/>", channel: web}
"""


def made(name: str, kind: str, language: Language = "es", size: str | None = None) -> bytes:
    journey_map = read(HOSTILE if name == "hostile" else template(name)).journey_map
    assert journey_map is not None
    return export(journey_map, kind, language=language, size=size)


@pytest.mark.parametrize("kind", [".svg", ".html", ".csv", ".json", ".mmd"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_form_holds_every_touchpoint(kind: str, language: Language) -> None:
    journey_map = read(template("shop")).journey_map
    assert journey_map is not None
    text = " ".join(made("shop", kind, language).decode("utf-8-sig").split())
    for touchpoint in journey_map.touchpoints():
        for word in touchpoint.name.say(language).split():
            assert word in text, word


@pytest.mark.parametrize("kind", [".svg", ".pdf", ".html", ".xlsx", ".csv", ".json", ".mmd"])
def test_the_same_map_gives_the_same_bytes(kind: str) -> None:
    assert made("loan", kind) == made("loan", kind)


def test_a_pdf_is_one_sheet_with_its_tables_behind() -> None:
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(made("loan", ".pdf", size="A1")))
    first = reader.pages[0].mediabox
    assert (round(first.width / 72 * 25.4), round(first.height / 72 * 25.4)) == (841, 594)
    assert "Simulador" in " ".join(page.extract_text() for page in reader.pages[1:])
    assert reader.trailer["/Root"]["/Lang"] == "es"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_size_nobody_sells_is_refused_with_those_that_are() -> None:
    with pytest.raises(TrayectoError, match=r'no size "A9"\. Sizes: A4, A3'):
        made("loan", ".pdf", size="A9")


def test_slides_are_native_shapes_with_six_stages_at_most() -> None:
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(io.BytesIO(made("b2b", ".pptx", "en")))
    assert len(deck.slides) == 1
    shapes = list(deck.slides[0].shapes)
    assert not [shape for shape in shapes if shape.shape_type == 13]  # no pictures
    words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    assert {"Deciding", "Buying management software"} <= set(words)


def test_a_workbook_has_a_sheet_for_each_table_and_no_formulas() -> None:
    book = zipfile.ZipFile(io.BytesIO(made("hostile", ".xlsx", "en")))
    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not [sheet for sheet in sheets if "<f>" in sheet]


def test_a_cell_that_looks_like_a_formula_is_only_text() -> None:
    told = comma_separated(Table("t", ("a",), (("=1+1",), ("plain",)))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told))) == [["a"], ["'=1+1"], ["plain"]]


def test_markup_in_a_text_is_drawn_as_text() -> None:
    svg = made("hostile", ".svg", "en").decode()
    names = {node.tagName for node in parseString(svg).getElementsByTagName("*")}
    assert not names & {"script", "image", "foreignObject", "a"}
    page = made("hostile", ".html", "en").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert read_diagram(made("hostile", ".mmd").decode()).tasks
    assert made("hostile", ".pdf")
    assert json.loads(made("hostile", ".json"))


def test_the_command_writes_by_the_ending_and_refuses_others(tmp_path: Path) -> None:
    source = tmp_path / "map.yaml"
    source.write_text(template("support"), "utf-8")
    run = CliRunner().invoke
    assert run(app, ["draw", str(source), "-o", str(tmp_path / "m.csv")]).exit_code == 0
    assert (tmp_path / "m.csv").stat().st_size > 500
    refused = run(app, ["draw", str(source), "-o", str(tmp_path / "m.docx")])
    assert isinstance(refused.exception, TrayectoError)
    diagram = tmp_path / "j.mmd"
    assert run(app, ["draw", str(source), "-o", str(diagram), "-l", "en"]).exit_code == 0
    back = tmp_path / "back.yaml"
    assert run(app, ["new", "--from", str(diagram), "-o", str(back)]).exit_code == 0
    assert read(back.read_text("utf-8")).journey_map is not None
