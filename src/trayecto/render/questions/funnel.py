"""A funnel as a picture: one bar a step, and between two steps who goes on, and how soon."""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.journeys.answers_ways import Funnel, FunnelStep
from trayecto.render.apart import told_apart
from trayecto.render.palette import BEIGE, COMPANY, HAIRLINE, INK
from trayecto.render.questions.sheet import FIGURE, MARGIN, NAME, NOTE, Sheet, called
from trayecto.render.svg import Box, Style
from trayecto.render.type import fit, wrap
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import Language, Text, duration, number, percent, same

TITLE = Text(en="Funnel: {first} → {last}", es="Embudo: {first} → {last}")
SUBTITLE = Text(en="{n} {who} begin; {m} reach the end ({share})",
                es="{n} {who} empiezan; {m} llegan al final ({share})")  # fmt: skip
WITHIN = Text(en=" within {time} of the first step", es=" en {time} desde el primer paso")
GOES_ON = Text(en="{share} go on ({low}–{high})", es="sigue el {share} ({low}–{high})")
AFTER = Text(en=" · median wait {time}", es=" · espera mediana {time}")
LOST = Text(en="{n} do not", es="{n} no siguen")
NO_ONE = Text(en="Nobody is left.", es="No queda nadie.")
FOOT = Text(
    en="Bars: share of who began. In brackets, 95% intervals of who goes on.",
    es="Barras: parte de quienes empezaron. Entre paréntesis, intervalos del 95 % de quien sigue.",
)
BY_PART = Text(en="By where they began", es="Según dónde empezaron")

_SURE = 36
"""Letters of a name that are sure to have room."""
_WIDE, _NAMES, _BAR, _STEP, _NARROW = 1000.0, 210.0, 34.0, 84.0, 210.0


def funnel_picture(found: Funnel, *, language: Language) -> str:
    """Return the funnel as SVG."""
    steps = found.steps
    title = TITLE.say(language).format(first=steps[0].name, last=steps[-1].name)
    sheet = Sheet(_WIDE, language, title)
    if not steps[0].people:
        return sheet.empty()
    said = SUBTITLE.say(language).format(
        n=number(steps[0].people, language), m=number(steps[-1].people, language),
        share=percent(steps[-1].share, language, decimals=1),
        who=called(found.per, steps[0].people, language),
    )  # fmt: skip
    if found.window_s:
        said += WITHIN.say(language).format(time=duration(found.window_s, language))
    sheet.head(said)
    _bars(sheet, steps)
    if found.segments:
        sheet.top += 46
        sheet.canvas.text(MARGIN, sheet.top, BY_PART.say(language), NAME)
        sheet.top += 22
        _parts(sheet, found)
    sheet.foot(FOOT.say(language))
    return sheet.svg(said)


def _bars(sheet: Sheet, steps: Sequence[FunnelStep]) -> None:
    left, language = MARGIN + _NAMES, sheet.language
    room = sheet.wide - MARGIN - left - 130
    apart = told_apart([step.name for step in steps], _SURE)
    for i, step in enumerate(steps):
        top = sheet.top
        if i:
            _between(sheet, steps[i - 1], step, left)
            top = sheet.top
        lines = wrap(apart[step.name], NAME.size, _NAMES - 20, weight=600, max_lines=2)
        for nth, line in enumerate(lines):
            middle = top + _BAR / 2 + 4.5 - 8 * (len(lines) - 1) + 16 * nth
            sheet.canvas.text(left - 16, middle, line, NAME, anchor="end")
        sheet.canvas.rect(Box(left, top, left + room, top + _BAR), fill=BEIGE, radius=3)
        wide = max(room * (step.share or 0), 2 if step.people else 0)
        if wide:
            sheet.canvas.rect(Box(left, top, left + wide, top + _BAR), fill=COMPANY, radius=3)
        x = left + room + 14
        sheet.canvas.text(x, top + 15, number(step.people, language), NAME)
        sheet.canvas.text(x, top + 31, percent(step.share, language, decimals=1), NOTE)
        sheet.top = top + _BAR


def _between(sheet: Sheet, before: FunnelStep, step: FunnelStep, left: float) -> None:
    language = sheet.language
    if not before.people:
        sheet.canvas.text(
            left + 24, sheet.top + (_STEP - _BAR) / 2 + 4, NO_ONE.say(language), FIGURE
        )
        sheet.top += _STEP - _BAR
        return
    said = GOES_ON.say(language).format(
        share=percent(step.from_previous, language, decimals=1),
        low=percent(step.low, language, decimals=1), high=percent(step.high, language, decimals=1),
    )  # fmt: skip
    if step.median_s is not None:
        said += AFTER.say(language).format(time=duration(step.median_s, language))
    lost = LOST.say(language).format(n=number(before.people - step.people, language))
    y = sheet.top + (_STEP - _BAR) / 2
    sheet.canvas.line((left + 10, sheet.top + 6), (left + 10, sheet.top + _STEP - _BAR - 6),
                      stroke=HAIRLINE, width=2)  # fmt: skip
    sheet.canvas.text(left + 24, y + 4, f"{said} · {lost}", FIGURE)
    sheet.top += _STEP - _BAR


def _parts(sheet: Sheet, found: Funnel) -> None:
    """Draw, for each segment, its steps as small bars side by side."""
    left, language = MARGIN + _NAMES, sheet.language
    wide = (sheet.wide - MARGIN - left) / len(found.steps)
    small = Style(11, INK)
    # Many steps leave no room beside a bar that one could compare.
    below = wide < _NARROW
    for i, step in enumerate(found.steps):
        words = fit(step.name, NOTE.size, wide - 14)
        sheet.canvas.text(left + i * wide, sheet.top, words, NOTE)
    sheet.top += 12
    for part in found.segments:
        sheet.canvas.text(
            left - 16,
            sheet.top + 14,
            fit(CHANNELS.get(part.name, same(part.name)).say(language), FIGURE.size, _NAMES - 20),
            FIGURE,
            anchor="end",
        )
        for i, step in enumerate(part.steps):
            x, room = left + i * wide, wide - (18 if below else 122)
            sheet.canvas.rect(Box(x, sheet.top + 3, x + room, sheet.top + 17), fill=BEIGE, radius=2)
            full = room * (step.share or 0)
            if full:
                sheet.canvas.rect(
                    Box(x, sheet.top + 3, x + max(full, 1), sheet.top + 17), fill=COMPANY, radius=2
                )
            figures = (
                f"{number(step.people, language)} · {percent(step.share, language, decimals=1)}"
            )
            at = (x, sheet.top + 31) if below else (x + room + 6, sheet.top + 14)
            sheet.canvas.text(*at, figures, small)
        sheet.top += 42 if below else 26
