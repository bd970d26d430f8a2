"""Segments: groups of customers by a rule, counted live, and the document they stand in."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import slugify
from ruamel.yaml import YAML

from trayecto import care, flow
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import NOTHING
from trayecto.web.kept import keeper
from trayecto.web.models import Account
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase
from trayecto.workspace import read_document

_SIGNS = {"is": "=", "at_least": ">=", "at_most": "<="}
_LINES = 3


@page("segments/", name="segments", needs=Needs.PEOPLE)
def segments(request: HttpRequest) -> HttpResponseBase:
    """Show the segments with how many each holds, try a rule, and edit the document."""
    if "properties" in request.GET:
        return render(request, "web/properties.html", {"properties": _properties()})
    place = workspace()
    told: dict[str, Any] = {"text": _text(), "edits": _edits(request)}
    if request.method == "POST":
        if not told["edits"]:
            raise PermissionDenied
        stopped = _save(request, told["text"])
        if stopped is None:
            return redirect("segments")
        told |= {"stopped": stopped, "given": request.POST.get("text", "").replace("\r\n", "\n")}
    note(request, "segments counted")
    try:
        named = flow.segments(place)
        kept = keeper.get(
            ("segments", named), flow.data_version(place),
            lambda: care.count_segments(place, named),
        )  # fmt: skip
        told["listed"] = kept.answer
    except TrayectoError as error:
        told.setdefault("stopped", error)
    told |= {"tests": [("", "is", "")] * _LINES, "signs": _SIGNS} | _named()
    return render(request, "web/segments.html", told)


@page("segments/count/", name="count_rule", needs=Needs.PEOPLE)
def count_rule(request: HttpRequest) -> HttpResponseBase:
    """Count for how many people a rule holds; keep it as a segment when that is asked for."""
    if request.method != "POST":
        return redirect("segments")
    told: dict[str, Any] = {"edits": _edits(request)}
    tests = _tests(request.POST)
    try:
        rule = flow.rule_of(tests)
        if rule and "keep" in request.POST:
            return _kept(request, rule)
        if rule:
            told["count"] = care.count_segments(workspace(), [flow.Segment("-", NOTHING, rule)])[0]
            note(request, "rule counted")
    except TrayectoError as error:
        told["stopped"] = error
    if request.headers.get("HX-Request"):
        return render(request, "web/rule_count.html", told)
    given = zip(
        request.POST.getlist("property"), request.POST.getlist("sign"),
        request.POST.getlist("value"), strict=False,
    )  # fmt: skip
    told |= {
        "tests": list(given), "signs": _SIGNS, "text": _text(),
        "called": request.POST.get("called", ""), "counted": True,
    } | _named()  # fmt: skip
    return render(request, "web/segments.html", told)


def _tests(given: QueryDict) -> list[str]:
    """Return the lines of a rule as a person would write them."""
    lines = zip(
        given.getlist("property"), given.getlist("sign"), given.getlist("value"), strict=False
    )
    return [
        f"{name.strip()}{_SIGNS.get(sign, '=')}{value.strip()}"
        for name, sign, value in lines
        if name.strip() and value.strip()
    ][:20]


def _kept(request: HttpRequest, rule: Rule) -> HttpResponseBase:
    """Write a rule down as a segment, below those there are."""
    if not _edits(request):
        raise PermissionDenied
    language = language_of(request)
    name = request.POST.get("called", "").strip()[:300]
    new = slugify(name)[:80]
    place = workspace()
    if not new or new in {segment.id for segment in flow.segments(place)}:
        raise TrayectoError(Problem(phrase("segments.no_name")))
    yaml = YAML()
    yaml.width = 100
    document = yaml.load(_text()) or {"segments": []}
    document["segments"].append({"id": new, "name": name, "rule": [_plain(t) for t in rule]})
    out = io.StringIO()
    yaml.dump(document, out)
    flow.save_segments(place, out.getvalue())
    note(request, "segment kept", new)
    messages.success(request, phrase("segments.kept").say(language))
    return redirect("segments")


def _plain(test: Any) -> dict[str, Any]:
    bounds = {"at_least": test.at_least, "at_most": test.at_most}
    said = {"property": test.property} | ({"is": list(test.is_)} if test.is_ else {})
    return said | {k: int(v) if v == int(v) else v for k, v in bounds.items() if v is not None}


def _save(request: HttpRequest, now: str) -> TrayectoError | None:
    """Write the document that was given; return why not, with nothing changed."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if request.POST.get("was", "").replace("\r\n", "\n").strip() != now.strip():
        messages.error(request, phrase("segments.changed").say(language_of(request)))
        return TrayectoError()
    try:
        flow.save_segments(workspace(), text)
    except TrayectoError as error:
        return error
    note(request, "segments changed")
    messages.success(request, phrase("segments.saved").say(language_of(request)))
    return None


def _text() -> str:
    path = workspace().segments
    return read_document(path) if path.exists() else ""


def _named() -> dict[str, Any]:
    """Return what there is to choose from; a choice that is not in it stays on the page."""
    known = _properties()
    return {"properties": known, "known": {one.name for one in known or ()}}


def _properties() -> Any:
    """Return what a rule may name; nothing while that is still being worked out."""
    place = workspace()
    known = keeper.glance(
        "properties", flow.data_version(place), lambda: care.list_properties(place)
    )
    return known.answer if known else None


def _edits(request: HttpRequest) -> bool:
    return isinstance(request.user, Account) and may(request.user, Needs.EDIT)
