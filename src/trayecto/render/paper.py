"""Sheets of paper: how large they are, and a picture laid whole on one."""

from __future__ import annotations

from trayecto.render.palette import PAPER
from trayecto.render.svg import written
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

SIZES: dict[str, tuple[float, float]] = {
    "A4": (297, 210),
    "A3": (420, 297),
    "A2": (594, 420),
    "A1": (841, 594),
    "A0": (1189, 841),
    "16:9": (338.7, 190.5),
}
"""Width and height in mm, landscape."""
_PX = 96 / 25.4
"""Pixels of a screen, as print understands them, in a mm."""


def size_of(name: str) -> tuple[float, float]:
    """Return the width and height of a size in mm; one nobody sells raises."""
    found = SIZES.get(name.upper())
    if found is None:
        what = Text(en=f'There is no size "{name}".', es=f"No hay un tamaño «{name}».")
        known = ", ".join(SIZES)
        raise TrayectoError(Problem(what, Text(en=f"Sizes: {known}.", es=f"Tamaños: {known}.")))
    return found


def view_of(svg: str) -> tuple[float, float]:
    """Return the width and height of a picture."""
    _, _, wide, tall = svg.partition('viewBox="')[2].partition('"')[0].split()
    return float(wide), float(tall)


def on_paper(svg: str, size: str) -> str:
    """
    Return the picture whole on a sheet of that size, in its middle, the paper drawn around it.

    >>> on_paper('<svg viewBox="0 0 20 20" width="20" height="20"><rect/></svg>', "A3")[:65]
    '<svg viewBox="-4.14 0 28.28 20" width="1587.4" height="1122.52"><'
    """
    (width, height), (wide, tall) = size_of(size), view_of(svg)
    across, down = max(wide, tall * width / height), max(tall, wide * height / width)
    left, top = (wide - across) / 2, (tall - down) / 2
    head, _, rest = svg.partition(">")
    seen = " ".join(written(value) for value in (left, top, across, down))
    old = f'viewBox="0 0 {written(wide)} {written(tall)}" width="{written(wide)}"'
    new = f'viewBox="{seen}" width="{written(width * _PX)}"'
    head = head.replace(
        f'{old} height="{written(tall)}"', f'{new} height="{written(height * _PX)}"'
    )
    ground = (
        f'<rect x="{written(left)}" y="{written(top)}" width="{written(across)}" '
        f'height="{written(down)}" fill="{PAPER}"/>'
    )
    before, end, after = rest.rpartition("</desc>")
    return f"{head}>{before}{end}{ground}{after}"
