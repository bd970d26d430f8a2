"""Pains ranked by reach × severity × importance: each figure worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import workspace_of
from trayecto import flow, measuring
from trayecto.contrast import pain_words
from trayecto.contrast.pain import Pain
from trayecto.improve.ranking import ranked
from trayecto.vocabulary.estimate import Estimate, share

MAP = """\
map: shop
title: The shop
minimum: 5
journeys:
  per: person
  noun: {en: purchases, es: compras}
  completes: [buy]
  leaves: [cancel]
  silence: 5 days
stages:
  - id: find
    name: Find
    touchpoints:
      - {id: ad, name: Advert, channel: advert, nodes: [ad]}
  - id: choose
    name: Choose
    touchpoints:
      - {id: quote, name: Quote, channel: web, within: 2 h, nodes: [quote]}
      - {id: pick, name: Pick, channel: web, nodes: [pick]}
  - id: pay
    name: Pay
    touchpoints:
      - {id: buy, name: Purchase, channel: web, nodes: [buy]}
      - {id: cancel, name: Cancels, channel: phone, optional: true, nodes: [cancel]}
"""


def measured(folder: Path, story: str) -> measuring.LiveMap:
    workspace = workspace_of(folder, story + "\nend@60d: ad")
    (folder / "map.yaml").write_text(MAP)
    return measuring.measure(workspace, folder / "map.yaml")


def people(prefix: str, many: int, path: str) -> str:
    return "\n".join(f"{prefix}{i}: {path}" for i in range(many))


def pain(live: measuring.LiveMap, kind: str, where: str) -> Pain:
    return next(one for one in live.pains if (one.kind, one.where) == (kind, where))


def test_a_broken_promise_is_told_with_every_figure(tmp_path: Path) -> None:
    live = measured(
        tmp_path,
        "\n".join((
            people("a", 6, "ad >1h quote >1h buy"), people("b", 2, "ad >1h quote"),
            people("c", 10, "ad >8h quote >1h buy"), people("d", 16, "ad >8h quote"),
                people("e", 6, "ad >12h quote"),
        )),
    )  # fmt: skip
    found = pain(live, "wait", "quote")
    # 40 of 41 people; the median wait is 8 h and 2 h were promised.
    assert found.reach == share(40, 41)
    assert found.severity.value == pytest.approx(1 - 2 / 8)
    # Of the 8 that got it in time 6 buy; of the 32 that waited, 10.
    assert found.importance.value == pytest.approx(6 / 8 - 10 / 32)
    assert found.hit == share(32, 40)
    assert found.score.value == pytest.approx(40 / 41 * 0.75 * (6 / 8 - 10 / 32))
    # The 32 would buy as the 8 do: 40 × 32/40 × 7/16 = 14 more.
    assert found.more.value == pytest.approx(14)
    assert pain_words.headline(live.journey_map, found).en == (
        "“Quote” takes 8\u00a0h; 2\u00a0h was promised"
    )
    assert pain_words.worth(live.journey_map, found).es.startswith(
        "Cerrarlo conservaría más compras: 14 ("
    )


def test_what_hurts_most_is_said_first_and_once(tmp_path: Path) -> None:
    live = measured(
        tmp_path,
        "\n".join((
            people("a", 6, "ad >1h quote >1h buy"), people("b", 2, "ad >1h quote"),
            people("c", 10, "ad >8h quote >1h buy"), people("d", 16, "ad >8h quote"),
            "eva@55d: pick",
        )),
    )  # fmt: skip
    said = [(f.kind, f.where, f.node) for f in live.findings]
    assert len(said) == len(set(said))
    worst = next(p for p in live.pains if p.rank == 1)
    assert said[0] == (worst.kind, worst.where, "")
    # All 16 who bought skipped the pick, which eva alone met: many people, and it is no pain.
    skipped = next(f for f in live.findings if f.kind == "skipped")
    assert said.index(("wait", "quote", "")) < said.index(("skipped", "pick", ""))
    assert skipped.detail.en.startswith("16 of 17 purchases")
    assert live.measured.touchpoint("pick").skipped == (
        live.deviations.touchpoint("pick").skipped.journeys
    )


def test_who_does_things_out_of_order_is_said(tmp_path: Path) -> None:
    live = measured(
        tmp_path,
        people("a", 6, "ad > quote > pick > buy")
        + "\n"
        + people("b", 6, "ad > pick > quote > buy"),
    )
    (found,) = [f for f in live.findings if f.kind == "disorder"]
    assert (found.headline.en, found.people) == ("50% come to “Quote” out of order", 6)


def test_drop_off_is_told_beyond_what_is_usual_on_the_map(tmp_path: Path) -> None:
    live = measured(
        tmp_path,
        "\n".join((
            people("a", 30, "ad > pick > buy"), people("b", 60, "ad > pick"), people("c", 10, "ad"),
        )),
    )  # fmt: skip
    found = pain(live, "drop_off", "choose")
    # 10 of 100 leave at the first stage, 60 of 90 at the second: the median of both is usual.
    usual = (10 / 100 + 60 / 90) / 2
    assert (found.actual, found.expected) == pytest.approx((60 / 90, usual))
    assert found.severity.value == pytest.approx(60 / 90 - usual)
    # All that go on from there buy, so whoever stays counts whole.
    assert found.importance.value == 1.0
    assert found.more.value == pytest.approx(90 * (60 / 90 - usual))


def test_what_nobody_drew_and_what_is_repeated_are_pains_too(tmp_path: Path) -> None:
    live = measured(
        tmp_path,
        "\n".join((
            people("a", 20, "ad > pick > buy"), people("b", 10, "ad > pick > call > call"),
            people("c", 10, "ad > pick > pick"),
        )),
    )  # fmt: skip
    detour = next(one for one in live.pains if one.kind == "detour")
    assert (detour.node, detour.people) == ("call", 10)
    assert detour.severity.value == pytest.approx(20 / 30)  # two visits beside each planned step
    assert detour.importance.value == pytest.approx(20 / 30)  # 20 of 30 buy without, 0 of 10 with
    again = pain(live, "repeats", "pick")
    assert again.hit == share(10, 40)
    assert again.severity.value == pytest.approx(10 / 50)
    assert again.importance.value == pytest.approx(20 / 30)


def test_where_nobody_can_be_compared_the_rank_is_unknown_and_not_zero(tmp_path: Path) -> None:
    waits = {3: 4, 14: 8, 6: 12}
    story = "\n".join(people(f"w{h}", n, f"ad >{h}h quote > buy") for n, h in waits.items())
    live = measured(tmp_path, story)
    found = pain(live, "wait", "quote")
    assert (found.rank, found.importance.value, found.score.value) == (None, None, None)
    assert pain_words.rank(found).en == "no rank: what it costs cannot be told"
    assert "—" in pain_words.formula(found).en


def test_worse_than_expected_and_worth_money(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = ["timestamp,user_id,event,csat,amount,currency"]
    for i in range(40):
        glad, buys = i < 20, i < 16 or i >= 36
        rows += [f"2026-03-01,p{i},ad,,,", f"2026-03-02,p{i},pick,{5 if glad else 1},,"]
        rows += [f"2026-03-03,p{i},buy,,50.00,EUR"] if buys else []
    rows.append("2026-06-01,end,ad,,,")
    file.write_text("\n".join(rows) + "\n")
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [file], source="web")
    text = MAP.replace("nodes: [pick]", "emotion: {level: 1}, nodes: [pick]")
    (tmp_path / "map.yaml").write_text(text)
    found = pain(measuring.measure(workspace, tmp_path / "map.yaml"), "emotion", "pick")
    # Half answer 5 and half 1: on average neutral, and +0.5 was expected.
    assert (found.actual, found.expected) == (0.0, 0.5)
    assert found.severity.value == 0.25
    # Of the glad 16 of 20 buy, of the others 4 of 20; closing it is 20 × (0.8 − 0.2) = 12 more.
    assert found.importance.value == pytest.approx(0.6)
    assert found.more.value == pytest.approx(12)
    assert found.currency == "EUR"
    assert found.money.value == pytest.approx(600)


# How far a rank could move


def test_factors_without_doubt_never_move() -> None:
    products = [(sure(0.2),), (sure(0.9),), (sure(0.5),)]
    assert [(r.rank, r.best, r.worst) for r in ranked(products)] == [
        (3, 3, 3), (1, 1, 1), (2, 2, 2),
    ]  # fmt: skip


def test_two_that_overlap_could_change_places() -> None:
    first, second = ranked([(Estimate(0.5, 0.3, 0.7, 9),), (Estimate(0.45, 0.25, 0.65, 9),)])
    assert (first.rank, first.best, first.worst) == (1, 1, 2)
    assert (second.rank, second.best, second.worst) == (2, 1, 2)


def test_one_factor_gives_back_its_own_interval() -> None:
    (found,) = ranked([(Estimate(0.5, 0.4, 0.6, 9),)])
    assert (found.low, found.high) == pytest.approx((0.4, 0.6), abs=0.002)


def test_independent_factors_make_the_interval_of_their_product() -> None:
    # Two factors of 0.5 ± 0.049: the product's deviation is 0.5 × 0.025 × √2, near enough.
    factor = Estimate(0.5, 0.451, 0.549, 9)
    (found,) = ranked([(factor, factor)])
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * 0.5 * 0.025 * 2**0.5, rel=0.03)


def sure(value: float) -> Estimate:
    return Estimate(value, value, value, 9)


unit = st.floats(0, 1)
estimates = st.tuples(unit, unit, unit).map(sorted).map(lambda e: Estimate(e[1], e[0], e[2], 9))


@settings(deadline=None)
@given(st.lists(st.tuples(estimates, estimates, estimates), max_size=5))
def test_a_rank_lies_among_as_many_as_there_are(products: list[tuple[Estimate, ...]]) -> None:
    found = ranked(products)
    assert sorted(r.rank for r in found) == list(range(1, len(products) + 1))
    for one in found:
        assert 1 <= one.best <= one.worst <= len(products)
        assert 0 <= one.low <= one.high <= 1
    assert found == ranked(products)


def test_a_person_who_repeats_in_two_journeys_is_one_person(tmp_path: Path) -> None:
    # Ten people pick twice and give up, and do so again a month later: 20 journeys of 10 people.
    twice = people("c", 10, "ad > pick > pick >30d ad > pick > pick")
    live = measured(tmp_path, people("a", 20, "ad > pick > buy") + "\n" + twice)
    again = pain(live, "repeats", "pick")
    pick = live.measured.touchpoint("pick")
    assert (pick.repeated, pick.repeated_people, again.people) == (20, 10, 10)
    assert again.reach == share(10, 31)  # of the 30, and of the one who only closes the data
    said = next(one for one in live.findings if one.kind == "repeats")
    assert said.detail.en.startswith("10 people come here more than once")
    assert (said.people, said.of) == (10, "people")


def test_a_finding_says_whether_it_counts_people_or_journeys(tmp_path: Path) -> None:
    # Ten give up twice each, luz and leo buy: 20 of the 22 purchases end at “Find”.
    live = measured(tmp_path, people("c", 10, "ad >30d ad") + "\n" + people("l", 2, "ad > buy"))
    gone = next(one for one in live.findings if one.kind == "drop_off")
    assert gone.detail.en.startswith("Of 22 purchases whose fate is known, 20 go no further")
    assert gone.detail.es.startswith("De 22 compras con desenlace conocido, 20 no pasan de aquí")
    assert (gone.people, gone.of) == (20, "journeys")
    assert "afecta a 20 compras" in measuring.live_picture(live, language="es")


def test_on_a_phone_every_figure_of_a_pain_stands_with_its_head(tmp_path: Path) -> None:
    story = people("a", 20, "ad > pick > buy") + "\n" + people("c", 10, "ad > pick > pick")
    live = measured(tmp_path, story)
    page = measuring.report(flow.open_(tmp_path / "workspace"), live, language="en")
    pains = page.split('<section id="pains"')[1]
    heads = re.findall(r'<td[^>]* data-head="([^"]+)"', pains)
    assert heads[:6] == ["Rank", "Out of 100", "Reach", "Severity", "Importance", "Closing it"]
