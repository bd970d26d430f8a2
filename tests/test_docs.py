"""The documentation is held to what the program is and does, in both languages."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer

import doc_blocks
from examples import DATA, needs_data
from trayecto.cli.commands import app
from trayecto.collect import mapping, node_document
from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import (
    Coverage,
    Measured,
    Passage,
    StageMeasure,
    Times,
    Totals,
    TouchpointMeasure,
    UndrawnNode,
)
from trayecto.journeys.answers import Edge, Node
from trayecto.lake.tables import TABLES
from trayecto.vocabulary.text import LANGUAGES, Language
from trayecto.workspace import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES: dict[Language, Path] = {"en": ROOT / "README.md", "es": ROOT / "README.es.md"}
WALKS: dict[Language, Path] = {"en": DOCS / "walk.md", "es": DOCS / "es" / "walk.md"}
DESIGN_GLOSSARY = ROOT.parent / "shared" / "design" / "glossary.md"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def page(language: Language, name: str) -> str:
    return (DOCS / language / f"{name}.md").read_text("utf-8")


def plain(words: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", words)


def headings(text: str) -> list[str]:
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^(#+) ", outside, flags=re.MULTILINE)


def code_blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def every_page() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")])


# Both languages say the same


def test_every_page_is_there_in_both_languages() -> None:
    names = {of: {p.name for p in (DOCS / of).glob("*.md")} for of in LANGUAGES}
    assert names["es"] - {"walk.md"} == names["en"]
    assert all(walk.is_file() for walk in WALKS.values())


def pairs() -> Iterator[tuple[Path, Path]]:
    yield READMES["en"], READMES["es"]
    yield WALKS["en"], WALKS["es"]
    yield ROOT / "CONTRIBUTING.md", ROOT / "CONTRIBUTING.es.md"
    for english in sorted((DOCS / "en").glob("*.md")):
        yield english, DOCS / "es" / english.name


@pytest.mark.parametrize(("english", "spanish"), list(pairs()), ids=lambda p: p.name)
def test_both_languages_have_the_same_headings(english: Path, spanish: Path) -> None:
    assert headings(english.read_text("utf-8")) == headings(spanish.read_text("utf-8"))


@pytest.mark.parametrize("written", every_page(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(written: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", written.read_text("utf-8"))
    within = [target.partition("#")[0] for target in targets if "://" not in target]
    assert [target for target in within if target and not (written.parent / target).exists()] == []


def test_no_page_speaks_of_the_machine_it_was_written_on() -> None:
    private = re.compile(r"/(?:work|home|root|tmp)/\w|localhost|127\.0\.0\.1")
    assert [p.name for p in every_page() if private.search(p.read_text("utf-8"))] == []


def test_every_changelog_fragment_speaks_both_languages() -> None:
    fragments = [p for p in (ROOT / "changelog.d").glob("*.md") if p.name != "README.md"]
    assert fragments
    for fragment in fragments:
        english, spanish = fragment.read_text("utf-8").strip().split("\n\n")
        assert english.startswith("**en** "), fragment.name
        assert spanish.startswith("**es** "), fragment.name


def test_every_decision_has_its_three_parts_and_is_listed() -> None:
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    listed = (DOCS / "decisions" / "README.md").read_text("utf-8")
    assert [int(decision.name[:4]) for decision in decisions] == [*range(1, len(decisions) + 1)]
    for decision in decisions:
        text = decision.read_text("utf-8")
        assert re.findall(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE) == [
            "Context", "Decision", "What follows"
        ], decision.name  # fmt: skip
        assert f"]({decision.name})" in listed, f"{decision.name} is not in the list of decisions"


# The walk


@BOTH
def test_the_walk_has_fifteen_stops_and_each_stands_in_the_source(language: Language) -> None:
    text = WALKS[language].read_text("utf-8")
    numbered = re.findall(r"^## (\d+)\. .+\n\n`([\w/]+\.py)::(\w+)`$", text, flags=re.MULTILINE)
    assert [int(number) for number, _, _ in numbered] == list(range(1, 16))
    for _, file, name in numbered:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        assert name in defined, f"{file} has no {name}"


def test_the_walk_is_the_same_in_both_languages() -> None:
    stops = [re.findall(r"`[\w/]+\.py::\w+`", w.read_text("utf-8")) for w in WALKS.values()]
    assert stops[0] == stops[1]


@BOTH
def test_every_file_the_walk_speaks_of_exists(language: Language) -> None:
    for named in re.findall(r"`((?:[\w]+/)*\w+\.py)`", WALKS[language].read_text("utf-8")):
        assert list((ROOT / "src" / "trayecto").rglob(Path(named).name)), named


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CONTRIBUTING.es.md"])
def test_the_house_is_drawn_as_it_is_kept(name: str) -> None:
    kept = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    told = re.findall(r"^    ([a-z| ]+)$", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    assert told == kept["contracts"][0]["layers"]


# What the program has is in the pages


def commands() -> dict[str, set[str]]:
    group = typer.main.get_command(app)
    named = getattr(group, "commands")  # noqa: B009 - a click group, known only at run time
    return {
        name: {opt for p in command.params for opt in p.opts if opt.startswith("--")}
        for name, command in named.items()
    }


@BOTH
def test_every_command_and_option_is_documented(language: Language) -> None:
    text = page(language, "commands")
    for command, options in commands().items():
        assert re.search(rf"^## `trayecto {command}\b", text, flags=re.MULTILINE), command
        assert [option for option in options if f"`{option}`" not in text] == []


@pytest.mark.parametrize("written", every_page(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_page_names_a_command_or_an_option_that_is_not_there(written: Path) -> None:
    known = commands()
    blocks = re.findall(
        r"^```(?:bash|console)\n(.*?)^```",
        written.read_text("utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    for line in "\n".join(blocks).splitlines():
        for command, rest in re.findall(r"(?<![\w/.-])trayecto ([a-z]+)(.*)", line):
            assert command in known, line
            rest = rest.partition("#")[0]
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= {*known[command], "--help"}, line


@BOTH
def test_the_made_parts_of_every_page_are_what_the_program_would_write(language: Language) -> None:
    made = doc_blocks.ALWAYS_MADE
    for path, of in doc_blocks.pages():
        if of == language:
            text = path.read_text("utf-8")
            assert doc_blocks.with_blocks(text, made, language) == text, (
                f"{path.name} is out of date: run tests/doc_blocks.py"
            )


@BOTH
def test_every_table_and_column_is_documented(language: Language) -> None:
    text = page(language, "tables")
    for table in TABLES.values():
        part = text.partition(f"### `{table.name}`")[2].partition("\n### ")[0]
        assert [c.name for c in table.columns if f"| `{c.name}` |" not in part] == []


@BOTH
def test_every_setting_is_documented(language: Language) -> None:
    text = page(language, "start")
    assert [f.name for f in fields(Settings) if f"| `{f.name}` |" not in text] == []


@BOTH
def test_every_field_of_a_mapping_is_documented(language: Language) -> None:
    text = page(language, "import")
    fixed = {"format", "zone", "column", "fixed", "low", "high", "currency", *mapping.SCALES}
    shown = {"time", "name", "id", "case", "channel", "identifiers", "text", "score", "value",
             "agent", "skip", *mapping.IDENTIFIERS, *fixed}  # fmt: skip
    assert [word for word in shown if f"`{word}`" not in text] == []


@pytest.mark.parametrize(("language", "example"), [
    (of, example) for of in LANGUAGES for example in code_blocks(page(of, "import"), "yaml")
])  # fmt: skip
def test_the_mappings_shown_are_sound(language: Language, example: str) -> None:
    assert mapping.read(example, file=f"{language}.yaml").name


@BOTH
def test_every_field_of_a_node_rule_is_documented_and_the_example_is_sound(
    language: Language,
) -> None:
    text = page(language, "nodes")
    shown = set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE))
    assert {f.name for f in fields(node_document.Rule)} - {"number"} <= shown
    for example in code_blocks(text, "yaml"):
        assert node_document.read(example, file="nodes.yaml")


@BOTH
def test_every_figure_of_graph_and_map_is_documented(language: Language) -> None:
    questions, measure = page(language, "questions"), page(language, "measure")
    for answer in (Node, Edge):
        names = {f.name for f in fields(answer)} - {"name"}
        assert [name for name in names if f"`{name}`" not in questions] == []
    for part in (Measured, Totals, Coverage, StageMeasure, TouchpointMeasure, Passage, Times,
                 UndrawnNode, Finding):  # fmt: skip
        assert [f.name for f in fields(part) if f"`{f.name}`" not in measure] == []


def test_every_kind_of_finding_is_documented() -> None:
    kinds = Finding.__annotations__["kind"]
    assert kinds == "FindingKind"
    source = (ROOT / "src/trayecto/contrast/findings.py").read_text("utf-8")
    literal = re.search(r"FindingKind = Literal\[(.*?)\]", source, flags=re.DOTALL)
    assert literal
    for kind in re.findall(r'"(\w+)"', literal[1]):
        assert all(f"| `{kind}` |" in page(of, "measure") for of in LANGUAGES), kind


# The glossary


def glossary_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in cells if row[0] != "English" and not row[0].startswith("---")]


def test_every_word_of_the_glossary_has_its_pair() -> None:
    rows = glossary_rows((DOCS / "glossary.md").read_text("utf-8"))
    assert len(rows) > 100
    assert [row for row in rows if len(row) not in (2, 4) or not all(row)] == []


@pytest.mark.skipif(not DESIGN_GLOSSARY.is_file(), reason="the design is not beside this checkout")
def test_the_glossary_has_every_pair_of_the_design() -> None:
    ours = [row[:2] for row in glossary_rows((DOCS / "glossary.md").read_text("utf-8"))]
    design = glossary_rows(DESIGN_GLOSSARY.read_text("utf-8"))
    assert [pair for pair in design if pair not in ours] == []


def test_the_words_of_the_measures_are_in_the_glossary() -> None:
    rows = glossary_rows((DOCS / "glossary.md").read_text("utf-8"))
    words = {word.strip() for row in rows for word in re.split(r"[,/(]", row[0])}
    used = {"signature", "subject", "place", "passage", "reach", "onward", "left", "still open",
            "undrawn", "skipped", "repeated", "wait", "binding", "bucket", "batch", "node rules",
            "scope", "variant", "edge", "silence", "exit", "estimate", "finding", "gap",
            "ambiguous", "untouched", "unbound", "outside", "nobody", "mapping"}  # fmt: skip
    assert used - words == set()


# What the pages show is run


@BOTH
def test_the_python_examples_run(language: Language, tmp_path: Path) -> None:
    examples = "\n".join(code_blocks(page(language, "python"), "python"))
    done = subprocess.run(
        [sys.executable, "-c", examples], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def tour(language: Language) -> list[str]:
    """Return the commands of the README, without those that set up."""
    first, *blocks = code_blocks(READMES[language].read_text("utf-8"), "bash")
    assert first == "make demo\nmake test\n"
    return "\n".join(blocks).removeprefix("pip install .\n").splitlines()


def test_the_tour_of_the_readme_runs(tmp_path: Path) -> None:
    commands = tour("es")
    assert commands[0] == "trayecto demo"
    # Of few people, so that it takes less time; the rest is as the page says.
    commands[0] += " --people 200"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(commands)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "TRAYECTO_LANGUAGE": "es"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = re.findall(r" -o (\S+)", "\n".join(commands))
    assert len(written) == 4
    assert all((tmp_path / name).stat().st_size > 1_000 for name in written)


def test_the_tour_is_the_same_in_both_languages() -> None:
    # But for the names of what it writes; so one of them runs, and the other does too.
    names = {"fibre": "fibra", "file": "fichero", "graph.svg": "grafo.svg",
             "designed.svg": "disenado.svg", "report.html": "informe.html",
             "live-map.png": "mapa-vivo.png", "maps/fibra.yaml": "maps/fibre.yaml"}  # fmt: skip
    translated = "\n".join(tour("en"))
    for english, spanish in names.items():
        translated = re.sub(rf"\b{re.escape(english)}\b", spanish, translated)
    assert translated.splitlines() == tour("es")


def test_make_knows_what_the_readme_says() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for readme in READMES.values():
        for target in re.findall(r"^make (\w+)$", readme.read_text("utf-8"), flags=re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


# What the reports found


@needs_data
def test_the_findings_are_what_the_demo_finds() -> None:
    made = doc_blocks.made_by_demo(DATA)
    assert len(made) == 7
    for language in LANGUAGES:
        text = page(language, "findings")
        assert doc_blocks.with_blocks(text, made, language) == text, (
            "out of date: run tests/doc_blocks.py --data ../shared/data"
        )


@BOTH
def test_every_figure_told_stands_in_the_report(language: Language) -> None:
    for part in plain(page(language, "findings")).split("\n## ")[1:]:
        told, _, rest = part.partition("<!-- made: ")
        made = rest.partition("<!-- /made -->")[0]
        bold = re.findall(r"\*\*(.+?)\*\*", told)
        for figure in (words for words in bold if re.search(r"\d", words)):
            standing = rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)"
            assert re.search(standing, made), f"{figure} is not in {part.splitlines()[0]}"
