"""
A page whose answer takes longer says so at once, and shows itself when the answer is there.

Only a page that somebody opened in a browser has so little patience; files, parts of pages and
programs wait for their answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trayecto.web.kept import NotYet, patience

SECONDS = 0.15
ASKS_AGAIN = "X-Waiting"
"""What a page that waits asks with, whether its answer is there; it gets nothing else."""
_FILES = ("report", "take")
_NOT_YET = 202


class Waiting:
    """Give each page the patience it has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; to a page that waits, only whether it is there."""
        before = patience.set(None)
        try:
            response = self.get_response(request)
        finally:
            patience.reset(before)
        if request.headers.get(ASKS_AGAIN) and response.status_code != 204:
            response = HttpResponse()
            response["HX-Refresh"] = "true"
        if request.headers.get(ASKS_AGAIN) or response.status_code == _NOT_YET:
            # What was done is said on the page that comes, which is the one that stays.
            held = get_messages(request)
            if isinstance(held, BaseStorage):
                held.used = False
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Set how long this page waits."""
        page = request.resolver_match.url_name or "" if request.resolver_match else ""
        opened = request.headers.get("Sec-Fetch-Dest") == "document"
        if request.method == "GET" and not page.startswith(_FILES):
            patience.set(SECONDS if opened or request.headers.get(ASKS_AGAIN) else None)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that the answer is being worked out."""
        if not isinstance(error, NotYet):
            return None
        if request.headers.get(ASKS_AGAIN):
            return HttpResponse(status=204)
        return render(request, "web/waiting.html", status=_NOT_YET)
