"""
Count votes and shares from simulated lives, without the program: `python bench/votes.py [SEEDS]`.

What each ballot came to, and who went on from a touchpoint, is read off the lives as they were
lived; only the estimate of the shares (`contrast.votes.ballots`, Wilson's interval) is the
program's. It takes no lake, so the 2,000 seeds it takes by itself take minutes: what
`bench/truths.py` says of few seeds can be told from chance.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from trayecto.contrast.votes import ballots
from trayecto.demo.truths import WITHIN
from trayecto.demo.world import DAY, PROMISED, SILENCE, WORLDS, Journey, World, lives
from trayecto.journeys.fated import Cast, Feels
from trayecto.journeys.fates import PARTS
from trayecto.vocabulary.estimate import Estimate, share
from truths import Found, plain, table

FELT: dict[str, Feels] = {"": "unknown", "1": "bad", "2": "bad", "3": "neutral", "4": "good",
                          "5": "good"}  # fmt: skip
WAITS = ("short", "middling", "long")
ALONG = ("ad", "plans", "offer", "sign", "visit", "connect")
MINIMUM = 10
"""That of the map `planted`."""


def cast(journey: Journey, world: World) -> Cast:
    """Return what became of the vote at the offer."""
    events = [step.event for step in journey.steps]
    offer, before = journey.steps[events.index("offer")], journey.steps[events.index("offer") - 1]
    waited, watch = (offer.at - before.at) / DAY, world.ends - offer.at - SILENCE
    signed, cancelled, last = journey.at("sign"), journey.at("cancel"), journey.steps[-1].at
    silent = "connect" not in events and last + SILENCE < world.ends
    left = cancelled if cancelled is not None else last if silent else None
    ends = [at - offer.at for at in (signed, left) if at is not None]
    within = WITHIN * DAY
    watched = min(watch * PARTS // within, PARTS)
    part = -(-min(ends) * PARTS // within) if ends else PARTS + 1
    known = part <= watched
    stays = signed is not None and (left is None or signed <= left)
    return Cast(
        felt=FELT[journey.steps[events.index("plans")].said],
        said="unknown",
        band=(waited > PROMISED) + (waited > 2 * PROMISED),
        seen=watch >= 0,
        part=int(part if known else watched) if watch >= 0 else 0,
        fate="unknown" if not known else "stayed" if stays else "left",
        count=1,
    )


def votes(world: World, journeys: Iterable[Journey]) -> dict[str, Estimate]:
    """Return the shares of a world's votes, by the names of `truths`."""
    some = [cast(journey, world) for journey in journeys if journey.at("offer") is not None]
    lots = {"everybody": some}
    lots |= {f"felt {felt}": [c for c in some if c.felt == felt] for felt in set(FELT.values())}
    lots |= {f"{name} wait": [c for c in some if c.band == nth] for nth, name in enumerate(WAITS)}
    told = {who: ballots(lot, parts=PARTS, minimum=MINIMUM) for who, lot in lots.items()}
    return {
        f"hazard: {what}, {who}": one
        for who, lot in told.items()
        for what, one in (("stayed", lot.stayed), ("left", lot.left))
    }


def shares(world: World, journeys: list[Journey]) -> dict[str, Estimate]:
    """Return who went on from each touchpoint, and who completed, of those who came early."""
    early = world.ends - SILENCE
    found = {}
    for here, *further in (ALONG[nth:] for nth in range(len(ALONG) - 1)):
        there = [j for j in journeys if (at := j.at(here)) is not None and at <= early]
        went = sum(any(step.event in further for step in j.steps) for j in there)
        found[f"conversion: onward from {here}"] = share(went, len(there))
    over = [j for j in journeys if j.steps[0].at <= early and is_over(j, world)]
    completed = sum(journey.at("connect") is not None for journey in over)
    return found | {"conversion: completed": share(completed, len(over))}


def is_over(journey: Journey, world: World) -> bool:
    """Tell whether a journey completed, or was left by cancelling or by silence."""
    ended = journey.at("connect") is not None or journey.at("cancel") is not None
    return ended or journey.steps[-1].at + SILENCE < world.ends


def once(world: World, seed: int) -> Found:
    """Return the figures of a world lived once."""
    journeys = [journey for own in lives(world, seed=seed) for journey in own]
    return plain(shares(world, journeys) | votes(world, journeys))


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for world in WORLDS:
        table(world, [once(world, seed) for seed in range(seeds)])
