"""A map made by answering questions, in the order of the method; it waits while you are away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from trayecto import drafting
from trayecto.web.models import Account, Draft
from trayecto.web.pages.place import edited_teams, team_asked
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import start

_LONGEST = 5_000


@page("maps/guided/", name="guided", needs=Needs.EDIT)
def guided(request: HttpRequest) -> HttpResponseBase:
    """Show the guided maps that wait, and begin one."""
    assert isinstance(request.user, Account)
    if request.method == "POST":
        draft = Draft.objects.create(account=request.user, team=team_asked(request))
        return redirect("guide", draft=draft.id)
    waiting = [
        {"draft": draft, "title": draft.answers.get("title", ""), "guide": _guide(draft)}
        for draft in request.user.drafts.all()[:50]
    ]
    return render(request, "web/guided.html", {"waiting": waiting})


@page("maps/guided/<int:draft>/", name="guide", needs=Needs.EDIT)
def guide(request: HttpRequest, *, draft: int) -> HttpResponseBase:
    """Ask the next question; go back, leave one empty, or draw the map when all are answered."""
    assert isinstance(request.user, Account)
    own = get_object_or_404(Draft, id=draft, account=request.user)
    if request.method == "POST":
        if "drop" in request.POST:
            own.delete()
            return redirect("guided")
        if "back" in request.POST:
            own.answers = dict(list(own.answers.items())[:-1])
        elif name := request.POST.get("name", ""):
            # An answer given again goes last, so that going back meets it first.
            own.answers.pop(name, None)
            own.answers[name] = request.POST.get("answer", "").strip()[:_LONGEST]
        own.save()
        return redirect("guide", draft=own.id)
    found = _guide(own)
    if found.question is None:
        return _finish(request, own, found.text)
    told = {"draft": own, "guide": found, "question": found.question,
            "before": own.answers.get(found.question.name, ""),
            "part": found.answered / max(found.asked, 1)}  # fmt: skip
    return render(request, "web/guide.html", told)


def _guide(draft: Draft) -> drafting.Guide:
    return drafting.guide({str(k): str(v) for k, v in draft.answers.items()})


def _finish(request: HttpRequest, draft: Draft, text: str) -> HttpResponseBase:
    assert isinstance(request.user, Account)
    teams = edited_teams(request)
    # Whoever has left the team meanwhile draws it for the first they are in.
    team = next((one for one in teams if one.id == draft.team_id), None) or teams[0]
    made = start(team, text, by=request.user)
    draft.delete()
    return redirect("map", map=made.slug)
