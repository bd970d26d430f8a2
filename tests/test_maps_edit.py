"""Changing a map on screen: one change at a time, in the author's own text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayecto.contrast.bind import bind
from trayecto.maps.edit import Edit, bound, edited, placed
from trayecto.maps.notation import read
from trayecto.maps.templates import template, templates
from trayecto.vocabulary.errors import TrayectoError

MAP = """\
# Ours, since spring.
map: buying
title: {en: Buying online, es: Comprar en la web}
stages:
  - id: look    # they look around
    name: {en: Look, es: Mirar}
    touchpoints:
      - id: ad
        name: {en: Advert, es: Anuncio}
        channel: advert
        emotion: {level: 0.5}
      - id: shop
        name: {en: Shop, es: Tienda}
        channel: web
  - id: order
    name: {en: Buy, es: Comprar}
    touchpoints:
      - id: buy
        name: {en: Order, es: Pedido}
        channel: web
"""


def ids(text: str) -> list[list[str]]:
    journey_map = read(text).journey_map
    assert journey_map
    return [[touchpoint.id for touchpoint in stage.touchpoints] for stage in journey_map.stages]


def test_a_name_is_changed_and_nothing_else() -> None:
    change = Edit("set", "touchpoint:shop", ("name",), {"en": "Shop", "es": "La tienda"})
    assert edited(MAP, [change]) == MAP.replace("es: Tienda", "es: La tienda")


def test_the_emotion_is_dragged_down_and_the_comments_stay() -> None:
    made = edited(MAP, [Edit("set", "touchpoint:ad", ("emotion", "level"), -0.5)])
    assert made == MAP.replace("level: 0.5", "level: -0.5")


def test_a_touchpoint_is_dragged_to_another_stage() -> None:
    move = Edit("move", "touchpoint:shop", owner="stage:order", list="touchpoints")
    made = edited(MAP, [move])
    assert ids(made) == [["ad"], ["shop", "buy"]]
    assert "# they look around" in made


def test_a_new_touchpoint_gets_an_id_of_its_own() -> None:
    fields = {"name": {"es": "Tienda física", "en": "Store"}, "channel": "store"}
    add = Edit("add", "stage:look", list="touchpoints", value=fields, after="touchpoint:ad")
    assert ids(edited(MAP, [add])) == [["ad", "tienda_fisica", "shop"], ["buy"]]


def test_a_stage_goes_with_all_it_holds() -> None:
    assert ids(edited(MAP, [Edit("remove", "stage:look")])) == [["buy"]]


def test_what_somebody_else_removed_cannot_be_changed() -> None:
    without = edited(MAP, [Edit("remove", "touchpoint:shop")])
    with pytest.raises(TrayectoError, match="no longer there"):
        edited(without, [Edit("set", "touchpoint:shop", ("channel",), "app")])


def test_a_change_that_makes_no_map_is_refused_with_its_line() -> None:
    with pytest.raises(TrayectoError) as stopped:
        edited(MAP, [Edit("set", "touchpoint:shop", ("emotion", "level"), 7)])
    assert stopped.value.problems[0].line


def test_an_id_that_is_taken_is_refused() -> None:
    with pytest.raises(TrayectoError, match="id"):
        edited(
            MAP, [Edit("add", "stage:look", list="touchpoints",
                       value={"id": "buy", "name": "x", "channel": "web"})]
        )  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([t.name for t in templates()]), st.text("abcñ éx", min_size=1, max_size=30))
def test_a_change_and_its_opposite_give_the_same_text_back(name: str, words: str) -> None:
    text = template(name)
    journey_map = read(text).journey_map
    assert journey_map
    touchpoint = next(iter(journey_map.touchpoints()), None)
    if touchpoint is None or not words.strip():
        return
    at = f"touchpoint:{touchpoint.id}"
    before = {"es": touchpoint.name.es, "en": touchpoint.name.en}
    there = edited(text, [Edit("set", at, ("name",), {"es": words.strip(), "en": "x"})])
    back = edited(there, [Edit("set", at, ("name",), before)])
    assert read(back).journey_map == journey_map


def test_what_nobody_drew_stands_after_what_it_follows_else_last_or_first() -> None:
    def drawn(after: str | None) -> list[list[str]]:
        return ids(edited(MAP, [placed(MAP, "help_call", "phone", stage="look", after=after)]))

    assert drawn("touchpoint:ad") == [["ad", "help_call", "shop"], ["buy"]]
    assert drawn("touchpoint:buy") == [["ad", "shop", "help_call"], ["buy"]]
    assert drawn(None) == [["help_call", "ad", "shop"], ["buy"]]


@settings(max_examples=20, deadline=None)
@given(st.text("ab [*]?!-_", min_size=1, max_size=8).map(str.strip).filter(bool))
def test_what_is_drawn_is_bound_to_its_own_node_and_no_other(name: str) -> None:
    made = read(edited(MAP, [placed(MAP, name, "odd", stage="order", after=None)])).journey_map
    assert made
    (own,) = [t for t in made.touchpoints() if t.nodes]
    assert own.channel == "unknown"
    others = [(name, "web", "till"), (f"{name}x", "odd", "till"), ("zzz", "odd", "till")]
    assert list(bind(made, [(name, "odd", "till"), *others]).places) == [(name, "odd", "till")]


@settings(max_examples=20, deadline=None)
@given(st.text("ab [*]?!-_", min_size=1, max_size=8).map(str.strip).filter(bool))
def test_binding_adds_one_node_and_keeps_those_there_are(name: str) -> None:
    once = edited(MAP, [bound(MAP, "touchpoint:shop", "shop", "web")])
    made = read(edited(once, [bound(once, "touchpoint:shop", name, "odd")])).journey_map
    assert made
    nodes = [("shop", "web", "till"), (name, "odd", "till"), (f"{name}x", "odd", "till")]
    assert list(bind(made, nodes).places) == nodes[:2]
