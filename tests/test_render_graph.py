"""The picture of the node graph: true figures, words that never collide, names that stay text."""

from __future__ import annotations

import csv
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.render.graph.captions import traced
from trayecto.render.graph.choice import choose, moments
from trayecto.render.graph.layout import Point, Route
from trayecto.render.graph.picture import TONES, graph_picture
from trayecto.render.palette import PAPER, contrast
from trayecto.render.svg import Box
from trayecto.render.type import width

DAY = 86_400.0
SVG = "{http://www.w3.org/2000/svg}"
LOG = Path(__file__).parents[2] / "shared/data/logs/running-example.csv"


def edge(source: str, target: str, count: int, *, people: int = 0, median_s: float = DAY) -> Edge:
    return Edge(source, target, count, people or count, 2 * median_s, median_s, 3 * median_s)


def shop() -> Graph:
    """Ten people: all see the ad, nine enter the shop, one twice in a row, four buy."""
    return Graph(
        per="person",
        people=10,
        interactions=25,
        nodes=(
            Node("ad", 10, 10, 10, 1),
            Node("shop", 11, 9, 0, 5),
            Node("buy", 4, 4, 0, 4),
        ),
        edges=(
            edge("ad", "shop", 9, median_s=2.5 * DAY),
            edge("shop", "buy", 4),
            edge("shop", "shop", 1, median_s=60),
            edge("shop", "ad", 1, median_s=600),
        ),
    )


def crowd(nodes: int, *, seed: int = 7) -> Graph:
    """A dense graph: every node leads to many others, some of them back."""
    chance = random.Random(seed)
    names = [f"touchpoint number {i}" for i in range(nodes)]
    edges = [
        edge(a, b, chance.randint(1, 900), median_s=10 ** chance.uniform(0, 7))
        for a in names
        for b in names
        if chance.random() < 6 / nodes
    ]
    met = [Node(name, 5_000 - i, 3_000, 40 if i < 3 else 0, 5) for i, name in enumerate(names)]
    return Graph("person", 9_000, 90_000, tuple(met), tuple(edges))


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return [title.text or "" for title in ET.fromstring(svg).iter(f"{SVG}title")]


def written(svg: str) -> list[Box]:
    """Return the room of all words."""
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        weight = text.attrib["font-weight"]
        wide = width(text.text or "", size, weight=600 if weight == "600" else 400)
        x, base = float(text.attrib["x"]), float(text.attrib["y"])
        left = x - {"middle": wide / 2, "end": wide}.get(text.attrib.get("text-anchor", ""), 0)
        found.append(Box(left, base - 0.7 * size, left + wide, base + 0.2 * size, text.text or ""))
    return found


def cards(svg: str) -> list[Box]:
    """Return the boxes of the nodes."""
    found = []
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        if "data-node" in group.attrib:
            rect = group.find(f"{SVG}rect")
            assert rect is not None
            x, y, w, h = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
            found.append(Box(x, y, x + w, y + h))
    return found


def drawn(svg: str) -> list[list[Point]]:
    """Return the points along every line."""
    found = []
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        if "data-source" in group.attrib:
            path = group.find(f"{SVG}path")
            assert path is not None
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.attrib["d"])]
            points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
            found.append(traced(Route("", "", "forward", points)))
    return found


def paper(svg: str) -> list[Box]:
    """Return the pieces of paper on which words interrupt their line."""
    found = []
    for rect in ET.fromstring(svg).findall(f"{SVG}rect"):
        if rect.attrib.get("fill") == PAPER and "rx" in rect.attrib:
            x, y, w, h = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
            found.append(Box(x, y, x + w, y + h))
    return found


def inside(point: Point, box: Box) -> bool:
    return box.left < point[0] < box.right and box.top < point[1] < box.bottom


def within(box: Box, room: Box) -> bool:
    across = room.left <= box.left and box.right <= room.right
    return across and room.top <= box.top and box.bottom <= room.bottom


def collisions(svg: str) -> list[str]:
    """Return what stands over something else: words, boxes, and lines through words."""
    texts, nodes, lines = written(svg), cards(svg), drawn(svg)
    page = ET.fromstring(svg).attrib["viewBox"].split()
    found = [f"{a.words} over {b.words}" for a, b in combinations(texts, 2) if a.meets(b)]
    found += ["box over box" for a, b in combinations(nodes, 2) if a.meets(b)]
    sheet = Box(0, 0, float(page[2]), float(page[3]))
    found += [f"{t.words} off the page" for t in texts if not within(t, sheet)]
    on_paper = paper(svg)
    for text in texts:
        own = [piece for piece in on_paper if piece.meets(text)]
        through = [line for line in lines if any(inside(point, text) for point in line)]
        if len(through) > len(own):
            found.append(f"a line through {text.words}")
        for node in nodes:
            if text.meets(node) and not within(text, node):
                found.append(f"{text.words} across the border of a box")
    return found


