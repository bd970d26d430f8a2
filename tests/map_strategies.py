"""Any map without problems, for laws that hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from trayecto.maps.build import SCALE
from trayecto.maps.document import (
    Arrow,
    BackStage,
    Boundaries,
    Cost,
    Emotion,
    FreeLane,
    Image,
    JourneyMap,
    MapLink,
    Moment,
    NodeRule,
    Opportunity,
    Protagonist,
    Stage,
    Step,
    Support,
    Touchpoint,
    VotingPoint,
)
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.rule import RuleTest
from trayecto.vocabulary.text import NOTHING, Text, clean

letters = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("áñ¿: #-'\"{}[]&*!|>%@`,?~\n")),
    min_size=1,
    max_size=40,
)
words = letters.map(clean).filter(bool)
texts = st.builds(Text, en=words, es=words)
maybe = st.one_of(st.just(NOTHING), texts)
ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True)
spans = st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))
some_words = st.lists(words, max_size=3).map(tuple)
channels = st.sampled_from(sorted(CHANNELS))
# Tenths, as people write them; the document holds twice the level.
levels = st.integers(-10 * SCALE, 10 * SCALE).map(lambda tenths: tenths / 10 / SCALE)

rules = st.builds(NodeRule, touchpoint=some_words, channel=some_words, source=some_words).filter(
    lambda rule: rule != NodeRule()
)
emotions = st.builds(Emotion, level=levels, word=maybe, evidence=maybe)
costs = st.builds(
    Cost, amount=st.integers(0, 9_999), currency=st.sampled_from(["", "EUR", "MXN"]), per=maybe
)
votes = st.builds(
    VotingPoint,
    stays=texts,
    leaves=texts,
    within=st.none() | spans,
    judges=maybe,
    delighted=maybe,
    satisfied=maybe,
    dissatisfied=maybe,
)
moments = st.builds(Moment, kind=st.sampled_from(["truth", "pain"]), why=maybe, solution=maybe)


orders = st.sampled_from(["drawn", "any"])
images = st.none() | st.builds(Image, st.sampled_from(["a.png", "caras/Ana Gil.JPG"]))


@st.composite
def stages(draw: st.DrawFn, people: list[str], names: list[str]) -> tuple[Stage, ...]:
    """Draw stages whose ids are all different."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    left = iter(names)
    shapes = [(next(left), [next(left) for _ in range(n)]) for n in sizes]
    return tuple(draw(_stage(stage, touchpoints, people, left)) for stage, touchpoints in shapes)


def _stage(
    stage: str, touchpoints: list[str], people: list[str], names: Iterator[str]
) -> st.SearchStrategy[Stage]:
    steps = [next(names) for _ in range(2)]
    work, support, idea = next(names), next(names), next(names)
    at = st.sampled_from(touchpoints)
    return st.builds(
        Stage,
        id=st.just(stage),
        name=texts,
        goal=maybe,
        question=maybe,
        target=st.none() | spans,
        opportunity=maybe,
        touchpoints=st.tuples(*(_touchpoint(name, stage, people, steps) for name in touchpoints)),
        back_stage=st.lists(
            st.one_of(
                st.builds(BackStage, area=texts, does=texts, system=maybe, hurts=st.booleans()),
                st.builds(
                    BackStage,
                    area=texts,
                    does=texts,
                    id=st.just(work),
                    serves=st.lists(at, unique=True).map(tuple),
                    needs=st.just((support,)),
                ),
            ),
            max_size=2,
            unique_by=lambda w: w.id or w.area,
        ).map(tuple),
        order=orders,
        repeats=st.booleans(),
        steps=st.tuples(
            *(st.builds(Step, st.just(step), texts, orders, st.booleans()) for step in steps)
        ),
        support=st.tuples(st.builds(Support, st.just(support), texts, area=maybe, system=maybe)),
        opportunities=st.lists(
            st.builds(Opportunity, st.just(idea), texts, at=st.just("") | at), max_size=1
        ).map(tuple),
    )


