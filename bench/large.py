"""
Bring one large file in through the app as somebody with a browser would, to its very end.

    python bench/generate.py 62000000 big.csv
    nice -n 10 python bench/large.py big.csv [--cancel-after SECONDS]

Serves a new workspace and drives Chromium: sends the file, looks at it, brings it in, presses stop
after so many seconds if asked to, and brings it in again from the page of the file that stayed.
Prints how long each part took, the most memory that the server and the import held, and what
became of the rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from playwright.sync_api import Page

from browser import chromium, serving
from trayecto.workspace import create
from web_walk import signed_in

_LONG_MS = 4 * 3600 * 1000
_ENDED = "#job:not([hx-get])"
"""The page of an import that has come to its end."""


def peak_gb(process: int) -> float:
    """Return the most memory a process has held."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024**2
    except (OSError, IndexError):
        return 0.0


def children(process: int) -> list[int]:
    """Return the processes that a process has started and that still live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text("utf-8").rpartition(")")[2].split()[1]) == process:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


class Watch:
    """Tells how long a part took, and what the server and its imports held at most."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.began = time.perf_counter()
        self.imports = 0.0

    def look(self) -> None:
        """Note what the imports under way hold."""
        self.imports = max([self.imports, *map(peak_gb, children(self.server))])

    def tell(self, part: str) -> None:
        """Print one line, and begin the next part."""
        now = time.perf_counter()
        print(f"{now - self.began:9.1f} s  server {peak_gb(self.server):5.2f} GB, "
              f"import {self.imports:5.2f} GB at most  {part}", flush=True)  # fmt: skip
        self.began, self.imports = now, 0.0

    def until(self, page: Page, wanted: str, *, at_most: float | None = None) -> bool:
        """Wait until something is on the page; tell whether it came before the time was over."""
        end = time.perf_counter() + (at_most or _LONG_MS / 1000)
        said = ""
        while not page.locator(wanted).count():
            self.look()
            if time.perf_counter() > end:
                return False
            line = page.locator(".notice").first
            words = line.inner_text() if line.count() else ""
            if (step := words.rsplit(" ", 2)[0]) != said:
                said = step
                print(f"{'':13}{words}", flush=True)
            page.wait_for_timeout(1000)
        return True


def main() -> None:
    """Serve, send, look, stop, bring in, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--cancel-after", type=float)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=given.file.resolve().parent) as folder:
        place = create(Path(folder) / "workspace", language="en").folder
        with serving(place) as (home, server), chromium() as browser:
            context = browser.new_context(locale="en-GB")
            context.add_cookies(signed_in(home, language="en").for_playwright())
            page = context.new_page()
            page.set_default_timeout(_LONG_MS)
            walk(page, home, Watch(server), given)


def walk(page: Page, home: str, watch: Watch, given: argparse.Namespace) -> None:
    """Do what a user would, and tell of each part."""
    page.goto(f"{home}data/import/")
    page.set_input_files("input[type=file]", str(given.file.resolve()))
    page.fill("input[name=source]", "large")
    watch.began = time.perf_counter()
    page.click("form[data-upload] button.main")
    page.wait_for_url("**/data/import/*/?job=*")
    watch.tell(f"sent, {given.file.stat().st_size / 1e9:.2f} GB")
    watch.until(page, "button[name=bring]")
    watch.tell("looked at")
    page.click("button[name=bring]")
    if given.cancel_after and not watch.until(page, _ENDED, at_most=given.cancel_after):
        page.click("#job form button")
        watch.until(page, _ENDED)
        watch.tell(f"begun, and stopped after {given.cancel_after:.0f} s: "
                   f"“{page.locator('main .lead').inner_text()}”")  # fmt: skip
        page.click("main a.button.main")
        watch.until(page, "button[name=bring]")
        watch.tell("looked at again")
        page.click("button[name=bring]")
    watch.until(page, _ENDED)
    watch.tell("brought in")
    print(page.locator("main").inner_text())


if __name__ == "__main__":
    main()
