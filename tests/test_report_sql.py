"""The SQL of a report gives its figures again in a plain DuckDB, in the workspace's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from examples import workspace_of
from test_render_report import read
from test_report_forms import MAP, STORY
from trayecto import measuring
from trayecto.cli.commands import app
from trayecto.lake.duck import Session
from trayecto.render.report.sql import sections
from trayecto.vocabulary.script import parts, whole
from trayecto.workspace import Workspace

Rows = list[tuple[Any, ...]]
SHOWN = ("stages", "votes", "deviations", "undrawn", "pains", "moments", "personas", "cuts",
         "graph", "method")  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, measuring.LiveMap]:
    folder = tmp_path_factory.mktemp("shop")
    workspace = workspace_of(folder, STORY)
    (workspace.folder / "shop.yaml").write_text(MAP, "utf-8")
    return workspace, measuring.measure(workspace, workspace.folder / "shop.yaml", cuts=True)


def by_hand(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Rows]:
    """Return the rows of every question of a script by its name, as a plain DuckDB gives them."""
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        found = {}
        for step in text.split("\n\n"):
            name, _, sql = step.removeprefix("-- ").partition("\n")
            rows = connection.execute(sql).fetchall()
            if not sql.startswith(("create", "insert", "set", "reset")):
                found[name] = rows
    return found


def test_the_folds_of_the_page_give_its_figures_in_a_plain_duckdb(
    shop: tuple[Workspace, measuring.LiveMap], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, live = shop
    page = read(measuring.report(workspace, live, language="en"))

    def fold(place: str) -> str:
        (code,) = page.one("details", id=f"sql-{place}").one("pre").all("code")
        return "".join(part for part in code.inside if isinstance(part, str))

    asked = fold("shared") + "\n\n" + fold("stages")
    assert str(workspace.folder) not in asked  # it tells nothing of whose machine it was
    rows = by_hand(asked, workspace.folder, monkeypatch)
    # Of everybody (cut 0): interactions, people, journeys, gone on, left, still open at each place.
    told = {
        place: counts[:6] for cut, place, *counts in rows["passing each place, counted"] if cut == 0
    }
    for place, one in enumerate(live.measured.touchpoints):
        passed = one.passage
        assert told[place] == [
            passed.interactions, passed.people, passed.reached, passed.onward, passed.left,
            passed.still_open,
        ]  # fmt: skip
    # ana, luz and marta of five completed; pau cancelled; leo is silent, not for good yet.
    ends = by_hand(fold("shared") + "\n\n" + fold("method"), workspace.folder, monkeypatch)
    assert next(row[1:6] for row in ends["how journeys ended"] if row[0] == 0) == (5, 5, 3, 1, 1)


@pytest.mark.parametrize("place", SHOWN)
def test_each_section_runs_right_after_the_shared_part_and_asks_what_was_asked(
    shop: tuple[Workspace, measuring.LiveMap],
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, live = shop
    told = sections(live.sql, shown=SHOWN)
    rows = by_hand(told[""] + "\n\n" + told[place], tmp_path, monkeypatch)
    # The whole script runs every step in the order it ran; apart they must say the same.
    one_by_one = by_hand(whole(live.sql), tmp_path, monkeypatch)
    assert rows
    assert {name: sorted(map(repr, own)) for name, own in rows.items()} == {
        name: sorted(map(repr, one_by_one[name])) for name in rows
    }


def test_what_was_answered_is_what_the_whole_script_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_of(tmp_path, STORY)
    (tmp_path / "shop.yaml").write_text(MAP, "utf-8")
    told: list[tuple[str, Rows]] = []
    asked = Session.ask

    def noted(session: Any, step: str, sql: str) -> Rows:
        rows = asked(session, step, sql)
        told.append((step, rows))
        return rows

    monkeypatch.setattr(Session, "ask", noted)
    live = measuring.measure(workspace, tmp_path / "shop.yaml", cuts=True)
    with duckdb.connect() as connection:
        found = [
            sorted(map(repr, connection.execute(statement).fetchall()))
            for statement in duckdb.extract_statements(whole(live.sql))
        ]
    names = {name for name, _ in live.sql}
    answers = [rows for step, rows in told if step in names]
    assert len(answers) > 30
    assert all(sorted(map(repr, rows)) in found for rows in answers)


def test_measure_prints_one_script_that_runs(
    shop: tuple[Workspace, measuring.LiveMap], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, _ = shop
    said = CliRunner().invoke(
        app, ["measure", str(workspace.folder / "shop.yaml"), "--sql", "-w", str(workspace.folder)]
    )
    assert said.exit_code == 0, said.output
    ends = by_hand(said.stdout, tmp_path, monkeypatch)["how journeys ended"]
    assert [row[1:6] for row in ends] == [(5, 5, 3, 1, 1)]


def test_what_two_parts_rest_on_stands_once_and_what_is_made_anew_stands_with_each() -> None:
    steps = [
        ("trail", "create temp table trail as select 1 as n"),
        ("lengths", "create or replace temp table length as select n from trail"),
        ("waits", "select n from length"),
        ("other lengths", "create or replace temp table length as select n + 1 as n from trail"),
        ("times", "select n, 'time' from length"),
        ("ends", "select count(*) from trail"),
        ("nobody asks", "create temp table idle as select 7"),
    ]
    told = parts(steps, part_of={"waits": "a", "times": "b", "ends": "c"}.get)
    assert {part: text.count("create") for part, text in told.items()} == {
        "": 1, "a": 1, "b": 1, "c": 0,
    }  # fmt: skip
    assert "idle" not in "".join(told.values())
    assert "n + 1" in told["b"]
    assert "n + 1" not in told["a"]
