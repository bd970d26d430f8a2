"""The report of a measured map: one HTML page that asks nothing of any other place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import Measured
from trayecto.journeys.answers import Graph
from trayecto.maps.document import JourneyMap
from trayecto.render import words as w
from trayecto.render.poster.poster import poster
from trayecto.render.poster.scene import Scene, scene
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Html, el, joined, scrolling
from trayecto.render.report.method import method
from trayecto.render.report.opening import facts, findings_list, opening
from trayecto.render.report.rest import graph_section, to_settle, undrawn
from trayecto.render.report.stages import stages
from trayecto.render.type import font_css
from trayecto.vocabulary.text import NOTHING, Language, Text

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def report_page(
    journey_map: JourneyMap,
    measured: Measured,
    *,
    findings: Sequence[Finding],
    graph: Graph | None,
    language: Language,
    made_on: date | None = None,
    data_note: Text = NOTHING,
) -> str:
    """
    Return the report as one HTML page: findings, live map, stages, and what it all rests on.

    *data_note* says what a reader must know of the data: invented, a sample, of one town.
    """
    told = scene(journey_map, measured, language)
    picture = poster(journey_map, language=language, measured=measured, findings=findings)
    sections = [
        _section(told, "findings", w.LOOK_FIRST, findings_list(told, findings)),
        _section(told, "map", r.LIVE_MAP, _live_map(told, picture)),
        _section(told, "stages", r.STAGES, _lead(told, r.STAGES_LEAD), stages(told)),
        _section(told, "undrawn", r.UNDRAWN, undrawn(told)),
        _section(told, "settle", r.SETTLE, to_settle(told)),
    ]
    if graph is not None:
        sections.append(_section(told, "graph", r.GRAPH, graph_section(told, graph)))
    sections.append(_section(told, "method", r.METHOD, method(told, measured)))
    head = el("header", opening(told, measured, data_note=data_note), facts(told), class_="head")
    body = (
        el("a", told.say(r.SKIP), href="#findings", class_="skip"),
        head,
        _contents(told, with_graph=graph is not None),
        el("main", *sections),
        _foot(told, made_on, data_note),
    )
    title = told.say(r.PAGE, title=told.say(journey_map.title))
    return _page(language, title, joined(body))


def index_page(reports: Sequence[tuple[str, Text, Text]], *, language: Language) -> str:
    """Return a small page that leads to several reports: file name, title, what was found."""
    items = [
        el(
            "li",
            # A file beside this page, whatever its name looks like.
            el("a", title.say(language), href=f"./{quote(name)}", class_="strong"),
            el("p", found.say(language), class_="soft") if found else NO_HTML,
        )
        for name, title, found in reports
    ]
    listed = el("ol", *items, class_="reports")
    body = (
        el(
            "header",
            el("h1", r.REPORTS.say(language)),
            el("p", r.REPORTS_LEAD.say(language), class_="question"),
            class_="head",
        ),
        el("main", listed if items else el("p", r.NO_REPORTS.say(language), class_="measure")),
        el("footer", _wordmark()),
    )
    return _page(language, r.REPORTS.say(language), joined(body))


def _page(language: Language, title: str, body: Html) -> str:
    head = (
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        # Otherwise a browser asks the place this page came from for an icon.
        el("link", rel="icon", href="data:,"),
        Html(f"<style>{font_css()}{_css()}</style>"),
    )
    page = el("html", el("head", *head), el("body", body), lang=language)
    return f"<!DOCTYPE html>\n{page}\n"


@cache
def _css() -> str:
    return (Path(__file__).parent / "page.css").read_text("utf-8")


def _section(told: Scene, id: str, name: Text, *inside: Html) -> Html:
    named = f"{id}-name"
    return el("section", el("h2", told.say(name), id=named), *inside, id=id, aria_labelledby=named)


def _lead(told: Scene, text: Text) -> Html:
    return el("p", told.say(text), class_="measure")


def _contents(told: Scene, *, with_graph: bool) -> Html:
    places = (
        ("findings", w.LOOK_FIRST, True),
        ("map", r.LIVE_MAP, True),
        ("stages", r.STAGES, True),
        ("undrawn", r.UNDRAWN, True),
        ("settle", r.SETTLE, True),
        ("graph", r.GRAPH, with_graph),
        ("method", r.METHOD, True),
    )
    links = (
        el("li", el("a", told.say(name), href=f"#{place}"))
        for place, name, there in places
        if there
    )
    return el("nav", el("ul", *links), aria_label=told.say(r.CONTENTS))


def _live_map(told: Scene, picture: str) -> Html:
    """Return the picture on its paper; a box to tick shows it at full size, without a script."""
    box = el("input", type="checkbox", id="full-size")
    label = el("label", told.say(r.FULL_SIZE), for_="full-size")
    strip = scrolling(Html(picture), name=told.say(r.LIVE_MAP), look="paper")
    stands = "picture upright" if _upright(picture) else "picture"
    caption = el("figcaption", told.say(r.MAP_LEAD), class_="measure")
    return el("figure", caption, box, label, strip, class_=stands, id="live-map")


def _upright(picture: str) -> bool:
    """Tell whether a picture is taller than wide, for the sheet it is printed on."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    return found is not None and float(found[2]) > float(found[1])


def _foot(told: Scene, made_on: date | None, data_note: Text) -> Html:
    parts = [told.say(data_note)]
    if made_on is not None:
        parts.append(told.say(r.MADE_ON, date=w.day(made_on, told.language)))
    words = joined((part for part in parts if part), " · ")
    return el("footer", el("p", words) if words else NO_HTML, _wordmark())


def _wordmark() -> Html:
    return el("p", "trayecto", class_="strong")
