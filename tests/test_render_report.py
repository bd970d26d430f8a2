from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import FIBRE, FIBRE_FINDINGS, FIBRE_MEASURED, grown, measured, passage, times
from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import Measured, StageMeasure, Times, TouchpointMeasure
from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.maps.document import Boundaries, JourneyMap
from trayecto.render import palette
from trayecto.render.report import definitions as report_definitions
from trayecto.render.report import definitions_judged as report_definitions_judged
from trayecto.render.report import words as report_words
from trayecto.render.report.page import index_page, report_page
from trayecto.render.report.told import Report
from trayecto.vocabulary.estimate import Estimate, share, unknown
from trayecto.vocabulary.text import (
    LANGUAGES,
    NOTHING,
    Language,
    Text,
    duration,
    number,
    percent,
    same,
)

VOID = {"br", "col", "input", "link", "meta"}
HOSTILE = same("<script>alert('ana')</script><img src=x onerror=alert(1)>\"'&")

GRAPH = Graph(
    "person",
    12_480,
    214_806,
    (Node("ad", 9_800, 9_800, 9_000, 100), Node("plans", 8_215, 8_000, 200, 3_000)),
    (Edge("ad", "plans", 6_700, 6_600, 86_400.0, 50_000.0, 300_000.0),),
)


@dataclass
class Element:
    """One element of a page: its name, its attributes, what is inside."""

    name: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, name: str | None = None, **attributes: str) -> Iterator[Element]:
        """Give every element inside, at any depth, that has this name and these attributes."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        for one in self.inside:
            if isinstance(one, Element):
                if name in (None, one.name) and wanted.items() <= one.attributes.items():
                    yield one
                yield from one.all(name, **attributes)

    def one(self, name: str | None = None, **attributes: str) -> Element:
        found = list(self.all(name, **attributes))
        assert len(found) == 1, f"{len(found)} times {name} {attributes}"
        return found[0]

    @property
    def words(self) -> str:
        """Everything a reader reads, in one line."""
        parts = (part if isinstance(part, str) else part.words for part in self.inside)
        return " ".join(" ".join(parts).split())

    def has(self, look: str) -> bool:
        return look in self.attributes.get("class", "").split()


class Reader(HTMLParser):
    """Reads a page, and stops where something is opened and not closed, or the reverse."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says something twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], "something is never closed"
    return reader.root


def made(
    journey_map: JourneyMap = FIBRE,
    measures: Measured = FIBRE_MEASURED,
    *,
    findings: tuple[Finding, ...] = FIBRE_FINDINGS,
    graph: Graph | None = GRAPH,
    language: Language = "es",
    data_note: Text = NOTHING,
) -> Element:
    return read(
        report_page(
            Report(
                journey_map,
                measures,
                language,
                findings=findings,
                graph=graph,
                made_on=date(2026, 6, 1),
                data_note=data_note,
            )
        )
    )


@pytest.fixture(scope="module")
def fibra() -> Element:
    return made()


def row_of(page: Element, head: str, *, caption: str) -> Element:
    """Return the row whose head begins with these words, in the table of that name."""
    tables = [t for t in page.all("table") if t.one("caption").words.startswith(caption)]
    rows = [
        row
        for table in tables
        for row in table.one("tbody").all("tr")
        if row.one("th").words.startswith(head)
    ]
    assert len(rows) == 1, f"{len(rows)} rows of {head} in {caption}"
    return rows[0]


def test_it_opens_with_what_was_asked_and_what_was_measured(fibra: Element) -> None:
    head = fibra.one("header").words
    assert head.startswith(
        "Alta de fibra y móvil ¿Por qué uno de cada cinco clientes nuevos se va antes de estar"
    )
    assert "12 480 altas de otras tantas personas" in head
    assert "del 1 de marzo de 2026 al 31 de mayo de 2026" in head
    assert "214 806 interacciones de web, crm, whatsapp, fsm y erp" in head
    # 3188 of 3188 + 8088 = 28.27 %; those still open are no failure and no success.
    assert "3188 llegan al final, el 28,3 % (27,4–29,1) de lo ya terminado" in head
    assert "8088 se quedan por el camino y 1204 siguen en curso" in head


