"""Importing from the command line: what a person reads, in both languages, and the exit codes."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from test_cli import trayecto
from trayecto.cli import show
from trayecto.vocabulary.text import Text

GOOD = "timestamp,user_id,event\n2026-03-01 10:00:00,ana,ad\n2026-03-01 11:00:00,ana,buy\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert trayecto("init", "w", "--region", "ES", cwd=tmp_path)[0] == 0
    return tmp_path


def test_all_that_is_wrong_is_said_and_the_rest_is_imported(place: Path) -> None:
    (place / "good.csv").write_text(GOOD)
    (place / "empty.csv").write_text("")
    (place / "null.csv").write_bytes(b"timestamp,event\n2026-03-01,b\0d\n")
    (place / "cut.csv.gz").write_bytes(gzip.compress(GOOD.encode() * 999)[:60])
    (place / "twice.csv").write_text("event,timestamp,event\na,2026-03-01,b\n")
    (place / "folder").mkdir()
    names = ("folder", "empty.csv", "null.csv", "good.csv", "cut.csv.gz", "twice.csv", "no.csv")
    code, out, err = trayecto("import", *names, "--source", "web", "-w", "w",
                              language="es", cwd=place)  # fmt: skip
    assert code == 2
    assert out == "good.csv: 2 filas leídas = 2 guardadas + 0 ya conocidas + 0 apartadas\n"
    said = [line for line in err.splitlines() if not line.startswith("…")]
    assert [line.split(" ")[0] for line in said] == [
        "folder:", "empty.csv:", "null.csv:2:", "cut.csv.gz:", "twice.csv:1:", "no.csv:"
    ]  # fmt: skip
    assert "[event] Un byte nulo" in said[2]
    assert "Traceback" not in err


def test_json_gives_every_count_and_nothing_else(place: Path) -> None:
    (place / "good.csv").write_text(GOOD + "soon,ana,buy\n")
    code, out, err = trayecto(
        "import", "good.csv", "--source", "web", "-w", "w", "--json", cwd=place
    )
    (done,) = json.loads(out)
    assert (code, err) == (0, "")
    assert (done["read"], done["kept"], done["duplicates"], done["rejected"]) == (3, 2, 0, 1)
    assert done["reasons"][0]["first_line"] == 4


def test_commands_about_the_data_answer_in_json(place: Path) -> None:
    (place / "good.csv").write_text(GOOD)
    trayecto("import", "good.csv", "--source", "web", "-w", "w", cwd=place)
    for command in (["quality"], ["rejects"], ["nodes"], ["nodes", "--suggest"], ["doctor"],
                    ["tidy"], ["init", "w"]):  # fmt: skip
        folder = [] if command[0] == "init" else ["-w", "w"]
        code, out, _ = trayecto(*command, *folder, "--json", cwd=place)
        assert (code, type(json.loads(out)) in (list, dict)) == (0, True), command


def test_settings_that_are_wrong_are_named_with_their_lines(place: Path) -> None:
    settings = place / "w" / "trayecto.yaml"
    text = settings.read_text("utf-8").replace("buckets: 32", "buckets: many")
    settings.write_text(text + "langage: es\n", "utf-8")
    code, _, err = trayecto("doctor", "-w", "w", cwd=place)
    assert code == 2
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines, 1) if line.startswith("buckets"))
    assert f"trayecto.yaml:{len(lines) + 1}: [langage] Unknown setting. Did you mean lang" in err
    assert f"trayecto.yaml:{at}: [buckets] Must be a whole number" in err


def test_a_workspace_is_not_made_of_wrong_settings(tmp_path: Path) -> None:
    code, _, err = trayecto("init", "w", "--zone", "Europe/Narnia", cwd=tmp_path)
    assert (code, "[zone] Unknown time zone" in err) == (2, True)
    assert not (tmp_path / "w").exists()


def _many(file: Path, rows: int) -> None:
    lines = (
        f"2026-03-01 10:00:{n % 60:02d},p{n % 999},step {n % 20},{n * 7919}" for n in range(rows)
    )
    file.write_text("timestamp,user_id,event,number\n" + "\n".join(lines) + "\n")


def test_no_room_is_said_in_words_and_nothing_is_half_written(place: Path) -> None:
    _many(place / "many.csv", 20_000)
    # A file may not grow past 16 KB: the nearest to a full disk that a test may make.
    done = subprocess.run(
        [Path(sys.executable).with_name("trayecto"), "import", "many.csv", "--source", "web",
         "-w", "w", "-l", "en"],
        capture_output=True, text=True, cwd=place, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 14, 1 << 14)),
    )  # fmt: skip
    assert done.returncode == 2
    assert "many.csv: The disk is full; nothing of this file was added." in done.stderr
    code, out, _ = trayecto("quality", "-w", "w", "--json", cwd=place)
    assert (code, json.loads(out)) == (0, [])
    code, out, _ = trayecto("import", "many.csv", "--source", "web", "-w", "w", cwd=place)
    assert (code, "20,000 kept + 0 known already" in out) == (0, True)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv of util-linux is not installed")
def test_a_file_and_a_workspace_we_may_not_touch_are_named(place: Path) -> None:
    def plain(*words: str) -> tuple[int, str]:
        # Even root may then only do what the modes of files say.
        done = subprocess.run(
            ["setpriv", "--bounding-set=-dac_override,-dac_read_search",
             Path(sys.executable).with_name("trayecto"), *words, "-w", "w", "-l", "en"],
            capture_output=True, text=True, cwd=place, check=False,
        )  # fmt: skip
        return done.returncode, done.stderr

    for name in ("secret.csv", "good.csv"):
        (place / name).write_text(GOOD)
    (place / "secret.csv").chmod(0)
    code, said = plain("import", "secret.csv", "good.csv", "--source", "web")
    assert (code, "secret.csv: The file cannot be read" in said) == (2, True), said
    _, out, _ = trayecto("quality", "-w", "w", "--json", cwd=place)
    assert [source["present"] for source in json.loads(out)] == [2], "the other file is in"
    lake = place / "w" / "lake"
    for folder, _, files in os.walk(lake):
        for name in files:
            Path(folder, name).chmod(0o400)
        Path(folder).chmod(0o500)
    (place / "more.csv").write_text(GOOD.replace("ana", "eva"))
    code, said = plain("import", "more.csv", "--source", "web")
    assert (code, "Traceback" in said, "fault of ours" in said) == (2, False, False), said
    assert str(lake) in said


def test_ctrl_c_that_a_library_keeps_to_itself_stops_the_next_step() -> None:
    with show.progress("en", quiet=True) as tell:
        tell(Text(en="reading", es="leyendo"))
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            tell(Text(en="ordering", es="ordenando"))


def test_ctrl_c_is_safe_and_said(place: Path) -> None:
    _many(place / "many.csv", 100_000)
    program = str(Path(sys.executable).with_name("trayecto"))
    command = [program, "import", "many.csv", "--source", "web", "-w", "w", "-l", "en"]
    with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr
        for line in run.stderr:
            if "reading and checking" in line:
                break
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
    assert (run.returncode, "Stopped. Whole files stay" in said) == (130, True), said
    assert "Traceback" not in said
    code, out, _ = trayecto("import", "many.csv", "--source", "web", "-w", "w", "--json", cwd=place)
    (done,) = json.loads(out)
    assert (code, done["kept"] + done["duplicates"], done["read"]) == (0, 100_000, 100_000)
    _, out, _ = trayecto("quality", "-w", "w", "--json", cwd=place)
    (web,) = json.loads(out)
    assert (web["present"], web["erased"]) == (100_000, 0)
