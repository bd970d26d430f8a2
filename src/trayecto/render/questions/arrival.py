"""How long it takes as a picture: who has arrived by when, with its interval."""

from __future__ import annotations

from trayecto.journeys.answers_ways import Durations, Point
from trayecto.render.palette import COMPANY, HAIRLINE, INK
from trayecto.render.questions.sheet import FIGURE, MARGIN, NOTE, Sheet, called, low_to_high
from trayecto.render.svg import written
from trayecto.vocabulary.text import UNKNOWN, Language, Text, duration, number, percent

TITLE = Text(en="How long {a} {b}", es="Cuánto se tarda {a} {b}")
FROM, TO = Text(en="from {a}", es="de {a}"), Text(en="to {b}", es="a {b}")
FIRST = Text(en="from the first step", es="del primer paso")
LAST = Text(en="to the last one", es="al último")
SUBTITLE = Text(
    en="{n} {who}: {m} have arrived, {o} are still open · median {median} ({interval})",
    es="{n} {who}: {m} han llegado, {o} siguen en curso · mediana {median} ({interval})",
)
FOOT = Text(
    en="Share that has arrived by then, with its 95% interval. Open ones count for as long as "
    "they have been on the way (Kaplan–Meier). Time is drawn by its square root.",
    es="Parte que ya ha llegado, con su intervalo del 95 %. Los que siguen en curso cuentan "
    "mientras llevan en camino (Kaplan–Meier). El tiempo se dibuja por su raíz cuadrada.",
)
_WIDE, _HIGH, _AXIS = 1000.0, 320.0, 52.0
_TICKS = (60, 600, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 14 * 86400, 30 * 86400,
          60 * 86400, 90 * 86400, 180 * 86400, 365 * 86400, 730 * 86400)  # fmt: skip


def arrival_picture(found: Durations, *, language: Language) -> str:
    """Return the curve as SVG."""
    begins = FROM.say(language).format(a=found.source) if found.source else FIRST.say(language)
    ends = TO.say(language).format(b=found.target) if found.target else LAST.say(language)
    title = TITLE.say(language).format(a=begins, b=ends)
    sheet = Sheet(_WIDE, language, title)
    if not found.people:
        return sheet.empty()
    said = SUBTITLE.say(language).format(
        n=number(found.people, language), who=called(found.per, found.people, language),
        m=number(found.arrived.n, language), o=number(found.open, language),
        median=duration(found.median_s, language),
        interval=low_to_high(
            duration(found.median_low_s, language), duration(found.median_high_s, language),
            UNKNOWN,
        ).say(language),
    )  # fmt: skip
    sheet.head(said)
    most = max((point.after_s for point in found.curve), default=0) or 1.0
    _axes(sheet, most)
    if found.curve:
        _curve(sheet, found.curve, most)
    sheet.top += _HIGH + 24
    sheet.foot(FOOT.say(language))
    return sheet.svg(said)


def _x(seconds: float, most: float) -> float:
    return MARGIN + _AXIS + float((max(seconds, 0) / most) ** 0.5) * (_WIDE - 2 * MARGIN - _AXIS)


def _axes(sheet: Sheet, most: float) -> None:
    left, right, bottom = MARGIN + _AXIS, _WIDE - MARGIN, sheet.top + _HIGH
    for quarter in range(5):
        y = bottom - _HIGH * quarter / 4
        sheet.canvas.line((left, y), (right, y), stroke=HAIRLINE)
        words = percent(quarter / 4, sheet.language)
        sheet.canvas.text(left - 10, y + 4, words, NOTE, anchor="end")
    last = left - 30
    for tick in _TICKS:
        x = _x(tick, most)
        if tick <= most and x - last > 70 and x < right - 10:
            sheet.canvas.line((x, bottom), (x, bottom + 5), stroke=INK)
            sheet.canvas.text(x, bottom + 20, duration(tick, sheet.language), NOTE, anchor="middle")
            last = x


def _curve(sheet: Sheet, curve: tuple[Point, ...], most: float) -> None:
    bottom = sheet.top + _HIGH

    def y(share: float) -> float:
        return bottom - _HIGH * share

    def stairs(values: list[float]) -> list[tuple[float, float]]:
        corners = [(_x(0, most), y(0))]
        for point, value in zip(curve, values, strict=True):
            x = _x(point.after_s, most)
            corners += [(x, corners[-1][1]), (x, y(value))]
        return corners

    def drawn(corners: list[tuple[float, float]]) -> str:
        return "L".join(f"{written(a)} {written(b)}" for a, b in corners)

    high, low = stairs([p.high for p in curve]), stairs([p.low for p in curve])
    sheet.canvas.path(f"M{drawn(high)}L{drawn(low[::-1])}Z", fill=COMPANY, opacity=0.14)
    sheet.canvas.path(f"M{drawn(stairs([p.arrived for p in curve]))}", stroke=COMPANY, width=2.2)
    median = next((p for p in curve if p.arrived >= 0.5), None)
    if median:
        x = _x(median.after_s, most)
        sheet.canvas.line((x, y(0.5)), (x, bottom), stroke=INK, dash="3 3")
        right = x > _WIDE / 2
        sheet.canvas.text(
            x + (-8 if right else 8), bottom - 10, duration(median.after_s, sheet.language),
            FIGURE, anchor="end" if right else "start",
        )  # fmt: skip
