"""
The page of a map as a place to work, in a real browser: by pointer and by keyboard.

The expected curve is moved, layers are switched, whom the figures are about is chosen, and what
nobody drew is put on the map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import Watched, arrived, needs_chromium, opened, served, sign_in, visit
from web_site import MAP, made_once

pytestmark = needs_chromium

FELT = MAP.replace(
    "nodes: [{touchpoint: ad}]}", "nodes: [{touchpoint: ad}], emotion: {level: 1}}"
).replace("nodes: [{touchpoint: shop}]}", "nodes: [{touchpoint: shop}], emotion: {level: -0.5}}")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[str]:
    """Give the address of an app whose map expects feelings."""
    workspace = made_once(tmp_path)
    (workspace / "maps" / "buying.yaml").write_text(FELT, "utf-8")
    with served(workspace) as address:
        yield address


def level(page: Page, touchpoint: str) -> str | None:
    return page.locator(f"[data-expected={touchpoint}]").get_attribute("aria-valuetext")


def saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text("guardado")


def test_the_expected_curve_is_moved_by_hand_and_by_keyboard_and_undone(
    browser: Browser, home: str
) -> None:
    page = opened(browser, language="es")
    watched = Watched(page)
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    point = page.locator("[data-expected=ad]")
    assert level(page, "ad") == "+1"

    # Half of the way from +2 to −2 is two levels.
    top, bottom = (float(point.get_attribute(f"data-{end}") or 0) for end in ("top", "bottom"))
    dot = point.locator("circle").last.bounding_box()
    scale = page.evaluate("document.querySelector('[data-sheet] svg').getScreenCTM().a")
    assert dot
    x, y = dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 10)
    page.mouse.move(x, y + scale * (bottom - top) / 2)
    assert level(page, "ad") == "−1"
    page.mouse.up()
    saved(page)
    expect(page.locator("[data-said]")).to_have_text("Emoción esperada en Anuncio: de +1 a −1.")

    # Two presses are one change, and the focus stays where it was.
    page.locator("[data-expected=shop]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-said]")).to_have_text("Emoción esperada en Tienda: de −0,5 a +1,5.")
    saved(page)
    assert page.evaluate("document.activeElement.dataset.expected") == "shop"
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("[data-expected=shop]")).to_have_attribute("aria-valuetext", "−0,5")
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("[data-expected=ad]")).to_have_attribute("aria-valuetext", "+1")
    page.reload()
    arrived(page)
    assert level(page, "ad") == "+1"
    assert watched.faults == []


def test_layers_are_switched_where_the_picture_stands_and_stay_so(
    browser: Browser, home: str
) -> None:
    page = opened(browser, language="es")
    watched = Watched(page)
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    picture = page.locator("[data-sheet] svg")
    tall = float(picture.get_attribute("height") or 0)

    measured = page.get_by_role("switch", name="Medido")
    measured.focus()
    page.keyboard.press("Space")
    expect(measured).not_to_be_checked()
    expect(page.locator("[data-layer=measured]").first).to_be_hidden()
    expect(page.locator("[data-expected=ad]")).to_be_visible()
    assert float(picture.get_attribute("height") or 0) < tall
    assert not any("/picture/" in address for address in watched.addresses)
    expect(page).to_have_url(re.compile(r"\?off=measured$"))

    page.reload()
    arrived(page)
    expect(page.get_by_role("switch", name="Medido")).not_to_be_checked()
    expect(page.locator("[data-layer=measured]").first).to_be_hidden()
    page.get_by_role("switch", name="Medido").check()
    expect(page.locator("[data-layer=measured]").first).to_be_visible()
    assert float(page.locator("[data-sheet] svg").get_attribute("height") or 0) == tall
    assert watched.faults == []


def test_whose_journeys_it_is_about_is_chosen_and_can_be_sent(browser: Browser, home: str) -> None:
    page = opened(browser, language="es")
    sign_in(page, home)
    visit(page, f"{home}maps/buying/?off=votes")
    page.get_by_label("que han usado").select_option("phone")
    page.get_by_label("desde").fill("2026-03-01")
    page.get_by_role("button", name="Ver", exact=True).click()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"channel": ["phone"], "since": ["2026-03-01"], "off": ["votes"]}
    # Fourteen of forty called.
    page.locator("[data-touchpoint=shop]").click()
    expect(page.locator("[data-panel] dl dd").first).to_have_text("14")
    page.get_by_text("Quiénes son y qué escribieron").click()
    expect(page.locator(".who li")).to_have_count(14)
    page.get_by_role("link", name="Ver a todo el mundo").click()
    assert parse_qs(urlsplit(page.url).query) == {"off": ["votes"]}


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_what_nobody_drew_is_put_on_a_stage_measured_and_taken_back(
    browser: Browser, home: str, keyboard: bool
) -> None:
    page = opened(browser, language="es", width=1600)
    watched = Watched(page)
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    page.get_by_role("button", name="Sin dibujar: 1").click()
    node = page.locator("[data-node=help]")
    if keyboard:
        node.locator("select").focus()
        page.keyboard.type("Comprar")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    else:
        node.hover()
        page.mouse.down()
        stage = page.locator("[data-stage=order]").bounding_box()
        assert stage
        page.mouse.move(stage["x"] + 5, stage["y"] + 60)
        expect(page.locator(".landing")).to_have_count(1)
        page.mouse.move(stage["x"] + 6, stage["y"] + 60)
        page.mouse.up()
    expect(page.locator("[data-said]")).to_have_text("help ya está en el mapa, en Comprar.")
    # Dropped before the order, or put where customers meet it; then measured: fourteen called.
    expect(page.locator("[data-touchpoint=help]")).to_be_visible()
    expect(page.locator("[data-touchpoint=help] title")).to_contain_text("14 personas")
    expect(page.locator("[data-undrawn]")).to_have_count(0)
    order = page.locator("[data-touchpoint]").evaluate_all("m => m.map((one) => one.id)")
    assert order == [
        "tp-ad",
        "tp-shop",
        *(("tp-buy", "tp-help") if keyboard else ("tp-help", "tp-buy")),
    ]
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("[data-touchpoint=help]")).to_have_count(0)
    expect(page.locator("[data-undrawn=help]")).to_be_visible()
    assert watched.faults == []


def test_who_moves_a_touchpoint_unseen_hears_where_it_stands(browser: Browser, home: str) -> None:
    page = opened(browser, language="es")
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    said = page.locator("[data-said]")
    page.locator("[data-touchpoint=ad]").focus()
    for heard in ("En Mirar, puesto 2 de 2.", "En Comprar, puesto 1 de 2."):
        page.keyboard.press("Alt+ArrowRight")
        expect(said).to_have_text(heard)
    page.keyboard.press("ControlOrMeta+z")
    expect(said).to_have_text("Deshecho.")
    saved(page)
    page.keyboard.press("ControlOrMeta+y")
    expect(said).to_have_text("Rehecho.")


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_a_stage_is_moved_opened_and_renamed(browser: Browser, home: str, keyboard: bool) -> None:
    page = opened(browser, language="es", width=1600)
    watched = Watched(page)
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    look, order = page.locator("[data-stage=look]"), page.locator("[data-stage=order]")
    if keyboard:
        look.focus()
        page.keyboard.press("Alt+ArrowRight")
    else:
        start, end = look.bounding_box(), order.bounding_box()
        assert start
        assert end
        middle = start["y"] + start["height"] / 2
        page.mouse.move(start["x"] + 40, middle)
        page.mouse.down()
        page.mouse.move(end["x"] + end["width"] - 40, middle)
        expect(page.locator(".landing")).to_have_count(1)
        page.mouse.move(end["x"] + end["width"] - 42, middle)
        page.mouse.up()
    saved(page)
    expect(page.locator("[data-stage]").first).to_have_attribute("data-stage", "order")
    expect(page.locator("[data-said]")).to_have_text("Etapa 2 de 2.")
    if keyboard:
        assert page.evaluate("document.activeElement.dataset.stage") == "look"
        page.keyboard.press("Enter")
    else:
        look.click()
    name = page.locator("[data-field=name] textarea[name=es]")
    expect(name).to_have_value("Mirar")
    name.fill("Informarse")
    name.blur()
    expect(look).to_contain_text("Informarse")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.stage") == "look"
    assert watched.faults == []


def test_a_question_mark_opens_the_keys_of_the_page_and_keeps_the_focus_inside(
    browser: Browser, home: str
) -> None:
    page = opened(browser, language="es")
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    page.locator("[data-expected=ad]").focus()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Atajos de teclado de esta página")
    expect(sheet).to_contain_text("un nivel mejor")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('main, .rail')")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.expected") == "ad"
    visit(page, f"{home}data/")
    page.get_by_role("button", name="Atajos").click()
    expect(sheet).to_be_visible()
    expect(sheet).not_to_contain_text("un nivel mejor")


def test_nothing_is_lost_without_a_connection_or_when_the_session_ends(
    browser: Browser, home: str
) -> None:
    page = opened(browser, language="es")
    sign_in(page, home)
    visit(page, f"{home}maps/buying/")
    page.locator("[data-touchpoint=shop]").click()
    name = page.locator("[data-field=name] textarea[name=es]")
    state = page.locator("[data-state]")

    page.context.set_offline(True)
    name.fill("Tienda sin red")
    name.blur()
    expect(state).to_contain_text("no hay conexión")
    page.context.set_offline(False)
    saved(page)

    page.context.clear_cookies(name="trayecto")
    name.fill("Tienda sin sesión")
    name.blur()
    expect(state).to_contain_text("Tu sesión ha terminado")
    assert name.input_value() == "Tienda sin sesión"
    other = page.context.new_page()
    sign_in(other, home)
    saved(page)
    visit(other, f"{home}maps/buying/")
    expect(other.locator("[data-sheet]")).to_contain_text("Tienda sin sesión")


def test_the_first_data_change_the_whole_page_of_a_map(browser: Browser, tmp_path: Path) -> None:
    workspace = made_once(tmp_path)
    lake = (workspace / "lake").rename(tmp_path / "later")
    with served(workspace) as home:
        page = opened(browser, language="es")
        sign_in(page, home)
        visit(page, f"{home}maps/buying/")
        expect(page.get_by_text("Todavía no hay interacciones")).to_be_visible()
        expect(page.get_by_label("que han usado")).to_have_count(0)
        expect(page.locator("main").get_by_role("link", name="Importar datos")).to_be_visible()

        copytree(lake, workspace / "lake", dirs_exist_ok=True)
        page.reload()
        arrived(page)
        expect(page.get_by_label("que han usado")).to_be_visible()
        expect(page.get_by_text("El mapa aún no se puede medir")).to_have_count(0)
