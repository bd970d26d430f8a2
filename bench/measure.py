"""
Time measuring a map beside a plain scan of the steps it rests on.

    python bench/measure.py [ROWS] [--cuts] [--graph] [--plain]      (default 10,000,000)

The map declares whatever a map can: personas with rules, two votes, promised waits, a way out,
touchpoints nobody drew, repeats. --plain takes the bare map of `bench/thread.py`; --cuts measures
by channel and month too; --graph counts the whole node graph as well, which a report tells.

Uses the workspace that `bench/thread.py` left in bench/out, or makes it. The first measure also
writes the table `journeys`; the second finds it written. Prints the steps of SQL that take longest,
each with the time of the processors (all cores together), which a busy machine changes less.
Alignment runs beside counting: what both do at the same time stands in both their lines.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from generate import generate
from thread import a_map, plain, seconds
from trayecto import flow, measuring
from trayecto.contrast import deviations, findings, moments, votes
from trayecto.improve import pains
from trayecto.journeys import behaviour, fates, graph, trail, walk, ways
from trayecto.lake.duck import Session
from trayecto.lake.tables import STEPS
from trayecto.workspace import Workspace

OUT = Path(__file__).parent / "out"
SHOWN = 12
PARTS = (
    ("laying the journeys", trail, "lay"),
    ("passing places and stages", walk, "visits"),
    ("times", walk, "spreads"),
    ("waits", walk, "plain_spreads"),
    ("voices", walk, "voices"),
    ("strains", walk, "strains"),
    ("laying and grouping", walk, "lay"),
    ("counting", walk, "count"),
    ("keeping the journeys", measuring, "_keep_journeys"),
    ("ways", ways, "lived"),
    ("alignment", deviations, "deviations"),
    ("graph", graph, "graph"),
    ("fates", fates, "count"),
    ("personas", behaviour, "behaviour"),
    ("votes", votes, "count"),
    ("moments", moments, "find"),
    ("pains", pains, "rank"),
    ("findings", findings, "find"),
)


def full_map() -> str:
    """Return a map over the generated touchpoints that has everything to be measured."""
    undrawn, speaks, optional, repeats = {7, 13, 18}, {6, 12}, {3, 8, 17}, {5, 11}
    promised = {4: "12 h", 9: "1 day", 14: "1 day", 20: "12 h", 24: "2 days"}
    votes = {10: "7 days", 16: "10 days"}
    lines = [
        "map: bench", "title: Bench",
        "protagonist: {id: keen, name: Keen, prefers: [app], "
        "rule: [{property: interactions, at_least: 30}]}",
        "personas:", "  - {id: phone, name: Phone, "
        "rule: [{property: channel, is: [phone, store]}]}",
        "journeys:", "  per: person", "  starts: [t00, t01, t02]", "  completes: [t24]",
        "  leaves: [t19]", "  silence: 30 days", "stages:",
    ]  # fmt: skip
    for place in range(25):
        if place % 5 == 0:
            lines += [f"  - id: s{place // 5}", f"    name: Stage {place // 5}",
                      "    target: 3 days", "    touchpoints:"]  # fmt: skip
        if place in undrawn:
            continue
        lines += [f"      - id: t{place:02d}", f"        name: Touchpoint {place}",
                  "        channel: web", f"        nodes: [touchpoint_{place:02d}]"]  # fmt: skip
        lines += [f"        within: {promised[place]}"] if place in promised else []
        lines += ["        kind: communication", "        initiates: company"] * (place in speaks)
        lines += ["        optional: true"] * (place in optional)
        lines += ["        repeats: true"] * (place in repeats)
        if place in votes:
            lines += ["        vote:", "          stays: Goes on", "          leaves: Gives up",
                      f"          within: {votes[place]}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def workspace_of(rows: int) -> Workspace:
    """Return the workspace with so many interactions, made if it is not there."""
    folder = OUT / "workspace"
    if (folder / "trayecto.yaml").exists():
        return flow.open_(folder)
    OUT.mkdir(exist_ok=True)
    source = OUT / f"{rows}.parquet"
    if not source.exists():
        generate(rows, source)
    workspace = flow.create(folder, language="en")
    flow.import_files(workspace, [source], source="bench")
    return workspace


def watched() -> list[tuple[float, float, str]]:
    """Note of each SQL step from now on: processor seconds, seconds by the clock, its name."""
    taken: list[tuple[float, float, str]] = []
    ask = Session._execute

    def timed(self: Session, step: str, *rest: object) -> object:
        began, worked = time.perf_counter(), time.process_time()
        found = ask(self, step, *rest)  # type: ignore[arg-type]
        taken.append((time.process_time() - worked, time.perf_counter() - began, step))
        return found

    Session._execute = timed  # type: ignore[assignment,method-assign]
    return taken


def parts() -> dict[str, list[float]]:
    """Note of each part of measuring from now on: processor seconds, and seconds by the clock."""
    taken: dict[str, list[float]] = {}
    for name, module, function in PARTS:
        work = getattr(module, function)

        def timed(*given: Any, _work: Any = work, _name: str = name, **named: Any) -> Any:
            began, worked = time.perf_counter(), time.process_time()
            found = _work(*given, **named)
            own = taken.setdefault(_name, [0.0, 0.0])
            own[0] += time.process_time() - worked
            own[1] += time.perf_counter() - began
            return found

        setattr(module, function, timed)
    return taken


def main(rows: int, *, cuts: bool, graph: bool, notation: str) -> None:
    """Measure twice, and scan."""
    workspace = workspace_of(rows)
    flow.be_fresh(workspace)
    drawn = OUT / "measured.yaml"
    drawn.write_text(notation, "utf-8")
    files = [str(file) for file in workspace.lake.files(STEPS)]
    columns = ("subject", "position", "occurred_at", "touchpoint", "channel", "gap_us")
    scan = seconds(
        lambda: plain(
            f"select {', '.join(f'max({c})' for c in columns)} "
            f"from read_parquet({files}, hive_partitioning = true) where per = 'person'"
        ),
        times=3,
    )
    print(f"plain scan of the steps: {scan:.2f} s")
    taken, told = watched(), parts()
    for which in ("first", "again"):
        taken.clear()
        told.clear()
        began, worked = time.perf_counter(), time.process_time()
        measuring.measure(workspace, drawn, cuts=cuts, graph=graph)
        clock, cores = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"map measured, {which}: {clock:.2f} s ({cores:.2f} s of processors), "
              f"{clock / scan:.0f}× the scan, peak {peak:.2f} GB, "
              f"load average {os.getloadavg()[0]:.1f}")  # fmt: skip
        for name, (own, seen) in told.items():
            print(f"   {own:6.2f} s of processors {seen:6.2f} s  {name}")
        print("  of the SQL, the longest:")
        for own, seen, step in sorted(taken, reverse=True)[:SHOWN]:
            print(f"   {own:6.2f} s of processors {seen:6.2f} s  {step}")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(
        int(given[0]) if given else 10_000_000,
        cuts="--cuts" in sys.argv,
        graph="--graph" in sys.argv,
        notation=a_map() if "--plain" in sys.argv else full_map(),
    )
