"""Every kind of file in, whatever it was written with; and every way in which one can be broken."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayecto import care, flow, importing
from trayecto.collect import files
from trayecto.collect.arrivals import Arrivals
from trayecto.collect.mojibake import repaired
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import Workspace

CSV = "timestamp,user_id,event\n2026-03-01 10:00:00,ana,ad\n2026-03-01 11:00:00,ana,buy\n"
NAMES = [("ad",), ("buy",)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return flow.create(tmp_path / "workspace", language="en", zone="Europe/Madrid", region="ES")


def put(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def cells(
    workspace: Workspace, file: Path, *, sheet: str | None = None
) -> list[tuple[object, ...]]:
    """Return the rows of a file as they arrive, its own columns only."""
    with workspace.lake.session() as session, files.opened(session, file, sheet=sheet) as found:
        return session.ask("test", f"select * exclude (__row{_line(found)}) from ({found.sql})")


def _line(found: Arrivals) -> str:
    return ", __line" if found.has_line else ""


def notes(workspace: Workspace, file: Path) -> list[str]:
    with workspace.lake.session() as session, files.opened(session, file) as found:
        return [note.en for note in found.notes]


def events(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask("test", "select name from interactions order by occurred_at")


def kept_aside(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.lake.session() as session:
        return session.ask("test", "select line, reason, raw from rejected order by line")


# JSON


def test_objects_within_objects_become_columns_with_dots(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        '{"timestamp": "2026-03-01T10:00:00Z", "event": "ad", "who": {"email": "ana@x.es"}}\n'
        "\n"
        '{"timestamp": "2026-03-01T11:00:00Z", "event": "buy", "items": [1, "dos"], "vip": null}\n',
        "export.ndjson",
    )
    mapping = put(
        tmp_path,
        "mapping: 1\ntime: timestamp\nname: event\nidentifiers: {email: who.email}\n",
        "mapping.yaml",
    )
    (done,) = flow.import_files(workspace, [file], source="app", mapping=mapping)
    assert (done.read, done.kept) == (2, 2)
    with workspace.lake.session() as session:
        assert session.ask(
            "test", "select name, email, properties from interactions order by 1"
        ) == [
            ("ad", "ana@x.es", None),
            ("buy", None, '{"items":"[1, \\"dos\\"]"}'),
        ]


def test_a_line_that_is_no_object_is_kept_aside_with_its_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    good = '{"timestamp": "2026-03-01T10:00:00Z", "event": "ad", "user_id": "ana"}\n'
    file = put(tmp_path, good + '{"timestamp": "2026\n' + "[1, 2]\n" + "\n" + good, "export.jsonl")
    (done,) = flow.import_files(workspace, [file], source="app")
    assert (done.read, done.kept, done.rejected) == (4, 2, 2)
    assert kept_aside(workspace) == [
        (2, "malformed", '{"timestamp": "2026'),
        (3, "malformed", "[1, 2]"),
    ]


def test_an_array_of_objects_knows_its_lines(workspace: Workspace, tmp_path: Path) -> None:
    file = put(
        tmp_path,
        '[\n {"time": "2026-03-01", "event": "ad"},\n {"time": "soon",\n  "event": "buy"}\n]',
        "export.json",
    )
    flow.import_files(workspace, [file], source="app")
    assert [row[:2] for row in kept_aside(workspace)] == [(3, "bad_time")]


def test_two_names_that_differ_by_case_stay_two_columns(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(tmp_path, '{"userId": "ana", "userid": "7", "__row": 9}\n', "export.jsonl")
    with workspace.lake.session() as session, files.opened(session, file) as found:
        assert [name for name, _ in found.columns] == ["userId", "userid_", "__row_"]
        assert session.ask("test", f"select userId, userid_ from ({found.sql})") == [("ana", "7")]


# Excel


def book(folder: Path, rows: list[list[object]], name: str = "export.xlsx") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Marzo"
    for row in rows:
        sheet.append(row)
    made.create_sheet("Abril").append(["timestamp", "event"])
    made.save(folder / name)
    return folder / name


def test_a_sheet_is_a_table_with_real_dates_and_whole_numbers(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = book(
        tmp_path,
        [
            ["Fecha", "Teléfono", "Acción"],
            [datetime(2026, 3, 1, 10, 0), 600112233.0, "Reclamación"],
            [None, None, None],
            ["mañana", 600112233, "Baja"],
        ],
    )
    assert cells(workspace, file) == [
        ("2026-03-01T10:00:00", "600112233", "Reclamación"),
        ("mañana", "600112233", "Baja"),
    ]
    (done,) = flow.import_files(workspace, [file], source="crm")
    assert (done.read, done.kept, done.rejected) == (2, 1, 1)
    assert [row[:2] for row in kept_aside(workspace)] == [(4, "bad_time")]


def test_a_sheet_that_does_not_name_its_columns_loses_no_row_and_no_cell(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = book(
        tmp_path,
        [
            [datetime(2026, 3, 1, 10, 0), "alta", None],
            [datetime(2026, 3, 2, 10, 0), "baja", "cara"],
            [datetime(2026, 3, 3, 10, 0), "alta", None],
        ],
    )
    assert cells(workspace, file) == [
        ("2026-03-01T10:00:00", "alta", None),
        ("2026-03-02T10:00:00", "baja", "cara"),
        ("2026-03-03T10:00:00", "alta", None),
    ]
    assert any(note.startswith("The first line is a row like") for note in notes(workspace, file))


def test_the_first_sheet_is_read_and_the_others_named(workspace: Workspace, tmp_path: Path) -> None:
    file = book(tmp_path, [["timestamp", "event"], ["2026-03-01", "ad"]])
    (note,) = notes(workspace, file)
    assert note.startswith("Sheet “Marzo” was read. The book has others too: Abril. To read one")
    assert cells(workspace, file, sheet="Abril") == []
    with pytest.raises(TrayectoError, match="There are: Marzo, Abril"):
        cells(workspace, file, sheet="Mayo")


def test_a_cover_of_one_line_is_not_taken_for_the_data(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(["Visitas de abril, departamento de CX"])
    visits = made.create_sheet("Visitas")
    for row in (["fecha", "evento"], ["2026-04-01", "Visita"], ["2026-04-02", "Compra"]):
        visits.append(row)
    made.save(tmp_path / "book.xlsx")
    assert cells(workspace, tmp_path / "book.xlsx") == [
        ("2026-04-01", "Visita"), ("2026-04-02", "Compra"),
    ]  # fmt: skip


def test_a_word_document_with_another_ending_is_called_what_it_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "report.csv", "w") as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", "<w/>")
    with pytest.raises(TrayectoError, match="This is a Word document"):
        cells(workspace, tmp_path / "report.csv")


def test_a_formula_is_never_computed(workspace: Workspace, tmp_path: Path) -> None:
    file = book(tmp_path, [["timestamp", "event"], ["2026-03-01", '=HYPERLINK("http://x")']])
    assert cells(workspace, file) == [("2026-03-01", None)]
    assert [note.partition(". ")[0] for note in notes(workspace, file)][1:] == [
        "Cells with formulas: 1",
        "Formulas saved without a value, left empty: 1",
    ]


def rezipped(file: Path, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return out.getvalue()


def test_a_book_that_grows_into_a_huge_one_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    file = book(tmp_path, [["timestamp", "event"], ["2026-03-01", "ad"]])
    bomb = rezipped(
        file, lambda part, old: old + b" " * (210 << 20) if part.endswith("sheet1.xml") else old
    )
    with pytest.raises(TrayectoError, match="looks like an attack"):
        cells(workspace, put(tmp_path, bomb, "bomb.xlsx"))


def test_entities_in_a_book_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    file = book(tmp_path, [["timestamp", "event"], ["2026-03-01", "ad"]])
    bomb = rezipped(
        file,
        lambda _, old: old.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1),
    )
    with pytest.raises(TrayectoError, match="declares XML entities"):
        cells(workspace, put(tmp_path, bomb, "bomb.xlsx"))


def test_a_zip_that_is_no_book_cannot_be_imported(workspace: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as made:
        made.writestr("a.txt", "a")
    with pytest.raises(TrayectoError, match="no sound Excel book"):
        cells(workspace, tmp_path / "photos.zip")


# Object-centric logs


def ocel_json() -> bytes:
    return json.dumps({
        "eventTypes": [], "objectTypes": [],
        "objects": [
            {"id": "o1", "type": "order",
             "attributes": [{"name": "total", "time": "1970-01-01T00:00:00", "value": 10},
                            {"name": "total", "time": "2026-03-01T10:30:00", "value": 20}]},
            {"id": "i1", "type": "item", "relationships": [{"objectId": "o1", "qualifier": "of"}]},
            {"id": "i2", "type": "item"},
        ],
        "events": [
            {"id": "e1", "type": "order", "time": "2026-03-01T10:00:00",
             "relationships": [{"objectId": "o1", "qualifier": "new"},
                               {"objectId": "i1"}, {"objectId": "i2"}]},
            {"id": "e2", "type": "pay", "time": "2026-03-01T11:00:00",
             "attributes": [{"name": "by", "value": "card"}],
             "relationships": [{"objectId": "o1"}]},
        ],
    }).encode()  # fmt: skip


def test_an_event_is_one_interaction_with_its_objects_as_they_were(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(tmp_path, ocel_json(), "log.jsonocel")
    with workspace.lake.session() as session, files.opened(session, file) as found:
        rows = session.ask(
            "test", f'select "ocel:eid", "ocel:type:order", "ocel:type:item", "by", '
            f'"ocel:objects"::json->0->\'attributes\'->>\'total\' from ({found.sql})'
        )  # fmt: skip
    assert rows == [("e1", "o1", "i1", None, "10"), ("e2", "o1", None, "card", "20")]
    assert notes(workspace, file) == [
        "OCEL: 2 events, 3 objects, 4 relations between them.",
        "Relations between objects, not kept: 1. An interaction knows its own objects only.",
        "Events with several objects of type “item”: 1. As a case, the first one counts.",
    ]


def test_a_database_that_is_no_log_says_which_tables_it_lacks(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as base:
        base.execute("create table customers (id)")
    base.close()
    with pytest.raises(TrayectoError, match="no OCEL; it lacks the tables event, event_map_type"):
        cells(workspace, file)
    with pytest.raises(TrayectoError, match="SQLite file is damaged"):
        cells(workspace, put(tmp_path, file.read_bytes()[:100], "cut.sqlite"))


# Compressed, all of them


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet", "jsonocel"])
def test_every_kind_may_be_compressed(kind: str, workspace: Workspace, tmp_path: Path) -> None:
    if kind == "parquet":
        with workspace.lake.session() as session:
            made = "select 'ad' as event, timestamp '2026-03-01 10:00' as time"
            session.run("make", f"copy ({made}) to '{tmp_path}/export.parquet' (format parquet)")
        file = tmp_path / "export.parquet"
    elif kind == "xlsx":
        file = book(tmp_path, [["timestamp", "event"], ["2026-03-01", "ad"]])
    else:
        content = {"csv": CSV.encode(), "jsonocel": ocel_json(),
                   "jsonl": b'{"event": "ad", "time": "2026-03-01"}'}  # fmt: skip
        file = put(tmp_path, content[kind], f"export.{kind}")
    zipped = put(tmp_path, gzip.compress(file.read_bytes()), "wrong-name.txt")
    assert cells(workspace, zipped) == cells(workspace, file) != []


# CSV: separators, encodings, broken accents


@pytest.mark.parametrize(
    "text",
    [
        "fecha;evento;importe\n2026-03-01;ad;1,50\n",
        "fecha\tevento\timporte\n2026-03-01\tad\t1,50\n",
        "fecha|evento|importe\n2026-03-01|ad|1,50\n",
        '"fecha";"evento";"importe"\n"2026-03-01";"ad";"1,50"\n',
        # The header alone would say comma.
        "fecha;evento, tipo, canal;importe\n2026-03-01;ad;1,50\n",
    ],
)
def test_the_separator_is_the_one_all_rows_agree_on(
    text: str, workspace: Workspace, tmp_path: Path
) -> None:
    assert cells(workspace, put(tmp_path, text)) == [("2026-03-01", "ad", "1,50")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252",
                                      "mac_roman"])  # fmt: skip
def test_the_encoding_is_told_by_the_bytes(
    encoding: str, workspace: Workspace, tmp_path: Path
) -> None:
    text = "timestamp;event\n2026-03-01;Reclamación de señal en Perú: ¿avería?\n"
    found = cells(workspace, put(tmp_path, text.encode(encoding)))
    assert found == [("2026-03-01", "Reclamación de señal en Perú: ¿avería?")]


def test_a_file_that_two_systems_wrote_is_read_line_by_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    begun = "timestamp;event\n2026-03-01;avería\n".encode()
    file = put(tmp_path, begun + "2026-03-02;señal\n".encode("cp1252"))
    assert cells(workspace, file) == [("2026-03-01", "avería"), ("2026-03-02", "señal")]
    assert notes(workspace, file) == ["Lines that are not UTF-8, read as Windows-1252: 1."]


@pytest.mark.parametrize("reading", ["cp1252", "latin-1", "mac_roman"])
def test_utf8_that_was_misread_is_put_right(
    reading: str, workspace: Workspace, tmp_path: Path
) -> None:
    right = "¿Avería en el teléfono? Señal débil, ocho días – «fatal» 5€ Ñandú ÁÉÍÓÚ"
    misread = right.encode().decode(reading, "replace")
    # Windows-1252 has no sign for some bytes: what those were is lost.
    lost = {"cp1252": {"ÁÉÍÓÚ": misread.split()[-1]}}.get(reading, {})
    expected = right
    for word, broken in lost.items():
        expected = expected.replace(word, repaired(broken)[0])
    assert repaired(misread)[0] == expected
    file = put(tmp_path, f"timestamp;event\n2026-03-01;{misread}\n")
    assert cells(workspace, file) == [("2026-03-01", expected)]
    assert "Words with broken accents put right" in notes(workspace, file)[-1]


@pytest.mark.parametrize(
    "right",
    ["IRMÃ”, MANHÃ»", "Bogotá”… é isso", "NÃO, SÃO", "√2 ± 1", "a ¬ b", "Ångström", "âge", "5 €",
     "¿Qué?", "Ü", "日本", "naïve café"],
)  # fmt: skip
def test_words_that_somebody_may_have_meant_stay(right: str) -> None:
    assert repaired(right) == (right, 0)


@given(st.text("áéíóúñüÁÉÍÓÚÑÜ¿¡abXY €–", max_size=20), st.sampled_from(["latin-1", "mac_roman"]))
def test_whatever_is_spanish_comes_back(right: str, reading: str) -> None:
    assert repaired(right) == (right, 0)
    assert repaired(right.encode().decode(reading))[0] == right


def test_a_word_broken_twice_is_put_right_twice() -> None:
    twice = "Teléfono".encode().decode("cp1252").encode().decode("cp1252")
    assert repaired(twice) == ("Teléfono", 1)


# Broken files


def bad(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


LONG = b"timestamp,event\n2026-03-01," + b"a" * (17 << 20) + b"\n"
BROKEN: dict[str, tuple[bytes, str, int | None, str | None]] = {
    "null.csv": (bad("timestamp,event\n2026-03-01,ad\n2026-03-02,b\0d\n") * 1, "NUL", 3, "event"),
    "long.csv": (LONG, "longer than 16 MB", 2, None),
    "long.jsonl": (b'{"a": 1}\n{"a": "' + b"a" * (17 << 20) + b'"}', "longer than 16 MB", 2, None),
    "long.xes": (b'<log><trace><event>\n<string key="a" value="' + b"a" * (17 << 20)
                 + b'"/></event></trace></log>', "longer than 16 MB", 1, None),
    "nothing.json": (b"[]", "holds no rows", None, None),
    "quote.csv": (bad('timestamp,event\n2026-03-01,"ad\n2026-03-02,b\n' + "2026-03-03,c\n" * 99),
                  "never closed", 2, "event"),
    "twice.csv": (bad("event,timestamp,event\na,2026-03-01,b\n"), "more than once", 1, "event"),
    "blank.csv": (bad("\n\n2026-03-01,ad\n"), "must name the columns", 1, None),
    "cut.json": (bad('[{"event": "ad"}, {"event"'), "JSON is broken", 1, None),
    "pretty.json": (bad('{\n "event": "ad",\n "time": \n}'), "JSON is broken", 4, None),
    "latin.json": (bad('[{"event": "avería"}]'.encode("latin-1")), "must be UTF-8", 1, None),
    "ocel.json": (bad('{"events": [{}], "objects": [], "eventTypes": []}'), "lacks a field", None,
                  None),
    "bomb.xmlocel": (bad('<!DOCTYPE log [<!ENTITY a "b">]>\n<log><object-types/>&a;</log>'),
                     "declares entities", 1, None),
    "cut.xml": (bad("<log><object-types>\n<"), "XML is broken", 2, None),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(99), "cannot be imported", None, None),
    "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(99), "cannot be imported", None, None),
    "empty.csv.gz": (gzip.compress(b""), "is empty", None, None),
    "tail.csv.gz": (gzip.compress(CSV.encode() * 9_999)[:-9], "damaged or cut short", None, None),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_where_and_the_rest_is_imported(
    name: str, workspace: Workspace, tmp_path: Path
) -> None:
    content, words, line, field = BROKEN[name]
    file, sound = put(tmp_path, content, name), put(tmp_path, CSV, "sound.csv")
    with pytest.raises(importing.ImportStopped, match=words) as raised:
        flow.import_files(workspace, [file, sound], source="web")
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.field) == (str(file), line, field)
    assert problem.what.es != problem.what.en
    assert events(workspace) == NAMES


def test_a_pipe_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(TrayectoError, match="a pipe or a device"):
        cells(workspace, tmp_path / "pipe.csv")


def test_parquet_that_is_damaged_inside_is_the_files_fault(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = "select 'a' || hash(i) as event, timestamp '2026-03-01' as time from range(20000) r(i)"
    with workspace.lake.session() as session:
        session.run("make", f"copy ({made}) to '{tmp_path}/sound.parquet' (format parquet)")
    sound = (tmp_path / "sound.parquet").read_bytes()
    file = put(tmp_path, sound[:9_000] + bytes(9_000) + sound[18_000:], "broken.parquet")
    with pytest.raises(TrayectoError, match="damaged or cut short") as raised:
        flow.import_files(workspace, [file], source="web")
    assert raised.value.problems[0].file == str(file)


def test_a_plain_file_may_be_called_compressed(workspace: Workspace, tmp_path: Path) -> None:
    assert len(cells(workspace, put(tmp_path, CSV, "export.csv.gz"))) == 2


def test_columns_that_differ_by_case_alone_are_two(workspace: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "timestamp,userId,userid\n2026-03-01,a,b\n")
    with workspace.lake.session() as session, files.opened(session, file) as found:
        assert [name for name, _ in found.columns] == ["timestamp", "userId", "userid_"]


def test_a_log_cut_where_it_begins_is_read_from_its_second_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = put(
        tmp_path,
        '{"event": "ad", "ti\n{"event": "ad", "time": "2026-03-01"}\n'
        '{"event": "buy", "time": "2026-03-02"}\n',
        "export.jsonl",
    )
    flow.import_files(workspace, [file], source="web")
    assert events(workspace) == NAMES
    assert [row[:2] for row in kept_aside(workspace)] == [(1, "malformed")]


def test_an_import_killed_before_its_log_is_logged_by_the_next_question(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    file = put(tmp_path, CSV)
    with monkeypatch.context() as patched:
        patched.setattr("trayecto.collect.clean._write_log", killed)
        with pytest.raises(KeyboardInterrupt):
            flow.import_files(workspace, [file], source="web")
    flow.import_files(workspace, [put(tmp_path, CSV)], source="web")
    (web,) = care.data_quality(workspace)
    assert (web.imports, web.rows_read, web.kept, web.duplicates) == (2, 4, 2, 2)
    assert (web.present, web.erased) == (2, 0)


def test_a_small_archive_that_grows_without_end_is_refused(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trayecto.collect.streams._BOMB_SIZE", 1 << 20)
    file = put(tmp_path, gzip.compress((CSV * 40_000).encode()), "bomb.csv.gz")
    with pytest.raises(TrayectoError, match="looks like an attack"):
        cells(workspace, file)


def test_a_full_disk_is_no_fault_of_the_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("trayecto.lake.lake.write_deltalake", full)
    file, missing = put(tmp_path, CSV), tmp_path / "missing.csv"
    with pytest.raises(importing.ImportStopped, match="The disk is full") as raised:
        flow.import_files(workspace, [file, missing], source="web")
    assert [problem.file for problem in raised.value.problems] == [str(file), str(missing)]


def test_a_header_without_rows_is_no_error_and_says_zero(
    workspace: Workspace, tmp_path: Path
) -> None:
    (done,) = flow.import_files(
        workspace, [put(tmp_path, "timestamp,user_id,event\n")], source="web"
    )
    assert (done.read, done.kept, done.rejected) == (0, 0, 0)
    assert any("no rows" in note.en for note in done.notes)


# Line numbers, of a file that is written here line by line


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("odd", ["plain", "a blank line", "a comment of two lines", "a return"])
def test_the_line_of_what_is_kept_aside_is_the_one_an_editor_shows(
    workspace: Workspace, tmp_path: Path, odd: str, end: str
) -> None:
    chance = Random(7)
    lines, expected = ["time,user,touchpoint,comment"], set()
    for n in range(60):
        kind = chance.choice(("good", "good", "bad time", "short"))
        match kind:
            case "bad time":
                expected.add((len(lines) + 1, "bad_time"))
                lines.append(f"some day,u{n},ad,-")
            case "short":
                expected.add((len(lines) + 1, "malformed"))
                lines.append(f"2026-03-01,u{n},{n}")
            case _:
                lines.append(f"2026-03-01,u{n},ad,-")
        if n == 30:
            lines += {
                "plain": [], "a blank line": [""],
                "a comment of two lines": ['2026-03-01,u,ad,"one', 'and two"'],
                "a return": ['2026-03-01,u,ad,"one\rand two"'],
            }[odd]  # fmt: skip
            # Editors and Python's csv take a carriage return for the end of a line, too.
            lines += ["2026-03-01,v,ad,-"]
    file = tmp_path / "log.csv"
    file.write_bytes((end.join(lines) + chance.choice(("", end))).encode())
    shift = odd == "a return"
    expected = {(n + (shift and n > lines.index("2026-03-01,v,ad,-")), why) for n, why in expected}

    flow.import_files(workspace, [file], source="web")

    assert {row[:2] for row in kept_aside(workspace)} == expected
