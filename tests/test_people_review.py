"""Suggestions that two people may be one: explained, answered, remembered; never joined alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trayecto import care, flow
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.frames import records
from trayecto.workspace import Workspace

SHOP = """timestamp,event,user_id,email,phone,nombre,apellidos,cp
2026-01-01 10:00,join,u1,ana.garcia@example.com,600112233,Ana,García López,28001
2026-01-02 10:00,buy,,ana.garcia@exmaple.com,,ANA,Garcia Lopez,28001
2026-01-03 10:00,join,u2,luz@example.com,600555234,Luz,Pérez,08001
2026-01-03 10:00,join,u3,pepe@example.com,600999888,Pepe,Ruiz,08001
2026-01-04 10:00,call,,,600999887,José,Ruiz,08001
2026-01-05 10:00,join,u4,eva@example.com,,Eva,Sanz,46001
"""
TYPED_WRONG, RIGHT = "email:ana.garcia@exmaple.com", "user_id:u1"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    pytest.importorskip("splink", reason="the extra “review” is not installed")
    workspace = flow.create(tmp_path / "workspace", language="en", region="ES")
    (tmp_path / "shop.csv").write_text(SHOP)
    flow.import_files(workspace, [tmp_path / "shop.csv"], source="shop")
    return workspace


def pairs(workspace: Workspace) -> list[set[str]]:
    return [
        {":".join(one.left_key), ":".join(one.right_key)}
        for one in care.suggestions(workspace, at_least=0.3)
    ]


def test_a_mistyped_address_is_suggested_with_what_speaks_for_it(workspace: Workspace) -> None:
    first, second = care.suggestions(workspace, at_least=0.3)
    assert {":".join(first.left_key), ":".join(first.right_key)} == {TYPED_WRONG, RIGHT}
    assert [(a.field, a.how) for a in first.agreements] == [
        ("email", "similar"), ("postcode", "equal"), ("name", "equal"),
    ]  # fmt: skip
    assert [(a.field, a.how) for a in second.agreements] == [
        ("phone", "similar"), ("postcode", "equal"), ("name", "different"),
    ]  # fmt: skip
    assert first.score > second.score
    assert all(a.weight > 0 for a in first.agreements)
    assert second.agreements[-1].weight < 0
    assert care.list_people(workspace).people == 6  # a suggestion joins nobody


def test_addresses_that_differ_by_a_digit_are_two_peoples(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "numbered.csv").write_text(
        "timestamp,event,email,nombre,apellidos\n"
        "2026-02-01 10:00,join,luis7@example.com,Luis,Mora\n"
        "2026-02-01 11:00,join,luis8@example.com,Luis,Mora\n"
        "2026-02-01 12:00,join,lius7@example.com,Luis,Mora\n"
    )
    flow.import_files(workspace, [tmp_path / "numbered.csv"], source="shop")
    luis = {
        frozenset((one.left_key[1][:5], one.right_key[1][:5])): one
        for one in care.suggestions(workspace)
        if one.left_key[1].endswith("@example.com") and one.left_key[1].startswith("l")
    }
    assert set(luis) == {frozenset(("luis7", "lius7"))}
    (pair,) = luis.values()
    assert {a.field: a.how for a in pair.agreements}["email"] == "similar"


def test_the_same_data_gives_the_same_suggestions(workspace: Workspace) -> None:
    assert care.suggestions(workspace) == care.suggestions(workspace)


def test_answering_same_joins_them(workspace: Workspace) -> None:
    care.judge_pair(workspace, TYPED_WRONG, RIGHT, "same", by="luz")
    assert care.person(workspace, TYPED_WRONG).person == care.person(workspace, RIGHT).person
    assert {TYPED_WRONG, RIGHT} not in pairs(workspace)


def test_answering_different_or_unsure_is_remembered_and_joins_nobody(
    workspace: Workspace,
) -> None:
    care.judge_pair(workspace, TYPED_WRONG, RIGHT, "unsure", by="luz")
    care.judge_pair(workspace, "user_id:u3", "phone:600999887", "different", by="luz")
    assert pairs(workspace) == []
    assert care.list_people(workspace).people == 6
    # Whoever was not sure may learn better.
    care.judge_pair(workspace, TYPED_WRONG, RIGHT, "same", by="luz")
    assert care.list_people(workspace).people == 5


def test_a_pair_left_unsure_is_looked_at_again_until_somebody_can_tell(
    workspace: Workspace,
) -> None:
    def left_unsure() -> list[set[str]]:
        found = care.suggestions(workspace, at_least=0.3, unsure=True)
        return [{":".join(one.left_key), ":".join(one.right_key)} for one in found]

    assert left_unsure() == []  # nobody has been asked yet
    care.judge_pair(workspace, TYPED_WRONG, RIGHT, "unsure", by="luz")
    care.judge_pair(workspace, "user_id:u3", "phone:600999887", "different", by="luz")
    assert left_unsure() == [{TYPED_WRONG, RIGHT}]
    assert care.verdicts(workspace) == {"unsure": 1, "different": 1}
    care.judge_pair(workspace, RIGHT, TYPED_WRONG, "different", by="eva")
    assert left_unsure() == []
    assert care.verdicts(workspace) == {"different": 2}


def test_two_accounts_are_said_to_be_two_and_joined_when_an_operator_is_sure(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "more.csv").write_text(
        "timestamp,event,user_id,email,nombre,apellidos,cp\n"
        "2026-02-01 10:00,join,u9,eva@exmaple.com,Eva,Sanz,46001\n"
    )
    flow.import_files(workspace, [tmp_path / "more.csv"], source="shop")
    eva = care.suggestions(workspace)[0]
    assert {eva.left_key, eva.right_key} == {("user_id", "u4"), ("user_id", "u9")}
    assert eva.two_accounts
    care.judge_pair(workspace, "user_id:u4", "user_id:u9", "same", by="luz")
    assert care.person(workspace, "user_id:u4").interactions == 2


def test_whoever_is_forgotten_is_in_no_judgement(workspace: Workspace) -> None:
    care.judge_pair(workspace, TYPED_WRONG, RIGHT, "unsure", by="luz")
    care.forget(workspace, RIGHT, by="luz")
    with workspace.lake.session() as session:
        said = session.ask("said", "select left_value, right_value from judgements "
                                   "where verdict <> 'forget'")  # fmt: skip
    assert said == []


def test_suggestions_are_a_table_of_plain_values(workspace: Workspace) -> None:
    row = records(care.suggestions(workspace))[0]
    assert list(row) == ["left", "right", "left_key", "right_key", "score", "agreements",
                         "two_accounts"]  # fmt: skip
    assert isinstance(row["agreements"], str)


def test_without_the_extra_it_says_how_to_get_it(workspace: Workspace) -> None:
    code = (
        "import sys; sys.modules['splink'] = None\n"
        "from pathlib import Path; from trayecto import care\n"
        "from trayecto.workspace import open_\n"
        f"care.suggestions(open_(Path({str(workspace.folder)!r})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'trayecto[review]'" in run.stderr


def test_an_answer_about_nobody_says_so(workspace: Workspace) -> None:
    with pytest.raises(TrayectoError, match="Nobody goes by"):
        care.judge_pair(workspace, RIGHT, "email:nobody@example.com", "unsure", by="luz")
