"""Who is who: the published examples of the rules, in the order of time and in any other."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import NOON
from trayecto import flow
from trayecto.identity.identifiers import KINDS, Identifiers, normalise
from trayecto.identity.people import Signature, resolve

# id: events in time order → whose is whose; `-` is nobody.
EXAMPLES = {
    "anonymous, then login": (
        "a anonymous_id=an1; b anonymous_id=an1; c anonymous_id=an1,user_id=u1; d user_id=u1",
        "a b c d",
    ),
    "two devices, one user": (
        "a anonymous_id=an1,user_id=u1; b anonymous_id=an2; c anonymous_id=an2,user_id=u1; "
        "d anonymous_id=an1",
        "a b c d",
    ),
    "web and till joined by e-mail": (
        "a anonymous_id=an1,email=Ana@Example.com ; b email=ana@example.COM,external=pos-77; "
        "c external=pos-77",
        "a b c",
    ),
    "one phone, three spellings": (
        "a anonymous_id=an1,phone=600 11 22 33; b phone=+34600112233; "
        "c phone=0034 600-112-233,external=call-1",
        "a b c",
    ),
    "different people stay apart": (
        "a user_id=u1,anonymous_id=an1; b user_id=u2,anonymous_id=an2",
        "a / b",
    ),
    "two logins on one browser": (
        "a anonymous_id=kiosk; b anonymous_id=kiosk,user_id=u1; c anonymous_id=kiosk; "
        "d anonymous_id=kiosk,user_id=u2; e anonymous_id=kiosk",
        "a b c / d e",
    ),
    "a family e-mail, two accounts": (
        "a user_id=u1,email=casa@example.com; b user_id=u2,email=casa@example.com; "
        "c email=casa@example.com",
        "a c / b",
    ),
    "placeholders are nobody": (
        "a user_id=null,anonymous_id=an1; b user_id=undefined,anonymous_id=an2; "
        "c user_id=0,anonymous_id=an3; d user_id=0000-0000,anonymous_id=an4; "
        "e user_id=[object Object],anonymous_id=an5; f user_id=Anonymous,anonymous_id=an6",
        "a / b / c / d / e / f",
    ),
    "only a placeholder": ("a user_id=null; b user_id=guest,email=test@test.com", "- a b"),
    "quotes and spaces": ('a user_id=u1; b user_id="u1"; c user_id= u1 ', "a b c"),
    "account ids keep their case, e-mails do not": (
        "a user_id=AbC; b user_id=abc; c email=X@y.com; d email=x@Y.com",
        "a / b / c d",
    ),
    "an invalid e-mail or phone links nothing": (
        "a anonymous_id=an1,email=ana@; b anonymous_id=an2,email=ana@; "
        "c anonymous_id=an3,phone=123; d anonymous_id=an4,phone=123",
        "a / b / c / d",
    ),
    "a late event joins two profiles": (
        "a anonymous_id=an1; b email=ana@example.com; c anonymous_id=an1; "
        "d anonymous_id=an1,email=ana@example.com",
        "a b c d",
    ),
    "a chain of merges": (
        "a anonymous_id=an1,email=x@example.com; b phone=+34600112233,external=crm1; "
        "c email=x@example.com,phone=+34600112233; d external=crm1,user_id=u9; e anonymous_id=an1",
        "a b c d e",
    ),
    "an account changes its e-mail": (
        "a user_id=u1,email=old@example.com; b user_id=u1,email=new@example.com; "
        "c email=old@example.com; d email=new@example.com",
        "a b c d",
    ),
    "a visitor who returns": (
        "a anonymous_id=an1; b anonymous_id=an1; c anonymous_id=an2",
        "a b / c",
    ),
}


def events(story: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    for part in re.split(r";\s*", story):
        name, _, fields = part.partition(" ")
        found.append((name, dict(field.split("=", 1) for field in fields.split(","))))
    return found


def owners(workspace_rows: list[tuple[str, int | None]]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for name, person in workspace_rows:
        if person is not None:
            groups.setdefault(person, set()).add(name)
    return {frozenset(group) for group in groups.values()}


def expected_groups(answer: str) -> set[frozenset[str]]:
    if answer.startswith("-"):
        return set()
    return {frozenset(group.split()) for group in answer.split(" / ")}


@pytest.mark.parametrize("scenario", EXAMPLES)
def test_the_published_examples(scenario: str, tmp_path: Path) -> None:
    story, answer = EXAMPLES[scenario]
    workspace = flow.create(tmp_path / "w", language="en", region="ES")
    for number, (name, known) in enumerate(events(story)):
        # One file an event, so that people are computed again after each.
        file = tmp_path / f"{number}.csv"
        at = (NOON + timedelta(hours=number)).isoformat()
        values = ",".join('"' + known.get(kind, "").replace('"', '""') + '"' for kind in KINDS)
        file.write_text(f"timestamp,event,{','.join(KINDS)}\n{at},{name},{values}\n")
        flow.import_files(workspace, [file], source="web")
    with workspace.lake.session() as session:
        rows = session.ask(
            "whose",
            """select i.name, p.person from interactions i left join people p
                 on p.signature = i.signature
                 and (p.since is null or i.occurred_at >= p.since)
                 and (p.until is null or i.occurred_at < p.until)""",
        )
    assert {name for name, _ in rows} == {name for name, _ in events(story)}  # nothing is lost
    assert owners([(str(name), person) for name, person in rows]) == expected_groups(answer)


def test_a_value_is_kept_beside_its_normal_form() -> None:
    usable, unusable = normalise(
        (" 'u1'", "Ana@Example.com ", "600 11 22 33", None, "null"), region="ES"
    )
    assert usable == Identifiers("u1", "ana@example.com", "+34600112233", None, None)
    assert unusable == ["anonymous_id"]


identifiers = st.builds(
    Identifiers,
    user_id=st.sampled_from([None, "u1", "u2", "u3"]),
    email=st.sampled_from([None, None, "a@x.es", "b@x.es"]),
    anonymous_id=st.sampled_from([None, "d1", "d2"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=12), st.randoms())
def test_people_do_not_depend_on_the_order_of_arrival(
    sets: list[Identifiers], chance: object
) -> None:
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    shuffled = list(signatures)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled) == resolve(signatures)


@settings(max_examples=200, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=12))
def test_two_accounts_are_never_one_person(sets: list[Identifiers]) -> None:
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    accounts: dict[int, set[str]] = {}
    for owned in resolve(signatures):
        account = sets[owned.signature].user_id
        if account:
            accounts.setdefault(owned.person, set()).add(account)
    assert all(len(found) == 1 for found in accounts.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=12))
def test_every_usable_set_is_somebodys_and_no_other_is(sets: list[Identifiers]) -> None:
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    owned = {turn.signature for turn in resolve(signatures)}
    assert owned == {i for i, s in enumerate(sets) if any(s)}
