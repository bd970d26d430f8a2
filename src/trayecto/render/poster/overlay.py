"""What the measures add: time in each stage, waits before each step, and who goes on."""

from __future__ import annotations

from trayecto.contrast.measured import Passage, ScoreMeasure, StageMeasure, Times
from trayecto.maps.document import Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import BAD, BEIGE, FAR, INK, NEUTRAL
from trayecto.render.poster.lanes import Lane, list_lane
from trayecto.render.poster.rows import (
    BAD_STRONG,
    BODY,
    NOTE,
    STRONG,
    Row,
    draw,
    gap,
    height,
    joined,
    paragraph,
)
from trayecto.render.poster.scene import Column, Scene, System
from trayecto.render.poster.votes import interval
from trayecto.render.svg import Box, Canvas, Style
from trayecto.render.type import fit
from trayecto.vocabulary.text import duration, number

_BAR = 24.0
_REACH_BAR = 34.0


def time_lane(scene: Scene, system: System) -> Lane | None:
    """Return the time spent in each stage against its target; designed, the target alone."""
    if scene.measured is None:
        return list_lane(
            scene, system, w.TARGET_TIME, rows_of=lambda column: _target_rows(scene, column)
        )
    words = [_time_rows(scene, column) for column in system.columns]
    longest = _longest(scene)

    def draw_times(canvas: Canvas, top: float) -> None:
        for column, rows in zip(system.columns, words, strict=True):
            measure = scene.stages.get(column.stage.id)
            if measure and not column.continued:
                _draw_bar(canvas, column, measure.duration, top, longest=longest)
            draw(canvas, column.left, top + _BAR, rows)

    tallest = _BAR + max(height(rows) for rows in words)
    return Lane(
        scene.say(w.TIME), scene.say(w.TIME_NOTE), tallest, draw_times, layers=("measured",)
    )  # fmt: skip


def _target_rows(scene: Scene, column: Column) -> list[Row]:
    target = column.stage.target
    if target is None or column.continued:
        return []
    return paragraph(duration(target.total_seconds(), scene.language), STRONG, column.reading)


def _longest(scene: Scene) -> float:
    """Return the time the whole scale spans: a far 90th percentile must not flatten the rest."""
    times = [measure.duration for measure in scene.stages.values()]
    near = max(
        (t for time in times for t in (time.median_s.value, time.target_s) if t), default=0.0
    )
    far = max((time.p90_s for time in times if time.p90_s), default=0.0)
    return max(near, min(far, 3 * near) if near else far, 1.0)


def _draw_bar(canvas: Canvas, column: Column, times: Times, top: float, *, longest: float) -> None:
    px = column.wide / longest
    x, y = column.left, top + 10
    if times.p90_s is not None:
        end = min(times.p90_s * px, column.wide)
        canvas.rect(Box(x, y - 1.5, x + end, y + 1.5), fill=FAR, radius=1)
        if times.p90_s * px > column.wide + 0.5:
            # It goes on beyond the scale.
            d = f"M{column.right - 7} {y - 5}l6 5l-6 5"
            canvas.path(d, stroke=NEUTRAL, width=1.6)
    median = times.median_s.value
    if median is not None:
        wide = max(2.0, median * px)
        fill = BAD if times.late else INK
        canvas.rect(Box(x, y - 4.5, x + wide, y + 4.5), fill=fill, radius=2)
    if times.target_s is not None:
        at = x + min(times.target_s * px, column.wide)
        canvas.line((at, y - 9), (at, y + 9), stroke=INK, width=1.6)


