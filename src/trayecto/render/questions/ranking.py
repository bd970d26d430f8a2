"""Answers that rank things as pictures: a bar each, its interval on it, its figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from trayecto.journeys.answers import Variants
from trayecto.journeys.answers_people import Comparison, Exits, Influence, Members
from trayecto.journeys.answers_ways import Sessions
from trayecto.journeys.moods import Moods
from trayecto.render.palette import BEIGE, COMPANY, HAIRLINE, INK, SOFT
from trayecto.render.questions import ranking_words as w
from trayecto.render.questions.sheet import FIGURE, MARGIN, NAME, NOTE, PEOPLE, Sheet, called
from trayecto.render.svg import Anchor, Box
from trayecto.render.type import wrap
from trayecto.vocabulary.text import Language, Text, duration, number, percent

_WIDE, _FIGURES, _BAR, _LISTED = 1000.0, 300.0, 12.0, 25
_LEAST_P = 0.0001


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing: how long its bar is, between which ends it surely lies, and what to say of it."""

    name: str
    value: float | None
    figures: str
    low: float | None = None
    high: float | None = None
    faint: bool = False


def variants_picture(found: Variants, *, language: Language) -> str:
    """Return the commonest whole paths as SVG, each with its share and the share so far."""
    sheet = Sheet(_WIDE, language, w.VARIANTS.say(language))
    if not found.journeys:
        return sheet.empty()
    bars, so_far = [], 0
    for variant in found.listed:
        so_far += variant.count
        shares = [
            percent(n / found.journeys, language, decimals=1) for n in (variant.count, so_far)
        ]
        figures = w.VARIANT_FIGURES.say(language).format(
            n=number(variant.count, language), share=shares[0], so_far=shares[1]
        )
        bars.append(Bar(" → ".join(variant.path), variant.count / found.journeys, figures))
    said = w.VARIANTS_SUBTITLE.say(language).format(
        n=number(found.journeys, language), who=called(found.per, found.journeys, language),
        m=number(found.total, language),
    )  # fmt: skip
    return _ranked(sheet, said, bars, w.VARIANTS_FOOT, more=found.total - len(bars))


def sessions_picture(found: Sessions, *, language: Language) -> str:
    """Return where sessions begin as SVG, with how many end there too."""
    sheet = Sheet(_WIDE, language, w.SESSIONS.say(language))
    if not found.sessions:
        return sheet.empty()
    _, doors = found.as_rows()
    bars = []
    for name, begin, end in doors:
        figures = w.SESSION_FIGURES.say(language).format(
            begin=percent(begin / found.sessions, language, decimals=1),
            end=percent(end / found.sessions, language, decimals=1),
        )
        bars.append(Bar(name, begin / found.sessions, figures))
    said = w.SESSIONS_SUBTITLE.say(language).format(
        n=number(found.sessions, language), m=number(found.people, language),
        who=called(found.per, found.people, language), gap=duration(found.gap_s, language),
        steps=number(found.median_steps, language), time=duration(found.median_s, language),
        one=percent(found.of_one_step / found.sessions, language, decimals=1),
    )  # fmt: skip
    return _ranked(sheet, said, bars, w.SESSIONS_FOOT)


def exits_picture(found: Exits, *, language: Language) -> str:
    """Return where people leave as SVG: the part of who met each node, with its interval."""
    sheet = Sheet(_WIDE, language, w.EXITS.say(language))
    if not found.people:
        return sheet.empty()
    bars = [
        Bar(
            node.name, node.share,
            w.EXIT_FIGURES.say(language).format(
                share=percent(node.share, language, decimals=1),
                left=number(node.left, language), people=number(node.people, language),
                time=duration(node.median_s, language),
            ),
            node.low, node.high,
        )
        for node in found.nodes
    ]  # fmt: skip
    said = w.EXITS_SUBTITLE.say(language).format(
        n=number(found.people, language), left=number(found.left, language),
        open=number(found.open, language), who=called(found.per, found.people, language),
        silence=duration(found.silence_s, language),
    )  # fmt: skip
    return _ranked(sheet, said, bars, w.EXITS_FOOT)


