"""The app on PostgreSQL: one setting, a real server, the same pages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from browser import served
from trayecto.workspace import create

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
needs_postgres = pytest.mark.skipif(
    not _PLACES, reason="PostgreSQL is not installed on this machine"
)


def _somebody() -> str | None:
    """Return whom to run the server as: it refuses to be run by root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@pytest.fixture
def postgres() -> Iterator[str]:
    """Start a server of our own on a socket in a folder of its own, and give its address."""
    folder = Path(mkdtemp(prefix="pg-"))
    user = _somebody()
    if user:
        shutil.chown(folder, user)

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [_PLACES[0] / program, *words], user=user, cwd="/", check=True, timeout=120,
            capture_output=True,
        )  # fmt: skip

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "trayecto", "--auth=trust", "--no-sync")
    settings = f"-c listen_addresses='' -k {folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        run("createdb", "-h", str(folder), "-U", "trayecto", "app")
        yield f"postgresql://trayecto@/app?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@needs_postgres
def test_the_app_keeps_its_accounts_in_postgresql(postgres: str, tmp_path: Path) -> None:
    workspace = create(tmp_path / "workspace", language="es", buckets=2)
    with served(workspace.folder, TRAYECTO_DATABASE=postgres) as home:
        browser = build_opener(HTTPCookieProcessor())
        page = browser.open(home).read().decode()
        assert "La primera cuenta" in page or "The first account" in page
    assert not (workspace.folder / "web" / "app.sqlite3").exists()
