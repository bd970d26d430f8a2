"""Large files come in at one page only, from whoever may bring data in; refused before reading."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from trayecto.web.models import Account
from trayecto.web.roles import Needs, may
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase

LARGEST = 5 * 1024**3
"""Of a file to import; the page says so before anybody sends one."""
ELSEWHERE = 16 * 1024**2
"""Of anything else: a map as text is 10 MB at most."""
_AROUND = 1024**2
"""What a form adds to the file in it."""


class Uploads:
    """Answer what is too large at once, instead of taking it in first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        if size <= ELSEWHERE or (_may_bring(request) and size <= LARGEST + _AROUND):
            return self.get_response(request)
        said = phrase("data.too_large").say(language_of(request))
        told = {"status": 413, "problems": [said]}
        response = render(request, "web/mistake.html", told, status=413)
        response["Connection"] = "close"
        return response


def _may_bring(request: HttpRequest) -> bool:
    if request.path != resolve_url("import"):
        return False
    return isinstance(request.user, Account) and may(request.user, Needs.EDIT)
