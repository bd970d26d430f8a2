"""What the pains say, in plain words: what hurts, by which figures, what closing it is worth."""

from __future__ import annotations

from collections.abc import Mapping

from trayecto.contrast.pain import Pain, PainKind
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.filled import filled, share_words, time_words
from trayecto.vocabulary.money import money_words
from trayecto.vocabulary.text import NOTHING, Language, Text, number, same

KINDS: Mapping[PainKind, Text] = {
    "emotion": Text(en="feels worse", es="se vive peor"),
    "wait": Text(en="slower", es="más lento"),
    "drop_off": Text(en="drop-off", es="abandono"),
    "repeats": Text(en="repeats", es="repeticiones"),
    "detour": Text(en="detour", es="rodeo"),
}


def name(journey_map: JourneyMap, pain: Pain) -> Text:
    """Return the name of the touchpoint, stage or undrawn node that hurts."""
    if pain.kind == "detour":
        return journey_map.node_name(pain.node)
    names = {stage.id: stage.name for stage in journey_map.stages}
    names |= {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints()}
    return names.get(pain.where or "", same(pain.where or ""))


def headline(journey_map: JourneyMap, pain: Pain) -> Text:
    """Return what hurts, in one line: what is beside what was expected."""
    named = name(journey_map, pain)
    if pain.kind == "emotion":
        return filled(
            "“{name}” feels {actual}; {expected} was expected",
            "«{name}» se vive en {actual}; se esperaba {expected}",
            name=named, actual=_level(pain.actual), expected=_level(pain.expected),
        )  # fmt: skip
    if pain.kind == "wait":
        return filled(
            "“{name}” takes {actual}; {expected} was promised",
            "«{name}» tarda {actual}; el plazo es {expected}",
            name=named, actual=time_words(pain.actual), expected=time_words(pain.expected),
        )  # fmt: skip
    if pain.kind == "drop_off":
        return filled(
            "{actual} leave at “{name}”; {expected} is usual",
            "En «{name}» se va el {actual}; lo habitual es el {expected}",
            name=named, actual=share_words(pain.actual), expected=share_words(pain.expected),
        )  # fmt: skip
    if pain.kind == "repeats":
        return filled(
            "{share} come to “{name}” more than once",
            "El {share} pasa más de una vez por «{name}»",
            name=named, share=share_words(pain.hit.value),
        )  # fmt: skip
    return filled(
        "“{name}” is a detour nobody drew", "«{name}» es un rodeo que nadie dibujó", name=named
    )


def _level(level: float) -> Text:
    sign = "+" if level > 0 else ""
    return Text(
        en=sign + number(level * 2, "en", decimals=1), es=sign + number(level * 2, "es", decimals=1)
    )


def factor(figure: Estimate, language: Language) -> str:
    """Return a factor from 0 to 1 with its interval."""
    if figure.value is None:
        return number(None, language)
    told = number(figure.value, language, decimals=2)
    if figure.low is None or figure.high is None:
        return told
    low, high = (number(end, language, decimals=2) for end in (figure.low, figure.high))
    return told if low == high else f"{told} ({low}–{high})"


def formula(pain: Pain) -> Text:
    """Return reach × severity × importance with every figure and its interval."""

    def told(language: Language) -> str:
        reach, severity, importance = (
            factor(figure, language) for figure in (pain.reach, pain.severity, pain.importance)
        )
        score = (
            number(None, language)
            if pain.score.value is None
            else number(100 * pain.score.value, language, decimals=1)
        )
        if language == "en":
            return (
                f"reach {reach} × severity {severity} × importance {importance} "
                f"= {score} out of 100"
            )
        return (
            f"alcance {reach} × gravedad {severity} × importancia {importance} = {score} sobre 100"
        )

    return Text(en=told("en"), es=told("es"))


def rank(pain: Pain) -> Text:
    """Return the rank of a pain and how far it could move."""
    if pain.rank is None or pain.best is None or pain.worst is None:
        return Text(
            en="no rank: what it costs cannot be told",
            es="sin puesto: no se puede saber lo que cuesta",
        )
    if pain.best == pain.worst:
        return filled("rank {rank}, surely", "puesto {rank}, seguro", rank=pain.rank)
    return filled(
        "rank {rank}; it could be from {best} to {worst}",
        "puesto {rank}; podría estar entre el {best} y el {worst}",
        rank=pain.rank, best=pain.best, worst=pain.worst,
    )  # fmt: skip


def worth_unknown() -> Text:
    """Return that there is nobody to compare with, so that the cost is unknown."""
    return Text(
        en="What closing it would be worth cannot be told: too few to compare, or all came to the "
        "same end.",
        es="No se puede saber cuánto valdría cerrarlo: hay pocos con quien comparar, o todos "
        "acabaron igual.",
    )


def worth(journey_map: JourneyMap, pain: Pain) -> Text:
    """Return what closing the gap would be worth, if all else stayed equal."""
    more = pain.more
    if more.value is None or more.low is None or more.high is None:
        return worth_unknown()
    if round(more.high) == 0:
        return Text(
            en="Closing it would keep nobody more, if all else stayed equal.",
            es="Cerrarlo no conservaría a nadie más, si lo demás siguiera igual.",
        )
    return filled(
        "Closing it would keep more {noun}: {n} ({low}–{high}) in the period measured{money}, if "
        "all else stayed equal.",
        "Cerrarlo conservaría más {noun}: {n} ({low}–{high}) en el periodo medido{money}, si lo "
        "demás siguiera igual.",
        n=round(more.value), low=round(more.low), high=round(more.high),
        noun=journey_map.journeys.noun, money=_money(pain),
    )  # fmt: skip


def _money(pain: Pain) -> Text:
    money = pain.money
    if money.value is None or money.low is None or money.high is None:
        return NOTHING
    told, low, high = (
        money_words(amount, pain.currency) for amount in (money.value, money.low, money.high)
    )
    return filled(
        ", worth {told} ({low}–{high})", ", por valor de {told} ({low}–{high})",
        told=told, low=low, high=high,
    )  # fmt: skip


def told(journey_map: JourneyMap, pain: Pain) -> tuple[Text, ...]:
    """Return all that is said of a pain: what hurts, its formula, its rank and its worth."""
    place = filled("{rank}. ", "{rank}. ", rank=pain.rank) if pain.rank else same("– ")
    first = headline(journey_map, pain)
    return (
        Text(en=place.en + first.en, es=place.es + first.es),
        formula(pain),
        rank(pain),
        worth(journey_map, pain),
    )
