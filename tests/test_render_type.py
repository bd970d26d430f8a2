"""Letters: widths measured against the font itself, lines that fit, and fonts that stand alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from trayecto.render import type as letters
from trayecto.render.palette import GRAPHIC_PAIRS, TEXT_PAIRS, contrast
from trayecto.render.type import fit, font_css, font_files, standing_alone, width, wrap

FONTS = Path(letters.__file__).parent / "fonts"
SPANISH = "Verificación de cobertura: ¿llegó el técnico? «Mañana, a las 12:30» 25,5 % — ñandú"


def test_words_are_as_wide_as_the_font_says_or_a_little_less() -> None:
    regular = TTFont(FONTS / "Inter-Regular.ttf")
    widths, letter_of = regular["hmtx"].metrics, regular.getBestCmap()
    by_font = sum(widths[letter_of[ord(c)]][0] for c in SPANISH) * 16 / regular["head"].unitsPerEm

    assert by_font <= width(SPANISH, 16) <= by_font * 1.05


def test_a_letter_the_font_lacks_is_given_generous_room() -> None:
    assert width("客", 10) == 10
    assert width("مرحبا", 10) == 50
    assert width("👍", 10) == 13
    assert width("n\u0303", 10) == width("n", 10), "an accent takes no room of its own"


def test_a_name_is_broken_between_words() -> None:
    assert wrap("Correo de bienvenida", 12, 80) == ["Correo de", "bienvenida"]
    assert wrap("", 12, 80) == []


def test_a_word_of_forty_letters_is_broken_where_a_syllable_may_end() -> None:
    word = "hipopotomonstrosesquipedaliofobicamentee"

    lines = wrap(word, 12, 100)

    assert len(word) == 40
    assert lines == ["hipopotomons-", "trosesquipeda-", "liofobicamentee"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("uno dos tres cuatro cinco", 12, 60, max_lines=2) == ["uno dos", "tres cua…"]
    assert fit("Correo de bienvenida", 12, 80) == "Correo de b…"
    assert fit("Correo", 12, 80) == "Correo"


@given(st.text(max_size=120), st.floats(40, 400), st.sampled_from((11.0, 12.0, 16.0)))
def test_no_line_is_wider_than_its_room(words: str, room: float, size: float) -> None:
    assert all(width(line, size) <= room for line in wrap(words, size, room))


@given(st.lists(st.sampled_from(["la", "cita", "técnico", "cobertura"]), max_size=20))
def test_wrapping_loses_no_word(words: list[str]) -> None:
    assert " ".join(wrap(" ".join(words), 12, 90)).split() == words


def test_the_shipped_files_are_the_ones_of_the_manifest() -> None:
    manifest = json.loads((FONTS / "manifest.json").read_text("utf-8"))

    assert manifest["licence"] == "OFL-1.1"
    for name, facts in manifest["files"].items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == facts["sha256"], name
    assert {Path(path).name for path in font_files()} <= set(manifest["files"])


def test_a_page_can_carry_the_fonts_with_it() -> None:
    css = font_css()

    assert css.count("@font-face") == 3
    assert "http" not in css
    alone = standing_alone("<svg><title>t</title><desc>d</desc><text>a</text></svg>")
    assert alone.startswith("<svg><title>t</title><desc>d</desc><style>@font-face")
    assert alone.endswith("</style><text>a</text></svg>")


def test_every_letter_and_sign_can_be_told_from_its_ground() -> None:
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in TEXT_PAIRS)
    assert all(contrast(line, ground) >= 3 for line, ground in GRAPHIC_PAIRS)


def test_a_figure_is_not_parted_from_its_unit() -> None:
    assert wrap("tarda más de 40 d de media", 12, 98) == ["tarda más de", "40\u00a0d de media"]
