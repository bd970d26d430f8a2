"""Two hundred maps nobody has seen: whatever a team writes, no words meet and all can be read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random
from xml.dom.minidom import parseString

import pytest

import samples
from trayecto.maps.compose import compose
from trayecto.maps.document import (
    Arrow,
    BackStage,
    Cost,
    Emotion,
    FreeLane,
    Image,
    JourneyMap,
    MapLink,
    Opportunity,
    Protagonist,
    Stage,
    Step,
    Support,
    Touchpoint,
    VotingPoint,
)
from trayecto.maps.notation import read, write
from trayecto.maps.versions import Changes, Version, difference
from trayecto.render.poster.more_lines import more_lines
from trayecto.render.poster.poster import sheet
from trayecto.render.poster.scene import A3_MM, WIDTH, View, scene
from trayecto.render.table import tables
from trayecto.vocabulary.text import LANGUAGES, Text, same

POINTS_PER_MM = 72 / 25.4
STRANGE = (
    "مرحبا بكم في رحلة العميل", "日本語の顧客体験", "👩🏽‍💻 soporte 🚚", "Ñandú·ﬁn—±∞",
    "esternocleidomastoideoelectroencefalogram", "<b>no es negrita</b>", "a", "-" * 40,
)  # fmt: skip


PICTURE = Image("a.png", "png", b"not looked at here")


def full(journey_map: JourneyMap, chance: Random) -> JourneyMap:
    """Return a map with some of everything a document may hold."""
    people = tuple(
        Protagonist(
            say(chance), needs=say(chance), evidence=say(chance), id=f"p{i}", role="influencer",
            archetype=say(chance), frustrations=say(chance), image=PICTURE if i % 2 else None,
        )
        for i in range(chance.randint(0, 4))
    )  # fmt: skip
    stages = tuple(whole_stage(stage, people, chance) for stage in journey_map.stages)
    ids = [touchpoint.id for stage in stages for touchpoint in stage.touchpoints]
    lanes = tuple(
        FreeLane(
            f"l{i}", say(chance), tuple((place, say(chance)) for place in chance.sample(ids, 1))
        )
        for i in range(chance.randint(0, 2))
    )
    return replace(
        journey_map, title=say(chance), stages=stages, personas=people, lanes=lanes,
        arrows=tuple(Arrow(a.id, b.id, say(chance)) for a, b in pairwise(people)),
        questions=(say(chance),) * chance.randint(0, 2), extent="segment", state="to_be",
        maps=(MapLink("otro-mapa-con-un-nombre-bastante-largo.yaml", "micro"),),
    )  # fmt: skip


def say(chance: Random) -> Text:
    return same(chance.choice(STRANGE)) if chance.random() < 0.3 else samples.phrase(chance, most=8)


def whole_stage(stage: Stage, people: tuple[Protagonist, ...], chance: Random) -> Stage:
    steps = tuple(Step(f"{stage.id}-step{i}", say(chance)) for i in range(chance.randint(0, 3)))
    support = tuple(Support(f"{stage.id}-s", say(chance), system=say(chance)) for _ in (1,))
    touchpoints = tuple(
        whole(touchpoint, people, steps, chance) for touchpoint in stage.touchpoints
    )
    work = BackStage(
        say(chance), say(chance), serves=tuple(t.id for t in touchpoints[:3]),
        needs=(support[0].id,),
    )  # fmt: skip
    ideas = tuple(Opportunity(f"{stage.id}-o", say(chance), t.id) for t in touchpoints[:1])
    return replace(
        stage, steps=steps, support=support, touchpoints=touchpoints, opportunities=ideas,
        back_stage=(*stage.back_stage, work),
    )  # fmt: skip


def whole(
    touchpoint: Touchpoint, people: tuple[Protagonist, ...], steps: tuple[Step, ...], chance: Random
) -> Touchpoint:
    def level() -> Emotion:
        return Emotion(chance.uniform(-1, 1), say(chance))

    vote = VotingPoint(
        say(chance), say(chance), judges=say(chance), delighted=say(chance),
        dissatisfied=say(chance),
    )  # fmt: skip
    return replace(
        touchpoint,
        name=say(chance) if chance.random() < 0.4 else touchpoint.name,
        step=chance.choice(steps).id if steps else "",
        promise=say(chance) if chance.random() < 0.2 else touchpoint.promise,
        cost=Cost(1250.5, "EUR", say(chance)) if chance.random() < 0.1 else None,
        desired=level() if chance.random() < 0.3 else None,
        feels=tuple((p.id, level()) for p in people if chance.random() < 0.4),
        vote=vote if chance.random() < 0.1 else touchpoint.vote,
        image=PICTURE if chance.random() < 0.1 else None,
    )


@pytest.mark.parametrize("tens", range(20))
def test_no_words_meet_leave_the_sheet_or_fall_under_seven_points(tens: int) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        chance = Random(seed)
        stages = chance.randint(1, 12)
        plain = samples.grown(stages, chance.randint(stages, 60), seed=seed, full=chance.random())
        journey_map = full(plain, chance)
        measured = samples.measured(journey_map, seed=seed) if seed % 3 == 0 else None
        changes = changed(plain, journey_map) if seed % 5 == 0 else None

        view: View = ("map", "blueprint", "curve", "map")[seed % 4]

        svg, canvas = sheet(
            journey_map, language=LANGUAGES[seed % 2], measured=measured, changes=changes, view=view
        )

        parseString(svg)
        assert samples.collisions(canvas.boxes) == [], seed
        smallest = min(box.size for box in canvas.boxes) * A3_MM / WIDTH * POINTS_PER_MM
        assert smallest >= 7, seed
        tall = float(svg.split('viewBox="0 0 1680 ')[1].split('"')[0])
        outside = [
            b.words
            for b in canvas.boxes
            if not (b.left >= 40 and b.right <= WIDTH - 40 and b.bottom <= tall - 10)
        ]
        assert outside == [], seed


def changed(older: JourneyMap, newer: JourneyMap) -> Changes:
    return difference(Version(compose(older)), Version(compose(newer))).changes


def test_a_thousand_documents_are_written_back_as_they_were_read() -> None:
    for seed in range(1_000):
        chance = Random(seed)
        small = samples.grown(1, 1, seed=seed, full=chance.choice((0.05, 0.2)))
        text = compose(small)
        document = read(text).document
        assert document is not None, seed
        assert document.tree["map"] == small.id
        assert write(document) == text, seed


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_curves_are_told_apart_by_shape_and_dash_not_by_colour(language: str) -> None:
    chance = Random(6)
    journey_map = full(samples.grown(3, 24, seed=6, full=0.9), chance)
    lines = more_lines(scene(journey_map, None, "es" if language == "es" else "en"))
    assert len(lines) > 2
    assert len({line.mark for line in lines}) == len(lines)
    assert len({line.dash for line in lines}) == len(lines)


def test_every_new_thing_stands_in_the_tables_too() -> None:
    journey_map = full(samples.grown(2, 8, seed=9, full=0.9), Random(9))
    told = " ".join(
        cell for table in tables(journey_map, language="es") for row in table.rows for cell in row
    )
    for stage in journey_map.stages:
        assert all(work.does.es in told for work in stage.support)
        assert all(idea.says.es in told for idea in stage.opportunities)
    assert all(persona.needs.es in told for persona in journey_map.personas)
    assert all(words.es in told for lane in journey_map.lanes for _, words in lane.cells)
