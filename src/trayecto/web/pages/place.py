"""Where a map belongs: in which team, and on the first page or in the archive."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from trayecto.web.models import Account, Map, Role, Team
from trayecto.web.roles import Needs, note, page
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase


@page("maps/<slug:map>/place/", name="place", needs=Needs.EDIT)
def place(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Move a map to another of one's teams, put it in the archive, or take it out."""
    teams = edited_teams(request)
    if request.method == "POST":
        if "team" in request.POST:
            _move(request, map, teams)
        else:
            _archive(request, map, away="away" in request.POST)
        return redirect("home") if map.archived_at else redirect("place", map=map.slug)
    return render(request, "web/place.html", {"map": map, "teams": teams})


def edited_teams(request: HttpRequest) -> QuerySet[Team]:
    """Return the teams whose maps a person may change, in the order of their names."""
    assert isinstance(request.user, Account)
    edited = request.user.memberships.filter(role__gte=Role.EDITOR).values("team")
    return Team.objects.filter(id__in=edited).order_by("name", "id")


def team_asked(request: HttpRequest) -> Team:
    """Return the team that a new map is for: the one in the address, else the first."""
    asked, teams = request.GET.get("team", ""), edited_teams(request)
    found = next((team for team in teams if str(team.id) == asked), None)
    if asked and found is None:
        raise Http404
    return found or teams[0]


def _move(request: HttpRequest, map: Map, teams: QuerySet[Team]) -> None:
    to = next((team for team in teams if str(team.id) == request.POST["team"]), None)
    if to is None:
        raise Http404
    map.team = to
    map.save(update_fields=["team"])
    note(request, "map moved", map.slug)
    messages.success(request, phrase("place.moved").say(language_of(request)).format(team=to.name))


def _archive(request: HttpRequest, map: Map, *, away: bool) -> None:
    map.archived_at = timezone.now() if away else None
    map.save(update_fields=["archived_at"])
    if away:
        note(request, "map put away", map.slug)
        said = phrase("place.put_away")
    else:
        note(request, "map taken back", map.slug)
        said = phrase("place.taken_back")
    messages.success(request, said.say(language_of(request)))
