"""The picture stage by stage in words: what a phone shows first, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trayecto.contrast import pain_words
from trayecto.contrast.judged import NOT_JUDGED, Judged
from trayecto.contrast.measured import Measured, Passage, Times, UndrawnNode
from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.render import words as w
from trayecto.render.poster.blueprint import link_words
from trayecto.render.poster.curve import felt_words, level_words
from trayecto.render.poster.head import Figure, figures_of
from trayecto.render.poster.scene import Layer, Scene, by_stage, scene
from trayecto.render.poster.scene import Stop as Place
from trayecto.render.poster.touchpoints import people, state_of
from trayecto.render.poster.votes import interval
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Language, Text, duration

_WIDE, _EDGE = 96.0, 8.0
_CLEAR = 0.2
"""From this level on, to one side or the other, a place is said to feel good or bad."""


def _along(level: float) -> str:
    """Return where a level in [-1, 1] lies on the small line."""
    return f"{_WIDE / 2 + level * (_WIDE / 2 - _EDGE):.1f}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of a place: its name, the words, and the layer that it is of."""

    name: str
    words: str
    layer: Layer | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the small line of feeling of a stop: its kind, its layer, and how far along."""

    kind: str
    layer: Layer
    x: str


@dataclass(frozen=True, slots=True)
class Stop:
    """
    A touchpoint, or a node that nobody drew (it has no *id*).

    *felt* and *expected* are levels in [-1, 1], to be drawn; None: unknown.
    """

    id: str
    name: str
    about: str
    facts: tuple[Fact, ...]
    felt: float | None = None
    expected: float | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was expected and what was felt, where they lie on the small line."""
        told: list[Mark] = []
        if self.expected is not None:
            told.append(Mark("expected", "expected", _along(self.expected)))
        if self.felt is not None:
            kind = "good" if self.felt > _CLEAR else "bad" if self.felt < -_CLEAR else "neutral"
            told.append(Mark(kind, "measured", _along(self.felt)))
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Part:
    """One stage: what is said of it, what there is in it, and what stands behind it."""

    id: str
    name: str
    about: str
    question: str
    facts: tuple[Fact, ...]
    stops: tuple[Stop, ...]
    behind: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A map in words: the figures of its head, and its stages in order."""

    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]


def reading(
    journey_map: JourneyMap,
    *,
    language: Language,
    measured: Measured | None = None,
    judged: Judged = NOT_JUDGED,
) -> Reading:
    """Return the map stage by stage, with what was measured of it."""
    told = scene(journey_map, measured, language, judged=judged)
    parts = tuple(_part(told, stage, places) for stage, places in by_stage(told))
    return Reading(tuple(figures_of(told)), parts)


def _part(told: Scene, stage: Stage, places: Sequence[Place]) -> Part:
    measure = told.stages.get(stage.id)
    return Part(
        stage.id,
        told.say(stage.name),
        _passing(told, measure.passage if measure else None),
        told.say(stage.question),
        tuple(fact for fact in _of_stage(told, stage) if fact.words),
        tuple(
            _stop(told, one) if isinstance(one, Touchpoint) else _undrawn(told, one)
            for one in places
        ),
        tuple(fact for fact in _behind(told, stage) if fact.words),
    )


def _of_stage(told: Scene, stage: Stage) -> Iterator[Fact]:
    yield _fact(told, w.GOAL, told.say(stage.goal))
    measure = told.stages.get(stage.id)
    if measure:
        times = measure.duration
        yield _fact(told, w.TIME, _time(told, times), layer="measured", bad=times.late)
        yield _left(told, measure.passage)


def _behind(told: Scene, stage: Stage) -> Iterator[Fact]:
    """Return what hurts in a stage, what could be done, and who works behind it."""
    own = [touchpoint.id for touchpoint in stage.touchpoints]
    for pain in told.judged.pains_at(stage.id, *own):
        words = told.say(pain_words.headline(told.map, pain))
        yield _fact(told, w.PAIN, f"{pain.rank}. {words}", layer="pains", bad=pain.rank == 1)
    for idea in (stage.opportunity, *(one.says for one in stage.opportunities)):
        yield _fact(told, w.OPPORTUNITY, told.say(idea))
    for work in stage.back_stage:
        said = ": ".join(part for part in (told.say(work.area), told.say(work.does)) if part)
        links = " · ".join(link_words(told, work))
        words = f"{said} ({links})" if links else said
        yield _fact(told, w.BACK_STAGE, words, bad=work.hurts)


def _stop(told: Scene, touchpoint: Touchpoint) -> Stop:
    measure = told.touchpoints.get(touchpoint.id)
    why = state_of(told, touchpoint)
    about = [told.say(channel_name(touchpoint.channel))]
    if why:
        about.append(told.say(why))
    elif measure:
        about.append(_passing(told, measure.passage))
    return Stop(
        touchpoint.id,
        told.say(touchpoint.name),
        " · ".join(about),
        tuple(fact for fact in _of_stop(told, touchpoint) if fact.words),
        measure.felt.value if measure else None,
        touchpoint.emotion.level if touchpoint.emotion else None,
    )


def _of_stop(told: Scene, touchpoint: Touchpoint) -> Iterator[Fact]:
    yield _fact(told, w.ACTION, told.say(touchpoint.action))
    if touchpoint.thought:
        yield _fact(told, w.THOUGHT, told.say(w.QUOTED, words=told.say(touchpoint.thought)))
    measure = told.touchpoints.get(touchpoint.id)
    if measure and measure.felt.value is not None:
        low = measure.felt.value < 0
        felt = felt_words(told, measure.felt)
        yield _fact(told, w.MEASURED_EMOTION, felt, layer="measured", bad=low)
    if touchpoint.emotion:
        words = f"{level_words(told, touchpoint.emotion.level)} {told.say(touchpoint.emotion.word)}"
        yield _fact(told, w.EXPECTED_EMOTION, words.strip(), layer="expected")
    if touchpoint.moment:
        kind = touchpoint.moment.kind
        name = w.OF_TRUTH if kind == "truth" else w.OF_PAIN
        yield _fact(told, name, told.say(touchpoint.moment.why) or told.say(w.YES),
                    bad=kind != "truth")  # fmt: skip
    yield from _vote(told, touchpoint)
    if measure and (measure.wait.late or measure.wait.target_s is not None):
        late = measure.wait.late
        yield _fact(told, w.WAIT, _time(told, measure.wait), layer="measured", bad=late)
    if measure and not touchpoint.vote:
        yield _left(told, measure.passage)


def _vote(told: Scene, touchpoint: Touchpoint) -> Iterator[Fact]:
    """Return who stays and who leaves at a voting point; as designed, what each means."""
    vote = touchpoint.vote
    if vote is None:
        return
    measure, cast = told.touchpoints.get(touchpoint.id), told.judged.vote(touchpoint.id)
    stays = measure.passage.onward_share if measure else None
    leaves = measure.passage.drop_off if measure else None
    if cast:
        stays, leaves = cast.all.stayed, cast.all.left
    for share, name, words, bad in (
        (stays, w.STAYS, vote.stays, False), (leaves, w.LEAVES, vote.leaves, True),
    ):  # fmt: skip
        said = [_share(told, share)] if told.measured else []
        said.append(told.say(words))
        yield _fact(told, name, " · ".join(one for one in said if one), layer="votes", bad=bad)


def _undrawn(told: Scene, node: UndrawnNode) -> Stop:
    about = (
        told.say(channel_name(node.channel)),
        told.say(w.NOBODY_DREW),
        people(told, node.people),
    )
    return Stop("", told.node(node.touchpoint), " · ".join(about), ())


def _passing(told: Scene, passage: Passage | None) -> str:
    """Return how many came to a place, and which share of all that is."""
    if passage is None:
        return ""
    said = [people(told, passage.people)]
    if passage.reach.value is not None:
        said.append(f"{told.share(passage.reach.value)} {told.say(w.GETS_HERE)}")
    return " · ".join(said)


def _left(told: Scene, passage: Passage) -> Fact:
    words = _share(told, passage.drop_off) if passage.drop_off.value is not None else ""
    return _fact(told, w.LEAVES, words, layer="measured")


def _share(told: Scene, share: Estimate | None) -> str:
    if share is None or share.value is None:
        return told.count(None)
    return f"{told.share(share.value)} {interval(told, share)}".strip()


def _time(told: Scene, times: Times) -> str:
    """Return a median beside what was promised."""
    if times.median_s.value is None:
        return ""
    said = [duration(times.median_s.value, told.language)]
    if times.target_s is not None:
        said.append(told.say(w.TARGET, time=duration(times.target_s, told.language)))
    if times.late:
        said.append(told.say(w.LATE))
    return " · ".join(said)


def _fact(
    told: Scene, name: Text, words: str, *, layer: Layer | None = None, bad: bool = False
) -> Fact:
    return Fact(told.say(name), words, layer, bad)
