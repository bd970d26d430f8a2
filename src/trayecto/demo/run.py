"""The demo: the whole story on public logs, where they stand beside us, and a simulated company."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trayecto import flow, importing, measuring
from trayecto.demo import show
from trayecto.demo.company.people import write_exports
from trayecto.render.report.page import index_page
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import LANGUAGES, NOTHING, Language, Tell, Text
from trayecto.workspace import Workspace, create, write_file

_BUCKETS = 4
"""Fewer and larger files than usual: the demo's lake is small and stays so."""


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
    """A simulated company as files: what its systems export, its node rules, its maps."""

    folder: Path
    exports: dict[str, Path]
    maps: tuple[Path, ...]
    planted: Path

    def as_json(self) -> dict[str, Any]:
        """Return the files, by what they are."""
        exports = {source: str(file) for source, file in self.exports.items()}
        return {
            "folder": str(self.folder), "exports": exports,
            "maps": [str(drawn) for drawn in self.maps], "planted": str(self.planted),
        }  # fmt: skip

    def commands(self) -> list[str]:
        """Return what to type to bring it in and measure its maps."""
        within = shlex.quote(str(self.folder))
        imports = [
            f"trayecto import {shlex.quote(str(file))} --source {source} -w {within}"
            for source, file in self.exports.items()
        ]
        measures = [
            f"trayecto measure {shlex.quote(str(drawn))} "
            f"-o {shlex.quote(str(self.folder / drawn.stem))}.html -w {within}"
            for drawn in self.maps
        ]
        return [
            f"trayecto init {within} --zone Europe/Madrid --region ES", *imports, *measures
        ]  # fmt: skip


def simulate(folder: Path, *, people: int, seed: int) -> Company:
    """Write a simulated company into *folder*; the same number of people and seed, the same one."""
    exports = folder / "exports"
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    exports.mkdir(exist_ok=True)
    drawn = []
    for name in show.COMPANY:
        drawn.append(folder / "maps" / f"{name}.yaml")
        write_file(drawn[-1], show.journey_map(name).encode())
    write_file(folder / "nodes.yaml", show.node_rules().encode())
    planted = folder / "planted.yaml"
    write_file(planted, show.planted().encode())
    files = write_exports(exports, people=people, seed=seed)
    return Company(folder, files, tuple(drawn), planted)


def demo(folder: Path, *, data: Path | None, people: int, language: Language, tell: Tell) -> Shown:
    """
    Make a workspace of public logs, where *data* holds them, and a simulated company; measure all.

    May be interrupted and repeated: what was imported already adds nothing. Another number of
    people is another company, and is refused where one is already.
    """
    workspace, exhibits = brought_in(folder, data=data, people=people, language=language, tell=tell)
    live = measured(workspace, exhibits, tell=tell)
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    for exhibit, own in live:
        tell(Text(en=f"writing {exhibit.map_name}", es=f"escribiendo {exhibit.map_name}"))
        _write(workspace, exhibit, own, reports)
    for shown_in in LANGUAGES:
        listed = [_listed(exhibit, own, shown_in) for exhibit, own in live]
        page = index_page(listed, language=shown_in)
        write_file(reports / f"index.{shown_in}.html", page.encode())
    maps = tuple((exhibit.map_name, own) for exhibit, own in live)
    alone = all(exhibit.simulated for exhibit in exhibits)
    return Shown(reports / f"index.{language}.html", folder, maps, simulated_only=alone)


def brought_in(
    folder: Path,
    *,
    data: Path | None,
    people: int,
    language: Language,
    tell: Tell,
    seed: int = 7,
) -> tuple[Workspace, list[show.Exhibit]]:
    """Return a workspace that holds all the demo shows, with what it is to measure."""
    workspace = create(
        folder, language=language, zone="Europe/Madrid", region="ES", buckets=_BUCKETS
    )
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    tell(Text(en="simulating a company", es="simulando una empresa"))
    company = _company(exports, people=people, seed=seed)
    write_file(workspace.node_rules, show.node_rules().encode())
    real = show.real_exhibits(data, exports)
    brought = [export for exhibit in real for export in exhibit.exports]
    for source, file in (*brought, *company.items()):
        tell(Text(en=f"importing {file.name}", es=f"importando {file.name}"))
        importing.collect(workspace, file, source=source)
    flow.unify_and_observe(workspace, tell=tell)
    own = [show.Exhibit(name, simulated=True) for name in show.COMPANY]
    return workspace, [*real, *own]


class AnotherCompany(TrayectoError):
    """The folder holds the demo of another company; the two in one lake would be neither."""

    def __init__(self, folder: Path) -> None:
        what = Text(
            en="Here lies the demo of another company: of more or fewer people, or of an earlier "
            "version. Nothing was changed.",
            es="Aquí está la demo de otra empresa: con más o menos personas, o de una versión "
            "anterior. No se ha cambiado nada.",
        )
        way_out = Text(
            en="Give another folder, as in “trayecto demo another”, or remove this one.",
            es="Da otra carpeta, como en «trayecto demo otra», o borra esta.",
        )
        super().__init__(Problem(what, way_out, file=str(folder)))


def _company(exports: Path, *, people: int, seed: int) -> dict[str, Path]:
    """Write the company's exports, unless those of another company are there."""
    with TemporaryDirectory(dir=exports) as fresh:
        made = write_exports(Path(fresh), people=people, seed=seed)
        for file in made.values():
            before = exports / file.name
            if before.exists() and before.read_bytes() != file.read_bytes():
                raise AnotherCompany(exports.parent)
        return {source: file.replace(exports / file.name) for source, file in made.items()}


def measured(
    workspace: Workspace, exhibits: Sequence[show.Exhibit], *, tell: Tell
) -> list[tuple[show.Exhibit, measuring.LiveMap]]:
    """Put each map into the workspace, and return it measured."""
    live = []
    for exhibit in exhibits:
        name = exhibit.map_name
        tell(Text(en=f"measuring {name}", es=f"midiendo {name}"))
        file = _file(workspace, exhibit)
        write_file(file, show.journey_map(name).encode())
        # What invented people said may stand in a report; what real ones said, only if asked for.
        quotes = 3 if exhibit.simulated else 0
        live.append((exhibit, measuring.measure(workspace, file, cuts=True, quotes=quotes)))
    return live


def _file(workspace: Workspace, exhibit: show.Exhibit) -> Path:
    return workspace.folder / "maps" / f"{exhibit.map_name}.yaml"


def _write(
    workspace: Workspace, exhibit: show.Exhibit, live: measuring.LiveMap, reports: Path
) -> None:
    """Write the report and the pictures of one map, in both languages."""
    name = exhibit.map_name
    for language in LANGUAGES:
        page = measuring.report(workspace, live, language=language, simulated=exhibit.simulated)
        write_file(reports / f"{name}.{language}.html", page.encode())
        flow.save_picture(
            measuring.live_picture(live, language=language), reports / f"{name}.{language}.svg"
        )
        drawn = flow.draw(_file(workspace, exhibit), language=language)
        flow.save_picture(drawn, reports / f"{name}.designed.{language}.svg")


def _listed(
    exhibit: show.Exhibit, live: measuring.LiveMap, language: Language
) -> tuple[str, Text, Text]:
    first = live.findings[0].headline if live.findings else NOTHING
    return f"{exhibit.map_name}.{language}.html", live.journey_map.title, first
