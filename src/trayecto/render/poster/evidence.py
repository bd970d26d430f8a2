"""
The marks of a measured feeling, by what it is known from: never by colour alone.

Answers given: a full point. Words alone: a point with an open heart. Too few people: a small ring
below the scale, because it has no level. Behaviour alone: a diamond with a broken edge, apart from
the line.
"""

from __future__ import annotations

from trayecto.contrast.measured import TouchpointMeasure
from trayecto.render import words as w
from trayecto.render.palette import NEUTRAL, PAPER, SOFT, felt
from trayecto.render.poster.scene import Scene
from trayecto.render.smooth import XY
from trayecto.render.svg import Canvas, written
from trayecto.vocabulary.text import number

_NOTABLE = 0.1
"""Fewer signs of strain than one in ten that could show are no hint."""


def by_words_alone(measure: TouchpointMeasure) -> bool:
    """Tell whether a feeling is known, and only from texts that were read."""
    return measure.felt.value is not None and measure.told > 0 and not measure.scored


def too_few(measure: TouchpointMeasure) -> bool:
    """Tell whether somebody spoke, and fewer than make a level."""
    return measure.felt.value is None and measure.felt.n > 0


def hint(measure: TouchpointMeasure) -> float | None:
    """Return what behaviour hints at, where people did not say enough and it is worth a mark."""
    hinted = measure.strain.value if measure.felt.value is None else None
    return None if hinted is None or hinted > -_NOTABLE else hinted


def any_of(scene: Scene) -> tuple[bool, bool, bool]:
    """Tell which marks a map needs: words alone, too few, behaviour alone."""
    seen = [
        scene.touchpoints[t.id]
        for t in scene.map.touchpoints()
        if t.id in scene.touchpoints and t.side != "back"
    ]
    return (
        any(by_words_alone(m) for m in seen),
        any(too_few(m) for m in seen),
        any(hint(m) is not None for m in seen),
    )


def told(scene: Scene, measure: TouchpointMeasure) -> list[str]:
    """Return in words what a feeling rests on, and what behaviour hints at where nobody spoke."""
    said = []
    if measure.scored or measure.told:
        facts = {"scored": scene.count(measure.scored), "told": scene.count(measure.told)}
        said.append(scene.say(w.FELT_RESTS_ON, **facts))
    if (level := hint(measure)) is not None:
        said.append(scene.say(w.HINTED, level=level_words(scene, level)))
    return said


def told_briefly(scene: Scene, measure: TouchpointMeasure) -> list[str]:
    """Return the same in a few words a line; that all gave a score goes without saying."""
    said = []
    if measure.told:
        counts = ((w.BY_SCORE, measure.scored), (w.BY_WORDS, measure.told))
        said += [scene.say(words, n=scene.count(n)) for words, n in counts if n]
    if (level := hint(measure)) is not None:
        said.append(scene.say(w.HINT_BRIEF, level=level_words(scene, level)))
    return said


def level_words(scene: Scene, level: float | None) -> str:
    """Return a level on the scale from −2 to +2, with its sign."""
    if level is None:
        return scene.count(None)
    sign = "+" if level > 0 else ""
    return sign + number(level * 2, scene.language, decimals=1)


def kinds_of_evidence(scene: Scene) -> str:
    """Return what the curve rests on, in shares of the voices; empty when all are answers."""
    scored, only_told = (
        sum(getattr(m, name) for m in scene.touchpoints.values() if m.felt.value is not None)
        for name in ("scored", "told")
    )
    if not only_told:
        return ""
    whole = scored + only_told
    shares = {"scored": scene.share(scored / whole), "told": scene.share(only_told / whole)}
    return scene.say(w.EMOTION_FROM, **shares)


def draw_point(canvas: Canvas, at: XY, *, colour: str, words_alone: bool) -> None:
    """Draw a feeling that people spoke of."""
    canvas.circle(at, 6.5, fill=colour, stroke=PAPER, width=2)
    if words_alone:
        canvas.circle(at, 2.3, fill=PAPER)


def draw_few(canvas: Canvas, at: XY) -> None:
    """Draw that too few spoke for a level."""
    canvas.circle(at, 3.6, fill=PAPER, stroke=NEUTRAL, width=1.3)


def draw_hint(canvas: Canvas, at: XY, *, level: float) -> None:
    """Draw what only behaviour hints at."""
    x, y = at
    edge = f"M{written(x)} {written(y - 6)}L{written(x + 6)} {written(y)}"
    edge += f"L{written(x)} {written(y + 6)}L{written(x - 6)} {written(y)}Z"
    colour = felt(level)
    canvas.path(edge, fill=PAPER, stroke=SOFT if colour == NEUTRAL else colour, width=1.5,
                dash="2.6 1.8")  # fmt: skip
