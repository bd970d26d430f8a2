"""A map, checked: its errors, and the advice a good consultant would give before drawing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import basename

from trayecto.maps.advice import Advice, advice
from trayecto.maps.document import JourneyMap
from trayecto.maps.images import OpenImage, with_images
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


def check(
    text: str,
    *,
    file: str | None = None,
    open_: OpenDocument = nowhere,
    look: OpenImage | None = None,
) -> Checked:
    """
    Return what is wrong with a map's text, and what would make it a better map.

    *look* gives the bytes of an image that the map names; without it, the map has only its name.
    """
    found = read(text, file=file, open_=open_)
    if found.journey_map is None:
        return Checked(None, found.problems, ())
    if found.journey_map.maps and open_ is not nowhere:
        linked = tuple(link_problems(found.tree, file=basename(file or ""), open_=open_))
        if linked:
            return Checked(None, tuple(replace(problem, file=file) for problem in linked), ())
    whole, faults = with_images(found.journey_map, look) if look else (found.journey_map, ())
    if faults:
        told = (found.tree.problem(path, own.what, own.way_out) for path, own in faults)
        return Checked(None, tuple(replace(problem, file=file) for problem in told), ())
    placed = (replace(given, file=file) for given in advice(whole, found.tree))
    return Checked(whole, (), tuple(sorted(placed, key=lambda a: a.line or 0)))
