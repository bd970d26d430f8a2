"""
Ask pm4py for the cheapest alignments that `alignments.json` stores.

    python tests/alignments.py

with the Python of a virtual environment that has pm4py. Each plan becomes a Petri net with a place
a state and a transition a move; costs are in moves, pm4py's tiny cost of silent moves left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "alignments.json"
ONE = 10_000
"""What pm4py charges for one log or model move."""


def answers(golden: dict[str, Any]) -> dict[str, Any]:
    """Return the same cases with the figures that the pm4py at hand gives."""
    cases = [
        {**case, **dict(zip(("cost", "fitness"), figures(*net(case["moves"]), case["words"]),
                            strict=True))}
        for case in golden["cases"]
    ]  # fmt: skip
    return {**golden, "cases": cases}


def net(moves: str) -> tuple[Any, Any, Any]:
    """Return the Petri net of `0 a 1, 1 2`, which starts in 0 and ends in the last state."""
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

    read = [move.split() for move in moves.split(", ")]
    last = max(int(state) for move in read for state in (move[0], move[-1]))
    found = PetriNet("plan")
    states = [PetriNet.Place(f"s{state:03d}") for state in range(last + 1)]
    found.places.update(states)
    for nth, move in enumerate(read):
        label = move[1] if len(move) == 3 else None
        transition = PetriNet.Transition(f"t{nth:03d}", label)
        found.transitions.add(transition)
        add_arc_from_to(states[int(move[0])], transition, found)
        add_arc_from_to(transition, states[int(move[-1])], found)
    return found, Marking({states[0]: 1}), Marking({states[last]: 1})


def figures(found: Any, first: Any, final: Any, words: list[Any]) -> tuple[list[int], list[float]]:
    """Return cost and fitness of each word."""
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.objects.log.obj import Event, EventLog, Trace

    log = EventLog([Trace([Event({"concept:name": name}) for name in word]) for word in words])
    aligned = algorithm.apply(log, found, first, final)
    cost = [one["cost"] // ONE for one in aligned]
    worst = [one["bwc"] // ONE for one in aligned]
    return cost, [round(1 - c / w, 4) if w else 1.0 for c, w in zip(cost, worst, strict=True)]


def dumped(golden: dict[str, Any]) -> str:
    """Return the cases as text, a list a line."""
    text = json.dumps(golden, indent=1)
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)


if __name__ == "__main__":
    FILE.write_text(dumped(answers(json.loads(FILE.read_text()))) + "\n")
