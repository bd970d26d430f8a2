"""Node rules in the browser: what each would catch, saved with care, and in force afterwards."""

from __future__ import annotations

from typing import Any

from trayecto import care
from trayecto.web.models import Account, Look, Written
from trayecto.workspace import open_
from web_site import Site, finished, words

# 40 people: 40 see the advert, 40 the shop, 26 buy, and 14 call for help: 120 interactions.
RULES = """\
nodes: 1
rules:
  - {name: shop, touchpoint: Store, area: Sales}  # the web shop
  - {name: "*p", touchpoint: Ends in p}
"""


def written(text: str, **more: str) -> dict[str, str]:
    return {"view": "text", "base": "1", "text": text, **more}


def test_trying_rules_tells_what_each_catches_and_adds_up_to_all(site: Site) -> None:
    page = site.client("bruno").post("/data/rules/try/", written(RULES)).content
    said = words(page)
    # The shop's 40 are the first rule's, though both match; the second has the 14 calls for help.
    assert "120 interacciones = 54 por reglas + 66 por ninguna" in said
    assert "4 clases de interacción; 1 aciertan en varias reglas" in said
    assert "40 más aciertan y se las queda una regla anterior" in said
    assert not site.workspace.node_rules.exists()


def test_what_is_wrong_is_told_by_line_and_field(site: Site) -> None:
    broken = RULES.replace('name: "*p"', "name: {regex: '('}").replace("area:", "aera:")
    said = words(site.client("bruno").post("/data/rules/try/", written(broken)).content)
    assert "línea 3 rules[0].aera No se conoce este campo: «aera». ¿Querías decir area?" in said
    assert "línea 4 rules[1].name La expresión regular no sirve" in said


def form(**more: str) -> dict[str, Any]:
    """Return the two rules as their form sends them, the second with a mistake that was mended."""
    sent = {"view": "form", "base": "1", "text": RULES, "rule": ["0", "1"]}
    for key in ("0", "1"):
        sent[f"{key}.origin"] = key
    sent |= {"0.name": "shop", "0.name.how": "glob", "0.touchpoint": "Store", "0.area": "Sales",
             "1.name": "help", "1.name.how": "equal", "1.touchpoint": "Help"}  # fmt: skip
    return sent | more


def test_saved_rules_are_in_force_and_only_what_changed_was_written(site: Site) -> None:
    site.workspace.node_rules.write_text(RULES, "utf-8")
    bruno = site.client("bruno")
    bruno.get("/data/rules/")
    answer = bruno.post("/data/rules/", form(act="save"))
    assert finished(answer, "bruno").state == "done"
    assert site.workspace.node_rules.read_text("utf-8") == RULES.replace(
        '{name: "*p", touchpoint: Ends in p}', "{name: {equal: help}, touchpoint: Help}"
    )
    found = {node.name: node.touchpoint for node in care.list_nodes(open_(site.workspace.folder))}
    assert found == {"ad": "ad", "shop": "Store", "buy": "buy", "help": "Help"}
    assert "4 clases de interacción decididas; 2 no aciertan" in words(
        bruno.get(answer.headers["Location"]).content
    )
    assert Look.objects.filter(act="node rules changed").count() == 1
    assert Written.objects.get(number=2).made_by == Account.objects.get(email="bruno@example.com")


def test_nobodys_rules_are_written_over(site: Site) -> None:
    site.workspace.node_rules.write_text(RULES, "utf-8")
    ana, bruno = site.client("ana"), site.client("bruno")
    bruno.get("/data/rules/")
    theirs = RULES.replace("Store", "Tienda de Ana")
    ana.post("/data/rules/", written(theirs, act="save"))
    page = bruno.post("/data/rules/", written(RULES.replace("Ends in p", "Lo mío"), act="save"))
    said = words(page.content)
    assert "Ana lo cambió el" in said
    assert "Tienda de Ana" in said  # what she did
    assert "Lo mío" in page.content.decode()  # and what he was doing
    assert site.workspace.node_rules.read_text("utf-8") == theirs
    mine = RULES.replace("Ends in p", "Lo mío")
    bruno.post("/data/rules/", written(mine, act="over", over="2"))
    assert site.workspace.node_rules.read_text("utf-8") == mine
    # What Ana had written can still be brought back.
    bruno.post("/data/rules/versions/", {"restore": "2"})
    assert site.workspace.node_rules.read_text("utf-8") == theirs


def test_rules_that_cannot_be_read_are_not_saved(site: Site) -> None:
    bruno = site.client("bruno")
    page = bruno.post("/data/rules/", written("rules: nothing", base="1", act="save"))
    assert "lleva una lista" in words(page.content) or "tiene una lista" in words(page.content)
    assert not site.workspace.node_rules.exists()


def test_a_draft_comes_from_the_data_and_leaves_nothing_unmatched(site: Site) -> None:
    site.workspace.node_rules.write_text(RULES, "utf-8")
    page = site.client("bruno").post("/data/rules/", form(act="draft"))
    assert "120 interacciones = 120 por reglas + 0 por ninguna" in words(page.content)
    assert site.workspace.node_rules.read_text("utf-8") == RULES


def test_the_order_of_rules_is_changed_with_a_button(site: Site) -> None:
    page = site.client("bruno").post("/data/rules/", form(act="up:1")).content.decode()
    assert page.index('value="Help"') < page.index('value="Store"')


def test_a_reader_sees_the_rules_and_cannot_change_them(site: Site) -> None:
    site.workspace.node_rules.write_text(RULES, "utf-8")
    carla = site.client("carla")
    page = carla.get("/data/rules/").content.decode()
    assert "Store" in page
    assert 'value="save"' not in page
    assert carla.post("/data/rules/", written("rules: []", act="save")).status_code == 403
    assert carla.post("/data/rules/versions/", {"restore": "1"}).status_code == 403
