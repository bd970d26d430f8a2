"""One is one and not many, in both languages, wherever words count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examples import workspace_of
from test_render_report import read
from test_report_forms import MAP
from trayecto import measuring
from trayecto.cli.commands import app
from trayecto.vocabulary.text import LANGUAGES, Language, number
from trayecto.workspace import Workspace

ONE_OF_MANY = {
    "en": r"(?<![\d.,:])1 (people|cases|journeys|days|steps|interactions|times|nodes|rows|paths)\b",
    "es": r"(?<![\d.,:])1 (personas|casos|trayectos|días|pasos|interacciones|veces|nodos|filas)\b",
}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("one"), "ana: ad > shop")
    (workspace.folder / "shop.yaml").write_text(MAP, "utf-8")
    return workspace


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "asked",
    ["graph", "variants", "who shop", "paths shop", "sessions", "durations", "exits", "retention",
     "timeline", "people", "measure shop.yaml", "deviations shop.yaml", "drift shop.yaml",
     "pains shop.yaml", "votes shop.yaml", "moments shop.yaml", "behind shop.yaml shop",
     "check shop.yaml", "quality"],
)  # fmt: skip
def test_one_person_is_told_as_one(
    alone: Workspace, asked: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(alone.folder)
    said = CliRunner().invoke(app, [*asked.split(), "-l", language])
    assert said.exit_code == 0, said.output
    assert re.findall(ONE_OF_MANY[language], said.stdout) == []
    assert "|" not in re.sub(r"\s\|\s", "", said.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_one_journey_tells_it_as_one(alone: Workspace, language: Language) -> None:
    live = measuring.measure(alone, Path(alone.folder / "shop.yaml"), cuts=True)
    header = read(measuring.report(alone, live, language=language)).one("header").words
    assert {"en": "We measured 1 journey", "es": "Hemos medido 1 trayecto"}[language] in header
    assert {"en": "1 is still under way", "es": "1 sigue en curso"}[language] in header
    assert re.findall(ONE_OF_MANY[language], header) == []


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 people come"), (1, "1 person comes"), (21, "21 people come")]
)
def test_a_number_chooses_its_word(n: int, said: str) -> None:
    assert "{n:person comes|people come}".format(n=number(n, "en")) == said
    assert f"{number(n, 'en'):>4}" == f"{n:>4}"
