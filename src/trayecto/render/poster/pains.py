"""The pains lane: what hurts most at each stage, with its rank and what closing it is worth."""

from __future__ import annotations

from trayecto.contrast import pain_words
from trayecto.contrast.pain import Pain
from trayecto.render import words as w
from trayecto.render.palette import BAD, NEUTRAL
from trayecto.render.poster.lanes import Lane, list_lane
from trayecto.render.poster.rows import BODY, NOTE, Row, gap, joined, paragraph
from trayecto.render.poster.scene import Column, Scene, System
from trayecto.render.svg import Style

_MOST = 5
"""The picture tells the heaviest few; the report tells them all."""
_RANK = Style(16, BAD, weight=600)
_LATER = Style(16, NEUTRAL, weight=600)
_BESIDE = 24.0


def pain_lane(scene: Scene, system: System) -> Lane | None:
    """Return the heaviest pains, each below the stage where it hurts."""

    def told(column: Column) -> list[Row]:
        ids = [touchpoint.id for touchpoint in column.touchpoints()]
        if not column.continued:
            ids.append(column.stage.id)
        heaviest = (pain for pain in scene.judged.pains_at(*ids) if (pain.rank or 0) <= _MOST)
        return joined([_pain(scene, pain, column.reading) for pain in heaviest], between=9)

    return list_lane(scene, system, w.PAINS, rows_of=told, note=w.PAINS_NOTE, layers=("pains",))


def _pain(scene: Scene, pain: Pain, wide: float) -> list[Row]:
    """Return the rank in the margin, what hurts beside it, and how sure and how dear it is."""
    words = scene.say(pain_words.headline(scene.map, pain))
    rows = paragraph(words, BODY, wide, indent=_BESIDE)
    style = _RANK if pain.rank == 1 else _LATER
    number = scene.count(pain.rank)
    notes = [note for note in (_range(scene, pain), _worth(scene, pain)) if note]
    below = [row for note in notes for row in paragraph(note, NOTE, wide, indent=_BESIDE)]
    # The rank stands in the margin of the first row: a row of its own that takes no height.
    lead = 2 * (rows[0].baseline - 0.36 * style.size)
    return [Row(((number, style),), lead), gap(-lead), *rows, *below]


def _range(scene: Scene, pain: Pain) -> str:
    if pain.best is None or pain.worst is None or pain.best == pain.worst:
        return ""
    return scene.say(w.RANK_RANGE, best=pain.best, worst=pain.worst)


def _worth(scene: Scene, pain: Pain) -> str:
    more = pain.more
    if more.value is None or more.low is None or more.high is None or round(more.value) == 0:
        return ""
    return scene.say(
        w.MORE_KEPT,
        n=scene.count(more.value),
        noun=scene.say(scene.map.journeys.noun),
        low=scene.count(more.low),
        high=scene.count(more.high),
    )
