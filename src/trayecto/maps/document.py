"""
The nouns of a journey map. Pure values: no file, no engine, no clock.

`maps.notation` reads them from YAML, `contrast` lays the measures over them, `render` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from trayecto.vocabulary.text import NOTHING, Text

Kind = Literal["action", "communication"]
Initiator = Literal["customer", "company"]
Side = Literal["front", "back"]
Per = Literal["person", "case"]
Status = Literal["draft", "review", "approved"]


@dataclass(frozen=True, slots=True)
class Emotion:
    """Say how a customer is expected to feel: a level in [-1, 1] and a word for it."""

    level: float
    word: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Moment:
    """Mark a moment of truth, or of pain with the solution the team proposes."""

    kind: Literal["truth", "pain"]
    why: Text = NOTHING
    solution: Text = NOTHING


@dataclass(frozen=True, slots=True)
class VotingPoint:
    """Say what staying and leaving mean at a point where the customer decides, and how soon."""

    stays: Text
    leaves: Text
    within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NodeRule:
    """
    Say which nodes a touchpoint is: globs over the node's touchpoint, channel and source.

    An empty pattern list matches anything; a node must match every list that is not empty.
    """

    touchpoint: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """Describe one touchpoint: where and how customer and organisation meet."""

    id: str
    name: Text
    stage: str
    channel: str
    kind: Kind = "action"
    initiates: Initiator = "customer"
    side: Side = "front"
    area: Text = NOTHING
    action: Text = NOTHING
    thought: Text = NOTHING
    emotion: Emotion | None = None
    within: timedelta | None = None
    """Expected time since the previous step, at most."""
    optional: bool = False
    repeats: bool = False
    """More than once is expected, so it is no deviation."""
    nodes: tuple[NodeRule, ...] = ()
    moment: Moment | None = None
    vote: VotingPoint | None = None


@dataclass(frozen=True, slots=True)
class BackStage:
    """Say what an area does behind the line of visibility, and whether it hurts the customer."""

    area: Text
    does: Text
    system: Text = NOTHING
    hurts: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Describe one stage: its goal, the customer's question and how long it should take."""

    id: str
    name: Text
    goal: Text = NOTHING
    question: Text = NOTHING
    target: timedelta | None = None
    touchpoints: tuple[Touchpoint, ...] = ()
    back_stage: tuple[BackStage, ...] = ()
    opportunity: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Protagonist:
    """Describe whose journey it is."""

    name: Text
    about: Text = NOTHING
    needs: Text = NOTHING
    prefers: tuple[str, ...] = ()
    """Preferred channels, the dearest first."""
    evidence: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Boundaries:
    """
    Say what one journey is: what starts it, completes it, ends it, and which silence means left.

    *per* says whose journey: a person's, or a case's (ticket, order, file). Without *starts* any
    touchpoint left of the first completing one starts a journey; *noun* is what a journey is
    called in the report.
    """

    per: Per = "person"
    noun: Text = field(default_factory=lambda: Text(en="journeys", es="trayectos"))
    sources: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    completes: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    silence: timedelta | None = None


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """A whole map, in the order it was drawn."""

    id: str
    title: Text
    question: Text = NOTHING
    """The question the map must answer; the picture's subtitle."""
    objective: Text = NOTHING
    scope: Text = NOTHING
    owner: Text = NOTHING
    version: str = "1"
    status: Status = "draft"
    review: date | None = None
    protagonist: Protagonist | None = None
    journeys: Boundaries = field(default_factory=Boundaries)
    stages: tuple[Stage, ...] = ()
    minimum: int = 30
    """Fewer people than this and a figure is unknown."""

    def touchpoints(self) -> Iterator[Touchpoint]:
        """Give every touchpoint, left to right."""
        for stage in self.stages:
            yield from stage.touchpoints
