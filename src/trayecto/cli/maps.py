"""Commands on maps: check, draw, measure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show
from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    MapFile,
    Since,
    Until,
    answer,
    app,
    opened,
    period_of,
    speaking,
    wrote,
)
from trayecto.cli.words import say


@app.command(help=say("Check a map: every problem with its line, and advice.",
                      "Revisa un mapa: cada problema con su línea, y consejos."))  # fmt: skip
def check(map_: MapFile, as_json: Json = False, language: LanguageOption = None) -> None:
    """Check a map; exits with 2 when it has problems."""
    from trayecto import flow

    checked = flow.check(map_)
    answer(
        show.checked_json(checked, speaking(language)),
        as_json,
        show.checked(checked, speaking(language)),
    )
    if checked.problems:
        raise typer.Exit(2)


@app.command(help=say("Draw a designed map.", "Dibuja un mapa diseñado."))
def draw(
    map_: MapFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=say(".svg or .png", ".svg o .png"))
    ],
    language: LanguageOption = None,
) -> None:
    """Draw a map."""
    from trayecto import flow

    flow.save_picture(flow.draw(map_, language=speaking(language)), output)
    wrote(output)


@app.command(help=say("Measure a map on real interactions and write its report.",
                      "Mide un mapa con interacciones reales y escribe su informe."))  # fmt: skip
def measure(
    map_: MapFile,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say("Report (.html) or picture (.svg, .png).",
                                                "Informe (.html) o imagen (.svg, .png)."))
    ] = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Measure a map."""
    from trayecto import flow

    workspace = opened(folder)
    live = flow.measure(workspace, map_, period=period_of(workspace, since, until))
    if output and output.suffix.lower() == ".html":
        page = flow.report(workspace, live, language=speaking(language, workspace))
        flow.write_file(output, page.encode())
    elif output:
        flow.save_picture(flow.live_picture(live, language=speaking(language, workspace)), output)
    if output:
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(live.as_json(), as_json, show.live(live, speaking(language, workspace)))
