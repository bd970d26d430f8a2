"""The demo's maps are true: they name nodes that the real logs hold, and forget some on purpose."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import trayecto
from trayecto.maps.notation import read

MAPS = Path(trayecto.__file__).parent / "demo" / "maps"
DATA = Path(__file__).parents[2] / "shared" / "data"


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


def test_nobody_drew_the_call_that_asks_where_the_technician_is() -> None:
    fibre = read((MAPS / "fibre.yaml").read_text("utf-8")).journey_map
    assert fibre is not None
    rules = [rule for touchpoint in fibre.touchpoints() for rule in touchpoint.nodes]

    assert [glob for rule in rules for glob in rule.touchpoint] == [
        "ad_click",
        "search_visit",
        "plans_page",
        "whatsapp_question",
        "store_visit",
        "contract_signed",
        "welcome_email",
        "appointment_sms",
        "technician_visit",
        "portability_cancelled",
        "first_connection",
        "first_invoice",
        "help_*",
        "survey_nps",
    ]
