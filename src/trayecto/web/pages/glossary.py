"""The glossary of nodes: what customers meet, where it comes from, and which maps have it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto import flow, naming
from trayecto.naming import Entry
from trayecto.vocabulary.text import NOTHING, Text, folded
from trayecto.web.kept import keeper
from trayecto.web.models import Map
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import file_of, newest_of, workspace
from trayecto.workspace import Workspace

_MOST = 300
_MOST_MAPS = 200
Bound = dict[tuple[str, str], list[tuple[Map, Text]]]


@page("data/glossary/", name="glossary", needs=Needs.VIEW)
def glossary(request: HttpRequest) -> HttpResponseBase:
    """List the nodes that match what was searched for, with the maps that have them."""
    place = workspace()
    kept = keeper.get("glossary", flow.data_version(place), lambda: naming.glossary(place))
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    bound = _bound(place, maps, kept.answer)
    asked = {name: request.GET.get(name, "").strip()[:300] for name in ("find", "channel", "on")}
    names = flow.node_names(place)
    rows = [
        (entry, name, bound.get((entry.touchpoint, entry.channel), []))
        for entry in kept.answer
        if _matches(
            entry, asked, name := names.get(entry.touchpoint, NOTHING),
            is_bound=(entry.touchpoint, entry.channel) in bound,
        )
    ]  # fmt: skip
    told: dict[str, Any] = {
        "rows": rows[:_MOST], "asked": asked, "all": len(kept.answer), "most": _MOST,
        "found": len(rows), "interactions": sum(entry.interactions for entry, _, _ in rows),
        "channels": sorted({entry.channel for entry in kept.answer}), "updating": kept.updating,
        "most_maps": _MOST_MAPS if maps.count() > _MOST_MAPS else None,
    }  # fmt: skip
    return render(request, "web/glossary.html", told)


def _matches(entry: Entry, asked: dict[str, str], name: Text, *, is_bound: bool) -> bool:
    """Tell whether every word that was typed stands somewhere in what is known of a node."""
    if asked["channel"] and entry.channel != asked["channel"]:
        return False
    if asked["on"] in ("some", "none") and is_bound != (asked["on"] == "some"):
        return False
    channel = naming.CHANNELS.get(entry.channel)
    said = [
        entry.touchpoint,
        name.en,
        name.es,
        entry.channel,
        *entry.areas,
        *entry.sources,
        *entry.names,
    ]
    said += [channel.en, channel.es] if channel else []
    whole = folded(" ".join(said))
    return all(word in whole for word in folded(asked["find"]).split())


def _bound(place: Workspace, maps: QuerySet[Map], entries: Any) -> Bound:
    """Return which maps have a place for each node, and what they call it."""
    found: Bound = defaultdict(list)
    edited = maps.annotate(edited_at=Max("versions__made_at")).order_by("-edited_at", "id")
    some = list(edited[:_MOST_MAPS])
    versions, data = newest_of(some), flow.data_version(place)
    for one in some:

        def look(drawn_in: Map = one) -> dict[tuple[str, str], Text]:
            drawn = flow.check(file_of(drawn_in)).journey_map
            return naming.bound_on(drawn, entries) if drawn else {}

        state = (versions[one.id].number, data)
        for node, name in keeper.get(("bound", one.id), state, look).answer.items():
            found[node].append((one, name))
    return found
