"""
Frames a second of the node explorer with 60 nodes, and the home of 10,000 maps.

    python bench/explorer.py [--maps 10000]

Makes a workspace of 80 touchpoints (seeded), serves it, and drives Chromium: scrolls the picture to
and fro, moves the sliders to and fro, and replays journeys, five seconds each, while the page
counts its own frames (requestAnimationFrame). Prints frames a second, the longest frame, and how
many took longer than 50 ms. Without a graphics card Chromium draws with the processor, so a machine
with one does better. Then as many maps are put on the shelf, and the first page, its last page and
a search are timed as the server times itself: median and most of ten, and the first visit.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from playwright.sync_api import Page

from browser import chromium, serving
from trayecto import flow
from trayecto.vocabulary.text import folded, in_order
from trayecto.workspace import create
from web_walk import Visitor, signed_in

SECONDS, NODES, PEOPLE = 5, 80, 3_000
COUNT = """seconds => new Promise(done => {
  const frames = [];
  let last = performance.now();
  const end = last + seconds * 1000;
  requestAnimationFrame(function frame() {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    now < end ? requestAnimationFrame(frame) : done(frames);
  });
})"""
SCROLL = """() => {
  const sheet = document.querySelector("[data-sheet]");
  let at = 0;
  (function step() {
    at += 0.08;
    sheet.scrollLeft = (Math.sin(at) + 1) * (sheet.scrollWidth - sheet.clientWidth) / 2;
    scrollTo(0, (Math.cos(at) + 1) * (document.body.scrollHeight - innerHeight) / 2);
    requestAnimationFrame(step);
  })();
}"""
SLIDE = """() => {
  const slider = document.querySelector("input[name=nodes]");
  let to = 100;
  setInterval(() => {
    to = to > 95 ? 40 : to + 5;
    slider.value = to;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }, 120);
}"""
REPLAY = """() => document.querySelector("[data-play]").click()"""


def workspace(folder: Path) -> Path:
    """Return a workspace of people who wander among many touchpoints, some commoner than others."""
    chance = Random(11)
    names = [f"touchpoint {i:02}" for i in range(NODES)]
    weights = [1 / (i + 3) for i in range(NODES)]
    file = folder / "wander.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["timestamp", "user_id", "event", "channel"])
        for person in range(PEOPLE):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(90 * 1440))
            for name in chance.choices(names, weights, k=chance.randrange(4, 16)):
                at += timedelta(minutes=chance.expovariate(1 / 300))
                writer.writerow([at.isoformat(), f"u{person}", name, "web"])
    place = create(folder / "workspace", language="en", buckets=2)
    flow.import_files(place, [file], source="wander")
    (place.folder / "maps").mkdir(exist_ok=True)
    (place.folder / "maps" / "first.yaml").write_text(MAP, "utf-8")
    return place.folder


MAP = """\
map: first
title: {en: A map, es: Un mapa}
journeys: {completes: [there], silence: 7d}
stages:
  - id: way
    name: {en: Way, es: Camino}
    touchpoints:
      - {id: there, name: {en: There, es: Ahí}, channel: web, nodes: [touchpoint 00]}
"""


def frames(page: Page, what: str, doing: str) -> None:
    """Do something on the page, count its frames, and tell."""
    page.reload()
    page.wait_for_selector("[data-sheet] svg")
    page.evaluate(doing)
    page.wait_for_timeout(500)
    found: list[float] = page.evaluate(COUNT, SECONDS)
    slow = sum(1 for one in found if one > 50)
    a_second = 1000 * len(found) / sum(found)
    print(f"{what:<8} {a_second:5.1f} frames/s, longest {max(found):5.1f} ms, over 50 ms: {slow}")


def put_on_the_shelf(place: Path, many: int) -> None:
    """Write as many maps as a busy company would never have: files and rows."""
    now = datetime.now(UTC).isoformat()
    titles = [(f"m{i}", f"Map {i:05}", f"Mapa {i:05}") for i in range(many)]
    rows = [(*t, in_order(t[1]), in_order(t[2]), folded(" ".join(t))) for t in titles]
    for slug, *_ in rows:
        (place / "maps" / f"{slug}.yaml").write_text(MAP, "utf-8")
    with sqlite3.connect(place / "web" / "app.sqlite3", timeout=60) as db:
        db.executemany(
            "insert into web_map (team_id, slug, title_en, title_es, order_en, order_es, words, "
            f"head, made_at) values (1, ?, ?, ?, ?, ?, ?, 1, '{now}')",
            rows,
        )
        db.execute(
            "insert into web_version (map_id, number, text, made_at, note) "
            "select id, 1, ?, ?, '' from web_map m where not exists "
            "(select 1 from web_version v where v.map_id = m.id)",
            (MAP, now),
        )


def time_home(ana: Visitor) -> None:
    """Print how long the first page takes with all those maps."""
    for what, path in (("first", "/"), ("last", "/?page=99999"), ("search", "/?search=Map+0777")):
        once = ana.get(path).server_ms
        again = [ana.get(path).server_ms for _ in range(10)]
        print(f"{what:<8} {median(again):6.1f} ms, most {max(again):6.1f}, first visit {once:6.1f}")


def main() -> None:
    """Serve, drive, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--maps", type=int, default=10_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = workspace(Path(folder))
        with serving(place) as (home, _), chromium() as browser:
            ana = signed_in(home, language="en")
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            context.add_cookies(ana.for_playwright())
            page = context.new_page()
            page.goto(f"{home}nodes/?nodes=100")
            page.wait_for_selector("[data-sheet] svg")
            drawn = page.locator("[data-sheet] [data-node]").count()
            lines = page.locator("[data-sheet] [data-source]").count()
            print(f"{drawn} nodes, {lines} lines")
            for what, doing in (("at rest", "0"), ("scroll", SCROLL), ("slide", SLIDE)):
                frames(page, what, doing)
            frames(page, "replay", REPLAY)
            put_on_the_shelf(place, given.maps)
            time_home(ana)


if __name__ == "__main__":
    main()
