"""Files in, clean interactions out: what is kept, what is known already, what is set aside."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from examples import DATA, needs_data, write_csv
from trayecto import flow, importing
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import Workspace

GOOD = "timestamp,user_id,event\n2026-03-01 10:00:00,ana,ad\n2026-03-01 11:00:00,ana,buy\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return flow.create(tmp_path / "workspace", language="en", zone="Europe/Madrid", region="ES")


def put(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask("test", sql)


def test_the_same_file_twice_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, GOOD)
    (first,) = flow.import_files(workspace, [file], source="web")
    (again,) = flow.import_files(workspace, [file], source="web")
    assert (first.read, first.kept, first.duplicates) == (2, 2, 0)
    assert (again.read, again.kept, again.duplicates) == (2, 0, 2)
    assert rows(workspace, "select count(*) from interactions") == [(2,)]


def test_a_longer_export_adds_only_what_is_new(workspace: Workspace, tmp_path: Path) -> None:
    flow.import_files(workspace, [put(tmp_path, GOOD)], source="web")
    longer = put(tmp_path, GOOD + "2026-03-02 09:00:00,luz,ad\n", "longer.csv")
    (done,) = flow.import_files(workspace, [longer], source="web")
    assert (done.kept, done.duplicates) == (1, 2)


def test_two_clicks_in_one_second_are_two_facts(workspace: Workspace, tmp_path: Path) -> None:
    twice = put(tmp_path, GOOD + "2026-03-01 10:00:00,ana,ad\n")
    (done,) = flow.import_files(workspace, [twice], source="web")
    assert (done.kept, done.duplicates) == (3, 0)
    (again,) = flow.import_files(workspace, [twice], source="web")
    assert (again.kept, again.duplicates) == (0, 3)


def test_an_id_column_proves_that_two_rows_are_one_fact(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = (
        "event_id,timestamp,user_id,event\n7,2026-03-01 10:00,ana,ad\n7,2026-03-01 10:00,ana,ad\n"
    )
    (done,) = flow.import_files(workspace, [put(tmp_path, text)], source="web")
    assert (done.kept, done.duplicates) == (1, 1)


def test_what_cannot_be_used_is_kept_with_its_line_and_reason(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = (
        GOOD  # lines 1 to 3
        + '2026-03-01 12:00:00,ana,"a\nb"\n'  # lines 4 and 5: one row
        + "not a time,ana,ad\n"  # line 6
        + ",ana,ad\n"  # line 7
        + "2026-03-01 13:00:00,ana,\n"  # line 8
        + "0001-01-01 00:00:00,ana,ad\n"  # line 9
        + "2026-03-01 14:00:00,ana\n"  # line 10: a column is missing
    )
    (done,) = flow.import_files(workspace, [put(tmp_path, text)], source="web")
    assert (done.read, done.kept, done.duplicates, done.rejected) == (8, 3, 0, 5)
    assert rows(workspace, "select line, reason, field from rejected order by line") == [
        (6, "bad_time", "timestamp"),
        (7, "no_time", "timestamp"),
        (8, "no_name", "event"),
        (9, "time_out_of_range", "timestamp"),
        (10, "malformed", None),
    ]
    assert rows(workspace, "select raw from rejected where line = 6") == [
        ('{"timestamp":"not a time","user_id":"ana","event":"ad"}',)
    ]
    flow.import_files(workspace, [tmp_path / "export.csv"], source="web")
    assert rows(workspace, "select count(*) from rejected") == [(5,)]


def test_times_without_a_zone_are_the_customers(workspace: Workspace, tmp_path: Path) -> None:
    flow.import_files(workspace, [put(tmp_path, GOOD)], source="web")
    ((first,),) = rows(workspace, "select cast(min(occurred_at) as varchar) from interactions")
    assert first == "2026-03-01 09:00:00+00"  # ten in Madrid


def test_times_with_a_zone_keep_it(workspace: Workspace, tmp_path: Path) -> None:
    text = "timestamp,user_id,event\n2026-03-01T10:00:00Z,ana,a\n2026-03-01T10:00:00-05:00,ana,b\n"
    flow.import_files(workspace, [put(tmp_path, text)], source="web")
    found = rows(
        workspace, "select name, cast(occurred_at as varchar) from interactions order by 1"
    )
    assert found == [("a", "2026-03-01 10:00:00+00"), ("b", "2026-03-01 15:00:00+00")]


def test_a_spanish_export_is_read_as_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    text = "Fecha;Teléfono;Acción\n31/03/2026 10:00;600 11 22 33;Reclamación\n"
    file = put(tmp_path, text.encode("cp1252"))
    proposal = importing.propose_mapping(workspace, file)
    assert (proposal.mapping.time, proposal.mapping.format) == ("Fecha", "%d/%m/%Y %H:%M")
    assert (proposal.mapping.name, proposal.mapping.identifiers) == (
        "Acción",
        {"phone": "Teléfono"},
    )
    flow.import_files(workspace, [file], source="crm")
    assert rows(workspace, "select name from interactions") == [("Reclamación",)]
    assert rows(workspace, "select phone from links") == [("+34600112233",)]


def test_a_date_that_could_be_either_is_said_to_be(workspace: Workspace, tmp_path: Path) -> None:
    text = "fecha,cliente,evento\n03/04/2026 10:00,ana,ad\n"
    proposal = importing.propose_mapping(workspace, put(tmp_path, text))
    assert proposal.mapping.format == "%d/%m/%Y %H:%M"
    assert "month/day" in proposal.notes[0].en
    assert "mes/día" in proposal.notes[0].es


def test_the_mapping_can_be_saved_edited_and_given(workspace: Workspace, tmp_path: Path) -> None:
    file, saved = put(tmp_path, GOOD), tmp_path / "mapping.yaml"
    flow.import_files(workspace, [file], source="web", save_mapping=saved)
    text = saved.read_text("utf-8")
    assert "column: timestamp" in text
    saved.write_text(text.replace("name: event", "name: user_id"), "utf-8")
    flow.import_files(workspace, [file], source="other", mapping=saved)
    assert rows(workspace, "select distinct name from interactions where source = 'other'") == [
        ("ana",)
    ]


def test_a_mapping_that_is_wrong_is_wrong_all_at_once(workspace: Workspace, tmp_path: Path) -> None:
    mapping = put(
        tmp_path,
        "mapping: 1\ntime: {column: timestamp, zone: Europe/Narnia}\nnane: event\n"
        "channel: {fixed: wep}\n",
        "mapping.yaml",
    )
    with pytest.raises(TrayectoError) as raised:
        flow.import_files(workspace, [put(tmp_path, GOOD)], source="web", mapping=mapping)
    assert [(p.line, p.field) for p in raised.value.problems] == [
        (3, "nane"),
        (1, "name"),
        (2, "zone"),
        (4, "fixed"),
    ]
    assert "did you mean web" in raised.value.problems[3].what.en


def test_a_column_that_is_not_there_is_offered_the_nearest(
    workspace: Workspace, tmp_path: Path
) -> None:
    mapping = put(tmp_path, "mapping: 1\ntime: timestampp\nname: event\n", "mapping.yaml")
    with pytest.raises(TrayectoError, match="Did you mean: timestamp"):
        flow.import_files(workspace, [put(tmp_path, GOOD)], source="web", mapping=mapping)


BAD_FILES: dict[str, tuple[bytes | None, str]] = {
    "missing.csv": (None, "no such file"),
    "empty.csv": (b"", "is empty"),
    "binary.csv": (bytes(range(256)) * 9, "binary"),
    "cut.csv.gz": (gzip.compress(GOOD.encode() * 999)[:60], "damaged or cut short"),
    "book.xlsx": (b"PK\x03\x04rest", "cannot be imported"),
    "cut.parquet": (b"PAR1 and no more", "damaged or cut short"),
    "page.xes": (b"<html><body>404</body></html>", "not an XES log"),
    "cut.xes": (b"<log><trace><event>", "broken or cut short"),
    "bomb.xes": (b'<!DOCTYPE log [<!ENTITY a "aaaa">]><log>&a;</log>', "declares entities"),
    "no-time.csv": (b"user_id,event\nana,ad\n", "looks like a time"),
    "twice.csv": (b"event,event,timestamp\na,b,2026-01-01\n", "more than once: event"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_says_what_is_wrong_and_nothing_is_half_written(
    name: str, workspace: Workspace, tmp_path: Path
) -> None:
    content, words = BAD_FILES[name]
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TrayectoError, match=words) as raised:
        flow.import_files(workspace, [file], source="web")
    problem = raised.value.problems[0]
    assert problem.what.es
    assert problem.what.es != problem.what.en
    assert rows(workspace, "select count(*) from interactions") == [(0,)]


def test_one_bad_file_does_not_stop_the_others(workspace: Workspace, tmp_path: Path) -> None:
    good, bad = put(tmp_path, GOOD), tmp_path / "missing.csv"
    with pytest.raises(importing.ImportStopped) as raised:
        flow.import_files(workspace, [bad, good], source="web")
    assert [done.as_json()["file"] for done in raised.value.done] == ["export.csv"]
    assert flow.graph(workspace, flow.Scope()).interactions == 2


def test_a_folder_is_not_a_file(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(TrayectoError, match="a folder, not a file"):
        flow.import_files(workspace, [tmp_path], source="web")


def test_rows_of_nobody_are_kept_and_said(workspace: Workspace, tmp_path: Path) -> None:
    text = GOOD + "2026-03-01 12:00:00,,ad\n"
    (done,) = flow.import_files(workspace, [put(tmp_path, text)], source="web")
    assert (done.kept, done.nobody) == (3, 1)
    assert flow.graph(workspace, flow.Scope()).interactions == 2


def test_scores_outside_their_scale_are_no_scores(workspace: Workspace, tmp_path: Path) -> None:
    text = "timestamp,user_id,event,nps\n2026-03-01,ana,survey,9\n2026-03-01,luz,survey,11\n"
    flow.import_files(workspace, [put(tmp_path, text)], source="web")
    assert rows(workspace, "select user_id, score, scale from interactions order by 1") == [
        ("ana", 9.0, "nps:0:10"),
        ("luz", None, None),
    ]


def test_node_rules_name_touchpoints_and_channels(workspace: Workspace, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "calls.csv", "ana: CALL_IN_07 > CALL_OUT_02 > other")
    workspace.node_rules.write_text(
        "nodes: 1\nrules:\n"
        "  - {source: calls, name: 'CALL_IN*', touchpoint: help call, to_channel: phone}\n"
        "  - {source: calls, name: 'CALL*', touchpoint: we call, to_channel: phone, side: back}\n"
    )
    flow.import_files(workspace, [file], source="calls")
    assert rows(workspace, "select touchpoint, channel, side from nodes order by 1") == [
        ("help call", "phone", "front"),
        ("other", "web", None),
        ("we call", "phone", "back"),
    ]


def test_edited_node_rules_are_obeyed_at_the_next_question(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "web.csv", "ana: ad > buy")
    flow.import_files(workspace, [file], source="web")
    workspace.node_rules.write_text("nodes: 1\nrules:\n  - {name: ad, touchpoint: advert}\n")
    found = flow.variants(workspace, flow.Scope())
    assert found.listed[0].path == ("advert", "buy")


def test_bad_node_rules_say_their_lines(workspace: Workspace) -> None:
    workspace.node_rules.write_text(
        "nodes: 1\nrules:\n  - {nome: ad}\n  - {name: ad, to_channel: fone}\n"
    )
    with pytest.raises(TrayectoError) as raised:
        flow.unify_and_observe(workspace)
    assert [(p.line, p.field) for p in raised.value.problems] == [
        (3, "rules[0].nome"),
        (4, "rules[1].to_channel"),
    ]


REAL = {
    "logs/running-example.csv": 42,
    "logs/running-example.xes": 42,
    "logs/bupar_patients21.csv": 21,
    "logs/servicenow_incidents.csv.gz": 2_901,
    "clicks/ecom.csv.gz": 31_106,
    "clicks/online_retail_sample.parquet": 18_477,
}


@needs_data
@pytest.mark.parametrize("name", REAL)
def test_real_files_import_with_every_row(name: str, workspace: Workspace, tmp_path: Path) -> None:
    mapping = None
    if "retail" in name:  # its columns are named in its own way
        mapping = put(
            tmp_path,
            "mapping: 1\ntime: InvoiceDate\nname: StockCode\ncase: InvoiceNo\n"
            "identifiers: {user_id: CustomerID}\n",
            "mapping.yaml",
        )
    (done,) = flow.import_files(workspace, [DATA / name], source="real", mapping=mapping)
    assert (done.read, done.kept, done.rejected) == (REAL[name], REAL[name], 0)
