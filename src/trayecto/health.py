"""Whether a workspace is well, and putting it in order."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from trayecto import flow
from trayecto.collect import clean
from trayecto.journeys import steps
from trayecto.lake.sql import literal
from trayecto.lake.tables import INTERACTIONS, TABLES, Table
from trayecto.vocabulary.text import NOTHING, Language, Text
from trayecto.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor found: what, how to mend it, and whether it is wrong or only noted."""

    wrong: bool
    what: Text
    way_out: Text = NOTHING

    def as_json(self, language: Language) -> dict[str, object]:
        """Return plain values, in one language."""
        said = {"what": self.what.say(language), "way_out": self.way_out.say(language)}
        return {"wrong": self.wrong, **said}


def doctor(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what is wrong with a workspace, with the way out; nothing is changed."""
    lake = workspace.lake
    found = [_table_health(workspace, table) for table in TABLES.values()]
    if not steps.is_fresh(lake) and lake.version(INTERACTIONS) >= 0:
        found.append(Finding(True, *_STALE))
    free = shutil.disk_usage(workspace.folder).free
    stored = sum(file.stat().st_size for file in lake.folder.rglob("*") if file.is_file())
    if free < max(2 * stored, 1 << 30):
        gigabytes = free / (1 << 30)
        found.append(
            Finding(
                True,
                Text(
                    en=f"Only {gigabytes:.1f} GB of disk are free; work may need twice the lake.",
                    es=f"Solo quedan {gigabytes:.1f} GB de disco; puede hacer falta el doble del "
                    "lago.",
                ),
                Text(en="Make room before importing.", es="Haz sitio antes de importar."),
            )
        )
    return tuple(finding for finding in found if finding)


_STALE = (
    Text(
        en="Facts have come in that are not ordered into steps yet.",
        es="Han llegado hechos que aún no están ordenados en pasos.",
    ),
    Text(
        en="The next question does it; or run “trayecto tidy”.",
        es="Lo hará la próxima pregunta; o ejecuta «trayecto tidy».",
    ),
)


def _table_health(workspace: Workspace, table: Table) -> Finding | None:
    """Return what is wrong with one table: missing files, or very many small ones."""
    files = [Path(file) for file in workspace.lake.files(table)]
    missing = [file for file in files if not file.exists()]
    if missing:
        return Finding(
            True,
            Text(
                en=f"Table {table.name}: {len(missing)} of its files are missing.",
                es=f"Tabla {table.name}: faltan {len(missing)} de sus ficheros.",
            ),
            Text(
                en="Restore the folder from a copy, or import the sources into a new workspace.",
                es="Recupera la carpeta de una copia o importa los orígenes en un espacio nuevo.",
            ),
        )
    if workspace.lake.is_scattered(table):
        return Finding(
            False,
            Text(
                en=f"Table {table.name} lies in {len(files)} small files.",
                es=f"La tabla {table.name} está en {len(files)} ficheros pequeños.",
            ),
            Text(en="Run “trayecto tidy”.", es="Ejecuta «trayecto tidy»."),
        )
    return None


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying did."""

    compacted: int
    """Small files that became large ones."""
    removed: int
    """Old files removed from disk."""
    expired: int
    """Facts older than the workspace keeps."""

    def as_json(self) -> dict[str, int]:
        """Return plain values."""
        return asdict(self)


# The table writer's own SQL needs the very type of the column.
_UTC = 'Timestamp(Microsecond, Some("UTC"))'


def tidy(workspace: Workspace) -> Tidied:
    """
    Compact small files, erase what is older than the workspace keeps, remove old versions.

    What small imports laid beside people and steps is put in its place among them.

    Readers that began before will have to ask again.
    """
    lake, keep = workspace.lake, workspace.settings.keep_days
    expired = 0
    with lake.writing() as writer:
        if keep is not None and lake.version(INTERACTIONS) >= 0:
            oldest = workspace.now() - timedelta(days=keep)
            moment = f"arrow_cast({literal(oldest.isoformat())}, {literal(_UTC)})"
            expired = clean.erase(writer, f"occurred_at < {moment}")
    flow.unify_and_observe(workspace)
    flow.settle(workspace)
    with lake.writing() as writer:
        compacted = sum(writer.compact(table) for table in TABLES.values())
        removed = sum(writer.erase(table) for table in TABLES.values())
    return Tidied(compacted, removed, expired)
