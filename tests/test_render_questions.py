"""The pictures of the questions: true figures, words that never collide, the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from trayecto.journeys.answers_people import (
    Cohort,
    Moment,
    Retained,
    Retention,
    Timeline,
    Timelines,
)
from trayecto.journeys.answers_ways import (
    Around,
    Durations,
    Flow,
    Funnel,
    FunnelStep,
    Point,
    Segment,
    Spread,
    Stop,
)
from trayecto.render.palette import INK, PAPER, SHADE, contrast
from trayecto.render.questions.arrival import arrival_picture
from trayecto.render.questions.funnel import funnel_picture
from trayecto.render.questions.grid import grid_picture
from trayecto.render.questions.heat import heat_picture
from trayecto.render.questions.sankey import MOST, flow_picture
from trayecto.render.questions.sheet import shade
from trayecto.render.questions.timeline import timeline_picture
from trayecto.render.svg import Anchor, Box, Style, box_of
from trayecto.vocabulary.text import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
ANCHORS: dict[str, Anchor] = {"start": "start", "middle": "middle", "end": "end"}
LONG = "Visita de la persona técnica que instala la fibra en casa del cliente"


def step(name: str, people: int, before: int, of: int) -> FunnelStep:
    return FunnelStep(name, people, people / of, people / before, 0.4, 0.6, 2 * 86_400.0)


STEPS = (step("Anuncio", 12_480, 12_480, 12_480), step(LONG, 6_240, 12_480, 12_480),
         step("Compra", 0, 6_240, 12_480))  # fmt: skip
FUNNEL = Funnel("person", "loose", 7 * 86_400.0, STEPS, (Segment("phone", STEPS),))


def around(nodes: int, offsets: range, *, anchor: str | None = None) -> Around:
    """A thousand people, spread over many nodes at each offset, every way taken."""
    names = [f"{LONG} {i}" if i % 3 == 0 else f"nodo {i}" for i in range(nodes)]
    each = 1_000 // nodes
    stops = tuple(Stop(at, name, each) for at in offsets for name in names)
    flows = tuple(
        Flow(at, a, b, max(each // nodes, 1)) for at in offsets[:-1] for a in names for b in names
    )
    return Around("person", anchor, 1_000, stops, flows)


RETENTION = Retention(
    "person", "week", date(2026, 3, 9),
    (Cohort(date(2026, 2, 23), 400, (400, 100, 0)), Cohort(date(2026, 3, 2), 9, (9, 9))),
    (Retained(0, 1.0, 0.99, 1.0, 409), Retained(1, 0.25, 0.2, 0.3, 400),
     Retained(2, None, None, None, 0)),
)  # fmt: skip
DURATIONS = Durations(
    "person", "ad", LONG, 4, Spread(3, 1.0, 1.0, 1.0, 1.0, 1.0), 1, 14_400.0, 14_400.0, None, None,
    (Point(14_400.0, 0.5, 0.15, 0.94, 4), Point(180_000.0, 0.75, 0.33, 0.99, 2)),
)  # fmt: skip
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINES = Timelines(
    "person",
    tuple(
        Timeline(n, tuple(Moment(START + timedelta(days=i), LONG, "phone") for i in range(n)))
        for n in (1, 7, 60)
    ),
)
Draw = Callable[..., str]
PICTURES: dict[str, tuple[Draw, Any]] = {
    "funnel": (funnel_picture, FUNNEL),
    "flow of 3": (flow_picture, around(3, range(1, 4))),
    "flow of 25": (flow_picture, around(25, range(-2, 3), anchor=LONG)),
    "table of 8": (heat_picture, around(8, range(1, 11))),
    "table of 60": (heat_picture, around(60, range(-3, 4), anchor="nodo 1")),
    "grid": (grid_picture, RETENTION),
    "curve": (arrival_picture, DURATIONS),
    "lines": (timeline_picture, LINES),
}


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> tuple[list[Box], Box]:
    """Return the room of all words of a picture, and the sheet."""
    root = ET.fromstring(svg)
    texts = []
    for text in root.iter(f"{SVG}text"):
        parts = [part for part in (text, *text) if part.get("font-size")]
        size = max(float(part.attrib["font-size"]) for part in parts)
        bold = any(part.get("font-weight") == "600" for part in parts)
        anchor = ANCHORS[text.get("text-anchor", "start")]
        style = Style(size, weight=600 if bold else 400)
        said = "".join(text.itertext())
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        texts.append(box_of(x, y, said, style, anchor=anchor))
    return texts, Box(0, 0, float(root.attrib["width"]), float(root.attrib["height"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PICTURES)
def test_no_words_collide_and_none_leave_the_sheet(kind: str, language: Language) -> None:
    draw, answer = PICTURES[kind]
    svg = draw(answer, language=language)
    texts, sheet = boxes(svg)
    assert texts
    clashes = [(a.words, b.words) for a, b in combinations(texts, 2) if a.meets(b, gap=-1)]
    assert clashes == []
    outside = [t.words for t in texts if t.right > sheet.right - 8 or t.bottom > sheet.bottom]
    assert outside == []
    assert draw(answer, language=language) == svg


@pytest.mark.parametrize("kind", PICTURES)
def test_every_picture_speaks_both_languages(kind: str) -> None:
    draw, answer = PICTURES[kind]
    assert words(draw(answer, language="es")) != words(draw(answer, language="en"))


def test_bars_of_a_funnel_are_as_long_as_their_share() -> None:
    root = ET.fromstring(funnel_picture(replace(FUNNEL, segments=()), language="es"))
    blue = [float(r.attrib["width"]) for r in root.iter(f"{SVG}rect") if r.get("fill") == "#2F5DA8"]
    assert blue[1] / blue[0] == pytest.approx(0.5, abs=0.001)
    assert len(blue) == 2  # nobody reaches the third: no bar at all


def test_the_figures_of_a_funnel_stand_in_its_picture() -> None:
    said = " ".join(words(funnel_picture(FUNNEL, language="en")))
    for figure in ("12,480", "6,240", "50.0% go on (40.0%–60.0%)", "median wait 2", "6,240 do not"):
        assert figure in said.replace("\u00a0", " ")


def test_a_flow_puts_what_is_rare_together() -> None:
    said = words(flow_picture(around(25, range(1, 3)), language="en"))
    assert said.count(f"{25 - MOST} others") == 2


def test_a_running_period_is_outlined_and_what_is_not_yet_known_is_not_drawn() -> None:
    svg = grid_picture(RETENTION, language="en")
    assert len(re.findall(r'stroke="#2F5DA8"', svg)) == 2  # the last cell of each cohort
    assert [w for w in words(svg) if "%" in w and "95" not in w] == [
        "100%", "25%", "100%", "25%", "0%", "100%", "100%",
    ]  # fmt: skip


def test_few_are_not_nobody() -> None:
    few = Around("person", None, 100_000, (Stop(1, "a", 99_999), Stop(1, "b", 1)), ())
    assert "<0.1%" in words(heat_picture(few, language="en"))


def test_an_interval_open_above_says_from_where() -> None:
    assert any("4\u00a0h or more" in w for w in words(arrival_picture(DURATIONS, language="en")))


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_letters_can_be_read_on_every_shade(share: float) -> None:
    def mixed(at: int) -> int:
        paper, darkest = (int(colour[at : at + 2], 16) for colour in (PAPER, SHADE))
        return round(paper + (darkest - paper) * shade(share))

    assert contrast(INK, "#" + "".join(f"{mixed(at):02X}" for at in (1, 3, 5))) >= 4.5


@pytest.mark.parametrize(
    ("draw", "answer"),
    [
        (funnel_picture, replace(FUNNEL, steps=(step("a", 0, 1, 1), step("b", 0, 1, 1)))),
        (flow_picture, Around("person", None, 0, (), ())),
        (heat_picture, Around("case", "x", 0, (), ())),
        (grid_picture, Retention("person", "month", None, (), ())),
        (timeline_picture, Timelines("person", ())),
        (arrival_picture, replace(DURATIONS, people=0, curve=())),
    ],
)
def test_a_picture_of_nobody_says_so(draw: Draw, answer: Any) -> None:
    assert "Nadie pasa estos filtros." in words(draw(answer, language="es"))
    assert "Nobody passes these filters." in words(draw(answer, language="en"))


def test_names_stay_text() -> None:
    nasty = Around("person", None, 1, (Stop(1, '<script>"&', 1),), ())
    for draw in (flow_picture, heat_picture):
        assert any(w.startswith("<script>") for w in words(draw(nasty, language="en")))


@pytest.mark.parametrize("draw", [flow_picture, heat_picture])
def test_long_names_that_begin_alike_are_told_apart_by_where_they_differ(draw: Draw) -> None:
    plans = [f"Consulta de las tarifas de fibra y móvil para empresas {n}" for n in (1, 2, 30)]
    stops = tuple(Stop(1, name, 10) for name in [*plans, "Alta"])
    said = [
        text.text
        for text in ET.fromstring(draw(Around("person", None, 40, stops, ()), language="es")).iter(
            f"{SVG}text"
        )
    ]
    shown = [words for words in said if words and words.startswith("Consulta")]
    assert len(set(shown)) == 3
    assert [words.rpartition("… ")[2] for words in shown] == ["1", "2", "30"]
    assert "Alta" in said
