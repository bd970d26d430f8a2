"""Two sides of a map in the report: what differs between two groups, or two periods."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.difference_words import (
    apart_words,
    figure,
    gap_words,
    too_short_words,
    where,
)
from trayecto.contrast.differences import Gap
from trayecto.contrast.sides import Sides
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, filled, joined, table
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, capital, number, same

SIDES = Text(en="Side by side", es="Cara a cara")
_LEAD = Text(
    en="“{first}” ({a}) beside “{second}” ({b}). {differ} of {n} figures differ beyond chance, "
    "corrected for how many are compared (Holm).",
    es="«{first}» ({a}) junto a «{second}» ({b}). Se apartan del azar {differ} de {n} cifras, "
    "corregido por cuántas se comparan (Holm).",
)
_ALIKE = Text(
    en="Nothing differs beyond chance. That does not show that they are the same.",
    es="Nada se aparta más de lo que daría el azar. Eso no demuestra que sean iguales.",
)
_TABLE = Text(en="Every figure compared", es="Todas las cifras comparadas")
_OPEN = Text(en="All {n} figures", es="Las {n} cifras")
_FIGURE = Text(en="Figure", es="Cifra")
_PLACE = Text(en="Where", es="Dónde")
_WHOLE = Text(en="whole map", es="todo el mapa")
_DIFFERENCE = Text(en="Difference", es="Diferencia")
_P = Text(en="p, corrected", es="p corregida")
KINDS: dict[str, Text] = {
    "completed": Text(en="complete", es="completan"),
    "duration": Text(en="median time", es="tiempo mediano"),
    "reach": Text(en="get there", es="llegan"),
    "drop_off": Text(en="leave", es="se van"),
    "skipped": Text(en="skip it", es="se lo saltan"),
    "repeated": Text(en="repeat it", es="lo repiten"),
    "wait": Text(en="median wait", es="espera mediana"),
    "felt": Text(en="emotion (−2 to +2)", es="emoción (de −2 a +2)"),
    "preferred": Text(en="a channel they prefer", es="un canal que prefieren"),
    "score": Text(en="score", es="índice"),
}
_SQL = Text(en="The SQL of “{name}”: {command}", es="El SQL de «{name}»: {command}")
_FIRST = 12


def sides_section(scene: Scene, found: Sides) -> Html:
    """Return what differs in words, and every figure beside the other, folded away."""
    known = [gap for gap in found.gaps if gap.p is not None]
    noun = scene.say(scene.map.journeys.noun)
    lead = scene.say(
        _LEAD, first=found.first, second=found.second,
        a=f"{scene.count(found.one.totals.journeys)} {noun}",
        b=f"{scene.count(found.other.totals.journeys)} {noun}",
        differ=scene.count(len(found.surest)), n=scene.count(len(known)),
    )  # fmt: skip
    short = scene.say(too_short_words(scene.map, found.too_short))
    said = [gap_words(scene.map, gap).say(scene.language) for gap in found.surest[:_FIRST]]
    told = (
        el("ul", *(el("li", capital(words)) for words in said), class_="points")
        if said
        else el("p", scene.say(_ALIKE), class_="measure soft")
    )
    opens = el("summary", scene.say(_OPEN, n=scene.count(len(known))))
    folded = el("details", opens, _table(scene, found, known), *_sql(scene, found))
    note = el("p", short, class_="note") if short else NO_HTML
    return joined((el("p", lead, class_="measure"), note, told, folded))


def _sql(scene: Scene, found: Sides) -> Iterator[Html]:
    """Give the commands that count each side anew."""
    for name, asked in zip((found.first, found.second), found.asked or (), strict=False):
        command = el("code", f"{asked.measure()} --sql | duckdb")
        yield el("p", filled(_SQL.say(scene.language), name=name, command=command))


def _table(scene: Scene, found: Sides, gaps: list[Gap]) -> Html:
    columns = (
        Column(scene.say(_PLACE), figures=False),
        Column(scene.say(_FIGURE), figures=False),
        Column(found.first),
        Column(found.second),
        Column(scene.say(_DIFFERENCE), j.BEYOND),
        Column(scene.say(_P), j.CORRECTED),
    )
    return table(scene.say(_TABLE), columns, (_row(scene, gap) for gap in gaps))


def _row(scene: Scene, gap: Gap) -> Row:
    place = where(scene.map, gap) or _WHOLE
    kind = gap.scale.upper() or scene.say(KINDS[gap.kind])
    look = "strong" if gap.differs else ""
    return Row(
        scene.say(place),
        (
            kind,
            _figure(scene, gap, gap.one),
            _figure(scene, gap, gap.other),
            c.stacked(*(apart_words(gap, scene.language).split("; ") or ["—"]), look=look),
            p_words(scene, gap.p),
        ),
    )


def _figure(scene: Scene, gap: Gap, value: Estimate) -> Html:
    if value.value is None:
        return c.stacked(c.unknown(c.why_unknown(scene, value.n)))
    return c.stacked(figure(gap, value, scene.language), c.n_words(scene, value.n))


def p_words(scene: Scene, p: float | None) -> str:
    """Return a p value as people write it."""
    if p is None:
        return scene.say(same("—"))
    least = number(0.001, scene.language, decimals=3)
    return f"< {least}" if p < 0.001 else number(p, scene.language, decimals=3)
