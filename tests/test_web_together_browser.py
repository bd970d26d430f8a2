"""
Two people on one page in a real browser, the way back, and a connection that comes and goes: who
changed what is said, and nothing is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser import Watched, arrived, needs_chromium, opened, served, visit
from test_web_map_page import FELT, saved
from web_site import HOUSE, made_once
from web_walk import PASSWORD, Visitor, signed_in

pytestmark = needs_chromium

MAPS = ("both", "same", "offline", "back")
PEOPLE = HOUSE.replace(
    "touchpoints:",
    """  - {id: luz, name: "Luz, 61"}
  - {id: eva, name: "Eva, 22"}
touchpoints:""",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an app with a map for each story, where Ana has invited Bruno."""
    workspace = made_once(tmp_path_factory.mktemp("site"))
    for name in MAPS:
        text = FELT.replace("map: buying", f"map: {name}", 1)
        (workspace / "maps" / f"{name}.yaml").write_text(text, "utf-8")
    (workspace / "maps" / "house.yaml").write_text(PEOPLE, "utf-8")
    with served(workspace) as address:
        ana = signed_in(address)
        invited = ana.post("/team/", {"email": "bruno@example.com", "role": "2"}).text
        link = invited.split("/join/")[1].split("/")[0]
        Visitor(address).post(f"/join/{link}/", {"name": "Bruno", "password": PASSWORD})
        yield address


def page_of(browser: Browser, home: str, who: str) -> Page:
    """Return a page of somebody who has signed in."""
    visitor = Visitor(home)
    visitor.post("/sign-in/", {"login": f"{who}@example.com", "password": PASSWORD})
    page = opened(browser, language="es", width=1600)
    page.context.add_cookies(visitor.for_playwright())
    return page


def name_of(page: Page, touchpoint: str) -> Locator:
    """Open a touchpoint, and return the field of its name."""
    page.locator(f"[data-touchpoint={touchpoint}][tabindex]").click()
    field = page.locator("[data-field=name] textarea[name=es]")
    expect(page.locator("[data-panel] form[data-edits]")).to_have_attribute(
        "data-edits", f"touchpoint:{touchpoint}"
    )
    return field


def test_two_people_who_change_different_parts_both_have_their_way(
    browser: Browser, home: str
) -> None:
    ana, bruno = page_of(browser, home, "ana"), page_of(browser, home, "bruno")
    for page in (ana, bruno):
        visit(page, f"{home}maps/both/")
    first, second = name_of(ana, "ad"), name_of(bruno, "shop")
    first.fill("Lo de Ana")
    first.blur()
    saved(ana)
    second.fill("Lo de Bruno")
    second.blur()
    saved(bruno)
    for words in ("Lo de Ana", "Lo de Bruno"):
        expect(bruno.locator("[data-sheet]")).to_contain_text(words)


def test_two_people_who_change_the_same_are_told_who_did_what_and_choose(
    browser: Browser, home: str
) -> None:
    ana, bruno = page_of(browser, home, "ana"), page_of(browser, home, "bruno")
    watched = Watched(bruno)
    for page in (ana, bruno):
        visit(page, f"{home}maps/same/")
    first, second = name_of(ana, "shop"), name_of(bruno, "shop")
    first.fill("La de Ana")
    first.blur()
    saved(ana)
    second.fill("La de Bruno")
    second.blur()
    state = bruno.locator("[data-state]")
    expect(state).to_contain_text("Ana Pérez ha cambiado lo mismo")
    expect(state).to_contain_text("La de Ana")
    assert second.input_value() == "La de Bruno"
    bruno.get_by_role("button", name="Dejar lo mío").click()
    saved(bruno)
    ana.reload()
    arrived(ana)
    expect(ana.locator("[data-sheet]")).to_contain_text("La de Bruno")
    visit(ana, f"{home}maps/same/versions/")
    expect(ana.locator("main")).to_contain_text("La de Ana")  # it is still there, as a version
    # A conflict is told in words; the browser's own complaint is of the answer's number alone.
    assert [fault for fault in watched.faults if "409" not in fault] == []


