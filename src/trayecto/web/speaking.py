"""Which language a page speaks: the account's, else the one chosen, else the browser's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language
from trayecto.web.shelf import workspace

COOKIE = "trayecto_language"


def language_of(request: HttpRequest) -> Language:
    """Return the language of whoever asks."""
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
    if chosen not in ("es", "en"):
        chosen = translation.get_language_from_request(request)
    return "en" if chosen == "en" else "es"


def said(problems: Iterable[Problem], language: Language) -> list[str]:
    """Return problems as a page says them, a line each."""
    return [one.on_page().say(language) for one in problems]


def _zone_here() -> str:
    """Return the zone of the workspace, for who has chosen none."""
    try:
        return workspace().settings.zone
    except TrayectoError:  # a page says what is wrong with the settings
        return "UTC"


class Speaking:
    """Let Django's own words and times follow the person's language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, said in the person's language."""
        language = language_of(request)
        zone = getattr(request.user, "zone", "") or _zone_here()
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            response = self.get_response(request)
        response["Content-Language"] = language
        return response
