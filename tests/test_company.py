"""The simulated company is as untidy as it says, and its maps find what was planted in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

from trayecto import care
from trayecto.demo import run, show
from trayecto.demo.company.customer import END, Row
from trayecto.demo.company.people import lives
from trayecto.demo.company.planted import Truth, planted
from trayecto.vocabulary.text import tell_nobody
from trayecto.workspace import Workspace

PEOPLE = 5_000
TRUTHS = list(planted())


@dataclass(frozen=True)
class Company:
    """A small company brought in, and its maps measured."""

    workspace: Workspace
    told: dict[str, dict[str, Any]]
    """Of each map, what `trayecto measure --cuts --json` says."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("company") / "workspace"
    workspace, exhibits = run.brought_in(
        folder, data=None, people=PEOPLE, language="es", tell=tell_nobody
    )
    live = run.measured(workspace, exhibits, tell=tell_nobody)
    told = {exhibit.map_name: own.as_json() for exhibit, own in live}
    return Company(workspace, told)


def test_the_same_person_lives_the_same_in_a_larger_company() -> None:
    def first_ten(people: int) -> list[list[Row]]:
        return [one.rows for one in lives(people, seed=3)][:10]

    assert first_ten(10) == first_ten(30)
    assert first_ten(10) != [one.rows for one in lives(10, seed=4)]


@pytest.mark.parametrize("truth", TRUTHS, ids=[t.figure for t in TRUTHS])
def test_what_was_planted_is_found_again(company: Company, truth: Truth) -> None:
    found = truth.found(company.told[truth.map_name])
    # Twenty-four figures of one company: at 95 % one would be missed, at 99.9 % hardly any is.
    far = 3.29 / 1.96
    low = found["value"] - far * (found["value"] - found["low"])
    high = found["value"] + far * (found["high"] - found["value"])
    assert low <= truth.value <= high, found


def test_nearly_all_that_was_planted_lies_inside_its_95_interval(company: Company) -> None:
    found = [(truth, truth.found(company.told[truth.map_name])) for truth in TRUTHS]
    missed = [truth.figure for truth, one in found if not one["low"] <= truth.value <= one["high"]]
    # Of twenty-four, five or more are missed by chance less than once in a hundred companies.
    assert len(missed) <= 4, missed


def test_all_three_maps_have_a_truth_and_every_total_reconciles(company: Company) -> None:
    assert {truth.map_name for truth in TRUTHS} == set(show.COMPANY)
    for told in company.told.values():
        totals, coverage = told["totals"], told["coverage"]
        assert totals["journeys"] == totals["completed"] + totals["left"] + totals["still_open"]
        assert (
            coverage["interactions"]
            == coverage["on_map"] + coverage["undrawn"] + coverage["outside"]
        )


def test_every_row_has_a_fate_and_the_dirt_is_found(company: Company) -> None:
    fates = {told.source: told for told in care.data_quality(company.workspace)}
    assert len(fates) == 13
    for told in fates.values():
        assert told.rows_read == told.kept + told.duplicates + told.rejected
    aside = {source: told.rejected for source, told in fates.items() if told.rejected}
    # Two bad times of calls, a visit without an event and a torn line, the 31st of February.
    assert aside == {"calls": 2, "store": 2, "till": 1}
    twice = (company.workspace.folder / "exports" / "shop.jsonl").read_text("utf-8").splitlines()
    assert fates["shop"].duplicates == len(twice) - len(set(twice)) > 100
    flags = {(s, f.flag): f.rows for s, told in fates.items() for f in told.flags}
    assert flags.pop(("web", "bot")) == fates["web"].rows_read // 97
    assert flags == {("crm", "test"): 1, ("shop", "test"): 1, ("till", "test"): 1}


def test_what_happens_to_tickets_is_counted_exactly(company: Company) -> None:
    """By ticket nothing is uncertain: the export names it, and nobody's device comes between."""
    tickets: dict[str, list[str]] = defaultdict(list)
    for one in lives(PEOPLE, seed=7):
        for source, at, facts in one.rows:
            if source == "helpdesk" and at < END:
                tickets[facts["ticket_id"]].append(facts["event"])
    told = company.told["repair"]
    assert told["totals"]["journeys"] == len(tickets)
    closed = sum("ticket_closed" in events for events in tickets.values())
    assert told["totals"]["completed"] == closed
    undrawn = {node["touchpoint"]: node["interactions"] for node in told["undrawn"]}
    happened = Counter(event for events in tickets.values() for event in events)
    assert undrawn == {
        event: happened[event]
        for event in ("asked_how_it_goes", "escalated_to_network", "reopened")
    }
    (solved,) = (place for place in told["touchpoints"] if place["id"] == "solved")
    assert solved["repeated"] == sum(e.count("solved_sms") > 1 for e in tickets.values())
