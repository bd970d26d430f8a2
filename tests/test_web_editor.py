"""Editing a map in the browser: saved at once, together with others, and undone as easily."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from trayecto.maps.form import form
from trayecto.web.models import Version
from web_site import Site, words


def change(client: Client, base: int, **asked: Any) -> tuple[int, dict[str, Any]]:
    """Send one change as the page does, and return the status and what was told."""
    answer = client.post(
        "/maps/buying/edit/", json.dumps({"base": base, **asked}), content_type="application/json"
    )
    return answer.status_code, answer.json()


def name(site: Site, part: str, said: str, *, base: int, who: str = "bruno", **more: Any) -> Any:
    given = {"es": said, "en": said}
    return change(site.client(who), base, kind="set", thing=part, field="name", given=given, **more)


def newest_text(site: Site) -> str:
    site.map.refresh_from_db()
    return site.map.versions.get(number=site.map.head).text


def test_a_change_is_a_version_of_its_own_and_stands_in_the_file(site: Site) -> None:
    status, told = name(site, "touchpoint:shop", "Tienda nueva", base=1)
    assert (status, told) == (200, {"version": 2})
    file = site.workspace.folder / "maps" / "buying.yaml"
    assert "Tienda nueva" in file.read_text("utf-8")
    assert str(Version.objects.get(number=2).made_by) == "Bruno"


def test_a_touchpoint_is_bound_to_one_more_node_beside_those_it_has(site: Site) -> None:
    bruno = site.client("bruno")
    before = words(bruno.get("/maps/buying/part/?part=touchpoint:buy").content)
    assert "Qué cuenta aquí buy Web · 26 Un nodo de los datos… help · Teléfono · 14" in before
    asked = {"kind": "bind", "thing": "touchpoint:buy", "node": "help", "channel": "phone"}
    assert change(bruno, 1, **asked) == (200, {"version": 2})
    after = words(bruno.get("/maps/buying/part/?part=touchpoint:buy").content)
    assert "Qué cuenta aquí buy Web · 26 help Teléfono · 14" in after
    assert "Un nodo de los datos" not in after
    versions = words(bruno.get("/maps/buying/versions/").content)
    assert "Versiones de Comprar" in versions
    assert "Nodos de «Pedido»: buy → buy, help (Teléfono)" in versions
    assert "El mapa tal como empezó" in versions
    assert change(bruno, 2, **{**asked, "thing": "touchpoint:gone"})[0] == 422


def test_the_nodes_a_touchpoint_has_and_may_have_are_called_as_people_read_them(site: Site) -> None:
    site.workspace.node_rules.write_text(
        "nodes: 1\nrules: []\nnames: {buy: Compra, help: Llamada}\n"
    )
    page = site.client("bruno").get("/maps/buying/part/?part=touchpoint:buy").content
    assert "Qué cuenta aquí Compra Web · 26 Un nodo de los datos… Llamada · Teléfono" in words(page)
    assert b'value="help"' in page


def test_a_touchpoint_that_is_not_in_the_data_says_so_and_shows_no_noughts(site: Site) -> None:
    bruno = site.client("bruno")
    given = [{"touchpoint": "order_paid"}]
    asked = {"kind": "set", "thing": "touchpoint:buy", "field": "nodes", "given": given}
    assert change(bruno, 1, **asked) == (200, {"version": 2})
    said = words(bruno.get("/maps/buying/part/?part=touchpoint:buy").content)
    assert "De este punto no se sabe nada: ningún nodo de los datos lo es." in said
    assert "personas pasaron por aquí" not in said
    assert "ningún nodo" not in words(bruno.get("/maps/buying/part/?part=touchpoint:ad").content)


def test_who_only_reads_a_map_is_not_offered_to_bind_anything(site: Site) -> None:
    said = words(site.client("carla").get("/maps/buying/part/?part=touchpoint:buy").content)
    assert "Qué cuenta aquí" not in said


def test_two_people_who_change_different_parts_both_have_their_way(site: Site) -> None:
    name(site, "touchpoint:shop", "Tienda de Ana", base=1, who="ana")
    assert name(site, "touchpoint:ad", "Anuncio de Bruno", base=1)[0] == 200
    assert "Tienda de Ana" in newest_text(site)
    assert "Anuncio de Bruno" in newest_text(site)


def test_a_conflict_names_who_changed_that_part_and_not_who_came_last(site: Site) -> None:
    name(site, "touchpoint:shop", "Lo de Ana", base=1, who="ana")
    name(site, "touchpoint:ad", "Otra cosa", base=2)
    status, told = name(site, "touchpoint:shop", "Lo de Bruno", base=1)
    assert (status, told["who"], told["version"]) == (409, "Ana", 3)


def test_two_windows_of_one_person_are_told_as_such(site: Site) -> None:
    name(site, "touchpoint:shop", "En una ventana", base=1)
    assert name(site, "touchpoint:shop", "En la otra", base=1)[1]["who"] == "Otra ventana tuya"


def test_a_conflict_tells_each_which_is_theirs_and_which_is_the_others(site: Site) -> None:
    name(site, "touchpoint:shop", "Lo de Ana", base=1, who="ana")
    told = name(site, "touchpoint:shop", "Lo de Bruno", base=1)[1]
    assert told["conflict"] == [
        "Nombre de «Lo de Ana»: lo tuyo es «Lo de Bruno»; lo suyo, «Lo de Ana»"
    ]


def test_the_page_of_a_maps_text_says_whose_it_is_and_its_panel_begins_with_the_title(
    site: Site,
) -> None:
    bruno = site.client("bruno")
    assert "Comprar en la web, como texto" in words(bruno.get("/maps/buying/text/").content)
    paths = [field.path for field in form(newest_text(site), "map").fields]
    assert paths[0] == ("title",)
    assert paths[-2:] == [("map",), ("version",)]


def test_two_texts_of_the_same_words_are_told_as_a_conflict_and_not_as_a_mistake(
    site: Site,
) -> None:
    old = newest_text(site)
    at = "/maps/buying/text/"
    site.client("ana").post(at, {"text": old.replace("Tienda", "Lo de Ana"), "base": "1"})
    bruno = site.client("bruno")
    answer = bruno.post(at, {"text": old.replace("Tienda", "Lo de Bruno"), "base": "1"})
    said = words(answer.content)
    assert answer.status_code == 422
    assert "Ana ha cambiado lo mismo mientras tanto. No se pierde nada de lo tuyo:" in said
    assert "lo tuyo es «Lo de Bruno»; lo suyo, «Lo de Ana»" in said
    assert "Hay que arreglar" not in said
    assert "# !" not in said  # what it says stands on the page, and not in the map for ever
    # He has read it over, and saves his.
    mine = old.replace("Tienda", "Lo de Bruno")
    assert bruno.post(at, {"text": mine, "base": "2"}).status_code == 302
    assert newest_text(site) == mine


def test_two_people_who_change_the_same_are_both_told_and_nothing_is_overwritten(
    site: Site,
) -> None:
    name(site, "touchpoint:shop", "Lo de Ana", base=1, who="ana")
    status, told = name(site, "touchpoint:shop", "Lo de Bruno", base=1)
    assert status == 409
    assert told["who"] == "Ana"
    assert any("Lo de Ana" in line for line in told["conflict"])
    assert "Lo de Ana" in newest_text(site)
    # Bruno has seen it and keeps his.
    assert name(site, "touchpoint:shop", "Lo de Bruno", base=1, mine=True)[0] == 200
    assert "Lo de Bruno" in newest_text(site)


def test_undoing_takes_back_one_change_and_keeps_what_came_after(site: Site) -> None:
    name(site, "touchpoint:shop", "Un error", base=1)
    name(site, "touchpoint:ad", "Bien", base=2, who="ana")
    site.client("bruno").post(
        "/maps/buying/undo/", json.dumps({"version": 2}), content_type="application/json"
    )
    assert "Un error" not in newest_text(site)
    assert "Bien" in newest_text(site)


def test_a_touchpoint_is_dragged_after_another(site: Site) -> None:
    asked = {"kind": "move", "thing": "touchpoint:ad", "beside": "touchpoint:buy"}
    assert change(site.client("bruno"), 1, **asked)[0] == 200
    order = [line for line in newest_text(site).splitlines() if "id:" in line]
    assert [line.split("id: ")[1].split(",")[0].strip("}") for line in order] == [
        "look", "shop", "order", "buy", "ad",
    ]  # fmt: skip


def test_a_field_filled_in_wrongly_says_so_and_saves_nothing(site: Site) -> None:
    status, told = change(
        site.client("bruno"), 1, kind="set", thing="touchpoint:shop", field="within",
        given={"value": "mucho"},
    )  # fmt: skip
    assert status == 422
    assert told["problems"]
    site.map.refresh_from_db()
    assert site.map.head == 1


def test_a_file_edited_outside_becomes_a_version_of_nobody(site: Site) -> None:
    file = site.workspace.folder / "maps" / "buying.yaml"
    file.write_text(file.read_text("utf-8").replace("Tienda", "Tienda de barrio"), "utf-8")
    page = site.client("carla").get("/maps/buying/versions/").content.decode()
    assert "Tienda de barrio" in page
    assert Version.objects.get(number=2).made_by is None


def test_an_older_version_is_restored_as_a_new_one(site: Site) -> None:
    before = newest_text(site)
    name(site, "touchpoint:shop", "Otra cosa", base=1)
    page = words(site.client("bruno").get("/maps/buying/versions/1/").content)
    assert "Versión 1 de Comprar en la web" in page
    site.client("bruno").post("/maps/buying/versions/1/", {"restore": "1"})
    assert newest_text(site) == before
    assert Version.objects.count() == 3


def test_script_in_a_name_is_drawn_as_text(site: Site) -> None:
    name(site, "touchpoint:shop", "<script>alert(1)</script>", base=1)
    page = site.client("carla").get("/maps/buying/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_reader_cannot_change_a_map(site: Site) -> None:
    answer = site.client("carla").post("/maps/buying/edit/", "{}", content_type="application/json")
    assert answer.status_code == 403
