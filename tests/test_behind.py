"""The people behind each count of a map's report: the very ones, by the command that is told."""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from examples import NOON, workspace_of
from test_emotion_signals import heard
from test_render_report import read
from test_report_forms import MAP, STORY
from trayecto import flow, measuring, whose
from trayecto.cli.commands import app
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import LANGUAGES, Language
from trayecto.workspace import Workspace


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("shop"), STORY)
    (workspace.folder / "shop.yaml").write_text(MAP, "utf-8")
    return workspace


def who(shop: Workspace, place: str, that: str) -> list[str]:
    found = whose.behind(shop, shop.folder / "shop.yaml", place, that=that, named=True)
    return sorted(name for one in found.listed for name in one.names)


def test_they_are_the_ones_whose_journeys_did_it(shop: Workspace) -> None:
    # ana, luz and marta buy; pau cancels after the basket; leo is in the shop and no further.
    assert who(shop, "", "completed") == ["ana", "luz", "marta"]
    assert who(shop, "", "left") == ["pau"]
    assert who(shop, "shop", "open") == ["leo"]
    assert who(shop, "cart", "reached") == ["ana", "marta", "pau"]
    assert who(shop, "cart", "onward") == ["ana", "marta"]
    assert who(shop, "cart", "left") == ["pau"]
    assert who(shop, "look", "reached") == ["ana", "leo", "luz", "marta", "pau"]
    assert who(shop, "shop", "repeated") == []


def test_every_command_of_the_report_lists_as_many_as_the_report_counts(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.folder)
    live = measuring.measure(shop, Path("shop.yaml"), cuts=True)
    told = json.loads(measuring.report_as(shop, live, ".json", language="en"))["people"]
    page = read(measuring.report(shop, live, language="en"))
    folded = page.all("details", class_="behind")
    commands = [code.words for part in folded for code in part.all("code")]
    assert commands == [one["command"] for one in told]
    assert len(told) > 40
    for one in of_each_kind(told):
        said = CliRunner().invoke(app, [*shlex.split(one["command"])[1:], "--json"])
        assert said.exit_code == 0, said.output
        count = "people" if "people" in one else "journeys"
        assert json.loads(said.stdout)[count] == one[count], one


