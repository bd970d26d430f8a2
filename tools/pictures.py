"""
Make the pictures of the docs anew: `make pictures`.

The live map of the simulated company, in both languages, from the demo in a scratch folder.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from trayecto import flow, measuring
from trayecto.demo import run
from trayecto.vocabulary.text import LANGUAGES

IMAGES = Path(__file__).parent.parent / "docs" / "images"


def main() -> None:
    """Write docs/images anew."""
    with TemporaryDirectory() as folder:
        shown = run.demo(Path(folder), data=None, language="en", tell=lambda _: None)
        (live,) = (own for name, own in shown.maps if name == "fibre")
    for language in LANGUAGES:
        picture = measuring.live_picture(live, language=language)
        flow.save_picture(picture, IMAGES / f"live-map.{language}.png", width=2000)


if __name__ == "__main__":
    main()
