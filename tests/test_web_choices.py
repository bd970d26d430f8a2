"""Whose journeys the page of a map is about: a persona, a segment, a channel, some days."""

from __future__ import annotations

import re

import pytest

from trayecto.web.live import Asked, live_map
from trayecto.web.shelf import newest
from web_site import MAP, Site

# Forty people come; fourteen of them call, the other twenty-six buy. Each does three things.
WITH_PERSONA = MAP.replace(
    "minimum: 10\n",
    "minimum: 10\nprotagonist:\n  name: {en: Lucia, es: Lucía}\n"
    "  rule: [{property: interactions, at_least: 3}]\n",
)
SEGMENTS = """\
segments:
  - id: often
    name: {en: Come often, es: Vienen mucho}
    rule: [{property: interactions, at_least: 4}]
"""


@pytest.fixture
def chosen(site: Site) -> Site:
    """Return the app with a persona on its map and a segment."""
    (site.workspace.folder / "maps" / "buying.yaml").write_text(WITH_PERSONA, "utf-8")
    site.workspace.segments.write_text(SEGMENTS, "utf-8")
    return site


def people(site: Site, **asked: str) -> int:
    live = live_map(site.map, newest(site.map), Asked(**asked)).answer.live
    assert live is not None
    return live.measured.totals.people


def shown(site: Site, query: str, *, who: str = "carla") -> str:
    return site.client(who).get(f"/maps/buying/?{query}").content.decode()


def test_a_map_is_that_of_whoever_was_chosen(chosen: Site) -> None:
    assert people(chosen) == 40
    assert people(chosen, channel="phone") == 14
    assert people(chosen, persona="persona-1") == 40
    assert people(chosen, segment="often") == 0


def test_the_page_offers_what_there_is_and_keeps_what_was_chosen(chosen: Site) -> None:
    page = shown(chosen, "persona=persona-1&channel=phone&since=2026-03-01&until=2026-03-09")
    for value in ("persona-1", "phone"):
        assert re.search(rf'<option value="{value}" selected>', page), value
    assert '<option value="often">Vienen mucho</option>' in page
    assert 'name="since" value="2026-03-01"' in page
    assert re.search(r">14<", page), "the picture counts those who called"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("segment=often", "Nadie cumple todo a la vez"),
        ("since=2030-01-01", "No hay ninguna interacción en este periodo"),
        ("persona=gone", "El mapa ya no tiene esa persona"),
        ("channel=pigeon", "No existe el canal «pigeon»"),
        ("segment=oftn", "oftn"),
    ],
)
def test_a_choice_that_leaves_nothing_says_so(chosen: Site, query: str, said: str) -> None:
    assert said in shown(chosen, query)


def test_the_report_says_of_whom_it_is(chosen: Site) -> None:
    page = chosen.client("carla").get("/maps/buying/report/?channel=phone").content.decode()
    assert "Solo clientes que han usado: Teléfono." in page


def test_an_edited_segment_is_another_question(chosen: Site) -> None:
    assert people(chosen, segment="often") == 0
    chosen.workspace.segments.write_text(SEGMENTS.replace("at_least: 4", "at_least: 2"), "utf-8")
    assert people(chosen, segment="often") == 40
