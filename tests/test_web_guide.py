"""A map made question by question: going back, discarding, and choosing what there is."""

from __future__ import annotations

import re

from django.test import Client

from trayecto.web.models import Draft, Map
from web_site import Site

BREAD = {
    "title": "Comprar el pan", "objective": "", "question": "", "who.name": "Ana",
    "who.needs": "", "who.evidence": "", "stages": "Encargar, Recoger",
    "stage.1.goal": "", "stage.1.question": "", "stage.2.goal": "", "stage.2.question": "",
    "stage.1.touchpoints": "Mensaje @ whatsapp", "stage.2.touchpoints": "Mostrador @ tienda",
    "touchpoint.1.1.emotion": "1", "touchpoint.2.1.emotion": "-1",
}  # fmt: skip


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def begun(client: Client, answers: dict[str, str]) -> str:
    at = client.post("/maps/guided/").headers["Location"]
    for name, answer in answers.items():
        client.post(at, {"name": name, "answer": answer})
    return at


def test_going_back_shows_what_was_answered_and_loses_nothing(site: Site) -> None:
    ana = site.client("ana")
    at = begun(ana, {"title": "Comprar el pan", "objective": "Menos cola"})
    assert 'href="?question=objective"' in ana.get(at).content.decode()
    back = ana.get(at, {"question": "objective"}).content.decode()
    assert ">Menos cola</textarea>" in back
    assert 'href="?question=title"' in back
    # Answered anew, it goes on where one was: at the question after it.
    answer = ana.post(at, {"name": "objective", "answer": "Ninguna cola"})
    assert answer.headers["Location"] == f"{at}?question=question"
    assert Draft.objects.get().answers == {"title": "Comprar el pan", "objective": "Ninguna cola"}


def test_a_map_that_was_discarded_can_be_put_back(site: Site) -> None:
    ana = site.client("ana")
    at = begun(ana, {"title": "Comprar el pan", "objective": "Menos cola"})
    after = ana.post(at, {"drop": "1"}, follow=True)
    assert "«Comprar el pan» está descartado. Recuperarlo" in words(after.content)
    assert not Draft.objects.exists()
    ana.post("/maps/guided/", {"put_back": "1"})
    assert Draft.objects.get().answers == {"title": "Comprar el pan", "objective": "Menos cola"}
    assert "descartado" not in words(ana.get("/maps/guided/").content)


def test_the_moment_of_truth_is_chosen_among_the_touchpoints(site: Site) -> None:
    ana = site.client("ana")
    page = ana.get(begun(ana, BREAD)).content.decode()
    assert "el que gana o pierde su confianza?" in page
    assert re.findall("<option[^>]*>([^<]+)", page) == [
        "Elige un punto de contacto…", "Mensaje", "Mostrador"
    ]  # fmt: skip


def test_the_way_back_from_a_map_that_was_drawn_leads_to_it(site: Site) -> None:
    ana = site.client("ana")
    rest = ("truth", "pain", "vote", "completes", "stage.1.target", "stage.2.target", "silence")
    at = begun(ana, {**BREAD, **dict.fromkeys(rest, "")})
    assert ana.get(at).headers["Location"] == "/maps/comprar-el-pan/"
    assert ana.get(at, {"question": "silence"}).headers["Location"] == "/maps/comprar-el-pan/"
    assert Map.objects.filter(slug__startswith="comprar").count() == 1


def test_stages_touchpoints_and_feelings_are_chosen_without_any_signs(site: Site) -> None:
    ana = site.client("ana")
    at = begun(ana, {name: BREAD[name] for name in list(BREAD)[:6]})
    page = ana.get(at).content.decode()
    assert page.count('name="item"') == 6
    assert "comas" not in words(page.encode())
    # A row that stays empty is none, and a name may have commas.
    ana.post(at, {"name": "stages", "item": ["Encargar, o no", "", "Recoger"]})
    for name in ("stage.1.goal", "stage.1.question", "stage.2.goal", "stage.2.question"):
        ana.post(at, {"name": name, "answer": ""})
    page = words(ana.get(at).content)
    assert "Encargar, o no: ¿dónde os encontráis?" in page
    touchpoints = {"item": ["Mensaje, o llamada", "Nota @casa"], "channel": ["whatsapp", ""]}
    ana.post(at, {"name": "stage.1.touchpoints", **touchpoints})
    asked = ana.get(at).content
    assert "¿En qué canal está «Nota»? Elígelo en la lista." in words(asked)
    assert '<option value="whatsapp" selected>' in asked.decode()
    touchpoints["channel"] = ["whatsapp", "store"]
    ana.post(at, {"name": "stage.1.touchpoints", **touchpoints})
    ana.post(at, {"name": "stage.2.touchpoints", "item": ["Mostrador"], "channel": ["store"]})
    assert "Mensaje, o llamada: ¿cómo esperas que se sienta" in words(ana.get(at).content)
    ana.post(at, {"name": "touchpoint.1.1.emotion", "level": "-1", "word": "prisa"})
    assert Draft.objects.get().answers["touchpoint.1.1.emotion"] == "-1 prisa"
    again = ana.get(at, {"question": "touchpoint.1.1.emotion"}).content.decode()
    assert 'value="-1" required checked' in again
    assert 'value="prisa"' in again
    rest = ("touchpoint.1.2.emotion", "touchpoint.2.1.emotion", "truth", "pain", "vote",
            "completes", "stage.1.target", "stage.2.target", "silence")  # fmt: skip
    for name in rest:
        ana.post(at, {"name": name, "answer": ""})
    drawn = ana.get(at, follow=True).content.decode()
    for told in ("Encargar, o no", "Mensaje, o llamada", "Nota @casa", "Mostrador", "prisa"):
        assert told in words(drawn.encode())


def test_more_rows_keep_what_was_written_and_ask_nothing_else(site: Site) -> None:
    ana = site.client("ana")
    at = begun(ana, {name: BREAD[name] for name in list(BREAD)[:6]})
    answer = ana.post(at, {"name": "stages", "item": ["Encargar"] + [""] * 5, "more": "yes"})
    assert answer.headers["Location"] == f"{at}?question=stages&more=yes"
    page = ana.get(answer.headers["Location"]).content.decode()
    assert page.count('name="item"') == 10
    assert 'value="Encargar"' in page
