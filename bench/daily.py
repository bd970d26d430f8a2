"""
Time a day's facts coming into a large lake, until every question sees them.

    python bench/daily.py WORKSPACE ROWS.parquet [NEW] [--late]     (default 100,000 new rows)

WORKSPACE holds ROWS imported (bench/thread.py makes both); it is left as it is: the work is done in
a copy made of links. The new rows are of the same people, in the days after the others; with
--late they are strewn over the days of the others, so that steps there are have to be read. Each
line: what, the time on the wall, that of the processors (a busy machine disturbs it less), and the
peak memory so far. Beside them the limit: one plain scan of the sequence (see bench/questions.py).
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
from itertools import pairwise
from pathlib import Path

import duckdb

from questions import means, medians, scan_of
from trayecto import flow
from trayecto.vocabulary.text import Text

OUT = Path(__file__).parent / "out"


def row(what: str, wall: float, cpu: float) -> None:
    """Print one line of the table."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{what:<44}{wall:9.2f}{cpu:9.2f}  {peak:5.2f} GB", flush=True)


def a_day(rows: Path, target: Path, new: int, *, late: bool = False) -> None:
    """Write *new* rows like those of *rows*, a hundred days after them; *late*, half an hour."""
    after = "30 minute" if late else "100 day"
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        connection.execute(
            f"""copy (select * replace ('new ' || event_id as event_id,
                                        timestamp + interval {after} as timestamp)
                      from '{rows}' where timestamp between '2026-01-01' and '2026-12-31'
                      using sample {new} rows (reservoir, 7))
                to '{target}' (format parquet)"""
        )


def main(folder: Path, rows: Path, new: int, *, late: bool) -> None:
    """Import, and ask before and after."""
    copy, day = OUT / "daily", OUT / "daily.parquet"
    shutil.rmtree(copy, ignore_errors=True)
    # What a lake has written it never changes: links are a copy.
    shutil.copytree(folder, copy, copy_function=os.link)
    a_day(rows, day, new, late=late)
    workspace, everybody = flow.open_(copy), flow.Scope()
    questions = {
        "graph, counts and means": lambda: means(workspace),
        "graph with medians": lambda: flow.graph(workspace, everybody),
        "variants": lambda: flow.variants(workspace, everybody, at_most=20),
    }
    scan = scan_of(workspace, "subject occurred_at touchpoint previous gap_us")
    print(f"{new:,} new rows{'':<33}{'wall s':>9}{'cpu s':>9}   peak so far")
    (limit,) = medians(scan, times=3)
    row("limit: a plain scan of the sequence", limit.wall, limit.cpu)
    for name, ask in questions.items():
        (taken,) = medians(ask, times=3)
        row(f"before: {name}", taken.wall, taken.cpu)
    stages: list[tuple[str, float, float]] = []

    def tell(text: Text) -> None:
        name = text.en.partition(" · ")[0]
        if not stages or stages[-1][0] != name:
            stages.append((name, time.perf_counter(), time.process_time()))

    flow.import_files(workspace, [day], source="bench", tell=tell)
    tell(Text(en="end", es="fin"))
    for (name, wall, cpu), (_, until, cpu_until) in pairwise(stages):
        row(f"import: {name}", until - wall, cpu_until - cpu)
    first, last = stages[0], stages[-1]
    row("import, in all: seen by every question", last[1] - first[1], last[2] - first[2])
    for name, ask in questions.items():
        (taken,) = medians(ask, times=3)
        row(f"after: {name}", taken.wall, taken.cpu)
    with workspace.lake.session() as session:
        (beside, steps) = session.one(
            "steps beside", "select count(*) filter (bucket = -1), count(*) from steps"
        )
    print(f"{beside:,} of {steps:,} steps lie beside the others")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--late"]
    many = int(given[2]) if len(given) > 2 else 100_000
    main(Path(given[0]), Path(given[1]), many, late="--late" in sys.argv)
