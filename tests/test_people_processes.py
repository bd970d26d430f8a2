"""Who is who with the product running: several processes, replays, late facts, chains of merges."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from examples import NOON
from trayecto import care, flow, importing
from trayecto.collect import clean
from trayecto.identity import judgements
from trayecto.vocabulary.person import code_of
from trayecto.workspace import Workspace, open_

PAIRS = int(os.environ.get("TRAYECTO_TEST_PAIRS", "500"))
ROUNDS = 3
HEAD = "timestamp,event,user_id,email,phone,external,anonymous_id\n"


def bring(workspace: Workspace, *rows: str, source: str = "web") -> clean.Cleaned:
    folder = workspace.folder.parent
    file = folder / f"{source}-{len(list(folder.iterdir()))}.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n")
    return flow.import_files(workspace, [file], source=source)[0]


def partition(workspace: Workspace) -> set[frozenset[str]]:
    """Return which events are one person's, by their names."""
    with workspace.lake.session() as session:
        rows = session.ask(
            "whose",
            """select p.person, list(i.name) from interactions i join people p
                 on p.signature = i.signature
                 and (p.since is null or i.occurred_at >= p.since)
                 and (p.until is null or i.occurred_at < p.until)
               where p.person is not null group by p.person""",
        )
    return {frozenset(names) for _, names in rows}


def test_two_processes_that_join_the_same_people_in_opposite_directions(tmp_path: Path) -> None:
    # P01: A into B and B into A, at the same moment, in 500 pairs.
    workspace = flow.create(tmp_path / "workspace", language="en", region="ES", buckets=1)
    at = NOON.isoformat()
    bring(workspace, *(f"{at},a{n},,a{n}@example.com,,,\n{at},b{n},,,,crm{n},d{n}"
                       for n in range(PAIRS)))  # fmt: skip
    assert care.list_people(workspace).people == 2 * PAIRS
    later = (NOON + timedelta(hours=1)).isoformat()
    folders = []
    for direction in ("ab", "ba"):
        folder = tmp_path / direction
        folder.mkdir()
        folders.append(folder)
        for part in range(ROUNDS):
            pairs = list(range(part, PAIRS, ROUNDS))
            # The one goes up and the other down, so that they meet.
            pairs = pairs if direction == "ab" else pairs[::-1]
            rows = [f"{later},{direction}{n},,a{n}@example.com,,crm{n}," for n in pairs]
            (folder / f"{part}.csv").write_text(HEAD + "\n".join(rows) + "\n")
    code = (
        "import sys; from pathlib import Path; from trayecto import flow\n"
        "from trayecto.workspace import open_\n"
        "for file in sorted(Path(sys.argv[2]).iterdir()):\n"
        "    flow.import_files(open_(Path(sys.argv[1])), [file], source=sys.argv[2])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(workspace.folder), str(folder)],
                         stderr=subprocess.PIPE, text=True)
        for folder in folders
    ]  # fmt: skip
    for process in running:
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
    assert partition(workspace) == {
        frozenset({f"a{n}", f"b{n}", f"ab{n}", f"ba{n}"}) for n in range(PAIRS)
    }
    with workspace.lake.session() as session:
        logged = session.ask("merges", "select was, count(*) from merges group by was")
        orphans = session.ask(
            "events of nobody",
            "select 1 from interactions where signature not in (select signature from people)",
        )
    assert len(logged) == PAIRS
    assert all(count == 1 for _, count in logged)
    assert orphans == []


STORY = [
    "{0},a1,,,,,d1", "{1},a2,u1,ana@example.com,,,d1", "{2},b1,,,600112233,crm1,",
    "{3},b2,u1,,600 11 22 33,,", "{4},c1,u2,casa@example.com,,,d2",
    "{5},c2,u3,casa@example.com,,,d2",
    "{6},c3,,,,,d2", "{7},e1,,eva@example.com,,,", "{8},e2,,EVA@example.com,,crm9,",
    "{9},x1,null,test@test.com,,,",
]  # fmt: skip


def story() -> list[str]:
    hours = [(NOON + timedelta(hours=n)).isoformat() for n in range(len(STORY))]
    return [row.format(*hours) for row in STORY]


@pytest.mark.parametrize("seed", range(3))
def test_replaying_everything_into_an_empty_lake_gives_the_same_people(
    tmp_path: Path, seed: int
) -> None:
    # P03 and I28: event by event in any order, twice over, against all of it in one file.
    rows = story()
    live = flow.create(tmp_path / "live", language="en", region="ES", buckets=1)
    shuffled = Random(seed).sample(rows, len(rows))
    for part in range(0, len(shuffled), 3):
        bring(live, *shuffled[part : part + 3])
    for part in range(0, len(rows), 5):  # the same facts once more
        bring(live, *shuffled[part : part + 5])
    replayed = flow.create(tmp_path / "replayed", language="en", region="ES", buckets=1)
    bring(replayed, *rows)
    assert partition(live) == partition(replayed) == {
        frozenset({"a1", "a2", "b1", "b2"}), frozenset({"c1"}), frozenset({"c2", "c3"}),
        frozenset({"e1", "e2"}),
    }  # fmt: skip
    assert care.list_people(live).people == care.list_people(replayed).people == 4
    assert care.list_people(live).unresolved == {"no_identifier": 1}


def test_a_late_fact_joins_two_people_and_both_codes_answer(tmp_path: Path) -> None:
    # P04 and I18, as far as there are no plays: one person remains.
    workspace = flow.create(tmp_path / "workspace", language="en", buckets=1)
    bring(workspace, f"{NOON.isoformat()},a,,,,,an1", f"{NOON.isoformat()},b,,ana@x.es,,,")
    before = {care.person(workspace, who).person for who in ("anonymous_id:an1", "ana@x.es")}
    assert len(before) == 2
    bring(workspace, f"{(NOON - timedelta(days=90)).isoformat()},d,,ana@x.es,,,an1")
    assert care.list_people(workspace).people == 1
    ana = care.person(workspace, "ana@x.es")
    assert {care.person(workspace, code) for code in before} == {ana}
    assert [moment.touchpoint for moment in ana.timeline] == ["d", "a", "b"]


