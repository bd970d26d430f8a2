"""
The parts of the documentation that the program writes itself, so that they cannot go stale.

A made part stands between two marks; everything around it is written by hand:

    <!-- made: tables -->
    <!-- /made -->

`python tests/doc_blocks.py` writes them anew; with `--data FOLDER` also what the demo found on the
real logs in that folder. `test_docs.py` checks that the pages say what this would write.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from trayecto import measuring
from trayecto.cli import show
from trayecto.collect.clean import REASONS
from trayecto.contrast.measured import Times
from trayecto.demo import run
from trayecto.demo.company.people import PEOPLE
from trayecto.lake.tables import TABLES, Table
from trayecto.render.report.definitions import DEFINITIONS
from trayecto.vocabulary.channel import CHANNELS, PLACE_OF
from trayecto.vocabulary.text import LANGUAGES, Language, Text, duration, number, percent

DOCS = Path(__file__).parents[1] / "docs"
_MADE = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- /made -->)", re.DOTALL)

Make = Callable[[Language], str]


def with_blocks(page: str, blocks: Mapping[str, Make], language: Language) -> str:
    """Return *page* with every made part it has written anew; those not in *blocks* stay."""

    def fill(found: re.Match[str]) -> str:
        opening, name, closing = found.groups()
        if name not in blocks:
            return found[0]
        return f"{opening}\n{blocks[name](language)}\n\n{closing}"

    return _MADE.sub(fill, page)


def tables(language: Language) -> str:
    """Return every table of the lake with its columns."""
    return "\n\n".join(_lake_table(table, language) for table in TABLES.values())


def _lake_table(table: Table, language: Language) -> str:
    head = {
        "en": ("written by", "key", "kept in folders by", ("column", "type", "what it holds")),
        "es": ("la escribe", "clave", "en carpetas por", ("columna", "tipo", "qué contiene")),
    }[language]
    facts = [
        f"{head[0]} `{table.written_by}`",
        f"{head[1]}: " + ", ".join(f"`{column}`" for column in table.key),
    ]
    if table.partitions:
        facts.append(f"{head[2]} " + ", ".join(f"`{column}`" for column in table.partitions))
    rows = [(f"`{c.name}`", c.type, c.meaning.say(language)) for c in table.columns]
    said = table.meaning.say(language)
    return f"### `{table.name}`\n\n{said} " + _sentence(facts) + "\n\n" + _grid(head[3], rows)


def _sentence(facts: Sequence[str]) -> str:
    joined = "; ".join(facts)
    return joined[0].upper() + joined[1:] + "."


def rejects(language: Language) -> str:
    """Return every reason for which a row is kept aside."""
    head = {"en": ("code", "what it means"), "es": ("código", "qué significa")}[language]
    return _grid(head, [(f"`{code}`", said.say(language)) for code, said in REASONS.items()])


def channels(language: Language) -> str:
    """Return every channel with its name, and whether it is on- or offline by itself."""
    head = {"en": ("code", "name", "place"), "es": ("código", "nombre", "lugar")}[language]
    rows = [
        (f"`{code}`", name.say(language), PLACE_OF.get(code, "—"))
        for code, name in CHANNELS.items()
    ]
    return _grid(head, rows)


def definitions(language: Language) -> str:
    """Return every figure of the report with the words the report itself explains it in."""
    minimum = Text(en="the map’s minimum (30 if it says nothing)",
                   es="el mínimo del mapa (30 si no dice nada)").say(language)  # fmt: skip
    return "\n\n".join(
        f"**{d.term.say(language)}.** {d.means.say(language).format(minimum=minimum)}"
        for d in DEFINITIONS
    )


def found(live: measuring.LiveMap) -> Make:
    """Return what writes down how one map came out: endings, findings, stages, touchpoints."""

    def made(language: Language) -> str:
        said = show.live(live, language).strip()
        parts = [f"```text\n{said}\n```", _stages(live, language), _touchpoints(live, language)]
        if live.measured.undrawn:
            parts.append(_undrawn(live, language))
        return "\n\n".join(parts)

    return made


def _stages(live: measuring.LiveMap, language: Language) -> str:
    head = {
        "en": ("stage", "get here", "leave", "n", "still open", "median", "p90", "target"),
        "es": ("etapa", "llegan", "se van", "n", "en curso", "mediana", "p90", "previsto"),
    }[language]
    rows = []
    for stage, seen in zip(live.journey_map.stages, live.measured.stages, strict=True):
        passage = seen.passage
        rows.append((
            stage.name.say(language), number(passage.reached, language),
            percent(passage.drop_off.value, language), number(passage.drop_off.n, language),
            number(passage.still_open, language), *_times(seen.duration, language),
        ))  # fmt: skip
    return _grid(head, rows)


def _touchpoints(live: measuring.LiveMap, language: Language) -> str:
    head = {
        "en": ("touchpoint", "do it", "skip it", "repeat it", "wait", "p90", "target", "scores"),
        "es": ("punto de contacto", "lo hacen", "lo saltan", "lo repiten", "espera", "p90",
               "previsto", "índices"),
    }[language]  # fmt: skip
    rows = []
    drawn = live.journey_map.touchpoints()
    for touchpoint, seen in zip(drawn, live.measured.touchpoints, strict=True):
        counts = (seen.done, seen.skipped, seen.repeated)
        scores = "; ".join(
            f"{score.scale} {number(score.value.value, language, decimals=1)} (n {score.value.n})"
            for score in seen.scores
        )
        rows.append((
            touchpoint.name.say(language), *(number(count, language) for count in counts),
            *_times(seen.wait, language), scores,
        ))  # fmt: skip
    return _grid(head, rows)


def _times(times: Times, language: Language) -> tuple[str, str, str]:
    return (
        duration(times.median_s.value, language),
        duration(times.p90_s, language),
        duration(times.target_s, language),
    )


def _undrawn(live: measuring.LiveMap, language: Language) -> str:
    head = {
        "en": ("nobody drew", "channel", "interactions", "people or cases", "mostly after"),
        "es": ("nadie lo dibujó", "canal", "interacciones", "personas o casos", "sobre todo tras"),
    }[language]  # fmt: skip
    names = {t.id: t.name.say(language) for t in live.journey_map.touchpoints()}
    rows = [
        (f"`{node.touchpoint}`", CHANNELS[node.channel].say(language),
         number(node.interactions, language), number(node.people, language),
         names[node.after] if node.after else "—")
        for node in live.measured.undrawn
    ]  # fmt: skip
    return _grid(head, rows)


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)


ALWAYS_MADE: dict[str, Make] = {
    "tables": tables,
    "rejects": rejects,
    "channels": channels,
    "definitions": definitions,
}


def made_by_demo(data: Path) -> dict[str, Make]:
    """Return the parts that only a run of the demo on the real logs can write."""
    with TemporaryDirectory() as scratch:
        workspace, exhibits = run.brought_in(
            Path(scratch) / "demo", data=data, people=PEOPLE, language="en", tell=lambda _: None
        )
        live = run.measured(workspace, exhibits, tell=lambda _: None)
    return {f"found-{exhibit.map_name}": found(own) for exhibit, own in live}


def pages() -> list[tuple[Path, Language]]:
    """Return every page of both languages that may have made parts."""
    return [(page, of) for of in LANGUAGES for page in sorted((DOCS / of).glob("*.md"))]


def main(arguments: Sequence[str]) -> None:
    """Write the made parts of every page anew."""
    blocks = dict(ALWAYS_MADE)
    if arguments[:1] == ["--data"]:
        blocks |= made_by_demo(Path(arguments[1]))
    for page, language in pages():
        page.write_text(with_blocks(page.read_text("utf-8"), blocks, language), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
