"""
The node explorer and the questions, on 40 people: all see the ad and the shop, 26 of them buy.

The others, every third one, call for help two hours later.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from trayecto import flow
from web_site import MAP, Site

QUESTIONS = ("around", "funnel", "variants", "retention", "compare", "influence", "durations",
             "sessions", "exits")  # fmt: skip


def text_of(client: Client, address: str, query: dict[str, Any] | None = None) -> str:
    answer = client.get(address, query or {})
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_answers_at_once_in_both_languages(
    site: Site, name: str, language: str
) -> None:
    viewer = site.client("carla")
    if language == "en":
        viewer.post("/language/", {"back": "/"})
    page = viewer.get(f"/questions/{name}/")
    assert page.status_code == 200
    shown = page.content.decode()
    assert "<td" in shown or "<svg" in shown
    assert "select" in shown.split("<details>")[1]  # the SQL stands behind it, closed


def test_influence_begins_with_what_completes_the_journeys_of_ones_maps(site: Site) -> None:
    text = MAP.replace("completes: [buy]", "completes: [shop]")
    (site.workspace.folder / "maps" / "buying.yaml").write_text(text, "utf-8")

    def goal(who: str) -> str:
        page = site.client(who).get("/questions/influence/").content.decode()
        return str(re.findall(r'name="goal"[^>]*value="(\w*)"', page)[0])

    assert goal("carla") == "shop"
    assert goal("dora") == "buy"  # her team has no map: where most journeys end


def test_a_funnel_counts_who_got_that_far(site: Site) -> None:
    shown = text_of(
        site.client("carla"), "/questions/funnel/", {"step": ["ad", "shop", "buy"], "within": "1d"}
    )
    assert "26" in shown
    assert "65,0 %" in shown  # 26 of 40


def test_a_step_that_nobody_knows_is_said_on_the_page_with_the_nearest_name(site: Site) -> None:
    shown = text_of(site.client("carla"), "/questions/funnel/", {"step": ["ad", "shopp"]})
    assert "No existe el punto de contacto «shopp»." in shown
    assert "¿Querías decir: shop?" in shown


def test_a_time_that_is_none_is_said_on_the_page(site: Site) -> None:
    shown = text_of(site.client("carla"), "/questions/exits/", {"silence": "soon"})
    assert "no es una duración" in shown


def test_filters_narrow_the_answer(site: Site) -> None:
    shown = text_of(site.client("carla"), "/questions/variants/", {"contains": "help"})
    assert "14" in shown
    assert "buy" not in shown.split("camino")[1].split("Llévatelo")[0]


def test_a_comparison_finds_what_two_groups_do_differently(site: Site) -> None:
    query = {"one": "contains:help", "other": "contains:buy"}
    shown = text_of(site.client("carla"), "/questions/compare/", query)
    assert "buy" in shown
    assert "−100,0 %" in shown or "100,0 %" in shown
    assert "sí" in shown


def test_a_comparison_calls_channels_by_their_names(site: Site) -> None:
    carla, query = site.client("carla"), {"one": "channel:web", "other": "channel:phone"}
    drawn = carla.get("/questions/compare/take/svg/", query).content.decode()
    assert "Teléfono" in drawn
    assert "phone" not in drawn


def test_an_answer_is_taken_as_a_picture_a_workbook_and_values(site: Site) -> None:
    viewer, address = site.client("carla"), "/questions/funnel/take/{}/?step=ad&step=buy"
    assert viewer.get(address.format("svg")).content.startswith(b"<svg")
    assert viewer.get(address.format("png")).content.startswith(b"\x89PNG")
    steps = json.loads(viewer.get(address.format("json")).content)["steps"]
    assert [step["people"] for step in steps] == [40, 26]
    rows = list(csv.DictReader(io.StringIO(viewer.get(address.format("csv")).content.decode())))
    assert [row["people"] for row in rows] == ["40", "26"]
    workbook = zipfile.ZipFile(io.BytesIO(viewer.get(address.format("xlsx")).content))
    assert "xl/workbook.xml" in workbook.namelist()
    assert viewer.get("/questions/variants/take/yaml/").status_code == 404


def test_no_cell_of_a_file_becomes_a_formula(site: Site) -> None:
    viewer = site.client("carla")
    rows = viewer.get("/questions/variants/take/csv/").content.decode()
    assert not re.search(r"^[=+@]", rows.removeprefix("\ufeff"), re.MULTILINE)


def test_the_sliders_say_how_much_of_the_graph_is_drawn(site: Site) -> None:
    viewer = site.client("carla")

    def drawn(nodes: int, edges: int) -> tuple[int, int]:
        svg = viewer.get("/nodes/picture/", {"nodes": nodes, "edges": edges}).content.decode()
        return svg.count("data-node="), svg.count("data-source=")

    assert drawn(100, 100) == (4, 3)
    assert drawn(50, 100) == (2, 1)
    assert drawn(100, 0) == (4, 0)
    page = viewer.get("/nodes/", {"nodes": 50, "edges": 100}).content.decode()
    assert "<output>2 de 4</output>" in page
    assert "<output>1 de 1</output>" in page
    assert "<output>lo que más dice</output>" in viewer.get("/nodes/").content.decode()


@pytest.mark.parametrize(
    ("by", "node"), [("touchpoint", "help"), ("node", "help [phone]"), ("area", "—")]
)
def test_the_graph_can_be_told_by_touchpoints_nodes_and_areas(
    site: Site, by: str, node: str
) -> None:
    viewer = site.client("carla")
    assert f'data-node="{node}"' in viewer.get("/nodes/", {"by": by}).content.decode()
    part = viewer.get("/nodes/part/", {"by": by, "node": node})
    assert node in part.content.decode()


def test_a_node_tells_the_ways_in_and_out_and_sample_journeys(site: Site) -> None:
    shown = text_of(site.client("carla"), "/nodes/part/", {"node": "shop"})
    assert "Interacciones 40" in shown
    into, out = shown.split("De dónde vienen")[1].split("Adónde van después")
    assert into.split()[:2] == ["ad", "40"]
    assert out.split()[:2] == ["buy", "26"]
    assert "help 14" in out
    assert "Trayectos de muestra" in out


def test_a_line_tells_how_many_took_it_and_how_long(site: Site) -> None:
    shown = text_of(site.client("carla"), "/nodes/part/", {"node": "shop", "then": "buy"})
    assert "Veces 26" in shown
    assert "La mitad en 2" in shown  # two hours


def test_a_node_that_is_not_there_offers_the_nearest(site: Site) -> None:
    shown = text_of(site.client("carla"), "/nodes/part/", {"node": "shopping"})
    assert "«shopping» no está en lo que has elegido" in shown
    assert "shop" in shown


def test_replayed_journeys_carry_no_name_and_no_date(site: Site) -> None:
    told = site.client("carla").get("/nodes/replay/").json()
    assert len(told["journeys"]) == 40
    for steps in told["journeys"]:
        assert steps[0] == ["ad", 0.0]
        assert [name for name, _ in steps] in (["ad", "shop", "buy"], ["ad", "shop", "help"])
        assert all(isinstance(seconds, float) for _, seconds in steps)


def test_only_who_may_see_people_is_led_to_them(site: Site) -> None:
    link = "/people/?node=shop"
    assert link in site.client("ana").get("/nodes/part/", {"node": "shop"}).content.decode()
    assert link not in site.client("carla").get("/nodes/part/", {"node": "shop"}).content.decode()


def test_script_in_a_filter_stays_text(site: Site) -> None:
    nasty = "<script>alert(1)</script>"
    viewer = site.client("carla")
    for address in ("/nodes/", "/questions/around/", "/nodes/part/"):
        query = {"node": nasty, "contains": nasty, "source": nasty}
        assert nasty not in viewer.get(address, query).content.decode()


def test_a_segment_asks_of_its_people_alone(site: Site) -> None:
    flow.save_segments(
        site.workspace,
        "segments:\n  - id: callers\n    rule: [{property: channels, is: [phone]}]\n",
    )
    viewer = site.client("carla")
    shown = text_of(viewer, "/questions/variants/", {"segment": "callers"})
    assert "14" in shown
    assert "No existe el segmento" in text_of(viewer, "/nodes/", {"segment": "nobody"})


def test_days_are_written_as_people_say_them_and_chance_is_never_zero(site: Site) -> None:
    browser = site.client("carla")
    page = text_of(browser, "/questions/retention/").partition("SQL")[0]
    assert "23 de febrero de 2026 40 0 40 100,0 %" in page
    assert not re.search(r"\d{4}-\d\d-\d\d", page)
    query = {"one": "contains:help", "other": "contains:buy"}
    told = text_of(browser, "/questions/compare/", query).partition("SQL")[0]
    assert "&lt; 0,0001" in told
    assert "0,0000" not in told


def test_the_slider_of_nodes_says_how_many_of_how_many(site: Site) -> None:
    carla = site.client("carla")
    assert "Nodos a la vista 4 de 4" in text_of(carla, "/nodes/")
    assert "Nodos a la vista 2 de 4" in text_of(carla, "/nodes/", {"nodes": "50"})


CALLED = """
nodes: 1
rules: []
names:
  ad: {en: Advert, es: Anuncio}
  shop: {en: The shop, es: La tienda}
