"""A map's tables as a workbook or CSV, and the whole map as one page of HTML."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any

from trayecto.render import words as w
from trayecto.render.table import Table
from trayecto.render.type import font_css
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language

_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\]")
LONG_AGO = datetime(2000, 1, 1)
"""Not now: the same map gives the same bytes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(tables: Sequence[Table]) -> bytes:
    """Return the tables as an Excel workbook, one sheet each; needs xlsxwriter (extra `office`)."""
    out = BytesIO()
    book = new_book(out)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    used: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(sheet_name(table.name, used))
        sheet.write_row(0, 0, table.heads, head)
        for place, row in enumerate(table.rows, 1):
            for column, words in enumerate(row):
                sheet.write_string(place, column, words, cell)
        for column, name in enumerate(table.heads):
            longest = max([len(name), *(len(row[column]) for row in table.rows)])
            sheet.set_column(column, column, min(48, max(10, longest + 2)))
        sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def new_book(out: BytesIO) -> Any:
    """Return an empty workbook that will be written to *out*; needs xlsxwriter."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = writer().Workbook(out, options)
    book.set_properties({"created": LONG_AGO})
    return book


def writer() -> Any:
    """Return the library that writes workbooks; where it is missing, say how to get it."""
    try:
        return import_module("xlsxwriter")
    except ImportError:
        raise TrayectoError(Problem(w.NEEDS_EXTRA_XLSX, w.INSTALL_OFFICE)) from None


def sheet_name(name: str, used: set[str]) -> str:
    """Return a name Excel takes: 31 letters, none twice."""
    base = _BAD_IN_NAME.sub(" ", name).strip("' ")[:31] or "–"
    free, number = base, 2
    while free.casefold() in used:
        free, number = f"{base[:27]} {number}", number + 1
    used.add(free.casefold())
    return free


def comma_separated(table: Table) -> bytes:
    """Return one table as CSV that a spreadsheet opens as it is; no cell becomes a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (table.heads, *table.rows):
        writer.writerow(f"'{words}" if words.startswith(_FORMULA) else words for words in row)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def map_page(svg: str | None, *, title: str, tables: Sequence[Table], language: Language) -> str:
    """
    Return one page that needs nothing else: the picture, and its tables as the alternative.

    Without a picture the tables are the page.
    """
    told = "".join(_html_table(table) for table in tables)
    summary = escape(w.AS_TABLES.say(language))
    shown = (
        f"<figure>{svg}</figure><details><summary>{summary}</summary>{told}</details>"
        if svg
        else f"<section><h1>{escape(title)}</h1>{told}</section>"
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{font_css()}{_STYLE}</style></head><body><main>"
        f"{shown}</main></body></html>\n"
    )


def _html_table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape(row[0])}</th>'
        + "".join(f'<td dir="auto">{escape(words)}</td>' for words in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table><caption>{escape(table.name)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


_STYLE = """
body{margin:0;background:#FBFAF6;color:#1C1B1A;font:15px/1.5 Inter,system-ui,sans-serif}
figure{margin:0 auto;max-width:1680px}figure svg{width:100%;height:auto;display:block}
details,section{max-width:1600px;margin:0 auto;padding:16px 24px 64px}
summary{cursor:pointer;font-weight:600}
table{border-collapse:collapse;margin:24px 0;font-size:13px;display:block;overflow-x:auto}
caption{text-align:left;font-weight:600;font-size:16px;padding:0 0 8px}
th,td{border:1px solid #DAD5CD;padding:6px 10px;text-align:left;vertical-align:top}
thead th{background:#F1ECE3}tbody th{font-weight:600}
@media print{details{display:none}}
"""
