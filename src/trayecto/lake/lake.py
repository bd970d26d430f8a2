"""
The lake of facts: Delta tables in a folder, read lock-free, written by one at a time.

Readers take a snapshot (the file list of one version) and need no lock. Writers hold one lock, so
that "is this fact known already?" and the append that follows are one thing. An append is atomic:
a reader sees all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from deltalake import CommitProperties, DeltaTable, write_deltalake
from filelock import FileLock, Timeout

from trayecto.lake.duck import Session
from trayecto.lake.sql import name
from trayecto.lake.tables import TABLES, Table
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_WAIT_S = 120.0
_ONE_FILE = 16 * 1024**3


class LakeBusy(TrayectoError):
    """Another process has been writing for too long; trying again later can help."""

    retry = True

    def __init__(self, waited_s: float) -> None:
        super().__init__(
            Problem(
                Text(
                    en=f"Another process has been writing to this workspace for {waited_s:.0f} s.",
                    es=f"Otro proceso lleva {waited_s:.0f} s escribiendo en este espacio.",
                ),
                Text(
                    en="Wait for it to end and try again; nothing was changed.",
                    es="Espera a que termine y vuelve a intentarlo; no se ha cambiado nada.",
                ),
            )
        )


class Lake:
    """The tables of one workspace."""

    def __init__(
        self, folder: Path, *, memory: str = "2GB", threads: int | None = None, buckets: int = 8
    ) -> None:
        self.folder, self.buckets = folder, buckets
        self._memory, self._threads = memory, threads

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the one writer lock; others wait, then are told that the lake is busy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".writer.lock", timeout=_WAIT_S)
        try:
            lock.acquire()
        except Timeout:
            raise LakeBusy(_WAIT_S) from None
        try:
            yield Writer(self)
        finally:
            lock.release()

    def session(self) -> Session:
        """Open a session on the present version of every table."""
        session = Session(
            memory=self._memory, threads=self._threads, scratch=self.folder / ".scratch"
        )
        for table in TABLES.values():
            session.show(table, self.files(table))
        return session

    def files(self, table: Table, *, version: int | None = None) -> list[str]:
        """Return the files of the present version, or of an earlier one, in order."""
        delta = self._delta(table, version)
        return sorted(delta.file_uris()) if delta else []

    def version(self, table: Table) -> int:
        """Return the present version of a table; -1 when nobody wrote it yet."""
        delta = self._delta(table)
        return delta.version() if delta else -1

    def stamp(self, table: Table) -> dict[str, str]:
        """Return what the last writer noted with its commit."""
        delta = self._delta(table)
        if not delta:
            return {}
        newest = delta.history(1)[0]
        return {key[4:]: str(value) for key, value in newest.items() if key.startswith("our.")}

    def _delta(self, table: Table, version: int | None = None) -> DeltaTable | None:
        folder = self.folder / table.name
        if version == -1 or not DeltaTable.is_deltatable(str(folder)):
            return None
        return DeltaTable(folder, version=version)


class Writer:
    """What may be done while holding the lock."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def append(
        self, table: Table, session: Session, step: str, sql: str, *, stamp: Mapping[str, str] = {}
    ) -> None:
        """Add the rows of *sql*, all or nothing."""
        self._write(table, session, step, sql, mode="append", where=None, stamp=stamp)

    def replace(
        self,
        table: Table,
        session: Session,
        step: str,
        sql: str,
        *,
        where: str | None = None,
        stamp: Mapping[str, str] = {},
    ) -> None:
        """Put the rows of *sql* in place of the partitions *where* names, or of all rows."""
        self._write(table, session, step, sql, mode="overwrite", where=where, stamp=stamp)

    def _write(
        self,
        table: Table,
        session: Session,
        step: str,
        sql: str,
        *,
        mode: Literal["append", "overwrite"],
        where: str | None,
        stamp: Mapping[str, str],
    ) -> None:
        typed = ", ".join(
            f"cast({name(c.name)} as {c.type}) as {name(c.name)}" for c in table.columns
        )
        stream = session.stream(step, f"select {typed} from ({sql})")
        place = str(self.lake.folder / table.name)
        partitions = list(table.partitions) or None
        noted = CommitProperties(custom_metadata={f"our.{k}": v for k, v in stamp.items()})
        if mode == "append":
            write_deltalake(
                place, stream, mode="append", partition_by=partitions, commit_properties=noted
            )
            return
        write_deltalake(
            place,
            stream,
            mode="overwrite",
            partition_by=partitions,
            predicate=where if self.lake.version(table) >= 0 else None,
            # One bucket, one file: rows keep the order in which they are written.
            target_file_size=_ONE_FILE,
            commit_properties=noted,
        )
