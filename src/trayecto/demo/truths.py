"""
What every figure of a simulated world must come to: worked out, and never measured.

Journeys are averaged as a map averages them: each counts once, so a kind of customer weighs as many
journeys as it lives. Times are in seconds, as on the map. Of a wait that competes with an end (the
signature with the cancellation) the truth is how long those took who did sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import erf, exp, factorial, log, sqrt

import numpy as np
from numpy.typing import NDArray

from trayecto.contrast.measured import Measured
from trayecto.contrast.votes import VoteMeasure
from trayecto.demo.world import (
    ANSWERS,
    CANCELS,
    CONNECT_NPS,
    DAY,
    FEELINGS,
    GOES_ON,
    LATE_AFTER,
    MEAN_DAYS,
    PROMISED,
    SAID,
    SIGNS,
    VISIT_CSAT,
    VISIT_MEDIAN,
    VISIT_SIGMA,
    Kind,
    World,
    cancels,
)
from trayecto.vocabulary.estimate import Estimate

WITHIN = 10.0
"""The days of the vote on the map `planted`."""
_VISIT_PROMISED = 5.0
_BANDS = {"short": (0.0, PROMISED), "middling": (PROMISED, 2 * PROMISED),
          "long": (2 * PROMISED, float("inf"))}  # fmt: skip
Law = Callable[[float], float]
"""The share of waits that are over after so many days."""
Masses = NDArray[np.float64]
_TICK, _TICKS = 1 / 24, 24 * 80
"""Where laws are added up, time goes by hours, for eighty days."""


def truths(world: World) -> dict[str, float]:
    """Return the true value of every figure, by the names of `figures` and `ballots`."""
    return {**conversions(world), **durations(world), **hazards(world), **emotions(world)}


def figures(measured: Measured) -> dict[str, Estimate]:
    """Return what the measures of a map say of them, each with its interval."""
    at = {touchpoint.id: touchpoint for touchpoint in measured.touchpoints}
    found = {"conversion: completed": measured.totals.completed_share}
    for where in ("ad", "plans", "offer", "sign", "visit"):
        found[f"conversion: onward from {where}"] = at[where].passage.onward_share
    for where in ("plans", "sign"):
        found[f"conversion: reach of {where}"] = at[where].passage.reach
    found["conversion: visit on time"] = at["visit"].effect.on_time
    found["duration: to completion"] = measured.totals.duration.median_s
    for stage in measured.stages:
        found[f"duration: stage {stage.id}"] = stage.duration.median_s
    for where in ("shop", "offer", "visit"):
        found[f"duration: wait for {where}"] = at[where].wait.median_s
    for where in ("plans", "visit", "connect"):
        found[f"emotion: at {where}"] = at[where].felt
        found[f"score: at {where}"] = at[where].scores[0].value
    return found


def ballots(vote: VoteMeasure) -> dict[str, Estimate]:
    """Return what a vote says of the hazards, each with its interval."""
    lots = {"everybody": vote.all}
    lots |= {f"felt {group.named}": group.ballots for group in vote.felt}
    lots |= {f"{g.named} wait": g.ballots for g in vote.waited if g.named in _BANDS}
    return {
        f"hazard: {what}, {who}": getattr(lot, what)
        for who, lot in lots.items()
        for what in ("stayed", "left")
    }


# How many go on


def weighed(world: World) -> list[tuple[Kind, float]]:
    """Return each kind with the share of all journeys that it lives."""
    lived = [
        kind.share * sum((_reach(kind)["connect"] * world.returns) ** n
                         for n in range(world.journeys))
        for kind in world.kinds
    ]  # fmt: skip
    return [(kind, own / sum(lived)) for kind, own in zip(world.kinds, lived, strict=True)]


def _reach(kind: Kind) -> dict[str, float]:
    """Return the share of a kind's journeys that ever come to each touchpoint."""
    plans = kind.goes_on
    offer = plans * GOES_ON["plans"]
    sign = offer * vote(kind, within=float("inf"))[0]
    visit = sign * GOES_ON["sign"]
    return {"ad": 1.0, "plans": plans, "offer": offer, "sign": sign, "visit": visit,
            "connect": visit * GOES_ON["visit"]}  # fmt: skip


def conversions(world: World) -> dict[str, float]:
    """Return the shares of journeys that come, go on and complete."""
    reach: dict[str, float] = dict.fromkeys(_reach(world.kinds[0]), 0.0)
    for kind, weight in weighed(world):
        for where, share in _reach(kind).items():
            reach[where] += weight * share
    onward = zip(reach, list(reach)[1:], strict=False)
    return {
        "conversion: completed": reach["connect"],
        **{
            f"conversion: onward from {where}": reach[after] / reach[where]
            for where, after in onward
        },
        **{f"conversion: reach of {where}": reach[where] for where in ("plans", "sign")},
        "conversion: visit on time": _visited(_VISIT_PROMISED),
    }