def _touchpoint(
    name: str, stage: str, people: list[str], steps: list[str]
) -> st.SearchStrategy[Touchpoint]:
    return st.builds(
        Touchpoint,
        id=st.just(name),
        stage=st.just(stage),
        name=texts,
        channel=channels,
        kind=st.sampled_from(["action", "communication"]),
        initiates=st.sampled_from(["customer", "company"]),
        side=st.sampled_from(["front", "back"]),
        area=maybe,
        action=maybe,
        thought=maybe,
        emotion=st.none() | emotions,
        within=st.none() | spans,
        optional=st.booleans(),
        repeats=st.booleans(),
        nodes=st.lists(rules, max_size=2).map(tuple),
        moment=st.none() | moments,
        vote=st.none() | votes,
        step=st.sampled_from(["", *steps]),
        place=st.sampled_from([None, "online", "offline"]),
        owner=maybe,
        content=maybe,
        promise=maybe,
        cost=st.none() | costs,
        desired=st.none() | emotions,
        feels=st.lists(
            st.tuples(st.sampled_from(people), emotions), unique_by=lambda felt: felt[0], max_size=2
        ).map(tuple)
        if people
        else st.just(()),
        image=images,
    )


def _persona(name: str) -> st.SearchStrategy[Protagonist]:
    return st.builds(
        Protagonist,
        id=st.just(name),
        name=texts,
        about=maybe,
        needs=maybe,
        archetype=maybe,
        motivations=maybe,
        frustrations=maybe,
        role=st.sampled_from([None, "decision_maker", "influencer", "advocate", "user"]),
        prefers=st.lists(channels, unique=True, max_size=3).map(tuple),
        evidence=maybe,
        image=images,
        rule=st.lists(
            st.builds(
                RuleTest, words, is_=st.tuples(words), at_least=st.none() | st.integers(0, 9)
            ),
            max_size=2,
        ).map(tuple),
    )


@st.composite
def maps(draw: st.DrawFn, names: list[str] | None = None) -> JourneyMap:
    """Draw any map without problems; its things have these names, or any."""
    pool = names or draw(st.lists(ids, min_size=48, max_size=48, unique=True))
    people = pool[: draw(st.integers(0, 2))]
    drawn = draw(stages(people, pool[3:]))
    known = [touchpoint.id for stage in drawn for touchpoint in stage.touchpoints]
    places = [stage.id for stage in drawn] + known
    ends = draw(st.lists(st.sampled_from(known), unique=True))
    half = draw(st.integers(0, len(ends)))
    plain = st.builds(Protagonist, name=texts, about=maybe, needs=maybe, evidence=maybe)
    cells = st.lists(
        st.tuples(st.sampled_from(places), texts), min_size=1, max_size=3, unique_by=lambda c: c[0]
    ).map(tuple)
    person = st.sampled_from(people) if people else st.nothing()
    return JourneyMap(
        id=draw(ids),
        title=draw(texts),
        question=draw(maybe),
        objective=draw(maybe),
        scope=draw(maybe),
        owner=draw(maybe),
        version=draw(words),
        status=draw(st.sampled_from(["draft", "review", "approved"])),
        approved=draw(st.none() | st.dates(min_value=date(1900, 1, 1))),
        review=draw(st.none() | st.dates(min_value=date(1900, 1, 1))),
        protagonist=draw(st.none() | plain),
        journeys=Boundaries(
            per=draw(st.sampled_from(["person", "case"])),
            noun=draw(texts),
            sources=tuple(draw(st.lists(words, unique=True, max_size=2))),
            starts=tuple(draw(st.lists(st.sampled_from(known), unique=True))),
            completes=tuple(ends[:half]),
            leaves=tuple(ends[half:]),
            silence=draw(st.none() | spans),
        ),
        stages=drawn,
        minimum=draw(st.integers(1, 10_000)),
        questions=tuple(draw(st.lists(texts, max_size=2))),
        extent=draw(st.sampled_from([None, "relationship", "segment", "interaction"])),
        state=draw(st.sampled_from(["as_is", "to_be"])),
        personas=tuple(draw(_persona(name)) for name in people),
        arrows=tuple(
            draw(
                st.lists(st.builds(Arrow, person, person, says=maybe), max_size=1 if people else 0)
            )
        ),
        lanes=tuple(
            draw(st.lists(st.builds(FreeLane, st.just(pool[2]), texts, cells), max_size=1))
        ),
        maps=tuple(
            draw(
                st.lists(
                    st.builds(
                        MapLink,
                        st.just("other.yaml"),
                        st.sampled_from(["micro", "macro"]),
                        st.sampled_from(["", *places]),
                    ),
                    max_size=1,
                )
            )
        ),
    )


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[JourneyMap, JourneyMap]:
    """Draw two maps that share most of their names, so that things stay, come, go and move."""
    names = [f"n{i}" for i in range(48)]
    return draw(maps(names)), draw(maps(draw(_reshuffled(names))))


def _reshuffled(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.permutations(names[:16]).map(lambda first: [*first, *names[16:]])
