"""Personas checked by data, segments measured by themselves, and two sides of a map compared."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from math import isclose, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayecto import flow, measuring
from trayecto.contrast.difference_words import gap_words, worth_saying
from trayecto.contrast.differences import Gap, corrected, levels, shares
from trayecto.journeys.groups import Groups
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.estimate import Estimate, mean, share, unknown
from trayecto.vocabulary.rule import rule_of
from trayecto.vocabulary.text import same
from trayecto.workspace import Workspace

MAP = """\
map: joining
title: Joining
minimum: 1
journeys: {noun: sign-ups, completes: [purchase], silence: 10 days}
protagonist:
  id: lucia
  name: Lucía
  prefers: [web]
  rule: [{property: plan, is: fibre}]
personas:
  - {id: paco, name: Paco, prefers: [phone], rule: [{property: age, at_least: 65}]}
  - {id: gold, name: Gold, rule: [{property: plna, is: gold}]}
  - {id: neighbour, name: The neighbour}
stages:
  - id: look
    name: Looking
    touchpoints:
      - {id: advert, name: Advert, channel: advert, nodes: [ad]}
      - {id: shop, name: Shop, channel: web, nodes: [shop]}
  - id: pay
    name: Paying
    touchpoints: [{id: purchase, name: Purchase, channel: web, nodes: [buy]}]
"""

# ana and bea are Lucía, carl is Lucía and Paco at once, dan is Paco, eva is nobody;
# fay has no journey on the map: she only called. The last fact is on the 28th.
FACTS = """\
timestamp,user_id,event,channel,plan,age,csat
2026-03-01T12:00:00Z,ana,ad,web,fibre,30,
2026-03-02T12:00:00Z,ana,shop,web,,,
2026-03-03T12:00:00Z,ana,buy,web,,,5
2026-03-01T12:00:00Z,bea,ad,web,fibre,40,
2026-03-01T12:00:00Z,carl,ad,phone,fibre,70,
2026-03-02T12:00:00Z,carl,shop,phone,,,1
2026-03-01T12:00:00Z,dan,ad,phone,copper,80,
2026-03-05T12:00:00Z,dan,buy,phone,,,3
2026-03-01T12:00:00Z,eva,ad,store,copper,20,
2026-03-28T12:00:00Z,fay,call,phone,fibre,90,
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    folder = tmp_path_factory.mktemp("shop")
    workspace = flow.create(folder / "workspace", language="en")
    (folder / "facts.csv").write_text(FACTS, "utf-8")
    (folder / "map.yaml").write_text(MAP, "utf-8")
    flow.import_files(workspace, [folder / "facts.csv"], source="crm")
    workspace.segments.write_text(
        "segments:\n  - {id: fibre, rule: [{property: plan, is: fibre}]}\n"
        "  - {id: old, rule: [{property: age, at_least: 65}]}\n",
        "utf-8",
    )
    return workspace, folder / "map.yaml"


def test_everybody_is_one_persona_several_or_none(shop: tuple[Workspace, Path]) -> None:
    """Of ana, bea, carl, dan and eva: carl is two, eva is none, the other three are one."""
    found = measuring.measure(*shop).personas
    assert found
    assert (found.people, found.customers) == (5, 6)
    parts = [part.value for part in (found.one, found.several, found.none)]
    assert parts == [3 / 5, 1 / 5, 1 / 5]
    assert sum(part or 0 for part in parts) == 1


def test_each_persona_is_counted_on_the_map_and_of_all(shop: tuple[Workspace, Path]) -> None:
    found = measuring.measure(*shop).personas
    assert found
    assert [(one.id, one.people, one.customers) for one in found.personas] == [
        ("lucia", 3, 4), ("paco", 2, 3), ("gold", 0, 0)
    ]  # fmt: skip
    assert found.personas[0].share == share(3, 5)
    assert found.personas[1].share_of_all == share(3, 6)


def test_two_personas_overlap_in_whom_they_share(shop: tuple[Workspace, Path]) -> None:
    found = measuring.measure(*shop).personas
    assert found
    assert [(o.first.en, o.second.en, o.people) for o in found.overlaps] == [
        ("Lucía", "Paco", 1), ("Lucía", "Gold", 0), ("Paco", "Gold", 0)
    ]  # fmt: skip


