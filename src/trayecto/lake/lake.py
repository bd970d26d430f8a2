"""
The lake of facts: Delta tables in a folder, read lock-free, written by one at a time.

Readers take a snapshot (the file list of one version) and need no lock. Writers hold one lock, so
that "is this fact known already?" and the append that follows are one thing. An append is atomic:
a reader sees all of it or nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.transaction import create_table_with_add_actions
from filelock import FileLock, Timeout

from trayecto.lake import kinds, laid, logs
from trayecto.lake.duck import Session, laid_view, stoppable
from trayecto.lake.sql import literal, name
from trayecto.lake.tables import INTERACTIONS, NODES, TABLES, Table
from trayecto.lake.warm import Engine, Version, warm
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_WAIT_S = 120.0
_ONE_FILE = 16 * 1024**3
_MANY_FILES = 64
_MANY_IN_ONE = 8
_CONTENT = "content"
ERASED = "erased"
"""Where the note of a commit of `interactions` has how often somebody was erased."""
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
        self, folder: Path, *, memory: str = "2GB", threads: int | None = None, buckets: int = 32
    ) -> None:
        self.folder, self.buckets = folder, buckets
        self._memory, self._threads = memory, threads

    @contextmanager
    def writing(self, *, wait_s: float = _WAIT_S) -> Iterator[Writer]:
        """Hold the one writer lock; others wait, then are told that the lake is busy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".writer.lock", timeout=wait_s)
        try:
            lock.acquire()
        except Timeout:
            raise LakeBusy(wait_s) from None
        try:
            yield Writer(self)
        finally:
            lock.release()

    def session(self) -> Session:
        """Open a session on the present version of every table."""
        folder = self.folder.absolute()
        states = [logs.state(folder / table.name) for table in TABLES.values()]
        place = (folder, self._memory, self._threads)
        version = (self.erased(), *states)
        return warm.session(place, version, lambda older: self._engine(version, older))

    def _engine(self, version: Version, older: Engine | None) -> Session:
        """
        Return an engine that sees the present *version* of every table.

        An *older* one looks only into the tables that have changed since; but one that may remember
        somebody who was erased goes.
        """
        if older is not None and older.version[0] != version[0]:
            older.session.close()
            older = None
        session = older.session if older else self._new_engine()
        seen = older.version if older else (None,) * len(version)
        for table, was, now in zip(TABLES.values(), seen[1:], version[1:], strict=True):
            if older is not None and was == now:
                continue
            told = self._told(table)
            session.show(table, told.files, stored=told.columns, partitions=told.partitions)
            if table is NODES:
                kinds.learn(session, kinds.noted(told.note or {}))
        return session

    def _new_engine(self) -> Session:
        return Session(memory=self._memory, threads=self._threads, scratch=self.folder / ".scratch")

    def files(self, table: Table) -> list[str]:
        """Return the files of the present version, in order."""
        return list(self._told(table).files)

    def is_scattered(self, table: Table) -> bool:
        """Tell whether a table lies in so many files that `compact` helps."""
        if table.in_order:
            # Putting files together would mix their rows; they are large as they are.
            return False
        files = self.files(table)
        places = {file.rpartition("/")[0] for file in files}
        return len(files) >= max(_MANY_FILES, _MANY_IN_ONE * len(places))

    def stored(self, table: Table) -> set[str]:
        """Return the columns that the stored table has; an older program may have written fewer."""
        return set(self._told(table).columns)

    def version(self, table: Table) -> int:
        """Return how often the content of a table changed; -1 when nobody wrote it yet."""
        note = self._told(table).note
        return int(note.get(_CONTENT, 0)) if note is not None else -1

    def stamp(self, table: Table) -> dict[str, str]:
        """Return what writers noted with their commits; a later note replaces an earlier one."""
        return dict(self._told(table).note or {})

    def erased(self) -> int:
        """Return how often somebody was erased from the facts."""
        return int(self.stamp(INTERACTIONS).get(ERASED, 0))

    def _told(self, table: Table) -> logs.Told:
        return logs.told((self.folder / table.name).absolute())

    def _delta(self, table: Table) -> DeltaTable | None:
        return logs.opened(self.folder / table.name)


