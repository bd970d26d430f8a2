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
from typing import Any

from deltalake import CommitProperties, DeltaTable, write_deltalake
from filelock import FileLock, Timeout

from trayecto.lake.duck import Session
from trayecto.lake.sql import name
from trayecto.lake.tables import TABLES, Table
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_WAIT_S = 120.0
_ONE_FILE = 16 * 1024**3
MANY_FILES = 64
_CONTENT = "content"
_PLAIN = ("BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "TIMESTAMPTZ")


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
            session.show(table, self.files(table), stored=self.stored(table))
        return session

    def files(self, table: Table) -> list[str]:
        """Return the files of the present version, in order."""
        delta = self._delta(table)
        return sorted(delta.file_uris()) if delta else []

    def stored(self, table: Table) -> set[str]:
        """Return the columns that the stored table has; an older program may have written fewer."""
        delta = self._delta(table)
        return {column.name for column in delta.schema().fields} if delta else set()

    def version(self, table: Table) -> int:
        """Return how often the content of a table changed; -1 when nobody wrote it yet."""
        delta = self._delta(table)
        return int(_note(delta).get(_CONTENT, 0)) if delta else -1

    def stamp(self, table: Table) -> dict[str, str]:
        """Return what writers noted with their commits; a later note replaces an earlier one."""
        delta = self._delta(table)
        return _note(delta) if delta else {}

    def _delta(self, table: Table) -> DeltaTable | None:
        folder = self.folder / table.name
        return DeltaTable(folder) if DeltaTable.is_deltatable(str(folder)) else None


def _note(delta: DeltaTable) -> dict[str, str]:
    # Tidying writes commits of its own; the last note of ours is still the one that counts.
    for commit in delta.history():
        note = {key[4:]: str(value) for key, value in commit.items() if key.startswith("our.")}
        if note:
            return note
    return {}


class Writer:
    """What may be done while holding the lock."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def append(
        self, table: Table, session: Session, step: str, sql: str, *, stamp: Mapping[str, str] = {}
    ) -> None:
        """Add the rows of *sql*, all or nothing."""
        write_deltalake(
            str(self.lake.folder / table.name),
            self._stream(table, session, step, sql),
            mode="append",
            schema_mode="merge",
            partition_by=list(table.partitions) or None,
            configuration=_configuration(table),
            commit_properties=self._properties(table, stamp),
        )

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
        write_deltalake(
            str(self.lake.folder / table.name),
            self._stream(table, session, step, sql),
            mode="overwrite",
            # All rows at once may also have other columns than an older program wrote.
            schema_mode=None if where else "overwrite",
            partition_by=list(table.partitions) or None,
            predicate=where if self.lake.version(table) >= 0 else None,
            # One bucket, one file. Rows keep their order but where the writer's batches meet, in
            # large buckets: whoever relies on the order checks it (0005, `journeys.sequence`).
            target_file_size=_ONE_FILE,
            configuration=_configuration(table),
            commit_properties=self._properties(table, stamp),
        )

    def delete(self, table: Table, where: str, *, stamp: Mapping[str, str] = {}) -> int:
        """Take out the rows *where* holds; return how many. The old files stay until `erase`."""
        delta = self.lake._delta(table)
        if delta is None:
            return 0
        done = delta.delete(where, commit_properties=self._properties(table, stamp))
        return int(done.get("num_deleted_rows") or 0)

    def compact(self, table: Table) -> int:
        """Make few large files of many small ones; return how many files went."""
        delta = self.lake._delta(table)
        if delta is None or len(delta.file_uris()) < MANY_FILES:
            return 0
        return int(delta.optimize.compact(target_size=_ONE_FILE)["numFilesRemoved"])

    def erase(self, table: Table) -> int:
        """
        Remove from disk every file that the present version does not need; return how many.

        What was deleted is gone then. A reader still on an older version will have to ask again.
        """
        delta = self.lake._delta(table)
        if delta is None:
            return 0
        return len(delta.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False))

    def _stream(self, table: Table, session: Session, step: str, sql: str) -> Any:
        typed = ", ".join(
            f"cast({name(c.name)} as {c.type}) as {name(c.name)}" for c in table.columns
        )
        return session.stream(step, f"select {typed} from ({sql})")

    def _properties(self, table: Table, stamp: Mapping[str, str]) -> CommitProperties:
        was = self.lake.stamp(table)
        noted = {**was, **stamp, _CONTENT: str(int(was.get(_CONTENT, -1)) + 1)}
        return CommitProperties(custom_metadata={f"our.{k}": v for k, v in noted.items()})


def _configuration(table: Table) -> dict[str, str | None]:
    """
    Keep texts out of the table's log.

    Delta notes the least and greatest value of each column of each file; of texts those would be
    somebody's address, and the log outlives the file.
    """
    columns = [c.name for c in table.columns if c.type in _PLAIN and c.name not in table.partitions]
    return {"delta.dataSkippingStatsColumns": ",".join(columns)}
