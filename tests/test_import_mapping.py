"""Which column is what, told by the values; times, money and scores as they were meant."""

from __future__ import annotations

import io
import json
from hashlib import md5
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from trayecto import flow, importing
from trayecto.collect import mapping as mappings
from trayecto.collect.mapping import Mapping, Score
from trayecto.collect.progress import said
from trayecto.lake.sql import hash64, literal
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return flow.create(tmp_path / "workspace", language="en", zone="Europe/Madrid", region="ES")


def put(folder: Path, content: str, name: str = "export.csv") -> Path:
    (folder / name).write_text(content, "utf-8")
    return folder / name


def proposed(workspace: Workspace, folder: Path, content: str) -> Mapping:
    return importing.propose_mapping(workspace, put(folder, content)).mapping


def told(workspace: Workspace, folder: Path, content: str) -> str:
    proposal = importing.propose_mapping(workspace, put(folder, content))
    return " ".join(note.en for note in proposal.notes)


def rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask("test", sql)


def imported(workspace: Workspace, folder: Path, content: str, mapping: str | None = None) -> None:
    given = put(folder, f"mapping: 1\n{mapping}", "mapping.yaml") if mapping else None
    flow.import_files(workspace, [put(folder, content)], source="crm", mapping=given)


# What the values tell


def test_addresses_and_phones_are_known_whatever_their_column_is_called(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = proposed(
        workspace,
        tmp_path,
        "cuando;suceso;contacto 1;contacto 2;via\n"
        "2026-03-01 10:00;alta;ana@x.es;+34 600 11 22 33;tienda\n"
        "2026-03-02 10:00;alta;luz@x.es;600 11 22 34;teléfono\n"
        "2026-03-03 10:00;alta;teo@x.es;600 11 22 35;web\n"
        "2026-03-04 10:00;baja;eva@x.es;600 11 22 36;web\n"
        "2026-03-05 10:00;baja;eva@x.es;600 11 22 36;web\n"
        + "2026-03-06 10:00;baja;eva@x.es;600 11 22 36;web\n"
        * 5,
    )
    assert (found.time, found.name, found.channel) == ("cuando", "suceso", "via")
    assert found.identifiers == {"email": "contacto 1", "phone": "contacto 2"}


def test_a_column_called_email_without_an_at_is_none(workspace: Workspace, tmp_path: Path) -> None:
    text = "timestamp,event,email,phone\n2026-03-01,ad,yes,no\n2026-03-02,buy,no,yes\n"
    assert proposed(workspace, tmp_path, text).identifiers == {}


def test_an_id_that_two_rows_share_is_the_id_of_something_else(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = (
        "timestamp,event,uuid,state\n"
        "2026-03-01 10:00,scan,1,start\n2026-03-01 11:00,scan,1,end\n"
        "2026-03-01 10:00,pay,2,start\n2026-03-01 11:00,pay,2,end\n"
    )
    assert proposed(workspace, tmp_path, text).id is None


def test_day_and_hour_in_two_columns_are_one_time(workspace: Workspace, tmp_path: Path) -> None:
    text = "Fecha;Hora;Evento\n31/03/2026;9:05;alta\n28/03/2026;22:30;baja\n"
    found = proposed(workspace, tmp_path, text)
    assert (found.time, found.time_with, found.format) == ("Fecha", ("Hora",), "%d/%m/%Y %H:%M")
    imported(workspace, tmp_path, text)
    assert rows(
        workspace,
        "select cast(occurred_at as varchar), time_text, zone from interactions order by 1",
    ) == [
        ("2026-03-28 21:30:00+00", "28/03/2026 22:30", "Europe/Madrid"),
        ("2026-03-31 07:05:00+00", "31/03/2026 9:05", "Europe/Madrid"),
    ]


def test_in_the_united_states_the_month_comes_first(tmp_path: Path) -> None:
    there = flow.create(tmp_path / "there", language="en", region="US")
    proposal = importing.propose_mapping(there, put(tmp_path, "date,event\n03/04/2026,ad\n"))
    assert proposal.mapping.format == "%m/%d/%Y"
    assert proposal.notes[0].en == (
        "“date” could be day/month or month/day; read as month/day/year, so that 03/04/2026 is "
        "4 March 2026. Say otherwise in the mapping."
    )


@pytest.mark.parametrize(
    ("column", "values", "score"),
    [
        ("nps", (9, 3, 11), Score("nps", "nps", 0, 10)),
        ("csat", (4, 5), Score("csat", "csat", 1, 5)),
        ("csat", (40, 95), Score("csat", "csat", 0, 100)),
        ("Valoración", (1, 5), Score("Valoración", "valoracion", 1, 5)),
        ("rating", (0, 9), Score("rating", "rating", 0, 10)),
        ("rating", ("good", "bad"), None),
    ],
)
def test_the_scale_of_a_score_is_that_of_its_values(
    column: str,
    values: tuple[object, ...],
    score: Score | None,
    workspace: Workspace,
    tmp_path: Path,
) -> None:
    text = f"timestamp,event,{column}\n" + "".join(f"2026-03-01,survey,{v}\n" for v in values)
    assert proposed(workspace, tmp_path, text).score == score


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Importe", ("1.234,50 €", "3,00 €"), ("Importe", "EUR", None, ",")),
        ("amount;currency", ("12.50;EUR", "3.10;JPY"), ("amount", None, "currency", ".")),
        ("Importe (€)", ("12", "3"), ("Importe (€)", "EUR", None, None)),
        ("importe_eur", ("12", "3"), ("importe_eur", "EUR", None, None)),
        ("total", ("12.5", "3"), (None, None, None, None)),
    ],
)
def test_money_is_money_when_its_currency_is_told(
    header: str,
    cells: tuple[str, ...],
    expected: tuple[str | None, ...],
    workspace: Workspace,
    tmp_path: Path,
) -> None:
    text = f"timestamp;event;{header}\n" + "".join(f"2026-03-01;pay;{c}\n" for c in cells)
    found = proposed(workspace, tmp_path, text)
    assert (found.value, found.currency, found.currency_column, found.decimal) == expected
    if header == "total":
        assert "looks like money without a currency" in told(workspace, tmp_path, text)


