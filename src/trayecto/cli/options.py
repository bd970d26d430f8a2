"""The app, the options that commands share, and how an answer is given."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.models import CommandFunctionType

from trayecto.cli.usage import Command, Group
from trayecto.cli.words import ASKED, LANGUAGE, say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from trayecto.vocabulary.period import Period
    from trayecto.workspace import Workspace


class App(typer.Typer):
    """The commands, each of which speaks both languages."""

    def command(
        self, name: str | None = None, **named: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Make a function a command."""
        return super().command(name, **{"cls": Command, **named})


app = App(
    name="trayecto",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        from trayecto import __version__

        print(f"trayecto {__version__}")
        raise typer.Exit


@app.callback(
    help=say(
        "Customer journey maps, measured on real interactions.",
        "Mapas de trayecto del cliente, medidos con interacciones reales.",
    ),
)
def whole(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version,
            help=say("Print the version and end.", "Imprime la versión y termina."),
        ),
    ] = False,
) -> None:  # fmt: skip
    """Take what stands before a command."""


class Per(StrEnum):
    """Whose journey."""

    person = "person"
    case = "case"


class Spoken(StrEnum):
    """The languages spoken."""

    es = "es"
    en = "en"


Folder = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", envvar="TRAYECTO_WORKSPACE",
        help=say("Folder of the workspace.", "Carpeta del espacio de trabajo."),
    ),
]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help=say("Print JSON.", "Imprime JSON."))]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help=say("File to write: .svg or .png.", "Fichero: .svg o .png.")
    ),
]
PerOption = Annotated[
    Per,
    typer.Option(
        "--per", help=say("Whose journey: a person's or a case's (ticket, order).",
                          "De quién es el trayecto: de una persona o de un caso (ticket, pedido)."),
    ),
]  # fmt: skip
Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source", help=say("Only this source (repeatable).", "Solo este origen (repetible).")
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help=say("First day.", "Primer día.")),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until", formats=["%Y-%m-%d"], help=say("Day after the last.", "Día siguiente al último.")
    ),
]
Sql = Annotated[
    bool,
    typer.Option("--sql", help=say("Print the SQL behind the figures.",
                                   "Imprime el SQL que hay detrás de las cifras.")),
]  # fmt: skip
People = Annotated[
    list[str] | None,
    typer.Option(
        "--people",
        help=say(
            "Only customers who meet this: plan=fibre,business, interactions>=5 (repeatable).",
            "Solo clientes que lo cumplen: plan=fibra,empresa, interactions>=5 (repetible).",
        ),
    ),
]
Channel = Annotated[
    str,
    typer.Option(
        "--channel",
        help=say("Only customers who have used this channel.",
                 "Solo clientes que han usado este canal."),
    ),
]  # fmt: skip
LanguageOption = Annotated[
    Spoken | None,
    typer.Option("--language", "-l", help=say("es or en.", "es o en.")),
]
MapFile = Annotated[
    Path,
    typer.Argument(metavar="MAP", readable=False, help=say("The map (YAML).", "El mapa (YAML).")),
]
HERE = Path()


def opened(folder: Path) -> Workspace:
    """Return the workspace in *folder*."""
    from trayecto import flow

    return flow.open_(folder)


def period_of(workspace: Workspace, since: datetime | None, until: datetime | None) -> Period:
    """Return the days asked about; an empty period is refused."""
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


def speaking(language: Spoken | None, workspace: Workspace | None = None) -> Language:
    """Return the language asked for, else the workspace's, else the terminal's."""
    if language:
        return language.value
    return ASKED or (workspace.settings.language if workspace else LANGUAGE)


def answer(plain: Any, as_json: bool, words: str) -> None:
    """Give an answer as JSON or in words."""
    print(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) if as_json else words)


def wrote(*files: Path, quiet: bool = False, as_json: bool = False) -> None:
    """Say which files were written; as JSON when that is all there is to say."""
    for file in files if not quiet else ():
        print(say(f"Written: {file}", f"Escrito: {file}"), file=sys.stderr)
    if as_json:
        answer({"written": [str(file) for file in files]}, as_json, "")
