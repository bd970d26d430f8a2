"""A map's own pages: start one, see it drawn and measured, and take it with you."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from trayecto import drafting, flow, measuring
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text, same
from trayecto.web.kept import Kept
from trayecto.web.live import Asked, Live, live_map
from trayecto.web.models import Account, Map, Role, Version
from trayecto.web.roles import Needs, may, page
from trayecto.web.shelf import file_of, newest, start, workspace
from trayecto.web.speaking import language_of


@page("maps/new/", name="new_map", needs=Needs.EDIT)
def new_map(request: HttpRequest) -> HttpResponseBase:
    """Offer the finished maps to start from; start from the one chosen."""
    assert isinstance(request.user, Account)
    shelf = drafting.templates()
    if request.method == "POST":
        name = request.POST.get("template", "")
        if name not in {template.name for template in shelf}:
            raise Http404
        membership = request.user.memberships.filter(role__gte=Role.EDITOR).first()
        assert membership is not None
        new = start(membership.team, drafting.template(name), by=request.user)
        return redirect("map", map=new.slug)
    return render(request, "web/new_map.html", {"templates": shelf})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as its page shows it: the picture, and what stands in the way of one."""

    title: Text
    picture: str | None
    kept: Kept[Live]
    problems: tuple[Problem, ...]
    layer: str
    version: Version


def drawn(request: HttpRequest, map: Map) -> Drawing:
    """Return a map drawn as asked: as expected, or with what was measured."""
    version = newest(map)
    kept = live_map(map, version, asked_for(request))
    layer = "designed" if request.GET.get("layer") == "designed" else "live"
    language = language_of(request)
    checked = flow.check(file_of(map))
    live = kept.answer.live
    if live is not None and kept.updating and checked.journey_map is not None:
        live = measuring.on_newer_text(live, checked.journey_map)
    picture = None
    if live is not None and layer == "live":
        picture = measuring.live_picture(live, language=language)
    elif checked.journey_map is not None:
        picture = flow.draw(file_of(map), language=language)
    title = checked.journey_map.title if checked.journey_map else same(map.slug)
    return Drawing(title, picture, kept, checked.problems, layer, version)


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
        "map": map, "title": drawing.title, "picture": drawing.picture,
        "stopped": drawing.kept.answer.stopped, "updating": drawing.kept.updating,
        "asked": asked_for(request), "layer": drawing.layer, "version": drawing.version,
        "problems": [problem.say(language) for problem in drawing.problems],
        "edits": may(request.user, Needs.EDIT, team=map.team_id), "kinds": _SHOWN,
        "layers": layers, "off": [layer.name for layer in layers if not layer.on],
        "scripts": _SCRIPTS,
    }  # fmt: skip
    return render(request, "web/map.html", told)


@page("maps/<slug:map>/report/", name="report", needs=Needs.VIEW)
def report(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Give the whole report, a page that stands alone."""
    found = live_map(map, newest(map), asked_for(request)).answer
    if found.live is None:
        if found.stopped:
            raise found.stopped
        raise Http404
    page = measuring.report(workspace(), found.live, language=language_of(request))
    return _file(page.encode(), f"{map.slug}.html")


_SCRIPTS = tuple(f"web/{name}.js" for name in ("map", "layers", "curve"))
_SHOWN = ("svg", "png", "pdf", "pptx", "xlsx", "yaml")
_KINDS = {
    "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "html": "text/html",
    "csv": "text/csv", "json": "application/json", "mmd": "text/plain",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@page("maps/<slug:map>/take/<str:kind>/", name="take", needs=Needs.VIEW)
def take(request: HttpRequest, *, map: Map, kind: str) -> HttpResponseBase:
    """Give the map as a file: as text, picture, document, workbook or diagram."""
    version = newest(map)
    if kind == "yaml":
        return _file(version.text.encode(), f"{map.slug}.yaml")
    if kind not in _KINDS:
        raise Http404
    with TemporaryDirectory() as folder:
        output = Path(folder) / f"{map.slug}.{kind}"
        drafting.draw_as(file_of(map), output, language=language_of(request))
        return _file(output.read_bytes(), output.name)


def asked_for(request: HttpRequest) -> Asked:
    """Return the days that a page was asked for; what is no day asks for nothing."""

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return None

    since, until = day("since"), day("until")
    if since and until and since >= until:
        return Asked()
    return Asked(since, until)


def _file(content: bytes, name: str) -> HttpResponse:
    kind = _KINDS.get(name.rsplit(".", 1)[-1], "text/plain")
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
