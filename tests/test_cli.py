"""The command line as a person meets it: words, JSON, exit codes, both languages."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from examples import write_csv
from test_walk import MAP
from trayecto import __version__
from trayecto.cli.commands import app
from trayecto.cli.usage import PARTS


def trayecto(*words: object, language: str = "en", cwd: Path | None = None) -> tuple[int, str, str]:
    """Run the installed command; return exit code, what it said, and what it said of errors."""
    done = subprocess.run(
        [Path(sys.executable).with_name("trayecto"), *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "TRAYECTO_LANGUAGE": language, "COLUMNS": "120"},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder with a workspace `w`, a story and a map, all made by the command line."""
    write_csv(tmp_path / "story.csv", "ana: ad > shop > cart > buy\nluz: ad > shop\neva@20d: ad")
    (tmp_path / "map.yaml").write_text(MAP)
    assert trayecto("init", "w", cwd=tmp_path)[0] == 0
    code, out, _ = trayecto("import", "story.csv", "--source", "web", "-w", "w", cwd=tmp_path)
    assert (code, "7 rows read = 7 kept + 0 known already + 0 rejected" in out) == (0, True)
    return tmp_path


def test_graph_and_variants_answer_in_json(place: Path) -> None:
    code, out, _ = trayecto("graph", "-w", "w", "--json", cwd=place)
    graph = json.loads(out)
    assert code == 0
    assert graph["nodes"][0] == {
        "name": "ad", "interactions": 3, "people": 3, "share": 1.0, "loops": 0, "starts": 3,
        "ends": 1,
    }  # fmt: skip
    assert {"source", "target", "count", "people", "mean_s", "median_s", "p90_s"} == set(
        graph["edges"][0]
    )
    code, out, _ = trayecto("variants", "-w", "w", "--json", cwd=place)
    found = json.loads(out)
    assert (code, found["journeys"], len(found["variants"])) == (0, 3, 3)
    assert {"path": ["ad", "shop"], "count": 1} in found["variants"]


def test_questions_are_answered_in_names_and_the_graph_adds_what_to_type(place: Path) -> None:
    named = "nodes: 1\nrules: []\nnames:\n  ad: {en: Advert, es: Anuncio}\n"
    (place / "w" / "nodes.yaml").write_text(named)
    _, graph, _ = trayecto("graph", "-w", "w", language="es", cwd=place)
    assert "Anuncio (ad)" in graph
    _, ways, _ = trayecto("variants", "-w", "w", language="es", cwd=place)
    assert "Anuncio → shop" in ways
    _, steps, _ = trayecto("funnel", "ad", "shop", "-w", "w", cwd=place)
    assert "Advert" in steps
    _, plain, _ = trayecto("funnel", "ad", "shop", "-w", "w", "--json", cwd=place)
    assert [step["name"] for step in json.loads(plain)["steps"]] == ["ad", "shop"]
    trayecto("funnel", "ad", "shop", "-w", "w", "-o", "funnel.svg", cwd=place)
    assert "Advert" in (place / "funnel.svg").read_text()


def test_the_graph_is_drawn(place: Path) -> None:
    code, _, err = trayecto("graph", "-w", "w", "-o", "graph.svg", cwd=place)
    assert (code, "Written: graph.svg" in err) == (0, True)
    assert ElementTree.parse(place / "graph.svg").getroot().tag.endswith("svg")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_map_is_checked_drawn_measured_and_reported(place: Path, language: str) -> None:
    code, out, _ = trayecto("check", "map.yaml", language=language, cwd=place)
    assert (code, {"es": "El mapa es correcto.", "en": "The map is sound."}[language] in out) == (
        0,
        True,
    )
    for name in ("map.svg", "map.png"):
        assert trayecto("draw", "map.yaml", "-o", name, "-l", language, cwd=place)[0] == 0
    assert (place / "map.png").read_bytes().startswith(b"\x89PNG")
    code, out, _ = trayecto(
        "measure", "map.yaml", "-w", "w", "-o", "report.html", "--json", "-l", language, cwd=place
    )
    assert (code, json.loads(out)["totals"]["journeys"]) == (0, 3)
    page = (place / "report.html").read_text("utf-8")
    assert f'lang="{language}"' in page


def test_a_bad_map_says_each_line_and_exits_with_2(place: Path) -> None:
    (place / "bad.yaml").write_text(MAP.replace("channel: advert", "channel: advrt"))
    code, out, _ = trayecto("check", "bad.yaml", cwd=place)
    assert code == 2
    assert "bad.yaml:14" in out
    assert "advert" in out
    code, _, err = trayecto("measure", "bad.yaml", "-w", "w", "-o", "r.html", cwd=place)
    assert (code, "bad.yaml:14" in err) == (2, True)
    assert not (place / "r.html").exists()