class Writer:
    """What may be done while holding the lock."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def append(
        self, table: Table, session: Session, step: str, sql: str, *, stamp: Mapping[str, str] = {}
    ) -> None:
        """Add the rows of *sql*, all or nothing."""
        with stoppable():
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
        """
        Put the rows of *sql* in place of the partitions *where* names, or of all rows.

        A table that an older program laid in other partitions is begun anew: what is replaced is
        computed, and whoever computes it sees by the notes, which go too, that it is to be done.
        """
        delta = self.lake._delta(table)
        if delta is not None and self.lake._told(table).partitions != table.partitions:
            shutil.rmtree(self.lake.folder / table.name)
        with stoppable():
            write_deltalake(
                str(self.lake.folder / table.name),
                self._stream(table, session, step, sql),
                mode="overwrite",
                # All rows at once may also have other columns than an older program wrote.
                schema_mode=None if where else "overwrite",
                partition_by=list(table.partitions) or None,
                predicate=where if self.lake.version(table) >= 0 else None,
                target_file_size=_ONE_FILE,
                configuration=_configuration(table),
                commit_properties=self._properties(table, stamp),
            )

    def lay(
        self, table: Table, session: Session, step: str, sql: str, *, at: Mapping[str, str | int]
    ) -> laid.File | None:
        """
        Write the rows of *sql*, in their order, to one file of the partition *at*; None if none.

        The file lies in the table's folder and is no part of it until it is `put`; one that a
        killed run left goes with the next `erase`.
        """
        folder = self.lake.folder / table.name
        return laid.lay(table, session, step, sql, folder=folder, at=at)

    def put(
        self,
        table: Table,
        files: Sequence[laid.File],
        *,
        at: Mapping[str, Collection[str | int]],
        stamp: Mapping[str, str] = {},
    ) -> None:
        """
        Make laid *files* the content of the partitions *at*, or of the whole table, at once.

        *at* says of a column of the partitions which of its values: of the others all.
        """
        delta, schema = self.lake._delta(table), laid.schema(table)
        properties = self._properties(table, stamp)
        if delta is None:
            create_table_with_add_actions(
                str(self.lake.folder / table.name),
                schema,
                list(files),
                partition_by=list(table.partitions),
                configuration=_configuration(table),
                commit_properties=properties,
            )
            return
        places = [(column, "in", [str(value) for value in values]) for column, values in at.items()]
        delta.create_write_transaction(
            list(files),
            mode="overwrite",
            schema=schema,
            partition_by=list(table.partitions),
            partition_filters=places or None,
            commit_properties=properties,
        )

    def without(self, table: Table, session: Session, where: str) -> Anew:
        """
        Lay every partition that has rows *where* holds anew, without them and in the same order.

        Nobody sees it until it is `put`. The condition stands in no log, so it may name anything.
        """
        place = ", ".join(table.partitions)
        found = session.ask(
            f"where {table.name} has them",
            f"select count(*){place and f', {place}'} from {table.name} where {where} group by all",
        )
        if table.beside and table.name in session.merged:
            # What these rows took the place of would be seen again, were they alone to go.
            key = ", ".join(table.beside.key)
            found += session.ask(
                f"where {table.name} hides others",
                f"""select 0, {place} from {laid_view(session, table)}
                    where ({key}) in (select ({key}) from {table.name} where {where})
                    group by all""",
            )
        rows: dict[tuple[str | int, ...], int] = {}
        for count, *lie in found:
            rows[tuple(lie)] = rows.get(tuple(lie), 0) + count
        files = []
        for values in rows:
            at = dict(zip(table.partitions, values, strict=True))
            here = " and ".join(f"{name(c)} = {literal(v)}" for c, v in at.items()) or "true"
            rest = f"select * from {table.name} where {here} and ({where}) is not true"
            files.append(self.lay(table, session, f"{table.name} without them", rest, at=at))
        at_all = {
            column: {values[nth] for values in rows} for nth, column in enumerate(table.partitions)
        }
        kept = tuple(file for file in files if file)
        return Anew(self, table, kept, at_all, sum(rows.values()))

    def note(self, table: Table, stamp: Mapping[str, str]) -> None:
        """Note something with a commit that changes no row."""
        delta = self.lake._delta(table)
        if delta is not None:
            delta.create_write_transaction(
                [],
                mode="append",
                schema=delta.schema(),
                partition_by=list(table.partitions),
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
        if delta is None or not self.lake.is_scattered(table):
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
        # Told by their names, which are random. What a killed run left goes too, though no version
        # ever named it: nobody else is writing now.
        kept = {Path(file).name for file in delta.file_uris()}
        folder = self.lake.folder / table.name
        gone = [
            Path(place) / file
            for place, _, files in os.walk(folder)
            if not Path(place).relative_to(folder).as_posix().startswith("_delta_log")
            for file in files
            if file not in kept
        ]
        for file in gone:
            file.unlink()
        return len(gone)

    def _stream(self, table: Table, session: Session, step: str, sql: str) -> Any:
        typed = ", ".join(
            f"cast({name(c.name)} as {c.type}) as {name(c.name)}" for c in table.columns
        )
        return session.stream(step, f"select {typed} from ({sql})")

    def _properties(self, table: Table, stamp: Mapping[str, str]) -> CommitProperties:
        was = self.lake.stamp(table)
        noted = {**was, **stamp, _CONTENT: str(int(was.get(_CONTENT, -1)) + 1)}
        return CommitProperties(custom_metadata={f"our.{k}": v for k, v in noted.items()})


@dataclass(frozen=True, slots=True)
class Anew:
    """Partitions of a table without some of their rows: laid, and not yet put in their place."""

    _writer: Writer
    table: Table
    _files: tuple[laid.File, ...]
    _at: Mapping[str, Collection[str | int]]
    rows: int
    """How many it leaves out."""

    @property
    def lake(self) -> Lake:
        """The lake it is laid in."""
        return self._writer.lake

    def put(self, *, stamp: Mapping[str, str] = {}) -> None:
        """Put it in the place of what was there; where no row was left out all stays as it is."""
        if self.rows:
            self._writer.put(self.table, self._files, at=self._at, stamp=stamp)


def _configuration(table: Table) -> dict[str, str | None]:
    """
    Keep texts out of the table's log.

    Delta notes the least and greatest value of each column of each file; of texts those would be
    somebody's address, and the log outlives the file.
    """
    columns = [c.name for c in table.columns if c.type in _PLAIN and c.name not in table.partitions]
    return {"delta.dataSkippingStatsColumns": ",".join(columns)}
