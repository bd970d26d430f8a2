"""
Node rules and libraries as the app keeps them: every version, and the newest also as the file.

As with maps, a file that somebody edited outside the app becomes a version of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.web.models import Account, Document, Written
from trayecto.web.words import phrase
from trayecto.workspace import read_document


def newest_of(path: str) -> Written:
    """Return the newest version; what was edited outside the app is taken in first."""
    document, _ = Document.objects.get_or_create(path=path)
    file = Path(settings.WORKSPACE) / path
    text = read_document(file) if file.exists() else ""
    held = document.versions.filter(number=document.head).first()
    if held is not None and held.text == text:
        return held
    with transaction.atomic():
        return _next(document, text, base=document.head, by=None)


def libraries_version() -> int:
    """Return what changes whenever a library does that maps may take from."""
    libraries = Document.objects.filter(path__startswith="maps/")
    return int(libraries.aggregate(all=Sum("head"))["all"] or 0)


def save_document(
    path: str, text: str, *, base: int, by: Account, write: Callable[[], None]
) -> Written:
    """
    Keep a new version made from version *base*, and *write* the file with it; return the version.

    Raises `Changed` when somebody saved in between, and keeps nothing.
    """
    held = newest_of(path)
    if held.number != base:
        raise Changed(held)
    if held.text == text:
        return held
    with transaction.atomic():
        version = _next(held.document, text, base=base, by=by)
        write()
    return version


def changes_between(older: str, newer: str) -> list[tuple[str, str]]:
    """Return the lines that differ, each with `+` or `-` before it."""
    lines = unified_diff(older.splitlines(), newer.splitlines(), lineterm="", n=0)
    return [(line[0], line[1:]) for line in list(lines)[2:] if line[:1] in ("+", "-")]


class Changed(TrayectoError):
    """Somebody else saved in between; *newer* is what they saved."""

    retry = True

    def __init__(self, newer: Written | None) -> None:
        self.newer = newer
        super().__init__(Problem(phrase("documents.changed"), phrase("documents.changed_way_out")))


def _next(document: Document, text: str, *, base: int, by: Account | None) -> Written:
    held = Document.objects.select_for_update().get(id=document.id)
    if held.head != base:
        raise Changed(held.versions.filter(number=held.head).first())
    try:
        version = Written.objects.create(document=held, number=base + 1, text=text, made_by=by)
    except IntegrityError as error:
        raise Changed(held.versions.order_by("number").last()) from error
    held.head = version.number
    held.save(update_fields=["head"])
    document.head = held.head
    return version
