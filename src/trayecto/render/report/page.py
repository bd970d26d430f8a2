"""The report of a measured map: one HTML page that asks nothing of any other place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.age import AGE, age_section
from trayecto.render.report.behind import behind_section, place_of
from trayecto.render.report.counted import counted
from trayecto.render.report.cuts import CUTS, cuts_section
from trayecto.render.report.deviations import DEVIATIONS, deviations_section
from trayecto.render.report.html import NO_HTML, Html, el, joined
from trayecto.render.report.layers import live_map
from trayecto.render.report.method import method
from trayecto.render.report.moments import MOMENTS, moments_section
from trayecto.render.report.opening import findings_list, opening
from trayecto.render.report.pains import PAINS, pains_section
from trayecto.render.report.personas import PERSONAS, personas_section
from trayecto.render.report.quotes import QUOTES, quotes_section
from trayecto.render.report.rest import graph_section, to_settle, undrawn
from trayecto.render.report.sides import SIDES, sides_section
from trayecto.render.report.sql import sections, sql_details, sql_shared
from trayecto.render.report.stages import stages
from trayecto.render.report.told import Report
from trayecto.render.report.trends import TRENDS, trends_section
from trayecto.render.report.votes import VOTES, votes_section
from trayecto.render.type import font_css
from trayecto.vocabulary.text import Language, Text

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: where links land, what it is called and what stands in it."""

    id: str
    name: Text
    inside: Callable[[], Html]


def report_page(report: Report) -> str:
    """
    Return the report as one HTML page: the live map, what to look at first, then everything.

    Under each section, folded away, stands the SQL that counted its figures.
    """
    told = report.scene()
    parts = list(_sections(told, report))
    places = [part.id for part in parts]
    asked = sections(report.sql, shown=[*places, "method"])
    counts = counted(told, report)
    listed = {one.section: place_of(one.section) for one in counts}
    how = method(told, shown=places, asked=asked, listed=listed)
    parts.append(Section("method", r.METHOD, lambda: how))
    main = (
        _section(
            told, part, part.inside(), behind_section(told, report, counts, part.id),
            *_sql(told, report, part.id, asked),
        )
        for part in parts
    )  # fmt: skip
    opens = opening(told, report.measured, data_note=report.data_note)
    body = (
        el("a", told.say(r.SKIP), href="#findings", class_="skip"),
        el("header", opens, class_="head"),
        _contents(told, parts),
        el("main", *main),
        _foot(told, report),
    )
    title = told.say(r.PAGE, title=told.say(report.map.title))
    return _page(report.language, title, joined(body))


def _sql(told: Scene, report: Report, place: str, asked: Mapping[str, str]) -> Iterator[Html]:
    """Give the script behind a section's figures; in the method, what all begin with too."""
    if place == "method":
        yield sql_shared(told, report, asked)
    yield sql_details(told, place, asked)


def _sections(told: Scene, report: Report) -> Iterator[Section]:
    """Give the sections that have something to say, in the order a director reads."""
    yield Section("map", r.LIVE_MAP, lambda: live_map(told, report))
    yield Section("findings", w.LOOK_FIRST, lambda: findings_list(told, report))
    yield Section("stages", r.STAGES, lambda: _stages(told))
    if report.trends:
        yield Section("trends", TRENDS, lambda: trends_section(told, report))
    if told.judged.votes:
        yield Section("votes", VOTES, lambda: votes_section(told))
    if told.deviations and told.deviations.journeys:
        yield Section("deviations", DEVIATIONS, lambda: deviations_section(told))
    yield Section("undrawn", r.UNDRAWN, lambda: undrawn(told))
    if told.judged.pains:
        yield Section("pains", PAINS, lambda: pains_section(told))
    if told.judged.moments:
        yield Section("moments", MOMENTS, lambda: moments_section(told))
    yield from _people(told, report)
    if drift := report.drift:
        yield Section("age", AGE, lambda: age_section(told, drift))
    yield Section("settle", r.SETTLE, lambda: to_settle(told))
    if graph := report.graph:
        yield Section("graph", r.GRAPH, lambda: graph_section(told, graph))


def _stages(told: Scene) -> Html:
    lead = r.STAGES_LEAD if told.stages else r.STAGES_DRAWN
    return joined((_lead(told, lead), stages(told)))


def _people(told: Scene, report: Report) -> Iterator[Section]:
    """Give what differs between people: two sides, personas, parts of the journeys, their words."""
    if sides := report.sides:
        yield Section("sides", SIDES, lambda: sides_section(told, sides))
    if personas := report.personas:
        yield Section("personas", PERSONAS, lambda: personas_section(told, personas))
    if report.cuts and report.measured.totals.journeys:
        yield Section("cuts", CUTS, lambda: cuts_section(told, report))
    if quotes := report.quotes:
        yield Section("quotes", QUOTES, lambda: quotes_section(told, quotes))


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


def _section(told: Scene, part: Section, *inside: Html) -> Html:
    named = f"{part.id}-name"
    head = el("h2", told.say(part.name), id=named)
    return el("section", head, *inside, id=part.id, aria_labelledby=named)


def _lead(told: Scene, text: Text) -> Html:
    return el("p", told.say(text), class_="measure")


def _contents(told: Scene, parts: Sequence[Section]) -> Html:
    links = (el("li", el("a", told.say(part.name), href=f"#{part.id}")) for part in parts)
    return el("nav", el("ul", *links), aria_label=told.say(r.CONTENTS))


def _foot(told: Scene, report: Report) -> Html:
    parts = [told.say(report.data_note)]
    if report.made_on is not None:
        parts.append(told.say(r.MADE_ON, date=w.day(report.made_on, told.language)))
    words = joined((part for part in parts if part), " · ")
    return el("footer", el("p", words) if words else NO_HTML, _wordmark())


def _wordmark() -> Html:
    return el("p", "trayecto", class_="strong")
