"""The report stage by stage: the stages side by side, then each with its touchpoints."""

from __future__ import annotations

from datetime import timedelta

from trayecto.contrast.measured import Passage, Times, TouchpointMeasure
from trayecto.maps.document import Stage, Touchpoint
from trayecto.render import words as w
from trayecto.render.poster import evidence
from trayecto.render.poster.curve import level_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import words as r
from trayecto.render.report.drawn import as_drawn
from trayecto.render.report.effects import effects
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, filled, joined, table
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.estimate import Estimate, unknown
from trayecto.vocabulary.text import duration


def stages(scene: Scene) -> Html:
    """Return the table of stages, then every stage in its own section."""
    sections = (
        _stage(scene, stage, place) for place, stage in enumerate(scene.map.stages, start=1)
    )
    measured = _stages_table(scene) if scene.stages else NO_HTML
    return joined((measured, *sections, effects(scene)))


def anchors(scene: Scene) -> dict[str, tuple[str, str]]:
    """Return where each stage and touchpoint is on the page, and its name, by its id."""
    found = {
        touchpoint.id: (f"touchpoint-{place}", scene.say(touchpoint.name))
        for place, touchpoint in enumerate(scene.map.touchpoints(), start=1)
    }
    for place, stage in enumerate(scene.map.stages, start=1):
        found.setdefault(stage.id, (f"stage-{place}", scene.say(stage.name)))
    return found


def _stages_table(scene: Scene) -> Html:
    time = scene.say(r.TIME)
    fate = scene.say(r.FATE)
    columns = (
        Column(scene.say(w.STAGE), figures=False),
        Column(scene.say(r.REACH), d.REACH),
        Column(scene.say(r.INTERACTIONS), d.INTERACTIONS),
        Column(scene.say(r.ONWARD), d.ONWARD, group=fate),
        Column(scene.say(r.DROP_OFF), d.DROP_OFF, group=fate),
        Column(scene.say(r.OPEN), d.OPEN, group=fate),
        Column(scene.say(r.MEDIAN), d.TIME, group=time, alone=time),
        Column(scene.say(r.P90), d.P90, group=time),
        Column(scene.say(r.TARGET), d.TARGET, group=time),
    )
    worst = _worst(scene)
    rows = (
        _stage_row(scene, stage, place, worst=stage.id == worst)
        for place, stage in enumerate(scene.map.stages, start=1)
    )
    return table(scene.say(r.STAGES_TABLE), columns, rows, look="stages")


def _worst(scene: Scene) -> str | None:
    """Return the stage that loses the largest known share: the only one told in colour."""
    known = [m for m in scene.stages.values() if m.passage.drop_off.value]
    worst = max(known, key=lambda m: m.passage.drop_off.value or 0.0, default=None)
    return worst.id if worst else None


def _stage_row(scene: Scene, stage: Stage, place: int, *, worst: bool) -> Row:
    head = joined(
        (
            el("span", str(place), class_="numeral"),
            el("a", scene.say(stage.name), href=f"#stage-{place}"),
        ),
        " ",
    )
    measure = scene.stages.get(stage.id)
    if measure is None:
        dashes = (c.unknown(_why_dark(scene, *stage.touchpoints)),) * 7
        return Row(el("span", head, class_="strong"), (*dashes, _drawn_target(scene, stage.target)))
    passage = measure.passage
    journeys = scene.measured.totals.journeys if scene.measured else 0
    cells = (
        _reach_cell(scene, passage, c.n_of(scene, passage.reached, journeys)),
        c.count_cell(scene, passage.interactions, _people(scene, passage)),
        *_fate_cells(scene, passage, worst=worst),
        *_time_cells(scene, measure.duration),
    )
    return Row(el("span", head, class_="strong"), cells)


def _why_dark(scene: Scene, *touchpoints: Touchpoint) -> str:
    """Return why nothing is known of some touchpoints: without rules, or not in the data."""
    if not touchpoints:
        return scene.say(r.NO_TOUCHPOINTS)
    unbound = scene.measured.unbound if scene.measured else ()
    if all(touchpoint.id in unbound for touchpoint in touchpoints):
        return scene.say(r.NO_RULES)
    return scene.say(w.NOT_IN_DATA)


def _drawn_target(scene: Scene, target: timedelta | None) -> Html:
    """Return what the map promises, of what nothing else is known of."""
    return c.target_cell(scene, Times(unknown(), None, target.total_seconds() if target else None))


def _people(scene: Scene, passage: Passage) -> str:
    """Return how many people, where that is not how many journeys."""
    return c.who(scene, passage.people) if passage.people != passage.reached else ""


def _reach_cell(scene: Scene, passage: Passage, *soft: str) -> Html:
    """Return the share that gets here, as a bar too."""
    share = c.share_cell(scene, passage.reach, *soft)
    return joined((share, c.bar(passage.reach.value)))


