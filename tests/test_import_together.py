"""Two imports and four readers at once: no error, and no reader ever sees half a file."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

from trayecto import flow
from trayecto.workspace import open_

ROWS, FILES = 300, 4


def _import(folder: str, files: list[str], source: str) -> None:
    for file in files:
        flow.import_files(open_(Path(folder)), [Path(file)], source=source)


def _read(folder: str, done: Event) -> None:
    workspace, seen = open_(Path(folder)), 0
    while True:
        # A breath between two looks, so that four readers leave the imports a processor.
        ended = done.wait(0.05)
        with workspace.lake.session() as session:
            sizes = session.ask("read", "select count(*) from interactions group by source, batch")
            (facts,) = session.one("again", "select count(*) from interactions")
        assert all(size == ROWS for (size,) in sizes), f"half a file: {sizes}"
        assert facts == ROWS * len(sizes), "one version was asked and two answered"
        assert facts >= seen, "facts went away"
        seen = facts
        if ended:
            break
    assert flow.graph(workspace, flow.Scope()).interactions == seen == 2 * FILES * ROWS


def _export(file: Path, who: str) -> str:
    lines = [
        f"2026-03-{1 + n % 28:02d} 10:{n % 60:02d}:00,{who}{n // 5},step {n % 5}"
        for n in range(ROWS)
    ]
    file.write_text("timestamp,user_id,event\n" + "\n".join(lines) + "\n")
    return str(file)


def test_two_imports_and_four_readers_at_once(tmp_path: Path) -> None:
    folder = str(flow.create(tmp_path / "workspace", language="en").folder)
    context = multiprocessing.get_context("spawn")
    done = context.Event()
    readers = [context.Process(target=_read, args=(folder, done)) for _ in range(4)]
    imports = [
        context.Process(
            target=_import,
            args=(
                folder,
                [_export(tmp_path / f"{source}{n}.csv", f"{source}{n}-") for n in range(FILES)],
                source,
            ),
        )
        for source in ("web", "calls")
    ]
    for process in (*readers, *imports):
        process.start()
    for process in imports:
        process.join()
    done.set()
    for process in readers:
        process.join()
    assert [process.exitcode for process in (*imports, *readers)] == [0] * 6
