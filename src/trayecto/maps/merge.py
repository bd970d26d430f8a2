"""Two people changed one map: what each did, together; where they disagree, both are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from trayecto.maps.diff import Field, has_fields, is_text, moved_within
from trayecto.maps.outline import ROOT, Outline, Spot, Thing

_ABSENT = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    A place where both changed the same to something else; *ours* was kept.

    *kind* is `field`, `removed` (one took away what the other changed: it is kept) or `place`
    (both moved it). Values are as in the documents; None is a field that is not written.
    """

    kind: Literal["field", "removed", "place"]
    thing: Thing
    field: Field = ()
    base: Any = None
    ours: Any = None
    theirs: Any = None
    lines: tuple[int | None, int | None] = (None, None)
    """The line in ours and in theirs."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The map with both people's changes, and what they have to settle between them."""

    outline: Outline
    conflicts: tuple[Conflict, ...]


def merge(base: Outline, ours: Outline, theirs: Outline) -> Merged:
    """Return the map with the changes of both; in a conflict ours stays and theirs is told."""
    merger = _Merger(base, ours, theirs)
    return Merged(merger.outline(), tuple(merger.conflicts))


@dataclass(slots=True)
class _Merger:
    base: Outline
    ours: Outline
    theirs: Outline
    conflicts: list[Conflict] = field(default_factory=list)

    def outline(self) -> Outline:
        things = {key: self._thing(key) for key in self._kept()}
        things = self._with_owners(things)
        order = self._order(things)
        ordered = {key: things[key] for key in [ROOT, *(k for row in order.values() for k in row)]}
        return Outline(ordered, order)

    def _kept(self) -> Iterator[str]:
        """Give the things that stay: nobody took them away, or the other changed them."""
        every = dict.fromkeys([*self.ours.things, *self.theirs.things])
        for key in every:
            sides = key in self.ours.things, key in self.theirs.things
            if all(sides) or key not in self.base.things:
                yield key
                continue
            left = self.ours if sides[0] else self.theirs
            before, after = self.base.things[key], left.things[key]
            if before.fields != after.fields or before.spot != after.spot:
                self.conflicts.append(
                    Conflict(
                        "removed",
                        after,
                        base=before.fields,
                        ours=after.fields if sides[0] else None,
                        theirs=after.fields if sides[1] else None,
                        lines=(self.ours.line(key), self.theirs.line(key)),
                    )
                )
                yield key

    def _with_owners(self, things: dict[str, Thing]) -> dict[str, Thing]:
        """Return the things, and whatever they stand in although one side took it away."""
        whole = dict(things)
        for thing in things.values():
            owner = thing.spot[0]
            while owner and owner not in whole:
                whole[owner] = self._thing(owner)
                owner = whole[owner].spot[0]
        return whole

    def _thing(self, key: str) -> Thing:
        none = Thing(key, "", ("", ""), {})
        base = self.base.things.get(key, none)
        ours, theirs = self.ours.things.get(key), self.theirs.things.get(key)
        if ours is None or theirs is None:
            left = ours or theirs or none
            return Thing(key, left.kind, left.spot, left.fields)
        fields = self._fields(ours, (base.fields, ours.fields, theirs.fields), ())
        spot = ours.spot
        if ours.spot == base.spot or ours.spot == theirs.spot:
            spot = theirs.spot
        elif theirs.spot != base.spot:
            self._disputed_place(ours, theirs)
        return Thing(key, ours.kind, spot, fields)

    def _disputed_place(self, ours: Thing, theirs: Thing) -> None:
        key = ours.key
        self.conflicts.append(
            Conflict(
                "place",
                ours,
                ours=self.ours.after(key) or ours.spot[0],
                theirs=self.theirs.after(key) or theirs.spot[0],
                lines=(self.ours.line(key), self.theirs.line(key)),
            )
        )

    def _fields(
        self, thing: Thing, three: tuple[dict[str, Any], dict[str, Any], dict[str, Any]], at: Field
    ) -> dict[str, Any]:
        base, ours, theirs = three
        merged = {}
        for name in dict.fromkeys([*ours, *theirs]):
            values = (base.get(name), ours.get(name), theirs.get(name))
            value = self._value(thing, values, (*at, name))
            if value is not _ABSENT:
                merged[name] = value
        return merged

    def _value(self, thing: Thing, three: tuple[Any, Any, Any], at: Field) -> Any:
        base, ours, theirs = three
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        if has_fields(ours) and has_fields(theirs):
            return self._fields(thing, (base if has_fields(base) else {}, ours, theirs), at)
        if is_text(ours) or is_text(theirs):
            both = _each_language(base, ours, theirs)
            if both is not None:
                return both
        if _is_set(ours) and _is_set(theirs) and (base is None or _is_set(base)):
            gone = [word for word in base or () if word not in theirs]
            more = [word for word in theirs if word not in ours and word not in (base or ())]
            return [*(word for word in ours if word not in gone), *more] or None
        lines = (self.ours.line(thing.key, at), self.theirs.line(thing.key, at))
        self.conflicts.append(Conflict("field", thing, at, base, ours, theirs, lines))
        return ours

    def _order(self, things: dict[str, Thing]) -> dict[Spot, list[str]]:
        spots = dict.fromkeys([*self.ours.order, *self.theirs.order])
        order = {spot: self._row(spot, things) for spot in spots}
        return {spot: row for spot, row in order.items() if row and spot[0] in things}

    def _row(self, spot: Spot, things: dict[str, Thing]) -> list[str]:
        """Return a list in our order, with what they added or moved after its predecessor."""
        row = [k for k in self.ours.order.get(spot, []) if k in things and things[k].spot == spot]
        by_us = moved_within(self.base, self.ours, spot)
        by_them = moved_within(self.base, self.theirs, spot)
        theirs = [k for k in self.theirs.order.get(spot, []) if things.get(k) is not None]
        theirs = [key for key in theirs if things[key].spot == spot]
        for place, key in enumerate(theirs):
            if key in by_us:
                if key in by_them and self.ours.after(key) != self.theirs.after(key):
                    self._disputed_place(self.ours.things[key], self.theirs.things[key])
                continue
            if key in row and key not in by_them:
                continue
            if key in row:
                row.remove(key)
            before = next((k for k in reversed(theirs[:place]) if k in row), None)
            row.insert(row.index(before) + 1 if before else 0, key)
        return row


def _each_language(base: Any, ours: Any, theirs: Any) -> Any:
    """Return a text in which one changed the Spanish and the other the English; None if not."""
    merged = {}
    for language in ("es", "en"):
        old, one, other = (_said(text, language) for text in (base, ours, theirs))
        if other in (old, one):
            merged[language] = one
        elif one == old:
            merged[language] = other
        else:
            return None
    return merged["es"] if merged["es"] == merged["en"] else merged


def _said(text: Any, language: str) -> Any:
    return text.get(language) if isinstance(text, dict) else text


def _is_set(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
