"""The demo's maps are true: they name nodes that the real logs hold, and forget some on purpose."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import duckdb
import pytest

import trayecto
from trayecto.demo.bank import calls, write_calls
from trayecto.demo.company.people import lives
from trayecto.maps.notation import read

MAPS = Path(trayecto.__file__).parent / "demo" / "maps"
DATA = Path(__file__).parents[2] / "shared" / "data"


def test_a_row_of_the_bank_becomes_the_events_it_tells_of() -> None:
    row = {
        "age": "58", "job": "clerk", "balance": "9", "housing": "no", "loan": "no",
        "contact": "cellular", "day": "5", "month": "dec", "duration": "90", "campaign": "3",
        "pdays": "10", "poutcome": "failure", "deposit": "yes",
    }  # fmt: skip
    first = row | {"contact": "unknown", "pdays": "-1", "deposit": "no"}
    later = row | {"day": "2", "month": "jan"}
    found = [(at, event, case) for at, event, case, *_ in calls(iter([first, later]))]
    # No year is told, and January comes after December: the second row is of the next year.
    assert found == [
        ("2008-12-05T00:00:00", "call", "customer-00001"),
        ("2008-12-05T00:01:30", "no_deposit", "customer-00001"),
        ("2008-12-23T00:00:00", "earlier_campaign", "customer-00002"),
        ("2009-01-02T00:00:00", "mobile_call", "customer-00002"),
        ("2009-01-02T00:01:30", "deposit", "customer-00002"),
    ]


@pytest.mark.skipif(not DATA.exists(), reason="the real logs are not beside this checkout")
def test_the_calls_of_the_bank_are_all_of_its_customers_and_deposits(tmp_path: Path) -> None:
    written = write_calls(DATA / "clicks" / "bank_marketing.csv.gz", tmp_path / "calls.csv")
    question = (
        "select count(distinct \"case\"), count(*) filter (event = 'deposit'), "
        "count(*) filter (event = 'mobile_call'), max(timestamp) "
        f"from '{written}'"
    )
    (counted,) = duckdb.connect().execute(question).fetchall()
    # What the data's own page says: 45,211 customers, 5,289 deposits; 29,285 on the mobile.
    assert counted[:3] == (45_211, 5_289, 29_285)
    assert (counted[3].year, counted[3].month) == (2010, 11)


@pytest.mark.parametrize(
    ("name", "file", "column", "forgotten"),
    [
        (
            "traffic-fines",
            "logs/traffic_fines.parquet",
            "activity",
            {
                "Appeal to Judge",
                "Receive Result Appeal from Prefecture",
                "Send Appeal to Prefecture",
            },
        ),
        (
            "online-shop",
            "clicks/ecom.csv.gz",
            "event",
            {"checkout_bug", "compare", "error_page", "payment_error"},
        ),
        (
            "it-support",
            "logs/servicenow_incidents.csv.gz",
            "incident_state",
            {"Awaiting Evidence", "Awaiting Problem", "Awaiting User Info", "Awaiting Vendor"},
        ),
    ],
)
def test_a_map_names_real_nodes_and_forgets_those_a_team_would_forget(
    name: str, file: str, column: str, forgotten: set[str]
) -> None:
    if not (DATA / file).exists():
        return
    question = f"select distinct {column} from '{DATA / file}'"
    rows = duckdb.connect().execute(question).fetchall()
    real = {str(row[0]) for row in rows}
    journey_map = read((MAPS / f"{name}.yaml").read_text("utf-8")).journey_map
    assert journey_map is not None
    drawn = {
        glob
        for touchpoint in journey_map.touchpoints()
        for rule in touchpoint.nodes
        for glob in rule.touchpoint
    }

    assert drawn <= real
    assert real - drawn == forgotten


@pytest.mark.parametrize(
    ("name", "forgotten"),
    [
        ("fibre", {"where_is_technician_call"}),
        ("purchase", {"compare_models", "order_status", "payment_error"}),
        ("repair", {"asked_how_it_goes", "escalated_to_network", "reopened"}),
    ],
)
def test_the_maps_of_the_company_forget_what_a_team_would_forget(
    name: str, forgotten: set[str]
) -> None:
    journey_map = read((MAPS / f"{name}.yaml").read_text("utf-8")).journey_map
    assert journey_map is not None
    sources = journey_map.journeys.sources
    assert sources
    done = {
        facts["event"]
        for one in lives(400, seed=7)
        for source, _, facts in one.rows
        if source in sources
    }
    drawn = {
        glob
        for touchpoint in journey_map.touchpoints()
        for rule in touchpoint.nodes
        for glob in rule.touchpoint
    }
    met = {event for event in done if any(fnmatch(event, glob) for glob in drawn)}
    assert {glob for glob in drawn if not any(fnmatch(event, glob) for event in done)} == set()
    assert done - met == forgotten
