"""The step table as a picture: a row a node, a column a step, the darker the more."""

from __future__ import annotations

from trayecto.journeys.answers_ways import Around
from trayecto.render.apart import told_apart
from trayecto.render.palette import HAIRLINE, INK, SHADE
from trayecto.render.questions.sankey import STEP, SUBTITLE, TITLE_AROUND, TITLE_START
from trayecto.render.questions.sheet import FIGURE, MARGIN, NOTE, Sheet, called, shade
from trayecto.render.svg import Box, Style
from trayecto.render.type import fit
from trayecto.vocabulary.text import Language, Text, number, percent

FOOT = Text(
    en="Each cell: the share of all {n} {who} who are there at that step. Empty: nobody.",
    es="Cada celda: qué parte del total ({n} {who}) está ahí en ese paso. Vacía: nadie.",
)
MORE = Text(en="and {n} rarer nodes", es="y {n} nodos menos comunes")
_LEAST = 0.0005
_SURE = 34
"""Letters of a name that are sure to have room."""
_MOST, _NAMES, _CELL, _ROW = 30, 300.0, 76.0, 28.0


def heat_picture(found: Around, *, language: Language) -> str:
    """Return the step table as SVG."""
    title = (
        TITLE_AROUND.say(language).format(node=found.anchor)
        if found.anchor
        else TITLE_START.say(language)
    )
    offsets = sorted({stop.offset for stop in found.stops})
    wide = max(720.0, 2 * MARGIN + _NAMES + _CELL * len(offsets))
    sheet = Sheet(wide, language, title)
    if not found.journeys:
        return sheet.empty()
    who = called(found.per, found.journeys, language)
    said = SUBTITLE.say(language).format(n=number(found.journeys, language), who=who)
    sheet.head(said)
    shares = {(s.name, s.offset): s.count / found.journeys for s in found.stops}
    order: dict[str, int] = {}
    for stop in found.stops:
        order[stop.name] = order.get(stop.name, 0) + stop.count
    names = sorted(order, key=lambda name: (-order[name], name))
    # The node asked about is everybody at its own step: it would pale all the others.
    darkest = max((v for (_, at), v in shares.items() if found.anchor is None or at), default=1.0)
    left = MARGIN + _NAMES
    for nth, offset in enumerate(offsets):
        words = (
            STEP.say(language).format(n=offset)
            if found.anchor is None
            else ("0" if offset == 0 else f"{offset:+d}".replace("-", "−"))
        )
        sheet.canvas.text(left + (nth + 0.5) * _CELL, sheet.top, words, NOTE, anchor="middle")
    sheet.top += 10
    apart = told_apart(names, _SURE)
    for name in names[:_MOST]:
        words = fit(apart[name], FIGURE.size, _NAMES - 16)
        sheet.canvas.text(left - 12, sheet.top + _ROW / 2 + 4, words, FIGURE, anchor="end")
        for nth, offset in enumerate(offsets):
            _cell(sheet, left + nth * _CELL, shares.get((name, offset)), darkest)
        sheet.top += _ROW
    if len(names) > _MOST:
        more = MORE.say(language).format(n=len(names) - _MOST)
        sheet.canvas.text(left - 12, sheet.top + 16, more, NOTE, anchor="end")
        sheet.top += 18
    sheet.foot(FOOT.say(language).format(n=number(found.journeys, language), who=who))
    return sheet.svg(said)


def _cell(sheet: Sheet, x: float, share: float | None, darkest: float) -> None:
    box = Box(x + 1, sheet.top + 1, x + _CELL - 1, sheet.top + _ROW - 1)
    if share is None:
        sheet.canvas.rect(box, stroke=HAIRLINE, width=0.75, radius=2)
        return
    sheet.canvas.rect(
        box, fill=SHADE, opacity=shade(share / darkest), stroke=HAIRLINE, width=0.75, radius=2
    )
    words = percent(share, sheet.language, decimals=0 if share >= 0.0995 else 1)
    if share < _LEAST:
        # Few, but not nobody.
        words = "<" + percent(_LEAST * 2, sheet.language, decimals=1)
    style = Style(11.5, INK)
    middle = sheet.top + _ROW / 2 + 4
    sheet.canvas.text(x + _CELL / 2, middle, words, style, anchor="middle")