def test_the_findings_come_in_their_order_with_figures_and_whom_they_touch(fibra: Element) -> None:
    found = [item.words for item in fibra.one("ol", class_="findings").all("li")]
    assert found[0] == (
        "1 684 personas llaman para saber dónde está el técnico, y nadie lo dibujó "
        "Ahí se sienten a −1,5 (n 512); quien llama se va 2,4 veces más. "
        "Nadie lo dibujó · afecta a 684 personas · ver «Cita por SMS»"
    )
    assert [words[0] for words in found] == ["1", "2", "3"]


def test_no_findings_is_said_in_a_sentence() -> None:
    page = made(findings=())
    assert "Nada destaca" in page.one("section", id="findings").words
    assert not list(page.all("ol", class_="findings"))


def test_eight_findings_are_read_at_once_and_the_others_are_folded_away() -> None:
    many = tuple(replace(FIBRE_FINDINGS[0], people=100 - n) for n in range(11))
    first, rest = made(findings=many).all("ol", class_="findings")
    assert (len(list(first.all("li"))), len(list(rest.all("li")))) == (8, 3)
    assert rest.attributes["start"] == "9"
    folded = made(findings=many).one("section", id="findings").one("details")
    assert folded.one("summary").words == "3 más, menos graves"


def test_the_sections_stand_in_the_order_a_director_reads() -> None:
    page = made()
    ids = [s.attributes["id"] for s in page.one("main").inside if isinstance(s, Element)]
    assert ids == ["map", "findings", "stages", "undrawn", "settle", "graph", "method"]
    links = [a.attributes["href"] for a in page.one("nav").all("a")]
    assert links == [f"#{place}" for place in ids]


def test_without_a_graph_nothing_leads_to_one() -> None:
    page = made(graph=None)
    assert not list(page.all("section", id="graph"))
    assert "#graph" not in [a.attributes["href"] for a in page.one("nav").all("a")]


def test_a_stage_tells_who_gets_there_who_goes_on_and_how_long_it_takes(fibra: Element) -> None:
    row = row_of(fibra, "2 Comparación", caption="Las etapas")
    reach, often, onward, left, still_open, median, p90, target = (c.words for c in row.all("td"))
    assert reach == "65,8 % (65,0–66,7) 8215 de 12 480"
    assert often == "9858"
    assert onward == "54,3 % (53,2–55,3) 4390 de 8090"
    assert left == "45,7 % la mayor pérdida (44,7–46,8) 3700 de 8090"
    assert still_open == "125"
    assert median == "9,4 d tarde (8,5–10,3 d) n 8215"
    assert (p90, target) == ("24 d", "7 d")


def test_only_the_stage_that_loses_most_is_told_in_colour(fibra: Element) -> None:
    stages = next(t for t in fibra.all("table") if t.has("stages"))
    marked = [row.one("th").words for row in stages.all("tr") if "la mayor pérdida" in row.words]
    assert marked == ["2 Comparación"]


def test_late_is_told_in_a_word_and_in_colour_never_in_colour_alone(fibra: Element) -> None:
    row = row_of(fibra, "Técnico en casa", caption="Puntos de contacto de «Instalación»")
    late = [one for one in row.all("span") if one.has("bad") and not one.has("bar")]
    assert [one.words for one in late if one.has("strong")] == ["8,9 d", "−1,5"]
    assert "8,9 d tarde" in row.words
    in_time = row_of(fibra, "Correo de bienvenida", caption="Puntos de contacto")
    assert "tarde" not in in_time.words


