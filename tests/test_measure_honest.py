"""Every count of a measured map on random lives, against slow, honest Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from examples import NOON
from trayecto import flow
from trayecto.journeys.cuts import BY_CHANNEL, by_month
from trayecto.journeys.scope import Scope
from trayecto.journeys.walk import count, lay
from trayecto.journeys.walked import Boundaries, Node, Walked
from trayecto.lake.duck import Session

# The map: four places in two stages; `error` is what nobody drew, and `call` is drawn on the web
# and not in the app, so that neither touchpoint nor channel alone tells where somebody was.
PLACE = {("ad", "web"): 0, ("ad", "app"): 0, ("shop", "web"): 1, ("shop", "app"): 1,
         ("buy", "web"): 2, ("buy", "app"): 2, ("call", "web"): 3}  # fmt: skip
STAGE = {0: 0, 1: 0, 2: 1, 3: 1}
NAMES = ("ad", "shop", "buy", "call", "error")
Row = tuple[str, int, str, str]
"""Who, at which hour, what, and on which channel."""

rows = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 60), st.sampled_from(NAMES),
              st.sampled_from(("web", "app"))),
    min_size=1, max_size=40,
)  # fmt: skip
some_places = st.frozensets(st.integers(0, 3))
rules = st.builds(
    Boundaries, starts=st.frozensets(st.integers(0, 3), min_size=1), completes=some_places,
    leaves=some_places, silence_s=st.sampled_from([None, 3_600 * 5.0, 3_600 * 20.0]),
)  # fmt: skip


@dataclass
class Journey:
    """One journey, step by step."""

    subject: str
    steps: list[tuple[datetime, str, str]]
    before_exit: list[bool] = field(default_factory=list)

    def places(self) -> list[int | None]:
        return [PLACE.get((what, channel)) for _, what, channel in self.steps]


def journeys_of(
    lives: Mapping[str, Sequence[tuple[datetime, str, str]]], rules: Boundaries, *, per: str
) -> list[Journey]:
    """Return the journeys, each life read step by step."""
    found: list[Journey] = []
    for who, life in lives.items():
        open_: Journey | None = None
        completed = False
        before: datetime | None = None
        for step in life:
            at, place = step[0], PLACE.get(step[1:])
            silent = rules.silence_s is not None and before is not None and (
                (at - before).total_seconds() > rules.silence_s
            )  # fmt: skip
            before = at
            if silent and per == "person":
                open_ = None
            if place in rules.starts and (open_ is None or (completed and per == "person")):
                open_, completed = Journey(who, []), False
                found.append(open_)
            if open_ is not None:
                open_.steps.append(step)
                completed = completed or place in rules.completes
    for journey in found:
        gone = False
        for place in journey.places():
            gone = gone or place in rules.leaves
            journey.before_exit.append(not gone)
    return found


def outcome(journey: Journey, rules: Boundaries, until: datetime) -> str:
    places = journey.places()
    if any(place in rules.completes for place in places):
        return "completed"
    silent = rules.silence_s is not None and (
        journey.steps[-1][0] + timedelta(seconds=rules.silence_s) <= until
    )
    return "left" if silent or not all(journey.before_exit) else "still_open"


def passed(
    journeys: Sequence[Journey], rules: Boundaries, until: datetime, levels: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    """Return by place (or stage): interactions, people, reached, onward, left, open, …"""
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * 8)
    people: dict[int, set[str]] = defaultdict(set)
    for journey in journeys:
        spots = [None if p is None else levels[p] for p in journey.places()]
        ends = outcome(journey, rules, until)
        for spot in {s for s in spots if s is not None}:
            first = spots.index(spot)
            ahead = [s for s, early in zip(spots, journey.before_exit, strict=True)
                     if early and s is not None and s > spot]  # fmt: skip
            later = [
                s
                for s, early in zip(
                    spots[first + 1 :], journey.before_exit[first + 1 :], strict=True
                )
                if early and s is not None and s > spot
            ]
            onward = ends == "completed" or bool(later)
            times = spots.count(spot)
            people[spot].add(journey.subject)
            own = (times, 0, 1, onward, not onward and ends == "left",
                   not onward and ends == "still_open", times > 1, bool(ahead))  # fmt: skip
            counts[spot] = [a + b for a, b in zip(counts[spot], own, strict=True)]
    return {spot: (own[0], len(people[spot]), *own[2:]) for spot, own in counts.items()}


@contextmanager
def walked(
    rows: Sequence[Row], rules: Boundaries, *, per: str
) -> Iterator[tuple[Session, Walked, dict[str, list[tuple[datetime, str, str]]]]]:
    """Give the walk over the rows, and the same rows as lives."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        lines = [f"{(NOON + timedelta(hours=hour)).isoformat()},{who},{what},{channel}"
                 for who, hour, what, channel in rows]  # fmt: skip
        whose = "order_id" if per == "case" else "user_id"
        file.write_text(f"timestamp,{whose},event,channel\n" + "\n".join(lines) + "\n")
        workspace = flow.create(Path(folder) / "w", language="en")
        flow.import_files(workspace, [file], source="shop")
        places: dict[Node, int] = {(*node, "shop"): place for node, place in PLACE.items()}
        lives: dict[str, list[tuple[datetime, str, str]]] = defaultdict(list)
        for who, hour, what, channel in sorted(rows, key=lambda row: row[1]):
            lives[who].append((NOON + timedelta(hours=hour), what, channel))
        with workspace.lake.session() as session:
            laid = lay(
                session, Scope(per), places=places, stages=STAGE, boundaries=rules,
                cuts={"channel": BY_CHANNEL, "month": by_month("UTC")},
            )  # fmt: skip
            yield session, count(session, laid), lives


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows, rules, st.sampled_from(["person", "case"]))
@example(  # out of order, undrawn in between, and back again after completing
    [("a", h, what, ch) for h, (what, ch) in enumerate([
        ("buy", "web"), ("error", "web"), ("error", "app"), ("ad", "web"), ("call", "app"),
        ("shop", "web"), ("buy", "web"), ("ad", "app"), ("call", "web"), ("shop", "app")])],
    Boundaries(frozenset({0, 1}), frozenset({2}), frozenset({3}), 3_600 * 5.0), "person",
)  # fmt: skip
def test_a_map_is_measured_as_slow_python_measures_it(
    rows: list[Row], rules: Boundaries, per: str
) -> None:
    with walked(rows, rules, per=per) as (session, found, lives):
        until = max(at for life in lives.values() for at, *_ in life)
        journeys = journeys_of(lives, rules, per=per)
        ends = Counter(outcome(journey, rules, until) for journey in journeys)
        counted = found.ends
        assert (counted.journeys, counted.people) == (
            len(journeys), len({j.subject for j in journeys})
        )  # fmt: skip
        assert [counted.completed, counted.left, counted.still_open] == [
            ends["completed"], ends["left"], ends["still_open"]
        ]  # fmt: skip
        as_tuples = {spot: tuple(_plain(v)) for spot, v in found.places.items()}
        assert as_tuples == passed(journeys, rules, until, {p: p for p in STAGE})
        by_stage = {spot: tuple(_plain(v)) for spot, v in found.stages.items()}
        assert by_stage == passed(journeys, rules, until, STAGE)
        assert _strays(session) == Counter(
            met for journey in journeys for met, place in _pairs(journey.places()) if place is None
        )
        _stage_times_hold(found, journeys, rules, until)
        _reconciles(found, len(rows), len(lives))


