"""The people behind a figure of a map: where the report's counts lead to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto import care, flow, watching
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.person import code_of
from trayecto.web.kept import keeper
from trayecto.web.live import checked, texts_beside
from trayecto.web.models import Map
from trayecto.web.pages.maps import asked_for
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import file_of, newest, workspace
from trayecto.web.speaking import language_of

_MOST = 50


@page("maps/<slug:map>/people/", name="behind", needs=Needs.PEOPLE)
def behind(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """List whose journeys reached a place of a map, went on, left or are still open."""
    place, that = request.GET.get("place", "")[:100], request.GET.get("that", "reached")[:20]
    note(request, "people behind a figure", f"{map.slug}: {place} {that}")
    language, here = language_of(request), workspace()
    asked = asked_for(request)
    told = {"map": map, "most": _MOST}
    try:
        period = flow.days(here, since=asked.since, until=asked.until)
        version = newest(map)
        state = (version.number, texts_beside(map, version), care.people_version(here))
        found = keeper.now(
            ("behind", map.id, place, that, period), state,
            lambda: watching.behind(
                here, file_of(map), place, that=that, at_most=_MOST, named=True, period=period
            ),
        )  # fmt: skip
    except TrayectoError as error:
        return render(request, "web/behind.html", told | {"stopped": error})
    drawn = checked(map, version).journey_map
    assert drawn is not None  # or nobody would have been found
    names = {stage.id: stage.name for stage in drawn.stages}
    names |= {touchpoint.id: touchpoint.name for touchpoint in drawn.touchpoints()}
    rows = [(code_of(one.subject) if found.per == "person" else "", one) for one in found.listed]
    where = names[place].say(language) if place else drawn.title.say(language)
    return render(request, "web/behind.html", told | {
        "where": where, "found": found, "rows": rows, "did": f"behind.{found.that}",
    })  # fmt: skip
