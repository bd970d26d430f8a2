"""The command on named segments: who they are now, and what rules may name."""

from __future__ import annotations

from typing import Annotated

import typer

from trayecto.cli import show_segments as show
from trayecto.cli.options import HERE, Folder, Json, LanguageOption, answer, app, opened, speaking
from trayecto.cli.words import say


@app.command(
    help=say(
        "List the named segments of segments.yaml with for how many each holds now.",
        "Lista los segmentos de segments.yaml y cuántas personas hay ahora en cada uno.",
    )
)
def segments(
    properties: Annotated[
        bool,
        typer.Option(
            "--properties",
            help=say(
                "List what rules may name, with the commonest values.",
                "Lista lo que pueden nombrar las reglas, con los valores más comunes.",
            ),
        ),
    ] = False,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with segments, or with properties."""
    from trayecto import care

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    if properties:
        known = care.list_properties(workspace)
        answer([one.as_json() for one in known], as_json, show.properties(known, spoken))
        return
    found = care.list_segments(workspace)
    answer([one.as_json() for one in found], as_json, show.segments(found, spoken))
