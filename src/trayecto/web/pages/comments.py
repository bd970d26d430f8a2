"""What people say about a map and its parts: comments, answers, mentions, what is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from trayecto.vocabulary.text import Language, Text, same
from trayecto.web.live import checked
from trayecto.web.models import Account, Comment, Map
from trayecto.web.naming import named_in
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import newest
from trayecto.web.unsent import tell_saved
from trayecto.web.words import phrase

_PART = re.compile(r"[a-z]+:[\w-]{1,150}|")
_LONGEST = 5_000


@page("maps/<slug:map>/comments/", name="comments", needs=Needs.VIEW)
def comments(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show what was said about a part of a map, or all of it; add to it."""
    done, about = "", None
    if request.method == "POST" and (text := _text_in(request)):
        answered = request.POST.get("answers", "")
        if answered.isdecimal():
            about = map.comments.filter(id=answered, answers=None).first()
        said = Comment(map=map, part=about.part if about else _part_of(request), answers=about)
        said.made_by = _who(request)
        _say(request, said, text)
        done = "answered" if about else "added"
    return _list(request, map, done, at=about)


@page("maps/<slug:map>/comments/<int:comment>/", name="settle", needs=Needs.VIEW)
def settle(request: HttpRequest, *, map: Map, comment: int) -> HttpResponseBase:
    """Settle a comment, or open it again."""
    about, done = get_object_or_404(Comment, id=comment, map=map), ""
    if request.method == "POST":
        settled = about.resolved_at is None
        about.resolved_at = timezone.now() if settled else None
        about.resolved_by = _who(request) if settled else None
        about.save(update_fields=["resolved_at", "resolved_by"])
        done = "is_settled" if settled else "is_open"
    return _list(request, map, done, at=about)


@page("maps/<slug:map>/comments/<int:comment>/words/", name="reword", needs=Needs.VIEW)
def reword(request: HttpRequest, *, map: Map, comment: int) -> HttpResponseBase:
    """Change one's own comment, or delete it; who looks after the team may delete anybody's."""
    said, done = get_object_or_404(Comment, id=comment, map=map), ""
    own = said.made_by == _who(request)
    if request.method == "POST" and "delete" in request.POST:
        if not own:
            if not may(_who(request), Needs.ADMIN, team=map.team_id):
                raise PermissionDenied
            note(request, "comment deleted", map.slug)
        _delete(said)
        done = "is_deleted"
    elif request.method == "POST":
        if not own:
            raise PermissionDenied
        text = _text_in(request)
        if text and text != said.text:
            said.changed_at = timezone.now()
            _say(request, said, text)
        done = "is_changed"
    return _list(request, map, done, at=said.answers or said)


def _list(request: HttpRequest, map: Map, done: str, *, at: Comment | None) -> HttpResponseBase:
    """
    Return what was said, as asked for: a page of its own, or the list a page shows anew.

    What was *done* is said beneath the comment *at* which it was, if that is still listed.
    """
    part, whole = _part_of(request), not request.headers.get("HX-Request")
    asked = f"?part={quote(part)}" if part else ""
    here = reverse("comments", args=[map.slug])
    if whole and (request.method == "POST" or request.path != here):
        return redirect(here + asked)
    said = map.comments.filter(answers=None).select_related("made_by", "resolved_by")
    said = said.prefetch_related("mentions", "replies__made_by", "replies__mentions")
    left = 0
    if part:
        said = said.filter(part=part)
        left = still_open(map.comments.filter(part=part)).count()
    names = _names(map)
    told_of = [(one, names.get(one.part) or same(one.part)) for one in said]
    open_ = [(one, about) for one, about in told_of if not one.resolved_at]
    told = {
        "map": map, "part": part, "asked": asked, "whole": whole, "left": left,
        "everybody": map.team.members.order_by("name"),
        "done": phrase(f"comments.{done}") if done else None,
        "deletes": may(_who(request), Needs.ADMIN, team=map.team_id),
        "done_at": at.pk if at is not None and at in [one for one, _ in open_] else None,
        "comments": open_,
        "settled": [(one, about) for one, about in told_of if one.resolved_at],
    }  # fmt: skip
    response = render(request, "web/comments_page.html" if whole else "web/comments.html", told)
    tell_saved(request, response)
    return response


def _who(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _part_of(request: HttpRequest) -> str:
    part = request.GET.get("part", "")
    return part if _PART.fullmatch(part) else ""


def _text_in(request: HttpRequest) -> str:
    return normalize("NFC", request.POST.get("text", "")).strip()[:_LONGEST]


def _say(request: HttpRequest, said: Comment, text: str) -> None:
    """Keep a comment with these words, and tell whom they name and the ones before did not."""
    said.text = text
    said.save()
    before = {*said.mentions.all()}
    named = {one for each in named_in(text, said.map.team.members.all()) for one in each.accounts}
    said.mentions.set(named)
    _tell(request, said, named - before - {_who(request)})


def _delete(said: Comment) -> None:
    """Delete a comment; where it was answered, its words alone, so that the answers stay."""
    about = said.answers
    if said.replies.exists():
        said.text = ""
        said.save(update_fields=["text"])
        said.mentions.clear()
        return
    said.delete()
    if about is not None and not about.text and not about.replies.exists():
        about.delete()


def still_open(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Return of some comments and answers those that nobody has settled or deleted."""
    return comments.filter(
        Q(answers=None, resolved_at=None) | Q(answers__isnull=False, answers__resolved_at=None)
    ).exclude(text="")


def mentions_of(account: Account) -> QuerySet[Comment]:
    """Return what somebody is named in and nobody has settled, the newest first."""
    named = still_open(account.mentioned_in.all())
    own = named.filter(map__team__members=account, map__archived_at=None).exclude(made_by=account)
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
