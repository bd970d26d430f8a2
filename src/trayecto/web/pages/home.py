"""The first page: maps with their health, and how fresh the data is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, folded
from trayecto.web.kept import Kept
from trayecto.web.live import Live, live_maps_if_known
from trayecto.web.models import Account, Map
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import newest_of, workspace
from trayecto.web.speaking import language_of
from trayecto.web.watched import Moved, drifts

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Health:
    """How one map stands; nothing is known of one that is still *waiting* to be measured."""

    map: Map
    title: Text
    journeys: int | None = None
    completed: Estimate | None = None
    coverage: float | None = None
    pain: Text | None = None
    drift: Moved | None = None
    review: date | None = None
    overdue: bool = False
    stopped: Text | None = None
    waiting: bool = False


@page("", name="home", needs=Needs.ACCOUNT)
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the maps of the person's teams, a page of them at a time, and find one by its title."""
    search = request.GET.get("search", "").strip()[:300]
    assert isinstance(request.user, Account)
    own = Map.objects.filter(team__in=request.user.teams.all()).select_related("team")
    away = "archived" in request.GET
    archived = own.exclude(archived_at=None)
    maps = archived if away else own.filter(archived_at=None)
    maps = maps.order_by("order_en" if language_of(request) == "en" else "order_es", "id")
    for word in folded(search).split():
        maps = maps.filter(words__contains=word)
    listed = Paginator(maps, PER_PAGE).get_page(request.GET.get("page"))
    versions = newest_of(list(listed))
    known = live_maps_if_known([(each, versions[each.id]) for each in listed])
    drifted = drifts(versions, list(listed))
    health = [_health(each, known[each.id], drifted[each.id]) for each in listed]
    told = {
        "maps": health, "listed": listed, "search": search, "away": away,
        "archived": 0 if away else archived.count(), "teams": request.user.teams.count(),
        "waiting": any(
            each.waiting or (each.drift is None and not each.stopped) for each in health
        ),
        "many": search or listed.paginator.num_pages > 1,
    }  # fmt: skip
    return render(request, "web/home.html", told)


def _health(map: Map, kept: Kept[Live] | None, drift: Moved | None) -> Health:
    title = Text(en=map.title_en, es=map.title_es)
    if kept is None:
        return Health(map, title, waiting=True)
    found = kept.answer
    if found.live is None:
        what = found.stopped.problems[0].what if found.stopped else None
        return Health(map, title, stopped=what)
    live = found.live
    totals, drawn = live.measured.totals, live.journey_map
    today = workspace().now().date()
    worst = next((f.headline for f in live.findings), None)
    return Health(
        map, title, totals.journeys, totals.completed_share, live.measured.coverage.share.value,
        worst, drift, drawn.review, bool(drawn.review and drawn.review < today),
    )  # fmt: skip
