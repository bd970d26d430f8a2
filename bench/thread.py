"""
Time the thread from a file to a measured map, beside plain DuckDB doing the least possible.

    python bench/thread.py [ROWS]      (make bench; default 10,000,000)

The rows are as dirty as exports are (`generate.py`), and what became of them must add up to what
was drawn. Each line: what, our time, the limit's time (a plain scan, or a plain read and write, of
the same columns, in a process of its own), their ratio, and the peak memory of this process so far.
Times of questions are medians of three. Everything is made in bench/out and may be deleted.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median

from generate import TOUCHPOINTS, truth
from trayecto import flow, measuring
from trayecto.collect.clean import Cleaned
from trayecto.lake.tables import INTERACTIONS, STEPS

OUT = Path(__file__).parent / "out"


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """Return the median time of *work*."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def row(what: str, ours: float, limit: float | None = None) -> None:
    """Print one line of the table."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    beside = f"{limit:9.2f} {ours / limit:7.1f}×" if limit else " " * 18
    print(f"{what:<44}{ours:9.2f} {beside}  {peak:5.2f} GB", flush=True)


PLAIN = """
import duckdb, sys, time
from statistics import median
with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
    connection.execute("set enable_progress_bar = false")
    taken = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        connection.execute(sys.argv[1]).fetchall()
        taken.append(time.perf_counter() - start)
    print(median(taken))
"""


def plain(sql: str, *, times: int = 1) -> float:
    """Return how long DuckDB alone takes for *sql*; its memory is not counted as ours."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, sql, str(times)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def reconcile(cleaned: Cleaned, rows: int) -> None:
    """Print what became of the rows; stop when it is not what was drawn."""
    true = truth(rows)
    counted = (cleaned.read, cleaned.kept, cleaned.duplicates, cleaned.rejected, cleaned.flagged)
    print("{:,} read = {:,} kept + {:,} duplicates + {:,} rejected; {:,} flagged".format(*counted))
    if counted != (true.read, true.kept, true.duplicates, true.rejected, true.flagged):
        sys.exit(f"that is not what was drawn: {true}")


def a_map(stages: int = 5) -> str:
    """Return a map over the generated touchpoints: five a stage, the last one completes."""
    lines = [
        "map: bench", "title: Bench", "journeys:", "  per: person", "  starts: [t00, t01, t02]",
        f"  completes: [t{TOUCHPOINTS - 1}]", "  silence: 30 days", "stages:",
    ]  # fmt: skip
    for stage in range(stages):
        lines += [f"  - id: s{stage}", f"    name: Stage {stage}", "    target: 3 days",
                  "    touchpoints:"]  # fmt: skip
        for place in range(stage * 5, stage * 5 + 5):
            lines += [
                f"      - id: t{place:02d}", f"        name: Touchpoint {place}",
                "        channel: web", f"        nodes: [touchpoint_{place:02d}]",
            ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main(rows: int) -> None:
    """Run it all once."""
    source = OUT / f"{rows}.parquet"
    OUT.mkdir(exist_ok=True)
    if not source.exists():
        generator = Path(__file__).with_name("generate.py")
        subprocess.run([sys.executable, generator, str(rows), source], check=True)
    folder = OUT / "workspace"
    shutil.rmtree(folder, ignore_errors=True)
    workspace = flow.create(folder, language="en")
    print(f"{rows:,} interactions{'':<25}{'ours s':>9} {'limit s':>9}   ratio  peak so far")
    copy = OUT / "copy.parquet"
    limit = plain(f"copy (from '{source}') to '{copy}' (format parquet)")
    began: dict[str, float] = {}
    tick(began, "")
    busy = time.process_time()
    row_of = {
        f"opening {source.name}": "import: open, look for broken accents",
        "reading and checking rows": "import: read, check, key",
        "adding to the lake": "import: into the lake",
        "matching node rules": "nodes",
        "joining people": "people (links, components)",
        "ordering steps": "steps (order once, store the sequence)",
    }
    (cleaned,) = flow.import_files(
        workspace, [source], source="bench", tell=lambda text: tick(began, text.en)
    )
    tick(began, "end")
    busy = time.process_time() - busy
    names = list(began)
    for name, following in pairwise(names[1:]):
        row(row_of.get(name, name), began[following] - began[name])
    row("file to steps, in all (limit: read and write)", began["end"] - began[names[1]], limit)
    # On a machine that others use too, this is the steadier figure.
    print(f"processor time of all threads {busy:.1f} s: {busy / 2:.1f} s on two cores of our own")
    reconcile(cleaned, rows)
    files = [str(file) for file in workspace.lake.files(STEPS)]
    columns = "touchpoint, previous, gap_us, subject"
    scan = plain(
        f"select {', '.join(f'max({c})' for c in columns.split(', '))} "
        f"from read_parquet({files}, hive_partitioning = true)",
        times=3,
    )
    everybody = flow.Scope()
    row("graph, with medians", seconds(lambda: flow.graph(workspace, everybody), times=3), scan)
    row("variants", seconds(lambda: flow.variants(workspace, everybody, at_most=20), times=3), scan)
    drawn = OUT / "map.yaml"
    drawn.write_text(a_map(), "utf-8")
    row("map measured", seconds(lambda: measuring.measure(workspace, drawn)), scan)
    stored = sum(Path(file).stat().st_size for file in workspace.lake.files(INTERACTIONS))
    print(f"lake: interactions {stored / 1e6:.0f} MB, steps "
          f"{sum(Path(file).stat().st_size for file in files) / 1e6:.0f} MB")  # fmt: skip


def tick(began: dict[str, float], name: str) -> None:
    """Note when a stage began."""
    # After the dot comes how far a stage is: that is no new stage.
    began.setdefault(name.partition(" · ")[0], time.perf_counter())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
