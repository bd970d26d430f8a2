"""A designed map in every form it can leave the house in, by the ending of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from trayecto.maps.document import JourneyMap
from trayecto.maps.mermaid import exported
from trayecto.maps.versions import Changes
from trayecto.render import words as w
from trayecto.render.paper import on_paper
from trayecto.render.pdf import pdf
from trayecto.render.png import png
from trayecto.render.poster.poster import poster
from trayecto.render.sheets import comma_separated, map_page, workbook
from trayecto.render.slides import slides, table_slides
from trayecto.render.table import Table, tables, what_changed
from trayecto.render.table_picture import table_picture
from trayecto.render.type import standing_alone
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

Shown = Literal["map", "blueprint", "curve", "table"]
"""What is drawn of a map: all of it, the service blueprint, the emotion curve, or its words."""

_PNG_WIDTH = 3200


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What to make: a map, what of it, in which language, on which paper, over which other."""

    map: JourneyMap
    language: Language
    shown: Shown
    size: str | None
    changes: Changes | None

    @property
    def title(self) -> str:
        return self.map.title.say(self.language)

    @property
    def desc(self) -> str:
        """Return what the picture is, for who cannot see it."""
        told = w.TABLE_DESC if self.shown == "table" else w.SEE_TABLES
        return told.say(self.language).format(title=self.title)

    def tables(self) -> tuple[Table, ...]:
        """Return every value in words, and first what changed."""
        told = tables(self.map, language=self.language)
        changed = what_changed(self.changes, self.language) if self.changes else None
        return (changed, *told) if changed else told

    def picture(self) -> str:
        """Return the picture (SVG)."""
        if self.shown == "table":
            return table_picture(self.tables(), title=self.title, desc=self.desc)
        return poster(self.map, language=self.language, changes=self.changes, view=self.shown)

    def sheet(self) -> str:
        """Return the picture on its paper."""
        return on_paper(self.picture(), self.size) if self.size else self.picture()


def export(
    journey_map: JourneyMap,
    kind: str,
    *,
    language: Language,
    shown: Shown = "map",
    size: str | None = None,
    changes: Changes | None = None,
) -> bytes:
    """
    Return the map as a file of a kind (`.svg`, `.pdf`, `.xlsx`…); one nobody knows raises.

    With *changes*, the map is the newer of two versions, and the older one is drawn with it.
    """
    make = _KINDS.get(kind.lower())
    if make is None:
        known = ", ".join(_KINDS)
        what = Text(
            en=f'A map is not written as "{kind}".', es=f"Un mapa no se guarda como «{kind}»."
        )
        raise TrayectoError(
            Problem(what, Text(en=f"Endings: {known}.", es=f"Extensiones: {known}."))
        )
    return make(_Drawing(journey_map, language, shown, size, changes))


def shown_as(name: str) -> Shown:
    """Return what is to be drawn of a map by its name; one nobody knows raises."""
    for known in get_args(Shown):
        if name.lower() == known:
            return known  # type: ignore[no-any-return]
    what = Text(en=f'There is no view "{name}".', es=f"No hay una vista «{name}».")
    views = ", ".join(get_args(Shown))
    raise TrayectoError(Problem(what, Text(en=f"Views: {views}.", es=f"Vistas: {views}.")))


def _svg(drawing: _Drawing) -> bytes:
    return standing_alone(drawing.sheet()).encode()


def _png(drawing: _Drawing) -> bytes:
    return png(drawing.sheet(), width=_PNG_WIDTH)


def _pdf(drawing: _Drawing) -> bytes:
    return pdf(
        None if drawing.shown == "table" else drawing.picture(),
        title=drawing.title,
        desc=drawing.desc,
        language=drawing.language,
        tables=drawing.tables(),
        size=drawing.size,
    )


def _html(drawing: _Drawing) -> bytes:
    picture = None if drawing.shown == "table" else drawing.picture()
    page = map_page(
        picture, title=drawing.title, tables=drawing.tables(), language=drawing.language
    )
    return page.encode()


def _xlsx(drawing: _Drawing) -> bytes:
    return workbook(drawing.tables())


def _csv(drawing: _Drawing) -> bytes:
    """Return the touchpoints, a row each: the table most people want."""
    name = w.TOUCHPOINTS.say(drawing.language)
    return comma_separated(next(table for table in drawing.tables() if table.name == name))


def _json(drawing: _Drawing) -> bytes:
    told = {
        table.name: [dict(zip(table.heads, row, strict=True)) for row in table.rows]
        for table in drawing.tables()
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _mmd(drawing: _Drawing) -> bytes:
    return exported(drawing.map, language=drawing.language).encode()


def _pptx(drawing: _Drawing) -> bytes:
    if drawing.shown == "table":
        return table_slides(drawing.tables(), title=drawing.title)
    return slides(
        drawing.map, language=drawing.language, shown=drawing.shown, changes=drawing.changes
    )


_KINDS: Mapping[str, Callable[[_Drawing], bytes]] = {
    ".svg": _svg,
    ".png": _png,
    ".pdf": _pdf,
    ".html": _html,
    ".pptx": _pptx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
    ".mmd": _mmd,
}