def test_a_persona_that_cannot_be_counted_is_named(shop: tuple[Workspace, Path]) -> None:
    found = measuring.measure(*shop).personas
    assert found
    assert [name.en for name in found.without_rule] == ["The neighbour"]
    [problem] = found.personas[2].unknown
    assert problem.say("es") == ("Ningún cliente tiene la propiedad «plna». ¿Querías decir: plan?")


def test_what_a_persona_does_stands_beside_everybody_else(shop: tuple[Workspace, Path]) -> None:
    """Of Lucía's three journeys one completes; of the other two, dan's."""
    found = measuring.measure(*shop).personas
    assert found
    gaps = {(gap.kind, gap.where): gap for gap in found.personas[0].gaps}
    completed = gaps["completed", None]
    assert (completed.one, completed.other) == (share(1, 3), share(1, 2))
    left = gaps["drop_off", "look"]
    assert (left.one, left.other) == (share(2, 3), share(1, 2))
    preferred = gaps["preferred", None]
    assert (preferred.one.value, preferred.other.value) == (2 / 3, 0)


def test_how_a_persona_feels_is_one_voice_a_person(shop: tuple[Workspace, Path]) -> None:
    """Of Lucía's, ana gave 5 of 5 (+1) and carl 1 (−1); of the others dan 3 (0)."""
    found = measuring.measure(*shop).personas
    assert found
    felt = next(gap for gap in found.personas[0].gaps if gap.kind == "felt")
    assert felt.one == mean(0, sqrt(2), 2)
    assert felt.other == mean(0, 0, 1)


def test_the_channel_each_persona_uses_most(shop: tuple[Workspace, Path]) -> None:
    found = measuring.measure(*shop).personas
    assert found
    assert found.personas[0].channels == (("web", 2), ("phone", 1))


