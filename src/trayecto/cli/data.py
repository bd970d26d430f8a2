"""Commands that make a workspace and bring data in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show
from trayecto.cli.options import HERE, Folder, Json, LanguageOption, answer, app, opened, speaking
from trayecto.cli.words import say


@app.command(
    help=say("Make a workspace in a folder.", "Crea un espacio de trabajo en una carpeta.")
)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    zone: Annotated[
        str, typer.Option(help=say("Time zone of times that carry none.",
                                   "Zona de las horas que no la traen."))
    ] = "UTC",
    region: Annotated[
        str | None, typer.Option(help=say("Country of phones written without one, e.g. ES.",
                                          "País de los teléfonos que no lo traen, p. ej. ES."))
    ] = None,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Make a workspace."""
    from trayecto import flow

    flow.create(folder, language=speaking(language), zone=zone, region=region)
    print(say(f"Workspace ready in {folder}. Next: trayecto import FILE --source NAME -w {folder}",
              f"Espacio de trabajo listo en {folder}. "
              f"Ahora: trayecto import FICHERO --source NOMBRE -w {folder}"))  # fmt: skip


@app.command("import", help=say("Bring files in: CSV, Parquet, XES, also .gz.",
                                "Trae ficheros: CSV, Parquet, XES, también .gz."))  # fmt: skip
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    source: Annotated[
        str, typer.Option(help=say("Name of the system they come from.",
                                   "Nombre del sistema de origen."))
    ],
    mapping: Annotated[
        Path | None, typer.Option(help=say("Column mapping to use (YAML).",
                                           "Correspondencia de columnas que se usará (YAML)."))
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help=say("Write the mapping used to this file.",
                                           "Guarda la correspondencia usada en este fichero."))
    ] = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Import files."""
    from trayecto import flow

    workspace = opened(folder)
    with show.progress(speaking(language, workspace), quiet=as_json) as tell:
        try:
            done = flow.import_files(
                workspace,
                files,
                source=source,
                mapping=mapping,
                save_mapping=save_mapping,
                tell=tell,
            )
        except flow.ImportStopped as stopped:
            answer([cleaned.as_json() for cleaned in stopped.done], as_json,
                    show.imported(stopped.done, speaking(language, workspace)))  # fmt: skip
            raise
    answer(
        [item.as_json() for item in done],
        as_json,
        show.imported(done, speaking(language, workspace)),
    )


@app.command(
    help=say(
        "See it work: import, measure and report, on a company of our own making.",
        "Míralo funcionar: importa, mide e informa, con una empresa simulada.",
    )
)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR")] = Path("demo"),
    data: Annotated[
        Path | None, typer.Option(help=say("Folder with public logs, if you have it.",
                                           "Carpeta con registros públicos, si la tienes."))
    ] = None,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Run the main job from end to end."""
    from trayecto.demo import run

    with show.progress(speaking(language), quiet=False) as tell:
        shown = run.demo(folder, data=data, language=speaking(language), tell=tell)
    print(show.shown(shown, speaking(language)))
