"""Names told apart: where two long names begin alike, what is cut is what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import takewhile

from trayecto.render.type import ELLIPSIS


def told_apart(names: Collection[str], letters: int) -> Mapping[str, str]:
    r"""
    Return how each of *names* is written where only its first *letters* letters are sure to show.

    Names that begin alike for as long as that would all look the same, so each is given its
    beginning and then where it differs from those it is most like.

    >>> visits = ["Visit of the technician 1", "Visit of the technician 2", "Shop"]
    >>> list(told_apart(visits, 20).values())
    ['Visit of the… 1', 'Visit of the… 2', 'Shop']
    >>> list(told_apart(["Call about the invoice (time 2)", "Call about the invoice"], 16).values())
    ['Call… (time\xa02)', 'Call… invoice']
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        alike[name[:letters]].append(name)
    return {
        name: _apart(name, own, letters) if len(own := alike[name[:letters]]) > 1 else name
        for name in names
    }


def _apart(name: str, alike: Collection[str], letters: int) -> str:
    shared = max(_alike(name, other) for other in alike if other != name)
    # From where the word begins in which they part.
    start = name.rfind(" ", 0, shared + 1) + 1
    tail, opened = name[start:], name.rfind("(", 0, start)
    if ")" in tail and "(" not in tail and opened > 0:
        # A bracket is not closed that was not opened.
        start, tail = opened, name[opened:]
    room = max(letters // 2, letters - len(tail) - len(ELLIPSIS) - 1)
    head = name[:room].rsplit(" ", 1)[0].rstrip(" ,.;:·-–—")
    if start <= len(head) + 1:
        return name
    if tail.startswith("(") and len(tail) <= letters // 2:
        # So short a bracket stays on one line.
        tail = tail.replace(" ", "\u00a0")
    return f"{head}{ELLIPSIS} {tail}"


def _alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
