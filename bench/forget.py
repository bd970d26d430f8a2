"""
Time taking people out of a large workspace, beside rewriting the files they lie in.

    python bench/forget.py [WORKSPACE] [TIMES]      (default bench/out/workspace, 5 times)

Run bench/thread.py first. Each time somebody of middling activity is forgotten for good, and every
byte of the workspace is then searched for all that identified them and all they wrote, but for what
others typed too (a shared device, a sentence everybody writes), which stays theirs. The limit is
what DuckDB alone takes to copy the files that hold one person: a bucket of interactions, steps and
paths, the ledger and the people. Prints medians, by the clock and of the processor in all threads:
a busy machine takes longer by the clock alone.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb

from trayecto import care
from trayecto.identity import profile
from trayecto.lake.sql import one_of
from trayecto.lake.tables import INTERACTIONS, LINKS, PATHS, PEOPLE, STEPS
from trayecto.workspace import Workspace, open_

OUT = Path(__file__).parent / "out"


def chosen(workspace: Workspace, times: int) -> list[str]:
    """Return accounts of people with some twenty interactions, the same ones each run."""
    with workspace.lake.session() as session:
        rows = session.ask(
            "who is to be forgotten",
            f"""select user_id from interactions where user_id is not null group by user_id
                having count(*) between 15 and 25 order by md5(user_id) limit {times}""",
        )
    return [account for (account,) in rows]


def values_of(workspace: Workspace, account: str) -> set[str]:
    """Return what of one person alone identifies them, as typed and normalised, or was written."""
    who = f"user_id:{account}"
    known = {one.value for one in care.person(workspace, who).identities}
    kinds = ("user_id", "email", "phone", "external", "anonymous_id", "text")
    with workspace.lake.session() as session:
        number = profile.find(session, who, region=workspace.settings.region)
        listed = ", ".join(f"i.{kind}" for kind in kinds)
        session.run(
            "what a person typed",
            f"""create or replace temp table typed as
                select distinct i.id, unnest([{listed}]) as value
                from {profile.OWN} where p.person = {number}""",
        )
        theirs = {value for (value,) in session.ask("typed", "select value from typed") if value}
        shared = session.ask(
            "what others typed too",
            f"""select distinct value from (select i.id, unnest([{listed}]) as value
                from interactions i where {
                " or ".join(f"i.{kind} in (select value from typed)" for kind in kinds)
            })
                where value in (select value from typed) and id not in (select id from typed)""",
        )
    return (known | theirs) - {value for (value,) in shared}


def holding(folder: Path, values: set[str]) -> list[Path]:
    """Return the files that hold one of *values*: as a value of its own, or among their bytes."""
    words = [value.encode() for value in values]
    whole = re.compile(b"|".join(rb"(?<!\w)" + re.escape(word) + rb"(?!\w)" for word in words))
    found = []
    for file in filter(Path.is_file, folder.rglob("*")):
        if file.suffix != ".parquet":
            if whole.search(file.read_bytes()):
                found.append(file)
            continue
        with duckdb.connect() as connection:
            columns = connection.execute(f"describe from '{file}'").fetchall()
            texts = [f'"{name}"' for name, kind, *_ in columns if kind == "VARCHAR"]
            where = " or ".join(f"{text} in {one_of(sorted(values))}" for text in texts) or "false"
            if connection.execute(f"select 1 from '{file}' where {where} limit 1").fetchall():
                found.append(file)
    return found


def copying(workspace: Workspace) -> tuple[float, float]:
    """Return what DuckDB alone takes to copy the files of one person, by clock and processor."""
    with tempfile.TemporaryDirectory() as there, duckdb.connect() as connection:
        start, busy = time.perf_counter(), time.process_time()
        for table in (INTERACTIONS, STEPS, PATHS, LINKS, PEOPLE):
            file = max(workspace.lake.files(table), key=lambda name: Path(name).stat().st_size)
            target = Path(there) / f"{table.name}.parquet"
            connection.execute(f"copy (from '{file}') to '{target}' (format parquet)")
        return time.perf_counter() - start, time.process_time() - busy


def main(folder: Path, times: int) -> None:
    """Forget some people and say how long it took."""
    workspace = open_(folder)
    care.list_people(workspace, at_most=1)
    with workspace.lake.session() as session:
        (facts,) = session.one("how many", "select count(*) from interactions")
    taken, worked = [], []
    for account in chosen(workspace, times):
        values = values_of(workspace, account)
        start, busy = time.perf_counter(), time.process_time()
        done = care.forget(workspace, f"user_id:{account}", by="bench")
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
        left = holding(folder, values)
        print(f"{done.interactions} interactions forgotten in {taken[-1]:.2f} s "
              f"({worked[-1]:.2f} s of processor); {len(left)} files still hold any of their "
              f"{len(values)} values", flush=True)  # fmt: skip
    limits = [copying(workspace) for _ in range(3)]
    clock, processor = (median(limit[n] for limit in limits) for n in (0, 1))
    print(f"{facts:,} interactions: median {median(taken):.2f} s ({median(worked):.2f} s of "
          f"processor), quickest {min(taken):.2f} s, slowest {max(taken):.2f} s; the engine alone "
          f"copies the files in {clock:.2f} s ({processor:.2f} s of processor)")  # fmt: skip


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else OUT / "workspace",
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )
