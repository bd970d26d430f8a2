"""
How well and how fast people are found: a million interactions of known people.

    python bench/people.py [PEOPLE]        (default 200,000 people, five interactions each)

15 % of people share a device with somebody, 3 % share a family e-mail, 5 % of addresses have a
typo once. Prints pairwise precision and recall over interactions, the largest person, and
signatures a second: for normalising, for joining, and for both, medians of three. Beside them what
the engine alone takes to find the distinct sets and copy them. Seeded; nothing is written.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from trayecto.identity import links, people
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session
from trayecto.lake.sql import hash64
from trayecto.lake.tables import INTERACTIONS, LINKS

START = datetime(2026, 1, 1, tzinfo=UTC)
Typed = tuple[str | None, str | None, str | None, str | None, str | None]


def life(person: int, chance: Random, people: int) -> list[Typed]:
    """Return what five interactions of a person carry: account, e-mail, phone, id, device."""
    shares = chance.random() < 0.15
    device = f"d{person - 1 if shares and person % 2 else person}"
    family = chance.random() < 0.03
    address = f"casa{person // 2}@example.com" if family else f"p{person}@example.com"
    typo = address.replace("example", "exmaple") if chance.random() < 0.05 else address
    # A family address is typed where nothing else is known, too: who it was nobody can tell.
    account, phone = f"u{person}", f"6{person % people + 10_000_000:08d}"
    return [
        (account, address, None, None, device),
        (None, None, None, None, device),
        (account, None, phone, None, None),
        (None, typo, None, None, None),
        (None, None, f"+34{phone}", f"crm{person}", None),
    ]


def live(session: Session, people: int) -> None:
    """Make the table of interactions, each with the person who truly did it."""
    chance = Random(7)
    rows: list[tuple[object, ...]] = []
    for person in range(people):
        at = START + timedelta(seconds=chance.uniform(0, 7_776_000))
        for typed in life(person, chance, people):
            rows.append((len(rows), at, *typed, person))
            at += timedelta(hours=chance.expovariate(2))
    typed_columns = ", ".join(f"{kind} varchar" for kind in KINDS)
    session.load(
        "lived", f"id bigint, occurred_at timestamptz, {typed_columns}, truly bigint", rows
    )
    parts = ", ".join(f"coalesce({kind}, '')" for kind in KINDS)
    signature = hash64(f"concat_ws(chr(31), {parts})")
    columns = ", ".join(f"{c.name} {c.type}" for c in INTERACTIONS.columns)
    session.run("interactions", f"create temp table interactions ({columns}, truly bigint)")
    session.run(
        "interactions as lived",
        f"""insert into interactions by name
            select *, 'bench' as source, 1 as batch, id as row, {signature} as signature
            from lived""",
    )
    session.run("lived, done", "drop table lived")
    known = ", ".join(f"{c.name} {c.type}" for c in LINKS.columns)
    session.run("nobody is known yet", f"create temp table links ({known})")


def seconds(work: Callable[[], object], *, times: int = 3) -> tuple[float, float]:
    """Return the median time of *work* by the clock, and of the processor in all threads."""
    clock, processor = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return median(clock), median(processor)


def copy_sets(session: Session) -> None:
    """Do the least that could be done: find the distinct sets."""
    listed = ", ".join(KINDS)
    session.run(
        "distinct sets",
        f"""create or replace temp table copied as
            select signature, {listed}, min(occurred_at) as first_at from interactions
            group by all""",
    )


def main(people_in_all: int) -> None:
    """Make the people, find them, and compare."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        Session(memory="2GB", threads=2, scratch=Path(scratch)) as session,
    ):
        live(session, people_in_all)
        least = seconds(lambda: copy_sets(session))
        normalising = seconds(lambda: links.note(session, region="ES"))
        session.run("links", "insert into links by name select *, 1 as rules from noted")
        joining = seconds(lambda: people.resolve(session))
        (rows,) = session.one("how many", "select count(*) from interactions")
        (n,) = session.one("how many sets", "select count(*) from links")
        print(f"{people_in_all:,} people, {rows:,} interactions, {n:,} distinct signatures")
        for what, taken in (
            ("distinct sets, engine alone", least), ("normalising", normalising),
            ("joining", joining),
            ("identity in all", (normalising[0] + joining[0], normalising[1] + joining[1])),
        ):  # fmt: skip
            clock, processor = taken
            print(f"{what:<28}{clock:>7.2f} s ({processor:.2f} s of processor) "
                  f"{n / clock:>12,.0f} signatures a second")  # fmt: skip
        report(session)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"peak memory {peak:.2f} GB")


def report(session: Session) -> None:
    """Print pairwise precision and recall, and the largest person."""
    cells = session.ask(
        "whose each interaction is found to be, and truly is",
        """select o.person, i.truly, count(*) from interactions i
           join owned o on o.signature = i.signature
             and (o.since is null or i.occurred_at >= o.since)
             and (o.until is null or i.occurred_at < o.until)
           where o.person is not null group by all""",
    )
    true = session.ask("of each person", "select truly, count(*) from interactions group by all")
    found: Counter[int] = Counter()
    for person, _, count in cells:
        found[person] += count

    def pairs(n: int) -> int:
        return n * (n - 1) // 2

    right = sum(pairs(count) for _, _, count in cells)
    precision = right / sum(map(pairs, found.values()))
    recall = right / sum(pairs(count) for _, count in true)
    print(f"pairwise precision {precision:.5f}, recall {recall:.5f}; "
          f"largest person {max(found.values())} interactions; "
          f"{len(found):,} people found")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
