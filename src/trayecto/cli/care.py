"""Commands that look after the data: quality, rejects, nodes, people, tidying."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show_care as show
from trayecto.cli import show_journeys
from trayecto.cli.options import HERE, Folder, Json, LanguageOption, answer, app, opened, speaking
from trayecto.cli.words import say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_Source = Annotated[
    str | None, typer.Option("--source", help=say("Only this source.", "Solo este origen."))
]
_Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=say(
            "A person's code, or an identifier: email:ana@example.com.",
            "El código de una persona o un identificador: email:ana@example.com.",
        ),
    ),
]
_AtMost = Annotated[int, typer.Option(min=1, help=say("How many to list.", "Cuántos listar."))]


@app.command(
    help=say(
        "Say how good each source's data is; every count reconciles.",
        "Di qué calidad tienen los datos de cada origen; cada cuenta cuadra.",
    )
)
def quality(as_json: Json = False, folder: Folder = HERE, language: LanguageOption = None) -> None:
    """Answer with the quality of each source."""
    from trayecto import care

    workspace = opened(folder)
    found = care.data_quality(workspace)
    words = show.quality(found, speaking(language, workspace))
    answer([source.as_json() for source in found], as_json, words)


@app.command(
    help=say(
        "List rows kept aside, or try them again with --replay.",
        "Lista las filas apartadas o inténtalas de nuevo con --replay.",
    )
)
def rejects(
    source: _Source = None,
    replay: Annotated[
        bool, typer.Option("--replay", help=say("Clean them again.", "Límpialas de nuevo."))
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help=say(
                "The mended mapping, for --replay.", "La correspondencia corregida, para --replay."
            )
        ),
    ] = None,
    at_most: _AtMost = 50,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """List or replay what was kept aside."""
    from trayecto import care

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    if not replay:
        kept = care.list_rejects(workspace, source=source, at_most=at_most)
        answer([one.as_json() for one in kept], as_json, show.rejects(kept, spoken))
        return
    if not source or not mapping:
        raise TrayectoError(
            Problem(
                Text(
                    en="A replay needs --source and --mapping.",
                    es="Para repetir hacen falta --source y --mapping.",
                )
            )
        )
    done = care.replay_rejects(workspace, source=source, mapping=mapping)
    answer(done.as_json() if done else None, as_json, show.replayed(done, spoken))


@app.command(
    help=say(
        "List nodes with the rules that claim them, or draft rules with --suggest.",
        "Lista los nodos con las reglas que los reclaman, o redáctalas con --suggest.",
    )
)
def nodes(
    suggest: Annotated[
        bool,
        typer.Option(
            "--suggest",
            help=say(
                "Print a draft of rules for what none matches.",
                "Imprime un borrador de reglas para lo que ninguna acierta.",
            ),
        ),
    ] = False,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with nodes, or with a draft of their rules."""
    from trayecto import care

    workspace = opened(folder)
    if suggest:
        print(care.suggest_nodes(workspace), end="")
        return
    found = care.list_nodes(workspace)
    words = show.nodes(found, speaking(language, workspace))
    answer([node.as_json() for node in found], as_json, words)


@app.command(
    help=say(
        "Say how many people there are, and list those who did most.",
        "Di cuántas personas hay y lista las que más hicieron.",
    )
)
def people(
    search: Annotated[
        str,
        typer.Option(help=say("Part of an identifier.", "Parte de un identificador.")),
    ] = "",
    node: Annotated[
        str | None,
        typer.Option(
            "--at", help=say("Only who was at this node.", "Solo quien pasó por este nodo.")
        ),
    ] = None,
    at_most: _AtMost = 20,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with people."""
    from trayecto import care, flow

    workspace = opened(folder)
    if node is not None:
        there = flow.members(workspace, flow.Scope(), node, at_most=at_most)
        words = show_journeys.members(there, speaking(language, workspace))
        answer(there.as_json(), as_json, words)
        return
    found = care.list_people(workspace, search=search, at_most=at_most)
    answer(found.as_json(), as_json, show.people(found, speaking(language, workspace)))


@app.command(
    help=say(
        "Show a person: identities with evidence, traits, timeline.",
        "Muestra a una persona: identidades con su evidencia, rasgos y cronología.",
    )
)
def person(
    who: _Who, as_json: Json = False, folder: Folder = HERE, language: LanguageOption = None
) -> None:
    """Answer with one person."""
    from trayecto import care

    workspace = opened(folder)
    found = care.person(workspace, who)
    answer(found.as_json(), as_json, show.person(found, speaking(language, workspace)))


@app.command(
    help=say(
        "Say that two identifiers are one person.", "Di que dos identificadores son una persona."
    )
)
def link(
    left: _Who,
    right: Annotated[str, typer.Argument(metavar="WHO")],
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=say(
                "Also above limits, as of two accounts.", "También por encima de los límites."
            ),
        ),
    ] = False,
    folder: Folder = HERE,
) -> None:
    """Join two identifiers."""
    from trayecto import care

    code = care.link(opened(folder), left, right, by=getpass.getuser(), force=force)
    print(say(f"One person: {code}", f"Una persona: {code}"))


@app.command(
    help=say(
        "Say that two identifiers are never one person.",
        "Di que dos identificadores nunca son una persona.",
    )
)
def unlink(
    left: _Who, right: Annotated[str, typer.Argument(metavar="WHO")], folder: Folder = HERE
) -> None:
    """Part two identifiers."""
    from trayecto import care

    code = care.unlink(opened(folder), left, right, by=getpass.getuser())
    print(say(f"Two people now; the first is {code}", f"Ya son dos personas; la primera es {code}"))


@app.command(
    help=say(
        "Erase a person everywhere, and suppress what comes later.",
        "Borra a una persona de todas partes y descarta lo que llegue después.",
    )
)
def forget(
    who: _Who,
    yes: Annotated[
        bool,
        typer.Option("--yes", help=say("Do not ask.", "No preguntes.")),
    ] = False,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Erase a person; this cannot be undone, so it asks first."""
    from trayecto import care

    workspace = opened(folder)
    if not yes:
        typer.confirm(say(f"Erase {who} for ever?", f"¿Borrar a {who} para siempre?"), abort=True)
    done = care.forget(workspace, who, by=getpass.getuser())
    answer(show.forgotten_json(done), as_json, show.forgotten(done, speaking(language, workspace)))


@app.command(
    help=say(
        "Compact the lake, drop expired facts and old versions.",
        "Compacta el lago y quita hechos caducados y versiones antiguas.",
    )
)
def tidy(folder: Folder = HERE, language: LanguageOption = None) -> None:
    """Tidy the lake."""
    from trayecto import care

    workspace = opened(folder)
    print(show.tidied(care.tidy(workspace), speaking(language, workspace)))


@app.command(
    help=say(
        "Say what is wrong with a workspace and how to mend it.",
        "Di qué va mal en un espacio de trabajo y cómo arreglarlo.",
    )
)
def doctor(folder: Folder = HERE, language: LanguageOption = None) -> None:
    """Look for what is wrong; exits with 1 when something is."""
    from trayecto import care

    workspace = opened(folder)
    found = care.doctor(workspace)
    print(show.doctor(found, speaking(language, workspace)))
    if any(finding.wrong for finding in found):
        raise typer.Exit(1)
