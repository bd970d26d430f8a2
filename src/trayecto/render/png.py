"""Pictures as pixels, with the shipped letters only: the same on every machine."""

from __future__ import annotations

import resvg_py

from trayecto.render.type import font_files


def png(svg: str, *, width: int) -> bytes:
    """Return the picture *width* pixels wide."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=True,
            font_files=font_files(),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )
