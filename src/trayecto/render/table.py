"""The picture as tables: every value that is drawn, for who cannot or would rather not look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from trayecto.contrast.measured import Measured, Passage, Times, TouchpointMeasure
from trayecto.maps.document import (
    BackStage,
    Emotion,
    JourneyMap,
    Protagonist,
    Stage,
    Touchpoint,
)
from trayecto.maps.versions import Changes
from trayecto.render import words as w
from trayecto.render.poster.blueprint import link_words
from trayecto.render.poster.curve import felt_words, level_words
from trayecto.render.poster.free import service_facts
from trayecto.render.poster.overlay import score_words
from trayecto.render.poster.scene import Scene, scene
from trayecto.render.poster.touchpoints import state_of
from trayecto.render.poster.votes import interval, judgements
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Language, duration


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under their heads; the first column names the row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(
    journey_map: JourneyMap, *, language: Language, measured: Measured | None = None
) -> tuple[Table, ...]:
    """Return the stages, the touchpoints, the back stage and what nobody drew, as tables."""
    told = scene(journey_map, measured, language)
    every = (
        _personas(told),
        _stages(told),
        _touchpoints(told),
        _back_stage(told),
        _support(told),
        *_free(told),
        _undrawn(told),
    )
    return tuple(table for table in every if table.rows)


def what_changed(changes: Changes, language: Language) -> Table | None:
    """Return every change since the older version in words, or None where there is none."""
    if not changes.said:
        return None
    signs = tuple(
        (str(number), said.sign, said.text.say(language))
        for number, said in enumerate(changes.said, start=1)
    )
    name = w.WHAT_CHANGED.say(language)
    return Table(name, ("", w.SIGNS.say(language), name), signs)


def _table(name: str, columns: Sequence[tuple[str, list[str]]]) -> Table:
    """Return a table without the columns in which nothing stands."""
    full = [(head, cells) for head, cells in columns if any(cells)]
    rows = zip(*(cells for _, cells in full), strict=True)
    return Table(name, tuple(head for head, _ in full), tuple(rows))


def _stages(told: Scene) -> Table:
    stages = told.map.stages

    def each(of: Callable[[Stage], str]) -> list[str]:
        return [of(stage) for stage in stages]

    columns = [
        (told.say(w.STAGE), each(lambda s: told.say(s.name))),
        (told.say(w.GOAL), each(lambda s: told.say(s.goal))),
        (told.say(w.QUESTION), each(lambda s: told.say(s.question))),
        (told.say(w.TARGET_TIME), each(lambda s: _span(told, s.target))),
        (told.say(w.STEPS), each(lambda s: ", ".join(told.say(step.name) for step in s.steps))),
        (told.say(w.OPPORTUNITIES), each(lambda s: _opportunities(told, s))),
    ]
    if told.measured:
        columns += [*_passages(told, [_passage(told, s) for s in stages])]
        columns.append((told.say(w.TIME), each(lambda s: _stage_time(told, s))))
    return _table(told.say(w.STAGE), columns)


def _passage(told: Scene, stage: Stage) -> Passage | None:
    measure = told.stages.get(stage.id)
    return measure.passage if measure else None


def _stage_time(told: Scene, stage: Stage) -> str:
    measure = told.stages.get(stage.id)
    return _times(told, measure.duration) if measure else told.count(None)


def _touchpoints(told: Scene) -> Table:
    touchpoints = list(told.map.touchpoints())
    names = {stage.id: told.say(stage.name) for stage in told.map.stages}
    steps = {step.id: told.say(step.name) for s in told.map.stages for step in s.steps}

    def each(of: Callable[[Touchpoint], str]) -> list[str]:
        return [of(touchpoint) for touchpoint in touchpoints]

    columns = [
        (told.say(w.TOUCHPOINTS), each(lambda t: told.say(t.name))),
        (told.say(w.STAGE), each(lambda t: names.get(t.stage, t.stage))),
        (told.say(w.CHANNEL), each(lambda t: told.say(channel_name(t.channel)))),
        (told.say(w.KIND), each(lambda t: _kind(told, t))),
        (told.say(w.STEPS), each(lambda t: steps.get(t.step, ""))),
        (told.say(w.FRONT_STAGE), each(lambda t: told.say(t.area))),
        (told.say(w.OWNER), each(lambda t: told.say(t.owner))),
        (told.say(w.ACTIONS), each(lambda t: told.say(t.action))),
        (told.say(w.THOUGHTS), each(lambda t: told.say(t.thought))),
        (told.say(w.SERVICE), each(lambda t: " · ".join(service_facts(told, t)))),
        (told.say(w.IMAGE), each(lambda t: t.image.name if t.image else "")),
        (told.say(w.EXPECTED_EMOTION), each(lambda t: _emotion(told, t.emotion))),
        (told.say(w.DESIRED_EMOTION), each(lambda t: _emotion(told, t.desired))),
        *_felt_by_others(told, touchpoints),
        (told.say(w.MOMENTS), each(lambda t: _moment(told, t))),
        (told.say(w.VOTES), each(lambda t: _vote(told, t))),
        (told.say(w.MOST_ALLOWED), each(lambda t: _span(told, t.within))),
    ]
    if told.measured:
        columns += _measured_columns(told, touchpoints)
    return _table(told.say(w.TOUCHPOINTS), columns)


def _measured_columns(
    told: Scene, touchpoints: Sequence[Touchpoint]
) -> list[tuple[str, list[str]]]:
    measures = [told.touchpoints.get(touchpoint.id) for touchpoint in touchpoints]
    silent = [state_of(told, touchpoint) for touchpoint in touchpoints]
    unknown = told.count(None)
    return [
        (told.say(w.STATE), [told.say(state) if state else "" for state in silent]),
        *_passages(told, [measure.passage if measure else None for measure in measures]),
        (told.say(w.DONE_HEAD), [told.count(m.done) if m else unknown for m in measures]),
        (told.say(w.SKIPPED_HEAD), [told.count(m.skipped) if m else unknown for m in measures]),
        (told.say(w.REPEATED_HEAD), [told.count(m.repeated) if m else unknown for m in measures]),
        (told.say(w.WAITS), [_times(told, m.wait) if m else unknown for m in measures]),
        (told.say(w.SCORES), [_scores(told, m) if m else "" for m in measures]),
        (told.say(w.MEASURED_EMOTION), [felt_words(told, m.felt) if m else "" for m in measures]),
    ]


def _scores(told: Scene, measure: TouchpointMeasure) -> str:
    return "; ".join(score_words(told, score) for score in measure.scores)


def _passages(told: Scene, passages: Sequence[Passage | None]) -> list[tuple[str, list[str]]]:
    def each(of: Callable[[Passage], str]) -> list[str]:
        return [of(passage) if passage else told.count(None) for passage in passages]

    return [
        (told.say(w.PEOPLE_HEAD), each(lambda p: told.count(p.people))),
        (told.say(w.GETS_HERE_HEAD), each(lambda p: _share(told, p.reach))),
        (told.say(w.REACH), each(lambda p: _share(told, p.onward_share))),
        (told.say(w.LEAVES), each(lambda p: _share(told, p.drop_off))),
        (told.say(w.OPEN_HEAD), each(lambda p: told.count(p.still_open))),
    ]


def _back_stage(told: Scene) -> Table:
    work = [(stage, own) for stage in told.map.stages for own in stage.back_stage]

    def each(of: Callable[[BackStage], str]) -> list[str]:
        return [of(own) for _, own in work]

    return _table(
        told.say(w.BACK_STAGE),
        [
            (told.say(w.BACK_STAGE), each(lambda b: told.say(b.area))),
            (told.say(w.STAGE), [told.say(stage.name) for stage, _ in work]),
            (told.say(w.DOES), each(lambda b: told.say(b.does))),
            (told.say(w.SYSTEM_HEAD), each(lambda b: told.say(b.system))),
            (told.say(w.LINKS), each(lambda b: " · ".join(link_words(told, b)))),
            (told.say(w.HURTS), each(lambda b: told.say(w.YES) if b.hurts else "")),
        ],
    )


def _undrawn(told: Scene) -> Table:
    nodes = told.measured.undrawn if told.measured else ()
    return _table(
        told.say(w.NOBODY_DREW),
        [
            (told.say(w.NOBODY_DREW), [told.node(node.touchpoint) for node in nodes]),
            (told.say(w.CHANNEL), [told.say(channel_name(node.channel)) for node in nodes]),
            (told.say(w.PEOPLE_HEAD), [told.count(node.people) for node in nodes]),
        ],
    )


def _kind(told: Scene, touchpoint: Touchpoint) -> str:
    kind = w.KEY_ACTION if touchpoint.kind == "action" else w.KEY_COMMUNICATION
    starts = w.BY_CUSTOMER if touchpoint.initiates == "customer" else w.BY_COMPANY
    words = [told.say(kind), told.say(starts)]
    if touchpoint.optional:
        words.append(told.say(w.OPTIONAL))
    if touchpoint.side == "back":
        words.append(told.say(w.OUT_OF_SIGHT).lower())
    return ", ".join(words)


def _emotion(told: Scene, emotion: Emotion | None) -> str:
    if emotion is None:
        return ""
    words = f"{level_words(told, emotion.level)} {told.say(emotion.word)}".strip()
    return f"{words} ({told.say(emotion.evidence)})" if emotion.evidence else words


def _felt_by_others(told: Scene, touchpoints: Sequence[Touchpoint]) -> list[tuple[str, list[str]]]:
    """Return a column of expected emotion for each other persona."""
    return [
        (
            f"{told.say(w.EXPECTED_EMOTION)}: {told.say(persona.name)}",
            [_emotion(told, dict(t.feels).get(persona.id)) for t in touchpoints],
        )
        for persona in told.map.personas
    ]


def _opportunities(told: Scene, stage: Stage) -> str:
    ideas = [stage.opportunity, *(idea.says for idea in stage.opportunities)]
    return " · ".join(told.say(idea) for idea in ideas if idea)


def _personas(told: Scene) -> Table:
    people = told.map.everybody() if told.map.personas else ()
    arrows = told.map.arrows
    names = {persona.id: told.say(persona.name) for persona in people}

    def each(of: Callable[[Protagonist], str]) -> list[str]:
        return [of(persona) for persona in people]

    def moves(who: Protagonist) -> str:
        own = [arrow for arrow in arrows if who.id and arrow.from_ == who.id]
        return "; ".join(f"{names[a.to]}: {told.say(a.says)}" for a in own)

    channels = [[told.say(channel_name(channel)) for channel in who.prefers] for who in people]
    return _table(
        told.say(w.PERSONAS),
        [
            (told.say(w.PERSONAS), each(lambda p: told.say(p.name))),
            (told.say(w.ROLE_HEAD), each(lambda p: told.say(w.ROLE[p.role]) if p.role else "")),
            (told.say(w.ARCHETYPE), each(lambda p: told.say(p.archetype))),
            (told.say(w.NEEDS_HEAD), each(lambda p: told.say(p.needs))),
            (told.say(w.MOTIVATIONS), each(lambda p: told.say(p.motivations))),
            (told.say(w.FRUSTRATIONS), each(lambda p: told.say(p.frustrations))),
            (told.say(w.CHANNEL), [", ".join(some) for some in channels]),
            (told.say(w.ARROWS), each(moves)),
            (told.say(w.EVIDENCE), each(lambda p: told.say(p.evidence))),
            (told.say(w.IMAGE), each(lambda p: p.image.name if p.image else "")),
        ],
    )


def _support(told: Scene) -> Table:
    work = [(stage, own) for stage in told.map.stages for own in stage.support]
    return _table(
        told.say(w.SUPPORT),
        [
            (told.say(w.SUPPORT), [told.say(own.does) for _, own in work]),
            (told.say(w.STAGE), [told.say(stage.name) for stage, _ in work]),
            (told.say(w.BACK_STAGE), [told.say(own.area) for _, own in work]),
            (told.say(w.SYSTEM_HEAD), [told.say(own.system) for _, own in work]),
        ],
    )


def _free(told: Scene) -> list[Table]:
    """Return a table for each row that the team added."""
    names = {stage.id: told.say(stage.name) for stage in told.map.stages}
    names |= {touchpoint.id: told.say(touchpoint.name) for touchpoint in told.map.touchpoints()}
    return [
        _table(
            told.say(lane.name),
            [
                (told.say(w.PLACE), [names[where] for where, _ in lane.cells]),
                (told.say(lane.name), [told.say(words) for _, words in lane.cells]),
            ],
        )
        for lane in told.map.lanes
    ]


def _moment(told: Scene, touchpoint: Touchpoint) -> str:
    moment = touchpoint.moment
    if moment is None:
        return ""
    kind = told.say(w.OF_TRUTH if moment.kind == "truth" else w.OF_PAIN)
    proposal = told.say(w.SOLUTION) + told.say(moment.solution) if moment.solution else ""
    return _sentences(kind, told.say(moment.why), proposal)


def _vote(told: Scene, touchpoint: Touchpoint) -> str:
    vote = touchpoint.vote
    if vote is None:
        return ""
    stays = f"{told.say(w.STAYS)}: {told.say(vote.stays)}"
    leaves = f"{told.say(w.LEAVES)}: {told.say(vote.leaves)}"
    within = told.say(w.WITHIN, time=_span(told, vote.within)) if vote.within else ""
    judged = [told.say(name) + told.say(text) for name, text in judgements(vote) if text]
    return _sentences(stays, leaves, within, *judged)


def _sentences(*parts: str) -> str:
    """Return parts as sentences; one that ends in a full stop gets no second."""
    return ". ".join(part.rstrip(".") for part in parts if part)


def _span(told: Scene, time: timedelta | None) -> str:
    return "" if time is None else duration(time.total_seconds(), told.language)


def _share(told: Scene, share: Estimate) -> str:
    return f"{told.share(share.value)} {interval(told, share)} n {told.count(share.n)}"


def _times(told: Scene, times: Times) -> str:
    """Return a median with its interval, 90th percentile, target and n."""
    median = times.median_s
    low, high = (duration(end, told.language) for end in (median.low, median.high))
    ends = f" ({low}–{high})" if median.value is not None else ""
    facts = [f"{duration(median.value, told.language)}{ends}"]
    if times.p90_s is not None:
        facts.append(told.say(w.P90, time=duration(times.p90_s, told.language)))
    if times.target_s is not None:
        facts.append(told.say(w.TARGET, time=duration(times.target_s, told.language)))
    if times.late:
        facts.append(told.say(w.LATE))
    return ", ".join([*facts, f"n {told.count(median.n)}"])
