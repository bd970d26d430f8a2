"""Node rules filled in on screen: what nobody touched stays in the text, byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trayecto.collect import node_document
from trayecto.collect.node_rows import Must, Row, rewritten, rows

RULES = """\
# Help and shop
nodes: 1
rules:
  - {source: web, name: page_view, properties: {url: {prefix: /help/}}, touchpoint: Help}  # most
  # What the till says

  - source: till   # the old one
    name: "sale_*"
    touchpoint: Buy
  - {name: {regex: "call.*"}, to_channel: phone, side: back}
# the end
"""


def test_rules_nobody_touched_are_the_same_text() -> None:
    assert rewritten(RULES, rows(RULES)) == RULES


def test_a_changed_field_changes_its_rule_alone_and_keeps_the_comments() -> None:
    help_, sale, call = rows(RULES)
    now = rewritten(RULES, [help_, replace(sale, area="Sales"), call])
    assert now == RULES.replace("touchpoint: Buy\n", "touchpoint: Buy\n    area: Sales\n")


def test_a_rule_moves_with_the_comments_above_it() -> None:
    help_, sale, call = rows(RULES)
    now = rewritten(RULES, [sale, help_, call])
    assert now.index("What the till says") < now.index("source: till") < now.index("page_view")
    assert [row.source.text for row in rows(now)] == ["till", "web", ""]


def test_a_new_rule_stands_where_it_was_put_and_is_read_as_written() -> None:
    new = Row(name=Must("equal", "42"), properties=(("plan", Must("prefix", "a: b")),), area="x")
    now = rewritten(RULES, [new, *rows(RULES)])
    read = node_document.read(now, file="nodes.yaml")
    assert (read[0].name.how, read[0].name.text, read[0].area) == ("equal", "42", "x")
    assert [(name, p.how, p.text) for name, p in read[0].properties] == [("plan", "prefix", "a: b")]
    assert len(read) == 4


@pytest.mark.parametrize("text", ["", "nodes: 1\nrules: []\n", "nodes: 1\n"])
def test_the_first_rule_of_a_document_without_any(text: str) -> None:
    now = rewritten(text, [Row(name=Must("glob", "buy"), touchpoint="Buy")])
    assert [rule.touchpoint for rule in node_document.read(now, file="nodes.yaml")] == ["Buy"]


def test_without_rules_the_document_says_so() -> None:
    assert node_document.read(rewritten(RULES, []), file="nodes.yaml") == ()


@example([Row(name=Must("glob", ": 2"))], [0, 1, 2])
@given(
    st.lists(
        st.builds(
            Row, name=st.builds(Must, st.sampled_from(["glob", "equal", "prefix"]),
                                st.text("ab *:'\"#{é42", min_size=1).map(str.strip)),
            touchpoint=st.text("ab :'\"#é42").map(str.strip),
            side=st.sampled_from(["", "front", "back"]),
        ),
        max_size=4,
    ),
    st.permutations([0, 1, 2]),
)  # fmt: skip
def test_what_was_filled_in_is_what_is_read_back(new: list[Row], order: list[int]) -> None:
    old = rows(RULES)
    wanted = [*(old[at] for at in order), *new]
    plain = [
        replace(row, origin=None, name=row.name if row.name.text else Must()) for row in wanted
    ]
    assert [replace(row, origin=None) for row in rows(rewritten(RULES, wanted))] == plain
