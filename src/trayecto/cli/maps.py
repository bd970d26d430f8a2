"""Commands on maps: check, draw, measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trayecto.cli import show, show_cuts, show_segments
from trayecto.cli.options import (
    HERE,
    Channel,
    Folder,
    Json,
    LanguageOption,
    MapFile,
    Out,
    People,
    Since,
    Sql,
    Until,
    answer,
    app,
    opened,
    period_of,
    speaking,
    wrote,
)
from trayecto.cli.scopes import csv_of, side
from trayecto.cli.words import say
from trayecto.vocabulary import script

if TYPE_CHECKING:
    from trayecto.measuring import Compared
    from trayecto.vocabulary.text import Language
    from trayecto.workspace import Workspace


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
    view: Annotated[str, typer.Option("--view", help=say(
        "What to draw: map, blueprint, curve or table.",
        "Qué se dibuja: map (mapa), blueprint, curve (curva) o table (tabla)."))] = "map",
    with_: Annotated[Path | None, typer.Option("--with", metavar="OTHER", help=say(
        "Another version (such as to-be) drawn over the same way, and what differs.",
        "Otra versión (como la deseada) sobre el mismo camino, y en qué cambia."))] = None,
    size: Annotated[str | None, typer.Option("--size", help=say(
        "Paper: A4 to A0, 16:9.", "Papel: de A4 a A0, 16:9."))] = None,
    as_json: Json = False,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Draw a map; the ending of the file says as what."""
    from trayecto import drafting

    drafting.draw_as(map_, output, language=speaking(language), view=view, size=size,
                     beside_map=with_)  # fmt: skip
    wrote(output, as_json=as_json)


@app.command(help=say("Say what changed between two versions of a map.",
                      "Di qué cambia entre dos versiones de un mapa."))  # fmt: skip
def diff(
    older: Annotated[Path, typer.Argument(metavar="OLDER", readable=False, help=say(
        "Older map.", "Mapa anterior."))],
    newer: Annotated[Path, typer.Argument(metavar="NEWER", readable=False, help=say(
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
    base: Annotated[Path, typer.Argument(metavar="BASE", readable=False, help=say(
        "The map both began with.", "El mapa del que partieron."))],
    ours: Annotated[Path, typer.Argument(metavar="OURS", readable=False, help=say(
        "Our map.", "Nuestro mapa."))],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", readable=False, help=say(
        "Theirs.", "El suyo."))],
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
        typer.Option("--output", "-o", help=say(
            "Report (.html, .pdf, .xlsx, .json) or picture (.svg, .png).",
            "Informe (.html, .pdf, .xlsx, .json) o imagen (.svg, .png)."))
    ] = None,
    since: Since = None,
    until: Until = None,
    people: People = None,
    channel: Channel = "",
    segment: Annotated[list[str] | None, typer.Option("--segment", help=say(
        "Measure this named segment by itself too (repeatable).",
        "Mide también por separado este segmento con nombre (repetible)."))] = None,
    compare: Annotated[tuple[str, str] | None, typer.Option(
        "--compare", metavar="ONE OTHER", help=say(
        "Two segments, rules (plan=fibre) or periods (2026-01-01..2026-03-31) side by side.",
        "Dos segmentos, reglas (plan=fibra) o periodos (2026-01-01..2026-03-31) cara a cara."
        ))] = None,
    quotes: Annotated[bool, typer.Option("--quotes", help=say(
        "Show what people wrote in the report, covered: personal data.",
        "Muestra en el informe lo que la gente escribió, tapado: son datos personales."
        ))] = False,
    cuts: Annotated[bool, typer.Option("--cuts", help=say(
        "Measure by the channel and the month in which journeys began too; reports always do.",
        "Mide también por el canal y el mes en que empiezan; los informes siempre lo hacen."
        ))] = False,
    as_json: Json = False,
    as_sql: Sql = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Measure a map."""
    from trayecto import flow, measuring

    workspace = opened(folder)
    apart = (".csv",) if compare else (".svg", ".png")
    if output and output.suffix.lower() not in apart:
        measuring.stop_unless_report(output)
    period, rule = period_of(workspace, since, until), flow.rule_of(people or ())
    segments = [flow.segment(workspace, name) for name in dict.fromkeys(segment or ())]
    told = output is not None and output.suffix.lower() not in apart
    most = 3 if quotes else 0
    if compare:
        said = speaking(language, workspace)
        one, other = (side(workspace, words, period, language=said) for words in compare)
        with flow.recording() as ran:
            both = measuring.compare_sides(
                workspace, map_, one, other, people=rule, channel=channel, segments=segments,
                quotes=most, cuts=cuts or told,
            )  # fmt: skip
        if as_sql:
            print(script.whole(ran))
            return
        _compared(workspace, both, output, as_json=as_json, language=said)
        return
    live = measuring.measure(
        workspace, map_, period=period, people=rule, channel=channel, segments=segments,
        quotes=most, cuts=cuts or told, graph=told or as_sql,
    )  # fmt: skip
    if as_sql:
        print(script.whole(live.sql))
        return
    if output and output.suffix.lower() in apart:
        flow.save_picture(
            measuring.live_picture(live, language=speaking(language, workspace)), output
        )
    elif output:
        made = measuring.report_as(workspace, live, output.suffix,
                              language=speaking(language, workspace))  # fmt: skip
        flow.write_file(output, made)
    if output:
        wrote(output, quiet=as_json)
    if as_json or not output:
        said = speaking(language, workspace)
        parts = (
            show_segments.measured(live, segments, said), live.note().say(said),
            show_cuts.cuts(live, said),
        )  # fmt: skip
        words = "\n\n".join(part.rstrip() for part in parts if part)
        answer(live.as_json(), as_json, words)


def _compared(
    workspace: Workspace, found: Compared, output: Path | None, *, as_json: bool, language: Language
) -> None:
    """Say what differs between two sides, or write it: as a table, or as part of a report."""
    from trayecto import flow, measuring

    if output and output.suffix.lower() == ".csv":
        flow.write_file(output, csv_of(found.sides))
    elif output:
        made = measuring.report_as(workspace, found.whole, output.suffix, language=language,
                              sides=found.sides)  # fmt: skip
        flow.write_file(output, made)
    if output:
        wrote(output, quiet=as_json)
    if as_json or not output:
        words = show_segments.sides(found, language)
        answer(found.sides.as_json(), as_json, words)
