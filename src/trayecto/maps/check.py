"""A map, checked: its errors, and the advice a good consultant would give before drawing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import basename

from trayecto.maps.advice import Advice, advice
from trayecto.maps.document import JourneyMap
from trayecto.maps.library import OpenDocument, nowhere
from trayecto.maps.links import link_problems
from trayecto.maps.notation import read
from trayecto.vocabulary.errors import Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """
    Give the errors of a document, which keep it from being a map, and the advice on the map.

    There is advice only for a document without errors.
    """

    journey_map: JourneyMap | None
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...]


def check(text: str, *, file: str | None = None, open_: OpenDocument = nowhere) -> Checked:
    """Return what is wrong with a map's text, and what would make it a better map."""
    found = read(text, file=file, open_=open_)
    if found.journey_map is None:
        return Checked(None, found.problems, ())
    if found.journey_map.maps and open_ is not nowhere:
        linked = tuple(link_problems(found.tree, file=basename(file or ""), open_=open_))
        if linked:
            return Checked(None, tuple(replace(problem, file=file) for problem in linked), ())
    placed = (replace(given, file=file) for given in advice(found.journey_map, found.tree))
    return Checked(found.journey_map, (), tuple(sorted(placed, key=lambda a: a.line or 0)))