def test_a_touchpoint_lays_the_measured_beside_the_expected(fibra: Element) -> None:
    row = row_of(fibra, "Ayuda", caption="Puntos de contacto de «Uso y ayuda»")
    assert row.one("th").words == "Ayuda Teléfono opcional"
    cells = [cell.words for cell in row.all("td")]
    # 1204 do it, 1204 // 7 skip it, 1204 // 11 repeat it.
    assert cells[1:4] == ["1204 1444 veces", "172", "109"]
    assert cells[-3] == "+0,8"
    assert cells[-2] == "+0,2 (+0,0…+0,4) n 311"
    assert cells[-1] == "CSAT 3,9 (3,8–4,0) n 512"


def shares(*several: Estimate, language: Language) -> Iterator[str]:
    for one in several:
        if one.value is not None and 0.0005 < one.value < 0.9995:
            yield percent(one.value, language, decimals=1)


def spans(told: Times, *, language: Language) -> Iterator[str]:
    for seconds in (told.median_s.value, told.p90_s, told.target_s):
        if seconds is not None:
            yield duration(seconds, language)


def counts(*several: int, language: Language) -> Iterator[str]:
    for one in several:
        yield number(one, language)


def figures_of(place: StageMeasure | TouchpointMeasure, language: Language) -> Iterator[str]:
    """Give every figure of a stage or touchpoint as a reader should find it in its row."""
    passed = place.passage
    yield from counts(passed.interactions, passed.reached, passed.still_open, language=language)
    if passed.reached:
        yield from counts(passed.onward, passed.left, language=language)
    yield from shares(passed.reach, passed.onward_share, passed.drop_off, language=language)
    if isinstance(place, StageMeasure):
        yield from spans(place.duration, language=language)
        return
    yield from spans(place.wait, language=language)
    yield from counts(place.done, place.skipped, place.repeated, language=language)
    if place.felt.value is not None:
        yield number(abs(place.felt.value) * 2, language, decimals=1)
    for score in place.scores:
        yield number(score.value.value, language, decimals=1)


