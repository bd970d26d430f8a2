"""
Mermaid `journey` diagrams, in and out.

Mermaid knows sections, tasks, a score from 1 to 5 and who takes part; a map knows far more, so
what comes out is less than what went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from trayecto.maps.compose import compose
from trayecto.maps.document import Emotion, JourneyMap, Protagonist, Stage, Touchpoint
from trayecto.maps.names import Ids, slug
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text, clean, same


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a diagram; *score* is None where it is no number from 1 to 5."""

    section: str
    name: str
    score: int | None
    people: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Diagram:
    """A journey diagram as Mermaid reads it."""

    title: str = ""
    accessible_title: str = ""
    accessible_description: str = ""
    sections: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(slots=True)
class _Reading:
    title: str = ""
    acc_title: str = ""
    acc_descr: str = ""
    section: str = ""
    sections: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


_DESCRIPTION = re.compile(r"accDescr\s*\{\s*(.*?)\s*\}", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?\s*>", re.IGNORECASE)


def read_diagram(text: str) -> Diagram:
    """Return the diagram that a text is; one that is no journey raises."""
    found = _Reading()
    block = _DESCRIPTION.search(text)
    if block:
        found.acc_descr = "\n".join(line.strip() for line in block[1].splitlines())
        # What follows the brace may stand on its line.
        text = text[: block.start()] + "\n" * block[0].count("\n") + "\n" + text[block.end() :]
    begun = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("%%"):
            continue
        if not begun:
            if line != "journey":
                raise TrayectoError(Problem(_NO_JOURNEY, _BEGIN, line=number))
            begun = True
        else:
            _take(found, line, number)
    if not begun:
        raise TrayectoError(Problem(_NO_JOURNEY, _BEGIN, line=1))
    return Diagram(
        found.title, found.acc_title, found.acc_descr, tuple(found.sections), tuple(found.tasks)
    )


def _take(found: _Reading, line: str, number: int) -> None:
    word, _, rest = line.partition(" ")
    keyword, colon, said = line.partition(":")
    if word == "title":
        found.title = rest.strip()
    elif word == "section":
        found.section = rest.strip()
        found.sections.append(found.section)
    elif colon and keyword.strip() == "accTitle":
        found.acc_title = said.strip()
    elif colon and keyword.strip() == "accDescr":
        found.acc_descr = said.strip()
    elif colon:
        score, more, people = said.partition(":")
        plain = score.strip()
        level = int(plain) if re.fullmatch("[1-5]", plain) else None
        names = tuple(name.strip() for name in people.split(",")) if more else ()
        found.tasks.append(Task(found.section, keyword.strip(), level, names, number))
    else:
        raise TrayectoError(Problem(_NOT_UNDERSTOOD, _TASK, line=number))


def map_of(diagram: Diagram) -> JourneyMap:
    """
    Return the map of a diagram: sections are stages, tasks touchpoints, people personas.

    The first person is the protagonist. A score of 3 is neutral; the channel is not known.
    """
    if not diagram.tasks:
        raise TrayectoError(Problem(_NO_TASKS, _TASK))
    ids = Ids()
    names = list(dict.fromkeys(n for task in diagram.tasks for n in task.people if n))
    people = [Protagonist(same(clean(name)), id=ids.take(name)) for name in names]
    by_name = dict(zip(names, people, strict=True))
    stages = []
    for section, tasks in _runs(diagram):
        own = ids.take(section or "journey")
        touchpoints = tuple(_touchpoint(task, own, ids, by_name, names) for task in tasks)
        stages.append(Stage(own, same(_BREAK.sub(" ", section) or "—"), touchpoints=touchpoints))
    title = diagram.title or diagram.accessible_title or "Mermaid"
    return JourneyMap(
        id=slug(title) or "map",
        title=same(clean(title)),
        scope=same(clean(diagram.accessible_description)),
        protagonist=people[0] if people else None,
        personas=tuple(people[1:]),
        stages=tuple(stages),
    )


def _runs(diagram: Diagram) -> Iterator[tuple[str, list[Task]]]:
    """Give each section with its tasks; one that comes again is a stage again."""
    run: list[Task] = []
    for task in diagram.tasks:
        if run and task.section != run[-1].section:
            yield run[-1].section, run
            run = []
        run.append(task)
    if run:
        yield run[-1].section, run


def _touchpoint(
    task: Task, stage: str, ids: Ids, people: dict[str, Protagonist], names: list[str]
) -> Touchpoint:
    emotion = None if task.score is None else Emotion((task.score - 3) / 2)
    alone = not any(task.people)
    others = tuple(
        (people[name].id, emotion)
        for name in dict.fromkeys(task.people)
        if name and name != names[0] and emotion
    )
    own = emotion if alone or (names and names[0] in task.people) else None
    name = same(clean(task.name) or "—")
    return Touchpoint(ids.take(task.name), name, stage, "unknown", emotion=own, feels=others)


def imported(text: str, *, file: str | None = None) -> str:
    """Return a diagram as the text of a map."""
    try:
        return compose(map_of(read_diagram(text)))
    except TrayectoError as error:
        placed = (replace(problem, file=file) for problem in error.problems)
        raise TrayectoError(*placed) from None


def exported(journey_map: JourneyMap, *, language: Language) -> str:
    """Return a map as a Mermaid diagram; a touchpoint without an emotion is neutral."""
    lines = ["journey", f"    title {_plain(journey_map.title.say(language))}"]
    names = {persona.id: persona.name.say(language) for persona in journey_map.everybody()}
    whose = journey_map.protagonist.name.say(language) if journey_map.protagonist else ""
    for stage in journey_map.stages:
        lines.append(f"    section {_plain(stage.name.say(language))}")
        for touchpoint in stage.touchpoints:
            people = [whose] if touchpoint.emotion or not touchpoint.feels else []
            people += [names[who] for who, _ in touchpoint.feels]
            felt = touchpoint.emotion or next((e for _, e in touchpoint.feels), Emotion(0))
            score = max(1, min(5, round(felt.level * 2 + 3)))
            told = ", ".join(_plain(name).replace(",", "") for name in people if name)
            name = _plain(touchpoint.name.say(language))
            lines.append(f"      {name}: {score}: {told}".rstrip(": ").rstrip())
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """Return words without the signs that Mermaid takes for its own."""
    return " ".join(words.replace(":", " –").replace(";", ",").replace("#", " ").split())


_NO_JOURNEY = Text(
    en="This is no Mermaid journey diagram.", es="Esto no es un diagrama journey de Mermaid."
)
_BEGIN = Text(en='Its first line is "journey".', es="Su primera línea es «journey».")
_NOT_UNDERSTOOD = Text(en="This line is not understood.", es="Esta línea no se entiende.")
_TASK = Text(
    en='Write a task like "Make tea: 5: Me".', es="Escribe una tarea así: «Hacer té: 5: Yo»."
)
_NO_TASKS = Text(en="The diagram has no tasks.", es="El diagrama no tiene tareas.")
