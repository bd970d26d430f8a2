"""
Answers kept in memory: a page never waits for what was worked out before.

An answer is kept with the state of the data it was worked out from. When the data has changed, the
old answer is shown at once, marked as such, and the new one is worked out in the background. Where
there is no old answer, a page waits as long as whoever asks has patience, and comes back later.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
_MOST = 400
_log = logging.getLogger("trayecto.web")
patience: ContextVar[float | None] = ContextVar("patience", default=None)
"""How many seconds this request waits for an answer; None: until it is there."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[Answer]):
    """An answer, and whether newer data is being worked on."""

    answer: Answer
    updating: bool


class NotYet(Exception):
    """The answer is still being worked out, and whoever asked waits no longer."""


class Keeper:
    """
    Keeps answers by key; each is worked out once, however many ask for it.

    What is *forgotten* stays so: an answer under way when everything is forgotten may rest on what
    was erased meanwhile, so it goes to whoever waits for it and is not kept.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._under_way: dict[Hashable, tuple[Future[Any], ThreadPoolExecutor]] = {}
        self._forgotten = 0
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="answers")
        # What nobody waits for must not stand in the way of those who wait.
        self._later = ThreadPoolExecutor(1, thread_name_prefix="answers-later")

    def get(self, key: Hashable, state: Hashable, work: Callable[[], Answer]) -> Kept[Answer]:
        """
        Return the answer to *key*; *state* says what it rests on, *work* works it out.

        Raises `NotYet` when there is none and the request's patience is over.
        """
        with self._lock:
            held = self._held(key)
            if held is not None and held[0] == state:
                return Kept(held[1], updating=False)
            future = self._begin(key, state, work, self._workers)
        if held is not None:
            return Kept(held[1], updating=True)
        try:
            return Kept(future.result(patience.get()), updating=False)
        except TimeoutError:
            if future.done():  # the work itself says so
                raise
            raise NotYet from None

    def glance(
        self, key: Hashable, state: Hashable, work: Callable[[], Answer]
    ) -> Kept[Answer] | None:
        """Return the answer if one is kept; a new one is worked out when nothing else is to do."""
        with self._lock:
            held = self._held(key)
            if held is not None and held[0] == state:
                return Kept(held[1], updating=False)
            self._begin(key, state, work, self._later)
        return Kept(held[1], updating=True) if held is not None else None

    def now(self, key: Hashable, state: Hashable, work: Callable[[], Answer]) -> Answer:
        """Return the answer of just this *state*, worked out here if need be: for quick work."""
        with self._lock:
            held, since = self._held(key), self._forgotten
        if held is not None and held[0] == state:
            answer: Answer = held[1]
            return answer
        found = work()
        with self._lock:
            self._keep(key, state, found, since)
        return found

    def forget(self) -> None:
        """Forget every answer, also those under way: somebody was erased."""
        with self._lock:
            self._kept.clear()
            self._forgotten += 1

    def _held(self, key: Hashable) -> tuple[Hashable, Any] | None:
        held = self._kept.get(key)
        if held is not None:
            self._kept.move_to_end(key)
        return held

    def _begin(
        self, key: Hashable, state: Hashable, work: Callable[[], Any], pool: ThreadPoolExecutor
    ) -> Future[Any]:
        """Return the work on an answer; what only stood in line is begun now by who waits."""
        wanted = (key, state, self._forgotten)
        if wanted in self._under_way:
            future, where = self._under_way[wanted]
            # Nobody waits for what stands in the other line, so it may be taken out of it.
            if where is pool or pool is self._later or not future.cancel():
                return future
        future = pool.submit(self._work, key, state, work, self._forgotten)
        self._under_way[wanted] = (future, pool)
        return future

    def _work(
        self, key: Hashable, state: Hashable, work: Callable[[], Answer], since: int
    ) -> Answer:
        try:
            found = work()
        except Exception:
            _log.debug("an answer could not be worked out", exc_info=True)
            raise
        else:
            with self._lock:
                self._keep(key, state, found, since)
            return found
        finally:
            with self._lock:
                self._under_way.pop((key, state, since), None)

    def _keep(self, key: Hashable, state: Hashable, found: Any, since: int) -> None:
        if since != self._forgotten:
            return
        self._kept[key] = (state, found)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)


keeper = Keeper()
