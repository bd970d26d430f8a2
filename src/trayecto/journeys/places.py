"""The nodes a question names: found by what a person types, the nearest offered when unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_ON_CHANNEL = re.compile(r"(?P<touchpoint>.*?)\s*\[(?P<channel>[^\[\]]+)\]")


class NothingThere(TrayectoError):
    """A question about facts that are not in the lake."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    One or more nodes under the *name* that a person gave: any of them will do.

    *condition* is the SQL that an interaction there meets; *codes* are its touchpoints, or None
    when the channel matters too.
    """

    name: str
    condition: str
    codes: tuple[int, ...] | None = None


def find(session: Session, words: str, *, by: str = "touchpoint") -> Place:
    """
    Return the place that *words* name: `shop`, `call[phone]`, `[store]`, or `shop|store`.

    A name that is known as it stands is that, whatever signs it has inside. Where nodes are told
    *by* something that is no touchpoint or channel, their own names come first.
    """
    touchpoints = dict(
        session.ask("touchpoints", "select distinct touchpoint, touchpoint_code from nodes")
    )
    channels = dict(session.ask("channels", "select distinct channel, channel_code from nodes"))
    if by not in _BY_TOUCHPOINT and (place := _named(session, words, list(touchpoints))):
        return place
    names = [words] if words in touchpoints else [part.strip() for part in words.split("|")]
    stop_if_unknown("touchpoint", (_touchpoint(n, touchpoints) for n in names), touchpoints)
    stop_if_unknown("channel", (_channel(n, touchpoints) for n in names), channels)
    plain, conditions = [], []
    for name in names:
        touchpoint, channel = _touchpoint(name, touchpoints), _channel(name, touchpoints)
        if channel is None:
            plain.append(touchpoints[touchpoint])
            continue
        on = f"channel = {channels[channel]}"
        here = f"touchpoint = {touchpoints[touchpoint]} and " if touchpoint else ""
        conditions.append(f"({here}{on})")
    codes = tuple(sorted(set(plain)))
    if codes:
        conditions.append(f"touchpoint in ({', '.join(map(str, codes))})")
    alone = bool(codes) and len(conditions) == 1
    return Place(words, f"({' or '.join(conditions)})", codes if alone else None)


_BY_TOUCHPOINT = ("touchpoint", "node", "channel")


def _named(session: Session, words: str, touchpoints: Sequence[str]) -> Place | None:
    """Return the place of a source, an area or a value, by the names the question has."""
    known = dict(session.ask("names", "select name, code from names"))
    names = [words] if words in known else [part.strip() for part in words.split("|")]
    unknown = [name for name in names if name not in known]
    if unknown:
        others = [
            name for name in unknown if (_touchpoint(name, touchpoints) or "") not in touchpoints
        ]
        stop_if_unknown("node", others, [*known, *touchpoints])
        return None
    codes = ", ".join(str(known[name]) for name in sorted(set(names)))
    return Place(words, f"(node in ({codes}))")


def stop_if_unknown(kind: str, names: Iterable[str | None], known: Iterable[str]) -> None:
    """Refuse names that nobody knows, all at once, and offer the nearest."""
    there = list(known)
    unknown = [name for name in names if name and name not in there]
    if unknown:
        raise NothingThere(*(_unknown(kind, name, there) for name in unknown))


def _touchpoint(name: str, known: Iterable[str]) -> str | None:
    if name in known:
        return name
    found = _ON_CHANNEL.fullmatch(name)
    return (found["touchpoint"] or None) if found else name or "?"


def _channel(name: str, known: Iterable[str]) -> str | None:
    found = None if name in known else _ON_CHANNEL.fullmatch(name)
    return found["channel"] if found else None


_KINDS = {
    "source": Text(en="There is no source", es="No existe el origen"),
    "channel": Text(en="There is no channel", es="No existe el canal"),
    "area": Text(en="There is no area", es="No existe el área"),
    "touchpoint": Text(en="There is no touchpoint", es="No existe el punto de contacto"),
    "node": Text(en="There is no node", es="No existe el nodo"),
}


def _unknown(kind: str, name: str, known: Sequence[str]) -> Problem:
    lower = {word.lower(): word for word in known}
    near = [lower[word] for word in get_close_matches(name.lower(), lower, n=3, cutoff=0.5)]
    shown = ", ".join(near or sorted(known)[:10]) or "—"
    way_out = (
        Text(en=f"Did you mean: {shown}?", es=f"¿Querías decir: {shown}?")
        if near
        else Text(en=f"There are: {shown}.", es=f"Hay: {shown}.")
    )
    return Problem(
        Text(en=f"{_KINDS[kind].en} “{name}”.", es=f"{_KINDS[kind].es} «{name}»."), way_out
    )
