"""The keys of the app and of each page: what the help sheet lists, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.vocabulary.text import Text, same
from trayecto.web.words import phrase

_SHIFT, _SPACE = Text(en="Shift", es="Mayús"), Text(en="Space", es="Espacio")
_ENTER, _HOME = Text(en="Enter", es="Intro"), Text(en="Home", es="Inicio")
_END, _ESCAPE = Text(en="End", es="Fin"), same("Esc")
_CTRL, _ALT = same("Ctrl"), same("Alt")


@dataclass(frozen=True, slots=True)
class Key:
    """What to press, together, and what it does."""

    presses: tuple[Text, ...]
    does: Text


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of one part of a page."""

    name: Text
    keys: tuple[Key, ...]


def _key(word: str, *presses: Text) -> Key:
    return Key(presses, phrase(f"keys.{word}"))


def keys_of(page: str, *, edits: bool) -> tuple[Group, ...]:
    """Return the keys that work on a page; those that change something, for who may edit."""
    everywhere = Group(
        phrase("keys.everywhere"),
        (
            _key("this", same("?")),
            _key("next", same("Tab")),
            _key("back", _SHIFT, same("Tab")),
            _key("press", _ENTER),
            _key("close_it", _ESCAPE),
        ),
    )
    if page == "map":
        own = [
            Group(phrase("keys.picture"), _PICTURE + (_PICTURE_EDITED if edits else ())),
            Group(phrase("keys.layers"), (_key("switch", _SPACE),)),
        ]
        if edits:
            own[1:1] = [Group(phrase("keys.curve"), _CURVE)]
        return (*own, everywhere)
    if page == "library" and edits:
        return (Group(phrase("keys.items"), _ITEMS), everywhere)
    if page == "nodes":
        return (Group(phrase("keys.graph"), _GRAPH), everywhere)
    return (everywhere,)


_PICTURE = (_key("open_part", _ENTER), _key("close_panel", _ESCAPE))
_PICTURE_EDITED = (
    _key("earlier", _ALT, same("←")),
    _key("later", _ALT, same("→")),
    _key("undo", _CTRL, same("Z")),
    _key("redo", _CTRL, _SHIFT, same("Z")),
)
_CURVE = (
    _key("up", same("↑")),
    _key("down", same("↓")),
    _key("tenth", _SHIFT, same("↑")),
    _key("lowest", _HOME),
    _key("highest", _END),
    _key("leave", _ESCAPE),
)
_ITEMS = (_key("item_earlier", _ALT, same("←")), _key("item_later", _ALT, same("→")))
_GRAPH = (
    _key("open_node", _ENTER),
    _key("close_panel", _ESCAPE),
    _key("pause", _SPACE),
)
