"""What is kept aside is kept as it came; what is a fact says what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from trayecto import care, flow, importing
from trayecto.collect import files
from trayecto.workspace import SETTINGS, Workspace

HEADER = "timestamp,user_id,event,comment\n"
MISREAD = "No funciona el telÃ©fono"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return flow.create(tmp_path / "workspace", language="es", zone="Europe/Madrid", region="ES")


def rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask("test", sql)


def parquet(workspace: Workspace, file: Path, sql: str) -> Path:
    with workspace.lake.session() as session:
        session.run("make", f"copy ({sql}) to '{file}' (format parquet)")
    return file


def export(workspace: Workspace, folder: Path, kind: str) -> Path:
    """Write one good row and one without a time, both with broken accents, as a *kind* of file."""
    file = folder / f"export.{kind}"
    good, bad = ("2026-03-01", "ana", "alta", MISREAD), ("", "luz", "baja", MISREAD)
    names = HEADER.strip().split(",")
    match kind:
        case "csv":
            file.write_text(HEADER + "\n".join(map(",".join, (good, bad))) + "\n", "utf-8")
        case "jsonl":
            lines = (json.dumps(dict(zip(names, row, strict=True))) for row in (good, bad))
            file.write_text("\n".join(lines), "utf-8")
        case "xlsx":
            book = openpyxl.Workbook()
            sheet = book.active
            assert sheet is not None
            for row in (names, good, bad):
                sheet.append(list(row))
            book.save(file)
        case "parquet":
            listed = " union all ".join(
                "select "
                + ", ".join(f"nullif('{v}', '') as {n}" for n, v in zip(names, row, strict=True))
                for row in (good, bad)
            )
            parquet(workspace, file, listed)
    return file


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_facts_are_put_right_and_rejects_are_as_they_came(
    kind: str, workspace: Workspace, tmp_path: Path
) -> None:
    (done,) = flow.import_files(workspace, [export(workspace, tmp_path, kind)], source="web")
    assert (done.read, done.kept, done.rejected) == (2, 1, 1)
    assert "corregidas (TelÃ©fono → Teléfono): 2." in done.notes[-1].es
    assert rows(workspace, "select text from interactions") == [("No funciona el teléfono",)]
    (aside,) = care.list_rejects(workspace)
    assert json.loads(aside.raw)["comment"] == MISREAD


def test_a_line_that_is_no_row_is_kept_as_it_came(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(HEADER + "2026-03-01,ana,alta,telÃ©fono\n2026-03-02,averÃ­a\n", "utf-8")
    flow.import_files(workspace, [file], source="web")
    (aside,) = care.list_rejects(workspace)
    assert (aside.reason, aside.line, aside.raw) == ("malformed", 3, "2026-03-02,averÃ­a")


def test_a_replay_gives_the_facts_that_the_mended_file_would(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    file.write_text(HEADER + f"01.03.2026,ana,alta,{MISREAD}\n2026-03-02,luz,alta,bien\n", "utf-8")
    iso = tmp_path / "iso.yaml"
    iso.write_text(
        "mapping: 1\ntime: timestamp\nname: event\ntext: comment\nidentifiers: {user_id: user_id}\n"
    )
    flow.import_files(workspace, [file], source="web", mapping=iso)
    assert len(care.list_rejects(workspace)) == 1
    mended = tmp_path / "mended.yaml"
    mended.write_text(
        iso.read_text().replace("timestamp", "{column: timestamp, format: '%d.%m.%Y'}", 1)
    )
    done = care.replay_rejects(workspace, source="web", mapping=mended)
    assert done
    assert (done.kept, done.rejected) == (1, 0)
    assert care.list_rejects(workspace) == ()
    assert rows(workspace, "select text from interactions order by user_id") == [
        ("No funciona el teléfono",), ("bien",)
    ]  # fmt: skip
    # Once more, and the whole file under the mended mapping: the fact is known already.
    assert care.replay_rejects(workspace, source="web", mapping=mended) is None
    (again,) = flow.import_files(workspace, [file], source="web", mapping=mended)
    assert (again.kept, again.duplicates, again.rejected) == (0, 1, 1)
    assert rows(workspace, "select count(*) from interactions") == [(2,)]


def test_columns_of_parquet_are_put_right_and_stay_apart(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = parquet(
        workspace,
        tmp_path / "export.parquet",
        "select '2026-03-01' as time, 'alta' as event, 1 as \"TelÃ©fono\", 2 as \"AÃ±o\", "
        '3 as "Año", 4 as "__row"',
    )
    with workspace.lake.session() as session, files.opened(session, file) as found:
        names = [name for name, _ in found.columns]
        assert names == ["time", "event", "Teléfono", "AÃ±o", "Año", "__row_"]
        assert session.ask("test", f'select "Teléfono", "__row_", "__row" from ({found.sql})') == [
            (1, 4, 1)
        ]


def test_bytes_that_windows_leaves_undefined_are_not_lost(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b"timestamp,event\n2026-03-01,se\xf1al \x81\n")
    flow.import_files(workspace, [file], source="web")
    assert rows(workspace, "select name from interactions") == [("señal \x81",)]


def test_a_few_readable_times_are_enough_and_the_rest_is_kept_aside(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "small.csv"
    file.write_text("timestamp,user_id,event\nsoon,ana,ad\nlater,ana,ad\n2026-03-01,luz,buy\n")
    (done,) = flow.import_files(workspace, [file], source="web")
    assert (done.kept, done.rejected) == (1, 2)
    assert [(r.reason, r.field, r.first_line) for r in done.reasons] == [
        ("bad_time", "timestamp", 2)
    ]
    assert "trayecto rejects --replay" in done.notes[0].en


def test_a_time_nobody_can_read_says_how_to_go_on(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text("timestamp,user_id,event\nsoon,ana,ad\nlater,ana,ad\n")
    with pytest.raises(importing.ImportStopped, match="such as “later”") as raised:
        flow.import_files(workspace, [file], source="web")
    (problem,) = raised.value.problems
    assert problem.field == "timestamp"
    assert "format: '%d.%m.%Y'" in problem.way_out.es


def test_robots_and_tests_are_kept_with_a_flag(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "visits.csv"
    file.write_text(
        "timestamp,user_id,email,event,user_agent\n"
        "2026-03-01 10:00,ana,ana@x.es,visit,Mozilla/5.0 (X11)\n"
        "2026-03-01 10:01,,,visit,Googlebot/2.1 (+http://www.google.com/bot.html)\n"
        "2026-03-01 10:02,prueba-7,,visit,Mozilla/5.0 (X11)\n"
        "2026-03-01 10:03,u1,qa+3@x.es,visit,Mozilla/5.0 (X11)\n"
        "2026-03-01 10:04,testa,cubot@x.es,visit,Mozilla/5.0 (Cubot Phone)\n"
        "2026-03-01 10:05,eva,eva@x.es,visit,Mozilla/5.0 (X11)\n"
    )
    (seen,) = importing.preview_files(workspace, [file], source="web")
    (done,) = flow.import_files(workspace, [file], source="web")
    assert (done.kept, done.flagged, seen.cleaned.flagged) == (6, 3, 3)
    found = rows(workspace, "select minute(occurred_at), flag from interactions order by 1")
    assert found == [(0, None), (1, "bot"), (2, "test"), (3, "test"), (4, None), (5, None)]
    (web,) = care.data_quality(workspace)
    assert [(f.flag, f.rows) for f in web.flags] == [("test", 2), ("bot", 1)]
    assert flow.graph(workspace, flow.Scope()).interactions == 3  # neither robots nor tests
    settings = workspace.folder / SETTINGS
    settings.write_text(settings.read_text().replace("leave_out", "keep"))
    workspace = flow.open_(workspace.folder)
    assert flow.graph(workspace, flow.Scope()).interactions == 5  # the robot is nobody


def test_quality_names_the_properties_that_an_import_brought_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, extra in (("one", "plan"), ("two", "plan,tariff")):
        file = tmp_path / f"{name}.csv"
        cells = ",".join("x" for _ in extra.split(","))
        file.write_text(f"timestamp,user_id,event,{extra}\n2026-03-01,{name},ad,{cells}\n")
        flow.import_files(workspace, [file], source="web")
    (web,) = care.data_quality(workspace)
    assert web.new_properties == ("tariff",)