def _time_rows(scene: Scene, column: Column) -> list[Row]:
    """Return the figures of a stage's time: median and interval, target, p90 and n."""
    measure = scene.stages.get(column.stage.id)
    if column.continued:
        return []
    if measure is None:
        unknown = paragraph(scene.count(None), STRONG, column.reading)
        return unknown + _promised_rows(scene, column)
    times = measure.duration
    strong = duration(times.median_s.value, scene.language)
    style = BAD_STRONG if times.late else STRONG
    if times.late:
        strong += f" · {scene.say(w.LATE)}"
    rows = _strong_then_soft(strong, style, _time_interval(scene, times), column.reading)
    facts = []
    if times.target_s is not None:
        facts.append(scene.say(w.TARGET, time=duration(times.target_s, scene.language)))
    if times.p90_s is not None:
        facts.append(scene.say(w.P90, time=duration(times.p90_s, scene.language)))
    facts.append(f"n {scene.count(times.median_s.n)}")
    return rows + paragraph(" · ".join(facts), NOTE, column.reading)


def _promised_rows(scene: Scene, column: Column) -> list[Row]:
    """Return what the map promises of a stage that nothing is known of."""
    target = column.stage.target
    if target is None:
        return []
    told = scene.say(w.TARGET, time=duration(target.total_seconds(), scene.language))
    return paragraph(told, NOTE, column.reading)


def _time_interval(scene: Scene, times: Times) -> str:
    low, high = times.median_s.low, times.median_s.high
    if times.median_s.value is None or low is None or high is None:
        return ""
    first, last = duration(low, scene.language), duration(high, scene.language)
    return f"({first})" if first == last else f"({first}–{last})"


def _strong_then_soft(strong: str, style: Style, soft: str, wide: float) -> list[Row]:
    """Return a figure and what qualifies it on one row, or on two where one is too short."""
    if not soft:
        return paragraph(strong, style, wide)
    if style.wide(strong) + NOTE.wide(f" {soft}") <= wide:
        return [Row(((strong, style), (f" {soft}", NOTE)), 16)]
    return paragraph(strong, style, wide) + paragraph(soft, NOTE, wide)


def wait_lane(scene: Scene, system: System) -> Lane | None:
    """Return how long customers wait before each step, against what the map allows."""
    if scene.measured is None:
        return None

    def told(column: Column) -> list[Row]:
        rows: list[Row] = []
        for touchpoint in column.touchpoints():
            rows += _wait_rows(scene, touchpoint, column.reading)
        return rows

    return list_lane(scene, system, w.WAITS, rows_of=told, note=w.WAITS_NOTE, layers=("measured",))


def _wait_rows(scene: Scene, touchpoint: Touchpoint, wide: float) -> list[Row]:
    """Return a name and its wait: only where one is known or was promised."""
    measure = scene.touchpoints.get(touchpoint.id)
    if measure is None or (measure.wait.median_s.value is None and measure.wait.target_s is None):
        return []
    wait = measure.wait
    strong = duration(wait.median_s.value, scene.language)
    if wait.late:
        strong += f" · {scene.say(w.LATE)}"
    allowed = "" if wait.target_s is None else f" ≤ {duration(wait.target_s, scene.language)}"
    style = BAD_STRONG if wait.late else STRONG
    figure = style.wide(strong) + NOTE.wide(allowed)
    name = scene.say(touchpoint.name)
    if BODY.wide(name) > wide - figure - 10 and wide - figure - 10 < 60:
        return [*paragraph(name, BODY, wide), Row(((strong, style), (allowed, NOTE)), 16)]
    name = fit(name, 12, wide - figure - 10)
    return [Row(((f"{name}  ", NOTE), (strong, style), (allowed, NOTE)), 16)]


def score_lane(scene: Scene, system: System) -> Lane | None:
    """Return the satisfaction scores by touchpoint, each on its own declared scale."""

    def told(column: Column) -> list[Row]:
        named = [
            (scene.say(touchpoint.name), score_words(scene, score))
            for touchpoint in column.touchpoints()
            if (measure := scene.touchpoints.get(touchpoint.id))
            for score in measure.scores
        ]
        wide = column.reading
        if all(NOTE.wide(name) + 8 + BODY.wide(words) <= wide for name, words in named):
            return [Row(((f"{name}  ", NOTE), (words, BODY)), 16) for name, words in named]
        # Where one has no room for both on a row, the figures of all stand below their names.
        return joined(
            [paragraph(name, NOTE, wide) + paragraph(words, BODY, wide) for name, words in named],
            between=3,
        )

    return list_lane(
        scene, system, w.SCORES, rows_of=told, note=w.SCORES_NOTE, layers=("measured",)
    )


