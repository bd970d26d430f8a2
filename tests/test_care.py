"""Looking after the data: who is who, taking a person out, quality, rejects, tidying."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from examples import NOON, workspace_of, write_csv
from trayecto import care, flow, health
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Notice, Text
from trayecto.workspace import SETTINGS, Workspace, open_

ANA = """timestamp,event,anonymous_id,user_id,email,order_id
2026-03-01 10:00,visit,d1,,,
2026-03-01 11:00,login,d1,u1,ana@example.com,
2026-03-02 10:00,buy,,u1,,7
2026-03-02 11:00,buy,,u2,,7
2026-03-03 10:00,visit,d2,u2,luz@example.com,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = flow.create(tmp_path / "workspace", language="en", region="ES")
    (tmp_path / "web.csv").write_text(ANA)
    flow.import_files(workspace, [tmp_path / "web.csv"], source="web")
    return workspace


def test_a_person_is_found_by_any_identifier(workspace: Workspace) -> None:
    ana = care.person(workspace, "ana@example.com")
    assert care.person(workspace, "user_id:u1") == ana
    assert care.person(workspace, "anonymous_id:d1") == ana
    assert care.person(workspace, ana.person) == ana
    assert [(i.kind, i.value) for i in ana.identities] == [
        ("user_id", "u1"),
        ("email", "ana@example.com"),
        ("anonymous_id", "d1"),
    ]
    assert [m.touchpoint for m in ana.timeline] == ["visit", "login", "buy"]
    assert "email:ana@example.com" in ana.identities[0].seen_with


def test_nobody_goes_by_an_unknown_name(workspace: Workspace) -> None:
    for who in ("eva@example.com", "p0000000000000000"):
        with pytest.raises(TrayectoError, match="Nobody goes by"):
            care.person(workspace, who)


def test_people_are_listed_and_searched(workspace: Workspace) -> None:
    assert care.list_people(workspace).people == 2
    (luz,) = care.list_people(workspace, search="LUZ@").listed
    assert (luz.interactions, "user_id:u2" in luz.identifiers) == (2, True)


def test_people_are_found_without_accents_and_letter_by_letter(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "accents", language="es", buckets=2)
    rows = ["user_id,email,occurred_at,touchpoint"]
    rows += ["María Núñez,,2026-03-01,visit", "a_b,,2026-03-01,visit", "axb,,2026-03-01,visit"]
    file = tmp_path / "accents.csv"
    file.write_text("\n".join(rows), "utf-8")
    flow.import_files(workspace, [file], source="web")

    def found(search: str) -> list[str]:
        listed = care.list_people(workspace, search=search).listed
        return [one for each in listed for one in each.identifiers]

    for search in ("maria nunez", "NÚÑEZ", "María"):
        assert found(search) == ["user_id:María Núñez"]
    # An underscore is an underscore here, and a percent sign nobody.
    assert found("a_b") == ["user_id:a_b"]
    assert found("%") == []


def test_what_is_done_on_a_shared_device_counts_for_who_was_on_it(tmp_path: Path) -> None:
    # A tablet in a shop: Ana signs in at 9 and again at 15, Luz at 12; two looks after each.
    workspace = flow.create(tmp_path / "tablet", language="en", buckets=2)
    days = [f"2026-03-{day:02}" for day in range(1, 4)]
    rows = ["occurred_at,touchpoint,anonymous_id,user_id"]
    for day in days:
        for hour, who in ((9, "ana"), (12, "luz"), (15, "ana")):
            rows.append(f"{day} {hour:02}:00,login,tablet,{who}")
            rows += [f"{day} {hour:02}:{minute},visit,tablet," for minute in (10, 20)]
    file = tmp_path / "tablet.csv"
    file.write_text("\n".join(rows), "utf-8")
    flow.import_files(workspace, [file], source="shop")

    def times(search: str) -> dict[str, int]:
        listed = care.list_people(workspace, search=search).listed
        return {one.identifiers[0]: one.interactions for one in listed}

    # The tablet is everybody's: who did most of it first.
    both = {"user_id:ana": 18, "user_id:luz": 9}
    assert {who: care.person(workspace, who).interactions for who in both} == both
    assert times("ana") == {"user_id:ana": 18}
    assert times("luz") == {"user_id:luz": 9}
    assert list(times("tablet")) == ["user_id:ana", "user_id:luz"]


