"""Where everything stands: the map cut into rows of stages, each with its columns and slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, get_args

from trayecto.contrast.deviations import Deviations
from trayecto.contrast.judged import NOT_JUDGED, Judged
from trayecto.contrast.measured import Measured, StageMeasure, TouchpointMeasure, UndrawnNode
from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.maps.versions import Changes
from trayecto.vocabulary.text import Language, Text, Written, number, percent

WIDTH = 1680.0
A3_MM = 420.0
MIN_HEIGHT = WIDTH * 297 / A3_MM
LEFT, RIGHT = 48.0, WIDTH - 48.0
COLUMNS_LEFT = 204.0
LABELS_WIDE = 134.0
GUTTER = 24.0
"""Air between the words of two neighbouring columns; the hairline runs in its middle."""

_ROOM = RIGHT - COLUMNS_LEFT + GUTTER
_LEAST_COLUMN = 200.0
_LEAST_SLOT = 62.0
_LEAST_SLOT_MEASURED = 70.0
_LONGEST_LINE = 560.0
UNDRAWN_SHOWN = 5

Layer = Literal["expected", "measured", "deviations", "votes", "pains", "evidence"]
"""What a page can switch off: each stands in the picture as `data-layer`."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

View = Literal["map", "blueprint", "curve"]
"""The whole map, its service blueprint alone, or its emotion curve alone."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on the way, left to right: a touchpoint of the map, or a node nobody drew."""

    x: float
    touchpoint: Touchpoint | None = None
    undrawn: UndrawnNode | None = None

    @property
    def back(self) -> bool:
        """Tell whether it lies below the line of visibility."""
        return self.touchpoint is not None and self.touchpoint.side == "back"


@dataclass(frozen=True, slots=True)
class Column:
    """One stage on the sheet (or part of a very long one), with the room for its words."""

    stage: Stage
    left: float
    right: float
    slots: tuple[Slot, ...]
    continued: bool = False

    @property
    def wide(self) -> float:
        """Return the room for words."""
        return self.right - self.left

    @property
    def reading(self) -> float:
        """Return the room for running text: a longer line would be hard to read."""
        return min(self.wide, _LONGEST_LINE)

    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """Return the touchpoints of the map in this column."""
        return tuple(slot.touchpoint for slot in self.slots if slot.touchpoint)


@dataclass(frozen=True, slots=True)
class System:
    """One row of stages, as a score has systems of staves; *first* and *last* count stages."""

    columns: tuple[Column, ...]
    first: int
    last: int

    def slots(self) -> list[Slot]:
        """Return every slot, left to right."""
        return [slot for column in self.columns for slot in column.slots]


_LEAST_SHARE = 0.0005
"""With one decimal, less would be told as nothing."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A map, its measures and the language they are told in."""

    map: JourneyMap
    language: Language
    measured: Measured | None = None
    touchpoints: Mapping[str, TouchpointMeasure] = field(default_factory=dict)
    stages: Mapping[str, StageMeasure] = field(default_factory=dict)
    changes: Changes | None = None
    """What changed since an older version, to be marked."""
    judged: Judged = NOT_JUDGED
    deviations: Deviations | None = None
    """What people did against what was drawn, where that is the picture."""
    view: View = "map"

    def say(self, text: Text, **facts: object) -> str:
        """Return the words, with the facts put into them."""
        words = text.say(self.language)
        return words.format(**facts) if facts else words

    def node(self, touchpoint: str) -> str:
        """Return what a node that nobody drew is called."""
        return self.say(self.map.node_name(touchpoint))

    def count(self, value: float | None) -> Written:
        """Return a number as the language writes it."""
        return number(value, self.language)

    def share(self, value: float | None) -> str:
        """
        Return a share as a percentage, with one decimal where whole ones would say nothing.

        It is never told as none or as all when it is not.
        """
        if value is not None and 0 < min(value, 1 - value) < _LEAST_SHARE:
            sign, end = ("<", 0.001) if value < 0.5 else (">", 0.999)
            return f"{sign} {percent(end, self.language, decimals=1)}"
        decimals = 1 if value is not None and 0 < min(value, 1 - value) < 0.01 else 0
        return percent(value, self.language, decimals=decimals)


def scene(
    journey_map: JourneyMap,
    measured: Measured | None,
    language: Language,
    *,
    changes: Changes | None = None,
    judged: Judged = NOT_JUDGED,
    view: View = "map",
) -> Scene:
    """Return the scene of a map, its measures ready by id."""
    if measured is None:
        return Scene(journey_map, language, changes=changes, view=view)
    # What nothing can be known of has no measures: their counts would be noughts.
    dark, dark_stages = measured.dark, measured.dark_stages
    return Scene(
        journey_map,
        language,
        measured,
        {measure.id: measure for measure in measured.touchpoints if measure.id not in dark},
        {measure.id: measure for measure in measured.stages if measure.id not in dark_stages},
        changes,
        judged,
        view=view,
    )


Stop = Touchpoint | UndrawnNode


