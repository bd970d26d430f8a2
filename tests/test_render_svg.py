"""The sheet: whatever is written on it, it stays a well-formed picture."""

from __future__ import annotations

from xml.dom.minidom import parseString

from hypothesis import given
from hypothesis import strategies as st

from trayecto.render.icons import BOLT, BULB, CHANNEL_ICONS, FORK, STAR, icon
from trayecto.render.png import png
from trayecto.render.smooth import samples
from trayecto.render.svg import Box, Canvas, Style, box_of, safe_id
from trayecto.vocabulary.channel import CHANNELS


def drawn(words: str) -> str:
    canvas = Canvas()
    with canvas.group(id=words, title=words, data_name=words):
        canvas.text(10, 20, words, Style(12))
        canvas.runs(10, 40, [(words, Style(12)), (words, Style(12, weight=600))])
    return canvas.svg(100, 60, title=words, desc=words)


@given(st.text())
def test_any_words_give_well_formed_xml(words: str) -> None:
    parseString(drawn(words))


def test_a_script_in_a_text_is_only_text() -> None:
    svg = drawn("<script>alert('x')</script>")

    assert "<script" not in svg
    assert parseString(svg).getElementsByTagName("script") == []
    assert "&lt;script&gt;" in svg


def test_control_characters_and_reading_direction_marks_are_left_out() -> None:
    assert ">alta y baja</text>" in drawn("al\x00ta\x07\u202e y\nbaja")


def test_an_id_holds_only_what_a_link_can_hold() -> None:
    assert safe_id('pago "fácil"/1') == "pago-f-cil-1"


def test_the_sheet_remembers_the_room_of_its_words() -> None:
    canvas = Canvas()
    canvas.text(100, 50, "alta", Style(10), anchor="end")

    assert canvas.boxes == [box_of(100, 50, "alta", Style(10), anchor="end")]
    assert canvas.boxes[0].right == 100
    assert canvas.boxes[0].meets(Box(90, 40, 95, 60))
    assert not canvas.boxes[0].meets(Box(101, 40, 120, 60))


def test_every_channel_has_its_own_icon() -> None:
    assert set(CHANNEL_ICONS) == set(CHANNELS)
    assert len({*CHANNEL_ICONS.values(), STAR, BOLT, FORK, BULB}) == len(CHANNELS) + 4
    assert icon("telepathy") == CHANNEL_ICONS["unknown"]


def test_a_picture_becomes_pixels_with_the_shipped_letters() -> None:
    blank = Canvas().svg(40, 20, title="")
    canvas = Canvas()
    canvas.text(2, 15, "ñ€→", Style(16))

    picture = png(canvas.svg(40, 20, title=""), width=80)

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 80
    assert picture != png(blank, width=80), "the words were drawn"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-100, 100)), min_size=2, max_size=9))
def test_a_smooth_line_never_swings_beyond_its_points(steps: list[tuple[int, int]]) -> None:
    points = [(40.0 * place, float(y)) for place, (_, y) in enumerate(steps)]

    heights = [y for _, y in samples(points)]

    assert min(heights) >= min(y for _, y in points) - 1e-6
    assert max(heights) <= max(y for _, y in points) + 1e-6
