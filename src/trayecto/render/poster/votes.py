"""Voting points: a fork where the customer stays or leaves, as wide as the shares measured."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.contrast.measured import TouchpointMeasure
from trayecto.contrast.votes import VoteMeasure
from trayecto.maps.document import Touchpoint, VotingPoint
from trayecto.render import words as w
from trayecto.render.palette import BAD, GOOD, SOFT
from trayecto.render.poster.lanes import Lane
from trayecto.render.poster.rows import (
    BAD_STRONG,
    BODY_SOFT,
    GOOD_STRONG,
    NOTE,
    STRONG,
    Row,
    draw,
    gap,
    height,
    paragraph,
)
from trayecto.render.poster.scene import Column, Scene, System
from trayecto.render.svg import Canvas, Style, written
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, duration, number

_FORK = 58.0
"""The room a fork takes, left of its words."""
_BETWEEN = 7.0
_MOST, _LEAST = 11.0, 1.5
"""The width of a whole branch, and of the thinnest."""


@dataclass(frozen=True, slots=True)
class _Vote:
    """One voting point: its head, and the words and widths of both branches."""

    head: list[Row]
    stays: list[Row]
    leaves: list[Row]
    judged: list[Row]
    """What customers judge, below both branches."""
    widths: tuple[float, float]
    known: bool

    @property
    def height(self) -> float:
        branches = height(self.stays) + _BETWEEN + height(self.leaves)
        return height(self.head) + branches + height(self.judged)


def vote_lane(scene: Scene, system: System) -> Lane | None:
    """Return the voting points of each stage, one below the other."""
    votes = [(column, _votes(scene, column)) for column in system.columns]
    tallest = max((_tall(some) for _, some in votes), default=0)
    if not tallest:
        return None

    def draw_votes(canvas: Canvas, top: float) -> None:
        for column, some in votes:
            y = top
            for vote in some:
                _draw(canvas, vote, column.left, y)
                y += vote.height + 14

    return Lane(
        scene.say(w.VOTES), scene.say(w.STAYS_OR_LEAVES), tallest, draw_votes, layers=("votes",)
    )  # fmt: skip


def _tall(votes: list[_Vote]) -> float:
    return sum(vote.height for vote in votes) + 14 * max(0, len(votes) - 1)


def _votes(scene: Scene, column: Column) -> list[_Vote]:
    return [
        _vote(scene, touchpoint, touchpoint.vote, column.reading)
        for touchpoint in column.touchpoints()
        if touchpoint.vote
    ]


def _vote(scene: Scene, touchpoint: Touchpoint, vote: VotingPoint, wide: float) -> _Vote:
    measure = scene.touchpoints.get(touchpoint.id)
    cast = scene.judged.vote(touchpoint.id)
    onward = measure.passage.onward_share if measure else None
    gone = measure.passage.drop_off if measure else None
    if cast:
        onward, gone = cast.all.stayed, cast.all.left
    measured = scene.measured is not None
    room = wide - _FORK
    stays = _branch(
        scene, onward, word=w.GO_ON if measured else w.STAYS, style=GOOD_STRONG, wide=room
    )
    leaves = _branch(
        scene, gone, word=w.GO_AWAY if measured else w.LEAVES, style=BAD_STRONG, wide=room
    )
    known = onward is not None and onward.value is not None
    return _Vote(
        _head(scene, touchpoint, _below(scene, vote, measure, cast), wide),
        _indented(stays + paragraph(scene.say(vote.stays), BODY_SOFT, room)),
        _indented(leaves + paragraph(scene.say(vote.leaves), BODY_SOFT, room)),
        _undecided(scene, cast, room) + _judged(scene, vote, room),
        (_branch_width(onward), _branch_width(gone)),
        known or not measured,
    )


def judgements(vote: VotingPoint) -> tuple[tuple[Text, Text], ...]:
    """Return what customers judge at a vote, each text with its name."""
    return (
        (w.JUDGES, vote.judges),
        (w.DELIGHTED, vote.delighted),
        (w.SATISFIED, vote.satisfied),
        (w.DISSATISFIED, vote.dissatisfied),
    )


def _judged(scene: Scene, vote: VotingPoint, wide: float) -> list[Row]:
    """Return what customers judge, and what leaves them delighted, satisfied or dissatisfied."""
    rows: list[Row] = []
    for name, text in judgements(vote):
        if text:
            rows += paragraph(scene.say(name) + scene.say(text), NOTE, wide)
    return _indented([gap(4), *rows]) if rows else []


def _head(scene: Scene, touchpoint: Touchpoint, facts: str, wide: float) -> list[Row]:
    name = scene.say(touchpoint.name)
    rows = paragraph(name, STRONG, wide)
    if len(rows) == 1 and facts and STRONG.wide(name) + NOTE.wide(facts) + 8 <= wide:
        return [Row(((f"{name}  ", STRONG), (facts, NOTE)), 18)]
    return [*rows, *paragraph(facts, NOTE, wide), gap(2)]


def _indented(rows: list[Row]) -> list[Row]:
    return [Row(row.runs, row.lead, _FORK) for row in rows]


def _branch(
    scene: Scene, share: Estimate | None, *, word: Text, style: Style, wide: float
) -> list[Row]:
    """Return the first words of a branch: its share with the interval, and what it is."""
    name = scene.say(word)
    if scene.measured is None:
        return paragraph(name, style, wide)
    if share is None or share.value is None:
        return paragraph(f"{scene.count(None)} {name}", Style(12, SOFT, weight=600), wide)
    strong, soft = f"{scene.share(share.value)} {name}", f" {interval(scene, share)}"
    if style.wide(strong) + NOTE.wide(soft) <= wide:
        return [Row(((strong, style), (soft, NOTE)), 16)]
    return paragraph(strong, style, wide) + paragraph(soft.strip(), NOTE, wide)


def interval(scene: Scene, share: Estimate) -> str:
    """Return the interval of a share in brackets, in per cent."""
    if share.low is None or share.high is None:
        return ""
    for decimals in (0, 1):
        low, high = (
            number(100 * end, scene.language, decimals=decimals) for end in (share.low, share.high)
        )
        if low != high:
            return f"({low}–{high})"
    return ""


def _undecided(scene: Scene, cast: VoteMeasure | None, wide: float) -> list[Row]:
    """Return those who did neither in the vote's time, and those it is too early to tell of."""
    if cast is None:
        return []
    told = []
    if cast.all.neither.value:
        share = scene.share(cast.all.neither.value)
        told.append(scene.say(w.NEITHER, share=share))
    if cast.all.undecided:
        told.append(scene.say(w.UNDECIDED, n=scene.count(cast.all.undecided)))
    rows = [row for words in told for row in paragraph(words, NOTE, wide)]
    return _indented([gap(3), *rows]) if rows else []


