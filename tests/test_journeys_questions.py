"""The questions on journeys, on stories a person can read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
from deltalake import CommitProperties, write_deltalake

from examples import workspace_of
from trayecto import flow
from trayecto.journeys.compare import differences
from trayecto.journeys.sequence import in_sequence
from trayecto.lake.duck import Session
from trayecto.lake.tables import PATHS, STEPS
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.script import whole
from trayecto.workspace import Workspace

STORY = """
    ana: ad > shop >2d ad > buy
    luz: ad >3h shop > buy
    eva: ad > call[phone] > shop > shop > buy
    pep: shop > buy
    bob@5d: ad >9d ad
"""
EVERYBODY = flow.Scope()
DAY = 86_400.0


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace_of(tmp_path_factory.mktemp("story"), STORY)


def people(workspace: Workspace, *names: str, rules: flow.FunnelRules) -> list[int]:
    return [step.people for step in flow.funnel(workspace, EVERYBODY, names, rules=rules).steps]


# Funnels


def test_a_funnel_counts_who_did_the_steps_before(workspace: Workspace) -> None:
    found = flow.funnel(workspace, EVERYBODY, ["ad", "shop", "buy"])
    assert [(s.name, s.people, s.share) for s in found.steps] == [
        ("ad", 4, 1.0),
        ("shop", 3, 0.75),
        ("buy", 3, 0.75),
    ]
    # ana 1 h, luz 3 h, eva 2 h from ad to shop
    assert found.steps[1].median_s == 2 * 3600


def test_the_window_runs_from_the_first_step_and_holds_its_end(workspace: Workspace) -> None:
    four_hours = flow.FunnelRules(window=timedelta(hours=4))
    assert people(workspace, "ad", "shop", "buy", rules=four_hours) == [4, 3, 2]  # not ana
    less = flow.FunnelRules(window=timedelta(hours=4) - timedelta(seconds=1))
    assert people(workspace, "ad", "shop", "buy", rules=less) == [4, 3, 0]


def test_who_starts_again_may_arrive_by_the_later_start(workspace: Workspace) -> None:
    an_hour = flow.FunnelRules(window=timedelta(hours=1))
    assert people(workspace, "ad", "buy", rules=an_hour) == [4, 1]  # ana, by her second ad


def test_strict_funnels_end_at_anything_else(workspace: Workspace) -> None:
    strict = flow.FunnelRules(order="strict")
    # eva calls in between. ana's second ad is no other step: she began anew, and buys.
    assert people(workspace, "ad", "shop", "buy", rules=strict) == [4, 2, 2]
    once = flow.FunnelRules(order="once")
    assert people(workspace, "ad", "shop", "buy", rules=once) == [4, 3, 2]  # eva shops twice


def test_any_of_several_nodes_may_be_a_step(workspace: Workspace) -> None:
    found = flow.funnel(workspace, EVERYBODY, ["ad|shop", "call[phone]|buy"])
    assert [step.people for step in found.steps] == [5, 4]


def test_the_same_node_twice_asks_for_two_visits(workspace: Workspace) -> None:
    assert people(workspace, "ad", "ad", rules=flow.FunnelRules()) == [4, 2]  # ana and bob


def test_a_node_without_which_the_way_must_be(workspace: Workspace) -> None:
    rules = flow.FunnelRules(without=("call",))
    assert people(workspace, "ad", "shop", rules=rules) == [4, 2]


def test_a_funnel_broken_down_adds_up(workspace: Workspace) -> None:
    rules = flow.FunnelRules(split="channel")
    found = flow.funnel(workspace, EVERYBODY, ["call|ad|shop", "buy"], rules=rules)
    for i, step in enumerate(found.steps):
        assert sum(part.steps[i].people for part in found.segments) == step.people


# Time


def test_who_has_not_arrived_is_open_and_counts_as_that_long(workspace: Workspace) -> None:
    found = flow.durations(workspace, EVERYBODY, source="ad", target="buy")
    assert (found.people, found.arrived.n, found.open) == (4, 3, 1)
    # After 4 h luz and eva of four have arrived: one half.
    assert [(p.after_s, round(p.arrived, 6)) for p in found.curve] == [
        (4 * 3600.0, 0.5),
        (2 * DAY + 2 * 3600, 0.75),
    ]
    assert found.median_s == 4 * 3600
    assert found.p90_s is None  # nobody knows yet


def test_a_longer_gap_ends_a_session(workspace: Workspace) -> None:
    found = flow.sessions(workspace, EVERYBODY, gap=timedelta(hours=2))
    assert (found.sessions, found.of_one_step, found.people) == (8, 3, 5)
    assert found.mean_steps == 2.0
    exactly = flow.sessions(workspace, EVERYBODY, gap=timedelta(hours=3))
    assert exactly.sessions == 7  # luz's three hours are not longer than three hours


def test_cohorts_are_calendar_weeks_and_the_running_one_is_told(workspace: Workspace) -> None:
    found = flow.retention(workspace, EVERYBODY)
    assert [(c.begins, c.people, c.active) for c in found.cohorts] == [
        (date(2026, 2, 23), 4, (4, 1, 0)),
        (date(2026, 3, 2), 1, (1, 1)),
    ]
    assert found.running == date(2026, 3, 9)
    assert [one.share for one in found.overall] == [1.0, 0.25, None]


def test_weeks_begin_by_the_clock_of_the_customers(tmp_path: Path) -> None:
    # Sunday 29 March 2026, 22:30 UTC is Monday in Madrid, whose clocks changed that morning.
    rows = ["2026-03-28T23:30:00+00:00", "2026-03-29T22:30:00+00:00"]
    file = tmp_path / "rows.csv"
    file.write_text("timestamp,user_id,event\n" + "".join(f"{at},ana,ad\n" for at in rows))
    for zone, weeks in (("Europe/Madrid", (1, 1)), ("UTC", (1,))):
        workspace = flow.create(tmp_path / zone.replace("/", "-"), language="es", zone=zone)
        flow.import_files(workspace, [file], source="web")
        assert flow.retention(workspace, EVERYBODY).cohorts[0].active == weeks


def test_who_may_still_come_back_has_not_left(workspace: Workspace) -> None:
    found = flow.exits(workspace, EVERYBODY, silence=timedelta(days=3))
    assert (found.people, found.left, found.open) == (5, 4, 1)
    by_name = {node.name: node for node in found.nodes}
    assert (by_name["buy"].left, by_name["buy"].share) == (4, 1.0)
    assert (by_name["ad"].left, by_name["ad"].open, by_name["ad"].share) == (0, 1, 0.0)


# Influence and comparison


def test_first_and_last_share_out_every_conversion(workspace: Workspace) -> None:
    found = flow.influence(workspace, EVERYBODY, "buy")
    assert (found.conversions, found.journeys) == (4, 5)
    credit = {c.name: c for c in found.credits}
    assert {name: c.first for name, c in credit.items()} == {"ad": 3, "shop": 1, "call": 0}
    assert {name: c.last for name, c in credit.items()} == {"ad": 1, "shop": 3, "call": 0}
    # ana 1/3, luz 2 nodes, eva 3 nodes, pep 1 node
    assert credit["shop"].shapley == pytest.approx(1 / 2 + 1 / 2 + 1 / 3 + 1)


def test_what_is_thousands_of_half_lives_ago_earns_nothing_and_breaks_nothing(
    tmp_path: Path,
) -> None:
    workspace = workspace_of(tmp_path, "ana: ad >120d shop >1h call > buy")
    for half_life, call in ((timedelta(hours=1), 2 / 3), (timedelta(days=40), 0.47)):
        found = flow.influence(workspace, EVERYBODY, "buy", half_life=half_life)
        decay = {c.name: c.decay for c in found.credits}
        assert sum(decay.values()) == pytest.approx(1)
        assert decay["call"] == pytest.approx(call, abs=0.001)
    # At three half-lives the first step weighs an eighth of the last: 1 / (1 + 1 + 1/8) = 0.47.
    assert decay["ad"] == pytest.approx(0.125 / 2.125, abs=0.001)


def test_influence_is_told_by_channel_too(workspace: Workspace) -> None:
    found = flow.influence(workspace, flow.Scope(by="channel"), "buy")
    assert {c.name: c.first for c in found.credits} == {"web": 4, "phone": 0}


def test_a_difference_has_the_interval_of_newcombe() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table II: 56/70 less 48/80 is 0.0524 to 0.3339.
    found = differences(
        {("node", "x"): 48}, {("node", "x"): 56}, sizes=(80, 70), correction="holm"
    )[0]
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.0524, 0.3339)


def test_two_segments_are_compared_by_people(workspace: Workspace) -> None:
    found = flow.compare(
        workspace, flow.Scope(contains=("buy",)), flow.Scope(avoids=("buy",)), names=("a", "b")
    )
    assert (found.first_people, found.second_people, found.both) == (4, 1, 0)
    shop = next(d for d in found.differences if (d.kind, d.name) == ("node", "shop"))
    assert (shop.first, shop.second) == (1.0, 0.0)


# Who


def test_the_people_behind_a_figure(workspace: Workspace) -> None:
    found = flow.members(workspace, EVERYBODY, "ad", then="shop", named=True)
    assert found.people == 2
    assert sorted(m.names for m in found.listed) == [("ana",), ("luz",)]
    assert all(not m.names for m in flow.members(workspace, EVERYBODY, "ad").listed)


def test_a_timeline_tells_each_step(workspace: Workspace) -> None:
    (eva,) = (m for m in flow.members(workspace, EVERYBODY, "call").listed)
    (line,) = flow.timelines(workspace, EVERYBODY, subjects=(eva.subject,)).journeys
    assert [m.name for m in line.steps] == ["ad", "call", "shop", "shop", "buy"]
    assert line.steps[1].channel == "phone"


# Scope and bad input


def test_nodes_told_by_channel(workspace: Workspace) -> None:
    graph = flow.graph(workspace, flow.Scope(by="node"))
    assert {n.name: n.people for n in graph.nodes}["call [phone]"] == 1
    assert {n.name for n in flow.graph(workspace, flow.Scope(by="channel")).nodes} == {
        "web",
        "phone",
    }


def test_whole_journeys_of_a_period(workspace: Workspace) -> None:
    later = flow.Period(since=datetime(2026, 3, 5, tzinfo=UTC))
    cut = flow.variants(workspace, flow.Scope(period=later))
    assert [v.path for v in cut.listed] == [("ad", "ad")]
    third = flow.Period(
        since=datetime(2026, 3, 3, tzinfo=UTC), until=datetime(2026, 3, 4, tzinfo=UTC)
    )
    whole = flow.variants(workspace, flow.Scope(period=third, whole=True))
    assert [v.path for v in whole.listed] == [("ad", "shop", "ad", "buy")]


def test_near_paths_count_with_the_commoner_one(tmp_path: Path) -> None:
    story = "a: ad > buy\nb: ad > buy\nc: ad > shop > buy\nd: call > call > call > call"
    found = flow.variants(workspace_of(tmp_path, story), EVERYBODY, near=1)
    assert [(v.path, v.count, v.alike) for v in found.listed] == [
        (("ad", "buy"), 3, 2),
        (("call", "call", "call", "call"), 1, 1),
    ]


def test_a_filter_nobody_passes_gives_an_empty_answer(workspace: Workspace) -> None:
    nobody = flow.Scope(period=flow.Period(since=datetime(2030, 1, 1, tzinfo=UTC)))
    assert flow.graph(workspace, nobody).nodes == ()
    assert flow.variants(workspace, nobody).journeys == 0
    assert [s.people for s in flow.funnel(workspace, nobody, ["ad", "buy"]).steps] == [0, 0]
    assert flow.durations(workspace, nobody).people == 0
    assert flow.sessions(workspace, nobody).sessions == 0
    assert flow.retention(workspace, nobody).cohorts == ()
    assert flow.exits(workspace, nobody).people == 0
    assert flow.influence(workspace, nobody, "buy").conversions == 0
    assert flow.around(workspace, nobody, "ad").journeys == 0
    assert flow.members(workspace, nobody, "ad").people == 0
    assert flow.timelines(workspace, nobody).journeys == ()
    assert flow.compare(workspace, nobody, nobody).differences == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda w: flow.funnel(w, EVERYBODY, ["ad"]), "two steps or more"),
        (lambda w: flow.funnel(w, EVERYBODY, ["ad", "shpo"]), "Did you mean: shop"),
        (lambda w: flow.funnel(w, EVERYBODY, ["ad", "call[phon]"]), "Did you mean: phone"),
        (
            lambda w: flow.funnel(
                w, EVERYBODY, ["ad", "buy"], rules=flow.FunnelRules(window=timedelta())
            ),
            "longer than zero",
        ),
        (
            lambda w: flow.funnel(
                w, EVERYBODY, ["ad", "buy"], rules=flow.FunnelRules(without=("ad",))
            ),
            "end the way too",
        ),
        (lambda w: flow.graph(w, flow.Scope(contains=("ad",), avoids=("ad",))), "both meet and"),
        (lambda w: flow.graph(w, flow.Scope(channels=("webb",))), "Did you mean: web"),
        (lambda w: flow.graph(w, flow.Scope(areas=("sales",))), "no area"),
        (lambda w: flow.around(w, EVERYBODY, "ad", after=0), "steps away"),
        (lambda w: flow.around(w, EVERYBODY, before=2), "before the first step"),
        (lambda w: flow.sessions(w, EVERYBODY, gap=timedelta()), "longer than zero"),
    ],
)
def test_what_cannot_be_answered_says_why(
    wrong: Callable[[Workspace], object], said: str, workspace: Workspace
) -> None:
    with pytest.raises(TrayectoError, match=said):
        wrong(workspace)


# How it is found


def test_the_sql_behind_a_figure_can_be_run_by_hand(workspace: Workspace) -> None:
    with flow.recording() as sql:
        found = flow.funnel(workspace, EVERYBODY, ["ad", "buy"])
    text = whole(sql)
    assert "-- level 2" in text
    with duckdb.connect() as by_hand:
        by_hand.execute(text)
        counts = by_hand.execute("select level, count(*) from got_to group by 1 order by 1")
        assert counts.fetchall() == [(i, s.people) for i, s in enumerate(found.steps, 1)]


_SORTS = ("WINDOW", "ORDER_BY", "TOP_N", "ASOF_JOIN", "PIECEWISE_MERGE_JOIN")
_GROUPS = ("HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "UNGROUPED_AGGREGATE")


def sorted_again(plan: dict[str, Any]) -> list[str]:
    """Return what sorts rows as they were scanned; what was grouped before is a few rows."""
    return [plan["name"] for _ in range(plan["name"] in _SORTS and scans(plan))] + [
        found for child in plan["children"] for found in sorted_again(child)
    ]


def scans(plan: dict[str, Any]) -> bool:
    """Tell whether rows come up from a file without being grouped on the way."""
    if plan["name"] in _GROUPS:
        return False
    return plan["name"] == "READ_PARQUET" or any(map(scans, plan["children"]))


def plans(session: Session, sql: str) -> list[dict[str, Any]]:
    """Return what the engine would do."""
    ((_, told),) = session.ask("plan", f"explain (format json) {sql}")
    return cast("list[dict[str, Any]]", json.loads(told))


def test_no_question_on_everybody_sorts_or_windows_the_steps(workspace: Workspace) -> None:
    week = flow.FunnelRules(window=timedelta(days=7))
    asked: list[Callable[[], object]] = [
        lambda: flow.graph(workspace, EVERYBODY),
        lambda: flow.variants(workspace, EVERYBODY, at_most=5),
        lambda: flow.around(workspace, EVERYBODY),
        lambda: flow.around(workspace, EVERYBODY, "shop", before=2, after=2),
        lambda: flow.sessions(workspace, EVERYBODY),
        lambda: flow.funnel(workspace, EVERYBODY, ["ad", "shop", "buy"], rules=week),
        lambda: flow.durations(workspace, EVERYBODY),
        lambda: flow.durations(workspace, EVERYBODY, source="ad", target="buy"),
        lambda: flow.retention(workspace, EVERYBODY),
        lambda: flow.exits(workspace, EVERYBODY),
        lambda: flow.influence(workspace, EVERYBODY, "buy"),
        lambda: flow.members(workspace, EVERYBODY, "shop", at_most=5),
        # What a filter leaves is put in sequence as it lies, too.
        lambda: flow.graph(workspace, flow.Scope(channels=("web",))),
        lambda: flow.sessions(workspace, flow.Scope(avoids=("call",))),
    ]
    for ask in asked:
        with flow.recording() as sql:
            ask()
        with workspace.lake.session() as session:
            for step, text in sql:
                if step.startswith("view of"):
                    continue
                if not text.lstrip().startswith(("set", "reset", "create or replace temp view")):
                    assert [sorted_again(plan) for plan in plans(session, text)] == [[]], step
                session.run(step, text)


def test_a_plan_that_sorts_what_it_scanned_is_seen(workspace: Workspace) -> None:
    with workspace.lake.session() as session:
        for sql, sorts in (
            ("select * from steps order by subject", ["ORDER_BY"]),
            ("select lag(touchpoint) over (partition by subject order by position) from steps",
             ["WINDOW"]),
            ("select touchpoint, count(*) from steps group by touchpoint order by 2", []),
        ):  # fmt: skip
            assert [found for plan in plans(session, sql) for found in sorted_again(plan)] == sorts


def test_the_stored_order_holds_in_large_files_too(tmp_path: Path) -> None:
    """A writer that works on several pieces at once must not let them overtake each other."""
    workspace = flow.create(tmp_path / "workspace", language="en")
    file = tmp_path / "many.parquet"
    with duckdb.connect() as by_hand:
        by_hand.execute(
            f"""copy (select 'p' || (i * 7919 % 3000) as user_id, 'e' || i as event_id,
                        timestamp '2026-01-01' + to_seconds(i * 104729 % 7776000) as timestamp,
                        't' || (i * 31 % 11) as event from range(400000) r(i))
                to '{file}' (format parquet)"""
        )
    flow.import_files(workspace, [file], source="web")
    with workspace.lake.session() as session:
        astray = """
            select count(*) from (
              select position, subject, lag(subject) over () as whose,
                     lag(position) over () as before from steps)
            where position <> 1 and (subject <> whose or position <> before + 1)"""
        assert session.one("astray", astray) == (0,)
        starts = session.one("starts", "select count(*) from steps where position = 1")
        assert starts == session.one("people", "select count(distinct subject) from steps")
        late = "select count(*) from steps where gap_us < 0 or next_gap_us < 0"
        assert session.one("back in time", late) == (0,)


def test_the_ways_stored_are_the_sums_of_the_steps(workspace: Workspace) -> None:
    columns = "per, bucket, previous, previous_channel, touchpoint, channel, source"
    with workspace.lake.session() as session:
        stored = session.ask(
            "ways",
            f"""
            select {columns}, times, ends, first_here, first_way, gap_us from ways order by all""",
        )
        counted = session.ask("counted", f"""
            select {columns}, count(*), count(*) filter (final), count(*) filter (first_here),
                   count(*) filter (first_way), coalesce(sum(gap_us), 0)
            from steps group by {columns} order by all""")  # fmt: skip
    assert len(stored) > 5
    assert stored == counted


def test_the_paths_stored_are_those_of_the_steps(workspace: Workspace) -> None:
    assert PATHS.written_by == STEPS.written_by
    with workspace.lake.session() as session:
        (apart,) = session.one(
            "paths unlike the steps",
            """select count(*) from paths p join (
                 select per, subject, list(touchpoint order by position) as path,
                        min(occurred_at) as a, max(occurred_at) as z from steps group by all) s
                 on s.per = p.per and s.subject = p.subject
               where s.path <> p.path or s.a <> p.first_at or s.z <> p.last_at""",
        )
        assert apart == 0
        assert session.one("subjects", "select count(*) from paths") == (5,)


def test_answers_show_themselves_in_a_notebook(workspace: Workspace) -> None:
    for answer in (
        flow.graph(workspace, EVERYBODY),
        flow.funnel(workspace, EVERYBODY, ["ad", "buy"]),
        flow.around(workspace, EVERYBODY),
        flow.retention(workspace, EVERYBODY),
        flow.durations(workspace, EVERYBODY),
        flow.timelines(workspace, EVERYBODY),
    ):
        assert "<svg" in getattr(answer, "_repr_html_")()  # noqa: B009 - set by name


@pytest.mark.parametrize(
    "words",
    [
        "funnel ad shop buy --within 7d -o {}/funnel.svg",
        "paths shop --before 1 --table -o {}/table.png",
        "retention --every day -o {}/grid.csv",
        "exits --silence 3d -o {}/exits.json",
        "export {}/steps.parquet",
        "influence buy --sql",
        "compare channel=web channel=phone",
    ],
)
def test_the_commands_answer(words: str, workspace: Workspace, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from trayecto.cli import main; main()",
         *words.format(tmp_path).split(), "-w", str(workspace.folder), "-l", "es"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = list(tmp_path.iterdir())
    assert all(file.stat().st_size > 20 for file in written)
    assert bool(written) == ("{}" in words)
    assert written or done.stdout.strip()


def test_steps_in_an_older_layout_are_ordered_anew(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, STORY)
    lake = workspace.lake
    before = flow.graph(workspace, EVERYBODY)
    note = {f"our.{k}": v for k, v in lake.stamp(STEPS).items() if k != "layout"}
    with duckdb.connect() as by_hand:
        older: Any = by_hand.sql(
            "select * exclude (first_here, first_way, next_gap_us) "
            f"from read_parquet({lake.files(STEPS)}, hive_partitioning = true)"
        )
        write_deltalake(
            lake.folder / "steps", older, mode="overwrite", schema_mode="overwrite",
            partition_by=["per", "bucket"],
            commit_properties=CommitProperties(custom_metadata=note),
        )  # fmt: skip
    assert "first_here" not in lake.stored(STEPS)
    assert flow.graph(workspace, EVERYBODY) == before


def test_a_sequence_made_anew_of_all_steps_is_the_stored_one(workspace: Workspace) -> None:
    columns = "subject, position, previous, previous_channel, gap_us, next_gap_us, final"
    stored = "(select * from steps where per = 'person')"
    with workspace.lake.session() as session:
        in_sequence(session, f"select *, touchpoint as node from {stored}", called="anew")
        found = [
            session.ask("all", f"select {columns} from {rows} order by all")
            for rows in (stored, "anew")
        ]
    assert len(found[0]) == 16
    assert found[0] == found[1]


def test_a_channel_alone_chooses_who_used_it_with_all_they_did(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, "ana: shop > call[phone] > buy\nluz: shop > buy")
    found = flow.graph(workspace, flow.Scope(contains=("[phone]",)))
    assert {node.name: node.people for node in found.nodes} == {"shop": 1, "call": 1, "buy": 1}
    there = flow.graph(workspace, flow.Scope(contains=("call[phone]",)))
    assert there.nodes == found.nodes
