"""The report of a real measure in each of its forms: page, paper, workbook and plain values."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from examples import NOON, workspace_of, write_csv
from test_render_report import (
    Element,
    assert_asks_nothing_of_any_other_place,
    assert_sound,
    read,
    row_of,
)
from trayecto import flow, measuring
from trayecto.lake.tables import INTERACTIONS
from trayecto.render.report.matters import matters
from trayecto.render.report.tabular import Matter, flat_row, in_words
from trayecto.vocabulary import script
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.period import Period
from trayecto.vocabulary.text import LANGUAGES, Language
from trayecto.workspace import Workspace

MAP = """\
map: shop
title: {en: "The shop", es: "La tienda"}
minimum: 1
journeys: {per: person, silence: 9 days, completes: [buy], leaves: [cancel]}
stages:
  - id: look
    name: {en: "Looking", es: "Mirar"}
    target: 1 day
    touchpoints:
      - {id: ad, name: {en: "Advert", es: "Anuncio"}, channel: web, nodes: [ad], optional: true}
      - id: shop
        name: {en: "Shop", es: "Tienda"}
        channel: store
        nodes: [shop]
        vote: {stays: {en: "Buys.", es: "Compra."}, leaves: {en: "Goes.", es: "Se va."}}
      - {id: cart, name: {en: "Basket", es: "Cesta"}, channel: web, nodes: [cart]}
  - id: get
    name: {en: "Getting it", es: "Recibirlo"}
    touchpoints:
      - {id: buy, name: {en: "Purchase", es: "Compra"}, channel: store, nodes: [buy]}
      - {id: cancel, name: {en: "Cancels", es: "Cancela"}, channel: phone, nodes: [cancel]}
"""
STORY = """
ana:   ad > shop >2d cart > buy[store]
luz:   shop >3d phone > buy[store]
pau:   ad > shop > cart > cancel
leo:   ad > shop
marta: shop > cart > buy[store] >1d help
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, measuring.LiveMap]:
    folder = tmp_path_factory.mktemp("shop")
    workspace = workspace_of(folder, STORY)
    (folder / "shop.yaml").write_text(MAP, "utf-8")
    return workspace, measuring.measure(workspace, folder / "shop.yaml")


def told(measured: tuple[Workspace, measuring.LiveMap], language: Language) -> list[Matter]:
    workspace, live = measured
    return matters(measuring.told(workspace, live, language=language))