def influence_picture(found: Influence, *, language: Language) -> str:
    """Return what leads to a goal as SVG: what would be lost without each node."""
    sheet = Sheet(_WIDE, language, w.INFLUENCE.say(language).format(goal=found.goal))
    if not found.conversions:
        return sheet.empty()
    # Who leads nobody to the goal, by any way of counting, has no bar.
    led = [c for c in found.credits if c.removal_effect or c.first or c.last or c.shapley]
    bars = [
        Bar(
            credit.name, credit.removal_effect,
            w.CREDIT_FIGURES.say(language).format(
                lost=percent(credit.removal_effect, language, decimals=1),
                first=number(credit.first, language), last=number(credit.last, language),
                shapley=number(credit.shapley, language, decimals=1),
            ),
        )
        for credit in led
    ]  # fmt: skip
    said = w.INFLUENCE_SUBTITLE.say(language).format(
        n=number(found.conversions, language), m=number(found.journeys, language),
        who=called(found.per, found.journeys, language), direct=number(found.direct, language),
    )  # fmt: skip
    more = len(found.credits) - len(led)
    return _ranked(sheet, said, bars, w.INFLUENCE_FOOT, more=more)


def comparison_picture(found: Comparison, *, language: Language) -> str:
    """Return what differs between two segments as SVG: each difference with its interval."""
    title = w.COMPARISON.say(language).format(first=found.first, second=found.second)
    sheet = Sheet(_WIDE, language, title)
    if not (found.first_people and found.second_people):
        return sheet.empty()
    bars = [
        Bar(
            one.name, one.difference,
            w.DIFFERENCE_FIGURES.say(language).format(
                first=percent(one.first, language, decimals=1),
                second=percent(one.second, language, decimals=1),
                p=_chance(one.p, language),
            ),
            one.low, one.high, faint=not one.differs,
        )
        for one in found.differences
    ]  # fmt: skip
    said = w.COMPARISON_SUBTITLE.say(language).format(
        n=number(found.first_people, language), m=number(found.second_people, language),
        who=PEOPLE[found.per].say(language), differ=number(
            sum(one.differs for one in found.differences), language),
        all=number(len(found.differences), language),
    )  # fmt: skip
    return _ranked(sheet, said, bars, w.COMPARISON_FOOT)


def _chance(p: float | None, language: Language) -> str:
    """Return how often chance alone would make such a difference; it is never zero."""
    if p is not None and p < _LEAST_P:
        return f"< {number(_LEAST_P, language, decimals=4)}"
    return number(p, language, decimals=4)


def members_picture(found: Members, *, language: Language) -> str:
    """Return who was at a node as SVG: how often each; nobody is named."""
    where = found.node if found.then is None else f"{found.node} → {found.then}"
    sheet = Sheet(_WIDE, language, w.MEMBERS.say(language).format(node=where))
    if not found.people:
        return sheet.empty()
    most = max((member.times for member in found.listed), default=1)
    bars = [
        Bar(
            str(member.subject), member.times / most,
            w.MEMBER_FIGURES.say(language).format(
                n=number(member.times, language),
                since=f"{member.first_at:%Y-%m-%d}", until=f"{member.last_at:%Y-%m-%d}",
            ),
        )
        for member in found.listed
    ]  # fmt: skip
    said = w.MEMBERS_SUBTITLE.say(language).format(
        n=number(found.people, language), who=called(found.per, found.people, language)
    )
    return _ranked(sheet, said, bars, w.MEMBERS_FOOT, more=found.people - len(bars))