def test_a_map_without_rules_says_so(shop: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, _ = shop
    bare = tmp_path / "bare.yaml"
    bare.write_text(MAP.replace("  rule: [{property: plan, is: fibre}]\n", "").replace(
        ", rule: [{property: age, at_least: 65}]", "").replace(
        ", rule: [{property: plna, is: gold}]", ""), "utf-8")  # fmt: skip
    live = measuring.measure(workspace, bare)
    assert live.personas
    assert live.personas.personas == ()
    assert len(live.personas.without_rule) == 4
    assert "No persona of this map has a rule" in measuring.report(workspace, live, language="en")


@given(st.dictionaries(st.integers(0, 15), st.integers(0, 50)))
def test_the_three_parts_always_add_up(masks: dict[int, int]) -> None:
    groups = Groups(masks, 4)
    assert groups.one + groups.several + groups.none == groups.everybody
    twice = sum(size for size in groups.sizes) - sum(both for *_, both in groups.pairs())
    assert twice <= groups.everybody - groups.none


# Segments


def test_a_segment_is_the_same_walk_on_fewer_people(shop: tuple[Workspace, Path]) -> None:
    """Measured as a cut of the whole, or alone: stage by stage it is the same."""
    workspace, file = shop
    segments = flow.segments(workspace)
    whole = measuring.measure(workspace, file, segments=segments)
    for segment in segments:
        [cut] = [c for c in whole.cuts if (c.kind, c.name) == ("segment", segment.id)]
        alone = measuring.measure(workspace, file, people=segment.rule).measured
        assert cut.measured.totals == alone.totals
        assert cut.measured.stages == alone.stages
        # Signs in behaviour are counted for everybody only.
        assert [replace(one, strain=unknown()) for one in cut.measured.touchpoints] == [
            replace(one, strain=unknown()) for one in alone.touchpoints
        ]


def test_a_map_of_chosen_people_still_adds_up(shop: tuple[Workspace, Path]) -> None:
    """Fibre customers have seven interactions; fay's call lies outside any journey."""
    workspace, file = shop
    live = measuring.measure(workspace, file, people=rule_of(["plan=fibre"]))
    coverage = live.measured.coverage
    assert (coverage.interactions, coverage.on_map, coverage.outside) == (7, 6, 1)
    assert "Only customers with: plan is fibre." in measuring.report(workspace, live, language="en")


def test_silence_is_judged_by_everybodys_last_fact(shop: tuple[Workspace, Path]) -> None:
    """Nothing of eva's is known after the 1st, but of fay there is on the 28th: eva has left."""
    workspace, file = shop
    live = measuring.measure(workspace, file, people=rule_of(["age<=25"]))
    assert (live.measured.totals.left, live.measured.totals.still_open) == (1, 0)


# Two sides


def test_two_segments_stand_side_by_side(shop: tuple[Workspace, Path]) -> None:
    workspace, file = shop
    sides = [measuring.Side(s.id, s.rule) for s in flow.segments(workspace)]
    found = measuring.compare_sides(workspace, file, *sides)
    assert (found.sides.one.totals.journeys, found.sides.other.totals.journeys) == (3, 2)
    completed = found.sides.gaps[0]
    assert (completed.one, completed.other) == (share(1, 3), share(1, 2))
    assert all(gap.p is None or gap.p == 1 for gap in found.sides.gaps if not gap.differs)
    plain = json.loads(json.dumps(found.sides.as_json()))
    assert (plain["first"], plain["second"], plain["correction"]) == ("fibre", "old", "holm")
    heading, rows = found.sides.as_rows()
    assert {len(row) for row in rows} == {len(heading)}


def test_two_periods_stand_side_by_side(shop: tuple[Workspace, Path]) -> None:
    """Until the 2nd nobody had bought yet; from the 3rd on only ana and dan do anything."""
    workspace, file = shop
    early = flow.days(workspace, since=None, until=date(2026, 3, 3))
    late = flow.days(workspace, since=date(2026, 3, 3), until=None)
    found = measuring.compare_sides(
        workspace, file, measuring.Side("early", period=early), measuring.Side("late", period=late)
    )
    assert found.sides.one.totals.completed == 0
    assert found.sides.other.totals.completed == found.sides.other.totals.journeys


def test_a_period_shorter_than_a_silence_says_nothing_of_who_leaves(
    shop: tuple[Workspace, Path],
) -> None:
    """Ten days of silence end a journey: in three days nobody can be seen to leave."""
    workspace, file = shop
    short, long = (
        measuring.Side(name, period=flow.days(workspace, since=date(2026, 3, 1), until=until))
        for name, until in (("3 days", date(2026, 3, 4)), ("27 days", date(2026, 3, 28)))
    )
    found = measuring.compare_sides(workspace, file, short, long)
    ends = [g for g in found.sides.gaps if g.kind in ("completed", "reach", "drop_off")]
    assert ends
    assert {(gap.one.value, gap.difference, gap.p) for gap in ends} == {(None, None, None)}
    assert any(gap.other.value is not None for gap in ends)
    assert found.too_short().en.startswith(
        "Shorter than the silence after which a journey is over (10\u00a0d): “3 days”."
    )
    page = measuring.report(workspace, found.whole, language="es", sides=found.sides)
    assert found.too_short().es in page
    assert "El periodo es más corto que el silencio" in page
    plain = json.loads(measuring.report_as(workspace, found.whole, ".json", language="es"))
    assert plain["note"]["en"].startswith("The period is shorter than the silence")
    week = [
        flow.days(workspace, since=date(2026, 3, n), until=date(2026, 3, n + 7)) for n in (1, 8)
    ]
    alike = measuring.compare_sides(
        workspace, file, *(measuring.Side("week", period=period) for period in week)
    )
    assert alike.sides.blind == (False, False)  # both are seen with the same eye


def test_a_group_that_came_last_does_not_look_more_faithful(tmp_path: Path) -> None:
    """
    Half of fibre buy, and half of copper. Most of copper came three days before the end.

    Who bought of those is known, and who never will is not yet: of all whose fate is known, only
    5 of 20 left. Asked are those who came a silence before the end: 10 of 20, and 5 of 10.
    """
    lines = ["timestamp,user_id,event,channel,plan,age,csat"]
    for plan, day, buy, silent in (
        ("fibre", 1, 10, 10),
        ("copper", 1, 5, 5),
        ("copper", 25, 10, 10),
    ):
        for number in range(buy + silent):
            who = f"{plan}{day}n{number}"
            lines.append(f"2026-03-{day:02d}T12:00:00Z,{who},ad,web,{plan},30,")
            if number < buy:
                lines.append(f"2026-03-{day + 1:02d}T12:00:00Z,{who},buy,web,,,")
    lines.append("2026-03-28T12:00:00Z,fay,call,phone,none,90,")
    (tmp_path / "facts.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    workspace = flow.create(tmp_path / "workspace", language="en")
    flow.import_files(workspace, [tmp_path / "facts.csv"], source="crm")
    sides = (measuring.Side(plan, rule_of([f"plan={plan}"])) for plan in ("fibre", "copper"))
    found = measuring.compare_sides(workspace, tmp_path / "map.yaml", *sides)
    gaps = {(str(gap.kind), gap.where): gap for gap in found.sides.gaps}
    for kind, where in (("completed", None), ("drop_off", "look"), ("drop_off", "advert")):
        gap = gaps[kind, where]
        assert (gap.one, gap.other, gap.difference) == (share(10, 20), share(5, 10), 0)
    personas = found.whole.personas
    assert personas
    lucia = next(gap for gap in personas.personas[0].gaps if gap.kind == "drop_off")
    assert (lucia.one, lucia.other) == (share(10, 20), share(5, 10))


def test_a_side_with_nobody_is_refused(shop: tuple[Workspace, Path]) -> None:
    workspace, file = shop
    sides = (
        measuring.Side("fibre", rule_of(["plan=fibre"])),
        measuring.Side("gold", rule_of(["plan=gold"])),
    )
    with pytest.raises(TrayectoError, match="Nobody of “gold” has a journey on this map"):
        measuring.compare_sides(workspace, file, *sides)


# The statistics, against figures known from outside


def test_the_difference_of_two_shares_is_newcombes() -> None:
    """Newcombe 1998, table II, example (a), method 10: 56/70 against 48/80."""
    gap = shares("completed", None, (56, 70), (48, 80), minimum=1)
    assert round(gap.difference or 0, 4) == 0.2
    assert (round(gap.low or 0, 4), round(gap.high or 0, 4)) == (0.0524, 0.3339)


def test_a_difference_of_means_with_even_intervals_is_the_usual_one() -> None:
    """Two means with standard errors 3 and 4: their difference has 5, so 10 is two of them."""
    one, other = mean(20, 30, 100), mean(10, 40, 100)
    gap = levels("felt", None, one, other)
    # Student's law with 99 degrees of freedom: 1.98422 deviations instead of 1.95996.
    assert isclose((gap.high or 0) - (gap.low or 0), 2 * 1.98422 * 5, rel_tol=1e-5)
    assert round(gap.p or 0, 4) == 0.0482


def test_few_are_unknown_and_unknown_is_never_a_difference() -> None:
    gap = shares("completed", None, (1, 3), (50, 100), minimum=30)
    assert (gap.one.value, gap.difference, gap.p) == (None, None, None)
    assert corrected([gap])[0].differs is False
    assert levels("felt", None, Estimate(1.0, None, None, 1), mean(0, 1, 50)).p is None


def test_a_difference_is_said_in_both_languages() -> None:
    gap = shares("completed", None, (56, 70), (48, 80), minimum=1)
    words = gap_words(JourneyMap("m", same("M")), gap)
    assert words.en == "80% complete, against 60% (+20.0 points; +5.2 to +33.4)"
    assert words.es == ("completa el 80\u00a0%, frente al 60\u00a0% (+20,0 puntos; +5,2 a +33,4)")


def test_what_reads_the_same_is_not_told_as_different() -> None:
    # Of ten thousand mails, 422 against 421 seconds may well be more than chance.
    near, far = (
        Gap("duration", "mail", Estimate(422.0, None, None, 9_000),
            Estimate(other, None, None, 9_000), 422.0 - other, p=p, differs=True)
        for other, p in ((421.0, 0.001), (900.0, 0.01))
    )  # fmt: skip
    assert worth_saying([far, near]) == (far,)
    assert worth_saying([replace(far, differs=False)]) == ()
