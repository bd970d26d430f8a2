"""How measures move from month to month, on the page, as a sheet and on paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from samples import FIBRE, FIBRE_MEASURED
from test_render_report import Element, assert_sound, read
from trayecto.contrast.trend import Trend, TrendMeasure, TrendPoint, direction
from trayecto.maps.document import JourneyMap
from trayecto.render.report.book import report_book
from trayecto.render.report.matters import matters
from trayecto.render.report.page import report_page
from trayecto.render.report.told import Report
from trayecto.vocabulary.estimate import Estimate, unknown
from trayecto.vocabulary.text import Language

DAY = 86_400.0


def trend(
    place: str | None, measure: TrendMeasure, *months: tuple[float, float, float, int] | None
) -> Trend:
    """Return a trend of months from January on; None is a month nobody knows."""
    points = tuple(
        TrendPoint(f"2026-{at:02}", Estimate(*month) if month else unknown(3), settled=True)
        for at, month in enumerate(months, start=1)
    )
    return Trend(measure, place, points, direction(points))


FIRST = next(iter(FIBRE.touchpoints()))
LEAVES = trend(FIRST.id, "drop_off", (0.2, 0.15, 0.25, 300), None, (0.4, 0.35, 0.45, 280))
WAITS = trend(FIRST.id, "wait", (2 * DAY, DAY, 3 * DAY, 90), (2.5 * DAY, DAY, 4 * DAY, 80))
FASTER = trend(FIBRE.stages[0].id, "duration", (9 * DAY, 8 * DAY, 10 * DAY, 90),
               (4 * DAY, 3 * DAY, 5 * DAY, 80))  # fmt: skip
BEGUN = Trend("completed", None, (LEAVES.points[0], replace(LEAVES.points[2], settled=False)), None)


def report(*trends: Trend, language: Language = "en", journey_map: JourneyMap = FIBRE) -> Report:
    return Report(journey_map, FIBRE_MEASURED, language, trends=trends)


def cells(page: Element) -> list[str]:
    return [cell.words for cell in page.one("section", id="trends").all("td")]


def test_what_rises_or_falls_beyond_its_interval_is_said_in_words() -> None:
    page = read(report_page(report(LEAVES, WAITS, FASTER)))
    assert_sound(page)
    stage_leaves, stage_time, leaves, waits = cells(page)
    assert stage_leaves.startswith("—")
    assert "Time in the stage falls 9 d → 4 d (8 d–10 d) n 90 (3 d–5 d) n 80" in stage_time
    assert leaves.endswith("rises 20.0% → 40.0% (15.0–25.0) n 300 (35.0–45.0) n 280")
    assert "no sure change" in waits


def test_the_four_measures_of_a_touchpoint_have_their_months_too() -> None:
    late = trend(FIRST.id, "on_time", (0.9, 0.85, 0.94, 200), None, (0.6, 0.53, 0.67, 200))
    page = read(report_page(report(LEAVES, late)))
    assert_sound(page)
    four = page.one("section", id="trends").one("details")
    assert four.one("summary").words == "The four measures, month by month"
    (cell,) = four.all("td")
    assert cell.words.endswith("falls 90.0% → 60.0% (85.0–94.0) n 200 (53.0–67.0) n 200")
    months = next(one for one in openpyxl_rows(report(LEAVES, late)) if one[1] == "January 2026")
    assert 0.9 in months


def openpyxl_rows(found: Report) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(report_book(found)))
    return list(book["Each month"].iter_rows(values_only=True))


def test_a_month_nobody_knows_breaks_the_line_and_is_no_zero() -> None:
    line = read(report_page(report(LEAVES))).one("section", id="trends").one("svg")
    assert len(list(line.all("polyline"))) == 2
    assert len(list(line.all("circle"))) == 2
    assert "February" not in line.attributes["aria-label"]
    assert "March 2026: 40.0% (35.0–45.0) n\u00a0280" in line.attributes["aria-label"]


def test_a_month_still_open_is_hollow_and_says_nothing_yet() -> None:
    section = read(report_page(report(BEGUN, language="es"))).one("section", id="trends")
    assert [dot.has("hollow") for dot in section.all("circle")] == [False, True]
    assert "aún no se sabe 20,0 %" in section.words


@pytest.mark.parametrize(("language", "told"), [("en", "rises"), ("es", "sube")])
def test_sheets_and_paper_tell_every_month_and_what_moved(language: Language, told: str) -> None:
    found = report(LEAVES, FASTER, language=language)
    moved = next(m for m in matters(found) if m.name in ("Month by month", "Mes a mes"))
    assert [row[4] for row in moved.rows] == [told, {"en": "falls", "es": "baja"}[language]]
    book = openpyxl.load_workbook(BytesIO(report_book(found)))
    sheet = book[{"en": "Each month", "es": "Cada mes"}[language]]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    heads = [cell.value for cell in sheet[1]]
    at = heads.index({"en": "Leave", "es": "Se van"}[language])
    months = [row for row in rows if row[0] == FIRST.name.say(language)]
    assert [row[at : at + 4] for row in months] == [
        (0.2, 0.15, 0.25, 300), ("—", "—", "—", 3), (0.4, 0.35, 0.45, 280),
    ]  # fmt: skip


def test_hours_nobody_can_tell_apart_are_no_trend() -> None:
    points = tuple(
        TrendPoint(month, Estimate(days * DAY, days * DAY, days * DAY, 400), settled=True)
        for month, days in (("2026-01", 60.0), ("2026-06", 60.04))
    )
    assert direction(points) == "up"
    assert direction(points, seen=1 + 2**-8) is None
