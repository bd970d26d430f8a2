"""The first page: maps with their health, and how fresh the data is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text
from trayecto.web.live import Asked, live_map
from trayecto.web.models import Map
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import newest, workspace


@dataclass(frozen=True, slots=True)
class Health:
    """How one map stands."""

    map: Map
    title: Text
    journeys: int | None = None
    completed: Estimate | None = None
    coverage: float | None = None
    pain: Text | None = None
    review: date | None = None
    overdue: bool = False
    stopped: Text | None = None


@page("", name="home", needs=Needs.ACCOUNT)
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the maps of the person's teams."""
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    listed = [_health(each) for each in maps.order_by("title_es")]
    return render(request, "web/home.html", {"maps": listed})


def _health(map: Map) -> Health:
    title = Text(en=map.title_en, es=map.title_es)
    found = live_map(map, newest(map), Asked()).answer
    if found.live is None:
        what = found.stopped.problems[0].what if found.stopped else None
        return Health(map, title, stopped=what)
    live = found.live
    totals, drawn = live.measured.totals, live.journey_map
    today = workspace().now().date()
    worst = next((f.headline for f in live.findings), None)
    return Health(
        map, title, totals.journeys, totals.completed_share, live.measured.coverage.share.value,
        worst, drawn.review, bool(drawn.review and drawn.review < today),
    )  # fmt: skip
