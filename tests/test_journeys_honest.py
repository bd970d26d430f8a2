"""Every question on random journeys, against slow, honest Python: ties, repeats, single steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import honest
from examples import NOON
from trayecto import flow
from trayecto.journeys.funnel import Order
from trayecto.workspace import Workspace

NAMES = ("ad", "shop", "call", "buy")
EVERYBODY = flow.Scope()
lives = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 9), st.sampled_from(NAMES)),
    min_size=1,
    max_size=26,
)
several = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def lived(rows: list[tuple[str, int, str]]) -> Iterator[tuple[Workspace, honest.Lives]]:
    """Give a workspace in which the rows happened (who, minute, what), and the same as lists."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        lines = [
            f"{(NOON + timedelta(minutes=minute)).isoformat()},{who},{what}"
            for who, minute, what in rows
        ]
        file.write_text("timestamp,user_id,event\n" + "\n".join(lines) + "\n")
        workspace = flow.create(Path(folder) / "w", language="en")
        flow.import_files(workspace, [file], source="web")
        people: dict[str, list[honest.Step]] = defaultdict(list)
        for who, minute, what in sorted(rows, key=lambda row: row[1]):  # stable: ties by row
            people[who].append((minute * 60.0, what))
        yield workspace, people


def seen(rows: list[tuple[str, int, str]], *names: str) -> bool:
    return set(names) <= {what for _, _, what in rows}


@several
@given(lives, st.sampled_from([None, 2, 5]))
def test_funnels(rows: list[tuple[str, int, str]], minutes: int | None) -> None:
    names = [name for name in ("ad", "shop", "buy") if seen(rows, name)]
    if len(names) < 2:
        return
    window = timedelta(minutes=minutes) if minutes else None
    within = minutes * 60.0 if minutes else float("inf")
    with lived(rows) as (workspace, people):
        orders: list[Order] = ["loose", "increase", "once", "strict"]
        for order in orders:
            rules = flow.FunnelRules(window=window, order=order)
            found = flow.funnel(workspace, EVERYBODY, names, rules=rules)
            levels = [
                honest.level_by_rule(life, names, window=within, strict=order == "strict")
                if order in ("once", "strict")
                else honest.level_loose(life, names, window=within, later=order == "increase")
                for life in people.values()
            ]
            expected = [sum(level > i for level in levels) for i in range(len(names))]
            assert [step.people for step in found.steps] == expected, order


@several
@given(lives)
def test_a_funnel_without_a_node_between(rows: list[tuple[str, int, str]]) -> None:
    if not seen(rows, "ad", "buy", "call"):
        return
    with lived(rows) as (workspace, people):
        rules = flow.FunnelRules(without=("call",))
        found = flow.funnel(workspace, EVERYBODY, ["ad", "buy"], rules=rules)
        stretches = []
        for life in people.values():
            names = " ".join(what for _, what in life)
            stretches.append([part.split() for part in names.split("call")])
        reach = [
            any("ad" in p and "buy" in p[p.index("ad") + 1 :] for p in parts) for parts in stretches
        ]
        assert found.steps[1].people == sum(reach)


@several
@given(lives, st.integers(1, 4))
def test_sessions(rows: list[tuple[str, int, str]], minutes: int) -> None:
    with lived(rows) as (workspace, people):
        found = flow.sessions(workspace, EVERYBODY, gap=timedelta(minutes=minutes))
    expected = honest.sessions(people, minutes * 60.0)
    lengths = sorted(len(one) for one in expected)
    times = sorted(one[-1][0] - one[0][0] for one in expected)
    assert found.sessions == len(expected)
    assert found.of_one_step == lengths.count(1)
    assert found.median_steps == pytest.approx(quantile(lengths, 0.5))
    assert found.p90_steps == pytest.approx(quantile(lengths, 0.9))
    assert found.mean_s == pytest.approx(sum(times) / len(times))
    assert found.median_s == pytest.approx(quantile(times, 0.5))
    assert found.p90_s == pytest.approx(quantile(times, 0.9))
    assert {d.name: d.sessions for d in found.begin} == Counter(one[0][1] for one in expected)
    assert {d.name: d.sessions for d in found.end} == Counter(one[-1][1] for one in expected)


def quantile(ordered: list[float] | list[int], q: float) -> float:
    place = (len(ordered) - 1) * q
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@several
@given(lives)
def test_what_happens_around_a_node(rows: list[tuple[str, int, str]]) -> None:
    if not seen(rows, "shop"):
        return
    with lived(rows) as (workspace, people):
        found = flow.around(workspace, EVERYBODY, "shop", before=2, after=2)
        start = flow.around(workspace, EVERYBODY, after=2)
    expected = honest.around(people, "shop", 2, 2)
    assert {(s.offset, s.name): s.count for s in found.stops} == expected
    flows: Counter[tuple[int, str, str]] = Counter()
    for life in people.values():
        names = [what for _, what in life]
        if "shop" in names:
            first = names.index("shop")
            for i, (a, b) in enumerate(pairwise(names)):
                if -2 <= i - first < 2:
                    flows[i - first, a, b] += 1
    assert {(f.offset, f.source, f.target): f.count for f in found.flows} == flows
    first_steps = Counter((i, s[1]) for life in people.values() for i, s in enumerate(life[:3], 1))
    assert {(s.offset, s.name): s.count for s in start.stops} == first_steps


