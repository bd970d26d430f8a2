"""Single journeys as lines of steps, with the time between two written where it passes."""

from __future__ import annotations

from collections.abc import Mapping

from trayecto.journeys.answers_people import Moment, Timeline, Timelines
from trayecto.render.apart import told_apart
from trayecto.render.palette import BEIGE, CARD, HAIRLINE, INK, SOFT
from trayecto.render.questions.sheet import MARGIN, NOTE, Sheet, called
from trayecto.render.svg import Box, Style
from trayecto.render.type import fit, wrap
from trayecto.render.words import day
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Language, Text, duration, number

TITLE = Text(en="Journeys, step by step", es="Trayectos, paso a paso")
SUBTITLE = Text(en="{n} {who}", es="{n} {who}")
STEPS = Text(en="{n:step|steps} in {time}", es="{n:paso|pasos} en {time}")
ONE_STEP = Text(en="1 step", es="1 paso")
MORE = Text(en="… and {n} more", es="… y {n} más")
FOOT = Text(
    en="Read each row from left to right; over the line, the time to the next step.",
    es="Cada fila se lee de izquierda a derecha; sobre la línea, el tiempo hasta el siguiente.",
)
_WIDE, _CARD, _GAP, _HIGH, _MOST = 1180.0, 134.0, 56.0, 58.0, 40
_SURE = 24
"""Letters of a name that are sure to have room."""
_NAME, _CHANNEL, _HEAD = Style(12, INK, 600), Style(10.5, SOFT), Style(12.5, INK, 600)


def timeline_picture(found: Timelines, *, language: Language) -> str:
    """Return the journeys as SVG, one under the other."""
    sheet = Sheet(_WIDE, language, TITLE.say(language))
    if not found.journeys:
        return sheet.empty()
    said = SUBTITLE.say(language).format(
        n=number(len(found.journeys), language),
        who=called(found.per, len(found.journeys), language),
    )
    sheet.head(said)
    apart = told_apart([step.name for one in found.journeys for step in one.steps], _SURE)
    for nth, one in enumerate(found.journeys, 1):
        _journey(sheet, one, nth, apart)
    sheet.foot(FOOT.say(language))
    return sheet.svg(said)


def _journey(sheet: Sheet, one: Timeline, nth: int, apart: Mapping[str, str]) -> None:
    language, steps = sheet.language, one.steps[:_MOST]
    took = (one.steps[-1].at - one.steps[0].at).total_seconds()
    figures = (
        ONE_STEP.say(language)
        if len(one.steps) == 1
        else STEPS.say(language).format(
            n=number(len(one.steps), language), time=duration(took, language)
        )
    )
    began = day(one.steps[0].at.date(), language)
    sheet.canvas.runs(MARGIN, sheet.top, [(f"{nth}  ", _HEAD), (f"{began} · {figures}", NOTE)])
    sheet.top += 14
    x = MARGIN
    for i, step in enumerate(steps):
        if i:
            if x + _GAP + _CARD > _WIDE - MARGIN:
                # The line goes on at the left, so that no step is cut off.
                x = MARGIN + _CARD
                sheet.top += _HIGH + 20
            seconds = (step.at - steps[i - 1].at).total_seconds()
            _gap(sheet, x, duration(seconds, language))
            x += _GAP
        _card(sheet, x, step, apart[step.name])
        x += _CARD
    if len(one.steps) > _MOST:
        more = MORE.say(language).format(n=len(one.steps) - _MOST)
        sheet.top += _HIGH + 16
        sheet.canvas.text(MARGIN, sheet.top, more, NOTE)
        sheet.top += 26
    else:
        sheet.top += _HIGH + 34


def _gap(sheet: Sheet, x: float, words: str) -> None:
    y = sheet.top + _HIGH / 2
    sheet.canvas.line((x, y), (x + _GAP - 6, y), stroke=SOFT, width=1.2)
    sheet.canvas.path(f"M{x + _GAP - 11} {y - 4}L{x + _GAP - 5} {y}L{x + _GAP - 11} {y + 4}",
                      stroke=SOFT, width=1.2)  # fmt: skip
    sheet.canvas.text(x + _GAP / 2 - 2, y - 7, words, _CHANNEL, anchor="middle")


def _card(sheet: Sheet, x: float, step: Moment, name: str) -> None:
    box = Box(x, sheet.top, x + _CARD, sheet.top + _HIGH)
    sheet.canvas.rect(box, fill=CARD, stroke=HAIRLINE, width=1, radius=6)
    sheet.canvas.rect(Box(x, sheet.top + 6, x + 3, sheet.top + _HIGH - 6), fill=BEIGE)
    lines = wrap(name, _NAME.size, _CARD - 20, weight=600, max_lines=2)
    for nth, line in enumerate(lines):
        sheet.canvas.text(x + 11, sheet.top + 18 + 15 * nth, line, _NAME)
    channel = channel_name(step.channel).say(sheet.language)
    sheet.canvas.text(
        x + 11, sheet.top + 20 + 15 * len(lines), fit(channel, _CHANNEL.size, _CARD - 22), _CHANNEL
    )
