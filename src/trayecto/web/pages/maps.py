"""A map's own pages: start one, see it drawn and measured, and take it with you."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from trayecto import drafting, flow, measuring, watching
from trayecto.measuring import Reading
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, same
from trayecto.web.asking import choices
from trayecto.web.kept import Kept
from trayecto.web.live import (
    Asked,
    Live,
    checked,
    designed_picture,
    designed_reading,
    live_map,
    live_picture,
    live_reading,
)
from trayecto.web.models import Account, Map, Version
from trayecto.web.pages.place import edited_teams, team_asked
from trayecto.web.roles import Needs, may, page
from trayecto.web.shelf import file_of, newest, start, workspace
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase


@page("maps/new/", name="new_map", needs=Needs.EDIT)
def new_map(request: HttpRequest) -> HttpResponseBase:
    """Offer the finished maps to start from; start from the one chosen."""
    assert isinstance(request.user, Account)
    shelf = drafting.templates()
    if request.method == "POST":
        name = request.POST.get("template", "")
        if name not in {template.name for template in shelf}:
            raise Http404
        new = start(team_asked(request), drafting.template(name), by=request.user)
        return redirect("map", map=new.slug)
    told = {"templates": shelf, "teams": edited_teams(request), "team": team_asked(request)}
    return render(request, "web/new_map.html", told)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as its page shows it: the picture, what it is of, and what stands in its way."""

    title: Text
    picture: str | None
    reading: Reading | None
    kept: Kept[Live]
    checked: flow.Checked
    version: Version


def drawn(request: HttpRequest, map: Map) -> Drawing:
    """Return a map drawn as asked: as expected, or with what was measured."""
    version, asked, language = newest(map), asked_for(request), language_of(request)
    kept, found = live_map(map, version, asked), checked(map, version)
    picture = reading = None
    if kept.answer.live is not None:
        newer = version if kept.updating else None
        picture = live_picture(map, kept.answer, asked, language=language, newer=newer)
        reading = live_reading(map, kept.answer, asked, language=language, newer=newer)
    elif found.journey_map is not None:
        picture = designed_picture(map, version, language=language)
        reading = designed_reading(map, version, language=language)
    title = found.journey_map.title if found.journey_map else same(map.slug)
    return Drawing(title, picture, reading, kept, found, version)


@dataclass(frozen=True, slots=True)
class Switch:
    """One layer of a picture: whether there is any of it, and whether it is shown."""

    name: str
    there: bool
    on: bool


def switches(request: HttpRequest, picture: str | None) -> list[Switch]:
    """Return the layers of a picture, as the address switches them."""
    off = request.GET.get("off", "").split(",")
    there = set(" ".join(re.findall(r'data-layer="([a-z ]+)"', picture or "")).split())
    return [Switch(name, name in there, name not in off) for name in measuring.LAYERS]


