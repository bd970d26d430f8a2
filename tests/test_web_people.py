"""People in the app: found, seen in full, joined, split, erased, and every look written down."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from examples import write_csv
from trayecto import care, flow, measuring
from trayecto.web.models import Look, Membership
from web_site import Site, words


def code_of(site: Site, who: str) -> str:
    return care.person(site.workspace, who).person


def looks() -> set[tuple[str, str]]:
    return set(Look.objects.values_list("act", "about"))


def test_somebody_is_found_by_part_of_an_identifier_without_it_in_the_address(site: Site) -> None:
    answer = site.client("ana").post("/people/", {"search": "p17"})
    assert code_of(site, "p17") in answer.content.decode()
    assert looks() == {("people searched", "")}


def test_how_many_have_what_was_searched_is_said_and_only_so_many_are_counted(site: Site) -> None:
    listed, found = care.find_people(site.workspace, "p", at_most=50, within=10)
    assert (found, len(listed)) == (40, 10)
    everybody = care.list_people(site.workspace, search="p", at_most=50)
    assert (everybody.found, len(everybody.listed)) == (40, 40)
    assert set(listed) < set(everybody.listed)
    said = words(site.client("ana").post("/people/", {"search": "P3"}).content)
    assert "11 personas lo tienen." in said  # p3, and p30 to p39


def test_nobody_found_is_said_with_what_to_try(site: Site) -> None:
    answer = site.client("ana").post("/people/", {"search": "zzz"})
    assert "Nadie tiene un identificador así" in answer.content.decode()


def test_the_people_behind_a_figure_are_listed(site: Site) -> None:
    browser = site.client("ana")
    page = browser.get("/people/", {"node": "shop", "then": "help"}).content.decode()
    assert "14 personas" in page
    assert code_of(site, "p3") in page
    assert ("people behind a figure", "shop > help") in looks()
    wrong = browser.get("/people/", {"node": "shopp"}).content.decode()
    assert "¿Querías decir: shop?" in wrong


def test_the_people_behind_a_moment_of_a_map_are_told_by_what_came_of_them(site: Site) -> None:
    # Everybody passes by the shop, so there is nobody like them to compare with: nobody is listed.
    browser, asked = site.client("ana"), {"place": "shop", "that": "met-completed"}
    page = browser.get("/maps/buying/people/", asked).content.decode()
    assert "Tienda: quiénes pasan y completan, de lo comparado" in page
    assert ("people behind a figure", "buying: shop met-completed") in looks()
    wrong = browser.get("/maps/buying/people/", {**asked, "place": "buy"}).content.decode()
    assert "no se cuenta «met-completed»" in wrong


def test_a_person_is_seen_in_full_and_the_look_names_only_the_code(site: Site) -> None:
    measuring.measure(site.workspace, site.workspace.folder / "maps" / "buying.yaml")
    code = code_of(site, "p17")
    page = site.client("ana").get(f"/people/{code}/").content.decode()
    assert "p17" in page  # the identifier
    for step in ("ad", "shop", "buy"):
        assert step in page
    assert "Comprar en la web" in page  # where they are on the map
    assert "completo" in page
    assert looks() == {("person seen", code)}


def test_what_an_identifier_was_seen_with_is_told_in_words(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text("time,touchpoint,user_id,phone\n2026-03-01 10:00,call,luz,+34610002202\n")
    flow.import_files(site.workspace, [file], source="crm")
    seen = words(site.client("ana").get(f"/people/{code_of(site, 'luz')}/").content)
    assert "luz cuenta teléfono +34610002202 crm" in seen
    assert "+34610002202 teléfono cuenta luz crm" in seen


def test_a_long_life_is_told_two_hundred_moments_at_a_time(site: Site, tmp_path: Path) -> None:
    busy = "luz: " + " > ".join(f"visit{n}" for n in range(1, 251))
    flow.import_files(site.workspace, [write_csv(tmp_path / "busy.csv", busy)], source="shop")
    browser = site.client("ana")
    at = f"/people/{code_of(site, 'luz')}/"
    newest = words(browser.get(at).content)
    assert "1–200 de 250" in newest
    assert "visit250 " in newest
    assert "visit50 " not in newest
    earlier = words(browser.get(at, {"page": "2"}).content)
    assert "201–250 de 250" in earlier
    assert "visit50 " in earlier
    assert "visit250 " not in earlier.replace("tras «visit250", "")


def test_who_somebody_is_told_to_be_changes_with_every_judgement_of_any_door(site: Site) -> None:
    browser, code = site.client("ana"), code_of(site, "p17")
    assert "p3" not in words(browser.get(f"/people/{code}/").content).split()
    # At a command line, which tells the app nothing.
    joined = care.link(site.workspace, "p17", "p3", by="bruno@example.com", force=True)
    assert "p3" in words(browser.get(f"/people/{joined}/").content).split()


def test_an_identifier_is_no_address(site: Site) -> None:
    assert site.client("ana").get("/people/p17/").status_code == 404


def test_a_count_of_the_report_leads_to_its_people(site: Site) -> None:
    browser = site.client("ana")
    report = browser.get("/maps/buying/report/").content.decode()
    assert "/maps/buying/people/?place=shop&amp;that=onward" in report
    page = browser.get("/maps/buying/people/", {"place": "shop", "that": "onward"}).content.decode()
    # Of forty, every third goes to the phone for help, which nobody drew: 26 buy.
    assert "Tienda: quiénes siguen" in page
    assert "Trayectos: 26 · personas: 26" in page
    assert ("people behind a figure", "buying: shop onward") in looks()
    wrong = browser.get("/maps/buying/people/", {"place": "shopp"}).content.decode()
    assert "shop" in wrong
    assert "ningún punto de contacto" in wrong
    assert "/people/?" not in site.client("carla").get("/maps/buying/report/").content.decode()


def test_a_filtered_report_leads_to_the_people_it_counts_and_says_whose(site: Site) -> None:
    browser = site.client("ana")
    report = browser.get("/maps/buying/report/?channel=phone").content.decode()
    address = "/maps/buying/people/?channel=phone&place=shop&that=reached"
    assert address.replace("&", "&amp;") in report
    # Fourteen of the forty have used the phone: those that the filtered map counts.
    page = browser.get(address).content.decode()
    assert "Trayectos: 14 · personas: 14 Solo: Teléfono." in page


def test_whose_list_it_is_is_said_in_words(site: Site) -> None:
    browser = site.client("ana")

    def whose(part: str) -> str:
        return words(browser.get("/maps/buying/people/", {"part": part}).content)

    assert "Solo: de ningún arquetipo." in whose("personas=none")
    assert "Solo: empiezan por Web." in whose("channel=web")
    assert "Solo: empiezan en marzo de 2026." in whose("month=2026-03")
    assert "Hay: one, several, none" in whose("personas=ana+pau")
    assert "«month=marzo» no es una parte del informe" in whose("month=marzo")


def test_two_people_become_one_and_two_again(site: Site) -> None:
    browser = site.client("ana")
    one, other = code_of(site, "p1"), code_of(site, "p2")
    key = f"{care.person(site.workspace, 'p1').identities[0].kind}:p1"
    browser.post(f"/people/{one}/join/", {"own": key, "other": "p2", "sure": "on"})
    joined = code_of(site, "p1")
    assert joined == code_of(site, "p2")
    assert "39 personas" in browser.get("/people/").content.decode()
    older = other if joined == one else one
    assert browser.get(f"/people/{older}/").headers["Location"] == f"/people/{joined}/"

    kind = key.partition(":")[0]
    browser.post(f"/people/{joined}/split/", {"one": f"{kind}:p1", "other": f"{kind}:p2"})
    assert code_of(site, "p1") != code_of(site, "p2")
    assert "40 personas" in browser.get("/people/").content.decode()
    assert {act for act, _ in looks()} >= {"merged", "parted"}


def test_what_cannot_be_joined_is_said_with_the_way_out(site: Site) -> None:
    browser = site.client("ana")
    one = code_of(site, "p1")
    key = f"{care.person(site.workspace, 'p1').identities[0].kind}:p1"
    answer = browser.post(f"/people/{one}/join/", {"own": key, "other": "nobody"}, follow=True)
    assert "Nadie responde por «nobody»" in answer.content.decode()
    assert code_of(site, "p1") == one


def test_everything_known_of_a_person_can_be_taken(site: Site) -> None:
    code = code_of(site, "p17")
    answer = site.client("ana").post(f"/people/{code}/take/")
    known = json.loads(answer.content)
    assert known["person"] == code
    assert len(known["timeline"]) == 3
    assert ("person exported", code) in looks()
    everybody = site.client("ana").post("/people/list/", {"search": "p17"}).content.decode()
    assert code in everybody


def test_nobody_is_erased_until_the_code_is_typed(site: Site) -> None:
    browser, code = site.client("ana"), code_of(site, "p17")
    wrong = browser.post(f"/people/{code}/forget/", {"code": "p17"})
    assert "No se ha borrado nada" in wrong.content.decode()
    assert code_of(site, "p17") == code

    answer = browser.post(f"/people/{code}/forget/", {"code": code}, follow=True)
    assert "Borrado: 3 interacciones y 1 identificador" in answer.content.decode()
    gone = browser.get(f"/people/{code}/")
    assert gone.status_code == 404
    assert "se ha borrado a la persona" in gone.content.decode()
    assert "39 personas" in answer.content.decode()
    assert ("person erased", code) in looks()


@pytest.mark.parametrize("act", ["join", "split", "forget"])
def test_who_may_only_look_changes_nobody(site: Site, act: str) -> None:
    Membership.objects.filter(account__email="carla@example.com").update(sees_people=True)
    viewer, code = site.client("carla"), code_of(site, "p17")
    assert viewer.get(f"/people/{code}/").status_code == 200
    assert "/join/" not in viewer.get(f"/people/{code}/").content.decode()
    given = {"own": "a", "other": "b", "one": "a", "code": code}
    assert viewer.post(f"/people/{code}/{act}/", given).status_code == 403


def test_pairs_who_may_be_one_are_offered_or_what_is_missing_is_said(site: Site) -> None:
    page = site.client("ana").get("/review/").content.decode()
    assert "Ninguna pareja" in page or "pip install" in page


def test_once_some_are_answered_it_says_that_no_pairs_are_left(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care, "suggestions", lambda *_, **__: ())
    browser = site.client("ana")
    assert "Ninguna pareja" in browser.get("/review/").content.decode()
    kind = care.person(site.workspace, "p1").identities[0].kind
    browser.post("/review/", {"left": f"{kind}:p1", "right": f"{kind}:p2", "answer": "unsure"})
    page = browser.get("/review/").content.decode()
    assert "No hay más parejas" in page
    assert '<a href="?left=unsure">Dejadas en duda: 1. Volver a mirarlas</a>' in page
    assert "Parejas sin responder" in browser.get("/review/?left=unsure").content.decode()


def test_an_answer_on_a_pair_is_kept(site: Site) -> None:
    browser = site.client("ana")
    kind = care.person(site.workspace, "p1").identities[0].kind
    given = {"left": f"{kind}:p1", "right": f"{kind}:p2", "answer": "same"}
    assert "queda guardada" in browser.post("/review/", given, follow=True).content.decode()
    assert code_of(site, "p1") == code_of(site, "p2")
    assert browser.post("/review/", {**given, "answer": "maybe"}).status_code == 404


def test_a_rule_is_counted_as_it_is_written(site: Site) -> None:
    browser = site.client("ana")
    given = {"property": "channels", "sign": "is", "value": "phone"}
    answer = browser.post("/segments/count/", given, headers={"HX-Request": "true"})
    assert "14 personas la cumplen, 35,0" in answer.content.decode()
    wrong = browser.post("/segments/count/", {**given, "property": "chanels"})
    assert "<option selected>chanels</option>" in wrong.content.decode()


def test_what_a_rule_may_name_comes_when_it_is_known(site: Site) -> None:
    ana = site.client("ana")
    first = ana.get("/segments/").content.decode()
    assert 'hx-get="/segments/?properties=1"' in first  # nobody waits for it
    while 'hx-get="/segments/?properties=1"' in (
        part := ana.get("/segments/?properties=1").content.decode()
    ):
        time.sleep(0.05)
    assert '<option value="interactions">Cuántas interacciones</option>' in part
    assert looks() == {("segments counted", "")}


def test_a_rule_is_kept_as_a_segment_with_a_name_of_its_own(site: Site) -> None:
    browser = site.client("ana")
    given = {"property": ["channels", "interactions"], "sign": ["is", "at_least"],
             "value": ["phone", "3"], "called": "Llaman", "keep": "1"}  # fmt: skip
    page = browser.post("/segments/count/", given, follow=True).content.decode()
    assert "Llaman" in page
    assert [s.id for s in flow.segments(site.workspace)] == ["llaman"]
    twice = browser.post("/segments/count/", given).content.decode()
    assert "que aún no tenga ningún segmento" in twice
    assert len(flow.segments(site.workspace)) == 1


def test_a_document_with_a_mistake_changes_nothing_and_says_the_line(site: Site) -> None:
    browser = site.client("ana")
    sound = "segments:\n  - id: all\n    rule: [{property: interactions, at_least: 1}]\n"
    assert browser.post("/segments/", {"text": sound, "was": ""}).status_code == 302
    page = browser.post("/segments/", {"text": "segments:\n  - id: x\n", "was": sound})
    shown = page.content.decode()
    assert "Línea 2" in shown
    assert "id: x" in shown  # what was typed is still there
    assert [s.id for s in flow.segments(site.workspace)] == ["all"]


def test_two_people_who_edit_segments_do_not_overwrite_each_other(site: Site) -> None:
    browser = site.client("ana")
    sound = "segments:\n  - id: all\n    rule: [{property: interactions, at_least: 1}]\n"
    browser.post("/segments/", {"text": sound, "was": ""})
    late = browser.post("/segments/", {"text": sound.replace("all", "mine"), "was": ""})
    assert "Alguien ha cambiado" in late.content.decode()
    assert [s.id for s in flow.segments(site.workspace)] == ["all"]
