"""
Every page of the table of doors can be used by everybody: with a screen reader, in light and dark,
on a phone, on a wall, at twice the size, and with motion reduced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser import chromium, needs_chromium, opened, served, visit
from web_walk import PASSWORD, Visitor, doors, signed_in

pytestmark = needs_chromium

SIZES = {"a phone": (360, 740, 1), "200 % zoom": (640, 450, 2), "a wall": (2560, 1300, 1)}
"""Width and height of the window in its own pixels, and how many of the screen's each takes."""


@dataclass(frozen=True, slots=True)
class House:
    """The app in a browser: a page of somebody who administers it, and one of a stranger."""

    home: str
    ana: Page
    stranger: Page
    addresses: tuple[tuple[str, bool], ...]
    """Each address that shows a page, and whether it is for strangers."""

    def pages(self) -> Iterator[tuple[str, Page]]:
        """Open every page in turn, and what opens inside two of them."""
        for address, for_strangers in self.addresses:
            page = self.stranger if for_strangers else self.ana
            visit(page, self.home.rstrip("/") + address)
            yield address, page
        for address, mark in (("maps/buying/", "[data-touchpoint]"), ("nodes/", "[data-node]")):
            visit(self.ana, self.home + address)
            self.ana.locator(mark).first.focus()
            self.ana.keyboard.press("Enter")
            self.ana.locator("[data-panel] h2").wait_for()
            yield f"{address} opened", self.ana


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give the app with data and a map, one of everything in it, and two people's browsers."""
    from web_site import made_once  # it sets Django up, which only the tests of the app need

    with served(made_once(tmp_path_factory.mktemp("site"))) as home, chromium() as browser:
        assert serious(browser, home) == []  # the first visit, when there is no account yet
        ana, nobody = signed_in(home), Visitor(home)
        ana.post("/account/again/", {"password": PASSWORD})  # opens what asks once more
        found = {}
        for door in doors(ana, map="buying"):
            if door.page.startswith("take"):
                continue  # a file, and a slow one to make
            answer = (nobody if door.stranger else ana).get(door.address)
            assert answer.status < 500, door.address
            shows = answer.kind.startswith("text/html") and not answer.is_file
            there = answer.address.endswith(door.address) and "<!doctype" in answer.text[:20]
            if shows and there:
                found[door.address] = door.stranger
        found["/nothing/"] = False
        assert len(found) > 40
        mine = opened(browser, language="es")
        mine.context.add_cookies(ana.for_playwright())
        yield House(home, mine, opened(browser, language="es"), tuple(found.items()))


def serious(browser: Browser, address: str) -> list[Any]:
    page = opened(browser, language="es")
    visit(page, address)
    return found_by_axe(page)


AXE = Axe().axe_script
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""What can differ between light and dark, where nothing but colours does."""


def found_by_axe(page: Page) -> list[Any]:
    """Return the serious and critical findings, in light and in dark, each with where."""
    found = []
    page.evaluate(AXE)  # it takes as long to bring as to run
    for scheme, rules in (("light", None), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        asked = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        told = page.evaluate("asked => axe.run(asked).then((told) => told.violations)", asked)
        for one in told:
            if one["impact"] in ("serious", "critical"):
                where = [node["target"] for node in one["nodes"]][:3]
                found.append((scheme, one["id"], where))
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen on one page."""

    faults: list[Any]
    too_wide: list[str]
    sideways: list[str]
    moving: bool


@pytest.fixture(scope="module")
def looked(house: House) -> dict[str, Looked]:
    """Return what was seen on every page; each is opened once, for it takes a while."""
    return {
        address: Looked(found_by_axe(page), *squeezed(page), page.evaluate(_MOVES))
        for address, page in house.pages()
    }


_MOVES = "document.getAnimations().some(one => one.playState === 'running')"
_WIDE = "document.documentElement.scrollWidth > innerWidth + 1"
_SIDEWAYS = """[...document.querySelectorAll("main .wide")]
  .filter((table) => table.scrollWidth > table.clientWidth + 1)
  .map((table) => table.innerText.slice(0, 60))"""
_PAPER = "getComputedStyle(document.querySelector('.sheet svg > rect')).fill"


def squeezed(page: Page) -> tuple[list[str], list[str]]:
    """Return in which windows a page scrolls sideways, and which tables do on a phone."""
    session = page.context.new_cdp_session(page)
    wide: list[str] = []
    sideways: list[str] = []
    for name, (width, height, scale) in SIZES.items():
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale}
        session.send("Emulation.setDeviceMetricsOverride", {**metrics, "mobile": False})
        if page.evaluate(_WIDE):
            wide.append(name)
        if name == "a phone":
            sideways = page.evaluate(_SIDEWAYS)
    session.send("Emulation.clearDeviceMetricsOverride")
    session.detach()
    return wide, sideways


def test_a_screen_reader_meets_no_serious_fault_in_light_or_dark(
    looked: dict[str, Looked],
) -> None:
    assert {address: one.faults for address, one in looked.items() if one.faults} == {}


def test_no_page_is_wider_than_a_phone_a_wall_or_twice_the_size(
    looked: dict[str, Looked],
) -> None:
    assert {address: one.too_wide for address, one in looked.items() if one.too_wide} == {}


def test_every_table_reads_on_a_phone_without_scrolling_sideways(
    looked: dict[str, Looked],
) -> None:
    assert {address: one.sideways for address, one in looked.items() if one.sideways} == {}


def test_a_picture_takes_the_dark_and_its_print_the_colours_of_paper(house: House) -> None:
    house.ana.emulate_media(color_scheme="dark")
    visit(house.ana, house.home + "maps/buying/")
    assert house.ana.evaluate(_PAPER) == "rgb(25, 24, 23)"
    house.ana.emulate_media(color_scheme="dark", media="print")
    assert house.ana.evaluate(_PAPER) == "rgb(251, 250, 246)"
    house.ana.emulate_media(color_scheme="light", media="screen")
    assert house.ana.evaluate(_PAPER) == "rgb(251, 250, 246)"


def test_nothing_moves_where_the_device_asks_for_less_motion(looked: dict[str, Looked]) -> None:
    assert [address for address, one in looked.items() if one.moving] == []
