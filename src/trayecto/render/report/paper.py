"""
A report on paper: the poster on a sheet of its own, what to look at first, then every table.

Each table says which statement of the appendix counted it, each head leads to its definition, and
the script that counts all of it anew is attached to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from trayecto.contrast.findings import Finding, FindingKind
from trayecto.render import words as w
from trayecto.render.paper import view_of
from trayecto.render.pdf import typeset
from trayecto.render.poster.foot import affects
from trayecto.render.poster.head import figures_of
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.behind import BEHIND
from trayecto.render.report.definitions import DEFINITIONS, told
from trayecto.render.report.layers import pictures
from trayecto.render.report.matters import FINDINGS, matters
from trayecto.render.report.opening import in_a_paragraph
from trayecto.render.report.sql import SHARED, sections
from trayecto.render.report.stages import anchors
from trayecto.render.report.tabular import Cell, Matter, in_words
from trayecto.render.report.told import Report
from trayecto.vocabulary import script
from trayecto.vocabulary.text import UNKNOWN, Text

_MOST_COLUMNS = 11
"""More than these cannot be read on A4; the rest of a table goes below it, under the same names."""
_KEPT_TOGETHER = 9
"""A table of so many lines is short enough never to be parted."""

_MORE = Text(en="{name} (continued)", es="{name} (sigue)")
_SQL = Text(en="The SQL that counted it", es="El SQL que lo contó")
_SQL_LEAD = Text(
    en="Each table names the statements that counted its figures; where they read many files, not "
    "all are named here. The script attached to this file ({file}) has everything: run it in "
    "DuckDB, in the workspace’s folder. It counts anew from the workspace’s files as they were for "
    "this report.",
    es="Cada tabla dice qué sentencias contaron sus cifras; cuando leen muchos ficheros, aquí no "
    "se nombran todos. El programa adjunto a este fichero ({file}) lo trae todo: ejecútalo en "
    "DuckDB, en la carpeta del espacio de trabajo. Cuenta de nuevo a partir de los ficheros del "
    "espacio de trabajo, tal como estaban para este informe.",
)
_BEHIND_LEAD = Text(
    en="Below lies the command for the whole map. After the file goes the place, by its name "
    "below, and after --that what people did there (reached, onward, left, open, repeated, "
    "skipped, out-of-order, vote-stay, vote-leave, late…). The page and the workbook give the "
    "command of each count; “trayecto behind --help” says the rest. With --named it tells who "
    "they are, which is personal data.",
    es="Este es el comando para todo el mapa. Detrás del fichero va el lugar, con el nombre que "
    "tiene abajo, y detrás de --that, qué hicieron allí (reached, onward, left, open, repeated, "
    "skipped, out-of-order, vote-stay, vote-leave, late…). La página y el libro dan el comando "
    "de cada recuento; «trayecto behind --help» dice el resto. Con --named dice quiénes son, que "
    "es un dato personal.",
)
_MEASURED = Text(en="The rest of what was measured", es="El resto de lo medido")
_WORDS = {
    "sql": Text(en="SQL {n}, p. ", es="SQL {n}, pág. "),
    "page": Text(en="p. ", es="pág. "),
    "contents": Text(en="In this report", es="En este informe"),
}

_SECTION_OF: dict[FindingKind, str] = {
    "vote": "votes",
    "said": "votes",
    "undrawn": "undrawn",
    "skipped": "deviations",
    "disorder": "deviations",
    "moment": "moments",
    "coverage": "method",
}
"""Where a finding is told in full; every other, stage by stage."""


def report_paper(report: Report) -> bytes:
    """Return the report as a tagged PDF; needs typst (extra `report`)."""
    scene = report.scene()
    drawn = {place: (name, svg) for place, name, svg in pictures(report) if place != "as-drawn"}
    title = scene.say(report.map.title)
    shown = [one for one in matters(report) if one.name != scene.say(FINDINGS)]
    statements = _statements(scene, report, shown)
    data = {
        "title": title,
        "lang": report.language,
        "question": scene.say(report.map.question),
        "figures": [
            {"number": one.number, "words": [words for words in one.words if words],
             "late": one.late}
            for one in figures_of(scene)
        ],
        "measured": _unparted(in_a_paragraph(scene, report.measured)),
        "notes": [scene.say(t) for t in (report.data_note, *report.measured.missing) if t],
        "look_first": scene.say(w.LOOK_FIRST),
        "no_findings": scene.say(
            r.NO_FINDINGS if report.measured.totals.journeys else r.NOTHING_TO_FIND
        ),
        "findings": [_finding(scene, one, shown) for one in report.foremost],
        "tables": list(_tables(report, shown, [one["section"] for one in statements])),
        "meaning": scene.say(r.DEFINITIONS),
        "definitions": [(one.id, *told(scene, one)) for one in DEFINITIONS],
        "behind": _behind(scene, report),
        "sql": statements,
        "sql_name": scene.say(_SQL),
        "sql_lead": scene.say(_SQL_LEAD, file=f"{report.map.id}.sql"),
        "script": {"name": f"{report.map.id}.sql", "text": script.whole(report.sql)},
        "words": {name: scene.say(text, n="{n}") for name, text in _WORDS.items()},
        "foot": _foot(scene, report),
        "pictures": [
            {"id": place, "alt": f"{title}: {scene.say(name)}", "ratio": _ratio(svg)}
            for place, (name, svg) in drawn.items()
        ],
    }  # fmt: skip
    return typeset(_page(), data=data, pictures={place: svg for place, (_, svg) in drawn.items()})


@cache
def _page() -> str:
    return (Path(__file__).parent / "paper.typ").read_text("utf-8")


def _ratio(svg: str) -> float:
    wide, tall = view_of(svg)
    return wide / tall


def _unparted(words: str) -> str:
    """Return words of which no interval is parted at the end of a line."""
    return re.sub(r"(?<=\d)–(?=\d)", "\u2060–\u2060", words)


def _finding(scene: Scene, finding: Finding, shown: Sequence[Matter]) -> dict[str, str]:
    """Return a finding as words, with where it is on the map and in the report."""
    _, place = anchors(scene).get(finding.where or "", ("", ""))
    kind = scene.say(r.KINDS[finding.kind])
    touched = ""
    if finding.people:
        touched = affects(scene, finding)
    section = _SECTION_OF.get(finding.kind, "stages")
    return {
        "headline": scene.say(finding.headline),
        "detail": scene.say(finding.detail),
        "where": " · ".join(words for words in (kind, place, touched) if words),
        "section": section if any(one.section == section for one in shown) else "",
    }


def _statements(
    scene: Scene, report: Report, shown: Sequence[Matter]
) -> list[dict[str, str | int]]:
    """Return the SQL of each section that has a table, numbered; 0 is what all begin with."""
    names = {one.section: one.name for one in reversed(shown) if one.section}
    found = sections(report.sql, shown=[*names, "method"]) if report.sql else {}
    names = {"": scene.say(SHARED)} | names
    names.setdefault("method", scene.say(_MEASURED))
    told = [place for place in names if place in found]
    return [
        {"n": n, "section": place, "name": names[place], "text": _shortened(scene, found[place])}
        for n, place in enumerate(told, start=0 if "" in found else 1)
    ]


def _shortened(scene: Scene, sql: str) -> str:
    """Return SQL without most of the files of a long list: nobody reads them on paper."""

    def cut(files: re.Match[str]) -> str:
        names = files[0].splitlines(keepends=True)
        if len(names) <= _FILES_SHOWN + 1:
            return files[0]
        rest = scene.say(_MORE_FILES, n=scene.count(len(names) - _FILES_SHOWN))
        return "".join(names[:_FILES_SHOWN]) + f"  {rest}\n"

    return _FILES.sub(cut, sql)


_FILES = re.compile(r"(?:^ +'[^'\n]+\.parquet',?\n)+", re.MULTILINE)
_FILES_SHOWN = 2
_MORE_FILES = Text(en="… and {n} more files", es="… y {n} ficheros más")


def _tables(
    report: Report, shown: Sequence[Matter], counted: Sequence[str | int]
) -> Iterator[dict[str, object]]:
    """Give every table; the first of a section opens it, and the others stand below."""
    before = [Matter("", (), ()), *shown]
    opening = [
        n for n, one in enumerate(shown) if not one.section or one.section != before[n].section
    ]
    # The summary is of the method too: what is told in full there is what comes last.
    places = {shown[n].section: n for n in opening}
    for n, one in enumerate(shown):
        told = one.section if places.get(one.section) == n and one.section else str(n)
        sql = one.section if one.section in counted else ""
        for place, part in enumerate(_parts(report, one)):
            yield part | {"opens": n in opening and not place, "id": told, "sql": sql}


def _parts(report: Report, matter: Matter) -> list[dict[str, object]]:
    """Return a table in words, in parts narrow enough for the sheet, each with the rows' names."""
    first = 1 if matter.grouped == 0 else 0
    # Where cases are counted, people are the same number under another name.
    by_case, people = report.map.journeys.per == "case", w.PEOPLE.say(report.language).lower()
    kept = [
        at
        for at in range(len(matter.heads))
        if at not in (first, matter.grouped)
        and any(_known(row[at]) for row in matter.rows)
        and not (by_case and matter.heads[at].name.lower() == people)
    ]
    step = _MOST_COLUMNS - 1
    chosen = [[first, *kept[at : at + step]] for at in range(0, len(kept), step)] or [[first]]
    more = _MORE.say(report.language)
    defined = {one.id for one in DEFINITIONS}
    return [
        {
            "name": matter.name if columns is chosen[0] else more.format(name=matter.name),
            "note": matter.note if columns is chosen[0] else "",
            "heads": [
                [head.name, head.defined if head.defined in defined else ""] for head in heads
            ],
            "widths": [_width(matter, at) for at in columns],
            "figures": [matter.heads[at].kind != "words" for at in columns],
            "groups": _groups(report, matter, columns),
            "together": len(matter.rows) <= _KEPT_TOGETHER and matter.grouped is None,
        }
        for columns in chosen
        for heads in [[matter.heads[at] for at in columns]]
    ]


