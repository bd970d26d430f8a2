"""A report as a workbook: a sheet a matter, each figure with interval, n and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from trayecto.render.report import words as r
from trayecto.render.report.behind import behind_matter
from trayecto.render.report.definitions import DEFINITIONS, told
from trayecto.render.report.matters import matters
from trayecto.render.report.opening import in_a_paragraph
from trayecto.render.report.parts import parts_matter
from trayecto.render.report.sql import sections
from trayecto.render.report.tabular import Head, Kind, Matter, flat_heads, flat_row
from trayecto.render.report.told import Report
from trayecto.render.report.trends import months_matter
from trayecto.render.sheets import LONG_AGO, new_book, sheet_name
from trayecto.vocabulary.text import UNKNOWN, Language, Text

_FIRST = Text(en="Read first", es="Léeme")
_MEANING = Text(en="Meaning", es="Qué significa")
_SECTION = Text(en="Section", es="Apartado")
_SHARED = Text(en="run first", es="antes de todo")
_HOW_TO_READ = Text(
    en="— is unknown, never zero. Times are in days, shares as percentages, emotion from −2 to +2. "
    "Beside each estimated figure stand both ends of its 95% interval and n, the cases it rests "
    "on. Under each head stands what the figure means.",
    es="— es desconocido, nunca cero. Los tiempos van en días, las proporciones en porcentaje y la "
    "emoción de −2 a +2. Junto a cada cifra estimada están los dos extremos de su intervalo del "
    "95 % y n, los casos en que se apoya. Bajo cada cabecera se dice qué significa la cifra.",
)
_DAYS = Text(en="{head} (days)", es="{head} (días)")
_FORMATS: Mapping[Kind, str] = {
    "words": "@", "count": "#,##0", "share": "0.0%", "time": "0.00", "level": "+0.0;−0.0;0.0",
    "number": "0.000", "points": "+0.0%;−0.0%;0.0%",
    "chance": "[<0.001]0E+00;0.000",
}  # fmt: skip
_DAY_S = 86_400.0
_MOST_LETTERS = 32_767
"""As many as a cell of Excel holds."""


def report_book(report: Report) -> bytes:
    """Return the report as an Excel workbook; needs xlsxwriter (extra `office`)."""
    out = BytesIO()
    workbook = new_book(out)
    workbook.set_properties({"created": LONG_AGO, "title": report.map.title.say(report.language)})
    used: set[str] = set()
    scene = report.scene()
    more = [
        behind_matter(scene, report), months_matter(scene, report.trends),
        parts_matter(scene, report),
    ]  # fmt: skip
    told = [*matters(report), *(one for one in more if one.rows)]
    first = _read_first(workbook, report, used)
    scripts = _scripts(report, told)
    names = [_sheet(workbook, report, matter, used, scripts) for matter in told]
    _meanings(workbook, report, used)
    _sql(workbook, report, used, scripts)
    _contents(workbook, first, [*names, _MEANING.say(report.language), *(["SQL"] * bool(scripts))])
    workbook.close()
    return out.getvalue()


def _contents(workbook: Any, first: tuple[Any, int], names: Sequence[str]) -> None:
    """List the sheets below what is read first, each a link."""
    sheet, row = first
    link = workbook.add_format({"font_color": "#2F5DA8", "underline": 1})
    for place, name in enumerate(names, start=row + 1):
        sheet.write_url(place, 0, f"internal:{quoted(name)}!A1", link, string=name)


def quoted(name: str) -> str:
    """
    Return a sheet's name as a link writes it.

    >>> quoted("Who's there")
    "'Who''s there'"
    """
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def _read_first(workbook: Any, report: Report, used: set[str]) -> tuple[Any, int]:
    """
    Write what a reader must know before any figure: what was measured, and how to read it.

    Return the sheet and its first empty row.
    """
    sheet = workbook.add_worksheet(sheet_name(_FIRST.say(report.language), used))
    scene = report.scene()
    title = workbook.add_format({"bold": True, "font_size": 16})
    prose = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, scene.say(report.map.title), title)
    lines = [
        scene.say(report.map.question),
        scene.say(report.data_note),
        in_a_paragraph(scene, report.measured),
        *(scene.say(text) for text in report.measured.missing),
        scene.say(_HOW_TO_READ),
    ]
    kept = [line for line in lines if line]
    for place, line in enumerate(kept, start=1):
        sheet.write_string(place, 0, line, prose)
    return sheet, len(kept) + 1


def _sheet(
    workbook: Any, report: Report, matter: Matter, used: set[str], scripts: Mapping[str, Script]
) -> str:
    """
    Write a matter: its heads, under each what it means, and its rows as numbers; return its name.

    Under the first head without a meaning stands a link to the SQL that counted it all.
    """
    language = report.language
    named = sheet_name(matter.name, used)
    sheet = workbook.add_worksheet(named)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    small = workbook.add_format(
        {"font_size": 8, "font_color": "#6B6762", "text_wrap": True, "valign": "top", "bottom": 1}
    )
    looks = {kind: _look(workbook, kind) for kind in _FORMATS}
    heads = flat_heads(matter, language)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, _named(head, language), bold)
        _meaning_link(sheet, column, head, report, small)
        sheet.set_column(column, column, _width(matter, column, head))
    own = scripts.get(matter.section) if matter.section else None
    free = next((n for n, head in enumerate(heads) if head.defined not in _said(report)), None)
    if own and free is not None:
        sheet.write_url(1, free, f"internal:'SQL'!A{own.row + 1}", small, string="SQL")
    for place, row in enumerate(matter.rows, start=2):
        for column, (value, head) in enumerate(zip(flat_row(matter, row), heads, strict=True)):
            _cell(sheet, place, column, value, head.kind, looks[head.kind])
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    return named


def _width(matter: Matter, column: int, head: Head) -> float:
    """Return how wide a column is, in letters: words as long as they are, within bounds."""
    if head.kind != "words":
        return 16
    if column == 0:
        return 40
    at = next((n for n, one in enumerate(matter.heads) if one.name == head.name), column)
    longest = max((len(str(row[at] or "")) for row in matter.rows), default=0)
    return float(min(max(longest, 14), 70))


def _meaning_link(sheet: Any, column: int, head: Head, report: Report, look: Any) -> None:
    """Write, under a head, a link to what its figures mean."""
    meanings = _said(report)
    if head.defined not in meanings:
        sheet.write_blank(1, column, None, look)
        return
    term, means = meanings[head.defined]
    row = list(meanings).index(head.defined) + 2
    place = f"internal:'{_MEANING.say(report.language)}'!A{row}"
    sheet.write_url(1, column, place, look, string=term, tip=means[:255])


def _look(workbook: Any, kind: Kind) -> Any:
    if kind == "words":
        return workbook.add_format({"text_wrap": True, "valign": "top"})
    return workbook.add_format({"num_format": _FORMATS[kind], "valign": "top", "align": "right"})


def _named(head: Head, language: Language) -> str:
    return _DAYS.say(language).format(head=head.name) if head.kind == "time" else head.name


def _cell(
    sheet: Any, row: int, column: int, value: str | float | None, kind: Kind, look: Any
) -> None:
    """Write a value as a number where it is one; what is unknown is a dash, never nothing or 0."""
    if isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif value is None:
        sheet.write_string(row, column, UNKNOWN, look)
    else:
        factor = {"time": 1 / _DAY_S, "level": 2.0}.get(kind, 1)
        sheet.write_number(row, column, value * factor, look)


def _said(report: Report) -> dict[str, tuple[str, str]]:
    """Return what each figure is called and what it means, by its id."""
    scene = report.scene()
    return {one.id: told(scene, one) for one in DEFINITIONS}


def _meanings(workbook: Any, report: Report, used: set[str]) -> None:
    heads = (r.DEFINITIONS.say(report.language), _MEANING.say(report.language))
    _words(workbook, sheet_name(_MEANING.say(report.language), used), heads, _said(report).values())


@dataclass(frozen=True, slots=True)
class Script:
    """The SQL of a section: what it is called, in which row it begins, and its parts."""

    name: str
    row: int
    parts: tuple[str, ...]


def _scripts(report: Report, told: Sequence[Matter]) -> dict[str, Script]:
    """Return the SQL of each section that has a sheet, what all run after first."""
    if not report.sql:
        return {}
    names = {one.section: one.name for one in reversed(told) if one.section}
    found: dict[str, Script] = {}
    row = 1
    for place, sql in sections(report.sql, shown=[*names, "method"]).items():
        parts = tuple(sql[at : at + _MOST_LETTERS] for at in range(0, len(sql), _MOST_LETTERS))
        name = names.get(place, place) if place else _SHARED.say(report.language)
        found[place] = Script(name, row, parts)
        row += len(parts)
    return found


def _sql(workbook: Any, report: Report, used: set[str], scripts: Mapping[str, Script]) -> None:
    """Write the SQL that counted the figures, a row a section; nothing where none was kept."""
    if not scripts:
        return
    rows = [(one.name, part) for one in scripts.values() for part in one.parts]
    heads = (_SECTION.say(report.language), "SQL")
    _words(workbook, sheet_name("SQL", used), heads, rows)


def _words(workbook: Any, name: str, heads: Sequence[str], rows: Any) -> None:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    prose = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, heads, bold)
    for place, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            sheet.write_string(place, column, words, prose)
    for column in range(len(heads)):
        sheet.set_column(column, column, 100 if column == len(heads) - 1 else 30)
    sheet.freeze_panes(1, 1)
