"""Commands that watch a measured map: deviations, the people behind a figure, drift."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show_watching as show
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
from trayecto.cli.scopes import csv_of, stop_unless_csv
from trayecto.cli.words import say
from trayecto.vocabulary import script


@app.command(
    help=say(
        "Say what people do against the map: done, skipped, repeated, out of order.",
        "Di qué se hace frente al mapa: hecho, saltado, repetido, fuera de orden.",
    )
)
def deviations(
    map_: MapFile,
    output: Out = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Lay what people did over what was drawn."""
    from trayecto import flow, measuring, watching

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    period = period_of(workspace, since, until)
    live = measuring.measure(workspace, map_, period=period, graph=False)
    if output:
        flow.save_picture(watching.deviation_picture(live, language=spoken), output)
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(live.deviations.as_json(), as_json, show.deviations(live, spoken))


class That(StrEnum):
    """What journeys did at a place of a map, or on the whole of it."""

    reached = "reached"
    onward = "onward"
    left = "left"
    open = "open"
    repeated = "repeated"
    completed = "completed"
    done = "done"
    skipped = "skipped"
    out_of_order = "out-of-order"
    again = "again"
    not_taken = "not-taken"
    not_reached = "not-reached"
    vote_cast = "vote-cast"
    vote_stay = "vote-stay"
    vote_leave = "vote-leave"
    vote_neither = "vote-neither"
    vote_undecided = "vote-undecided"
    felt_good = "felt-good"
    felt_bad = "felt-bad"
    good_kept = "good-kept"
    good_lost = "good-lost"
    bad_kept = "bad-kept"
    bad_lost = "bad-lost"
    late = "late"
    met_completed = "met-completed"
    met_left = "met-left"
    met_back = "met-back"
    met_not_back = "met-not-back"
    unmet_completed = "unmet-completed"
    unmet_left = "unmet-left"
    unmet_back = "unmet-back"
    unmet_not_back = "unmet-not-back"


@app.command(
    help=say(
        "List the people behind a figure of a map.",
        "Lista las personas que hay detrás de una cifra de un mapa.",
    )
)
def behind(
    map_: MapFile,
    place: Annotated[str, typer.Argument(metavar="[PLACE]", help=say(
        "A touchpoint or a stage, by its id, or a node nobody drew; else the whole map.",
        "Un punto de contacto o una etapa, por su id, o un nodo que nadie dibujó; si falta, todo "
        "el mapa."))] = "",
    that: Annotated[That, typer.Option("--that", help=say(
        "What they did there: came, went on, left; skipped it, came out of order; stayed or left "
        "at a vote; felt bad, waited too long; completed or came back after it; of the map: "
        "completed it.",
        "Qué hicieron: llegar, seguir, irse; saltarlo, pasar fuera de orden; quedarse o irse en "
        "una votación; vivirlo mal, esperar de más; completar o volver después; del mapa: "
        "completarlo."
        ))] = That.reached,
    group: Annotated[str, typer.Option("--group", help=say(
        "Of a vote, only those who felt, said or waited so: felt:bad, said:good, waited:long.",
        "De una votación, solo quienes sintieron, dijeron o esperaron eso: felt:bad, said:good, "
        "waited:long."))] = "",
    since: Since = None,
    until: Until = None,
    people: People = None,
    persona: Annotated[str, typer.Option("--persona", help=say(
        "Only this persona of the map, by its id.",
        "Solo este arquetipo del mapa, por su id."))] = "",
    segment: Annotated[str, typer.Option("--segment", help=say(
        "Only this named segment.", "Solo este segmento con nombre."))] = "",
    channel: Channel = "",
    part: Annotated[str, typer.Option("--part", help=say(
        "Only one part of the report: persona=ID; personas=one, several or none; both "
        "personas=ID+ID; segment=ID; or began on a channel or in a month: channel=web, "
        "month=2026-03.",
        "Solo una parte del informe: persona=ID; personas=one, several o none (de uno, varios o "
        "ningún arquetipo); de los dos personas=ID+ID; segment=ID; o según el canal o el mes en "
        "que empiezan: channel=web, month=2026-03."))] = "",
    at_most: Annotated[int | None, typer.Option("--at-most", min=1, help=say(
        "How many to list.", "Cuántos listar."))] = None,
    named: Annotated[bool, typer.Option("--named", help=say(
        "Add what identifies them (personal data).",
        "Añade lo que las identifica (datos personales)."))] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=say(
        "File to write all of them to: .csv.",
        "Fichero donde guardarlas todas: .csv."))] = None,
    as_json: Json = False,
    as_sql: Sql = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Answer with the people of the journeys that a figure counts."""
    from trayecto import flow, whose

    stop_unless_csv(output)
    workspace = opened(folder)
    listed = at_most if at_most or as_json or output else 20
    chosen = whose.Chosen(
        period_of(workspace, since, until), flow.rule_of(people or ()), persona, segment, channel,
        part,
    )  # fmt: skip
    with flow.recording() as ran:
        found = whose.behind(
            workspace, map_, place, that=that.value, group=group, chosen=chosen, at_most=listed,
            named=named,
        )  # fmt: skip
    if as_sql:
        print(script.whole(ran))
        return
    if output:
        flow.write_file(output, csv_of(found))
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(found.as_json(), as_json, show.behind(found, speaking(language, workspace)))


@app.command(
    help=say(
        "Say what changed since the map was approved, and how old it is.",
        "Di qué ha cambiado desde que se aprobó el mapa y si se ha quedado viejo.",
    )
)
def drift(
    map_: MapFile,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say("Report to write (.html).",
                                                "Informe que se escribe (.html)."))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, help=say(
            "Length of each period; else as long as the data allows.",
            "Duración de cada periodo; si falta, la que permitan los datos."))
    ] = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:  # fmt: skip
    """Compare the map with itself, before and after."""
    from trayecto import flow, watching

    workspace = opened(folder)
    spoken = speaking(language, workspace)
    length = timedelta(days=days) if days else None
    found = watching.drift(workspace, map_, length=length)
    if output:
        page = watching.drift_report(workspace, found, language=spoken)
        flow.write_file(output, page.encode())
        wrote(output, quiet=as_json)
    if as_json or not output:
        answer(found.as_json(), as_json, show.drift(found, spoken))
