"""Finished maps to begin from, in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trayecto.maps.notation import read
from trayecto.maps.shape import did_you_mean
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

NAMES = (
    "purchase",
    "attraction",
    "support",
    "shop",
    "telecom",
    "loan",
    "public_service",
    "b2b",
    "empty",
)
"""In the order they are shown: from the general to the particular, and nothing at all."""


@dataclass(frozen=True, slots=True)
class Template:
    """A map that comes with Trayecto: its name, what it is and the question it answers."""

    name: str
    title: Text
    question: Text
    stages: tuple[Text, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, the most general first."""
    return tuple(_template(name) for name in NAMES)


def template(name: str) -> str:
    """Return the text of a template."""
    if name not in NAMES:
        what = Text(en=f'There is no template "{name}".', es=f"No hay ninguna plantilla «{name}».")
        raise TrayectoError(Problem(what, did_you_mean(name, NAMES)))
    return files("trayecto.maps.templates").joinpath(f"{name}.yaml").read_text("utf-8")


def _template(name: str) -> Template:
    found = read(template(name)).journey_map
    if found is None:
        raise AssertionError(f"the template {name} is no map")
    stages = tuple(stage.name for stage in found.stages)
    return Template(name, found.title, found.question, stages)
