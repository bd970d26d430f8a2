"""Which picture an answer has; and answers that show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trayecto.journeys.answers import Graph
from trayecto.journeys.answers_people import Retention, Timelines
from trayecto.journeys.answers_ways import Around, Durations, Funnel
from trayecto.render.graph.picture import graph_picture
from trayecto.render.questions.arrival import arrival_picture
from trayecto.render.questions.funnel import funnel_picture
from trayecto.render.questions.grid import grid_picture
from trayecto.render.questions.sankey import flow_picture
from trayecto.render.questions.timeline import timeline_picture
from trayecto.vocabulary.text import Language

PICTURES: dict[type, Callable[..., str]] = {
    Graph: graph_picture,
    Around: flow_picture,
    Funnel: funnel_picture,
    Durations: arrival_picture,
    Retention: grid_picture,
    Timelines: timeline_picture,
}


def picture(answer: Any, *, language: Language) -> str:
    """Return an answer as SVG."""
    return PICTURES[type(answer)](answer, language=language)


def show_in_notebooks(language: Callable[[], Language]) -> None:
    """Let every answer that has a picture show it when it is the last line of a cell."""

    def shown(answer: Any) -> str:
        return picture(answer, language=language())

    # By name: the answers lie below the pictures, and need not know of them.
    name = "_repr_svg_"
    for kind in PICTURES:
        setattr(kind, name, shown)
