"""
The cheapest alignment, three ways: ours, the shortest path of a naive search, and pm4py's.

`alignments.json` holds what pm4py answered; with pm4py installed (a virtual environment of its own
will do: it is no dependency) the last test asks it again.
"""

from __future__ import annotations

import csv
import heapq
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import DATA, needs_data
from trayecto.contrast import align as aligning
from trayecto.contrast import columns
from trayecto.contrast.align import Aligned, align, paths_of
from trayecto.contrast.deviations import fitness_of
from trayecto.contrast.plan import Move, Plan, plan_of
from trayecto.maps.notation import read

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "alignments.json").read_text())


def plan_from(moves: str) -> Plan:
    """Return the plan of `0 a 1` (do a), `1 2` (nothing) … ; it ends in its last state."""
    read = [move.split() for move in moves.split(",")]
    found = tuple(
        Move(int(m[0]), int(m[-1]), ord(m[1]) - ord("a") if len(m) == 3 else None) for m in read
    )
    states = max(max(m.source, m.target) for m in found) + 1
    places = max((m.place for m in found if m.place is not None), default=0) + 1
    return Plan(max(places, 4), states, found, ends=(states - 1,))


def path(word: str) -> list[int]:
    """Return the places of a word; `-` is a node nobody drew."""
    return [-1 if letter == "-" else ord(letter) - ord("a") for letter in word]


def aligned(moves: str, *words: str, over: bool = True) -> Aligned:
    return align(plan_from(moves), paths_of([path(word) for word in words], [over] * len(words)))


def naive(plan: Plan, steps: Sequence[int], *, over: bool) -> int:
    """Return the least cost by looking at every position and state (Dijkstra)."""
    done: set[tuple[int, int]] = set()
    heap = [(0, plan.start, 0)]
    while heap:
        cost, state, at = heapq.heappop(heap)
        if at == len(steps) and (not over or state in plan.ends):
            return cost
        if (state, at) in done:
            continue
        done.add((state, at))
        if at < len(steps):
            heapq.heappush(heap, (cost + 1, state, at + 1))
        for move in plan.moves:
            if move.source == state:
                heapq.heappush(heap, (cost + (move.place is not None), move.target, at))
                if at < len(steps) and move.place == steps[at]:
                    heapq.heappush(heap, (cost, move.target, at + 1))
        if at < len(steps) and steps[at] in plan.ways_out:
            heapq.heappush(heap, (cost, plan.outside, at + 1))
        if at < len(steps) and state == plan.outside:
            for move in plan.moves:
                if move.place == steps[at]:
                    heapq.heappush(heap, (cost, move.target, at + 1))
    raise AssertionError("the plan has no end")


ABC = "0 a 1, 1 b 2, 2 c 3"


def test_a_path_as_planned_costs_nothing() -> None:
    assert aligned(ABC, "abc").cost.tolist() == [0]


def test_each_missing_and_each_additional_step_costs_one() -> None:
    found = aligned(ABC, "ac", "abbc", "a-bc", "", "cba")
    assert found.cost.tolist() == [1, 1, 1, 3, 4]
    assert found.worst.tolist() == [5, 7, 7, 3, 6]


def test_a_path_that_may_still_go_on_misses_nothing_ahead() -> None:
    assert aligned(ABC, "", "a", "ab", "ac", "b", over=False).cost.tolist() == [0, 0, 0, 1, 1]


def test_planned_loops_may_be_walked_as_often_as_one_likes() -> None:
    loop = "0 a 1, 1 b 2, 2 0, 2 c 3"
    assert aligned(loop, "abababc", "abac", "c").cost.tolist() == [0, 1, 2]


def test_swapped_steps_keep_the_right_one() -> None:
    found = aligned(ABC, "bac")
    assert found.done[0].tolist()[:3] == [False, True, True]
    assert found.extra[0].tolist()[:3] == [True, False, False]
    assert found.missed[0].tolist()[:3] == [True, False, False]


def test_a_path_of_a_hundred_thousand_steps_is_counted_exactly() -> None:
    found = aligned(ABC, "a" + "b" * 100_000 + "c")
    assert found.cost.tolist() == [99_999]


