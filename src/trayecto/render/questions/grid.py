"""Retention as a grid: a row a cohort, a column so many periods later, the darker the more."""

from __future__ import annotations

from trayecto.journeys.answers_people import Retention
from trayecto.render.palette import COMPANY, HAIRLINE, INK, SHADE
from trayecto.render.questions.sheet import FIGURE, MARGIN, NAME, NOTE, Sheet, called, shade
from trayecto.render.svg import Box, Style
from trayecto.render.words import day
from trayecto.vocabulary.text import Language, Text, number, percent

TITLE = Text(en="Who comes back", es="Quién vuelve")
EVERY = {
    "day": Text(en="days", es="días"),
    "week": Text(en="weeks", es="semanas"),
    "month": Text(en="months", es="meses"),
}
SUBTITLE = Text(
    en="{n} {who} by when they first came; columns: {every} later",
    es="{n} {who} según cuándo vinieron por primera vez; columnas: {every} después",
)
ALL = Text(en="All", es="En conjunto")
FOOT = Text(
    en="Each cell: the share of the cohort active in that period. Outlined in blue: the period is "
    "not over, and the figure may grow. The first row counts only periods that are over.",
    es="Cada celda: la parte de la cohorte activa en ese periodo. Con borde azul: el periodo no ha "
    "acabado y la cifra puede crecer. La primera fila solo cuenta periodos acabados.",
)
_NAMES, _CELL, _ROW, _OLDEST, _COHORTS = 250.0, 58.0, 28.0, 24, 40


def grid_picture(found: Retention, *, language: Language) -> str:
    """Return the retention grid as SVG: the last cohorts, and their first periods."""
    cohorts = found.cohorts[-_COHORTS:]
    ages = min(max((len(c.active) for c in cohorts), default=0), _OLDEST)
    sheet = Sheet(max(760.0, 2 * MARGIN + _NAMES + _CELL * ages), language, TITLE.say(language))
    if not cohorts:
        return sheet.empty()
    people = sum(cohort.people for cohort in found.cohorts)
    said = SUBTITLE.say(language).format(
        n=number(people, language), who=called(found.per, people, language),
        every=EVERY[found.every].say(language),
    )  # fmt: skip
    sheet.head(said)
    left = MARGIN + _NAMES
    for age in range(ages):
        x = left + (age + 0.5) * _CELL
        sheet.canvas.text(x, sheet.top, str(age), NOTE, anchor="middle")
    sheet.top += 10
    sheet.canvas.text(MARGIN, sheet.top + _ROW / 2 + 4, ALL.say(language), NAME)
    _count(sheet, people)
    for one in found.overall[:ages]:
        if one.share is not None:
            _cell(sheet, left + one.age * _CELL, one.share, running=False)
    sheet.top += _ROW + 8
    for cohort in cohorts:
        words = day(cohort.begins, language)
        sheet.canvas.text(MARGIN, sheet.top + _ROW / 2 + 4, words, FIGURE)
        _count(sheet, cohort.people)
        for age, active in enumerate(cohort.active[:ages]):
            running = age == len(cohort.active) - 1
            _cell(sheet, left + age * _CELL, active / cohort.people, running=running)
        sheet.top += _ROW
    sheet.foot(FOOT.say(language))
    return sheet.svg(said)


def _count(sheet: Sheet, people: int) -> None:
    x = MARGIN + _NAMES - 14
    words = number(people, sheet.language)
    sheet.canvas.text(x, sheet.top + _ROW / 2 + 4, words, NOTE, anchor="end")


def _cell(sheet: Sheet, x: float, share: float, *, running: bool) -> None:
    inset = 2.0 if running else 1.0
    box = Box(x + inset, sheet.top + inset, x + _CELL - inset, sheet.top + _ROW - inset)
    stroke, width = (COMPANY, 2.0) if running else (HAIRLINE, 0.75)
    sheet.canvas.rect(box, fill=SHADE, opacity=shade(share), stroke=stroke, width=width, radius=2)
    decimals = 0 if share >= 0.0995 or not share else 1
    words = percent(share, sheet.language, decimals=decimals)
    style = Style(11, INK)
    sheet.canvas.text(x + _CELL / 2, sheet.top + _ROW / 2 + 4, words, style, anchor="middle")
