"""What changed from one map to another: things that came, went or moved, and fields that differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trayecto.maps.outline import ROOT, Outline, Spot, Thing

Field = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A thing that is no longer there."""

    thing: Thing
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing that is new, or stands elsewhere; *was* is where it stood, None for a new one."""

    thing: Thing
    after: str | None
    was: Spot | None = None
    line: int | None = None

    @property
    def new(self) -> bool:
        """Tell whether it was not there before."""
        return self.was is None


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs; None is a field that is not written."""

    thing: Thing
    field: Field
    before: Any
    after: Any
    lines: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Diff:
    """All that changed. *placed* is in the order of the newer map, so it can be done in turn."""

    removed: tuple[Removed, ...]
    placed: tuple[Placed, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.placed or self.changed)


def compare(older: Outline, newer: Outline) -> Diff:
    """Return what changed from the older map to the newer one; nothing for the same map."""
    removed = [
        Removed(thing, older.line(key))
        for key, thing in older.things.items()
        if key not in newer.things
    ]
    changed = [
        Changed(thing, field, before, after, (older.line(key, field), newer.line(key, field)))
        for key, thing in newer.things.items()
        if key in older.things
        for field, before, after in field_changes(older.things[key].fields, thing.fields)
    ]
    return Diff(tuple(removed), tuple(_placed(older, newer)), tuple(changed))


def _placed(older: Outline, newer: Outline) -> Iterator[Placed]:
    for key in _in_order(newer):
        thing = newer.things[key]
        known = older.things.get(key)
        if known is None:
            yield Placed(thing, newer.after(key), None, newer.line(key))
        elif known.spot != thing.spot or key in moved_within(older, newer, thing.spot):
            yield Placed(thing, newer.after(key), known.spot, newer.line(key))


def _in_order(found: Outline) -> Iterator[str]:
    """Give the keys list by list, owners before what they own."""
    for row in found.order.values():
        yield from row


def moved_within(older: Outline, newer: Outline, spot: Spot) -> frozenset[str]:
    """Return the fewest things of a list that have to move to give its new order."""
    now = newer.order.get(spot, [])
    kept = set(now)
    before = {key: i for i, key in enumerate(k for k in older.order.get(spot, []) if k in kept)}
    both = [key for key in now if key in before]
    return frozenset(both) - set(_longest_rise(both, [before[key] for key in both]))


def _longest_rise(keys: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return the keys of a longest increasing run of places (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for i, place in enumerate(places):
        at = bisect_left(tops, place)
        back.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [place]
        ends[at : at + 1] = [i]
    run: list[str] = []
    i = ends[-1] if ends else -1
    while i >= 0:
        run.insert(0, keys[i])
        i = back[i]
    return run


def field_changes(
    before: dict[str, Any], after: dict[str, Any], at: Field = ()
) -> Iterator[tuple[Field, Any, Any]]:
    """Give each field that differs, as deep as both sides have fields; a text is one field."""
    for name in [*before, *(name for name in after if name not in before)]:
        one: Any = before.get(name)
        other: Any = after.get(name)
        if one == other:
            continue
        if has_fields(one) and has_fields(other):
            yield from field_changes(one, other, (*at, name))
        else:
            yield (*at, name), one, other


def has_fields(value: Any) -> bool:
    """Tell whether a value is made of fields; a text in two languages is one value."""
    return isinstance(value, dict) and not is_text(value)


def is_text(value: Any) -> bool:
    """Tell whether a value is a text in two languages."""
    return isinstance(value, dict) and bool(value) and set(value) <= {"es", "en", "use"}


def apply(older: Outline, diff: Diff) -> Outline:
    """Return the map that the older one becomes by these changes."""
    things = dict(older.things)
    order = {spot: list(row) for spot, row in older.order.items()}
    for removed in diff.removed:
        order[removed.thing.spot].remove(removed.thing.key)
        del things[removed.thing.key]
    for placed in diff.placed:
        if placed.was is not None:
            order[placed.was].remove(placed.thing.key)
    for placed in diff.placed:
        key, spot = placed.thing.key, placed.thing.spot
        row = order.setdefault(spot, [])
        row.insert(row.index(placed.after) + 1 if placed.after else 0, key)
        own = placed.thing.fields if placed.new else things[key].fields
        things[key] = Thing(key, placed.thing.kind, spot, own)
    for change in diff.changed:
        thing = things[change.thing.key]
        fields = with_field(thing.fields, change.field, change.after)
        things[thing.key] = Thing(thing.key, thing.kind, thing.spot, fields)
    return Outline(things, {spot: row for spot, row in order.items() if row})


def with_field(fields: dict[str, Any], at: Field, value: Any) -> dict[str, Any]:
    """Return the fields with one of them set, or taken away by None."""
    name, *rest = at
    own = dict(fields)
    if rest:
        value = with_field(own.get(name) or {}, tuple(rest), value) or None
    if value is None:
        own.pop(name, None)
    else:
        own[name] = value
    return own


def owner(thing: Thing) -> str:
    """Return the key of the thing in which another stands; the map itself owns the stages."""
    return thing.spot[0] or ROOT