def _known(cell: Cell) -> bool:
    """Tell whether there is anything to read: a column of dashes alone is none."""
    return cell not in (None, "") and getattr(cell, "value", 0) is not None


def _groups(report: Report, matter: Matter, columns: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows, below what they have in common where that is told apart."""

    def name(row: Sequence[Cell]) -> str:
        return "" if matter.grouped is None else str(row[matter.grouped])

    def words(row: Sequence[Cell], before: Sequence[Cell]) -> list[tuple[str, str]]:
        told = [in_words(row[at], matter.heads[at].kind, report.language) for at in columns]
        # What is said in the row above is not said again.
        return [("", ""), *told[1:]] if before and row[columns[0]] == before[columns[0]] else told

    return [
        {"name": common, "rows": [words(*both) for both in zip(rows, [(), *rows], strict=False)]}
        for common, found in groupby(matter.rows, key=name)
        for rows in [list(found)]
    ]


def _width(matter: Matter, at: int) -> float:
    """Return how wide a column is beside the others: as its longest words ask, within bounds."""
    head = matter.heads[at]
    if head.kind != "words":
        return 1.4 if head.estimated else 0.8
    longest = max((len(str(row[at] or UNKNOWN)) for row in matter.rows), default=0)
    return min(max(longest / 14, 1.5), 5.0)


def _behind(scene: Scene, report: Report) -> dict[str, object]:
    """Return how to list the people behind a count, and what each place is called there."""
    if report.asked is None or not report.measured.totals.journeys:
        return {}
    stages = [(scene.say(stage.name), stage.id) for stage in scene.map.stages]
    places = [(scene.say(one.name), one.id) for one in scene.map.touchpoints()]
    return {
        "name": scene.say(BEHIND),
        "lead": scene.say(_BEHIND_LEAD),
        "command": report.asked.behind(that="reached"),
        "places": [*stages, *places],
    }


def _foot(scene: Scene, report: Report) -> str:
    made = report.made_on
    date = scene.say(r.MADE_ON, date=w.day(made, report.language)) if made else ""
    parts = (scene.say(report.map.title), scene.say(report.data_note), date, "trayecto")
    return " · ".join(part for part in parts if part)
