"""A page never tells somebody to type a command: it says what to do there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from web_site import Site, words

SRC = Path(__file__).parents[1] / "src" / "trayecto"
ASKED_ON_PAGES = ("journeys", "identity", "care.py", "measuring.py", "watching.py")
"""Where the questions of pages are answered, and what stands in their way is said."""


def commands_told() -> set[str]:
    """Return every English text there that names a command or an option, and pages would say."""
    files = [
        file
        for place in ASKED_ON_PAGES
        for file in ([SRC / place] if place.endswith(".py") else (SRC / place).rglob("*.py"))
    ]
    return {
        str(said.value.value)
        for file in files
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        # A way out has other words for a page, which stand in a text of their own.
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Text"
        for said in call.keywords
        if said.arg == "en" and isinstance(said.value, ast.Constant)
        if re.search(r"trayecto [a-z]|--[a-z]", str(said.value.value))
    }


def test_what_names_a_command_has_other_words_for_a_page() -> None:
    assert commands_told() == set()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/questions/funnel/?step=shop", "Nómbralos arriba, en orden"),
        ("/questions/around/?node=shop&before=0&after=0", "Pide al menos un paso"),
    ],
)
def test_a_question_that_lacks_something_says_what_to_do_on_the_page(
    site: Site, address: str, says: str
) -> None:
    said = words(site.client("ana").get(address).content)
    assert says in said
    assert "trayecto funnel" not in said
    assert "--before" not in said