# Money


@pytest.mark.parametrize(
    ("written", "decimal", "minor"),
    [
        ("1.234,50 €", "','", 123_450),
        ("-5,1", "','", -510),
        ("12.50", "','", None),  # neither thousands nor cents of a comma country
        ("1,234.50", "'.'", 123_450),
        ("1,234", "'.'", 123_400),
        ("1234.5", None, 123_450),
        ("1.234,50", None, 123_450),
        ("1,234", None, None),  # one, or one thousand: nobody knows
        ("free", None, None),
        ("0.29", None, 29),
        ("99999999999999999999999", None, None),
    ],
)
def test_an_amount_is_taken_when_it_can_mean_one_thing(
    written: str, decimal: str | None, minor: int | None, workspace: Workspace, tmp_path: Path
) -> None:
    rule = f", decimal: {decimal}" if decimal else ""
    imported(
        workspace,
        tmp_path,
        f"timestamp;event;amount\n2026-03-01;pay;{written}\n",
        f"time: timestamp\nname: event\nvalue: {{column: amount, currency: EUR{rule}}}\n",
    )
    ((value, currency, kept),) = rows(
        workspace, "select value_minor, currency, properties from interactions"
    )
    assert (value, currency) == (minor, "EUR" if minor is not None else None)
    assert json.loads(str(kept)) == {"amount": written}


def test_each_currency_has_its_own_smallest_coin(workspace: Workspace, tmp_path: Path) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,event,amount,moneda\n2026-03-01,a,12.5,EUR\n2026-03-01,b,12.5,jpy\n"
        "2026-03-01,c,12.5,KWD\n2026-03-01,d,12.5,£\n2026-03-01,e,12.5,$\n",
        "time: timestamp\nname: event\nvalue: {column: amount, currency: {column: moneda}}\n",
    )
    assert rows(workspace, "select name, value_minor, currency from interactions order by 1") == [
        ("a", 1_250, "EUR"),
        ("b", 13, "JPY"),
        ("c", 12_500, "KWD"),
        ("d", 1_250, "GBP"),
        ("e", None, None),  # whose dollar?
    ]


# Times


def test_impossible_and_future_times_are_kept_aside_with_their_reason(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,event\n0000-01-01 00:00:00,a\n9999-12-31 23:59:59,b\n1899-12-31 22:00:00,c\n"
        "2099-01-01 00:00:00,d\n2026-02-30 10:00:00,e\n1970-01-01 00:00:00,f\n",
        "time: timestamp\nname: event\n",
    )
    assert rows(workspace, "select line, reason from rejected order by line") == [
        (2, "time_out_of_range"),
        (3, "time_out_of_range"),
        (4, "time_out_of_range"),
        (5, "time_in_future"),
        (6, "bad_time"),
    ]
    assert rows(workspace, "select name from interactions") == [("f",)]


