"""The node graph and the whole paths, against hand-made stories, honest Python and pm4py."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import DATA, NOON, lived, needs_data, workspace_of
from trayecto import flow
from trayecto.journeys.answers import Graph
from trayecto.vocabulary.errors import TrayectoError

STORY = """
    ana: ad > shop >2d ad > buy
    luz: ad >3h shop
    eva: shop > shop
"""


def edges(graph: Graph) -> dict[tuple[str, str], int]:
    return {(edge.source, edge.target): edge.count for edge in graph.edges}


def test_the_graph_counts_interactions_people_and_steps(tmp_path: Path) -> None:
    graph = flow.graph(workspace_of(tmp_path, STORY), flow.Scope())
    assert (graph.people, graph.interactions) == (3, 8)
    assert {n.name: (n.interactions, n.people, n.starts, n.ends) for n in graph.nodes} == {
        "shop": (4, 3, 1, 2),
        "ad": (3, 2, 2, 0),
        "buy": (1, 1, 0, 1),
    }
    assert edges(graph) == {
        ("ad", "shop"): 2,
        ("shop", "ad"): 1,
        ("ad", "buy"): 1,
        ("shop", "shop"): 1,
    }


def test_the_gap_of_a_step_is_the_time_since_the_step_before(tmp_path: Path) -> None:
    graph = flow.graph(workspace_of(tmp_path, STORY), flow.Scope())
    ad_to_shop = next(edge for edge in graph.edges if (edge.source, edge.target) == ("ad", "shop"))
    assert (ad_to_shop.mean_s, ad_to_shop.median_s) == (7200, 7200)  # 1 h and 3 h
    assert ad_to_shop.p90_s == pytest.approx(3600 + 0.9 * 7200)


def test_the_commonest_path_comes_first(tmp_path: Path) -> None:
    story = "ana: ad > buy\nluz: ad > buy\neva: ad > shop > buy"
    found = flow.variants(workspace_of(tmp_path, story), flow.Scope())
    assert (found.journeys, found.total) == (3, 2)
    assert [(v.path, v.count) for v in found.listed] == [
        (("ad", "buy"), 2),
        (("ad", "shop", "buy"), 1),
    ]


def test_what_arrives_late_takes_its_place_in_time(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad >2d buy")
    late = tmp_path / "late.csv"
    late.write_text("timestamp,user_id,event,channel\n2026-03-02T12:00:00+00:00,ana,call,phone\n")
    flow.import_files(workspace, [late], source="calls")
    assert flow.variants(workspace, flow.Scope()).listed[0].path == ("ad", "call", "buy")


def test_ties_in_time_keep_the_order_of_the_file(tmp_path: Path) -> None:
    found = flow.variants(workspace_of(tmp_path, "ana: ad >0s shop >0s buy"), flow.Scope())
    assert found.listed[0].path == ("ad", "shop", "buy")


def test_a_question_about_some_sources_orders_only_their_steps(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad >2d buy")
    call = tmp_path / "call.csv"
    call.write_text("timestamp,user_id,event,channel\n2026-03-02T12:00:00+00:00,ana,call,phone\n")
    flow.import_files(workspace, [call], source="calls")
    found = flow.variants(workspace, flow.Scope(sources=("web",)))
    assert found.listed[0].path == ("ad", "buy")
    graph = flow.graph(workspace, flow.Scope(sources=("web",)))
    assert graph.edges[0].mean_s == 2 * 86_400


def test_a_period_is_half_open(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad >1d shop >1d buy")
    first, third = lived("x: a >2d b")[0][1], lived("x: a >2d b")[1][1]
    period = flow.Period(since=first, until=third)
    assert flow.variants(workspace, flow.Scope(period=period)).listed[0].path == ("ad", "shop")


def test_an_unknown_source_is_said_with_the_nearest_one(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad")
    with pytest.raises(TrayectoError, match="Did you mean: web"):
        flow.graph(workspace, flow.Scope(sources=("wob",)))


def test_an_empty_workspace_says_how_to_fill_it(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "empty", language="en")
    with pytest.raises(TrayectoError, match="trayecto import"):
        flow.graph(workspace, flow.Scope())


def test_asking_by_case_without_cases_says_so(tmp_path: Path) -> None:
    with pytest.raises(TrayectoError, match="No interaction carries a case"):
        flow.graph(workspace_of(tmp_path, "ana: ad"), flow.Scope(per="case"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ana", "luz", "eva"]),
            st.integers(0, 5),
            st.sampled_from(["ad", "shop", "buy"]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_graph_and_variants_equal_slow_honest_python(rows: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        lines = [f"{NOON.isoformat()[:11]}1{hour}:00:00,{who},{what}" for who, hour, what in rows]
        file.write_text("timestamp,user_id,event\n" + "\n".join(lines) + "\n")
        workspace = flow.create(Path(folder) / "w", language="en")
        flow.import_files(workspace, [file], source="web")
        graph, found = (
            flow.graph(workspace, flow.Scope()),
            flow.variants(workspace, flow.Scope()),
        )
    people: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for who, hour, what in sorted(rows, key=lambda row: row[1]):  # a stable sort: ties by row
        people[who].append((hour, what))
    steps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for path in people.values():
        for (before, source), (after, target) in pairwise(path):
            steps[source, target].append((after - before) * 3600)
    assert edges(graph) == {pair: len(gaps) for pair, gaps in steps.items()}
    for edge in graph.edges:
        gaps = steps[edge.source, edge.target]
        assert edge.mean_s == pytest.approx(mean(gaps))
        assert edge.median_s == pytest.approx(median(gaps))
    paths = Counter(tuple(what for _, what in path) for path in people.values())
    assert {v.path: v.count for v in found.listed} == paths


LOGS = {
    "running-example": "running-example.csv",
    "reviewing": "reviewing.xes.gz",
    "repairExample": "repair_example.xes.gz",
    "patients": "patients.parquet",
    "traffic_fines": "traffic_fines.parquet",
}


@needs_data
@pytest.mark.parametrize("log", LOGS)
def test_real_logs_give_the_very_figures_of_pm4py(log: str, tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected" / "pm4py_reference.json").read_text())["logs"][log]
    workspace = flow.create(tmp_path / "w", language="en")
    mapping = None
    if log == "patients":  # its only column of whom is the patient: here the case
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text("mapping: 1\ntime: time\nname: handling\ncase: patient\n")
    (done,) = flow.import_files(workspace, [DATA / "logs" / LOGS[log]], source=log, mapping=mapping)
    assert (done.read, done.kept, done.rejected) == (expected["events"], expected["events"], 0)
    graph = flow.graph(workspace, flow.Scope(per="case"))
    assert (graph.people, graph.interactions) == (expected["cases"], expected["events"])
    assert {n.name: n.interactions for n in graph.nodes} == expected["activity_counts"]
    assert {n.name: n.starts for n in graph.nodes if n.starts} == expected["start_activities"]
    assert {n.name: n.ends for n in graph.nodes if n.ends} == expected["end_activities"]
    assert len(graph.edges) == expected["dfg_edges"]
    assert sum(edge.count for edge in graph.edges) == expected["dfg_total"]
    found = edges(graph)
    assert {(a, b): found[a, b] for a, b, _ in expected["dfg_top"]} == {
        (a, b): count for a, b, count in expected["dfg_top"]
    }
    gaps = {(edge.source, edge.target): edge for edge in graph.edges}
    for step in expected["performance_dfg_top"]:
        edge = gaps[tuple(step["edge"])]
        assert edge.mean_s == pytest.approx(step["mean_s"])
        assert edge.median_s == pytest.approx(step["median_s"])
    paths = flow.variants(workspace, flow.Scope(per="case"))
    assert paths.total == expected["variants"]
    counts = {v.path: v.count for v in paths.listed}
    for variant in expected["top_variants"]:
        assert counts[tuple(variant["trace"])] == variant["count"]
