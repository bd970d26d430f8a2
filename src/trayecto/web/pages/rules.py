"""Node rules on screen: filled in or written as text, with what each would catch as you go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.loader import render_to_string

from trayecto import naming
from trayecto.flow import data_version
from trayecto.naming import Must, Row
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language
from trayecto.web import jobs
from trayecto.web.documents import Changed, changes_between, newest_of, save_document
from trayecto.web.kept import keeper
from trayecto.web.models import Account, Written
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase
from trayecto.workspace import NODE_RULES

_LARGEST = 2_000_000
_MOST_ROWS = 300
"""Above this many rules a page of fields is of no use to anybody: then the text is."""
_MOST_KINDS = 100
_WAYS = sorted(naming.WAYS, key=("glob", "equal", "prefix", "regex").index)
"""The plainest first."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody is working on: the text their rows came from, the rows, and as which view."""

    base: int
    text: str
    rows: tuple[Row, ...] | None
    view: str

    def written(self) -> str:
        """Return the document as it would be saved; a rule with nothing in it is no rule yet."""
        if self.rows is None:
            return self.text
        full = [replace(row, properties=_named(row)) for row in self.rows if not _is_empty(row)]
        return naming.rules_text(self.text, full)


@page("data/rules/", name="node_rules", needs=Needs.VIEW)
def node_rules(request: HttpRequest) -> HttpResponseBase:
    """Show the rules and what each catches; change them, and save when all of it is right."""
    if request.method != "POST":
        newest = newest_of(NODE_RULES)
        view = "text" if request.GET.get("view") == "text" else "form"
        return _page(request, _as(view, newest.number, newest.text))
    if not _edits(request):
        raise PermissionDenied
    given = _given(request.POST)
    act, _, which = request.POST.get("act", "").partition(":")
    try:
        if act == "over":
            # Whoever presses this has seen the version that they save over.
            given = replace(given, base=_number(request.POST.get("over", "")))
        if act in ("save", "over"):
            return _saved(request, given)
        if act == "theirs":
            newest = newest_of(NODE_RULES)
            return _page(request, _as(given.view, newest.number, newest.text))
        given, focus = _acted(given, act, _number(which))
    except Changed as error:
        return _page(request, given, changed=error.newer)
    except TrayectoError as error:
        return _page(request, given, stopped=error)
    return _page(request, given, focus=focus)


@page("data/rules/try/", name="try_rules", needs=Needs.EDIT)
def try_rules(request: HttpRequest) -> HttpResponseBase:
    """Say what the rules as they stand on screen would catch; nothing is saved."""
    if request.method != "POST":
        return redirect("node_rules")
    return render(request, "web/rules_trial.html", _tried(_given(request.POST)))


@page("data/rules/versions/", name="rules_versions", needs=Needs.VIEW)
def rules_versions(request: HttpRequest) -> HttpResponseBase:
    """Show who changed the rules, and when; make an older version stand again."""
    newest = newest_of(NODE_RULES)
    if request.method == "POST":
        if not _edits(request):
            raise PermissionDenied
        number = _number(request.POST.get("restore", ""))
        held = get_object_or_404(newest.document.versions, number=number)
        answer = _saved(request, Given(newest.number, held.text, None, "text"))
        said = phrase("documents.restored").say(language_of(request))
        messages.success(request, said.format(n=held.number))
        return answer
    told = {"rows": versions_of(newest), "edits": _edits(request),
            "back_to": resolve_url("node_rules"), "title": phrase("rules.title"),
            "newest": newest.number}  # fmt: skip
    return render(request, "web/written.html", told)


def versions_of(newest: Written) -> list[dict[str, Any]]:
    """Return the newest hundred versions of a document, each with what it changed."""
    listed = list(newest.document.versions.select_related("made_by").order_by("-number")[:101])
    return [
        {"version": now, "changes": changes_between(before.text, now.text)[:40] if before else None}
        for now, before in zip(listed, [*listed[1:], None], strict=True)
    ][:100]


def _saved(request: HttpRequest, given: Given) -> HttpResponseBase:
    """Save, and let the nodes be decided anew by the command that does so."""
    assert isinstance(request.user, Account)
    place, text = workspace(), given.written()
    naming.told_apart_by(place, text)  # refused before anything is written
    save_document(
        NODE_RULES, text, base=given.base, by=request.user,
        write=lambda: naming.save_rules(place, text),
    )  # fmt: skip
    note(request, "node rules changed")
    started = jobs.start(
        ["nodes"], owner=request.user.id, language=language_of(request),
        workspace=place.folder, kind="nodes",
    )  # fmt: skip
    return redirect("job", job=started.id)


def _acted(given: Given, act: str, at: int) -> tuple[Given, int | None]:
    """Return what is on screen after a button was pressed, and which rule to go on with."""
    if act in ("form", "text"):
        return _as(act, given.base, given.written()), None
    if act == "draft":
        text = naming.draft_rules(workspace(), given.written())
        return _as(given.view, given.base, text), None
    rows = list(given.rows or ())
    focus: int | None = at
    if act == "add":
        rows.append(Row())
        focus = len(rows) - 1
    elif act == "remove" and 0 <= at < len(rows):
        del rows[at]
        focus = max(0, at - 1) if rows else None
    elif act in ("up", "down") and 0 <= at < len(rows):
        focus = min(len(rows) - 1, max(0, at + (1 if act == "down" else -1)))
        rows.insert(focus, rows.pop(at))
    elif act == "property" and 0 <= at < len(rows):
        rows[at] = replace(rows[at], properties=(*rows[at].properties, ("", Must())))
    return replace(given, rows=tuple(rows)), focus


