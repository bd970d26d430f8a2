"""The foot of the picture: what to look at first, how to read it, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import Measured
from trayecto.render import words as w
from trayecto.render.icons import BULB, FORK, draw_icon
from trayecto.render.palette import (
    BAD,
    BEIGE,
    CARD,
    COMPANY,
    CUSTOMER,
    HAIRLINE,
    INK,
    NEUTRAL,
    PAPER,
    SOFT,
)
from trayecto.render.poster import evidence
from trayecto.render.poster.curve import has_lane, nobody_said
from trayecto.render.poster.lanes import BOLT_MARK, STAR_MARK
from trayecto.render.poster.more_lines import MoreLine, as_is_and_to_be, more_lines
from trayecto.render.poster.rows import BODY_SOFT, NOTE, Row, draw, gap, heading, height, paragraph
from trayecto.render.poster.scene import (
    COLUMNS_LEFT,
    LABELS_WIDE,
    LEFT,
    RIGHT,
    Scene,
    placeless_undrawn,
    shown_undrawn,
)
from trayecto.render.poster.touchpoints import people
from trayecto.render.svg import Box, Canvas, Style
from trayecto.vocabulary.text import Text, same

_SHOWN = 3
_NUMBER = Style(30, weight=600)
_HEADLINE = Style(13, weight=600)
_STRIP_NAME = Style(13, weight=600)
_WORDMARK = Style(13, weight=600)
_FOOT_WIDE = 1380.0


def draw_findings(canvas: Canvas, scene: Scene, findings: Sequence[Finding], top: float) -> float:
    """Draw the first findings as a strip, and return where it ends."""
    shown = findings[:_SHOWN]
    if not shown:
        return top
    canvas.line((LEFT, top), (RIGHT, top), stroke=INK, width=1.2)
    top += 18
    draw(canvas, LEFT, top, paragraph(scene.say(w.LOOK_FIRST), _STRIP_NAME, LABELS_WIDE))
    wide = (RIGHT - COLUMNS_LEFT) / _SHOWN
    bottoms = [top + 34]
    for place, finding in enumerate(shown):
        x = COLUMNS_LEFT + place * wide
        style = Style(_NUMBER.size, BAD if place == 0 else NEUTRAL, weight=600)
        canvas.text(x, top + 24, str(place + 1), style)
        rows = _finding_rows(scene, finding, wide - 30 - 28)
        draw(canvas, x + 30, top, rows)
        bottoms.append(top + height(rows))
    return max(bottoms) + 22


def affects(scene: Scene, finding: Finding) -> str:
    """Return whom a finding is about, by the unit it counts: people, or journeys by their name."""
    n, whom = finding.people, people(scene, finding.people)
    if finding.of == "journeys":
        whom = f"{scene.count(n)} {scene.say(scene.map.journeys.called(n))}"
    return scene.say(w.TOUCHES, people=whom)


def _finding_rows(scene: Scene, finding: Finding, wide: float) -> list[Row]:
    rows = heading(scene.say(finding.headline), _HEADLINE, wide)
    rows += [gap(2), *paragraph(scene.say(finding.detail), BODY_SOFT, wide)]
    if finding.people:
        touched = affects(scene, finding)
        rows += paragraph(touched, NOTE, wide)
    return rows


@dataclass(frozen=True, slots=True)
class _Key:
    """One sign and its word."""

    words: Text
    draw: Callable[[Canvas, float, float], None]
    wide: float = 20.0


def draw_legend(canvas: Canvas, scene: Scene, top: float) -> float:
    """Draw the signs this picture uses, each with its word, and return where it ends."""
    keys = _keys(scene)
    if not keys:
        return top
    canvas.line((LEFT, top), (RIGHT, top), stroke=HAIRLINE)
    canvas.text(LEFT, top + 22, scene.say(w.LEGEND), Style(11, SOFT, weight=600))
    x, y = COLUMNS_LEFT, top + 18
    for key in keys:
        words = scene.say(key.words)
        whole = key.wide + 6 + NOTE.wide(words)
        if x > COLUMNS_LEFT and x + whole > RIGHT:
            x, y = COLUMNS_LEFT, y + 22
        key.draw(canvas, x, y)
        canvas.text(x + key.wide + 6, y + 4, words, NOTE)
        x += whole + 24
    return y + 18


def _keys(scene: Scene) -> list[_Key]:
    touchpoints = list(scene.map.touchpoints())
    moments = {t.moment.kind for t in touchpoints if t.moment}
    expected = w.KEY_EXPECTED_TO_BE if as_is_and_to_be(scene) else w.KEY_EXPECTED
    felt = any(m.felt.value is not None for m in scene.touchpoints.values())
    told, few, hinted = evidence.any_of(scene) if has_lane(scene) else (False, False, False)
    candidates = (
        (any(t.kind == "communication" for t in touchpoints), _Key(w.KEY_COMMUNICATION, _ring)),
        (any(t.kind == "action" for t in touchpoints), _Key(w.KEY_ACTION, _square)),
        (any(t.initiates == "customer" for t in touchpoints), _Key(w.KEY_CUSTOMER, _customer)),
        (any(t.initiates == "company" for t in touchpoints), _Key(w.KEY_COMPANY, _company)),
        (_any_silent(scene), _Key(w.KEY_UNTOUCHED, _untouched)),
        (bool(shown_undrawn(scene)), _Key(w.KEY_UNDRAWN, _undrawn)),
        (any(t.emotion for t in touchpoints), _Key(expected, _expected, wide=34)),
        (felt, _Key(w.KEY_FELT, _felt, wide=34)),
        (told, _Key(w.KEY_TOLD, _told)),
        (few, _Key(w.KEY_FEW, lambda c, x, y: evidence.draw_few(c, (x + 10, y)))),
        (hinted, _Key(w.KEY_HINT, _hint)),
        ("truth" in moments, _Key(w.KEY_TRUTH, lambda c, x, y: STAR_MARK.draw(c, (x + 10, y)))),
        ("pain" in moments, _Key(w.KEY_PAIN, lambda c, x, y: BOLT_MARK.draw(c, (x + 10, y)))),
        (any(t.vote for t in touchpoints), _Key(w.KEY_VOTE, _fork)),
        (
            any(s.opportunity or s.opportunities for s in scene.map.stages),
            _Key(w.KEY_OPPORTUNITY, _bulb),
        ),
    )
    # Deviations and blueprint draw no more than the touchpoints; their lanes name their own marks.
    only_touchpoints = scene.deviations or scene.view == "blueprint"
    last = 6 if only_touchpoints else len(candidates) - (2 if scene.view == "curve" else 0)
    keys = [key for used, key in candidates[:last] if used]
    if scene.view == "blueprint":
        return keys
    at = next((i + 1 for i, key in enumerate(keys) if key.words == expected), len(keys))
    keys[at:at] = [_line_key(line) for line in more_lines(scene)]
    return keys


def _line_key(line: MoreLine) -> _Key:
    def draw_line(canvas: Canvas, x: float, y: float) -> None:
        canvas.line((x, y), (x + 34, y), stroke=line.stroke, width=1.3, dash=line.dash)
        line.draw_mark(canvas, (x + 17, y))

    return _Key(same(line.name), draw_line, wide=34)


def _any_silent(scene: Scene) -> bool:
    measured = scene.measured
    return measured is not None and bool(measured.untouched or measured.unseen or measured.unbound)


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle((x + 10, y), 7, fill=CARD, stroke=SOFT, width=1.8)


def _square(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(Box(x + 4, y - 6, x + 16, y + 6), fill=CARD, stroke=SOFT, width=1.8, radius=3)


def _customer(canvas: Canvas, x: float, y: float) -> None:
    canvas.line((x + 2, y), (x + 18, y), stroke=CUSTOMER, width=3, cap="round")


def _company(canvas: Canvas, x: float, y: float) -> None:
    canvas.line((x + 2, y), (x + 18, y), stroke=COMPANY, width=3, cap="round")


def _untouched(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle((x + 10, y), 7, fill=CARD, stroke=NEUTRAL, width=1.8, dash="3 3")


def _undrawn(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle((x + 10, y), 7, fill=CARD, stroke=BAD, width=1.8, dash="3 3")


def _expected(canvas: Canvas, x: float, y: float) -> None:
    canvas.line((x, y), (x + 34, y), stroke=NEUTRAL, width=1.6, dash="5 4")
    canvas.circle((x + 17, y), 3.5, fill=PAPER, stroke=NEUTRAL, width=1.4)


def _felt(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(Box(x, y - 6, x + 34, y + 6), fill=BEIGE, radius=2)
    canvas.line((x, y), (x + 34, y), stroke=INK, width=2.2)
    canvas.circle((x + 17, y), 4.5, fill=INK, stroke=PAPER, width=1.5)


def _told(canvas: Canvas, x: float, y: float) -> None:
    evidence.draw_point(canvas, (x + 10, y), colour=INK, words_alone=True)


def _hint(canvas: Canvas, x: float, y: float) -> None:
    evidence.draw_hint(canvas, (x + 10, y), level=-1.0)


def _fork(canvas: Canvas, x: float, y: float) -> None:
    draw_icon(canvas, FORK, (x + 10, y))


def _bulb(canvas: Canvas, x: float, y: float) -> None:
    draw_icon(canvas, BULB, (x + 10, y), scale=0.9)


def foot_rows(scene: Scene) -> list[Row]:
    """Return what the picture rests on, in words."""
    measured = scene.measured
    told = [scene.say(w.HYPOTHESIS)] if measured is None else _rests_on(scene, measured)
    return paragraph(" · ".join(told), NOTE, _FOOT_WIDE)


def _rests_on(scene: Scene, measured: Measured) -> list[str]:
    coverage, totals = measured.coverage, measured.totals
    sources = w.listed(list(measured.sources), scene.language) or scene.say(w.ALL_SOURCES)
    told = [
        _period(scene, measured),
        scene.say(w.INTERACTIONS_FROM, n=scene.count(coverage.interactions), sources=sources),
    ]
    if totals.journeys:
        share = scene.share(coverage.undrawn / coverage.interactions)
        told.append(scene.say(w.OFF_THE_MAP, share=share))
    told.append(scene.say(w.INTERVALS))
    told += [words for words in (evidence.kinds_of_evidence(scene),) if words]
    told.append(scene.say(w.FEWER_UNKNOWN, n=scene.count(measured.minimum)))
    if totals.journeys:
        # Where none began, noughts would say that there were none.
        noun = scene.say(scene.map.journeys.called(totals.still_open))
        told.append(scene.say(w.OPEN_NOT_LEFT, n=scene.count(totals.still_open), noun=noun))
    without = [
        f"{scene.node(node.touchpoint)} ({node.people})" for node in placeless_undrawn(scene)
    ]
    if without:
        told.append(scene.say(w.NO_PLACE, names=w.listed(without, scene.language)))
    if nobody_said(scene) and not any(t.emotion for t in scene.map.touchpoints()):
        told.append(scene.say(w.NOBODY_SAID_AT_ALL))
    return told


def _period(scene: Scene, measured: Measured) -> str:
    if measured.since is None or measured.until is None:
        return scene.say(w.MEASURED_ALL)
    since = w.day(measured.since.date(), scene.language)
    until = w.day(measured.until.date(), scene.language)
    return scene.say(w.MEASURED_FROM_TO, since=since, until=until)


def draw_foot(canvas: Canvas, rows: list[Row], top: float) -> None:
    """Draw the last words, and whose picture it is."""
    canvas.line((LEFT, top), (RIGHT, top), stroke=HAIRLINE)
    draw(canvas, LEFT, top + 16, rows)
    canvas.text(RIGHT, top + 16 + 12, "trayecto", _WORDMARK, anchor="end")
