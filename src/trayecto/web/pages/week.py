"""What changed this week: maps, data, comments, and figures that moved beyond chance."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto import care, flow, watching
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Text
from trayecto.web.documents import libraries_version
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Comment, Map, Version
from trayecto.web.pages.data import quality_if_known
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import file_of, newest_of, workspace

WEEK = timedelta(days=7)
_WATCHED = 12
"""Of how many maps, those edited last, it is told what moved: each is measured twice for it."""
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Moved:
    """What changed on a map from one period to the next: the dates and all, and what *moved*."""

    period: Text
    words: tuple[Text, ...] = ()
    moved: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """One map: its last week against the week before, and whether it is still true."""

    map: Map
    week: Moved | None
    drift: Moved | None


@page("week/", name="week", needs=Needs.ACCOUNT)
def week(request: HttpRequest) -> HttpResponseBase:
    """Tell what changed this week; figures that take long come when they are there."""
    place = workspace()
    since = place.now() - WEEK
    maps = _maps(request)
    watched = list(maps[:_WATCHED])
    versions = newest_of(watched)
    data = (libraries_version(), flow.data_version(place))
    watches = [Watch(each, *_watched(each, (versions[each.id].number, *data))) for each in watched]
    quality = quality_if_known(place)
    told: dict[str, Any] = {
        "edited": _edited(maps, since), "comments": _said(maps, since),
        "imports": care.imports_since(place, since),
        "watches": watches, "moved": [one for one in watches if one.week and one.week.moved],
        "drifts": [one for one in watches if one.drift and one.drift.words],
        "sources": quality.answer if quality else (), "now": place.now(),
        "waits": quality is None or any(None in (one.week, one.drift) for one in watches),
        "whole": "HX-Request" not in request.headers,
    }  # fmt: skip
    return render(request, "web/week.html", told)


def _maps(request: HttpRequest) -> QuerySet[Map]:
    """Return the maps of the person's teams, those edited last first."""
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    return maps.annotate(edited_at=Max("versions__made_at")).order_by("-edited_at", "id")


def _watched(map: Map, state: Hashable) -> tuple[Moved | None, Moved | None]:
    """Return what moved last week, and since the map was approved, as far as it is known."""
    found = (_compared(map, "week", WEEK, state), _compared(map, "drift", None, state))
    week, drift = (kept.answer if kept else None for kept in found)
    return week, drift


def _compared(map: Map, kind: str, length: timedelta | None, state: Hashable) -> Kept[Moved] | None:
    place = workspace()

    def work() -> Moved:
        try:
            found = watching.drift(place, file_of(map), length=length)
        except TrayectoError as error:
            return Moved(error.problems[0].what if error.problems else NOTHING)
        return Moved(found.period(), found.words(), found.moved())

    return keeper.glance((kind, map.id), state, work)


def _edited(maps: QuerySet[Map], since: datetime) -> list[dict[str, Any]]:
    """Return the maps that somebody changed, with who and how often."""
    ours = maps.order_by().values("id")
    made = Version.objects.filter(map__in=ours, made_at__gte=since)
    listed = list(made.select_related("map", "made_by").order_by("map_id", "-made_at")[:1000])
    found: list[dict[str, Any]] = []
    for _, own in groupby(listed, key=lambda version: version.map_id):
        versions = list(own)
        names = dict.fromkeys(str(v.made_by) for v in versions if v.made_by)
        found.append({"map": versions[0].map, "times": len(versions), "who": list(names),
                      "at": versions[0].made_at, "new": versions[-1].number == 1})  # fmt: skip
    return sorted(found, key=lambda one: one["at"], reverse=True)[:_MOST_LINES]


def _said(maps: QuerySet[Map], since: datetime) -> list[Comment]:
    made = Comment.objects.filter(map__in=maps.order_by().values("id"), made_at__gte=since)
    return list(made.select_related("map", "made_by").order_by("-made_at")[:_MOST_LINES])
