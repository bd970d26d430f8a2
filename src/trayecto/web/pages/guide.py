"""A map made by answering questions, in the order of the method; it waits while you are away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from trayecto import drafting
from trayecto.vocabulary.channel import CHANNELS
from trayecto.web.models import Account, Draft
from trayecto.web.pages.place import edited_teams, team_asked
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import start

_LONGEST, _LONGEST_NAME = 5_000, 300
_ROWS, _MORE = 6, 4
_LEVELS = ("-2", "-1", "0", "1", "2")
_DROPPED, _DRAWN = "guided-dropped", "guided-drawn"
"""Where a session keeps the draft that was discarded last, and what became of those drawn."""


@page("maps/guided/", name="guided", needs=Needs.EDIT)
def guided(request: HttpRequest) -> HttpResponseBase:
    """Show the guided maps that wait; begin one, or put back the one discarded last."""
    assert isinstance(request.user, Account)
    dropped = request.session.get(_DROPPED)
    if request.method == "POST":
        draft = Draft(account=request.user, team=team_asked(request))
        if "put_back" in request.POST and dropped:
            draft.answers, draft.team_id = dropped["answers"], dropped["team"]
            del request.session[_DROPPED]
        draft.save()
        return redirect("guide", draft=draft.id)
    waiting = [
        {"draft": draft, "title": draft.answers.get("title", ""), "guide": _guide(draft)}
        for draft in request.user.drafts.all()[:50]
    ]
    return render(request, "web/guided.html", {"waiting": waiting, "dropped": dropped})


@page("maps/guided/<int:draft>/", name="guide", needs=Needs.EDIT)
def guide(request: HttpRequest, *, draft: int) -> HttpResponseBase:
    """Ask the next question, or one again; draw the map when all are answered."""
    assert isinstance(request.user, Account)
    if made := request.session.get(_DRAWN, {}).get(str(draft)):
        return redirect("map", map=made)  # the browser's way back leads here again
    own = get_object_or_404(Draft, id=draft, account=request.user)
    if request.method == "POST":
        if "drop" in request.POST:
            request.session[_DROPPED] = {"answers": own.answers, "team": own.team_id}
            own.delete()
            return redirect("guided")
        if name := request.POST.get("name", ""):
            own.answers[name] = _answer(request.POST)
            own.save()
            if "more" in request.POST:
                more = {"question": name, "more": "yes"}
                return redirect(f"{reverse('guide', args=[own.id])}?{urlencode(more)}")
        # Each question has its own address, so that the browser goes back by one question.
        left = _guide(own).question
        asked = f"?{urlencode({'question': left.name})}" if left else ""
        return redirect(reverse("guide", args=[own.id]) + asked)
    found = _guide(own, again=request.GET.get("question", ""))
    if found.question is None:
        return _finish(request, own, found.text)
    before = str(own.answers.get(found.question.name, ""))
    told = {
        "draft": own, "guide": found, "question": found.question, "before": before,
        "part": found.answered / max(found.asked, 1),
        **_asked(found.question, before, more="more" in request.GET),
    }  # fmt: skip
    return render(request, "web/guide.html", told)


def _answer(given: QueryDict) -> str:
    """Return an answer as the guide reads it: as written, or put together of what was chosen."""
    if "answer" in given:
        return str(given["answer"]).strip()[:_LONGEST]
    if "item" in given:
        names = [" ".join(name.split())[:_LONGEST_NAME] for name in given.getlist("item")]
        channels = given.getlist("channel") or [""] * len(names)
        rows = zip(names, channels, strict=False)
        # One a line: a name may have commas. What has no channel says it by its own words.
        return "".join(f"{n} @ {c}\n" if c else f"{n}\n" for n, c in rows if n)
    return f"{given.get('level', '')} {given.get('word', '')}".strip()[:_LONGEST]


def _asked(question: drafting.Question, before: str, *, more: bool) -> dict[str, object]:
    """Return what a question of more than words asks for, with what was answered before."""
    if question.kind == "emotion":
        held = drafting.emotion_of(before)
        level = "" if held is None else str(round(2 * held.level))
        word = before if held is None else held.word.es
        return {"levels": _LEVELS, "level": level, "word": word}
    rows: list[tuple[str, str | None]]
    if question.kind == "stages":
        rows = [(name, None) for name in drafting.listed(before)]
    elif question.kind == "touchpoints":
        rows = drafting.named_in(before)
    else:
        return {}
    empty = max(_ROWS - len(rows), 1) + (_MORE if more else 0)
    rows += [("", None)] * min(empty, drafting.MOST_STAGES - len(rows))
    return {"rows": rows, "fewer": len(rows) < drafting.MOST_STAGES, "channels": CHANNELS.items()}


def _guide(draft: Draft, *, again: str = "") -> drafting.Guide:
    return drafting.guide({str(k): str(v) for k, v in draft.answers.items()}, again=again)


def _finish(request: HttpRequest, draft: Draft, text: str) -> HttpResponseBase:
    assert isinstance(request.user, Account)
    teams = edited_teams(request)
    # Whoever has left the team meanwhile draws it for the first they are in.
    team = next((one for one in teams if one.id == draft.team_id), None) or teams[0]
    made = start(team, text, by=request.user)
    request.session[_DRAWN] = {**request.session.get(_DRAWN, {}), str(draft.id): made.slug}
    draft.delete()
    return redirect("map", map=made.slug)
