"""Who is who: the published examples of the rules, in the order of time and in any other."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import NOON
from honest_people import Owned, Signature, in_the_engine
from honest_people import resolve as slowly
from trayecto import flow
from trayecto.identity.components import Judgement
from trayecto.identity.identifiers import (
    KINDS,
    Identifiers,
    email,
    email_by_library,
    normalise,
)
from trayecto.identity.normal import normalise_all
from trayecto.identity.phones import by_library, e164
from trayecto.lake.duck import Session

# Events in time order → whose is whose; `-` is nobody.
EXAMPLES = {
    "I01 anonymous, then login": (
        "a anonymous_id=an1; b anonymous_id=an1; c anonymous_id=an1,user_id=u1; d user_id=u1",
        "a b c d",
    ),
    "I02 two devices, one user": (
        "a anonymous_id=an1,user_id=u1; b anonymous_id=an2; c anonymous_id=an2,user_id=u1; "
        "d anonymous_id=an1",
        "a b c d",
    ),
    "I03 web and till joined by e-mail": (
        "a anonymous_id=an1,email=Ana@Example.com ; b email=ana@example.COM,external=pos-77; "
        "c external=pos-77",
        "a b c",
    ),
    "I04 one phone, three spellings": (
        "a anonymous_id=an1,phone=600 11 22 33; b phone=+34600112233; "
        "c phone=0034 600-112-233,external=call-1",
        "a b c",
    ),
    "I05 different people stay apart": (
        "a user_id=u1,anonymous_id=an1; b user_id=u2,anonymous_id=an2",
        "a / b",
    ),
    "I06 two logins on one browser": (
        "a anonymous_id=kiosk; b anonymous_id=kiosk,user_id=u1; c anonymous_id=kiosk; "
        "d anonymous_id=kiosk,user_id=u2; e anonymous_id=kiosk",
        "a b c / d e",
    ),
    "I08 a family e-mail, two accounts": (
        "a user_id=u1,email=casa@example.com; b user_id=u2,email=casa@example.com; "
        "c email=casa@example.com",
        "a c / b",
    ),
    "I10 placeholders are nobody": (
        "a user_id=null,anonymous_id=an1; b user_id=undefined,anonymous_id=an2; "
        "c user_id=0,anonymous_id=an3; d user_id=0000-0000,anonymous_id=an4; "
        "e user_id=[object Object],anonymous_id=an5; f user_id=Anonymous,anonymous_id=an6",
        "a / b / c / d / e / f",
    ),
    "I11 only a placeholder": ("a user_id=null; b user_id=guest,email=test@test.com", "- a b"),
    "I12 quotes and spaces": ('a user_id=u1; b user_id="u1"; c user_id= u1 ', "a b c"),
    "I13 42 and “42” are one account": ("a user_id=42; b user_id='42'", "a b"),
    "I14 account ids keep their case, e-mails do not": (
        "a user_id=AbC; b user_id=abc; c email=X@y.com; d email=x@Y.com",
        "a / b / c d",
    ),
    "I16 an invalid e-mail or phone links nothing": (
        "a anonymous_id=an1,email=ana@; b anonymous_id=an2,email=ana@; "
        "c anonymous_id=an3,phone=123; d anonymous_id=an4,phone=123",
        "a / b / c / d",
    ),
    "I18 a late event joins two profiles": (
        "a anonymous_id=an1; b email=ana@example.com; c anonymous_id=an1; "
        "d anonymous_id=an1,email=ana@example.com",
        "a b c d",
    ),
    "I19 a chain of merges": (
        "a anonymous_id=an1,email=x@example.com; b phone=+34600112233,external=crm1; "
        "c email=x@example.com,phone=+34600112233; d external=crm1,user_id=u9; e anonymous_id=an1",
        "a b c d e",
    ),
    "I21 an account changes its e-mail": (
        "a user_id=u1,email=old@example.com; b user_id=u1,email=new@example.com; "
        "c email=old@example.com; d email=new@example.com",
        "a b c d",
    ),
    "I23 the alias of a device is its login": (
        "a anonymous_id=an1; b user_id=u1,anonymous_id=an1; c anonymous_id=an1",
        "a b c",
    ),
    "I28 from the last to the first, and one of them twice": (
        "c user_id=u1,email=x@example.com; b anonymous_id=an1,email=x@example.com; "
        "a anonymous_id=an1; b anonymous_id=an1,email=x@example.com",
        "a b c",
    ),
    "I31 a visitor who returns": (
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
    phone=st.sampled_from([None, None, "+34600112233"]),
    external=st.sampled_from([None, None, None, "crm1"]),
    anonymous_id=st.sampled_from([None, "d1", "d2"]),
)


def seen(sets: list[Identifiers], *, every: timedelta = timedelta(hours=1)) -> list[Signature]:
    """Return each set once, seen one after the other; a set that comes again is seen again."""
    times: dict[Identifiers, list[datetime]] = {}
    for place, one in enumerate(sets):
        times.setdefault(one, []).append(NOON + place * every)
    return [Signature(i, one, tuple(when)) for i, (one, when) in enumerate(times.items())]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


accounts = st.sampled_from(["u1", "u2", "u3", "u4"])
keys = st.one_of(
    st.tuples(st.just("user_id"), accounts),
    st.sampled_from([("email", "a@x.es"), ("anonymous_id", "d1"), ("external", "never seen")]),
)
sayings = st.builds(
    lambda verdict, left, right, hour, forced: Judgement(
        verdict, left, right, NOON + timedelta(hours=hour), forced and verdict == "same"
    ),
    st.sampled_from(["same", "different", "unsure"]), keys, keys, st.integers(0, 9), st.booleans(),
)  # fmt: skip


def heard(said: list[Judgement]) -> list[Judgement]:
    """Return judgements of two identifiers, no two at one moment, in the order of time."""
    apart = {
        judgement.made_at: judgement for judgement in said if judgement.left != judgement.right
    }
    return [apart[at] for at in sorted(apart)]


@settings(max_examples=30, deadline=None)
@given(st.lists(identifiers, min_size=1, max_size=14), st.lists(sayings, max_size=3), st.randoms())
def test_people_are_what_slow_honest_counting_says_in_any_order_of_arrival(
    scratch: Path, sets: list[Identifiers], said: list[Judgement], chance: Random
) -> None:
    signatures = seen(sets)
    shuffled = list(signatures)
    chance.shuffle(shuffled)
    found = in_the_engine(scratch, shuffled, heard(said))
    assert found == slowly(signatures, heard(said))
    # Every usable set is somebody's, and the laws hold whatever was said.
    assert {turn.signature for turn in found} == {one.id for one in signatures}
    shared = {turn.signature for turn in found if (turn.note or "").startswith("shared")}
    nobodys = {turn.signature for turn in found if turn.person is None}
    assert nobodys <= shared | {one.id for one in signatures if not any(one.identifiers)}
    holders = {
        key: turn.person
        for turn in found
        for key in signatures[turn.signature].identifiers.held()[:1]
        if turn.person is not None and not (turn.note or "").startswith("shared")
    }
    together = Counter(person for (kind, _), person in holders.items() if kind == "user_id")
    forced = sum(j.forced for j in heard(said))
    assert max(together.values(), default=1) <= 1 + forced
    last = {frozenset((j.left, j.right)): j for j in heard(said)}
    for judgement in last.values():
        left, right = holders.get(judgement.left), holders.get(judgement.right)
        if judgement.verdict == "different" and not forced and left is not None:
            assert left != right


of_many = st.builds(
    Identifiers,
    user_id=st.sampled_from([None, "u1", "u2", "u3", "u4", "u5", "u6"]),
    email=st.sampled_from([None, None, None, "a@x.es", "b@x.es", "c@x.es"]),
    phone=st.sampled_from([None, None, None, "+34600112233"]),
    external=st.none(),
    anonymous_id=st.sampled_from([None, "d1", "d2", "d3", "d4"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(of_many, min_size=1, max_size=14),
    st.lists(sayings, max_size=3),
    st.sets(st.integers(0, 13), max_size=4),
    st.integers(0, 3),
)
def test_joining_what_a_new_import_concerns_gives_what_joining_everything_gives(
    scratch: Path,
    sets: list[Identifiers],
    said: list[Judgement],
    came_late: set[int],
    said_late: int,
) -> None:
    signatures = seen(sets)
    late = {NOON + timedelta(hours=place) for place in came_late}
    all_said = heard(said)
    said_late = min(said_late, len(all_said))
    found = in_the_engine(scratch, signatures, all_said, late=late, said_late=said_late)
    assert found == slowly(signatures, all_said)


on_shared_devices = st.builds(
    Identifiers,
    user_id=st.sampled_from([None, None, "u1", "u2", "u3"]),
    email=st.sampled_from([None, None, None, "a@x.es", "b@x.es"]),
    phone=st.none(),
    external=st.none(),
    anonymous_id=st.sampled_from(["d1", "d1", "d1", "d2"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(on_shared_devices, min_size=4, max_size=22),
    st.sets(st.integers(0, 21), max_size=8),
    st.booleans(),
)
def test_turns_on_a_device_go_on_from_those_known_as_if_all_came_at_once(
    scratch: Path, sets: list[Identifiers], came_late: set[int], at_the_end: bool
) -> None:
    signatures = seen(sets)
    if at_the_end:  # as a day's facts do
        came_late = {len(sets) - 1 - place // 3 for place in came_late}
    late = {NOON + timedelta(hours=place) for place in came_late}
    assert in_the_engine(scratch, signatures, late=late) == slowly(signatures)


def test_an_address_of_three_accounts_is_nobodys(scratch: Path) -> None:
    casa = "casa@example.com"
    found = in_the_engine(scratch, seen([
        Identifiers("u1", casa), Identifiers("u2", casa), Identifiers("u3", casa),
        Identifiers(None, casa), Identifiers(None, casa, anonymous_id="d1"),
    ]))  # fmt: skip
    people = {turn.signature: turn.person for turn in found}
    assert len({people[0], people[1], people[2], people[4]}) == 4
    assert people[3] is None
    assert next(t.note for t in found if t.signature == 3) == "shared:email"


def test_a_device_goes_back_and_forth_with_whoever_logs_in(scratch: Path) -> None:
    hours = [NOON + timedelta(hours=hour) for hour in (0, 1, 5)]
    found = in_the_engine(scratch, [
        Signature(0, Identifiers("u1", anonymous_id="d"), (hours[0], hours[2])),
        Signature(1, Identifiers("u2", anonymous_id="d"), (hours[1],)),
        Signature(2, Identifiers(anonymous_id="d"), (NOON + timedelta(hours=9),)),
    ])  # fmt: skip
    whose = {turn.signature: turn.person for turn in found if turn.signature != 2}
    assert [turn for turn in found if turn.signature == 2] == [
        Owned(2, None, hours[1], whose[0]), Owned(2, hours[1], hours[2], whose[1]),
        Owned(2, hours[2], None, whose[0]),
    ]  # fmt: skip


def test_a_device_told_apart_from_somebody_is_never_theirs(scratch: Path) -> None:
    signatures = seen([Identifiers(anonymous_id="d"), Identifiers("u1", anonymous_id="d")])
    told = Judgement("different", ("user_id", "u1"), ("anonymous_id", "d"), NOON)

    def owners(*said: Judgement) -> list[int | None]:
        return [turn.person for turn in in_the_engine(scratch, signatures, said)]

    assert len(set(owners())) == 1
    device, login = owners(told)
    assert device != login


def test_nobody_has_more_than_five_addresses(scratch: Path) -> None:
    sets = [Identifiers("u1", f"ana{n}@x.es") for n in range(7)]
    notes = [turn.note for turn in in_the_engine(scratch, seen(sets))]
    assert notes == [None] * 5 + ["limit:email"] * 2


def test_nobody_has_more_than_a_thousand_identifiers(scratch: Path) -> None:
    sets = [Identifiers("u1", anonymous_id=f"d{n}") for n in range(1_001)]
    notes = [turn.note for turn in in_the_engine(scratch, seen(sets, every=timedelta(seconds=1)))]
    assert notes == [None] * 999 + ["limit:anonymous_id"] * 2


def test_a_forced_link_stands_above_the_limit_and_can_be_taken_back(scratch: Path) -> None:
    signatures = seen([Identifiers("u1"), Identifiers("u2"), Identifiers("u2", "ana@x.es")])
    pair = (("user_id", "u1"), ("user_id", "u2"))

    def people(*said: Judgement) -> int:
        return len({turn.person for turn in in_the_engine(scratch, signatures, said)})

    assert people() == 2
    assert people(Judgement("same", *pair, NOON)) == 2  # two accounts stay apart
    forced = Judgement("same", *pair, NOON, forced=True)
    assert people(forced) == 1
    assert people(forced, Judgement("different", *pair, NOON + timedelta(hours=1))) == 2
    # Not being sure is no reason to join, nor to part.
    assert people(Judgement("unsure", *pair, NOON)) == 2


NOISE = st.sampled_from(["", " ", "\t", '"', "'", "\u00a0", "(", "]", "0", "-", "\n"])
WORDS = st.sampled_from(
    ["u1", "42", "null", "Guest", "0000-0000", "[object Object]", "Ana@Example.com", "ana@", "É",
     "a@a.com", "x@y.local", "x@a--b.com", "x@é.com", "K@a.com", "İ@a.com", "x@1.2.3.4", "a@b.c",
     '["u1", "u2"]', "[null, 42]", "[1", '[["u1"]]', "[]",
     "600 11 22 33", "+34600112233", "0034 600-112-233", "123", "(600)112233", "+1 212 555 0100",
     "+52 55 1234 5678", "600112233 ext. 4", "34600112233", "1.5", "base64==", "{a-b}", "anónimo"]
)  # fmt: skip
typed = st.lists(
    st.one_of(st.none(), st.builds("{}{}{}".format, NOISE, WORDS, NOISE), st.text(max_size=6)),
    min_size=5, max_size=5,
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(typed, min_size=1, max_size=30), st.sampled_from([None, "ES", "MX", "AR", "US"]))
def test_many_are_normalised_as_each_alone(
    scratch: Path, rows: list[list[str | None]], region: str | None
) -> None:
    # The engine's files of text hold no NUL and no half of a character.
    rows = [[None if v and re.search("[\0\ud800-\udfff]", v) else v for v in row] for row in rows]
    with Session(memory="500MB", threads=1, scratch=scratch) as session:
        columns = ", ".join(f"{kind} varchar" for kind in KINDS)
        session.load("typed", f"n integer, {columns}", [(n, *row) for n, row in enumerate(rows)])
        normalise_all(session, "typed", into="normal", region=region)
        found = session.ask("normal", f"select {', '.join(KINDS)}, unusable from normal order by n")
    for row, normal in zip(rows, found, strict=True):
        usable, unusable = normalise(tuple(row), region=region)
        assert normal == (*usable, ",".join(unusable) or None)


REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(REGIONS), st.sampled_from([None, "ES", *REGIONS]), st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9)), max_size=3),
    st.sampled_from(["", "", "+", "00", "code", "0"]), st.sampled_from(["", " ", "-", "."]),
)  # fmt: skip
def test_a_plain_number_is_read_as_the_library_reads_it(
    region: str,
    at_home: str | None,
    kind: int,
    slips: list[tuple[int, int]],
    before: str,
    mark: str,
) -> None:
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        return
    digits = list(str(number.national_number))
    for place, digit in slips:
        digits[place % len(digits)] = str(digit)
    code = "" if before in ("", "0") else str(number.country_code)
    start = "" if before == "code" else before
    written = start + code + mark.join(digits)
    assert e164(written, at_home) == by_library(written, at_home)


ADDRESSES = st.from_regex(
    r"[A-Za-z0-9._%+-]{1,9}@[A-Za-z0-9.-]{1,9}\.[A-Za-z]{1,6}", fullmatch=True
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ADDRESSES, st.emails()))
def test_a_plain_address_is_read_as_the_library_reads_it(address: str) -> None:
    assert email(address) == email_by_library(address.lower())
