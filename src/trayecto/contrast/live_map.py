"""A live map: a designed map with what was measured on it, and what differs between two of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from trayecto.contrast import deviations as deviating
from trayecto.contrast import findings, moment_words, pain_words, vote_words
from trayecto.contrast import trend as trending
from trayecto.contrast.difference_words import gap_words, too_short_words
from trayecto.contrast.judged import Judged
from trayecto.contrast.measured import Cut, Measured
from trayecto.contrast.moments import MomentMeasure
from trayecto.contrast.pain import Pain
from trayecto.contrast.personas import Persona, Personas
from trayecto.contrast.sides import Sides
from trayecto.contrast.votes import Ballots, VoteMeasure
from trayecto.emotion.masking import Quote
from trayecto.journeys.answers import Graph
from trayecto.maps.document import JourneyMap
from trayecto.maps.segments import Segment
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule, rule_words
from trayecto.vocabulary.text import Text, duration, number, one_after_another


@dataclass(frozen=True, slots=True)
class LiveMap:
    """A designed map with what was measured on it, what that means, and the graph if asked for."""

    journey_map: JourneyMap
    measured: Measured
    findings: tuple[findings.Finding, ...]
    graph: Graph | None
    deviations: deviating.Deviations
    votes: tuple[VoteMeasure, ...] = ()
    moments: tuple[MomentMeasure, ...] = ()
    pains: tuple[Pain, ...] = ()
    personas: Personas | None = None
    cuts: tuple[Cut, ...] = ()
    trends: tuple[trending.Trend, ...] = ()
    people: Rule = ()
    """The rule over customers that it is about; empty: everybody."""
    channel: str = ""
    """It is about those alone who have used this channel; empty: about everybody."""
    quotes: tuple[Quote, ...] = ()
    """Typical texts, covered; for the report alone, and only when asked for."""
    segments: tuple[Segment, ...] = ()
    """The segments among the cuts."""
    sql: tuple[tuple[str, str], ...] = ()
    """The named steps that counted it all, in the order they ran; told in the report."""
    asked: AskedOfMap | None = None
    """What was asked, to be asked again."""
    unread: int = 0
    """Texts of the back office: the company's own words, in which no feeling is read."""

    def vote_words(self) -> list[tuple[VoteMeasure, list[tuple[Text, Ballots]]]]:
        """Return every vote with its lots named: by what they felt, said and waited."""
        return [(vote, vote_words.named(vote)) for vote in self.votes]

    def moment_words(self) -> list[tuple[Text, Text]]:
        """Return what the data suggest, and on what evidence."""
        told, drawn = (moment_words.headline, moment_words.evidence), self.journey_map
        return [(told[0](drawn, m), told[1](drawn, m)) for m in self.moments if m.suggests]

    def pain_words(self) -> list[tuple[Text, ...]]:
        """Return every pain in words: what hurts, by which figures, how surely, and its worth."""
        return [pain_words.told(self.journey_map, pain) for pain in self.pains]

    @property
    def judged(self) -> Judged:
        """Return votes, moments and pains together, for whoever draws or tells them."""
        return Judged(self.votes, self.moments, self.pains)

    def persona_words(self, persona: Persona) -> tuple[Text, ...]:
        """Return what a persona's customers do differently, each in a sentence, surest first."""
        return tuple(gap_words(self.journey_map, gap) for gap in persona.differences)

    def as_json(self) -> dict[str, Any]:
        """Return the measures and the findings as plain values."""
        said = [asdict(finding) for finding in self.findings]
        deviations = self.deviations.as_json()
        judged = {
            name: [asdict(one) for one in getattr(self, name)]
            for name in ("votes", "moments", "pains", "trends")
        }
        judged["cuts"] = [cut.as_json() for cut in self.cuts]
        whom = {"personas": self.personas.as_json()} if self.personas else {}
        return {
            **self.measured.as_json(),
            "deviations": deviations,
            **judged,
            **whom,
            **({"note": asdict(note)} if (note := self.note()) else {}),
            "findings": said,
        }

    def note(self) -> Text:
        """Return what a reader must know of the data: of whom they are, and where they mislead."""
        return one_after_another(self._notes())

    def _notes(self) -> Iterator[Text]:
        if self.people:
            whom = rule_words(self.people)
            yield Text(en=f"Only customers with: {whom.en}.", es=f"Solo clientes con: {whom.es}.")
        if self.channel:
            used = channel_name(self.channel)
            yield Text(
                en=f"Only customers who have used: {used.en}.",
                es=f"Solo clientes que han usado: {used.es}.",
            )
        if self.unread:
            texts, textos = number(self.unread, "en"), number(self.unread, "es")
            yield Text(
                en=f"{texts:text stands|texts stand} behind the line of visibility (“side: back” "
                "in the node rules): read as the company's own words, not as what a customer felt.",
                es=f"{textos:texto está|textos están} tras la línea de visibilidad («side: back» "
                "en las reglas de nodos): se toman por palabras de la empresa, no por lo que "
                "sintió un cliente.",
            )
        silence = self.journey_map.journeys.silence
        asked = self.asked is not None and self.asked.period != ALWAYS
        since, until = self.measured.since, self.measured.until
        if asked and silence and since and until and until - since < silence:
            en, es = (duration(silence.total_seconds(), spoken) for spoken in ("en", "es"))
            yield Text(
                en="The period is shorter than the silence after which a journey is over "
                f"({en}): who has gone quiet does not count as gone yet, so fewer seem to leave "
                "and more to complete than they do.",
                es="El periodo es más corto que el silencio tras el que un trayecto se da por "
                f"terminado ({es}): quien ha callado aún no cuenta como ido, así que parece que "
                "se van menos y llegan al final más de los que son.",
            )


@dataclass(frozen=True, slots=True)
class Side:
    """
    One side of a comparison: what it is called, whose journeys, and when.

    *asked* is how a command asks for it; "": no command did.
    """

    name: str
    people: Rule = ()
    period: Period = ALWAYS
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two sides of a map, and the map as a whole (of periods, the first)."""

    whole: LiveMap
    sides: Sides

    def words(self) -> tuple[Text, ...]:
        """Return what differs, each in a sentence, the surest first."""
        return tuple(gap_words(self.whole.journey_map, gap) for gap in self.sides.surest)

    def too_short(self) -> Text:
        """Return what cannot be compared, and why; nothing where everything can."""
        return too_short_words(self.whole.journey_map, self.sides.too_short)
