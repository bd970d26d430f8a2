"""What changed this week: maps, data, comments, and figures that moved beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from trayecto import care
from trayecto.web.models import Account, Comment, Map, Version
from trayecto.web.pages.comments import mentions_of
from trayecto.web.pages.data import quality_if_known
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import newest_of, workspace
from trayecto.web.watched import WEEK, Moved, drifts, last_week

_WATCHED = 12
"""Of how many maps, those edited last, it is told what moved: each is measured twice for it."""
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Watch:
    """One map: its last week against the week before, and whether it is still true."""

    map: Map
    week: Moved | None
    drift: Moved | None


@page("week/", name="week", needs=Needs.ACCOUNT)
def week(request: HttpRequest) -> HttpResponseBase:
    """Tell what changed this week; figures that take long come when they are there."""
    assert isinstance(request.user, Account)
    place = workspace()
    since = place.now() - WEEK
    maps = _maps(request)
    watched = list(maps[:_WATCHED])
    versions = newest_of(watched)
    week, drift = last_week(versions, watched), drifts(versions, watched)
    watches = [Watch(each, week[each.id], drift[each.id]) for each in watched]
    quality = quality_if_known(place)
    told: dict[str, Any] = {
        "edited": _edited(maps, since), "comments": _said(maps, since),
        "mentions": mentions_of(request.user)[:_MOST_LINES],
        "imports": care.imports_since(place, since),
        "watches": watches, "moved": [one for one in watches if one.week and one.week.moved],
        "drifts": [one for one in watches if one.drift and one.drift.words],
        "fresh": _by_day(quality.answer if quality else ()), "now": place.now(),
        "waits": quality is None or any(None in (one.week, one.drift) for one in watches),
        "whole": "HX-Request" not in request.headers,
    }  # fmt: skip
    told["nothing"] = not any((watches, told["edited"], told["imports"], told["fresh"]))
    return render(request, "web/week.html", told)


def _maps(request: HttpRequest) -> QuerySet[Map]:
    """Return the maps of the person's teams, those edited last first."""
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    return maps.annotate(edited_at=Max("versions__made_at")).order_by("-edited_at", "id")


def _by_day(sources: Sequence[Any]) -> list[tuple[datetime, list[Any]]]:
    """Return the sources by the day of their newest fact, the newest day first."""
    dated = sorted((one for one in sources if one.last_at), key=lambda one: one.source)
    days: dict[date, list[Any]] = {}
    for one in sorted(dated, key=lambda one: one.last_at.date(), reverse=True):
        days.setdefault(timezone.localtime(one.last_at).date(), []).append(one)
    return [(listed[0].last_at, listed) for listed in days.values()]


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
    return list(
        made.exclude(text="").select_related("map", "made_by").order_by("-made_at")[:_MOST_LINES]
    )
