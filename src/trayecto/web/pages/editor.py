"""Editing a map on screen: one part at a time, saved at once, and undone as easily."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from trayecto import drafting, flow, naming, watching
from trayecto.drafting import Edit
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Language
from trayecto.web.asking import kinds_met
from trayecto.web.kept import keeper
from trayecto.web.live import checked, live_map, texts_beside
from trayecto.web.models import Account, Map, Version
from trayecto.web.pages.comments import still_open
from trayecto.web.pages.maps import asked_for, drawn, missing
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import Outdated, file_of, newest, save, workspace
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase

_LARGEST = 10 * 1024**2
_MOST_LOOKED = 30
"""Among how many versions of others we look for who made a change."""
_MOST_NODES = 200
"""How many nodes a touchpoint offers to bind; the text takes any."""


@page("maps/<slug:map>/part/", name="part", needs=Needs.VIEW)
def part(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show one part of a map: its figures, its fields, what is said about it."""
    assert isinstance(request.user, Account)
    key = request.GET.get("part", "")
    version = newest(map)
    if key == "undrawn":
        return _undrawn(request, map, version)
    try:
        form = drafting.form(version.text, key)
    except TrayectoError as error:
        raise Http404 from error
    kind, _, id_ = key.partition(":")
    measure = touchpoint = claims = None
    why = ""
    edits = may(request.user, Needs.EDIT, team=map.team_id)
    live = live_map(map, version, asked_for(request)).answer.live
    if kind == "touchpoint" and live is not None:
        touchpoint = next((t for t in live.journey_map.touchpoints() if t.id == id_), None)
        known = touchpoint and id_ not in live.measured.dark
        measure = live.measured.touchpoint(id_) if known else None
        if touchpoint and not known:
            why = "maps.unknown_here" if live.measured.totals.journeys else "maps.unknown_now"
    drawn_now = checked(map, version).journey_map
    if kind == "touchpoint" and edits and drawn_now is not None:
        met = keeper.now(
            ("claims", map.id, id_),
            (texts_beside(map, version), kinds_met()),
            lambda: naming.claims(drawn_now, id_, kinds_met()),
        )
        read = naming.reader(workspace(), language_of(request))
        claims = {
            "own": [(node, read(node.touchpoint)) for node in met.own],
            "free": [(node, read(node.touchpoint)) for node in met.free[:_MOST_NODES]],
        }
    told = {
        "map": map, "part": key, "form": form, "version": version, "drawn": touchpoint,
        "measure": measure, "why": why, "edits": edits, "claims": claims,
        "said": still_open(map.comments.filter(part=key)).count(),
        "sees_people": may(request.user, Needs.PEOPLE, team=map.team_id),
        "defined": [field for field in form.fields if field.value not in (None, "", [], {})],
        "query": _query(request),
    }  # fmt: skip
    return render(request, "web/part.html", told)


def _undrawn(request: HttpRequest, map: Map, version: Version) -> HttpResponseBase:
    """Show what customers meet and nobody drew, each with the stage it may be put into."""
    assert isinstance(request.user, Account)
    live = live_map(map, version, asked_for(request)).answer.live
    drawn_now = checked(map, version).journey_map
    if live is None or drawn_now is None:
        raise Http404
    told = {
        "nodes": [
            (node, live.journey_map.node_name(node.touchpoint))
            for node in watching.still_undrawn(live, drawn_now)
        ],
        "stages": drawn_now.stages,
        "edits": may(request.user, Needs.EDIT, team=map.team_id),
    }  # fmt: skip
    return render(request, "web/undrawn.html", told)


def _query(request: HttpRequest) -> str:
    """Return what a page is about, as the address of another page that is about the same."""
    names = ("since", "until", "persona", "segment", "channel")
    return urlencode({name: request.GET[name] for name in names if request.GET.get(name)})


