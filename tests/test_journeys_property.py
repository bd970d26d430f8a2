"""Nodes told by a property, cases named by one, and every answer in every form."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import duckdb
import pytest
from typer.testing import CliRunner

from trayecto import flow
from trayecto.cli.commands import app
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.script import whole
from trayecto.workspace import Workspace

SHOP = [
    "2026-03-01T10:00:00Z,ana,visit,web,basic,A1",
    "2026-03-01T11:00:00Z,ana,order,web,basic,A1",
    "2026-03-01T10:00:00Z,luz,visit,web,pro,B2",
    "2026-03-01T12:00:00Z,luz,order,web,pro,B2",
    "2026-03-01T13:00:00Z,luz,cancel,phone,,B2",
    "2026-03-01T14:00:00Z,eva,visit,web,pro,",
]
WAREHOUSE = [
    "2026-03-02T11:00:00Z,,pack,warehouse,,A1",
    "2026-03-03T11:00:00Z,,deliver,van,,A1",
]
PLANS = flow.Scope(by="property:plan")
ORDERS = flow.Scope(case="order_no")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("orders")
    workspace = flow.create(folder / "workspace", language="es")
    for source, rows in (("shop", SHOP), ("warehouse", WAREHOUSE)):
        file = folder / f"{source}.csv"
        file.write_text("\n".join(["timestamp,user_id,event,channel,plan,order_no", *rows]))
        flow.import_files(workspace, [file], source=source)
    return workspace


# Nodes by a property


def test_a_node_may_be_any_property(workspace: Workspace) -> None:
    graph = flow.graph(workspace, PLANS)
    # Luz's cancellation does not say her plan.
    assert {(n.name, n.interactions, n.people) for n in graph.nodes} == {
        ("pro", 3, 2), ("basic", 2, 1), ("—", 1, 1),
    }  # fmt: skip
    assert {(e.source, e.target, e.count, e.median_s) for e in graph.edges} == {
        ("basic", "basic", 1, 3600.0), ("pro", "pro", 1, 7200.0), ("pro", "—", 1, 3600.0),
    }  # fmt: skip


def test_what_came_before_by_a_property_is_what_remains_in_scope(workspace: Workspace) -> None:
    web = flow.Scope(by="property:plan", channels=("web",))
    assert {(e.source, e.target) for e in flow.graph(workspace, web).edges} == {
        ("basic", "basic"), ("pro", "pro"),
    }  # fmt: skip


def test_a_property_names_the_nodes_of_every_question(workspace: Workspace) -> None:
    found = flow.funnel(workspace, PLANS, ["basic|pro", "—"])
    assert [step.people for step in found.steps] == [3, 1]
    assert flow.members(workspace, PLANS, "pro", then="—").people == 1
    assert flow.around(workspace, PLANS, "pro", after=1).journeys == 2
    assert flow.durations(workspace, PLANS, source="pro", target="—").arrived.median_s == 10800
    assert [c.name for c in flow.influence(workspace, PLANS, "—").credits] == ["pro", "basic"]
    # A touchpoint can still be asked for.
    assert flow.members(workspace, PLANS, "cancel").people == 1


def test_the_graph_by_a_property_is_what_slow_honest_counting_gives(workspace: Workspace) -> None:
    lived: dict[str, list[str]] = {}
    for row in sorted(SHOP):
        _, who, _, _, plan, _ = row.split(",")
        lived.setdefault(who, []).append(plan or "—")
    ways = Counter(way for plans in lived.values() for way in pairwise(plans))
    assert {(e.source, e.target): e.count for e in flow.graph(workspace, PLANS).edges} == ways


# Cases by a property


def test_a_property_may_name_the_case_across_sources(workspace: Workspace) -> None:
    found = flow.variants(workspace, ORDERS)
    assert found.per == "case"
    assert {v.path for v in found.listed} == {
        ("visit", "order", "pack", "deliver"), ("visit", "order", "cancel"),
    }  # fmt: skip
    shop = flow.Scope(case="order_no", sources=("shop",))
    assert {v.path for v in flow.variants(workspace, shop).listed} == {
        ("visit", "order"), ("visit", "order", "cancel"),
    }  # fmt: skip


def test_the_sequence_of_cases_is_made_for_them(workspace: Workspace) -> None:
    edges = {(e.source, e.target): e for e in flow.graph(workspace, ORDERS).edges}
    assert edges["visit", "order"].count == 2
    assert edges["visit", "order"].mean_s == 1.5 * 3600
    assert edges["order", "pack"].mean_s == 24 * 3600


def test_cases_are_chosen_by_what_is_known_of_them(workspace: Workspace) -> None:
    pro = flow.Scope(case="order_no", people=flow.rule_of(["plan=pro"]))
    assert flow.variants(workspace, pro).listed[0].path == ("visit", "order", "cancel")
    packed = flow.Scope(case="order_no", contains=("pack",))
    assert flow.variants(workspace, packed).journeys == 1
    (one,) = flow.members(workspace, ORDERS, "deliver", named=True).listed
    assert one.names == ("A1",)


def test_cases_of_two_kinds_are_not_compared(workspace: Workspace) -> None:
    with pytest.raises(TrayectoError, match="same case"):
        flow.compare(workspace, ORDERS, flow.Scope(case="plan"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("graph --by property:plam", "¿Querías decir: plan?"),
        ("graph --by chanel", "¿Querías decir: channel?"),
        ("graph --by property:", "property:NOMBRE"),
        ("graph --case order", "¿Querías decir: order_no?"),
        ("variants --case zzz", "case_id"),
        ("graph --case case_id", "--case"),
        ("funnel prro basic --by property:plan", "¿Querías decir: pro"),
    ],
)
def test_an_unknown_property_is_refused_with_the_nearest(
    words: str, said: str, workspace: Workspace
) -> None:
    done = CliRunner().invoke(app, [*words.split(), "-w", str(workspace.folder), "-l", "es"])
    assert isinstance(done.exception, TrayectoError)
    assert said in done.exception.say("es")


# The graph as the issue asks for it


def test_the_nodes_of_a_graph_tell_share_and_loops(workspace: Workspace) -> None:
    nodes = {node["name"]: node for node in flow.graph(workspace, PLANS).as_json()["nodes"]}
    assert nodes["pro"] == {
        "name": "pro", "interactions": 3, "people": 2, "share": 2 / 3, "starts": 2, "ends": 1,
        "loops": 1,
    }  # fmt: skip


# Every answer in every form

A_DAY = timedelta(days=1)
QUESTIONS: dict[str, Callable[[Workspace, flow.Scope], Any]] = {
    "graph": lambda w, s: flow.graph(w, s),
    "variants": lambda w, s: flow.variants(w, s),
    "paths": lambda w, s: flow.around(w, s, "order", before=1),
    "funnel": lambda w, s: flow.funnel(w, s, ["visit", "order"]),
    "strict": lambda w, s: flow.funnel(
        w, s, ["visit", "order"], rules=flow.FunnelRules(order="strict", split="channel")
    ),
    "durations": lambda w, s: flow.durations(w, s, source="visit", target="order"),
    "sessions": lambda w, s: flow.sessions(w, s, gap=timedelta(minutes=30)),
    "retention": lambda w, s: flow.retention(w, s, every="day"),
    "exits": lambda w, s: flow.exits(w, s, silence=A_DAY),
    "influence": lambda w, s: flow.influence(w, s, "order"),
    "compare": lambda w, s: flow.compare(w, s, s, names=("a", "b")),
    "who": lambda w, s: flow.members(w, s, "order", named=True),
    "timeline": lambda w, s: flow.timelines(w, s),
    "moods": lambda w, s: flow.moods(w, s),
}
SCOPES = {
    "everybody": flow.Scope(),
    "the web": flow.Scope(channels=("web",)),
    "by plan": PLANS,
    "by order": ORDERS,
    "who ordered": flow.Scope(contains=("order",)),
    "on pro": flow.Scope(people=flow.rule_of(["plan=pro"])),
}


def by_hand(text: str) -> list[list[tuple[Any, ...]]]:
    """Return the rows of every statement of a script that a plain DuckDB gives."""
    with duckdb.connect() as connection:
        return [
            connection.execute(statement).fetchall()
            for statement in duckdb.extract_statements(text)
        ]


def alike(rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> bool:
    """Tell whether two answers have the same rows, in whatever order."""
    return sorted(map(repr, rows)) == sorted(map(repr, others))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("scope", SCOPES)
def test_the_script_of_every_question_gives_its_rows_by_hand(
    question: str, scope: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[tuple[Any, ...]]] = []
    asked = Session.ask

    def noted(session: Any, step: str, sql: str) -> list[tuple[Any, ...]]:
        rows = asked(session, step, sql)
        told.append(rows)
        return rows

    monkeypatch.setattr(Session, "ask", noted)
    with flow.recording() as sql:
        QUESTIONS[question](workspace, SCOPES[scope])
    found = by_hand(whole(sql))
    # What `create` and `set` answer is no figure of ours; ours come in the same order.
    rest = iter(found)
    assert told
    assert all(any(alike(rows, own) for own in rest) for rows in told)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_shows_its_picture_and_tables_in_a_notebook(
    question: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = QUESTIONS[question](workspace, flow.Scope())
    monkeypatch.delenv("TRAYECTO_LANGUAGE", raising=False)
    shown = answer._repr_html_()
    assert shown.startswith('<div lang="es">')  # the workspace's
    assert "<svg" in shown
    assert "<table" in shown
    assert "<script" not in shown
    monkeypatch.setenv("TRAYECTO_LANGUAGE", "en")
    assert answer._repr_html_().startswith('<div lang="en">')


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_a_workbook_with_figures_as_figures(
    question: str, workspace: Workspace, tmp_path: Path
) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed: no workbook is written")
    answer = QUESTIONS[question](workspace, flow.Scope())
    file = tmp_path / "answer.xlsx"
    file.write_bytes(flow.workbook_of(answer, language="es"))
    with ZipFile(file) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        text = "".join(book.read(name).decode() for name in sheets)
    assert sheets
    assert "<v>" in text or question == "moods"
    assert flow.workbook_of(answer, language="es") == file.read_bytes()


def test_a_workbook_of_a_graph_has_its_nodes_and_its_steps(
    workspace: Workspace, tmp_path: Path
) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed: no workbook is written")
    file = tmp_path / "graph.xlsx"
    done = CliRunner().invoke(app, ["graph", "-w", str(workspace.folder), "-o", str(file)])
    assert done.exit_code == 0, done.exception
    with ZipFile(file) as book:
        names = book.read("xl/workbook.xml").decode()
        first = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'name="Cifras"' in names
    assert 'name="Nodos"' in names
    assert "Pasos entre nodos" in names
    # People and interactions of the whole graph: 3 and 6.
    assert "<v>3</v>" in first
    assert "<v>6</v>" in first


# OCEL


def test_the_steps_are_an_object_centric_log(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonocel"
    assert flow.export(workspace, ORDERS, file) == 7
    log = json.loads(file.read_text("utf-8"))
    assert Counter(event["type"] for event in log["events"]) == {
        "visit": 2, "order": 2, "pack": 1, "deliver": 1, "cancel": 1,
    }  # fmt: skip
    assert {kind["name"] for kind in log["eventTypes"]} == {e["type"] for e in log["events"]}
    known = {one["id"] for one in log["objects"]}
    of = Counter(link["objectId"] for event in log["events"] for link in event["relationships"])
    assert set(of) <= known
    # Order A1 has four events, B2 three; ana did two of them and luz three.
    assert sorted(n for id_, n in of.items() if id_.startswith("case-")) == [3, 4]
    first = log["events"][0]
    assert first["time"] == "2026-03-01T10:00:00.000000Z"
    assert {"name": "channel", "value": "web"} in first["attributes"]


def test_json_xml_and_sqlite_tell_the_same_log(workspace: Workspace, tmp_path: Path) -> None:
    everybody = flow.Scope()
    for kind in ("jsonocel", "xmlocel", "sqlite"):
        assert flow.export(workspace, everybody, tmp_path / f"log.{kind}") == 6
    log = json.loads((tmp_path / "log.jsonocel").read_text("utf-8"))
    told = {
        (e["id"], e["type"], *(r["objectId"] for r in e["relationships"])) for e in log["events"]
    }
    tree = ElementTree.parse(tmp_path / "log.xmlocel")
    assert told == {
        (e.attrib["id"], e.attrib["type"], *(r.attrib["object-id"] for r in e.iter("relationship")))
        for e in tree.iter("event")
    }
    with sqlite3.connect(tmp_path / "log.sqlite") as base:
        rows = base.execute(
            """select e.ocel_id, ocel_type, ocel_object_id from event e
               join event_object r on r.ocel_event_id = e.ocel_id"""
        ).fetchall()
        (visits,) = base.execute(
            "select ocel_type_map from event_map_type where ocel_type = 'visit'"
        ).fetchone()
        assert base.execute(f"select count(*) from event_{visits}").fetchone() == (3,)
    assert set(rows) == told


def test_our_own_import_reads_the_log_back(workspace: Workspace, tmp_path: Path) -> None:
    told = flow.graph(workspace, ORDERS)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "mapping: 1\ntime: 'ocel:timestamp'\nname: 'ocel:activity'\ncase: 'ocel:type:case'\n"
    )
    for kind in ("jsonocel", "xmlocel", "sqlite"):
        file = tmp_path / f"log.{kind}"
        flow.export(workspace, ORDERS, file)
        again = flow.create(tmp_path / kind, language="en")
        flow.import_files(again, [file], source="log", mapping=mapping)
        assert flow.graph(again, flow.Scope("case")) == told, kind


def test_an_unknown_ending_lists_those_there_are(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(TrayectoError, match=r"\.jsonocel"):
        flow.export(workspace, flow.Scope(), tmp_path / "log.doc")


# Pictures


def test_the_colours_of_a_graph_tell_how_people_felt(tmp_path: Path) -> None:
    rows = [f"2026-03-01T10:{i:02d}:00Z,p{i},visit,10\n" for i in range(30)]
    rows += [f"2026-03-01T11:{i:02d}:00Z,p{i},pay,0\n" for i in range(30)]
    rows.append("2026-03-01T12:00:00Z,p0,leave,\n")
    file, mapping = tmp_path / "a.csv", tmp_path / "mapping.yaml"
    file.write_text("timestamp,user_id,event,nps\n" + "".join(rows))
    mapping.write_text(
        "mapping: 1\ntime: timestamp\nname: event\nidentifiers: {user_id: user_id}\n"
        "score: {column: nps, scale: nps}\n"
    )
    workspace = flow.create(tmp_path / "workspace", language="es")
    flow.import_files(workspace, [file], source="web", mapping=mapping)
    everybody = flow.Scope()
    graph = flow.graph(workspace, everybody)
    told = flow.picture_of_feelings(workspace, everybody, graph, language="es")
    # As on a map, from −2 to +2: the best score is the top, the worst the bottom.
    assert "emoción +2,0" in told
    assert "emoción −2,0" in told
    assert "emoción —" in told  # nobody said how leaving felt
    assert "Banda: cómo se siente la gente, de −2 a +2" in told
    assert "emoción" not in flow.picture_of(graph, language="es")


def test_no_bar_says_more_than_its_scale(workspace: Workspace) -> None:
    picture = flow.picture_of(flow.variants(workspace, flow.Scope()), language="en")
    assert "0%" in picture
    assert "What most people do" in picture
    assert "visit → order → cancel" in picture