def missing(figures: Iterator[str], told: str) -> list[str]:
    """Return the figures that are not told, each as a whole: 25 is not in 3253."""
    plain = (" ".join(figure.split()) for figure in figures)
    return [f for f in plain if not re.search(rf"(?<![\d,.]){re.escape(f)}(?!\d)", told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_place_is_in_its_row(language: Language) -> None:
    page = made(language=language)
    stages = next(t for t in page.all("table") if t.has("stages")).one("tbody")
    rows = list(stages.all("tr"))
    for stage, row in zip(FIBRE_MEASURED.stages, rows, strict=True):
        assert missing(figures_of(stage, language), row.words) == []
    for place, touchpoint in enumerate(FIBRE_MEASURED.touchpoints, start=1):
        row = page.one("tr", id=f"touchpoint-{place}")
        assert missing(figures_of(touchpoint, language), row.words) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_whole_is_told(language: Language) -> None:
    totals, coverage = FIBRE_MEASURED.totals, FIBRE_MEASURED.coverage
    method = made(language=language).one("section", id="method").words
    told = (totals.journeys, totals.people, totals.completed, totals.left, totals.still_open)
    lie = (coverage.on_map, coverage.undrawn, coverage.outside, coverage.nobody)
    assert missing(counts(*told, *lie, coverage.interactions, language=language), method) == []
    known = shares(totals.completed_share, coverage.share, language=language)
    assert missing(known, method) == []
    assert missing(spans(totals.duration, language=language), method) == []


def test_what_rests_on_too_few_is_a_dash_with_its_reason_and_never_zero() -> None:
    few = replace(
        FIBRE_MEASURED.stages[0],
        passage=replace(
            passage(12, 8, 4, of=12),
            reach=share(12, 12).at_least(30),
            onward_share=share(8, 12).at_least(30),
            drop_off=share(4, 12).at_least(30),
        ),
        duration=times(None, None, None, 8),
    )
    page = made(measures=replace(FIBRE_MEASURED, stages=(few, *FIBRE_MEASURED.stages[1:])))
    cells = [c.words for c in row_of(page, "1 Descubrimiento", caption="Las etapas").all("td")]
    assert cells[2] == "— (menos de 30) n 12"
    assert cells[5] == "— (menos de 30) n 8"
    assert cells[7] == "— (el mapa no promete ningún plazo)"
    dashes = [one for one in page.all("span") if one.has("unknown")]
    assert dashes
    assert all(one.attributes["title"] for one in dashes)


def test_a_share_that_is_not_nothing_never_reads_as_nothing() -> None:
    rare = replace(
        FIBRE_MEASURED.stages[0],
        passage=replace(FIBRE_MEASURED.stages[0].passage, drop_off=share(1, 12_315)),
    )
    page = made(measures=replace(FIBRE_MEASURED, stages=(rare, *FIBRE_MEASURED.stages[1:])))
    assert "< 0,1 %" in row_of(page, "1 Descubrimiento", caption="Las etapas").words


def test_a_touchpoint_without_rules_has_no_figures_at_all() -> None:
    measures = replace(FIBRE_MEASURED, unbound=("cobertura",))
    row = row_of(
        made(measures=measures), "Verificación de cobertura", caption="Puntos de contacto de"
    )
    cells = [cell.words for cell in row.all("td")]
    assert cells[0] == "— (sin reglas, no se mide)"
    assert not any(character.isdigit() for cell in cells for character in cell)


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ((("phone", 9),), "Teléfono"),
        ((("unknown", 9),), "Teléfono"),
        # Of 400: Wilson's interval by the book. Of four nothing is told but how many they are.
        (
            (("phone", 300), ("chat", 100)),
            "Teléfono 75,0 % (70,5–79,0) · Chat 25,0 % (21,0–29,5) · n 400",
        ),
        ((("phone", 3), ("chat", 1)), "Teléfono — · Chat — · n 4"),
        ((("chat", 4),), "Chat (dibujado: Teléfono)"),
    ],
)
def test_the_channels_really_used_are_told_where_they_differ_from_the_drawn_one(
    used: tuple[tuple[str, int], ...], told: str
) -> None:
    whole = sum(n for _, n in used)
    mix = tuple((channel, share(n, whole).at_least(30)) for channel, n in used)
    touchpoints = tuple(
        replace(one, channels=used, mix=mix) if one.id == "ayuda" else one
        for one in FIBRE_MEASURED.touchpoints
    )
    page = made(measures=replace(FIBRE_MEASURED, touchpoints=touchpoints))
    row = row_of(page, "Ayuda", caption="Puntos de contacto de")
    assert row.one("th").words == f"Ayuda {told} opcional"


def test_what_nobody_drew_says_where_it_happens(fibra: Element) -> None:
    row = row_of(fibra, "llamada: ¿dónde está el técnico?", caption="Nodos que nadie dibujó")
    assert [c.words for c in row.all("td")] == [
        "Teléfono", "1912", "684", "Cita por SMS", "Instalación",
    ]  # fmt: skip
    nowhere = row_of(fibra, "foro", caption="Nodos que nadie dibujó")
    assert [c.words for c in nowhere.all("td")][-1] == "— (sin lugar en el mapa)"


def test_what_the_map_leaves_unclear_says_what_to_do() -> None:
    measures = replace(
        FIBRE_MEASURED,
        unbound=("cobertura",),
        ambiguous=(("store/help · store · crm", ("tienda", "ayuda")),),
    )
    words = made(measures=measures).one("section", id="settle").words
    assert "Nos recomienda Redes sociales Uso y ayuda review*" in words
    assert "si ya nadie lo hace, quítalos del mapa" in words
    assert "Verificación de cobertura" in words
    assert "store/help · store · crm Visita a la tienda Ayuda" in words


def test_a_map_without_loose_ends_says_so() -> None:
    page = made(measures=replace(FIBRE_MEASURED, untouched=(), undrawn=()))
    assert "ningún nodo se reclama dos veces" in page.one("section", id="settle").words
    assert "está en el mapa" in page.one("section", id="undrawn").words


