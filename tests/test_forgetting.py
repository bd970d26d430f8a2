"""Taking a person out: what is left is what there would be had they never come."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trayecto import care, flow
from trayecto.workspace import Workspace, open_

HEAD = "timestamp,event,user_id,email,phone,external,anonymous_id,case_id,text,score\n"
ANA = [
    "2026-03-01 09:00,visit,ana-7,ana@example.com,,,,t1,tengo un problema grave,2",
    "2026-03-02 09:00,call,ana-7,,600 11 22 33,crm-ana,,t2,nadie contesta,",
    "2026-03-02 10:00,visit,,,,,device-ana,,,",
    "2026-03-02 11:00,visit,ana-7,,,,device-ana,,,",
]
VALUES = (
    "ana-7", "ana@example.com", "600 11 22 33", "+34600112233", "crm-ana", "device-ana",
    "tengo un problema grave", "nadie contesta",
)  # fmt: skip
# Luz and Eva are in Ana's cases, before and after her.
OTHERS = [
    "2026-03-01 08:00,ad,luz-1,,,,,t1,,", "2026-03-01 10:00,call,luz-1,,,,,t1,gracias por todo,5",
    "2026-03-01 12:00,visit,eva-2,,,,,t1,,", "2026-03-04 08:00,buy,eva-2,eva@example.com,,,,t3,,",
    "2026-03-04 09:00,ad,luz-1,,,,,t3,,", "2026-03-05 09:00,buy,luz-1,,,,,,,",
]  # fmt: skip
BAD = "never,visit,,Ana@example.com,,,,,,"


def lived(folder: Path, *rows: str) -> Workspace:
    """Return a workspace in which only these rows were ever imported."""
    workspace = flow.create(folder / "w", language="en", region="ES", buckets=2)
    file = folder / "web.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n")
    flow.import_files(workspace, [file], source="web")
    file.unlink()
    return workspace


def content(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is told of journeys, by what things are called instead of by number."""
    named = "join (select id, name, user_id from interactions) i on i.id = s.interaction"
    with workspace.lake.session() as session:
        steps = session.ask(
            "steps",
            f"""select per, dense_rank() over (order by per, subject), position, occurred_at,
                       i.name, gap_us, next_gap_us, final, first_here, first_way, score
                from steps s {named} order by per, subject, position""",
        )
        paths = session.ask("paths", "select per, len(path), first_at, last_at from paths")
        ways = session.ask(
            "ways", "select per, times, ends, first_here, first_way, gap_us from ways"
        )
        rest = {
            table: session.ask(table, f"select count(*) from {table}")
            for table in ("interactions", "links", "people", "feelings", "rejected", "merges")
        }
    return {"steps": steps, "paths": sorted(paths), "ways": sorted(ways), **rest}


def files_with(folder: Path, words: str) -> list[str]:
    found = subprocess.run(
        ["grep", "-rliaF", words, str(folder)], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


def test_what_is_left_is_what_there_would_be_without_the_person(tmp_path: Path) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    workspace = lived(tmp_path / "with", *ANA, *OTHERS, BAD)
    never = lived(tmp_path / "without", *OTHERS)
    for value in VALUES[:3]:
        assert files_with(workspace.folder, value)
    done = care.forget(workspace, "user_id:ana-7", by="test")
    assert (done.interactions, done.identifiers) == (4, 5)
    assert content(workspace) == content(never)
    assert [value for value in VALUES if files_with(workspace.folder, value)] == []


def test_nothing_has_to_be_built_again_after_it(tmp_path: Path) -> None:
    workspace = lived(tmp_path, *ANA, *OTHERS)
    care.forget(workspace, "user_id:ana-7", by="test")
    files = list(workspace.lake.folder.rglob("*.parquet"))
    left = content(workspace)
    assert care.list_people(workspace).people == 2
    assert sorted(workspace.lake.folder.rglob("*.parquet")) == sorted(files)
    # Nor does the next import order what did not change in another way than all at once.
    more = tmp_path / "more.csv"
    more.write_text(HEAD + "2026-03-09 09:00,buy,zoe-3,,,,,,,\n")
    flow.import_files(workspace, [more], source="web")
    now = content(workspace)
    assert len(now["steps"]) == len(left["steps"]) + 1
    (tmp_path / "anew").mkdir()
    assert now["ways"] == content(lived(tmp_path / "anew", *OTHERS, more.read_text()
                                        .splitlines()[1]))["ways"]  # fmt: skip


KILLED = """
import os, sys
from pathlib import Path
from trayecto import care
from trayecto.lake.lake import Writer
from trayecto.workspace import open_

left = int(sys.argv[2])
put = Writer._properties

def counted(self, table, stamp):
    global left
    left -= 1
    if left < 0:
        os._exit(9)  # as if the power went, before this table is written
    return put(self, table, stamp)

Writer._properties = counted
care.forget(open_(Path(sys.argv[1])), "user_id:ana-7", by="test")
"""


@pytest.mark.parametrize("commits", [0, 1, 2, 4, 7, 9, 13])
def test_a_killed_run_is_finished_by_whatever_comes_next(tmp_path: Path, commits: int) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    workspace = lived(tmp_path / "with", *ANA, *OTHERS, BAD)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(workspace.folder), str(commits)], check=False
    )
    assert ended.returncode == 9
    assert care.list_people(open_(workspace.folder)).people == 2
    assert content(workspace) == content(lived(tmp_path / "without", *OTHERS))
    assert [value for value in VALUES if files_with(workspace.folder, value)] == []
    # And it stays so: what comes later about the person is taken out as it comes.
    later = tmp_path / "later.csv"
    later.write_text(HEAD + "2026-04-01 09:00,visit,,ANA@example.com,,,,,,\n")
    flow.import_files(workspace, [later], source="web")
    assert care.list_people(workspace).people == 2
    assert files_with(workspace.folder, "ana@example.com") == []


def test_a_rejected_row_of_somebody_else_stays(tmp_path: Path) -> None:
    # 42 is a person here, and a number of minutes, an order and half an id there.
    rows = ["2026-03-01 09:00,visit,42,,,,,,,", "never,visit,1420,,,,,,,", "never,visit,42,,,,,,,"]
    workspace = lived(tmp_path, *rows)
    care.forget(workspace, "user_id:42", by="test")
    (left,) = care.list_rejects(workspace)
    assert '"1420"' in left.raw