def test_two_texts_of_one_map_are_merged_and_what_both_changed_is_told(
    browser: Browser, home: str
) -> None:
    ana, bruno = page_of(browser, home, "ana"), page_of(browser, home, "bruno")
    for page in (ana, bruno):
        visit(page, f"{home}maps/back/text/")
    text = ana.locator("#text").input_value()
    ana.fill("#text", text.replace("es: Tienda", "es: La de Ana"))
    ana.get_by_role("button", name="Guardar").click()
    ana.locator("[data-sheet]").wait_for()
    bruno.fill("#text", text.replace("es: Tienda", "es: La de Bruno"))
    bruno.get_by_role("button", name="Guardar").click()
    expect(bruno.locator(".notice.bad")).to_contain_text("La de Ana")
    expect(bruno.locator(".notice.bad")).to_contain_text("La de Bruno")


def test_the_way_back_shows_the_map_as_it_is_now(browser: Browser, home: str) -> None:
    page = page_of(browser, home, "ana")
    visit(page, f"{home}maps/offline/")
    name = name_of(page, "ad")
    name.fill("Anuncio en la radio")
    name.blur()
    saved(page)
    page.get_by_role("link", name="Versiones").click()
    expect(page.locator("main")).to_contain_text("Anuncio en la radio")
    page.go_back()
    expect(page.locator("[data-sheet]")).to_contain_text("Anuncio en la radio")
    # What is changed after the way back rests on what is shown, and so is no conflict with oneself.
    name = name_of(page, "ad")
    expect(name).to_have_value("Anuncio en la radio")
    name.fill("Anuncio en la prensa")
    name.blur()
    saved(page)


def test_what_is_changed_without_a_connection_arrives_in_order_when_it_is_back(
    browser: Browser, home: str
) -> None:
    page = page_of(browser, home, "ana")
    visit(page, f"{home}maps/offline/")
    level = page.locator("[data-expected=shop]")
    level.focus()
    page.context.set_offline(True)
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-state]")).to_contain_text("no hay conexión")
    page.locator("[data-expected=ad]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-said]")).to_contain_text("Anuncio")
    page.context.set_offline(False)
    saved(page)
    expect(level).to_have_attribute("aria-valuetext", "+0,5")
    expect(page.locator("[data-expected=ad]")).to_have_attribute("aria-valuetext", "0")
    page.reload()
    arrived(page)
    expect(level).to_have_attribute("aria-valuetext", "+0,5")
    expect(page.locator("[data-expected=ad]")).to_have_attribute("aria-valuetext", "0")


def test_a_library_saves_each_field_as_it_is_left_and_tells_of_a_conflict(
    browser: Browser, home: str
) -> None:
    ana, bruno = page_of(browser, home, "ana"), page_of(browser, home, "bruno")
    for page in (ana, bruno):
        visit(page, f"{home}library/house/persona/ana/")
    first = ana.locator("textarea[name='needs:es']")
    first.fill("Que funcione")
    first.blur()
    saved(ana)
    expect(ana.locator(".shown")).to_contain_text("Que funcione")
    # Another field of the older page goes in beside it; the same field is told.
    about = bruno.locator("textarea[name='about:es']")
    about.fill("Vive sola")
    about.blur()
    saved(bruno)
    second = bruno.locator("textarea[name='needs:es']")
    second.fill("Que sea barato")
    second.blur()
    state = bruno.locator("[data-state]")
    expect(state).to_contain_text("Ana Pérez ha cambiado lo mismo")
    expect(state).to_contain_text("Que funcione")
    bruno.get_by_role("button", name="Dejar lo mío").click()
    saved(bruno)
    bruno.context.set_offline(True)
    about.fill("Vive sola en Soria")
    about.blur()
    expect(state).to_contain_text("no hay conexión")
    bruno.context.set_offline(False)
    saved(bruno)
    bruno.reload()
    arrived(bruno)
    assert about.input_value() == "Vive sola en Soria"
    assert second.input_value() == "Que sea barato"
    expect(bruno.locator(".unsent")).to_have_count(0)


