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


_FORMS = say(
    "File to write: .svg, .png, .pdf, .html, .pptx, .xlsx, .csv, .json, .mmd.",
    "Fichero: .svg, .png, .pdf, .html, .pptx, .xlsx, .csv, .json, .mmd.",
)


@app.command(help=say("Draw a designed map.", "Dibuja un mapa diseñado."))
def draw(
    map_: MapFile,
    output: Annotated[Path, typer.Option("--output", "-o", help=_FORMS)],
    size: Annotated[str | None, typer.Option("--size", help=say(
        "Paper of a PDF: A4 to A0, 16:9.", "Papel de un PDF: de A4 a A0, 16:9."))] = None,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Draw a map; the ending of the file says as what."""
    from trayecto import drafting

    drafting.draw_as(map_, output, language=speaking(language), size=size)
    wrote(output)


@app.command(help=say("Say what changed between two versions of a map.",
                      "Di qué cambia entre dos versiones de un mapa."))  # fmt: skip
def diff(
    older: Annotated[Path, typer.Argument(metavar="OLDER", help=say(
        "Older map.", "Mapa anterior."))],
    newer: Annotated[Path, typer.Argument(metavar="NEWER", help=say(
        "Newer map.", "Mapa nuevo."))],
    output: Out = None,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Compare two versions of a map; exits with 1 when they differ, as diff does."""
    from trayecto import drafting, flow

    found = drafting.diff(older, newer)
    if output:
        flow.save_picture(drafting.diff_picture(found, language=speaking(language)), output)
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(found.as_json(), as_json, found.words(speaking(language)))
    if found.diff:
        raise typer.Exit(1)


@app.command(help=say("Put together what two people changed in a map.",
                      "Une lo que dos personas han cambiado en un mapa."))  # fmt: skip
def merge(
    base: Annotated[Path, typer.Argument(metavar="BASE", help=say(
        "The map both began with.", "El mapa del que partieron."))],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help=say("Our map.", "Nuestro mapa."))],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help=say("Theirs.", "El suyo."))],
    output: Annotated[Path, typer.Option("--output", "-o", help=say(
        "Map to write (.yaml).", "Mapa que se escribe (.yaml)."))],
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Merge three versions; exits with 1 when something is left to settle."""
    from trayecto import drafting, flow

    together = drafting.merge(base, ours, theirs)
    flow.write_file(output, together.text.encode())
    wrote(output, quiet=as_json)
    answer(together.as_json(), as_json, together.words(speaking(language)))
    if not together.clean:
        raise typer.Exit(1)


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