def test_the_title_says_how_much_of_the_graph_is_drawn() -> None:
    # 15 steps in all; the two commonest hold 13 of them, 13 / 15 = 87 %.
    in_english = words(graph_picture(shop(), language="en", at_most_edges=2))
    assert in_english[1] == (
        "3 nodes · 4 distinct steps · the 2 main ones are drawn, 87% of all steps taken"
        " · 10 people · 25 interactions"
    )
    in_spanish = words(graph_picture(shop(), language="es", at_most_edges=2))
    assert in_spanish[1].replace("\u00a0", " ") == (
        "3 nodos · 4 pasos distintos · se dibujan los 2 principales, el 87 % de los pasos dados"
        " · 10 personas · 25 interacciones"
    )


def test_a_picture_of_everything_says_so() -> None:
    everything = replace(shop(), edges=shop().edges[:2])
    assert "all are drawn" in words(graph_picture(everything, language="en"))[1]


def test_a_node_says_its_people_its_interactions_and_who_begins_and_ends_there() -> None:
    said = words(graph_picture(shop(), language="en"))
    at = said.index("ad")
    # 10 of 10 journeys begin at the ad, 1 ends there.
    assert said[at : at + 5] == ["ad", "10 people", "10 interactions", "100%", "10%"]


def test_a_line_says_how_often_and_how_long_in_the_readers_language() -> None:
    assert "9 · 2.5\u00a0d" in words(graph_picture(shop(), language="en"))
    in_spanish = [w.replace("\u00a0", " ") for w in words(graph_picture(shop(), language="es"))]
    assert "9 · 2,5 d" in in_spanish


def test_every_figure_of_a_line_is_in_its_title() -> None:
    said = [t.replace("\u00a0", " ") for t in titles(graph_picture(shop(), language="en"))]
    assert "ad → shop: 9 times, 9 people; median 2.5 d, mean 5 d, p90 7.5 d" in said
    assert "shop → ad: 1 time, 1 person; median 10 min, mean 20 min, p90 30 min" in said


def test_a_graph_by_case_counts_cases() -> None:
    said = " ".join(words(graph_picture(replace(shop(), per="case"), language="es")))
    assert "10 casos" in said
    assert "persona" not in said


def test_names_given_by_the_reader_replace_those_of_the_data() -> None:
    said = words(graph_picture(shop(), language="es", names={"ad": "Anuncio"}))
    assert "Anuncio" in said
    assert "ad" not in said


def test_an_empty_graph_says_so_and_what_to_do() -> None:
    empty = Graph("person", 0, 0, (), ())
    assert any("import some" in w for w in words(graph_picture(empty, language="en")))
    assert any("importa" in w for w in words(graph_picture(empty, language="es")))


def test_one_node_alone_is_a_picture() -> None:
    alone = Graph("person", 1, 1, (Node("web", 1, 1, 1, 1),), ())
    assert "1 persona" in words(graph_picture(alone, language="es"))
    assert not collisions(graph_picture(alone, language="es"))


def test_the_legend_states_its_scale() -> None:
    said = " ".join(words(graph_picture(shop(), language="en")))
    assert "square-root scale" in said
    assert "Arcs that leave below a box go back" in said


def test_every_tone_can_be_seen_on_paper_and_they_darken() -> None:
    seen = [contrast(tone, PAPER) for tone in TONES]
    assert min(seen) >= 3
    assert all(lighter < darker for lighter, darker in pairwise(seen))


def test_the_longer_wait_is_the_darker_line() -> None:
    svg = graph_picture(
        replace(
            shop(),
            edges=(edge("ad", "shop", 9, median_s=60), edge("shop", "buy", 4, median_s=30 * DAY)),
        ),
        language="en",
    )
    tones = {
        group.attrib["data-source"]: path.attrib["stroke"]
        for group in ET.fromstring(svg).iter(f"{SVG}g")
        if "data-source" in group.attrib and (path := group.find(f"{SVG}path")) is not None
    }
    assert contrast(tones["ad"], PAPER) < contrast(tones["shop"], PAPER)


def test_hostile_names_stay_text() -> None:
    hostile = '<script>alert("1")</script>{count} & \x00\u202e %s'
    graph = replace(
        shop(),
        nodes=(Node(hostile, 10, 10, 10, 1), *shop().nodes[1:]),
        edges=(edge(hostile, "shop", 9), edge("shop", "buy", 4)),
    )
    svg = graph_picture(graph, language="en")
    assert "<script" not in svg
    assert any('<script>alert("1")</script>{count} &' in title for title in titles(svg))