def test_portions_give_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["abc", "a", "ccc", "", "abab", "b-b", "cab" * 5]
    # A shop with a way out, d: alone, before and after the rest, twice, and never.
    door = Plan(4, 5, plan_from(ABC).moves, ends=(3,), ways_out=frozenset({3}))
    left = paths_of([path(word) for word in (*words, "adc", "dd", "abcd", "cdacdb")], [False] * 11)
    whole, whole_left = aligned(ABC, *words), align(door, left)
    monkeypatch.setattr(aligning, "_CELLS", 20)
    monkeypatch.setattr(columns, "_CALL", 0)
    parts, parts_left = aligned(ABC, *words), align(door, left)
    for name in ("cost", "worst", "done", "extra", "missed", "ahead", "fits"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name
        assert np.array_equal(getattr(whole_left, name), getattr(parts_left, name)), name


def test_who_left_and_comes_back_picks_up_anywhere() -> None:
    door = Plan(4, 5, plan_from(ABC).moves, ends=(3,), ways_out=frozenset({3}))
    words = ["ad", "adc", "acd", "adac", "d"]
    found = align(door, paths_of([path(word) for word in words], [False] * len(words)))
    # acd and adac go past b without having left, adc does not.
    assert found.cost.tolist() == [0, 0, 1, 1, 0]
    assert found.missed[:, 1].tolist() == [False, False, True, True, False]
    # What lay ahead where they left: b and c, b and c, nothing, all after a, everything.
    assert found.ahead[:, :3].tolist() == [
        [False, True, True], [False, True, True], [False] * 3, [False, True, True], [True] * 3
    ]  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    states = draw(st.integers(1, 6))
    ways_out = draw(st.sampled_from([frozenset(), frozenset({3})]))
    places = st.integers(0, 3 - len(ways_out))
    state = st.integers(0, states - 1)
    line = [Move(at, at + 1, draw(places)) for at in range(states - 1)]
    more = draw(st.lists(st.builds(Move, state, state, st.none() | places), max_size=6))
    ends = (states - 1, states)[: 1 + len(ways_out)]
    return Plan(4, states + len(ways_out), (*line, *more), ends=ends, ways_out=ways_out)


walks = st.lists(st.lists(st.integers(-1, 3), max_size=8), min_size=1, max_size=6)


@settings(deadline=None)
@given(plans(), walks, st.data())
def test_ours_is_the_shortest_path_of_a_naive_search(
    plan: Plan, steps: list[list[int]], data: st.DataObject
) -> None:
    over = [data.draw(st.booleans()) for _ in steps]
    found = align(plan, paths_of(steps, over))
    expected = [naive(plan, own, over=end) for own, end in zip(steps, over, strict=True)]
    assert found.cost.tolist() == expected


@settings(deadline=None)
@given(plans(), walks, st.integers(0, 12), st.data())
def test_long_paths_go_on_alone_and_are_aligned_alike(
    plan: Plan, steps: list[list[int]], call: int, data: st.DataObject
) -> None:
    paths = paths_of(steps, [data.draw(st.booleans()) for _ in steps])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(columns, "_CALL", 0)
        together = align(plan, paths)
        patched.setattr(columns, "_CALL", call)
        apart = align(plan, paths)
    for name in ("cost", "worst", "done", "extra", "missed", "ahead", "fits"):
        assert np.array_equal(getattr(together, name), getattr(apart, name)), name


@settings(deadline=None)
@given(plans(), walks)
def test_what_is_read_back_explains_the_cost(plan: Plan, steps: list[list[int]]) -> None:
    found = align(plan, paths_of(steps, [True] * len(steps)))
    at = 0
    for way, own in enumerate(steps):
        fits = found.fits[at : at + len(own)]
        at += len(own)
        extra = int((~fits).sum())
        missed = int(found.missed[way].sum())
        # A place missed twice, in a loop, is one place: so at least, and never without a reason.
        assert extra + missed <= found.cost[way]
        assert (extra + missed == 0) == (found.cost[way] == 0)
        met = {place for place, fit in zip(own, fits.tolist(), strict=True) if fit}
        assert set(np.flatnonzero(found.done[way]).tolist()) == met


def figures(plan: Plan, words: Sequence[Sequence[int]]) -> tuple[list[int], list[float]]:
    found = align(plan, paths_of(words, [True] * len(words)))
    return found.cost.tolist(), [round(float(value), 4) for value in fitness_of(found)]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["moves"][:40])
