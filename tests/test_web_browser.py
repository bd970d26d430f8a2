"""
A new user does the whole loop in a real browser: by mouse and by keyboard, in Spanish and English.

Sign up, bring in a file with another delimiter, start a map from a finished one, bind a touchpoint,
see it measured, comment, share, open the link as a stranger, print.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import PASSWORD, Watched, chromium, needs_chromium, opened, served
from examples import lived
from trayecto.workspace import create

pytestmark = [needs_chromium, pytest.mark.xdist_group("browser")]

STORY = "\n".join(
    f"c{i}: visita >1h tarifas >2h {'contrato[store]' if i % 4 else 'llamada[phone]'}"
    for i in range(60)
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def export(folder: Path) -> Path:
    """Write what a till exports: semicolons, and days before months."""
    file = folder / "tienda.csv"
    rows = [f"{at:%d/%m/%Y %H:%M};{who};{what};{where}" for who, at, what, where in lived(STORY)]
    file.write_text("\n".join(["fecha;cliente;evento;canal", *rows]), "cp1252")
    return file


class Hands:
    """Somebody who works with the mouse, or with the keyboard alone."""

    def __init__(self, page: Page, *, keyboard: bool) -> None:
        self.page, self.keyboard = page, keyboard

    def press(self, selector: str) -> None:
        """Press a button, a link or a part of a picture."""
        if not self.keyboard:
            self.page.locator(selector).first.click()
            return
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        """Fill in a field, and leave it."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(words)
            self.page.keyboard.press("Tab")
        else:
            self.page.locator(selector).first.fill(words)
            self.page.locator(selector).first.blur()

    def reach(self, selector: str) -> None:
        """Press Tab until the focus is there; it must be there, and be seen."""
        self.page.locator(selector).first.wait_for(state="visible")
        for _ in range(400):
            if self.page.evaluate("s => document.activeElement?.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_a_new_user_does_the_whole_loop(
    browser: Browser, tmp_path: Path, keyboard: bool, language: str
) -> None:
    workspace = create(tmp_path / "workspace", language="es", buckets=2)
    file = export(tmp_path)
    with served(workspace.folder) as home:
        page = opened(browser, language=language)
        watched, hands = Watched(page), Hands(page, keyboard=keyboard)

        page.goto(home)
        assert page.locator("html").get_attribute("lang") == language
        hands.write("#id_name", "Ana Pérez")
        hands.write("#id_email", "ana@example.com")
        hands.write("#id_password", PASSWORD)
        hands.press("button.main")
        expect(page.locator(".rail")).to_be_visible()

        hands.press("a[href='/data/']")
        hands.press("a[href='/data/import/']")
        page.set_input_files("#id_file", file)  # the system's own window, for both
        hands.write("#id_source", "tienda")
        hands.press("main button.main")
        expect(page.locator("main")).to_contain_text("180", timeout=90_000)
        hands.press("button[name=bring]")
        expect(page.locator("a.button[href='/nodes/']")).to_be_visible(timeout=120_000)

        hands.press("a[href='/']")
        hands.press("a[href='/maps/new/']")
        hands.press(".cards button")
        expect(page.locator("[data-sheet] svg")).to_be_visible()
        at = page.url

        hands.press("[data-touchpoint]")
        field = "[data-field=nodes] textarea"
        hands.write(field, '[{"touchpoint": ["tarifas"]}]')
        expect(page.locator("[data-state]")).to_contain_text(
            "guardado" if language == "es" else "saved"
        )
        page.reload()
        hands.press("[data-touchpoint]")
        expect(page.locator("[data-panel] dl dd").first).to_contain_text("60", timeout=60_000)

        page.goto(f"{at}comments/")
        hands.write("#say", "Aquí falta la llamada, @Ana")
        hands.press("#comments > form button")
        expect(page.locator(".comment")).to_contain_text("Aquí falta la llamada")

        page.goto(f"{at}share/")
        hands.press("main button.main")
        link = page.locator("[role=status] a").get_attribute("href")
        assert link
        stranger = opened(browser, language=language)
        beside = Watched(stranger)
        stranger.goto(link)
        expect(stranger.locator(".sheet svg")).to_be_visible()
        assert stranger.pdf().startswith(b"%PDF")

        assert watched.elsewhere(home) + beside.elsewhere(home) == []
        assert watched.faults + beside.faults == []
