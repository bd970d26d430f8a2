"""The journey map as one picture: designed, or with the measures laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from trayecto.contrast.findings import Finding
from trayecto.contrast.judged import NOT_JUDGED, Judged
from trayecto.contrast.measured import Measured
from trayecto.maps.document import JourneyMap
from trayecto.maps.versions import Changes
from trayecto.render import words as w
from trayecto.render.palette import HAIRLINE, INK, PAPER
from trayecto.render.poster.blueprint import blueprint_lanes, weak_lane
from trayecto.render.poster.changes import draw_changes
from trayecto.render.poster.curve import emotion_lanes
from trayecto.render.poster.foot import draw_findings, draw_foot, draw_legend, foot_rows
from trayecto.render.poster.free import free_lanes, service_lane, step_lane
from trayecto.render.poster.head import draw_head
from trayecto.render.poster.lanes import (
    Lane,
    action_lane,
    moment_lane,
    opportunity_lane,
    stage_lanes,
    thought_lane,
)
from trayecto.render.poster.overlay import reach_lane, score_lane, time_lane, wait_lane
from trayecto.render.poster.pains import pain_lane
from trayecto.render.poster.pictures import picture_lane
from trayecto.render.poster.rows import height
from trayecto.render.poster.scene import (
    COLUMNS_LEFT,
    GUTTER,
    LEFT,
    MIN_HEIGHT,
    RIGHT,
    WIDTH,
    Scene,
    System,
    View,
    scene,
    systems,
)
from trayecto.render.poster.touchpoints import touchpoint_lane
from trayecto.render.poster.votes import vote_lane
from trayecto.render.svg import Box, Canvas
from trayecto.vocabulary.text import Language

_CURVE, _TALLEST_CURVE = 164.0, 260.0
_CURVE_ALONE, _TALLEST_ALONE = 420.0, 620.0
_MOST_AIR = 14.0
"""How much taller a lane may grow so that a small map fills its sheet."""
_BETWEEN_SYSTEMS = 26.0


def poster(
    journey_map: JourneyMap,
    *,
    language: Language,
    measured: Measured | None = None,
    findings: Sequence[Finding] = (),
    changes: Changes | None = None,
    judged: Judged = NOT_JUDGED,
    view: View = "map",
) -> str:
    """
    Return the map as SVG, a landscape A3 sheet, taller where the content needs it.

    With measures, what was observed lies over what was designed. A journey too long for one
    row of stages goes on in the next, so that no word is ever smaller than 7 pt on A3.
    With *changes*, what changed since an older version is marked and told.
    """
    return sheet(
        journey_map, language=language, measured=measured, findings=findings, changes=changes,
        judged=judged, view=view,
    )[0]  # fmt: skip


def sheet(
    journey_map: JourneyMap,
    *,
    language: Language,
    measured: Measured | None = None,
    findings: Sequence[Finding] = (),
    changes: Changes | None = None,
    judged: Judged = NOT_JUDGED,
    view: View = "map",
) -> tuple[str, Canvas]:
    """Return the picture and the canvas it was drawn on, which knows where each word lies."""
    told = scene(journey_map, measured, language, changes=changes, judged=judged, view=view)
    rows = systems(told)
    curve, tallest = (_CURVE_ALONE, _TALLEST_ALONE) if view == "curve" else (_CURVE, _TALLEST_CURVE)
    lanes = _lanes(told, rows, curve=curve)
    canvas, floor = _drawn(told, rows, lanes, findings=findings)
    spare = MIN_HEIGHT - floor
    if spare > 0 and rows:
        taller = min(tallest, curve + spare / (2 * len(rows)))
        lanes = _lanes(told, rows, curve=taller)
        grown = (taller - curve) * sum(1 for row in lanes for lane in row if lane.elastic)
        air = min(_MOST_AIR, (spare - grown) / max(1, sum(len(row) for row in lanes)))
        canvas, floor = _drawn(told, rows, lanes, findings=findings, air=air)
    title = journey_map.title.say(language)
    return canvas.svg(WIDTH, max(floor, MIN_HEIGHT), title=title, desc=_desc(told)), canvas


def _lanes(told: Scene, rows: Sequence[System], *, curve: float) -> list[list[Lane]]:
    """Return every lane that has something to say, in the order they are drawn."""
    curves = emotion_lanes(told, rows, height=curve)
    lanes_of = {"map": _map_lanes, "blueprint": _blueprint_lanes, "curve": _curve_lanes}[told.view]
    return [
        [lane for lane in lanes_of(told, system, emotion) if lane is not None]
        for system, emotion in zip(rows, curves, strict=True)
    ]


def _map_lanes(told: Scene, system: System, emotion: Lane | None) -> list[Lane | None]:
    return [
        *stage_lanes(told, system),
        action_lane(told, system),
        step_lane(told, system),
        touchpoint_lane(told, system),
        picture_lane(told, system),
        thought_lane(told, system),
        emotion,
        score_lane(told, system),
        moment_lane(told, system),
        vote_lane(told, system),
        time_lane(told, system),
        wait_lane(told, system),
        reach_lane(told, system),
        pain_lane(told, system),
        opportunity_lane(told, system),
        service_lane(told, system),
        *free_lanes(told, system),
        *blueprint_lanes(told, system),
    ]


def _blueprint_lanes(told: Scene, system: System, _: Lane | None) -> list[Lane | None]:
    """Return what the customer meets and all that stands behind it, without what they feel."""
    return [
        *stage_lanes(told, system)[:1],
        action_lane(told, system),
        step_lane(told, system),
        touchpoint_lane(told, system),
        time_lane(told, system),
        wait_lane(told, system),
        weak_lane(told, system),
        service_lane(told, system),
        *blueprint_lanes(told, system),
    ]


def _curve_lanes(told: Scene, system: System, emotion: Lane | None) -> list[Lane | None]:
    """Return where people are and what they feel there, and nothing else."""
    return [*stage_lanes(told, system)[:1], touchpoint_lane(told, system), emotion]


def _drawn(
    told: Scene,
    rows: Sequence[System],
    lanes: Sequence[Sequence[Lane]],
    *,
    findings: Sequence[Finding],
    air: float = 0,
) -> tuple[Canvas, float]:
    """Return everything drawn, and where the sheet may end."""
    canvas = Canvas()
    y = draw_head(canvas, told)
    for system, some in zip(rows, lanes, strict=True):
        drawn = Canvas()
        floor = _draw_lanes(drawn, some, y, air=air)
        with canvas.group(data_row=system.first):
            _draw_separators(canvas, system, y + 14, floor)
            canvas.line((LEFT, y), (RIGHT, y), stroke=INK, width=1.2)
            canvas.put(drawn)
        y = floor + _BETWEEN_SYSTEMS
    if rows:
        y -= _BETWEEN_SYSTEMS - 8
    below = Canvas()
    top, y = y, draw_findings(below, told, findings, y)
    if y > top:
        with canvas.group(data_below="findings", data_layer="measured", data_tall=y - top):
            canvas.put(below)
    below = Canvas()
    y = draw_changes(below, told, y)
    words = foot_rows(told)
    legend = draw_legend(Canvas(), told, 0)
    foot = 16 + max(height(words), 15) + 22
    # What a small map leaves free lies above the legend, not below it.
    lowest = max(y, MIN_HEIGHT - foot - legend)
    draw_legend(below, told, lowest)
    draw_foot(below, words, lowest + legend)
    with canvas.group(data_below="foot"):
        canvas.put(below)
    sheet_ = Canvas()
    sheet_.rect(Box(0, 0, WIDTH, lowest + legend + foot), fill=PAPER)
    sheet_.put(canvas)
    return sheet_, y + legend + foot


def _draw_lanes(canvas: Canvas, lanes: Sequence[Lane], top: float, *, air: float) -> float:
    y = top
    for place, lane in enumerate(lanes):
        extra = air if lane.pad else 0
        tall = lane.whole + extra
        with canvas.group(data_tall=tall, data_layer=" ".join(lane.layers) or None):
            if lane.rule and place:
                canvas.line((COLUMNS_LEFT - 6, y), (RIGHT, y), stroke=HAIRLINE)
            lane.draw_all(canvas, y + extra / 2)
        y += tall
    return y


def _draw_separators(canvas: Canvas, system: System, top: float, floor: float) -> None:
    for _, column in pairwise(system.columns):
        x = column.left - GUTTER / 2
        with canvas.group(data_separator="1"):
            canvas.line((x, top), (x, floor), stroke=HAIRLINE)


def _desc(told: Scene) -> str:
    return told.say(
        w.DESC,
        stages=len(told.map.stages),
        touchpoints=sum(1 for _ in told.map.touchpoints()),
        names=w.listed([told.say(stage.name) for stage in told.map.stages], told.language),
    )
