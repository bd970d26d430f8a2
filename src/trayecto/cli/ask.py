"""Questions on what customers really do."""

from __future__ import annotations

from typing import Annotated

import typer

from trayecto.cli import show
from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    Out,
    Per,
    PerOption,
    Since,
    Sources,
    Until,
    answer,
    app,
    opened,
    scope_of,
    speaking,
    wrote,
)
from trayecto.cli.words import say


@app.command(
    help=say(
        "Show the node graph: what customers really do.",
        "Muestra el grafo de nodos: lo que los clientes hacen de verdad.",
    )
)
def graph(
    per: PerOption = Per.person,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    output: Out = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with the node graph."""
    from trayecto import flow

    workspace = opened(folder)
    found = flow.graph(workspace, scope_of(workspace, per, source, since, until))
    if output:
        flow.save_picture(flow.picture_of(found, language=speaking(language, workspace)), output)
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(found.as_json(), as_json, show.graph(found, speaking(language, workspace)))


@app.command(help=say("Show whole paths, the commonest first.",
                      "Muestra los caminos completos, los más comunes primero."))  # fmt: skip
def variants(
    per: PerOption = Per.person,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    at_most: Annotated[
        int | None, typer.Option(min=1, help=say("How many to list.", "Cuántos listar."))
    ] = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with the whole paths."""
    from trayecto import flow

    listed = at_most if at_most or as_json else 15
    workspace = opened(folder)
    found = flow.variants(workspace, scope_of(workspace, per, source, since, until), at_most=listed)
    answer(found.as_json(), as_json, show.variants(found, speaking(language, workspace)))
