"""Commands that make a workspace and bring data in."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show, show_import
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
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Make a workspace."""
    from trayecto import flow

    made = flow.create(folder, language=speaking(language), zone=zone, region=region)
    words = say(
        f"Workspace ready in {folder}. Next: trayecto import FILE --source NAME -w {folder}",
        f"Espacio de trabajo listo en {folder}. "
        f"Ahora: trayecto import FICHERO --source NOMBRE -w {folder}",
    )
    answer({"workspace": str(folder), **asdict(made.settings)}, as_json, words)


@app.command(
    "import",
    help=say(
        "Bring files in: CSV, JSON Lines, Excel, Parquet, XES, OCEL.",
        "Trae ficheros: CSV, JSON Lines, Excel, Parquet, XES, OCEL.",
    ),
)
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", readable=False)],
    source: Annotated[
        str, typer.Option(help=say("Name of the system they come from.",
                                   "Nombre del sistema de origen."))
    ],
    mapping: Annotated[
        Path | None, typer.Option(readable=False, help=say("Column mapping to use (YAML).",
                                           "Correspondencia de columnas que se usará (YAML)."))
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help=say("Write the mapping used to this file.",
                                           "Guarda la correspondencia usada en este fichero."))
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help=say("Sheet of an Excel book; the first if missing.",
                                          "Hoja de un libro de Excel; la primera si falta."))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("Show what would be done, and do nothing.",
                                                 "Muestra lo que se haría, sin hacer nada."))
    ] = False,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Import files."""
    from trayecto import flow, importing

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    bring = importing.preview_files if dry_run else flow.import_files
    said = show_import.previewed if dry_run else show_import.imported
    with show.progress(spoken, quiet=as_json) as tell:
        try:
            done = bring(
                workspace,
                files,
                source=source,
                mapping=mapping,
                save_mapping=save_mapping,
                sheet=sheet,
                tell=tell,
            )
        except KeyboardInterrupt:
            print(say("Stopped. Whole files stay; give the same command again to go on.",
                      "Detenido. Los ficheros enteros se quedan; repite el comando para seguir."),
                  file=sys.stderr)  # fmt: skip
            raise typer.Exit(130) from None
        except importing.ImportStopped as stopped:
            told = [item.as_json() for item in (*stopped.done, *stopped.unmapped)]
            answer(told, as_json, said(stopped.done, spoken))
            raise
    answer([item.as_json() for item in done], as_json, said(done, spoken))


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
    people: Annotated[int, typer.Option(min=1, max=99_999, help=say(
        "How many people the company has.", "Cuántas personas tiene la empresa."))] = 12_000,
    browser: Annotated[
        bool, typer.Option(help=say(
            "End in the browser, at the live map; only in a terminal that somebody looks at.",
            "Acaba en el navegador, en el mapa vivo; solo en un terminal que alguien mira."))
    ] = True,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Run the main job from end to end."""
    from trayecto.demo import run

    with show.progress(speaking(language), quiet=as_json) as tell:
        shown = run.demo(folder, data=data, people=people, language=speaking(language), tell=tell)
    answer(shown.as_json(), as_json, show.shown(shown, speaking(language)))
    if browser and sys.stdout.isatty():
        from trayecto.cli.serve import show_live

        show_live(shown.workspace)


@app.command(
    help=say(
        "Write what a simulated company’s systems export, to try an import on.",
        "Escribe lo que exportan los sistemas de una empresa simulada, para probar a importarlo.",
    )
)
def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR")] = Path("company"),
    people: Annotated[int, typer.Option(min=1, max=99_999, help=say(
        "How many people.", "Cuántas personas."))] = 12_000,
    seed: Annotated[int, typer.Option(help=say(
        "Another number is another company.", "Otro número es otra empresa."))] = 7,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Write its exports, its node rules and its maps, and say how to bring them in."""
    from trayecto.demo import run

    made = run.simulate(folder, people=people, seed=seed)
    answer(made.as_json(), as_json, show.simulated(made, speaking(language)))