def _fate_cells(scene: Scene, passage: Passage, *, worst: bool = False) -> tuple[Html, ...]:
    """Return what becomes of those who get here: they go on, leave, or are still under way."""
    look, mark = "", NO_HTML
    if worst:
        look, mark = "bad", el("span", scene.say(r.HIGHEST), class_="bad word")
    onward, left = (
        c.n_of(scene, round(share.value * share.n), share.n)
        if share.value is not None
        else (c.n_words(scene, share.n) if share.n else "")
        for share in (passage.onward_share, passage.drop_off)
    )
    drop_off = c.share_cell(scene, passage.drop_off, left, look=look, mark=mark)
    return (
        c.share_cell(scene, passage.onward_share, onward),
        joined((drop_off, c.bar(passage.drop_off.value, look=look))),
        c.count_cell(scene, passage.still_open),
    )


def _time_cells(scene: Scene, times: Times) -> tuple[Html, ...]:
    return c.median_cell(scene, times), c.p90_cell(scene, times), c.target_cell(scene, times)


def _stage(scene: Scene, stage: Stage, place: int) -> Html:
    """Return one stage: its question, what happened in it, its touchpoints, what was drawn."""
    name = scene.say(stage.name)
    numeral = el("span", str(place), class_="numeral")
    question = el("p", scene.say(stage.question), class_="question") if stage.question else NO_HTML
    touchpoints = (
        (_touchpoints_table(scene, stage) if scene.stages else NO_HTML)
        if stage.touchpoints
        else el("p", scene.say(r.NO_TOUCHPOINTS), class_="soft")
    )
    head = el("h3", joined((numeral, name), " "))
    return el(
        "section",
        head,
        question,
        _summary(scene, stage),
        touchpoints,
        as_drawn(scene, stage),
        id=f"stage-{place}",
        class_="stage",
    )


def _summary(scene: Scene, stage: Stage) -> Html:
    """Return a stage in one sentence, as far as its shares are known."""
    measure = scene.stages.get(stage.id)
    if measure is None or measure.passage.reach.value is None:
        return NO_HTML
    passage, times = measure.passage, measure.duration
    told = []
    if passage.drop_off.value is not None:
        shares = {
            "reach": passage.reach,
            "onward": passage.onward_share,
            "drop": passage.drop_off,
        }
        figures = {
            name: el("strong", c.share_words(scene, share.value)) for name, share in shares.items()
        }
        told.append(filled(r.SUMMARY.say(scene.language), **figures))
    if times.median_s.value is not None:
        told.append(_time_sentence(scene, times))
    return el("p", joined(told, " "), class_="measure") if told else NO_HTML


def _time_sentence(scene: Scene, times: Times) -> Html:
    """Return how long the stage takes, late told in words too."""
    median = el("strong", duration(times.median_s.value, scene.language))
    rest = NO_HTML
    if times.target_s is not None:
        target = c.whole(duration(times.target_s, scene.language))
        rest = filled(r.AGAINST.say(scene.language), target=target)
    if times.late:
        rest = joined((rest, ": ", el("strong", scene.say(w.LATE), class_="bad")))
    return filled(r.STAGE_TIME.say(scene.language), median=median, rest=rest)


def _touchpoints_table(scene: Scene, stage: Stage) -> Html:
    planned, fate = scene.say(r.PLANNED), scene.say(r.FATE)
    wait, emotion = scene.say(r.WAIT), scene.say(w.EMOTION)
    columns = [
        Column(scene.say(r.TOUCHPOINT), figures=False, part=15),
        Column(scene.say(r.REACH), d.REACH, part=7),
        Column(scene.say(r.DONE), d.DONE, group=planned, part=8),
        Column(scene.say(r.SKIPPED), d.SKIPPED, group=planned, part=6),
        Column(scene.say(r.REPEATED), d.REPEATED, group=planned, part=6),
        Column(scene.say(r.ONWARD), d.ONWARD, group=fate, part=9),
        Column(scene.say(r.DROP_OFF), d.DROP_OFF, group=fate, part=9),
        Column(scene.say(r.OPEN), d.OPEN, group=fate, part=6),
        Column(scene.say(r.MEDIAN), d.WAIT, group=wait, part=8, alone=wait),
        Column(scene.say(r.P90), d.P90, group=wait, part=5),
        Column(scene.say(r.TARGET), d.TARGET, group=wait, part=6),
        Column(
            scene.say(r.EXPECTED), d.EXPECTED, group=emotion, part=6, alone=scene.say(r.FEELING)
        ),
        Column(scene.say(r.FELT), d.FELT, group=emotion, part=8, alone=scene.say(r.FEELING_MET)),
    ]
    if _any_scores(scene):
        columns.append(Column(scene.say(r.SCORE), d.SCORE))
    journeys = scene.measured.totals.journeys if scene.measured else 0
    caption = scene.say(
        r.TOUCHPOINTS_OF,
        stage=scene.say(stage.name),
        n=scene.count(journeys),
        noun=scene.say(scene.map.journeys.called(journeys)),
    )
    return table(
        caption, columns, [_touchpoint_row(scene, t) for t in stage.touchpoints], look="touchpoints"
    )


def _any_scores(scene: Scene) -> bool:
    return any(measure.scores for measure in scene.touchpoints.values())


