"""The library: personas, touchpoints and areas that several maps share, with every version."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render, resolve_url

from trayecto import drafting
from trayecto.drafting import Edit, Item, Library
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language
from trayecto.web.documents import Changed, newest_of, save_document
from trayecto.web.kept import keeper
from trayecto.web.models import Account, Map, Written
from trayecto.web.pages.rules import versions_of
from trayecto.web.roles import Needs, may, note, page
from trayecto.web.shelf import newest
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase
from trayecto.workspace import images_beside, read_document, write_file

_LARGEST = 2_000_000
_MOST_MAPS = 200
_SHORT = re.compile(r"[a-z0-9][a-z0-9-]{0,78}")
_LISTS = {"persona": "personas", "touchpoint": "touchpoints", "area": "areas"}


@dataclass(frozen=True, slots=True)
class Held:
    """One library document as it stands: what it holds, or what is wrong with it."""

    slug: str
    version: Written
    library: Library | None
    stopped: TrayectoError | None = None

    @property
    def file(self) -> str:
        """The name that a map gives it."""
        return f"{self.slug}.yaml"


@page("library/", name="library", needs=Needs.VIEW)
def library(request: HttpRequest) -> HttpResponseBase:
    """Show what all libraries hold and which maps take it; start one, or add to one."""
    problem = None
    if request.method == "POST":
        if not _edits(request):
            raise PermissionDenied
        try:
            if "start" in request.POST:
                return _begun(request)
            moves = {"earlier", "later", "moved"} & set(request.POST)
            return _moved(request) if moves else _added(request)
        except TrayectoError as error:
            problem = error
    held = [_held(slug) for slug in _slugs()]
    uses = _uses(request)
    shelves = [
        {"held": one, "kinds": [(kind, _cards(one, kind, uses)) for kind in _LISTS]} for one in held
    ]
    told = {"shelves": shelves, "edits": _edits(request), "stopped": problem, "kinds": _LISTS}
    return render(request, "web/library.html", told)


@page("library/<slug:library>/<str:what>/<str:item>/", name="library_item", needs=Needs.VIEW)
def library_item(request: HttpRequest, *, library: str, what: str, item: str) -> HttpResponseBase:
    """Show one item and the maps that take it; change its fields, or take it out."""
    held = _held_or_404(library)
    key = f"{what}:{item}"
    found = next((i for i in held.library.items() if i.key == key), None) if held.library else None
    if found is None:
        raise Http404
    told: dict[str, Any] = {"edits": _edits(request), "typed": {}}
    if request.method == "POST":
        if not told["edits"]:
            raise PermissionDenied
        if "only" in request.POST:
            return _one_field(request, held, found)
        try:
            answer = _changed(request, held, found, told)
        except TrayectoError as error:
            answer, told["stopped"] = None, error
        if answer is not None:
            return answer
        held = _held(library)
    told |= {"held": held, "item": _card(held, found, _uses(request))}
    told["areas"] = held.library.areas if held.library else ()
    told["fields"] = [
        {"field": field, "typed": told["typed"].get(field.key)}
        for field in drafting.library_form(held.version.text, key).fields
    ]
    return render(request, "web/library_item.html", told)


@page("library/<slug:library>/text/", name="library_text", needs=Needs.EDIT)
def library_text(request: HttpRequest, *, library: str) -> HttpResponseBase:
    """Show a library as text, for who prefers it, and save it when all of it is right."""
    held = _held_or_404(library)
    told: dict[str, Any] = {"held": held, "text": held.version.text}
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")[:_LARGEST]
        told["text"] = text
        try:
            drafting.library(text, file=held.file)
            _save(request, held.slug, text, base=_number(request.POST.get("base", "")))
            messages.success(request, phrase("library.saved").say(language_of(request)))
            return redirect("library")
        except TrayectoError as error:
            told["stopped"] = error
    return render(request, "web/library_text.html", told)


@page("library/<slug:library>/versions/", name="library_versions", needs=Needs.VIEW)
def library_versions(request: HttpRequest, *, library: str) -> HttpResponseBase:
    """Show who changed a library, and when; make an older version stand again."""
    held = _held_or_404(library)
    if request.method == "POST":
        if not _edits(request):
            raise PermissionDenied
        number = _number(request.POST.get("restore", ""))
        older = get_object_or_404(held.version.document.versions, number=number)
        drafting.library(older.text, file=held.file)
        _save(request, held.slug, older.text, base=held.version.number)
        said = phrase("documents.restored").say(language_of(request))
        messages.success(request, said.format(n=older.number))
        return redirect("library")
    told = {"rows": versions_of(held.version), "edits": _edits(request),
            "back_to": resolve_url("library"), "title": phrase("library.tab"),
            "newest": held.version.number}  # fmt: skip
    return render(request, "web/written.html", told)


def _slugs() -> list[str]:
    """Return the documents beside the maps that are libraries."""
    folder = Path(settings.WORKSPACE) / "maps"
    maps = set(Map.objects.values_list("slug", flat=True))
    others = sorted(file for file in folder.glob("*.yaml") if file.stem not in maps)
    return [file.stem for file in others[:1000] if _is_library(file)]


def _is_library(file: Path) -> bool:
    try:
        return drafting.is_library(read_document(file))
    except TrayectoError:
        return False


def _held(slug: str) -> Held:
    version = newest_of(f"maps/{slug}.yaml")
    try:
        return Held(slug, version, drafting.library(version.text, file=f"{slug}.yaml"))
    except TrayectoError as error:
        return Held(slug, version, None, error)


def _held_or_404(slug: str) -> Held:
    if slug not in _slugs():
        raise Http404
    return _held(slug)


def _cards(held: Held, kind: str, uses: dict[str, list[Map]]) -> list[dict[str, Any]]:
    items = held.library.items() if held.library else ()
    return [_card(held, item, uses) for item in items if item.kind == kind]


def _card(held: Held, item: Item, uses: dict[str, list[Map]]) -> dict[str, Any]:
    """Return an item with its picture, the maps that take it, and its area in words."""
    folder = Path(settings.WORKSPACE) / "maps" / held.file
    image = drafting.portrait(item, images_beside(folder))
    face = f"data:image/{image.kind};base64,{b64encode(image.data).decode()}" if image else ""
    area = item.fields.get("area")
    if isinstance(area, dict) and "use" in area and held.library:
        named = {each.id: each.name for each in held.library.areas}
        area = named.get(area["use"], area["use"])
    return {
        "item": item, "maps": uses.get(f"{held.file} {item.key}", []), "area": area, "held": held,
        "image": face, "initial": (item.name.es or item.id)[:1].upper(),
    }  # fmt: skip


def _uses(request: HttpRequest) -> dict[str, list[Map]]:
    """Return the maps of the person's teams that take each item: `house.yaml persona:ana`."""
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    found: dict[str, list[Map]] = defaultdict(list)
    edited = maps.annotate(edited_at=Max("versions__made_at")).order_by("-edited_at", "id")
    for one in edited[:_MOST_MAPS]:
        version = newest(one)
        work = partial(drafting.used_by, version.text)
        files, keys = keeper.get(("uses", one.id), version.number, work).answer
        for file in files:
            for key in keys:
                found[f"{file} {key}"].append(one)
    return found


