"""What stands behind the figures of a touchpoint: its people, what they wrote, and the SQL."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from trayecto import flow, watching
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.text import Text
from trayecto.web.asking import Answered
from trayecto.web.live import checked, live_map, whose
from trayecto.web.models import Map
from trayecto.web.pages.maps import asked_for
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import file_of, newest, workspace

_MOST = 40
_CLEAR = 0.2
"""From this level on, to one side or the other, a text is said to feel good or bad."""


@page("maps/<slug:map>/visitors/", name="visitors", needs=Needs.PEOPLE)
def visitors(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show who was at a touchpoint and what they wrote there; the look is written down."""
    touchpoint, name = _touchpoint(request, map)
    asked, place, version = asked_for(request), workspace(), newest(map)
    note(request, "people and texts behind a touchpoint", f"{map.slug}: {touchpoint}")
    told = _around(request, map, touchpoint, name)
    try:
        found = watching.visitors(
            place, file_of(map), touchpoint, at_most=_MOST, channel=asked.channel,
            people=whose(checked(map, version), asked),
            period=flow.days(place, since=asked.since, until=asked.until),
        )  # fmt: skip
    except TrayectoError as error:
        return render(request, "web/visitors.html", told | {"stopped": error})
    of_people = found.per == "person"
    told |= {
        "found": found,
        "rows": [(code_of(one.subject) if of_people else "", one) for one in found.listed],
        "said": [
            (code_of(one.subject) if of_people else "", one, _felt(one.level)) for one in found.said
        ],
    }  # fmt: skip
    return render(request, "web/visitors.html", told)


@page("maps/<slug:map>/sql/", name="map_sql", needs=Needs.VIEW)
def map_sql(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show the SQL that measured a map as asked, a script to run by hand; or give it as a file."""
    live = live_map(map, newest(map), asked_for(request)).answer.live
    if live is None:
        raise Http404
    script = Answered(sql=live.sql).script
    if "file" in request.GET:
        response = HttpResponse(script, content_type="application/sql; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{map.slug}.sql"'
        return response
    return render(request, "web/map_sql.html", _around(request, map) | {"script": script})


def _around(
    request: HttpRequest, map: Map, touchpoint: str = "", name: Text | None = None
) -> dict[str, object]:
    """Return what a page of its own needs; asked for by htmx, it is a part of another."""
    whole = not request.headers.get("HX-Request")
    around = "web/base.html" if whole else "web/alone.html"
    return {"map": map, "touchpoint": touchpoint, "name": name, "around": around, "whole": whole}


def _touchpoint(request: HttpRequest, map: Map) -> tuple[str, Text]:
    """Return the touchpoint that was asked for and its name; one that is not there is not found."""
    drawn = checked(map, newest(map)).journey_map
    touchpoints = {one.id: one.name for one in drawn.touchpoints()} if drawn else {}
    id_ = request.GET.get("touchpoint", "")
    if id_ not in touchpoints:
        raise Http404
    return id_, touchpoints[id_]


def _felt(level: float | None) -> str:
    if level is None:
        return ""
    return "good" if level > _CLEAR else "bad" if level < -_CLEAR else "neutral"
