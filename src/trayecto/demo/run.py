"""The demo: the whole story on public logs, where they stand beside us, and a simulated company."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trayecto import flow, measuring
from trayecto.demo import show
from trayecto.demo.company import write_exports
from trayecto.render.report.page import index_page
from trayecto.vocabulary.text import LANGUAGES, NOTHING, Language, Text
from trayecto.workspace import Workspace, create, write_file

Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo made: the page to open first, and how each map came out."""

    index: Path
    workspace: Path
    maps: tuple[tuple[str, measuring.LiveMap], ...]
    simulated_only: bool

    def as_json(self) -> dict[str, Any]:
        """Return the files to open, and how many journeys each map has."""
        return {
            "index": str(self.index), "workspace": str(self.workspace),
            "simulated_only": self.simulated_only,
            "journeys": {name: live.measured.totals.journeys for name, live in self.maps},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Company:
    """A simulated company as files: what each of its systems exports, its node rules, its map."""

    folder: Path
    exports: dict[str, Path]
    map: Path

    def as_json(self) -> dict[str, Any]:
        """Return the files, by what they are."""
        exports = {source: str(file) for source, file in self.exports.items()}
        return {"folder": str(self.folder), "exports": exports, "map": str(self.map)}

    def commands(self) -> list[str]:
        """Return what to type to bring it in and measure its map."""
        within = shlex.quote(str(self.folder))
        imports = [
            f"trayecto import {shlex.quote(str(file))} --source {source} -w {within}"
            for source, file in self.exports.items()
        ]
        page = shlex.quote(str(self.folder / "fibre.html"))
        return [
            f"trayecto init {within} --zone Europe/Madrid --region ES", *imports,
            f"trayecto measure {shlex.quote(str(self.map))} -o {page} -w {within}",
        ]  # fmt: skip


def simulate(folder: Path, *, people: int, seed: int) -> Company:
    """Write a simulated company into *folder*; the same number of people and seed, the same one."""
    exports = folder / "exports"
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    exports.mkdir(exist_ok=True)
    drawn = folder / "maps" / "fibre.yaml"
    write_file(drawn, show.journey_map("fibre").encode())
    write_file(folder / "nodes.yaml", show.node_rules().encode())
    return Company(folder, write_exports(exports, people=people, seed=seed), drawn)


def demo(folder: Path, *, data: Path | None, language: Language, tell: Tell) -> Shown:
    """
    Make a workspace of public logs, where *data* holds them, and a simulated company; measure all.

    May be interrupted and repeated: what was imported already adds nothing.
    """
    workspace = create(folder, language=language, zone="Europe/Madrid", region="ES")
    write_file(workspace.node_rules, show.node_rules().encode())
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    company = show.Exhibit("fibre", tuple(write_exports(exports).items()), simulated=True)
    real = show.real_exhibits(data, exports)
    for exhibit in (*real, company):
        for source, file in exhibit.exports:
            tell(Text(en=f"importing {file.name}", es=f"importando {file.name}"))
            flow.collect(workspace, file, source=source)
    flow.unify_and_observe(workspace, tell=tell)
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    live = [(exhibit, _exhibit(workspace, exhibit, reports, tell)) for exhibit in (*real, company)]
    for shown_in in LANGUAGES:
        listed = [_listed(exhibit, own, shown_in) for exhibit, own in live]
        page = index_page(listed, language=shown_in)
        write_file(reports / f"index.{shown_in}.html", page.encode())
    maps = tuple((exhibit.map_name, own) for exhibit, own in live)
    return Shown(reports / f"index.{language}.html", folder, maps, simulated_only=not real)


def _exhibit(
    workspace: Workspace, exhibit: show.Exhibit, reports: Path, tell: Tell
) -> measuring.LiveMap:
    name = exhibit.map_name
    tell(Text(en=f"measuring {name}", es=f"midiendo {name}"))
    file = workspace.folder / "maps" / f"{name}.yaml"
    write_file(file, show.journey_map(name).encode())
    live = measuring.measure(workspace, file, cuts=True)
    for language in LANGUAGES:
        page = measuring.report(workspace, live, language=language, simulated=exhibit.simulated)
        write_file(reports / f"{name}.{language}.html", page.encode())
        flow.save_picture(
            measuring.live_picture(live, language=language), reports / f"{name}.{language}.svg"
        )
        drawn = flow.draw(file, language=language)
        flow.save_picture(drawn, reports / f"{name}.designed.{language}.svg")
    return live


def _listed(
    exhibit: show.Exhibit, live: measuring.LiveMap, language: Language
) -> tuple[str, Text, Text]:
    first = live.findings[0].headline if live.findings else NOTHING
    return f"{exhibit.map_name}.{language}.html", live.journey_map.title, first
