"""Files that two systems wrote, cells that hold what rows end with, and files that were damaged."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trayecto import flow, importing
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return flow.create(tmp_path_factory.mktemp("ends") / "workspace", language="en")


def seen(workspace: Workspace, folder: Path, content: bytes, name: str = "a.csv") -> dict[str, int]:
    """Return how many rows a dry run read, would keep and would set aside."""
    (folder / name).write_bytes(content)
    (found,) = importing.preview_files(workspace, [folder / name], source="web")
    told = found.as_json()
    return {what: told[what] for what in ("read", "kept", "rejected")}


def days(first: int, last: int, end: str) -> str:
    return "".join(f"2026-03-{day:02d},u{day},ad{end}" for day in range(first, last + 1))


HEAD = "time,user,event"
FIVE = {"read": 5, "kept": 5, "rejected": 0}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # Windows wrote the beginning and a server of Linux went on, and the other way round.
        (HEAD + "\r\n" + days(1, 2, "\r\n") + days(3, 5, "\n"), FIVE),
        (HEAD + "\n" + days(1, 4, "\n") + days(5, 5, "\r\n"), FIVE),
        # A program that wrote each end of Windows as text of Windows.
        (HEAD + "\r\r\n" + days(1, 5, "\r\r\n"), FIVE),
        # The Macs of before 2001, and one line that came from elsewhere.
        (HEAD + "\r" + days(1, 5, "\r"), FIVE),
        (HEAD + "\r" + days(1, 4, "\r") + days(5, 5, "\n"), FIVE),
        # A column of two lines, as spreadsheets break long names; rows end otherwise.
        ('time,"user\nid",event\r\n' + days(1, 5, "\r\n"), FIVE),
        ('time,"user\r\nid",event\n' + days(1, 5, "\n"), FIVE),
        # A return that strayed into a cell is a space, and not the end of the row.
        (HEAD + "\n" + days(1, 4, "\n") + "2026-03-05,u5,two\rwords\n", FIVE),
        # An inch is one quote, and it opens nothing.
        (HEAD + "\n" + days(1, 4, "\n") + '2026-03-05,u5,screen 24"\n', FIVE),
        (HEAD + "\n" + days(1, 4, "\n") + '2026-03-05,u5,screen 24"', FIVE),
        # A quote escaped as programs do, and not as CSV does: the row is kept aside, alone.
        (
            HEAD + "\n" + days(1, 4, "\n") + '2026-03-05,"the \\" sign",ad\n',
            {"read": 5, "kept": 4, "rejected": 1},
        ),
    ],
    ids=[
        "Windows, then Linux", "Linux, then Windows", "two returns", "Mac", "Mac, then Linux",
        "a name of two lines, CRLF", "a name of two lines, LF", "a stray return", "an inch",
        "an inch at the end", "an escaped quote",
    ],
)  # fmt: skip
def test_every_row_is_read_whatever_it_ends_with(
    workspace: Workspace, tmp_path: Path, content: str, expected: dict[str, int]
) -> None:
    assert seen(workspace, tmp_path, content.encode()) == expected
    assert seen(workspace, tmp_path, content.encode("utf-16")) == expected


def test_a_return_inside_a_cell_is_told_and_read_as_a_space(tmp_path: Path) -> None:
    workspace = flow.create(tmp_path / "workspace", language="en")
    file = tmp_path / "a.csv"
    file.write_bytes((HEAD + "\n" + days(1, 4, "\n") + "2026-03-05,u5,two\rwords\n").encode())

    (done,) = flow.import_files(workspace, [file], source="web")

    assert "Carriage returns inside lines, read as spaces: 1." in [note.en for note in done.notes]
    with workspace.lake.session() as session:
        found = session.ask("names", "select name from interactions order by occurred_at")
    assert [name for (name,) in found] == ["ad"] * 4 + ["two words"]


@pytest.mark.parametrize("first", ["two\\rwords", "two\\r\\nwords", "two\\nwords"])
def test_a_json_line_may_begin_with_a_text_of_two_lines(
    workspace: Workspace, tmp_path: Path, first: str
) -> None:
    row = '{"comment": "%s", "time": "2026-03-01", "user": "ana", "event": "%s"}\n'
    text = row % (first, "ad") + row % ("one", "buy")

    expected = {"read": 2, "kept": 2, "rejected": 0}

    assert seen(workspace, tmp_path, text.encode(), "a.jsonl") == expected


def test_a_json_line_with_a_return_in_its_middle_is_kept_aside_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = '{"ti\rme": "2026-03-01", "event": "ad"}\n{"time": "2026-03-01", "event": "buy"}\n'

    expected = {"read": 2, "kept": 1, "rejected": 1}

    assert seen(workspace, tmp_path, text.encode(), "a.jsonl") == expected


def book() -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in [HEAD.split(","), *(line.split(",") for line in days(1, 28, "\n").splitlines())]:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def columns(folder: Path) -> bytes:
    rows = (
        "select '2026-03-' || lpad(day::varchar, 2, '0') as time, 'u' || day as user, 'ad' as event"
        " from range(1, 29) r(day)"
    )
    duckdb.sql(f"copy ({rows}) to '{folder}/a.parquet' (format parquet)")
    return (folder / "a.parquet").read_bytes()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return {
        "a.xlsx": book(),
        "a.parquet": columns(tmp_path_factory.mktemp("sound")),
        "a.csv": (HEAD + "\n" + days(1, 28, "\n")).encode(),
        "a.jsonl": b"".join(
            b'{"time": "2026-03-%02d", "user": "u%d", "event": "ad"}\n' % (n, n)
            for n in range(1, 29)
        ),
    }


ODD = [b'"', b"\r", b"\n", b",", b"\\", b"\x00", b"\xff", b"\xc3", b"{", b"}", b"\x1a", b"<"]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None
)
@given(st.sampled_from(["a.csv", "a.jsonl", "a.parquet", "a.xlsx"]), st.integers(0, 2**32))
def test_whatever_happened_to_a_file_it_is_read_or_refused_in_words(
    workspace: Workspace, sound: dict[str, bytes], tmp_path: Path, name: str, seed: int
) -> None:
    chance, content = Random(seed), bytearray(sound[name])
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                content[place:place] = chance.choice(ODD)
            case 2:
                del content[place : place + chance.choice((1, 9, 99))]
            case _:
                del content[max(place, 1) :]
    try:
        seen(workspace, tmp_path, bytes(content), name)
    except TrayectoError as error:
        refused = str(error)
    else:
        refused = ""
    assert "fault of ours" not in refused
