"""
One workspace: which lake, which documents, which language, what time it is.

A workspace is a folder. Everything in it is either a document a person may edit (settings, node
rules, maps, mappings) or the lake, which only the program writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from trayecto.lake.lake import Lake
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.period import is_zone
from trayecto.vocabulary.text import LANGUAGES, Language, Text
from trayecto.vocabulary.unreadable import unreadable

SETTINGS = "trayecto.yaml"
NODE_RULES = "nodes.yaml"
SEGMENTS = "segments.yaml"

_NEW_SETTINGS = """\
# Settings of this workspace · Ajustes de este espacio de trabajo
workspace: 1
language: {language}    # es | en
zone: {zone}    # of times that carry none · de las horas que no la traen
buckets: {buckets}    # fixed once there is data · fijo cuando ya hay datos
memory: 2GB    # the engine's limit · límite del motor
region: {region}    # country of phones written without one · país de los teléfonos que no lo traen
keep_days: null    # days that facts are kept · días que se guardan los hechos
flagged: leave_out    # robots and tests in journeys · robots y pruebas en los trayectos
"""


Flagged = Literal["leave_out", "keep"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The checked values of the settings file."""

    language: Language = "es"
    zone: str = "UTC"
    buckets: int = 32
    memory: str = "2GB"
    region: str | None = None
    """Country (ISO 3166) of phone numbers written without one."""
    keep_days: int | None = None
    """How long facts are kept; `tidy` erases older ones. None: for ever."""
    flagged: Flagged = "leave_out"
    """Whether interactions that look like a robot's or a test's are part of journeys."""

    @property
    def keep_flagged(self) -> bool:
        """Tell whether robots and tests are part of journeys."""
        return self.flagged == "keep"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace."""

    folder: Path
    settings: Settings

    @property
    def lake(self) -> Lake:
        """Return the lake of facts."""
        return Lake(
            self.folder / "lake", memory=self.settings.memory, buckets=self.settings.buckets
        )

    @property
    def node_rules(self) -> Path:
        """Return where the node rules live; the file may not exist."""
        return self.folder / NODE_RULES

    @property
    def segments(self) -> Path:
        """Return where the named segments live; the file may not exist."""
        return self.folder / SEGMENTS

    @property
    def zone(self) -> ZoneInfo:
        """Return the customers' time zone."""
        return ZoneInfo(self.settings.zone)

    def now(self) -> datetime:
        """Return the time. The only clock of the house."""
        return datetime.now(UTC)


def create(
    folder: Path,
    *,
    language: Language,
    zone: str = "UTC",
    buckets: int = 32,
    region: str | None = None,
) -> Workspace:
    """Make a workspace in *folder*; one that is there already is only opened."""
    if folder.exists() and not folder.is_dir():
        raise TrayectoError(
            Problem(
                Text(en="This is a file, not a folder.", es="Esto es un fichero, no una carpeta."),
                Text(en="Name a new folder.", es="Indica una carpeta nueva."),
                file=str(folder),
            )
        )
    if (folder / SETTINGS).exists():
        return open_(folder)
    _stop_if_escaped(folder)
    text = _NEW_SETTINGS.format(
        language=language, zone=zone, buckets=buckets, region=region or "null"
    )
    try:
        _settings(YAML().load(text), folder)
    except TrayectoError as error:
        # Nothing is written yet, so there is no line to look at.
        raise TrayectoError(*(replace(problem, line=None) for problem in error.problems)) from None
    try:
        (folder / "maps").mkdir(parents=True, exist_ok=True)
        (folder / SETTINGS).write_text(text, "utf-8")
    except OSError as error:
        raise TrayectoError(
            Problem(
                Text(
                    en=f"The workspace cannot be made here: {error.strerror}.",
                    es=f"No se puede crear aquí el espacio de trabajo: {error.strerror}.",
                ),
                Text(
                    en="Choose a folder you may write to.",
                    es="Elige una carpeta en la que puedas escribir.",
                ),
                file=str(folder),
            )
        ) from error
    return open_(folder)


