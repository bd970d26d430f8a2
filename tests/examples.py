"""
Journeys in a notation a person can read, and a workspace that holds them.

    ana: ad > shop >2d ad > buy
    luz: ad >30min call[phone]

`>` is one hour later, `>2d` two days later; `[phone]` is the channel (else web). Everybody starts
on 1 March 2026 at noon UTC, unless `@5d` says five days later.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trayecto import flow
from trayecto.workspace import Workspace

DATA = Path(__file__).parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real logs (../shared/data) are not beside this checkout"
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}


def span(words: str) -> timedelta:
    """Return `2d` or `30min` as a time span; nothing is one hour."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(s|min|h|d)", words or "1h")
    assert found, f"not a time span: {words}"
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def lived(story: str) -> list[tuple[str, datetime, str, str]]:
    """Return (who, when, touchpoint, channel) of every step of a story, in its order."""
    rows = []
    for line in filter(str.strip, story.splitlines()):
        who, _, path = line.partition(":")
        name, _, later = who.strip().partition("@")
        at = NOON + (span(later) if later else timedelta())
        parts = re.split(r"\s*>(\S*)\s+", path.strip())
        for i, step in enumerate(parts[::2]):
            at += span(parts[2 * i - 1]) if i else timedelta()
            touchpoint, _, channel = step.rstrip("]").partition("[")
            rows.append((name.strip(), at, touchpoint, channel or "web"))
    return rows


def write_csv(file: Path, story: str) -> Path:
    """Write a story as the export of one system."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["timestamp", "user_id", "event", "channel"])
        writer.writerows(
            (at.isoformat(), who, what, where) for who, at, what, where in lived(story)
        )
    return file


def workspace_of(folder: Path, story: str, *, source: str = "web", buckets: int = 8) -> Workspace:
    """Return a workspace in which the story happened."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = flow.create(folder / "workspace", language="en", buckets=buckets)
    flow.import_files(workspace, [write_csv(folder / "story.csv", story)], source=source)
    return workspace
