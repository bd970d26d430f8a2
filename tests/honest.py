"""Slow, honest answers to the questions on journeys: plain loops over plain lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, groupby, pairwise
from math import inf

Step = tuple[float, str]
"""When (seconds) and at which node."""
Lives = Mapping[str, Sequence[Step]]


def level_loose(
    life: Sequence[Step], names: Sequence[str], *, window: float = inf, later: bool = False
) -> int:
    """Return how many of *names* some choice of steps takes in order; every choice is tried."""
    for size in range(len(names), 0, -1):
        for chosen in combinations(life, size):
            told = [what for _, what in chosen] == list(names[:size])
            in_time = chosen[-1][0] - chosen[0][0] <= window
            apart = not later or all(a < b for (a, _), (b, _) in pairwise(chosen))
            if told and in_time and apart:
                return size
    return 0


def level_by_rule(
    life: Sequence[Step], names: Sequence[str], *, window: float = inf, strict: bool
) -> int:
    """Return the level reached reading step by step; strict stops at anything that is not next."""
    began: list[float | None] = [None] * len(names)

    def highest() -> int:
        return max((i + 1 for i, start in enumerate(began) if start is not None), default=0)

    for at, what in life:
        if what not in names:
            if strict and began[0] is not None:
                return highest()
            continue
        i = names.index(what)
        if i == 0:
            began[0] = at
            continue
        if not strict and began[i] is not None:
            return highest()
        start = began[i - 1]
        if start is None:
            if strict and began[0] is not None:
                return highest()
            continue
        if at - start <= window:
            began[i] = start
            if i == len(names) - 1:
                return len(names)
    return highest()


def sessions(lives: Lives, gap: float) -> list[list[Step]]:
    """Return every stretch of steps without a longer gap."""
    found: list[list[Step]] = []
    for life in lives.values():
        for i, step in enumerate(life):
            if i and step[0] - life[i - 1][0] <= gap:
                found[-1].append(step)
            else:
                found.append([step])
    return found


def around(lives: Lives, node: str, before: int, after: int) -> Counter[tuple[int, str]]:
    """Return who is where, so many steps from each one's first time at the node."""
    found: Counter[tuple[int, str]] = Counter()
    for life in lives.values():
        names = [what for _, what in life]
        if node in names:
            first = names.index(node)
            for i, name in enumerate(names):
                if -before <= i - first <= after:
                    found[i - first, name] += 1
    return found


def kaplan_meier(times: Sequence[tuple[float, bool]]) -> dict[float, float]:
    """Return the share that has arrived by each time at which somebody arrived."""
    staying, found = 1.0, {}
    for at, group in groupby(sorted(times), key=lambda pair: pair[0]):
        came = sum(arrived for _, arrived in group)
        risk = sum(other >= at for other, _ in times)
        staying *= 1 - came / risk
        if came:
            found[at] = 1 - staying
    return found


def before_goal(lives: Lives, goal: str) -> list[tuple[list[Step], bool]]:
    """Return each journey up to its first time at the goal, and whether it gets there."""
    found = []
    for life in lives.values():
        names = [what for _, what in life]
        reached = goal in names
        found.append((list(life[: names.index(goal)] if reached else life), reached))
    return found


def shapley(paths: Iterable[set[str]]) -> dict[str, float]:
    """Return the Shapley value by its definition: the mean of what each one adds to a coalition."""
    sets = [frozenset(path) for path in paths if path]
    players = sorted(set().union(*sets)) if sets else []

    def worth(coalition: frozenset[str]) -> int:
        return sum(path <= coalition for path in sets)

    weight = [1.0] * (len(players) + 1)
    for i in range(1, len(players) + 1):
        weight[i] = weight[i - 1] * i
    value: dict[str, float] = defaultdict(float)
    n = len(players)
    for player in players:
        others = [other for other in players if other != player]
        for size in range(n):
            for chosen in combinations(others, size):
                coalition = frozenset(chosen)
                adds = worth(coalition | {player}) - worth(coalition)
                value[player] += weight[size] * weight[n - size - 1] / weight[n] * adds
    return dict(value)


def converts(paths: Sequence[tuple[Sequence[str], bool]], without: str | None = None) -> float:
    """Return the chance to convert in the chain of the paths, by walking it until nothing moves."""
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for path, reached in paths:
        whole = ["(start)", *path, "(goal)" if reached else "(null)"]
        for a, b in pairwise(whole):
            ways[a][b] += 1
    here, done = {"(start)": 1.0}, 0.0
    for _ in range(4_000):
        there: dict[str, float] = defaultdict(float)
        for node, chance in here.items():
            for target, count in ways[node].items():
                part = chance * count / ways[node].total()
                if target == "(goal)":
                    done += part
                elif target not in ("(null)", without):
                    there[target] += part
        here = there
    return done
