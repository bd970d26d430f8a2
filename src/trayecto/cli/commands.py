"""The commands. Each makes one call to `flow`, which is imported late so that --help is quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trayecto.cli import show
from trayecto.cli.words import LANGUAGE, say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from trayecto.flow import Scope
    from trayecto.vocabulary.period import Period
    from trayecto.workspace import Workspace

app = typer.Typer(
    name="trayecto",
    help=say(
        "Customer journey maps, measured on real interactions.",
        "Mapas de trayecto del cliente, medidos con interacciones reales.",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


class Per(StrEnum):
    """Whose journey."""

    person = "person"
    case = "case"


class Spoken(StrEnum):
    """The languages spoken."""

    es = "es"
    en = "en"


_Folder = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", envvar="TRAYECTO_WORKSPACE",
        help=say("Folder of the workspace.", "Carpeta del espacio de trabajo."),
    ),
]  # fmt: skip
_Json = Annotated[bool, typer.Option("--json", help=say("Print JSON.", "Imprime JSON."))]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help=say("File to write: .svg or .png.", "Fichero: .svg o .png.")
    ),
]
_Per = Annotated[
    Per,
    typer.Option(
        "--per", help=say("Whose journey: a person's or a case's (ticket, order).",
                          "De quién es el trayecto: de una persona o de un caso (ticket, pedido)."),
    ),
]  # fmt: skip
_Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source", help=say("Only this source (repeatable).", "Solo este origen (repetible).")
    ),
]
_Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help=say("First day.", "Primer día.")),
]
_Until = Annotated[
    datetime | None,
    typer.Option(
        "--until", formats=["%Y-%m-%d"], help=say("Day after the last.", "Día siguiente al último.")
    ),
]
_Language = Annotated[
    Spoken | None,
    typer.Option("--language", "-l", help=say("es or en.", "es o en.")),
]
_Map = Annotated[
    Path, typer.Argument(metavar="MAP", help=say("The map (YAML).", "El mapa (YAML)."))
]
_HERE = Path()


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
    language: _Language = None,
) -> None:  # fmt: skip
    """Make a workspace."""
    from trayecto import flow

    flow.create(folder, language=_in(language), zone=zone, region=region)
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
    as_json: _Json = False,
    folder: _Folder = _HERE,
    language: _Language = None,
) -> None:  # fmt: skip
    """Import files."""
    from trayecto import flow

    with _open(folder) as workspace, show.progress(_in(language), quiet=as_json) as tell:
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
            _answer([cleaned.as_json() for cleaned in stopped.done], as_json,
                    show.imported(stopped.done, _in(language)))  # fmt: skip
            raise
    _answer([item.as_json() for item in done], as_json, show.imported(done, _in(language)))


@app.command(
    help=say(
        "Show the node graph: what customers really do.",
        "Muestra el grafo de nodos: lo que los clientes hacen de verdad.",
    )
)
def graph(
    per: _Per = Per.person,
    source: _Sources = None,
    since: _Since = None,
    until: _Until = None,
    output: _Out = None,
    as_json: _Json = False,
    folder: _Folder = _HERE,
    language: _Language = None,
) -> None:
    """Answer with the node graph."""
    from trayecto import flow

    with _open(folder) as workspace:
        found = flow.graph(workspace, _scope(workspace, per, source, since, until))
    if output:
        flow.save_picture(flow.picture_of(found, language=_in(language)), output)
        _wrote(output, quiet=as_json)
    if as_json or not output:
        _answer(found.as_json(), as_json, show.graph(found, _in(language)))


@app.command(help=say("Show whole paths, the commonest first.",
                      "Muestra los caminos completos, los más comunes primero."))  # fmt: skip
def variants(
    per: _Per = Per.person,
    source: _Sources = None,
    since: _Since = None,
    until: _Until = None,
    at_most: Annotated[
        int | None, typer.Option(min=1, help=say("How many to list.", "Cuántos listar."))
    ] = None,
    as_json: _Json = False,
    folder: _Folder = _HERE,
    language: _Language = None,
) -> None:
    """Answer with the whole paths."""
    from trayecto import flow

    listed = at_most if at_most or as_json else 15
    with _open(folder) as workspace:
        found = flow.variants(
            workspace, _scope(workspace, per, source, since, until), at_most=listed
        )
    _answer(found.as_json(), as_json, show.variants(found, _in(language)))


@app.command(help=say("Check a map: every problem with its line, and advice.",
                      "Revisa un mapa: cada problema con su línea, y consejos."))  # fmt: skip
def check(map_: _Map, as_json: _Json = False, language: _Language = None) -> None:
    """Check a map; exits with 2 when it has problems."""
    from trayecto import flow

    checked = flow.check(map_)
    _answer(
        show.checked_json(checked, _in(language)), as_json, show.checked(checked, _in(language))
    )
    if checked.problems:
        raise typer.Exit(2)


@app.command(help=say("Draw a designed map.", "Dibuja un mapa diseñado."))
def draw(
    map_: _Map,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=say(".svg or .png", ".svg o .png"))
    ],
    language: _Language = None,
) -> None:
    """Draw a map."""
    from trayecto import flow

    flow.save_picture(flow.draw(map_, language=_in(language)), output)
    _wrote(output)


@app.command(help=say("Measure a map on real interactions and write its report.",
                      "Mide un mapa con interacciones reales y escribe su informe."))  # fmt: skip
def measure(
    map_: _Map,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say("Report (.html) or picture (.svg, .png).",
                                                "Informe (.html) o imagen (.svg, .png)."))
    ] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: _Json = False,
    folder: _Folder = _HERE,
    language: _Language = None,
) -> None:  # fmt: skip
    """Measure a map."""
    from trayecto import flow

    with _open(folder) as workspace:
        live = flow.measure(workspace, map_, period=_period(workspace, since, until))
        if output and output.suffix.lower() == ".html":
            page = flow.report(workspace, live, language=_in(language))
            flow.write_file(output, page.encode())
        elif output:
            flow.save_picture(flow.live_picture(live, language=_in(language)), output)
    if output:
        _wrote(output, quiet=as_json)
    if as_json or not output:
        _answer(live.as_json(), as_json, show.live(live, _in(language)))


@app.command(
    help=say(
        "See it work: import, measure and report, on a company of our own making.",
        "Míralo funcionar: importa, mide e informa, con una empresa simulada.",
    )
)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR")] = Path("demo"),
    data: Annotated[
        Path | None, typer.Option(help=say("Folder with real logs, if you have it.",
                                           "Carpeta con registros reales, si la tienes."))
    ] = None,
    language: _Language = None,
) -> None:  # fmt: skip
    """Run the main job from end to end."""
    from trayecto.demo import run

    with show.progress(_in(language), quiet=False) as tell:
        shown = run.demo(folder, data=data, language=_in(language), tell=tell)
    print(show.shown(shown, _in(language)))


@contextmanager
def _open(folder: Path) -> Iterator[Workspace]:
    from trayecto import flow

    yield flow.open_(folder)


def _scope(
    workspace: Workspace,
    per: Per,
    sources: list[str] | None,
    since: datetime | None,
    until: datetime | None,
) -> Scope:
    from trayecto import flow

    return flow.Scope(per.value, tuple(sources or ()), _period(workspace, since, until))


def _period(workspace: Workspace, since: datetime | None, until: datetime | None) -> Period:
    from trayecto import flow

    if since and until and since >= until:
        raise TrayectoError(
            Problem(
                Text(en="The period is empty: it ends before it begins.",
                     es="El periodo está vacío: acaba antes de empezar."),
                Text(en="Let --until be later than --since.",
                     es="Haz que --until sea posterior a --since."),
            )
        )  # fmt: skip
    return flow.days(workspace, since=since, until=until)


def _in(language: Spoken | None) -> Language:
    return language.value if language else LANGUAGE


def _answer(plain: Any, as_json: bool, words: str) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) if as_json else words)


def _wrote(file: Path, *, quiet: bool = False) -> None:
    if not quiet:
        print(say(f"Written: {file}", f"Escrito: {file}"), file=sys.stderr)
