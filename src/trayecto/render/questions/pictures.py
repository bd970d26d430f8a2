"""Which picture an answer has; and answers that show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trayecto.journeys.answers import Graph, Variants
from trayecto.journeys.answers_people import (
    Comparison,
    Exits,
    Influence,
    Members,
    Retention,
    Timelines,
)
from trayecto.journeys.answers_ways import Around, Durations, Funnel, Sessions
from trayecto.journeys.moods import Moods
from trayecto.render.graph.picture import graph_picture
from trayecto.render.questions.arrival import arrival_picture
from trayecto.render.questions.funnel import funnel_picture
from trayecto.render.questions.grid import grid_picture
from trayecto.render.questions.ranking import (
    comparison_picture,
    exits_picture,
    influence_picture,
    members_picture,
    moods_picture,
    sessions_picture,
    variants_picture,
)
from trayecto.render.questions.sankey import flow_picture
from trayecto.render.questions.table import html_of
from trayecto.render.questions.timeline import timeline_picture
from trayecto.vocabulary.text import Language

PICTURES: dict[type, Callable[..., str]] = {
    Graph: graph_picture,
    Around: flow_picture,
    Funnel: funnel_picture,
    Durations: arrival_picture,
    Retention: grid_picture,
    Timelines: timeline_picture,
    Variants: variants_picture,
    Sessions: sessions_picture,
    Exits: exits_picture,
    Influence: influence_picture,
    Comparison: comparison_picture,
    Members: members_picture,
    Moods: moods_picture,
}


def picture(answer: Any, *, language: Language) -> str:
    """Return an answer as SVG."""
    return PICTURES[type(answer)](answer, language=language)


def show_in_notebooks(language: Callable[[], Language]) -> None:
    """Let every answer show its picture and its tables when it is the last line of a cell."""

    def shown(answer: Any) -> str:
        spoken = language()
        return html_of(answer, picture(answer, language=spoken), language=spoken)

    # By name: the answers lie below the pictures, and need not know of them.
    name = "_repr_html_"
    for kind in PICTURES:
        setattr(kind, name, shown)
