"""What matters most comes first: pains by their rank, then what touches most people most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trayecto.contrast import pain_words
from trayecto.contrast.deviations import Deviations
from trayecto.contrast.findings import NOTABLE_SHARE, Finding, FindingKind
from trayecto.contrast.pain import Pain, PainKind
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.filled import filled, share_words

_SAID_AS: dict[PainKind, FindingKind] = {
    "emotion": "emotion",
    "wait": "wait",
    "drop_off": "drop_off",
    "repeats": "repeats",
    "detour": "undrawn",
}
_Key = tuple[FindingKind, str | None, str]


def in_order(found: Iterable[Finding], pains: Sequence[Pain]) -> tuple[Finding, ...]:
    """
    Return each finding once: first those that are pains, by rank, then the others by weight.

    A pain that costs nobody (importance 0, or unknown) has no say in the order.
    """
    ranks = {_key_of(pain): pain.rank for pain in pains if pain.rank and pain.score.value}
    last = len(pains) + 1
    once = {(one.kind, one.where, one.node): one for one in found}

    def place(one: Finding) -> tuple[int, float, str, str]:
        rank = ranks.get((one.kind, one.where, one.node))
        return rank or last, -one.weight, one.kind, one.where or ""

    return tuple(sorted(once.values(), key=place))


def _key_of(pain: Pain) -> _Key:
    return _SAID_AS[pain.kind], pain.where, pain.node


def repeats(journey_map: JourneyMap, pains: Iterable[Pain]) -> Iterator[Finding]:
    """Give the places that many come to more than once, where that goes with losing them."""
    for pain in pains:
        share = pain.hit.value
        if pain.kind == "repeats" and pain.score.value and share and share >= NOTABLE_SHARE:
            detail = filled(
                "{n:person comes|people come} here more than once, and fewer of them are kept.",
                "{n:persona pasa|personas pasan} por aquí más de una vez y se quedan menos que el "
                "resto.", n=pain.people,
            ) if journey_map.journeys.per == "person" else filled(
                "{n} {noun} come here more than once, and end well less often.",
                "{n} {noun} pasan por aquí más de una vez y acaban peor que el resto.",
                n=pain.people, noun=journey_map.journeys.called(pain.people),
            )  # fmt: skip
            headline = pain_words.headline(journey_map, pain)
            yield Finding("repeats", pain.where, headline, detail, pain.people, share / 2)


def disorder(journey_map: JourneyMap, deviations: Deviations) -> Iterator[Finding]:
    """Give the touchpoints, not optional, that many met only where the map does not have them."""
    drawn = {touchpoint.id: touchpoint for touchpoint in journey_map.touchpoints()}
    for one in deviations.touchpoints:
        early, met = one.out_of_order, one.out_of_order.journeys + one.done.journeys
        share = early.journeys / met if met else 0.0
        if drawn[one.id].optional or early.journeys < journey_map.minimum or share < NOTABLE_SHARE:
            continue
        yield Finding(
            "disorder",
            one.id,
            filled(
                "{share} come to “{name}” out of order", "El {share} pasa por «{name}» sin orden",
                share=share_words(share), name=drawn[one.id].name,
            ),
            filled(
                "{early} of the {met} {noun} that were here came only before or after its place.",
                "{early} de {met} {noun} que pasan por aquí lo hacen solo antes o después de su "
                "sitio.",
                early=early.journeys, met=met, noun=journey_map.journeys.called(met),
            ),
            early.people,
            share / 4,
        )  # fmt: skip
