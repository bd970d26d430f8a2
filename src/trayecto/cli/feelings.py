"""Commands on how people feel: by node, and of one text word by word."""

from __future__ import annotations

from typing import Annotated

import typer

from trayecto.cli import show_feelings as show
from trayecto.cli.options import Json, LanguageOption, Spoken, answer, app, speaking
from trayecto.cli.scopes import Asked, question
from trayecto.cli.words import say


@question(en="Show how people felt at each node, by what they said.",
          es="Muestra cómo se sintió la gente en cada nodo, según lo que dijo.")  # fmt: skip
def feelings(
    asked: Asked,
    at_least: Annotated[int, typer.Option(min=1, help=say(
        "With fewer people it is unknown.", "Con menos personas no se sabe."))] = 30,
) -> None:  # fmt: skip
    """Answer with the feeling at each node."""
    from trayecto import flow

    asked.give(flow.moods(asked.workspace, asked.scope, at_least=at_least), show.moods)


@app.command(
    help=say(
        "Read how a text feels, and explain it word by word.",
        "Lee cómo se siente un texto y explícalo palabra por palabra.",
    )
)
def feel(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help=say("What somebody wrote.", "Lo que alguien escribió.")
        ),
    ],
    written_in: Annotated[
        Spoken | None,
        typer.Option(
            "--in",
            help=say(
                "The text's language; guessed if missing.",
                "El idioma del texto; se adivina si falta.",
            ),
        ),
    ] = None,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:
    """Answer with the level of a text and the part of each word."""
    from trayecto import flow

    read = flow.feel(text, language=written_in.value if written_in else None)
    answer(read.as_json(), as_json, show.reading(read, speaking(language)))
