"""
A new user does the whole loop in a real browser: by mouse and by keyboard, in Spanish and English.

Sign up, bring in a file with another delimiter, start a map from a finished one, bind a touchpoint,
see it measured, look at the people behind a figure, comment, share, open the link as a stranger,
print. Nobody types an address: every page is reached from the one before.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser import PASSWORD, Watched, needs_chromium, opened, served, visit
from examples import lived
from trayecto.workspace import create

pytestmark = needs_chromium

STORY = "\n".join(
    f"c{i}: visita >1h tarifas >2h {'contrato[store]' if i % 4 else 'llamada[phone]'}"
    for i in range(60)
)


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

    def pick(self, selector: str, words: str) -> None:
        """Pick something out of a list; whoever types finds it by its first letters."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.type(words[:4])
        else:
            self.page.locator(selector).select_option(words)
        expect(self.page.locator(f"{selector} option:checked")).to_have_text(words)

    def choose(self, selector: str, file: Path) -> None:
        """Choose a file in the system's own window, which opens from the field."""
        with self.page.expect_file_chooser() as window:
            self.press(selector)
        window.value.set_files(file)

    def reach(self, selector: str) -> None:
        """Press Tab until the focus is there; it must be there, and be seen."""
        self.page.locator(selector).first.wait_for(state="visible")
        for _ in range(MOST_TABS):
            if self.page.evaluate("s => document.activeElement?.matches(s)", selector):
                assert self.page.evaluate(SEEN), f"nobody sees the focus on {selector}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")


MOST_TABS = 150
"""A whole round of the fullest page, a map with its panel: past the end, Tab begins anew."""
SEEN = """() => {
  const [at, drawn] = [document.activeElement, getComputedStyle(document.activeElement)];
  const { top, bottom } = at.getBoundingClientRect();
  const ring = drawn.outlineStyle !== "none" && drawn.outlineWidth !== "0px";
  return ring && bottom > 0 && top < innerHeight;
}"""


def printed(page: Page) -> str:
    """Return the words of what comes out of the printer, which is one sheet."""
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    return " ".join(sheets[0].extract_text().split())


def sign_up(hands: Hands) -> None:
    hands.write("#id_name", "Ana Pérez")
    hands.write("#id_email", "ana@example.com")
    hands.write("#id_password", PASSWORD)
    hands.press("button.main")
    expect(hands.page.locator(".rail")).to_be_visible()


def bring_in(hands: Hands, file: Path) -> None:
    hands.press("a[href='/data/']")
    hands.press("a[href='/data/import/']")
    hands.choose("#id_file", file)
    hands.write("#id_source", "tienda")
    hands.press("main button.main")
    expect(hands.page.locator("main")).to_contain_text("180", timeout=90_000)
    hands.press("button[name=bring]")
    expect(hands.page.locator("a.button[href='/nodes/']")).to_be_visible(timeout=120_000)


def start_a_map(hands: Hands) -> str:
    """Start from the first of the finished maps, and return where the new one is."""
    hands.press("a[href='/']")
    hands.press("a[href='/maps/new/']")
    hands.press(".cards button")
    expect(hands.page.locator("[data-sheet] svg")).to_be_visible()
    return urlsplit(hands.page.url).path


def bind_and_measure(hands: Hands, *, saved: str) -> None:
    """Bind a touchpoint to what the data calls it; its figures come by themselves."""
    panel = hands.page.locator("[data-panel]")
    hands.press("[data-touchpoint]")
    expect(hands.page.locator("[data-missing]")).to_be_visible()  # the data has other names
    hands.pick("#bind", "tarifas · Web · 60")
    hands.press("#bind-it")
    expect(hands.page.locator("[data-state]")).to_contain_text(saved)
    expect(panel.locator("dl dd").first).to_contain_text("60", timeout=60_000)
    expect(panel.locator(".bind li")).to_have_text(["tarifas Web · 60"])


def see_who_they_are(hands: Hands, *, at: str) -> None:
    """Go from a figure to its people, from there to one of them, and back to the map."""
    hands.press("[data-panel] [hx-get*=visitors] > summary")
    expect(hands.page.locator("[data-panel] .who a")).to_have_count(40)
    hands.press("[data-panel] .who ~ p > a")  # the whole list, with identifiers
    expect(hands.page.locator("h1 + p")).to_contain_text("60")
    hands.press("tbody th a")
    expect(hands.page.locator(".timeline")).to_contain_text("tarifas")
    hands.press(f"main a[href='{at}']")


def comment(hands: Hands) -> None:
    """Say something about a touchpoint, beside the picture."""
    hands.press("[data-touchpoint]")
    hands.press("[data-panel] a[href*=comments]")
    hands.write("#say", "Aquí falta la llamada, @Ana")
    hands.press("#comments > form button")
    expect(hands.page.locator(".comment")).to_contain_text("Aquí falta la llamada")


def share(hands: Hands, *, at: str) -> str:
    """Return the link that was made for strangers."""
    hands.press("header a[href$='/share/']")
    hands.press("main button.main")
    link = hands.page.locator("[role=status] a").get_attribute("href")
    assert link
    hands.press(f"header a[href='{at}']")
    return link


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
        visit(page, home)
        assert page.locator("html").get_attribute("lang") == language

        sign_up(hands)
        bring_in(hands, file)
        at = start_a_map(hands)
        bind_and_measure(hands, saved="guardado" if language == "es" else "saved")
        see_who_they_are(hands, at=at)
        comment(hands)
        mine = printed(page)
        stages = page.locator("[data-sheet] [data-stage] text").all_text_contents()
        assert len(stages) > 2
        stranger = opened(browser, language=language)
        beside = Watched(stranger)
        visit(stranger, share(hands, at=at))
        expect(stranger.locator(".sheet svg")).to_be_visible()
        theirs = printed(stranger)

        for paper in (mine, theirs):
            assert "60" in paper
            assert [name for name in stages if name not in paper] == []
            assert "Aquí falta" not in paper
        assert watched.elsewhere(home) + beside.elsewhere(home) == []
        assert watched.faults + beside.faults == []
