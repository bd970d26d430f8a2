"""The touchpoints on their line: shape, border and icon, names that never meet, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from trayecto.contrast.measured import TouchpointMeasure, UndrawnNode
from trayecto.maps.document import Touchpoint
from trayecto.render import words as w
from trayecto.render.icons import draw_icon, icon
from trayecto.render.palette import BAD, CARD, COMPANY, CUSTOMER, HAIRLINE, INK, NEUTRAL
from trayecto.render.poster.badges import badge_of, badge_wide, draw_badge
from trayecto.render.poster.lanes import Lane, who
from trayecto.render.poster.rows import BAD_NOTE, BAD_STRONG, NOTE, STRONG, Row, height, paragraph
from trayecto.render.poster.scene import COLUMNS_LEFT, RIGHT, Column, Scene, Slot, System
from trayecto.render.svg import Box, Canvas
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, duration

_DESIGNED_RADIUS = 17.0
_LEAST_RADIUS, _MOST_RADIUS = 13.0, 23.0
_LABEL_AIR = 10.0
_AROUND = 76.0
"""The least room in which words keep to the axis of their touchpoint."""
_DASH = "3 3"


@dataclass(frozen=True, slots=True)
class _Label:
    """The words below a touchpoint, and the room between its neighbours' leaders."""

    slot: Slot
    column: float
    row: int
    left: float
    right: float
    rows: list[Row]
    strayed: list[Row]
    """What people did against what was drawn, below the rest."""

    @property
    def every(self) -> list[Row]:
        """Return all rows, in order."""
        return self.rows + self.strayed


def touchpoint_lane(scene: Scene, system: System) -> Lane | None:
    """Return the touchpoints the customer sees."""
    note = scene.say(w.SIZE_IS, who=who(scene)) if scene.measured else ""
    return _lane(scene, system, back=False, name=w.TOUCHPOINTS, note=note)


def hidden_lane(scene: Scene, system: System) -> Lane | None:
    """Return the touchpoints below the line of visibility."""
    return _lane(scene, system, back=True, name=w.OUT_OF_SIGHT, note="")


def _lane(scene: Scene, system: System, *, back: bool, name: Text, note: str) -> Lane | None:
    chosen = [(c, [slot for slot in c.slots if slot.back is back]) for c in system.columns]
    if not any(slots for _, slots in chosen):
        return None
    labels = _labels(scene, chosen)
    radii = {id(slot): _radius(scene, slot) for _, slots in chosen for slot in slots}
    middle = max(radii.values())
    first = 2 * middle + 10
    above, below = _talls(labels)
    second = first + above + 10
    whole = max([first + height(label.every) for label in labels] + [second + below])

    def draw_lane(canvas: Canvas, top: float) -> None:
        y = top + middle
        canvas.line((COLUMNS_LEFT - 6, y), (RIGHT, y), stroke=HAIRLINE, width=2)
        for label in labels:
            if label.row:
                canvas.line((label.slot.x, y), (label.slot.x, top + second - 4), stroke=HAIRLINE)
        for label in labels:
            _draw_stop(canvas, scene, label, y, radius=radii[id(label.slot)])
            _draw_label(canvas, label, top + (second if label.row else first))

    return Lane(scene.say(name), note, whole, draw_lane)


def _labels(scene: Scene, chosen: Sequence[tuple[Column, list[Slot]]]) -> list[_Label]:
    """Return the labels, in one line where a stage has room for it, else staggered in two."""
    labels = []
    for column, slots in chosen:
        one = _labels_in(scene, column, slots, rows=1)
        at_ease = all(_at_ease(scene, label.slot, label.right - label.left) for label in one)
        labels += one if at_ease else _labels_in(scene, column, slots, rows=2)
    return labels


def _talls(labels: Sequence[_Label]) -> tuple[float, float]:
    """Return how tall the first line is where there is a second, and how tall the second."""
    below = [label for label in labels if label.row]
    columns = {label.column for label in below}
    above = [label for label in labels if not label.row and label.column in columns]
    first, second = (
        max((height(label.every) for label in some), default=0.0) for some in (above, below)
    )
    return first, second


def _labels_in(scene: Scene, column: Column, slots: Sequence[Slot], *, rows: int) -> list[_Label]:
    spans = _spans(column, slots, rows=rows)
    return [
        _Label(
            slot, column.left, place % rows, left, right,
            _words(scene, slot, room), _strayed(scene, slot, room),
        )
        for place, (slot, (left, right)) in enumerate(zip(slots, spans, strict=True))
        for room in (_room(scene, slot, left, right),)
    ]  # fmt: skip


