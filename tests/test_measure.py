"""What a node achieves, costs and brings; some of the journeys alone; journeys kept in the lake."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from examples import NOON, workspace_of
from test_walk import MAP
from trayecto import care, flow, measuring
from trayecto.contrast.measured import Cut
from trayecto.contrast.trend import TrendPoint, direction
from trayecto.lake.tables import JOURNEYS
from trayecto.vocabulary.estimate import share
from trayecto.workspace import Workspace

NODES = """\
map: shop
title: The shop
minimum: 1
protagonist:
  name: Lucia
  prefers: [app]
journeys:
  completes: [buy]
  silence: 10 days
stages:
  - id: find
    name: Find
    touchpoints:
      - {id: shop, name: Shop, channel: web, nodes: [shop]}
      - {id: mail, name: Offer, channel: email, kind: communication, initiates: company,
         content: What is new, nodes: [mail]}
  - id: pay
    name: Pay
    touchpoints:
      - {id: cart, name: Cart, channel: web, within: 2 h, nodes: [cart],
         cost: {amount: 0.5, currency: EUR}}
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "map.yaml"
    file.write_text(text)
    return file


def of_csv(folder: Path, heading: str, lines: list[str]) -> Workspace:
    """Return a workspace with the rows of one file."""
    file = folder / "rows.csv"
    file.write_text("\n".join([heading, *lines]) + "\n")
    workspace = flow.create(folder / "workspace", language="en")
    flow.import_files(workspace, [file], source="web")
    return workspace


def cut(live: measuring.LiveMap, kind: str, name: str) -> Cut:
    return next(cut for cut in live.cuts if (cut.kind, cut.name) == (kind, name))


def test_the_four_measures_of_a_node(tmp_path: Path) -> None:
    story = """
        ana: shop > mail > cart > buy
        luz: shop > mail > cart >3h cart > buy
        eva: shop > mail >8d shop
        zoe@30d: shop > mail
    """
    live = measuring.measure(workspace_of(tmp_path, story), written(tmp_path, NODES))
    cart, mail = (live.measured.touchpoint(at).effect for at in ("cart", "mail"))
    # Ana needed the cart once; luz came back to it. Both went on.
    assert (cart.completed.value, cart.completed.n) == (0.5, 2)
    # Waits for the cart: 1 h and 1 h after the offer, 3 h the second time; two hours promised.
    assert (cart.on_time.value, cart.on_time.n) == (2 / 3, 3)
    # Ana and luz acted on it; eva came back too late; of zoe it is too early to tell.
    assert (mail.answered.value, mail.answered.n) == (2 / 3, 3)
    assert (cart.answered.value, mail.completed.value) == (None, None)
    assert mail.useful.value is None  # nobody was asked


def test_content_is_useful_to_those_who_say_so(tmp_path: Path) -> None:
    lines = [f"2026-03-01 10:00,p{n},mail,{answer}" for n, answer in enumerate((1, 3, 4, 5))]
    lines += [f"2026-03-01 09:00,p{n},shop," for n in range(4)]
    live = measuring.measure(
        of_csv(tmp_path, "timestamp,user_id,event,csat", lines), written(tmp_path, NODES)
    )
    useful = live.measured.touchpoint("mail").effect.useful
    assert (useful.value, useful.n) == (0.5, 4)  # 4 and 5 lie above the middle of 1 to 5


def test_cost_is_of_interactions_and_value_keeps_its_currency(tmp_path: Path) -> None:
    lines = [
        "2026-03-01 10:00,ana,cart,,", "2026-03-01 10:05,ana,cart,,",
        "2026-03-01 11:00,ana,buy,10.50,EUR", "2026-03-02 11:00,luz,cart,,",
        "2026-03-02 12:00,luz,buy,3.00,USD", "2026-03-02 13:00,eva,shop,,",
        "2026-03-02 14:00,eva,buy,1.50,EUR",
    ]  # fmt: skip
    live = measuring.measure(
        of_csv(tmp_path, "timestamp,user_id,event,value,currency", lines), written(tmp_path, NODES)
    )
    cart, buy = live.measured.touchpoint("cart"), live.measured.touchpoint("buy")
    assert cart.cost is not None
    assert (cart.cost.total, cart.cost.currency, cart.cost.interactions) == (1.5, "EUR", 3)
    assert buy.cost is None  # nothing declared is not free
    assert [(v.currency, v.value_minor, v.interactions) for v in buy.value] == [
        ("EUR", 1200, 2), ("USD", 300, 1)
    ]  # fmt: skip


def test_channels_beside_those_the_protagonist_prefers(tmp_path: Path) -> None:
    story = "ana: shop[app] > shop[web] > shop[app] > buy\nluz: shop[app] > buy"
    shop = workspace_of(tmp_path, story)
    live = measuring.measure(shop, written(tmp_path, NODES))
    preferred = live.measured.touchpoint("shop").on_preferred
    assert (preferred.value, preferred.n) == (0.75, 4)
    mix = dict(live.measured.touchpoint("shop").mix)
    # Of four interactions: Wilson's interval of three and of one, worked out by hand.
    assert [(round(s.value or 0, 2), round(s.low or 0, 3), round(s.high or 0, 3), s.n)
            for s in (mix["app"], mix["web"])] == [
        (0.75, 0.301, 0.954, 4), (0.25, 0.046, 0.699, 4)]  # fmt: skip
    few = measuring.measure(shop, written(tmp_path, NODES.replace("minimum: 1", "minimum: 5")))
    assert [s.value for _, s in few.measured.touchpoint("shop").mix] == [None, None]


