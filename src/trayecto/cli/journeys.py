"""Questions on what customers really do: each makes one call to `flow` and gives its answer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trayecto.cli import show_journeys
from trayecto.cli.options import wrote
from trayecto.cli.scopes import Asked, question, segment, span
from trayecto.cli.words import say
from trayecto.vocabulary.text import Language

AtMost = Annotated[
    int | None, typer.Option("--at-most", min=1, help=say("How many to list.", "Cuántos listar."))
]


class Order(StrEnum):
    """How strictly a funnel's order is meant."""

    loose = "loose"
    increase = "increase"
    once = "once"
    strict = "strict"


class Colour(StrEnum):
    """What the colours of a graph tell."""

    gap = "gap"
    emotion = "emotion"


class Split(StrEnum):
    """What a funnel is broken down by."""

    channel = "channel"
    source = "source"


class Every(StrEnum):
    """The calendar of cohorts."""

    day = "day"
    week = "week"
    month = "month"


class Correction(StrEnum):
    """How p values are corrected for many comparisons."""

    holm = "holm"
    benjamini_hochberg = "benjamini-hochberg"


@question(
    en="Show the node graph: what customers really do.",
    es="Muestra el grafo de nodos: lo que los clientes hacen de verdad.",
)
def graph(
    asked: Asked,
    colour: Annotated[Colour, typer.Option(help=say(
        "What colours tell in the picture: median time, or emotion at the nodes.",
        "Qué dicen los colores de la imagen: el tiempo mediano o la emoción en los nodos."))]
        = Colour.gap,
) -> None:  # fmt: skip
    """Answer with the node graph."""
    from trayecto import flow, naming

    found = flow.graph(asked.workspace, asked.scope)

    def words(_: object, language: Language) -> str:
        # Here one learns what to type in the other questions.
        coded = naming.with_codes(asked.workspace, found, language, by=asked.scope.by)
        return show_journeys.graph(coded, language)

    def felt(_: object, *, language: Language) -> str:
        return flow.picture_of_feelings(asked.workspace, asked.scope, found, language=language)

    picture = felt if colour is Colour.emotion else flow.picture_of
    asked.give(found, words, picture=picture)


@question(en="Show whole paths, the commonest first.",
          es="Muestra los caminos completos, los más comunes primero.")  # fmt: skip
def variants(
    asked: Asked,
    at_most: AtMost = None,
    near: Annotated[int | None, typer.Option(min=0, help=say(
        "Count paths this many steps apart together.",
        "Cuenta juntos los caminos que difieren en tantos pasos."))] = None,
) -> None:  # fmt: skip
    """Answer with the whole paths."""
    from trayecto import flow

    listed = at_most if at_most or asked.as_json else 15
    found = flow.variants(asked.workspace, asked.scope, at_most=listed, near=near)
    asked.give(found, show_journeys.variants, picture=flow.picture_of)


@question(en="Show what happens before and after a node, step by step.",
          es="Muestra qué ocurre antes y después de un nodo, paso a paso.")  # fmt: skip
def paths(
    asked: Asked,
    node: Annotated[str | None, typer.Argument(metavar="[NODE]")] = None,
    before: Annotated[int, typer.Option(min=0, help=say(
        "How many steps before.", "Cuántos pasos antes."))] = 0,
    after: Annotated[int, typer.Option(min=0, help=say(
        "How many steps after.", "Cuántos pasos después."))] = 5,
    table: Annotated[bool, typer.Option("--table", help=say(
        "Draw the step table instead of the flow.",
        "Dibuja la tabla de pasos en vez del flujo."))] = False,
) -> None:  # fmt: skip
    """Answer with a flow and a step table."""
    from trayecto import flow

    found = flow.around(asked.workspace, asked.scope, node, before=before, after=after)
    picture = flow.picture_of_table if table else flow.picture_of
    asked.give(found, show_journeys.around, picture=picture)


@question(en="Show how many people take some steps in order.",
          es="Muestra cuántas personas dan unos pasos en orden.")  # fmt: skip
def funnel(
    asked: Asked,
    steps: Annotated[list[str], typer.Argument(metavar="STEP…")],
    within: Annotated[str | None, typer.Option(help=say(
        "Time from the first step, e.g. 7d.", "Plazo desde el primer paso, p. ej. 7d."))] = None,
    order: Annotated[Order, typer.Option(help=say(
        "How strict the order is.", "Lo estricto que es el orden."))] = Order.loose,
    without: Annotated[list[str] | None, typer.Option(help=say(
        "Node that ends the way (repeatable).",
        "Nodo que termina el camino (repetible)."))] = None,
    split: Annotated[Split | None, typer.Option(help=say(
        "Break down by where they began.", "Desglosa por dónde empezaron."))] = None,
) -> None:  # fmt: skip
    """Answer with a funnel."""
    from trayecto import flow

    rules = flow.FunnelRules(
        window=span(within),
        order=order.value,
        without=tuple(without or ()),
        split=split.value if split else None,
    )
    found = flow.funnel(asked.workspace, asked.scope, steps, rules=rules)
    asked.give(found, show_journeys.funnel, picture=flow.picture_of)


@question(en="Show how long it takes from one node to another.",
          es="Muestra cuánto se tarda de un nodo a otro.")  # fmt: skip
def durations(
    asked: Asked,
    start: Annotated[str | None, typer.Option("--from", help=say(
        "Node it starts at; else the first step.",
        "Nodo donde empieza; si no, el primer paso."))] = None,
    end: Annotated[str | None, typer.Option("--to", help=say(
        "Node it ends at; else the last step.",
        "Nodo donde acaba; si no, el último paso."))] = None,
) -> None:  # fmt: skip
    """Answer with durations, open ones counted as open."""
    from trayecto import flow

    found = flow.durations(asked.workspace, asked.scope, source=start, target=end)
    asked.give(found, show_journeys.durations, picture=flow.picture_of)


