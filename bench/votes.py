"""
Count votes from simulated lives, without the program: `python bench/votes.py [SEEDS]` (2,000).

What each ballot came to is read off the lives as they were lived; only the estimate of the shares
(`contrast.votes.ballots`) is the program's. It takes no lake, so thousands of seeds take minutes:
what `bench/truths.py` says of few seeds can be told from chance.
"""

from __future__ import annotations

import sys
from random import Random

from trayecto.contrast.votes import ballots
from trayecto.demo.simulate import DAY, PROMISED, SILENCE, WORLDS, Journey, World, _life
from trayecto.demo.truths import WITHIN
from trayecto.journeys.fated import Cast, Feels
from trayecto.journeys.fates import PARTS
from truths import Found, table

FELT: dict[str, Feels] = {"": "unknown", "1": "bad", "2": "bad", "3": "neutral", "4": "good",
                          "5": "good"}  # fmt: skip
WAITS = ("short", "middling", "long")
MINIMUM = 10
"""That of the map `planted`."""


def casts(world: World, seed: int) -> list[Cast]:
    """Return the ballots of a world lived once."""
    chance = Random(f"{world.name} {seed}")
    lives = [list(_life(chance, world)) for _ in range(world.people)]
    recorded = (journey.until(world.ends) for own in lives for journey in own)
    return [cast(journey, world) for journey in recorded if journey.at("offer") is not None]


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


def found(some: list[Cast]) -> Found:
    """Return the shares of a world's votes, by the names of `truths`."""
    lots = {"everybody": some}
    lots |= {f"felt {felt}": [c for c in some if c.felt == felt] for felt in set(FELT.values())}
    lots |= {f"{name} wait": [c for c in some if c.band == nth] for nth, name in enumerate(WAITS)}
    told = {who: ballots(lot, parts=PARTS, minimum=MINIMUM) for who, lot in lots.items()}
    return {
        f"hazard: {what}, {who}": (one.value, one.low, one.high, one.n)
        for who, lot in told.items()
        for what, one in (("stayed", lot.stayed), ("left", lot.left))
    }


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for world in WORLDS:
        table(world, [found(casts(world, seed)) for seed in range(seeds)])