@dataclass(frozen=True, slots=True)
class _Part:
    """A stage, or a piece of one too long for a row, and the width it asks for."""

    stage: Stage
    number: int
    stops: tuple[Stop, ...]
    continued: bool
    need: float


def systems(scene: Scene) -> tuple[System, ...]:
    """
    Return the rows of stages: as few as hold everything at a size one can read.

    A map wider than the paper would have to be shrunk below what the eye can read; so the
    journey goes on in the next row, as music does.
    """
    parts = _parts(scene)
    return tuple(_system(row) for row in _rows(parts))


def _parts(scene: Scene) -> list[_Part]:
    least = _LEAST_SLOT_MEASURED if scene.measured else _LEAST_SLOT
    most = int((_ROOM - GUTTER) // least)
    parts = []
    for place, (stage, stops) in enumerate(by_stage(scene), start=1):
        pieces = max(1, ceil(len(stops) / most))
        size = ceil(len(stops) / pieces) if stops else 0
        for piece in range(pieces):
            some = tuple(stops[piece * size : (piece + 1) * size])
            need = max(_LEAST_COLUMN, len(some) * least + GUTTER)
            parts.append(_Part(stage, place, some, piece > 0, need))
    return parts


def by_stage(scene: Scene) -> list[tuple[Stage, list[Stop]]]:
    """Return each stage with its touchpoints, and the undrawn nodes after the one they follow."""
    found: list[tuple[Stage, list[Stop]]] = [(s, list(s.touchpoints)) for s in scene.map.stages]
    for node in reversed(shown_undrawn(scene)):
        for stage, on_the_way in found:
            if stage.id == _stage_of(scene, node):
                on_the_way.insert(_place(on_the_way, node.after), node)
    return found


def _place(on_the_way: Sequence[Stop], after: str | None) -> int:
    ids = [stop.id if isinstance(stop, Touchpoint) else None for stop in on_the_way]
    return ids.index(after) + 1 if after in ids and after else len(ids)


def _stage_of(scene: Scene, node: UndrawnNode) -> str | None:
    known = {stage.id for stage in scene.map.stages}
    if node.stage in known:
        return node.stage
    after = {t.id: t.stage for t in scene.map.touchpoints()}
    return after.get(node.after) if node.after else None


def shown_undrawn(scene: Scene) -> list[UndrawnNode]:
    """Return the undrawn nodes that most people meet and that have a place on the map."""
    return [node for node in _first_undrawn(scene) if _stage_of(scene, node)]


def placeless_undrawn(scene: Scene) -> list[UndrawnNode]:
    """Return the undrawn nodes among the first that have no place on the map."""
    return [node for node in _first_undrawn(scene) if not _stage_of(scene, node)]


def _first_undrawn(scene: Scene) -> list[UndrawnNode]:
    """Return the first few undrawn nodes; what fewer than the minimum meet is no pattern yet."""
    if scene.measured is None:
        return []
    enough = [node for node in scene.measured.undrawn if node.people >= scene.measured.minimum]
    return sorted(enough, key=lambda node: (-node.people, node.touchpoint))[:UNDRAWN_SHOWN]


def _rows(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Return the parts in as few rows as fit, the fullest row as empty as can be."""
    fewest = len(_filled(parts, _ROOM))
    sums = {
        sum(part.need for part in parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    }
    widest = max((part.need for part in parts), default=0.0)
    for limit in sorted(total for total in sums if widest <= total <= _ROOM):
        rows = _filled(parts, limit)
        if len(rows) == fewest:
            return rows
    return _filled(parts, _ROOM)


def _filled(parts: Sequence[_Part], limit: float) -> list[list[_Part]]:
    rows: list[list[_Part]] = []
    left = 0.0
    for part in parts:
        if not rows or part.need > left:
            rows.append([])
            left = limit
        rows[-1].append(part)
        left -= part.need
    return rows


def _system(parts: Sequence[_Part]) -> System:
    columns, left = [], COLUMNS_LEFT
    for part, wide in zip(parts, _widths([part.need for part in parts]), strict=True):
        right = left + wide - GUTTER
        columns.append(Column(part.stage, left, right, _slots(part, left, right), part.continued))
        left += wide
    return System(tuple(columns), parts[0].number, parts[-1].number)


def _widths(needs: Sequence[float]) -> list[float]:
    """Return widths that fill the row: all alike, but none less than it needs."""
    level, wide = 0.0, sorted(needs, reverse=True)
    for taken in range(len(wide)):
        level = (_ROOM - sum(wide[:taken])) / (len(wide) - taken)
        if wide[taken] <= level:
            break
    return [max(need, level) for need in needs]


def _slots(part: _Part, left: float, right: float) -> tuple[Slot, ...]:
    pitch = (right - left) / max(1, len(part.stops))
    return tuple(
        Slot(left + (place + 0.5) * pitch, stop, None)
        if isinstance(stop, Touchpoint)
        else Slot(left + (place + 0.5) * pitch, None, stop)
        for place, stop in enumerate(part.stops)
    )
