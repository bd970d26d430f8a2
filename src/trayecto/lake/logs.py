"""
What the log of a table says of its present version, read once for as long as nobody writes.

Opening a log costs milliseconds, and a page asks a dozen of them: which files, which columns, what
the last writer noted. Each commit is a file of its own in the log, so the newest one's name and
time tell whether anything has changed.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from deltalake import DeltaTable

State = tuple[str, int] | None
"""The newest commit of a log and when it was written; None where nobody has written yet."""

_LATEST = 5
_MOST = 500
"""Logs that are remembered: a workspace has thirteen."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a log says of the present version of its table."""

    files: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    partitions: tuple[str, ...] = ()
    note: Mapping[str, str] | None = None
    """What writers noted with their commits; None where nobody has written yet."""


def state(folder: Path) -> State:
    """Return what changes with every commit to the table in *folder*."""
    try:
        with os.scandir(folder / "_delta_log") as found:
            commits = [file for file in found if file.name.endswith(".json")]
            newest = max(commits, key=lambda file: file.name, default=None)
            return (newest.name, newest.stat().st_mtime_ns) if newest else None
    except FileNotFoundError:
        return None


def opened(folder: Path) -> DeltaTable | None:
    """Return the table in *folder*, for a writer; None where nobody has written yet."""
    return DeltaTable(folder) if DeltaTable.is_deltatable(str(folder)) else None


def told(folder: Path) -> Told:
    """Return what the log of the table in *folder* says now."""
    # Asked before the log is read: what is written in between is then read once more.
    now = state(folder)
    with _lock:
        held = _read.get(folder)
    if held is not None and held[0] == now:
        return held[1]
    delta = opened(folder)
    found = _told(delta, folder) if delta is not None else Told()
    with _lock:
        _read[folder] = now, found
        _read.move_to_end(folder)
        while len(_read) > _MOST:
            _read.popitem(last=False)
    return found


def _told(delta: DeltaTable, folder: Path) -> Told:
    # The folder is told as in an address, where a space is %20; what lies in it as on the disk.
    root = delta.table_uri.removeprefix("file://").rstrip("/") + "/"
    return Told(
        tuple(sorted(f"{folder}/{file.removeprefix(root)}" for file in delta.file_uris())),
        frozenset(column.name for column in delta.schema().fields),
        tuple(delta.metadata().partition_columns),
        _note(delta),
    )


def _note(delta: DeltaTable) -> dict[str, str]:
    # Tidying writes commits of its own; the last note of ours is still the one that counts.
    for most in (_LATEST, None):
        for commit in delta.history(most):
            note = {key[4:]: str(value) for key, value in commit.items() if key.startswith("our.")}
            if note:
                return note
    return {}


_read: OrderedDict[Path, tuple[State, Told]] = OrderedDict()
_lock = Lock()