def test_appointments_may_lie_ahead(workspace: Workspace, tmp_path: Path) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,event\n2099-01-01 00:00:00,visit\n",
        "time: {column: timestamp, future: keep}\nname: event\n",
    )
    assert rows(workspace, "select name from interactions") == [("visit",)]


def test_hours_that_the_clocks_skip_or_repeat_have_one_meaning(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,event\n2026-03-29 02:30:00,skipped\n2025-10-26 02:30:00,repeated\n",
    )
    assert rows(
        workspace, "select name, cast(occurred_at as varchar) from interactions order by 1"
    ) == [("repeated", "2025-10-26 01:30:00+00"), ("skipped", "2026-03-29 01:30:00+00")]


def test_the_time_of_sending_is_kept_beside(workspace: Workspace, tmp_path: Path) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,sent_at,event\n2026-03-01T10:00:00Z,2026-03-01T10:05:00Z,ad\n",
    )
    assert rows(workspace, "select cast(sent_at as varchar), time_text from interactions") == [
        ("2026-03-01 10:05:00+00", "2026-03-01T10:00:00Z")
    ]


# Texts


def test_texts_are_composed_so_that_one_name_is_one_touchpoint(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(
        workspace,
        tmp_path,
        "timestamp,event\n2026-03-01,Reclamacio\u0301n\n2026-03-02,Reclamación\n",
    )
    assert rows(workspace, "select distinct name from interactions") == [("Reclamación",)]


# The document


MAPPINGS = st.builds(
    Mapping,
    time=st.just("t"),
    name=st.sampled_from(["n", "name"]),
    format=st.sampled_from(["iso", "%d/%m/%Y", "epoch_s"]),
    zone=st.sampled_from([None, "Europe/Madrid"]),
    time_with=st.sampled_from([(), ("h",)]),
    name_else=st.sampled_from([(), ("a", "b")]),
    future=st.booleans(),
    sent=st.sampled_from([None, "s"]),
    identifiers=st.sampled_from([{}, {"email": "e", "phone": "p"}]),
    score=st.sampled_from([None, Score("nps", "nps", 0, 10)]),
    skip=st.sampled_from([(), ("x",)]),
)


@given(MAPPINGS)
def test_a_mapping_written_and_read_is_the_same(mapping: Mapping) -> None:
    assert mappings.read(mappings.write(mapping), file="m.yaml") == mapping


@pytest.mark.parametrize(
    "value",
    [
        {"value": "v", "currency": "EUR", "decimal": ","},
        {"value": "v", "currency_column": "c"},
    ],
)
def test_money_written_and_read_is_the_same(value: dict[str, str]) -> None:
    mapping = Mapping(time="", name="", fixed_time="2026-01-31", fixed_name="visit", **value)  # type: ignore[arg-type]
    assert mappings.read(mappings.write(mapping), file="m.yaml") == mapping


def test_what_is_wrong_in_times_and_money_is_said_with_its_line() -> None:
    text = (
        "mapping: 1\nname: event\ntime:\n  column: t\n  future: maybe\n"
        "value:\n  column: v\n  currency: euros\n  decimal: ';'\n"
    )
    with pytest.raises(TrayectoError) as raised:
        mappings.read(text, file="m.yaml")
    assert [(p.line, p.field) for p in raised.value.problems] == [
        (5, "time.future"),
        (8, "value.currency"),
        (9, "value.decimal"),
    ]


WHOLE = """\
mapping: 1
time: {column: t, format: iso, zone: Europe/Madrid, future: keep}
name: {first_of: [event, page]}
channel: {column: via}
identifiers: {email: mail}
score: {column: answer, scale: nps, low: 0, high: 10}
value: {column: total, currency: {column: coin}, decimal: ","}
consents: [{column: news, contact: email, channel: email, purpose: news, yes: gives}]
skip: [note]
"""
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1.5, "", "x", "é" * 300, [], [1], [[]], [None], {}, {"a": [1]}, {1: 2}, 10**30]
)


