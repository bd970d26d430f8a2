"""The headers that keep a page to itself: no script but ours, nothing from another origin."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
}
ANYWHERE = "embeddable"
"""Set on a response that other sites may show in a frame: a map somebody shared to be embedded."""


class Headers:
    """Put the content security policy on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with its policy, and how long it took us to find it."""
        start = perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"app;dur={(perf_counter() - start) * 1000:.1f}"
        everywhere = getattr(response, ANYWHERE, False)
        policy = {**_POLICY, "frame-ancestors": "*" if everywhere else "'none'"}
        response["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in policy.items())
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response
