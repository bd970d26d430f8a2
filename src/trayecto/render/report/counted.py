"""Every count of the report that people stand behind, with what to ask for their list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trayecto.contrast import pain_words, vote_words
from trayecto.contrast.deviations import TouchpointDeviation
from trayecto.contrast.differences import Gap
from trayecto.contrast.measured import Measured, Passage
from trayecto.contrast.moments import MomentMeasure, Outcome
from trayecto.contrast.pain import Pain
from trayecto.contrast.votes import Ballots
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.cuts import KINDS, cut_name, in_order
from trayecto.render.report.personas import persona_lists
from trayecto.render.report.told import Report
from trayecto.vocabulary.asked import AskedOfMap
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text

_WHOLE = Text(en="The whole map", es="Todo el mapa")
_FATES: Mapping[str, Text] = {
    "done": Text(en="Done where the map has it", es="Hecho donde lo tiene el mapa"),
    "skipped": Text(en="Skipped", es="Saltado"),
    "again": Text(en="Repeated", es="Repetido"),
    "out-of-order": Text(en="Out of order", es="Fuera de orden"),
    "not-taken": Text(en="Not taken", es="No usado"),
    "not-reached": Text(en="Not reached", es="No alcanzado"),
}
_EVERYBODY = Text(en="everybody", es="todos")
_VOTES: Mapping[str, Text] = {
    "vote-cast": Text(en="Vote", es="Votan"),
    "vote-stay": Text(en="Stay", es="Se quedan"),
    "vote-leave": Text(en="Leave", es="Se van"),
    "vote-neither": Text(en="Neither in time", es="Ni uno ni otro"),
    "vote-undecided": Text(en="Undecided", es="Por decidir"),
}
_OF_A_LOT = ("vote-cast", "vote-stay", "vote-leave")
"""What is told of a lot of voters; the rest of theirs is seldom asked for."""
_IS = Text(en="Have a journey on the map", es="Tienen un trayecto en el mapa")
_MET = Text(en="Meet it", es="Pasan por él")
_HIT: Mapping[str, tuple[str, Text]] = {
    "emotion": (
        "felt-bad", Text(en="Feel bad, of those that are over", es="Lo viven mal, de lo acabado"),
    ),
    "wait": (
        "late", Text(en="Wait too long, of those that are over", es="Esperan de más, de lo acabado")
    ),
}  # fmt: skip
"""Whom a pain hits, where that is not one of the counts of its place; as `--that` says it."""


_CAME: Mapping[Outcome, Sequence[tuple[str, Text]]] = {
    "completes": (
        ("met-completed", Text(en="Met it and completed", es="Pasan y completan")),
        ("met-left", Text(en="Met it and did not complete", es="Pasan y no completan")),
        ("unmet-completed", Text(en="Took another step and completed",
                                 es="Dan otro paso y completan")),
        ("unmet-left", Text(en="Took another step and did not complete",
                            es="Dan otro paso y no completan")),
    ),
    "comes_back": (
        ("met-back", Text(en="Met it and came back later", es="Pasan y vuelven más adelante")),
        ("met-not-back", Text(en="Met it and did not come back", es="Pasan y no vuelven")),
        ("unmet-back", Text(en="Took another step and came back later",
                            es="Dan otro paso y vuelven más adelante")),
        ("unmet-not-back", Text(en="Took another step and did not come back",
                                es="Dan otro paso y no vuelven")),
    ),
}  # fmt: skip
"""What came of those who met a touchpoint and of those they are compared with; see `--that`."""


_FELT: Sequence[tuple[str, Text]] = (
    ("good-kept", Text(en="Felt good and completed for good",
                       es="Lo viven bien y completan sin irse después")),
    ("good-lost", Text(en="Felt good and did not complete, or left after",
                       es="Lo viven bien y no completan o se van después")),
    ("bad-kept", Text(en="Felt bad and completed for good",
                      es="Lo viven mal y completan sin irse después")),
    ("bad-lost", Text(en="Felt bad and did not complete, or left after",
                      es="Lo viven mal y no completan o se van después")),
)  # fmt: skip
"""What came of those who felt good and of those who felt bad at a touchpoint; see `--that`."""


_OF_A_SIDE: Mapping[str, tuple[str, Text]] = {
    "completed": ("completed", r.COMPLETED), "reach": ("reached", r.REACH),
    "drop_off": ("left", r.DROP_OFF), "skipped": ("skipped", _FATES["skipped"]),
    "repeated": ("repeated", r.REPEATED),
}  # fmt: skip
"""The figures of a comparison that count journeys; as `--that` says it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """
    One count of the report, of a *section*: of which place ("" the map), and who they are.

    *of* says which of them, where it is not all: options of `behind` by name. Journeys are counted,
    or, where it says so, *people*.
    """

    section: str
    place: str
    name: str
    did: str
    that: str
    count: int
    command: str
    of: Mapping[str, str] = field(default_factory=dict)
    people: bool = False


