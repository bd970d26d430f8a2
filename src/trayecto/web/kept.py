"""
Answers kept in memory: a page never waits for what was worked out before.

An answer is kept with the state of the data it was worked out from. When the data has changed, the
old answer is shown at once, marked as such, and the new one is worked out in the background.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
_MOST = 400
_log = logging.getLogger("trayecto.web")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Answer]):
    """An answer, and whether newer data is being worked on."""

    answer: Answer
    updating: bool


class Keeper:
    """Keeps answers by key; each is worked out once, however many ask for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._under_way: dict[tuple[Hashable, Hashable], Future[Any]] = {}
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="answers")

    def get(
        self, key: Hashable, state: Hashable, work: Callable[[], Answer], *, wait: bool = False
    ) -> Kept[Answer]:
        """
        Return the answer to *key*; *state* says what it rests on, *work* works it out.

        Who cannot do with an older answer waits for the new one.
        """
        with self._lock:
            held = self._kept.get(key)
            if held is not None:
                self._kept.move_to_end(key)
                if held[0] == state:
                    return Kept(held[1], updating=False)
            future = self._under_way.get((key, state))
            if future is None:
                future = self._workers.submit(self._work, key, state, work)
                self._under_way[key, state] = future
        if held is not None and not wait:
            return Kept(held[1], updating=True)
        return Kept(future.result(), updating=False)

    def forget(self) -> None:
        """Forget every answer: somebody was erased."""
        with self._lock:
            self._kept.clear()

    def _work(self, key: Hashable, state: Hashable, work: Callable[[], Answer]) -> Answer:
        try:
            found = work()
        except Exception:
            _log.debug("an answer could not be worked out", exc_info=True)
            raise
        finally:
            with self._lock:
                self._under_way.pop((key, state), None)
        with self._lock:
            self._kept[key] = (state, found)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return found


keeper = Keeper()
