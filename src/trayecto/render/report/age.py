"""Whether the map is still true, in the report: its dates, its evidence, and what changed."""

from __future__ import annotations

from trayecto.contrast.drift import Drift, EvidenceAge
from trayecto.contrast.drift_words import drift_words, period_words
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.text import Text, capital

AGE = Text(en="Is the map still true?", es="¿Sigue valiendo el mapa?")
_FRESH = Text(
    en="Nothing in its own dates says that it is not.",
    es="Nada en sus propias fechas dice que no.",
)
_EVIDENCE = Text(en="What it rests on", es="En qué se apoya")
_WHERE = Text(en="Where", es="Dónde")
_SAYS = Text(en="Evidence", es="Evidencia")
_LAST = Text(en="Last date", es="Última fecha")
_AGE = Text(en="Age in days", es="Antigüedad en días")


def age_section(scene: Scene, found: Drift) -> Html:
    """Return what a team should know before it trusts the map."""
    said = drift_words(scene.map, found)
    lead = NO_HTML
    if found.periods is not None:
        lead = el("p", scene.say(period_words(found)), class_="measure")
    told = (
        el("ul", *(el("li", capital(scene.say(words))) for words in said))
        if said
        else el("p", scene.say(_FRESH), class_="measure")
    )
    return joined((lead, told, _evidence(scene, found)))


def _evidence(scene: Scene, found: Drift) -> Html:
    if not found.staleness.evidence:
        return NO_HTML
    columns = (
        Column(scene.say(_WHERE), figures=False),
        Column(scene.say(_SAYS), figures=False),
        Column(scene.say(_LAST)),
        Column(scene.say(_AGE)),
    )
    rows = (_row(scene, one) for one in found.staleness.evidence)
    opens = el("summary", scene.say(_EVIDENCE))
    return el("details", opens, table(scene.say(_EVIDENCE), columns, rows))


def _row(scene: Scene, one: EvidenceAge) -> Row:
    name = scene.say(one.name) or scene.say(r.TOUCHPOINT)
    dated = w.day(one.dated, scene.language) if one.dated else scene.count(None)
    cells = (scene.say(one.says), dated, scene.count(one.days))
    return Row(el("span", name, class_="strong"), [joined((cell,)) for cell in cells])
