"""
Kill an import with SIGKILL at random moments, then import again: is the content that of one run?

    python bench/kill.py [TIMES]        (default 100 kills)

The moments are drawn over the whole length of a clean run, which is measured first. After each kill
the facts must be there all or not at all; after the second import every fact, owner, rejected row
and ordered step must equal those of a clean run. Seeded.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from generate import generate, truth
from trayecto import flow
from trayecto.workspace import Workspace

ROWS = 60_000
CODE = (
    "import sys; from pathlib import Path; from trayecto import flow; "
    "flow.import_files(flow.open_(Path(sys.argv[1])), [Path(sys.argv[2])], source='web')"
)
CONTENT = """
    select 'facts', count(*), bit_xor(hash(id, occurred_at, name, channel, user_id, text, flag))
      from interactions
    union all select 'rejected', count(*), bit_xor(hash(id, line, reason, raw)) from rejected
    union all select 'people', count(*), bit_xor(hash(signature, person)) from people
    union all select 'steps', count(*),
      bit_xor(hash(per, subject, position, touchpoint, previous, gap_us)) from steps
    union all select 'paths', count(*), bit_xor(hash(per, subject, path)) from paths
    order by 1"""


def content(workspace: Workspace) -> list[tuple[object, ...]]:
    """Return a fingerprint of every table that matters; import numbers may differ."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return session.ask("fingerprints", CONTENT)


def facts(workspace: Workspace) -> int:
    """Return how many facts a reader sees now."""
    with workspace.lake.session() as session:
        return int(session.one("facts", "select count(*) from interactions")[0])


def start(workspace: Workspace, source: Path) -> subprocess.Popen[bytes]:
    """Begin an import in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", CODE, workspace.folder, source])


def length(folder: Path, source: Path) -> float:
    """Return how long a clean import takes here, in seconds."""
    taken = []
    for number in range(3):
        workspace = flow.create(folder / f"timed{number}", language="en")
        began = time.perf_counter()
        with start(workspace, source) as run:
            run.wait()
        taken.append(time.perf_counter() - began)
    return median(taken)


def main(times: int) -> None:
    """Kill, look, import again, compare."""
    chance, wrong, killed, whole, number = Random(7), 0, 0, 0, 0
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source = folder / "source.parquet"
        generate(ROWS, source)
        clean = flow.create(folder / "clean", language="en")
        flow.import_files(clean, [source], source="web")
        expected, all_facts = content(clean), truth(ROWS).kept
        assert facts(clean) == all_facts
        seconds = length(folder, source)
        print(f"a clean import of {ROWS:,} rows takes {seconds:.2f} s")
        while killed < times:
            number += 1
            workspace = flow.create(folder / f"w{number}", language="en")
            moment = chance.uniform(0, seconds)
            with start(workspace, source) as run:
                try:
                    run.wait(moment)
                except subprocess.TimeoutExpired:
                    run.kill()
                    killed += 1
            seen = facts(workspace)
            whole += seen == all_facts
            flow.import_files(workspace, [source], source="web")
            if seen not in (0, all_facts) or content(workspace) != expected:
                wrong += 1
                print(f"run {number}, killed after {moment:.2f} s, differs", flush=True)
    print(f"{killed} killed of {number}: the facts were all there after {whole}, none after "
          f"{number - whole}; {wrong} differ")  # fmt: skip
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