def score_words(scene: Scene, score: ScoreMeasure) -> str:
    """Return a score with its scale, interval and n."""
    value = score.value
    if value.value is None:
        return f"{score.scale.upper()} {scene.count(None)} · n {scene.count(value.n)}"
    middle, low, high = (
        number(end, scene.language, decimals=1) for end in (value.value, value.low, value.high)
    )
    to = "…" if low.startswith("−") else "–"
    return f"{score.scale.upper()} {middle} ({low}{to}{high}) · n {scene.count(value.n)}"


def reach_lane(scene: Scene, system: System) -> Lane | None:
    """Return how many of all get to each stage, and how many leave there."""
    if scene.measured is None:
        return None
    words = [_reach_rows(scene, column) for column in system.columns]

    def draw_reach(canvas: Canvas, top: float) -> None:
        for column, rows in zip(system.columns, words, strict=True):
            if column.continued:
                continue
            measure = scene.stages.get(column.stage.id)
            floor = top + _REACH_BAR
            canvas.line((column.left, floor), (column.right, floor), stroke=BEIGE)
            share = measure.passage.reach.value if measure else None
            if share:
                tall = max(1.5, _REACH_BAR * min(1.0, share))
                box = Box(column.left, floor - tall, column.right, floor)
                canvas.rect(box, fill=BEIGE, radius=2)
            draw(canvas, column.left, floor, rows)

    tallest = _REACH_BAR + max(height(rows) for rows in words)
    return Lane(
        scene.say(w.REACH), scene.say(w.REACH_NOTE), tallest, draw_reach, layers=("measured",)
    )  # fmt: skip


def _reach_rows(scene: Scene, column: Column) -> list[Row]:
    measure = scene.stages.get(column.stage.id)
    if column.continued:
        return []
    if measure is None:
        return [gap(5), *paragraph(scene.count(None), STRONG, column.reading)]
    passage, wide = measure.passage, column.reading
    here = f"{scene.share(passage.reach.value)} {scene.say(w.GETS_HERE)}"
    gone = f"{scene.share(passage.drop_off.value)} {scene.say(w.GO_AWAY)}"
    worst = _worst(scene)
    style = BAD_STRONG if worst is not None and worst.id == measure.id else STRONG
    rows = [gap(5), *_reach_figures((here, gone), _intervals(scene, passage), style, wide)]
    facts = [f"n {scene.count(passage.drop_off.n)}"]
    if passage.still_open:
        facts.append(scene.say(w.STILL_OPEN, n=scene.count(passage.still_open)))
    return rows + paragraph(" · ".join(facts), NOTE, wide)


def _intervals(scene: Scene, passage: Passage) -> tuple[str, str]:
    return interval(scene, passage.reach), interval(scene, passage.drop_off)


def _reach_figures(
    figures: tuple[str, str], intervals: tuple[str, str], style: Style, wide: float
) -> list[Row]:
    """Return who gets here and who leaves, side by side where there is room."""
    (here, gone), (of_here, of_gone) = figures, intervals
    runs = (
        (here, STRONG),
        (f" {of_here}      ", NOTE),
        (gone, style),
        (f" {of_gone}", NOTE),
    )
    if sum(own.wide(words) for words, own in runs) <= wide:
        return [Row(runs, 17)]
    return [
        *_strong_then_soft(here, STRONG, of_here, wide),
        *_strong_then_soft(gone, style, of_gone, wide),
    ]


def _worst(scene: Scene) -> StageMeasure | None:
    """Return the stage that loses the largest known share: the only one told in colour."""
    known = [m for m in scene.stages.values() if m.passage.drop_off.value]
    return max(known, key=lambda m: m.passage.drop_off.value or 0.0, default=None)