def test_two_accounts_join_only_by_force_and_part_again(workspace: Workspace) -> None:
    with pytest.raises(TrayectoError, match="stay two people"):
        care.link(workspace, "user_id:u1", "user_id:u2", by="test")
    before = {care.person(workspace, f"user_id:{u}").person for u in ("u1", "u2")}
    one = care.link(workspace, "user_id:u1", "user_id:u2", by="test", force=True)
    both = care.person(workspace, one)
    assert both.interactions == 5
    # The code that went keeps answering.
    assert {care.person(workspace, code).person for code in before} == {one}
    assert set(both.was) == before - {one}
    care.unlink(workspace, "user_id:u1", "user_id:u2", by="test")
    assert care.person(workspace, "user_id:u1").interactions == 3


def bytes_with(folder: Path, words: str) -> list[str]:
    found = subprocess.run(
        ["grep", "-rlaF", words, str(folder)], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


def test_a_forgotten_person_is_nowhere_and_does_not_come_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text(
        "timestamp,event,email\nnever,visit,ana@example.com\n2026-03-05,visit,luz@example.com\n"
    )
    flow.import_files(workspace, [tmp_path / "bad.csv"], source="crm")
    assert bytes_with(workspace.folder, "ana@example.com")
    forgotten = care.forget(workspace, "ana@example.com", by="test")
    assert (forgotten.interactions, forgotten.identifiers) == (3, 3)
    assert bytes_with(workspace.folder, "ana@example.com") == []
    # The others keep their journeys, by person and by case, without anything built again.
    assert flow.variants(workspace, flow.Scope()).listed[0].path == ("buy", "visit", "visit")
    assert flow.graph(workspace, flow.Scope(per="case")).interactions == 1
    later = tmp_path / "later.csv"
    later.write_text(
        "timestamp,event,anonymous_id,user_id,email\n"
        "2026-04-01 10:00,visit,d1,,\n2026-04-01 11:00,visit,,, ANA@example.com\n"
        "2026-04-01 12:00,visit,,u3,eva@example.com\n"
    )
    flow.import_files(workspace, [later], source="web")
    assert care.list_people(workspace).people == 2
    assert flow.graph(workspace, flow.Scope()).interactions == 4
    assert bytes_with(workspace.folder, "ANA@example.com") == []


def test_quality_reconciles_to_the_rows_read(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(
        ANA + "2026-03-09 10:00,help,,u1,,\n2026-03-01 09:00,visit,d1,,,\nnever,visit,d1,,,\n"
    )
    flow.import_files(workspace, [tmp_path / "more.csv"], source="web")
    (web,) = care.data_quality(workspace)
    assert (web.imports, web.rows_read) == (2, 13)
    assert (web.kept, web.duplicates, web.rejected) == (7, 5, 1)
    assert web.kept + web.duplicates + web.rejected == web.rows_read
    assert web.present + web.erased == web.kept
    assert web.new_names == ("help",)
    assert [(r.reason, r.rows) for r in web.reasons] == [("bad_time", 1)]
    # The visit of 1 March, 9:00 came when 3 March, 10:00 was known already.
    assert web.late.value == pytest.approx(1 / 7)


def test_rejects_become_facts_when_the_mapping_is_mended(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "workspace", language="en")
    rows = "when,who,what\n01.02.2026 10:00,ana,ad\n2026-02-03 10:00,luz,ad\n,eva,ad\n"
    (tmp_path / "web.csv").write_text(rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("mapping: 1\ntime: when\nname: what\nidentifiers: {user_id: who}\n")
    flow.import_files(workspace, [tmp_path / "web.csv"], source="web", mapping=mapping)
    assert [(k.line, k.reason) for k in care.list_rejects(workspace)] == [
        (2, "bad_time"),
        (4, "no_time"),
    ]
    mapping.write_text(
        "mapping: 1\ntime: {column: when, format: '%d.%m.%Y %H:%M'}\nname: what\n"
        "identifiers: {user_id: who}\n"
    )
    done = care.replay_rejects(workspace, source="web", mapping=mapping)
    assert done
    assert (done.read, done.kept, done.rejected) == (2, 1, 1)
    assert [k.line for k in care.list_rejects(workspace)] == [4]
    assert flow.graph(workspace, flow.Scope()).people == 2
    care.replay_rejects(workspace, source="web", mapping=mapping)
    (web,) = care.data_quality(workspace)
    assert (web.rows_read, web.kept, web.duplicates, web.rejected) == (3, 2, 0, 1)


class NextWeek(Workspace):
    """A workspace whose clock is a week ahead."""

    def now(self) -> datetime:
        """Return the time a week from now."""
        return super().now() + timedelta(days=7)


def test_rejects_are_tried_again_under_the_mapping_they_came_with(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "workspace", language="en")
    soon = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d %H:%M}"
    for name, time in (("calls", "when"), ("visits", "moment")):
        (tmp_path / f"{name}.csv").write_text(
            f"{time},who,what\n2026-02-03 10:00,ana,ad\n{soon},luz,{name}\n,eva,ad\n"
        )
        mapping = tmp_path / f"{name}.yaml"
        mapping.write_text(f"mapping: 1\ntime: {time}\nname: what\nidentifiers: {{user_id: who}}\n")
        flow.import_files(workspace, [tmp_path / f"{name}.csv"], source="web", mapping=mapping)
    again = care.replay_rejects(workspace, source="web")
    assert again
    assert (again.read, again.kept, again.rejected) == (4, 0, 4)  # too soon
    later = NextWeek(workspace.folder, workspace.settings)
    for kept, rejected in ((2, 2), (0, 2)):
        again = care.replay_rejects(later, source="web")
        assert again
        assert (again.kept, again.rejected) == (kept, rejected)
    assert {m.name for m in care.list_nodes(later)} == {"ad", "calls", "visits"}
    (web,) = care.data_quality(later)
    # Both files tell of the one ad that Ana saw.
    assert (web.rows_read, web.kept, web.duplicates, web.rejected) == (6, 3, 1, 2)


def test_a_suspicious_value_is_told_before_anybody_is_joined(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "workspace", language="en", region="ES")
    phones = [600_000_001 if n % 10 == 0 else 611_000_000 + n for n in range(400)]
    rows = [f"2026-03-01 10:00,u{n},{phone},ad" for n, phone in enumerate(phones)]
    (tmp_path / "crm.csv").write_text("\n".join(["timestamp,user_id,phone,event", *rows]))
    told: list[Text] = []
    flow.import_files(workspace, [tmp_path / "crm.csv"], source="crm", tell=told.append)
    said = [text.en.partition(" · ")[0] for text in told]
    (notice,) = [text for text in told if isinstance(text, Notice)]
    assert notice.en == (
        "[phone] 600000001: on 40 rows (10.0%), beside 40 other identifiers; "
        "it may be a placeholder"
    )
    assert told.index(notice) < said.index("adding to the lake") < said.index("joining people")


def test_nodes_are_listed_with_the_rules_that_claim_them(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: CALL_IN[phone] > web_view > other")
    workspace.node_rules.write_text(
        "nodes: 1\nrules:\n  - {name: 'CALL*', touchpoint: call}\n  - {name: '*_IN'}\n"
        "  - {name: 'web*', touchpoint: page}\n"
    )
    listed = {m.name: (m.touchpoint, m.rules) for m in care.list_nodes(workspace)}
    assert listed == {
        "CALL_IN": ("call", (1, 2)), "web_view": ("page", (3,)), "other": ("other", ()),
    }  # fmt: skip
    draft = care.suggest_nodes(workspace)
    assert '"name": "other"' in draft
    assert "CALL_IN" not in draft
    workspace.node_rules.write_text(draft)  # a draft is a valid document
    assert {m.name: m.rules for m in care.list_nodes(workspace)}["other"] == (1,)


def test_tidying_keeps_every_answer(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    for day in range(10):
        file = write_csv(tmp_path / f"{day}.csv", f"p{day}: ad > shop > buy")
        flow.import_files(workspace, [file], source="web")
    before = flow.graph(workspace, flow.Scope())
    done = health.tidy(workspace)
    assert done.removed > 0
    assert flow.graph(workspace, flow.Scope()) == before
    assert health.doctor(workspace) == ()


def test_facts_older_than_the_workspace_keeps_expire(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad >3d buy")
    age = (workspace.now() - NOON).days
    settings = workspace.folder / SETTINGS
    settings.write_text(settings.read_text().replace("keep_days: null", f"keep_days: {age - 1}"))
    workspace = open_(workspace.folder)
    assert health.tidy(workspace).expired == 1
    assert flow.variants(workspace, flow.Scope()).listed[0].path == ("buy",)


def test_the_doctor_names_a_missing_file(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    next((workspace.folder / "lake" / "interactions").rglob("*.parquet")).unlink()
    (found,) = health.doctor(workspace)
    assert found.wrong
    assert "interactions: 1 of its files are missing" in found.what.en


def test_profiles_are_plain_json(workspace: Workspace) -> None:
    plain = json.loads(json.dumps(care.person(workspace, "user_id:u1").as_json()))
    assert plain["timeline"][0]["touchpoint"] == "visit"
    assert plain["first_at"].startswith("2026-03-01T10:00:00")
