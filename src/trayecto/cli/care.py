"""Commands that look after the data: quality, rejects, nodes, people, tidying."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from trayecto.cli import show_care as show
from trayecto.cli import show_journeys
from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    answer,
    app,
    opened,
    speaking,
    wrote,
)
from trayecto.cli.show import progress
from trayecto.cli.words import say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

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
    keep = workspace.settings.keep_flagged
    words = show.quality(found, speaking(language, workspace), keep_flagged=keep)
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
                "A mended mapping, for --replay; else those they came with.",
                "Una correspondencia corregida, para --replay; si no, las que se usaron.",
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
    if not source:
        raise TrayectoError(
            Problem(Text(en="A replay needs --source.", es="Para repetir hace falta --source."))
        )
    with progress(spoken, quiet=as_json) as tell:
        done = care.replay_rejects(workspace, source=source, mapping=mapping, tell=tell)
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
    at_most: _AtMost = 200,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Answer with nodes, or with a draft of their rules."""
    from trayecto import care

    workspace = opened(folder)
    if suggest:
        draft = care.suggest_nodes(workspace, at_most=at_most)
        answer({"draft": draft}, as_json, draft.rstrip("\n"))
        return
    spoken = speaking(language, workspace)
    with progress(spoken, quiet=as_json) as tell:
        found = care.list_nodes(workspace, tell=tell)
    words = show.nodes(found, spoken, at_most=at_most)
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
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help=say(
                "Only who meets this: plan=fibre, interactions>=5 (repeatable).",
                "Solo quien lo cumple: plan=fibra, interactions>=5 (repetible).",
            ),
        ),
    ] = None,
    segment: Annotated[
        str | None,
        typer.Option(
            "--segment",
            help=say("Only who is in this named segment.", "Solo quien está en este segmento."),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=say("File to write all of them to: .csv.", "Fichero con todas: .csv."),
        ),
    ] = None,
    named: Annotated[
        bool,
        typer.Option(
            "--named",
            help=say(
                "Write what identifies them into the file too (personal data).",
                "Escribe también en el fichero lo que las identifica (datos personales).",
            ),
        ),
    ] = False,
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
    rule = (*(flow.segment(workspace, segment).rule if segment else ()),
            *flow.rule_of(where or ()))  # fmt: skip
    if node is not None:
        scope = flow.Scope(people=rule, zone=workspace.settings.zone)
        there = flow.members(workspace, scope, node, at_most=at_most)
        words = show_journeys.members(there, speaking(language, workspace))
        answer(there.as_json(), as_json, words)
        return
    if output:
        care.export_people(workspace, output, search=search, where=rule, named=named)
        wrote(output, quiet=as_json)
        return
    found = care.list_people(workspace, search=search, where=rule, at_most=at_most)
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
    from trayecto import care, naming

    workspace = opened(folder)
    found = care.person(workspace, who)
    spoken = speaking(language, workspace)
    words = show.person(found, spoken, read=naming.reader(workspace, spoken))
    answer(found.as_json(), as_json, words)


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
    as_json: Json = False,
    folder: Folder = HERE,
) -> None:
    """Join two identifiers."""
    from trayecto import care

    code = care.link(opened(folder), left, right, by=getpass.getuser(), force=force)
    words = say(f"One person: {code}", f"Una persona: {code}")
    answer({"person": code}, as_json, words)


@app.command(
    help=say(
        "Say that two identifiers are never one person.",
        "Di que dos identificadores nunca son una persona.",
    )
)
def unlink(
    left: _Who,
    right: Annotated[str, typer.Argument(metavar="WHO")],
    as_json: Json = False,
    folder: Folder = HERE,
) -> None:
    """Part two identifiers."""
    from trayecto import care

    code = care.unlink(opened(folder), left, right, by=getpass.getuser())
    words = say(
        f"Two people now; the first is {code}", f"Ya son dos personas; la primera es {code}"
    )
    answer({"person": code}, as_json, words)


_Answer = Literal["same", "different", "unsure"]