def _stop_if_escaped(folder: Path) -> None:
    """Refuse a folder whose name the tables would take for another: `%20` is a space to them."""
    escape = re.search("%[0-9A-Fa-f]{2}", str(folder.resolve()))
    if escape:
        raise TrayectoError(
            Problem(
                Text(
                    en=f"The tables cannot lie in a folder with “{escape[0]}” in its name.",
                    es=f"Las tablas no pueden estar en una carpeta con «{escape[0]}» en su nombre.",
                ),
                Text(
                    en="Choose a folder without it, or give that one another name.",
                    es="Elige una carpeta sin eso o dale otro nombre a esta.",
                ),
                file=str(folder),
            )
        )


def open_(folder: Path) -> Workspace:
    """Open the workspace in *folder*; settings that are wrong are all named at once."""
    path = folder / SETTINGS
    if not path.exists():
        raise TrayectoError(
            Problem(
                Text(en="There is no workspace here.", es="Aquí no hay ningún espacio de trabajo."),
                Text(
                    en="Make one with “trayecto init FOLDER”, or name yours with --workspace.",
                    es="Crea uno con «trayecto init CARPETA» o indica el tuyo con --workspace.",
                ),
                file=str(folder),
            )
        )
    _stop_if_escaped(folder)
    text = read_document(path)
    try:
        raw = YAML().load(text)
    except YAMLError as error:
        raise TrayectoError(unreadable(error, text=text, file=str(path))) from error
    return Workspace(folder, _settings(raw, path))


