"""How long those who go on take: by hand, as plain quantiles, as slow Python, and as planted."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from pathlib import Path
from random import Random
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trayecto.journeys.survival import spreads
from trayecto.journeys.walked import Spread
from trayecto.lake.duck import Session
from trayecto.vocabulary.estimate import Z95

DAY_US = 86_400_000_000
Times = Sequence[tuple[float, bool | None]]
"""Days, and whether the journey went on then (true), left (false) or was seen last (None)."""


def spread_of(folder: Path, times: Times) -> Spread | None:
    """Return the spread of the times of those who went on."""
    with Session(memory="200MB", threads=1, scratch=folder) as session:
        session.load("member", "grp integer, cut integer", [(0, 0)])
        session.load(
            "lived", "us bigint, onward boolean", [(round(d * DAY_US), went) for d, went in times]
        )
        found = spreads(session, "times", "select 0 as grp, 0 as spot, us, onward from lived")
    return found.get((0, 0))


def days(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 86_400, 6)


def test_the_median_of_an_even_number_lies_in_the_middle(tmp_path: Path) -> None:
    found = spread_of(tmp_path, [(1, True), (2, True), (4, True), (9, True)])
    assert found is not None
    assert (found.n, found.left, found.still_open) == (4, 0, 0)
    assert (days(found.median_s), days(found.p90_s)) == (3, 9)


def test_most_leave_and_the_time_of_those_who_go_on_is_known(tmp_path: Path) -> None:
    # Seven of ten leave, whenever they do: the three who went on took 2, 3 and 7 days.
    left = [(d, False) for d in (0, 1, 1, 2, 4, 8, 50)]
    found = spread_of(tmp_path, [(2, True), (3, True), (7, True), *left])
    assert found is not None
    assert (found.n, found.left, found.still_open) == (3, 7, 0)
    assert (days(found.median_s), days(found.p90_s)) == (3, 7)


def test_who_is_still_open_makes_it_longer(tmp_path: Path) -> None:
    # After day 1 three of six are watched no longer. Whoever goes on later stands for two, then:
    # weights 1, 2, 2 of 5 on days 1, 5 and 8; a fifth has gone on by day 1, three fifths by day 5.
    watched = [(1, True), (1, None), (1, None), (1, None), (5, True), (6, False), (8, True)]
    found = spread_of(tmp_path, watched)
    assert found is not None
    assert (found.n, found.left, found.still_open) == (3, 1, 3)
    assert (days(found.median_s), days(found.p90_s)) == (5, 8)


def test_nobody_went_on_and_the_time_is_unknown(tmp_path: Path) -> None:
    found = spread_of(tmp_path, [(3, False), (3, None)])
    assert found is not None
    assert (found.n, found.median_s, found.p90_s, found.left) == (0, None, None, 1)


def test_the_interval_of_a_plain_median_lies_at_the_ranks_of_the_binomial(tmp_path: Path) -> None:
    # Of 100 times: 50 ± 1.96 × 5 is 40.2 and 59.8, so the 41st and the 60th (Conover).
    found = spread_of(tmp_path, [(d, True) for d in range(1, 101)])
    assert found is not None
    assert (days(found.low_s), days(found.median_s), days(found.high_s)) == (41, 50.5, 60)


def by_hand(times: Times) -> dict[str, float | None]:
    """Return the figures by Aalen and Johansen's own formula, moment by moment."""
    moments = sorted({t for t, went in times if went})
    staying, gone_on, curve = 1.0, 0.0, []
    for moment in sorted({t for t, _ in times}):
        risk = sum(t >= moment for t, _ in times)
        went = sum(t == moment and how is True for t, how in times)
        left = sum(t == moment and how is False for t, how in times)
        if went:
            gone_on += staying * went / risk
            curve.append((gone_on, staying / risk, went))
        staying *= 1 - (went + left) / risk
    shares = [share / gone_on for share, *_ in curve]
    weights = [weight for _, weight, went in curve for _ in range(went)]
    half = Z95 * 0.5 / sqrt(sum(weights) ** 2 / sum(w * w for w in weights))

    def crossing(part: float) -> float:
        nth = next(n for n, share in enumerate(shares) if share >= part - 1e-9)
        after = moments[min(nth + 1, len(moments) - 1)]
        level = abs(shares[nth] - part) < 1e-9
        return (moments[nth] + after) / 2 if level else moments[nth]

    above = [t for t, share in zip(moments, shares, strict=True) if share > 0.5 + half + 1e-9]
    below = [t for t, share in zip(moments, shares, strict=True) if share >= 0.5 - half - 1e-9]
    return {
        "median": crossing(0.5), "p90": crossing(0.9),
        "low": below[0] if half < 0.5 else None, "high": above[0] if above else None,
    }  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from([True, True, False, None])),
                min_size=1, max_size=40))  # fmt: skip
def test_any_times_as_slow_python_has_them(
    tmp_path_factory: pytest.TempPathFactory, times: Times
) -> None:
    found = spread_of(tmp_path_factory.mktemp("times"), times)
    assert found is not None
    counts = [sum(went is how for _, went in times) for how in (True, False, None)]
    assert [found.n, found.left, found.still_open] == counts
    if not found.n:
        return
    wanted = by_hand(times)
    assert {
        "median": days(found.median_s), "p90": days(found.p90_s),
        "low": days(found.low_s), "high": days(found.high_s),
    } == wanted  # fmt: skip
    if not found.still_open:
        assert wanted["median"] == median(t for t, went in times if went)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    # Going on at a rate of 1, leaving at 2, lost from sight at 1: of those who go on, half have
    # by log 2 / (1 + 2).
    truth, held = log(2) / 3, 0
    for seed in range(200):
        chance = Random(seed)
        lives = []
        for _ in range(250):
            ends = [(chance.expovariate(rate), how) for rate, how in
                    ((1, True), (2, False), (1, None))]  # fmt: skip
            lives.append(min(ends, key=lambda end: end[0]))
        low, high = _interval(lives)
        held += low <= truth <= high
    assert 0.92 <= held / 200 <= 0.98


def _interval(times: Times) -> tuple[float, float]:
    """Return the interval of the median in one pass, for times no two of which are alike."""
    staying, risk, steps = 1.0, len(times), []
    for moment, how in sorted(times, key=lambda life: life[0]):
        if how:
            steps.append((moment, staying / risk))
        staying *= 1 if how is None else 1 - 1 / risk
        risk -= 1
    whole = sum(weight for _, weight in steps)
    half = Z95 * 0.5 * sqrt(sum(weight**2 for _, weight in steps)) / whole
    sums, ends = 0.0, []
    for moment, weight in steps:
        before, sums = sums, sums + weight
        ends += [moment for part in (0.5 - half, 0.5 + half) if before < part * whole <= sums]
    return ends[0], ends[1]
