"""Who is named in what somebody writes: an @ and an address, a whole name or a first name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from trayecto.vocabulary.text import folded
from trayecto.web.models import Account

_AT = re.compile(r"(?<![\w.+-])@(?=\w)")
_GOES_ON = re.compile(r"-?\w|@")


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names somebody, from the @ on, and whom; a first name may be several's."""

    start: int
    end: int
    accounts: tuple[Account, ...]


def named_in(text: str, members: Iterable[Account]) -> tuple[Named, ...]:
    """
    Return where a text names members, in its order.

    The longest that fits is meant: with two Anas, `@Ana Ruiz` is one of them and `@Ana` both.
    Neither case nor accents matter. The text is in composed form (NFC).
    """
    calls: defaultdict[str, list[Account]] = defaultdict(list)
    for member in members:
        whole = normalize("NFC", str(member)).strip()
        for call in {member.email, whole, *whole.split()[:1]}:
            calls[folded(call)].append(member)
    longest_first = sorted(filter(None, calls), key=len, reverse=True)
    found: list[Named] = []
    for at in _AT.finditer(text):
        for call in longest_first:
            end = at.end() + len(call)
            if folded(text[at.end() : end]) == call and not _GOES_ON.match(text, end):
                found.append(Named(at.start(), end, tuple(calls[call])))
                break
    return tuple(found)