def test_a_list_where_a_column_belongs_is_told_with_its_line() -> None:
    text = (
        "mapping: 1\ntime: [day, hour]\nname: yes\nid: {column: ref}\n"
        "identifiers:\n  email: [mail, mail2]\nconsents: 3\nskip: note\n"
    )
    with pytest.raises(TrayectoError) as raised:
        mappings.read(text, file="m.yaml")
    assert sorted((p.line, p.field, p.what.en) for p in raised.value.problems) == [
        (2, "time", "Must have fields."),
        (2, "time", "Must name the column of the time."),
        (4, "id", "Must be one text, such as the name of a column."),
        (6, "identifiers.email", "Must be one text, such as the name of a column."),
        (7, "consents", "Must be a list, each with a column and a contact."),
        (8, "skip", "Must be a list of columns."),
    ]


def test_a_column_may_be_called_by_a_number() -> None:
    # A spreadsheet of years: YAML reads 2024 as a number, the file has a column “2024”.
    found = mappings.read("mapping: 1\ntime: 2024\nname: 7\nskip: [1999]\n", file="m.yaml")
    assert (found.time, found.name, found.skip) == ("2024", "7", ("1999",))


@settings(deadline=None)
@given(st.data())
def test_whatever_stands_in_a_mapping_is_taken_or_refused_in_words(data: st.DataObject) -> None:
    document = YAML(typ="safe").load(WHOLE)
    place = data.draw(st.sampled_from(list(document)))
    inside = document[place]
    if isinstance(inside, dict) and data.draw(st.booleans()):
        inside[data.draw(st.sampled_from([*inside, "zz"]))] = data.draw(ODD)
    else:
        document[place] = data.draw(ODD)
    out = io.StringIO()
    YAML(typ="safe").dump(document, out)
    try:
        found = mappings.read(out.getvalue(), file="m.yaml")
    except TrayectoError:
        return
    assert mappings.read(mappings.write(found), file="m.yaml") == found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("mapping: " + "[" * 5_000, "Fields are nested too deeply here."),
        ("\n".join(" " * i + f"k{i}:" for i in range(1_000)), "Fields are nested too deeply here."),
        (
            "a: &a [x, x, x, x]\n"
            + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijk")),
            "From here on there are more values than a document can hold.",
        ),
        ("skip: [" + "x, " * 1_000_000 + "]", "The document is over 2 MB."),
    ],
    ids=["brackets", "indented", "aliases", "long"],
)
def test_a_mapping_made_to_cost_is_refused_before_it_does(text: str, what: str) -> None:
    with pytest.raises(TrayectoError) as raised:
        mappings.read(text, file="m.yaml")
    assert [p.what.en for p in raised.value.problems] == [what]


# The dry run


def test_a_dry_run_shows_everything_and_writes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        "timestamp,user_id,event\n2026-03-01 10:00:00,ana,ad\nsoon,ana,buy\n",
    )
    (seen,) = importing.preview_files(workspace, [file], source="web")
    cleaned = seen.cleaned
    assert (cleaned.read, cleaned.kept, cleaned.rejected) == (2, 1, 1)
    assert [(r.reason, r.field, r.first_line) for r in cleaned.reasons] == [
        ("bad_time", "timestamp", 3)
    ]
    assert mappings.read(seen.mapping, file="m").time == "timestamp"
    assert [(fact["name"], fact["user_id"]) for fact in seen.sample] == [("ad", "ana")]
    assert json.dumps(seen.as_json())
    assert rows(workspace, "select count(*) from interactions") == [(0,)]
    assert rows(workspace, "select count(*) from rejected") == [(0,)]
    assert rows(workspace, "select count(*) from batches") == [(0,)]


def test_a_dry_run_of_what_is_there_already_says_so(workspace: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "timestamp,user_id,event\n2026-03-01 10:00:00,ana,ad\n")
    flow.import_files(workspace, [file], source="web")
    (seen,) = importing.preview_files(workspace, [file], source="web")
    assert (seen.cleaned.kept, seen.cleaned.duplicates, seen.sample) == (0, 1, ())


def test_a_default_phone_is_named_before_anybody_is_joined_by_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    # 1,000 customers, one row each; twenty of them got the phone of the till.
    lines = [
        f"2026-03-01 10:00:00,c{i},sale,{'600000001' if i % 50 == 0 else 610_000_000 + i},"
        for i in range(1_000)
    ]
    file = put(tmp_path, "timestamp,user_id,event,phone,email\n" + "\n".join(lines) + "\n")
    (seen,) = importing.preview_files(workspace, [file], source="till")
    (suspect,) = seen.cleaned.suspects
    assert (suspect.kind, suspect.value, suspect.rows) == ("phone", "600000001", 20)
    assert (suspect.share, suspect.beside) == (0.02, 20)
    (done,) = flow.import_files(workspace, [file], source="till")
    assert done.suspects == seen.cleaned.suspects


