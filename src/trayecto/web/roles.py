"""
What each page asks of whoever opens it, in one place.

Every view is registered here with its address and its need, and `urls` is made from this list, so
a page without a need does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from trayecto.web.models import Account, Look, Map, Membership, Role
from trayecto.web.unsent import tell_saved
from trayecto.web.waiting import ASKS_AGAIN


class Needs(Enum):
    """What somebody must be to open a page."""

    ANYONE = "anyone"
    ACCOUNT = "account"
    VIEW = "viewer"
    EDIT = "editor"
    ADMIN = "admin"
    PEOPLE = "people"
    """May see personal data."""


_AT_LEAST = {Needs.VIEW: Role.VIEWER, Needs.EDIT: Role.EDITOR, Needs.ADMIN: Role.ADMIN}
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the app."""

    path: str
    name: str
    needs: Needs
    view: View


PAGES: list[Page] = []


def page(path: str, *, name: str, needs: Needs) -> Callable[[View], View]:
    """
    Register a view at *path*; only who meets *needs* gets through.

    A view with a map in its address is given the map itself, and the need is that of the map's
    team: a map of another team is not there.
    """

    def register(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
            _refuse_nul(request)
            if needs is Needs.ANYONE:
                return view(request, **named)
            if not isinstance(request.user, Account):
                return _to_sign_in(request)
            if "map" in named:
                named["map"] = _map_of(request.user, named["map"])
                memberships = request.user.memberships.filter(team=named["map"].team_id)
            else:
                memberships = request.user.memberships.all()
            if not _meets(list(memberships), needs):
                raise PermissionDenied
            response = view(request, **named)
            if 300 <= response.status_code < 400:
                tell_saved(request, response)  # every page that has saved a form leads on
            # What one person may see stays out of caches that others use; people, out of all.
            patch_cache_control(response, private=True, no_store=needs is Needs.PEOPLE)
            return response

        PAGES.append(Page(path, name, needs, guarded))
        return guarded

    return register


def may(account: Account, needs: Needs, *, team: int | None = None) -> bool:
    """Tell whether an account meets a need, in one team or in any."""
    return needs in met(account, team=team)


def met(account: Account, *, team: int | None = None) -> set[Needs]:
    """Return every need that an account meets, in one team or in any, in one question."""
    memberships = account.memberships.all()
    held = list(memberships.filter(team=team) if team else memberships)
    meets = {needs for needs in Needs if needs is not Needs.ANYONE and _meets(held, needs)}
    return {Needs.ANYONE, *meets}


def note(request: HttpRequest, act: str, about: str = "") -> None:
    """Write down who did what; *about* must not be personal data itself."""
    if request.method == "GET" and request.headers.get(ASKS_AGAIN):
        return  # a page that waits sees nothing of the answer: it is opened, and noted, once more
    account = request.user if isinstance(request.user, Account) else None
    Look.objects.create(account=account, act=act, about=about[:200])


def _refuse_nul(request: HttpRequest) -> None:
    """Refuse the one character that stands in no text, and that PostgreSQL cannot keep."""
    for given in (request.GET, request.POST):
        if any("\0" in value for _, values in given.lists() for value in values):
            raise BadRequest("NUL is in no text")


def _meets(memberships: list[Membership], needs: Needs) -> bool:
    if needs is Needs.ACCOUNT:
        return True
    if needs is Needs.PEOPLE:
        return any(membership.sees_people for membership in memberships)
    return any(membership.role >= _AT_LEAST[needs] for membership in memberships)


def _map_of(account: Account, slug: str) -> Map:
    found = Map.objects.filter(slug=slug, team__members=account).select_related("team").first()
    if found is None:
        raise Http404
    return found


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if not Account.objects.exists():
        return redirect("first")
    if request.headers.get("HX-Current-URL"):
        # A part of a page: the page stays, with what is typed in it, and says so itself.
        return HttpResponse(status=401)
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{resolve_url('account_login')}?{back}")