def moods_picture(found: Moods, *, language: Language) -> str:
    """Return how people felt at each node as SVG: the level with its interval."""
    sheet = Sheet(_WIDE, language, w.MOODS.say(language))
    if not found.nodes:
        return sheet.empty()
    bars = [
        Bar(
            mood.name, mood.level.value,
            w.MOOD_FIGURES.say(language).format(
                level=number(mood.level.value, language, decimals=2),
                n=number(mood.level.n, language),
            ),
            mood.level.low, mood.level.high,
        )
        for mood in found.nodes
    ]  # fmt: skip
    said = w.MOODS_SUBTITLE.say(language).format(
        n=number(len(bars), language), least=number(found.minimum, language)
    )
    return _ranked(sheet, said, bars, w.MOODS_FOOT, as_share=False)


def _ranked(
    sheet: Sheet,
    said: str,
    bars: Sequence[Bar],
    foot: Text,
    *,
    more: int = 0,
    as_share: bool = True,
) -> str:
    """Return the sheet with the first bars on it, and how many there are besides."""
    sheet.head(said)
    shown = bars[:_LISTED]
    scale = _scale(shown)
    _ends(sheet, scale, as_share=as_share)
    for bar in shown:
        _draw(sheet, bar, scale)
    rest = len(bars) - len(shown) + max(more, 0)
    if rest > 0:
        words = w.MORE.say(sheet.language).format(n=number(rest, sheet.language))
        sheet.canvas.text(MARGIN, sheet.top + 12, words, NOTE)
        sheet.top += 20
    sheet.foot(foot.say(sheet.language))
    return sheet.svg(said)


def _scale(bars: Sequence[Bar]) -> tuple[float, float]:
    """Return the ends of the scale: tenths that hold every bar and every interval; zero inside."""
    ends = [v for bar in bars for v in (bar.value, bar.low, bar.high) if v is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    return -ceil(-low * 10) / 10, max(ceil(high * 10) / 10, 0.1)


def _ends(sheet: Sheet, scale: tuple[float, float], *, as_share: bool) -> None:
    """Write at the ends of the scale, and at its zero, how much they are."""
    least, most = scale
    left, right = MARGIN, sheet.wide - MARGIN - _FIGURES
    middle = left + (right - left) * -least / (most - least)
    places: list[tuple[float, float, Anchor]] = [(left, least, "start"), (right, most, "end")]
    for x, value, anchor in [*places, (middle, 0.0, "middle")] if least else places:
        words = (
            percent(value, sheet.language)
            if as_share
            else number(value, sheet.language, decimals=1)
        )
        sheet.canvas.text(x, sheet.top, words, NOTE, anchor=anchor)
    sheet.top += 20


def _draw(sheet: Sheet, bar: Bar, scale: tuple[float, float]) -> None:
    left, right = MARGIN, sheet.wide - MARGIN - _FIGURES
    least, most = scale

    def x(value: float) -> float:
        return left + (right - left) * (value - least) / (most - least)

    canvas = sheet.canvas
    for line in wrap(bar.name, NAME.size, sheet.wide - 2 * MARGIN, weight=600, max_lines=2):
        canvas.text(left, sheet.top + 11, line, NAME)
        sheet.top += 17
    top = sheet.top + 2
    middle = top + _BAR / 2
    canvas.rect(Box(left, top, right, top + _BAR), fill=BEIGE, radius=3)
    if bar.value is not None:
        start, end = sorted((x(0), x(bar.value)))
        tone = SOFT if bar.faint else COMPANY
        canvas.rect(Box(start, top, max(end, start + 1.5), top + _BAR), fill=tone, radius=2)
    if least < 0:
        canvas.line((x(0), top - 2), (x(0), top + _BAR + 2), stroke=INK)
    if bar.low is not None and bar.high is not None:
        a, b = x(bar.low), x(bar.high)
        canvas.line((a, middle), (b, middle), stroke=INK, width=1.4)
        for at in (a, b):
            canvas.line((at, middle - 3.5), (at, middle + 3.5), stroke=INK, width=1.4)
    canvas.text(right + 14, middle + 4, bar.figures, FIGURE)
    sheet.top += _BAR + 16
    canvas.line((left, sheet.top - 5), (sheet.wide - MARGIN, sheet.top - 5), stroke=HAIRLINE)
    sheet.top += 4
