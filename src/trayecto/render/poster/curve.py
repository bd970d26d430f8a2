"""The emotion curve: how customers should feel, and how they say they felt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from trayecto.contrast.measured import TouchpointMeasure
from trayecto.maps.document import Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import BAD, BAND, GOOD, HAIRLINE, INK, NEUTRAL, PAPER, SOFT, felt
from trayecto.render.poster import evidence
from trayecto.render.poster.evidence import level_words
from trayecto.render.poster.lanes import BOLT_MARK, STAR_MARK, Lane
from trayecto.render.poster.more_lines import MoreLine, more_lines
from trayecto.render.poster.rows import NOTE
from trayecto.render.poster.scene import COLUMNS_LEFT, LABELS_WIDE, RIGHT, Scene, System
from trayecto.render.smooth import XY, areas_of, line_of, ribbon_of, samples
from trayecto.render.svg import Box, Canvas, Style, box_of, written
from trayecto.vocabulary.estimate import Estimate

__all__ = ["emotion_lanes", "felt_words", "has_lane", "level_words", "nobody_said"]

_START = COLUMNS_LEFT - 6
_MARGIN = 22.0
"""Room above +2 and below −2 for words and marks."""
_WORD = Style(11, SOFT, italic=True)
_DASH = "5 5"


@dataclass(frozen=True, slots=True)
class _Point:
    """A touchpoint on the curve: where it stands, what was expected and what was felt."""

    x: float
    touchpoint: Touchpoint
    measure: TouchpointMeasure | None = None

    @property
    def felt(self) -> Estimate | None:
        """Return what people said they felt."""
        return self.measure.felt if self.measure else None

    @property
    def hint(self) -> float | None:
        """Return what only behaviour hints at, where it is worth a mark."""
        seen = self.measure if self.touchpoint.side != "back" else None
        return evidence.hint(seen) if seen else None

    @property
    def expected(self) -> float | None:
        emotion = self.touchpoint.emotion
        return None if emotion is None else _held(emotion.level)

    @property
    def level(self) -> float | None:
        """Return the level felt, or None where nobody said: silence is not neutral."""
        value = self.felt.value if self.felt else None
        return None if value is None else _held(value)


def _held(level: float) -> float:
    return max(-1.0, min(1.0, level))


def emotion_lanes(scene: Scene, systems: Sequence[System], *, height: float) -> list[Lane | None]:
    """Return the emotion lane of each row of stages; the lines run on from row to row."""
    points = [_points(scene, system) for system in systems]
    if not has_lane(scene):
        return [None] * len(systems)
    lanes: list[Lane | None] = []
    for place, row in enumerate(points):
        before = [point for earlier in points[:place] for point in earlier]
        after = [point for later in points[place + 1 :] for point in later]
        lanes.append(_lane(scene, row, before=before, after=after, height=height))
    return lanes


def has_lane(scene: Scene) -> bool:
    """Tell whether any feeling is drawn: expected, said, or in another line."""
    drawn = any(t.emotion is not None for t in scene.map.touchpoints())
    said = any(measure.felt.value is not None for measure in scene.touchpoints.values())
    return drawn or said or bool(more_lines(scene))


def nobody_said(scene: Scene) -> bool:
    """Tell whether a measured map has no measured emotion at all."""
    return scene.measured is not None and all(
        measure.felt.value is None for measure in scene.touchpoints.values()
    )


def _points(scene: Scene, system: System) -> list[_Point]:
    points = []
    for slot in system.slots():
        if slot.touchpoint:
            measure = scene.touchpoints.get(slot.touchpoint.id)
            point = _Point(slot.x, slot.touchpoint, measure)
            # Nobody can say how they felt about a step they do not see: no silence there.
            if not slot.back or point.expected is not None or point.level is not None:
                points.append(point)
    return points


def _lane(
    scene: Scene,
    row: list[_Point],
    *,
    before: list[_Point],
    after: list[_Point],
    height: float,
) -> Lane:
    def draw(canvas: Canvas, top: float) -> None:
        scale = _Scale(top + _MARGIN, top + height - _MARGIN)
        _axis(canvas, scale)
        expected = _expected_line(row, before, after, scale)
        runs = _felt_runs(row, before, after, scale)
        field_ = _Room(Box(_START + 2, top, RIGHT, top + height))
        neutral = [(_START, scale.y(0)), (RIGHT, scale.y(0))]
        more = [(line, _along(row, line, scale)) for line in more_lines(scene)]
        felt_lines = [[(x, y) for x, y, _, _ in run] for run in runs]
        for points in (neutral, expected, *felt_lines, *(points for _, points in more)):
            field_.keep_off(points)
        _draw_feeling(canvas, runs, expected, floor=scale.y(0), measured=scene.measured is not None)
        for line, points in more:
            with canvas.group(data_layer="expected"):
                line.draw(canvas, points)
            field_.taken += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in points]
        _draw_lines(canvas, expected, runs, designed=scene.measured is None)
        _draw_points(canvas, scene, row, scale=scale, room=field_)

    note = w.FELT_AND_EXPECTED if scene.measured else w.EXPECTED_FEELING
    if nobody_said(scene):
        note = w.ONLY_HINTS if any(point.hint is not None for point in row) else w.NOBODY_SAID
    return Lane(
        scene.say(w.EMOTION),
        scene.say(note),
        height,
        draw,
        elastic=True,
        label_wide=LABELS_WIDE - 18,
        layers=("expected", "measured") if scene.measured else (),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a level in [−1, 1] to a height on the sheet."""

    top: float
    bottom: float

    def y(self, level: float) -> float:
        return self.top + (1 - level) / 2 * (self.bottom - self.top)