def _room(scene: Scene, slot: Slot, left: float, right: float) -> float:
    """Return the room for words around the touchpoint's own axis, or all where that is little."""
    around = 2 * min(slot.x - left, right - slot.x)
    return around if around >= _AROUND and _at_ease(scene, slot, around) else right - left


def _spans(column: Column, slots: Sequence[Slot], *, rows: int) -> list[tuple[float, float]]:
    """
    Return the room of each label.

    In one line, half-way to the neighbours. In two, from one neighbour's leader to the other's:
    so no label crosses a leader, and labels of one line only touch where a leader would stand.
    """
    xs = [slot.x for slot in slots]
    half = _LABEL_AIR / 2

    def edge(place: int, step: int) -> float:
        neighbour = place + step
        outside = column.left - half if step < 0 else column.right + half
        if not 0 <= neighbour < len(xs):
            return outside
        if rows == 1:
            return (xs[place] + xs[neighbour]) / 2
        # In the second line nothing stands between the column's edge and its first label.
        lonely = place % 2 == 1 and not 0 <= place + 2 * step < len(xs)
        return outside if lonely else xs[neighbour]

    return [(edge(i, -1) + half, edge(i, 1) - half) for i in range(len(xs))]


def _at_ease(scene: Scene, slot: Slot, wide: float) -> bool:
    """Tell whether a name stands in four lines at most without breaking a word."""
    name = _name(scene, slot)
    longest = max((STRONG.wide(word) for word in name.split()), default=0)
    return longest <= wide and len(paragraph(name, STRONG, wide)) <= 4


def _name(scene: Scene, slot: Slot) -> str:
    if slot.undrawn:
        return scene.node(slot.undrawn.touchpoint)
    return scene.say(slot.touchpoint.name) if slot.touchpoint else ""


def _words(scene: Scene, slot: Slot, wide: float) -> list[Row]:
    touchpoint = slot.touchpoint
    if touchpoint is None:
        return []
    name = scene.say(touchpoint.name)
    return paragraph(name, STRONG, wide) + _together(_notes(scene, touchpoint, name), wide)


def _strayed(scene: Scene, slot: Slot, wide: float) -> list[Row]:
    if slot.undrawn:
        return _undrawn_words(scene, slot.undrawn, wide)
    if slot.touchpoint is None or scene.measured is None:
        return []
    return _together(_counts(scene, slot.touchpoint), wide)


def _together(notes: list[str], wide: float) -> list[Row]:
    """Return short notes in rows, as many side by side as fit."""
    lines: list[str] = []
    for note in notes:
        longer = f"{lines[-1]} · {note}" if lines else note
        if lines and NOTE.wide(longer) <= wide:
            lines[-1] = longer
        else:
            lines.append(note)
    return [row for line in lines for row in paragraph(line, NOTE, wide)]


def _notes(scene: Scene, touchpoint: Touchpoint, name: str) -> list[str]:
    """Return the channel's word (unless the name says it), and what the design allows."""
    channel = scene.say(channel_name(touchpoint.channel))
    notes = [] if channel.casefold() in name.casefold() else [channel]
    if touchpoint.optional:
        notes.append(scene.say(w.OPTIONAL))
    if touchpoint.within is not None and scene.measured is None:
        allowed = duration(touchpoint.within.total_seconds(), scene.language)
        notes.append(scene.say(w.WITHIN, time=allowed))
    return notes


def _counts(scene: Scene, touchpoint: Touchpoint) -> list[str]:
    """Return the deviation: how many do it, skip it, repeat it (unless repeating was planned)."""
    state = state_of(scene, touchpoint)
    if state:
        return [scene.say(state)]
    if scene.deviations:
        return []
    measure = scene.touchpoints[touchpoint.id]
    counts = [(w.DONE, measure.done)]
    if measure.skipped:
        counts.append((w.SKIPPED, measure.skipped))
    if measure.repeated:
        counts.append((w.REPEATED, measure.repeated))
    return [scene.say(text, n=scene.count(n)) for text, n in counts]


def state_of(scene: Scene, touchpoint: Touchpoint) -> Text | None:
    """Return why a touchpoint has no figures, or None when it has."""
    if scene.measured is None:
        return None
    if touchpoint.id in scene.measured.unbound:
        return w.NOT_BOUND
    if not scene.measured.totals.journeys:
        return w.NO_DATA
    if touchpoint.id not in scene.touchpoints:
        return w.NOT_IN_DATA
    untouched = touchpoint.id in scene.measured.untouched
    return w.NOBODY_TOUCHED if untouched or not _interactions(scene, touchpoint) else None


def _interactions(scene: Scene, touchpoint: Touchpoint) -> int:
    return scene.touchpoints[touchpoint.id].passage.interactions


