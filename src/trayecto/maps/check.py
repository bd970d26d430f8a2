"""A map, checked: its errors, and the advice a good consultant would give before drawing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trayecto.maps.document import JourneyMap, Touchpoint
from trayecto.maps.notation import Read, read
from trayecto.maps.tree import Path, Tree
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text

MANY_STAGES = 9


@dataclass(frozen=True, slots=True)
class Checked:
    """
    Give the errors of a document, which keep it from being a map, and the advice on the map.

    There is advice only for a document without errors.
    """

    journey_map: JourneyMap | None
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]


def check(text: str, *, file: str | None = None) -> Checked:
    """Return what is wrong with a map's text, and what would make it a better map."""
    found: Read = read(text, file=file)
    if found.journey_map is None:
        return Checked(None, found.problems, ())
    given = [*_on_the_map(found.journey_map, found.tree), *_on_languages(found.tree)]
    placed = (replace(advice, file=file) for advice in given)
    return Checked(found.journey_map, (), tuple(sorted(placed, key=lambda p: p.line or 0)))


def _on_the_map(journey_map: JourneyMap, tree: Tree) -> Iterator[Problem]:
    journeys, touchpoints = journey_map.journeys, list(journey_map.touchpoints())
    if journey_map.protagonist is None:
        yield tree.problem((), *_NOBODY)
    if not journeys.completes:
        yield tree.problem(("journeys",), *_NO_END)
    if journeys.silence is None:
        yield tree.problem(("journeys",), *_NO_SILENCE)
    if len(journey_map.stages) > MANY_STAGES:
        yield tree.problem(("stages", MANY_STAGES), *_TOO_MANY)
    if not any(touchpoint.emotion for touchpoint in touchpoints):
        yield tree.problem(("stages",), *_NO_EMOTION)
    if not any(touchpoint.vote for touchpoint in touchpoints):
        yield tree.problem(("stages",), *_NO_VOTE)
    if not any(stage.back_stage for stage in journey_map.stages):
        yield tree.problem(("stages",), *_NO_BACK_STAGE)
    if not any(touchpoint.nodes for touchpoint in touchpoints):
        yield tree.problem(("stages",), *_NOTHING_BOUND)
    else:
        yield from _not_measured(journey_map, tree)
    yield from _unsolved(journey_map, tree)


def _not_measured(journey_map: JourneyMap, tree: Tree) -> Iterator[Problem]:
    for path, touchpoint in _placed(journey_map):
        if not touchpoint.nodes:
            name = touchpoint.name
            what = Text(
                en=f'"{name.en}" has no nodes, so nothing can be measured here.',
                es=f"«{name.es}» no tiene nodos, así que aquí no se puede medir nada.",
            )
            yield tree.problem(path, what, _BIND)


def _unsolved(journey_map: JourneyMap, tree: Tree) -> Iterator[Problem]:
    for path, touchpoint in _placed(journey_map):
        moment = touchpoint.moment
        if moment and moment.kind == "pain" and not moment.solution:
            yield tree.problem((*path, "moment"), *_UNSOLVED)


def _placed(journey_map: JourneyMap) -> Iterator[tuple[Path, Touchpoint]]:
    for s, stage in enumerate(journey_map.stages):
        for t, touchpoint in enumerate(stage.touchpoints):
            yield ("stages", s, "touchpoints", t), touchpoint


def _on_languages(tree: Tree) -> Iterator[Problem]:
    """Give the texts in one language only, where the map is written in both."""
    said: dict[Path, set[str]] = {}
    for path in tree.written:
        if path and path[-1] in ("es", "en"):
            said.setdefault(path[:-1], set()).add(str(path[-1]))
    if any(len(languages) == 2 for languages in said.values()):
        for path, languages in said.items():
            if len(languages) == 1:
                yield tree.problem(path, *(_NO_ENGLISH if "es" in languages else _NO_SPANISH))


_Advice = tuple[Text, Text]

