"""What went wrong, said as a colleague would: no stack trace reaches anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from trayecto.vocabulary.errors import TrayectoError
from trayecto.web.speaking import language_of, said

_ANSWERED = (BadRequest, Http404, PermissionDenied, ImmediateHttpResponse, ReauthenticationRequired)
"""What Django and allauth say by way of an exception, and answer themselves."""
_OF_A_PERSON = ("person", "join_person", "split_person", "take_person", "forget")
_log = logging.getLogger("trayecto.web")


class Mistakes:
    """Turn the problems of the house into a page that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for what stopped the view; Django knows what to do with the rest."""
        if isinstance(error, TrayectoError):
            status, problems = 422, said(error.problems, language_of(request))
        elif isinstance(error, _ANSWERED):
            return None
        else:
            _log.error("a page failed: %s", request.resolver_match, exc_info=error)
            status, problems = 500, []
        told = {"problems": problems, "status": status}
        return render(request, "web/mistake.html", told, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an address that is not there, or not for this person."""
    del exception
    page = request.resolver_match.url_name if request.resolver_match else ""
    told = {
        "status": 404, "problems": [], "by_link": page in ("shared", "join"),
        "nobody": page in _OF_A_PERSON and request.user.is_authenticated,
    }  # fmt: skip
    return render(request, "web/mistake.html", told, status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for what this person may not do."""
    del exception
    return render(request, "web/mistake.html", {"status": 403, "problems": []}, status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for what no form of ours would send."""
    del exception
    if not hasattr(request, "user"):  # refused at the door: a host that is not ours
        return HttpResponse(status=400)
    return render(request, "web/mistake.html", {"status": 400, "problems": []}, status=400)


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form opened before its person signed in again, or sent from afar."""
    del reason
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    told = {"back": came_from if ours else resolve_url("home")}
    return render(request, "web/stale.html", told, status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Return the page for what was tried too often in a short while."""
    return render(request, "web/mistake.html", {"status": 429, "problems": []}, status=429)