def read_document(file: Path) -> str:
    """Return the text of a document a person wrote; say clearly why it cannot be read."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        what = Text(en="This is not text in UTF-8.", es="Esto no es texto en UTF-8.")
    except FileNotFoundError:
        what = Text(en="There is no such file.", es="No existe ese fichero.")
    except IsADirectoryError:
        what = Text(en="This is a folder, not a file.", es="Esto es una carpeta, no un fichero.")
    except OSError as error:
        what = _cannot(error)
    raise TrayectoError(
        Problem(
            what,
            Text(en="Check the name and the folder.", es="Comprueba el nombre y la carpeta."),
            file=str(file),
        )
    )


def beside(file: Path) -> Callable[[str], str]:
    """
    Return what opens the documents that a document names: in its own folder or below, no others.

    A document may come from anybody; it must not make us read what lies elsewhere.
    """
    folder = file.resolve().parent
    return lambda name: read_document(_inside(folder, name))


def images_beside(file: Path) -> Callable[[str], bytes]:
    """Return what opens the images that a document names, under the same rule."""
    folder = file.resolve().parent

    def look(name: str) -> bytes:
        there = _inside(folder, name)
        try:
            with there.open("rb") as image:
                return image.read(_MOST_OF_AN_IMAGE)
        except OSError as error:
            raise TrayectoError(
                Problem(
                    Text(en=f'There is no image "{name}".', es=f"No hay una imagen «{name}».")
                    if isinstance(error, FileNotFoundError)
                    else _cannot(error),
                    Text(
                        en="Check the name and the folder.", es="Comprueba el nombre y la carpeta."
                    ),
                )
            ) from error

    return look


_MOST_OF_AN_IMAGE = 4_000_000
"""More than a map takes, so that who judges the image sees that it is too much."""


def _inside(folder: Path, name: str) -> Path:
    """Return a file in the folder or below; refuse any other."""
    there = folder if "\0" in name else (folder / name).resolve()
    if there == folder or not there.is_relative_to(folder):
        raise TrayectoError(
            Problem(
                Text(
                    en=f'"{name}" lies outside the folder of the map.',
                    es=f"«{name}» está fuera de la carpeta del mapa.",
                ),
                Text(
                    en="Put it in the map's folder, or in one below it.",
                    es="Ponlo en la carpeta del mapa o en una que esté dentro.",
                ),
            )
        )
    return there


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: an interrupted run leaves the old one."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise TrayectoError(
            Problem(
                _cannot(error),
                Text(
                    en="Name a file in a folder that exists and that you may write to.",
                    es="Indica un fichero en una carpeta que exista y en la que puedas escribir.",
                ),
                file=str(file),
            )
        ) from error


def _cannot(error: OSError) -> Text:
    reason = error.strerror or type(error).__name__
    return Text(en=f"It is not possible: {reason}.", es=f"No es posible: {reason}.")


def _settings(raw: Any, path: Path) -> Settings:
    if not isinstance(raw, CommentedMap):
        what = Text(en="These are no settings.", es="Esto no son ajustes.")
        way_out = Text(
            en="Write a field a line, such as “language: en”.",
            es="Escribe un campo por línea, como «language: es».",
        )
        raise TrayectoError(Problem(what, way_out, file=str(path), line=1))
    values = {name: raw.get(name, getattr(Settings(), name)) for name in Settings.__slots__}
    stop_if_any([*_unknown(raw, path), *_wrong(values, raw, path)])
    return Settings(**values)


def _unknown(raw: CommentedMap, path: Path) -> Iterator[Problem]:
    known = ["workspace", *Settings.__slots__]
    for field in raw:
        if field not in known:
            near = get_close_matches(str(field), known, n=1) or [", ".join(known)]
            yield Problem(
                Text(en="Unknown setting.", es="Ajuste desconocido."),
                Text(en=f"Did you mean {near[0]}?", es=f"¿Querías decir {near[0]}?"),
                file=str(path),
                line=raw.lc.key(field)[0] + 1,
                field=str(field),
            )
    if raw.get("workspace", 1) != 1:
        yield Problem(
            Text(
                en="This workspace was made by a newer program.",
                es="Este espacio de trabajo es de un programa más nuevo.",
            ),
            Text(en="Install the newest Trayecto.", es="Instala el Trayecto más reciente."),
            file=str(path),
            line=raw.lc.key("workspace")[0] + 1,
            field="workspace",
        )


def _wrong(values: dict[str, Any], raw: CommentedMap, path: Path) -> Iterator[Problem]:
    for field, (good, en, es) in _RULES.items():
        if not good(values[field]):
            line = raw.lc.key(field)[0] + 1
            yield Problem(Text(en=en, es=es), file=str(path), line=line, field=field)


_RULES: dict[str, tuple[Callable[[Any], bool], str, str]] = {
    "language": (lambda v: v in LANGUAGES, "Must be es or en.", "Debe ser es o en."),
    "zone": (
        is_zone,
        "Unknown time zone; e.g. Europe/Madrid.",
        "Zona horaria desconocida; p. ej. Europe/Madrid.",
    ),
    "buckets": (
        lambda v: type(v) is int and 1 <= v <= 4096,
        "Must be a whole number from 1 to 4096.",
        "Debe ser un entero de 1 a 4096.",
    ),
    "memory": (
        lambda v: isinstance(v, str) and re.fullmatch(r"\d+ ?[MG]B", v) is not None,
        "Must be a size such as 2GB.",
        "Debe ser un tamaño como 2GB.",
    ),
    "keep_days": (
        lambda v: v is None or (type(v) is int and v >= 1),
        "Must be a whole number of days.",
        "Debe ser un número entero de días.",
    ),
    "flagged": (
        lambda v: v in get_args(Flagged),
        "Must be leave_out or keep.",
        "Debe ser leave_out (no cuentan) o keep (cuentan).",
    ),
    "region": (
        lambda v: v is None or (isinstance(v, str) and re.fullmatch("[A-Z]{2}", v) is not None),
        "Must be a country code such as ES.",
        "Debe ser un código de país como ES.",
    ),
}
