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
from trayecto.identity.components import Judgement
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
        if account and owned.person is not None:
            accounts.setdefault(owned.person, set()).add(account)
    assert all(len(found) == 1 for found in accounts.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=12))
def test_every_usable_set_is_somebodys_and_no_other_is(sets: list[Identifiers]) -> None:
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    found = resolve(signatures)
    assert {turn.signature for turn in found} == set(range(len(sets)))
    shared = {turn.signature for turn in found if (turn.note or "").startswith("shared")}
    nobodys = {turn.signature for turn in found if turn.person is None}
    assert nobodys <= shared | {i for i, s in enumerate(sets) if not any(s)}


def test_an_address_of_three_accounts_is_nobodys() -> None:
    casa = "casa@example.com"
    sets = [
        Identifiers("u1", casa), Identifiers("u2", casa), Identifiers("u3", casa),
        Identifiers(None, casa), Identifiers(None, casa, anonymous_id="d1"),
    ]  # fmt: skip
    found = resolve(Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets))
    people = {turn.signature: turn.person for turn in found}
    assert len({people[0], people[1], people[2], people[4]}) == 4
    assert people[3] is None
    assert next(t.note for t in found if t.signature == 3) == "shared:email"


def test_a_device_goes_back_and_forth_with_whoever_logs_in() -> None:
    sets = [Identifiers("u1", anonymous_id="d"), Identifiers("u2", anonymous_id="d"),
            Identifiers(anonymous_id="d")]  # fmt: skip
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    hours = [NOON + timedelta(hours=hour) for hour in (0, 1, 5)]
    found = resolve(signatures, logins={"d": [(hours[0], 0), (hours[1], 1), (hours[2], 0)]})
    turns = [turn for turn in found if turn.signature == 2]
    whose = {turn.signature: turn.person for turn in found if turn.signature != 2}
    assert [(t.since, t.until, t.person) for t in turns] == [
        (None, hours[1], whose[0]), (hours[1], hours[2], whose[1]), (hours[2], None, whose[0]),
    ]  # fmt: skip


accounts = st.sampled_from(["u1", "u2", "u3", "u4"])
sayings = st.builds(
    lambda verdict, left, right, hour, forced: Judgement(
        verdict, ("user_id", left), ("user_id", right), NOON + timedelta(hours=hour), forced
    ),
    st.sampled_from(["same", "different"]), accounts, accounts, st.integers(0, 9), st.booleans(),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=12), st.lists(sayings, max_size=4))
def test_what_was_judged_different_is_never_one_person(
    sets: list[Identifiers], said: list[Judgement]
) -> None:
    said = [j for j in said if j.left != j.right and not (j.forced and j.verdict == "same")]
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    holders: dict[tuple[str, str], int] = {}
    for turn in resolve(signatures, said=said):
        if turn.person is not None:
            for key in sets[turn.signature].held()[:1]:
                holders[key] = turn.person
    last = {frozenset((j.left, j.right)): j for j in sorted(said, key=lambda j: j.made_at)}
    for judgement in last.values():
        left, right = holders.get(judgement.left), holders.get(judgement.right)
        if judgement.verdict == "different" and left is not None and right is not None:
            assert left != right


def test_a_forced_link_stands_above_the_limit_and_can_be_taken_back() -> None:
    sets = [Identifiers("u1"), Identifiers("u2"), Identifiers("u2", "ana@x.es")]
    signatures = [Signature(i, s, NOON + timedelta(hours=i)) for i, s in enumerate(sets)]
    pair = (("user_id", "u1"), ("user_id", "u2"))

    def people(*said: Judgement) -> int:
        return len({turn.person for turn in resolve(signatures, said=said)})

    assert people() == 2
    assert people(Judgement("same", *pair, NOON)) == 2  # two accounts stay apart
    forced = Judgement("same", *pair, NOON, forced=True)
    assert people(forced) == 1
    assert people(forced, Judgement("different", *pair, NOON + timedelta(hours=1))) == 2
