"""What every page needs around its own content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from trayecto.web.keys import keys_of
from trayecto.web.models import Account, Map
from trayecto.web.roles import Needs, may, met
from trayecto.web.speaking import language_of
from trayecto.web.unsent import mark_of

_OF_MAPS = {
    "home", "map", "new_map", "guided", "guide", "versions", "version", "text", "share", "place",
    "comments", "visitors", "map_sql", "week",
    "library", "library_item", "library_text", "library_versions",
}  # fmt: skip
_OF_DATA = {
    "data", "import", "arrival", "job", "node_rules", "rules_versions", "source", "rejected_rows",
    "glossary", "node_names",
}  # fmt: skip
_OF_PEOPLE = {"people", "person", "segments", "count_rule", "review", "forget"}
SECTIONS = (
    ("home", "maps", Needs.ACCOUNT, _OF_MAPS),
    ("nodes", "nodes", Needs.VIEW, {"nodes", "question"}),
    ("people", "people", Needs.PEOPLE, _OF_PEOPLE),
    ("data", "data", Needs.VIEW, _OF_DATA),
)
"""Address, word, need and pages of each section of the rail."""


def _edits(account: Account, request: HttpRequest) -> bool:
    """Tell whether somebody may change the map of a page, or any."""
    slug = request.resolver_match.kwargs.get("map") if request.resolver_match else None
    held = Map.objects.filter(slug=slug).first() if slug else None
    return may(account, Needs.EDIT, team=held.team_id if held else None)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the language, and the sections that this person may open."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    account = request.user if isinstance(request.user, Account) else None
    may_do = met(account) if account else set()
    sections = [
        {"name": name, "word": f"frame.{word}", "here": here in pages}
        for name, word, needs, pages in SECTIONS
        if needs in may_do
    ]
    return {
        "language": language_of(request),
        "account": account,
        "answered": mark_of(request),
        "administers": Needs.ADMIN in may_do,
        "edits_somewhere": Needs.EDIT in may_do,
        "sections": sections,
        "keys": keys_of(here or "", edits=_edits(account, request)) if account else (),
        "second_factor": settings.SECOND_FACTOR,
        "sign_on": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"],
    }
