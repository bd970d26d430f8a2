"""The head of the picture: title, question, whose journey, the figures, and what the map is for."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.contrast.measured import Totals
from trayecto.maps.document import Image, Protagonist
from trayecto.render import words as w
from trayecto.render.palette import AVATAR, AVATAR_INK, BAD, INK, SOFT
from trayecto.render.poster.pictures import data_of
from trayecto.render.poster.rows import (
    BODY,
    NOTE,
    NOTE_STRONG,
    Row,
    draw,
    gap,
    heading,
    height,
    paragraph,
    run_in,
)
from trayecto.render.poster.scene import LEFT, RIGHT, Scene
from trayecto.render.poster.votes import interval
from trayecto.render.svg import Box, Canvas, Style
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import UNKNOWN, duration

_TITLE = Style(32, weight=600)
_QUESTION = Style(16, SOFT)
_NAME, _ABOUT = Style(13, weight=600), Style(12, SOFT)
_FIGURE = Style(26, weight=600)
_TOP = 40.0
_LEFT_WIDE = 650.0
_MIDDLE = 760.0
_AVATAR_ROOM = 42.0
# So many other personas stand below the first; more of them make rows of their own.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure: the number, and below it what it is."""

    number: str
    words: tuple[str, ...]
    late: bool = False


def draw_head(canvas: Canvas, scene: Scene) -> float:
    """Draw the head and return where it ends."""
    left, right = _draw_left(canvas, scene), _draw_right(canvas, scene)
    if len(scene.map.personas) <= _BESIDE:
        return max(_draw_others(canvas, scene, left, wide=_LEFT_WIDE, beside=_BESIDE), right) + 22
    return _draw_others(canvas, scene, max(left, right), wide=RIGHT - LEFT, beside=4) + 22


def _draw_left(canvas: Canvas, scene: Scene) -> float:
    title = heading(scene.say(scene.map.title), _TITLE, _LEFT_WIDE)
    question = heading(scene.say(scene.map.question), _QUESTION, _LEFT_WIDE)
    draw(canvas, LEFT, _TOP, title)
    y = _TOP + height(title) + (4 if question else 0)
    draw(canvas, LEFT, y, question)
    y += height(question)
    return _draw_protagonist(canvas, scene, y + 14)


def _draw_protagonist(canvas: Canvas, scene: Scene, top: float) -> float:
    who = scene.map.protagonist
    if who is None:
        return top - 14
    wide = _LEFT_WIDE - _AVATAR_ROOM
    rows = run_in(scene.say(who.name), _portrait(scene, who), wide, styles=(_NAME, _ABOUT))
    for told, text in (
        (w.NEEDS, who.needs),
        (w.MOVED_BY, who.motivations),
        (w.FRUSTRATED, who.frustrations),
    ):
        if text:
            rows += paragraph(scene.say(told) + scene.say(text), _ABOUT, wide)
    channels = [scene.say(channel_name(channel)) for channel in who.prefers]
    last = [scene.say(w.PREFERS, channels=w.listed(channels, scene.language))] if channels else []
    if who.evidence:
        last.append(scene.say(who.evidence))
    rows += paragraph(" · ".join(last), _ABOUT, wide)
    _draw_avatar(canvas, scene.say(who.name), (LEFT, top), image=who.image)
    draw(canvas, LEFT + _AVATAR_ROOM, top, rows)
    return top + max(height(rows), 34)


def _portrait(scene: Scene, who: Protagonist) -> str:
    """Return what a person is, in the decision and in life."""
    role = [scene.say(w.ROLE[who.role])] if who.role else []
    told = [*role, *(scene.say(text) for text in (who.archetype, who.about) if text)]
    return " · ".join(told)


def _draw_avatar(
    canvas: Canvas, name: str, at: tuple[float, float], *, image: Image | None
) -> None:
    left, top = at
    if image and image.data:
        face = Box(left, top + 2, left + 30, top + 32)
        canvas.image(face, data_of(image), name=name, round=True)
        return
    canvas.circle((left + 15, top + 17), 15, fill=AVATAR)
    initials = _initials(name)
    canvas.text(left + 15, top + 21, initials, Style(11, AVATAR_INK, weight=600), anchor="middle")


def _draw_others(canvas: Canvas, scene: Scene, top: float, *, wide: float, beside: int) -> float:
    """Draw the other personas, so many *beside* each other, each with what they do for others."""
    others = scene.map.personas
    each = wide / min(beside, len(others) or 1)
    for first in range(0, len(others), beside):
        bottoms = []
        for place, who in enumerate(others[first : first + beside]):
            left = LEFT + place * each
            rows = _other_rows(scene, who, each - _AVATAR_ROOM - 16)
            _draw_avatar(canvas, scene.say(who.name), (left, top + 14), image=who.image)
            draw(canvas, left + _AVATAR_ROOM, top + 14, rows)
            bottoms.append(top + 14 + max(height(rows), 34))
        top = max(bottoms)
    return top