def test_people_on_the_map_beside_everybody(tmp_path: Path) -> None:
    story = "ana: shop > buy\nluz: news\neva: news > shop"
    coverage = measuring.measure(workspace_of(tmp_path, story), written(tmp_path, NODES)
                            ).measured.coverage  # fmt: skip
    assert (coverage.people, coverage.people_on_map) == (3, 2)
    assert coverage.people_share.value == 2 / 3


def test_a_channel_is_where_a_journey_began_and_a_month_when(tmp_path: Path) -> None:
    story = """
        ana: shop[app] > cart[web] > buy
        luz: shop[web] >40d shop[app] > buy[app]
    """
    live = measuring.measure(workspace_of(tmp_path, story), written(tmp_path, NODES), cuts=True)
    app, web = cut(live, "channel", "app").measured, cut(live, "channel", "web").measured
    assert (app.totals.journeys, app.totals.completed) == (2, 2)
    assert (web.totals.journeys, web.totals.left) == (1, 1)
    assert app.touchpoint("cart").passage.reached == 1  # ana's, though she was on the web then
    months = [(c.name, c.measured.totals.journeys) for c in live.cuts if c.kind == "month"]
    assert months == [("2026-03", 2), ("2026-04", 1)]


def test_a_direction_is_said_only_when_the_intervals_say_so() -> None:
    march, april = share(80, 100), share(40, 100)
    assert direction([TrendPoint("03", march, True), TrendPoint("04", april, True)]) == "down"
    assert direction([TrendPoint("03", april, True), TrendPoint("04", march, True)]) == "up"
    near = share(75, 100)
    assert direction([TrendPoint("03", march, True), TrendPoint("04", near, True)]) is None
    # April's journeys are still open: who leaves at once is known, who goes on late is not.
    assert direction([TrendPoint("03", march, True), TrendPoint("04", april, False)]) is None


def test_a_stage_takes_as_long_as_those_still_in_it_wait_too(tmp_path: Path) -> None:
    story = """
        ana: shop >1d cart
        luz: shop >2d cart
        eva@9d: shop
        zoe@6d: shop >4d mail
    """
    # The data ends on day 10: eva has waited a day and zoe four, open both.
    find = measuring.measure(workspace_of(tmp_path, story), written(tmp_path, NODES)
                        ).measured.stages[0].duration  # fmt: skip
    day = timedelta(days=1).total_seconds()
    assert (find.median_s.n, find.left, find.still_open) == (2, 0, 2)
    # Of the three that did not go on after one day, two can be watched longer: luz stands for one
    # and a half, and of 2.5 in all ana's one is less than half.
    assert find.median_s.value == 2 * day


def test_who_left_does_not_make_a_stage_longer(tmp_path: Path) -> None:
    story = "\n".join(
        ["ana: shop >1d cart", "luz: shop >3d cart", *(f"p{n}: shop" for n in range(8)),
         "eva@30d: news"]
    )  # fmt: skip
    find = measuring.measure(workspace_of(tmp_path, story), written(tmp_path, NODES)
                        ).measured.stages[0].duration  # fmt: skip
    assert (find.median_s.n, find.left, find.still_open) == (2, 8, 0)
    assert find.median_s.value == timedelta(days=2).total_seconds()


def kept(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask(
            "kept", "select nth, outcome, path, gaps, first_at from journeys order by first_at, nth"
        )


def test_the_journeys_of_a_map_are_kept(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > error >2h buy >1d ad > shop")
    file = written(tmp_path, MAP)
    measuring.measure(workspace, file)
    hour = 3_600_000_000
    first, second = kept(workspace)
    assert first == (1, "completed", [0, -1, 3], [None, hour, 2 * hour], NOON)
    assert second[:4] == (2, "still_open", [0, 1], [None, hour])


def test_they_are_written_again_only_when_something_changed(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    file = written(tmp_path, MAP)
    measuring.measure(workspace, file)
    version = workspace.lake.version(JOURNEYS)
    measuring.measure(workspace, file)
    written(tmp_path, MAP.replace("title: The shop", "title: Another name"))
    measuring.measure(workspace, file)
    assert workspace.lake.version(JOURNEYS) == version
    written(tmp_path, MAP.replace("completes: [buy]", "completes: [cart]"))
    measuring.measure(workspace, file)
    assert workspace.lake.version(JOURNEYS) == version + 1
    assert [row[1] for row in kept(workspace)] == ["still_open"]


def test_a_part_of_the_data_is_not_kept_as_if_it_were_all(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy")
    measuring.measure(
        workspace, written(tmp_path, MAP), period=flow.Period(NOON + timedelta(minutes=30))
    )
    assert workspace.lake.version(JOURNEYS) == -1


def test_journeys_go_with_their_person(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy\nluz: shop")
    measuring.measure(workspace, written(tmp_path, MAP))
    care.forget(workspace, "user_id:ana", by="test")
    assert [row[2] for row in kept(workspace)] == [[1]]
