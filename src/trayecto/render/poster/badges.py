"""The sign and number that mark a change on the picture."""

from __future__ import annotations

from trayecto.render.palette import CARD, INK
from trayecto.render.poster.scene import Scene
from trayecto.render.svg import Box, Canvas, Style

_BADGE = Style(10.5, CARD, weight=600)
BADGE_TALL = 15.0


def badge_of(scene: Scene, id: str) -> str:
    """Return the sign and the numbers of the changes at a stage or touchpoint; nothing for none."""
    if scene.changes is None:
        return ""
    found = list(scene.changes.of(id))
    if not found:
        return ""
    numbers = [place for place, _ in found]
    first, last = numbers[0], numbers[-1]
    told = str(first) if first == last else f"{first}–{last}"
    if last - first + 1 != len(numbers):
        told = f"{first}…"
    return f"{found[0][1].sign} {told}"


def badge_wide(words: str) -> float:
    """Return how wide a badge is."""
    return _BADGE.wide(words) + 11 if words else 0.0


def draw_badge(canvas: Canvas, right: float, middle: float, words: str) -> None:
    """Draw a badge that ends at *right*: dark, so that it is seen before anything else."""
    if not words:
        return
    wide = badge_wide(words)
    box = Box(right - wide, middle - BADGE_TALL / 2, right, middle + BADGE_TALL / 2)
    canvas.rect(box, fill=INK, radius=BADGE_TALL / 2)
    canvas.text(right - wide / 2, middle + 3.8, words, _BADGE, anchor="middle")
