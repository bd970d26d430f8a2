"""
Files that the engine itself writes, row after row in the order asked for.

The Delta writer takes large inputs apart and lets the parts overtake each other, so that rows in
order come out in disorder. The engine keeps the order; the file it wrote is then named in a commit
of the table, and is part of it from that moment on. Until then no reader sees it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from deltalake import Field, Schema
from deltalake.schema import ArrayType, PrimitiveType, StructType
from deltalake.transaction import AddAction as File

from trayecto.lake.duck import Session
from trayecto.lake.sql import name
from trayecto.lake.tables import Table

_PLAIN = {
    "BIGINT": PrimitiveType("long"),
    "INTEGER": PrimitiveType("integer"),
    "DOUBLE": PrimitiveType("double"),
    "BOOLEAN": PrimitiveType("boolean"),
    "VARCHAR": PrimitiveType("string"),
    "TIMESTAMPTZ": PrimitiveType("timestamp"),
}
"""The type that Delta Lake has for each plain one of the engine's."""

__all__ = ["File", "lay", "schema"]


def lay(
    table: Table,
    session: Session,
    step: str,
    sql: str,
    *,
    folder: Path,
    at: Mapping[str, str | int],
) -> File | None:
    """Write the rows of *sql*, as they come, to one file of the partition *at*; None if none."""
    kept = [column for column in table.columns if column.name not in table.partitions]
    typed = ", ".join(f"cast({name(c.name)} as {c.type}) as {name(c.name)}" for c in kept)
    place = [f"{partition}={at[partition]}" for partition in table.partitions]
    file = folder.joinpath(*place, f"part-{uuid4()}.parquet")
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = session.write(step, f"select {typed} from ({sql})", file, packed=not table.in_order)
    if not rows:
        file.unlink()
        return None
    with file.open("rb") as written:
        os.fsync(written.fileno())
    about = file.stat()
    return File(
        path=file.relative_to(folder).as_posix(),
        size=about.st_size,
        partition_values={partition: str(at[partition]) for partition in table.partitions},
        modification_time=about.st_mtime_ns // 1_000_000,
        data_change=True,
        stats=json.dumps({"numRecords": rows}),
    )


def schema(table: Table) -> Schema:
    """Return the table's columns as Delta Lake writes them down."""
    return Schema([Field(c.name, _delta(c.type), nullable=True) for c in table.columns])


def _delta(type: str) -> PrimitiveType | ArrayType | StructType:
    """Return the type that Delta Lake has for one of the engine's."""
    if type.endswith("[]"):
        return ArrayType(_PLAIN[type.removesuffix("[]")], contains_null=True)
    if type.startswith("STRUCT("):
        fields = [part.split() for part in type[len("STRUCT(") : -1].split(",")]
        return StructType([Field(name, _PLAIN[plain], nullable=True) for name, plain in fields])
    return _PLAIN[type]
