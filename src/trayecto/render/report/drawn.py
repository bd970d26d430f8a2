"""What the team drew in a stage, as tables: the words of the picture for who cannot see it."""

from __future__ import annotations

from dataclasses import replace

from trayecto.maps.document import BackStage, Stage, Touchpoint
from trayecto.render import words as w
from trayecto.render.poster.curve import level_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.text import UNKNOWN, Text, duration


def as_drawn(scene: Scene, stage: Stage) -> Html:
    """Return a stage as it was designed, folded away; nothing where nothing was told."""
    parts = [
        _pair(scene, w.GOAL, stage.goal),
        _pair(scene, r.OPPORTUNITY, stage.opportunity),
        _touchpoints(scene, stage) if stage.touchpoints else NO_HTML,
        _back_stage(scene, stage) if stage.back_stage else NO_HTML,
    ]
    inside = joined(parts)
    if not inside:
        return NO_HTML
    return el("details", el("summary", scene.say(r.AS_DRAWN)), inside)


def _pair(scene: Scene, name: Text, told: Text) -> Html:
    if not told:
        return NO_HTML
    return el("p", el("strong", f"{scene.say(name)}: "), scene.say(told))


def _touchpoints(scene: Scene, stage: Stage) -> Html:
    heads = (r.TOUCHPOINT, r.WHO_STARTS, r.DOES_AND_THINKS, r.FEELING, r.MOMENT, r.VOTE, r.AREA)
    columns = [Column(scene.say(head), figures=False) for head in heads]
    places = {one.id: place for place, one in enumerate(scene.map.touchpoints(), start=1)}
    rows = [_touchpoint(scene, one) for one in stage.touchpoints]
    if not scene.stages:
        # Nothing was measured: what leads to a touchpoint leads here.
        rows = [
            replace(row, id=f"touchpoint-{places[one.id]}")
            for row, one in zip(rows, stage.touchpoints, strict=True)
        ]
    caption = scene.say(r.DRAWN_OF, stage=scene.say(stage.name))
    return table(caption, columns, rows, look="drawn")


def _touchpoint(scene: Scene, touchpoint: Touchpoint) -> Row:
    name = el("span", scene.say(touchpoint.name), class_="strong")
    kind = scene.say(r.KIND[touchpoint.kind]), scene.say(r.STARTS[touchpoint.initiates])
    return Row(
        name,
        (
            ", ".join(kind),
            _does_and_thinks(scene, touchpoint),
            _feeling(scene, touchpoint),
            _moment(scene, touchpoint),
            _vote(scene, touchpoint),
            scene.say(touchpoint.area) or UNKNOWN,
        ),
    )


def _does_and_thinks(scene: Scene, touchpoint: Touchpoint) -> Html:
    thought = scene.say(touchpoint.thought)
    told = (
        el("span", scene.say(touchpoint.action), class_="line") if touchpoint.action else NO_HTML,
        el("q", thought, class_="line") if thought else NO_HTML,
    )
    return joined(told) or joined((UNKNOWN,))


def _feeling(scene: Scene, touchpoint: Touchpoint) -> str:
    if touchpoint.emotion is None:
        return UNKNOWN
    level = level_words(scene, touchpoint.emotion.level)
    return f"{level} {scene.say(touchpoint.emotion.word)}".strip()


def _moment(scene: Scene, touchpoint: Touchpoint) -> Html:
    moment = touchpoint.moment
    if moment is None:
        return joined((UNKNOWN,))
    truth = moment.kind == "truth"
    name = el("strong", scene.say(w.OF_TRUTH if truth else w.OF_PAIN))
    why = el("span", scene.say(moment.why), class_="line") if moment.why else NO_HTML
    solution = f"{scene.say(w.SOLUTION)}{scene.say(moment.solution)}" if moment.solution else ""
    return joined((name, why, el("span", solution, class_="line soft") if solution else NO_HTML))


def _vote(scene: Scene, touchpoint: Touchpoint) -> Html:
    """Return what staying and leaving mean, each with its measured share."""
    vote = touchpoint.vote
    if vote is None:
        return joined((UNKNOWN,))
    measure = scene.touchpoints.get(touchpoint.id)
    lines = []
    for name, meaning, share in (
        (w.STAYS, vote.stays, measure.passage.onward_share if measure else None),
        (w.LEAVES, vote.leaves, measure.passage.drop_off if measure else None),
    ):
        known = share.value if share else None
        figure = "" if known is None else f" {c.share_words(scene, known)}"
        lines.append(el("span", f"{scene.say(name)}{figure}: {scene.say(meaning)}", class_="line"))
    if vote.within is not None:
        time = duration(vote.within.total_seconds(), scene.language)
        lines.append(el("span", scene.say(w.WITHIN, time=time), class_="line soft"))
    return joined(lines)


def _back_stage(scene: Scene, stage: Stage) -> Html:
    columns = [
        Column(scene.say(head), figures=False) for head in (r.AREA, r.DOES, r.SYSTEM, r.HURTS)
    ]
    caption = scene.say(r.BACK_STAGE_OF, stage=scene.say(stage.name))
    rows = [_back_stage_row(scene, work) for work in stage.back_stage]
    return table(caption, columns, rows, look="drawn")


def _back_stage_row(scene: Scene, work: BackStage) -> Row:
    hurts = el("strong", scene.say(w.HURTS), class_="bad") if work.hurts else scene.say(r.NO_HURT)
    return Row(
        el("span", scene.say(work.area), class_="strong"),
        (scene.say(work.does), scene.say(work.system) or UNKNOWN, hurts),
    )