"""


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("around", {"node": "shop"}),
        ("funnel", {"step": ["ad", "shop"]}),
        ("variants", {}),
        ("durations", {"from": "ad", "to": "shop"}),
        ("influence", {"goal": "shop"}),
        ("exits", {}),
        ("sessions", {}),
        ("compare", {"one": "contains:buy", "other": "contains:help"}),
    ],
)
def test_pictures_tables_and_what_was_asked_say_what_nodes_are_called(
    site: Site, name: str, asked: dict[str, Any]
) -> None:
    site.workspace.node_rules.write_text(CALLED, "utf-8")
    page = site.client("carla").get(f"/questions/{name}/", asked).content.decode()
    shown = page.split("<details>")[0]
    assert "La tienda" in re.sub("<datalist.*?</datalist>", "", shown)
    assert not re.search(r">[^<]*\bshop\b[^<]*<", re.sub("<select.*?</select>", "", shown))


def test_a_node_may_be_asked_for_by_its_name_in_any_language(site: Site) -> None:
    site.workspace.node_rules.write_text(CALLED, "utf-8")
    carla = site.client("carla")
    for step in ("shop", "La tienda", "la TIENDA", "The shop"):
        shown = text_of(carla, "/questions/funnel/", {"step": ["Anuncio", step, "buy"]})
        assert "65,0 %" in shown, step  # 26 of 40


def test_a_person_takes_names_away_and_a_program_codes(site: Site) -> None:
    site.workspace.node_rules.write_text(CALLED, "utf-8")
    carla, asked = site.client("carla"), {"step": ["ad", "shop"]}

    def taken(kind: str) -> bytes:
        return carla.get(f"/questions/funnel/take/{kind}/", asked).content

    assert "La tienda" in taken("svg").decode()
    with zipfile.ZipFile(io.BytesIO(taken("xlsx"))) as book:
        assert any("La tienda" in book.read(part).decode() for part in book.namelist())
    assert [step["name"] for step in json.loads(taken("json"))["steps"]] == ["ad", "shop"]
    assert b"shop" in taken("csv")


def test_an_opened_node_names_where_people_come_from_and_go(site: Site) -> None:
    site.workspace.node_rules.write_text(CALLED, "utf-8")
    opened = text_of(site.client("carla"), "/nodes/part/", {"node": "shop"})
    assert opened.startswith("La tienda")
    assert "Anuncio" in opened
    assert " ad " not in opened
    on_a_channel = text_of(site.client("carla"), "/nodes/", {"by": "node"})
    assert "La tienda [web]" in on_a_channel
