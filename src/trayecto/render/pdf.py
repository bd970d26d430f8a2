"""A map as PDF: the picture on one sheet, its tables behind it. Needs typst (extra `report`)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from trayecto.render import words as w
from trayecto.render.paper import SIZES, size_of, view_of
from trayecto.render.table import Table
from trayecto.render.type import draws_all, font_files
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language

_LONG_AGO = 946_684_800
"""Not now: the same map gives the same bytes."""

# Everything variable comes in as data: no text of a map is ever read as typst's own language.
_PAGE = """\
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(font: "Inter", size: 8pt, lang: d.lang)
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0mm, fill: rgb("#FBFAF6"))
#if d.picture {
  align(center + horizon, image(
    bytes(sys.inputs.svg), format: "svg", alt: d.desc,
    width: d.image_width * 1mm, height: d.image_height * 1mm, fit: "contain"))
}
#set page(width: d.width * 1mm, height: d.paper * 1mm, margin: 14mm, fill: white)
#if not d.picture {
  title(text(size: 18pt, d.title))
  v(6mm)
}
#for t in d.tables [
  #heading(level: 1, outlined: true, text(size: 11pt, t.name))
  #set par(justify: false)
  #table(
    columns: t.heads.len(), stroke: 0.4pt + rgb("#DAD5CD"), inset: 4pt,
    table.header(..t.heads.map(h => text(weight: 600, h))),
    ..t.rows.flatten())
]
"""


def pdf(
    svg: str | None,
    *,
    title: str,
    desc: str,
    language: Language,
    tables: Sequence[Table] = (),
    size: str | None = None,
) -> bytes:
    """
    Return a tagged PDF: the picture, if any, then its tables for who cannot see it.

    Without *size* the sheet is as wide as A3 and as tall as the picture, so nothing shrinks; with
    one, the picture fits it whole.
    """
    wide, tall = view_of(svg) if svg else SIZES["A3"]
    width, height = size_of(size) if size else (SIZES["A3"][0], SIZES["A3"][0] * tall / wide)
    scale = min(width / wide, height / tall)
    data = {
        "title": title, "desc": desc, "lang": language, "width": width, "height": height,
        "picture": svg is not None,
        "paper": size_of(size)[1] if size else SIZES["A3"][1],
        "image_width": wide * scale, "image_height": tall * scale,
        "tables": [{"name": t.name, "heads": t.heads, "rows": t.rows} for t in tables],
    }  # fmt: skip
    return typeset(_PAGE, data=data, pictures={"svg": svg or ""})


def typeset(page: str, *, data: Mapping[str, object], pictures: Mapping[str, str]) -> bytes:
    """Return a page written in typst as a PDF; everything variable comes in as data."""
    try:
        typst = import_module("typst")
    except ImportError:
        raise TrayectoError(Problem(w.NEEDS_EXTRA_PDF, w.INSTALL_REPORT)) from None
    told = json.dumps(data, ensure_ascii=False)
    made = typst.compile(
        page.encode(),
        None,
        format="pdf",
        timestamp=_LONG_AGO,
        font_paths=[str(Path(font_files()[0]).parent)],
        # Letters that ours lack (Arabic, Chinese, emoji) are drawn with the machine's own.
        ignore_system_fonts=draws_all(told) and all(map(draws_all, pictures.values())),
        sys_inputs={"data": told, **pictures},
    )
    return bytes(made)
