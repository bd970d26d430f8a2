"""
What somebody typed and has not saved: their browser keeps it, and learns here what was saved.

A form that is kept (`data-keep`) sends the mark of what it holds. When the page that took it has
saved it, a cookie brings the mark back, and the browser forgets its copy; whatever else happens,
a session that has ended or a fault of ours, the copy stays and is offered again.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE = "trayecto_saved"
_MARK = re.compile(r"[a-z0-9]{8,40}")
_MOST = 10


def mark_of(request: HttpRequest) -> str:
    """Return the mark of what a form brought along; nothing when it has none."""
    given = request.POST.get("unsent", "") if request.method == "POST" else ""
    return given if _MARK.fullmatch(given) else ""


def tell_saved(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser know that what it sent was saved."""
    mark = mark_of(request)
    if not mark:
        return
    # Two tabs may save before either has looked.
    before = [one for one in request.COOKIES.get(COOKIE, "").split(".") if _MARK.fullmatch(one)]
    response.set_cookie(
        COOKIE, ".".join([*before, mark][-_MOST:]), max_age=600, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
