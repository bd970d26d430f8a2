"""How far a long step has come, how fast it goes, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from trayecto.lake.duck import Session
from trayecto.vocabulary.text import Text, duration, number

# What is done sooner needs no bar; and nobody reads faster than this.
_PATIENCE_S, _EVERY_S = 2.0, 1.0
MARK = " · "


@contextmanager
def told(
    session: Session, tell: Callable[[Text], None], what: Text, *, size: int
) -> Iterator[None]:
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


def _watch(
    session: Session, tell: Callable[[Text], None], what: Text, size: int, done: Event
) -> None:
    began = monotonic()
    pause = _PATIENCE_S
    while not done.wait(pause):
        pause = _EVERY_S
        share = session.progress()
        if share:
            tell(said(what, share=share, elapsed_s=monotonic() - began, size=size))


def meter(tell: Callable[[Text], None], what: Text, *, size: int) -> Callable[[float], None]:
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
    'reading · 25% · 10 MB/s · 30\xa0s left'
    """
    rate = size * share / elapsed_s / 1e6
    left = elapsed_s * (1 - share) / share
    en, es = (
        (number(share * 100, of), number(rate, of, decimals=0 if rate >= 10 else 1),
         duration(left, of))
        for of in ("en", "es")
    )  # fmt: skip
    return Text(
        en=MARK.join((what.en, f"{en[0]}%", f"{en[1]} MB/s", f"{en[2]} left")),
        es=MARK.join((what.es, f"{es[0]}\u00a0%", f"{es[1]} MB/s", f"quedan {es[2]}")),
    )
