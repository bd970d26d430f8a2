"""What people say about a map and its parts: comments, answers, mentions, what is settled."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from trayecto.web.models import Account, Comment, Map
from trayecto.web.roles import Needs, page
from trayecto.web.unsent import tell_saved

_PART = re.compile(r"[a-z]+:[\w-]{1,150}|")
_MENTION = re.compile(r"@([\w.+-]+@[\w.-]+\w|\w+)")
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
    said = said.prefetch_related("replies__made_by")
    if part:
        said = said.filter(part=part)
    everybody = map.team.members.order_by("name")
    told = {"map": map, "part": part, "comments": said, "everybody": everybody}
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
    text = request.POST.get("text", "").strip()[:_LONGEST]
    if not text:
        return
    answered = request.POST.get("answers", "")
    about = map.comments.filter(id=answered).first() if answered.isdecimal() else None
    said = Comment.objects.create(
        map=map, part=about.part if about else part, answers=about, text=text,
        made_by=request.user,
    )  # fmt: skip
    said.mentions.set(_mentioned(map, text))


def _mentioned(map: Map, text: str) -> list[Account]:
    """Return the members of the team whom a text names: @address, or @first-name."""
    named = {found.lower() for found in _MENTION.findall(text)}
    return [
        member
        for member in map.team.members.all()
        if named & {member.email.lower(), (member.name or member.email).split()[0].lower()}
    ]