def test_costs_and_fitness_are_those_pm4py_gave(case: dict[str, Any]) -> None:
    words = [path(word) for word in case["words"]]
    assert figures(plan_from(case["moves"]), words) == (case["cost"], case["fitness"])


MAP = """\
map: two
title: Two
journeys: {completes: [d]}
stages:
  - id: one
    name: One
    order: any
    touchpoints:
      - {id: a, name: A, channel: web, nodes: [a]}
      - {id: b, name: B, channel: web, nodes: [b], optional: true}
  - id: two
    name: Two
    repeats: true
    touchpoints:
      - {id: c, name: C, channel: web, nodes: [c], repeats: true}
      - {id: d, name: D, channel: web, nodes: [d]}
"""


def as_words(plan: Plan) -> str:
    """Return a plan as the words `plan_from` reads; its end becomes the last state."""
    last = plan.states
    moves = [
        " ".join([str(m.source), *([] if m.place is None else [chr(97 + m.place)]), str(m.target)])
        for m in plan.moves
    ]
    return ", ".join([*moves, *(f"{end} {last}" for end in plan.ends)])


def test_a_map_with_all_notation_is_aligned_as_pm4py_does() -> None:
    journey_map = read(MAP).journey_map
    assert journey_map
    moves = as_words(plan_of(journey_map))
    (case,) = (case for case in GOLDEN["cases"] if case.get("map"))
    assert moves == case["moves"]
    words = ["abcd", "bacd", "acd", "abcccd", "abcdcd", "cdab", "d", "", "abdc"]
    assert case["words"] == words
    assert case["cost"] == [0, 0, 0, 0, 0, 3, 2, 3, 2]


def net_of(file: Path) -> tuple[Plan, list[str]]:
    """Return the reachability graph of a Petri net as a plan, and the names of its places."""
    tree = ElementTree.parse(file)
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]

    def name(element: ElementTree.Element) -> str | None:
        silent = element.find("toolspecific[@activity='$invisible$']") is not None
        return None if silent else (element.findtext("name/text") or "").strip()

    transitions = {t.get("id", ""): name(t) for t in tree.iter("transition")}
    arcs = [(arc.get("source", ""), arc.get("target", "")) for arc in tree.iter("arc")]
    places = [place for place in tree.iter("place") if place.get("id")]
    first = frozenset(p.get("id", "") for p in places if p.findtext("initialMarking/text") == "1")
    final = frozenset(
        p
        for p in (place.get("id", "") for place in places)
        if all(source != p for source, _ in arcs)
    )
    names = sorted({name for name in transitions.values() if name})
    states, moves, open_ = {first: 0}, [], [first]
    while open_:
        marking = open_.pop()
        for transition, label in transitions.items():
            needs = {source for source, target in arcs if target == transition}
            if needs <= marking:
                gives = {target for source, target in arcs if source == transition}
                after = frozenset((marking - needs) | gives)
                if after not in states:
                    states[after] = len(states)
                    open_.append(after)
                place = names.index(label) if label else None
                moves.append(Move(states[marking], states[after], place))
    return Plan(len(names), len(states), tuple(moves), ends=(states[final],)), names


@needs_data
def test_the_running_example_fits_its_own_model_as_pm4py_says() -> None:
    plan, names = net_of(DATA / "logs" / "running-example.pnml")
    traces: dict[str, list[tuple[str, int]]] = {}
    with (DATA / "logs" / "running-example.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            step = (row["time:timestamp"], names.index(row["concept:name"]))
            traces.setdefault(row["case:concept:name"], []).append(step)
    words = [[place for _, place in sorted(steps)] for steps in traces.values()]
    assert len(words) == 6
    known = json.loads((DATA / "expected" / "pm4py_reference.json").read_text())
    said = known["conformance"]["running-example/shipped running-example.pnml"]["alignments"]
    cost, fitness = figures(plan, words)
    assert cost == [0] * 6
    assert fitness == [said["averageFitness"]] * 6
    # And with each step of each trace left out in turn, as pm4py answered once for all.
    shorter = [word[:at] + word[at + 1 :] for word in sorted(words) for at in range(len(word))]
    assert figures(plan, shorter)[0] == GOLDEN["running_example"]["cost"]


@pytest.mark.skipif(find_spec("pm4py") is None, reason="pm4py is not installed")
def test_pm4py_still_gives_the_stored_figures() -> None:
    from alignments import answers

    assert answers(GOLDEN) == GOLDEN
