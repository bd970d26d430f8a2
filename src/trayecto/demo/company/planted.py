"""What is known to be true of the company, and where the measure of a map has to find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML

from trayecto.demo import show
from trayecto.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Truth:
    """
    One thing that was planted.

    *figure* is the way to it in `trayecto measure MAP --cuts --json`; what stands in a list is
    named by its id, name or scale, or as a lot of voters.
    """

    map_name: str
    what: Text
    figure: str
    value: float

    def found(self, measured: dict[str, Any]) -> dict[str, Any]:
        """Return the estimate that the measure of the map gives for it."""
        place: Any = measured
        for name in self.figure.split("."):
            place = _within(place, name)
        return dict(place)


def planted() -> Iterator[Truth]:
    """Give everything that was planted."""
    for one in YAML(typ="safe").load(show.planted())["truths"]:
        yield Truth(one["map"], Text(**one["what"]), one["figure"], float(one["is"]))


_NAMED_BY = ("id", "name", "scale", "named")


def _within(place: Any, name: str) -> Any:
    """Return what *place* holds under a name, or in a list as the thing that is called so."""
    if isinstance(place, dict):
        return place[name]
    for one in place:
        if isinstance(one, dict) and name in {one.get(by) for by in _NAMED_BY}:
            return one
        if isinstance(one, (list, tuple)) and one[0] == name:
            return one[1]
    raise KeyError(name)
