"""
A map made by answering questions, in the order the method teaches.

Why → who → stages → goals and questions → touchpoints and channels → emotions, moments, votes →
times → draw. The answers are plain words by name, so they can be saved after each one, taken up
again, or come from a file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from trayecto.maps import guide_words as said
from trayecto.maps.compose import compose
from trayecto.maps.document import (
    Boundaries,
    Emotion,
    JourneyMap,
    Moment,
    Protagonist,
    Stage,
    Touchpoint,
    VotingPoint,
)
from trayecto.maps.durations import EXAMPLES, time_span
from trayecto.maps.names import Ids, slug
from trayecto.maps.notation_words import WORDS
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.text import NOTHING, Text, WayOut, clean, same
from trayecto.vocabulary.tree import read_tree

MOST_STAGES, MOST_TOUCHPOINTS = 12, 12


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the name of its answer, its part of the method, its words and an example."""

    name: str
    part: Text
    words: Text
    example: Text = NOTHING
    required: bool = False
    kind: str = "text"
    choices: tuple[str, ...] = ()
    """The answers there are, where it asks for one of some."""
    problem: Problem | None = None
    """What was wrong with the last answer."""

    @property
    def lesson(self) -> Text:
        """What the method teaches of this part."""
        return said.LESSONS[self.part]


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a guided map stands: the next question, or None and the whole map."""

    question: Question | None
    answered: int
    asked: int
    """Questions known so far; more stages bring more questions."""
    text: str
    before: str = ""
    """The name of the question before it."""


def guide(answers: Mapping[str, str], *, skip_unanswered: bool = False, again: str = "") -> Guide:
    """
    Return the first question without a sound answer, or the map that the answers make.

    With *skip_unanswered* a question the map can do without counts as left empty. The question
    *again* is asked although it has been answered.
    """
    questions, before = list(_questions(answers)), ""
    for place, question in enumerate(questions):
        if question.name not in answers:
            if skip_unanswered and not question.required:
                continue
            return Guide(question, place, len(questions), "", before)
        problem = _problem(question, answers[question.name], answers)
        if problem or question.name == again:
            asked = replace(question, problem=problem)
            return Guide(asked, place, len(questions), "", before)
        before = question.name
    return Guide(None, len(questions), len(questions), compose(_map(answers)))


def read_answers(text: str, *, file: str | None = None) -> dict[str, str]:
    """Return the answers that a document holds: one name and its words a line."""
    tree = read_tree(text)
    stop_if_any(replace(problem, file=file) for problem in tree.problems)
    found = tree.value if isinstance(tree.value, dict) else {}
    return {
        name: "" if value is None else tree.written.get((name,), "")
        for name, value in found.items()
        if not isinstance(value, dict | list)
    }


def write_answers(answers: Mapping[str, str]) -> str:
    """Return the answers as a document that `read_answers` reads back."""
    return "".join(f"{name}: {json.dumps(w, ensure_ascii=False)}\n" for name, w in answers.items())


def _questions(answers: Mapping[str, str]) -> Iterator[Question]:
    """Give the questions in the order of the method, as far as the answers let us know them."""
    for name, words, example, required in said.OPENING:
        part = said.WHO if name.startswith("who") else said.WHY
        yield Question(name, part, words, example, required)
    yield Question("stages", said.STAGES, said.WHICH_STAGES, said.STAGES_EXAMPLE, True, "stages")
    stages = stage_names(answers)
    for s, stage in enumerate(stages, 1):
        for name, words, example in said.OF_STAGE:
            yield Question(f"stage.{s}.{name}", said.GOALS, _of(words, stage), example)
    for s, stage in enumerate(stages, 1):
        yield Question(
            f"stage.{s}.touchpoints", said.TOUCHPOINTS, _of(said.WHICH_TOUCHPOINTS, stage),
            said.TOUCHPOINTS_EXAMPLE, True, "touchpoints",
        )  # fmt: skip
    placed = _called(answers)
    for (s, t), name in placed.items():
        yield Question(
            f"touchpoint.{s}.{t}.emotion", said.FEELINGS, _of(said.WHICH_EMOTION, name),
            said.EMOTION_EXAMPLE, kind="emotion",
        )  # fmt: skip
    for name, words, example, kind in said.MOMENTS:
        choices = tuple(placed.values()) if kind == "touchpoint" else ()
        if choices or answers.get(name.partition(".")[0], "").strip():
            yield Question(name, said.FEELINGS, words, example, kind=kind, choices=choices)
    for s, stage in enumerate(stages, 1):
        yield Question(
            f"stage.{s}.target", said.TIMES, _of(said.WHICH_TARGET, stage), said.TIME_EXAMPLE,
            kind="time",
        )  # fmt: skip
    yield Question("silence", said.TIMES, said.WHICH_SILENCE, said.TIME_EXAMPLE, kind="time")


def _of(words: Text, name: str) -> Text:
    en, es = (told.replace("{name}", name) for told in (words.en, words.es))
    if isinstance(words, WayOut):
        return WayOut(en, es, _of(words.page, name))
    return Text(en, es)


def stage_names(answers: Mapping[str, str]) -> list[str]:
    """Return the names of the stages answered."""
    return listed(answers.get("stages", ""))


def listed(words: str) -> list[str]:
    """Return what stands between commas; what ends its last line stands one a line."""
    between = r"\n" if words.endswith("\n") else r"[;\n]|,(?!\d)"
    return [part for part in (clean(part) for part in re.split(between, words)) if part]


def named_in(words: str) -> list[tuple[str, str | None]]:
    """Return the name and the channel of each touchpoint in an answer."""
    return [_touchpoint(each) for each in listed(words)]


def _touchpoints(answers: Mapping[str, str]) -> Iterator[tuple[int, int, str, str | None]]:
    """Give stage, place, name and channel of each touchpoint answered."""
    for s, _ in enumerate(stage_names(answers), 1):
        for t, named in enumerate(named_in(answers.get(f"stage.{s}.touchpoints", "")), 1):
            yield s, t, *named


def _called(answers: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """Return what to call each touchpoint: its name, with its stage where others have the name."""
    stages, all_ = stage_names(answers), list(_touchpoints(answers))
    often = Counter(name for _, _, name, _ in all_)
    return {
        (s, t): f"{name} ({stages[s - 1]})" if often[name] > 1 else name for s, t, name, _ in all_
    }


def _touchpoint(words: str) -> tuple[str, str | None]:
    """
    Return the name and the channel of a touchpoint: the word after @, else one in the name.

    >>> _touchpoint("Llamada de ventas"), _touchpoint("Oferta @ correo"), _touchpoint("Otro")
    (('Llamada de ventas', 'phone'), ('Oferta', 'email'), ('Otro', None))
    """
    name, at, channel = (part.strip() for part in words.rpartition("@"))
    if at:
        return name or channel, _channel(channel)
    return words, next((found for w in _words(words) if (found := _channel(w))), None)


def _words(name: str) -> list[str]:
    folded = name.casefold()
    return [folded, *re.findall(r"[^\W\d_]+", folded)]


def _channel(word: str) -> str | None:
    plain = word.strip().casefold()
    found = plain.replace(" ", "_") if plain.replace(" ", "_") in CHANNELS else None
    meant = found or WORDS.meant.get(plain) or said.CHANNEL_HINTS.get(plain)
    return meant if meant in CHANNELS else None


def _problem(question: Question, answer: str, answers: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with an answer, with the way out."""
    words = clean(answer)
    if not words:
        return Problem(said.NEEDED, question.example) if question.required else None
    lists = {"stages": _stages_problem, "touchpoints": _touchpoints_problem}
    checked = {"emotion": _emotion_problem, "time": _time_problem}
    if question.kind in lists:
        return lists[question.kind](answer)
    if question.kind == "touchpoint":
        return (
            None
            if _found(words, answers)
            else Problem(said.NO_TOUCHPOINT, same(", ".join(question.choices)))
        )
    return checked[question.kind](words) if question.kind in checked else None


