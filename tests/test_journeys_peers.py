"""The questions on real logs give the answers that other tools are known to give."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from examples import DATA, NOON, needs_data
from trayecto import flow
from trayecto.journeys.chain import GOAL, NOTHING, START, solve
from trayecto.workspace import Workspace

EXPECTED = DATA / "expected"


def journeys_of(folder: Path, paths: Iterable[tuple[Sequence[str], int, int]]) -> Workspace:
    """Return a workspace in which each path was taken so often, with and without converting."""
    file = folder / "paths.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["timestamp", "user_id", "event"])
        who = 0
        for path, converted, lost in paths:
            for nth in range(converted + lost):
                who += 1
                steps = [*path, "conversion"] if nth < converted else list(path)
                for i, name in enumerate(steps):
                    at = NOON + timedelta(minutes=i)
                    writer.writerow([at.isoformat(), f"person {who}", name])
    workspace = flow.create(folder / "w", language="en")
    flow.import_files(workspace, [file], source="paths")
    return workspace


@needs_data
def test_influence_equals_channelattribution_but_for_its_simulation(tmp_path: Path) -> None:
    known = json.loads((EXPECTED / "channelattribution_first1500.json").read_text())
    with (DATA / "attribution" / "pathdata_first1500.csv").open(newline="") as rows:
        paths = [
            (
                row["path"].split(" > "),
                int(float(row["total_conversions"])),
                int(float(row["total_null"])),
            )
            for row in csv.DictReader(rows)
        ]
    found = flow.influence(journeys_of(tmp_path, paths), flow.Scope(), "conversion")
    assert found.conversions == known["total_conversions"]
    assert found.journeys == known["total_conversions"] + known["total_null"]
    by_name = {credit.name: credit for credit in found.credits}
    for peer in known["heuristic_models"]:
        ours = by_name[peer["channel_name"]]
        assert ours.first == pytest.approx(peer["first_touch_conversions"], abs=1e-5)
        assert ours.last == pytest.approx(peer["last_touch_conversions"], abs=1e-5)
        assert ours.linear == pytest.approx(peer["linear_touch_conversions"], abs=1e-5)
    exact = known["markov_order1_exact"]
    for name, effect in exact["removal_effect"].items():
        assert by_name[name].removal_effect == pytest.approx(effect, abs=1e-6)
        assert by_name[name].markov == pytest.approx(exact["total_conversions"][name], abs=1e-3)
    ways: Counter[tuple[str, str]] = Counter()
    for path, converted, lost in paths:
        for way in pairwise([START, *path]):
            ways[way] += converted + lost
        ways[path[-1], GOAL] += converted
        ways[path[-1], NOTHING] += lost
    assert solve(ways).converts == pytest.approx(exact["base_conversion_probability"], abs=1e-7)


@needs_data
def test_influence_equals_the_algebra_of_the_three_paths(tmp_path: Path) -> None:
    known = json.loads((EXPECTED / "pychattr_three_paths.json").read_text())
    paths = [(path.split(" >>> "), 1, 0) for path in known["paths"]]
    found = flow.influence(journeys_of(tmp_path, paths), flow.Scope(), "conversion")
    exact = known["markov_order1"]
    effects = {c.name: c.removal_effect for c in found.credits}
    assert effects == pytest.approx(exact["removal_effects_exact"])
    shared = {c.name: c.markov for c in found.credits}
    assert shared == pytest.approx(exact["total_conversions_exact"])


@needs_data
def test_durations_equal_the_throughput_times_of_bupar(tmp_path: Path) -> None:
    known = json.loads((EXPECTED / "bupar_patients21.json").read_text())["throughput_time"]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("mapping: 1\ntime: timestamp\nname: activity\ncase: patient\n")
    workspace = flow.create(tmp_path / "w", language="en")
    log = DATA / "logs" / "bupar_patients21.csv"
    flow.import_files(workspace, [log], source="patients", mapping=mapping)
    cases = flow.Scope(per="case")
    found = flow.durations(workspace, cases)
    assert found.people == len(known["per_case"])
    assert found.arrived.mean_s == pytest.approx(known["log_mean"] * 60, abs=0.01)
    each = sorted(
        (one.steps[-1].at - one.steps[0].at).total_seconds() / 60
        for one in flow.timelines(workspace, cases).journeys
    )
    assert each == pytest.approx(sorted(known["per_case"]), abs=1e-4)


LOGS = {
    "running-example": "running-example.csv",
    "reviewing": "reviewing.xes.gz",
    "repairExample": "repair_example.xes.gz",
    "traffic_fines": "traffic_fines.parquet",
}


@needs_data
@pytest.mark.parametrize("log", LOGS)
def test_durations_of_whole_cases_equal_pm4py(log: str, tmp_path: Path) -> None:
    known = json.loads((EXPECTED / "pm4py_reference.json").read_text())["logs"][log]
    workspace = flow.create(tmp_path / "w", language="en")
    flow.import_files(workspace, [DATA / "logs" / LOGS[log]], source=log)
    cases = flow.Scope(per="case")
    found = flow.durations(workspace, cases)
    told = known["case_duration_s"]
    assert found.arrived.n == known["cases"]
    assert found.arrived.mean_s == pytest.approx(told["mean"])
    assert found.arrived.median_s == pytest.approx(told["median"])


@needs_data
@pytest.mark.parametrize("log", LOGS)
def test_pm4py_reads_our_export_with_equal_counts(log: str, tmp_path: Path) -> None:
    pm4py = pytest.importorskip(
        "pm4py", reason="pm4py is not installed: the export is not read back by it"
    )
    known = json.loads((EXPECTED / "pm4py_reference.json").read_text())["logs"][log]
    workspace = flow.create(tmp_path / "w", language="en")
    flow.import_files(workspace, [DATA / "logs" / LOGS[log]], source=log)
    written = tmp_path / "ours.xes"
    assert flow.export(workspace, flow.Scope(per="case"), written) == known["events"]
    events = pm4py.read_xes(str(written))
    assert pm4py.get_event_attribute_values(events, "concept:name") == known["activity_counts"]
    assert len(pm4py.get_variants(events)) == known["variants"]


@needs_data
def test_what_is_exported_comes_back_the_same(tmp_path: Path) -> None:
    first = flow.create(tmp_path / "first", language="en")
    flow.import_files(first, [DATA / "logs" / "running-example.csv"], source="log")
    cases = flow.Scope(per="case")
    graph = flow.graph(first, cases)
    for kind in ("xes", "xes.gz", "csv", "parquet"):
        file = tmp_path / f"log.{kind}"
        assert flow.export(first, cases, file) == 42
        again = flow.create(tmp_path / kind.replace(".", "-"), language="en")
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text(
            "mapping: 1\ntime: 'time:timestamp'\nname: 'concept:name'\ncase: 'case:concept:name'\n"
        )
        flow.import_files(
            again, [file], source="log", mapping=mapping if kind in ("csv", "parquet") else None
        )
        assert flow.graph(again, cases) == graph, kind
