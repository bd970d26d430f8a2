"""What a report tells: one value that the page, the sheets and the paper are all made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from trayecto.contrast.deviations import Deviations
from trayecto.contrast.drift import Drift
from trayecto.contrast.findings import Finding
from trayecto.contrast.judged import NOT_JUDGED, Judged
from trayecto.contrast.measured import Cut, Measured
from trayecto.contrast.personas import Personas
from trayecto.contrast.sides import Sides
from trayecto.contrast.trend import Trend
from trayecto.emotion.masking import Quote
from trayecto.journeys.answers import Graph
from trayecto.maps.document import JourneyMap
from trayecto.render.poster.scene import Scene, scene
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.script import Steps
from trayecto.vocabulary.text import NOTHING, Language, Text

AT_MOST = 8
"""Findings told at once: as many as a director reads in two minutes. The others are folded."""


@dataclass(frozen=True, slots=True)
class Report:
    """
    A measured map with all that was judged of it, to be told in one language.

    *data_note* says what a reader must know of the data: invented, a sample, of one town; *sides*
    is a comparison to be told in it; *sql* are the named steps behind its figures, as they ran.
    """

    map: JourneyMap
    measured: Measured
    language: Language
    findings: Sequence[Finding] = ()
    graph: Graph | None = None
    made_on: date | None = None
    data_note: Text = NOTHING
    personas: Personas | None = None
    sides: Sides | None = None
    judged: Judged = NOT_JUDGED
    deviations: Deviations | None = None
    drift: Drift | None = None
    quotes: Sequence[Quote] = ()
    cuts: Sequence[Cut] = ()
    trends: Sequence[Trend] = ()
    segments: Mapping[str, Text] = field(default_factory=dict)
    """What the segments among the cuts are called, by their id."""
    sql: Steps = ()
    asked: AskedOfMap | None = None
    """What was asked of the map, for the commands that ask it again."""
    people: str = ""
    """Where lists of people are, in the app: an address whose query goes on with place and that."""

    def scene(self) -> Scene:
        """Return the map with its measures in this report's language."""
        told = scene(self.map, self.measured, self.language, judged=self.judged)
        return replace(told, deviations=self.deviations)

    @property
    def foremost(self) -> Sequence[Finding]:
        """Return the findings to be told first."""
        return self.findings[:AT_MOST]