def _axis(canvas: Canvas, scale: _Scale) -> None:
    """Draw −2, the neutral line and +2."""
    for level, name in ((1.0, "+2"), (0.0, "0"), (-1.0, "−2")):
        y = scale.y(level)
        canvas.text(_START - 8, y + 4, name, NOTE, anchor="end")
        if level:
            canvas.line((_START, y), (RIGHT, y), stroke=HAIRLINE, dash="2 5")
        else:
            canvas.line((_START, y), (RIGHT, y), stroke=NEUTRAL, width=0.8)


def _expected_line(
    row: list[_Point], before: list[_Point], after: list[_Point], scale: _Scale
) -> list[XY]:
    """Return the expected line through the points that have one, run on to the edges."""
    known = [(p.x, p.expected) for p in row if p.expected is not None]
    ahead = next((p.expected for p in after if p.expected is not None), None)
    behind = next((p.expected for p in reversed(before) if p.expected is not None), None)
    if known and behind is not None:
        known.insert(0, (_START, (behind + known[0][1]) / 2))
    if known and ahead is not None:
        known.append((RIGHT, (known[-1][1] + ahead) / 2))
    return [(x, scale.y(level)) for x, level in known]


def _along(row: list[_Point], line: MoreLine, scale: _Scale) -> list[XY]:
    """Return the points of one of the other lines."""
    return [
        (point.x, scale.y(_held(line.levels[point.touchpoint.id])))
        for point in row
        if point.touchpoint.id in line.levels
    ]


Run = list[tuple[float, float, float, float]]
"""Points of a measured line: x, y, and the y of both ends of the interval."""


def _felt_runs(
    row: list[_Point], before: list[_Point], after: list[_Point], scale: _Scale
) -> list[Run]:
    """Return the unbroken pieces of the measured line: it breaks where nobody said."""
    runs: list[Run] = []
    for heard, points in groupby(row, key=lambda point: point.level is not None):
        if heard:
            runs.append([_measured(point.x, point, scale) for point in points])
    if runs and before and before[-1].level is not None and row[0].level is not None:
        runs[0].insert(0, _between(_START, runs[0][0], _measured(0, before[-1], scale)))
    if runs and after and after[0].level is not None and row[-1].level is not None:
        runs[-1].append(_between(RIGHT, runs[-1][-1], _measured(0, after[0], scale)))
    return runs


def _measured(x: float, point: _Point, scale: _Scale) -> tuple[float, float, float, float]:
    level = point.level or 0.0
    low = point.felt.low if point.felt and point.felt.low is not None else level
    high = point.felt.high if point.felt and point.felt.high is not None else level
    return x, scale.y(level), scale.y(_held(high)), scale.y(_held(low))


