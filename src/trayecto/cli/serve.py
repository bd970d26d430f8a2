"""The command that opens the web app."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli.options import HERE, Folder, Json, answer, app, opened
from trayecto.cli.words import say


@app.command(
    help=say(
        "Open the web app on a workspace, until you stop it with Ctrl-C.",
        "Abre la aplicación web sobre un espacio de trabajo, hasta que la pares con Ctrl-C.",
    )
)
def serve(
    workspace: Folder = HERE,
    host: Annotated[
        str,
        typer.Option(
            help=say(
                "Address to listen on; 127.0.0.1 is this machine alone.",
                "Dirección en la que escuchar; 127.0.0.1 es solo esta máquina.",
            )
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help=say("Port; 0 takes a free one.", "Puerto; 0 elige uno libre."))
    ] = 8000,
    browser: Annotated[
        bool,
        typer.Option(help=say("Open the browser.", "Abre el navegador.")),
    ] = True,
    as_json: Json = False,
) -> None:
    """Serve the workspace."""
    from trayecto.web import server

    server.serve(
        opened(workspace), host=host, port=port, ready=_opening(browser=browser, as_json=as_json)
    )


def show_live(workspace: Path) -> None:
    """Open the browser at the live map of the simulated company, signed in as its first account."""
    from trayecto.web import server

    place = opened(workspace)
    server.prepare(place)
    way_in = server.way_in("/maps/fibre/")
    server.serve(place, host="127.0.0.1", port=0, ready=_opening(browser=True, at=way_in))


def _opening(*, browser: bool, at: str = "", as_json: bool = False) -> Callable[[str], None]:
    """Return what says the address to open, and opens it."""

    def ready(address: str) -> None:
        address = address.rstrip("/") + (at or "/")
        if as_json:
            answer({"address": address}, as_json, "")
            sys.stdout.flush()
        stop = say("Ctrl-C stops.", "Ctrl-C para.")
        sys.stderr.write(say(f"Open {address}", f"Abre {address}") + f"  ({stop})\n")
        if browser:
            webbrowser.open(address)

    return ready