def _time_problem(words: str) -> Problem | None:
    return None if time_span(words) else Problem(said.NO_TIME, EXAMPLES)


def _stages_problem(words: str) -> Problem | None:
    return Problem(said.MANY_STAGES) if len(listed(words)) > MOST_STAGES else None


def _touchpoints_problem(words: str) -> Problem | None:
    some = named_in(words)
    if len(some) > MOST_TOUCHPOINTS:
        return Problem(said.MANY_TOUCHPOINTS)
    lost = [name for name, channel in some if channel is None]
    if not lost:
        return None
    what = _of(said.NO_CHANNEL, lost[0])
    return Problem(what, said.CHANNELS_ARE)


def _emotion_problem(words: str) -> Problem | None:
    return Problem(said.NO_LEVEL, said.EMOTION_EXAMPLE) if emotion_of(words) is None else None


_LEVEL = re.compile(r"^([+-−]?\s*\d+(?:[.,]\d+)?)\s*(.*)$", re.DOTALL)


def emotion_of(words: str) -> Emotion | None:
    """Return the level and the word of an emotion written like “-1 preocupada”."""
    found = _LEVEL.match(words)
    if found is None:
        return None
    try:
        level = float(found[1].replace("−", "-").replace(",", ".").replace(" ", ""))
    except ValueError:
        return None
    word = found[2].strip(" ,;:·")
    return Emotion(level / 2, same(word) if word else NOTHING) if -2 <= level <= 2 else None