def test_a_node_of_rare_steps_stays_tied_to_the_rest() -> None:
    # Nobody would miss 3 of 1003 steps, but the judge would float alone.
    graph = Graph(
        "case",
        1_000,
        2_003,
        (
            Node("fine", 1_000, 1_000, 1_000, 0),
            Node("pay", 1_000, 1_000, 0, 1_000),
            Node("judge", 3, 3, 0, 3),
        ),
        (edge("fine", "pay", 1_000), edge("fine", "judge", 3), edge("pay", "fine", 1)),
    )
    chosen = choose(graph, at_most_nodes=40)
    assert [(e.source, e.target) for e in chosen.edges] == [("fine", "pay"), ("fine", "judge")]


def test_only_the_commonest_nodes_are_drawn_when_there_are_many() -> None:
    svg = graph_picture(crowd(30), language="es", at_most_nodes=12)
    assert len(cards(svg)) == 12
    assert "los 12 más frecuentes de 30 nodos" in words(svg)[1]


def test_a_node_is_as_late_as_customers_meet_it() -> None:
    # All begin at the ad (moment 0); the shop follows, and one of nine goes back to the ad.
    when = moments(shop())
    assert when["ad"] < when["shop"] < when["buy"]


@pytest.mark.parametrize("nodes", [2, 8, 19, 25, 40])
def test_no_word_stands_over_another_and_no_line_runs_through_a_word(nodes: int) -> None:
    for language in ("es", "en"):
        svg = graph_picture(crowd(nodes), language="es" if language == "es" else "en")
        assert collisions(svg) == []


def test_the_order_of_nodes_and_edges_does_not_change_a_byte() -> None:
    graph, chance = crowd(20), random.Random(1)
    mixed = replace(
        graph,
        nodes=tuple(chance.sample(graph.nodes, len(graph.nodes))),
        edges=tuple(chance.sample(graph.edges, len(graph.edges))),
    )
    assert graph_picture(graph, language="es") == graph_picture(mixed, language="es")


names = st.text(min_size=1, max_size=60)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph of up to ten nodes, with any names and figures."""
    named = draw(st.lists(names, max_size=10, unique=True))
    counts = st.integers(0, 3_000_000)
    nodes = [Node(n, draw(counts), draw(counts), draw(counts), draw(counts)) for n in named]
    spans = st.floats(0, 1e9)
    ends = (
        draw(st.lists(st.tuples(st.sampled_from(named), st.sampled_from(named)), unique=True))
        if named
        else []
    )
    edges = [
        Edge(a, b, draw(counts), draw(counts), draw(spans), draw(spans), draw(spans))
        for a, b in ends
    ]
    return Graph(draw(st.sampled_from(["person", "case"])), 5, 9, tuple(nodes), tuple(edges))


@settings(max_examples=60, deadline=None)
@given(graphs(), st.sampled_from(["es", "en"]))
def test_any_graph_is_well_formed_and_nothing_collides(graph: Graph, language: str) -> None:
    svg = graph_picture(graph, language="es" if language == "es" else "en")
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert len(cards(svg)) == len(graph.nodes)
    assert collisions(svg) == []


def running_example() -> Graph:
    """Return the graph of the textbook log, counted by hand in plain Python."""
    with LOG.open(encoding="utf-8", newline="") as file:
        rows = sorted(
            csv.DictReader(file), key=lambda row: datetime.fromisoformat(row["time:timestamp"])
        )
    by_case: dict[str, list[tuple[str, datetime]]] = {}
    for row in rows:
        moment = datetime.fromisoformat(row["time:timestamp"])
        by_case.setdefault(row["case:concept:name"], []).append((row["Activity"], moment))
    met = Counter(name for steps in by_case.values() for name, _ in steps)
    gaps: dict[tuple[str, str], list[float]] = {}
    for steps in by_case.values():
        for (source, before), (target, after) in pairwise(steps):
            gaps.setdefault((source, target), []).append((after - before).total_seconds())
    nodes = [
        Node(
            name,
            count,
            sum(any(name == n for n, _ in steps) for steps in by_case.values()),
            sum(steps[0][0] == name for steps in by_case.values()),
            sum(steps[-1][0] == name for steps in by_case.values()),
        )
        for name, count in met.items()
    ]
    edges = [edge(*ends, len(spans), median_s=median(spans)) for ends, spans in gaps.items()]
    return Graph("case", len(by_case), met.total(), tuple(nodes), tuple(edges))


@pytest.mark.skipif(not LOG.exists(), reason=f"no {LOG.name} beside the checkout")
def test_the_textbook_log_begins_at_its_left_and_ends_at_its_right() -> None:
    svg = graph_picture(running_example(), language="en")
    assert collisions(svg) == []
    left = {box.words: box.left for box in written(svg)}
    assert left["register request"] == min(left[w] for w in ("register request", "decide"))
    assert left["decide"] < left["reject request"] == left["pay compensation"]
    assert words(svg)[1].startswith("8 nodes · 16 distinct steps")
