"""What people wrote, at each touchpoint: a few typical texts, covered; only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from trayecto.emotion.masking import Quote
from trayecto.render.poster.evidence import level_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report.html import Html, el, joined
from trayecto.render.report.stages import anchors
from trayecto.vocabulary.text import Text

QUOTES = Text(en="In their own words", es="Con sus palabras")
_LEAD = Text(
    en="Typical texts of each touchpoint: those nearest to how people mostly wrote there, one a "
    "person. Names, addresses and numbers are covered by rule, which can miss one: handle this "
    "page as personal data. In brackets, what was read in the words, from −2 to +2.",
    es="Textos típicos de cada punto de contacto: los más cercanos a cómo se escribe casi siempre "
    "allí, uno por persona. Los nombres, direcciones y números se tapan por regla, y alguno puede "
    "escaparse: trata esta página como datos personales. Entre paréntesis, lo leído en las "
    "palabras, de −2 a +2.",
)
_QUOTED = Text(en="“{words}”", es="«{words}»")


def quotes_section(scene: Scene, quotes: Sequence[Quote]) -> Html:
    """Return the quotes of each touchpoint, in the order of the map."""
    places = anchors(scene)
    blocks = []
    for touchpoint, own in groupby(quotes, key=lambda quote: quote.touchpoint):
        anchor, name = places[touchpoint]
        items = (_quote(scene, quote) for quote in own)
        blocks.append(el("h3", el("a", name, href=f"#{anchor}")))
        blocks.append(el("ul", *items, class_="quotes"))
    return joined((el("p", scene.say(_LEAD), class_="measure"), *blocks))


def _quote(scene: Scene, quote: Quote) -> Html:
    words = el("span", scene.say(_QUOTED, words=quote.text), class_="question")
    return el("li", words, " ", el("span", f"({level_words(scene, quote.level)})", class_="soft"))