def _found(words: str, answers: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the place of the touchpoint that a name means."""
    plain = words.casefold()
    places = [(s, t, name.casefold()) for (s, t), name in _called(answers).items()]
    for test in (lambda n: n == plain, lambda n: plain in n):
        for s, t, name in places:
            if test(name):
                return s, t
    return None


def _map(answers: Mapping[str, str]) -> JourneyMap:
    told = {name: _text(answers, name) for name in answers}
    ids = Ids()
    stages = tuple(_stage(s, name, answers, ids) for s, name in enumerate(stage_names(answers), 1))
    last = stages[-1].touchpoints[-1].id
    end = _found(answers["completes"], answers) if answers.get("completes") else None
    if end:
        last = stages[end[0] - 1].touchpoints[end[1] - 1].id
    return JourneyMap(
        id=slug(answers["title"]) or "map",
        title=told["title"],
        question=told.get("question", NOTHING),
        objective=told.get("objective", NOTHING),
        protagonist=Protagonist(
            name=told["who.name"],
            needs=told.get("who.needs", NOTHING),
            evidence=told.get("who.evidence", NOTHING),
        ),
        journeys=Boundaries(
            completes=(last,), silence=time_span(answers.get("silence", "")) or None
        ),
        stages=stages,
    )


def _text(answers: Mapping[str, str], name: str) -> Text:
    return same(clean(answers.get(name, "")))


def _stage(s: int, name: str, answers: Mapping[str, str], ids: Ids) -> Stage:
    own = ids.take(name)
    touchpoints = [
        _made(own, (s, t, called, channel), answers, ids)
        for stage, t, called, channel in _touchpoints(answers)
        if stage == s
    ]
    return Stage(
        id=own,
        name=same(name),
        goal=_text(answers, f"stage.{s}.goal"),
        question=_text(answers, f"stage.{s}.question"),
        target=time_span(answers.get(f"stage.{s}.target", "")),
        touchpoints=tuple(touchpoints),
    )


def _made(
    stage: str, placed: tuple[int, int, str, str | None], answers: Mapping[str, str], ids: Ids
) -> Touchpoint:
    s, t, name, channel = placed
    here = (s, t)
    moment = vote = None
    for kind in ("truth", "pain"):
        if answers.get(kind) and _found(answers[kind], answers) == here:
            solution = _text(answers, f"{kind}.solution")
            moment = Moment(kind, _text(answers, f"{kind}.why"), solution)
    if answers.get("vote") and _found(answers["vote"], answers) == here:
        stays, leaves = _text(answers, "vote.stays"), _text(answers, "vote.leaves")
        vote = VotingPoint(stays or said.STAYS, leaves or said.LEAVES)
    return Touchpoint(
        id=ids.take(name),
        name=same(name),
        stage=stage,
        channel=channel or "unknown",
        emotion=emotion_of(answers.get(f"touchpoint.{s}.{t}.emotion", "")),
        moment=moment,
        vote=vote,
    )
