"""What several maps share, and maps that open into one another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from trayecto import flow
from trayecto.maps.check import check
from trayecto.maps.library import OpenDocument
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text, same

HOUSE = """\
library: house
areas:
  - {id: sales, name: {es: Ventas, en: Sales}}
personas:
  - {id: ana, name: "Ana, 34", prefers: [phone]}
touchpoints:
  - {id: call, name: {es: Llamada, en: Call}, channel: phone, area: {use: sales}}
"""
MAP = """\
map: shop
title: Shop
library: [house.yaml]
protagonist: {use: ana}
stages:
  - id: buy
    name: Buying
    touchpoints:
      - {id: first_call, use: call, emotion: {level: 1}}
      - {id: till, name: Till, channel: store}
    back_stage:
      - {area: {use: sales}, does: Prepares}
"""


def shelf(documents: Mapping[str, str]) -> OpenDocument:
    def open_(name: str) -> str:
        if name not in documents:
            raise TrayectoError(Problem(same("There is no such file.")))
        return documents[name]

    return open_


def problems(text: str, documents: Mapping[str, str], file: str = "shop.yaml") -> list[str]:
    found = check(text, file=file, open_=shelf(documents)).problems
    return [f"{problem.line}: {problem.what.en} {problem.way_out.en}".strip() for problem in found]


def test_a_map_takes_persona_touchpoint_and_area_from_its_library() -> None:
    shop = check(MAP, open_=shelf({"house.yaml": HOUSE})).journey_map
    assert shop is not None
    assert shop.protagonist is not None
    assert shop.protagonist.name == same("Ana, 34")
    call = next(shop.touchpoints())
    assert (call.id, call.name.es, call.channel, call.area) == (
        "first_call", "Llamada", "phone", Text(en="Sales", es="Ventas")
    )  # fmt: skip
    assert call.emotion is not None
    assert shop.stages[0].back_stage[0].area.es == "Ventas"


def test_what_the_map_writes_has_the_last_word() -> None:
    own = MAP.replace("use: call,", "use: call, channel: chat,")
    shop = check(own, open_=shelf({"house.yaml": HOUSE})).journey_map
    assert shop is not None
    assert next(shop.touchpoints()).channel == "chat"


def test_what_no_library_has_is_named_with_the_nearest() -> None:
    assert '4: No library of this map has the persona "anna". Did you mean "ana"?' in problems(
        MAP.replace("use: ana", "use: anna"), {"house.yaml": HOUSE}
    )


def test_a_library_that_is_not_there_is_told_at_its_line() -> None:
    assert problems(MAP, {})[0] == "3: There is no such file."


def test_a_library_with_problems_tells_them_with_its_own_lines() -> None:
    found = check(MAP, open_=shelf({"house.yaml": HOUSE.replace("channel: phone", "chanel: x")}))
    assert ("house.yaml", 7, "touchpoints[0].chanel") in [
        (problem.file, problem.line, problem.field) for problem in found.problems
    ]


LINKED = "map: {0}\ntitle: X\nstages: [{{id: s, name: S, touchpoints: [{{id: t, name: T, "
LINKED += "channel: web}}]}}]\nmaps: [{{map: {1}, kind: {2}, at: s}}]\n"


def test_a_part_may_lead_to_its_whole_and_the_whole_to_its_part() -> None:
    part = LINKED.format("b", "a.yaml", "macro")
    assert problems(LINKED.format("a", "b.yaml", "micro"), {"b.yaml": part}, "a.yaml") == []


def test_maps_that_contain_one_another_are_refused_with_the_way() -> None:
    documents = {
        "a.yaml": LINKED.format("a", "b.yaml", "micro"),
        "b.yaml": LINKED.format("b", "c.yaml", "micro"),
        "c.yaml": LINKED.format("c", "a.yaml", "micro"),
    }
    assert problems(documents["a.yaml"], documents, "a.yaml") == [
        "4: These maps contain one another: a.yaml → b.yaml → c.yaml → a.yaml. "
        "Let micro lead to a smaller part, and macro to the whole, never back."
    ]


def test_a_map_that_contains_itself_is_refused() -> None:
    own = LINKED.format("a", "a.yaml", "macro")
    assert "a.yaml → a.yaml" in problems(own, {"a.yaml": own}, "a.yaml")[0]


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd", "in/../../secret.yaml"])
def test_a_map_reaches_no_document_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yaml").write_text(HOUSE, "utf-8")
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "shop.yaml").write_text(MAP.replace("house.yaml", name), "utf-8")
    told = [problem.what.en for problem in flow.check(folder / "shop.yaml").problems]
    assert f'"{name}" lies outside the folder of the map.' in told


def test_a_map_reads_its_neighbours_from_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(MAP, "utf-8")
    (tmp_path / "house.yaml").write_text(HOUSE, "utf-8")
    assert flow.check(tmp_path / "shop.yaml").problems == ()
    assert "Ana, 34" in flow.draw(tmp_path / "shop.yaml", language="es")


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("    name: Buying\n", "\tname: Buying\n", "There is a tab here."),
        ("id: till", "id: first_call", 'The id "first_call" is taken on line 9.'),
        ("channel: store", "chanel: store", 'There is no field "chanel" here.'),
        ("{use: ana}", "{name: Ana, image: /etc/passwd}", '"/etc/passwd" is not valid here.'),
        ("title: Shop", "title: " + "x" * 10_000_000, "The document is over 2 MB."),
        (
            "does: Prepares",
            "does: Prepares, serves: [nobody]",
            'No touchpoint has the id "nobody".',
        ),
    ],
    ids=["tab", "id twice", "unknown field", "image", "ten megabytes", "reference to nothing"],
)
def test_bad_input_is_told_and_never_swallowed(before: str, after: str, what: str) -> None:
    found = check(MAP.replace(before, after), open_=shelf({"house.yaml": HOUSE})).problems
    assert what in [problem.what.en for problem in found]
