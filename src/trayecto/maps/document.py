"""
The nouns of a journey map. Pure values: no file, no engine, no clock.

`maps.notation` reads them from YAML, `contrast` lays the measures over them, `render` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import NOTHING, Text, same

Kind = Literal["action", "communication"]
Initiator = Literal["customer", "company"]
Side = Literal["front", "back"]
Per = Literal["person", "case"]
Status = Literal["draft", "review", "approved"]
Extent = Literal["relationship", "segment", "interaction"]
State = Literal["as_is", "to_be"]
Role = Literal["decision_maker", "influencer", "advocate", "user"]
Place = Literal["online", "offline"]
Order = Literal["drawn", "any"]
"""Whether touchpoints come as they are drawn, left to right, or in any order."""


@dataclass(frozen=True, slots=True)
class Image:
    """Name a picture beside the map; *data* is empty until somebody has looked at the file."""

    name: str
    kind: str = ""
    """`png` or `jpeg`."""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Emotion:
    """Say how a customer is expected to feel: a level in [-1, 1] and a word for it."""

    level: float
    word: Text = NOTHING
    evidence: Text = NOTHING
    """Where it comes from: interviews, surveys, a guess."""


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
    judges: Text = NOTHING
    """What customers judge here, and what leaves them…"""
    delighted: Text = NOTHING
    satisfied: Text = NOTHING
    dissatisfied: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Cost:
    """Say what something costs us."""

    amount: float
    currency: str = ""
    per: Text = NOTHING


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
    step: str = ""
    """The step of the stage it belongs to."""
    place: Place | None = None
    """Online or offline, where the channel does not say it."""
    owner: Text = NOTHING
    content: Text = NOTHING
    promise: Text = NOTHING
    """The service target: what we promise here."""
    cost: Cost | None = None
    desired: Emotion | None = None
    feels: tuple[tuple[str, Emotion], ...] = ()
    """How other personas are expected to feel, by their id."""
    image: Image | None = None
    """What it looks like."""


@dataclass(frozen=True, slots=True)
class BackStage:
    """Say what an area does behind the line of visibility, and whether it hurts the customer."""

    area: Text
    does: Text
    system: Text = NOTHING
    hurts: bool = False
    id: str = ""
    serves: tuple[str, ...] = ()
    """Touchpoints it works for, across the line of visibility."""
    needs: tuple[str, ...] = ()
    """Support it needs, across the line of internal interaction."""


@dataclass(frozen=True, slots=True)
class Support:
    """Describe a support process or system behind the line of internal interaction."""

    id: str
    does: Text
    area: Text = NOTHING
    system: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """Name a part of a stage; *repeats*: it may be walked again."""

    id: str
    name: Text
    order: Order = "drawn"
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Say what could be done better, and at which touchpoint."""

    id: str
    says: Text
    at: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """
    Describe one stage: its goal, the customer's question and how long it should take.

    *order* `any`: its touchpoints may come in any order; *repeats*: it may be walked again.
    """

    id: str
    name: Text
    goal: Text = NOTHING
    question: Text = NOTHING
    target: timedelta | None = None
    touchpoints: tuple[Touchpoint, ...] = ()
    back_stage: tuple[BackStage, ...] = ()
    opportunity: Text = NOTHING
    steps: tuple[Step, ...] = ()
    support: tuple[Support, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    order: Order = "drawn"
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Protagonist:
    """Describe whose journey it is: a persona."""

    name: Text
    about: Text = NOTHING
    needs: Text = NOTHING
    prefers: tuple[str, ...] = ()
    """Preferred channels, the dearest first."""
    evidence: Text = NOTHING
    id: str = ""
    role: Role | None = None
    archetype: Text = NOTHING
    motivations: Text = NOTHING
    frustrations: Text = NOTHING
    rule: Rule = ()
    """Which customers are this persona: every test must hold."""
    image: Image | None = None
    """A face: a drawing or a photo."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Say that one persona moves another, and how."""

    from_: str
    to: str
    says: Text = NOTHING


@dataclass(frozen=True, slots=True)
class FreeLane:
    """A row the team added: a text for some stages or touchpoints, by their id."""

    id: str
    name: Text
    cells: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class MapLink:
    """Point to another map: one that shows a part in detail (micro), or the whole (macro)."""

    map: str
    kind: Literal["micro", "macro"]
    at: str = ""


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

    def called(self, n: int) -> Text:
        """Return what *n* journeys are called; a single one of a name of its own is a case."""
        if n != 1:
            return self.noun
        if self.per == "case":
            return Text(en="case", es="caso")
        return Text(en="journey", es="trayecto")


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
    approved: date | None = None
    """Since when it is the plan: what has changed is told from this day on."""
    review: date | None = None
    protagonist: Protagonist | None = None
    journeys: Boundaries = field(default_factory=Boundaries)
    stages: tuple[Stage, ...] = ()
    minimum: int = 30
    """Fewer people than this and a figure is unknown."""
    questions: tuple[Text, ...] = ()
    extent: Extent | None = None
    state: State = "as_is"
    personas: tuple[Protagonist, ...] = ()
    """Everybody else on the journey."""
    arrows: tuple[Arrow, ...] = ()
    lanes: tuple[FreeLane, ...] = ()
    maps: tuple[MapLink, ...] = ()
    library: tuple[str, ...] = ()
    node_names: Mapping[str, Text] = field(default_factory=dict, compare=False)
    """What the workspace calls nodes; no part of the document, and told when it is measured."""

    def node_name(self, touchpoint: str) -> Text:
        """Return what a node is called for people to read: by its own name where nobody said."""
        return self.node_names.get(touchpoint) or same(touchpoint)

    def everybody(self) -> tuple[Protagonist, ...]:
        """Return the protagonist and the other personas."""
        return (self.protagonist, *self.personas) if self.protagonist else self.personas

    def touchpoints(self) -> Iterator[Touchpoint]:
        """Give every touchpoint, left to right."""
        for stage in self.stages:
            yield from stage.touchpoints
