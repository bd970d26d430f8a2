"""What was planted in simulated customers is found again: counts exactly, figures nearly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from math import sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist, mean, stdev

import pytest

from examples import workspace_of
from trayecto import flow, measuring
from trayecto.contrast.measured import Measured, Passage
from trayecto.demo.truths import ballots, figures, truths
from trayecto.demo.world import (
    AGAIN,
    OPEN,
    SETTLED,
    START,
    Simulated,
    World,
    journey_map,
    lives,
    simulate,
    write,
)
from trayecto.flow import Period
from trayecto.vocabulary.estimate import student

DRAWN = ("ad", "shop", "plans", "question", "offer", "sign", "visit", "connect", "cancel")


@dataclass(frozen=True)
class Lived:
    """A world, what became of its rows on import, and its map measured."""

    simulated: Simulated
    read: int
    kept: int
    rejected: int
    live: measuring.LiveMap

    @property
    def measured(self) -> Measured:
        return self.live.measured


@pytest.fixture(scope="module", params=[OPEN, AGAIN], ids=lambda world: world.name)
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    world: World = replace(request.param, people=250)
    folder = tmp_path_factory.mktemp("world")
    workspace = flow.create(folder / "workspace", language="en")
    simulated = simulate(world, seed=7)
    done = [
        cleaned
        for source, file in write(folder, simulated).items()
        for cleaned in flow.import_files(workspace, [file], source=source)
    ]
    (folder / "map.yaml").write_text(journey_map(), "utf-8")
    watched = Period(None, START + timedelta(seconds=world.ends))
    live = measuring.measure(workspace, folder / "map.yaml", period=watched)
    return Lived(
        simulated,
        sum(c.read for c in done), sum(c.kept for c in done), sum(c.rejected for c in done), live,
    )  # fmt: skip


def test_the_same_seed_gives_the_same_customers() -> None:
    small = replace(SETTLED, people=20)
    assert simulate(small, seed=3).rows == simulate(small, seed=3).rows
    assert simulate(small, seed=3).rows != simulate(small, seed=4).rows


def test_every_row_has_a_fate(lived: Lived) -> None:
    planted = lived.simulated.recorded
    assert lived.read == len(lived.simulated.rows)
    assert lived.rejected == planted.unreadable
    assert lived.kept == sum(planted.interactions.values()) + planted.outside


def test_every_interaction_is_on_the_map_or_told_apart(lived: Lived) -> None:
    planted, found = lived.simulated.recorded, lived.measured.coverage
    on_map = sum(planted.interactions[event] for event in DRAWN)
    assert found.on_map == on_map
    assert found.undrawn == planted.interactions["forum"]
    assert found.outside == planted.outside
    assert found.interactions == found.on_map + found.undrawn + found.outside


def test_every_journey_is_counted_and_has_its_end(lived: Lived) -> None:
    planted, found = lived.simulated.recorded, lived.measured.totals
    assert (found.journeys, found.people) == (planted.journeys, planted.people)
    assert (found.completed, found.left, found.still_open) == (
        planted.completed, planted.left, planted.still_open
    )  # fmt: skip
    assert found.journeys == found.completed + found.left + found.still_open


def test_every_touchpoint_was_met_as_often_as_it_was_lived(lived: Lived) -> None:
    planted = lived.simulated.recorded
    reached = {one.id: one.passage.reached for one in lived.measured.touchpoints}
    times = {one.id: one.passage.interactions for one in lived.measured.touchpoints}
    assert reached == {event: planted.met[event] for event in DRAWN}
    assert times == {event: planted.interactions[event] for event in DRAWN}


def passages(measured: Measured) -> Iterator[Passage]:
    yield from (one.passage for one in measured.touchpoints)
    yield from (one.passage for one in measured.stages)


def test_at_every_place_those_who_came_went_on_left_or_are_open(lived: Lived) -> None:
    for passage in passages(lived.measured):
        assert passage.reached == passage.onward + passage.left + passage.still_open


def test_skips_repeats_and_disorder_are_counted_exactly(lived: Lived) -> None:
    planted, found = lived.simulated.recorded, lived.live.deviations
    assert planted.skipped
    assert planted.out_of_order
    assert planted.repeated

    def told(fate: str) -> Counter[str]:
        return Counter({t.id: getattr(t, fate).journeys for t in found.touchpoints})

    assert +told("skipped") == {"question": planted.skipped}
    assert +told("out_of_order") == {"question": planted.out_of_order}
    assert +told("repeated") == {"shop": planted.repeated}
    in_order = Counter({event: planted.met[event] for event in DRAWN})
    in_order["question"] -= planted.out_of_order
    assert told("done") == in_order
    # The same by the counts of the walk: whoever asked late did not skip.
    assert lived.measured.touchpoint("question").skipped == planted.skipped
    assert lived.measured.touchpoint("shop").repeated == planted.repeated


def test_what_nobody_drew_is_counted_exactly(lived: Lived) -> None:
    planted = lived.simulated.recorded
    (node,) = lived.measured.undrawn
    assert (node.touchpoint, node.channel, node.after) == ("forum", "social", "visit")
    assert (node.interactions, node.people) == planted.unplanned
    (unplanned,) = lived.live.deviations.unplanned
    assert (unplanned.interactions, unplanned.people) == planted.unplanned


def test_the_votes_add_up(lived: Lived) -> None:
    (vote,) = lived.live.votes
    assert vote.all.cast == lived.simulated.recorded.met["offer"]
    for groups in (vote.felt, vote.said, vote.waited):
        assert sum(group.ballots.cast for group in groups) == vote.all.cast
    for lot in (vote.all, *(group.ballots for group in (*vote.felt, *vote.waited))):
        assert lot.stayed_n + lot.left_n + lot.neither_n + lot.undecided == lot.cast


def test_every_figure_lies_near_its_truth(lived: Lived) -> None:
    # Of two hundred samples one lies outside three half-intervals or so; bench/truths.py counts.
    (vote,) = lived.live.votes
    found = {**figures(lived.measured), **ballots(vote)}
    for name, truth in truths(lived.simulated.world).items():
        figure = found[name]
        assert figure.value is not None, name
        assert figure.low is not None, name
        assert figure.high is not None, name
        width = figure.high - figure.low
        assert figure.low - width / 2 <= truth <= figure.high + width / 2, name


@pytest.mark.parametrize("world", [SETTLED, AGAIN], ids=lambda world: world.name)
def test_the_truths_are_what_very_many_customers_come_to(world: World) -> None:
    # Counted straight from what was lived, without a map: two ways to the same figures.
    many = simulate(replace(world, people=20_000), seed=1).recorded
    told = truths(world)
    for part, whole, name in (
        (many.completed, many.journeys, "conversion: completed"),
        (many.met["plans"], many.journeys, "conversion: reach of plans"),
        (many.met["sign"], many.met["offer"], "conversion: onward from offer"),
    ):
        found, deviation = part / whole, sqrt(told[name] * (1 - told[name]) / whole)
        # Journeys of one person are alike, so they are worth fewer than they are.
        assert abs(found - told[name]) < 5 * deviation, name


def test_one_person_is_one_voice_however_often_they_came_back() -> None:
    # Who felt well at the plans comes back and answers again, and weighs no more for it: by answer
    # the level is 0.15 (half of the scale above 3.3 of 5), by person it is lower.
    world = replace(AGAIN, people=20_000)
    answers = [
        [int(step.said) / 2 - 1.5 for journey in own for step in journey.steps
         if step.event == "plans" and step.said]
        for own in lives(world, seed=1)
    ]  # fmt: skip
    people = [mean(own) for own in answers if own]
    told = truths(world)["emotion: at plans"]
    assert told == pytest.approx(0.127, abs=0.001)
    assert abs(mean(people) - told) < 4 * stdev(people) / sqrt(len(people))
    every = [answer for own in answers for answer in own]
    assert abs(mean(every) - 0.15) < 4 * stdev(every) / sqrt(len(every))
    assert abs(mean(every) - told) > 4 * stdev(every) / sqrt(len(every))


MAP = """\
map: shop
title: Shop
minimum: 1
journeys: {starts: [ad], completes: [buy], silence: 10 days}
stages:
  - id: all
    name: All
    touchpoints:
      - {id: ad, name: Ad, channel: web, nodes: [ad]}
      - {id: buy, name: Buy, channel: web, nodes: [buy]}
