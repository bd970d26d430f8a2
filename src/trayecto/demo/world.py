"""
Customers who live a declared process: what is true is known before anything is measured.

A journey runs along seven touchpoints. At some of them a share of the customers goes quiet for
good; between them time passes, by an exponential or a log-normal law. At the offer two hazards
compete, signing and cancelling, and the second depends on how the customer feels and on how long
the offer took. Deviations are put in by hand (a question skipped or asked too late, a visit to the
shop repeated, a forum nobody drew), and what was put in is written down as it is recorded.

`demo.truths` works out from the same declaration what every figure of the map must come to.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from math import log
from pathlib import Path
from random import Random

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86_400
SILENCE = 30 * DAY
"""What the map `planted` declares; no wait comes near it."""
LONGEST = 25.0
COLUMNS = ("timestamp", "user_id", "event", "channel")
SYSTEMS = {"web": "csat", "app": "nps"}
"""What writes the files, and the score that each one asks for."""
CHANNELS = {
    "ad": "advert", "shop": "web", "plans": "web", "question": "whatsapp", "offer": "email",
    "sign": "store", "visit": "face_to_face", "connect": "app", "cancel": "phone",
    "forum": "social",
}  # fmt: skip

GOES_ON = {"plans": 0.9, "offer": 0.95, "sign": 0.95, "visit": 0.9}
"""The share of customers who do not go quiet there; of the advert, each kind has its own."""
MEAN_DAYS = {"shop": 1.0, "plans": 1.0, "question": 2.0, "offer": 2.0, "connect": 2.0}
"""The mean of the exponential wait before each of these."""
VISIT_MEDIAN, VISIT_SIGMA = 4.0, 0.5
"""The wait for the visit, in days, is log-normal."""
LATE_AFTER = 3_600
"""Whoever asks too late does so an hour after signing."""
SIGNS = 1 / 3
"""The hazard of signing, by the day."""
CANCELS = {"good": 0.03, "neutral": 0.08, "bad": 0.25}
"""The hazard of cancelling, by the day and by feeling."""
PROMISED = 2.0
"""Days that the offer is promised within; after a longer wait cancelling is twice as likely."""
FEELINGS = {"good": 0.5, "neutral": 0.2, "bad": 0.3}
SAID: Mapping[str, Mapping[int, float]] = {
    "good": {4: 0.5, 5: 0.5}, "neutral": {3: 1.0}, "bad": {1: 0.5, 2: 0.5},
}  # fmt: skip
"""What is answered at the plans, by feeling: the satisfaction as recorded, nothing is clipped."""
VISIT_CSAT: Mapping[int, float] = {1: 0.1, 2: 0.1, 3: 0.2, 4: 0.25, 5: 0.35}
CONNECT_NPS: Mapping[int, float] = {0: 0.05, 3: 0.1, 5: 0.1, 7: 0.15, 8: 0.2, 9: 0.2, 10: 0.2}
ANSWERS = 0.7


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of customer: its share, how many go on from the advert, and its hazards."""

    share: float
    goes_on: float
    cancels: float


@dataclass(frozen=True, slots=True)
class World:
    """
    A population and for how long it is watched.

    Customers arrive evenly over *arriving_days*; nothing after *watched_days* is recorded.
    *returns* of those who completed begin another journey, up to *journeys* of them.
    """

    name: str
    people: int = 400
    arriving_days: float = 90
    watched_days: float = 240
    returns: float = 0.0
    journeys: int = 3
    kinds: tuple[Kind, ...] = (Kind(0.5, 0.95, 0.6), Kind(0.5, 0.8, 1.6))
    skips: float = 0.08
    asks_late: float = 0.05
    repeats: float = 0.12
    strays: float = 0.15

    @property
    def ends(self) -> int:
        """Return the second at which the watching ends."""
        return round(self.watched_days * DAY)


SETTLED = World("settled")
"""Everybody arrives early: when the watching ends, every journey is over."""
OPEN = World("open", arriving_days=150, watched_days=150)
"""Customers arrive until the last day: many journeys are still on their way."""
AGAIN = World("again", people=200, watched_days=420, returns=0.8)
"""Customers come back, each kind more or less faithful: their journeys are alike."""
WORLDS = (SETTLED, OPEN, AGAIN)


@dataclass(frozen=True, slots=True)
class Step:
    """One interaction: the second it happened, what it was, and what was answered."""

    at: int
    event: str
    said: str = ""


