"""
DuckDB over one snapshot of the lake.

A session sees every table as a view over the files of one version of it, so that it reads the
same facts however long it lives, while others write. SQL runs as named steps: a step that fails
says its name, its SQL and the engine's reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from math import isfinite
from pathlib import Path
from typing import Any

import duckdb
from numpy.typing import NDArray

from trayecto.lake.sql import literal, name
from trayecto.lake.tables import BESIDE, Table
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_PARQUET = "format parquet, parquet_version v2, compression"
"""How rows are written; those in order are not packed: what scans fastest for its size (0021)."""
_OWN = "create or replace temp "
"""How what each session has for itself is made."""
_ROWS_AT_ONCE = 200_000
"""Rows of Python handed to the engine in one go: those of a large ledger would fill the memory."""
_TOLD_ROWS = 20_000
"""Rows of a table that are told in the SQL behind a figure; no map or question has as many."""


class StepFailed(TrayectoError):
    """A named SQL step that the engine refused; holds the step, its SQL and the reason."""

    def __init__(self, step: str, sql: str, reason: str) -> None:
        self.step, self.sql, self.reason = step, sql, reason
        super().__init__(
            Problem(
                Text(
                    en=f"The step “{step}” failed: {reason}",
                    es=f"El paso «{step}» ha fallado: {reason}",
                ),
                Text(
                    en="This is a fault of ours; your data is as it was. Please report it.",
                    es="Es un fallo nuestro; tus datos siguen como estaban. Avísanos, por favor.",
                ),
            )
        )


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C come out by its own name: engine and table writer each wrap it in another."""
    try:
        yield
    except Exception as error:
        said = str(error).lower()
        # The last: Ctrl-C while the engine was loading a module of Python for itself.
        if (
            isinstance(error, duckdb.InterruptException)
            or "interrupted" in said
            or "keyboardinterrupt" in said
        ):
            raise KeyboardInterrupt from error
        raise