def _begun(request: HttpRequest) -> HttpResponseBase:
    """Start a library under a name that nothing beside the maps has."""
    slug = request.POST.get("short", "").strip()
    file = Path(settings.WORKSPACE) / "maps" / f"{slug}.yaml"
    if not _SHORT.fullmatch(slug) or file.exists() or Map.objects.filter(slug=slug).exists():
        raise TrayectoError(Problem(phrase("library.short_wrong")))
    _save(request, slug, f"library: {slug}\n", base=newest_of(f"maps/{slug}.yaml").number)
    return redirect("library")


def _added(request: HttpRequest) -> HttpResponseBase:
    """Add an item to a library, after the others of its kind, and go to it."""
    held = _held_or_404(request.POST.get("library", ""))
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "").strip()[:300]
    if held.library is None or kind not in _LISTS:
        raise Http404
    if not name:
        raise TrayectoError(Problem(phrase("library.name_missing")))
    before = [item.key for item in held.library.items() if item.kind == kind]
    value = {"name": name} | ({"channel": "web"} if kind == "touchpoint" else {})
    edit = Edit("add", "map", list=_LISTS[kind], value=value, after=before[-1] if before else None)
    text = drafting.library_edited(held.version.text, [edit], file=held.file)
    _save(request, held.slug, text, base=held.version.number)
    now = drafting.library(text, file=held.file)
    new = next(i for i in now.items() if i.kind == kind and i.key not in before)
    return redirect("library_item", library=held.slug, what=kind, item=new.id)


def _moved(request: HttpRequest) -> HttpResponseBase:
    """Put an item earlier or later, or beside the one it was dropped on, and go to it."""
    sent = request.POST
    act = next((name for name in ("earlier", "later") if name in sent), "moved")
    for _ in range(5):
        held = _held_or_404(sent.get("library", ""))
        kind = sent.get(act, "").partition(":")[0]
        items = held.library.items() if held.library else ()
        keys = [item.key for item in items if item.kind == kind]
        rest = [key for key in keys if key != sent.get(act)]
        if len(rest) == len(keys) or (act == "moved" and sent.get("beside") not in rest):
            raise Http404
        if act == "moved":
            place = rest.index(sent["beside"]) + (sent.get("side") == "after")
        else:
            place = keys.index(sent[act]) + (1 if act == "later" else -1)
        place = min(max(place, 0), len(rest))
        after = rest[place - 1] if place else None
        edit = Edit("move", sent[act], owner="map", list=_LISTS[kind], after=after)
        try:
            _save_edits(request, held, [edit])
        except Changed:
            continue  # where it is to stand is said by its neighbour, whatever else they changed
        # The button that was pressed keeps the focus, unless there is nowhere left to go.
        button = "later" if place == 0 else "earlier" if place == len(rest) else act
        button = "later" if button == "moved" else button
        at = f"{button}-{held.slug}-{sent[act].replace(':', '-')}"
        return redirect(f"{resolve_url('library')}#{at}")
    raise Changed(held.version)


