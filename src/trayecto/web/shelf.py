"""
The shelf of maps: every version in the app database, the newest also as a file of the workspace.

The file is what the command line measures, so both doors see the same map. A file that somebody
edited outside the app becomes a version of its own: nothing is lost, and nobody is overruled.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from trayecto import drafting, flow
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.web.models import Account, Map, Team, Version
from trayecto.web.models.maps import TITLED
from trayecto.workspace import SETTINGS, Workspace, read_document, write_file

_ADDRESSES = {"new", "guided"}
"""Names that pages of the app have under `maps/`."""


def workspace() -> Workspace:
    """Return the workspace that the app serves; its settings are read again when they change."""
    folder = Path(settings.WORKSPACE)
    try:
        told = (folder / SETTINGS).stat()
    except OSError:
        return flow.open_(folder)  # which says what is wrong
    return _opened(folder, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _opened(folder: Path, changed: int, size: int) -> Workspace:
    del changed, size
    return flow.open_(folder)


def file_of(map: Map) -> Path:
    """Return where the newest text of a map stands."""
    return Path(settings.WORKSPACE) / "maps" / f"{map.slug}.yaml"


def adopt_files(team: Team) -> None:
    """Put the maps that stand in the workspace on the shelf of a team."""
    known = set(Map.objects.values_list("slug", flat=True))
    for file in sorted((Path(settings.WORKSPACE) / "maps").glob("*.yaml")):
        checked = flow.check(file)
        if checked.journey_map is None or file.stem in known or slugify(file.stem) != file.stem:
            continue
        title = checked.journey_map.title
        with transaction.atomic():
            adopted = Map(team=team, slug=file.stem, head=1)
            adopted.entitle(title)
            adopted.save()
            Version.objects.create(map=adopted, number=1, text=read_document(file))


def start(team: Team, text: str, *, by: Account) -> Map:
    """Put a new map on the shelf, and return it."""
    checked = flow.check_text(text)
    if checked.journey_map is None:
        raise TrayectoError(*checked.problems)
    title = checked.journey_map.title
    with transaction.atomic():
        new = Map(team=team, slug=_free_slug(title.es or title.en), head=1)
        new.entitle(title)
        new.save()
        Version.objects.create(map=new, number=1, text=text, made_by=by)
    write_file(file_of(new), text.encode())
    return new


def newest(map: Map) -> Version:
    """Return the newest version; what was edited outside the app is taken in first."""
    return _in_step(map, map.versions.get(number=map.head))


def newest_of(maps: Sequence[Map]) -> dict[int, Version]:
    """Return the newest version of each of some maps, by the map's id, in one question."""
    heads = Version.objects.filter(map__in=[each.id for each in maps], number=F("map__head"))
    held = {version.map_id: version for version in heads}
    return {each.id: _in_step(each, held[each.id]) for each in maps}


def _in_step(map: Map, version: Version) -> Version:
    """Return the newest version, in step with the map's file."""
    file = file_of(map)
    try:
        text = read_document(file)
    except TrayectoError:
        write_file(file, version.text.encode())
        return version
    if text != version.text:
        return save(map, text, base=map.head, by=None)
    return version


def save(map: Map, text: str, *, base: int, by: Account | None, note: str = "") -> Version:
    """
    Save a new version made from version *base*, and return it.

    Raises `Outdated` when somebody saved in between: the caller merges, and saves again.
    """
    checked = drafting.check_text(text, file=file_of(map))
    with transaction.atomic():
        held = Map.objects.select_for_update().get(id=map.id)
        if held.head != base:
            raise Outdated(held.versions.get(number=held.head))
        try:
            version = Version.objects.create(
                map=held, number=base + 1, text=text, made_by=by, note=note, made_at=timezone.now()
            )
        except IntegrityError as error:
            raise Outdated(held.versions.order_by("number").last()) from error
        held.head = version.number
        if checked.journey_map is not None:
            held.entitle(checked.journey_map.title)
        held.save(update_fields=["head", *TITLED])
        write_file(file_of(held), text.encode())
    for field in ("head", *TITLED):
        setattr(map, field, getattr(held, field))
    return version


class Outdated(TrayectoError):
    """Somebody else saved in between; *newer* is what they saved."""

    retry = True

    def __init__(self, newer: Version | None) -> None:
        self.newer = newer
        super().__init__(
            Problem(
                Text(
                    en="Somebody else changed this map meanwhile.",
                    es="Otra persona ha cambiado este mapa mientras tanto.",
                ),
                Text(
                    en="Look at both changes and save again; yours is still here.",
                    es="Mira los dos cambios y guarda otra vez; el tuyo sigue aquí.",
                ),
            )
        )


def _free_slug(title: str) -> str:
    base = slugify(title)[:100] or "map"
    taken = set(Map.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= _ADDRESSES
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)
