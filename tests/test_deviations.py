"""The map's plan against what people did: every count worked out by hand."""

from __future__ import annotations

from pathlib import Path

from examples import workspace_of
from trayecto import measuring, watching
from trayecto.contrast.deviations import Count, Deviations
from trayecto.maps.check import check

MAP = """\
map: shop
title: The shop
minimum: 1
journeys:
  starts: [ad]
  completes: [buy]
  leaves: [cancel]
  silence: 10 days
stages:
  - id: find
    name: Find
    touchpoints:
      - {id: ad, name: Advert, channel: advert, nodes: [ad]}
      - {id: shop, name: Shop, channel: web, nodes: [shop]}
  - id: pay
    name: Pay
    touchpoints:
      - {id: cart, name: Cart, channel: web, nodes: [cart]}
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, nodes: [cancel]}
  - id: use
    name: Use
    touchpoints:
      - {id: help, name: Help, channel: phone, optional: true, nodes: [help]}
"""
LONG_AFTER = "\nsol@40d: shop > cart > buy > cancel > help\nzoe@60d: ad"
"""So late that every journey before is over; sol, who begins none, meets all that is drawn."""


def deviations(folder: Path, story: str, *, map_text: str = MAP) -> Deviations:
    workspace = workspace_of(folder, story)
    file = folder / "map.yaml"
    file.write_text(map_text)
    return measuring.measure(workspace, file).deviations


def told(found: Deviations, id: str) -> dict[str, int]:
    """Return the journeys of each fate that somebody had."""
    own = found.touchpoint(id)
    fates = ("done", "skipped", "out_of_order", "not_taken", "not_reached", "repeated")
    return {fate: getattr(own, fate).journeys for fate in fates if getattr(own, fate).journeys}