@question(en="Show sessions: stretches of steps without a long gap.",
          es="Muestra las sesiones: tramos de pasos sin un intervalo largo.")  # fmt: skip
def sessions(
    asked: Asked,
    gap: Annotated[str, typer.Option(help=say(
        "A longer gap ends a session.", "Un intervalo mayor termina la sesión."))] = "30min",
) -> None:  # fmt: skip
    """Answer with sessions."""
    from trayecto import flow

    length = span(gap)
    assert length is not None
    asked.give(
        flow.sessions(asked.workspace, asked.scope, gap=length),
        show_journeys.sessions,
        picture=flow.picture_of,
    )


@question(en="Show who comes back, by when they first came.",
          es="Muestra quién vuelve, según cuándo vino por primera vez.")  # fmt: skip
def retention(
    asked: Asked,
    every: Annotated[Every, typer.Option(help=say(
        "Calendar of the cohorts.", "Calendario de las cohortes."))] = Every.week,
) -> None:  # fmt: skip
    """Answer with cohorts."""
    from trayecto import flow

    found = flow.retention(asked.workspace, asked.scope, every=every.value)
    asked.give(found, show_journeys.retention, picture=flow.picture_of)


@question(en="Show where and when people leave.",
          es="Muestra dónde y cuándo se va la gente.")  # fmt: skip
def exits(
    asked: Asked,
    silence: Annotated[str, typer.Option(help=say(
        "After this long without a step, they left.",
        "Tras este tiempo sin ningún paso, se fueron."))] = "30d",
) -> None:  # fmt: skip
    """Answer with exits."""
    from trayecto import flow

    length = span(silence)
    assert length is not None
    asked.give(
        flow.exits(asked.workspace, asked.scope, silence=length),
        show_journeys.exits,
        picture=flow.picture_of,
    )


@question(en="Show which nodes lead to a goal.",
          es="Muestra qué nodos llevan a una meta.")  # fmt: skip
def influence(
    asked: Asked,
    goal: Annotated[str, typer.Argument(metavar="GOAL")],
    half_life: Annotated[str, typer.Option(help=say(
        "Time in which credit halves (decay).",
        "Tiempo en que el mérito se reduce a la mitad."))] = "7d",
) -> None:  # fmt: skip
    """Answer with the credit of each node."""
    from trayecto import flow

    length = span(half_life)
    assert length is not None
    found = flow.influence(asked.workspace, asked.scope, goal, half_life=length)
    asked.give(found, show_journeys.influence, picture=flow.picture_of)


@question(en="Show what two segments do differently.",
          es="Muestra qué hacen distinto dos segmentos.")  # fmt: skip
def compare(
    asked: Asked,
    first: Annotated[str, typer.Argument(metavar="SEGMENT")],
    second: Annotated[str, typer.Argument(metavar="OTHER")],
    correction: Annotated[Correction, typer.Option(help=say(
        "Correction for many comparisons.",
        "Corrección por comparar muchas cosas."))] = Correction.holm,
) -> None:  # fmt: skip
    """Answer with the differences."""
    from trayecto import flow

    scopes = [segment(asked.workspace, asked.scope, words) for words in (first, second)]
    found = flow.compare(
        asked.workspace, *scopes, names=(first, second), correction=correction.value
    )
    asked.give(found, show_journeys.comparison, picture=flow.picture_of)


@question(en="Show who was at a node, or went from it to another.",
          es="Muestra quién pasó por un nodo, o pasó de él a otro.")  # fmt: skip
def who(
    asked: Asked,
    node: Annotated[str, typer.Argument(metavar="NODE")],
    then: Annotated[str | None, typer.Option(help=say(
        "The node right after it.", "El nodo justo después."))] = None,
    at_most: AtMost = None,
    named: Annotated[bool, typer.Option("--named", help=say(
        "Add what identifies them (personal data).",
        "Añade lo que las identifica (datos personales)."))] = False,
) -> None:  # fmt: skip
    """Answer with people."""
    from trayecto import flow

    listed = at_most if at_most or asked.as_json else 20
    found = flow.members(asked.workspace, asked.scope, node, then=then, at_most=listed, named=named)
    asked.give(found, show_journeys.members, picture=flow.picture_of)


@question(en="Show single journeys, step by step.",
          es="Muestra trayectos sueltos, paso a paso.")  # fmt: skip
def timeline(
    asked: Asked,
    subjects: Annotated[list[int] | None, typer.Argument(metavar="[SUBJECT…]")] = None,
    at_most: Annotated[int, typer.Option(min=1, help=say(
        "How many to show.", "Cuántos mostrar."))] = 12,
) -> None:  # fmt: skip
    """Answer with timelines."""
    from trayecto import flow

    found = flow.timelines(
        asked.workspace, asked.scope, subjects=tuple(subjects or ()), at_most=at_most
    )
    asked.give(found, show_journeys.timelines, picture=flow.picture_of)


@question(
    en="Write the steps for other tools: XES, OCEL 2.0, CSV or Parquet.",
    es="Escribe los pasos para otras herramientas: XES, OCEL 2.0, CSV o Parquet.",
)
def export(asked: Asked, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write the steps in scope."""
    from trayecto import flow

    count = flow.export(asked.workspace, asked.scope, file)
    wrote(file, quiet=asked.as_json)
    asked.say({"file": str(file), "steps": count}, show_journeys.exported(count, asked.language))
