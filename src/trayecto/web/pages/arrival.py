"""A file that came in: what importing it would do, and which of its columns is what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from trayecto import importing
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import TrayectoError
from trayecto.web import jobs
from trayecto.web.models import Account
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import workspace
from trayecto.web.speaking import language_of

_BOOKS = (".xlsx", ".xlsm")
_ID = re.compile(r"[\w-]{8,40}")
_ASKED = (*importing.ROLES, *importing.BESIDE_ROLES)


@page("data/import/<str:arrival>/", name="arrival", needs=Needs.EDIT)
def arrival(request: HttpRequest, *, arrival: str) -> HttpResponseBase:
    """Show what importing a file would do; do it, look again with another mapping, or drop it."""
    folder, _, _ = _arrived(arrival)
    assert isinstance(request.user, Account)
    job = jobs.find(request.GET.get("job", ""), owner=request.user.id)
    if request.method == "POST":
        if "drop" in request.POST:
            rmtree(folder, ignore_errors=True)
            return redirect("data")
        try:
            other_sheet = _take_choices(request.POST, folder)
        except TrayectoError as error:
            if job is None:
                raise
            # What was chosen stands on the page beside what is wrong with it.
            return _page(request, folder, job, given=request.POST, stopped=error)
        return _started(request, folder, dry=other_sheet or "bring" not in request.POST)
    if job is None:
        before = jobs.looked(folder, owner=request.user.id)
        if before is not None and _mapped_so(before, folder / "mapping.yaml"):
            # Back from an import that was stopped: 5 GB are a quarter of an hour to look at.
            return redirect(f"{request.path}?job={before.id}")
        # Nobody has looked at it yet, or the app was started anew since.
        return _started(request, folder, dry=True)
    return _page(request, folder, job)


def _page(
    request: HttpRequest,
    folder: Path,
    job: jobs.Job,
    *,
    given: QueryDict | None = None,
    stopped: TrayectoError | None = None,
) -> HttpResponseBase:
    """Return what was seen of a file, and what can be asked of its columns."""
    _, file, source = _arrived(folder.name)
    job, mapping = job.seen(), folder / "mapping.yaml"
    found = job.of_one_file()
    result = found if isinstance(found, dict) else {}
    text = mapping.read_text("utf-8") if mapping.exists() else str(result.get("mapping", ""))
    told: dict[str, object] = {
        "file": file.name, "source": source, "arrival": folder.name, "job": job,
        "is_book": file.suffix.lower() in _BOOKS, "sheet": _sheet(folder),
        "sheets": _sheets(file, _sheet(folder)),
        "preview": result if "mapping" in result else None, "mapping": text, "stopped": stopped,
        "notes": result.get("notes", ()),
    }  # fmt: skip
    if "sample" in result:
        facts = [_readable(fact) for fact in result["sample"]]
        told["sampled"] = sampled = list(dict.fromkeys(field for fact in facts for field in fact))
        told["sample"] = [[(field, fact.get(field)) for field in sampled] for fact in facts]
    if "columns" in result:
        columns = {one["column"]: one["examples"] for one in result["columns"]}
        guessed, known = dict(result.get("guessed") or {}), str(result.get("mapping") or text)
        told |= asked_roles(columns, known, guessed=guessed, given=given)
    return render(request, "web/arrival.html", told)


def asked_roles(
    columns: Mapping[str, Sequence[str]],
    text: str,
    *,
    guessed: Mapping[str, str] = MappingProxyType({}),
    given: QueryDict | None = None,
) -> dict[str, object]:
    """
    Return which column is what, to be asked role by role, and the columns there are.

    As a mapping's *text* says, else as *guessed*; what was *given* stands in place of both.
    """
    was, held = _roles_of(text)
    held = held or dict(guessed)
    if given is not None:
        held = {role: given.get(role, "") for role in _ASKED}
    return {
        "was": was,
        "roles": [(role, held.get(role, "")) for role in importing.ROLES],
        "beside": {role: held.get(role, "") for role in importing.BESIDE_ROLES},
        "channels": CHANNELS.items(),
        "columns": [(column, ", ".join(examples)) for column, examples in columns.items()],
    }


def _roles_of(text: str) -> tuple[str, dict[str, str]]:
    """Return the roles that a mapping gives, and the mapping; neither where it cannot be read."""
    try:
        return (text, importing.roles_of(text)) if text.strip() else ("", {})
    except TrayectoError:
        return "", {}


def _take_choices(given: QueryDict, folder: Path) -> bool:
    """Keep which column is what and which sheet is read; tell whether it is another sheet now."""
    mapping, sheet = folder / "mapping.yaml", given.get("sheet", _sheet(folder)).strip()[:200]
    if sheet != _sheet(folder):
        (folder / "sheet").write_text(sheet, "utf-8")
        mapping.unlink(missing_ok=True)  # another sheet has other columns
        return True
    if text := chosen_mapping(given):
        mapping.write_text(text, "utf-8")
    return False


def chosen_mapping(given: QueryDict) -> str:
    """Return the mapping that was written, with what was chosen role by role; empty: neither."""
    text, was = (given.get(name, "").replace("\r\n", "\n") for name in ("mapping", "was"))
    chosen = {role: str(given[role]).strip() for role in _ASKED if role in given}
    if text.strip():
        return _laid_over(text, was, chosen) if was else text
    return importing.mapping_of(chosen) if chosen else ""


def _laid_over(text: str, was: str, chosen: Mapping[str, str]) -> str:
    """Return a mapping with what was chosen role by role, where it is another than was shown."""
    shown = importing.roles_of(was)
    other = {role: column for role, column in chosen.items() if column != shown.get(role, "")}
    return importing.with_roles(text, other) if other else text


def _sheets(file: Path, chosen: str) -> tuple[str, ...]:
    """Return the sheets of a workbook, and one that was chosen before and is not there."""
    names = importing.sheet_names(file) if file.suffix.lower() in _BOOKS else ()
    return (*names, chosen) if names and chosen and chosen not in names else names


def _sheet(folder: Path) -> str:
    """Return the sheet of a workbook that was chosen; empty: the first with rows."""
    chosen = folder / "sheet"
    return chosen.read_text("utf-8") if chosen.exists() else ""


def _readable(fact: dict[str, Any]) -> dict[str, Any]:
    """Return a fact as it was printed, with what a person reads otherwise than a machine."""
    shown = fact | {"occurred_at": datetime.fromisoformat(fact["occurred_at"])}
    if properties := shown.get("properties"):
        pairs = json.loads(properties).items()
        shown["properties"] = " · ".join(f"{k}: {v}" for k, v in pairs if v not in (None, ""))
    return shown


def _arrived(id: str) -> tuple[Path, Path, str]:
    folder = Path(settings.APP_FOLDER) / "incoming" / id
    if not _ID.fullmatch(id) or not (folder / "name").is_file():
        raise Http404
    name = (folder / "name").read_text("utf-8")
    return folder, folder / name, (folder / "source").read_text("utf-8")


def _started(request: HttpRequest, folder: Path, *, dry: bool) -> HttpResponseBase:
    assert isinstance(request.user, Account)
    under_way = jobs.running(folder, owner=request.user.id)
    if under_way is not None and not dry:
        return redirect("job", job=under_way.id)
    _, file, source = _arrived(folder.name)
    command: list[str | Path] = ["import", file, "--source", source]
    if (folder / "mapping.yaml").exists():
        command += ["--mapping", folder / "mapping.yaml"]
    if sheet := _sheet(folder):
        command.append(f"--sheet={sheet}")
    if dry:
        command.append("--dry-run")
    started = jobs.start(
        command, owner=request.user.id, language=language_of(request),
        workspace=workspace().folder, folder=None if dry else folder,
        looks_at=folder if dry else None,
    )  # fmt: skip
    if dry:
        return redirect(f"{request.path}?job={started.id}")
    note(request, "import", source)
    return redirect("job", job=started.id)


def _mapped_so(look: jobs.Job, mapping: Path) -> bool:
    """Tell whether a look at a file was with the mapping that would be used now."""
    seen = look.of_one_file()
    told = str(seen.get("mapping", "")) if isinstance(seen, dict) else ""
    return not mapping.exists() or mapping.read_text("utf-8").strip() == told.strip()
