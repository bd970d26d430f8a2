"""Single people: who they are, what they did, and who is who; every look is written down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from trayecto import care, flow
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.person import code_of, number_of
from trayecto.vocabulary.text import Text, number
from trayecto.web.asking import Sentence, graph_of, reader, sentence_of
from trayecto.web.kept import keeper
from trayecto.web.live import checked
from trayecto.web.models import Account, Map
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import newest, workspace
from trayecto.web.speaking import language_of, said
from trayecto.web.words import phrase

_MOST, _MOST_MOMENTS, _MOST_READ, _FOLLOWING = 50, 200, 40, 4
_WITHIN = 1_000
"""Of how many whom a search finds, those who did most are looked for."""
_CLEAR = 0.2
"""From this level on, to one side or the other, a text is said to feel good or bad."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person in a list: what identifies them, how often there, and when."""

    code: str
    names: Sequence[str]
    times: int
    first_at: datetime
    last_at: datetime


@page("people/", name="people", needs=Needs.PEOPLE)
def people(request: HttpRequest) -> HttpResponseBase:
    """Find people by an identifier, or show who stands behind a figure."""
    place = workspace()
    count = keeper.get(
        "how many people", flow.data_version(place), lambda: care.list_people(place, at_most=0)
    )
    told: dict[str, Any] = {
        "everybody": count.answer, "nobodys": sum(count.answer.unresolved.values()), "most": _MOST,
    }  # fmt: skip
    if request.method == "POST":
        search = request.POST.get("search", "").strip()[:300]
        if search:
            note(request, "people searched")
            listed, found = care.find_people(place, search, at_most=_MOST, within=_WITHIN)
            told["rows"] = [
                Row(one.person, one.identifiers, one.interactions, one.first_at, one.last_at)
                for one in listed
            ]
            told |= {"found": found, "within": _WITHIN}
        told |= {"search": search, "searched": bool(search)}
    elif request.GET.get("node"):
        told |= _behind(request)
    return render(request, "web/people.html", told)


def _behind(request: HttpRequest) -> dict[str, Any]:
    """Return who was at a node, or went from it to another; what is wrong in the question."""
    node, then = request.GET["node"][:300], request.GET.get("then", "")[:300]
    sentence = sentence_of(request)
    place = workspace()
    read = reader(language_of(request), by=sentence.by)
    told: dict[str, Any] = {"node": node, "then": then, "node_read": read(node),
                            "then_read": read(then)}  # fmt: skip
    try:
        scope = replace(sentence.scope(place), per="person")
        # Whoever was erased meanwhile must not be shown once more: an older answer is none.
        state = (flow.data_version(place), care.people_version(place))
        found = keeper.get(
            ("who was at", node, then, scope, state), None,
            lambda: flow.members(place, scope, node, then=then or None, at_most=_MOST, named=True),
        ).answer  # fmt: skip
    except TrayectoError as error:
        return told | {"stopped": error}
    note(request, "people behind a figure", f"{node} > {then}" if then else node)
    rows = [
        Row(code_of(one.subject), one.names, one.times, one.first_at, one.last_at)
        for one in found.listed
    ]
    return told | {"rows": rows, "behind": found.people}


@page("people/list/", name="take_people", needs=Needs.PEOPLE)
def take_people(request: HttpRequest) -> HttpResponseBase:
    """Give everybody whom a search finds as CSV, with what identifies them."""
    if request.method != "POST":
        return redirect("people")
    search = request.POST.get("search", "").strip()[:300]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        care.export_people(workspace(), file, search=search, named=True)
        note(request, "people exported")
        return _file(file.read_bytes(), "people.csv", "text/csv; charset=utf-8")


