"""
Engines that stay warm: whoever asks the same version of the lake again finds its views made.

Starting an engine and looking into every file of thirteen tables takes longer than most questions
of a page. So a session hands its engine back when it is done, and the next session on the same
version takes it over. An engine serves one session at a time, with its memory for itself; what a
session made for itself goes with it, and so do the contents of files that were read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from threading import Lock

from trayecto.lake.duck import Session

Key = tuple[int, Hashable, Hashable]
"""Process, place and version: what an engine sees."""

_MOST = 4
"""Engines that wait for work, of all lakes of this process; an idle one takes a few megabytes."""


class Warm:
    """Engines that wait, by what they see; the last to be given back is the first to go out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[tuple[Key, Session]] = []

    def session(self, place: Hashable, version: Hashable, begin: Callable[[], Session]) -> Session:
        """Return a session on one *version* of the lake at a *place*; *begin* makes an engine."""
        # What a child process inherits is its parent's.
        key = (os.getpid(), place, version)
        first = self._take(key) or begin()
        return first.follow(lambda: self._give_back(key, first))

    def _take(self, key: Key) -> Session | None:
        with self._lock:
            for nth in range(len(self._idle) - 1, -1, -1):
                if self._idle[nth][0] == key:
                    return self._idle.pop(nth)[1]
        return None

    def _give_back(self, key: Key, first: Session) -> None:
        _, place, version = key
        with self._lock:
            # What sees an older version of this lake will not be asked again, and may see
            # somebody who was erased.
            old = [each for each in self._idle if each[0][1] == place and each[0][2] != version]
            self._idle = [each for each in self._idle if each not in old]
            self._idle.append((key, first))
            while len(self._idle) > _MOST:
                old.append(self._idle.pop(0))
        for _, each in old:
            each.close()


warm = Warm()
