"""What cannot be measured says so in words, in both languages; nothing unknown is shown as zero."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from examples import NOON, workspace_of
from test_walk import MAP
from trayecto import flow, measuring
from trayecto.cli import show, show_watching
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period


def measured(folder: Path, text: str, story: str, *, period: Period = ALWAYS) -> measuring.LiveMap:
    workspace = workspace_of(folder, story)
    file = folder / "map.yaml"
    file.write_text(text)
    live = measuring.measure(workspace, file, period=period)
    for language in ("en", "es"):  # the report says it too
        page = measuring.report(workspace, live, language=language)
        assert all(text.say(language) in page for text in live.measured.missing)
    return live


def said(live: measuring.LiveMap) -> list[str]:
    return [text.en for text in live.measured.missing]


def test_a_map_without_bindings(tmp_path: Path) -> None:
    text = MAP
    for node in ("ad", "shop", "cart", "buy", "cancel", "help"):
        text = text.replace(f", nodes: [{node}]", "")
    live = measured(tmp_path, text, "ana: ad > buy")
    # No journey could begin: how many there are is not told as none, and nothing is found.
    assert show.live(live, "en").splitlines()[1:3] == ["", said(live)[0]]
    assert live.findings == ()
    assert said(live)[0].startswith("No touchpoint of this map says which nodes it is")
    assert live.measured.missing[0].es.startswith("Ningún punto de contacto de este mapa dice")
    assert live.measured.totals.completed_share.value is None


def test_no_data_in_the_period(tmp_path: Path) -> None:
    later = Period(NOON + timedelta(days=300))
    live = measured(tmp_path, MAP, "ana: ad > buy", period=later)
    assert said(live)[0].startswith("There is no interaction in this period")
    assert live.measured.coverage.share.value is None


def test_nodes_that_are_not_in_the_data(tmp_path: Path) -> None:
    live = measured(tmp_path, MAP, "ana: news > blog")
    assert said(live)[0].startswith("None of the nodes that the map names is in the data.")


def test_a_completion_that_nobody_reaches_is_zero_and_one_nobody_can_see_is_unknown(
    tmp_path: Path,
) -> None:
    reached = measured(tmp_path / "a", MAP, "ana: ad > shop\nluz@30d: help > buy")
    assert said(reached) == ["No journey reaches “Purchase”."]
    assert reached.measured.totals.completed_share.value == 0
    unseen = measured(tmp_path / "b", MAP, "ana: ad > shop\nluz@30d: ad")
    assert " = 0 completed + " in show.live(reached, "en")
    assert " = — completos + " in show.live(unseen, "es")
    assert said(unseen)[0].startswith("A journey is completed by “Purchase”, and no node")
    assert unseen.measured.totals.completed_share.value is None


def test_one_journey_is_too_few_to_tell(tmp_path: Path) -> None:
    live = measured(tmp_path, MAP.replace("minimum: 1\n", ""), "ana: ad > buy")
    assert said(live)[0].startswith("Journeys: 1. The map asks for 30 or more")
    assert live.measured.touchpoint("ad").passage.drop_off.value is None


def test_boundaries_that_never_start(tmp_path: Path) -> None:
    text = MAP.replace("journeys:\n", "journeys:\n  starts: [ad, help]\n")
    # An advert there was, but before the days asked for.
    late = Period(NOON + timedelta(days=20))
    early = measured(tmp_path / "a", text, "ana: ad\nluz@30d: shop > buy", period=late)
    assert said(early) == ["No journey begins: nobody came to “Advert” or “Help”."]
    assert early.measured.missing[0].es == (
        "No empieza ningún trayecto: nadie pasó por «Advert» ni por «Help»."
    )
    never = measured(tmp_path / "b", text, "ana: shop > buy")
    (words,) = said(never)
    assert words.startswith("No journey can begin: it would by “Advert” or “Help”, and no node")
    assert "personas" not in show.live(never, "en")
    assert "0 journeys" not in measuring.live_picture(never, language="en")


def test_a_source_that_the_lake_has_not_got(tmp_path: Path) -> None:
    text = MAP.replace("journeys:\n", "journeys:\n  sources: [wbe]\n")
    with pytest.raises(TrayectoError, match="Did you mean: web"):
        measured(tmp_path / "a", text, "ana: ad > buy")
    with pytest.raises(TrayectoError, match="There are: web"):
        measured(tmp_path / "b", text.replace("wbe", "tills"), "ana: ad > buy")


def test_a_touchpoint_that_is_not_in_the_data_is_unknown_and_one_nobody_met_is_zero(
    tmp_path: Path,
) -> None:
    # luz calls for help and begins nothing: help is in the data, and no journey met it. The basket
    # has no node at all, so that both who buy went past it cannot be said.
    live = measured(tmp_path, MAP, "ana: ad > shop > buy\neva: ad > buy\nluz@30d: help")
    assert live.measured.unseen == ("cart", "cancel")
    assert live.measured.untouched == ("help",)
    help_, cart = live.measured.touchpoint("help"), live.measured.touchpoint("cart")
    assert (help_.passage.reach.value, help_.done) == (0.0, 0)
    assert cart.passage.reach.value is None
    assert live.deviations.touchpoint("shop").skipped.journeys == 1  # eva's
    assert not live.deviations.touchpoint("cart").measured
    assert "skipped" not in {one.kind for one in live.findings if one.where == "cart"}
    workspace = flow.open_(tmp_path / "workspace")
    cuts = measuring.measure(workspace, tmp_path / "map.yaml", cuts=True).cuts
    plain = {one["id"]: one for one in live.as_json()["touchpoints"]}
    assert (plain["cart"]["done"], plain["cart"]["passage"]["reached"]) == (None, None)
    fates = {one["id"]: one for one in live.as_json()["deviations"]["touchpoints"]}
    assert (fates["cart"]["skipped"], fates["shop"]["skipped"]["journeys"]) == (None, 1)
    assert (plain["help"]["done"], plain["help"]["passage"]["reached"]) == (0, 0)
    month = next(cut.as_json() for cut in cuts if cut.kind == "month")
    reached = {one["id"]: one["passage"]["reached"] for one in month["touchpoints"]}
    assert (reached["ad"], reached["cart"], reached["help"]) == (2, None, 0)
    picture = measuring.live_picture(live, language="es")
    assert "no está en los datos" in picture
    assert "nadie lo toca" in picture


def test_nobody_leaves_where_nothing_further_can_be_seen(tmp_path: Path) -> None:
    # The till and all after it have no node: whoever was last seen in the shop may have bought.
    live = measured(tmp_path, MAP, "ana: ad > shop\nluz@30d: ad > shop")
    ad, shop = (live.measured.touchpoint(one).passage for one in ("ad", "shop"))
    assert (ad.drop_off.value, shop.drop_off.value, shop.drop_off.n) == (0.0, None, 1)
    assert live.findings == ()
    plain = live.as_json()
    assert plain["stages"][0]["passage"]["left"] is None
    assert plain["stages"][1]["passage"]["reached"] is None
    assert plain["totals"]["completed"] is None


def test_without_a_silence_and_a_way_out_no_share_is_told_while_journeys_are_open(
    tmp_path: Path,
) -> None:
    text = MAP.replace("  silence: 10 days\n", "").replace("  leaves: [cancel]\n", "")
    live = measured(tmp_path / "a", text, "ana: ad > shop > buy\nluz: ad > shop")
    assert said(live)[0].startswith("The map names no way out that is in the data, and no silence")
    assert live.measured.totals.completed_share.value is None
    assert live.measured.touchpoint("shop").passage.drop_off.value is None
    assert " 1 completed + — left + 1 still open" in show.live(live, "en")
    assert live.as_json()["totals"]["left"] is None
    # All over, nobody left: that is known.
    over = measured(tmp_path / "b", text, "ana: ad > shop > buy\nluz: ad > buy")
    assert over.measured.totals.completed_share.value == 1.0


def test_a_vote_whose_way_on_is_not_in_the_data_has_no_shares(tmp_path: Path) -> None:
    text = MAP.replace("nodes: [shop]}", "nodes: [shop], vote: {stays: buys, leaves: goes}}")
    live = measured(tmp_path, text, "ana: ad > shop\nluz@30d: ad > shop")
    (vote,) = live.votes
    assert (vote.all.cast, vote.all.left.value, vote.all.stayed.value) == (2, None, None)


def test_a_report_on_no_journeys_has_no_table_of_noughts(tmp_path: Path) -> None:
    later = Period(NOON + timedelta(days=300))
    live = measured(tmp_path, MAP, "ana: ad > buy", period=later)
    assert {one["done"] for one in live.as_json()["touchpoints"]} == {None}
    assert show_watching.deviations(live, "es").splitlines() == [
        "The shop",
        "",
        live.measured.missing[0].es,
    ]
    assert live.as_json()["totals"]["journeys"] is None
    picture = measuring.live_picture(live, language="en")
    assert "nobody touches it<" not in picture
    assert "no data" in picture
    workspace = flow.open_(tmp_path / "workspace")
    page = measuring.report(workspace, live, language="en")
    assert "How they end" not in page
    assert "Check that the sources" not in page  # why is known, and said
    paper = measuring.report_as(workspace, live, ".pdf", language="en")
    words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages)
    assert "trayecto behind" not in words


def test_a_persona_is_looked_for_among_cases_where_the_map_follows_cases(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "timestamp,order_id,event,plan\n2026-03-01 10:00,7,ad,gold\n2026-03-09 10:00,7,buy,gold\n"
    )
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="orders")
    rule = "protagonist: {id: fans, name: Fans, rule: [{property: plan, is: gold}]}\n"
    text = MAP.replace("per: person", "per: case").replace("journeys:\n", rule + "journeys:\n")
    (tmp_path / "map.yaml").write_text(text)
    page = measuring.report(
        workspace, measuring.measure(workspace, tmp_path / "map.yaml"), language="en"
    )
    assert "Counted are the 1 cases with a journey on this map, of 1 in all the data." in page
    assert "Of all cases" in page
    assert "Of all customers" not in page