def _plain(visits: object) -> list[int]:
    return [getattr(visits, name) for name in (
        "interactions", "people", "reached", "onward", "left", "still_open", "repeated", "beyond"
    )]  # fmt: skip


def _pairs(places: Sequence[int | None]) -> Iterator[tuple[int | None, int | None]]:
    """Give each step with the place last met before it in the journey."""
    met: int | None = None
    for place in places:
        yield met, place
        met = met if place is None else place


def _strays(session: Session) -> Counter[int | None]:
    rows = session.ask("strays", "select after, sum(n)::bigint from stray group by all")
    return Counter(dict(rows))


def _stage_times_hold(
    found: Walked, journeys: Sequence[Journey], rules: Boundaries, until: datetime
) -> None:
    came: Counter[int] = Counter()
    others: Counter[tuple[int, str]] = Counter()
    for journey in journeys:
        spots = [None if p is None else STAGE[p] for p in journey.places()]
        ends = outcome(journey, rules, until)
        completed = [at for (at, what, ch) in journey.steps if PLACE.get((what, ch))
                     in rules.completes]  # fmt: skip
        for spot in {s for s in spots if s is not None}:
            first = spots.index(spot)
            if not journey.before_exit[first]:
                continue
            onward = any(
                s is not None and s > spot and early
                for s, early in zip(
                    spots[first + 1 :], journey.before_exit[first + 1 :], strict=True
                )
            )
            later = bool(completed) and completed[0] > journey.steps[first][0]
            if onward or later:
                came[spot] += 1
            elif ends != "completed":
                others[spot, ends] += 1
    times = found.stage_times
    assert {spot: spread.n for spot, spread in times.items() if spread.n} == dict(came)
    assert +Counter({
        (spot, what): getattr(spread, what)
        for spot, spread in times.items() for what in ("left", "still_open")
    }) == others  # fmt: skip


def _reconciles(found: Walked, interactions: int, people: int) -> None:
    assert found.interactions == interactions
    assert found.on_map + found.off_map + found.outside == interactions
    assert found.people == people
    by_kind: dict[str, int] = defaultdict(int)
    for (kind, _), own in found.cuts.items():
        by_kind[kind] += own.ends.journeys
        assert own.on_map == sum(v.interactions for v in own.places.values())
    # Everybody begins somewhere and some time, once: the cuts add up to the whole.
    assert set(by_kind.values()) <= {found.ends.journeys}
