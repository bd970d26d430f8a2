"""One source of facts: how good its data is, what was kept aside and why, and trying it again."""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from trayecto import care
from trayecto.vocabulary.errors import TrayectoError
from trayecto.web import jobs
from trayecto.web.models import Account
from trayecto.web.pages.arrival import asked_roles, chosen_mapping
from trayecto.web.pages.data import quality_of
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of
from trayecto.workspace import write_file

MOST_ROWS = 100
_LARGEST = 200_000


@page("data/source/", name="source", needs=Needs.VIEW)
def source(request: HttpRequest) -> HttpResponseBase:
    """Show how good a source's data is; every count reconciles to the rows read."""
    return _page(request, request.GET.get("name", ""))


def _page(
    request: HttpRequest,
    name: str,
    *,
    given: QueryDict | None = None,
    stopped: TrayectoError | None = None,
) -> HttpResponseBase:
    assert isinstance(request.user, Account)
    place = workspace()
    found, updating = _found(name)
    why = care.why_aside(place, found.source)
    told: dict[str, Any] = {
        "source": found, "updating": updating, "why": why, "aside": sum(each.rows for each in why),
        "edits": may(request.user, Needs.EDIT), "sees": may(request.user, Needs.PEOPLE),
        "stopped": stopped, "keeps_flagged": place.settings.keep_flagged, "now": place.now(),
        "tries": any(each.reason != "malformed" for each in why),
    }  # fmt: skip
    if told["edits"] and told["tries"]:
        used = care.mapping_of_rejects(place, found.source)
        told["mapping"] = given.get("mapping", used) if given else used
        # By their names alone: what stands in them is seen where every look is written down.
        columns = dict.fromkeys(care.columns_of_rejects(place, found.source), ())
        told |= asked_roles(columns, used, given=given)
    return render(request, "web/source.html", told)


@page("data/source/rows/", name="rejected_rows", needs=Needs.PEOPLE)
def rejected_rows(request: HttpRequest) -> HttpResponseBase:
    """Show rows that were kept aside, word for word; the look is written down."""
    place = workspace()
    name, reason = request.GET.get("name", ""), request.GET.get("reason", "")
    why = care.why_aside(place, name)
    if not why:
        raise Http404
    note(request, "rejected rows seen", name)
    rows = care.list_rejects(place, source=name, reason=reason or None, at_most=MOST_ROWS)
    counted = sum(each.rows for each in why if not reason or each.reason == reason)
    told = {"name": name, "reason": reason, "rows": rows, "most": MOST_ROWS, "counted": counted,
            "why": {each.reason: each.said for each in why}}  # fmt: skip
    return render(request, "web/rejected_rows.html", told)


@page("data/source/replay/", name="replay", needs=Needs.EDIT)
def replay(request: HttpRequest) -> HttpResponseBase:
    """Try the rows that were kept aside again, under their own mapping or a mended one."""
    if request.method != "POST":
        return redirect("data")
    assert isinstance(request.user, Account)
    place = workspace()
    found, _ = _found(request.POST.get("source", ""))
    command: list[str | Path] = ["rejects", "--replay", "--source", found.source]
    mended = None
    try:
        given = chosen_mapping(request.POST).strip()[:_LARGEST]
    except TrayectoError as error:
        # What was chosen stands on the page beside what is wrong with it.
        return _page(request, found.source, given=request.POST, stopped=error)
    if given and given != care.mapping_of_rejects(place, found.source).strip():
        mended = _mapping_file(given)
        command += ["--mapping", mended]
    started = jobs.start(
        command, owner=request.user.id, language=language_of(request),
        workspace=place.folder, kind="replay", folder=mended.parent if mended else None,
        source=found.source,
    )  # fmt: skip
    note(request, "rejects tried again", found.source)
    return redirect("job", job=started.id)


def _found(name: str) -> tuple[Any, bool]:
    kept = quality_of(workspace())
    found = next((each for each in kept.answer if each.source == name), None)
    if found is None:
        raise Http404
    return found, kept.updating


def _mapping_file(text: str) -> Path:
    folder = Path(settings.APP_FOLDER) / "incoming" / token_urlsafe(12)
    folder.mkdir(parents=True)
    write_file(folder / "mapping.yaml", (text + "\n").encode())
    return folder / "mapping.yaml"
