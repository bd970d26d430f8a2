"""Commands that watch a measured map: deviations, drift."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show_watching as show
from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    MapFile,
    Out,
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


@app.command(
    help=say(
        "Say what people do against the map: done, skipped, repeated, out of order.",
        "Di qué se hace frente al mapa: hecho, saltado, repetido, fuera de orden.",
    )
)
def deviations(
    map_: MapFile,
    output: Out = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Lay what people did over what was drawn."""
    from trayecto import flow, measuring, watching

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    live = measuring.measure(workspace, map_, period=period_of(workspace, since, until))
    if output:
        flow.save_picture(watching.deviation_picture(live, language=spoken), output)
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(live.deviations.as_json(), as_json, show.deviations(live, spoken))


@app.command(
    help=say(
        "Say what changed since the map was approved, and how old it is.",
        "Di qué ha cambiado desde que se aprobó el mapa y si se ha quedado viejo.",
    )
)
def drift(
    map_: MapFile,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say("Report to write (.html).",
                                                "Informe que se escribe (.html)."))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, help=say(
            "Length of each period; else as long as the data allows.",
            "Duración de cada periodo; si falta, la que permitan los datos."))
    ] = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Compare the map with itself, before and after."""
    from trayecto import flow, watching

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    length = timedelta(days=days) if days else None
    found = watching.drift(workspace, map_, length=length)
    if output:
        page = watching.drift_report(workspace, found, language=spoken)
        flow.write_file(output, page.encode())
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(found.as_json(), as_json, show.drift(found, spoken))
