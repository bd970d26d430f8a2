"""Lanes a team may add: steps inside stages, what is said and promised, its own free rows."""

from __future__ import annotations

from itertools import groupby

from trayecto.maps.document import Cost, FreeLane, Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import HAIRLINE, SOFT
from trayecto.render.poster.lanes import Lane, list_lane
from trayecto.render.poster.rows import BODY, NOTE_STRONG, Row, height, joined, paragraph, run_in
from trayecto.render.poster.scene import Column, Scene, Slot, System
from trayecto.render.svg import Canvas, Style
from trayecto.vocabulary.text import number

_STEP = Style(11, SOFT, weight=600)


def step_lane(scene: Scene, system: System) -> Lane | None:
    """Return the steps of each stage, each over the touchpoints that are part of it."""
    spans = [span for column in system.columns for span in _spans(scene, column)]
    tallest = max((height(rows) for _, _, rows in spans), default=0.0)
    if not spans:
        return None

    def draw_steps(canvas: Canvas, top: float) -> None:
        for left, right, rows in spans:
            canvas.path(f"M{left} {top + 5}V{top}H{right}V{top + 5}", stroke=HAIRLINE, width=1.4)
            y = top + 6
            for row in rows:
                words, style = row.runs[0]
                canvas.text((left + right) / 2, y + row.baseline, words, style, anchor="middle")
                y += row.lead

    return Lane(scene.say(w.STEPS), "", tallest + 8, draw_steps, rule=False, pad=6)


def _spans(scene: Scene, column: Column) -> list[tuple[float, float, list[Row]]]:
    names = {step.id: step.name for step in column.stage.steps}
    pitch = column.wide / max(1, len(column.slots))
    spans = []
    for step, some in groupby(column.slots, key=_step_of):
        slots = list(some)
        if step in names:
            left, right = slots[0].x - pitch / 2 + 5, slots[-1].x + pitch / 2 - 5
            spans.append((left, right, paragraph(scene.say(names[step]), _STEP, right - left)))
    return spans


def _step_of(slot: Slot) -> str:
    return slot.touchpoint.step if slot.touchpoint else ""


def service_lane(scene: Scene, system: System) -> Lane | None:
    """Return what is said, what is promised and what it costs at each touchpoint."""

    def told(column: Column) -> list[Row]:
        return joined(
            [
                run_in(
                    scene.say(touchpoint.name), " · ".join(facts), column.reading,
                    styles=(NOTE_STRONG, BODY),
                )
                for touchpoint in column.touchpoints()
                if (facts := service_facts(scene, touchpoint))
            ],
            between=4,
        )  # fmt: skip

    return list_lane(scene, system, w.SERVICE, rows_of=told, note=w.SERVICE_NOTE)


def service_facts(scene: Scene, touchpoint: Touchpoint) -> list[str]:
    """Return what a touchpoint says, promises and costs, in words."""
    facts = []
    if touchpoint.content:
        facts.append(scene.say(w.CONTENT, words=scene.say(touchpoint.content)))
    if touchpoint.promise:
        facts.append(scene.say(w.PROMISE, words=scene.say(touchpoint.promise)))
    if touchpoint.cost:
        facts.append(scene.say(w.COST, words=cost_words(scene, touchpoint.cost)))
    return facts


def cost_words(scene: Scene, cost: Cost) -> str:
    """Return a cost with its currency and what it is for."""
    whole = float(cost.amount).is_integer()
    words = number(cost.amount, scene.language, decimals=0 if whole else 2)
    parts = [words, cost.currency, scene.say(cost.per)]
    return " ".join(part for part in parts if part)


def free_lanes(scene: Scene, system: System) -> list[Lane]:
    """Return the team's own rows: a text for stages, or for touchpoints by their name."""
    lanes = (_free_lane(scene, system, own) for own in scene.map.lanes)
    return [lane for lane in lanes if lane]


def _free_lane(scene: Scene, system: System, own: FreeLane) -> Lane | None:
    cells = dict(own.cells)

    def told(column: Column) -> list[Row]:
        groups = []
        if column.stage.id in cells and not column.continued:
            groups.append(paragraph(scene.say(cells[column.stage.id]), BODY, column.reading))
        for touchpoint in column.touchpoints():
            if touchpoint.id in cells:
                name, words = scene.say(touchpoint.name), scene.say(cells[touchpoint.id])
                groups.append(run_in(name, words, column.reading, styles=(NOTE_STRONG, BODY)))
        return joined(groups, between=4)

    return list_lane(scene, system, own.name, rows_of=told)
