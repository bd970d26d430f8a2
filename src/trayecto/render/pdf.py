"""A map as PDF: the picture on one sheet, its tables behind it. Needs typst (extra `report`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from trayecto.render import words as w
from trayecto.render.table import Table
from trayecto.render.type import font_files
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

SIZES: dict[str, tuple[float, float]] = {
    "A4": (297, 210),
    "A3": (420, 297),
    "A2": (594, 420),
    "A1": (841, 594),
    "A0": (1189, 841),
    "16:9": (338.7, 190.5),
}
"""Width and height in mm, landscape."""

_LONG_AGO = 946_684_800
"""Not now: the same map gives the same bytes."""

# Everything variable comes in as data: no text of a map is ever read as typst's own language.
_PAGE = """\
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(font: "Inter", size: 8pt, lang: d.lang)
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0mm, fill: rgb("#FBFAF6"))
#align(center + horizon, image(
  bytes(sys.inputs.svg), format: "svg", alt: d.desc,
  width: d.image_width * 1mm, height: d.image_height * 1mm, fit: "contain"))
#set page(width: d.width * 1mm, height: d.paper * 1mm, margin: 14mm, fill: white)
#pagebreak()
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
    svg: str,
    *,
    title: str,
    desc: str,
    language: Language,
    tables: Sequence[Table] = (),
    size: str | None = None,
) -> bytes:
    """
    Return a tagged PDF: the picture, then its tables for who cannot see it.

    Without *size* the sheet is as wide as A3 and as tall as the picture, so nothing shrinks; with
    one, the picture fits it whole.
    """
    try:
        typst = import_module("typst")
    except ImportError:
        raise TrayectoError(Problem(w.NEEDS_EXTRA_PDF, w.INSTALL_REPORT)) from None
    wide, tall = _view(svg)
    width, height = _size(size) if size else (SIZES["A3"][0], SIZES["A3"][0] * tall / wide)
    scale = min(width / wide, height / tall)
    data = {
        "title": title, "desc": desc, "lang": language, "width": width, "height": height,
        "paper": _size(size)[1] if size else SIZES["A3"][1],
        "image_width": wide * scale, "image_height": tall * scale,
        "tables": [{"name": t.name, "heads": t.heads, "rows": t.rows} for t in tables],
    }  # fmt: skip
    made = typst.compile(
        _PAGE.encode(),
        None,
        format="pdf",
        timestamp=_LONG_AGO,
        font_paths=[str(Path(font_files()[0]).parent)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "svg": svg},
    )
    return bytes(made)


def _view(svg: str) -> tuple[float, float]:
    """Return the width and height of a picture."""
    _, _, wide, tall = svg.partition('viewBox="')[2].partition('"')[0].split()
    return float(wide), float(tall)


def _size(name: str) -> tuple[float, float]:
    found = SIZES.get(name.upper())
    if found is None:
        what = Text(en=f'There is no size "{name}".', es=f"No hay un tamaño «{name}».")
        known = ", ".join(SIZES)
        raise TrayectoError(Problem(what, Text(en=f"Sizes: {known}.", es=f"Tamaños: {known}.")))
    return found
