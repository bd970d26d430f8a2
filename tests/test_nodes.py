"""Node rules: which interactions are which touchpoint, judged by the engine and by honest loops."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import NOON, workspace_of
from trayecto import care, flow, measuring, naming
from trayecto.collect.nodes import Matched
from trayecto.journeys.named import reads
from trayecto.lake.tables import NODES, TABLES
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Language, Text
from trayecto.workspace import Workspace

MAPPING = "mapping: 1\ntime: timestamp\nname: event\nidentifiers: {user_id: user_id}\n"
HEAD = "nodes: 1\nrules:\n"


def visited(folder: Path, *pages: Mapping[str, object], name: str = "page_view") -> Workspace:
    """Return a workspace in which Ana saw *pages*, one an hour, each told by its properties."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"timestamp": (NOON + timedelta(hours=hour)).isoformat(), "user_id": "ana", "event": name}
        | dict(page)
        for hour, page in enumerate(pages)
    ]
    (folder / "web.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    workspace = flow.create(folder / "workspace", language="en")
    agent = "agent: user_agent\n" if any("user_agent" in page for page in pages) else ""
    (folder / "mapping.yaml").write_text(MAPPING + agent)
    flow.import_files(
        workspace, [folder / "web.jsonl"], source="web", mapping=folder / "mapping.yaml"
    )
    return workspace


def ruled(workspace: Workspace, *rules: str) -> Workspace:
    """Give a workspace these node rules."""
    lines = "".join(f"  - {rule}\n" for rule in rules)
    workspace.node_rules.write_text(HEAD + lines if rules else "nodes: 1\nrules: []\n")
    return workspace


def path(workspace: Workspace) -> list[str]:
    """Return what Ana did, touchpoint by touchpoint."""
    (variant,) = flow.variants(workspace, flow.Scope()).listed
    return list(variant.path)


def listed(workspace: Workspace) -> dict[tuple[str, str], tuple[str, int, tuple[int, ...]]]:
    """Return each kind's touchpoint, interactions and rules, by name and rules of properties."""
    kinds = care.list_nodes(workspace)
    return {(k.name, k.tested): (k.touchpoint, k.interactions, k.rules) for k in kinds}


def test_a_property_tells_one_page_from_another(tmp_path: Path) -> None:
    pages = [{"url": url} for url in ("/", "/help/bill", "/shop/42", "/help", "/helpers")]
    workspace = ruled(
        visited(tmp_path, *pages),
        "{name: page_view, properties: {url: {regex: '/help(/.*)?'}}, touchpoint: Help}",
        "{name: page_view, properties: {url: {prefix: /shop/}}, touchpoint: Product}",
    )
    assert path(workspace) == ["page_view", "Help", "Product", "Help", "page_view"]
    assert listed(workspace) == {
        ("page_view", "1"): ("Help", 2, (1,)),
        ("page_view", "2"): ("Product", 1, (2,)),
        ("page_view", ""): ("page_view", 2, ()),
    }


def test_every_property_of_a_rule_must_match(tmp_path: Path) -> None:
    workspace = ruled(
        visited(
            tmp_path,
            {"plan": "fibre", "new": True, "lines": 2},
            {"plan": "fibre", "new": False, "lines": 2},
            {"plan": "fibre", "lines": 2},
        ),
        "{properties: {plan: f?bre, new: true, lines: 2}, touchpoint: welcome}",
    )
    assert path(workspace) == ["welcome", "page_view", "page_view"]


def test_a_property_that_is_not_there_is_not_any_text(tmp_path: Path) -> None:
    workspace = ruled(
        visited(tmp_path, {"coupon": "X"}, {"coupon": None}, {"other": 1}),
        "{properties: {coupon: '*'}, touchpoint: with coupon}",
    )
    assert path(workspace) == ["with coupon", "page_view", "page_view"]


def test_a_star_may_be_meant_as_a_star(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: rates > rate5 > rate*")
    ruled(workspace, "{name: {equal: 'rate*'}, touchpoint: star}", "{name: 'rate?', touchpoint: n}")
    assert {m.name: m.rules for m in care.list_nodes(workspace)} == {
        "rate*": (1, 2), "rate5": (2,), "rates": (2,),
    }  # fmt: skip


def test_a_rule_of_properties_and_a_plain_one_may_claim_the_same(tmp_path: Path) -> None:
    workspace = ruled(
        visited(tmp_path, {"url": "/help"}, {"url": "/shop"}),
        "{name: 'page*', touchpoint: Page}",
        "{name: page_view, properties: {url: /help}, touchpoint: Help}",
    )
    assert path(workspace) == ["Page", "Page"]  # the first has it
    assert listed(workspace) == {
        ("page_view", ""): ("Page", 1, (1,)),
        ("page_view", "2"): ("Page", 1, (1, 2)),
    }


def test_an_edited_property_rule_moves_what_was_ordered(tmp_path: Path) -> None:
    workspace = visited(tmp_path, {"url": "/help"}, {"url": "/shop"})
    rule = "{{name: page_view, properties: {{url: {}}}, touchpoint: Help}}"
    assert path(ruled(workspace, rule.format("/help"))) == ["Help", "page_view"]
    assert path(ruled(workspace, rule.format("/shop"))) == ["page_view", "Help"]
    assert path(ruled(workspace)) == ["page_view", "page_view"]


def test_no_value_of_a_property_is_kept_with_the_nodes(tmp_path: Path) -> None:
    workspace = ruled(
        visited(tmp_path, {"url": "/me?mail=ana@example.com"}),
        "{properties: {url: '/me*'}, touchpoint: My account}",
    )
    assert path(workspace) == ["My account"]
    for file in (workspace.folder / "lake" / "nodes").rglob("*"):
        assert file.is_dir() or b"ana@example.com" not in file.read_bytes()


def test_names_of_properties_may_hold_any_sign(tmp_path: Path) -> None:
    workspace = ruled(
        visited(tmp_path, {"a/b~\"c'": "it's"}),
        """{properties: {'a/b~"c''': "it's"}, touchpoint: odd}""",
    )
    assert path(workspace) == ["odd"]


def test_the_timeline_of_a_person_tells_touchpoints_by_property(tmp_path: Path) -> None:
    workspace = ruled(
        visited(tmp_path, {"url": "/help"}, {"url": "/shop"}),
        "{properties: {url: /help}, touchpoint: Help}",
    )
    timeline = care.person(workspace, "user_id:ana").timeline
    assert [moment.touchpoint for moment in timeline] == ["Help", "page_view"]


def test_a_node_has_side_area_and_place(tmp_path: Path) -> None:
    workspace = ruled(
        workspace_of(tmp_path, "ana: ad > call[phone] > kiosk[self_service] > sms[sms] > x[odd]"),
        "{name: call, area: Care}",
        "{name: kiosk, place: offline, side: back, area: Shops}",
        "{name: sms, place: offline}",
    )
    found = {m.name: (m.side, m.area, m.place) for m in care.list_nodes(workspace)}
    assert found == {
        "ad": (None, None, "online"),  # as its channel, the web
        "call": ("front", "Care", "offline"),
        "kiosk": ("back", "Shops", "offline"),
        "sms": ("front", None, "offline"),  # the rule knows better than the channel
        "x": (None, None, None),
    }


def test_what_is_wrong_in_rules_is_said_with_its_line_all_at_once(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad")
    ruled(
        workspace,
        "{name: {regex: 'a(b'}}",
        "{name: {regex: '(?=a)b'}}",
        "{name: {prefx: a}}",
        "{name: {prefix: a, equal: b}}",
        "{properties: url}",
        "{properties: {url: [a, b]}}",
        "{place: onlin, side: up}",
        "{touchpoint: {en: x}}",
    )
    with pytest.raises(TrayectoError) as raised:
        flow.graph(workspace, flow.Scope())
    problems = raised.value.problems
    assert [(p.line, p.field) for p in problems] == [
        (3, "rules[0].name"), (4, "rules[1].name"), (5, "rules[2].name"), (6, "rules[3].name"),
        (7, "rules[4].properties"), (8, "rules[5].properties.url"),
        (9, "rules[6].place"), (9, "rules[6].side"), (10, "rules[7].touchpoint"),
    ]  # fmt: skip
    assert "missing )" in problems[0].what.en
    assert problems[2].way_out.en == "Did you mean prefix?"
    assert problems[6].way_out.es == "¿Querías decir online?"


def test_a_pattern_that_goes_back_elsewhere_is_no_trap_here(tmp_path: Path) -> None:
    # (a+)+b over many a's takes engines that go back longer than the universe is old.
    workspace = ruled(
        visited(tmp_path, {"url": "a" * 5_000}),
        "{properties: {url: {regex: '(a+)+b'}}, touchpoint: trap}",
        "{properties: {url: '*a*a*a*a*a*a*a*a*b'}, touchpoint: trap}",
        "{properties: {url: '*a*a*a*a*a*a*a*a*?'}, touchpoint: fine}",
    )
    assert path(workspace) == ["fine"]


def test_robots_are_left_out_of_journeys_unless_they_are_kept(tmp_path: Path) -> None:
    workspace = visited(
        tmp_path, {"user_agent": "Mozilla/5.0"}, {"user_agent": "Googlebot/2.1"}, {"url": "/"}
    )
    assert path(workspace) == ["page_view", "page_view"]
    assert sum(m.interactions for m in care.list_nodes(workspace)) == 3  # nothing is lost
    settings_ = workspace.folder / "trayecto.yaml"
    settings_.write_text(settings_.read_text().replace("leave_out", "keep"))
    kept = flow.open_(workspace.folder)
    assert path(kept) == ["page_view"] * 3
    settings_.write_text(settings_.read_text().replace(": keep ", ": maybe "))
    with pytest.raises(TrayectoError, match="leave_out or keep"):
        flow.open_(workspace.folder)


def test_a_draft_proposes_rules_by_page_where_the_name_says_little(tmp_path: Path) -> None:
    site = "https://shop.example"
    urls = [f"{site}/help/{n}" for n in range(6)] + [f"{site}/offers?x={n}" for n in range(3)]
    workspace = visited(tmp_path, *({"url": url} for url in [*urls, f"{site}/"]))
    draft = care.suggest_nodes(workspace)
    workspace.node_rules.write_text(draft)
    assert listed(workspace) == {
        ("page_view", "1"): ("help", 6, (1,)),
        ("page_view", "2"): ("offers", 3, (2,)),
        ("page_view", ""): ("page_view", 1, ()),
    }
    assert path(workspace) == ["help"] * 6 + ["offers"] * 3 + ["page_view"]
    assert "properties" not in care.suggest_nodes(workspace)  # what is left says no more


def test_a_draft_proposes_no_property_where_the_name_says_enough(tmp_path: Path) -> None:
    pages = [{"url": f"/{n % 2}"} for n in range(10)]
    assert "properties" not in care.suggest_nodes(visited(tmp_path, *pages, name="checkout"))
    many = [{"screen": f"s{n}"} for n in range(60)]
    assert "properties" not in care.suggest_nodes(visited(tmp_path / "b", *many, name="tap"))
    screens = [{"screen": f"Screen {n % 2}"} for n in range(10)]
    assert "Screen 1" in care.suggest_nodes(visited(tmp_path / "c", *screens, name="tap"))


def test_a_draft_tells_channels_apart_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: call[web] > call[phone] > ad > odd* > rare > rare2")
    draft = care.suggest_nodes(workspace, at_most=4)
    assert "2 rarer kinds" in draft
    workspace.node_rules.write_text(draft)
    claimed = [m for m in care.list_nodes(workspace) if m.rules]
    assert [len(m.rules) for m in claimed] == [1, 1, 1, 1]
    assert {(m.name, m.channel) for m in claimed} >= {("call", "web"), ("call", "phone")}


def test_an_empty_document_has_no_rules(tmp_path: Path) -> None:
    # A shell makes the file before the draft is written into it.
    workspace = workspace_of(tmp_path, "ana: ad")
    workspace.node_rules.write_text("")
    assert "name" in care.suggest_nodes(workspace)


def test_codes_are_never_given_twice(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    codes = []
    for name in ("first", "second", "third"):
        ruled(workspace, f"{{name: buy, touchpoint: {name}}}")
        flow.graph(workspace, flow.Scope())
        with workspace.lake.session() as session:
            codes += session.ask(
                "code", f"select touchpoint_code from nodes where touchpoint = '{name}'"
            )
    assert len(set(codes)) == 3


# --- a set of rules against random interactions, and the same by plain loops ---


@dataclass(frozen=True)
class Fact:
    """One random interaction."""

    source: str
    name: str
    channel: str | None
    properties: Mapping[str, str]


words = st.text(alphabet="ab*?[./\nñ", min_size=1, max_size=4).filter(lambda word: word.strip())
sources = st.sampled_from(["web", "app"])
values = st.text(alphabet="ab/\n%_ñ*", max_size=4)
facts = st.builds(
    Fact,
    sources,
    st.sampled_from(["a", "ab", "b*", "page"]),
    st.sampled_from([None, "web", "phone"]),
    st.dictionaries(st.sampled_from(["u", "v"]), values, max_size=2),
)
wild = st.text(alphabet="ab*?/\n%_ñ[", max_size=4)
patterns = st.one_of(
    wild,
    st.builds(lambda text: {"glob": text}, wild),
    st.builds(lambda text: {"equal": text}, wild),
    st.builds(lambda text: {"prefix": text}, wild),
    st.builds(lambda text: {"regex": text}, st.sampled_from(["a.*", "[ab]*", "(a|b)+", ".", ""])),
)
rules = st.fixed_dictionaries(
    {"touchpoint": st.sampled_from(["", "X", "Y"])},
    optional={
        "source": sources,
        "name": patterns,
        "channel": st.one_of(st.sampled_from(["web", "", "*"]), patterns),
        "properties": st.dictionaries(
            st.sampled_from(["u", "v"]), patterns, min_size=1, max_size=2
        ),
    },
)


def holds(pattern: object, text: str | None) -> bool:
    """Tell whether a pattern holds of a text, the slow and honest way."""
    if text is None:
        return False
    way: dict[str, str] = pattern if isinstance(pattern, dict) else {"glob": str(pattern)}
    ((how, of),) = way.items()
    if how == "regex":
        return re.fullmatch(of, text) is not None
    if how == "glob":
        return like(of, text)
    return text == of if how == "equal" else text.startswith(of)


def like(glob: str, text: str) -> bool:
    """Tell whether a glob holds: letter by letter."""
    if not glob:
        return not text
    if glob[0] == "*":
        return any(like(glob[1:], text[n:]) for n in range(len(text) + 1))
    return bool(text) and glob[0] in ("?", text[0]) and like(glob[1:], text[1:])


def claims(rule: Mapping[str, object], fact: Fact) -> bool:
    """Tell whether a rule claims a fact."""
    tested = rule.get("properties", {})
    assert isinstance(tested, dict)
    return (
        holds(rule.get("source", "*"), fact.source)
        and holds(rule.get("name", "*"), fact.name)
        and holds(rule.get("channel", "*"), fact.channel or "")
        and all(holds(pattern, fact.properties.get(name)) for name, pattern in tested.items())
    )


def stored(workspace: Workspace, given_facts: list[Fact]) -> None:
    """Put facts into the lake as they are: what a file may hold is another matter."""
    columns = [column.name for column in TABLES["interactions"].columns]
    with workspace.lake.writing() as writer, workspace.lake.session() as session:
        session.load(
            "random",
            "row bigint, source varchar, name varchar, channel varchar, properties varchar",
            [
                (n, f.source, f.name, f.channel, json.dumps(dict(f.properties)) or None)
                for n, f in enumerate(given_facts)
            ],
        )
        known = {
            "id": "row", "occurred_at": "timestamptz '2026-03-01 00:00:00+00'", "batch": "1",
            "bucket": "0", "case_id": "'c' || row",
        }  # fmt: skip
        loaded = {c: c for c in ("row", "source", "name", "channel", "properties")}
        filled = [f"{(known | loaded).get(c, 'null')} as {c}" for c in columns]
        writer.append(
            TABLES["interactions"], session, "facts", f"select {', '.join(filled)} from random"
        )


@settings(max_examples=40, deadline=None)
@given(st.lists(facts, min_size=1, max_size=12), st.lists(rules, max_size=6))
def test_any_rules_give_what_plain_loops_give(
    given_facts: list[Fact], given_rules: list[dict[str, object]]
) -> None:
    with TemporaryDirectory() as folder:
        workspace = flow.create(Path(folder) / "w", language="en", buckets=1)
        stored(workspace, given_facts)
        workspace.node_rules.write_text(json.dumps({"nodes": 1, "rules": given_rules}))
        found: tuple[Matched, ...] = tuple(care.list_nodes(workspace))
        seen = Counter[tuple[str, str, str | None, str, tuple[int, ...]]]()
        for kind in found:
            key = (kind.source, kind.name, kind.channel_received, kind.touchpoint, kind.rules)
            seen[key] += kind.interactions
        expected = Counter[tuple[str, str, str | None, str, tuple[int, ...]]]()
        for fact in given_facts:
            numbers = tuple(n for n, rule in enumerate(given_rules, 1) if claims(rule, fact))
            said = given_rules[numbers[0] - 1]["touchpoint"] if numbers else ""
            touchpoint = str(said) or fact.name
            expected[fact.source, fact.name, fact.channel, touchpoint, numbers] += 1
        assert seen == expected
        with workspace.lake.session() as session:
            steps = session.ask(
                "steps",
                """select n.touchpoint, count(*) from steps s
                   join (select distinct touchpoint, touchpoint_code from nodes) n
                     on n.touchpoint_code = s.touchpoint
                   where s.per = 'case' group by all""",
            )
        by_touchpoint = Counter[str]()
        for (_, _, _, touchpoint, _), count in expected.items():
            by_touchpoint[touchpoint] += count
        assert dict(steps) == dict(by_touchpoint)


# What nodes are called


DRAWN = """map: pages
title: {en: Pages, es: Páginas}
minimum: 1
journeys: {silence: 30 days}
stages:
  - id: look
    name: Look
    touchpoints: [{id: home, name: Home, channel: web, nodes: [{touchpoint: home}]}]
"""
CALLED = 'names:\n  page_view: {en: "A page", es: "Una página"}\n'


def test_a_node_that_nobody_drew_is_told_by_its_name_in_each_language(tmp_path: Path) -> None:
    workspace = visited(tmp_path, {"url": "/home"}, {"url": "/faq"})
    ruled(workspace, "{name: page_view, properties: {url: /home}, touchpoint: home}")
    workspace.node_rules.write_text(workspace.node_rules.read_text() + CALLED)
    (workspace.folder / "pages.yaml").write_text(DRAWN)
    live = measuring.measure(workspace, workspace.folder / "pages.yaml")
    (said,) = [one.headline for one in live.findings if one.kind == "undrawn"]
    assert said == Text(en="Nobody drew “A page”", es="Nadie dibujó «Una página»")
    named: dict[Language, str] = {"en": "A page", "es": "Una página"}
    for language, word in named.items():
        assert word in measuring.live_picture(live, language=language)
        report = measuring.report(workspace, live, language=language)
        assert f">{word}<" in report
        # What is asked for goes by the node's own name, which is the same in every language.
        assert "page_view [" in report


def test_a_name_decides_no_node_and_what_is_kept_of_pages_changes_with_it(tmp_path: Path) -> None:
    workspace = ruled(visited(tmp_path, {"url": "/faq"}), "{name: page_view}")
    flow.be_fresh(workspace)
    written, was = workspace.lake.version(NODES), flow.data_version(workspace)
    rules = workspace.node_rules.read_text()
    workspace.node_rules.write_text(rules + CALLED)
    flow.be_fresh(workspace)
    assert workspace.lake.version(NODES) == written
    assert flow.data_version(workspace) != was
    workspace.node_rules.write_text(CALLED + rules)
    flow.be_fresh(workspace)
    assert workspace.lake.version(NODES) == written
    assert path(workspace) == ["page_view"]


@pytest.mark.parametrize(
    "names", ["names: [call]", "names: {call: }", "names: {call: {fr: Appel}}", "names: {call: {}}"]
)
def test_names_that_are_none_are_refused_with_their_line(tmp_path: Path, names: str) -> None:
    workspace = ruled(visited(tmp_path, {"url": "/faq"}))
    workspace.node_rules.write_text(f"nodes: 1\nrules: []\n{names}\n")
    with pytest.raises(TrayectoError, match=r"nodes\.yaml:3: .*names"):
        care.list_nodes(workspace)


def test_one_name_may_serve_both_languages(tmp_path: Path) -> None:
    workspace = ruled(visited(tmp_path, {"url": "/faq"}))
    workspace.node_rules.write_text(
        "nodes: 1\nrules: []\nnames: {chat: Chat, call: {es: Llamada}}\n"
    )
    told = {"chat": Text(en="Chat", es="Chat"), "call": Text(en="Llamada", es="Llamada")}
    assert flow.node_names(workspace) == told


def test_two_touchpoints_with_one_name_are_told_apart_by_their_codes() -> None:
    read = reads({"call": "A call", "call_again": "A call", "buy": "Purchase"})
    assert [read(code) for code in ("call", "call_again", "buy", "buy [web]", "chat [web]")] == [
        "A call (call)", "A call (call_again)", "Purchase", "Purchase [web]", "chat [web]",
    ]  # fmt: skip


def test_an_answer_is_told_in_names_with_the_same_figures(tmp_path: Path) -> None:
    workspace = visited(tmp_path, {"url": "/faq"}, {"url": "/home"})
    workspace.node_rules.write_text("nodes: 1\nrules: []\n" + CALLED)
    found = flow.graph(workspace, flow.Scope())
    told = naming.in_words(workspace, found, "es")
    assert [node.name for node in told.nodes] == ["Una página"]
    assert (told.people, told.interactions) == (found.people, found.interactions)
    assert [(e.source, e.target, e.count) for e in told.edges] == [
        ("Una página", "Una página", found.edges[0].count)
    ]
    typed = naming.with_codes(workspace, found, "en")
    assert [node.name for node in typed.nodes] == ["A page (page_view)"]
    # An area that is called like a touchpoint is another thing.
    assert naming.in_words(workspace, found, "es", by="area") == found
