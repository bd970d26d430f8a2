"""More lines on the emotion curve: the desired one, the older version's, each other persona's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trayecto.render import words as w
from trayecto.render.palette import NEUTRAL, PAPER, SOFT
from trayecto.render.poster.scene import Scene
from trayecto.render.smooth import XY, line_of
from trayecto.render.svg import Canvas
from trayecto.vocabulary.text import Text

DIAMOND = "M0-4.6L4.6 0L0 4.6L-4.6 0Z"
TRIANGLE = "M0-4.6L4.6 3.6H-4.6Z"
SQUARE = "M-3.6-3.6H3.6V3.6H-3.6Z"
DROP = "M0 4.6L4.6-3.6H-4.6Z"
CROSS = "M-3.4-3.4L3.4 3.4M3.4-3.4L-3.4 3.4"
_OF_PERSONAS = ((TRIANGLE, "9 3 2 3"), (SQUARE, "3 3"), (DROP, "12 4"), (CROSS, "6 2 1 2 1 2"))
"""Shape and dash tell the lines apart; no colour does."""


@dataclass(frozen=True, slots=True)
class MoreLine:
    """A line of expected emotion beside the first one: whose, its levels, how it looks."""

    name: str
    levels: Mapping[str, float]
    mark: str
    dash: str
    stroke: str = SOFT

    def draw_mark(self, canvas: Canvas, at: XY) -> None:
        """Draw the shape that tells this line from the others."""
        canvas.path(self.mark, at=at, fill=PAPER, stroke=self.stroke, width=1.4)

    def draw(self, canvas: Canvas, points: Sequence[XY]) -> None:
        """Draw the line with its marks."""
        if len(points) > 1:
            canvas.path(line_of(points), stroke=self.stroke, width=1.3, dash=self.dash)
        for point in points:
            self.draw_mark(canvas, point)


def more_lines(scene: Scene) -> tuple[MoreLine, ...]:
    """Return the lines that the map has beside the protagonist's expected one."""
    return tuple(line for line in _candidates(scene) if line.levels)


def _candidates(scene: Scene) -> Iterator[MoreLine]:
    touchpoints = list(scene.map.touchpoints())
    desired = {t.id: t.desired.level for t in touchpoints if t.desired}
    yield MoreLine(scene.say(w.DESIRED), desired, DIAMOND, "1.5 3.5")
    yield MoreLine(scene.say(_name_of_before(scene)), _before(scene), CROSS, "2 4", NEUTRAL)
    for persona, (mark, dash) in zip(scene.map.personas, _OF_PERSONAS, strict=False):
        felt = {
            t.id: dict(t.feels)[persona.id].level
            for t in touchpoints
            if (persona.id in dict(t.feels))
        }
        yield MoreLine(scene.say(persona.name), felt, mark, dash)


def as_is_and_to_be(scene: Scene) -> bool:
    """Tell whether the picture lays what should be over what is, not a version over another."""
    older = scene.changes.older if scene.changes else None
    return older is not None and (older.state, scene.map.state) == ("as_is", "to_be")


def _name_of_before(scene: Scene) -> Text:
    return w.AS_IS_LINE if as_is_and_to_be(scene) else w.BEFORE


def _before(scene: Scene) -> dict[str, float]:
    """Return the older version's expected levels where the newer one differs."""
    older = scene.changes.older if scene.changes else None
    if older is None:
        return {}
    now = {t.id: t.emotion.level for t in scene.map.touchpoints() if t.emotion}
    before = {t.id: t.emotion.level for t in older.touchpoints() if t.emotion}
    here = {t.id for t in scene.map.touchpoints()}
    kept = {name: level for name, level in before.items() if name in here}
    return kept if any(now.get(name) != level for name, level in kept.items()) else {}
