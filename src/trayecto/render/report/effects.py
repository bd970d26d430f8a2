"""The four measures of a node in the report, and what its interactions cost and bring."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.measured import TouchpointMeasure
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.money import money_words, units
from trayecto.vocabulary.text import Text

_SUMMARY = Text(
    en="Does each touchpoint do its job? The four measures",
    es="¿Cumple cada punto de contacto? Las cuatro medidas",
)
_CAPTION = Text(en="The four measures of each node", es="Las cuatro medidas de cada nodo")
HEADS = (
    Text(en="Completed at once", es="Completada a la primera"),
    Text(en="Answered", es="Respondida"),
    Text(en="Content useful", es="Contenido útil"),
    Text(en="On time", es="A tiempo"),
    Text(en="On the preferred channel", es="Por el canal preferido"),
)
COST, VALUE = Text(en="Cost", es="Coste"), Text(en="Money", es="Dinero")
_NO_COST = Text(en="the map declares no cost", es="el mapa no declara ningún coste")
_NO_MONEY = Text(en="no money in the data", es="sin dinero en los datos")
_NOT_HERE = Text(en="what it needs is not there", es="falta lo que necesita")


def figures(measure: TouchpointMeasure) -> tuple[Estimate, ...]:
    """Return the four measures and the share on the channels the protagonist prefers."""
    effect = measure.effect
    return (
        effect.completed,
        effect.answered,
        effect.useful,
        effect.on_time,
        measure.on_preferred,
    )


def effects(scene: Scene) -> Html:
    """Return the table, folded away; nothing where nothing of it is known."""
    known = [m for m in scene.touchpoints.values() if _says_something(m)]
    if not known:
        return NO_HTML
    columns = (
        Column(scene.say(r.TOUCHPOINT), figures=False),
        *(Column(scene.say(head), j.EFFECT) for head in HEADS),
        Column(scene.say(COST)),
        Column(scene.say(VALUE)),
    )
    names = {touchpoint.id: scene.say(touchpoint.name) for touchpoint in scene.map.touchpoints()}
    rows = (
        Row(el("span", names[measure.id], class_="strong"), tuple(_cells(scene, measure)))
        for measure in known
    )
    summary = el("summary", scene.say(_SUMMARY))
    return el("details", summary, table(scene.say(_CAPTION), columns, rows))


def _says_something(measure: TouchpointMeasure) -> bool:
    return any(one.n for one in figures(measure)) or bool(measure.cost or measure.value)


def _cells(scene: Scene, measure: TouchpointMeasure) -> Iterator[Html]:
    for one in figures(measure):
        if one.n:
            yield c.share_cell(scene, one, c.n_words(scene, one.n))
        else:
            yield c.stacked(c.unknown(scene.say(_NOT_HERE)))
    cost = measure.cost
    if cost:
        yield c.stacked(
            money_words(cost.total, cost.currency).say(scene.language),
            c.n_words(scene, cost.interactions),
        )
    else:
        yield c.stacked(c.unknown(scene.say(_NO_COST)))
    money = (
        c.stacked(
            money_words(one.value_minor / units(one.currency), one.currency).say(scene.language),
            c.n_words(scene, one.interactions),
        )
        for one in measure.value
    )
    yield joined(money) or c.stacked(c.unknown(scene.say(_NO_MONEY)))