def numbers(plain: Any) -> Iterator[float]:
    """Give every number anywhere in plain values."""
    if isinstance(plain, dict):
        for value in plain.values():
            yield from numbers(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from numbers(value)
    elif isinstance(plain, int | float) and not isinstance(plain, bool):
        yield plain


def page_of(workspace: Workspace, live: measuring.LiveMap, language: Language = "en") -> Element:
    return read(measuring.report_as(workspace, live, ".html", language=language).decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_real_measure_is_sound(
    measured: tuple[Workspace, measuring.LiveMap], language: Language
) -> None:
    page = page_of(*measured, language)
    assert_sound(page)
    assert_asks_nothing_of_any_other_place(page)
    ids = [s.attributes["id"] for s in page.one("main").inside if isinstance(s, Element)]
    assert ids[:5] == ["map", "findings", "stages", "votes", "deviations"]
    assert ids[-1] == "method"


def test_headings_go_down_one_level_at_a_time(
    measured: tuple[Workspace, measuring.LiveMap],
) -> None:
    levels = [int(e.name[1]) for e in page_of(*measured).all() if re.fullmatch("h[1-6]", e.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_poster_has_three_layers_that_links_choose(
    measured: tuple[Workspace, measuring.LiveMap],
) -> None:
    section = page_of(*measured).one("section", id="map")
    links = [a.attributes["href"] for a in section.one("ul", class_="layers").all("a")]
    assert links == ["#live-map", "#as-drawn", "#strayed"]
    figures = [figure.attributes["id"] for figure in section.all("figure")]
    assert figures == ["live-map", "as-drawn", "strayed"]
    assert all(len(list(figure.all("svg"))) == 1 for figure in section.all("figure"))


def test_under_each_group_of_figures_stands_the_sql_that_counted_it(
    measured: tuple[Workspace, measuring.LiveMap],
) -> None:
    page = page_of(*measured)
    for place in ("stages", "votes", "deviations", "undrawn", "graph", "method"):
        details = page.one("section", id=place).one("details", id=f"sql-{place}")
        assert "open" not in details.attributes
        assert "select" in details.words
    # Nothing that a figure rests on is kept from the reader.
    shown = " ".join(" ".join(code.words for code in page.all("code")).split())
    steps = [sql for name, sql in measured[1].sql if name in ("trail", "journeys", "votes")]
    assert len(steps) >= 3
    assert all(" ".join(sql.split())[:200] in shown for sql in steps)


def test_recording_a_measure_gives_its_sql(measured: tuple[Workspace, measuring.LiveMap]) -> None:
    workspace, live = measured
    with flow.recording() as script:
        flow.graph(workspace, flow.Scope())
    assert script
    assert dict(live.sql)["trail"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_tables_is_in_the_json(
    measured: tuple[Workspace, measuring.LiveMap], language: Language
) -> None:
    workspace, live = measured
    plain = json.loads(measuring.report_as(workspace, live, ".json", language=language))
    known = set(numbers(plain))
    tables = [one for one in told(measured, language) if one.name not in _OTHERWISE]
    assert len(tables) >= 8
    for table in tables:
        for row in table.rows:
            for value in flat_row(table, row):
                assert isinstance(value, str) or value is None or value in known, table.name


_OTHERWISE = (
    "Is the map still true?", "¿Sigue valiendo el mapa?", "Cost and money", "Coste y dinero",
)  # fmt: skip
"""How old the evidence is follows from the day of the report; money is told in whole units there,
in its smallest coin in the JSON."""


def test_the_workbook_has_a_sheet_a_matter_with_intervals_n_and_meanings(
    measured: tuple[Workspace, measuring.LiveMap],
) -> None:
    workspace, live = measured
    book = openpyxl.load_workbook(
        BytesIO(measuring.report_as(workspace, live, ".xlsx", language="es"))
    )
    assert book.sheetnames[:5] == [
        "Léeme", "Hallazgos", "Resumen", "Etapa a etapa", "Puntos de contacto",
    ]  # fmt: skip
    assert book.sheetnames[-2:] == ["Qué significa", "SQL"]
    # The first sheet leads to every other, and each one to the SQL that counted it.
    links = [cell.hyperlink.location for (cell,) in book["Léeme"].rows if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    to_sql = book["Etapa a etapa"]["A2"].hyperlink.location
    assert book["SQL"][to_sql.partition("!")[2]].value == "Etapa a etapa"
    stages = book["Etapa a etapa"]
    heads = [cell.value for cell in stages[1]]
    at = heads.index("Llegan")
    assert heads[at : at + 4] == [
        "Llegan", "Llegan: desde (95 %)", "Llegan: hasta (95 %)", "Llegan: n",
    ]  # fmt: skip
    # All five were in the first stage: a number, as a percentage, of n 5.
    assert stages.cell(3, at + 1).value == 1
    assert stages.cell(3, at + 1).number_format == "0.0%"
    assert stages.cell(3, at + 4).value == 5
    link = stages.cell(2, at + 1).hyperlink
    assert link is not None
    sheet, _, place = str(link.location).rpartition("!")
    assert sheet.strip("'") == "Qué significa"
    assert book["Qué significa"][place].value == "Llegan"


def test_a_sheet_shows_what_is_unknown_as_a_dash_and_no_words_become_a_formula(
    tmp_path: Path,
) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > shop")
    file = tmp_path / "shop.yaml"
    file.write_text(
        MAP.replace("minimum: 1", "minimum: 30").replace('"Looking"', '"=1+1"'), "utf-8"
    )
    live = measuring.measure(workspace, file)
    book = openpyxl.load_workbook(
        BytesIO(measuring.report_as(workspace, live, ".xlsx", language="en"))
    )
    stages = book["Stage by stage"]
    assert (stages.cell(3, 1).value, stages.cell(3, 1).data_type) == ("=1+1", "s")
    at = [cell.value for cell in stages[1]].index("Get here") + 1
    assert stages.cell(3, at).value == "—"


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_the_posters_come_first_and_every_table_follows(
    measured: tuple[Workspace, measuring.LiveMap], language: Language
) -> None:
    workspace, live = measured
    paper = PdfReader(BytesIO(measuring.report_as(workspace, live, ".pdf", language=language)))
    assert paper.metadata is not None
    assert paper.metadata.title == {"en": "The shop", "es": "La tienda"}[language]
    sizes = [sorted(float(side) for side in page.mediabox[2:]) for page in paper.pages]
    assert [round(long) for _, long in sizes[:3]] == [1191, 1191, 842]  # A3, A3, then A4
    words = " ".join(page.extract_text() for page in paper.pages[2:])
    # The findings stand there as sentences, the other matters as tables.
    names = [table.name for table in told(measured, language)][1:]
    assert [name for name in names if name.split()[0] not in words] == []
    assert "/StructTreeRoot" in paper.root_object  # tagged: it can be read aloud
    # Each table says which statement counted it; all of them are attached, to be run as they are.
    numbers = {int(n) for n in re.findall(r"SQL (\d+), p", words)}
    assert {f"SQL {n} ·" in words for n in numbers} == {True}
    assert len(numbers) > 4
    ran = measuring.told(workspace, live, language=language).sql
    assert paper.attachments["shop.sql"] == [script.whole(ran).encode()]
    assert "trayecto behind" in words


def test_on_paper_only_some_of_many_files_are_named_and_the_script_has_them_all(
    tmp_path: Path,
) -> None:
    workspace = workspace_of(tmp_path, STORY)
    for n in range(4):
        day = write_csv(tmp_path / f"{n}.csv", f"eva{n}: shop > cart > buy[store]")
        flow.import_files(workspace, [day], source="web")
    (workspace.folder / "shop.yaml").write_text(MAP, "utf-8")
    live = measuring.measure(workspace, workspace.folder / "shop.yaml")
    paper = PdfReader(BytesIO(measuring.report_as(workspace, live, ".pdf", language="en")))
    files = workspace.lake.files(INTERACTIONS)
    assert len(files) > 4
    words = " ".join(page.extract_text() for page in paper.pages)
    assert f"… and {len(files) - 3} more files" in words  # the first two are named, and the last
    (sql,) = paper.attachments["shop.sql"]
    assert all(Path(file).name.encode() in sql for file in files)


@pytest.mark.parametrize(("ending", "module", "extra"), [
    (".xlsx", "xlsxwriter", "office"), (".pdf", "typst", "report"),
])  # fmt: skip
def test_without_an_extra_the_report_says_how_to_get_it(
    measured: tuple[Workspace, measuring.LiveMap],
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    module: str,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # as if it were not installed
    with pytest.raises(TrayectoError) as stopped:
        measuring.report_as(*measured, ending, language="es")
    assert f"trayecto[{extra}]" in str(stopped.value)


def test_an_ending_nobody_knows_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    with pytest.raises(TrayectoError, match=r"\.html, \.pdf, \.xlsx, \.json"):
        measuring.stop_unless_report(tmp_path / "report.docx")


def test_what_is_hardly_anything_is_not_told_as_nothing_on_paper() -> None:
    hardly = Estimate(0.0001, 0.0, 0.0004, 9_000)
    assert in_words(hardly, "share", "en") == ("< 0.1%", "(0.0–0.0) n\u00a09,000")
    assert in_words(0.9999, "share", "es") == ("> 99,9\u00a0%", "")
    assert in_words(0.00002, "chance", "es") == ("< 0,001", "")
    assert in_words(0.0312, "chance", "en") == ("0.031", "")


def test_the_workbook_tells_each_touchpoint_of_each_part(
    measured: tuple[Workspace, measuring.LiveMap],
) -> None:
    workspace, live = measured
    cut = measuring.measure(workspace, workspace.folder.parent / "shop.yaml", cuts=True)
    book = openpyxl.load_workbook(
        BytesIO(measuring.report_as(workspace, cut, ".xlsx", language="en"))
    )
    rows = list(book["Touchpoints by part"].iter_rows(values_only=True))
    places = [row[:6] for row in rows if row[0] == "By the month they began in"]
    # All five begin in March: of the month, each place has what it has of everybody.
    cart = live.measured.touchpoint("cart").passage
    assert ("March 2026", "Basket", cart.interactions, cart.people, cart.reached) in [
        row[1:] for row in places
    ]


@pytest.mark.parametrize("ending", [".html", ".xlsx", ".pdf", ".json"])
def test_the_same_measure_gives_the_same_bytes(
    measured: tuple[Workspace, measuring.LiveMap], ending: str
) -> None:
    workspace, live = measured
    first, second = (measuring.report_as(workspace, live, ending, language="es") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("said", "story", "change"),
    [
        ("Ningún punto de contacto de este mapa dice qué nodos es", "ana: ad > buy", "unbound"),
        ("No hay ninguna interacción en este periodo", "ana: ad > buy", "later"),
        ("Ningún trayecto pasa por «Compra»", "ana: ad > shop\nluz@30d: help > buy", ""),
        ("Trayectos: 1. El mapa pide al menos 30", "ana: ad > shop", "minimum"),
        ("No puede empezar ningún trayecto: empezaría por «Anuncio»", "ana: shop > buy", "starts"),
    ],
)
def test_what_cannot_be_measured_says_so_and_nothing_unknown_is_shown_as_zero(
    tmp_path: Path, said: str, story: str, change: str
) -> None:
    workspace = workspace_of(tmp_path, story)
    text = {
        "unbound": re.sub(r"nodes: \[\w+\]", "kind: action", MAP),
        "minimum": MAP.replace("minimum: 1", "minimum: 30"),
        "starts": MAP.replace("silence: 9 days", "silence: 9 days, starts: [ad]"),
    }.get(change, MAP)
    (tmp_path / "shop.yaml").write_text(text, "utf-8")
    period = Period(NOON + timedelta(days=300)) if change == "later" else flow.Period()
    live = measuring.measure(workspace, tmp_path / "shop.yaml", period=period)
    page = page_of(workspace, live, "es")
    assert_sound(page)
    assert said in page.one("header").words
    paper = PdfReader(BytesIO(measuring.report_as(workspace, live, ".pdf", language="es")))
    printed = "".join("".join(page.extract_text().split()) for page in paper.pages)
    assert said.replace(" ", "") in printed  # whatever its lines break at
    book = openpyxl.load_workbook(
        BytesIO(measuring.report_as(workspace, live, ".xlsx", language="es"))
    )
    assert any(said in str(row[0].value) for row in book["Léeme"].rows)
    assert said in measuring.report_as(workspace, live, ".json", language="es").decode()
    if change not in ("", "minimum"):
        assert "no se sabe" in page.one("section", id="findings").words
    # The first cell of the first stage: how many get here, of too few. Where no journey began,
    # there is no table of noughts to read.
    told = page.one("section", id="stages").words
    if change == "minimum":
        reach = next(row_of(page, "1 Mirar", caption="Las etapas").all("td")).words
        assert reach.startswith("— (")
    elif change:
        assert told.startswith("Etapa a etapa No se ha medido nada")
        assert "Las etapas, medidas" not in told
    if change:
        assert "0 %" not in told
