"""Rules over customers: whom they choose, in every question, by name, and in the list of people."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayecto import care, flow
from trayecto.journeys import customers
from trayecto.maps import segments
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.rule import Rule, RuleTest, rule_of
from trayecto.workspace import Workspace

FACTS = """\
timestamp,user_id,event,channel,plan,city,age,csat
2026-03-01T12:00:00Z,ana,ad,web,fibre,"Vigo, centre",34,
2026-03-02T12:00:00Z,ana,call,phone,Business,,,2
2026-03-01T12:00:00Z,luz,ad,web,copper,Lugo,71,
2026-03-04T12:00:00Z,luz,buy,store,,,,5
2026-03-04T23:30:00Z,eva,buy,store,,,,
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("shop")
    return _shop(folder, FACTS)


def _shop(folder: Path, facts: str, *, zone: str = "UTC") -> Workspace:
    workspace = flow.create(folder / "workspace", language="en", zone=zone)
    file = folder / "facts.csv"
    file.write_text(facts, "utf-8")
    flow.import_files(workspace, [file], source="crm")
    return workspace


def chosen(workspace: Workspace, *tests: str) -> set[str]:
    """Return who meets the tests, by account."""
    found = care.list_people(workspace, where=rule_of(tests), at_most=None)
    return {word.partition(":")[2] for one in found.listed for word in one.identifiers}


@pytest.mark.parametrize(
    ("tests", "whom"),
    [
        (["plan=business"], {"ana"}),
        (["plan=fibre"], set()),
        (["plan=copper,business"], {"ana", "luz"}),
        (['city="Vigo, centre"'], {"ana"}),
        (["age>=35"], {"luz"}),
        (["age>=30", "age<=40"], {"ana"}),
        (["plan=copper", "interactions>=2"], {"luz"}),
        (["interactions<=1"], {"eva"}),
        (["channels=phone"], {"ana"}),
        (["channels>=2"], {"ana", "luz"}),
        (["channel=store"], {"luz", "eva"}),
        (["sources=crm"], {"ana", "luz", "eva"}),
        (["first_seen<=2026-03-01"], {"ana", "luz"}),
        (["last_seen>=2026-03-04"], {"luz", "eva"}),
        (["first_seen=2026-03-04"], {"eva"}),
        (["days_known>=3"], {"luz"}),
        (["days_silent>=2"], {"ana"}),
        (["csat<=2"], {"ana"}),
    ],
    ids=lambda value: " & ".join(value) if isinstance(value, list) else "",
)
def test_a_rule_chooses_by_what_is_known_now(
    shop: Workspace, tests: list[str], whom: set[str]
) -> None:
    """Ana went from fibre to business: the newest value counts, whatever its capitals."""
    assert chosen(shop, *tests) == whom


def test_the_customers_day_is_told_in_their_zone(tmp_path: Path) -> None:
    """Eva bought on 4 March at 23.30 UTC: in Madrid it was the 5th already."""
    madrid = _shop(tmp_path, FACTS, zone="Europe/Madrid")
    assert chosen(madrid, "first_seen=2026-03-05") == {"eva"}


def test_every_question_takes_a_rule_over_customers(shop: Workspace) -> None:
    scope = flow.Scope(people=rule_of(["plan=copper"]))
    graph = flow.graph(shop, scope)
    assert [(node.name, node.people) for node in graph.nodes] == [("ad", 1), ("buy", 1)]
    assert flow.variants(shop, scope).journeys == 1
    assert [step.people for step in flow.funnel(shop, scope, ["ad", "buy"]).steps] == [1, 1]
    assert flow.members(shop, scope, "ad").people == 1


def test_a_rule_goes_together_with_the_other_filters(shop: Workspace) -> None:
    scope = flow.Scope(people=rule_of(["plan=copper"]), channels=("store",))
    assert [(n.name, n.people) for n in flow.graph(shop, scope).nodes] == [("buy", 1)]
    nobody = flow.Scope(people=rule_of(["plan=copper"]), avoids=("buy",))
    assert flow.graph(shop, nobody).people == 0


def test_a_value_nobody_has_is_an_empty_answer(shop: Workspace) -> None:
    assert flow.graph(shop, flow.Scope(people=rule_of(["plan=gold"]))).people == 0


def test_a_property_nobody_has_is_refused_with_the_nearest(shop: Workspace) -> None:
    with pytest.raises(customers.PropertyUnknown) as refused:
        flow.graph(shop, flow.Scope(people=rule_of(["plna=fibre", "edad>=3"])))
    said = refused.value.say("es")
    assert "Ningún cliente tiene la propiedad «plna». ¿Querías decir: plan?" in said
    assert "«edad». «trayecto segments --properties» lista las que hay." in said


