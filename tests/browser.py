"""A real browser on a really served app; tests with it need Chromium, and skip without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
expect.set_options(timeout=30_000)  # a busy machine is slow, and not wrong
PASSWORD = "trayectos largos y buenos"
_RUN = "import sys; from trayecto.cli import main; sys.argv[0] = 'trayecto'; main()"


@contextmanager
def served(workspace: Path, **environment: str) -> Iterator[str]:
    """Serve a workspace as a user would, and give its address."""
    with serving(workspace, **environment) as (home, _):
        yield home


@contextmanager
def serving(workspace: Path, **environment: str) -> Iterator[tuple[str, int]]:
    """Serve a workspace as a user would, and give its address and the number of its process."""
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, "serve", "-w", str(workspace), "--port", "0", "--no-browser"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        env={**os.environ, "LANG": "en", **environment},
    )  # fmt: skip
    lines: Queue[str] = Queue()

    def listen() -> None:
        for line in process.stderr or ():
            lines.put(line)

    Thread(target=listen, daemon=True).start()
    try:
        said: list[str] = []
        while not said or "http://" not in said[-1]:
            try:
                said.append(lines.get(timeout=90))
            except Empty:
                raise AssertionError(f"the app did not start: {said}") from None
        yield said[-1].split("Open ")[1].split()[0], process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def chromium(*more: str, **environment: str) -> Iterator[Browser]:
    """Give the browser, begun with *more* words and with something else in its environment."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *more],
            env={**os.environ, **environment},
        )  # fmt: skip
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, *, language: str, width: int = 1280, dark: bool = False) -> Page:
    """Return a page of somebody new, who reads *language*; nothing may come from elsewhere."""
    context: BrowserContext = browser.new_context(
        locale="es-ES" if language == "es" else "en-GB",
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    return context.new_page()


def visit(page: Page, address: str) -> None:
    """Open an address, and wait until its answer stands there, ready to be worked with."""
    page.goto(address)
    arrived(page)


def arrived(page: Page) -> None:
    """Wait while a page only says that its answer is being worked out, and until it is ready."""
    expect(page.locator("[hx-headers*=X-Waiting]")).to_have_count(0)
    page.wait_for_load_state()


def sign_in(page: Page, home: str) -> None:
    """Sign in, or make the first account where there is none."""
    visit(page, home)
    if "/first/" in page.url:
        page.fill("#id_name", "Ana")
        page.fill("#id_email", "ana@example.com")
    else:
        page.fill("#id_login", "ana@example.com")
    page.fill("#id_password", PASSWORD)
    page.click("button.main")
    expect(page.locator(".rail")).to_be_visible()


class Watched:
    """What a page asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.addresses: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.addresses.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda told: (
                self.faults.append(f"{told.text} at {told.location['url']}")
                if told.type == "error"
                else None
            ),
        )

    def elsewhere(self, home: str) -> list[str]:
        """Return the addresses of other places."""
        return [
            address
            for address in self.addresses
            if not address.startswith((home, "data:", "blob:", "about:"))
        ]
