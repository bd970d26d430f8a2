"""
Time questions beside the tools people use for them, on the same rows, in one run.

    python bench/peers.py [ROWS] [--python FILE]     (default 1,000,000; make bench 10,000,000)

The rows are generated and imported by us; the ordered steps of people are exported, and every tool
asks those: person, node and time. Each runs in a process of its own, so that peak memory is its
own; times are medians of three, reading and sorting told apart. retentioneering, pm4py and
ChannelAttribution are put into a virtual environment of their own, bench/out/peers, on the first
run; one that cannot be installed is named and left out. --python is an interpreter that has them.

Counts are compared as well as times: where a peer counts the same thing, it must be the same.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from generate import generate

OUT = Path(__file__).parent / "out"
PEERS = ("retentioneering", "pm4py", "ChannelAttribution")
FUNNEL = [f"touchpoint_{i:02d}" for i in (3, 6, 9, 12, 15)]
GOAL = "touchpoint_24"
TIMES = 3


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median time of *work*, and what it gave."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return median(taken), found


def ours(folder: Path) -> dict[str, Any]:
    """Return our times, counts and peak memory."""
    from trayecto import flow

    workspace, everybody = flow.open_(folder), flow.Scope()
    rules = flow.FunnelRules(window=timedelta(days=36_500))
    told: dict[str, Any] = {}
    told["graph"] = _told(
        lambda: flow.graph(workspace, everybody), lambda g: sum(e.count for e in g.edges)
    )
    told["variants"] = _told(
        lambda: flow.variants(workspace, everybody, at_most=20), lambda v: v.total
    )
    told["step table"] = _told(
        lambda: flow.around(workspace, everybody, after=9),
        lambda a: sum(s.count for s in a.stops if s.offset == 10),
    )
    told["funnel"] = _told(
        lambda: flow.funnel(workspace, everybody, FUNNEL, rules=rules),
        lambda f: [s.people for s in f.steps],
    )
    told["influence"] = _told(
        lambda: flow.influence(workspace, everybody, GOAL),
        lambda i: round(sum(c.first for c in i.credits)),
    )
    return {**told, "peak": _peak()}


def _told(work: Callable[[], Any], count: Callable[[Any], Any]) -> list[Any]:
    taken, found = seconds(work)
    return [taken, count(found)]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


_COMMON = """
import json, resource, sys, time, warnings
from statistics import median
warnings.simplefilter("ignore")
import pandas as pd
FUNNEL, GOAL, TIMES = json.loads(sys.argv[2])
def told(work, count):
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return [median(taken), count(found)]
start = time.perf_counter()
rows = pd.read_csv(sys.argv[1], parse_dates=["time:timestamp"],
                   dtype={"case:concept:name": str, "concept:name": str})