_NOBODY: _Advice = (
    Text(en="The map has no protagonist.", es="El mapa no tiene protagonista."),
    Text(
        en="Say whose journey it is: protagonist, with a name and what they need.",
        es="Di de quién es el trayecto: protagonist, con un nombre y lo que necesita.",
    ),
)
_NO_END: _Advice = (
    Text(
        en="Nothing completes a journey, so nobody can ever complete it.",
        es="Nada completa el trayecto, así que nadie podrá completarlo nunca.",
    ),
    Text(
        en="Name in journeys.completes the touchpoints where the customer has got there.",
        es="Pon en journeys.completes los puntos de contacto en los que el cliente ha llegado.",
    ),
)
_NO_SILENCE: _Advice = (
    Text(
        en="No silence is given, so whoever goes quiet is never said to have left.",
        es="No se dice cuánto silencio cuenta, así que de quien calla nunca se dirá que se fue.",
    ),
    Text(
        en="Add journeys.silence: how long without a sign means that the customer has left.",
        es="Añade journeys.silence: cuánto tiempo sin señales significa que el cliente se ha ido.",
    ),
)
_TOO_MANY: _Advice = (
    Text(
        en="From here on there are more than nine stages: nobody keeps them all in mind.",
        es="A partir de aquí hay más de nueve etapas: nadie las retiene todas.",
    ),
    Text(
        en="Join stages in which the customer asks the same question, or draw a second map.",
        es="Une las etapas en las que el cliente se hace la misma pregunta, o dibuja otro mapa.",
    ),
)
_NO_EMOTION: _Advice = (
    Text(
        en="No touchpoint says how the customer feels.",
        es="Ningún punto de contacto dice cómo se siente el cliente.",
    ),
    Text(
        en="Add an emotion, from -2 to 2, at least where you expect joy or anger.",
        es="Añade una emoción, de -2 a 2, al menos donde esperes alegría o enfado.",
    ),
)
_NO_VOTE: _Advice = (
    Text(
        en="There is no voting point: the map does not say where customers decide to stay.",
        es="No hay puntos de votación: el mapa no dice dónde decide el cliente si se queda.",
    ),
    Text(
        en="Add a vote, with what staying and leaving mean, where the decision falls.",
        es="Añade un vote, con lo que significa quedarse e irse, donde se toma la decisión.",
    ),
)
_NO_BACK_STAGE: _Advice = (
    Text(
        en="No stage has a back stage: nobody in the organisation will feel addressed.",
        es="Ninguna etapa tiene bastidores: nadie en la organización se dará por aludido.",
    ),
    Text(
        en="Say in back_stage which area does what behind the line of visibility.",
        es="Di en back_stage qué área hace qué tras la línea de visibilidad.",
    ),
)
_NOTHING_BOUND: _Advice = (
    Text(
        en="No touchpoint has nodes: the map can be drawn, but not measured.",
        es="Ningún punto de contacto tiene nodos: el mapa se puede dibujar, pero no medir.",
    ),
    Text(
        en='Add nodes to each touchpoint: the names of its interactions, as in nodes: ["call_*"].',
        es="Añade nodes a cada punto de contacto: los nombres de sus interacciones, "
        'como en nodes: ["llamada_*"].',
    ),
)
_BIND = Text(
    en="Add nodes with the names of its interactions, or leave it if there is no data yet.",
    es="Añade nodes con los nombres de sus interacciones, o déjalo así si aún no hay datos.",
)
_UNSOLVED: _Advice = (
    Text(en="A pain without a solution.", es="Un punto de dolor sin solución."),
    Text(
        en="Add the solution the team proposes, even as a first idea.",
        es="Añade la solución que propone el equipo, aunque sea una primera idea.",
    ),
)
_NO_ENGLISH: _Advice = (
    Text(en="This text has no English.", es="Este texto no está en inglés."),
    Text(en='Add en: "…".', es='Añade en: "…".'),
)
_NO_SPANISH: _Advice = (
    Text(en="This text has no Spanish.", es="Este texto no está en español."),
    Text(en='Add es: "…".', es='Añade es: "…".'),
)
