"""Pictures as pixels, with the shipped letters: the same on every machine, as far as they go."""

from __future__ import annotations

import resvg_py

from trayecto.render.type import draws_all, font_files


def png(svg: str, *, width: int) -> bytes:
    """
    Return the picture *width* pixels wide.

    Only where it holds letters that ours lack (Arabic, Chinese, emoji) may the machine's own
    fonts help: they differ from one machine to the next, and reading them takes time.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=draws_all(svg),
            font_files=font_files(),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )
