"""The people behind each count of a map's report: the very ones, by the command that is told."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examples import workspace_of
from test_render_report import read
from test_report_forms import MAP, STORY
from trayecto import measuring, watching
from trayecto.cli.commands import app
from trayecto.vocabulary.errors import TrayectoError
from trayecto.workspace import Workspace


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("shop"), STORY)
    (workspace.folder / "shop.yaml").write_text(MAP, "utf-8")
    return workspace


def who(shop: Workspace, place: str, that: str) -> list[str]:
    found = watching.behind(shop, shop.folder / "shop.yaml", place, that=that, named=True)
    return sorted(name for one in found.listed for name in one.names)


def test_they_are_the_ones_whose_journeys_did_it(shop: Workspace) -> None:
    # ana, luz and marta buy; pau cancels after the basket; leo is in the shop and no further.
    assert who(shop, "", "completed") == ["ana", "luz", "marta"]
    assert who(shop, "", "left") == ["pau"]
    assert who(shop, "shop", "open") == ["leo"]
    assert who(shop, "cart", "reached") == ["ana", "marta", "pau"]
    assert who(shop, "cart", "onward") == ["ana", "marta"]
    assert who(shop, "cart", "left") == ["pau"]
    assert who(shop, "look", "reached") == ["ana", "leo", "luz", "marta", "pau"]
    assert who(shop, "shop", "repeated") == []


def test_every_command_of_the_report_lists_as_many_as_the_report_counts(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.folder)
    live = measuring.measure(shop, Path("shop.yaml"), cuts=True)
    told = json.loads(measuring.report_as(shop, live, ".json", language="en"))["people"]
    page = read(measuring.report(shop, live, language="en"))
    commands = [code.words for code in page.one("details", id="behind").all("code")]
    assert commands == [one["command"] for one in told]
    assert len(told) > 20
    for one in told:
        said = CliRunner().invoke(app, [*shlex.split(one["command"])[1:], "--json"])
        assert said.exit_code == 0, said.output
        assert json.loads(said.stdout)["journeys"] == one["journeys"], one


def test_the_words_count_journeys_and_people_and_a_file_holds_all_of_them(
    shop: Workspace, tmp_path: Path
) -> None:
    given = ["behind", str(shop.folder / "shop.yaml"), "cart", "-w", str(shop.folder)]
    said = CliRunner().invoke(app, [*given, "--that", "onward", "--at-most", "1", "-l", "es"])
    assert said.stdout.splitlines()[0] == "Trayectos: 2 · personas: 2 · cart · siguen"
    assert said.stdout.splitlines()[-1] == "… +1 (todas con --json)"
    CliRunner().invoke(app, [*given, "--named", "-o", str(tmp_path / "cart.csv")])
    assert len((tmp_path / "cart.csv").read_text("utf-8").splitlines()) == 4
    refused = CliRunner().invoke(app, [*given, "-o", "cart.pdf"])
    assert "Name it cart.csv." in str(refused.exception)


def test_a_place_that_is_not_there_is_refused_with_those_that_are(shop: Workspace) -> None:
    with pytest.raises(TrayectoError, match="There are: cart"):
        watching.behind(shop, shop.folder / "shop.yaml", "cartt")
    with pytest.raises(TrayectoError, match="Ask for: reached, completed, left, open"):
        watching.behind(shop, shop.folder / "shop.yaml", that="onward")