def test_coverage_adds_up(fibra: Element) -> None:
    heads = ("En un punto", "Dentro de un trayecto", "Fuera", "Todas")
    rows = [row_of(fibra, head, caption="Dónde está cada interacción") for head in heads]
    on_map, undrawn, outside, every = (
        int(next(row.all("td")).words.replace(" ", "")) for row in rows
    )
    assert (on_map, undrawn, outside) == (195_473, 12_888, 6_445)
    assert on_map + undrawn + outside == every == 214_806


def test_each_figure_of_a_table_head_leads_to_what_it_means(fibra: Element) -> None:
    meanings = {one.id for one in report_definitions.DEFINITIONS} | {report_definitions.JOURNEY}
    linked = {
        link.attributes["href"].removeprefix("#")
        for head in fibra.all("thead")
        for link in head.all("a")
    }
    assert linked <= meanings
    on_page = {one.attributes["id"] for one in fibra.one("dl", class_="definitions").all("div")}
    assert linked <= on_page <= meanings
    # Nobody voted here, so nothing is said of votes.
    assert report_definitions_judged.VOTED not in on_page


def test_a_journey_is_defined_by_the_maps_own_boundaries() -> None:
    ours = replace(
        FIBRE,
        journeys=Boundaries(
            per="case",
            noun=Text(en="sign-ups", es="altas"),
            starts=("anuncio", "buscador"),
            completes=("factura",),
        ),
    )
    words = made(ours).one("div", id=report_definitions.JOURNEY).words
    assert "Empieza en «Anuncio» y «Buscador»." in words
    assert "Se completa en «Primera factura»." in words
    assert "sigue en curso" in words


def test_in_a_map_by_case_nobody_is_called_a_person() -> None:
    by_case = replace(FIBRE, journeys=Boundaries(per="case", noun=Text(en="fines", es="multas")))
    page = made(by_case)
    findings = page.one("section", id="findings").words
    assert "afecta a 684 multas" in findings
    assert "personas" not in page.one("section", id="undrawn").words
    assert "12 480 multas, del 1 de marzo" in page.one("header").words


def test_a_map_that_nothing_enters_teaches_what_to_check() -> None:
    nobody = replace(FIBRE_MEASURED, totals=replace(
        FIBRE_MEASURED.totals, journeys=0, people=0, completed=0, left=0, still_open=0,
        completed_share=unknown(), duration=times(None, None, None, 0),
    ))  # fmt: skip
    assert "Ningún trayecto de este mapa empieza" in made(measures=nobody).one("header").words


def test_what_is_special_about_the_data_is_said_at_the_top_and_at_the_foot() -> None:
    page = made(data_note=Text(en="Invented data.", es="Datos inventados."))
    assert "Datos inventados." in page.one("header").words
    foot = page.one("footer").words
    assert foot == "Datos inventados. · Informe del 1 de junio de 2026 trayecto"


def test_each_picture_is_on_its_paper_and_has_its_tables(fibra: Element) -> None:
    pictures = list(fibra.all("svg"))
    # The measured map, the map as drawn, and the graph.
    assert [picture.attributes["role"] for picture in pictures] == ["img"] * 3
    assert all(strip.has("paper") for strip in fibra.all("div") if any(strip.all("svg")))
    drawn = [t.one("caption").words for t in fibra.all("table") if "tal como se dibujó" in t.words]
    assert len(drawn) == len(FIBRE.stages)
    edge = row_of(fibra, "ad", caption="Los pasos que se dibujan")
    assert [c.words for c in edge.all("td")] == ["plans", "6700", "6600", "13,9 h", "1 d", "3,5 d"]


