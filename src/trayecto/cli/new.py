"""Commands that begin a map: from a template, or by answering questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trayecto.cli.options import Json, LanguageOption, MapFile, answer, app, speaking, wrote
from trayecto.cli.words import say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from trayecto.drafting import Guide, Question

MapOut = Annotated[
    Path,
    typer.Option(
        "--output", "-o", help=say("Map to write (.yaml).", "Mapa que se escribe (.yaml).")
    ),
]  # fmt: skip


@app.command(help=say("List the finished maps you can begin from.",
                      "Lista los mapas terminados desde los que puedes empezar."))  # fmt: skip
def templates(as_json: Json = False, language: LanguageOption = None) -> None:
    """List the templates."""
    from trayecto import drafting

    spoken = speaking(language)
    found = drafting.templates()
    lines = []
    for one in found:
        stages = " · ".join(stage.say(spoken) for stage in one.stages)
        lines.append(f"{one.name:<16}{one.title.say(spoken)}\n{'':<16}{stages}")
    plain = [
        {"name": t.name, "title": t.title.say(spoken), "question": t.question.say(spoken),
         "stages": [stage.say(spoken) for stage in t.stages]}
        for t in found
    ]  # fmt: skip
    answer(plain, as_json, "\n".join(lines))


@app.command(help=say("Begin a map: from a template, or by answering questions.",
                      "Empieza un mapa: desde una plantilla o contestando preguntas."))  # fmt: skip
def new(
    output: MapOut,
    template: Annotated[str | None, typer.Option("--template", help=say(
        "Begin from this template.", "Empieza desde esta plantilla."))] = None,
    from_: Annotated[Path | None, typer.Option("--from", help=say(
        "Begin from a Mermaid journey diagram (.mmd).",
        "Empieza desde un diagrama journey de Mermaid (.mmd)."))] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help=say(
        "Take the answers from this file (.yaml).",
        "Toma las respuestas de este fichero (.yaml)."))] = None,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Begin a map; a guided one is saved after every answer and ends drawn."""
    from trayecto import drafting, flow

    if output.exists():
        raise TrayectoError(Problem(_EXISTS, _OTHER_NAME, file=str(output)))
    if template or from_:
        text = drafting.template(template) if template else drafting.import_diagram(from_ or Path())
        flow.write_file(output, text.encode())
        wrote(output, as_json=as_json)
        return
    spoken = speaking(language)
    progress = output.with_suffix(".answers.yaml")
    given = drafting.read_answers(answers or progress) if answers or progress.exists() else {}
    found = drafting.guide(given, skip_unanswered=answers is not None)
    if answers is None:
        found = _ask(found, given, progress, spoken)
    elif found.question:
        problem = found.question.problem or Problem(_NO_ANSWER)
        raise TrayectoError(
            Problem(problem.what, problem.way_out or found.question.words, file=str(answers),
                    field=found.question.name)
        )  # fmt: skip
    flow.write_file(output, found.text.encode())
    picture = output.with_suffix(".svg")
    flow.save_picture(flow.draw(output, language=spoken), picture)
    progress.unlink(missing_ok=True)
    wrote(output, picture, as_json=as_json)


def _ask(found: Guide, given: dict[str, str], progress: Path, language: Language) -> Guide:
    """Ask until nothing is left to ask; each answer is saved at once."""
    from trayecto import drafting

    if given:
        print(_GOING_ON.say(language).format(n=found.answered), file=sys.stderr)
    part = ""
    while found.question:
        question = found.question
        if question.part.say(language) != part:
            part = question.part.say(language)
            print(f"\n— {part} —", file=sys.stderr)
        given[question.name] = _answer_to(question, found, language)
        drafting.save_answers(progress, given)
        found = drafting.guide(given)
    return found


def _answer_to(question: Question, found: Guide, language: Language) -> str:
    """Say what was wrong with the last answer, and ask."""
    if question.problem:
        print(f"  ! {question.problem.say(language)}", file=sys.stderr)
    return _line(question, found.answered, language)


def _line(question: Question, place: int, language: Language) -> str:
    """Print a question with its example and return the line that answers it."""
    print(f"{place + 1}. {question.words.say(language)}", file=sys.stderr)
    if question.choices:
        print(f"   {', '.join(question.choices)}", file=sys.stderr)
    if question.example:
        print(f"   {_E_G.say(language)} {question.example.say(language)}", file=sys.stderr)
    if not question.required:
        print(f"   {_SKIP.say(language)}", file=sys.stderr)
    try:
        return input("> ")
    except EOFError:
        raise TrayectoError(Problem(_PAUSED, _RESUME)) from None


@app.command(help=say("Go through your own service as the protagonist; fills a first draft.",
                      "Recorre tu servicio como el protagonista y rellénalo."))  # fmt: skip
def assess(
    map_: MapFile,
    output: MapOut,
    answers: Annotated[Path | None, typer.Option("--answers", help=say(
        "Take the answers from this file (.yaml).",
        "Toma las respuestas de este fichero (.yaml)."))] = None,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Ask what the map does not say yet, and write the map with the answers in it."""
    from trayecto import drafting, flow

    asked = drafting.assessment(map_)
    given = drafting.read_answers(answers) if answers else {}
    if answers is None:
        for place, question in enumerate(asked):
            given[question.name] = _line(question, place, speaking(language))
    flow.write_file(output, drafting.assess(map_, given).encode())
    wrote(output, as_json=as_json)


_EXISTS = Text(en="There is a file of this name.", es="Ya hay un fichero con ese nombre.")
_OTHER_NAME = Text(
    en="Name another one: a map is never overwritten.",
    es="Indica otro: un mapa nunca se sobrescribe.",
)
_NO_ANSWER = Text(en="An answer is missing.", es="Falta una respuesta.")
_GOING_ON = Text(
    en="Going on where you left off: {n} answers are saved.",
    es="Seguimos donde lo dejaste: hay {n} respuestas guardadas.",
)
_E_G = Text(en="e.g.", es="p. ej.")
_SKIP = Text(en="(Enter leaves it out)", es="(Intro lo deja vacío)")
_PAUSED = Text(
    en="The questions are not finished; your answers are saved.",
    es="Las preguntas no han terminado; tus respuestas están guardadas.",
)
_RESUME = Text(en="Give the same command to go on.", es="Repite el mismo comando para continuar.")
