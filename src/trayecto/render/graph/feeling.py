"""How people felt at a node, as its card tells it: a band of colour, and the level in words."""

from __future__ import annotations

from trayecto.render.palette import BAD, BEIGE, GOOD, NEUTRAL
from trayecto.render.svg import Box, Canvas, Style
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import UNKNOWN, Language, Text, number

_CLEAR = 0.1
"""A level nearer to zero than this is neither good nor bad."""
_WORDS = Text(en="emotion {level}", es="emoción {level}")
_TITLE = Text(en="emotion {level} ({low} to {high}), {n:person|people}",
              es="emoción {level} (de {low} a {high}), {n:persona|personas}")  # fmt: skip
_LEGEND = Text(
    en="Band: how people felt, from −2 to +2", es="Banda: cómo se siente la gente, de −2 a +2"
)
_KEYS = (
    (BAD, Text(en="bad", es="mal")),
    (NEUTRAL, Text(en="neither", es="ni mal ni bien")),
    (GOOD, Text(en="good", es="bien")),
    (BEIGE, Text(en="too few said", es="lo dicen muy pocos")),
)


def tone_of(felt: Estimate | None) -> str:
    """Return the colour of a level; unknown is no feeling, and has none."""
    if felt is None or felt.value is None:
        return BEIGE
    if abs(felt.value) < _CLEAR:
        return NEUTRAL
    return GOOD if felt.value > 0 else BAD


def level_words(felt: Estimate | None, language: Language) -> str:
    """Return a level as the card says it."""
    return _WORDS.say(language).format(
        level=_signed(felt.value if felt is not None else None, language)
    )


def level_title(felt: Estimate | None, language: Language) -> str:
    """Return a level with its interval and of how many it is."""
    if felt is None or felt.value is None:
        return level_words(felt, language)
    ends = [_signed(end, language) for end in (felt.value, felt.low, felt.high)]
    return _TITLE.say(language).format(
        level=ends[0], low=ends[1], high=ends[2], n=number(felt.n, language)
    )


def legend(
    canvas: Canvas, x: float, y: float, language: Language, *, head: Style, words: Style
) -> None:
    """Draw what each colour of a band means."""
    canvas.text(x, y, _LEGEND.say(language), head)
    at = x
    for tone, text in _KEYS:
        canvas.rect(Box(at, y + 15, at + 18, y + 24), fill=tone, radius=2)
        at = canvas.text(at + 25, y + 24, text.say(language), words).right + 16


def _signed(level: float | None, language: Language) -> str:
    """Return a level on the scale of the map, from −2 to +2."""
    if level is None:
        return UNKNOWN
    told = number(level * 2, language, decimals=1)
    return ("+" if level * 2 >= 0.05 else "") + told
