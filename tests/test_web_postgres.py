"""The app on PostgreSQL: one setting, a real server, the same pages."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

import pytest

from browser import served
from trayecto.workspace import create
from web_walk import Visitor, signed_in

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


ROWS = "fecha;cliente;evento;canal\n" + "".join(
    f"2026-03-{1 + i % 20:02} 10:{m:02};c{i};{event};web\n"
    for i in range(30)
    for m, event in ((0, "visita"), (20, "tarifas"), (40, "contrato" if i % 3 else "llamada"))
)


def last(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def brought_in(ana: Visitor) -> None:
    """Bring a file in as its page does: look first, then store, each in a process of its own."""
    arrival = ana.post("/data/import/", {"source": "tienda"}, file=ROWS.encode()).address
    until(ana, arrival, "90")
    job = ana.post(arrival.split("?")[0].removeprefix(ana.home), {"bring": ""}).address
    until(ana, job, "/nodes/")


def until(ana: Visitor, address: str, words: str) -> None:
    """Look at a page until it says something."""
    end = monotonic() + 90
    while words not in ana.get(address).text:
        assert monotonic() < end, f"{address} never says {words}"
        sleep(0.3)


@needs_postgres
def test_the_whole_loop_goes_on_postgresql(postgres: str, tmp_path: Path) -> None:
    workspace = create(tmp_path / "workspace", language="es", buckets=2)
    with served(workspace.folder, TRAYECTO_DATABASE=postgres) as home:
        ana = signed_in(home)
        assert "Aún no hay ningún mapa" in ana.get("/").text
        brought_in(ana)

        at = "/maps/" + last(ana.post("/maps/new/", {"template": "shop"}).address)
        assert "<svg" in ana.get(f"{at}/").text
        touchpoint = (
            "touchpoint:" + ana.get(f"{at}/").text.split('data-touchpoint="')[1].split('"')[0]
        )
        change = {"kind": "set", "thing": touchpoint, "field": "owner", "base": 1}
        first = ana.tell(f"{at}/edit/", {**change, "given": {"es": "Ventas", "en": "Sales"}})
        assert (first.status, json.loads(first.text)) == (200, {"version": 2})

        # Somebody else changes the same thing of the same version: both are told, none is lost.
        invited = ana.post("/team/", {"email": "bruno@example.com", "role": "2"}).text
        link = invited.split("/join/")[1].split("/")[0]
        bruno = Visitor(home)
        bruno.post(f"/join/{link}/", {"name": "Bruno", "password": "otra larga y buena"})
        second = bruno.tell(f"{at}/edit/", {**change, "given": {"es": "Atención", "en": "Care"}})
        assert second.status == 409
        assert json.loads(second.text)["who"] == "Ana Pérez"
        kept = bruno.tell(
            f"{at}/edit/", {**change, "given": {"es": "Atención", "en": "Care"}, "mine": True}
        )
        assert kept.status == 200
        assert "Atención" in bruno.get(f"{at}/text/").text
        assert "Bruno" in ana.get(f"{at}/versions/").text

        bruno.post(f"{at}/comments/", {"text": "¿Y la espera, @Ana?"})
        assert "¿Y la espera" in ana.get(f"{at}/comments/").text
        shared = ana.post(f"{at}/share/", {"days": "7"}).text.split("/s/")[1].split("/")[0]
        assert "<svg" in Visitor(home).get(f"/s/{shared}/").text
        assert "bruno" not in Visitor(home).get(f"/s/{shared}/").text.lower()
        assert "invitó a alguien" in ana.get("/audit/").text
    assert not (workspace.folder / "web" / "app.sqlite3").exists()
