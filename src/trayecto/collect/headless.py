"""Tables that do not name their columns: told by the first row, and how to go on with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from trayecto.vocabulary.text import Text, WayOut

_NO_NAMES = (
    re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?.{0,7})?"),
    re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
)
"""What stands in a row and is no name of a column: a date, an e-mail address."""
HEADLESS = WayOut(
    en="The first line is a row like the others: the file does not name its columns. They are "
    "called column_1, column_2 … here. Say in the mapping what each one is.",
    es="La primera línea es una fila como las demás: el fichero no da nombre a sus columnas. Aquí "
    "se llaman column_1, column_2… Di en la correspondencia qué es cada una.",
    page=Text(
        en="The first line is a row like the others: the file does not name its columns. They are "
        "called column_1, column_2 … here. Say below what each one is.",
        es="La primera línea es una fila como las demás: el fichero no da nombre a sus columnas. "
        "Aquí se llaman column_1, column_2… Di abajo qué es cada una.",
    ),
)


def begins_with_row(rows: Iterable[Sequence[str]]) -> bool:
    """
    Tell whether the first of *rows* is a row and not the names of the columns.

    A date among the names may be one, as in a table with a column a day; a date above dates is not.

    >>> begins_with_row([["2026-03-01", "ad"], ["2026-03-02", "buy"]])
    True
    >>> begins_with_row([["who", "2026-03-01"], ["ana", "4"]])
    False
    """
    first, *below = [*islice(rows, 3)] or [[]]
    return bool(below) and any(
        bool(kind.fullmatch(cell.strip())) and all(
            len(row) > place and bool(kind.fullmatch(row[place].strip())) for row in below
        )
        for place, cell in enumerate(first) for kind in _NO_NAMES
    )  # fmt: skip


def numbered(first: Sequence[str]) -> list[str]:
    """Return names for the columns of a table that has none."""
    return [f"column_{place}" for place, _ in enumerate(first, 1)]