def _other_rows(scene: Scene, who: Protagonist, wide: float) -> list[Row]:
    rows = paragraph(scene.say(who.name), Style(12, weight=600), wide)
    rows += paragraph(_portrait(scene, who), NOTE, wide)
    if who.needs:
        rows += paragraph(scene.say(w.NEEDS) + scene.say(who.needs), NOTE, wide)
    names = {persona.id: persona.name for persona in scene.map.everybody() if persona.id}
    for arrow in scene.map.arrows:
        if arrow.from_ == who.id and arrow.to in names:
            says = f": {scene.say(arrow.says)}" if arrow.says else ""
            rows += paragraph(f"→ {scene.say(names[arrow.to])}{says}", NOTE, wide)
    return rows


def _initials(name: str) -> str:
    """
    Return two letters of a name.

    >>> _initials("Lucía Márquez, 34"), _initials("Anas"), _initials("")
    ('LM', 'A', '')
    """
    words = [word for word in name.replace(",", " ").split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[:2])


def _draw_right(canvas: Canvas, scene: Scene) -> float:
    y = _TOP + 2
    figures = figures_of(scene)
    if figures:
        wide = (RIGHT - _MIDDLE) / len(figures)
        with canvas.group(data_layer="measured"):
            bottoms = [
                _draw_figure(canvas, figure, _MIDDLE + place * wide, wide - 20)
                for place, figure in enumerate(figures)
            ]
        y = max(bottoms) + 18
    return _draw_facts(canvas, scene, y)


def _draw_figure(canvas: Canvas, figure: Figure, x: float, wide: float) -> float:
    style = Style(_FIGURE.size, BAD if figure.late else INK, weight=600)
    canvas.text(x, _TOP + 28, figure.number, style)
    rows = [row for words in figure.words for row in paragraph(words, NOTE, wide)]
    draw(canvas, x, _TOP + 38, rows)
    return _TOP + 38 + height(rows)


def figures_of(scene: Scene) -> list[Figure]:
    """Return the headline figures of a measured map; of one that was only drawn, none."""
    measured = scene.measured
    if measured is None:
        return []
    totals = measured.totals
    noun = scene.say(scene.map.journeys.called(totals.journeys))
    # Where none began, the report says why: how many there are is not known.
    figures = [Figure(scene.count(totals.journeys) if totals.journeys else UNKNOWN, (noun,))]
    if totals.people != totals.journeys:
        figures.append(Figure(scene.count(totals.people), (scene.say(w.PEOPLE),)))
    share = totals.completed_share
    complete = f"{scene.say(w.COMPLETE)} {interval(scene, share)}".strip()
    figures.append(Figure(scene.share(share.value), (complete,)))
    figures.append(_time_figure(scene, totals))
    covered = measured.coverage.share
    figures.append(Figure(scene.share(covered.value), (scene.say(w.ON_THE_MAP),)))
    return figures


def _time_figure(scene: Scene, totals: Totals) -> Figure:
    times = totals.duration
    promised = []
    if times.target_s is not None:
        promised.append(scene.say(w.TARGET, time=duration(times.target_s, scene.language)))
    if times.late:
        promised.append(scene.say(w.LATE))
    words = (scene.say(w.MEDIAN_TO_END), " · ".join(promised))
    return Figure(duration(times.median_s.value, scene.language), words, times.late)


def _draw_facts(canvas: Canvas, scene: Scene, top: float) -> float:
    """Draw what the map is for, how far it goes, who answers for it."""
    facts = _facts(scene)
    wide = (RIGHT - _MIDDLE) / 3
    for first in range(0, len(facts), 3):
        bottoms = [top]
        for place, (name, texts) in enumerate(facts[first : first + 3]):
            rows: list[Row] = [*paragraph(name, NOTE_STRONG, wide - 24), gap(2)]
            for text in texts:
                rows += paragraph(text, BODY, wide - 24)
            draw(canvas, _MIDDLE + place * wide, top, rows)
            bottoms.append(top + height(rows))
        top = max(bottoms) + (14 if first + 3 < len(facts) else 0)
    return top


def _facts(scene: Scene) -> list[tuple[str, list[str]]]:
    journey_map = scene.map
    facts = [
        (scene.say(name), [scene.say(text)])
        for name, text in ((w.OBJECTIVE, journey_map.objective), (w.SCOPE, journey_map.scope))
        if text
    ]
    if journey_map.extent:
        extent = scene.say(w.EXTENT[journey_map.extent])
        if journey_map.scope:
            facts[-1][1].append(f"({extent})")
        else:
            facts.append((scene.say(w.SCOPE), [extent]))
    if journey_map.questions:
        facts.append((scene.say(w.QUESTIONS), [scene.say(q) for q in journey_map.questions]))
    if journey_map.maps:
        kinds = {"micro": w.MICRO, "macro": w.MACRO}
        links = [scene.say(kinds[link.kind], map=link.map) for link in journey_map.maps]
        facts.append((scene.say(w.MAPS), links))
    version = [
        scene.say(w.VERSION, version=journey_map.version),
        scene.say(w.STATUS[journey_map.status]),
    ]
    if journey_map.review:
        version.append(scene.say(w.REVIEW, date=w.day(journey_map.review, scene.language)))
    if journey_map.state == "to_be":
        version.append(scene.say(w.TO_BE))
    line = " · ".join(version)
    owner = scene.say(journey_map.owner)
    if owner:
        return [*facts, (scene.say(w.OWNER), [owner, line])]
    head, _, rest = line.partition(" · ")
    return [*facts, (head, [rest])]
