"""A designed map in every form it can leave the house in, by the ending of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from trayecto.maps.document import JourneyMap
from trayecto.maps.mermaid import exported
from trayecto.render import words as w
from trayecto.render.pdf import pdf
from trayecto.render.png import png
from trayecto.render.poster.poster import poster
from trayecto.render.sheets import comma_separated, map_page, workbook
from trayecto.render.slides import slides
from trayecto.render.table import tables
from trayecto.render.type import standing_alone
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

_PNG_WIDTH = 3200


def export(
    journey_map: JourneyMap, kind: str, *, language: Language, size: str | None = None
) -> bytes:
    """Return the map as a file of a kind (`.svg`, `.pdf`, `.xlsx`…); one nobody knows raises."""
    make = _KINDS.get(kind.lower())
    if make is None:
        known = ", ".join(_KINDS)
        what = Text(
            en=f'A map is not written as "{kind}".', es=f"Un mapa no se guarda como «{kind}»."
        )
        raise TrayectoError(
            Problem(what, Text(en=f"Endings: {known}.", es=f"Extensiones: {known}."))
        )
    return make(journey_map, language, size)


def _svg(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    return standing_alone(poster(journey_map, language=language)).encode()


def _png(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    return png(poster(journey_map, language=language), width=_PNG_WIDTH)


def _pdf(journey_map: JourneyMap, language: Language, size: str | None) -> bytes:
    return pdf(
        poster(journey_map, language=language),
        title=journey_map.title.say(language),
        desc=w.SEE_TABLES.say(language).format(title=journey_map.title.say(language)),
        language=language,
        tables=tables(journey_map, language=language),
        size=size,
    )


def _html(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    title, told = journey_map.title.say(language), tables(journey_map, language=language)
    picture = poster(journey_map, language=language)
    return map_page(picture, title=title, tables=told, language=language).encode()


def _xlsx(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    return workbook(tables(journey_map, language=language))


def _csv(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    """Return the touchpoints, a row each: the table most people want."""
    name = w.TOUCHPOINTS.say(language)
    found = tables(journey_map, language=language)
    return comma_separated(next(table for table in found if table.name == name))


def _json(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    told = {
        table.name: [dict(zip(table.heads, row, strict=True)) for row in table.rows]
        for table in tables(journey_map, language=language)
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _mmd(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    return exported(journey_map, language=language).encode()


def _pptx(journey_map: JourneyMap, language: Language, _: str | None) -> bytes:
    return slides(journey_map, language=language)


_KINDS: Mapping[str, Callable[[JourneyMap, Language, str | None], bytes]] = {
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
