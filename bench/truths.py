"""
How often the truth lies inside the 95 % interval: `python bench/truths.py [SEEDS]` (default 300).

Lives each simulated world (`trayecto.demo.world`) once a seed, writes the exports, imports them,
measures the map, and notes of every figure whether its interval holds the planted truth. Prints
the share of seeds in which it does; shares outside 93–97 % are marked. With 300 seeds a share of
95 % is itself known to ±2.5 points, so one figure in nine is marked by chance alone.

Fifty seeds are imported together. Each is a segment of the map, so one measure gives the figures of
all; votes are not told by segment, so each seed's are measured by themselves, which takes longer
(--only figures leaves them out). What was measured is kept in bench/out/truths, a file for every
fifty seeds, so an interrupted run goes on where it stopped. --anew forgets it; --world measures one
world alone.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import sqrt
from pathlib import Path

from trayecto import flow, measuring
from trayecto.demo.truths import ballots, figures, truths
from trayecto.demo.world import START, WORLDS, Simulated, World, journey_map, simulate, write
from trayecto.flow import Period, Segment
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import NOTHING
from trayecto.workspace import Workspace

OUT = Path(__file__).parent / "out" / "truths"
AT_ONCE = 50
LOW, HIGH = 93.0, 97.0
WHAT = ("figures", "votes")
Found = dict[str, tuple[float | None, float | None, float | None, int]]
"""Of each figure its value, both ends of its interval, and n."""


def batch(world: World, seeds: range, *, what: str) -> list[Found]:
    """Return the figures, or the votes, of some seeds imported together."""
    folder = OUT / f"workspace-{world.name}-{what}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    workspace = flow.create(folder / "workspace", language="en")
    lives = [simulate(world, seed=seed) for seed in seeds]
    for source, file in write(folder, *lives).items():
        flow.import_files(workspace, [file], source=source)
    (folder / "map.yaml").write_text(journey_map(), "utf-8")
    measure = {"figures": by_segment, "votes": one_by_one}[what]
    found = [plain(one) for one in measure(workspace, folder / "map.yaml", lives)]
    shutil.rmtree(folder)
    return found


def plain(found: dict[str, Estimate]) -> Found:
    """Return figures as JSON holds them."""
    return {name: (e.value, e.low, e.high, e.n) for name, e in found.items()}


def watched(world: World) -> Period:
    """Return the time for which a world is watched."""
    return Period(None, START + timedelta(seconds=world.ends))


def by_segment(
    workspace: Workspace, file: Path, lives: Sequence[Simulated]
) -> Iterator[dict[str, Estimate]]:
    """Give the figures of each seed, all by one measure."""
    samples = [
        Segment(lived.sample, NOTHING, flow.rule_of([f"sample={lived.sample}"])) for lived in lives
    ]
    live = measuring.measure(workspace, file, period=watched(lives[0].world), segments=samples)
    found = {cut.name: cut.measured for cut in live.cuts if cut.kind == "segment"}
    yield from (figures(found[lived.sample]) for lived in lives)


def one_by_one(
    workspace: Workspace, file: Path, lives: Sequence[Simulated]
) -> Iterator[dict[str, Estimate]]:
    """Give the votes of each seed, measured by itself."""
    for lived in lives:
        mine = flow.rule_of([f"sample={lived.sample}"])
        live = measuring.measure(workspace, file, period=watched(lived.world), people=mine)
        yield ballots(live.votes[0])


def every(world: World, seeds: int, *, what: str) -> Iterator[Found]:
    """Give the figures of each seed: those kept, and those still to measure."""
    for first in range(0, seeds, AT_ONCE):
        some = range(first, min(first + AT_ONCE, seeds))
        kept = OUT / f"{world.name}-{what}-{some.start}-{some.stop}.json"
        if not kept.exists():
            began = time.perf_counter()
            kept.write_text(json.dumps(batch(world, some, what=what)), "utf-8")
            print(f"   {world.name}, {what}: seeds {some.start}–{some.stop - 1} in "
                  f"{time.perf_counter() - began:.0f} s", flush=True)  # fmt: skip
        yield from json.loads(kept.read_text("utf-8"))


def table(world: World, lives: list[Found]) -> None:
    """Print the coverage of each figure measured, and how many lie outside."""
    print(f"\n{world.name}: {world.people} customers, {len(lives)} seeds")
    print(f"{'figure':34} {'truth':>12} {'mean found':>12} {'in %':>6} {'unknown':>8}")
    planted = {name: truth for name, truth in truths(world).items() if name in lives[0]}
    outside = 0
    for name, truth in planted.items():
        known = [one[name] for one in lives if one[name][0] is not None]
        held = [(low is None or low <= truth) and (high is None or truth <= high)
                for _, low, high, _ in known]  # fmt: skip
        covered = 100 * sum(held) / max(1, len(held))
        mean = sum(value or 0.0 for value, *_ in known) / max(1, len(known))
        mark = "" if LOW <= covered <= HIGH else " <" if covered < LOW else " >"
        outside += bool(mark)
        print(f"{name:34} {truth:12.4f} {mean:12.4f} {covered:6.1f} "
              f"{len(lives) - len(known):8d}{mark}")  # fmt: skip
    print(f"{outside} of {len(planted)} figures outside {LOW:.0f}–{HIGH:.0f} %; a share of 95 % of "
          f"{len(lives)} seeds is known to ±{196 * sqrt(0.95 * 0.05 / len(lives)):.1f} points",
          flush=True)  # fmt: skip


def main() -> None:
    """Measure what is not yet kept, and print the table of each world."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("seeds", nargs="?", type=int, default=300)
    read.add_argument("--world", choices=[world.name for world in WORLDS])
    read.add_argument("--only", choices=WHAT)
    read.add_argument("--anew", action="store_true")
    asked = read.parse_args()
    if asked.anew:
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    for what in WHAT:
        for world in WORLDS:
            if asked.world in (None, world.name) and asked.only in (None, what):
                table(world, list(every(world, asked.seeds, what=what)))
    print(f"\n{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
