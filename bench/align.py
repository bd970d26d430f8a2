"""
Time the alignment of every journey of a map, beside the plain scan and pm4py on a sample.

    python bench/align.py [WORKSPACE] [MAP] [--peer PYTHON]

WORKSPACE and MAP are those that bench/thread.py makes in bench/out (10 M interactions, 25
touchpoints, all drawn: hardly two journeys are alike, so it is the worst there can be). Prints the
distinct ways, the seconds of each part (elapsed, and of the processor: a shared machine is now
quick and now slow), the microseconds per way, and the peak memory. Times are medians of three.
--peer runs pm4py with that interpreter, of a virtual environment of its own, on the first 500 ways
of at most 15 steps: its times are per way, for one may not wait for all.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from trayecto import flow
from trayecto.contrast import bind, deviations
from trayecto.contrast import measure as measures
from trayecto.contrast.align import Paths, align, paths_of
from trayecto.contrast.plan import Plan, plan_of
from trayecto.journeys.scope import Scope
from trayecto.journeys.walk import lay, seen_nodes
from trayecto.journeys.ways import Ways, names_of, unplanned, ways

OUT = Path(__file__).parent / "out"
SAMPLE, LONGEST = 500, 15
PEER = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from alignments import net
from pm4py.algo.conformance.alignments.petri_net import algorithm
from pm4py.objects.log.obj import Event, EventLog, Trace
given = json.load(sys.stdin)
log = EventLog([Trace([Event({"concept:name": str(n)}) for n in path]) for path in given["paths"]])
found = net(given["moves"])
start = time.perf_counter()
aligned = algorithm.apply(log, *found, parameters={"show_progress_bar": False})
spent = time.perf_counter() - start
print(json.dumps({"seconds": spent, "cost": [one["cost"] // 10_000 for one in aligned]}))
"""


def timed(what: str, work: Callable[[], object], *, times: int = 3, per: int = 0) -> None:
    """Print the median seconds of *work*, elapsed and of the processor."""
    elapsed, busy = [], []
    for _ in range(times):
        start, cpu = time.perf_counter(), time.process_time()
        work()
        elapsed.append(time.perf_counter() - start)
        busy.append(time.process_time() - cpu)
    each = f"{median(busy) / per * 1e6:9.2f} µs/way" if per else " " * 16
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{what:<44}{median(elapsed):8.2f} s {median(busy):8.2f} s cpu {each}  {peak:5.2f} GB",
          flush=True)  # fmt: skip


def beside_pm4py(python: str, plan: Plan, taken: Ways) -> None:
    """Align a sample with both, to the end of the plan, and compare every cost."""
    chosen = [w for w in range(min(len(taken), 50_000)) if 0 < len(taken.path(w)) <= LONGEST]
    paths = [taken.path(way) for way in chosen[:SAMPLE]]
    last = plan.states
    moves = [f"{m.source} {m.target}" if m.place is None else f"{m.source} {m.place} {m.target}"
             for m in plan.moves]  # fmt: skip
    given = {"paths": paths, "moves": ", ".join([*moves, *(f"{e} {last}" for e in plan.ends)])}
    tests = str(Path(__file__).parents[1] / "tests")
    told = subprocess.run(
        [python, "-c", PEER, tests], input=json.dumps(given), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    peer = json.loads(told.stdout.splitlines()[-1])
    start = time.perf_counter()
    ours = align(plan, paths_of(paths, [True] * len(paths))).cost.tolist()
    spent = time.perf_counter() - start
    same = sum(a == b for a, b in zip(ours, peer["cost"], strict=True))
    print(f"pm4py, {len(paths)} ways of at most {LONGEST} steps: {peer['seconds']:.2f} s "
          f"({peer['seconds'] / len(paths) * 1e6:.0f} µs/way); ours {spent:.3f} s; "
          f"costs equal in {same} of {len(paths)}")  # fmt: skip


def main(workspace: Path, drawn: Path, peer: str | None) -> None:
    """Run it all once."""
    lake = flow.open_(workspace).lake
    journey_map = flow.sound_map(drawn)
    scope = Scope(journey_map.journeys.per, journey_map.journeys.sources)
    edges = measures.boundaries(journey_map)
    with lake.session() as session:
        binding = bind.bind(journey_map, seen_nodes(session))
        timed("plain scan of the columns", lambda: session.ask(
            "scan", f"select max(subject), max(position), max(touchpoint) from steps "
            f"where per = '{scope.per}'"))  # fmt: skip
        lay(session, scope, places=binding.places, stages=binding.stages, boundaries=edges)
        taken = ways(session, edges)
        many = len(taken)
        print(f"{len(taken.way):,} journeys, {many:,} distinct ways, {len(taken.steps):,} steps, "
              f"the longest of {int((taken.starts[1:] - taken.starts[:-1]).max()):,}")  # fmt: skip
        timed("distinct ways", lambda: ways(session, edges), per=many)
        timed("never planned", lambda: unplanned(session))
        missing, names = unplanned(session), names_of(session)
    plan = plan_of(journey_map)
    timed("alignment of all", lambda: align(plan, Paths(taken.steps, taken.starts, taken.over)),
          per=many)  # fmt: skip
    timed("alignment and every count", lambda: deviations.deviations(
        journey_map, taken, missing, names), per=many)  # fmt: skip
    if peer:
        beside_pm4py(peer, plan, taken)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path, nargs="?", default=OUT / "workspace")
    parser.add_argument("map", type=Path, nargs="?", default=OUT / "map.yaml")
    parser.add_argument("--peer")
    asked = parser.parse_args()
    main(asked.workspace, asked.map, asked.peer)
