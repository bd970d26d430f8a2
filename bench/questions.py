"""
Time every question on ordered steps beside the plain scan and DuckDB on the rows as they came.

    python bench/questions.py WORKSPACE ROWS.parquet [--peers PYTHON]

WORKSPACE holds ROWS imported (bench/thread.py makes both). Each line: the question; our time; that
of a plain scan of the columns it needs, and their ratio; the ratio to one scan of the sequence
(person, time, node, previous, gap), the same for all; the ratio of processor times, which a busy
machine disturbs least; the time of DuckDB written by hand on the unordered rows; and the peak
memory of the process so far. Times are medians of five; ours and the scans take turns, so that both
meet the machine as it is.

--peers runs pm4py with that interpreter, of a virtual environment of its own with pm4py and duckdb
inside.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import duckdb

from trayecto import flow
from trayecto.journeys.scope import chosen
from trayecto.lake.tables import PATHS, STEPS
from trayecto.workspace import Workspace

STEPS_OF_FUNNEL = [f"touchpoint_{i:02d}" for i in (3, 6, 9, 12, 15)]
A_WEEK = timedelta(days=7)
PATIENCE_S = 60
OUT = Path(__file__).parent / "out"
_WAY = "over (partition by user_id order by timestamp, event_id)"
_ROWS = f"(select *, lag(event) {_WAY} as previous, lag(timestamp) {_WAY} as at_before from rows)"

BY_HAND = {
    # Without the people at each edge, which ours counts: with them it runs for minutes.
    "graph with medians": f"""select previous, event, count(*),
        median(epoch_us(timestamp) - epoch_us(at_before)),
        quantile_cont(epoch_us(timestamp) - epoch_us(at_before), 0.9)
        from {_ROWS} group by all""",
    "variants": """select path, count(*) from (
        select list(event order by timestamp, event_id) as path from rows group by user_id)
        group by path order by 2 desc limit 20""",
    "step table": f"""select position, event, count(*) from (
        select event, row_number() {_WAY} as position from rows)
        where position <= 10 group by all""",
    "sessions": f"""select count(*), median(steps) from (
        select user_id, nth, count(*) as steps from (
          select user_id, sum(case when coalesce(timestamp - at_before > interval 30 minute, true)
                              then 1 else 0 end) {_WAY} as nth from {_ROWS}) group by all)""",
    "durations": f"""select median(epoch_us(b) - epoch_us(a)) from (
        select r.user_id, min(a) as a, min(timestamp) as b from rows r join (
          select user_id, min(timestamp) as a from rows
          where event = '{STEPS_OF_FUNNEL[0]}' group by all) using (user_id)
        where event = '{STEPS_OF_FUNNEL[-1]}' and timestamp > a group by r.user_id)""",
}
"""The same questions on the rows as they came; funnel and influence have no short answer there."""

PM4PY = '''
import sys, time, duckdb, pm4py
log = duckdb.sql(f"""select coalesce(user_id, anonymous_id) as user_id, timestamp, event
    from '{sys.argv[1]}' where event is not null and timestamp is not null""").df()
log = log.rename(columns={"user_id": "case:concept:name", "event": "concept:name",
                          "timestamp": "time:timestamp"})
log = log.sort_values(["case:concept:name", "time:timestamp"], kind="stable")
for name, ask in (("graph", pm4py.discover_performance_dfg), ("variants", pm4py.get_variants)):
    start = time.perf_counter()
    ask(log)
    print(f"pm4py, {name} (rows already read and sorted): {time.perf_counter() - start:.2f} s")
'''


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took: on the wall, and of the processors."""

    wall: float
    cpu: float


def medians(*works: Callable[[], object], times: int = 5) -> list[Taken]:
    """Return the median times of works that take turns."""
    taken: list[list[Taken]] = [[] for _ in works]
    for _ in range(times):
        for found, work in zip(taken, works, strict=True):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            found.append(Taken(time.perf_counter() - wall, time.process_time() - cpu))
    return [Taken(median(t.wall for t in f), median(t.cpu for t in f)) for f in taken]


def means(workspace: Workspace) -> object:
    """Ask for the graph with counts and means alone: the stored sums."""
    with workspace.lake.session() as session:
        ways = chosen(session, flow.Scope()).ways
        return session.ask("ways", ways) if ways else None


def scan_of(workspace: Workspace, columns: str, table: str = "steps") -> Callable[[], object]:
    """Return a plain scan of columns: each is read and folded to one value."""
    files = workspace.lake.files(STEPS if table == "steps" else PATHS)
    listed = "[" + ", ".join(f"'{file}'" for file in files) + "]"
    # Read and folded as cheaply as can be, but not answered from the statistics of the files.
    folds = {"path": "sum(len(path))", "occurred_at": "sum(epoch_us(occurred_at))"}
    folded = ", ".join(folds.get(column, f"sum({column}::bigint)") for column in columns.split())

    def scan() -> object:
        with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
            return connection.execute(
                f"select {folded} from read_parquet({listed}, hive_partitioning = true) "
                "where per = 'person'"
            ).fetchall()

    return scan