@dataclass(slots=True)
class Journey:
    """One journey as it was lived, and what was put into it."""

    steps: list[Step] = field(default_factory=list)
    skips: bool = False
    asks_late: bool = False

    def at(self, event: str) -> int | None:
        """Return when that happened first; None if it did not."""
        return next((step.at for step in self.steps if step.event == event), None)

    def until(self, end: int) -> Journey:
        """Return what of it was recorded by *end*."""
        return Journey([s for s in self.steps if s.at < end], self.skips, self.asks_late)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was put in and recorded: every count is exact."""

    journeys: int
    people: int
    completed: int
    left: int
    still_open: int
    met: Mapping[str, int]
    """In how many journeys each event was recorded."""
    interactions: Mapping[str, int]
    """How often each event was recorded inside journeys."""
    skipped: int
    """Journeys that went past the question and never asked it."""
    out_of_order: int
    """Journeys that asked it after signing."""
    repeated: int
    """Journeys that were at the shop again."""
    unplanned: tuple[int, int]
    """Interactions on the forum inside journeys, and of how many people."""
    outside: int
    """Interactions of nobody, or of people who never began a journey."""
    unreadable: int
    """Rows that are no facts."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """One world, lived once: its rows as a system would export them, and what is in them."""

    world: World
    seed: int
    rows: tuple[tuple[str, ...], ...]
    recorded: Recorded

    @property
    def sample(self) -> str:
        """Return what its rows say in the column `sample`, to tell several worlds apart."""
        return f"s{self.seed:04d}"


def write(folder: Path, *worlds: Simulated) -> dict[str, Path]:
    """Write what each system would export of some worlds; return its file by its source."""
    written = {}
    for system, score in SYSTEMS.items():
        written[system] = file = folder / f"{system}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow((*COLUMNS, score, "sample"))
            writer.writerows(
                (*row, world.sample)
                for world in worlds
                for own, *row in world.rows
                if own == system
            )
    return written


def journey_map() -> str:
    """Return the text of the map that these worlds are measured on."""
    return files("trayecto.demo").joinpath("world.yaml").read_text("utf-8")


def simulate(world: World, *, seed: int) -> Simulated:
    """Return a world lived once; the same seed gives the same rows."""
    lived = {f"c{number:04d}s{seed:04d}": own for number, own in enumerate(lives(world, seed=seed))}
    outside, unreadable = _outside(seed), _unreadable(seed)
    rows = [
        _row(step, who) for who, own in lived.items() for journey in own for step in journey.steps
    ]
    recorded = _recorded(world, lived, outside=len(outside), unreadable=len(unreadable))
    return Simulated(world, seed, (*sorted(rows + outside), *unreadable), recorded)


def lives(world: World, *, seed: int) -> Iterator[list[Journey]]:
    """Give the journeys of every person of a world lived once, as far as they are recorded."""
    chance = Random(f"{world.name} {seed}")  # noqa: S311 - a simulation, not a secret
    for _ in range(world.people):
        lived = (journey.until(world.ends) for journey in _life(chance, world))
        yield [journey for journey in lived if journey.steps]


def _life(chance: Random, world: World) -> Iterator[Journey]:
    """Give the journeys of one person, one after the other."""
    kind = chance.choices(world.kinds, [kind.share for kind in world.kinds])[0]
    now = round(chance.uniform(0, world.arriving_days) * DAY)
    for _ in range(world.journeys):
        journey = _journey(chance, world, kind, now)
        yield journey
        done = journey.at("connect")
        if done is None or chance.random() >= world.returns:
            return
        now = done + 2 * DAY + _seconds(chance.expovariate(1 / 3))


def _seconds(days: float) -> int:
    """Return a wait in whole seconds: no two steps of a person share one."""
    return max(2, round(days * DAY))


def _waits(chance: Random, event: str) -> int:
    """Return the time before *event*; the few that would reach the silence are drawn again."""
    while True:
        days = (
            chance.lognormvariate(log(VISIT_MEDIAN), VISIT_SIGMA)
            if event == "visit"
            else chance.expovariate(1 / MEAN_DAYS[event])
        )
        if days < LONGEST:
            return _seconds(days)


def _drawn(chance: Random, laws: Mapping[int, float]) -> str:
    """Return an answer drawn by its law, of those who answer."""
    answer = chance.choices(list(laws), list(laws.values()))[0]
    return str(answer) if chance.random() < ANSWERS else ""


def _journey(chance: Random, world: World, kind: Kind, now: int) -> Journey:
    """Live one journey from the advert on."""
    journey = Journey([Step(now, "ad")])
    if chance.random() >= kind.goes_on:
        return journey
    for _ in range(1 + (chance.random() < world.repeats)):
        now += _waits(chance, "shop")
        journey.steps.append(Step(now, "shop"))
    now += _waits(chance, "plans")
    feeling = chance.choices(list(FEELINGS), list(FEELINGS.values()))[0]
    journey.steps.append(Step(now, "plans", said=_drawn(chance, SAID[feeling])))
    if chance.random() < GOES_ON["plans"]:
        _compares(chance, world, journey)
        _decides(chance, world, journey, feeling=feeling, kind=kind)
    return journey


def _compares(chance: Random, world: World, journey: Journey) -> None:
    """Go from the plans to the offer: with the question asked, or not."""
    now, luck = journey.steps[-1].at, chance.random()
    journey.skips = luck < world.skips
    journey.asks_late = world.skips <= luck < world.skips + world.asks_late
    if not (journey.skips or journey.asks_late):
        now += _waits(chance, "question")
        journey.steps.append(Step(now, "question"))
    journey.steps.append(Step(now + _waits(chance, "offer"), "offer"))


def cancels(feeling: str, kind: Kind, *, waited_days: float) -> float:
    """Return the hazard of cancelling, by the day."""
    return CANCELS[feeling] * kind.cancels * (2 if waited_days > PROMISED else 1)


def _decides(chance: Random, world: World, journey: Journey, *, feeling: str, kind: Kind) -> None:
    """Sign, cancel or go quiet at the offer, whichever comes first."""
    before, offer = journey.steps[-2:]
    if chance.random() >= GOES_ON["offer"]:
        return
    cancelling = cancels(feeling, kind, waited_days=(offer.at - before.at) / DAY)
    signs = leaves = LONGEST
    while min(signs, leaves) >= LONGEST:
        signs, leaves = chance.expovariate(SIGNS), chance.expovariate(cancelling)
    if leaves < signs:
        journey.steps.append(Step(offer.at + _seconds(leaves), "cancel"))
        return
    now = offer.at + _seconds(signs)
    journey.steps.append(Step(now, "sign"))
    if journey.asks_late:
        now += LATE_AFTER
        journey.steps.append(Step(now, "question"))
    if chance.random() < GOES_ON["sign"]:
        _starts(chance, world, journey, now)


def _starts(chance: Random, world: World, journey: Journey, now: int) -> None:
    """Be visited and connected; some ask in the forum, once or twice, while they wait."""
    visit = now + _waits(chance, "visit")
    journey.steps.append(Step(visit, "visit", said=_drawn(chance, VISIT_CSAT)))
    if chance.random() >= GOES_ON["visit"]:
        return
    wait = max(_waits(chance, "connect"), 60)
    if chance.random() < world.strays:
        journey.steps += [
            Step(visit + wait * nth // 3, "forum") for nth in range(1, chance.randint(2, 3))
        ]
    journey.steps.append(Step(visit + wait, "connect", said=_drawn(chance, CONNECT_NPS)))


def _row(step: Step, who: str) -> tuple[str, ...]:
    at = (START + timedelta(seconds=step.at)).isoformat()
    system = "app" if step.event == "connect" else "web"
    return system, at, who, step.event, CHANNELS[step.event], step.said


def _outside(seed: int) -> list[tuple[str, ...]]:
    """Give what lies outside every journey: of nobody, or of people who never began one."""
    nobody = [_row(Step(DAY * day, "plans"), "") for day in (3, 4, 5)]
    return nobody + [_row(Step(DAY * day, "forum"), f"x{day}s{seed:04d}") for day in (6, 7)]


def _unreadable(seed: int) -> list[tuple[str, ...]]:
    """Give the rows that are no facts: without a time, or without an event."""
    return [
        ("web", "", f"y1s{seed:04d}", "plans", "web", ""),
        ("web", "2026-13-45T10:00:00+00:00", f"y2s{seed:04d}", "plans", "web", ""),
        ("web", START.isoformat(), f"y3s{seed:04d}", "", "web", ""),
    ]


def _recorded(
    world: World, lives: Mapping[str, Sequence[Journey]], *, outside: int, unreadable: int
) -> Recorded:
    """Count what was recorded, from what was put in."""
    journeys = [journey for own in lives.values() for journey in own]
    completed = sum(journey.at("connect") is not None for journey in journeys)
    left = sum(_left(journey, world.ends) for journey in journeys)
    past = [journey for journey in journeys if journey.at("offer") is not None]
    strays = Counter(
        who for who, own in lives.items() for j in own for s in j.steps if s.event == "forum"
    )
    return Recorded(
        journeys=len(journeys),
        people=sum(bool(own) for own in lives.values()),
        completed=completed,
        left=left,
        still_open=len(journeys) - completed - left,
        met=Counter(event for journey in journeys for event in {s.event for s in journey.steps}),
        interactions=Counter(step.event for journey in journeys for step in journey.steps),
        skipped=sum(journey.at("question") is None for journey in past),
        out_of_order=sum(j.asks_late and j.at("question") is not None for j in journeys),
        repeated=sum([s.event for s in j.steps].count("shop") > 1 for j in journeys),
        unplanned=(strays.total(), len(strays)),
        outside=outside,
        unreadable=unreadable,
    )


def _left(journey: Journey, end: int) -> bool:
    """Tell whether it is over without completion: cancelled, or silent for long enough."""
    if journey.at("connect") is not None:
        return False
    return journey.at("cancel") is not None or journey.steps[-1].at + SILENCE < end
