"""How far a long step has come, how fast it goes, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from trayecto.lake.duck import Session
from trayecto.vocabulary.text import Tell, Text, number

# What is done sooner needs no bar; and nobody reads faster than this.
_PATIENCE_S, _EVERY_S = 2.0, 1.0
_NEARLY, _SHORT_S = 0.97, 5.0
_UNITS = ((3_600, "h", 1, "unas"), (60, "min", 1, "unos"), (1, "s", 5, "unos"))
MARK = " · "


@contextmanager
def told(session: Session, tell: Tell, what: Text, *, size: int) -> Iterator[None]:
    """
    Say *what* is going on, and while it lasts how far it is: share, rate and time left.

    *size* is that of the file in bytes. What follows the first ` · ` is only true for a moment.
    """
    tell(what)
    done = Event()
    watcher = Thread(target=_watch, args=(session, tell, what, size, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(session: Session, tell: Tell, what: Text, size: int, done: Event) -> None:
    began = monotonic()
    pause = _PATIENCE_S
    while not done.wait(pause):
        pause = _EVERY_S
        share = session.progress()
        if share:
            tell(said(what, share=share, elapsed_s=monotonic() - began, size=size))


def meter(tell: Tell, what: Text, *, size: int) -> Callable[[float], None]:
    """Return what to call with how much of a file is read; it says so once a second."""
    began = last = monotonic()
    before = 0.0

    def report(share: float) -> None:
        nonlocal began, last, before
        now = monotonic()
        if share < before:
            began = now  # another pass over the same file
        before = share
        if share > 0 and now - began > _PATIENCE_S and now - last > _EVERY_S:
            last = now
            tell(said(what, share=min(share, 1), elapsed_s=now - began, size=size))

    return report


def said(what: Text, *, share: float, elapsed_s: float, size: int) -> Text:
    r"""
    Return what is going on with how far it is.

    >>> said(Text(en="reading", es="leyendo"), share=0.25, elapsed_s=10, size=400_000_000).en
    'reading · 25% · 10 MB/s · about 30\xa0s left'
    """
    rate = size * share / elapsed_s / 1e6
    left = _left(share, elapsed_s * (1 - share) / share)
    en, es = (
        (number(share * 100, of), number(rate, of, decimals=0 if rate >= 10 else 1))
        for of in ("en", "es")
    )  # fmt: skip
    return Text(
        en=MARK.join((what.en, f"{en[0]}%", f"{en[1]} MB/s", left.en)),
        es=MARK.join((what.es, f"{es[0]}\u00a0%", f"{es[1]} MB/s", left.es)),
    )


def _left(share: float, seconds: float) -> Text:
    r"""
    Return about how long it will take still; near the end, only that it is near.

    What has been read must still be put in order and written, and the engine counts the reading.

    >>> _left(0.25, 32).en, _left(0.25, 200).en, _left(0.25, 10_000).es
    ('about 30\xa0s left', 'about 3\xa0min left', 'unas 3\xa0h más')
    >>> _left(0.99, 0.2).en
    'finishing this step'
    """
    if share >= _NEARLY or seconds < _SHORT_S:
        return Text(en="finishing this step", es="terminando este paso")
    for size, unit, near, some in _UNITS:
        if seconds >= 2 * size:
            about = max(near, round(seconds / size / near) * near)
            return Text(en=f"about {about}\u00a0{unit} left", es=f"{some} {about}\u00a0{unit} más")
    raise AssertionError("two seconds are short")
