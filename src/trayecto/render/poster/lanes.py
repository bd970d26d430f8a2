"""The lanes of words: stages, goals, questions, actions, thoughts, moments, opportunities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trayecto.maps.document import Touchpoint
from trayecto.render import words as w
from trayecto.render.icons import BOLT, BULB, STAR
from trayecto.render.palette import BAD, GOOD, INK, SOFT
from trayecto.render.poster.badges import badge_of, badge_wide, draw_badge
from trayecto.render.poster.rows import (
    BODY,
    BODY_SOFT,
    INDENT,
    NOTE,
    NOTE_STRONG,
    QUOTE,
    STRONG,
    Mark,
    Row,
    draw,
    height,
    joined,
    marked,
    paragraph,
    run_in,
)
from trayecto.render.poster.scene import LABELS_WIDE, LEFT, Column, Layer, Scene, System
from trayecto.render.svg import Canvas, Style
from trayecto.vocabulary.text import NOTHING, Text

STAGE_NAME = Style(16, weight=600)
STAGE_COUNT = Style(12, SOFT, weight=600)
_LABEL = Style(12, SOFT, weight=600)

STAR_MARK = Mark(STAR, GOOD, filled=True, scale=0.85)
BOLT_MARK = Mark(BOLT, BAD, filled=True, scale=0.8)
_BULB_MARK = Mark(BULB, INK, filled=False, scale=0.9)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane of one row of stages: its name, its height and how to draw it from a top."""

    name: str
    note: str
    height: float
    draw: Callable[[Canvas, float], None]
    rule: bool = True
    """A hairline above."""
    pad: float = 11.0
    elastic: bool = False
    """It may grow where a small map leaves room on its sheet."""
    label_wide: float = LABELS_WIDE
    layers: tuple[Layer, ...] = ()
    """The layers without which it says nothing; usually it does not depend on any."""

    def label_rows(self) -> list[Row]:
        """Return the lane's name and its note, as they stand in the left margin."""
        wide = self.label_wide
        return paragraph(self.name, _LABEL, wide) + paragraph(self.note, NOTE, wide)

    @property
    def whole(self) -> float:
        """Return the height with its air, and room for the label."""
        return max(self.height, height(self.label_rows())) + 2 * self.pad

    def draw_all(self, canvas: Canvas, top: float) -> None:
        """Draw label and lane."""
        draw(canvas, LEFT, top + self.pad, self.label_rows())
        self.draw(canvas, top + self.pad)


def list_lane(
    scene: Scene,
    system: System,
    name: Text,
    *,
    rows_of: Callable[[Column], list[Row]],
    note: Text = NOTHING,
    layers: tuple[Layer, ...] = (),
) -> Lane | None:
    """Return a lane with a list of rows in each column, or None where nobody has any."""
    lists = [(column, rows_of(column)) for column in system.columns]
    tallest = max((height(rows) for _, rows in lists), default=0)
    if not tallest:
        return None

    def draw_lists(canvas: Canvas, top: float) -> None:
        for column, rows in lists:
            draw(canvas, column.left, top, rows)

    return Lane(scene.say(name), scene.say(note), tallest, draw_lists, layers=layers)


def stage_lanes(scene: Scene, system: System) -> list[Lane]:
    """Return the head of each stage: its name and who gets there, its goal, its question."""
    names = _names(scene, system)
    goals = list_lane(
        scene, system, w.GOAL, rows_of=lambda column: _once(scene, column, column.stage.goal, BODY)
    )
    questions = list_lane(
        scene,
        system,
        w.QUESTION,
        rows_of=lambda c: _once(scene, c, c.stage.question, Style(12, SOFT, italic=True)),
    )
    below = [lane for lane in (goals, questions) if lane]
    return [names, *(_quiet(lane) for lane in below)]


def _quiet(lane: Lane) -> Lane:
    return Lane(lane.name, lane.note, lane.height, lane.draw, rule=False, pad=5)


def _once(scene: Scene, column: Column, text: Text, style: Style) -> list[Row]:
    """Return a text of the stage, in the first of its columns only."""
    return [] if column.continued else paragraph(scene.say(text), style, column.reading)


def _names(scene: Scene, system: System) -> Lane:
    counts = [_reached(scene, column) for column in system.columns]
    badges = [badge_of(scene, column.stage.id) for column in system.columns]
    titles = [
        paragraph(
            _title(scene, column),
            STAGE_NAME,
            column.wide - (STAGE_COUNT.wide(count) + badge_wide(badge) + 20),
        )
        for column, count, badge in zip(system.columns, counts, badges, strict=True)
    ]

    def draw_names(canvas: Canvas, top: float) -> None:
        for column, rows, badge, count in zip(system.columns, titles, badges, counts, strict=True):
            with canvas.group(
                data_stage=column.stage.id, data_left=column.left, data_right=column.right
            ):
                draw(canvas, column.left, top, rows)
            beside = STAGE_COUNT.wide(count) + 8 if count else 0
            draw_badge(canvas, column.right - beside, top + 11, badge)
        for column, rows, count in zip(system.columns, titles, counts, strict=True):
            if count:
                baseline = rows[0].baseline if rows else 16.0
                with canvas.group(data_layer="measured"):
                    canvas.text(column.right, top + baseline, count, STAGE_COUNT, anchor="end")

    tallest = max((height(rows) for rows in titles), default=0)
    label = _stage_label(scene, system)
    return Lane(label, _who_gets_here(scene), tallest, draw_names, rule=False, pad=12)