BAD_CALLS = {
    "no workspace": (("graph", "-w", "nowhere"), "There is no workspace here"),
    "no file": (("import", "nothing.csv", "--source", "web", "-w", "w"), "There is no such file"),
    "no map": (("measure", "nothing.yaml", "-w", "w"), "There is no such file"),
    "an unknown ending": (("draw", "map.yaml", "-o", "map.bmp"), "A map is not written as"),
    "no such folder": (("draw", "map.yaml", "-o", "no/where/map.svg"), "folder that exists"),
    "an empty period": (
        ("graph", "-w", "w", "--since", "2026-03-02", "--until", "2026-03-01"),
        "ends before it begins",
    ),
    "an unknown source": (("variants", "-w", "w", "--source", "wep"), "Did you mean: web"),
    "an empty workspace": (("graph", "-w", "empty"), "no interactions in this workspace yet"),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_what_goes_wrong_is_said_in_words_with_exit_code_2(case: str, place: Path) -> None:
    words, said = BAD_CALLS[case]
    trayecto("init", "empty", cwd=place)
    code, _, err = trayecto(*words, cwd=place)
    assert (code, said in err, "Traceback" in err) == (2, True, False), err


def test_errors_are_said_in_spanish_too(place: Path) -> None:
    code, _, err = trayecto("graph", "-w", "nowhere", language="es", cwd=place)
    assert (code, "Aquí no hay ningún espacio de trabajo" in err) == (2, True)


def test_the_demo_runs_without_any_other_data(tmp_path: Path) -> None:
    code, out, err = trayecto("demo", "show", "--people", "150", "-l", "es", cwd=tmp_path)
    assert code == 0, err
    assert "solo se muestra la empresa simulada" in out
    reports = tmp_path / "show" / "reports"
    assert {page.name for page in reports.glob("*.html")} == {
        f"{page}.{language}.html"
        for page in ("index", "fibre", "purchase", "repair")
        for language in ("es", "en")
    }
    again = trayecto("demo", "show", "--people", "150", "-l", "es", cwd=tmp_path)
    assert again[:2] == (0, out)
    code, _, err = trayecto("demo", "show", "--people", "140", "-l", "es", cwd=tmp_path)
    assert (code, "la demo de otra empresa" in err) == (2, True), err


def test_a_simulated_company_is_brought_in_by_the_commands_that_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    made = run.invoke(app, ["simulate", "firm", "--people", "60", "-l", "es"])
    told = [shlex.split(line)[1:] for line in made.stdout.splitlines() if "trayecto " in line]
    files = sorted((tmp_path / "firm" / "exports").iterdir())
    assert sorted(given[1] for given in told if given[0] == "import") == [
        f"firm/exports/{file.name}" for file in files
    ]
    # The map of the help desk's tickets needs no other system's.
    chosen = [
        given for given in told if given[0] == "init" or {"helpdesk", "firm/repair.html"} & {*given}
    ]
    assert [given[0] for given in chosen] == ["init", "import", "measure"]
    for given in chosen:
        said = run.invoke(app, given)
        assert said.exit_code == 0, said.output
    report = (tmp_path / "firm" / "repair.html").read_text("utf-8")
    assert ("A fault, from report" in report) or ("Una avería, del aviso" in report)
    before = [file.read_bytes() for file in files]
    run.invoke(app, ["simulate", "firm", "--people", "60"])
    assert [file.read_bytes() for file in files] == before


def test_every_command_answers_in_json() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert len(commands) > 40
    silent = [
        name
        for name, command in commands.items()
        if not any("--json" in option.opts for option in command.params)
    ]
    assert silent == []


def test_what_was_written_is_told_in_json(tmp_path: Path) -> None:
    code, out, _ = trayecto("new", "--template", "telecom", "-o", "m.yaml", "--json", cwd=tmp_path)
    assert (code, json.loads(out)) == (0, {"written": ["m.yaml"]})
    code, out, _ = trayecto("draw", "m.yaml", "-o", "m.svg", "--json", cwd=tmp_path)
    assert (code, json.loads(out)) == (0, {"written": ["m.svg"]})


# What the command line says of itself


def test_the_help_has_every_command_once_under_what_it_is_for() -> None:
    told = [name for names in PARTS.values() for name in names.split()]
    assert sorted(told) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_help_speaks_no_other_language() -> None:
    library = re.compile(
        r"\b(usage|options|arguments|commands|default|required|show|env var|list|str|int|path)\b",
        re.IGNORECASE,
    )
    for command in ("", "graph", "measure", "funnel", "import", "serve", "timeline"):
        code, out, _ = trayecto(*command.split(), "--help", language="es")
        said = re.sub(r"--[\w-]+|\w+_\w+", "", out)
        assert (code, library.findall(said)) == (0, []), command
    assert "[si no: 20; 1 o más]" in trayecto("people", "--help", language="es")[1]


@pytest.mark.parametrize(
    ("typed", "en", "es"),
    [
        ("graf", "There is no command “graf”. Did you mean “graph”?",
         "No existe el comando «graf». ¿Querías decir «graph»?"),
        ("graph --nothing", "There is no option --nothing.", "No existe la opción --nothing."),
        ("graph --are x", "Did you mean --area", "¿Querías decir --area"),
        ("measure", "MAP is missing. “trayecto measure --help”",
         "Falta MAP. «trayecto measure --help»"),
        ("draw m.yaml", "--output / -o is missing.", "Falta --output / -o."),
        ("graph --per year", "--per: “year” is none of “person”, “case”.",
         "--per: «year» no es ninguno de estos: «person», «case»."),
        ("graph --since 31/03", "--since: “31/03” is no day; write it as 2026-03-31.",
         "--since: «31/03» no es un día; escríbelo como 2026-03-31."),
        ("variants --at-most few", "--at-most: a number is expected.",
         "--at-most: se espera un número."),
        ("variants --at-most 0", "--at-most: it has to be 1 or more.",
         "--at-most: tiene que ser 1 o más."),
        ("graph --per", "--per needs a value. “trayecto graph --help”",
         "--per necesita un valor. «trayecto graph --help»"),
        ("graph --json=3", "--json takes no value.", "--json no lleva ningún valor."),
        ("graph shop", "This is more than the command takes: shop.",
         "Esto sobra en el comando: shop."),
    ],
)  # fmt: skip
def test_what_was_typed_wrong_is_said_in_both_languages(typed: str, en: str, es: str) -> None:
    for language, words in (("en", en), ("es", es)):
        code, out, err = trayecto(*typed.split(), language=language)
        assert (code, out) == (2, "")
        assert words in err


def test_it_tells_its_version() -> None:
    assert trayecto("--version") == (0, f"trayecto {__version__}\n", "")
