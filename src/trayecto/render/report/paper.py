"""A report on paper: the poster on a sheet of its own, what to look at first, then the tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from trayecto.contrast.findings import Finding
from trayecto.render import words as w
from trayecto.render.paper import view_of
from trayecto.render.pdf import typeset
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.definitions import DEFINITIONS, told
from trayecto.render.report.layers import pictures
from trayecto.render.report.matters import FINDINGS, matters
from trayecto.render.report.opening import in_a_paragraph
from trayecto.render.report.stages import anchors
from trayecto.render.report.tabular import Head, Matter, in_words
from trayecto.render.report.told import Report
from trayecto.vocabulary.text import Text

_MOST_COLUMNS = 11
"""More than these cannot be read on A4; the rest of a table goes below it, under the same names."""


_MORE = Text(en="{name} (continued)", es="{name} (sigue)")


def report_paper(report: Report) -> bytes:
    """Return the report as a tagged PDF; needs typst (extra `report`)."""
    scene = report.scene()
    drawn = {place: (name, svg) for place, name, svg in pictures(report) if place != "as-drawn"}
    title = scene.say(report.map.title)
    tables = [
        part
        for matter in matters(report)
        if matter.name != scene.say(FINDINGS)
        for part in _parts(report, matter)
    ]
    data = {
        "title": title,
        "lang": report.language,
        "question": scene.say(report.map.question),
        "measured": in_a_paragraph(scene, report.measured),
        "notes": [scene.say(t) for t in (report.data_note, *report.measured.missing) if t],
        "look_first": scene.say(w.LOOK_FIRST),
        "no_findings": scene.say(
            r.NO_FINDINGS if report.measured.totals.journeys else r.NOTHING_TO_FIND
        ),
        "findings": [_finding(scene, one) for one in report.foremost],
        "tables": tables,
        "meaning": scene.say(r.DEFINITIONS),
        "definitions": [told(scene, one) for one in DEFINITIONS],
        "foot": _foot(scene, report),
        "pictures": [
            {"id": place, "alt": f"{title}: {scene.say(name)}", "ratio": _ratio(svg)}
            for place, (name, svg) in drawn.items()
        ],
    }
    return typeset(_page(), data=data, pictures={place: svg for place, (_, svg) in drawn.items()})


@cache
def _page() -> str:
    return (Path(__file__).parent / "paper.typ").read_text("utf-8")


def _ratio(svg: str) -> float:
    wide, tall = view_of(svg)
    return wide / tall


def _finding(scene: Scene, finding: Finding) -> dict[str, str]:
    """Return a finding as words, with where it is."""
    _, place = anchors(scene).get(finding.where or "", ("", ""))
    kind = scene.say(r.KINDS[finding.kind])
    return {
        "headline": scene.say(finding.headline),
        "detail": scene.say(finding.detail),
        "where": " · ".join(words for words in (kind, place) if words),
    }


def _parts(report: Report, matter: Matter) -> list[dict[str, object]]:
    """Return a table in words, in parts narrow enough for the sheet, each with the rows' names."""
    kinds = [head.kind for head in matter.heads]
    rows = [
        [in_words(cell, kind, report.language) for cell, kind in zip(row, kinds, strict=True)]
        for row in matter.rows
    ]
    rest = list(range(1, len(matter.heads)))
    step = _MOST_COLUMNS - 1
    chosen = [[0, *rest[at : at + step]] for at in range(0, len(rest), step)] or [[0]]
    more = _MORE.say(report.language)
    return [
        {
            "name": matter.name if columns is chosen[0] else more.format(name=matter.name),
            "note": matter.note if columns is chosen[0] else "",
            "heads": [matter.heads[at].name for at in columns],
            "widths": [_width(matter.heads[at], first=at == 0) for at in columns],
            "figures": [kinds[at] != "words" for at in columns],
            "rows": [[row[at] for at in columns] for row in rows],
        }
        for columns in chosen
    ]


def _width(head: Head, *, first: bool) -> float:
    """Return how wide a column is beside the others."""
    if head.kind == "words":
        return 2.0 if first else 1.5
    return 1.4 if head.estimated else 0.8


def _foot(scene: Scene, report: Report) -> str:
    made = report.made_on
    date = scene.say(r.MADE_ON, date=w.day(made, report.language)) if made else ""
    parts = (scene.say(report.map.title), scene.say(report.data_note), date, "trayecto")
    return " · ".join(part for part in parts if part)
