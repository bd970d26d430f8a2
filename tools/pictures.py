"""
Make the pictures of the docs anew: `make pictures`.

The live map of the simulated company, in both languages, from the demo in a scratch folder.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from trayecto import flow, measuring
from trayecto.demo import run
from trayecto.demo.company.people import PEOPLE
from trayecto.vocabulary.text import LANGUAGES

IMAGES = Path(__file__).parent.parent / "docs" / "images"


def main() -> None:
    """Write docs/images anew."""
    with TemporaryDirectory() as folder:
        workspace, exhibits = run.brought_in(
            Path(folder), data=None, people=PEOPLE, language="en", tell=lambda _: None
        )
        (live, *_) = (own for _, own in run.measured(workspace, exhibits[:1], tell=lambda _: None))
    for language in LANGUAGES:
        picture = measuring.live_picture(live, language=language)
        flow.save_picture(picture, IMAGES / f"live-map.{language}.png", width=2000)


if __name__ == "__main__":
    main()
