"""The glossary of nodes: what customers meet, and which maps have it."""

from __future__ import annotations

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