def main(folder: Path, rows: Path, *, peers: str | None) -> None:
    """Print the table."""
    workspace, everybody = flow.open_(folder), flow.Scope()
    first, last = STEPS_OF_FUNNEL[0], STEPS_OF_FUNNEL[-1]
    funnel = flow.FunnelRules(window=A_WEEK)
    edges = "touchpoint previous gap_us first_way first_here final"
    moves = "touchpoint position subject occurred_at"
    questions: list[tuple[str, str, Callable[[], object]]] = [
        ("graph with means", edges, lambda: means(workspace)),
        ("graph with medians", edges, lambda: flow.graph(workspace, everybody)),
        ("variants", "paths", lambda: flow.variants(workspace, everybody, at_most=20)),
        ("step table", "position touchpoint previous",
         lambda: flow.around(workspace, everybody, after=9)),
        ("around a node", moves,
         lambda: flow.around(workspace, everybody, first, before=2, after=2)),
        ("sessions", "touchpoint gap_us next_gap_us subject occurred_at position",
         lambda: flow.sessions(workspace, everybody)),
        ("funnel, 5 steps in 7 days", moves,
         lambda: flow.funnel(workspace, everybody, STEPS_OF_FUNNEL, rules=funnel)),
        ("durations", moves,
         lambda: flow.durations(workspace, everybody, source=first, target=last)),
        ("influence", "touchpoint previous subject position final occurred_at",
         lambda: flow.influence(workspace, everybody, "touchpoint_24")),
        ("retention", "subject occurred_at gap_us",
         lambda: flow.retention(workspace, everybody)),
        ("exits", "touchpoint first_here final subject occurred_at position",
         lambda: flow.exits(workspace, everybody)),
        ("graph of two channels", edges,
         lambda: flow.graph(workspace, flow.Scope(channels=("web", "app")))),
    ]  # fmt: skip
    print(f"{'':<28}{'ours s':>8}{'scan s':>8}{'ratio':>8}{'sequence':>10}{'of cpu':>8}"
          f"{'by hand s':>11}{'peak GB':>9}")  # fmt: skip
    sequence = scan_of(workspace, "subject occurred_at touchpoint previous gap_us")
    for name, columns, ask in questions:
        table = "paths" if columns == "paths" else "steps"
        own = scan_of(workspace, "path" if table == "paths" else columns, table)
        ours, scan, whole = medians(ask, own, sequence)
        hand = _by_hand(rows, BY_HAND[name]) if name in BY_HAND else "–"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(
            f"{name:<28}{ours.wall:8.2f}{scan.wall:8.2f}{ours.wall / scan.wall:7.1f}×"
            f"{ours.wall / whole.wall:9.1f}×{ours.cpu / scan.cpu:7.1f}×{hand:>11}{peak:9.2f}",
            flush=True,
        )
    if peers:
        subprocess.run([peers, "-W", "ignore", "-c", PM4PY, str(rows)], check=True)


def _by_hand(rows: Path, sql: str) -> str:
    # In a process of its own, so that its memory is not counted as ours.
    script = (
        "import duckdb, sys, time\n"
        "c = duckdb.connect(config={'memory_limit': '4GB', 'temp_directory': sys.argv[3],\n"
        "                           'max_temp_directory_size': '20GB'})\n"
        "c.execute('set enable_progress_bar = false')\n"
        # Codes for texts: with texts as group keys, a window and a median spill without end.
        "c.execute(f\"create type event as enum (select distinct event from '{sys.argv[1]}')\")\n"
        'c.execute(f"create view rows as select coalesce(user_id, anonymous_id) as user_id, '
        "timestamp, event::event as event, event_id from '{sys.argv[1]}' "
        'where event is not null and timestamp is not null")\n'
        "start = time.perf_counter()\n"
        "c.execute(sys.argv[2]).fetchall()\n"
        "print(time.perf_counter() - start)\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(rows), sql, str(OUT / ".scratch")],
            capture_output=True, text=True, check=True, timeout=PATIENCE_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"> {PATIENCE_S}"
    finally:
        shutil.rmtree(OUT / ".scratch", ignore_errors=True)
    return f"{float(done.stdout):.2f}"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    python = arguments[arguments.index("--peers") + 1] if "--peers" in arguments else None
    main(Path(arguments[0]), Path(arguments[1]), peers=python)
