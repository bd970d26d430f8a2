"""The pains in the report: ranked, with the formula, how sure each rank is and what it is worth."""

from __future__ import annotations

from trayecto.contrast import pain_words
from trayecto.contrast.pain import Pain
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report.html import Column, Html, Row, el, joined, table
from trayecto.vocabulary.text import UNKNOWN, Text, number

PAINS = Text(en="Pains, ranked", es="Dolores, por orden")
_LEAD = Text(
    en="Pain = reach × severity × importance, each from 0 to 1. Reach: the share of the people who "
    "come to it. Severity: how far it falls short of what was expected. Importance: how much fewer "
    "complete of those it hits than of those it does not; an association, not a cause. The rank "
    "moves as far as it would if every figure moved within its 95% interval.",
    es="Dolor = alcance × gravedad × importancia, cada uno de 0 a 1. Alcance: la parte de las "
    "personas que llega ahí. Gravedad: cuánto se queda por debajo de lo esperado. Importancia: "
    "cuántos menos completan entre quienes lo sufren; es asociación, no causa. El puesto se mueve "
    "lo que se movería si cada cifra variase dentro de su intervalo del 95 %.",
)
_NONE = Text(en="Nothing falls short beyond doubt.", es="Nada falla con seguridad.")
_CAPTION = Text(en="Every pain", es="Todos los dolores")
_HEADS = (
    Text(en="Pain", es="Dolor"), Text(en="Rank", es="Puesto"),
    Text(en="Out of 100", es="Sobre 100"),
    Text(en="Reach", es="Alcance"), Text(en="Severity", es="Gravedad"),
    Text(en="Importance", es="Importancia"), Text(en="Closing it", es="Cerrarlo"),
)  # fmt: skip
_DEFINED = (None, j.RANK, j.PAIN, j.PAIN, j.PAIN, j.PAIN, j.WORTH)
_RANGE = Text(en="from {best} to {worst}", es="del {best} al {worst}")


def pains_section(scene: Scene) -> Html:
    """Return every pain in one table, the heaviest first."""
    pains = scene.judged.pains
    if not pains:
        return el("p", scene.say(_NONE), class_="measure")
    columns = [
        Column(scene.say(head), defined, figures=0 < place < 6)
        for place, (head, defined) in enumerate(zip(_HEADS, _DEFINED, strict=True))
    ]
    rows = (_row(scene, pain) for pain in pains)
    return joined(
        (
            el("p", scene.say(_LEAD), class_="measure"),
            table(scene.say(_CAPTION), columns, rows),
        )
    )


def _row(scene: Scene, pain: Pain) -> Row:
    head = joined(
        (
            el("span", scene.say(pain_words.headline(scene.map, pain)), class_="line strong"),
            el("span", scene.say(pain_words.KINDS[pain.kind]), class_="soft"),
        )
    )
    return Row(
        head,
        (
            _rank(scene, pain),
            _score(scene, pain),
            *(
                _factor(scene, pain_words.factor(figure, scene.language))
                for figure in (pain.reach, pain.severity, pain.importance)
            ),
            el("span", scene.say(pain_words.worth(scene.map, pain)), class_="soft"),
        ),
    )


def _rank(scene: Scene, pain: Pain) -> Html:
    if pain.rank is None or pain.best is None or pain.worst is None:
        return c.stacked(c.unknown(scene.say(pain_words.rank(pain))))
    if pain.best == pain.worst:
        return c.stacked(scene.count(pain.rank))
    return c.stacked(scene.count(pain.rank), scene.say(_RANGE, best=pain.best, worst=pain.worst))


def _score(scene: Scene, pain: Pain) -> Html:
    if pain.score.value is None or pain.score.low is None or pain.score.high is None:
        return c.stacked(c.unknown(scene.say(pain_words.rank(pain))))
    value, low, high = (
        number(100 * end, scene.language, decimals=1)
        for end in (pain.score.value, pain.score.low, pain.score.high)
    )
    return c.stacked(value, f"({low}–{high})")


def _factor(scene: Scene, words: str) -> Html:
    """Return a factor with its interval below it."""
    value, _, rest = words.partition(" ")
    if value == UNKNOWN:
        return c.stacked(c.unknown(scene.say(pain_words.worth_unknown())))
    return c.stacked(value, rest)
