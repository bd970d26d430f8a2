"""
Time every page of the web app on a workspace, as somebody who administers it would open them.

    python bench/pages.py [WORKSPACE] [--times 20] [--limit 100] [--map MAP]
    python bench/pages.py --large --limit 300

Makes the first account if there is none, and one of everything that an address can name; opens each
address once (the first visit, when nothing is kept yet), then as often as asked. Prints, slowest
first: p50 and p95 as the server timed itself; the same by our clock; the first visit; the weight as
sent, compressed; the page. A page over the limit is marked. Then the weight of the first page with
its styles, scripts and fonts, and the peak memory of the server. Files for download are listed
apart: they have no limit. At the end, searches for people, who are looked for by POST.

Without a workspace, the demo's simulated company is made anew; --large takes a copy of the one that
`bench/thread.py` left in bench/out, 10 million interactions, with the map of `bench/measure.py`.
Give a copy of yours: the account, a comment, a link and a guided map stay in it. Without --map it
is the first map there is.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser import serving
from measure import OUT, full_map
from trayecto.demo import run
from trayecto.demo.company.people import PEOPLE
from web_walk import Answer, Door, Visitor, doors, signed_in

PARTS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONTS = re.compile(r"url\(\"?([^\")]+\.woff2)")


def p95(values: list[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def timed(visitor: Visitor, door: Door, times: int) -> tuple[Answer, list[Answer]]:
    """Open a page for the first time, and then again and again."""
    return visitor.get(door.address), [visitor.get(door.address) for _ in range(times)]


def weight(visitor: Visitor) -> int:
    """Return the bytes that a first visit to the first page brings, as they are sent."""
    import urllib.request

    def sent(path: str) -> tuple[int, str]:
        request = urllib.request.Request(
            visitor.home + path,
            headers={
                "Accept-Encoding": "gzip",
                "Cookie": "; ".join(f"{c.name}={c.value}" for c in visitor.cookies),
            },
        )
        with urllib.request.urlopen(request) as answer:
            return len(answer.read()), path

    whole = [sent("/")]
    whole += [sent(part) for part in sorted(set(PARTS.findall(visitor.get("/").text)))]
    styles = [visitor.get(path) for _, path in whole if path.endswith(".css")]
    for style in styles:
        for font in FONTS.findall(style.text):
            at = (Path("/static/web") / font).as_posix().replace("/static/web/../", "/static/")
            whole.append(sent(at))
    for size, path in whole:
        print(f"  {size / 1000:7.1f} KB  {path}")
    return sum(size for size, _ in whole)


def peak_mb(process: int) -> float:
    """Return the most memory a process has held."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def row(door: Door, first: Answer, again: list[Answer], limit: float | None) -> str:
    """Return what is printed of one address."""
    server, clock = [a.server_ms for a in again], [a.clock_ms for a in again]
    over = "  OVER" if limit is not None and p95(server) > limit else ""
    return (
        f"{median(server):8.1f} {p95(server):8.1f} {median(clock):8.1f} {p95(clock):8.1f} "
        f"{first.server_ms:9.1f}  {first.status} {first.sent / 1000:7.1f}  "
        f"{door.page} {door.address}{over}"
    )


def main() -> None:
    """Serve, walk, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("workspace", type=Path, nargs="?")
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--limit", type=float, default=100)
    asked.add_argument("--map")
    asked.add_argument("--large", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as nowhere:
        # Only to know the addresses: the app that is timed runs in a process of its own.
        os.environ.update(
            TRAYECTO_WORKSPACE=nowhere, DJANGO_SETTINGS_MODULE="trayecto.web.settings"
        )
        import django

        django.setup()
        place = given.workspace or Path(nowhere) / "demo"
        if given.large:
            place = large(Path(nowhere) / "large")
        elif given.workspace is None:
            run.demo(place, data=None, people=PEOPLE, language="es", tell=lambda _: None)
        with serving(place.resolve()) as (home, process):
            tell(signed_in(home), process, given)


def large(folder: Path) -> Path:
    """Return a copy of the workspace of 10 million interactions, with a map to be measured."""
    shutil.copytree(OUT / "workspace" / "lake", folder / "lake")
    shutil.copy(OUT / "workspace" / "trayecto.yaml", folder)
    (folder / "maps").mkdir()
    (folder / "maps" / "bench.yaml").write_text(full_map(), "utf-8")
    return folder


def searches(ana: Visitor, given: argparse.Namespace) -> None:
    """Print how long it takes to find people: by one whole identifier, a part, and a letter."""
    listed = ana.post("/people/", {"search": "@"}).text
    whole = re.search(r"[\w.]+@[\w.]+", listed.partition("<table")[2])
    for search in ([whole[0]] if whole else []) + ["12", "a"]:
        times = [ana.post("/people/", {"search": search}).server_ms for _ in range(given.times)]
        print(f"{median(times):8.1f} {p95(times):8.1f}  people, searched by {len(search)} letters")


def tell(ana: Visitor, process: int, given: argparse.Namespace) -> None:
    """Print how long each address takes."""
    stranger = Visitor(ana.home)
    found = [
        (door, *timed(stranger if door.stranger else ana, door, given.times))
        for door in doors(ana, map=given.map)
    ]
    found = [each for each in found if each[1].status != 404]  # no picture of that answer
    pages = [each for each in found if not each[1].is_file]
    files = [each for each in found if each not in pages]
    print(" server ms         clock ms            first visit, status, KB, page, address")
    print("     p50      p95      p50      p95")
    for listed, limit in ((pages, given.limit), (files, None)):
        listed.sort(key=lambda each: -p95([a.server_ms for a in each[2]]))
        for each in listed:
            print(row(*each, limit))
        print()
    searches(ana, given)
    over = [e for e in pages if p95([a.server_ms for a in e[2]]) > given.limit]
    print(f"{len(over)} of {len(pages)} pages over {given.limit:g} ms; first page:")
    print(f"first page {weight(ana) / 1000:.1f} KB compressed; peak {peak_mb(process):.0f} MB")


if __name__ == "__main__":
    main()
