"""The picture as tables, for a screen reader or a spreadsheet."""

from __future__ import annotations

import samples
from trayecto.render.table import Table, tables


def table(named: str) -> Table:
    every = tables(samples.FIBRE, language="en", measured=samples.FIBRE_MEASURED)
    return next(own for own in every if own.name == named)


def cell(own: Table, row: str, head: str) -> str:
    line = next(line for line in own.rows if line[0] == row)
    return line[own.heads.index(head)]


def test_each_figure_stands_in_the_row_of_its_touchpoint() -> None:
    touchpoints = table("Touchpoints")

    assert cell(touchpoints, "Plans page", "Go on") == "54% (53–55) n 8,090"
    assert cell(touchpoints, "Plans page", "Skip it") == "1,173"
    assert cell(touchpoints, "Plans page", "Expected emotion") == "+0.6 hopeful"
    assert cell(touchpoints, "Plans page", "Measured emotion") == "−0.2 (−0.3…0.0, n 902)"
    assert (
        cell(touchpoints, "Store visit", "Kind") == "communication, the customer starts, optional"
    )


def test_a_wait_beyond_its_target_says_late() -> None:
    wait = cell(table("Touchpoints"), "Technician at home", "Waits")

    assert wait.replace("\u00a0", " ") == "8.9 d (8 d–9.8 d), p90 26 d, target 5 d, late, n 3,188"


def test_what_nobody_touches_says_why_it_has_no_figures() -> None:
    assert cell(table("Touchpoints"), "Recommends us", "Why no figures") == "nobody touches it"


def test_all_undrawn_nodes_are_listed_even_those_without_a_place() -> None:
    names = [row[0] for row in table("nobody drew it").rows]

    assert names == ["llamada: ¿dónde está el técnico?", "web/baja", "foro"]


def test_a_designed_map_has_no_measured_columns() -> None:
    stages, touchpoints, back = tables(samples.FIBRE, language="es")

    assert "Personas" not in (*stages.heads, *touchpoints.heads)
    assert [row[0] for row in back.rows][:2] == ["Marketing", "Producto"]
