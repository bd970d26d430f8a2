"""What the environment says of where the app stands; what is wrong with it is said, all at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trayecto.vocabulary.errors import TrayectoError
from trayecto.web import environment
from trayecto.workspace import create

HERE = Path("here")


def test_without_a_word_everything_is_on_this_machine() -> None:
    told = environment.read({}, HERE)
    assert told.hosts == ()
    assert told.database["NAME"] == HERE / "app.sqlite3"
    assert told.mail == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


def test_a_database_is_named_as_postgresql_names_its_own() -> None:
    told = environment.database_of("postgresql://cx:a%20b@db.example.com:5433/journeys", HERE)
    assert (told["USER"], told["PASSWORD"]) == ("cx", "a b")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example.com", 5433, "journeys")
    on_a_socket = environment.database_of("postgresql://cx@/journeys?host=/run/postgresql", HERE)
    assert on_a_socket["HOST"] == "/run/postgresql"


def test_hosts_are_names_with_or_without_a_port() -> None:
    told = environment.read({"TRAYECTO_HOSTS": "cx.example.com, cx.example.org:8443,[::2]"}, HERE)
    assert told.hosts == ("cx.example.com", "cx.example.org:8443", "[::2]")
    assert told.names == ["cx.example.com", "cx.example.org", "[::2]"]


def test_who_writes_mail_is_at_the_host_without_its_port() -> None:
    told = environment.read(
        {"TRAYECTO_HOSTS": "cx.example.org:8443", "TRAYECTO_SMTP": "smtp://mail.example.org"}, HERE
    )
    assert told.mail["DEFAULT_FROM_EMAIL"] == "Trayecto <trayecto@cx.example.org>"


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = {
        "TRAYECTO_HOSTS": "https://cx.example.com/, cx.example.org",
        "TRAYECTO_DATABASE": "mysql://cx:secret@db.example.com/journeys",
        "TRAYECTO_SMTP": "mail.example.com",
    }
    with pytest.raises(TrayectoError) as stopped:
        environment.read(wrong, HERE)
    assert [problem.what.say("en") for problem in stopped.value.problems] == [
        "“https://cx.example.com/” in TRAYECTO_HOSTS is no name of a machine.",
        "TRAYECTO_DATABASE is no address of a PostgreSQL database.",
        "TRAYECTO_SMTP is no address of a mail server.",
    ]
    assert "secret" not in str(stopped.value)


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("postgresql://cx:secret@127.0.0.1:many/journeys", "no es la dirección"),
        ("postgresql://cx:secret@127.0.0.1", "no es la dirección"),
        ("postgresql://cx:secret@127.0.0.1:1/journeys", "no responde"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_to_whoever_starts_the_app(
    tmp_path: Path, database: str, words: str
) -> None:
    create(tmp_path / "here", language="es")
    program = "from trayecto.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", program, "serve", "-w", "here", "--no-browser", "--port", "0"],
        env={**os.environ, "LC_ALL": "es_ES.UTF-8", "TRAYECTO_DATABASE": database}, cwd=tmp_path,
        timeout=120, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert words in run.stderr
    assert "secret" not in run.stderr
    assert "Traceback" not in run.stderr
