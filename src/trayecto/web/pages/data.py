"""Where the facts come from, and a way to bring more in that shows before it stores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from shutil import move, rmtree
from time import time
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from trayecto import care
from trayecto.web import jobs
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Account
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of
from trayecto.web.uploads import LARGEST
from trayecto.web.words import phrase
from trayecto.workspace import Workspace

_KEPT_S = 2 * 24 * 3600
"""How long a file waits for whoever sent it, before it goes."""


class Files(forms.FileInput):
    """A field that takes several files; the form looks at one, the page at all."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return one of the files."""
        del data
        return files.get(name)


class ImportForm(forms.Form):
    """Files, and the system they come from."""

    file = forms.FileField(allow_empty_file=True, widget=Files(attrs={"multiple": True}))
    source = forms.RegexField(r"^[\w.-]+$", max_length=60)


@page("data/", name="data", needs=Needs.VIEW)
def data(request: HttpRequest) -> HttpResponseBase:
    """Show each source: how much, from when, and what could not be used."""
    place = workspace()
    kept = quality_of(place)
    told = {"sources": kept.answer, "updating": kept.updating, "now": place.now()}
    return render(request, "web/data.html", told)


def quality_of(place: Workspace) -> Kept[Any]:
    """Return how good each source's data is."""
    return keeper.get("quality", care.quality_version(place), lambda: care.data_quality(place))


def quality_if_known(place: Workspace) -> Kept[Any] | None:
    """Return the same if it is known; if not, it is worked out in the background."""
    state = care.quality_version(place)
    return keeper.glance("quality", state, lambda: care.data_quality(place))


@page("data/import/", name="import", needs=Needs.EDIT)
def import_(request: HttpRequest) -> HttpResponseBase:
    """Take files in, and look at them first; show those that wait for whoever sent them."""
    assert isinstance(request.user, Account)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        source, owner = form.cleaned_data["source"], request.user.id
        kept = [_keep(one, source, owner=owner) for one in request.FILES.getlist("file")]
        if len(kept) == 1:
            return redirect("arrival", arrival=kept[0])
        # An address of its own each time: the browser's script sees that it was led on.
        return redirect(f"{reverse('import')}?sent={','.join(kept)}")
    waiting, sent = _waiting(request.user.id), request.GET.get("sent", "").split(",")
    told = {"form": form, "largest": LARGEST, "waiting": waiting,
            "arrived": sum(one.key in sent for one in waiting)}  # fmt: skip
    return render(request, "web/import.html", told)


@page("jobs/<str:job>/", name="job", needs=Needs.EDIT)
def job(request: HttpRequest, *, job: str) -> HttpResponseBase:
    """Show how far some long work is; stop it."""
    own = _own(request, job)
    if request.method == "POST":
        own.stop()
        note(request, f"{own.kind} stopped")
    own = own.seen()
    told: dict[str, object] = {"job": own, "heading": _heading(request, own)}
    if own.kind == "nodes" and isinstance(own.result, list):
        told |= {"kinds": len(own.result), "unmatched": sum(not k["rules"] for k in own.result)}
    else:
        told["result"] = own.of_one_file()
    return render(request, "web/job.html", told)


def _heading(request: HttpRequest, own: jobs.Job) -> str:
    key = "data.stopped" if own.state == "stopped" else f"data.{own.kind}_{own.state}"
    if key == "data.import_done" and (own.of_one_file() or {}).get("kept") == 0:
        key = "data.import_nothing"
    return phrase(key).say(language_of(request))


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that waits: its key in addresses, its name, the system it comes from, since when."""

    key: str
    name: str
    source: str
    at: datetime


def _waiting(owner: int) -> list[Arrived]:
    """Return somebody's files that came in and are not imported yet, the oldest first."""
    incoming = Path(settings.APP_FOLDER) / "incoming"
    _drop_old(incoming)
    own = [path.parent for path in incoming.glob("*/owner") if path.read_text() == str(owner)]
    under_way = {folder for folder in own if jobs.running(folder, owner=owner)}
    found = [
        Arrived(
            folder.name, (folder / "name").read_text("utf-8"),
            (folder / "source").read_text("utf-8"),
            datetime.fromtimestamp((folder / "name").stat().st_mtime, UTC),
        )
        for folder in own if folder not in under_way
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.name))


def _keep(given: object, source: str, *, owner: int) -> str:
    """Return the id of a file that has come in, kept until it is imported or dropped."""
    incoming = Path(settings.APP_FOLDER) / "incoming"
    _drop_old(incoming)
    key = token_urlsafe(12)
    folder = incoming / key
    folder.mkdir(parents=True)
    assert isinstance(given, TemporaryUploadedFile)
    name = re.sub(r"[^\w.-]", "_", Path(given.name or "file").name)[-120:]
    # It was written to disk as it came: it is put in its place, not copied.
    move(given.temporary_file_path(), folder / name)
    (folder / "source").write_text(source, "utf-8")
    (folder / "name").write_text(name, "utf-8")
    (folder / "owner").write_text(str(owner))
    return key


def _drop_old(incoming: Path) -> None:
    """Remove the files that nobody came back for."""
    before = time() - _KEPT_S
    for folder in incoming.iterdir() if incoming.is_dir() else ():
        if folder.is_dir() and folder.stat().st_mtime < before:
            rmtree(folder, ignore_errors=True)


def _own(request: HttpRequest, id: str) -> jobs.Job:
    assert isinstance(request.user, Account)
    found = jobs.find(id, owner=request.user.id)
    if found is None:
        raise Http404
    return found
