"""
Pictures on a phone are shown whole, and grow where they are tapped; a map can be read in words.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import needs_chromium, opened, served, sign_in, visit
from web_site import made_once

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an app with data and a map."""
    with served(made_once(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, home: str) -> Iterator[Page]:
    """Give a map on a phone."""
    page = opened(browser, language="es", width=390)
    sign_in(page, home)
    visit(page, home + "maps/buying/")
    page.locator("[data-touchpoint][tabindex]").first.wait_for()
    yield page
    page.context.close()


def sideways(page: Page) -> bool:
    return bool(page.locator("[data-sheet]").evaluate("s => s.scrollWidth > s.clientWidth + 1"))


def test_a_picture_is_whole_first_and_large_where_it_was_tapped(phone: Page) -> None:
    assert not sideways(phone)
    shop = phone.locator("[data-touchpoint=shop]").first
    box = shop.bounding_box()
    assert box
    phone.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert sideways(phone)
    expect(phone.locator("[data-panel] h2")).to_have_count(0)  # so small, it opens nothing yet
    near = shop.bounding_box()
    assert near
    assert near["x"] >= -1
    assert near["x"] + near["width"] <= 391
    shop.click()
    expect(phone.locator("[data-panel] h2")).to_have_text("Tienda")


def test_by_keyboard_a_button_enlarges_and_a_second_press_shows_it_whole_again(
    phone: Page,
) -> None:
    button = phone.locator("[data-zoom] button")
    button.press("Enter")
    expect(button).to_have_text("Verla entera")
    assert sideways(phone)
    assert phone.evaluate("document.activeElement.matches('[data-sheet]')")  # arrows scroll it
    button.press("Enter")
    expect(button).to_have_text("Ampliar la imagen")
    assert not sideways(phone)


def test_a_map_is_read_stage_by_stage_and_a_name_opens_and_takes_back(phone: Page) -> None:
    words = phone.locator("[data-reading]")
    assert words.locator("h2").all_text_contents() == ["Mirar", "Comprar"]
    assert words.locator("[data-opens]").all_text_contents() == ["Anuncio", "Tienda", "Pedido"]
    expect(words).to_contain_text("40 personas")
    words.get_by_text("Pedido").press("Enter")
    expect(phone.locator("[data-panel] h2")).to_have_text("Pedido")
    phone.keyboard.press("Escape")
    assert phone.evaluate("document.activeElement.textContent") == "Pedido"


def test_what_is_told_in_words_follows_a_change(phone: Page) -> None:
    phone.locator("[data-reading] [data-opens]").first.click()
    field = phone.locator("[data-panel] form[data-edits] textarea").first
    field.fill("Cartel")
    field.blur()
    expect(phone.locator("[data-reading] [data-opens]").first).to_have_text("Cartel")
