"""In the dark a picture is drawn in the dark palette; what is taken away keeps that of paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trayecto.render import palette
from trayecto.render.graph.picture import TONES
from trayecto.render.palette import GRAPHIC_PAIRS, TEXT_PAIRS, contrast
from trayecto.web import apps
from web_site import Site

STYLES = Path(apps.__file__).parent / "static" / "web"
COLOURS = {value for value in vars(palette).values() if str(value).startswith("#")} | set(TONES)
QUESTIONS = (
    "around/?node=shop", "funnel/?step=ad&step=buy", "variants/", "retention/", "compare/",
    "influence/?goal=buy", "durations/?from=ad&to=buy", "sessions/", "exits/?silence=1h",
)  # fmt: skip


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """Return the colour of each token by day and by night."""
    day, night = re.findall(r":root {(.*?)}", (STYLES / "tokens.css").read_text(), re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in (day, night)]
    return found[0], found[1]


def tokens_of(what: str) -> dict[str, str]:
    """Return the token of each colour that something is filled, or lined, with."""
    rule = rf'\.sheet \[{what}="(#\w{{6}})"\] {{ {what}: var\(--([\w-]+)\); }}'
    return dict(re.findall(rule, (STYLES / "pictures.css").read_text()))


NIGHT = {colour: tokens()[1][token] for colour, token in tokens_of("fill").items()}


def test_every_colour_of_the_renderer_has_its_twin_for_the_dark() -> None:
    day, night = tokens()
    assert tokens_of("fill") == tokens_of("stroke")
    assert set(tokens_of("fill")) == COLOURS
    assert {day[token] for token in tokens_of("fill").values()} == COLOURS
    assert set(night) == set(day)


def test_every_letter_and_sign_can_be_told_from_its_ground_in_the_dark() -> None:
    assert all(contrast(NIGHT[ink], NIGHT[ground]) >= 4.5 for ink, ground in TEXT_PAIRS)
    assert all(contrast(NIGHT[line], NIGHT[ground]) >= 3 for line, ground in GRAPHIC_PAIRS)
    assert all(contrast(NIGHT[tone], NIGHT[palette.PAPER]) >= 3 for tone in TONES)
    assert contrast(NIGHT[palette.INK], NIGHT[palette.SHADE]) >= 4.5


@pytest.mark.parametrize(
    "page", ["/maps/buying/", "/nodes/", *(f"/questions/{name}" for name in QUESTIONS)]
)
def test_no_picture_of_a_page_has_a_colour_of_its_own(site: Site, page: str) -> None:
    shown = site.client("ana").get(page).content.decode()
    picture = shown[shown.index("<svg xmlns") :].partition("</svg>")[0]
    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', picture)) <= COLOURS
    assert "<style" not in picture