def test_an_old_code_answers_through_a_chain_of_five_merges(tmp_path: Path) -> None:
    # P08 and I19: six people become one, one merge after the other.
    workspace = flow.create(tmp_path / "workspace", language="en", buckets=1)
    known = [",,,,an1", ",x@example.com,,,", ",,+34600112233,,", ",,,crm1,", "u9,,,,", ",,,,an2"]
    bring(workspace, *(f"{NOON.isoformat()},e{n},{who}" for n, who in enumerate(known)))
    names = ["anonymous_id:an1", "x@example.com", "+34600112233", "external:crm1", "user_id:u9",
             "anonymous_id:an2"]  # fmt: skip
    codes = {care.person(workspace, name).person for name in names}
    assert len(codes) == 6
    joining = [",x@example.com,,,an1", ",x@example.com,+34600112233,,", ",,+34600112233,crm1,",
               "u9,,,crm1,", "u9,,,,an2"]  # fmt: skip
    for hour, both in enumerate(joining, 1):
        bring(workspace, f"{(NOON + timedelta(hours=hour)).isoformat()},j{hour},{both}")
        assert care.list_people(workspace).people == 6 - hour
    survivor = care.person(workspace, "user_id:u9")
    assert {care.person(workspace, code) for code in codes} == {survivor}
    assert set(survivor.was) >= codes - {survivor.person}


def test_an_erased_person_stays_erased_and_others_on_the_device_do_not_suffer(
    tmp_path: Path,
) -> None:
    # I27: whatever carries an identifier of the forgotten goes; somebody else comes and stays.
    workspace = flow.create(tmp_path / "workspace", language="en", buckets=1)
    at = [(NOON + timedelta(hours=n)).isoformat() for n in range(6)]
    bring(workspace, f"{at[0]},a,u1,ana@example.com,,,an1", f"{at[1]},b,,,,,an1")
    care.forget(workspace, "user_id:u1", by="test")
    bring(workspace, f"{at[3]},d,,ana@example.com,,,", f"{at[4]},e,,,,,an1", f"{at[5]},f,u2,,,,")
    assert partition(workspace) == {frozenset({"f"})}
    with workspace.lake.session() as session:
        kept = session.ask("kept", "select name from interactions")
    assert kept == [("f",)]


def test_aliasing_two_accounts_is_refused_unless_an_operator_forces_it(tmp_path: Path) -> None:
    # I24 and I25: what joins them but for the limit, in two rows or in one, joins nobody.
    workspace = flow.create(tmp_path / "workspace", language="en", buckets=1)
    at = [(NOON + timedelta(hours=n)).isoformat() for n in range(4)]
    bring(workspace, f"{at[0]},a,u1,,,crm1,", f"{at[1]},b,u2,,,,", f"{at[2]},c,u2,,,crm1,",
          f"{at[3]},d,u2,,,,")  # fmt: skip
    assert partition(workspace) == {frozenset({"a"}), frozenset({"b", "c", "d"})}
    care.link(workspace, "user_id:u1", "user_id:u2", by="luz", force=True)
    assert partition(workspace) == {frozenset({"a", "b", "c", "d"})}
    with workspace.lake.session() as session:
        (said,) = judgements.judgements(session)
    assert (said.verdict, said.forced) == ("same", True)
    care.unlink(workspace, "user_id:u1", "user_id:u2", by="luz")
    assert partition(workspace) == {frozenset({"a"}), frozenset({"b", "c", "d"})}


def test_a_fact_that_names_two_accounts_is_of_the_first(tmp_path: Path) -> None:
    # I24: an alias is one row with both; it stands as typed, and makes no third person.
    workspace = flow.create(tmp_path / "workspace", language="en", buckets=1)
    at = [(NOON + timedelta(hours=n)).isoformat() for n in range(4)]
    bring(workspace, f"{at[0]},a,u1,,,,", f"{at[1]},b,u2,,,,",
          f'{at[2]},c,"[""null"", ""u1"", ""u2""]",,,,', f"{at[3]},d,u2,,,,")  # fmt: skip
    assert partition(workspace) == {frozenset({"a", "c"}), frozenset({"b", "d"})}
    with workspace.lake.session() as session:
        assert session.ask("as typed", "select user_id from interactions where name = 'c'") == [
            ('["null", "u1", "u2"]',)
        ]


def test_a_default_phone_of_an_import_is_named_before_it_joins_anybody(tmp_path: Path) -> None:
    # P09: 100,000 rows, one phone on 2,000 of them, empty e-mails.
    workspace = flow.create(tmp_path / "workspace", language="en", region="ES", buckets=1)
    at = NOON.isoformat()
    file = tmp_path / "crm.csv"
    with file.open("w") as out:
        out.write(HEAD)
        for n in range(100_000):
            phone = "600000001" if n % 50 == 0 else f"6{n + 10_000_000:08d}"
            out.write(f'{at},e{n},u{n},"",{phone},,\n')
    (seen,) = importing.preview_files(workspace, [file], source="crm")
    assert [(s.value, s.rows) for s in seen.cleaned.suspects] == [("600000001", 2_000)]
    assert care.list_people(open_(workspace.folder)).people == 0
    flow.import_files(workspace, [file], source="crm")
    assert max(map(len, partition(workspace))) == 1
    assert code_of(-1).startswith("p")
