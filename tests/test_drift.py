"""Is the map still true: two periods compared, and how old the map is by its own dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from examples import workspace_of
from trayecto import watching
from trayecto.contrast.drift import last_day, periods, stale
from trayecto.maps.document import JourneyMap
from trayecto.maps.notation import read
from trayecto.watching import Watched

MAP = """\
map: shop
title: The shop
status: approved
approved: 2026-03-21
review: 2026-12-01
minimum: 5
protagonist: {name: Ana, evidence: "12 interviews, 2024-11"}
journeys:
  starts: [ad]
  completes: [buy]
  silence: 2 days
stages:
  - id: all
    name: All
    touchpoints:
      - {id: ad, name: Advert, channel: advert, nodes: [ad]}
      - {id: shop, name: Shop, channel: store, nodes: [shop]}
      - {id: buy, name: Purchase, channel: web, nodes: [buy],
         emotion: {level: 1, evidence: a guess}}
"""
DAY = timedelta(days=1)
FIRST, LAST = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)


def the_map(text: str = MAP) -> JourneyMap:
    found = read(text)
    assert found.journey_map, found.problems
    return found.journey_map


def watched(folder: Path, story: str, *, text: str = MAP) -> Watched:
    workspace = workspace_of(folder, story)
    file = folder / "map.yaml"
    file.write_text(text)
    return watching.drift(workspace, file)


def said(found: Watched) -> str:
    return "\n".join(words.en for words in found.words())


def everybody(way: str, *, who: str, day: int, many: int = 20) -> str:
    return "\n".join(f"{who}{i}@{day}d: {way}" for i in range(many)) + "\n"


def test_the_periods_lie_around_the_approval_with_a_lead_in_as_long() -> None:
    found = periods(FIRST, LAST, turn=FIRST + 20 * DAY, length=None)
    assert found
    assert (found.since, found.turn, found.until) == (FIRST + 10 * DAY, FIRST + 20 * DAY, None)
    assert found.approved


def test_without_an_approval_the_last_two_thirds_are_compared() -> None:
    found = periods(FIRST, LAST, turn=None)
    assert found
    assert (found.since, found.turn, found.until) == (FIRST + 10 * DAY, FIRST + 20 * DAY, None)


def test_one_may_say_how_long_the_periods_are() -> None:
    found = periods(FIRST, LAST, turn=None, length=7 * DAY)
    assert found
    assert (found.since, found.turn) == (LAST - 14 * DAY, LAST - 7 * DAY)
    assert periods(FIRST, LAST, turn=None, length=20 * DAY) is None


def test_an_approval_outside_the_data_leaves_nothing_to_compare() -> None:
    assert periods(FIRST, LAST, turn=FIRST) is None
    assert periods(FIRST, LAST, turn=LAST + DAY) is None


# Everybody went by the shop until 21 March; since, nobody does, and a bot answers instead.
CHANGED = (
    everybody("ad > shop > buy", who="early", day=0)
    + everybody("ad > shop > buy", who="before", day=12)
    + everybody("ad > bot > buy", who="after", day=22)
    + "zoe@30d: ad"
)


def test_what_stopped_what_is_new_and_what_differs_is_told(tmp_path: Path) -> None:
    found = watched(tmp_path, CHANGED)
    assert found.drift.gone == ("shop",)
    assert [node.touchpoint for node in found.drift.new] == ["bot"]
    assert found.drift.sides
    assert {gap.where for gap in found.drift.sides.surest} >= {"shop"}
    assert "“Shop” stopped coming" in said(found)
    assert "“bot” is new and nobody drew it: 20 people" in said(found)
    assert found.period().en.startswith("Since it was approved on 21 March 2026")
    assert found.period().es.startswith("Desde que se aprobó el 21 de marzo de 2026")


def test_when_nothing_changed_that_is_what_it_says(tmp_path: Path) -> None:
    same = "".join(
        everybody("ad > shop > buy", who=who, day=day)
        for who, day in (("a", 0), ("b", 12), ("c", 22))
    )
    found = watched(tmp_path, same + "zoe@30d: ad")
    assert (found.drift.gone, found.drift.new) == ((), ())
    assert "No measure has changed beyond what chance explains." in said(found)


def test_with_no_data_only_the_dates_are_told(tmp_path: Path) -> None:
    found = watched(tmp_path, "ana: ad", text=MAP)
    assert found.drift.sides is None
    assert found.period().en == "There are not two periods of data to compare."


def test_a_review_is_ahead_near_or_passed() -> None:
    def state(today: date) -> tuple[str, int | None]:
        found = stale(the_map(), today=today)
        return found.review_state, found.review_days

    assert state(date(2026, 10, 1)) == ("ahead", 61)
    assert state(date(2026, 11, 15)) == ("near", 16)
    assert state(date(2026, 12, 11)) == ("passed", -10)


def test_evidence_is_as_old_as_the_last_date_in_its_words() -> None:
    interviews, guess = stale(the_map(), today=date(2026, 11, 30)).evidence
    assert (interviews.dated, interviews.days, interviews.old) == (date(2024, 11, 30), 730, True)
    assert (guess.dated, guess.days, guess.old) == (None, None, False)


def test_a_number_that_is_no_date_is_none() -> None:
    assert last_day("survey of 2000 people, 12 interviews") is None
    assert last_day("2026-02-30 or 2025-13") is None
    assert last_day("web survey (2023), calls 2024-02") == date(2024, 2, 29)


def test_the_report_of_what_changed_is_a_page(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, CHANGED)
    file = tmp_path / "map.yaml"
    file.write_text(MAP)
    found = watching.drift(workspace, file)
    page = watching.drift_report(workspace, found, language="es")
    assert "¿Sigue valiendo el mapa?" in page
    assert "«Shop» ha dejado de llegar" in page
    assert "Lo dibujado y lo hecho" in page