def test_a_good_customer_is_no_placeholder(workspace: Workspace, tmp_path: Path) -> None:
    lines = [f"2026-03-01 10:{i % 60:02d}:00,ana,sale,600111222" for i in range(300)]
    file = put(tmp_path, "timestamp,user_id,event,phone\n" + "\n".join(lines) + "\n")
    (seen,) = importing.preview_files(workspace, [file], source="till")
    assert seen.cleaned.suspects == ()


# A column that knows nothing


def test_a_column_that_only_says_unknown_is_no_channel(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        "timestamp,user_id,event,channel,via\n"
        "2026-03-01 10:00,ana,visit,unknown,n/a\n2026-03-02 10:00,luz,visit,Unknown,desconocido\n",
    )
    assert importing.propose_mapping(workspace, file).mapping.channel is None


def test_a_channel_that_is_sometimes_unknown_is_one(workspace: Workspace, tmp_path: Path) -> None:
    file = put(
        tmp_path,
        "timestamp,user_id,event,via\n"
        "2026-03-01 10:00,ana,visit,unknown\n2026-03-02 10:00,luz,visit,web\n",
    )
    assert importing.propose_mapping(workspace, file).mapping.channel == "via"


# Another column in a role


def test_a_time_that_is_to_be_found_is_read_as_the_data_writes_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(tmp_path, "creado,cerrado,paso\n13/02/2026,14/02/2026 09:30,pedido\n")
    mapping = importing.with_roles("mapping: 1\ntime: creado\nname: paso\n", {"time": "cerrado"})
    assert "format: auto" in mapping
    (tmp_path / "m.yaml").write_text(mapping, "utf-8")
    (seen,) = importing.preview_files(workspace, [file], source="s", mapping=tmp_path / "m.yaml")
    assert "format: '%d/%m/%Y %H:%M'" in seen.mapping
    assert seen.sample[0]["occurred_at"].startswith("2026-02-14T08:30")  # in Madrid, half past nine


def test_only_what_is_chosen_changes_in_a_mapping() -> None:
    text = (
        "mapping: 1\ntime: {column: when, format: '%Y'}\nname: {first_of: [a, b]}\n"
        "identifiers: {email: mail, phone: tel}\ncase: order\nskip: [x]\n"
    )
    assert importing.roles_of(text) == {
        "time": "when", "name": "a", "email": "mail", "phone": "tel", "case": "order",
        "format": "yyyy",
    }  # fmt: skip
    changed = importing.with_roles(text, {"email": "", "user_id": "who", "case": "", "name": "a"})
    assert importing.roles_of(changed) == {
        "time": "when", "name": "a", "phone": "tel", "user_id": "who", "format": "yyyy",
    }  # fmt: skip
    assert "first_of" in changed
    assert "'%Y'" in changed
    assert "skip" in changed


# How far it is


def test_progress_says_share_rate_and_time_left_in_both_languages() -> None:
    what = Text(en="reading", es="leyendo")
    text = said(what, share=0.25, elapsed_s=10, size=40_000_000)
    assert text.en == "reading · 25% · 1.0 MB/s · about 30\u00a0s left"
    assert text.es == "leyendo · 25\u00a0% · 1,0 MB/s · unos 30\u00a0s más"


def test_what_is_nearly_done_promises_no_end() -> None:
    what = Text(en="reading", es="leyendo")
    text = said(what, share=0.995, elapsed_s=40, size=40_000_000)
    assert text.en == "reading · 100% · 1.0 MB/s · finishing this step"
    assert text.es == "leyendo · 100\u00a0% · 1,0 MB/s · terminando este paso"


# The key of a fact


@pytest.mark.parametrize("text", ["", "a", "Teléfono", "x" * 1_000])
def test_the_hash_of_a_fact_is_the_same_on_every_engine(workspace: Workspace, text: str) -> None:
    last_half = md5(text.encode(), usedforsecurity=False).digest()[8:]
    ((found,),) = rows(workspace, f"select {hash64(literal(text))}")
    assert found == int.from_bytes(last_half, "little") - 2**63