@several
@given(lives)
def test_durations_with_open_ones(rows: list[tuple[str, int, str]]) -> None:
    if not seen(rows, "ad", "buy"):
        return
    with lived(rows) as (workspace, people):
        found = flow.durations(workspace, EVERYBODY, source="ad", target="buy")
        whole = flow.durations(workspace, EVERYBODY)
    horizon = max(at for life in people.values() for at, _ in life)
    times: list[tuple[float, bool]] = []
    for life in people.values():
        names = [what for _, what in life]
        if "ad" not in names:
            continue
        first = names.index("ad")
        later = [at for at, what in life[first + 1 :] if what == "buy"]
        start = life[first][0]
        times.append((later[0] - start, True) if later else (horizon - start, False))
    arrived = sorted(t for t, came in times if came)
    assert (found.arrived.n, found.open) == (len(arrived), len(times) - len(arrived))
    curve = honest.kaplan_meier(times)
    assert {p.after_s: pytest.approx(p.arrived) for p in found.curve} == curve
    assert found.median_s == next((t for t, share in curve.items() if share >= 0.5 - 1e-9), None)
    spans = sorted(life[-1][0] - life[0][0] for life in people.values())
    assert (whole.arrived.n, whole.open) == (len(spans), 0)
    assert whole.arrived.median_s == pytest.approx(quantile(spans, 0.5))
    assert whole.arrived.mean_s == pytest.approx(sum(spans) / len(spans))


@several
@given(lives)
def test_exits(rows: list[tuple[str, int, str]]) -> None:
    with lived(rows) as (workspace, people):
        found = flow.exits(workspace, EVERYBODY, silence=timedelta(minutes=3))
    horizon = max(at for life in people.values() for at, _ in life)
    for node in found.nodes:
        last = [life[-1][0] for life in people.values() if life[-1][1] == node.name]
        assert node.left == sum(at + 180 <= horizon for at in last)
        assert node.open == sum(at + 180 > horizon for at in last)
        assert node.people == sum(
            node.name in {what for _, what in life} for life in people.values()
        )
    assert found.people == len(people)


@several
@given(lives)
def test_influence(rows: list[tuple[str, int, str]]) -> None:
    if not seen(rows, "buy"):
        return
    with lived(rows) as (workspace, people):
        found = flow.influence(workspace, EVERYBODY, "buy", half_life=timedelta(minutes=2))
    cut = honest.before_goal(people, "buy")
    won = [path for path, reached in cut if reached and path]
    expected: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for path in won:
        n = len(path)
        weights = [2.0 ** -((path[-1][0] - at) / 120) for at, _ in path]
        for i, (_, name) in enumerate(path):
            ends = (i == 0) + (i == n - 1)
            middle = 0 if ends else 0.2 / (n - 2) if n > 2 else 0
            expected["first"][name] += i == 0
            expected["last"][name] += i == n - 1
            expected["linear"][name] += 1 / n
            expected["position"][name] += 1 if n == 1 else 0.5 if n == 2 else 0.4 * ends + middle
            expected["decay"][name] += weights[i] / sum(weights)
    expected["shapley"] = defaultdict(float, honest.shapley({w for _, w in p} for p in won))
    plain = [([what for _, what in path], reached) for path, reached in cut]
    base = honest.converts(plain)
    for credit in found.credits:
        for way in ("first", "last", "linear", "position", "decay", "shapley"):
            assert getattr(credit, way) == pytest.approx(expected[way][credit.name]), way
        lost = 1 - honest.converts(plain, without=credit.name) / base
        assert credit.removal_effect == pytest.approx(lost, abs=1e-6)
    assert sum(credit.markov for credit in found.credits) == pytest.approx(len(won))
    assert found.conversions - found.direct == len(won)


@several
@given(lives, st.sampled_from([("ad",), ("ad", "shop"), ("call", "buy")]))
def test_hidden_nodes_leave_the_sequence_of_those_that_remain(
    rows: list[tuple[str, int, str]], shown: tuple[str, ...]
) -> None:
    if not seen(rows, *shown):
        return
    with lived(rows) as (workspace, people):
        scope = flow.Scope(touchpoints=shown)
        graph = flow.graph(workspace, scope)
        paths = flow.variants(workspace, scope)
        whole = flow.variants(workspace, flow.Scope(touchpoints=shown, whole=True))
        meets = flow.variants(workspace, flow.Scope(contains=shown))
        avoids = flow.variants(workspace, flow.Scope(avoids=shown))
    left = {who: [step for step in life if step[1] in shown] for who, life in people.items()}
    left = {who: life for who, life in left.items() if life}
    steps = Counter((a[1], b[1]) for life in left.values() for a, b in pairwise(life))
    assert {(e.source, e.target): e.count for e in graph.edges} == steps
    who = Counter(
        pair for life in left.values() for pair in {(a[1], b[1]) for a, b in pairwise(life)}
    )
    assert {(e.source, e.target): e.people for e in graph.edges} == who
    assert {v.path: v.count for v in paths.listed} == taken(list(left.values()))
    assert {v.path: v.count for v in whole.listed} == taken([people[name] for name in left])
    names = {name: {what for _, what in life} for name, life in people.items()}
    assert {v.path: v.count for v in meets.listed} == taken(
        [life for name, life in people.items() if set(shown) <= names[name]]
    )
    assert {v.path: v.count for v in avoids.listed} == taken(
        [life for name, life in people.items() if not set(shown) & names[name]]
    )


def taken(some: Iterable[Sequence[honest.Step]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(what for _, what in life) for life in some)