def _between(
    x: float, one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return x, (one[1] + other[1]) / 2, (one[2] + other[2]) / 2, (one[3] + other[3]) / 2


def _draw_feeling(
    canvas: Canvas, runs: list[Run], expected: list[XY], *, floor: float, measured: bool
) -> None:
    """Tint what lies between the line and neutral: the measured line, or a designed map's own."""
    lines = [[(x, y) for x, y, _, _ in run] for run in runs] if measured else [expected]
    with canvas.group(data_layer="measured" if measured else "expected"):
        for line in lines:
            if len(line) > 1:
                above, below = areas_of(line, floor)
                canvas.path(above, fill=GOOD, opacity=0.08)
                canvas.path(below, fill=BAD, opacity=0.1)


def _draw_lines(canvas: Canvas, expected: list[XY], runs: list[Run], *, designed: bool) -> None:
    if runs:
        with canvas.group(data_layer="measured"), canvas.group(data_layer="evidence"):
            for run in runs:
                _draw_interval(canvas, run)
    if len(expected) > 1:
        with canvas.group(data_layer="expected"):
            canvas.path(
                line_of(expected), stroke=SOFT if designed else NEUTRAL, dash=_DASH,
                width=1.8 if designed else 1.5,
            )  # fmt: skip
    if runs:
        with canvas.group(data_layer="measured"):
            for run in runs:
                if len(run) > 1:
                    canvas.path(line_of([(x, y) for x, y, _, _ in run]), stroke=INK, width=2.4)


def _draw_interval(canvas: Canvas, run: Run) -> None:
    """Draw between what the level of each point lies, with 95 % confidence."""
    if len(run) > 1:
        band = ribbon_of([(x, a) for x, _, a, _ in run], [(x, b) for x, _, _, b in run])
        canvas.path(band, fill=INK, opacity=0.09)
    else:
        x, _, high, low = run[0]
        canvas.path(f"M{written(x)} {written(high)}V{written(low)}", stroke=BAND, width=10)


@dataclass(slots=True)
class _Room:
    """What is taken on the lane, so that words find a free place."""

    bounds: Box
    taken: list[Box] = field(default_factory=list)
    _lines: list[dict[int, tuple[float, float]]] = field(default_factory=list)

    def keep_off(self, line: list[XY]) -> None:
        """Remember where a line runs, in steps of 8 px."""
        reach: dict[int, tuple[float, float]] = {}
        for x, y in samples(line):
            step = int(x // 8)
            low, high = reach.get(step, (y, y))
            reach[step] = (min(low, y), max(high, y))
        self._lines.append(reach)

    def free(self, box: Box) -> bool:
        """Tell whether a box meets nothing: no words, no mark, no line, no edge."""
        b = self.bounds
        if box.left < b.left or box.right > b.right or box.top < b.top or box.bottom > b.bottom:
            return False
        if any(box.meets(other, gap=2.5) for other in self.taken):
            return False
        steps = range(int(box.left // 8), int(box.right // 8) + 1)
        crossed = (line[step] for line in self._lines for step in steps if step in line)
        return not any(low - 3 < box.bottom and box.top < high + 3 for low, high in crossed)


def _around(x: float, y: float, *, upward: bool) -> Iterable[tuple[float, float]]:
    """Give the places to try for the middle of a label, the nearest first."""
    sign = -1 if upward else 1
    for away in (15, 21, 28, 36, 46):
        yield x, y + sign * away
    for away in (15, 21, 28, 36, 46):
        yield x, y - sign * away


def _draw_points(
    canvas: Canvas, scene: Scene, row: list[_Point], *, scale: _Scale, room: _Room
) -> None:
    for point in row:
        for level in (point.level, point.expected, point.hint):
            if level is not None:
                y = scale.y(level)
                room.taken.append(Box(point.x - 6, y - 6, point.x + 6, y + 6))
    for point in row:
        _draw_mark(canvas, point, scale=scale, room=room)
    for point in row:
        with canvas.group(title=_title(scene, point), data_emotion=point.touchpoint.id):
            _draw_dots(canvas, scene, point, scale=scale)
            _draw_unsaid(canvas, scene, point, scale=scale, room=room)
    if scene.measured:
        for point in row:
            if point.level is not None and point.felt:
                words = f"n {scene.count(point.felt.n)}"
                with canvas.group(data_layer="measured"), canvas.group(data_layer="evidence"):
                    _place(canvas, words, NOTE, point=(point.x, scale.y(point.level)),
                           upward=point.level >= 0, room=room)  # fmt: skip
    for point in row:
        if point.touchpoint.emotion and point.expected is not None:
            words = scene.say(point.touchpoint.emotion.word)
            with canvas.group(data_layer="expected"):
                _place(canvas, words, _WORD, point=(point.x, scale.y(point.expected)),
                       upward=point.expected >= 0, room=room)  # fmt: skip


def _place(
    canvas: Canvas, words: str, style: Style, *, point: XY, upward: bool, room: _Room
) -> None:
    """Write words near their point where they meet nothing; else leave them to the table."""
    if not words:
        return
    half = style.wide(words) / 2
    for x, y in _around(*point, upward=upward):
        x = min(max(x, room.bounds.left + half), room.bounds.right - half)
        box = box_of(x, y + 4, words, style, anchor="middle")
        if room.free(box):
            canvas.text(x, y + 4, words, style, anchor="middle")
            room.taken.append(box)
            return


def _draw_mark(canvas: Canvas, point: _Point, *, scale: _Scale, room: _Room) -> None:
    """Draw the star above its point, the bolt below it, or on the other side where it is full."""
    moment = point.touchpoint.moment
    if moment is None:
        return
    truth = moment.kind == "truth"
    level = point.level if point.level is not None else point.expected
    y = scale.y(level or 0.0)
    places = list(_around(point.x, y, upward=truth))[1:]
    for x, middle in places:
        box = Box(x - 8, middle - 8, x + 8, middle + 8)
        if room.free(box):
            break
    else:
        x, middle = places[0]
        box = Box(x - 8, middle - 8, x + 8, middle + 8)
    (STAR_MARK if truth else BOLT_MARK).draw(canvas, (x, middle))
    room.taken.append(box)


def _draw_dots(canvas: Canvas, scene: Scene, point: _Point, *, scale: _Scale) -> None:
    if point.expected is not None:
        at = (point.x, scale.y(point.expected))
        # Whoever moves the point by hand needs its level, and where +2 and −2 lie.
        with canvas.group(
            data_expected=point.touchpoint.id, data_layer="expected",
            data_name=scene.say(point.touchpoint.name),
            data_level=point.expected * 2, data_top=scale.y(1), data_bottom=scale.y(-1),
        ):  # fmt: skip
            if scene.measured is None:
                canvas.circle(at, 5.5, fill=PAPER, stroke=felt(point.expected), width=2)
            else:
                canvas.circle(at, 3, fill=PAPER, stroke=NEUTRAL, width=1.4)
    if point.level is not None:
        at = (point.x, scale.y(point.level))
        words_alone = point.measure is not None and evidence.by_words_alone(point.measure)
        with canvas.group(data_layer="measured"):
            evidence.draw_point(canvas, at, colour=felt(point.level), words_alone=words_alone)


def _draw_unsaid(
    canvas: Canvas, scene: Scene, point: _Point, *, scale: _Scale, room: _Room
) -> None:
    """Draw what is known where people did not say enough: too few of them, or behaviour alone."""
    few = point.measure if point.measure and evidence.too_few(point.measure) else None
    if point.hint is None and few is None:
        return
    with canvas.group(data_layer="measured"), canvas.group(data_layer="evidence"):
        if point.hint is not None:
            evidence.draw_hint(canvas, (point.x, scale.y(point.hint)), level=point.hint)
        if few is None:
            return
        y = room.bounds.bottom - 9
        words = f"n {scene.count(few.felt.n)}"
        evidence.draw_few(canvas, (point.x, y))
        canvas.text(point.x + 8, y + 4, words, NOTE)
        room.taken.append(Box(point.x - 5, y - 6, point.x + 10 + NOTE.wide(words), y + 6))


def _title(scene: Scene, point: _Point) -> str:
    """Return what the point says in words, on the scale from −2 to +2."""
    told = [scene.say(point.touchpoint.name)]
    if point.measure:
        told.append(f"{scene.say(w.MEASURED)} {felt_words(scene, point.measure.felt)}")
        told += evidence.told(scene, point.measure)
    if point.expected is not None:
        told.append(f"{scene.say(w.EXPECTED_FEELING)} {level_words(scene, point.expected)}")
    return " · ".join(told)


def felt_words(scene: Scene, felt: Estimate) -> str:
    """Return a measured level with its interval and n."""
    if felt.value is None:
        return f"{scene.count(None)} (n {scene.count(felt.n)})"
    ends = f"{level_words(scene, felt.low)}…{level_words(scene, felt.high)}"
    return f"{level_words(scene, felt.value)} ({ends}, n {scene.count(felt.n)})"