def of_each_kind(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return of each kind of count the one that most stand behind."""
    kinds = {}
    for one in sorted(told, key=lambda one: one.get("people", one.get("journeys", 0))):
        lot = one.get("group", one.get("part", "")).replace(":", "=").partition("=")[0]
        kinds[one["section"], one["that"], lot] = one
    return list(kinds.values())


def test_the_words_count_journeys_and_people_and_a_file_holds_all_of_them(
    shop: Workspace, tmp_path: Path
) -> None:
    given = ["behind", str(shop.folder / "shop.yaml"), "cart", "-w", str(shop.folder)]
    said = CliRunner().invoke(app, [*given, "--that", "onward", "--at-most", "1", "-l", "es"])
    assert said.stdout.splitlines()[0] == "Trayectos: 2 · personas: 2 · cart · siguen"
    assert said.stdout.splitlines()[-1] == "… +1 (todas con --json)"
    CliRunner().invoke(app, [*given, "--named", "-o", str(tmp_path / "cart.csv")])
    assert len((tmp_path / "cart.csv").read_text("utf-8").splitlines()) == 4
    refused = CliRunner().invoke(app, [*given, "-o", "cart.pdf"])
    assert "Name it cart.csv." in str(refused.exception)


def test_a_place_that_is_not_there_is_refused_with_those_that_are(shop: Workspace) -> None:
    with pytest.raises(TrayectoError, match="There are: cart"):
        whose.behind(shop, shop.folder / "shop.yaml", "cartt")
    with pytest.raises(TrayectoError, match="Ask for: reached, completed, left, open"):
        whose.behind(shop, shop.folder / "shop.yaml", that="onward")


def test_skips_repeats_disorder_and_what_nobody_drew_have_their_people(shop: Workspace) -> None:
    # luz goes from the shop to the till by the phone, which nobody drew, and skips the basket.
    assert who(shop, "cart", "skipped") == ["luz"]
    assert who(shop, "cart", "done") == ["ana", "marta", "pau"]
    assert who(shop, "cart", "not-reached") == ["leo"]
    assert who(shop, "ad", "not-taken") == ["luz", "marta"]
    assert who(shop, "phone", "reached") == who(shop, "phone [web]", "reached") == ["luz"]
    with pytest.raises(TrayectoError, match="help \\[web\\]"):
        who(shop, "helpp", "reached")


def test_those_who_stayed_and_left_at_a_vote_are_named(tmp_path: Path) -> None:
    # Five days to vote. leo comes on the last day of the data: his vote is still open.
    till = workspace_of(
        tmp_path, "ana: shop >1d cart\nluz: shop >1d cancel\neva: shop\nleo@30d: shop"
    )
    (till.folder / "shop.yaml").write_text(TILL, "utf-8")
    assert who(till, "shop", "vote-cast") == ["ana", "eva", "leo", "luz"]
    assert who(till, "shop", "vote-stay") == ["ana"]
    assert who(till, "shop", "vote-leave") == ["eva", "luz"]
    assert who(till, "shop", "vote-undecided") == ["leo"]
    assert who(till, "shop", "vote-neither") == []
    with pytest.raises(TrayectoError, match="not counted"):
        who(till, "cart", "vote-stay")
    with pytest.raises(TrayectoError, match="felt:good"):
        whose.behind(till, till.folder / "shop.yaml", "shop", that="vote-stay", group="felt:sad")


def test_those_who_met_a_moment_are_told_by_what_came_of_them(tmp_path: Path) -> None:
    # Five find the shop, look at the basket and buy; eva and luz look at it and go; three go at
    # once. eva comes back a month later and buys; leo is still on the way.
    story = "".join(f"buy{n}: shop > cart > buy\n" for n in range(5))
    story += "eva: shop > cart >40d shop > buy\nluz: shop > cart\n"
    story += "".join(f"gone{n}: shop >1h forum\n" for n in range(3)) + "leo@41d: shop > cart"
    till = workspace_of(tmp_path, story)
    (till.folder / "shop.yaml").write_text(TILL, "utf-8")
    bought = ["buy0", "buy1", "buy2", "buy3", "buy4"]
    assert who(till, "cart", "met-completed") == bought
    assert who(till, "cart", "met-left") == ["eva", "luz"]
    assert who(till, "cart", "met-back") == ["eva"]
    assert who(till, "cart", "met-not-back") == [*bought, "luz"]
    # At their second step, where others look at the basket, three go and eva, back again, buys.
    assert who(till, "cart", "unmet-completed") == ["eva"]
    assert who(till, "cart", "unmet-left") == ["gone0", "gone1", "gone2"]
    assert who(till, "cart", "unmet-back") == []
    assert who(till, "cart", "unmet-not-back") == ["eva", "gone0", "gone1", "gone2"]
    with pytest.raises(TrayectoError, match="not counted"):
        who(till, "buy", "met-completed")


def test_those_who_waited_or_stayed_too_long_are_named(tmp_path: Path) -> None:
    # Six hours are meant for finding; the basket is promised within three of the step before it.
    story = "ana: shop >1d cart > buy\nluz: shop > cart > buy\nleo: shop >1d forum\nend@60d: shop"
    till = workspace_of(tmp_path, story)
    (till.folder / "shop.yaml").write_text(TILL, "utf-8")
    assert who(till, "find", "late") == who(till, "cart", "late") == ["ana"]
    assert who(till, "shop", "late") == []  # it promises nothing


def test_those_behind_the_difference_that_a_feeling_makes_are_named(tmp_path: Path) -> None:
    # At the shop three give 5 of 5, and two of them buy; three give 1, and one buys: +33 points.
    # pau cancels what he bought; leo gives 3, which is neither; eva is still on the way.
    said = [f"{who},shop,{mark}," for who, mark in (
        ("ana", 5), ("luz", 5), ("teo", 5), ("bea", 1), ("noa", 1), ("pau", 1), ("leo", 3),
    )]  # fmt: skip
    did = [f"{who},buy,," for who in ("ana", "luz", "bea", "pau")]
    late = [f"wait{n},forum,," for n in range(24 * 12)]
    till = heard(tmp_path, *said, *did, "pau,cancel,,", *late, "eva,shop,5,")
    (till.folder / "shop.yaml").write_text(TILL, "utf-8")
    assert who(till, "shop", "felt-good") == ["ana", "luz", "teo"]
    assert who(till, "shop", "felt-bad") == ["bea", "noa", "pau"]
    assert (who(till, "shop", "good-kept"), who(till, "shop", "good-lost")) == (
        ["ana", "luz"], ["teo"],
    )  # fmt: skip
    assert (who(till, "shop", "bad-kept"), who(till, "shop", "bad-lost")) == (
        ["bea"], ["noa", "pau"],
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_who_is_behind_the_difference_that_a_feeling_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    # Ten look at the basket, of whom five felt good there and five bad; ten go straight to others.
    said = [f"in{n},{node},," for n in range(20) for node in ("shop",)]
    said += [f"in{n},cart,{5 if n % 2 else 1}," for n in range(10)]
    said += [f"in{n},buy,," for n in (0, 1, 3, 5, 10, 11)] + [f"in{n},forum,," for n in range(20)]
    till = heard(tmp_path, *said, *(f"wait{n},forum,," for n in range(24 * 12)))
    (till.folder / "shop.yaml").write_text(TILL, "utf-8")
    monkeypatch.chdir(till.folder)
    live = measuring.measure(till, Path("shop.yaml"))
    (moment,) = {one.id: one for one in live.moments}.values()
    assert moment.feeling.value == pytest.approx(3 / 5 - 1 / 5)
    told = json.loads(measuring.report_as(till, live, ".json", language=language))["people"]
    felt = {one["that"]: one["journeys"] for one in told if one["that"].endswith(("kept", "lost"))}
    assert felt == {"good-kept": 3, "good-lost": 2, "bad-kept": 1, "bad-lost": 4}
    for one in told:
        if one["that"] in felt:
            ran = CliRunner().invoke(app, [*shlex.split(one["command"])[1:], "--json"])
            assert json.loads(ran.stdout)["journeys"] == one["journeys"]


TILL = """\
map: till
title: The till
minimum: 1
protagonist: {id: fans, name: Fans, rule: [{property: plan, is: gold}]}
journeys: {per: person, starts: [shop], completes: [buy], leaves: [cancel], silence: 10 days}
stages:
  - id: find
    name: Find
    target: 6 hours
    touchpoints:
      - id: shop
        name: Shop
        channel: web
        nodes: [shop]
        emotion: {level: 1}
        vote: {stays: goes on, leaves: gives up, within: 5 days}
      - {id: cart, name: Basket, channel: web, nodes: [cart], emotion: {level: 2}, within: 3 hours}
  - id: pay
    name: Pay
    target: 4 hours
    touchpoints:
      - {id: card, name: Card, channel: web, nodes: [card], within: 2 hours}
      - {id: buy, name: Purchase, channel: store, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, optional: true, nodes: [cancel]}
"""


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return what two hundred people did, by chance: in any order, again, late, glad or angry."""
    folder, chance = tmp_path_factory.mktemp("till"), Random(6)
    rows = ["timestamp,user_id,event,channel,plan,csat"]
    steps = ("shop", "cart", "cart", "card", "card", "buy", "cancel", "call", "forum")
    for n in range(200):
        at, plan = NOON + timedelta(hours=chance.randrange(900)), chance.choice(("gold", "tin"))
        for step in ("shop", *(chance.choice(steps) for _ in range(chance.randrange(9)))):
            channel = chance.choice(("web", "web", "phone"))
            score = chance.choice(("", "", "1", "2", "5"))
            rows.append(f"{at.isoformat()},p{n},{step},{channel},{plan},{score}")
            at += timedelta(hours=chance.choice((1, 2, 5, 30, 300)))
    workspace = flow.create(folder / "workspace", language="en", buckets=4)
    (folder / "story.csv").write_text("\n".join(rows), "utf-8")
    flow.import_files(workspace, [folder / "story.csv"], source="web")
    (workspace.folder / "till.yaml").write_text(TILL, "utf-8")
    return workspace


def test_the_people_of_every_kind_of_count_are_as_many_as_the_report_says(
    till: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--people", "plan=gold", "--channel", "phone", "--until", "2026-04-01")
    monkeypatch.chdir(till.folder)
    measured = CliRunner().invoke(app, ["measure", "till.yaml", *options, "-o", "report.json"])
    assert measured.exit_code == 0, measured.output
    told = json.loads((till.folder / "report.json").read_text("utf-8"))["people"]
    sections = {"stages", "deviations", "undrawn", "votes", "pains", "moments", "personas", "cuts"}
    assert {one["section"] for one in told} == sections
    for one in of_each_kind(told):
        command = shlex.split(one["command"])[1:]
        assert set(options) <= set(command)
        said = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
        count = "people" if "people" in one else "journeys"
        assert said[count] == one[count], one
        assert said["journeys"] == sum(m["times"] for m in said["listed"])
        assert said["people"] == len(said["listed"])


def test_who_is_one_persona_several_or_none_is_named(tmp_path: Path) -> None:
    # ana has the gold plan and lives in Vigo, luz has the plan alone, leo only lives there.
    rows = ["timestamp,user_id,event,channel,plan,city", "2026-03-01T10:00,ana,shop,web,gold,Vigo",
            "2026-03-01T11:00,luz,shop,web,gold,Lugo", "2026-03-01T12:00,leo,shop,web,tin,Vigo",
            "2026-03-01T13:00,eva,shop,web,tin,Lugo", "2026-03-01T14:00,zoe,forum,web,gold,Vigo",
            ]  # fmt: skip
    (tmp_path / "story.csv").write_text("\n".join(rows), "utf-8")
    fans = flow.create(tmp_path / "workspace", language="en", buckets=4)
    flow.import_files(fans, [tmp_path / "story.csv"], source="web")
    local = "personas: [{id: local, name: Locals, rule: [{property: city, is: Vigo}]}]"
    (fans.folder / "shop.yaml").write_text(
        TILL.replace("journeys:", f"{local}\njourneys:"), "utf-8"
    )

    def part(part: str) -> list[str]:
        chosen = whose.Chosen(part=part)
        found = whose.behind(fans, fans.folder / "shop.yaml", chosen=chosen, named=True)
        return sorted(name for one in found.listed for name in one.names)

    # zoe is both, but was never on the map.
    assert part("personas=one") == ["leo", "luz"]
    assert part("personas=several") == part("personas=fans+local") == ["ana"]
    assert part("personas=none") == ["eva"]
    assert part("persona=local") == ["ana", "leo"]
    with pytest.raises(TrayectoError, match="There are: one, several, none, fans, local"):
        part("personas=fans+locals")


def test_each_side_of_a_comparison_has_its_people_and_its_sql(
    till: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--channel", "phone", "--compare", "plan=gold", "plan=tin")
    monkeypatch.chdir(till.folder)
    measured = CliRunner().invoke(app, ["measure", "till.yaml", *options, "-o", "sides.json"])
    assert measured.exit_code == 0, measured.output
    plain = json.loads((till.folder / "sides.json").read_text("utf-8"))
    assert {cut["kind"] for cut in plain["cuts"]} >= {"channel", "month"}
    told = [one for one in plain["people"] if one["section"] == "sides"]
    # Each side is of those alone who have used the phone.
    (gold, tin) = (side["totals"]["journeys"] for side in (plain["sides"]["one"],
                                                           plain["sides"]["other"]))  # fmt: skip
    assert 0 < gold + tin == plain["totals"]["journeys"]
    assert {one["that"] for one in told} == {"completed", "reached", "left", "skipped", "repeated"}
    for one in [one for one in told if "plan=gold" in one["command"]][:8]:
        said = CliRunner().invoke(app, [*shlex.split(one["command"])[1:], "--json"])
        count = "people" if "people" in one else "journeys"
        assert json.loads(said.stdout)[count] == one[count], one
    CliRunner().invoke(app, ["measure", "till.yaml", *options, "-o", "sides.html"])
    page = read((till.folder / "sides.html").read_text("utf-8"))
    commands = [code.words for code in page.all("code") if code.words.endswith("--sql | duckdb")]
    assert len(commands) == 3
    for command in commands:
        said = CliRunner().invoke(app, shlex.split(command)[1:-2])
        assert said.exit_code == 0, said.output


def test_a_group_skips_beside_another_what_it_skips_alone(till: Workspace) -> None:
    file, rules = till.folder / "till.yaml", [flow.rule_of([f"plan={p}"]) for p in ("gold", "tin")]
    sides = (measuring.Side(str(place), rule) for place, rule in enumerate(rules))
    found = measuring.compare_sides(till, file, *sides).sides
    for rule, side in zip(rules, (found.one, found.other), strict=True):
        alone = measuring.measure(till, file, people=rule).measured
        skipped = [one.skipped for one in alone.touchpoints]
        assert [one.skipped for one in side.touchpoints] == skipped
        assert sum(skipped) > 20
        # Nobody skips what is optional, nor the other end.
        assert side.touchpoint("cancel").skipped == 0


def test_a_persona_a_segment_and_a_part_of_the_report_choose_the_same_people(
    till: Workspace,
) -> None:
    file = till.folder / "till.yaml"
    till.segments.write_text(
        "segments:\n  - {id: gold, rule: [{property: plan, is: gold}]}\n", "utf-8"
    )
    gold = whose.behind(till, file, chosen=whose.Chosen(people=flow.rule_of(["plan=gold"])))
    assert 0 < gold.people < whose.behind(till, file).people
    for chosen in (
        whose.Chosen(persona="fans"), whose.Chosen(segment="gold"),
        whose.Chosen(part="persona=fans"), whose.Chosen(part="segment=gold"),
    ):  # fmt: skip
        assert whose.behind(till, file, chosen=chosen) == gold
    months = [
        whose.behind(till, file, chosen=whose.Chosen(part=f"month=2026-0{month}")).journeys
        for month in (3, 4, 5, 6)
    ]
    assert sum(months) == whose.behind(till, file).journeys
    with pytest.raises(TrayectoError, match="There are: fans"):
        whose.behind(till, file, chosen=whose.Chosen(persona="fan"))
    with pytest.raises(TrayectoError, match="month=2026-03"):
        whose.behind(till, file, chosen=whose.Chosen(part="week=3"))
