"""
Long work in processes of its own: it shows how far it is, and can be stopped at any moment.

A job runs the command line, so it does exactly what a person would do in a terminal. An import may
be interrupted and repeated without harm, so stopping one is ending its process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from secrets import token_urlsafe
from shutil import rmtree
from signal import SIGINT
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal

from trayecto.vocabulary.text import Language

Kind = Literal["import", "replay", "nodes"]
State = Literal["running", "done", "failed", "stopped"]
_MOST_KEPT = 200
# Stopping is a Ctrl-C, also where the server itself was started to ignore one.
_RUN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from trayecto.cli import main; sys.argv[0] = 'trayecto'; main()"
)
_MARK = " · "
"""What follows it in a line of progress is only true for a moment."""
_GRACE_S = 10.0
"""How long stopped work may take to put its things away, before it is ended."""


@dataclass(slots=True)
class Job:
    """
    One piece of long work.

    *line* is the last thing it said, *steps* what it did and when each began, *said* what it said
    beside, *result* what it printed.
    """

    id: str
    owner: int
    process: subprocess.Popen[str]
    kind: Kind = "import"
    line: str = ""
    steps: list[tuple[str, float]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    result: Any = None
    state: State = "running"
    folder: Path | None = None
    """Where the file lies that it is about; it goes when the work is done."""
    looks_at: Path | None = None
    """Where a file lies that it only looks at."""
    source: str = ""
    """Whose rows it tries again."""
    began: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return round(monotonic() - self.began)

    def done(self) -> list[tuple[str, int]]:
        """Return the steps that are behind it, each with its seconds."""
        return [(step, round(then - began)) for (step, began), (_, then) in pairwise(self.steps)]

    def seen(self) -> Job:
        """Return the job as it stands now: one that is shown as done has its result with it."""
        state = self.state  # before the rest is read, for the result is there before it says so
        return replace(self, state=state)

    def of_one_file(self) -> Any:
        """Return what it printed of the one file that it was given."""
        told = self.result
        if isinstance(told, dict) and isinstance(told.get("files"), list):
            told = told["files"]
        return told[0] if isinstance(told, list) and told else told

    def stop(self) -> None:
        """End the work; what it had finished stays, and it puts away what it had not."""
        if self.state == "running":
            self.state = "stopped"
            self.process.send_signal(SIGINT)
            Thread(target=self._end, daemon=True).start()

    def _end(self) -> None:
        for end in (self.process.terminate, self.process.kill):
            try:
                self.process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                end()


_jobs: dict[str, Job] = {}
_lock = Lock()


def start(
    command: Sequence[str | Path],
    *,
    owner: int,
    language: Language,
    workspace: Path,
    kind: Kind = "import",
    folder: Path | None = None,
    looks_at: Path | None = None,
    source: str = "",
) -> Job:
    """Start a command of ours with JSON as its answer, and return the job."""
    words = [str(word) for word in command]
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-c", _RUN, *words, "--json", "-w", str(workspace), "-l", language],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        env={**os.environ, "TRAYECTO_WATCHED": "1"},
    )
    job = Job(
        token_urlsafe(12), owner, process, kind, folder=folder, looks_at=looks_at, source=source
    )  # fmt: skip
    with _lock:
        _jobs[job.id] = job
        for old in [key for key, held in _jobs.items() if held.state != "running"][:-_MOST_KEPT]:
            del _jobs[old]
    Thread(target=_listen, args=(job,), daemon=True).start()
    Thread(target=_collect, args=(job,), daemon=True).start()
    return job


def find(id: str, *, owner: int) -> Job | None:
    """Return a person's own job."""
    job = _jobs.get(id)
    return job if job is not None and job.owner == owner else None


def running(folder: Path, *, owner: int) -> Job | None:
    """Return a person's own work on the file in *folder* that still goes on."""
    with _lock:
        held = list(_jobs.values())
    return next(
        (j for j in held if j.owner == owner and j.folder == folder and j.state == "running"), None
    )


def looked(folder: Path, *, owner: int) -> Job | None:
    """Return the last look that a person took at the file in *folder*, when it came to its end."""
    with _lock:
        held = list(_jobs.values())
    ended = (j for j in reversed(held) if j.looks_at == folder and j.owner == owner)
    return next((j for j in ended if j.state == "done"), None)


def _listen(job: Job) -> None:
    """Keep what the work says while it goes on."""
    for line in job.process.stderr or ():
        job.line = line.strip().removeprefix("… ")
        if line.startswith("… "):
            step = job.line.partition(_MARK)[0]
            if not job.steps or job.steps[-1][0] != step:
                job.steps = [*job.steps, (step, monotonic())][-50:]
        else:
            job.said = [*job.said, job.line][-50:]


def _collect(job: Job) -> None:
    """Wait for the end, and keep the answer."""
    printed = (job.process.stdout or sys.stdin).read()
    code = job.process.wait()
    try:
        job.result = json.loads(printed) if printed.strip() else None
    except ValueError:
        job.result = None
    if job.state == "running":
        if code == 0 and job.folder is not None:
            rmtree(job.folder, ignore_errors=True)
        job.state = "done" if code == 0 else "failed"
