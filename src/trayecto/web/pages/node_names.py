"""What nodes are called, filled in on screen: a row a touchpoint, a column a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from trayecto import flow, naming
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Text, folded, number
from trayecto.web.documents import newest_of, save_document
from trayecto.web.kept import keeper
from trayecto.web.models import Account, Written
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase
from trayecto.workspace import NODE_RULES

_MOST, _LONGEST = 200, 300
Names = Mapping[str, Text]


@dataclass(slots=True)
class Row:
    """A touchpoint, what its systems call it, how often it was met, and what people read."""

    node: str
    interactions: int = 0
    names: set[str] = field(default_factory=set)
    called: Text = NOTHING
    theirs: Text | None = None
    """What somebody else has called it meanwhile, where that is not the same."""


@page("data/glossary/names/", name="node_names", needs=Needs.EDIT)
def node_names(request: HttpRequest) -> HttpResponseBase:
    """Name touchpoints in both languages; what others named meanwhile is not written over."""
    find = request.GET.get("find", "").strip()[:_LONGEST]
    if request.method != "POST":
        newest = newest_of(NODE_RULES)
        return _page(request, newest, find, naming.names_in(newest.text))
    typed = _typed(request.POST)
    was = _names_of(request.POST.get("base", ""))
    changed = {node: name for node, name in typed.items() if name != was.get(node, NOTHING)}
    try:
        theirs = _saved(request, changed, was)
    except TrayectoError as error:
        newest = newest_of(NODE_RULES)
        return _page(request, newest, find, typed, stopped=error)
    if theirs:
        newest = newest_of(NODE_RULES)
        held = {**naming.names_in(newest.text), **changed}
        return _page(request, newest, find, held, theirs=theirs)
    language = language_of(request)
    said = phrase("glossary.names_saved" if changed else "glossary.names_same")
    messages.success(request, said.say(language).format(n=number(len(changed), language)))
    return redirect("glossary")


def _saved(request: HttpRequest, changed: Names, was: Names) -> Names:
    """Save what was changed over the newest names; return what others changed to other words."""
    assert isinstance(request.user, Account)
    newest = newest_of(NODE_RULES)
    now = naming.names_in(newest.text)
    theirs = {
        node: now.get(node, NOTHING)
        for node, name in changed.items()
        if now.get(node, NOTHING) not in (was.get(node, NOTHING), name)
    }
    if theirs or not changed:
        return theirs
    text, place = naming.named_text(newest.text, changed), workspace()
    save_document(
        NODE_RULES, text, base=newest.number, by=request.user,
        write=lambda: naming.save_rules(place, text),
    )  # fmt: skip
    note(request, "nodes named")
    return {}


def _page(
    request: HttpRequest,
    newest: Written,
    find: str,
    called: Names,
    *,
    theirs: Names | None = None,
    stopped: TrayectoError | None = None,
) -> HttpResponseBase:
    rows = [row for row in _rows(called, theirs or {}) if row.theirs or _matches(row, find)]
    told: dict[str, Any] = {
        "rows": rows[:_MOST], "found": len(rows), "most": _MOST, "find": find, "stopped": stopped,
        "base": newest.number, "theirs": bool(theirs), "longest": _LONGEST,
    }  # fmt: skip
    return render(request, "web/node_names.html", told)


def _rows(called: Names, theirs: Names) -> list[Row]:
    """Return the touchpoints there are, those without a name first, the commonest first."""
    place = workspace()
    rows: dict[str, Row] = {}
    met = keeper.get("glossary", flow.data_version(place), lambda: naming.glossary(place)).answer
    for entry in met:
        row = rows.setdefault(entry.touchpoint, Row(entry.touchpoint))
        row.interactions += entry.interactions
        row.names |= set(entry.names)
    for node in called:
        rows.setdefault(node, Row(node))
    for node, row in rows.items():
        row.called, row.theirs = called.get(node, NOTHING), theirs.get(node)
    return sorted(
        rows.values(),
        key=lambda row: (row.theirs is None, bool(row.called), -row.interactions, row.node),
    )


def _matches(row: Row, find: str) -> bool:
    whole = folded(" ".join([row.node, row.called.es, row.called.en, *row.names]))
    return all(word in whole for word in folded(find).split())


def _typed(sent: QueryDict) -> dict[str, Text]:
    """Return the names as they were filled in, by touchpoint."""
    # A field goes by its touchpoint: what a browser kept of it finds its row wherever it is now.
    nodes = [key.removeprefix("es:") for key in sent if key.startswith("es:")][:_MOST]

    def name(language: str, node: str) -> str:
        return sent.get(f"{language}:{node}", "").strip()[:_LONGEST]

    return {node: _both(name("es", node), name("en", node)) for node in nodes}


def _both(es: str, en: str) -> Text:
    """Return a name for both languages: one that was left empty takes the other."""
    return Text(en=en or es, es=es or en)


def _names_of(number: str) -> Names:
    """Return the names of the version that somebody began from."""
    newest = newest_of(NODE_RULES)
    if not number.isdecimal() or len(number) > 8:
        return naming.names_in(newest.text)
    version = newest.document.versions.filter(number=int(number)).first()
    return naming.names_in(version.text) if version else {}
