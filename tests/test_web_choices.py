"""Whose journeys the page of a map is about: a persona, a segment, a channel, some days."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from trayecto import drafting, flow
from trayecto.web.live import Asked, live_map
from trayecto.web.models import Look
from trayecto.web.shelf import newest
from web_site import MAP, Site

# Forty people come; fourteen of them call, the other twenty-six buy. Each does three things.
WITH_PERSONA = MAP.replace(
    "minimum: 10\n",
    "minimum: 10\nprotagonist:\n  name: {en: Lucia, es: Lucía}\n"
    "  rule: [{property: interactions, at_least: 3}]\n",
)
HTMX = {"HX-Request": "true"}
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


def people(site: Site, *, persona: str = "", segment: str = "", channel: str = "") -> int:
    asked = Asked(persona=persona, segment=segment, channel=channel)
    live = live_map(site.map, newest(site.map), asked).answer.live
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


def behind(site: Site, address: str, *, who: str = "ana") -> str:
    return site.client(who).get(f"/maps/buying/{address}").content.decode()


def test_a_touchpoint_opens_its_people_as_many_as_its_figure_says(chosen: Site) -> None:
    page = behind(chosen, "visitors/?touchpoint=shop&channel=phone")
    assert "Personas que pasaron por aquí: 14" in page
    assert len(set(re.findall(r"/people/(p[0-9a-f]{16})/", page))) == 14
    assert Look.objects.filter(about="buying: shop").count() == 1
    assert chosen.client("ana").get("/maps/buying/visitors/?touchpoint=x").status_code == 404


def test_a_touchpoint_opens_what_customers_wrote_there_and_nowhere_else(chosen: Site) -> None:
    file = chosen.workspace.folder / "voices.csv"
    file.write_text(
        "timestamp,user_id,event,channel,comment\n"
        "2026-03-01T13:30:00Z,p1,shop,web,No encuentro el precio por ninguna parte\n"
        "2026-03-01T16:30:00Z,p1,buy,web,Ha sido muy facil y rapido\n"
        # Before the journey begins: it is nobody's figure of this map.
        "2026-01-01T08:00:00Z,p2,shop,web,Solo miraba\n",
        "utf-8",
    )
    flow.import_files(chosen.workspace, [file], source="web")
    page = behind(chosen, "visitors/?touchpoint=shop&since=2026-02-01")
    assert "No encuentro el precio por ninguna parte" in page
    assert "muy facil" not in page
    assert "Solo miraba" not in page
    assert "Lo que escribieron: 1 textos" in page


def test_who_may_not_see_people_is_told_so_and_sees_the_definition(chosen: Site) -> None:
    panel = shown_part(chosen, who="carla")
    assert "solo lo ve quien puede ver datos personales" in panel
    assert "visitors" not in panel
    assert "Cómo está definido" in panel
    assert "shop" in panel
    assert "visitors/?touchpoint=shop" in shown_part(chosen, who="ana")


def shown_part(site: Site, *, who: str) -> str:
    query = "?part=touchpoint:shop&channel=phone"
    return site.client(who).get(f"/maps/buying/part/{query}").content.decode()


def test_the_sql_of_a_map_is_the_one_that_measured_the_choice(chosen: Site) -> None:
    part = chosen.client("carla").get("/maps/buying/sql/?channel=phone", headers=HTMX)
    assert "<html" not in part.content.decode()
    assert "whose steps" in part.content.decode()
    file = chosen.client("carla").get("/maps/buying/sql/?file=1")
    assert "create or replace temp table trail" in file.content.decode()


def test_a_measured_map_is_taken_along_as_it_was_chosen(chosen: Site) -> None:
    carla, take = chosen.client("carla"), "/maps/buying/take"
    everybody = carla.get(f"{take}/svg/?of=measured").content.decode()
    by_phone = carla.get(f"{take}/svg/?of=measured&channel=phone")
    assert "measured.svg" in by_phone.headers["Content-Disposition"]
    assert 'data-layer="measured"' in everybody
    assert everybody != by_phone.content.decode()
    book = carla.get(f"{take}/xlsx/?of=report&channel=phone")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book.content)).namelist()
    assert carla.get(f"{take}/png/?of=measured").content.startswith(b"\x89PNG")
    assert carla.get(f"{take}/json/?of=report").json()["sql"]


def test_a_drawn_map_is_taken_along_in_its_views_and_no_other(site: Site) -> None:
    carla = site.client("carla")
    (site.workspace.folder / "maps" / "buying.yaml").write_text(
        drafting.template("telecom"), "utf-8"
    )
    take = "/maps/buying/take"
    whole, blueprint, curve = (
        carla.get(f"{take}/svg/?of={of}").content.decode() for of in ("map", "blueprint", "curve")
    )
    assert "<svg" in blueprint
    assert 'data-layer="measured"' not in whole + blueprint + curve
    assert len({whole, blueprint, curve}) == 3
    for kind, of in (("svg", "report"), ("yaml", "curve"), ("svg", "nothing"), ("exe", "map")):
        assert carla.get(f"{take}/{kind}/?of={of}").status_code == 404