def test_whoever_does_as_drawn_deviates_in_nothing(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > shop > cart > buy" + LONG_AFTER)
    assert (found.journeys, found.as_planned.value, found.fitness) == (2, 1.0, 1.0)
    assert told(found, "shop") == {"done": 1, "not_reached": 1}
    assert told(found, "help") == {"not_taken": 1, "not_reached": 1}
    assert told(found, "cancel") == {"not_taken": 2}


def test_skipping_the_cart_is_a_skip_and_leaving_before_it_is_none(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > shop > buy\nluz: ad > shop" + LONG_AFTER)
    assert told(found, "cart") == {"skipped": 1, "not_reached": 2}
    assert told(found, "buy") == {"done": 1, "not_reached": 2}


def test_an_open_journey_has_skipped_nothing_after_where_it_is(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > shop\nluz: ad > cart")
    assert told(found, "cart") == {"done": 1, "not_reached": 1}
    assert told(found, "shop") == {"done": 1, "skipped": 1}  # luz is past it


def test_whoever_leaves_by_a_way_out_has_skipped_nothing_after_it(tmp_path: Path) -> None:
    """
    Ana cancels, and calls for help a week later: nobody skipped the cart who had left before it.

    Luz skipped the shop first. Eva comes back to the cart and buys; ada comes back to the shop and
    buys without a cart, which is a skip as any other.
    """
    story = """
        ana: ad > shop > cancel > help
        luz: ad > cart > cancel
        eva: ad > cancel > cart > buy
        ada: ad > cancel > shop > buy
    """
    found = deviations(tmp_path, story + LONG_AFTER.strip())
    assert told(found, "shop") == {"done": 2, "skipped": 1, "not_taken": 1, "not_reached": 1}
    assert told(found, "cart") == {"done": 2, "skipped": 1, "not_reached": 2}
    assert told(found, "buy") == {"done": 2, "not_reached": 3}
    assert told(found, "cancel") == {"done": 4, "not_taken": 1}
    assert told(found, "help") == {"done": 1, "not_taken": 2, "not_reached": 2}
    # Luz and ada: one touchpoint that the plan has and they went by.
    assert sorted((way.cost, way.skipped) for way in found.commonest) == [
        (1, ("cart",)), (1, ("shop",))
    ]  # fmt: skip


def test_coming_back_is_repeating(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > shop > cart > shop > buy" + LONG_AFTER)
    assert told(found, "shop") == {"done": 1, "repeated": 1, "not_reached": 1}
    assert told(found, "cart") == {"done": 1, "not_reached": 1}


def test_repeating_is_no_deviation_where_it_is_planned(tmp_path: Path) -> None:
    text = MAP.replace("channel: web, nodes: [cart]", "channel: web, repeats: true, nodes: [cart]")
    story = "ana: ad > shop > cart > cart > cart > buy" + LONG_AFTER
    assert told(deviations(tmp_path / "a", story), "cart")["repeated"] == 1
    assert "repeated" not in told(deviations(tmp_path / "b", story, map_text=text), "cart")


def test_of_two_swapped_steps_the_left_one_came_out_of_order(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > cart > shop > buy" + LONG_AFTER)
    assert told(found, "shop") == {"out_of_order": 1, "not_reached": 1}
    assert told(found, "cart") == {"done": 1, "not_reached": 1}
    # One log move and one model move: cost 2 of at most 4 steps + 4 touchpoints.
    assert found.commonest[0].cost == 2
    assert found.commonest[0].fitness == 0.75


def test_any_order_is_no_deviation_where_the_map_says_so(tmp_path: Path) -> None:
    text = MAP.replace("    name: Find\n", "    name: Find\n    order: any\n").replace(
        "starts: [ad]", "starts: [ad, shop]"
    )
    found = deviations(tmp_path, "ana: shop > ad > cart > buy\nzoe@60d: ad", map_text=text)
    assert told(found, "shop") == {"done": 1, "not_reached": 1}
    assert found.as_planned.value == 1.0


def test_a_stage_that_repeats_may_be_walked_again(tmp_path: Path) -> None:
    story = "ana: ad > shop > ad > shop > cart > buy" + LONG_AFTER
    text = MAP.replace("    name: Find\n", "    name: Find\n    repeats: true\n")
    assert deviations(tmp_path / "a", story).as_planned.value == 0.5
    assert deviations(tmp_path / "b", story, map_text=text).as_planned.value == 1.0


def test_a_node_nobody_drew_was_never_planned(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > forum > forum > shop > cart > buy" + LONG_AFTER)
    (node,) = found.unplanned
    assert (node.touchpoint, node.interactions, node.journeys, node.people) == ("forum", 2, 1, 1)
    assert found.commonest[0].cost == 2
    assert [step.fits for step in found.commonest[0].steps] == [
        True,
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_way_out_fits_anywhere(tmp_path: Path) -> None:
    found = deviations(tmp_path, "ana: ad > cancel\nluz: ad > shop > cart > cancel" + LONG_AFTER)
    assert told(found, "cancel") == {"done": 2, "not_taken": 1}
    assert found.fitness == 1.0


def test_one_person_with_two_journeys_counts_once_in_people(tmp_path: Path) -> None:
    story = "ana: ad > shop > buy >20d ad > shop > buy" + LONG_AFTER
    assert deviations(tmp_path, story).touchpoint("cart").skipped == Count(2, 1)


def test_of_several_ends_the_others_are_not_missed(tmp_path: Path) -> None:
    text = MAP.replace("completes: [buy]", "completes: [buy, help]")
    found = deviations(tmp_path, "ana: ad > shop > cart > buy\nluz: ad > shop > cart > help"
                       + LONG_AFTER, map_text=text)  # fmt: skip
    assert found.as_planned.value == 1.0
    assert told(found, "help") == {"done": 1, "not_taken": 1, "not_reached": 1}


def test_every_touchpoint_adds_up_to_all_journeys(tmp_path: Path) -> None:
    found = deviations(tmp_path, """
        ana: ad > cart > shop > buy > help > shop
        luz: ad > ad > forum > buy >1d cancel
        eva: ad > shop >20d ad > help > help
        """ + LONG_AFTER)  # fmt: skip
    for own in found.touchpoints:
        fates = (own.done, own.skipped, own.out_of_order, own.not_taken, own.not_reached)
        assert sum(fate.journeys for fate in fates) == found.journeys == 5


def test_the_picture_says_every_fate_by_mark_word_and_number(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > cart > forum > shop > buy" + LONG_AFTER)
    file = tmp_path / "map.yaml"
    file.write_text(MAP)
    live = measuring.measure(workspace, file)
    spanish = watching.deviation_picture(live, language="es")
    for word in ("Hecho", "Saltado", "Repetido", "Fuera de orden", "Nunca previsto"):
        assert word in spanish
    english = watching.deviation_picture(live, language="en")
    assert "Shop: Out of order, 1" in english
    assert "forum: Never planned, 1" in english
    assert "50% (9%–91%) of 2 journeys do exactly as drawn" in english


def test_more_than_eight_touchpoints_in_any_order_are_refused() -> None:
    touchpoints = "".join(
        f"      - {{id: t{i}, name: T{i}, channel: web, nodes: [t{i}]}}\n" for i in range(9)
    )
    text = "map: many\ntitle: Many\nstages:\n  - id: one\n    name: One\n    order: any\n"
    (problem,) = check(text + "    touchpoints:\n" + touchpoints, file="many.yaml").problems
    assert problem.line == 6
    assert "9 touchpoints in any order are too many: at most 8." in problem.say("en")
