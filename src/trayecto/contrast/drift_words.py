"""What changed on a map and how old it is, in plain words: one line each, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.difference_words import gap_words, too_short_words
from trayecto.contrast.drift import Drift, EvidenceAge, Staleness
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.text import NOTHING, Text, capital, number, percent

_LINES = 12


def drift_words(journey_map: JourneyMap, found: Drift) -> tuple[Text, ...]:
    """Return what a team should know before it trusts the map."""
    return (*_dates(found.staleness), *_changes(journey_map, found), *_evidence(found.staleness))


def period_words(found: Drift) -> Text:
    """Return what was compared."""
    when = found.periods
    if when is None:
        return Text(
            en="There are not two periods of data to compare.",
            es="No hay datos de dos periodos que comparar.",
        )
    since, turn = day_words(when.since.date()), day_words(when.turn.date())
    if when.approved:
        return Text(
            en=f"Since it was approved on {turn.en}, compared with as long before (from "
            f"{since.en}):",
            es=f"Desde que se aprobó el {turn.es}, frente al mismo tiempo antes (desde el "
            f"{since.es}):",
        )
    return Text(
        en=f"Since {turn.en}, compared with as long before (from {since.en}):",
        es=f"Desde el {turn.es}, frente al mismo tiempo antes (desde el {since.es}):",
    )


def _dates(found: Staleness) -> Iterator[Text]:
    if found.review and found.review_days is not None:
        day = day_words(found.review)
        left = abs(found.review_days)
        if found.review_state == "passed":
            yield Text(
                en=f"The review of {day.en} is {_days(left).en} overdue.",
                es=f"La revisión del {day.es} lleva {_days(left).es} de retraso.",
            )
        elif found.review_state == "near":
            yield Text(
                en=f"The review is due in {_days(left).en}, on {day.en}.",
                es=f"Toca revisarlo en {_days(left).es}, el {day.es}.",
            )
    elif found.review is None:
        yield Text(en="The map has no review date.", es="El mapa no tiene fecha de revisión.")


def _days(n: int) -> Text:
    return Text(en=f"{number(n, 'en'):day|days}", es=f"{number(n, 'es'):día|días}")


def moved_words(journey_map: JourneyMap, found: Drift) -> tuple[Text, ...]:
    """Return only what moved from one period to the other beyond chance, the gravest first."""
    return tuple(_moves(journey_map, found))


def _changes(journey_map: JourneyMap, found: Drift) -> Iterator[Text]:
    yield from _moves(journey_map, found)
    if found.sides is not None and found.sides.too_short:
        yield too_short_words(journey_map, found.sides.too_short)
    if found.sides is not None and not found.sides.surest:
        yield Text(
            en="No measure has changed beyond what chance explains.",
            es="Ninguna medida ha cambiado más de lo que explica el azar.",
        )


def _moves(journey_map: JourneyMap, found: Drift) -> Iterator[Text]:
    if found.sides is None:
        return
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints()}
    for place in found.gone:
        yield Text(
            en=f"“{names[place].en}” stopped coming: not one interaction since.",
            es=f"«{names[place].es}» ha dejado de llegar: ni una interacción desde entonces.",
        )
    for node in found.new:
        called = journey_map.node_name(node.touchpoint)
        yield Text(
            en=f"“{called.en}” is new and nobody drew it: "
            f"{number(node.people, 'en'):person meets|people meet} it.",
            es=f"«{called.es}» es nuevo y nadie lo dibujó: "
            f"{number(node.people, 'es'):persona pasa|personas pasan} por ahí.",
        )
    yield from _coverage(found)
    for gap in found.sides.surest[:_LINES]:
        said = gap_words(journey_map, gap)
        yield Text(en=capital(said.en), es=capital(said.es))


def _coverage(found: Drift) -> Iterator[Text]:
    changed = found.coverage
    if changed is None or changed.value is None or found.sides is None:
        return
    low, high = changed.low or 0.0, changed.high or 0.0
    if low <= 0 <= high:
        return
    now, then = found.sides.one.coverage.share.value, found.sides.other.coverage.share.value
    yield Text(
        en=f"The map explains {percent(now, 'en')} of what happens; before, {percent(then, 'en')}.",
        es=f"El mapa explica el {percent(now, 'es')} de lo que ocurre; antes, el "
        f"{percent(then, 'es')}.",
    )


def _evidence(found: Staleness) -> Iterator[Text]:
    for one in sorted(found.evidence, key=lambda one: -(one.days or 0)):
        if one.old:
            yield _old(one)
    undated = sum(one.dated is None for one in found.evidence)
    if undated:
        yield Text(
            en=f"Evidence without a date: {undated}. Write when it was gathered, as 2026-03.",
            es=f"Evidencias sin fecha: {undated}. Escribe cuándo se recogieron: 2026-03.",
        )


def _old(one: EvidenceAge) -> Text:
    years = (one.days or 0) / 365.25
    dated = day_words(one.dated) if one.dated else NOTHING
    return Text(
        en=f"“{one.name.en}” rests on evidence of {dated.en}: "
        f"{number(years, 'en', decimals=1):year|years} old.",
        es=f"«{one.name.es}» se apoya en evidencia del {dated.es}: "
        f"tiene {number(years, 'es', decimals=1):año|años}.",
    )
