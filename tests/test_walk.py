"""A small map laid over small stories: every figure worked out by hand."""

from __future__ import annotations

from pathlib import Path

from examples import workspace_of
from trayecto import flow, measuring
from trayecto.contrast.measured import Measured, TouchpointMeasure

MAP = """\
map: shop
title: The shop
minimum: 1
journeys:
  per: person
  completes: [buy]
  leaves: [cancel]
  silence: 10 days
stages:
  - id: find
    name: Find
    target: 1 day
    touchpoints:
      - {id: ad, name: Advert, channel: advert, nodes: [ad]}
      - {id: shop, name: Shop, channel: web, nodes: [shop]}
  - id: pay
    name: Pay
    touchpoints:
      - {id: cart, name: Cart, channel: web, within: 2 h, nodes: [cart]}
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, optional: true, nodes: [cancel]}
  - id: use
    name: Use
    touchpoints:
      - {id: help, name: Help, channel: phone, optional: true, nodes: [help]}
"""


def measured(folder: Path, story: str, *, map_text: str = MAP) -> measuring.LiveMap:
    workspace = workspace_of(folder, story)
    file = folder / "map.yaml"
    file.write_text(map_text)
    return measuring.measure(workspace, file)


def outcome(found: Measured) -> tuple[int, int, int, int]:
    totals = found.totals
    return totals.journeys, totals.completed, totals.left, totals.still_open


def passage(found: Measured, id: str) -> tuple[int, int, int, int]:
    of: TouchpointMeasure = found.touchpoint(id)
    return of.passage.reached, of.passage.onward, of.passage.left, of.passage.still_open


def test_who_completed_who_left_and_who_is_still_open(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        """
        ana: ad > shop > cart > buy
        luz: ad > shop
        eva@20d: ad > shop
        """,
    ).measured
    # The data ends with eva on day 20: luz has been silent for 20 days, eva for none.
    assert outcome(found) == (3, 1, 1, 1)
    assert passage(found, "ad") == (3, 3, 0, 0)
    assert passage(found, "shop") == (3, 1, 1, 1)
    assert passage(found, "cart") == (1, 1, 0, 0)
    shop = found.touchpoint("shop").passage
    assert (shop.drop_off.value, shop.drop_off.n) == (0.5, 2)  # eva's fate is not known
    assert found.totals.completed_share.value == 0.5


def test_silence_ends_a_journey_and_coming_back_begins_another(tmp_path: Path) -> None:
    found = measured(tmp_path, "ana: ad > shop >11d ad > shop > cart > buy").measured
    assert outcome(found) == (2, 1, 1, 0)
    assert found.totals.people == 1


def test_buying_again_is_another_journey_and_help_is_still_the_first(tmp_path: Path) -> None:
    found = measured(tmp_path, "ana: ad > cart > buy >1d help >1d ad > cart > buy").measured
    assert outcome(found) == (2, 2, 0, 0)
    assert passage(found, "help") == (1, 1, 0, 0)
    assert found.coverage.outside == 0


def test_what_happens_before_any_start_lies_outside(tmp_path: Path) -> None:
    found = measured(tmp_path, "ana: help > ad > buy\nluz: help").measured
    assert outcome(found)[0] == 1
    coverage = found.coverage
    assert (coverage.interactions, coverage.on_map, coverage.undrawn, coverage.outside) == (
        4,
        2,
        0,
        2,
    )


def test_an_exit_is_leaving_and_not_going_on(tmp_path: Path) -> None:
    found = measured(tmp_path, "ana: ad > shop > cart > cancel >1d help").measured
    assert outcome(found) == (1, 0, 1, 0)
    assert passage(found, "cart") == (1, 0, 1, 0)
    assert passage(found, "shop") == (1, 1, 0, 0)


def test_a_journey_may_be_nothing_but_its_exit(tmp_path: Path) -> None:
    text = MAP.replace("journeys:\n", "journeys:\n  starts: [ad, cancel]\n")
    found = measured(tmp_path, "ana: cancel\nluz: ad > buy", map_text=text).measured
    assert outcome(found) == (2, 1, 1, 0)
    assert found.touchpoint("ad").skipped == 0  # ana skipped nothing: she never went anywhere


def test_skipped_is_going_further_without_it(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        """
        ana: ad > shop > cart > buy
        luz: shop > buy
        eva: ad
        """,
    ).measured
    figures = {m.id: (m.done, m.skipped, m.repeated) for m in found.touchpoints}
    assert figures["ad"] == (2, 1, 0)  # luz began in the shop
    assert figures["shop"] == (2, 0, 0)  # eva never got further
    assert figures["cart"] == (1, 1, 0)


def test_repeated_is_twice_in_one_journey(tmp_path: Path) -> None:
    found = measured(tmp_path, "ana: shop > shop > shop > buy\nluz: shop > buy").measured
    shop = found.touchpoint("shop")
    assert (shop.passage.interactions, shop.done, shop.repeated) == (4, 2, 1)


def test_a_node_nobody_drew_is_found_with_its_place(tmp_path: Path) -> None:
    live = measured(tmp_path, "ana: ad > shop > error[web] > error > cart\nluz: shop > error > buy")
    (node,) = live.measured.undrawn
    assert (node.touchpoint, node.channel, node.interactions, node.people) == ("error", "web", 3, 2)
    assert (node.after, node.stage) == ("shop", "find")
    assert "Nobody drew “error”" in [finding.headline.en for finding in live.findings]