# Who stays and who leaves


def vote(
    kind: Kind,
    *,
    within: float,
    feeling: str | None = None,
    band: tuple[float, float] | None = None,
) -> tuple[float, float]:
    """Return the shares who stay and leave at the offer in time, of all or of those alike."""
    low, high = band or (0.0, float("inf"))
    stayed = left = weights = 0.0
    for felt, slow in product([feeling] if feeling else FEELINGS, (False, True)):
        start, end = (max(low, PROMISED), high) if slow else (low, min(high, PROMISED))
        weight = FEELINGS[felt] * max(0.0, _offered(end) - _offered(start))
        hazard = cancels(felt, kind, waited_days=2 * PROMISED if slow else 0.0)
        over = GOES_ON["offer"] * (1 - exp(-(SIGNS + hazard) * within))
        stayed += weight * over * SIGNS / (SIGNS + hazard)
        left += weight * (over * hazard / (SIGNS + hazard) + 1 - GOES_ON["offer"])
        weights += weight
    return stayed / weights, left / weights


def _offered(days: float) -> float:
    return 1 - exp(-days / MEAN_DAYS["offer"])


def hazards(world: World) -> dict[str, float]:
    """Return the shares who stay and leave at the offer, by what they felt and waited."""
    there = [(kind, weight * _reach(kind)["offer"]) for kind, weight in weighed(world)]
    lots: list[tuple[str, str | None, tuple[float, float] | None]] = [
        ("everybody", None, None), ("felt unknown", None, None),
        *((f"felt {felt}", felt, None) for felt in CANCELS),
        *((f"{name} wait", None, band) for name, band in _BANDS.items()),
    ]  # fmt: skip
    found = {}
    for who, felt, band in lots:
        votes = [(vote(kind, within=WITHIN, feeling=felt, band=band), w) for kind, w in there]
        for nth, what in enumerate(("stayed", "left")):
            share = sum(v[nth] * w for v, w in votes) / sum(w for _, w in votes)
            found[f"hazard: {what}, {who}"] = share
    return found


# How long it takes


def durations(world: World) -> dict[str, float]:
    """Return the medians of stages and waits, in seconds."""
    asked = 1 - world.skips - world.asks_late

    def find(days: float) -> float:
        once, again = (_erlang(n, MEAN_DAYS["shop"])(days) for n in (2, 3))
        return (1 - world.repeats) * once + world.repeats * again

    def compare(days: float) -> float:
        straight, by_question = (_erlang(n, MEAN_DAYS["offer"])(days) for n in (1, 2))
        return (1 - asked) * straight + asked * by_question

    def join(days: float) -> float:
        # Whoever asks late is visited as much later.
        late = world.asks_late
        return (1 - late) * _visited(days) + late * _visited(days - LATE_AFTER / DAY)

    there = [(kind, weight * _reach(kind)["offer"]) for kind, weight in weighed(world)]
    signed = sum(vote(kind, within=float("inf"))[0] * weight for kind, weight in there)

    def decide(days: float) -> float:
        # The cancellation takes the slow ones, so those who sign are the quicker.
        return sum(vote(kind, within=days)[0] * weight for kind, weight in there) / signed

    laws: dict[str, Law] = {
        "stage find": find,
        "stage compare": compare,
        "stage decide": decide,
        "stage join": join,
        "stage start": _erlang(1, MEAN_DAYS["connect"]),
        "wait for shop": _erlang(1, MEAN_DAYS["shop"]),
        "wait for offer": _erlang(1, MEAN_DAYS["offer"]),
        "wait for visit": _visited,
    }
    laws["to completion"] = _completed(world, (find, join, laws["stage start"]), asked=asked)
    return {f"duration: {what}": DAY * _median(law) for what, law in laws.items()}


def _completed(world: World, parts: Sequence[Law], *, asked: float) -> Law:
    """Return the law of a whole journey: its parts, one after the other."""
    offered = _masses(_erlang(1, MEAN_DAYS["offer"]))
    slow = np.arange(_TICKS) * _TICK > PROMISED
    whole: Masses = np.zeros(_TICKS)
    for late in (False, True):
        waited = np.where(slow == late, offered, 0.0)
        whole += np.convolve(waited, _signing(world, late=late))[:_TICKS]
    question = asked * _masses(_erlang(1, MEAN_DAYS["question"]))
    question[0] += 1 - asked
    for masses in (question, *map(_masses, parts)):
        whole = np.convolve(whole, masses)[:_TICKS]
    over = np.cumsum(whole) / np.sum(whole)
    ticks = (np.arange(_TICKS) + 0.5) * _TICK
    return lambda days: float(np.interp(days, ticks, over))


