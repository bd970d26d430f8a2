"""
How well and how fast people are found: a million interactions of known people.

    python bench/people.py [PEOPLE]        (default 200,000 people, five interactions each)

15 % of people share a device with somebody, 3 % share a family e-mail, 5 % of addresses have a
typo once. Prints pairwise precision and recall over interactions' signatures, the largest person,
and signatures a second for normalising and for joining. Seeded; nothing is written.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from random import Random

from trayecto.identity.identifiers import normalise
from trayecto.identity.people import Owned, Signature, resolve

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


def main(people: int) -> None:
    """Make the people, find them, and compare."""
    chance = Random(7)
    lived: dict[Typed, list[tuple[datetime, int]]] = defaultdict(list)
    for person in range(people):
        at = START + timedelta(seconds=chance.uniform(0, 7_776_000))
        for typed in life(person, chance, people):
            lived[typed].append((at, person))
            at += timedelta(hours=chance.expovariate(2))
    typed_sets = list(lived)
    start = time.perf_counter()
    usable = [normalise(typed, region="ES")[0] for typed in typed_sets]
    normalised = time.perf_counter()
    found = resolve(
        Signature(i, identifiers, min(lived[typed_sets[i]])[0])
        for i, identifiers in enumerate(usable)
    )
    joined = time.perf_counter()
    n = len(typed_sets)
    print(f"{people:,} people, {sum(map(len, lived.values())):,} interactions, "
          f"{n:,} distinct signatures")  # fmt: skip
    print(f"normalising {n / (normalised - start):>12,.0f} signatures a second")
    print(f"joining     {n / (joined - normalised):>12,.0f} signatures a second")
    report(found_pairs(found, typed_sets, lived))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"peak memory {peak:.2f} GB")


def found_pairs(
    found: list[Owned], typed_sets: list[Typed], lived: dict[Typed, list[tuple[datetime, int]]]
) -> tuple[dict[int, Counter[int]], Counter[int]]:
    """Return for each person found whose interactions are in it, and how many each truly has."""
    cells: dict[int, Counter[int]] = defaultdict(Counter)
    for owned in found:
        for at, person in lived[typed_sets[owned.signature]]:
            mine = (owned.since is None or at >= owned.since) and (
                owned.until is None or at < owned.until
            )
            if mine and owned.person is not None:
                cells[owned.person][person] += 1
    return cells, Counter(person for moments in lived.values() for _, person in moments)


def report(counted: tuple[dict[int, Counter[int]], Counter[int]]) -> None:
    """Print pairwise precision and recall, and the largest person."""
    cells, whole = counted

    def pairs(n: int) -> int:
        return n * (n - 1) // 2

    together = sum(pairs(sum(cell.values())) for cell in cells.values())
    right = sum(pairs(n) for cell in cells.values() for n in cell.values())
    true = sum(pairs(n) for n in whole.values())
    largest = max(sum(cell.values()) for cell in cells.values())
    print(f"pairwise precision {right / together:.5f}, recall {right / true:.5f}; "
          f"largest person {largest} interactions; {len(cells):,} people found")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
