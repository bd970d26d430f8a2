"""
Kill an import with SIGKILL at random moments, then import again: is the content that of one run?

    python bench/kill.py [TIMES]        (default 100)

Compares every fact, every owner and every ordered step with those of a clean run. Seeded moments.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from generate import generate
from trayecto import flow
from trayecto.workspace import Workspace

ROWS = 60_000
CODE = (
    "import sys; from pathlib import Path; from trayecto import flow; "
    "flow.import_files(flow.open_(Path(sys.argv[1])), [Path(sys.argv[2])], source='web')"
)


def content(workspace: Workspace) -> list[tuple[object, ...]]:
    """Return a fingerprint of facts, people and steps; import numbers may differ."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return session.ask(
            "fingerprints",
            """select 'facts', count(*), bit_xor(hash(id, occurred_at, name, channel, user_id))
                 from interactions
               union all select 'people', count(*), bit_xor(hash(signature, person)) from people
               union all select 'steps', count(*),
                 bit_xor(hash(subject, position, touchpoint, previous, gap_us)) from steps
               order by 1""",
        )


def main(times: int) -> None:
    """Kill, import again, compare."""
    chance, wrong = Random(7), 0
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source = folder / "source.parquet"
        generate(ROWS, source)
        clean = flow.create(folder / "clean", language="en")
        flow.import_files(clean, [source], source="web")
        expected = content(clean)
        moments = []
        for number in range(times):
            workspace = flow.create(folder / f"w{number}", language="en")
            moment = chance.uniform(0.2, 3.0)
            with subprocess.Popen([sys.executable, "-c", CODE, workspace.folder, source]) as run:
                try:
                    run.wait(moment)
                    moments.append("ended")
                except subprocess.TimeoutExpired:
                    run.kill()
                    moments.append("killed")
            flow.import_files(workspace, [source], source="web")
            if content(workspace) != expected:
                wrong += 1
                print(f"run {number}, killed after {moment:.2f} s, differs", flush=True)
    print(f"{moments.count('killed')} killed, {moments.count('ended')} had ended; {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
