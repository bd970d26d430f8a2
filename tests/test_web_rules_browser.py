"""A rule of nodes in a real browser, by keyboard alone: written, tried, moved and put in force."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from browser import PASSWORD, Watched, needs_chromium, opened, served, visit

pytestmark = needs_chromium


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    page.locator(selector).first.wait_for(state="visible")
    for _ in range(400):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page: Page, selector: str) -> None:
    reach(page, selector)
    page.keyboard.press("Enter")


def write(page: Page, selector: str, words: str) -> None:
    reach(page, selector)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(words)
    page.keyboard.press("Tab")


def test_a_rule_is_written_tried_and_put_in_force_by_keyboard_alone(
    browser: Browser, tmp_path: Path
) -> None:
    from web_site import made_once  # it sets Django up, which only the tests of the app need

    with served(made_once(tmp_path)) as home:
        page = opened(browser, language="es")
        watched = Watched(page)
        visit(page, home)
        page.fill("#id_name", "Ana")
        page.fill("#id_email", "ana@example.com")
        page.fill("#id_password", PASSWORD)
        page.click("button.main")
        expect(page.locator(".rail")).to_be_visible()
        visit(page, home + "data/rules/")
        expect(page.locator("#trial")).to_contain_text("120 interacciones = 0 por reglas")
        press(page, "#add")
        write(page, "[name='0.name']", "help")
        write(page, "[name='0.touchpoint']", "Llamada de ayuda")
        expect(page.locator("#trial")).to_contain_text("120 interacciones = 14 por reglas")
        press(page, "#add")
        write(page, "[name='1.name']", "ad")
        press(page, "#up-1")
        expect(page.locator("[name='0.name']")).to_have_value("ad")
        press(page, "button[value=save]")
        expect(page.locator("main")).to_contain_text("2 no aciertan", timeout=120_000)
        visit(page, home + "data/glossary/")
        write(page, "input[name=find]", "llamada ayuda")
        expect(page.locator("#found")).to_contain_text("1 de 4 nodos, con 14 interacciones.")
        assert watched.elsewhere(home) == []
        assert watched.faults == []