@dataclass(frozen=True, slots=True)
class _Count:
    """The same, before it is known how to ask for it."""

    place: str
    name: str
    did: Text | str
    that: str
    count: int
    of: Mapping[str, str] = field(default_factory=dict)
    asked: AskedOfMap | None = None
    """What is asked for it, where that is not what was asked of the whole map."""
    people: bool = False


def counted(scene: Scene, report: Report) -> list[Counted]:
    """Return every count of journeys or people that is not nothing, in the order of the report."""
    asked = report.asked
    if asked is None or scene.measured is None:
        return []
    sections = {
        "stages": _stages(scene),
        "votes": _votes(scene),
        "deviations": _deviations(scene),
        "undrawn": _undrawn(scene),
        "pains": _pains(scene),
        "moments": _moments(scene),
        "personas": _personas(scene, report),
        "sides": _sides(scene, report),
        "cuts": _cuts(scene, report),
    }
    return [
        _told(scene, asked, section, one)
        for section, counts in sections.items()
        for one in counts
        if one.count
    ]


def _told(scene: Scene, asked: AskedOfMap, section: str, one: _Count) -> Counted:
    did = one.did if isinstance(one.did, str) else scene.say(one.did)
    command = (one.asked or asked).behind(one.place, that=one.that, of=one.of)
    return Counted(
        section, one.place, one.name, did, one.that, one.count, command, one.of, one.people
    )


def _stages(scene: Scene) -> Iterator[_Count]:
    """Give the counts of the whole map, of its stages and of its touchpoints, from the left."""
    assert scene.measured is not None
    totals = scene.measured.totals
    ends = (
        ("reached", r.ALL, totals.journeys),
        ("completed", r.COMPLETED, totals.completed),
        ("left", r.LEFT, totals.left),
        ("open", r.STILL_OPEN, totals.still_open),
    )
    whole = scene.say(_WHOLE)
    yield from (_Count("", whole, words, that, n) for that, words, n in ends)
    for stage in scene.map.stages:
        if own := scene.stages.get(stage.id):
            yield from _passed(stage.id, scene.say(stage.name), own.passage)
        for touchpoint in stage.touchpoints:
            if met := scene.touchpoints.get(touchpoint.id):
                name = scene.say(touchpoint.name)
                yield from _passed(touchpoint.id, name, met.passage)
                yield _Count(touchpoint.id, name, r.REPEATED, "repeated", met.repeated)


def _passed(place: str, name: str, passage: Passage) -> Iterator[_Count]:
    yield _Count(place, name, r.REACH, "reached", passage.reached)
    if passage.seen:
        yield _Count(place, name, r.ONWARD, "onward", passage.onward)
        yield _Count(place, name, r.DROP_OFF, "left", passage.left)
    yield _Count(place, name, r.OPEN, "open", passage.still_open)


def _deviations(scene: Scene) -> Iterator[_Count]:
    """Give what became of each touchpoint, when each journey is laid beside the map."""
    names = _names(scene)
    for own in scene.deviations.touchpoints if scene.deviations else ():
        if own.measured:
            for that, count in _fates(own):
                yield _Count(own.id, names[own.id], _FATES[that], that, count)


def _fates(own: TouchpointDeviation) -> Iterable[tuple[str, int]]:
    fates = (
        own.done, own.skipped, own.repeated, own.out_of_order, own.not_taken, own.not_reached,
    )  # fmt: skip
    names = ("done", "skipped", "again", "out-of-order", "not-taken", "not-reached")
    return ((name, fate.journeys) for name, fate in zip(names, fates, strict=True))


def _undrawn(scene: Scene) -> Iterator[_Count]:
    for node in scene.deviations.unplanned if scene.deviations else ():
        place = f"{node.touchpoint} [{node.channel}]"
        name = f"{scene.node(node.touchpoint)} [{scene.say(channel_name(node.channel))}]"
        yield _Count(place, name, _MET, "reached", node.journeys)


def _votes(scene: Scene) -> Iterator[_Count]:
    """Give the votes of everybody and of each lot of voters."""
    names = _names(scene)
    for vote in scene.judged.votes:
        everybody = f"{names[vote.id]}: {scene.say(_EVERYBODY)}"
        for that, count in _cast(vote.all):
            yield _Count(vote.id, everybody, _VOTES[that], that, count)
        for lot, name, ballots in vote_words.lots(vote):
            whom = f"{names[vote.id]}: {scene.say(name)}"
            for that, count in _cast(ballots):
                if that in _OF_A_LOT:
                    yield _Count(vote.id, whom, _VOTES[that], that, count, {"group": lot})


def _cast(own: Ballots) -> Iterable[tuple[str, int]]:
    counts = (own.cast, own.stayed_n, own.left_n, own.neither_n, own.undecided)
    return zip(_VOTES, counts, strict=True)


