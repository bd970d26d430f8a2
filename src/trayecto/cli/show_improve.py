"""Votes, moments and pains as words for a terminal, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trayecto.cli.show_journeys import table
from trayecto.vocabulary.text import Language, Text, duration, number, percent

_NO_VOTES = Text(
    en="The map declares no voting point (vote: on a touchpoint).",
    es="El mapa no declara ningún punto de votación (vote: en un punto de contacto).",
)
_NO_MOMENTS = Text(
    en="No touchpoint makes a difference that is sure.",
    es="Ningún punto de contacto marca una diferencia segura.",
)
_NO_PAINS = Text(en="Nothing falls short beyond doubt.", es="Nada falla con seguridad.")
_VOTE = Text(
    en="who | votes | stay | leave | 95% | neither | undecided",
    es="quiénes | votos | se quedan | se van | 95 % | ni uno ni otro | por decidir",
)
_ALL = Text(en="everybody", es="todos")


def pains(live: Any, language: Language) -> str:
    """Say every pain with its formula, how far its rank could move and what closing it is worth."""
    lines: list[str] = []
    for told in live.pain_words():
        headline, *rest = (text.say(language) for text in told)
        lines += [headline, *(f"   {line}" for line in rest), ""]
    return "\n".join(lines).rstrip() or _NO_PAINS.say(language)


def moments(live: Any, language: Language) -> str:
    """Say what is suggested and on what evidence."""
    lines: list[str] = []
    for headline, evidence in live.moment_words():
        lines += [headline.say(language), f"   {evidence.say(language)}", ""]
    return "\n".join(lines).rstrip() or _NO_MOMENTS.say(language)


def votes(live: Any, language: Language) -> str:
    """Say who stayed and who left at each voting point, lot by lot."""
    names = {touchpoint.id: touchpoint.name for touchpoint in live.journey_map.touchpoints()}
    lines: list[str] = []
    for vote, groups in live.vote_words():
        time = duration(vote.within_s, language)
        lines += [f"{names[vote.id].say(language)} · {time}"]
        rows = [tuple(_VOTE.say(language).split(" | "))]
        rows += _rows(_ALL, vote.all, groups, language)
        lines += [*table(rows), ""]
    return "\n".join(lines).rstrip() or _NO_VOTES.say(language)


def _rows(
    everybody: Text, whole: Any, groups: Any, language: Language
) -> Iterator[tuple[str, ...]]:
    for name, ballots in ((everybody, whole), *groups):
        left = ballots.left
        between = ""
        if left.low is not None:
            between = f"{percent(left.low, language)}–{percent(left.high, language)}"
        yield (
            name.say(language), number(ballots.cast, language),
            percent(ballots.stayed.value, language), percent(left.value, language), between,
            percent(ballots.neither.value, language), number(ballots.undecided, language),
        )  # fmt: skip
