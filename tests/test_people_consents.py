"""Whether somebody may be contacted: told by the facts, the refusal standing on a merge."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import NOON
from trayecto import care, flow, importing
from trayecto.identity.consents import Statement, Together, settle
from trayecto.identity.identifiers import Identifiers
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import Workspace

MAPPING = """\
mapping: 1
time: timestamp
name: event
identifiers: {user_id: user_id, email: email, phone: phone, external: external}
consents:
  - {column: newsletter, contact: email, purpose: newsletter}
  - {column: no_sms, contact: phone, channel: sms, yes: refuses}
"""
HEAD = "timestamp,event,user_id,email,phone,external,newsletter,no_sms\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    return flow.create(tmp_path / "workspace", language="en", region="ES")


def happen(workspace: Workspace, *rows: str, source: str = "web") -> None:
    file = workspace.folder.parent / f"{source}{len(list(workspace.folder.parent.iterdir()))}.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n")
    mapping = workspace.folder.parent / "mapping.yaml"
    flow.import_files(workspace, [file], source=source, mapping=mapping)


def holds(workspace: Workspace, who: str) -> list[tuple[str, str, str, bool, str]]:
    return [
        (c.contact, c.channel, c.purpose, c.given, f"{c.at:%d/%m}")
        for c in care.person(workspace, who).consents
    ]


def test_a_later_answer_about_the_same_address_takes_the_place_of_an_earlier_one(
    workspace: Workspace,
) -> None:
    happen(
        workspace,
        "2026-03-01,join,u1,ana@example.com,,,yes,",
        "2026-03-05,leave,u1,ANA@example.com,,,baja,",
        "2026-03-03,visit,u1,,,,perhaps,",
    )
    assert holds(workspace, "user_id:u1") == [
        ("email:ana@example.com", "email", "newsletter", False, "05/03")
    ]
    happen(workspace, "2026-03-09,join,u1,ana@example.com,,,Sí,")
    assert holds(workspace, "user_id:u1") == [
        ("email:ana@example.com", "email", "newsletter", True, "09/03")
    ]


def test_each_contact_point_has_its_own_answer(workspace: Workspace) -> None:
    happen(
        workspace,
        "2026-03-01,join,u1,ana@example.com,600112233,,yes,no",
        "2026-03-02,join,u1,ana@work.example.com,600112244,,no,si",
    )
    assert holds(workspace, "user_id:u1") == [
        ("email:ana@example.com", "email", "newsletter", True, "01/03"),
        ("email:ana@work.example.com", "email", "newsletter", False, "02/03"),
        ("phone:+34600112233", "sms", "marketing", True, "01/03"),
        ("phone:+34600112244", "sms", "marketing", False, "02/03"),
    ]


def test_when_two_people_turn_out_to_be_one_the_refusal_stands_with_its_date(
    workspace: Workspace,
) -> None:
    # P07: the till's customer refused e-mail, the account gave it later; then both are one.
    happen(workspace, "2026-03-01,sale,,,,pos-77,no,", source="till")
    happen(workspace, "2026-03-04,join,u1,,,,yes,")
    assert holds(workspace, "user_id:u1") == [("email:*", "email", "newsletter", True, "04/03")]
    happen(workspace, "2026-03-06,sale,u1,,,pos-77,,", source="till")
    assert holds(workspace, "user_id:u1") == [("email:*", "email", "newsletter", False, "01/03")]
    # Once it is known that they are one, their own later word counts.
    happen(workspace, "2026-03-08,join,u1,,,,yes,")
    assert holds(workspace, "external:pos-77") == [
        ("email:*", "email", "newsletter", True, "08/03")
    ]


def test_giving_it_for_an_address_that_cannot_exist_gives_nothing(workspace: Workspace) -> None:
    happen(workspace, "2026-03-01,join,u1,ana@,123,,yes,yes")
    assert holds(workspace, "user_id:u1") == [("phone:*", "sms", "marketing", False, "01/03")]


def test_columns_of_consent_are_found_by_name_and_answers(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(
        "fecha,evento,cliente,correo,telefono,acepta_correo,No molestar,consentimiento_whatsapp\n"
        "2026-03-01,alta,1,a@example.com,600112233,S,N,\n"
        "2026-03-02,alta,2,b@example.com,600112244,N,S,sí\n"
    )
    workspace = flow.create(tmp_path / "workspace", language="es", region="ES")
    found = importing.propose_mapping(workspace, file).mapping.consents
    assert [(c.column, c.contact, c.channel, c.refuses) for c in found] == [
        ("acepta_correo", "email", "email", False), ("No molestar", "email", "email", True),
        ("consentimiento_whatsapp", "phone", "whatsapp", False),
    ]  # fmt: skip
    saved = tmp_path / "mapping.yaml"
    flow.import_files(workspace, [file], source="crm", save_mapping=saved)
    again = flow.import_files(workspace, [file], source="crm", mapping=saved)
    assert again[0].duplicates == 2  # the document says the same as the proposal


def test_a_wrong_consent_is_named_with_its_line(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(
        "mapping: 1\ntime: timestamp\nname: event\nconsents:\n"
        "  - {column: newsletter, contact: pigeon, channel: fax, yes: maybe}\n"
    )
    with pytest.raises(TrayectoError) as stopped:
        happen(workspace, "2026-03-01,join,u1,,,,yes,")
    assert [(p.line, p.field) for p in stopped.value.problems] == [
        (5, "consents[1].contact"), (5, "consents[1].channel"), (5, "consents[1].yes"),
    ]  # fmt: skip


hours = st.integers(0, 9).map(lambda hour: NOON + timedelta(hours=hour))
whom = st.builds(Identifiers, user_id=st.sampled_from(["u1", None]),
                 email=st.sampled_from(["a@x.es", "b@x.es"]), phone=st.none(),
                 external=st.sampled_from([None, "crm1"]), anonymous_id=st.none())  # fmt: skip
answers = st.builds(Statement, hours, whom, st.just("web"), st.just("email"), st.just("email"),
                    st.just("marketing"), st.booleans())  # fmt: skip
unions = st.builds(lambda at, one: Together(at, tuple(one.held())), hours, whom)


@given(st.lists(answers, max_size=8), st.lists(unions, max_size=6), st.randoms())
def test_what_holds_does_not_depend_on_the_order_of_arrival(
    said: list[Statement], shown: list[Together], chance: object
) -> None:
    found = settle(said, shown)
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled, shown) == found
    # Nothing is made up: each was said so, then, of that address.
    for consent in found:
        assert any(
            (s.at, s.given, f"email:{s.identifiers.email}")
            == (consent.at, consent.given, consent.contact)
            for s in said
        )
    assert {c.contact for c in found} == {f"email:{s.identifiers.email}" for s in said}
