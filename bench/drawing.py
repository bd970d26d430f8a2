"""
Time the drawing of the largest map: `python bench/drawing.py` (12 stages, 60 touchpoints).

Prints the median and the least of 30 drawings, designed and measured, in milliseconds of
processor time: what else the machine does is no part of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import samples
from trayecto.render.poster.poster import poster


def milliseconds(draw: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the least time of a drawing."""
    taken = []
    for _ in range(30):
        start = time.process_time()
        draw()
        taken.append((time.process_time() - start) * 1000)
    return median(taken), min(taken)


def main() -> None:
    """Draw and tell."""
    drawn = samples.grown(12, 60, seed=1, full=0.9)
    figures = samples.measured(drawn, seed=1, heard=0.8)
    for what, measured in (("designed", None), ("measured", figures)):
        draw = partial(poster, drawn, language="es", measured=measured)
        middle, least = milliseconds(draw)
        print(f"{what:<9} median {middle:5.1f} ms, least {least:5.1f} ms")


if __name__ == "__main__":
    main()