def _below(
    scene: Scene,
    vote: VotingPoint,
    measure: TouchpointMeasure | None,
    cast: VoteMeasure | None,
) -> str:
    told = []
    if vote.within is not None:
        time = duration(vote.within.total_seconds(), scene.language)
        told.append(scene.say(w.WITHIN, time=time))
    if cast:
        told.append(f"n {scene.count(cast.all.stayed.n)}")
    elif measure:
        told.append(f"n {scene.count(measure.passage.onward_share.n)}")
        if measure.passage.still_open:
            told.append(scene.say(w.STILL_OPEN, n=scene.count(measure.passage.still_open)))
    return " · ".join(told)


def _branch_width(share: Estimate | None) -> float:
    if share is None or share.value is None:
        return 2.4
    return max(_LEAST, _MOST * share.value)


def _draw(canvas: Canvas, vote: _Vote, x: float, top: float) -> None:
    draw(canvas, x, top, vote.head)
    top += height(vote.head)
    below = top + height(vote.stays) + _BETWEEN
    up, down = top + 8, below + 8
    draw(canvas, x, top, vote.stays)
    draw(canvas, x, below, vote.leaves)
    draw(canvas, x, below + height(vote.leaves), vote.judged)
    _draw_fork(canvas, vote, x + 4, (up, down))


def _draw_fork(canvas: Canvas, vote: _Vote, x: float, ends: tuple[float, float]) -> None:
    """Draw the branch that stays and the one that leaves, from one trunk."""
    up, down = ends
    stay, go = vote.widths
    # The branches leave the trunk side by side, so that together they are the trunk.
    total = stay + go
    trunk = (up + down) / 2
    starts = (trunk - total / 2 + stay / 2, trunk + total / 2 - go / 2)
    colours = (GOOD, BAD) if vote.known else (SOFT, SOFT)
    dash = None if vote.known else "3 5"
    for start, end, wide, colour in zip(starts, ends, vote.widths, colours, strict=True):
        d = (
            f"M{written(x)} {written(start)}h10"
            f"C{written(x + 26)} {written(start)} {written(x + 22)} {written(end)}"
            f" {written(x + 44)} {written(end)}"
        )
        canvas.element(
            "path", d=d, fill="none", stroke=colour, stroke_width=wide, stroke_dasharray=dash
        )