def _as(view: str, base: int, text: str) -> Given:
    """Return a text as it is worked on; as text where it cannot be rows."""
    if view == "form":
        try:
            rows = naming.rule_rows(text)
        except TrayectoError:
            return Given(base, text, None, "text")
        if len(rows) <= _MOST_ROWS:
            return Given(base, text, rows, "form")
    return Given(base, text, None, "text")


def _given(sent: QueryDict) -> Given:
    text = sent.get("text", "").replace("\r\n", "\n")[:_LARGEST]
    rows = None
    if sent.get("view") == "form":
        rows = tuple(_row(sent, key) for key in sent.getlist("rule")[: 2 * _MOST_ROWS])
    return Given(_number(sent.get("base", "")), text, rows, sent.get("view", "form"))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


def _row(sent: QueryDict, key: str) -> Row:
    def field(name: str) -> str:
        return sent.get(f"{key}.{name}", "").strip()[:1000]

    def must(name: str) -> Must:
        return Must(field(f"{name}.how") or "glob", field(name)) if field(name) else Must()

    origin = field("origin")
    properties = zip(
        sent.getlist(f"{key}.property"), sent.getlist(f"{key}.property.how"),
        sent.getlist(f"{key}.property.text"), strict=False,
    )  # fmt: skip
    return Row(
        int(origin) if origin.isdecimal() else None,
        must("source"), must("name"), must("channel"),
        tuple((n.strip(), Must(how, text.strip())) for n, how, text in properties),
        field("touchpoint"), field("to_channel"), field("side"), field("area"), field("place"),
    )  # fmt: skip


def _is_empty(row: Row) -> bool:
    return replace(row, properties=_named(row)).is_empty


def _named(row: Row) -> tuple[tuple[str, Must], ...]:
    return tuple((name, test) for name, test in row.properties if name)


def _page(
    request: HttpRequest,
    given: Given,
    *,
    stopped: TrayectoError | None = None,
    changed: Written | None = None,
    focus: int | None = None,
) -> HttpResponseBase:
    told = _tried(given)
    if stopped is not None:
        told["stopped"] = stopped
    language = language_of(request)
    told |= {"given": given, "edits": _edits(request), "focus": focus, "most": _MOST_ROWS,
             "words": told.get("text", given.text), **_offered(language)}  # fmt: skip
    told["rows"] = _shown(given, told.get("stopped"), focus, language)
    if changed is not None:
        before = changed.document.versions.filter(number=given.base).first()
        told["changed"] = changed
        told["changes"] = changes_between(before.text if before else "", changed.text)[:60]
    return render(request, "web/rules.html", told)


def _tried(given: Given) -> dict[str, Any]:
    """Return what the rules on screen would catch, or what is wrong with them."""
    try:
        text = given.written()
        # Of the rules tried last alone: every pause in typing tries others.
        trial = keeper.now("trial", (text, data_version(workspace())), lambda: _trial(text))
    except TrayectoError as error:
        return {"stopped": error}
    rows = [row for row in given.rows or naming.rule_rows(text) if not _is_empty(row)]
    caught = [{"row": row, "of": of} for row, of in zip(rows, trial.caught, strict=True)]
    return {"trial": trial, "caught": caught, "text": text, "most_kinds": _MOST_KINDS,
            "most_slice": f":{_MOST_KINDS}"}  # fmt: skip


def _trial(text: str) -> naming.Trial:
    place = workspace()
    apart = naming.told_apart_by(place, text)
    kinds = keeper.get(
        ("kinds", apart), data_version(place), lambda: naming.count_kinds(place, text)
    ).answer
    return naming.try_rules(place, text, kinds)


def _shown(
    given: Given, stopped: TrayectoError | None, focus: int | None, language: Language
) -> list[dict[str, Any]] | None:
    """Return the rows with what is wrong in each; a rule with a mistake is open."""
    if given.rows is None:
        return None
    written = [at for at, row in enumerate(given.rows) if not _is_empty(row)]
    wrong: dict[int, list[Problem]] = {}
    for problem in stopped.problems if stopped else ():
        place = _place(problem, written)
        if place is not None:
            wrong.setdefault(place, []).append(problem)
    shown = []
    for at, row in enumerate(given.rows):
        open_ = at in wrong or _is_empty(row)
        html = "" if open_ or at == focus else _quiet(row, at, language)
        shown.append({"row": row, "at": at, "wrong": wrong.get(at, []), "focus": at == focus,
                      "open": open_, "html": html})  # fmt: skip
    return shown


@lru_cache(maxsize=2 * _MOST_ROWS)
def _quiet(row: Row, at: int, language: Language) -> str:
    """Return a rule as it stands on the page: written once, a page of many opens at once."""
    one = {"row": row, "at": at, "wrong": [], "focus": False, "open": False}
    told = {"one": one, "language": language, **_offered(language)}
    return render_to_string("web/rule.html", told)


def _offered(language: Language) -> dict[str, Any]:
    """Return what a rule may be given, in words: each stands once in every rule."""
    ways = [(way, phrase(f"rules.way_{way}").say(language)) for way in _WAYS]
    channels = [(code, name.say(language)) for code, name in naming.CHANNELS.items()]
    return {"ordered_ways": ways, "channels": channels, "sides": naming.SIDES,
            "places": naming.PLACES}  # fmt: skip


def _place(problem: Problem, written: Sequence[int]) -> int | None:
    """Return which row on screen a problem is about."""
    number = (problem.field or "").partition("[")[2].partition("]")[0]
    return written[int(number)] if number.isdecimal() and int(number) < len(written) else None


def _edits(request: HttpRequest) -> bool:
    return isinstance(request.user, Account) and may(request.user, Needs.EDIT)
