"""The library in the browser: written once, taken by several maps, and nobody's work lost."""

from __future__ import annotations

from typing import Any

from trayecto import drafting, flow
from trayecto.web.models import Written
from trayecto.web.shelf import file_of, newest, save
from web_site import HOUSE, MAP, Site, words

ANA = "/library/house/persona/ana/"


def taking(site: Site) -> None:
    """Let the map of the team take its persona, a touchpoint and an area from the library."""
    text = MAP.replace("stages:", "library: [house.yaml]\nprotagonist: {use: ana}\nstages:", 1)
    text += "      - {id: first_call, use: call}\n"
    save(site.map, text, base=newest(site.map).number, by=None)


def test_the_library_shows_who_is_who_and_which_maps_take_them(site: Site) -> None:
    taking(site)
    said = words(site.client("carla").get("/library/").content)
    assert "Ana, 34" in said
    assert "Prefiere Teléfono" in said
    assert "Qué clientes plan es fibre" in said
    assert "Evidencia sin anotar: es una hipótesis" in said
    assert "Llamada call Teléfono Ventas Comprar en la web" in said
    # Another team sees the library, and not whose maps take from it.
    assert "Comprar en la web" not in words(site.client("dora").get("/library/").content)


def file(site: Site) -> str:
    return (site.workspace.folder / "maps" / "house.yaml").read_text("utf-8")


def fields(**typed: str) -> dict[str, Any]:
    """Return the fields of Ana as her page shows them, with what somebody typed."""
    shown = {
        "base": "1", "name:es": "Ana, 34", "name:en": "Ana, 34", "prefers:value": '["phone"]',
        "rule:value": '[{"property": "plan", "is": ["fibre"]}]',
    }  # fmt: skip
    return shown | {key.replace("__", ":"): value for key, value in typed.items()}


def test_a_change_is_a_version_leaves_the_rest_alone_and_reaches_the_maps(site: Site) -> None:
    taking(site)
    bruno = site.client("bruno")
    bruno.get(ANA)
    answer = bruno.post(ANA, fields(name__es="Ana, 35", name__en="Ana, 35"))
    assert answer.headers["Location"] == ANA
    assert file(site) == HOUSE.replace("Ana, 34", "Ana, 35")
    drawn = flow.check(file_of(site.map)).journey_map
    assert drawn is not None
    assert drawn.protagonist is not None
    assert drawn.protagonist.name.es == "Ana, 35"
    assert str(Written.objects.get(number=2).made_by) == "Bruno"


def test_two_people_who_change_different_fields_both_have_their_way(site: Site) -> None:
    ana, bruno = site.client("ana"), site.client("bruno")
    bruno.get(ANA)
    ana.post(ANA, fields(needs__es="Que funcione", needs__en="Que funcione"))
    bruno.post(ANA, fields(about__es="Vive sola", about__en="Vive sola"))
    assert "Que funcione" in file(site)
    assert "Vive sola" in file(site)


def test_two_people_who_change_the_same_field_are_told_and_nothing_is_lost(site: Site) -> None:
    ana, bruno = site.client("ana"), site.client("bruno")
    bruno.get(ANA)
    ana.post(ANA, fields(needs__es="Lo de Ana", needs__en="Lo de Ana"))
    mine = fields(needs__es="Lo de Bruno", needs__en="Lo de Bruno")
    page = bruno.post(ANA, mine).content.decode()
    assert "Ana ha cambiado lo mismo" in page
    assert "Lo de Ana" in page
    assert "Lo de Bruno" in page
    assert "Lo de Bruno" not in file(site)
    bruno.post(ANA, mine | {"over": "1"})
    assert "Lo de Bruno" in file(site)


def test_what_maps_take_stays_and_what_none_takes_can_go_and_come_back(site: Site) -> None:
    taking(site)
    bruno = site.client("bruno")
    page = words(bruno.post(ANA, {"remove": "1"}).content)
    assert "Hay mapas que todavía lo toman" in page
    bruno.post("/library/", {"library": "house", "kind": "area", "name": "Averías"})
    assert "averias" in file(site)
    bruno.post("/library/house/area/averias/", {"remove": "1"})
    assert file(site) == HOUSE
    bruno.post("/library/house/versions/", {"restore": "2"})
    assert "averias" in file(site)


def test_an_area_of_the_library_stays_one_when_another_field_is_changed(site: Site) -> None:
    typed = {"base": "1", "name:es": "Te llamamos", "name:en": "Call", "channel:value": "phone",
             "area:use": "sales"}  # fmt: skip
    bruno = site.client("bruno")
    bruno.get("/library/house/touchpoint/call/")
    bruno.post("/library/house/touchpoint/call/", typed)
    assert file(site) == HOUSE.replace("es: Llamada", "es: Te llamamos")


