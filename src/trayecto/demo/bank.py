"""
The calls of a bank that offers term deposits, as interactions: one row a customer becomes events.

The public file tells the last call of a campaign (day and month; rows are in the order of time,
from May 2008), its length, whether it ended in a deposit, and how long before it an earlier
campaign had called. Nothing is added: of earlier calls of the same campaign only their number is
known, and it stays a property.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

_FIRST_YEAR = 2008
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CALLS = {"cellular": "mobile_call", "telephone": "landline_call"}
_COLUMNS = (
    "timestamp", "event", "case", "calls", "earlier_outcome", "job", "age", "balance", "housing",
    "loan",
)  # fmt: skip
Row = tuple[str, ...]


def write_calls(source: Path, target: Path) -> Path:
    """Write the bank's file as an export of interactions, and return where."""
    with (
        gzip.open(source, "rt", encoding="utf-8", newline="") as told,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        for row in calls(csv.DictReader(told)):
            writer.writerow(row)
    return target


def calls(customers: Iterator[Mapping[str, str]]) -> Iterator[Row]:
    """Give each customer's events: the earlier campaign, the call, and what it ended in."""
    year, month_before = _FIRST_YEAR, 0
    for number, one in enumerate(customers, start=1):
        month = _MONTHS.index(one["month"]) + 1
        # The file tells no years; its rows are in the order of time.
        year, month_before = year + (month < month_before), month
        at = datetime(year, month, int(one["day"]))
        case = f"customer-{number:05d}"
        known = (
            one["campaign"], one["poutcome"].replace("unknown", ""), one["job"], one["age"],
            one["balance"], one["housing"], one["loan"],
        )  # fmt: skip
        if int(one["pdays"]) >= 0:
            earlier = at - timedelta(days=int(one["pdays"]))
            yield (earlier.isoformat(), "earlier_campaign", case, *known)
        yield (at.isoformat(), _CALLS.get(one["contact"], "call"), case, *known)
        answered = at + timedelta(seconds=int(one["duration"]))
        event = "deposit" if one["deposit"] == "yes" else "no_deposit"
        yield (answered.isoformat(), event, case, *known)
