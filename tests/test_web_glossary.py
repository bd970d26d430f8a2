"""The glossary of nodes: what customers meet, and which maps have it."""

from __future__ import annotations

import re

from django.test import Client

from trayecto import flow
from web_site import Site, words

# 40 people: 40 see the advert, 40 the shop, 26 buy, and 14 call for help; no map has the call.


def test_every_node_is_there_with_its_count_and_the_maps_it_is_on(site: Site) -> None:
    said = words(site.client("carla").get("/data/glossary/").content)
    assert "4 de 4 nodos, con 120 interacciones." in said
    assert "shop de web: shop Web en línea — 40 1 mar 2026 1 mar 2026 Comprar en la web" in said
    assert "help de web: help Teléfono presencial — 14" in said
    assert said.count("en ninguno") == 1


def test_search_looks_at_names_areas_systems_and_channels_without_accents(site: Site) -> None:
    site.workspace.node_rules.write_text(
        "nodes: 1\nrules:\n  - {name: help, touchpoint: Avería, area: Atención}\n", "utf-8"
    )
    carla = site.client("carla")
    carla.get("/nodes/")  # somebody asks a question, and the nodes follow the rules
    for asked in ("averia", "ATENCION", "telefono", "help", "phone aver"):
        said = words(carla.get("/data/glossary/", {"find": asked}).content)
        assert "1 de 4 nodos, con 14 interacciones." in said, asked
    assert "Ningún nodo tiene" in words(carla.get("/data/glossary/?find=zzz").content)


def test_what_no_map_has_is_found_at_once(site: Site) -> None:
    carla = site.client("carla")
    assert "1 de 4 nodos" in words(carla.get("/data/glossary/?on=none").content)
    assert "3 de 4 nodos" in words(carla.get("/data/glossary/?on=some").content)
    assert "1 de 4 nodos" in words(carla.get("/data/glossary/?channel=phone").content)


def test_a_map_of_another_team_is_not_named(site: Site) -> None:
    said = words(site.client("dora").get("/data/glossary/").content)
    assert "Comprar en la web" not in said
    assert said.count("en ninguno") == 4


NAMED = {"es:help": "Llamada de ayuda", "en:help": "Call for help", "es:buy": "Compra"}


def test_names_are_filled_in_on_screen_and_read_by_everybody_in_their_language(site: Site) -> None:
    site.workspace.node_rules.write_text("# ours\nnodes: 1\nrules:\n  - {name: help}  # calls\n")
    bruno = site.client("bruno")
    page = bruno.get("/data/glossary/names/").content.decode()
    base = re.findall(r'name="base" value="(\d+)"', page)[0]
    said = words(bruno.post("/data/glossary/names/", {**NAMED, "base": base}, follow=True).content)
    assert "2 nombres guardados." in said
    assert "Llamada de ayuda help de web: help" in said
    # All else in the document stays as it was; a language left empty takes the other.
    assert site.workspace.node_rules.read_text() == (
        "# ours\nnodes: 1\nrules:\n  - {name: help}  # calls\nnames:\n"
        "  help: {es: Llamada de ayuda, en: Call for help}\n  buy: {es: Compra, en: Compra}\n"
    )


def test_two_who_name_other_nodes_both_have_their_way(site: Site) -> None:
    ana, bruno = site.client("ana"), site.client("bruno")
    base = _base(ana)
    bruno.post("/data/glossary/names/", {"base": base, "es:ad": "Anuncio", "en:ad": "Ad"})
    ana.post("/data/glossary/names/", {"base": base, "es:shop": "Tienda", "en:shop": "Shop"})
    assert set(flow.node_names(site.workspace)) == {"ad", "shop"}


def test_whoever_names_the_same_node_in_another_way_is_shown_both_and_chooses(site: Site) -> None:
    ana, bruno = site.client("ana"), site.client("bruno")
    base = _base(ana)
    bruno.post("/data/glossary/names/", {"base": base, "es:ad": "Anuncio", "en:ad": "Ad"})
    mine = {"es:ad": "Publicidad", "en:ad": "Advert"}
    shown = ana.post("/data/glossary/names/", {**mine, "base": base}).content.decode()
    assert "lo suyo: «Anuncio» · «Ad»" in shown
    assert 'value="Publicidad"' in shown
    assert flow.node_names(site.workspace)["ad"].es == "Anuncio"
    again = re.findall(r'name="base" value="(\d+)"', shown)[0]
    ana.post("/data/glossary/names/", {**mine, "base": again})
    assert flow.node_names(site.workspace)["ad"].es == "Publicidad"


def test_a_name_that_is_emptied_goes_and_the_code_is_read_again(site: Site) -> None:
    site.workspace.node_rules.write_text("nodes: 1\nrules: []\nnames: {ad: Anuncio}\n")
    bruno = site.client("bruno")
    empty = {"base": _base(bruno), "es:ad": "", "en:ad": ""}
    bruno.post("/data/glossary/names/", empty)
    assert flow.node_names(site.workspace) == {}
    assert site.workspace.node_rules.read_text() == "nodes: 1\nrules: []\n"


def _base(client: Client) -> str:
    page = client.get("/data/glossary/names/").content.decode()
    return str(re.findall(r'name="base" value="(\d+)"', page)[0])
