"""Every public file in ../shared/data becomes exactly the rows, cases and activities it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from examples import DATA, needs_data
from trayecto import flow
from trayecto.collect import ocel_syntax
from trayecto.collect.json_rows import document
from trayecto.collect.ocel import Ocel


@dataclass(frozen=True)
class Known:
    """What is known of a file, and the mapping it needs; without one, the proposal serves."""

    rows: int
    cases: int
    activities: int
    mapping: str | None = None
    people: int = 0


OCEL = "name: ocel:activity\nid: ocel:eid\ntime: ocel:timestamp\n"
KNOWN: dict[str, Known] = {
    # From the readme of the data, which has them from pm4py.
    "logs/running-example.csv": Known(42, 6, 8),
    "logs/running-example.xes": Known(42, 6, 8),
    "logs/repair_example.xes.gz": Known(11_855, 1_104, 8),
    "logs/reviewing.xes.gz": Known(3_730, 100, 14),
    "logs/traffic_fines.parquet": Known(34_724, 10_000, 11),
    "logs/patients.parquet": Known(
        5_442, 500, 7, "time: time\nname: handling\ncase: patient\n"
    ),
    "logs/bupar_patients21.csv": Known(
        21, 3, 5, "time: timestamp\nname: activity\ncase: patient\n"
    ),
    "logs/servicenow_incidents.csv.gz": Known(2_901, 435, 8),
    "clicks/ecom.csv.gz": Known(31_106, 3_605, 19, people=600),
    "clicks/online_retail_sample.parquet": Known(
        18_477, 1_142, 1,
        "time: InvoiceDate\nname: {fixed: purchase}\ncase: InvoiceNo\n"
        "identifiers: {user_id: CustomerID}\nvalue: {column: UnitPrice, currency: GBP}\n",
        people=220,
    ),
    # A row a customer or a visit, without a time of its own: a snapshot of one day.
    "clicks/bank_marketing.csv.gz": Known(
        45_211, 0, 4, "time: {fixed: 2010-11-30}\nname: poutcome\nchannel: contact\n"
    ),
    "clicks/telco_churn.csv.gz": Known(
        7_043, 0, 2,
        "time: {fixed: 2018-01-01}\nname: Churn\nidentifiers: {user_id: customerID}\n",
        people=7_043,
    ),
    "clicks/online_shoppers_intention.csv.gz": Known(
        12_330, 0, 3, "time: {fixed: 2017-01-01}\nname: VisitorType\n"
    ),
    "events/segment_spec_examples.ndjson": Known(
        61, 0, 51 + 5,  # 51 names of events; identify, page, screen, group, alias
        "time: {fixed: 2015-02-23}\nname: {first_of: [payload.event, payload.type]}\n"
        "identifiers: {user_id: payload.userId, anonymous_id: payload.anonymousId}\n",
    ),
    "events/abcd_support_chats_sample.json": Known(
        3, 3, 2,
        "time: {fixed: 2019-11-06}\nname: scenario.flow\ncase: convo_id\n"
        "channel: {fixed: chat}\nidentifiers: {email: scenario.personal.email, "
        "phone: scenario.personal.phone, user_id: scenario.personal.username}\n",
        people=2,  # the third customer gave no user name
    ),
    "ocel/example_log.csv": Known(23, 3, 15, OCEL + "case: ocel:type:order\n"),
    "ocel/example_log.jsonocel": Known(23, 3, 15, OCEL + "case: ocel:type:order\n"),
    "ocel/ocel20_example.jsonocel": Known(13, 2, 8, OCEL + "case: ocel:type:Purchase Order\n"),
    "ocel/ocel20_example.xmlocel": Known(13, 2, 8, OCEL + "case: ocel:type:Purchase Order\n"),
    "ocel/ocel20_example.sqlite": Known(13, 2, 8, OCEL + "case: ocel:type:Purchase Order\n"),
}  # fmt: skip


@needs_data
@pytest.mark.parametrize("name", KNOWN)
def test_a_public_file_imports_with_every_row_case_and_activity(name: str, tmp_path: Path) -> None:
    known, mapping = KNOWN[name], None
    if known.mapping:
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text(f"mapping: 1\n{known.mapping}", "utf-8")
    workspace = flow.create(tmp_path / "workspace", language="en")
    (done,) = flow.import_files(workspace, [DATA / name], source="real", mapping=mapping)
    assert (done.read, done.kept, done.duplicates, done.rejected) == (known.rows, known.rows, 0, 0)
    with workspace.lake.session() as session:
        counts = session.one(
            "count",
            "select count(distinct case_id), count(distinct name), count(distinct user_id) "
            "from interactions",
        )
    assert counts[:2] == (known.cases, known.activities)
    if known.people:
        assert counts[2] == known.people


@needs_data
def test_one_log_in_three_syntaxes_is_one_log() -> None:
    def counts(log: Ocel) -> tuple[int, int, int, int, int]:
        kinds = {event.type for event in log.events}
        types = {thing.type for thing in log.objects.values()}
        return len(log.events), len(log.objects), log.relations, len(kinds), len(types)

    folder = DATA / "ocel"
    json = folder / "ocel20_example.jsonocel"
    sqlite = folder / "ocel20_example.sqlite"
    logs = [
        ocel_syntax.from_json(document(json), json),
        ocel_syntax.from_xml(folder / "ocel20_example.xmlocel"),
        ocel_syntax.from_sqlite(sqlite, sqlite),
    ]
    assert [counts(log) for log in logs] == [(13, 9, 20, 8, 4)] * 3
    assert [log.between for log in logs] == [7, 7, 7]

    def instant(time: str) -> datetime:
        # The JSON of this log says UTC; its twins were written with the clock of their author.
        at = datetime.fromisoformat(time)
        return at if at.tzinfo else at.replace(tzinfo=ZoneInfo("Europe/Berlin"))

    told = [
        [
            (e.id, e.type, instant(e.time), e.values, sorted(e.touched),
             [sorted(log.objects[o].at(e.time).items()) for o, _ in sorted(e.touched)])
            for e in log.events
        ]
        for log in logs
    ]  # fmt: skip
    assert told[0] == told[1] == told[2]


@needs_data
def test_an_older_log_says_the_same_in_json_and_csv() -> None:
    folder = DATA / "ocel"
    json = folder / "example_log.jsonocel"
    logs = [
        ocel_syntax.from_json(document(json), json),
        ocel_syntax.from_csv(folder / "example_log.csv", ","),
    ]
    for log in logs:
        assert (len(log.events), len(log.objects), log.relations) == (23, 15, 39)
        assert {thing.type for thing in log.objects.values()} == {"delivery", "element", "order"}
    told = [[(e.id, e.type, e.time, {o for o, _ in e.touched}) for e in log.events] for log in logs]
    assert told[0] == told[1]
