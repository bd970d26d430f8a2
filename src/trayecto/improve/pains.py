"""
The pains of a measured map, ranked by reach × severity × importance, each from 0 to 1.

    reach       share of the people (or cases) that come to it
    severity    how far it falls short: (expected − felt) ÷ 2; 1 − promised ÷ actual time; drop-off
                above the map's usual one; share of the visits that nobody planned
    importance  how much fewer are kept of those it hits than of those it does not, never below 0

*Kept* is: completed, and left by no exit afterwards. Where nobody can be compared, importance is
unknown and so is the rank: unknown is not zero. It is association: what else differs between the
two groups differs here too.
"""

from __future__ import annotations

from dataclasses import replace

from trayecto.contrast.measured import Measured
from trayecto.contrast.pain import Pain
from trayecto.improve import kinds
from trayecto.improve.ranking import ranked
from trayecto.journeys.fated import Fates, Worth
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Z95, Estimate
from trayecto.vocabulary.money import units


def rank(journey_map: JourneyMap, measured: Measured, fates: Fates) -> tuple[Pain, ...]:
    """Return the pains, the heaviest first; those whose importance is unknown come last."""
    found = [
        *kinds.feelings(journey_map, measured, fates),
        *kinds.waits(measured, fates),
        *kinds.drop_offs(journey_map, measured, fates),
        *kinds.repeats(journey_map, measured, fates),
        *kinds.detours(measured, fates),
    ]
    worth = fates.worth[0] if len(fates.worth) == 1 else None
    sure = [pain for pain in found if pain.importance.value is not None]
    placed = ranked([(pain.reach, pain.severity, pain.importance) for pain in sure])
    known = [
        _valued(
            replace(
                pain, rank=at.rank, best=at.best, worst=at.worst,
                score=Estimate(at.score, at.low, at.high, pain.people),
            ),
            worth,
        )
        for pain, at in zip(sure, placed, strict=True)
    ]  # fmt: skip
    rest = [pain for pain in found if pain.importance.value is None]
    rest.sort(
        key=lambda p: (-(p.reach.value or 0) * (p.severity.value or 0), p.kind, p.where or "")
    )
    return (*sorted(known, key=lambda pain: pain.rank or 0), *rest)


def _valued(pain: Pain, worth: Worth | None) -> Pain:
    """Return the pain with what its journeys are worth; nothing is said of two currencies."""
    if worth is None or pain.more.value is None or not worth.journeys:
        return pain
    coin = units(worth.currency)
    half = Z95 * worth.deviation / worth.journeys**0.5
    ends = (worth.mean, max(0.0, worth.mean - half), worth.mean + half)
    amounts = (pain.more.value, pain.more.low or 0, pain.more.high or 0)
    value, low, high = (n * each / coin for n, each in zip(amounts, ends, strict=True))
    money = Estimate(value, low, high, worth.journeys)
    return replace(pain, money=money, currency=worth.currency)