def _pains(scene: Scene) -> Iterator[_Count]:
    """Give whom each pain hits: who feels bad, waits too long, leaves, repeats, makes a detour."""
    unplanned = scene.deviations.unplanned if scene.deviations else ()
    for pain in scene.judged.pains:
        name = scene.say(pain_words.headline(scene.map, pain))
        if pain.kind == "detour":
            for node in unplanned:
                if node.touchpoint == pain.node and node.people == pain.people:
                    place = f"{node.touchpoint} [{node.channel}]"
                    yield _Count(place, name, _MET, "reached", node.journeys)
        elif pain.where:
            yield _hit(scene, pain, pain.where, name)


def _hit(scene: Scene, pain: Pain, where: str, name: str) -> _Count:
    if pain.kind == "repeats":
        return _Count(where, name, r.REPEATED, "repeated", scene.touchpoints[where].repeated)
    if pain.kind == "drop_off":
        return _Count(where, name, r.DROP_OFF, "left", scene.stages[where].passage.left)
    that, did = _HIT[pain.kind]
    return _Count(where, name, did, that, round((pain.hit.value or 0.0) * pain.hit.n))


def _moments(scene: Scene) -> Iterator[_Count]:
    """Give who met each touchpoint that is compared, who took another step, and what came of it."""
    names = _names(scene)
    for moment in scene.judged.moments:
        came = round((moment.met.value or 0.0) * moment.met.n)
        counts = (came, moment.met.n - came, moment.others_came, moment.others - moment.others_came)
        for (that, did), n in zip(_CAME[moment.outcome], counts, strict=True):
            yield _Count(moment.id, names[moment.id], did, that, n)
    # What they felt at a touchpoint is the same, whatever came of those who met it.
    for moment in {one.id: one for one in scene.judged.moments}.values():
        if moment.feeling.value is not None:
            yield from _felt(moment, names[moment.id])


def _felt(moment: MomentMeasure, name: str) -> Iterator[_Count]:
    """Give what came of those who felt good at a touchpoint, and of those who felt bad."""
    for lot, (kept, lost) in zip((moment.good, moment.bad), (_FELT[:2], _FELT[2:]), strict=True):
        stayed = round((lot.value or 0.0) * lot.n)
        yield _Count(moment.id, name, kept[1], kept[0], stayed)
        yield _Count(moment.id, name, lost[1], lost[0], lot.n - stayed)


def _personas(scene: Scene, report: Report) -> Iterator[_Count]:
    """Give whom each persona's rule chooses, and who is one persona, several or none."""
    found = report.personas
    for name, part, count in persona_lists(scene, found) if found else ():
        yield _Count("", name, _IS, "reached", count, {"part": part}, people=True)


def _sides(scene: Scene, report: Report) -> Iterator[_Count]:
    """Give the counts behind the figures of each side of a comparison."""
    found, names = report.sides, _names(scene) | _stage_names(scene)
    if found is None or found.asked is None:
        return
    for gap in found.gaps:
        if gap.p is None or gap.kind not in _OF_A_SIDE:
            continue
        that, did = _OF_A_SIDE[gap.kind]
        sides = zip((found.first, found.second), (found.one, found.other), found.asked, strict=True)
        for called, measured, asked in sides:
            place = gap.where or ""
            name = f"{called}: {names.get(place, scene.say(_WHOLE))}"
            yield _Count(place, name, did, that, _of_side(measured, gap), asked=asked)


def _of_side(measured: Measured, gap: Gap) -> int:
    """Return how many journeys of a side a figure of the comparison counts."""
    if gap.where is None:
        return measured.totals.completed
    stages = {stage.id: stage.passage for stage in measured.stages}
    if gap.where in stages:
        passage = stages[gap.where]
        return passage.reached if gap.kind == "reach" else passage.left
    own = measured.touchpoint(gap.where)
    counts: Mapping[str, int] = {
        "reach": own.passage.reached, "drop_off": own.passage.left,
        "skipped": own.skipped, "repeated": own.repeated,
    }  # fmt: skip
    return counts[gap.kind]


def _cuts(scene: Scene, report: Report) -> Iterator[_Count]:
    """Give how the journeys of each part of the report ended."""
    for cut in in_order(report.cuts):
        totals = cut.measured.totals
        name = f"{scene.say(KINDS[cut.kind])}: {cut_name(scene, report, cut)}"
        part = {"part": f"{cut.kind}={cut.name}"}
        yield _Count("", name, r.ALL, "reached", totals.journeys, part)
        yield _Count("", name, r.COMPLETED, "completed", totals.completed, part)
        yield _Count("", name, r.LEFT, "left", totals.left, part)
        yield _Count("", name, r.STILL_OPEN, "open", totals.still_open, part)


def _stage_names(scene: Scene) -> dict[str, str]:
    return {stage.id: scene.say(stage.name) for stage in scene.map.stages}


def _names(scene: Scene) -> dict[str, str]:
    return {touchpoint.id: scene.say(touchpoint.name) for touchpoint in scene.map.touchpoints()}
