"""Deviations and drift as words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trayecto.vocabulary.text import Language, Text, number, percent

if TYPE_CHECKING:
    from trayecto.measuring import LiveMap
    from trayecto.watching import Watched

_WAYS = 5
_FATES = (
    ("done", Text(en="done", es="hecho")),
    ("skipped", Text(en="skipped", es="saltado")),
    ("repeated", Text(en="repeated", es="repetido")),
    ("out_of_order", Text(en="out of order", es="fuera de orden")),
    ("not_taken", Text(en="not taken", es="no usado")),
    ("not_reached", Text(en="not reached", es="no alcanzado")),
)
_NEVER = Text(en="Never planned", es="Nunca previsto")
_COMMON = Text(en="Commonest deviations", es="Desvíos más comunes")
_WITHOUT = Text(en="without", es="sin")


def deviations(live: LiveMap, language: Language) -> str:
    """Say what became of each touchpoint, what nobody planned, and the commonest ways."""
    found, noun = live.deviations, live.journey_map.journeys.noun.say(language)
    planned = found.as_planned
    lines = [
        live.journey_map.title.say(language),
        (
            f"{number(found.journeys, language)} {noun}: {percent(planned.value, language)} "
            + ("as drawn, fitness " if language == "en" else "como está dibujado, ajuste ")
            + number(found.fitness, language, decimals=2)
        ),
        "",
    ]
    names = {t.id: t.name.say(language) for t in live.journey_map.touchpoints()}
    width = max((len(names[own.id]) for own in found.touchpoints), default=0)
    heads = [word.say(language) for _, word in _FATES]
    lines.append(" " * width + "".join(f"{head:>{len(head) + 2}}" for head in heads))
    for own in found.touchpoints:
        if own.measured:
            counts = (number(getattr(own, fate).journeys, language) for fate, _ in _FATES)
            cells = (f"{n:>{len(head) + 2}}" for n, head in zip(counts, heads, strict=True))
            lines.append(f"{names[own.id]:<{width}}" + "".join(cells))
    if found.unplanned:
        lines += ["", _NEVER.say(language)]
        lines += [
            f"{number(node.journeys, language):>9}  {node.touchpoint} ({node.channel})"
            for node in found.unplanned[:10]
        ]
    if found.commonest:
        lines += ["", _COMMON.say(language)]
    for way in found.commonest[:_WAYS]:
        steps = (
            ("" if step.fits else "+ ") + (names[step.name] if step.drawn else step.name)
            for step in way.steps
        )
        said = " → ".join(steps)
        if way.skipped:
            lacks = ", ".join(names[missed] for missed in way.skipped)
            said += f" · {_WITHOUT.say(language)}: {lacks}"
        lines.append(f"{number(way.journeys, language):>9}  {said}")
    return "\n".join(lines)


def drift(found: Watched, language: Language) -> str:
    """Say what changed on a map, a line each."""
    lines = [found.journey_map.title.say(language), found.period().say(language), ""]
    lines += [f"- {_sentence(words.say(language))}" for words in found.words()]
    return "\n".join(lines).rstrip()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