def _one_field(request: HttpRequest, held: Held, item: Item) -> HttpResponseBase:
    """Save one field as it was left, beside what others changed; tell it if that was the same."""
    key = request.POST.get("only", "")
    number = _number(request.POST.get("base", ""))
    base = get_object_or_404(held.version.document.versions, number=number)
    language = language_of(request)
    try:
        was = {f.key: f for f in drafting.library_form(base.text, item.key).fields}.get(key)
        fields = drafting.library_form(held.version.text, item.key).fields
        now = {f.key: f for f in fields}.get(key)
        if was is None or now is None:
            raise Http404
        edit = _edit(base.text, item.key, was, _typed(request.POST, key))
        if now.value not in (was.value, edit.value) and "over" not in request.POST:
            who = _who_changed(held, item, key, since=number)
            theirs = phrase("library.theirs").say(language)
            said = theirs.format(field=now.name.say(language), value=_said(now.value, language))
            return JsonResponse({"who": who, "theirs": said}, status=409)
        _save_edits(request, held, [edit])
    except TrayectoError as error:
        return JsonResponse({"problems": [p.say(language) for p in error.problems]}, status=422)
    return JsonResponse({"version": newest_of(f"maps/{held.slug}.yaml").number})


def _who_changed(held: Held, item: Item, key: str, *, since: int) -> str:
    """Return who changed a field last; nobody, when it was changed in the file."""
    who, before = "", None
    later = held.version.document.versions.filter(number__gte=since).select_related("made_by")
    for version in later.order_by("number"):
        fields = drafting.library_form(version.text, item.key).fields
        value = next((field.value for field in fields if field.key == key), None)
        if version.number > since and value != before:
            who = str(version.made_by or "")
        before = value
    return who


def _said(value: Any, language: Language) -> str:
    """Return the value of a field as the page shows it."""
    if isinstance(value, dict):
        return str(value.get(language) or next(iter(value.values()), ""))
    if isinstance(value, list | tuple):
        return ", ".join(_said(one, language) for one in value)
    return "" if value is None else str(value)


def _changed(
    request: HttpRequest, held: Held, item: Item, told: dict[str, Any]
) -> HttpResponseBase | None:
    """Save what was filled in beside what others changed; None when both changed the same."""
    language = language_of(request)
    if "remove" in request.POST:
        if _uses_anywhere(held, item):
            raise TrayectoError(Problem(phrase("library.remove_used")))
        _save_edits(request, held, [Edit("remove", item.key)])
        messages.success(request, phrase("library.removed").say(language))
        return redirect("library")
    number = _number(request.POST.get("base", ""))
    base = get_object_or_404(held.version.document.versions, number=number)
    was = {f.key: f for f in drafting.library_form(base.text, item.key).fields}
    now = {f.key: f for f in drafting.library_form(held.version.text, item.key).fields}
    told["typed"] = typed = {key: _typed(request.POST, key) for key in was}
    edits = [
        edit
        for key, field in was.items()
        if (edit := _edit(base.text, item.key, field, typed[key])).value != field.value
    ]
    taken = [
        (now[key].name, now[key].value)
        for edit in edits
        if (key := ".".join(edit.field)) in now
        and now[key].value not in (was[key].value, edit.value)
    ]
    if taken and "over" not in request.POST:
        told |= {"taken": taken, "who": held.version.made_by}
        return None
    _save_edits(request, held, edits)
    messages.success(request, phrase("library.saved").say(language))
    return redirect("library_item", library=held.slug, what=item.kind, item=item.id)


def _edit(text: str, key: str, field: Any, typed: dict[str, str]) -> Edit:
    """Return the change that a field filled in means; an area may be one of the library's."""
    if typed.get("use"):
        return Edit("set", key, field.path, {"use": typed["use"]})
    return drafting.library_field(text, key, field.path, typed)


def _uses_anywhere(held: Held, item: Item) -> bool:
    """Tell whether any map takes an item, also those of teams that the person is not in."""
    for one in Map.objects.filter(archived_at=None):
        files, keys = drafting.used_by(newest(one).text)
        if held.file in files and item.key in keys:
            return True
    return False


def _typed(sent: QueryDict, key: str) -> dict[str, str]:
    return {
        part: sent.get(f"{key}:{part}", "").replace("\r\n", "\n")
        for part in ("es", "en", "value", "use")
    }


def _save_edits(request: HttpRequest, held: Held, edits: list[Edit]) -> None:
    text = drafting.library_edited(held.version.text, edits, file=held.file)
    _save(request, held.slug, text, base=held.version.number)


def _save(request: HttpRequest, slug: str, text: str, *, base: int) -> None:
    assert isinstance(request.user, Account)
    path = f"maps/{slug}.yaml"
    file = Path(settings.WORKSPACE) / path
    save_document(
        path, text, base=base, by=request.user, write=lambda: write_file(file, text.encode())
    )
    note(request, "library changed", slug)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


def _edits(request: HttpRequest) -> bool:
    return isinstance(request.user, Account) and may(request.user, Needs.EDIT)