def _touchpoint_row(scene: Scene, touchpoint: Touchpoint) -> Row:
    measure = scene.touchpoints.get(touchpoint.id)
    expected = _expected_cell(scene, touchpoint)
    if measure is None:
        dash = c.unknown(_why_dark(scene, touchpoint))
        after = (dash,) * (2 if _any_scores(scene) else 1)
        cells: tuple[Html, ...] = (*(dash,) * 10, expected, *after)
    else:
        cells = _measured_cells(scene, measure, expected)
    anchor, _ = anchors(scene)[touchpoint.id]
    return Row(_touchpoint_head(scene, touchpoint, measure), cells, anchor)


def _measured_cells(scene: Scene, measure: TouchpointMeasure, expected: Html) -> tuple[Html, ...]:
    passage = measure.passage
    often = scene.say(r.TIMES_N, n=scene.count(passage.interactions))
    cells = (
        _reach_cell(scene, passage),
        c.count_cell(scene, measure.done, often, _people(scene, passage)),
        c.count_cell(scene, measure.skipped),
        _repeated_cell(scene, measure),
        *_fate_cells(scene, passage),
        *_time_cells(scene, measure.wait),
        expected,
        _felt_cell(scene, measure),
    )
    if not _any_scores(scene):
        return cells
    scores = joined(c.score_cell(scene, score) for score in measure.scores)
    return (*cells, scores or c.unknown(scene.say(r.NO_SCORE)))


def _repeated_cell(scene: Scene, measure: TouchpointMeasure) -> Html:
    """Return how many repeat it and, where there are enough, which share that is."""
    share = measure.repeated_share
    if not measure.repeated or share.value is None:
        return c.count_cell(scene, measure.repeated)
    told = (c.share_words(scene, share.value), c.share_interval(scene, share))
    return c.count_cell(scene, measure.repeated, *told)


def _felt_cell(scene: Scene, measure: TouchpointMeasure) -> Html:
    """Return how it felt, by what that is known, and what behaviour hints at where it is not."""
    known = (el("span", words, class_="soft") for words in evidence.told_briefly(scene, measure))
    return joined((c.level_cell(scene, measure.felt), *known))


def _expected_cell(scene: Scene, touchpoint: Touchpoint) -> Html:
    if touchpoint.emotion is None:
        return c.unknown(scene.say(r.NOT_EXPECTED))
    return c.stacked(level_words(scene, touchpoint.emotion.level))


def _touchpoint_head(
    scene: Scene, touchpoint: Touchpoint, measure: TouchpointMeasure | None
) -> Html:
    """Return a touchpoint's name, its channels, and what sets it apart, in words."""
    name = el("span", scene.say(touchpoint.name), class_="strong")
    channels = el("span", channel_words(scene, touchpoint, measure), class_="soft")
    marks = joined(_marks(scene, touchpoint), " · ")
    return joined((name, channels, el("span", marks, class_="soft") if marks else NO_HTML))


def channel_words(
    scene: Scene, touchpoint: Touchpoint, measure: TouchpointMeasure | None = None
) -> str:
    """Return a touchpoint's channel; of several really used, each with its share."""
    if measure is None:
        return scene.say(channel_name(touchpoint.channel))
    used = measure.channels
    # Data without a channel says nothing against the channel that was drawn.
    if {channel for channel, _ in used} <= {touchpoint.channel, "unknown"}:
        return scene.say(channel_name(touchpoint.channel))
    drawn = ""
    if touchpoint.channel not in dict(used):
        drawn = scene.say(r.DRAWN_AS, channel=scene.say(channel_name(touchpoint.channel)))
    if len(used) == 1:
        return scene.say(channel_name(used[0][0])) + drawn
    told = (_channel_share(scene, channel, share) for channel, share in measure.mix)
    n = sum(count for _, count in used)
    return " · ".join((*told, c.n_words(scene, n))) + drawn


def _channel_share(scene: Scene, channel: str, share: Estimate) -> str:
    """Return a channel with its share; of too few to tell, how many they are is told with them."""
    told = (c.share_words(scene, share.value), c.share_interval(scene, share))
    return " ".join((scene.say(channel_name(channel)), *(word for word in told if word)))


def _marks(scene: Scene, touchpoint: Touchpoint) -> list[Html]:
    marks = []
    measured = scene.measured
    if measured and touchpoint.id in measured.untouched:
        marks.append(el("span", scene.say(w.NOBODY_TOUCHED), class_="bad"))
    if measured and touchpoint.id in measured.unseen:
        marks.append(el("span", scene.say(w.NOT_IN_DATA), class_="bad"))
    if measured and touchpoint.id in measured.unbound:
        marks.append(el("span", scene.say(w.NOT_BOUND)))
    if touchpoint.moment:
        truth = touchpoint.moment.kind == "truth"
        look = "good" if truth else "bad"
        marks.append(el("span", scene.say(w.OF_TRUTH if truth else w.OF_PAIN), class_=look))
    if touchpoint.vote:
        marks.append(el("span", scene.say(r.VOTE)))
    if touchpoint.optional:
        marks.append(el("span", scene.say(w.OPTIONAL)))
    if touchpoint.side == "back":
        marks.append(el("span", scene.say(r.BACK)))
    return marks