def test_waits_and_stage_times_are_medians_beside_their_target(tmp_path: Path) -> None:
    people = "\n".join(f"p{hours}: shop >{hours}h cart > buy" for hours in range(1, 8))
    found = measured(tmp_path, people).measured
    wait = found.touchpoint("cart").wait
    assert (wait.median_s.value, wait.median_s.n) == (4 * 3600, 7)
    assert wait.p90_s == 7 * 3600  # after six of seven, 86 %; after the last, all
    assert (wait.target_s, wait.late) == (2 * 3600, False)  # the interval reaches below two hours
    # 7 × (0.5 ± 1.96 × 0.5 / √7) is 0.9 and 6.1: the first and the seventh.
    assert (wait.median_s.low, wait.median_s.high) == (3600, 7 * 3600)
    find = found.stages[0].duration
    assert (find.median_s.value, find.target_s) == (4 * 3600, 86_400)


def test_a_promise_broken_beyond_doubt_is_late_and_said(tmp_path: Path) -> None:
    people = "\n".join(f"p{hours}: shop >{hours}h cart > buy" for hours in range(5, 25))
    live = measured(tmp_path, people)
    assert live.measured.touchpoint("cart").wait.late
    said = next(f for f in live.findings if f.kind == "wait" and f.where == "cart")
    assert said.headline.en == "People wait 14.5\u00a0h for “Cart” (promised: 2\u00a0h)"
    assert said.headline.es == "Se esperan 14,5\u00a0h hasta «Cart» (previsto: 2\u00a0h)"


def test_below_the_minimum_a_figure_is_unknown_and_not_zero(tmp_path: Path) -> None:
    found = measured(
        tmp_path, "ana: ad > buy\nluz: ad", map_text=MAP.replace("minimum: 1", "minimum: 3")
    ).measured
    ad = found.touchpoint("ad").passage
    assert ad.reached == 2
    assert (ad.drop_off.value, ad.onward_share.value, ad.reach.value) == (None, None, None)


def test_by_case_the_whole_case_is_one_journey(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "timestamp,order_id,event\n"
        "2026-03-01 10:00,7,ad\n2026-03-20 10:00,7,buy\n2026-03-21 10:00,7,ad\n"
    )
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="orders")
    (tmp_path / "map.yaml").write_text(MAP.replace("per: person", "per: case"))
    found = measuring.measure(workspace, tmp_path / "map.yaml").measured
    assert outcome(found) == (1, 1, 0, 0)
    assert found.touchpoint("ad").repeated == 1


def test_one_person_one_voice_however_often_they_answer(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    lines = ["2026-03-01,ana,shop,0"] * 9 + ["2026-03-01,luz,shop,10", "2026-03-02,luz,buy,"]
    file.write_text("timestamp,user_id,event,nps\n" + "\n".join(lines) + "\n")
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="web")
    (tmp_path / "map.yaml").write_text(MAP)
    shop = measuring.measure(workspace, tmp_path / "map.yaml").measured.touchpoint("shop")
    assert (shop.felt.value, shop.felt.n) == (0.0, 2)  # −1 and +1, not nine times −1
    assert shop.scores[0].value.n == 10
    assert shop.scores[0].value.value == -80  # 1 promoter, 9 detractors, of 10 answers


def test_two_touchpoints_that_claim_one_node_are_said(tmp_path: Path) -> None:
    text = MAP.replace("nodes: [shop]}", "nodes: ['*']}")
    found = measured(tmp_path, "ana: ad > buy", map_text=text).measured
    assert found.ambiguous == (
        ("ad · web · web", ("ad", "shop")),
        ("buy · web · web", ("shop", "buy")),
    )
    assert found.touchpoint("ad").done == 1  # the first on the map has it
    assert found.touchpoint("buy").done == 0


def test_touchpoints_nobody_meets_and_those_without_rules(tmp_path: Path) -> None:
    text = MAP.replace("optional: true, nodes: [help]}", "optional: true}")
    # luz cancels what she never began, so “cancel” is in the data; a basket is not.
    story = "ana: ad > shop > buy\nluz: cancel"
    found = measured(tmp_path, story, map_text=text).measured
    assert found.untouched == ("cancel",)
    assert found.unseen == ("cart",)
    assert found.unbound == ("help",)


def test_everything_reconciles(tmp_path: Path) -> None:
    story = """
        ana: ad > shop > error > buy >1d help
        luz: help > shop >12d shop
        eva@20d: cart > cancel
        : ad > shop
    """
    found = measured(tmp_path, story).measured
    coverage = found.coverage
    assert coverage.interactions == 12
    assert coverage.on_map + coverage.undrawn + coverage.outside == 12
    assert coverage.nobody == 2  # the two steps that carry no identity
    assert sum(outcome(found)[1:]) == outcome(found)[0]
    for measure in found.touchpoints:
        of = measure.passage
        assert of.onward + of.left + of.still_open == of.reached
    assert sum(m.passage.interactions for m in found.touchpoints) == coverage.on_map


def test_without_completion_or_silence_nothing_is_made_up(tmp_path: Path) -> None:
    text = MAP.replace("  completes: [buy]\n  leaves: [cancel]\n  silence: 10 days\n", "")
    found = measured(tmp_path, "ana: ad > buy\nluz: ad", map_text=text).measured
    assert outcome(found) == (2, 0, 0, 2)
    assert found.totals.completed_share.value is None
    assert found.totals.duration.median_s.value is None
