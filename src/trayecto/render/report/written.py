"""A report as a file, by the ending of its name."""

from __future__ import annotations

from trayecto.render.report.book import report_book
from trayecto.render.report.page import report_page
from trayecto.render.report.paper import report_paper
from trayecto.render.report.told import Report
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

ENDINGS = (".html", ".pdf", ".xlsx", ".json")
"""What a report is written as; JSON is the measures themselves, without a page around them."""


def stop_unless_known(ending: str, *, file: str | None = None) -> None:
    """Refuse an ending that no report has."""
    if ending.lower() in ENDINGS:
        return
    known = ", ".join(ENDINGS)
    what = Text(
        en=f'A report is not written as "{ending}".', es=f"Un informe no se guarda como «{ending}»."
    )
    way_out = Text(en=f"Endings: {known}.", es=f"Extensiones: {known}.")
    raise TrayectoError(Problem(what, way_out, file=file))


def written(report: Report, ending: str) -> bytes:
    """Return the report as a page, on paper or as a workbook."""
    stop_unless_known(ending)
    make = {".html": _page, ".pdf": report_paper, ".xlsx": report_book}[ending.lower()]
    return make(report)


def _page(report: Report) -> bytes:
    return report_page(report).encode()