def test_a_library_is_started_and_a_mistake_in_its_text_is_told_by_line(site: Site) -> None:
    bruno = site.client("bruno")
    bruno.post("/library/", {"start": "1", "short": "tienda"})
    assert "tienda" in words(bruno.get("/library/").content)
    assert "Usa minúsculas" in words(
        bruno.post("/library/", {"start": "1", "short": "../x"}).content
    )
    broken = HOUSE.replace("prefers", "preffers")
    page = bruno.post("/library/house/text/", {"base": "1", "text": broken})
    assert "Línea 5" in words(page.content)
    assert file(site) == HOUSE


def test_a_reader_cannot_change_the_library(site: Site) -> None:
    carla = site.client("carla")
    assert carla.post(ANA, fields(name__es="X")).status_code == 403
    assert carla.post("/library/", {"start": "1", "short": "x"}).status_code == 403
    assert carla.post("/library/house/versions/", {"restore": "1"}).status_code == 403
    assert "library:" not in carla.get(ANA).content.decode() or file(site) == HOUSE


def test_a_map_that_takes_from_a_library_can_be_edited_as_text(site: Site) -> None:
    taking(site)
    bruno = site.client("bruno")
    now = newest(site.map)
    text = now.text.replace("Tienda", "La tienda")
    answer = bruno.post("/maps/buying/text/", {"text": text, "base": now.number})
    assert answer.status_code == 302
    site.map.refresh_from_db()
    assert "La tienda" in newest(site.map).text


def left(key: str, base: int = 1, **typed: str) -> dict[str, Any]:
    """Return one field as the page sends it when somebody leaves it."""
    return {"only": key, "base": base} | {f"{key}:{part}": said for part, said in typed.items()}


def test_a_field_is_saved_as_it_is_left_and_keeps_what_others_changed(site: Site) -> None:
    ana, bruno = site.client("ana"), site.client("bruno")
    bruno.get(ANA)
    first = ana.post(ANA, left("needs", es="Que funcione", en="Que funcione"))
    assert (first.status_code, first.json()) == (200, {"version": 2})
    # Bruno's page is of version 1 still: what he changes goes in beside what Ana did.
    second = bruno.post(ANA, left("about", es="Vive sola", en="Vive sola"))
    assert second.json() == {"version": 3}
    same = bruno.post(ANA, left("needs", es="Que sea barato", en="Que sea barato"))
    assert same.status_code == 409
    assert same.json()["who"] == "Ana"  # though the newest version is Bruno's
    assert "Que funcione" in same.json()["theirs"]
    assert "barato" not in file(site)
    over = left("needs", es="Que sea barato", en="Que sea barato") | {"over": "1"}
    assert bruno.post(ANA, over).status_code == 200
    assert "barato" in file(site)
    assert "Vive sola" in file(site)


def test_what_a_field_cannot_hold_is_told_and_not_saved(site: Site) -> None:
    bruno = site.client("bruno")
    bruno.get(ANA)
    answer = bruno.post(ANA, left("rule", value="[{"))
    assert answer.status_code == 422
    assert answer.json()["problems"]
    assert bruno.post(ANA, left("nothing", value="x")).status_code == 404
    assert site.client("carla").post(ANA, left("needs", es="x", en="x")).status_code == 403
    assert file(site) == HOUSE


def in_order(site: Site) -> list[str]:
    return [item.id for item in drafting.library(file(site), file="house.yaml").personas]


def test_items_are_put_in_order_one_by_one_or_beside_another(site: Site) -> None:
    bruno = site.client("bruno")
    for name in ("Luz", "Eva"):
        bruno.post("/library/", {"library": "house", "kind": "persona", "name": name})
    assert in_order(site) == ["ana", "luz", "eva"]
    answer = bruno.post("/library/", {"library": "house", "earlier": "persona:eva"})
    assert answer.headers["Location"] == "/library/#earlier-house-persona-eva"
    assert in_order(site) == ["ana", "eva", "luz"]
    bruno.post("/library/", {"library": "house", "later": "persona:luz"})
    assert in_order(site) == ["ana", "eva", "luz"]  # it is the last already
    dropped = {"library": "house", "moved": "persona:ana", "beside": "persona:luz"}
    bruno.post("/library/", dropped | {"side": "after"})
    assert in_order(site) == ["eva", "luz", "ana"]
    bruno.post("/library/", dropped | {"side": "before"})
    assert in_order(site) == ["eva", "ana", "luz"]
    # Nothing else of the text is touched.
    assert "Ana, 34" in file(site)
    for wrong in ("persona:nobody", "area:sales:x", "", "../x"):
        answer = bruno.post("/library/", {"library": "house", "earlier": wrong})
        assert answer.status_code == 404
    assert site.client("carla").post("/library/", dropped).status_code == 403
