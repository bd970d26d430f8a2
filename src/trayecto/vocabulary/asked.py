"""What was asked of a map, as the commands that ask it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule, words_of


@dataclass(frozen=True, slots=True)
class AskedOfMap:
    """A map's file, as seen from the workspace's folder, and whose journeys when."""

    file: str
    period: Period = ALWAYS
    people: Rule = ()
    segments: Sequence[str] = ()
    cuts: bool = False

    def measure(self) -> str:
        """
        Return the command that measures it again.

        >>> AskedOfMap("maps/la tienda.yaml", cuts=True).measure()
        "trayecto measure 'maps/la tienda.yaml' --cuts"
        """
        named = (part for name in self.segments for part in ("--segment", name))
        return shlex.join(
            ["trayecto", "measure", self.file, *self._options(), *named]
            + (["--cuts"] if self.cuts else [])
        )

    def behind(self, place: str = "", *, that: str = "") -> str:
        """
        Return the command that lists the people behind a figure of the map, or of one place.

        >>> AskedOfMap("shop.yaml").behind("pay", that="left")
        'trayecto behind shop.yaml pay --that left'
        """
        where = [place] if place else []
        how = ["--that", that] if that else []
        return shlex.join(["trayecto", "behind", self.file, *where, *how, *self._options()])

    def _options(self) -> Iterator[str]:
        for option, end in (("--since", self.period.since), ("--until", self.period.until)):
            if end is not None:
                yield from (option, _day(end))
        for test in words_of(self.people):
            yield from ("--people", test)


def _day(end: datetime) -> str:
    """Return the day that begins then: periods are asked for in whole days."""
    return end.date().isoformat()