@app.command(
    help=say(
        "Suggest pairs of people who may be one, and note what you answer.",
        "Sugiere parejas que pueden ser la misma persona y anota lo que respondas.",
    )
)
def review(
    pair: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHO WHO]",
            help=say("The two people, for --answer.", "Las dos personas, para --answer."),
        ),
    ] = None,
    given: Annotated[
        _Answer | None,
        typer.Option(
            "--answer",
            help=say(
                "What you say of the two: same, different or unsure.",
                "Lo que dices de las dos: same, different o unsure.",
            ),
        ),
    ] = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask", help=say("Ask about one pair after another.", "Pregunta pareja por pareja.")
        ),
    ] = False,
    unsure: Annotated[
        bool,
        typer.Option(
            "--unsure",
            help=say("Those that were left unsure.", "Las que se dejaron en duda."),
        ),
    ] = False,
    at_least: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help=say("The least score.", "La puntuación mínima.")),
    ] = 0.5,
    at_most: _AtMost = 20,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Suggest, ask, or note an answer."""
    from trayecto import care

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    if given or pair:
        if not given or not pair or len(pair) != 2:
            raise TrayectoError(_PAIR_AND_ANSWER)
        left, right = pair
        care.judge_pair(workspace, left, right, given, by=getpass.getuser())
        answer({"answer": given}, as_json, show.noted(given, spoken))
        return
    found = care.suggestions(workspace, at_least=at_least, at_most=at_most, unsure=unsure)
    if not ask:
        answer(found.as_json(), as_json, show.suggestions(found, spoken))
        return
    for place, suggestion in enumerate(found, 1):
        print(show.suggestion(suggestion, spoken, place=place, of=len(found)))
        said = _asked(spoken)
        if said == "quit":
            break
        if said in ("same", "different", "unsure"):
            left, right = (f"{kind}:{value}" for kind, value in
                           (suggestion.left_key, suggestion.right_key))  # fmt: skip
            care.judge_pair(workspace, left, right, cast("_Answer", said), by=getpass.getuser())
            print(show.noted(said, spoken))


_ANSWERS = {
    "same": ("s", "same", "i", "igual", "la misma"),
    "different": ("d", "different", "distintas"),
    "unsure": ("u", "unsure", "n", "no sé", "no se"),
    "next": ("", "next", "otra", "o"),
    "quit": ("q", "quit", "salir", "x"),
}


def _asked(language: Language) -> str:
    """Return what is answered about a pair; whatever nobody understands is asked again."""
    question = Text(
        en="[s]ame, [d]ifferent, [u]nsure, [q]uit; Enter for the next",
        es="[i]gual, [d]istintas, [n]o sé, [x] salir; Intro para la siguiente",
    ).say(language)
    while True:
        said = typer.prompt(question, default="", show_default=False).strip().lower()
        for meaning, words in _ANSWERS.items():
            if said in words:
                return meaning


_PAIR_AND_ANSWER = Problem(
    Text(
        en="An answer needs two people and --answer.",
        es="Para responder hacen falta dos personas y --answer.",
    ),
    Text(
        en="For example: trayecto review user_id:1 user_id:2 --answer unsure",
        es="Por ejemplo: trayecto review user_id:1 user_id:2 --answer unsure",
    ),
)


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
def tidy(as_json: Json = False, folder: Folder = HERE, language: LanguageOption = None) -> None:
    """Tidy the lake."""
    from trayecto import health

    workspace = opened(folder)
    done = health.tidy(workspace)
    answer(done.as_json(), as_json, show.tidied(done, speaking(language, workspace)))


@app.command(
    help=say(
        "Say what is wrong with a workspace and how to mend it.",
        "Di qué va mal en un espacio de trabajo y cómo arreglarlo.",
    )
)
def doctor(as_json: Json = False, folder: Folder = HERE, language: LanguageOption = None) -> None:
    """Look for what is wrong; exits with 1 when something is."""
    from trayecto import health

    workspace = opened(folder)
    found = health.doctor(workspace)
    spoken = speaking(language, workspace)
    plain = [finding.as_json(spoken) for finding in found]
    answer(plain, as_json, show.doctor(found, spoken))
    if any(finding.wrong for finding in found):
        raise typer.Exit(1)