read = time.perf_counter() - start
answers = {}
"""
_END = """
answers["read"] = [read, len(rows)]
answers["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print("answers" + json.dumps(answers))
"""
ASKED = {
    "pm4py": """
import pm4py
log = rows.sort_values(["case:concept:name", "nth"], kind="stable")
answers["graph"] = told(lambda: pm4py.discover_performance_dfg(log), lambda found: None)
answers["graph, counts only"] = told(lambda: pm4py.discover_dfg(log),
                                     lambda found: sum(found[0].values()))
answers["variants"] = told(lambda: pm4py.get_variants(log), len)
""",
    "retentioneering": """
from retentioneering import Eventstream
plain = rows.rename(columns={"case:concept:name": "user_id", "concept:name": "event",
                             "time:timestamp": "timestamp"})[["user_id", "event", "timestamp"]]
start = time.perf_counter()
stream = Eventstream(plain)
answers["made its stream"] = [time.perf_counter() - start, None]
answers["graph"] = told(lambda: stream.transition_graph_data(edge_weight="time_median"),
                        lambda found: None)
answers["graph, counts only"] = told(lambda: stream.transition_graph_data(edge_weight="count"),
                                     lambda found: None)
answers["step table"] = told(lambda: stream.step_matrix_data(max_steps=10), lambda found: None)
answers["funnel"] = told(lambda: stream.funnel_data(steps=FUNNEL), lambda found: None)
""",
    "ChannelAttribution": """
import ChannelAttribution
start = time.perf_counter()
rows = rows.sort_values(["case:concept:name", "nth"], kind="stable")
goal = rows[rows["concept:name"] == GOAL].groupby("case:concept:name")["nth"].min()
at = rows["case:concept:name"].map(goal)
before = rows[at.isna() | (rows["nth"] < at)]
paths = before.groupby("case:concept:name", sort=False)["concept:name"].agg(" > ".join)
data = paths.to_frame("path")
data["converted"] = data.index.isin(goal.index).astype(int)
data["lost"] = 1 - data["converted"]
data = data.groupby("path", as_index=False)[["converted", "lost"]].sum()
answers["made its paths"] = [time.perf_counter() - start, len(data)]
answers["influence"] = told(
    lambda: (ChannelAttribution.heuristic_models(data, "path", "converted", flg_pro=False),
             ChannelAttribution.markov_model(data, "path", "converted", var_null="lost",
                                             flg_pro=False, verbose=False)),
    lambda found: round(float(found[0]["first_touch"].sum())))
""",
}


def main(rows: int, *, python: str | None) -> None:
    """Print the table."""
    folder, steps = OUT / f"peers-{rows}", OUT / f"peers-{rows}.csv"
    if not steps.exists():
        _prepare(rows, folder, steps)
    me = subprocess.run(
        [sys.executable, __file__, "--ours", str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    _print("trayecto", json.loads(me.stdout.rpartition("answers")[2]))
    interpreter, there = (python, list(PEERS)) if python else _installed()
    for peer in PEERS:
        if peer not in there:
            print(f"{peer:<20}not asked: it could not be installed on this Python")
            continue
        script = _COMMON + ASKED[peer] + _END
        asked = json.dumps([FUNNEL, GOAL, TIMES])
        done = subprocess.run(
            [interpreter, "-c", script, str(steps), asked],
            capture_output=True, text=True, check=False,
            # One of them reports each use to its makers unless told not to.
            env=os.environ | {"RETENTIONEERING_NO_TRACK": "1", "DO_NOT_TRACK": "1"},
        )  # fmt: skip
        if done.returncode:
            print(f"{peer:<20}failed: {(done.stderr.strip().splitlines() or ['?'])[-1][:160]}")
        else:
            _print(peer, json.loads(done.stdout.rpartition("answers")[2]))


def _print(who: str, answers: dict[str, Any]) -> None:
    peak = answers.pop("peak")
    for what, (taken, count) in answers.items():
        said = "" if count is None else f"   counts {count}"
        print(f"{who:<20}{what:<22}{taken:9.2f} s{said}")
    print(f"{who:<20}{'peak memory':<22}{peak:9.2f} GB\n", flush=True)


def _prepare(rows: int, folder: Path, steps: Path) -> None:
    """Import generated rows and write the ordered steps of people for the others."""
    from trayecto import flow
    from trayecto.lake.sql import literal

    made = OUT / f"{rows}.parquet"
    if not made.exists():
        generate(rows, made)
    if not folder.exists():
        workspace = flow.create(folder, language="en")
        flow.import_files(workspace, [made], source="web")
    with flow.open_(folder).lake.session() as session:
        session.run(
            "steps for the peers",
            f"""copy (select cast(subject as varchar) as "case:concept:name",
                  n.touchpoint as "concept:name", position as nth,
                  strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%fZ') as "time:timestamp"
                from steps s join (select distinct touchpoint_code, touchpoint from nodes) n
                  on n.touchpoint_code = s.touchpoint
                where per = 'person' order by subject, position)
                to {literal(str(steps))} (format csv, header)""",
        )


def _installed() -> tuple[str, list[str]]:
    """Return an interpreter of an environment of the peers' own, and those that are in it."""
    home = OUT / "peers"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    there = []
    for peer in PEERS:
        # Of an environment that has it already nothing is looked up.
        for command in (["show", "--quiet", peer], ["install", "--quiet", peer]):
            asked = [str(python), "-m", "pip", *command]
            if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
                there.append(peer)
                break
    return str(python), there


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "--ours" in arguments:
        print("answers" + json.dumps(ours(Path(arguments[-1]))))
    else:
        chosen = arguments[arguments.index("--python") + 1] if "--python" in arguments else None
        sizes = [int(word) for word in arguments if word.isdigit()]
        main(sizes[0] if sizes else 1_000_000, python=chosen)
