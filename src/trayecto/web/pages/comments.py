"""What people say about a map and its parts: comments, answers, mentions, what is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from trayecto.vocabulary.text import Language, Text, same
from trayecto.web.live import checked
from trayecto.web.models import Account, Comment, Map
from trayecto.web.naming import named_in
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import newest
from trayecto.web.unsent import tell_saved
from trayecto.web.words import phrase

_PART = re.compile(r"[a-z]+:[\w-]{1,150}|")
_LONGEST = 5_000


@page("maps/<slug:map>/comments/", name="comments", needs=Needs.VIEW)
def comments(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show what was said about a part of a map, or all of it; add to it."""
    part = request.GET.get("part", "")
    part = part if _PART.fullmatch(part) else ""
    if request.method == "POST":
        _add(request, map, part)
        if not request.headers.get("HX-Request"):
            return redirect(request.get_full_path())
    said = map.comments.filter(answers=None).select_related("made_by", "resolved_by")
    said = said.prefetch_related("mentions", "replies__made_by", "replies__mentions")
    if part:
        said = said.filter(part=part)
    everybody = map.team.members.order_by("name")
    names = _names(map)
    told_of = [(one, names.get(one.part) or same(one.part)) for one in said]
    told = {
        "map": map, "part": part, "everybody": everybody,
        "comments": [(one, about) for one, about in told_of if not one.resolved_at],
        "settled": [(one, about) for one, about in told_of if one.resolved_at],
    }  # fmt: skip
    whole = not request.headers.get("HX-Request")
    response = render(request, "web/comments_page.html" if whole else "web/comments.html", told)
    tell_saved(request, response)
    return response


@page("maps/<slug:map>/comments/<int:comment>/", name="settle", needs=Needs.VIEW)
def settle(request: HttpRequest, *, map: Map, comment: int) -> HttpResponseBase:
    """Settle a comment, or open it again."""
    about = get_object_or_404(Comment, id=comment, map=map)
    if request.method == "POST":
        assert isinstance(request.user, Account)
        settled = about.resolved_at is None
        about.resolved_at = timezone.now() if settled else None
        about.resolved_by = request.user if settled else None
        about.save(update_fields=["resolved_at", "resolved_by"])
    return redirect("comments", map=map.slug)


def _add(request: HttpRequest, map: Map, part: str) -> None:
    assert isinstance(request.user, Account)
    text = normalize("NFC", request.POST.get("text", "")).strip()[:_LONGEST]
    if not text:
        return
    answered = request.POST.get("answers", "")
    about = map.comments.filter(id=answered).first() if answered.isdecimal() else None
    said = Comment.objects.create(
        map=map, part=about.part if about else part, answers=about, text=text,
        made_by=request.user,
    )  # fmt: skip
    named = {one for each in named_in(text, map.team.members.all()) for one in each.accounts}
    said.mentions.set(named)
    _tell(request, said, named - {request.user})


def mentions_of(account: Account) -> QuerySet[Comment]:
    """Return what somebody is named in and nobody has settled, the newest first."""
    open_ = Q(answers=None, resolved_at=None) | Q(answers__isnull=False, answers__resolved_at=None)
    own = account.mentioned_in.filter(
        open_, map__team__members=account, map__archived_at=None
    ).exclude(made_by=account)
    return own.select_related("map", "made_by").distinct().order_by("-made_at")


def _tell(request: HttpRequest, said: Comment, named: Iterable[Account]) -> None:
    """Mail to who is named that they are; what was said stays in the app."""
    link = request.build_absolute_uri(said.get_absolute_url())
    for one in named:
        language: Language = "en" if one.language == "en" else "es"
        title = said.map.title_en if language == "en" else said.map.title_es
        told = {"who": str(said.made_by), "map": title, "link": link}
        send_mail(
            phrase("comments.mail_subject").say(language).format(**told).replace("\n", " "),
            phrase("comments.mail_text").say(language).format(**told),
            None, [one.email], fail_silently=True,
        )  # fmt: skip


def _names(map: Map) -> dict[str, Text]:
    """Return what the parts of a map are called, by how a comment keeps them."""
    drawn = checked(map, newest(map)).journey_map
    found: dict[str, Text] = {}
    for stage in drawn.stages if drawn else ():
        found[f"stage:{stage.id}"] = stage.name
        found |= {f"touchpoint:{one.id}": one.name for one in stage.touchpoints}
    return found
