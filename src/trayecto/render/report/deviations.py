"""Deviations in the report: the picture, what became of each touchpoint, and the commonest ways."""

from __future__ import annotations

from trayecto.contrast.deviations import Count, Deviations, TouchpointDeviation
from trayecto.render.poster.deviation import ROWS, fit_words, way_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, number

DEVIATIONS = Text(en="Drawn and done", es="Lo dibujado y lo hecho")
_LEAD = Text(
    en="Each journey is laid beside the map so that they agree in as much as they can. What is "
    "left over is a step too many, or a touchpoint passed by. A touchpoint met, but never where "
    "the map has it, is out of order.",
    es="Cada trayecto se pone junto al mapa de modo que coincidan en todo lo posible. Lo que sobra "
    "es un paso de más o un punto de contacto que se pasa de largo. Un punto que se vive, pero "
    "nunca donde lo tiene el mapa, está fuera de orden.",
)
_TABLE = Text(en="What became of each touchpoint", es="Qué pasa en cada punto de contacto")
_NOT_TAKEN = Text(en="Not taken", es="No usado")
_NOT_REACHED = Text(en="Not reached", es="No alcanzado")
_SUM = Text(
    en="All but repeated add up to the {n} {noun}. Not taken: optional, or another way in or end "
    "was used. Not reached: the journey is not that far, or left before.",
    es="Todo, menos lo repetido, suma el total: {n} {noun}. No usado: es opcional, o se usó otra "
    "entrada u otro final. No alcanzado: el trayecto no ha llegado, o acabó antes.",
)
_WAYS = Text(en="The commonest ways that deviate", es="Los caminos más comunes que se desvían")
_WAY = Text(en="Way (+ is a step too many)", es="Camino (+ es un paso de más)")
_FITNESS = Text(en="Fitness", es="Ajuste")
_NEVER = Text(en="Never planned", es="Nunca previsto")
_DRAWN = Text(en="see it on the map", es="verlo en el mapa")
_WAYS_TOLD = 12


def deviations_section(scene: Scene) -> Html:
    """Return the section; nothing when there is nothing to lay beside the map."""
    found = scene.deviations
    if found is None or scene.measured is None:
        return NO_HTML
    drawn = el("a", scene.say(_DRAWN), href="#strayed")
    fit = " · ".join(fit_words(scene, found, scene.count))
    noun = scene.say(scene.map.journeys.noun)
    summed = scene.say(_SUM, n=scene.count(found.journeys), noun=noun)
    return joined(
        (
            el("p", scene.say(_LEAD), class_="measure"),
            el("p", joined((fit, drawn), " · "), class_="measure"),
            _touchpoints(scene, found),
            el("p", summed, class_="measure soft"),
            _unplanned(scene, found),
            _ways(scene, found),
        )
    )


def _touchpoints(scene: Scene, found: Deviations) -> Html:
    heads = (*(name for name, _, _ in ROWS[:4]), _NOT_TAKEN, _NOT_REACHED)
    columns = (
        Column(scene.say(r.TOUCHPOINT), figures=False),
        *(Column(scene.say(head), j.FITS) for head in heads),
    )
    names = {touchpoint.id: scene.say(touchpoint.name) for touchpoint in scene.map.touchpoints()}
    rows = (_row(scene, own, names[own.id]) for own in found.touchpoints if own.measured)
    return table(scene.say(_TABLE), columns, rows)


def _row(scene: Scene, own: TouchpointDeviation, name: str) -> Row:
    counts = (
        own.done, own.skipped, own.repeated, own.out_of_order, own.not_taken, own.not_reached,
    )  # fmt: skip
    return Row(el("span", name, class_="strong"), [_count(scene, count) for count in counts])


def _count(scene: Scene, count: Count) -> Html:
    """Return journeys and, where they are not as many, people."""
    if count.people == count.journeys:
        return c.count_cell(scene, count.journeys)
    return c.count_cell(scene, count.journeys, c.who(scene, count.people))


def _unplanned(scene: Scene, found: Deviations) -> Html:
    if not found.unplanned:
        return NO_HTML
    columns = (
        Column(scene.say(r.NODE), figures=False),
        Column(scene.say(r.CHANNEL), figures=False),
        Column(scene.say(r.INTERACTIONS)),
        Column(scene.say(_NEVER)),
    )
    rows = (
        Row(
            el("span", scene.node(node.touchpoint), class_="strong"),
            (
                scene.say(channel_name(node.channel)),
                c.count_cell(scene, node.interactions),
                _count(scene, Count(node.journeys, node.people)),
            ),
        )
        for node in found.unplanned
    )
    return table(scene.say(_NEVER), columns, rows)


def _ways(scene: Scene, found: Deviations) -> Html:
    if not found.commonest:
        return NO_HTML
    columns = (
        Column(scene.say(_WAY), figures=False),
        Column(scene.say(scene.map.journeys.noun).capitalize(), d.COUNT),
        Column(scene.say(_FITNESS), j.FITNESS),
    )
    rows = (
        Row(
            way_words(scene, way),
            (
                c.count_cell(scene, way.journeys),
                number(way.fitness, scene.language, decimals=2),
            ),
        )
        for way in found.commonest[:_WAYS_TOLD]
    )
    opens = el("summary", scene.say(_WAYS))
    return el("details", opens, table(scene.say(_WAYS), columns, rows, look="ways"))
