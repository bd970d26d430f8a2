"""An answer as an Excel workbook: a sheet a table, figures as figures, no text as a formula."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from trayecto.render.questions.table import tables_of
from trayecto.render.sheets import new_book, sheet_name
from trayecto.vocabulary.text import Language

_MOST_ROWS = 1_000_000
"""A sheet holds no more."""


def workbook_of(answer: Any, *, language: Language) -> bytes:
    """Return an answer as a workbook, its headings in words; needs xlsxwriter (extra `office`)."""
    out = BytesIO()
    book = new_book(out)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    share = book.add_format({"num_format": "0.0%"})
    used: set[str] = set()
    for table in tables_of(answer):
        sheet = book.add_worksheet(sheet_name(table.name.say(language), used))
        sheet.write_row(0, 0, [column.heading(language) for column in table.columns], head)
        for place, row in enumerate(table.values[:_MOST_ROWS], 1):
            for number, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(value, (bool, date, datetime)):
                    sheet.write_string(place, number, column.words(value, language))
                elif isinstance(value, (int, float)):
                    sheet.write_number(place, number, value, share if column.is_share else None)
                elif value is not None:
                    sheet.write_string(place, number, column.words(value, language))
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, max(12, len(column.heading(language)) + 2))
        sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