def test_what_is_wrong_with_a_rule_is_said_all_at_once() -> None:
    with pytest.raises(TrayectoError) as refused:
        rule_of(["plan", "age>30", "age>=old"])
    assert refused.value.say("en").splitlines() == [
        "“plan” is no test of a customer. Write it like plan=fibre,business or interactions>=5 "
        "or last_seen<=2026-03-01.",
        "“age>30”: bounds are included here. Write age>=30.",
        "“old” in “age>=old” is no number and no day. Write it like plan=fibre,business or "
        "interactions>=5 or last_seen<=2026-03-01.",
    ]


def test_of_a_case_its_own_interactions_tell(tmp_path: Path) -> None:
    """Ticket 1 is urgent at first and then not; ticket 2 is urgent."""
    workspace = flow.create(tmp_path / "workspace", language="en")
    file = tmp_path / "tickets.csv"
    file.write_text(
        "timestamp,case_id,event,urgent\n"
        "2026-03-01T12:00:00Z,1,open,yes\n2026-03-01T13:00:00Z,1,triage,no\n"
        "2026-03-01T12:00:00Z,2,open,yes\n2026-03-01T13:00:00Z,2,close,\n",
        "utf-8",
    )
    flow.import_files(workspace, [file], source="desk")
    graph = flow.graph(workspace, flow.Scope(per="case", people=rule_of(["urgent=yes"])))
    assert sorted(node.name for node in graph.nodes) == ["close", "open"]


def test_a_property_called_like_a_computed_one_can_still_be_named(tmp_path: Path) -> None:
    workspace = _shop(
        tmp_path,
        "timestamp,user_id,event,interactions\n2026-03-01T12:00:00Z,ana,ad,many\n"
        "2026-03-02T12:00:00Z,luz,ad,few\n",
    )
    assert chosen(workspace, "data:interactions=many") == {"ana"}
    assert chosen(workspace, "interactions=1") == {"ana", "luz"}


# Named segments

SEGMENTS = """\
segments:
  - id: business
    name: {es: Empresas, en: Companies}
    rule:
      - {property: plan, is: business}
  - id: loyal
    rule:
      - {property: interactions, at_least: 2}
      - {property: channels, is: [store]}
  - id: gold
    rule: [{property: tariff, is: gold}]
"""


def test_segments_are_counted_live(shop: Workspace) -> None:
    shop.segments.write_text(SEGMENTS, "utf-8")
    found = care.list_segments(shop)
    assert [(one.id, one.people, one.missing) for one in found] == [
        ("business", 1, ()), ("loyal", 1, ()), ("gold", 0, ("tariff",))
    ]  # fmt: skip
    assert found[0].name.en == "Companies"
    assert found[1].rule.es == "interacciones ≥ 2, canales usados: Tienda"
    assert found[0].share.n == 3


def test_a_segment_that_is_not_there_is_refused_with_the_nearest(shop: Workspace) -> None:
    shop.segments.write_text(SEGMENTS, "utf-8")
    assert flow.segment(shop, "loyal").rule == rule_of(["interactions>=2", "channels=store"])
    with pytest.raises(TrayectoError, match=r"no segment “loyl”.*loyal"):
        flow.segment(shop, "loyl")


def test_all_that_is_wrong_in_the_document_is_said_with_its_line(shop: Workspace) -> None:
    shop.segments.write_text(
        "segments:\n  - id: Big ones\n    rule: [{property: age, at_leest: 3}]\n"
        "  - id: other\n    rule: []\n",
        "utf-8",
    )
    with pytest.raises(TrayectoError) as refused:
        flow.segments(shop)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 5]
    assert 'Did you mean "at_least"?' in refused.value.say("en")


def test_the_same_name_twice_is_refused(shop: Workspace) -> None:
    twice = "segments:\n" + "  - {id: a, rule: [{property: age, at_least: 3}]}\n" * 2
    shop.segments.write_text(twice, "utf-8")
    with pytest.raises(TrayectoError, match="already has this id"):
        flow.segments(shop)


def test_what_rules_may_name_is_listed_without_what_only_one_has(shop: Workspace) -> None:
    listed = {one.name: one for one in care.list_properties(shop)}
    assert listed["interactions"].most == 2
    assert listed["channels"].values == (("store", 2), ("web", 2))
    assert listed["plan"].people == 2
    assert listed["plan"].values == ()
    assert "nps" not in listed