def _undrawn_words(scene: Scene, node: UndrawnNode, wide: float) -> list[Row]:
    rows = paragraph(scene.node(node.touchpoint), BAD_STRONG, wide)
    rows += paragraph(scene.say(w.NOBODY_DREW), BAD_NOTE, wide)
    channel = scene.say(channel_name(node.channel))
    if channel.casefold() not in scene.node(node.touchpoint).casefold():
        rows += paragraph(channel, NOTE, wide)
    return rows + paragraph(people(scene, node.people), NOTE, wide)


def people(scene: Scene, n: int) -> str:
    """Return a number of people in words; of cases, by their noun, where the map follows them."""
    if scene.map.journeys.per == "case":
        return f"{scene.count(n)} {scene.say(scene.map.journeys.called(n))}"
    return scene.say(w.PEOPLE_N, n=scene.count(n))


def _draw_label(canvas: Canvas, label: _Label, top: float) -> None:
    """Write the words around one axis: their touchpoint's, unless the room ends too soon."""
    half = max(
        (style.wide(words) / 2 for row in label.every for words, style in row.runs), default=0
    )
    x = min(max(label.slot.x, label.left + half), label.right - half)
    top = _draw_rows(canvas, label.rows, x, top)
    if label.strayed:
        with canvas.group(data_layer="deviations"):
            _draw_rows(canvas, label.strayed, x, top)


def _draw_rows(canvas: Canvas, rows: Sequence[Row], x: float, top: float) -> float:
    """Write rows around an axis, and return where they end."""
    for row in rows:
        words, style = row.runs[0]
        canvas.text(x, top + row.baseline, words, style, anchor="middle")
        top += row.lead
    return top


def _radius(scene: Scene, slot: Slot) -> float:
    """Return the size: in a measured map its area grows with the people who got there."""
    if scene.measured is None:
        return _DESIGNED_RADIUS
    most = max((m.passage.people for m in scene.touchpoints.values()), default=0)
    here = 0
    if slot.undrawn:
        here = slot.undrawn.people
    elif slot.touchpoint and slot.touchpoint.id in scene.touchpoints:
        here = scene.touchpoints[slot.touchpoint.id].passage.people
    return _LEAST_RADIUS + (_MOST_RADIUS - _LEAST_RADIUS) * sqrt(min(1.0, here / max(1, most)))


def _draw_stop(canvas: Canvas, scene: Scene, label: _Label, y: float, *, radius: float) -> None:
    slot = label.slot
    at = (slot.x, y)
    if slot.undrawn:
        node = slot.undrawn
        with canvas.group(
            title=_undrawn_title(scene, node),
            data_undrawn=node.touchpoint,
            data_channel=node.channel,
            data_layer="deviations",
        ):
            canvas.circle(at, radius, fill=CARD, stroke=BAD, width=1.8, dash=_DASH)
            draw_icon(canvas, icon(node.channel), at, stroke=BAD)
        return
    touchpoint = slot.touchpoint
    if touchpoint is None:
        return
    silent = state_of(scene, touchpoint) is not None
    border = CUSTOMER if touchpoint.initiates == "customer" else COMPANY
    stroke, dash = (NEUTRAL, _DASH) if silent else (border, None)
    measure = scene.touchpoints.get(touchpoint.id)
    with canvas.group(
        id=f"tp-{touchpoint.id}",
        title=_title(scene, touchpoint, measure),
        data_touchpoint=touchpoint.id,
    ):
        if touchpoint.kind == "communication":
            canvas.circle(at, radius, fill=CARD, stroke=stroke, width=2, dash=dash)
        else:
            # A square of the same area as the circle would be.
            half = radius * 0.886
            box = Box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)
            canvas.rect(box, fill=CARD, stroke=stroke, width=2, radius=4, dash=dash)
        scale = 1 if radius < 18 or scene.measured is None else 1.15
        draw_icon(
            canvas, icon(touchpoint.channel), at, stroke=NEUTRAL if silent else INK, scale=scale
        )
    badge = badge_of(scene, touchpoint.id)
    draw_badge(canvas, at[0] + badge_wide(badge) / 2, at[1] - radius - 3, badge)


def _title(scene: Scene, touchpoint: Touchpoint, measure: TouchpointMeasure | None) -> str:
    told = [scene.say(touchpoint.name), scene.say(channel_name(touchpoint.channel))]
    if scene.measured:
        told += _counts(scene, touchpoint)
    if measure and measure.passage.people:
        told.append(people(scene, measure.passage.people))
    return " · ".join(told)


def _undrawn_title(scene: Scene, node: UndrawnNode) -> str:
    return " · ".join(
        [scene.node(node.touchpoint), scene.say(w.NOBODY_DREW), people(scene, node.people)]
    )