def _signing(world: World, *, late: bool) -> Masses:
    """Return when those sign who do, of all whose offer was late, or of all whose was not."""
    signing = np.zeros(_TICKS)
    for (kind, weight), (felt, share) in product(weighed(world), FEELINGS.items()):
        hazard = SIGNS + cancels(felt, kind, waited_days=2 * PROMISED if late else 0.0)
        come = weight * kind.goes_on * share
        signing += come * SIGNS / hazard * _masses(_erlang(1, 1 / hazard))
    return signing


def _masses(law: Law) -> Masses:
    """Return how much of a law lies around each tick of time."""
    return np.diff([law((tick + 0.5) * _TICK) for tick in range(-1, _TICKS)])


def _erlang(steps: int, mean: float) -> Law:
    """Return the law of so many exponential waits, one after the other."""

    def over(days: float) -> float:
        x = max(0.0, days) / mean
        return 1 - exp(-x) * sum(x**n / factorial(n) for n in range(steps))

    return over


def _visited(days: float) -> float:
    """Return the share visited after so many days: a log-normal law."""
    if days <= 0:
        return 0.0
    return (1 + erf(log(days / VISIT_MEDIAN) / VISIT_SIGMA / sqrt(2))) / 2


def _median(law: Law) -> float:
    """Return when half are over, by halving."""
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if law(middle) < 0.5 else (low, middle)
    return low


# How it felt


def emotions(world: World) -> dict[str, float]:
    """Return the mean levels of emotion, in [-1, 1], and the scores."""
    plans = {
        answer: FEELINGS[felt] * share
        for felt, laws in SAID.items() for answer, share in laws.items()
    }  # fmt: skip
    laws = {"plans": (plans, 1, 5), "visit": (VISIT_CSAT, 1, 5), "connect": (CONNECT_NPS, 0, 10)}
    found = {}
    for where, (law, low, high) in laws.items():
        mean = sum(answer * share for answer, share in law.items())
        found[f"emotion: at {where}"] = 2 * (mean - low) / (high - low) - 1
        found[f"score: at {where}"] = mean
    found["score: at connect"] = 100 * sum(_points(CONNECT_NPS))
    found["emotion: at plans"] = _voices(world)
    return found


def _voices(world: World) -> float:
    """
    Return the mean level of people at the plans, each one voice: the mean of what they answered.

    Who felt well there is likelier to come back, and has then answered more often. By answer that
    makes no difference; by person it does: who left after one bad answer weighs as much as who
    left after three good ones.
    """
    felt = {answer: 2 * (sum(a * share for a, share in laws.items()) - 1) / 4 - 1
            for answer, laws in SAID.items()}  # fmt: skip
    people = levels = 0.0
    for kind in world.kinds:
        there = kind.share * kind.goes_on
        back = {
            one: GOES_ON["plans"] * vote(kind, within=float("inf"), feeling=one)[0]
            * GOES_ON["sign"] * GOES_ON["visit"] * world.returns
            for one in FEELINGS
        }  # fmt: skip
        # Of those at the plans for the nth time, by how often they answered: how many they are,
        # and the sum of their levels.
        now: dict[int, tuple[float, float]] = {0: (there, 0.0)}
        for nth in range(world.journeys):
            then: dict[int, tuple[float, float]] = {}
            last = nth == world.journeys - 1
            for (times, (many, total)), one, answers in product(now.items(), FEELINGS, (0, 1)):
                part = FEELINGS[one] * (ANSWERS if answers else 1 - ANSWERS)
                own, said = many * part, (total + answers * many * felt[one]) * part
                goes_back = 0.0 if last else back[one] * kind.goes_on
                if times + answers:
                    people += own * (1 - goes_back)
                    levels += said * (1 - goes_back) / (times + answers)
                before = then.get(times + answers, (0.0, 0.0))
                then[times + answers] = before[0] + own * goes_back, before[1] + said * goes_back
            now = then
    return levels / people


def _points(law: Mapping[int, float]) -> Iterator[float]:
    """Give promoters' shares, and detractors' as less than nothing."""
    for answer, share in law.items():
        yield share if answer >= 9 else -share if answer <= 6 else 0.0
