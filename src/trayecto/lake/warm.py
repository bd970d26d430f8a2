"""
Engines that stay warm: whoever asks the same version of the lake again finds its views made.

Starting an engine and looking into every file of thirteen tables takes longer than most questions
of a page. So a session hands its engine back when it is done, and the next session on the same
version takes it over; after a newer version was written, the next one looks only into the tables
that have changed. An engine serves one session at a time, with its memory for itself; what a
session made for itself goes with it, and so do the contents of files that were read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from trayecto.lake.duck import Session

Place = tuple[Hashable, ...]
Version = tuple[Hashable, ...]

_MOST = 4
"""Engines that wait for work, of all lakes of this process; an idle one takes a few megabytes."""
_RENEWALS = 100
"""How often an engine goes on to a newer version: it remembers files that are no longer there."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What *session* sees: the *version* of the lake at a *place*, seen by one process."""

    process: int
    place: Place
    version: Version
    session: Session
    renewals: int = 0


Begin = Callable[[Engine | None], Session]
"""Makes an engine that sees the present version, or goes on with one that saw an older."""


class Warm:
    """Engines that wait; the last to be given back is the first to go out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Engine] = []

    def session(self, place: Place, version: Version, begin: Begin) -> Session:
        """Return a session on one *version* of the lake at a *place*."""
        # What a child process inherits is its parent's.
        engine, process = self._take(place, version), os.getpid()
        if engine is None or engine.version != version:
            first = begin(engine)
            goes_on = engine is not None and engine.session is first
            nth = engine.renewals + 1 if engine and goes_on else 0
            engine = Engine(process, place, version, first, nth)
        return engine.session.follow(lambda: self._give_back(engine))

    def _take(self, place: Place, version: Version) -> Engine | None:
        """Return an engine that sees this version, else one that saw another before."""
        with self._lock:
            here = [one for one in self._idle if (one.process, one.place) == (os.getpid(), place)]
            same = [one for one in here if one.version == version]
            older = [one for one in here if one.renewals < _RENEWALS]
            found = next(reversed(same or older), None)
            self._idle = [one for one in self._idle if one is not found]
            return found

    def _give_back(self, engine: Engine) -> None:
        with self._lock:
            # What sees an older version of this lake will hardly be asked again, and may see
            # somebody who was erased.
            old = [
                one
                for one in self._idle
                if one.place == engine.place and one.version != engine.version
            ]
            self._idle = [one for one in self._idle if one not in old]
            self._idle.append(engine)
            while len(self._idle) > _MOST:
                old.append(self._idle.pop(0))
        for one in old:
            one.session.close()


warm = Warm()
