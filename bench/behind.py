"""
Time the lists of people behind a map's figures: `python bench/behind.py [ROWS]`.

One list of each kind that `trayecto behind` knows, on the map and the workspace of
`bench/measure.py` (10,000,000 interactions by default), beside a plain scan of the steps. A list is
found by walking the map again, so none can be quicker than laying the journeys, which is told too.
"""

from __future__ import annotations

import os
import resource
import sys
import time

from measure import OUT, full_map, watched, workspace_of
from thread import plain, seconds
from trayecto import flow, whose
from trayecto.lake.tables import STEPS

KINDS = (
    ("", "completed", ""), ("s2", "reached", ""), ("s2", "left", ""), ("s2", "late", ""),
    ("t10", "reached", ""), ("t10", "onward", ""), ("t10", "repeated", ""), ("t10", "skipped", ""),
    ("t10", "out-of-order", ""), ("t09", "late", ""), ("t10", "felt-bad", ""),
    ("t10", "vote-leave", ""), ("t10", "vote-leave", "waited:long"), ("t10", "met-left", ""),
    ("t10", "met-back", ""), ("t10", "unmet-left", ""), ("touchpoint_13 [phone]", "reached", ""),
)  # fmt: skip
SHOWN = 3


def main(rows: int) -> None:
    """Ask for each list once, the first twice: it warms the files."""
    workspace = workspace_of(rows)
    flow.be_fresh(workspace)
    drawn = OUT / "measured.yaml"
    drawn.write_text(full_map(), "utf-8")
    files = [str(file) for file in workspace.lake.files(STEPS)]
    scan = seconds(
        lambda: plain(
            "select max(subject), max(position), max(occurred_at), max(touchpoint) "
            f"from read_parquet({files}, hive_partitioning = true) where per = 'person'"
        ),
        times=3,
    )
    print(f"plain scan of the steps: {scan:.2f} s")
    taken = watched()
    for place, that, group in (KINDS[0], *KINDS):
        taken.clear()
        began, worked = time.perf_counter(), time.process_time()
        found = whose.behind(workspace, drawn, place, that=that, group=group, at_most=50)
        clock, cores = time.perf_counter() - began, time.process_time() - worked
        print(f"{clock:6.2f} s ({cores:5.2f} s of processors)  {found.people:9,} people  "
              f"{place or 'the map'} {that} {group}")  # fmt: skip
        for own, seen, step in sorted(taken, reverse=True)[:SHOWN]:
            print(f"          {own:6.2f} s of processors {seen:6.2f} s  {step}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"peak {peak:.2f} GB, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