@page("maps/<slug:map>/picture/", name="picture", needs=Needs.VIEW)
def picture(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Give the picture alone, to put in the place of the one that has changed."""
    drawing = drawn(request, map)
    response = HttpResponse(drawing.picture or "", content_type="text/html; charset=utf-8")
    response["X-Version"] = str(drawing.version.number)
    why = [text.say(language_of(request)) for text in missing(drawing, asked_for(request))]
    response["X-Missing"] = json.dumps(why)  # a header takes no letter beyond ASCII as it is
    response["X-Updating"] = "1" if drawing.kept.updating else "0"
    return response


@page("maps/<slug:map>/edit/", name="edit", needs=Needs.EDIT)
def edit(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """
    Save one change, made on the version that the person was looking at.

    What somebody else changed meanwhile is kept too; where both changed the same, nothing is
    saved and both are told, and the person chooses.
    """
    if request.method != "POST":
        return redirect("map", map=map.slug)
    assert isinstance(request.user, Account)
    asked = _asked(request)
    base = get_object_or_404(Version, map=map, number=_whole(asked.get("base")))
    file = file_of(map)
    try:
        change = _change(base.text, asked)
        if asked.get("mine"):
            base = newest(map)
        mine = drafting.edited(base.text, [change], file=file)
        return _save(request, map, base, mine)
    except TrayectoError as error:
        return _refused(request, error)


@page("maps/<slug:map>/undo/", name="undo", needs=Needs.EDIT)
def undo(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Take back what one version changed, and keep what came after it."""
    if request.method != "POST":
        return redirect("map", map=map.slug)
    number = _whole(_asked(request).get("version"))
    base = get_object_or_404(Version, map=map, number=number)
    before = get_object_or_404(Version, map=map, number=number - 1)
    try:
        return _save(request, map, base, before.text)
    except TrayectoError as error:
        return _refused(request, error)


@page("maps/<slug:map>/text/", name="text", needs=Needs.EDIT)
def text(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show the map as text, for who prefers it; save it with what others changed meanwhile."""
    version = newest(map)
    language = language_of(request)
    written, status, problems = version.text, 200, list[str]()
    settle: dict[str, Any] = {}
    if request.method == "POST":
        assert isinstance(request.user, Account)
        written = request.POST.get("text", "").replace("\r\n", "\n")[:_LARGEST]
        base = get_object_or_404(Version, map=map, number=_whole(request.POST.get("base")))
        checked = drafting.check_text(written, file=file_of(map))
        problems = [problem.say(language) for problem in checked.problems]
        if not problems:
            together = _together(map, base, written)
            if together.clean:
                save(map, together.text, base=newest(map).number, by=request.user)
                return redirect("map", map=map.slug)
            who = _named(_who_else(map, base, version, written), request)
            settle = {"settle": together.words_to_you(language), "who": who}
            written, version = together.plain, newest(map)
        status = 422
    told = {"map": map, "version": version, "text": written, "problems": problems, **settle}
    return render(request, "web/text.html", told, status=status)


@page("maps/<slug:map>/versions/", name="versions", needs=Needs.VIEW)
def versions(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Show who changed what, and when."""
    newest(map)
    listed = list(map.versions.select_related("made_by", "approved_by").order_by("-number")[:101])
    language = language_of(request)
    rows = [
        {"version": now, "said": _said(map, before, now, language)}
        for now, before in zip(listed, [*listed[1:], None], strict=True)
    ]
    return render(request, "web/versions.html", {"map": map, "rows": rows[:100]})


@page("maps/<slug:map>/versions/<int:number>/", name="version", needs=Needs.VIEW)
def version(request: HttpRequest, *, map: Map, number: int) -> HttpResponseBase:
    """Show a version beside the newest; restore or approve it."""
    assert isinstance(request.user, Account)
    held = get_object_or_404(Version, map=map, number=number)
    now = newest(map)
    edits = may(request.user, Needs.EDIT, team=map.team_id)
    if request.method == "POST" and edits:
        if "restore" in request.POST and held.number != now.number:
            save(map, held.text, base=now.number, by=request.user, note=f"= {held.number}")
        if "approve" in request.POST:
            held.approved_by, held.approved_at = request.user, timezone.now()
            held.save(update_fields=["approved_by", "approved_at"])
            note(request, "version approved", f"{map.slug} {held.number}")
        return redirect("versions", map=map.slug)
    language = language_of(request)
    told: dict[str, Any] = {"map": map, "version": held, "newest": now, "edits": edits}
    told |= keeper.now(
        ("versions", map.id, held.number, language), texts_beside(map, now),
        lambda: _side_by_side(held, now, file=file_of(map), language=language),
    )  # fmt: skip
    return render(request, "web/version.html", told)


def _side_by_side(
    older: Version, newer: Version, *, file: Path, language: Language
) -> dict[str, Any]:
    """Return what changed between two versions, in words and as pictures; or what is wrong."""
    try:
        difference = drafting.text_diff(older.text, newer.text, file=file)
        return {
            "said": difference.words(language).splitlines() if difference.diff else [],
            "older": drafting.picture_of_text(older.text, file=file, language=language),
            "newer": drafting.diff_picture(difference, language=language),
        }
    except TrayectoError as error:
        return {"problems": [problem.say(language) for problem in error.problems]}


def _whole(said: object) -> int:
    """Return a number as it was asked for; 0, which no version has, for what is none."""
    if isinstance(said, str) and said.isdecimal():
        return int(said)
    return said if isinstance(said, int) else 0


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        asked = json.loads(request.body[:_LARGEST])
    except ValueError:
        return {}
    if "\\u0000" in json.dumps(asked):
        raise BadRequest("NUL is in no text")
    return asked if isinstance(asked, dict) else {}


def _refused(request: HttpRequest, error: TrayectoError) -> HttpResponseBase:
    said = [problem.say(language_of(request)) for problem in error.problems]
    return JsonResponse({"problems": said}, status=422)


def _change(text: str, asked: dict[str, Any]) -> Edit:
    """Return the change that a browser asks for; what it may not ask for is refused later."""
    kind = asked.get("kind")
    thing = str(asked.get("thing", ""))
    row = str(asked.get("list", ""))
    after = str(asked["after"]) if asked.get("after") else None
    if kind == "add":
        value = asked.get("value")
        fields = value if isinstance(value, dict) else {}
        return Edit("add", thing, value=fields, list=row, after=after)
    if kind == "remove":
        return Edit("remove", thing)
    if kind == "draw":
        node = (str(asked.get("node", "")), str(asked.get("channel", "")))
        where = None if asked.get("first") else after or ""
        called = flow.node_names(workspace()).get(node[0], NOTHING)
        return drafting.drawn_node(text, node, stage=thing, after=where, called=called)
    if kind == "bind":
        return drafting.bound_node(
            text, thing, (str(asked.get("node", "")), str(asked.get("channel", "")))
        )
    if kind == "move" and asked.get("beside"):
        return drafting.moved_beside(
            text, thing, str(asked["beside"]), after=asked.get("side") != "before"
        )
    if kind == "move":
        return drafting.moved_by(text, thing, -1 if asked.get("by") == -1 else 1)
    given = asked.get("given")
    typed = {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}
    return drafting.field_edit(text, thing, str(asked.get("field", "")), typed)


def _together(map: Map, base: Version, mine: str, theirs: str = "") -> Any:
    """Return what somebody made of version *base*, with what others made of it meanwhile."""
    return drafting.text_merge(base.text, mine, theirs or newest(map).text, file=file_of(map))


def _who_else(map: Map, base: Version, now: Version, mine: str) -> Account | None:
    """Return who changed last, since *base*, what *mine* changes too; nobody if unknown."""
    since = map.versions.select_related("made_by").filter(
        number__gt=base.number, number__lt=now.number
    )
    told = _together(map, base, mine, now.text).words("en")
    for before in since.order_by("-number")[:_MOST_LOOKED]:
        # Who left the conflict as it was has changed something else.
        if _together(map, base, mine, before.text).words("en") != told:
            break
        now = before
    return now.made_by


def _named(who: Account | None, request: HttpRequest) -> str:
    """Return what to call who changed something: your own other window has no name of its own."""
    if who == request.user:
        return phrase("maps.your_window").say(language_of(request))
    return str(who) if who else ""


def _save(request: HttpRequest, map: Map, base: Version, mine: str) -> HttpResponseBase:
    assert isinstance(request.user, Account)
    for _ in range(5):
        now = newest(map)
        text = mine
        if now.number != base.number:
            together = _together(map, base, mine)
            if not together.clean:
                said = together.words_to_you(language_of(request))
                who = _named(_who_else(map, base, now, mine), request)
                return JsonResponse(
                    {"conflict": said, "who": who, "version": now.number}, status=409
                )
            text = together.text
        if text == now.text:
            return JsonResponse({"version": now.number})
        try:
            saved = save(map, text, base=now.number, by=request.user)
        except Outdated:
            continue
        return JsonResponse({"version": saved.number})
    raise Outdated(newest(map))


def _said(map: Map, before: Version | None, now: Version, language: Any) -> list[str]:
    """Return what one version changed, in words."""
    if before is None:
        return []
    try:
        difference = drafting.text_diff(before.text, now.text, file=file_of(map))
    except TrayectoError as error:
        return [problem.say(language) for problem in error.problems][:3]
    return list(difference.words(language).splitlines()) if difference.diff else []
