"""
How often what was planted in the simulated company is found: `python bench/company.py [SEEDS]`.

Simulates the company once a seed (default 40 seeds of 5,000 people), brings it in with all its
dirt, measures its three maps, and prints of each truth of `planted.yaml` in which share of the
seeds the 95 % interval holds it, and by how much the figures lie beside it in the mean, in halves
of an interval.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import mean

from trayecto.demo import run
from trayecto.demo.company.planted import planted
from trayecto.vocabulary.text import tell_nobody


def main() -> None:
    """Simulate, measure, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seeds", type=int, nargs="?", default=40)
    asked.add_argument("--people", type=int, default=5_000)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    given = asked.parse_args()
    held: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for seed in range(given.first, given.first + given.seeds):
        for figure, inside, beside in of_one(seed, people=given.people):
            held[figure].append((inside, beside))
    print("inside   beside  known  truth")
    for figure, seen in held.items():
        inside, beside = (mean(each) for each in zip(*seen, strict=True))
        print(f"{inside:6.1%} {beside:+8.2f} {len(seen):6}  {figure}")
    every = [inside for seen in held.values() for inside, _ in seen]
    print(f"{mean(every):6.1%}          {len(every):6}  all of them")


def of_one(seed: int, *, people: int) -> list[tuple[str, bool, float]]:
    """Return of each truth that can be known whether it lies inside, and how far off it is."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        workspace, exhibits = run.brought_in(
            folder, data=None, people=people, language="en", tell=tell_nobody, seed=seed
        )
        live = run.measured(workspace, exhibits, tell=tell_nobody)
    told = {exhibit.map_name: own.as_json() for exhibit, own in live}
    found = [(truth, truth.found(told[truth.map_name])) for truth in planted()]
    return [
        (
            f"{truth.map_name}: {truth.figure}",
            one["low"] <= truth.value <= one["high"],
            (one["value"] - truth.value) / ((one["high"] - one["low"]) / 2),
        )
        for truth, one in found
        if one["value"] is not None
    ]


if __name__ == "__main__":
    main()