def test_what_was_drawn_is_told_in_words(fibra: Element) -> None:
    row = row_of(fibra, "Técnico en casa", caption="«Instalación», tal como se dibujó")
    assert "Acción, inicia la empresa" in row.words
    assert "Tercera vez que pido fiesta para nada" in row.words
    assert "Punto de dolor Nadie le avisa cuando la cita cambia" in row.words
    assert "Se va 13,5 %: cancela plazo: 5 d" in row.words


def test_a_reader_without_eyes_or_mouse_finds_the_way(fibra: Element) -> None:
    assert fibra.one("html").attributes["lang"] == "es"
    skip = next(fibra.all("a"))
    assert (skip.words, skip.attributes["href"]) == ("Saltar a los hallazgos", "#findings")
    for landmark in ("header", "nav", "main", "footer", "h1"):
        fibra.one(landmark)
    for table in fibra.all("table"):
        assert table.one("caption").words
        assert all(head.attributes["scope"] for head in table.all("th"))
    for strip in fibra.all("div"):
        if strip.has("scroll"):
            assert strip.attributes["tabindex"] == "0"
            assert strip.attributes["aria-label"]


def assert_sound(page: Element) -> None:
    """Ids are unique, links land, and no table row is longer or shorter than its head."""
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    targets = {a.attributes["href"] for a in page.all("a")}
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    for table in page.all("table"):
        head = next(table.one("thead").all("tr"))
        columns = sum(int(th.attributes.get("colspan", "1")) for th in head.all("th"))
        for row in table.one("tbody").all("tr"):
            assert len([c for c in row.inside if isinstance(c, Element)]) == columns


def assert_asks_nothing_of_any_other_place(page: Element) -> None:
    for one in page.all():
        assert one.name not in {"script", "iframe", "object", "embed", "base", "form"}
        for name, value in one.attributes.items():
            assert not name.startswith("on"), f"{one.name} {name}"
            if name in {"href", "src", "xlink:href", "srcset", "action", "poster"}:
                assert value.startswith(("#", "data:", "./")), value
    style = " ".join(one.words for one in page.all("style"))
    assert "@import" not in style
    assert all(u.startswith("data:") for u in re.findall(r"url\(['\"]?([^)'\"]*)", style))
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; font-src data:;")
    assert "script-src" not in policy


def test_the_page_asks_nothing_of_any_other_place(fibra: Element) -> None:
    assert_sound(fibra)
    assert_asks_nothing_of_any_other_place(fibra)


def test_hostile_words_are_only_words() -> None:
    tarifas = FIBRE.stages[1].touchpoints[0]
    hostile = replace(
        FIBRE,
        title=HOSTILE,
        question=HOSTILE,
        owner=HOSTILE,
        journeys=replace(FIBRE.journeys, noun=HOSTILE),
        stages=(
            replace(FIBRE.stages[0], name=HOSTILE, goal=HOSTILE, opportunity=HOSTILE),
            replace(
                FIBRE.stages[1],
                touchpoints=(
                    replace(tarifas, name=HOSTILE, thought=HOSTILE, area=HOSTILE),
                    *FIBRE.stages[1].touchpoints[1:],
                ),
            ),
            *FIBRE.stages[2:],
        ),
    )
    name = HOSTILE.en
    node = replace(FIBRE_MEASURED.undrawn[0], touchpoint=name, channel=name, after=name)
    measures = replace(
        FIBRE_MEASURED,
        sources=(name,),
        undrawn=(node,),
        ambiguous=((name, ("tienda", name)),),
    )
    found = Finding("wait", name, HOSTILE, HOSTILE, 5)
    graph = Graph("person", 2, 2, (Node(name, 2, 2, 2, 2),), (Edge(name, name, 1, 1, 1, 1, 1),))
    for language in LANGUAGES:
        page = made(
            hostile, measures, findings=(found,), graph=graph, language=language, data_note=HOSTILE
        )
        assert_sound(page)
        assert_asks_nothing_of_any_other_place(page)
        assert "alert('ana')" in page.one("h1").words
        assert not list(page.all("img"))


