"""The moments that the data suggest, in the report: offered with their evidence, never imposed."""

from __future__ import annotations

from trayecto.contrast.moment_words import evidence, headline
from trayecto.contrast.moments import Agrees, MomentMeasure
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, number

MOMENTS = Text(en="Moments the data suggest", es="Momentos que sugieren los datos")
_LEAD = Text(
    en="Each touchpoint that journeys met is compared with those that were in the stage as many "
    "steps and took another: both could have met it, and had lasted as long. What differs is "
    "association, not cause; the team decides what is a moment.",
    es="Cada punto de contacto se compara entre quienes pasaron por él y quienes llevaban los "
    "mismos pasos en la etapa y dieron otro: ambos podían pasar y habían durado lo mismo. Lo que "
    "difiere es asociación, no causa; qué es un momento lo decide el equipo.",
)
_NONE = Text(
    en="No touchpoint makes a difference that is sure.",
    es="Ningún punto de contacto marca una diferencia segura.",
)
_CAPTION = Text(en="Every touchpoint that can be compared", es="Todo lo que se puede comparar")
_HEADS = (
    Text(en="Touchpoint", es="Punto de contacto"), Text(en="Met it", es="Pasaron"),
    Text(en="Did not", es="No pasaron"), Text(en="Difference", es="Diferencia"),
    Text(en="p, corrected", es="p corregida"), Text(en="Passes here", es="Pasa por aquí"),
    Text(en="Good − bad feeling", es="Sentirse bien − mal"),
)  # fmt: skip
_DEFINED = (None, j.ALIKE, j.ALIKE, j.BEYOND, j.CORRECTED, j.PASSES, j.BEYOND)
_AGREES: dict[Agrees, Text] = {
    "declared": Text(en="The map says so.", es="El mapa lo dice."),
    "new": Text(en="The map does not say it.", es="El mapa no lo dice."),
    "contrary": Text(en="The map says the contrary.", es="El mapa dice lo contrario."),
}
_OF = Text(en="of {n} {noun}", es="de {n} {noun}")
_COMES_BACK = Text(en=" · come back", es=" · vuelven")


def moments_section(scene: Scene) -> Html:
    """Return what is suggested in words, and every comparison in a table."""
    moments = scene.judged.moments
    said = [
        el(
            "li",
            el("span", scene.say(headline(scene.map, moment)), class_="strong"),
            el("p", scene.say(evidence(scene.map, moment)), " ", scene.say(_AGREES[moment.agrees]))
            if moment.agrees
            else NO_HTML,
        )
        for moment in moments
        if moment.suggests
    ]
    columns = [
        Column(scene.say(head), defined, figures=place > 0)
        for place, (head, defined) in enumerate(zip(_HEADS, _DEFINED, strict=True))
    ]
    return joined(
        (
            el("p", scene.say(_LEAD), class_="measure"),
            el("ul", *said, class_="measure suggested") if said else el("p", scene.say(_NONE)),
            table(scene.say(_CAPTION), columns, (_row(scene, moment) for moment in moments)),
        )
    )


def _row(scene: Scene, moment: MomentMeasure) -> Row:
    name = next(scene.say(t.name) for t in scene.map.touchpoints() if t.id == moment.id)
    if moment.outcome == "comes_back":
        name += scene.say(_COMES_BACK)
    p, others = moment.p, scene.map.journeys.called(moment.others)
    of = scene.say(_OF, n=scene.count(moment.others), noun=scene.say(others))
    small = "< 0.001" if scene.language == "en" else "< 0,001"
    return Row(
        name,
        (
            c.share_cell(scene, moment.met, c.n_words(scene, moment.met.n)),
            c.share_cell(scene, moment.without, c.n_words(scene, moment.without.n), of),
            points_cell(scene, moment.difference),
            c.stacked(small if p and p < 0.001 else number(p, scene.language, decimals=3)),
            c.stacked(c.share_words(scene, moment.removal)),
            points_cell(scene, moment.feeling),
        ),
    )


def points_cell(scene: Scene, difference: Estimate) -> Html:
    """Return a difference of shares in points, with its sign and its interval."""
    if difference.value is None or difference.low is None or difference.high is None:
        return c.stacked(c.unknown(c.why_unknown(scene, difference.n)))
    value, low, high = (
        ("+" if end > 0 else "") + number(100 * end, scene.language, decimals=1)
        for end in (difference.value, difference.low, difference.high)
    )
    return c.stacked(value, f"({low}…{high})")