@page("people/<slug:person>/", name="person", needs=Needs.PEOPLE)
def person(request: HttpRequest, *, person: str) -> HttpResponseBase:
    """Show everything known of a person; an old code leads to the new one."""
    known = _known(person)
    if known.person != person:
        return redirect("person", person=known.person)
    note(request, "person seen", known.person)
    shown = Paginator(known.timeline[::-1], _MOST_MOMENTS).get_page(request.GET.get("page"))
    newest_met = known.timeline[-1].touchpoint if known.timeline else ""
    read = reader(language_of(request))
    told = {
        "person": known, "shown": shown, "moments": _felt(list(shown)),
        "on_maps": _on_maps(request, known.person),
        "read": read, "newest_read": read(newest_met),
        "follows": _follows(newest_met) if newest_met else (),
        "keys": [f"{one.kind}:{one.value}" for one in known.identities],
        "edits": _may(request, Needs.EDIT), "erases": _may(request, Needs.ADMIN),
    }  # fmt: skip
    return render(request, "web/person.html", told)


def _felt(moments: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return moments with how their texts feel; only the newest texts are read."""
    told: list[tuple[Any, str]] = []
    left = _MOST_READ
    for moment in moments:
        felt = ""
        if moment.text and left:
            left -= 1
            level = flow.feel(moment.text).level
            if level is not None:
                felt = "good" if level > _CLEAR else "bad" if level < -_CLEAR else "neutral"
        told.append((moment, felt))
    return told


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a journey of a person stands on one map."""

    slug: str
    title: Text
    journey: care.OnMap
    touchpoint: Text | None


def _on_maps(request: HttpRequest, code: str) -> list[Standing]:
    """Return where a person is on each map of whoever looks."""
    journeys = care.person_on_maps(workspace(), code)
    found: list[Standing] = []
    if not journeys:
        return found
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    # Of ten thousand maps only those are read whose text has the name of one that was measured.
    told = reduce(or_, (Q(versions__text__contains=name) for name in {j.map for j in journeys}))
    maps = maps.filter(told, versions__number=F("head"))
    for each in maps.order_by("order_en" if language_of(request) == "en" else "order_es"):
        drawn = checked(each, newest(each)).journey_map
        if drawn is None:
            continue
        names = [touchpoint.name for touchpoint in drawn.touchpoints()]
        for journey in journeys:
            if journey.map == drawn.id:
                at = journey.place
                there = names[at] if at is not None and at < len(names) else None
                found.append(Standing(each.slug, drawn.title, journey, there))
    return found


def _follows(touchpoint: str) -> list[tuple[str, float, float]]:
    """Return where people usually go from a touchpoint: name, share, median seconds."""
    graph = graph_of(Sentence()).answer.found
    ways = [edge for edge in graph.edges if edge.source == touchpoint] if graph else []
    whole = sum(edge.count for edge in ways)
    return [(edge.target, edge.count / whole, edge.median_s) for edge in ways[:_FOLLOWING]]


@page("people/<slug:person>/join/", name="join_person", needs=Needs.PEOPLE)
def join_person(request: HttpRequest, *, person: str) -> HttpResponseBase:
    """Say that a person is somebody else too."""
    known = _changing(request, person)
    own, other = request.POST.get("own", ""), request.POST.get("other", "").strip()[:300]
    if request.method != "POST" or not own or not other:
        return redirect("person", person=known.person)
    return _judged(
        request, known.person, "people.merged",
        lambda by: care.link(workspace(), own, other, by=by, force="sure" in request.POST),
    )  # fmt: skip


@page("people/<slug:person>/split/", name="split_person", needs=Needs.PEOPLE)
def split_person(request: HttpRequest, *, person: str) -> HttpResponseBase:
    """Say that two identifiers of a person are two people's."""
    known = _changing(request, person)
    one, other = request.POST.get("one", ""), request.POST.get("other", "")
    if request.method == "POST" and one == other:
        messages.error(request, phrase("people.choose_two").say(language_of(request)))
    if request.method != "POST" or one == other:
        return redirect("person", person=known.person)
    return _judged(
        request, known.person, "people.parted",
        lambda by: care.unlink(workspace(), one, other, by=by),
    )  # fmt: skip


@page("people/<slug:person>/take/", name="take_person", needs=Needs.PEOPLE)
def take_person(request: HttpRequest, *, person: str) -> HttpResponseBase:
    """Give everything known of a person as a file: what they may ask for."""
    known = _known(person)
    if request.method != "POST":
        return redirect("person", person=known.person)
    note(request, "person exported", known.person)
    text = json.dumps(known.as_json(), ensure_ascii=False, indent=1)
    return _file(text.encode(), f"{known.person}.json", "application/json")


@page("people/<slug:person>/forget/", name="forget", needs=Needs.PEOPLE)
def forget(request: HttpRequest, *, person: str) -> HttpResponseBase:
    """Erase a person, once their code has been typed."""
    if not _may(request, Needs.ADMIN):
        raise PermissionDenied
    known = _known(person)
    wrong = False
    if request.method == "POST":
        wrong = request.POST.get("code", "").strip() != known.person
        if not wrong:
            gone = care.forget(workspace(), known.person, by=_by(request))
            keeper.forget()
            note(request, "person erased", known.person)
            language = language_of(request)
            erased = phrase("people.forgotten").say(language).format(
                interactions=number(gone.interactions, language),
                identifiers=number(gone.identifiers, language),
            )  # fmt: skip
            messages.success(request, erased)
            return redirect("people")
    told = {"code": known.person, "wrong": wrong}
    return render(request, "web/forget.html", told)


@page("review/", name="review", needs=Needs.PEOPLE)
def review(request: HttpRequest) -> HttpResponseBase:
    """Show pairs of people who may be one; keep what the person says of each."""
    place = workspace()
    if request.method == "POST":
        return _answered(request)
    unsure = request.GET.get("left") == "unsure"
    told: dict[str, Any] = {"edits": _may(request, Needs.EDIT), "unsure": unsure}
    try:
        # Whoever was erased meanwhile must not be shown once more: old pairs are no answer.
        kept = keeper.get(
            ("pairs", unsure, flow.data_version(place)), None,
            lambda: (care.suggestions(place, at_most=20, unsure=unsure), care.verdicts(place)),
        )  # fmt: skip
        told["pairs"], told["verdicts"] = kept.answer
        told["doubts"] = told["verdicts"]["unsure"]
        note(request, "pairs reviewed")
    except TrayectoError as error:
        told["stopped"] = error
    return render(request, "web/review.html", told)


def _answered(request: HttpRequest) -> HttpResponseBase:
    if not _may(request, Needs.EDIT):
        raise PermissionDenied
    left, right = request.POST.get("left", ""), request.POST.get("right", "")
    answer: Any = request.POST.get("answer", "")
    if not (left and right) or answer not in ("same", "different", "unsure"):
        raise Http404
    try:
        care.judge_pair(workspace(), left, right, answer, by=_by(request))
    except TrayectoError as error:
        messages.error(request, " ".join(said(error.problems, language_of(request))))
    else:
        keeper.forget()
        note(request, f"pair judged {answer}")
        messages.success(request, phrase("people.answered").say(language_of(request)))
    return redirect(request.get_full_path())


def _judged(request: HttpRequest, code: str, done: str, judge: Any) -> HttpResponseBase:
    """Judge who is who, say what came of it, and go to whom the person is now."""
    language = language_of(request)
    try:
        code = judge(_by(request))
    except TrayectoError as error:
        messages.error(request, " ".join(said(error.problems, language)))
    else:
        note(request, done.partition(".")[2], code)
        messages.success(request, phrase(done).say(language))
    # Who is who is no fact: the version of the facts does not tell that answers have changed.
    keeper.forget()
    return redirect("person", person=code)


def _known(code: str) -> care.Profile:
    """Return a person by code; identifiers are no part of an address."""
    if number_of(code) is None:
        raise Http404
    place = workspace()
    try:
        # As they are now or not at all: an older answer may show somebody who was erased.
        key = ("person", code, care.people_version(place))
        return keeper.get(key, None, lambda: care.person(place, code)).answer
    except TrayectoError as error:
        if error.retry:
            raise
        raise Http404 from error


def _changing(request: HttpRequest, code: str) -> care.Profile:
    if not _may(request, Needs.EDIT):
        raise PermissionDenied
    return _known(code)


def _may(request: HttpRequest, needs: Needs) -> bool:
    return isinstance(request.user, Account) and may(request.user, needs)


def _by(request: HttpRequest) -> str:
    assert isinstance(request.user, Account)
    return request.user.email


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
