"""
Make the screenshots of the docs anew: `make screenshots`.

Serves the demo's simulated company, signs in, and takes each main page in Chromium, in both
languages, as WebP of 150 KB at most, to docs/pictures/web. Chromium writes dates and the words of
fields for files in its own language, so it must have the two: Debian's has others than English with
the package chromium-l10n.

    python tools/screenshots.py [NAME …]     (without a name: every picture)
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from playwright.sync_api import Browser, Page

from browser import chromium, served
from trayecto.demo import run
from trayecto.demo.company.people import PEOPLE
from trayecto.vocabulary.text import LANGUAGES, Language
from web_walk import Visitor, signed_in

PICTURES = Path(__file__).parent.parent / "docs" / "pictures" / "web"
_LOCALES = {"es": "es-ES", "en": "en-GB"}
WIDTH, LARGEST = 1280, 150_000
LEAST_HIGH, MOST_HIGH = 560, 1_100
_END = """Math.max(
  ...[...document.querySelectorAll("main > *")].map((part) => part.getBoundingClientRect().bottom)
)"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page, what is pressed on it first, and what must be there to see."""

    name: str
    address: str
    seen: str
    press: str = ""
    dark: bool = False


_FUNNEL = [
    ("step", "ad_click"), ("step", "plans_page"), ("step", "contract_signed"),
    ("step", "first_connection"), ("step", "first_invoice"), ("within", "60d"),
]  # fmt: skip
_EDITED = (
    ("review: 2027-01-31", "review: 2027-04-30"),
    ('es: "SMS de recibido", en: "SMS: received"',
     'es: "SMS con quién lo lleva", en: "SMS: who takes care of it"'),
    ('es: "Un número. ¿Y ahora qué?", en: "A number. And now?"',
     'es: "Ya sé quién lo mira", en: "Now I know who is on it"'),
)  # fmt: skip
"""What a team changes in the map of a fault, one version after another."""
_SEGMENTS = """\
segments:
  - id: freelancers
    name: {es: Autónomos, en: Freelancers}
    rule: [{property: segment, is: [autonomo]}]
  - id: often
    name: {es: Quienes más nos buscan, en: Those who come most}
    rule: [{property: interactions, at_least: 30}]
"""
_MEASURED = "main:not(:has(td[colspan], [hx-trigger*='delay'])) #week.week"
"""Every map has its figures, and nothing of the page is still to come."""

SHOTS = (
    Shot("home", "/", _MEASURED),
    Shot("map", "/maps/fibre/", "[data-sheet] svg"),
    Shot("map-touchpoint", "/maps/fibre/", "[data-panel] h2", press="[data-touchpoint]"),
    Shot("map-dark", "/maps/fibre/", "[data-sheet] svg", dark=True),
    Shot("versions", "/maps/repair/versions/1/", "main svg"),
    Shot("share", "/maps/fibre/share/", "main form"),
    Shot("new-map", "/maps/new/", ".cards"),
    Shot("nodes", "/nodes/", "[data-sheet] svg"),
    Shot("nodes-opened", "/nodes/", "[data-panel] h2", press="[data-node]"),
    Shot("funnel", f"/questions/funnel/?{urlencode(_FUNNEL)}", "main table"),
    Shot("paths", "/questions/variants/", "main table"),
    Shot("people", "/people/?node=ad_click", "main table"),
    Shot("person", "PERSON", ".timeline"),
    Shot("segments", "/segments/", "main tbody tr:nth-child(2)"),
    Shot("data", "/data/", "main table"),
    Shot("import", "/data/import/", "main form"),
    Shot("team", "/team/", "main table"),
    Shot("account", "/account/", "main form"),
    Shot("second-step", "/account/second/", "main h1"),
    Shot("method", "/method/", "main h1"),
    Shot("shared", "SHARED", ".sheet svg"),
)


def taken(page: Page) -> bytes:
    """Return what is on the screen, down to where the page ends, as WebP that is not too heavy."""
    height = min(max(page.evaluate(_END) + 48, LEAST_HIGH), MOST_HIGH)
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
    session = page.context.new_cdp_session(page)
    for quality in (90, 80, 70, 60, 50, 40):
        told = session.send(
            "Page.captureScreenshot", {"format": "webp", "quality": quality, "clip": clip}
        )
        picture = base64.b64decode(told["data"])
        if len(picture) <= LARGEST:
            break
    session.detach()
    return picture


def stop_unless_spoken(browser: Browser, language: Language) -> None:
    """Stop where Chromium would write its own words in another language."""
    page = browser.new_page()
    spoken = page.evaluate("navigator.language")
    page.close()
    if not spoken.startswith(language):
        sys.exit(f"Chromium speaks {spoken}, not {language}: install chromium-l10n.")


def shoot(
    browser: Browser,
    ana: Visitor,
    language: Language,
    parts: dict[str, str],
    *,
    wanted: Sequence[str],
) -> None:
    """Take the pictures that are wanted, or every one, in one language."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": MOST_HIGH},
        locale=_LOCALES[language],
        reduced_motion="reduce",
    )
    context.add_cookies(ana.for_playwright())
    page = context.new_page()
    page.set_default_timeout(120_000)
    for shot in (one for one in SHOTS if not wanted or one.name in wanted):
        page.emulate_media(
            color_scheme="dark" if shot.dark else "light",
            # Without motion the explorer offers no replay.
            reduced_motion="no-preference" if shot.name.startswith("nodes") else "reduce",
        )
        page.goto(ana.home + parts.get(shot.address, shot.address))
        if shot.press:
            page.locator(shot.press).first.wait_for()
            page.locator(shot.press).first.focus()
            page.keyboard.press("Enter")
        page.locator(shot.seen).first.wait_for()
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0); document.fonts.ready")
        page.wait_for_timeout(300)
        picture = taken(page)
        file = PICTURES / language / f"{shot.name}.webp"
        file.write_bytes(picture)
        print(f"{file.relative_to(PICTURES.parent.parent.parent)} {len(picture) / 1000:.0f} KB")
    context.close()


def edited(ana: Visitor, file: Path) -> None:
    """Change a map a few times, so that it has versions to look at."""
    text = file.read_text("utf-8")
    for number, (before, after) in enumerate(_EDITED, 1):
        assert before in text, before
        text = text.replace(before, after)
        ana.post("/maps/repair/text/", {"text": text, "base": str(number)})


def main() -> None:
    """Serve the demo, and write docs/pictures/web anew."""
    with TemporaryDirectory() as folder:
        run.demo(Path(folder), data=None, people=PEOPLE, language="es", tell=lambda _: None)
        with served(Path(folder)) as home:
            ana = signed_in(home)
            ana.post("/segments/", {"was": "", "text": _SEGMENTS})
            edited(ana, Path(folder) / "maps" / "repair.yaml")
            shared = ana.post("/maps/fibre/share/", {"days": "7"}).text.split("/s/")[1]
            found = ana.post("/people/", {"search": "1"}).text.split('href="/people/p')[1]
            parts = {
                "SHARED": f"/s/{shared.split('/')[0]}/",
                "PERSON": f"/people/p{found.split('/')[0]}/",
            }
            for language in LANGUAGES:
                (PICTURES / language).mkdir(parents=True, exist_ok=True)
                form = {"name": "Ana Pérez", "language": language, "zone": "Europe/Madrid"}
                ana.post("/account/", form)
                with chromium(LANGUAGE=_LOCALES[language].replace("-", "_")) as browser:
                    stop_unless_spoken(browser, language)
                    shoot(browser, ana, language, parts, wanted=sys.argv[1:])


if __name__ == "__main__":
    main()
