"""What was asked of a map, as the commands that ask it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule, words_of

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AskedOfMap:
    """A map's file, as seen from the workspace's folder, and whose journeys when."""

    file: str
    period: Period = ALWAYS
    people: Rule = ()
    segments: Sequence[str] = ()
    cuts: bool = False
    channel: str = ""
    compare: Sequence[str] = ()
    """Two sides of it, as `--compare` takes them; none: it is not compared."""

    def measure(self) -> str:
        """
        Return the command that measures it again.

        >>> AskedOfMap("maps/la tienda.yaml", cuts=True).measure()
        "trayecto measure 'maps/la tienda.yaml' --cuts"
        """
        named = (part for name in self.segments for part in ("--segment", name))
        return shlex.join(
            ["trayecto", "measure", self.file, *self._options(), *named]
            + (["--compare", *self.compare] if self.compare else [])
            + (["--cuts"] if self.cuts else [])
        )

    def behind(self, place: str = "", *, that: str = "", of: Mapping[str, str] = NOTHING) -> str:
        """
        Return the command that lists the people behind a figure of the map, or of one place.

        *of* are more options: whose journeys of them, by name.

        >>> AskedOfMap("shop.yaml").behind("pay", that="vote-leave", of={"group": "felt:bad"})
        'trayecto behind shop.yaml pay --that vote-leave --group felt:bad'
        """
        where = [place] if place else []
        how = ["--that", that] if that else []
        more = (word for name, value in of.items() for word in (f"--{name}", value))
        return shlex.join(["trayecto", "behind", self.file, *where, *how, *more, *self._options()])

    def _options(self) -> Iterator[str]:
        for option, end in (("--since", self.period.since), ("--until", self.period.until)):
            if end is not None:
                yield from (option, _day(end))
        for test in words_of(self.people):
            yield from ("--people", test)
        if self.channel:
            yield from ("--channel", self.channel)


def _day(end: datetime) -> str:
    """Return the day that begins then: periods are asked for in whole days."""
    return end.date().isoformat()