@page("maps/<slug:map>/", name="map", needs=Needs.VIEW)
def map_page(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show a map with what was measured on it."""
    assert isinstance(request.user, Account)
    language = language_of(request)
    drawing = drawn(request, map)
    layers = switches(request, drawing.picture)
    told = {
        "map": map, "title": drawing.title, "picture": drawing.picture, "reading": drawing.reading,
        "stopped": drawing.kept.answer.stopped, "updating": drawing.kept.updating,
        "asked": asked_for(request), "version": drawing.version,
        "problems": [problem.say(language) for problem in drawing.checked.problems],
        "choices": _choices(drawing), "missing": missing(drawing, asked_for(request)),
        "edits": may(request.user, Needs.EDIT, team=map.team_id), "forms": _FORMS,
        "measured": drawing.kept.answer.live is not None,
        "layers": layers, "off": [layer.name for layer in layers if not layer.on],
        "scripts": _SCRIPTS, "undrawn": _undrawn(drawing),
    }  # fmt: skip
    return render(request, "web/map.html", told)


@dataclass(frozen=True, slots=True)
class _Choices:
    """Whose journeys a map may be about: code and name of personas, segments and channels."""

    personas: tuple[tuple[str, Text], ...]
    segments: tuple[tuple[str, Text], ...]
    channels: tuple[tuple[str, Text], ...]


def _choices(drawing: Drawing) -> _Choices:
    drawn, there = drawing.checked.journey_map, choices()
    personas = measuring.personas_of(drawn) if drawn else {}
    return _Choices(
        tuple((key, persona.name) for key, persona in personas.items()),
        tuple((segment.id, segment.name) for segment in there.segments),
        tuple((channel, channel_name(channel)) for channel in there.channels),
    )


def _undrawn(drawing: Drawing) -> int:
    """Return how many nodes customers meet that nobody drew."""
    live, drawn = drawing.kept.answer.live, drawing.checked.journey_map
    return len(watching.still_undrawn(live, drawn)) if live and drawn else 0


def missing(drawing: Drawing, asked: Asked) -> tuple[Text, ...]:
    """Return why there is nothing, or less than there could be, to be seen on a measured map."""
    live = drawing.kept.answer.live
    if live is None:
        return ()
    whose = asked.persona or asked.segment or asked.channel
    if whose and not live.measured.coverage.interactions:
        return (phrase("maps.nobody_chosen"),)
    return live.measured.missing


@page("maps/<slug:map>/report/", name="report", needs=Needs.VIEW)
def report(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Give the whole report, a page that stands alone."""
    found = live_map(map, newest(map), asked_for(request)).answer
    if found.live is None:
        if found.stopped:
            raise found.stopped
        raise Http404
    asked = asked_for(request)
    people = ""
    assert isinstance(request.user, Account)
    if may(request.user, Needs.PEOPLE, team=map.team_id):
        # Whoever keeps the file comes back to the app by it, and must sign in there.
        people = request.build_absolute_uri(reverse("behind", args=[map.slug])) + "?"
        chosen = {name: value for name, value in asdict(asked).items() if value}
        people += f"{urlencode(chosen)}&" if chosen else ""
    page = measuring.report(workspace(), found.live, language=language_of(request), people=people)
    return _file(page.encode(), f"{map.slug}.html")


_SCRIPTS = tuple(
    f"web/{name}.js"
    for name in ("map", "moving", "layers", "curve", "undrawn", "reading", "zoom", "naming")
)
_FORMS: dict[str, tuple[str, ...]] = {
    "report": ("pdf", "xlsx", "json"),
    "measured": ("svg", "png"),
    "map": ("svg", "png", "pdf", "pptx", "xlsx", "html", "csv", "json", "mmd", "yaml"),
    "blueprint": ("svg", "png", "pdf", "pptx"),
    "curve": ("svg", "png", "pdf", "pptx"),
}
"""What of a map can be taken, and in which forms; the report as a page has its own address."""
_KINDS = {
    "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "html": "text/html",
    "csv": "text/csv", "json": "application/json", "mmd": "text/plain",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@page("maps/<slug:map>/take/<str:kind>/", name="take", needs=Needs.VIEW)
def take(request: HttpRequest, *, map: Map, kind: str) -> HttpResponseBase:
    """Give the map as a file: as drawn, or with what was measured of whom and when was chosen."""
    version, of = newest(map), request.GET.get("of", "map")
    if kind not in _FORMS.get(of, ()):
        raise Http404
    if kind == "yaml":
        return _file(version.text.encode(), f"{map.slug}.yaml")
    with TemporaryDirectory() as folder:
        output = Path(folder) / f"{map.slug}{'' if of == 'map' else f'-{of}'}.{kind}"
        if of in ("report", "measured"):
            _write_measured(request, map, output, of=of)
        else:
            drafting.draw_as(file_of(map), output, language=language_of(request), view=of)
        return _file(output.read_bytes(), output.name)


def _write_measured(request: HttpRequest, map: Map, output: Path, *, of: str) -> None:
    """Write the report of a measured map, or its picture."""
    asked, language = asked_for(request), language_of(request)
    found = live_map(map, newest(map), asked).answer
    if found.live is None:
        raise found.stopped or Http404
    if of == "measured":
        flow.save_picture(live_picture(map, found, asked, language=language), output)
    else:
        made = measuring.report_as(workspace(), found.live, output.suffix, language=language)
        flow.write_file(output, made)


def asked_for(request: HttpRequest) -> Asked:
    """Return what a page was asked for: days and whose; what is no day asks for nothing."""

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return None

    def word(name: str) -> str:
        return request.GET.get(name, "").strip()[:300]

    since, until = day("since"), day("until")
    if since and until and since >= until:
        since = until = None
    return Asked(since, until, word("persona"), word("segment"), word("channel"))


def _file(content: bytes, name: str) -> HttpResponse:
    kind = _KINDS.get(name.rsplit(".", 1)[-1], "text/plain")
    # What is packed has no letters of its own.
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json"))
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8" if is_text else kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