def test_words_with_braces_are_only_words() -> None:
    braces = same("{0} {x} {{}}")
    ours = replace(FIBRE, title=braces, journeys=replace(FIBRE.journeys, noun=braces))
    page = made(ours, replace(FIBRE_MEASURED, sources=("{x}",)), data_note=braces)
    assert page.one("h1").words == "{0} {x} {{}}"


def fixed_texts() -> Iterator[tuple[str, Text]]:
    for module in (report_words, report_definitions):
        for name, value in vars(module).items():
            if isinstance(value, Text):
                yield name, value
            elif isinstance(value, dict):
                yield from ((name, t) for t in value.values() if isinstance(t, Text))
    for one in report_definitions.DEFINITIONS:
        yield one.id, one.term
        yield one.id, one.means


def test_every_fixed_word_is_in_both_languages_and_takes_the_same_facts() -> None:
    texts = list(fixed_texts())
    assert len(texts) > 150
    for name, text in texts:
        assert text.en.strip(), name
        assert text.es.strip(), name
        assert set(re.findall(r"{\w+}", text.en)) == set(re.findall(r"{\w+}", text.es)), name


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("es", ("Skip it", "Go on", "Still open")), ("en", ("Lo saltan", "Siguen", "En curso"))],
)
def test_a_report_speaks_one_language(language: Language, foreign: tuple[str, ...]) -> None:
    told = made(language=language).one("main").words
    assert not [word for word in foreign if word in told]


def test_the_same_measures_give_the_same_bytes() -> None:
    def page() -> str:
        return report_page(
            Report(FIBRE, FIBRE_MEASURED, "en", findings=FIBRE_FINDINGS, graph=GRAPH)
        )

    assert page() == page()


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), stages=st.integers(1, 7), more=st.integers(0, 12))
def test_a_report_of_any_map_is_sound(seed: int, stages: int, more: int) -> None:
    journey_map = grown(stages, stages + more, seed=seed)
    language = Random(seed).choice(LANGUAGES)
    page = made(
        journey_map, measured(journey_map, seed=seed), findings=(), graph=None, language=language
    )
    assert_sound(page)
    assert_asks_nothing_of_any_other_place(page)


def tokens(css: str) -> list[dict[str, str]]:
    """Return the colours of each `:root`, day first."""
    blocks = re.findall(r":root {(.*?)}", css, re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in blocks]


def test_the_page_has_the_colours_of_the_pictures_and_a_night_one_can_read() -> None:
    css = (Path(report_words.__file__).parent / "page.css").read_text("utf-8")
    day, night = tokens(css)[:2]
    for name in ("ink", "soft", "hairline", "paper", "card", "good", "bad", "beige"):
        assert day[name].upper() == getattr(palette, name.upper())
    assert day["link"].upper() == palette.COMPANY
    assert set(day) == set(night)
    for colours in (day, night):
        for letters in ("ink", "soft", "good", "bad", "link"):
            assert palette.contrast(colours[letters], colours["paper"]) >= 4.5


def test_the_list_of_reports_leads_to_each_with_what_was_found() -> None:
    page = read(
        index_page(
            [
                ("traffic-fines.html", Text(en="A fine", es="Una multa"), same("102 d")),
                ("//evil.example/x y.html", HOSTILE, NOTHING),
                ("javascript:alert(1)", same("a"), NOTHING),
            ],
            language="es",
        )
    )
    assert_asks_nothing_of_any_other_place(page)
    items = list(page.one("ol").all("li"))
    assert items[0].words == "Una multa 102 d"
    links = [a.attributes["href"] for a in page.one("main").all("a")]
    assert links == [
        "./traffic-fines.html", ".///evil.example/x%20y.html", "./javascript%3Aalert%281%29",
    ]  # fmt: skip


def test_an_empty_list_of_reports_says_how_to_make_one() -> None:
    assert "trayecto measure" in read(index_page([], language="en")).one("main").words