class Session:
    """Ask one snapshot of the lake; close it when done (it is a context manager)."""

    def __init__(self, *, memory: str, threads: int | None, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        config: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": str(scratch),
            # An uncapped spill can fill a disk.
            "max_temp_directory_size": "60GB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": True,
            # Files never change once they are written; a view of many looks into each otherwise.
            "parquet_metadata_cache": True,
        }
        if threads:
            config["threads"] = threads
        self._begin(duckdb.connect(config=config), ())

    def _begin(
        self, connection: duckdb.DuckDBPyConnection, steps: Sequence[tuple[str, str]]
    ) -> None:
        self._connection, self.steps = connection, list(steps)
        self.merged: set[str] = set()
        """Tables of which newer rows lie beside the others: seen as one, but in no order."""
        self._done: Callable[[], None] | None = None
        connection.execute("set timezone = 'UTC'")
        # Counted, never printed: `progress` tells it to whoever asks.
        connection.execute("set enable_progress_bar = true")
        connection.execute("set enable_progress_bar_print = false")

    def follow(self, done: Callable[[], None]) -> Session:
        """
        Return another session on this one's engine and views, with nothing else of its own.

        *done* is called once it is closed, unless it may have left the engine other than it was.
        """
        self._connection.execute("set enable_external_file_cache = true")
        then = Session.__new__(Session)
        then._begin(self._connection.cursor(), self.steps)
        then.merged = self.merged
        for _, sql in self.steps:
            if sql.startswith(_OWN):
                then._connection.execute(sql)

        def rest() -> None:
            # Frees what was read from files: memory for others, and nobody's data left over.
            self._connection.execute("set enable_external_file_cache = false")
            done()

        then._done = rest
        return then

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *failed: object) -> None:
        if any(failed):
            self._done = None
        self.close()

    def close(self) -> None:
        """End the session: what it made is gone."""
        self._connection.close()
        done, self._done = self._done, None
        if done is not None:
            done()

    @property
    def connection(self) -> Any:
        """Return the engine's own connection, for a library that brings SQL of its own."""
        self._done = None
        return self._connection

    def show(
        self,
        table: Table,
        files: Sequence[str],
        *,
        stored: Collection[str],
        partitions: Sequence[str],
    ) -> None:
        """
        Make *table* visible as a view over *files*; an empty table when there are none.

        Columns that are not *stored* are unknown: an older program did not write them. It may also
        have laid the files in other *partitions*. Where newer rows lie beside the others, all are
        seen as one. What was shown of it before is shown no more.
        """
        self._hide(table)
        newer = [file for file in files if f"/bucket={BESIDE}/" in file] if table.beside else []
        if not newer or table.beside is None:
            self._view(table, table.name, files, stored, partitions)
            return
        self.merged.add(table.name)
        laid, beside = laid_view(self, table), beside_view(table)
        self._view(table, laid, sorted({*files} - {*newer}), stored, partitions)
        self._view(table, beside, newer, stored, partitions)
        same = [f"b.{column} = l.{column}" for column in table.beside.key]
        columns = [*table.beside.key]
        if table.beside.since:
            same.append(f"l.{table.beside.since} >= b.since")
            columns.append(f"min({table.beside.since}) as since")
        self.run(
            f"view of {table.name}",
            f"""create view {table.name} as
select l.* from {laid} l
anti join (select {", ".join(columns)} from {beside} group by all) b on {" and ".join(same)}
union all
select * from {beside} where not ({table.beside.gone})""",
        )

    def _hide(self, table: Table) -> None:
        views = {laid_view(self, table), table.name, beside_view(table)}
        for view in views:
            self._connection.execute(f"drop view if exists {view}")
        self.forget({f"view of {view}" for view in views})
        self.merged.discard(table.name)

    def _view(
        self,
        table: Table,
        called: str,
        files: Sequence[str],
        stored: Collection[str],
        partitions: Sequence[str],
    ) -> None:
        known = stored if files else ()
        typed = ",\n  ".join(
            f"cast({name(c.name) if c.name in known else 'null'} as {c.type}) as {name(c.name)}"
            for c in table.columns
        )
        if files:
            listed = "[\n  " + ",\n  ".join(literal(file) for file in files) + "]"
            hive = "{" + ", ".join(f"{p}: {_hive_type(table, p)}" for p in partitions) + "}"
            options = f", hive_partitioning = true, hive_types = {hive}" if partitions else ""
            source = f"read_parquet({listed}, union_by_name = true{options})"
        else:
            source = "(select 1 limit 0)"
        self.run(
            f"view of {called}",
            f"create view {called} as select\n  {typed}\nfrom {source}",
        )

    def forget(self, steps: Collection[str]) -> None:
        """Take steps of these names out of the record: others stand in their place."""
        self.steps = [one for one in self.steps if one[0] not in steps]

    def run(self, step: str, sql: str) -> None:
        """Run a step that gives nothing back: a view, a temporary table."""
        self._execute(step, sql)

    def ask(self, step: str, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a step."""
        with stoppable():
            return self._execute(step, sql).fetchall()

    def one(self, step: str, sql: str) -> tuple[Any, ...]:
        """Return the only row of a step."""
        return self.ask(step, sql)[0]

    def arrays(self, step: str, sql: str) -> dict[str, Any]:
        """Return each column of a step as a numpy array: for what is too long for Python rows."""
        with stoppable():
            return self._execute(step, sql).fetchnumpy()

    def batches(self, step: str, sql: str, size: int) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a step a few at a time, for what is too long to hold."""
        found = self._execute(step, sql)
        while rows := self._some(found, size):
            yield from rows

    def progress(self) -> float | None:
        """Return how far the running step is, from 0 to 1; None when that is not known."""
        share = self._connection.query_progress()
        return share / 100 if 0 < share <= 100 else None

    def columns(self, sql: str) -> list[tuple[str, str]]:
        """Return name and type of each column that *sql* gives."""
        described = self.ask("describe", f"describe {sql}")
        return [(str(row[0]), str(row[1])) for row in described]

    def load(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """Make a temporary table of Python rows: bounded values, never interactions."""
        self.run(f"make {table}", f"create or replace temp table {table} ({columns})")
        left = iter(rows)
        # Columns as lists unnested in one statement: thousands of times faster than row by row.
        for nth in count():
            kept = list(islice(left, _ROWS_AT_ONCE))
            if not kept:
                return
            lists = {f"c{i}": [row[i] for row in kept] for i in range(len(kept[0]))}
            picked = ", ".join(f"unnest(${one})" for one in lists)
            self._execute(f"fill {table}", f"insert into {table} select {picked}", lists)
            if nth == 0 and len(kept) <= _TOLD_ROWS:
                told = f"insert into {table} values\n{_values(kept)}"
                self.steps[-1] = (f"fill {table}", told)

    def load_arrays(self, table: str, columns: str, **values: NDArray[Any]) -> None:
        """Make a temporary table of numpy arrays, one a column, for what is too long for `load`."""
        self.run(f"make {table}", f"create or replace temp table {table} ({columns})")
        self._connection.register("given", values)
        try:
            self.run(f"fill {table}", f"insert into {table} by name from given")
        finally:
            self._connection.unregister("given")

    def write(self, step: str, sql: str, file: Path, *, packed: bool) -> int:
        """Write the rows of a step to a Parquet file, in their order; return how many."""
        how = f"{_PARQUET} {'snappy' if packed else 'uncompressed'}"
        target = f"copy ({sql}) to {literal(str(file))} ({how})"
        return int(self.one(step, target)[0])

    def stream(self, step: str, sql: str) -> Any:
        """Return a lazy Arrow stream of a step, for the table writer."""
        self.steps.append((step, sql))
        return self._connection.sql(sql)

    @staticmethod
    def _some(found: duckdb.DuckDBPyConnection, size: int) -> list[tuple[Any, ...]]:
        with stoppable():
            return found.fetchmany(size)

    def _execute(
        self, step: str, sql: str, values: dict[str, list[Any]] | None = None
    ) -> duckdb.DuckDBPyConnection:
        self.steps.append((step, sql))
        try:
            with stoppable():
                return (
                    self._connection.execute(sql, values)
                    if values
                    else self._connection.execute(sql)
                )
        except duckdb.Error as error:
            raise StepFailed(step, sql, str(error)) from error


def laid_view(session: Session, table: Table) -> str:
    """Return the name of the rows of *table* without those beside them, hidden ones too."""
    return f"{table.name}_laid" if table.name in session.merged else table.name


def beside_view(table: Table) -> str:
    """Return the name of the rows that lie beside a merged *table*."""
    return f"{table.name}_beside"


def _values(rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as a person runs them by hand, numbers with all their digits."""
    return ",\n".join("(" + ", ".join(map(_value, row)) + ")" for row in rows)


def _value(value: Any) -> str:
    if isinstance(value, float):
        # Without an exponent the engine reads a decimal, and rounds it once more.
        told = repr(float(value))
        return told if "e" in told else f"{told}e0" if isfinite(value) else f"'{told}'::double"
    return literal(value)


def _hive_type(table: Table, partition: str) -> str:
    return next(column.type for column in table.columns if column.name == partition)