def _who_gets_here(scene: Scene) -> str:
    """Return what the numbers beside the stages count."""
    if scene.measured is None:
        return ""
    case = scene.map.journeys.per == "case"
    return scene.say(w.WHAT_GETS_HERE if case else w.WHO_GETS_HERE, who=who(scene))


def who(scene: Scene) -> str:
    """Return whom the map follows: people, or its cases by their noun."""
    case = scene.map.journeys.per == "case"
    return scene.say(scene.map.journeys.noun if case else w.PEOPLE)


def _stage_label(scene: Scene, system: System) -> str:
    every = len(scene.map.stages)
    if system.last - system.first + 1 >= every:
        return scene.say(w.STAGE)
    some = scene.say(w.STAGES_OF, first=system.first, last=system.last, all=every)
    if system.first == system.last:
        some = scene.say(w.STAGE_OF, first=system.first, all=every)
    return f"{scene.say(w.STAGE)} {some}"


def _title(scene: Scene, column: Column) -> str:
    name = scene.say(column.stage.name)
    return f"{name} {scene.say(w.CONTINUED)}" if column.continued else name


def _reached(scene: Scene, column: Column) -> str:
    """Return how many got to the stage: journeys when the map follows cases, else people."""
    if scene.measured is None or column.continued:
        return ""
    measure = scene.stages.get(column.stage.id)
    if measure is None:
        return scene.count(None)
    per_case = scene.map.journeys.per == "case"
    return scene.count(measure.passage.reached if per_case else measure.passage.people)


def action_lane(scene: Scene, system: System) -> Lane | None:
    """Return what the customer does at each touchpoint."""
    return _told_lane(scene, system, w.ACTIONS, of=lambda t: scene.say(t.action), style=BODY)


def thought_lane(scene: Scene, system: System) -> Lane | None:
    """Return what the customer thinks, in quotation marks."""
    quoted = "«{}»" if scene.language == "es" else "“{}”"

    def thought(touchpoint: Touchpoint) -> str:
        words = scene.say(touchpoint.thought)
        return quoted.format(words.strip("«»“”\"' ")) if words else ""

    return _told_lane(scene, system, w.THOUGHTS, of=thought, style=QUOTE)


def _told_lane(
    scene: Scene, system: System, name: Text, *, of: Callable[[Touchpoint], str], style: Style
) -> Lane | None:
    """Return a lane of texts, each below the name of the touchpoint that tells it."""

    def told(column: Column) -> list[Row]:
        return joined(
            [
                run_in(
                    scene.say(touchpoint.name),
                    of(touchpoint),
                    column.reading,
                    styles=(NOTE_STRONG, style),
                )
                for touchpoint in column.touchpoints()
                if of(touchpoint)
            ],
            between=4,
        )

    return list_lane(scene, system, name, rows_of=told)


def moment_lane(scene: Scene, system: System) -> Lane | None:
    """Return the moments of truth and of pain, why they are, and what the team proposes."""

    def told(column: Column) -> list[Row]:
        return joined(
            [_moment(scene, t, column.reading) for t in column.touchpoints() if t.moment], between=9
        )

    return list_lane(scene, system, w.MOMENTS, rows_of=told)


def _moment(scene: Scene, touchpoint: Touchpoint, wide: float) -> list[Row]:
    moment = touchpoint.moment
    if moment is None:
        return []
    truth = moment.kind == "truth"
    kind = scene.say(w.OF_TRUTH if truth else w.OF_PAIN)
    style = Style(12, GOOD if truth else BAD, weight=600)
    named = run_in(kind, scene.say(touchpoint.name), wide, styles=(style, STRONG), indent=INDENT)
    head = marked(named, STAR_MARK if truth else BOLT_MARK)
    why = paragraph(scene.say(moment.why), BODY_SOFT, wide, indent=INDENT)
    if not moment.solution:
        return head + why
    proposal = scene.say(w.SOLUTION) + scene.say(moment.solution)
    return head + why + paragraph(proposal, BODY, wide, indent=INDENT)


def opportunity_lane(scene: Scene, system: System) -> Lane | None:
    """Return the opportunities of each stage, by their bulb."""

    def told(column: Column) -> list[Row]:
        if column.continued:
            return []
        stage, wide = column.stage, column.reading
        names = {t.id: t.name for t in stage.touchpoints}
        ideas = [(NOTHING, stage.opportunity)] if stage.opportunity else []
        ideas += [(names.get(idea.at, NOTHING), idea.says) for idea in stage.opportunities]
        return joined([_idea(scene, at, says, wide) for at, says in ideas], between=6)

    return list_lane(scene, system, w.OPPORTUNITIES, rows_of=told)


def _idea(scene: Scene, at: Text, says: Text, wide: float) -> list[Row]:
    words = scene.say(says)
    if not at:
        return marked(paragraph(words, BODY, wide, indent=INDENT), _BULB_MARK)
    name = scene.say(at)
    rows = run_in(name, words, wide, styles=(NOTE_STRONG, BODY), indent=INDENT)
    return marked(rows, _BULB_MARK)
