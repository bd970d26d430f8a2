"""
Nothing typed is lost, in a real browser: sessions that end, connections that drop, tabs that close.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import PASSWORD, Watched, arrived, needs_chromium, opened, served, sign_in, visit
from web_site import MAP, made_once

pytestmark = needs_chromium

SAVED = MAP + "# La llamada se mide desde mayo.\n"
RULES = """\
nodes: 1
rules:
  - {name: help, touchpoint: Llamada de ayuda}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an app that all these stories share, each on pages of its own."""
    workspace = made_once(tmp_path_factory.mktemp("site"))
    (workspace / "nodes.yaml").write_text(RULES, "utf-8")
    with served(workspace) as address:
        yield address


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    page = opened(browser, language="es")
    sign_in(page, home)
    yield page
    page.context.close()


def session_ends(page: Page) -> None:
    page.context.clear_cookies(name="trayecto")


def sign_in_again(page: Page) -> None:
    """Sign in on the page to sign in, which is where somebody stands."""
    page.locator("#id_login").wait_for()
    page.fill("#id_login", "ana@example.com")
    page.fill("#id_password", PASSWORD)
    page.click("button.main")
    expect(page.locator(".rail")).to_be_visible()


def put_back(page: Page) -> None:
    page.get_by_role("button", name="Recuperarlo").click()
    expect(page.get_by_role("status").filter(has_text="otra vez en el formulario")).to_be_visible()


def held(page: Page) -> int:
    """Return how many things this browser keeps."""
    return int(
        page.evaluate(
            "Object.keys(localStorage).filter(one => one.startsWith('trayecto.unsent')).length"
        )
    )


def test_a_text_sent_after_the_session_ended_is_put_back_and_saved(page: Page, home: str) -> None:
    watched = Watched(page)
    visit(page, f"{home}maps/buying/text/")
    page.fill("#text", SAVED)
    session_ends(page)
    page.get_by_role("button", name="Guardar").click()
    sign_in_again(page)
    assert page.url == f"{home}maps/buying/text/"
    assert page.locator("#text").input_value() == MAP
    put_back(page)
    assert page.locator("#text").input_value() == SAVED
    assert page.evaluate("document.activeElement.id") == "text"
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("[data-sheet] svg")).to_be_visible()
    assert held(page) == 0
    visit(page, f"{home}maps/buying/text/")
    assert page.locator("#text").input_value() == SAVED
    expect(page.locator(".unsent")).to_have_count(0)
    assert watched.faults == []


def test_a_comment_stays_where_it_is_typed_and_says_that_the_session_ended(
    page: Page, home: str
) -> None:
    visit(page, f"{home}maps/buying/")
    page.locator("[data-touchpoint=shop]").click()
    page.locator("[data-panel] a", has_text="omentarios").click()
    page.fill("#say", "¿Por qué llaman tanto?")
    session_ends(page)
    page.get_by_role("button", name="Comentar").click()
    expect(page.locator(".unsent.over")).to_contain_text("Tu sesión ha terminado")
    assert page.locator("#say").input_value() == "¿Por qué llaman tanto?"
    page.get_by_role("link", name="Entrar y seguir").click()
    sign_in_again(page)
    page.locator("[data-touchpoint=shop]").click()
    page.locator("[data-panel] a", has_text="omentarios").click()
    put_back(page)
    page.get_by_role("button", name="Comentar").click()
    expect(page.locator(".comment")).to_contain_text("¿Por qué llaman tanto?")
    assert held(page) == 0


def test_who_signed_in_again_in_another_tab_saves_the_page_that_is_open(
    page: Page, home: str
) -> None:
    visit(page, f"{home}maps/buying/comments/")
    page.fill("#say", "Esto lo vi en la tienda")
    session_ends(page)
    other = page.context.new_page()
    visit(other, home)
    sign_in_again(other)
    page.get_by_role("button", name="Comentar").click()
    expect(page.locator(".comment", has_text="Esto lo vi en la tienda")).to_have_count(1)
    assert held(page) == 0


def test_node_rules_come_back_with_every_row_that_was_being_written(page: Page, home: str) -> None:
    watched = Watched(page)
    visit(page, f"{home}data/rules/")
    page.click("#add")
    page.fill("[name='1.name']", "shop")
    page.fill("[name='1.touchpoint']", "La tienda")
    expect(page.locator("#trial")).to_contain_text("por reglas")
    session_ends(page)
    page.click("button[value=save]")
    sign_in_again(page)
    expect(page.locator("[name='1.name']")).to_have_count(0)
    page.get_by_role("button", name="Recuperarlo").click()
    expect(page.locator("[name='1.touchpoint']")).to_have_value("La tienda")
    assert held(page) == 1
    page.click("button[value=save]")
    page.wait_for_url("**/jobs/**")
    assert held(page) == 0
    assert watched.faults == []


def test_a_segment_half_written_survives_the_tab_that_was_closed(page: Page, home: str) -> None:
    visit(page, f"{home}segments/")
    page.locator("[name=property]").first.select_option("interactions")
    page.locator("[name=value]").first.fill("fibra")
    page.fill("#called", "Con fibra")
    context = page.context
    page.close()
    again = context.new_page()
    visit(again, f"{home}segments/")
    put_back(again)
    assert again.locator("[name=property]").first.input_value() == "interactions"
    assert again.locator("[name=value]").first.input_value() == "fibra"
    assert again.locator("#called").input_value() == "Con fibra"


def test_a_mapping_comes_back_after_the_session_ended(
    page: Page, home: str, tmp_path: Path
) -> None:
    file = tmp_path / "caja.csv"
    file.write_text("fecha;cliente;evento\n" + "02/01/2026 10:00;c1;visita\n" * 3, "utf-8")
    visit(page, f"{home}data/import/")
    page.set_input_files("#id_file", file)
    page.fill("#id_source", "caja")
    page.click("main button.main")
    page.get_by_text("La correspondencia entera, como texto").click()
    mapping = page.locator("#mapping")
    mapping.wait_for()
    typed = mapping.input_value() + "# el canal falta\n"
    mapping.fill(typed)
    session_ends(page)
    page.click("button[name=again]")
    sign_in_again(page)
    page.locator("#role_time").wait_for()
    put_back(page)
    page.locator("#mapping").wait_for()  # what was typed is to be seen
    assert page.locator("#mapping").input_value() == typed


def test_without_a_connection_nothing_is_sent_and_nothing_is_lost(page: Page, home: str) -> None:
    visit(page, f"{home}library/house/text/")
    text = page.locator("#text").input_value() + "# de la casa\n"
    page.fill("#text", text)
    page.context.set_offline(True)
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator(".unsent.over")).to_contain_text("No hay conexión")
    assert page.locator("#text").input_value() == text
    page.context.set_offline(False)
    expect(page.locator(".unsent.over")).to_contain_text("Ha vuelto la conexión")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("main")).to_contain_text("Guardado")
    assert held(page) == 0


def test_going_back_finds_what_was_typed(page: Page, home: str) -> None:
    visit(page, f"{home}maps/buying/text/")
    typed = page.locator("#text").input_value() + "# otra línea\n"
    page.fill("#text", typed)
    page.get_by_role("link", name="Mapas").click()
    page.locator("h1").wait_for()
    page.go_back()
    page.locator("#text").wait_for()
    if page.locator("#text").input_value() != typed:
        put_back(page)
    assert page.locator("#text").input_value() == typed


def test_discarding_can_be_undone_and_signing_out_leaves_nothing(page: Page, home: str) -> None:
    visit(page, f"{home}maps/buying/comments/")
    page.fill("#say", "Una idea a medias")
    visit(page, f"{home}account/")
    visit(page, f"{home}maps/buying/comments/")
    page.get_by_role("button", name="Descartarlo").click()
    assert held(page) == 0
    page.get_by_role("button", name="Deshacer").click()
    put_back(page)
    assert page.locator("#say").input_value() == "Una idea a medias"
    page.get_by_role("link", name="Salir").click()
    page.click("main button.main")
    page.locator("#id_login").wait_for()
    assert held(page) == 0


def test_passwords_and_personal_data_are_never_kept(page: Page, home: str) -> None:
    visit(page, f"{home}people/")
    page.fill("[name=search]", "ana@example.com")
    visit(page, f"{home}password/change/")
    for field in page.locator("input[type=password]").all():
        field.fill("otra larga y buena")
    visit(page, f"{home}maps/buying/share/")
    page.fill("#id_password", "fibra-2026")
    visit(page, home)
    everything = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "example.com" not in everything
    assert "larga" not in everything
    assert "fibra-2026" not in everything


def test_what_is_wrong_with_a_text_is_told_and_the_text_kept(page: Page, home: str) -> None:
    visit(page, f"{home}maps/buying/text/")
    broken = page.locator("#text").input_value() + "stages: [\n"
    page.fill("#text", broken)
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator(".notice.bad")).to_be_visible()
    assert page.locator("#text").input_value() == broken
    expect(page.get_by_role("button", name="Recuperarlo")).to_have_count(0)
    visit(page, home)
    visit(page, f"{home}maps/buying/text/")
    put_back(page)
    assert page.locator("#text").input_value() == broken


def tab_dies(page: Page) -> Page:
    """Close a tab as a crash does, asking nobody, and open another."""
    context = page.context
    page.wait_for_timeout(500)
    page.close(run_before_unload=False)
    return context.new_page()


def test_what_was_typed_in_the_panel_of_a_map_is_there_after_the_tab_died(
    page: Page, home: str
) -> None:
    visit(page, f"{home}maps/buying/")
    page.locator("[data-touchpoint=shop]").click()
    page.locator("[data-field=name] textarea[name=es]").press_sequentially(" de barrio")
    page = tab_dies(page)
    watched = Watched(page)
    visit(page, f"{home}maps/buying/")
    expect(page.locator(".unsent")).to_contain_text("no se llegó a guardar")
    page.get_by_role("button", name="Recuperarlo").click()
    expect(page.locator("[data-state]")).to_have_text("guardado")
    expect(page.locator("[data-sheet]")).to_contain_text("de barrio")
    assert held(page) == 0
    page.reload()
    arrived(page)
    expect(page.locator("[data-sheet]")).to_contain_text("de barrio")
    expect(page.locator(".unsent")).to_have_count(0)
    assert watched.faults == []


def test_what_the_panel_has_saved_leaves_nothing_behind(page: Page, home: str) -> None:
    visit(page, f"{home}maps/buying/")
    page.locator("[data-touchpoint=shop]").click()
    name = page.locator("[data-field=name] textarea[name=en]")
    name.press_sequentially(" next door")
    page.wait_for_timeout(500)
    assert held(page) == 1
    name.press("Tab")
    expect(page.locator("[data-state]")).to_have_text("guardado")
    page.wait_for_function("!Object.keys(localStorage).some(one => one.startsWith('trayecto.uns'))")
    name.press_sequentially("!")
    name.press("Backspace")
    page.wait_for_timeout(500)
    assert held(page) == 0
