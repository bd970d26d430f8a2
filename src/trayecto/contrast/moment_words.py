"""What the suggested moments say, in plain words: offered to the team, never imposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trayecto.contrast.findings import Finding
from trayecto.contrast.moments import MomentMeasure
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.filled import filled, points_words, share_words
from trayecto.vocabulary.text import NOTHING, Text


def headline(journey_map: JourneyMap, moment: MomentMeasure) -> Text:
    """Return what a moment suggests, in one line."""
    name = _name(journey_map, moment.id)
    points = points_words(moment.difference.value)
    more = (moment.difference.value or 0) > 0
    if moment.outcome == "comes_back":
        return filled(
            "After “{name}”, {points} " + ("more" if more else "fewer") + " come back",
            "Tras «{name}» vuelven {points} " + ("más" if more else "menos"),
            name=name, points=points,
        )  # fmt: skip
    if moment.suggests == "truth":
        return filled(
            "“{name}” looks like a moment of truth: {points} more complete after it",
            "«{name}» parece un momento de la verdad: tras él completan {points} más",
            name=name, points=points,
        )  # fmt: skip
    if moment.suggests == "pain":
        return filled(
            "“{name}” looks like a pain point: {points} fewer complete after it",
            "«{name}» parece un punto de dolor: tras él completan {points} menos",
            name=name, points=points,
        )  # fmt: skip
    return filled(
        "“{name}”: no difference that is sure", "«{name}»: ninguna diferencia segura", name=name
    )


def evidence(journey_map: JourneyMap, moment: MomentMeasure) -> Text:
    """Return what a suggestion rests on, and that it is association."""
    came = (
        Text(en="come back", es="vuelve")
        if moment.outcome == "comes_back"
        else Text(en="complete", es="completa")
    )
    ends = (moment.difference.low, moment.difference.high)
    low, high = sorted(abs(end or 0) for end in ends)
    crosses = (ends[0] or 0) < 0 < (ends[1] or 0)
    between = (
        Text(en="the difference may well be none", es="puede que no haya diferencia")
        if crosses
        else filled("{low} to {high} apart", "de {low} a {high} de diferencia",
                    low=round(100 * low), high=points_words(high))
    )  # fmt: skip
    return filled(
        "{met} of the {n} {noun} that met it {came}, and {without} of those that were in the stage "
        "as long and did not ({between}).{removal}{feeling} It is association, not cause.",
        "El {met} de {n} {noun} que pasan por ahí {came}, y el {without} de quienes estaban en la "
        "etapa el mismo tiempo y no pasan ({between}).{removal}{feeling} Es asociación, no causa.",
        met=share_words(moment.met.value), n=moment.met.n,
        noun=journey_map.journeys.called(moment.met.n),
        came=came, without=share_words(moment.without.value), between=between,
        removal=_removal(moment), feeling=_feeling(moment),
    )  # fmt: skip


def _removal(moment: MomentMeasure) -> Text:
    if moment.removal is None or moment.outcome == "comes_back":
        return NOTHING
    return filled(
        " {share} of all completions pass here.", " Por aquí pasa el {share} de lo completado.",
        share=share_words(moment.removal),
    )  # fmt: skip


def _feeling(moment: MomentMeasure) -> Text:
    if moment.feeling.value is None:
        return NOTHING
    return filled(
        " Of those who feel good here {good} complete; of those who feel bad, {bad}.",
        " De quienes se sienten bien aquí completa el {good}; de quienes se sienten mal, el {bad}.",
        good=share_words(moment.good.value), bad=share_words(moment.bad.value),
    )  # fmt: skip


def findings(journey_map: JourneyMap, moments: Iterable[MomentMeasure]) -> Iterator[Finding]:
    """Give the moments that the map does not declare, or declares to be the contrary."""
    for moment in moments:
        if moment.agrees in ("new", "contrary") and moment.difference.value is not None:
            # Half, as for what nobody drew: a suggestion, and no pain in itself.
            yield Finding(
                "moment", moment.id, headline(journey_map, moment), evidence(journey_map, moment),
                moment.met.n, abs(moment.difference.value) / 2, of="journeys",
            )  # fmt: skip


def _name(journey_map: JourneyMap, id: str) -> Text:
    return next(touchpoint.name for touchpoint in journey_map.touchpoints() if touchpoint.id == id)
