"""
Small changes to a map's text, as somebody makes them on screen: set a field, add, remove, move.

A change names things by their key (`touchpoint:technician`, `stage:buy`, `map`), so it still means
the same after somebody else has changed another part. Comments and untouched lines stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from glob import escape
from typing import Any, Literal

from trayecto.maps.diff import Diff, Placed, Removed, apply, compare, with_field
from trayecto.maps.library import OpenDocument, nowhere
from trayecto.maps.notation import read, schema
from trayecto.maps.outline import Outline, Thing, lists_of, outline, outline_of, plain_of
from trayecto.maps.patch import part_of, patch
from trayecto.maps.plain import Schema
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import NOTHING, Text, capital
from trayecto.vocabulary.tree import read_tree

Kind = Literal["set", "add", "remove", "move"]


@dataclass(frozen=True, slots=True)
class Edit:
    """
    One change.

    *set* gives the *field* of *thing* a *value* (None takes it away); *add* puts a thing with the
    fields *value* into the *list* of *thing*, after *after* (None: first); *remove* takes *thing*
    out; *move* puts *thing* into the *list* of *owner*, after *after*.
    """

    kind: Kind
    thing: str
    field: tuple[str, ...] = ()
    value: Any = None
    list: str = ""
    owner: str = ""
    after: str | None = None


def edited(
    text: str, edits: Sequence[Edit], *, file: str | None = None, open_: OpenDocument = nowhere
) -> str:
    """
    Return the text with the changes made, in order; raise, with every problem, when it is no map.

    A change to a thing that is gone raises too: somebody else removed it meanwhile.
    """
    made = changed(text, edits, of=schema())
    checked = read(made, file=file, open_=open_)
    if checked.problems:
        raise TrayectoError(*checked.problems)
    return made


def changed(text: str, edits: Sequence[Edit], *, of: Schema) -> str:
    """Return a text whose schema is *of* with the changes made, in order; it is not checked yet."""
    now = outline(read_tree(text), of)
    for edit in edits:
        now = _made(now, edit, of)
    newer = outline_of(plain_of(now, of), of)
    return patch(text, compare(outline(read_tree(text), of), newer), of=of)


def moved_by(text: str, thing: str, by: int) -> Edit:
    """
    Return the change that moves a thing one place earlier (−1) or later (1).

    Past the end of its list it goes on in the next list of the kind: a touchpoint moves into the
    next stage. At the very end it stays where it is.
    """
    now = outline(read_tree(text), schema())
    own = thing_of(now, thing)
    row = now.order[own.spot]
    place = row.index(thing) + by
    if 0 <= place < len(row):
        rest = [key for key in row if key != thing]
        after = rest[place - 1] if place else None
        return Edit("move", thing, owner=own.spot[0], list=own.spot[1], after=after)
    owner = now.things[own.spot[0]]
    owners = now.order.get(owner.spot, [owner.key])
    next_ = owners.index(owner.key) + by
    if not 0 <= next_ < len(owners):
        after = row[row.index(thing) - 1] if row.index(thing) else None
        return Edit("move", thing, owner=own.spot[0], list=own.spot[1], after=after)
    there = now.order.get((owners[next_], own.spot[1]), [])
    last = there[-1] if there and by < 0 else None
    return Edit("move", thing, owner=owners[next_], list=own.spot[1], after=last)


def moved_beside(text: str, thing: str, other: str, *, after: bool) -> Edit:
    """Return the change that puts a thing just after, or just before, another of its kind."""
    now = outline(read_tree(text), schema())
    thing_of(now, thing)
    spot = thing_of(now, other).spot
    row = [key for key in now.order[spot] if key != thing]
    place = row.index(other) + (1 if after else 0) if other in row else 0
    return Edit("move", thing, owner=spot[0], list=spot[1], after=row[place - 1] if place else None)


def placed(
    text: str,
    touchpoint: str,
    channel: str,
    *,
    stage: str,
    after: str | None,
    called: Text = NOTHING,
) -> Edit:
    """
    Return the change that draws a node: a touchpoint of *stage* that is bound to it alone.

    It stands after *after*, first when that is None, and last when it is not in that stage. It is
    *called* so, or by the node's own name.
    """
    now = outline(read_tree(text), schema())
    row = now.order.get((thing_of(now, f"stage:{stage}").key, "touchpoints"), [])
    name = re.sub(r"[\s_-]+", " ", touchpoint).strip() or touchpoint
    value = {
        "name": {"en": called.en, "es": called.es} if called else capital(name),
        "channel": channel if channel in CHANNELS else "unknown",
        # What stands in a name is no pattern.
        "nodes": [{"touchpoint": escape(touchpoint), "channel": escape(channel)}],
    }
    last = row[-1] if row else None
    beside = after if after is None or after in row else last
    return Edit("add", f"stage:{stage}", value=value, list="touchpoints", after=beside)


def bound(text: str, key: str, touchpoint: str, channel: str) -> Edit:
    """Return the change that binds one more node to a touchpoint, beside those it has."""
    own = thing_of(outline(read_tree(text), schema()), key).fields.get("nodes")
    rule = {"touchpoint": escape(touchpoint), "channel": escape(channel)}
    return Edit(
        "set", key, ("nodes",), [*(own if isinstance(own, list) else [own] if own else []), rule]
    )


def free_id(words: str, taken: Mapping[str, Any] | set[str], *, kind: str) -> str:
    """
    Return an id made of *words* that no thing has.

    >>> free_id("Técnico en casa", {"stage:x"}, kind="touchpoint")
    'tecnico_en_casa'
    """
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40] or kind
    used = {key.partition(":")[2] for key in taken}
    if base not in used:
        return base
    return next(f"{base}_{n}" for n in range(2, len(used) + 3) if f"{base}_{n}" not in used)


def thing_of(now: Outline, key: str) -> Thing:
    """Return one thing of a map by its key; raise when there is none (any more)."""
    if key not in now.things:
        raise TrayectoError(Problem(_GONE, field=key))
    return now.things[key]


def _made(now: Outline, edit: Edit, of: Schema) -> Outline:
    """Return the map after one change."""
    for key in (edit.thing, *filter(None, (edit.owner, edit.after))):
        thing_of(now, key)
    if edit.kind == "set":
        thing = now.things[edit.thing]
        fields = with_field(thing.fields, edit.field, edit.value)
        changed = Thing(thing.key, thing.kind, thing.spot, fields, thing.path)
        return Outline({**now.things, thing.key: changed}, now.order)
    if edit.kind == "add":
        return _added(now, edit, of)
    if edit.kind == "remove":
        gone = _with_what_is_inside(now, edit.thing)
        return apply(now, Diff(tuple(Removed(now.things[key]) for key in gone), (), ()))
    thing = now.things[edit.thing]
    moved = Thing(thing.key, thing.kind, (edit.owner, edit.list), thing.fields, thing.path)
    return apply(now, Diff((), (Placed(moved, edit.after, thing.spot),), ()))


def _added(now: Outline, edit: Edit, of: Schema) -> Outline:
    fields = dict(edit.value or {})
    kind = _kind_in(now.things[edit.thing].kind, edit.list, of)
    if "id" not in fields and "id" in part_of(kind, of).get("required", ()):
        said = fields.get("name") or fields.get("says") or kind
        words = said if isinstance(said, str) else next(iter(said.values()), kind)
        fields["id"] = free_id(str(words), now.things, kind=kind)
    own = fields["id"] if "id" in fields else f"{edit.thing}/new#{len(now.things)}"
    key = f"{kind}:{own}"
    if key in now.things:
        raise TrayectoError(Problem(_TAKEN, field=key))
    new = Thing(key, kind, (edit.thing, edit.list), fields)
    return apply(now, Diff((), (Placed(new, edit.after),), ()))


def _with_what_is_inside(now: Outline, key: str) -> list[str]:
    """Return a thing and all it owns, the innermost first."""
    inside = [k for (owner, _), row in now.order.items() if owner == key for k in row]
    return [*(deep for k in inside for deep in _with_what_is_inside(now, k)), key]


def _kind_in(owner: str, name: str, of: Schema) -> str:
    """Return what kind of thing a list of another holds."""
    for listed, item in lists_of(part_of(owner, of), of):
        if listed == name:
            return str(item["x-thing"])
    raise TrayectoError(Problem(_NO_LIST, field=name))


_GONE = Text(
    en="This part of the map is no longer there: somebody removed it meanwhile.",
    es="Esta parte del mapa ya no está: alguien la ha quitado mientras tanto.",
)
_TAKEN = Text(en="The map has this id already.", es="El mapa ya tiene este identificador.")
_NO_LIST = Text(en="Nothing can be added there.", es="Ahí no se puede añadir nada.")