"""


def test_who_came_less_than_a_silence_ago_is_not_asked_whether_they_go_on(tmp_path: Path) -> None:
    # The data end on day 20. Of those who came by day 10 two in four bought. Of the five who came
    # later two bought at once; who of the others left, nobody can know yet. 4 in 6 would be wrong.
    workspace = workspace_of(
        tmp_path,
        """
        ana: ad > buy
        luz@1d: ad > buy
        eva@2d: ad
        sol@3d: ad
        leo@12d: ad > buy
        teo@13d: ad > buy
        ivo@14d: ad
        ugo@15d: ad
        end@20d: ad
        """,
    )
    (tmp_path / "map.yaml").write_text(MAP)
    measured = measuring.measure(workspace, tmp_path / "map.yaml").measured
    passage = measured.touchpoint("ad").passage
    assert (passage.onward, passage.left, passage.still_open) == (4, 2, 3)
    assert (passage.onward_share.value, passage.onward_share.n) == (0.5, 4)
    assert (measured.totals.completed_share.value, measured.totals.completed_share.n) == (0.5, 4)
    assert (measured.touchpoint("buy").passage.reach.value) == 0.5


def test_where_too_few_came_so_early_all_whose_fate_is_known_are_asked(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: ad > buy\nluz: ad\nend@2d: ad")
    (tmp_path / "map.yaml").write_text(MAP)
    measured = measuring.measure(workspace, tmp_path / "map.yaml").measured
    assert (measured.totals.completed_share.value, measured.totals.completed_share.n) == (1.0, 1)


def test_the_mean_of_a_few_is_surer_by_student_than_by_the_normal_law() -> None:
    # Four values of a normal law, ten thousand times: the mean lies inside in 95 of 100.
    chance, held = Random(5), Counter[str]()
    for _ in range(10_000):
        values = [chance.gauss(0, 1) for _ in range(4)]
        error = abs(mean(values)) / (stdev(values) / 2)
        held["student"] += error <= student(3)
        held["normal"] += error <= NormalDist().inv_cdf(0.975)
    assert 0.94 < held["student"] / 10_000 < 0.96
    assert held["normal"] / 10_000 < 0.88