# The list of people


def test_people_are_written_without_what_identifies_them_unless_asked(
    shop: Workspace, tmp_path: Path
) -> None:
    plain, named = tmp_path / "plain.csv", tmp_path / "named.csv"
    rule = rule_of(["plan=copper"])
    assert care.export_people(shop, plain, where=rule) == 1
    assert care.export_people(shop, named, where=rule, named=True) == 1
    assert "luz" not in plain.read_text("utf-8")
    [row] = csv.DictReader(named.open(encoding="utf-8"))
    assert (row["identifiers"], row["interactions"]) == ("user_id:luz", "2")


def test_people_are_counted_by_the_rule(shop: Workspace) -> None:
    found = care.list_people(shop, where=rule_of(["channels=store"]), at_most=1)
    assert (found.people, len(found.listed)) == (2, 1)


# The page about it


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_tells_every_computed_property_and_its_segments_are_sound(language: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / language / "customers.md").read_text("utf-8")
    table = [line for line in page.splitlines() if line.startswith("| `")]
    assert [name for name in customers.COMPUTED if not any(f"`{name}`" in t for t in table)] == []
    [example] = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    assert len(segments.read(example, file="segments.yaml")) == 2


# Against slow, honest Python

_PLANS = ("fibre", "Copper", "gold", "")
_facts = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.integers(0, 5), st.sampled_from(_PLANS),
        st.sampled_from(["", "1", "2.5", "-3", "x"]), st.sampled_from(["web", "store"]),
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip
_tests = st.lists(
    st.one_of(
        st.builds(
            RuleTest,
            st.just("plan"),
            st.lists(st.sampled_from(["fibre", "copper", "none"]), min_size=1).map(tuple),
        ),
        st.builds(RuleTest, st.just("age"), st.just(()), st.sampled_from([-3.0, 1.0, 2.0])),
        st.builds(RuleTest, st.just("interactions"), st.just(()), st.just(None),
                  st.sampled_from([1.0, 2.0])),
        st.builds(RuleTest, st.just("channels"), st.just(("store",))),
    ),
    min_size=1,
    max_size=3,
).map(tuple)  # fmt: skip
Fact = tuple[str, int, str, str, str]


def honest(facts: Sequence[Fact], rule: Rule) -> set[str]:
    """Return whom a rule chooses, one by one."""
    return {who for who in {fact[0] for fact in facts}
            if all(_holds([f for f in facts if f[0] == who], test) for test in rule)}  # fmt: skip


def _holds(own: Sequence[Fact], test: RuleTest) -> bool:
    inf = float("inf")
    low = -inf if test.at_least is None else test.at_least
    high = inf if test.at_most is None else test.at_most
    if test.property == "interactions":
        return low <= len(own) <= high
    if test.property == "channels":
        return any(fact[4] in test.is_ for fact in own)
    place = {"plan": 2, "age": 3}[test.property]
    newest = ""
    for fact in sorted(own, key=lambda fact: fact[1]):  # stable: of equals the one written last
        newest = str(fact[place]) or newest
    if test.is_:
        return newest.lower() in test.is_
    try:
        return low <= float(newest) <= high
    except ValueError:
        return False


@settings(max_examples=25, deadline=None)
@given(facts=_facts, rule=_tests)
def test_rules_choose_whom_honest_python_chooses(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact], rule: Rule
) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    lines = ["timestamp,user_id,event,plan,age,channel"]
    lines += [
        f"{(start + timedelta(hours=hour)).isoformat()},{who},ad,{plan},{age},{channel}"
        for who, hour, plan, age, channel in facts
    ]
    workspace = _shop(tmp_path_factory.mktemp("honest"), "\n".join(lines) + "\n")
    with workspace.lake.session() as session:
        known = customers.know(session, "person", [rule])
        rows = session.ask(
            "whom",
            f"""select distinct l.user_id from {known.table} c
                join people p on p.person = c.subject join links l using (signature)
                where {known.where(rule)}""",
        )
    assert {who for (who,) in rows} == honest(facts, rule)


def test_a_name_with_any_sign_in_it_is_found(tmp_path: Path) -> None:
    name = 'a/b~c "d" \\ ñ'
    file = tmp_path / "facts.jsonl"
    file.write_text(
        json.dumps({"timestamp": "2026-03-01T12:00:00Z", "user_id": "ana", "event": "ad",
                    name: "yes"}) + "\n",
        "utf-8",
    )  # fmt: skip
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="app")
    assert flow.graph(workspace, flow.Scope(people=(RuleTest(name, ("yes",)),))).people == 1
