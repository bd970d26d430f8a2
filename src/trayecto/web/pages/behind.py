"""The people behind a figure of a map: where the report's counts lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto import care, flow, measuring, whose
from trayecto.flow import JourneyMap
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.days import month_words
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.text import NOTHING, Text, same
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
    """List whose journeys a figure of a map counts: of the same days, people and channel."""
    place, that = request.GET.get("place", "")[:200], request.GET.get("that", "reached")[:20]
    note(request, "people behind a figure", f"{map.slug}: {place} {that}")
    language, here = language_of(request), workspace()
    asked = asked_for(request)
    told = {"map": map, "most": _MOST}
    try:
        chosen = whose.Chosen(
            flow.days(here, since=asked.since, until=asked.until), (), asked.persona,
            asked.segment, asked.channel, request.GET.get("part", "")[:200],
        )  # fmt: skip
        version = newest(map)
        segments = here.segments.read_text("utf-8") if here.segments.exists() else ""
        state = (version.number, texts_beside(map, version), segments, care.people_version(here))
        group = request.GET.get("group", "")[:40]
        found = keeper.now(
            ("behind", map.id, place, that, group, chosen), state,
            lambda: whose.behind(
                here, file_of(map), place, that=that, group=group, chosen=chosen, at_most=_MOST,
                named=True,
            ),
        )  # fmt: skip
    except TrayectoError as error:
        return render(request, "web/behind.html", told | {"stopped": error})
    drawn = checked(map, version).journey_map
    assert drawn is not None  # or nobody would have been found
    names = {stage.id: stage.name for stage in drawn.stages}
    names |= {touchpoint.id: touchpoint.name for touchpoint in drawn.touchpoints()}
    rows = [(code_of(one.subject) if found.per == "person" else "", one) for one in found.listed]
    where = names.get(place, same(place)) if place else drawn.title
    return render(request, "web/behind.html", told | {
        "where": where.say(language), "found": found, "rows": rows,
        "whose": " · ".join(part.say(language) for part in _whose(drawn, chosen) if part),
        "did": f"behind.{found.that.replace('-', '_')}",
    })  # fmt: skip


def _whose(drawn: JourneyMap, chosen: whose.Chosen) -> Iterator[Text]:
    """Give what was chosen of all who have a journey on the map."""
    personas = measuring.personas_of(drawn)
    yield personas[chosen.persona].name if chosen.persona else NOTHING
    yield flow.segment(workspace(), chosen.segment).name if chosen.segment else NOTHING
    yield channel_name(chosen.channel)
    kind, _, name = chosen.part.partition("=")
    yield from _part(drawn, kind, name) if name else ()


def _part(drawn: JourneyMap, kind: str, name: str) -> Iterator[Text]:
    """Give the part of the report that was chosen."""
    if kind == "channel":
        on = channel_name(name)
        yield Text(en=f"began on {on.en}", es=f"empiezan por {on.es}")
    elif kind == "month":
        month = month_words(date.fromisoformat(f"{name}-01"))
        yield Text(en=f"began in {month.en}", es=f"empiezan en {month.es}")
    elif kind == "segment":
        yield flow.segment(workspace(), name).name
    elif name in _SO_MANY:
        yield _SO_MANY[name]
    else:
        personas = measuring.personas_of(drawn)
        yield from (personas[one].name for one in name.split("+"))


_SO_MANY = {
    "one": Text(en="of exactly one persona", es="de exactamente un arquetipo"),
    "several": Text(en="of several personas", es="de varios arquetipos"),
    "none": Text(en="of no persona", es="de ningún arquetipo"),
}
