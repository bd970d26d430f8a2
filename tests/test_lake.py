"""The lake: one table, one writer; whole versions; an interrupted run is done again."""

from __future__ import annotations

import ast
import multiprocessing
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import trayecto
from examples import lived, workspace_of, write_csv
from trayecto import care, flow
from trayecto.journeys import steps
from trayecto.lake.duck import Session, StepFailed
from trayecto.lake.lake import LakeBusy
from trayecto.lake.tables import TABLES
from trayecto.lake.warm import warm
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import open_

SOURCE = Path(trayecto.__file__).parent


def writes(file: Path) -> set[str]:
    """Return the constants (INTERACTIONS …) that a module hands to a writer."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("append", "replace", "put", "without")
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "writer"
            and isinstance(node.args[0], ast.Name)
        ):
            found.add(node.args[0].id)
    return found


def test_each_table_has_one_writer_and_it_is_the_one_it_names() -> None:
    writers: dict[str, set[str]] = {}
    for file in SOURCE.rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE).with_suffix("").parts)
        for constant in writes(file):
            writers.setdefault(constant.lower(), set()).add(module)
    assert writers == {name: {table.written_by} for name, table in TABLES.items()}


def test_every_table_and_column_is_explained_in_both_languages() -> None:
    for table in TABLES.values():
        for text in (table.meaning, *(column.meaning for column in table.columns)):
            assert text.en
            assert text.es


def test_a_reader_keeps_its_version_while_others_write(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    with workspace.lake.session() as session:
        before = session.one("count", "select count(*) from interactions")
        more = write_csv(tmp_path / "more.csv", "luz: ad > shop > buy")
        flow.import_files(workspace, [more], source="web")
        assert session.one("count", "select count(*) from interactions") == before == (2,)
    with workspace.lake.session() as session:
        assert session.one("count", "select count(*) from interactions") == (5,)


def test_a_second_writer_waits_and_is_then_told(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad")
    with (
        workspace.lake.writing(),
        pytest.raises(LakeBusy) as raised,
        open_(workspace.folder).lake.writing(wait_s=0.2),
    ):
        pass
    assert raised.value.retry


def _import(folder: str, name: str) -> None:
    flow.import_files(open_(Path(folder)), [Path(name)], source=Path(name).stem)


def test_imports_at_the_same_moment_lose_nothing(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad")
    stories = [f"p{n}: ad > shop > buy\nana: shop" for n in range(3)]
    files = [write_csv(tmp_path / f"system{n}.csv", story) for n, story in enumerate(stories)]
    context = multiprocessing.get_context("spawn")
    running = [
        context.Process(target=_import, args=(str(workspace.folder), str(file))) for file in files
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0, 0]
    graph = flow.graph(workspace, flow.Scope())
    assert (graph.people, graph.interactions) == (4, 13)


@pytest.mark.parametrize("name", ["Año nuevo/clientes (1)", "it's 100% ours", "a#b?c"])
def test_a_workspace_lies_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    workspace = workspace_of(tmp_path / name, "ana: ad > buy\nluz: ad")
    assert flow.graph(workspace, flow.Scope()).interactions == 3
    care.forget(workspace, "luz", by="test")
    assert flow.graph(workspace, flow.Scope()).people == 1


def test_a_folder_that_the_tables_would_take_for_another_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrayectoError) as raised:
        flow.create(tmp_path / "clients%20old", language="en")
    assert "%20" in raised.value.problems[0].what.es
    assert not list(tmp_path.iterdir())


def test_only_the_buckets_that_new_facts_touch_are_built_again(tmp_path: Path) -> None:
    people = "\n".join(f"p{n}: ad > buy" for n in range(40))
    workspace = workspace_of(tmp_path, people)
    lake = workspace.lake
    before = set(lake.files(TABLES["steps"]))
    more = write_csv(tmp_path / "more.csv", "p7@3d: help")
    flow.import_files(workspace, [more], source="web")
    after = set(lake.files(TABLES["steps"]))
    assert len(before) == len(after) == 8
    assert len(before - after) == 1


def test_large_buckets_are_ordered_in_slices_of_whole_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "\n".join(f"p{n}: ad > shop > ad > buy" for n in range(60))

    def stored(folder: Path) -> tuple[int, list[tuple[object, ...]]]:
        lake = workspace_of(folder, story).lake
        with lake.session() as session:
            columns = ", ".join(c.name for c in TABLES["steps"].columns)
            found = session.ask("all steps", f"select {columns} from steps order by all")
            assert session.one("ways", "select sum(times) from ways") == (240,)
        return len(lake.files(TABLES["steps"])), found

    files, whole = stored(tmp_path / "whole")
    monkeypatch.setattr(steps, "ROWS_IN_ORDER", 10)
    monkeypatch.setattr(steps, "ROWS_AT_ONCE", 100)
    more, sliced = stored(tmp_path / "sliced")
    assert (files, more > files, sliced) == (8, True, whole)


def test_what_a_killed_run_laid_is_unseen_and_goes_with_the_next_erase(tmp_path: Path) -> None:
    lake = workspace_of(tmp_path, "ana: ad > buy").lake
    table = TABLES["ways"]
    with lake.writing() as writer, lake.session() as session:
        before = session.ask("ways", "select * from ways order by all")
        laid = writer.lay(table, session, "never put", "from ways", at={"per": "case", "bucket": 3})
        assert laid
        left = lake.folder / table.name / laid.path
        assert left.exists()
        with lake.session() as later:
            assert later.ask("ways", "select * from ways order by all") == before
        writer.erase(table)
        assert not left.exists()
    with lake.session() as session:
        assert session.ask("ways", "select * from ways order by all") == before


def test_an_interrupted_import_is_finished_by_the_next_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_of(tmp_path, "ana: ad")

    def killed(*_: object, **__: object) -> list[int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as moment:
        moment.setattr(steps, "build", killed)
        with pytest.raises(KeyboardInterrupt):
            flow.import_files(
                workspace, [write_csv(tmp_path / "m.csv", "ana@1d: buy")], source="web"
            )
    assert flow.variants(workspace, flow.Scope()).listed[0].path == ("ad", "buy")


def test_a_killed_import_leaves_what_a_clean_one_would(tmp_path: Path) -> None:
    story = "\n".join(f"p{n}: ad > shop > buy" for n in range(300))
    file = write_csv(tmp_path / "story.csv", story)
    workspace = flow.create(tmp_path / "workspace", language="en")
    code = (
        "import sys; from pathlib import Path; from trayecto import flow; "
        "flow.import_files(flow.open_(Path(sys.argv[1])), [Path(sys.argv[2])], source='web')"
    )
    for patience in (0.3, 0.6, 0.9, 1.2):
        with subprocess.Popen([sys.executable, "-c", code, workspace.folder, file]) as running:
            try:
                running.wait(patience)
            except subprocess.TimeoutExpired:
                running.kill()
    flow.import_files(workspace, [file], source="web")
    graph = flow.graph(workspace, flow.Scope())
    assert (graph.people, graph.interactions) == (300, len(lived(story)))


def test_facts_that_an_older_program_wrote_are_still_there(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    table = TABLES["interactions"]
    older = replace(table, columns=tuple(c for c in table.columns if c.name != "text"))
    with workspace.lake.writing() as writer, workspace.lake.session() as session:
        facts = session.ask("facts", "select name from interactions order by occurred_at")
        session.run("kept", "create temp table kept as from interactions")
        shutil.rmtree(workspace.lake.folder / "interactions")
        writer.append(older, session, "older", "select * exclude (text) from kept")
    with workspace.lake.session() as session:
        assert session.ask("facts", "select name from interactions order by occurred_at") == facts
        assert session.ask("new", "select distinct text from interactions") == [(None,)]
    flow.import_files(workspace, [write_csv(tmp_path / "m.csv", "luz: ad")], source="web")
    assert flow.graph(workspace, flow.Scope()).interactions == 3


def test_a_step_that_fails_says_its_name_and_its_sql(tmp_path: Path) -> None:
    with (
        workspace_of(tmp_path, "ana: ad").lake.session() as session,
        pytest.raises(StepFailed) as raised,
    ):
        session.ask("a wrong step", "select nonsense from steps")
    assert raised.value.step == "a wrong step"
    assert raised.value.sql == "select nonsense from steps"
    assert "nonsense" in raised.value.reason


def test_wrong_settings_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "trayecto.yaml").write_text("language: fr\nzone: Oz\nbuckets: 0\nmemory: much\n")
    with pytest.raises(TrayectoError) as raised:
        open_(tmp_path)
    assert [p.field for p in raised.value.problems] == ["language", "zone", "buckets", "memory"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("zone: UTC\nbuckets: 3\nbuckets: 4\n", 3, "[buckets] «buckets» está escrito dos veces."),
        ('zone: "UTC\nbuckets: 3\n', 1, "Aquí se abren unas comillas que no se cierran."),
        ("zone: UTC\nregion: \x07\n", 2, "Aquí hay un carácter que un texto no puede contener."),
    ],
)
def test_settings_that_are_no_yaml_say_what_to_mend_and_where(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (tmp_path / "trayecto.yaml").write_text(text)
    with pytest.raises(TrayectoError) as raised:
        open_(tmp_path)
    assert raised.value.say("es").startswith(f"{tmp_path / 'trayecto.yaml'}:{line}: {said}")


def test_who_asks_the_same_version_again_finds_nothing_of_who_asked_before(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > shop > buy")
    with workspace.lake.session() as first:
        first.run("a table of its own", "create or replace temp table mine as select 1 as n")
        views = [step for step, _ in first.steps][:-1]
    with workspace.lake.session() as second:
        assert [step for step, _ in second.steps] == views  # told as if they were made anew
        assert second.one("how many facts", "select count(*) from interactions") == (3,)
        with pytest.raises(StepFailed, match="mine"):
            second.ask("what is not there", "from mine")


def test_who_asks_after_a_write_sees_it_also_while_an_older_reader_is_there(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > shop > buy")
    count = "select count(*) from interactions"
    with workspace.lake.session() as older:
        flow.import_files(
            workspace, [write_csv(tmp_path / "b.csv", "luz: ad > shop")], source="shop"
        )
        with workspace.lake.session() as newer:
            assert (older.one("then", count), newer.one("now", count)) == ((3,), (5,))
    with workspace.lake.session() as last:
        assert last.one("still", count) == (5,)


def test_an_engine_goes_on_to_a_newer_version_but_not_over_somebody_erased(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > shop > buy\nluz: ad")
    folder, count = workspace.lake.folder.absolute(), "select count(*) from interactions"

    def idle() -> set[Session]:
        return {one.session for one in warm._idle if one.place[0] == folder}

    before = idle()
    assert len(before) == 1
    flow.import_files(workspace, [write_csv(tmp_path / "b.csv", "eva: ad")], source="shop")
    with workspace.lake.session() as session:
        assert session.one("facts", count) == (5,)
        told = [step for step, _ in session.steps if step.startswith("view of ")]
        assert len(told) == len(set(told)) == len(TABLES)
    assert idle() == before
    care.forget(workspace, "luz", by="test")
    with workspace.lake.session() as session:
        assert session.one("facts", count) == (4,)
    assert len(idle()) == 1
    assert not idle() & before


def test_what_a_log_says_is_read_again_when_somebody_else_has_written(tmp_path: Path) -> None:
    """Another process writes: nothing in this one is told of it."""
    workspace = workspace_of(tmp_path, "ana: ad > shop > buy")
    before = workspace.lake.version(TABLES["interactions"])
    file = write_csv(tmp_path / "c.csv", "luz: ad > shop")
    run = "import sys; from trayecto.cli import main; main()"
    where = ["-w", str(workspace.folder), "--source", "shop"]
    subprocess.run([sys.executable, "-c", run, "import", str(file), *where], check=True)
    assert workspace.lake.version(TABLES["interactions"]) == before + 1
    with workspace.lake.session() as session:
        assert session.one("how many facts", "select count(*) from interactions") == (5,)


def test_whatever_a_session_makes_is_its_own() -> None:
    """Engines are handed on: what is not temporary would be there for the next to find."""
    made = re.compile(r"create\s+(?:or\s+replace\s+)?(?!or\s|temp\s)(table|view|macro|type)\s+\w+")
    files = [file for file in SOURCE.rglob("*.py") if "sqlite" not in file.read_text("utf-8")]
    found = {file.name for file in files if made.search(file.read_text("utf-8"))}
    assert found == {"script.py", "sql.py"}  # examples in their docstrings