def test_a_library_is_put_in_order_by_mouse_and_by_keyboard(browser: Browser, home: str) -> None:
    page = page_of(browser, home, "ana")
    watched = Watched(page)
    visit(page, f"{home}library/")
    names = page.locator(".personas h4")
    expect(names).to_have_text(["Ana, 34", "Luz, 61", "Eva, 22"])
    page.locator("#later-house-persona-ana").focus()
    page.keyboard.press("Enter")
    expect(names).to_have_text(["Luz, 61", "Ana, 34", "Eva, 22"])
    assert page.evaluate("document.activeElement.id") == "later-house-persona-ana"
    page.keyboard.press("Alt+ArrowRight")
    expect(names).to_have_text(["Luz, 61", "Eva, 22", "Ana, 34"])
    assert page.evaluate("document.activeElement.id") == "earlier-house-persona-ana"
    start = page.locator("[data-item='persona:ana'] .portrait").bounding_box()
    end = page.locator("[data-item='persona:luz']").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 40)
    page.mouse.move(end["x"] + 20, end["y"] + 40)
    expect(page.locator("[data-lands=before]")).to_have_count(1)
    page.mouse.up()
    expect(names).to_have_text(["Ana, 34", "Luz, 61", "Eva, 22"])
    assert watched.faults == []


def test_an_at_offers_the_team_and_who_is_chosen_stands_out(browser: Browser, home: str) -> None:
    page = page_of(browser, home, "ana")
    visit(page, f"{home}maps/both/comments/")
    text, offered = page.locator("#say"), page.locator("[role=option]")
    text.press_sequentially("¿Y la espera, @")
    expect(offered).to_have_text(["Ana Pérez", "Bruno"])
    page.keyboard.press("ArrowDown")
    expect(text).to_have_attribute("aria-activedescendant", "name-offered-1")
    page.keyboard.press("Enter")
    expect(text).to_have_value("¿Y la espera, @Bruno ")
    expect(offered).to_have_count(0)
    text.press_sequentially("y @an")
    expect(offered).to_have_text(["Ana Pérez"])
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    text.press_sequentially("a. Escribe a juan@")
    expect(offered).to_have_count(0)
    page.locator("#comments > form button").click()
    expect(page.locator(".comment .named")).to_have_text(["@Bruno", "@ana"])


def test_a_comment_is_said_answered_changed_settled_and_deleted_without_leaving_the_map(
    browser: Browser, home: str
) -> None:
    page = page_of(browser, home, "ana")
    visit(page, f"{home}maps/back/")
    name_of(page, "shop")
    page.locator("[data-panel] a[href*=comments]").click()
    done = page.locator("#comments [role=status]")
    own = page.locator(".comment > .deeds")
    page.locator("#say").fill("¿Y la espera?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(done).to_have_text("Comentario añadido.")
    expect(done).to_be_focused()
    expect(page.locator("#part-said")).to_have_text("Comentarios: 1 por resolver")
    own.locator("summary", has_text="Responder").click()
    page.locator("textarea[id^=reply-]").fill("Se mide en tienda")
    page.get_by_role("button", name="Responder").click()
    expect(done).to_have_text("Respuesta añadida.")
    own.locator("summary", has_text="Editar").click()
    own.locator("textarea[id^=words-]").fill("¿Y la cola?")
    own.get_by_role("button", name="Guardar").click()
    expect(done).to_have_text("Comentario guardado.")
    expect(page.locator(".comment")).to_contain_text("¿Y la cola?")
    page.get_by_role("button", name="Dar por resuelto").click()
    expect(done).to_have_text("Resuelto: está abajo, con los resueltos.")
    expect(page.locator("#part-said")).to_have_text("Comentarios: 0 por resolver")
    page.get_by_text("Resueltos (1)").click()
    page.get_by_role("button", name="Volver a abrir").click()
    expect(done).to_have_text("Abierto de nuevo.")
    own.locator("summary", has_text="Editar").click()
    own.get_by_role("button", name="Eliminar el comentario").click()
    expect(page.locator(".comment")).to_contain_text("Este comentario se ha eliminado.")
    expect(page.locator(".reply")).to_contain_text("Se mide en tienda")
    assert page.url == f"{home}maps/back/"


def test_a_link_that_is_shown_once_is_copied_with_a_button(browser: Browser, home: str) -> None:
    page = page_of(browser, home, "ana")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"{home}maps/both/share/")
    page.locator("main button.main").click()
    page.locator("[data-copies=link]").click()
    expect(page.locator("[data-copies=link]")).to_have_text("Copiado")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[role=status] a").get_attribute("href")
