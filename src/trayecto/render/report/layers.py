"""The live map in the report, a poster in layers: measured, as drawn, where people strayed."""

from __future__ import annotations

import re

from trayecto.render.poster.deviation import deviation_picture
from trayecto.render.poster.poster import poster
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Html, el, joined, scrolling
from trayecto.render.report.opening import facts
from trayecto.render.report.told import Report
from trayecto.vocabulary.text import Text

LAYER = Text(en="Show", es="Ver")
MEASURED = Text(en="Measured", es="Lo medido")
EXPECTED = Text(en="As drawn", es="Lo dibujado")
DEVIATIONS = Text(en="Deviations", es="Los desvíos")
_TOLD_BELOW = Text(
    en="The picture in words: what the map says stands in the {stages}, each figure in its tables"
    "{deviations}.",
    es="La imagen, en palabras: lo que dice el mapa está en {stages}, cada cifra en sus tablas"
    "{deviations}.",
)
_STAGES = Text(en="stages", es="las etapas")
_AND = Text(en=", the deviations in {link}", es=", los desvíos en {link}")
_OWN = Text(en="their own section", es="su apartado")


def live_map(scene: Scene, report: Report) -> Html:
    """
    Return the poster in its layers; links choose one, and a box to tick its full size.

    No script: the layer that a link leads to is shown, and without one the measured map.
    """
    layers = pictures(report)
    links = (
        el("li", el("a", scene.say(name), href=f"#{place}", class_=f"to-{place}"))
        for place, name, _ in layers
    )
    switch = NO_HTML
    if len(layers) > 1:
        switch = el("ul", *links, class_="layers", aria_label=scene.say(LAYER))
    box = el("input", type="checkbox", id="full-size")
    label = el("label", scene.say(r.FULL_SIZE), for_="full-size")
    shown = (_layer(scene, place, name, picture) for place, name, picture in layers)
    lead = el("p", scene.say(r.MAP_LEAD), class_="measure")
    return joined(
        (lead, switch, box, label, *shown, facts(scene), _in_words(scene, len(layers) > 2))
    )


def pictures(report: Report) -> list[tuple[str, Text, str]]:
    """Return each layer that there is: where links land, its name, its picture."""
    measured = poster(
        report.map, language=report.language, measured=report.measured,
        findings=report.findings, judged=report.judged,
    )  # fmt: skip
    layers = [("live-map", MEASURED, measured)]
    if not report.measured.totals.journeys:
        return layers
    drawn = poster(report.map, language=report.language)
    layers.append(("as-drawn", EXPECTED, _with_own_names(drawn, "as-drawn")))
    if (found := report.deviations) and found.journeys:
        strayed = deviation_picture(report.map, report.measured, found, language=report.language)
        layers.append(("strayed", DEVIATIONS, _with_own_names(strayed, "strayed")))
    return layers


def _with_own_names(picture: str, layer: str) -> str:
    """Return a picture whose names are not those of another layer: a page has each only once."""
    names = set(re.findall(r'\bid="([^"]+)"', picture))

    def own(found: re.Match[str]) -> str:
        named = " ".join(f"{layer}-{n}" if n in names else n for n in found[2].split(" "))
        return found[1] + named + found[3]

    refers = r'(\bid="|href="#|url\(#|aria-labelledby="|aria-describedby=")([^")]+)("|\))'
    return re.sub(refers, own, picture)


def _layer(scene: Scene, id: str, name: Text, picture: str) -> Html:
    strip = scrolling(Html(picture), name=scene.say(name), look="paper")
    stands = " upright" if _upright(picture) else ""
    return el("figure", strip, class_=f"picture layer{stands}", id=id)


def _upright(picture: str) -> bool:
    """Tell whether a picture is taller than wide, for the sheet it is printed on."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    return found is not None and float(found[2]) > float(found[1])


def _in_words(scene: Scene, with_deviations: bool) -> Html:
    """Return where the same stands in words, for who cannot or would rather not look."""
    more = ""
    if with_deviations:
        before, _, after = scene.say(_AND).partition("{link}")
        more = joined((before, el("a", scene.say(_OWN), href="#deviations"), after))
    parts = re.split(r"({\w+})", scene.say(_TOLD_BELOW))
    filled = {"{stages}": el("a", scene.say(_STAGES), href="#stages"), "{deviations}": more}
    return el("p", joined(filled.get(part, part) for part in parts), class_="measure soft small")
