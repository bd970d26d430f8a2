"""A difference in a sentence, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trayecto.contrast.differences import Gap
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import (
    LANGUAGES,
    NOTHING,
    Language,
    Text,
    duration,
    number,
    percent,
)

_TIMES = ("duration", "wait")

_SAID: dict[tuple[str, bool], Text] = {
    ("completed", False): Text(en="{a} complete, against {b}", es="completa el {a}, frente al {b}"),
    ("duration", False): Text(
        en="half complete within {a}, against {b}",
        es="la mitad completa antes de {a}, frente a {b}",
    ),
    ("felt", False): Text(
        en="they feel {a} (−2 to +2), against {b}", es="lo vive en {a} (de −2 a +2), frente a {b}"
    ),
    ("preferred", False): Text(
        en="{a} mostly use a channel they are said to prefer, against {b}",
        es="usa sobre todo un canal de sus preferidos el {a}, frente al {b}",
    ),
    ("reach", True): Text(
        en="{a} get to {where}, against {b}", es="llega a {where} el {a}, frente al {b}"
    ),
    ("drop_off", True): Text(
        en="{a} leave at {where}, against {b}", es="se va en {where} el {a}, frente al {b}"
    ),
    ("skipped", True): Text(
        en="{a} go on without {where}, against {b}",
        es="sigue sin {where} el {a}, frente al {b}",
    ),
    ("repeated", True): Text(
        en="{a} repeat {where}, against {b}", es="repite {where} el {a}, frente al {b}"
    ),
    ("wait", True): Text(
        en="half wait up to {a} for {where}, against {b}",
        es="la mitad espera como mucho {a} para {where}, frente a {b}",
    ),
    ("duration", True): Text(
        en="half spend up to {a} in {where}, against {b}",
        es="la mitad pasa como mucho {a} en {where}, frente a {b}",
    ),
    ("felt", True): Text(
        en="{where} feels {a} (−2 to +2), against {b}",
        es="{where} se vive en {a} (de −2 a +2), frente a {b}",
    ),
    ("score", True): Text(
        en="{scale} at {where} is {a}, against {b}",
        es="{scale} en {where}: {a}, frente a {b}",
    ),
}


def worth_saying(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return what differs beyond chance and can be read: not 7 min against 7 min; surest first."""
    found = [gap for gap in gaps if gap.differs and _reads(gap, gap.one) != _reads(gap, gap.other)]
    return tuple(sorted(found, key=lambda gap: gap.p or 0.0))


def _reads(gap: Gap, value: Estimate) -> tuple[str, ...]:
    return tuple(figure(gap, value, language) for language in LANGUAGES)


def gap_words(journey_map: JourneyMap, gap: Gap) -> Text:
    """Return a difference in words, with its interval."""
    place = _place(journey_map, gap)
    template = _SAID[gap.kind, gap.where is not None]

    def said(language: Language) -> str:
        told = template.say(language).format(
            a=figure(gap, gap.one, language), b=figure(gap, gap.other, language),
            where=place.say(language), scale=gap.scale.upper(),
        )  # fmt: skip
        apart = apart_words(gap, language)
        return f"{told} ({apart})" if apart else told

    en, es = (said(language) for language in reversed(LANGUAGES))
    return Text(en=en, es=es)


def too_short_words(journey_map: JourneyMap, sides: Sequence[str]) -> Text:
    """Return why who comes, leaves or completes is unknown of periods; nothing where it is not."""
    silence = journey_map.journeys.silence
    if not sides or silence is None:
        return NOTHING
    seconds = silence.total_seconds()
    en, es = (", ".join(f"{a}{side}{b}" for side in sides) for a, b in ("“”", "«»"))
    return Text(
        en=f"Shorter than the silence after which a journey is over ({duration(seconds, 'en')}): "
        f"{en}. Who comes, leaves or completes there is not known, so it is not compared. Choose "
        "longer periods.",
        es="Más corto que el silencio tras el que un trayecto se da por terminado "
        f"({duration(seconds, 'es')}): {es}. No se sabe quién llega, se va o completa ahí, así que "
        "no se compara. Elige periodos más largos.",
    )


def where(journey_map: JourneyMap, gap: Gap) -> Text:
    """Return the name of the touchpoint or stage a difference is about; of a stage it says so."""
    touchpoints = {t.id: t.name for t in journey_map.touchpoints()}
    if gap.where in touchpoints:
        return touchpoints[gap.where]
    stages = {stage.id: stage.name for stage in journey_map.stages}
    name = stages.get(gap.where or "", NOTHING)
    return Text(en=f"{name.en} (stage)", es=f"{name.es} (etapa)") if name else NOTHING


def _place(journey_map: JourneyMap, gap: Gap) -> Text:
    for stage in journey_map.stages:
        if stage.id == gap.where:
            return Text(en=f"the stage “{stage.name.en}”", es=f"la etapa «{stage.name.es}»")
    name = where(journey_map, gap)
    return Text(en=f"“{name.en}”", es=f"«{name.es}»")


def figure(gap: Gap, value: Estimate, language: Language) -> str:
    """Return one side's figure as people write it."""
    return _amount(gap, value.value, language)


def _amount(gap: Gap, value: float | None, language: Language) -> str:
    if value is None:
        return number(None, language)
    if gap.kind in _TIMES:
        return duration(value, language)
    if gap.kind == "felt":
        sign = "+" if value > 0 else ""
        return sign + number(value * 2, language, decimals=1)
    if gap.kind == "score":
        return number(value, language, decimals=1)
    return percent(value, language)


def apart_words(gap: Gap, language: Language) -> str:
    """Return how far apart the two sides are, with the interval; nothing when it is unknown."""
    if gap.difference is None or gap.low is None or gap.high is None:
        return ""
    low, high = (_apart(gap, end, language) for end in (gap.low, gap.high))
    to = Text(en="to", es="a").say(language)
    return f"{_apart(gap, gap.difference, language, named=True)}; {low} {to} {high}"


def _apart(gap: Gap, value: float, language: Language, *, named: bool = False) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    size = abs(value)
    if gap.kind in _TIMES:
        return sign + duration(size, language)
    if gap.kind in ("felt", "score"):
        return sign + number(size * (2 if gap.kind == "felt" else 1), language, decimals=1)
    points = Text(en=" points", es=" puntos").say(language) if named else ""
    return sign + number(size * 100, language, decimals=1) + points
