"""
A map on a tablet and a phone: touchpoints, stages and the expected emotion moved with a finger,
and everything else still scrolls. The touches are those of the browser itself, not made-up events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser import arrived, needs_chromium, served, sign_in, visit
from test_web_map_page import FELT, saved
from web_site import made_once

pytestmark = needs_chromium

REST = 500
"""Milliseconds: longer than a finger must rest to take hold."""


@dataclass(frozen=True, slots=True)
class Finger:
    """One finger on the screen of a page."""

    page: Page

    def drag(self, x: float, y: float, *, by: tuple[float, float], rest: int) -> None:
        """Put the finger down, let it rest, draw it away in small steps, and lift it."""
        session = self.page.context.new_cdp_session(self.page)

        def touch(kind: str, *points: dict[str, float]) -> None:
            told = {"type": kind, "touchPoints": list(points)}
            session.send("Input.dispatchTouchEvent", told)

        touch("touchStart", {"x": x, "y": y})
        self.page.wait_for_timeout(rest)
        for step in range(1, 11):
            touch("touchMove", {"x": x + by[0] * step / 10, "y": y + by[1] * step / 10})
            self.page.wait_for_timeout(30)
        touch("touchEnd")
        session.detach()


MAPS = ("buying", "scrolled", "dragged-far", "felt")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an app with a map for each story."""
    workspace = made_once(tmp_path_factory.mktemp("site"))
    for name in MAPS:
        text = FELT.replace("map: buying", f"map: {name}", 1)
        (workspace / "maps" / f"{name}.yaml").write_text(text, "utf-8")
    with served(workspace) as address:
        yield address


def touched(browser: Browser, home: str, *, map: str, width: int, height: int) -> Page:
    context = browser.new_context(
        locale="es-ES", has_touch=True, is_mobile=True, reduced_motion="reduce",
        viewport={"width": width, "height": height},
    )  # fmt: skip
    context.set_default_timeout(60_000)
    page = context.new_page()
    sign_in(page, home)
    visit(page, f"{home}maps/{map}/")
    page.locator("[data-touchpoint][tabindex]").first.wait_for()
    if width < 720:  # a phone shows the picture whole first
        page.locator("[data-zoom] button").tap()
        expect(page.locator("[data-sheet]")).to_have_class(re.compile("large"))
    return page


def middle(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def order(page: Page, kind: str) -> list[str]:
    """Return the touchpoints or stages as they stand, each once."""
    marks = page.locator(f"[data-{kind}]").evaluate_all(f"m => m.map(one => one.dataset.{kind})")
    return list(dict.fromkeys(marks))


def test_a_finger_that_rests_moves_a_touchpoint_and_then_a_stage(
    browser: Browser, home: str
) -> None:
    page = touched(browser, home, map="buying", width=1180, height=820)
    finger = Finger(page)
    assert order(page, "touchpoint") == ["ad", "shop", "buy"]
    x, y = middle(page.locator("[data-touchpoint=ad]").first)
    end = page.locator("[data-touchpoint=shop]").first.bounding_box()
    assert end
    finger.drag(x, y, by=(end["x"] + end["width"] + 4 - x, 0), rest=REST)
    saved(page)
    expect(page.locator("[data-touchpoint]").first).to_have_attribute("data-touchpoint", "shop")
    assert order(page, "touchpoint") == ["shop", "ad", "buy"]
    # A drag opens nothing; a tap does.
    expect(page.locator("[data-panel] h2")).to_have_count(0)

    x, y = middle(page.locator("[data-stage=look]"))
    end = page.locator("[data-stage=order]").bounding_box()
    assert end
    finger.drag(x, y, by=(end["x"] + end["width"] - 6 - x, 0), rest=REST)
    expect(page.locator("[data-stage]").first).to_have_attribute("data-stage", "order")
    saved(page)
    page.locator("[data-stage=look]").tap()
    expect(page.locator("[data-panel] h2")).to_have_text("Mirar")
    page.reload()
    arrived(page)
    page.locator("[data-stage]").first.wait_for()
    assert order(page, "stage") == ["order", "look"]
    page.context.close()


def test_a_finger_that_goes_on_scrolls_the_page_and_moves_nothing(
    browser: Browser, home: str
) -> None:
    page = touched(browser, home, map="scrolled", width=390, height=600)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    x, y = middle(page.locator("[data-touchpoint=ad]").first)
    before = page.evaluate("scrollY")
    Finger(page).drag(x, min(y, 500), by=(0, -200), rest=0)
    page.wait_for_function("before => scrollY > before + 60", arg=before)
    sideways = page.locator("[data-sheet]")
    at = middle(page.locator("[data-touchpoint=ad]").first)
    Finger(page).drag(*at, by=(-120, 0), rest=0)
    page.wait_for_function("sheet => sheet.scrollLeft > 40", arg=sideways.element_handle())
    assert order(page, "touchpoint") == ["ad", "shop", "buy"]
    assert not any("/edit/" in address for address in asked)
    page.context.close()


def test_on_a_phone_what_is_held_near_the_edge_brings_the_rest_along(
    browser: Browser, home: str
) -> None:
    page = touched(browser, home, map="dragged-far", width=390, height=780)
    x, y = middle(page.locator("[data-touchpoint=ad]").first)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    page.wait_for_timeout(REST)
    touch("touchMove", {"x": 360, "y": y})
    sheet = page.locator("[data-sheet]").element_handle()
    page.wait_for_function(
        "sheet => sheet.scrollLeft >= sheet.scrollWidth - sheet.clientWidth - 1", arg=sheet
    )
    touch("touchMove", {"x": 362, "y": y})
    touch("touchEnd")
    expect(page.locator("[data-touchpoint]").first).to_have_attribute("data-touchpoint", "shop")
    assert order(page, "touchpoint") == ["shop", "buy", "ad"]
    page.context.close()


def test_the_expected_emotion_follows_a_finger_and_the_page_stays_where_it_is(
    browser: Browser, home: str
) -> None:
    page = touched(browser, home, map="felt", width=1180, height=820)
    point = page.locator("[data-expected=ad]")
    assert point.get_attribute("aria-valuetext") == "+1"
    top, bottom = (float(point.get_attribute(f"data-{end}") or 0) for end in ("top", "bottom"))
    scale = page.evaluate("document.querySelector('[data-sheet] svg').getScreenCTM().a")
    point.scroll_into_view_if_needed()
    x, y = middle(point.locator("circle").last)
    before = page.evaluate("scrollY")
    Finger(page).drag(x, y, by=(0, scale * (bottom - top) / 2), rest=0)
    expect(page.locator("[data-said]")).to_have_text("Emoción esperada en Anuncio: de +1 a −1.")
    saved(page)
    assert page.evaluate("scrollY") == before
    page.context.close()
