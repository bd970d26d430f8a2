"""A map may show faces and screens: files beside it, and no other."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest

from trayecto import drafting, flow
from trayecto.maps.images import image_of
from trayecto.vocabulary.errors import TrayectoError

MAP = """\
map: bread
title: Buying bread
protagonist: {{name: Ana, image: {face}}}
stages:
  - id: ask
    name: Ordering
    touchpoints:
      - {{id: order, name: Order, channel: web, image: {screen}}}
"""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(wide: int, tall: int, *, extra: bytes = b"") -> bytes:
    """Return a grey picture, with a chunk more when asked."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 0, 0, 0, 0))
    grey = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + b"\x80" * wide for _ in range(tall))))
    return b"\x89PNG\r\n\x1a\n" + head + extra + grey + chunk(b"IEND", b"")


def jpeg_of(wide: int, tall: int) -> bytes:
    """Return the frame of a photo, with where it was taken; its pixels do not matter here."""
    exif = b"\xff\xe1" + struct.pack(">H", 2 + 15) + b"Exif\0\0GPS 40.4N"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, tall, wide, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0" + b"\x12\x34\xff\xd9"
    return b"\xff\xd8" + exif + frame + scan


def bakery(folder: Path, *, face: str = "ana.png", screen: str = "web/screen.png") -> Path:
    (folder / "web").mkdir()
    (folder / "ana.png").write_bytes(png_of(3, 4))
    (folder / "web" / "screen.png").write_bytes(png_of(6, 2))
    written = folder / "bread.yaml"
    written.write_text(MAP.format(face=face, screen=screen), "utf-8")
    return written


def problems_of(written: Path) -> list[str]:
    return [f"{p.line} {p.field}: {p.what.en}" for p in flow.check(written).problems]


def test_an_image_is_drawn_whole_so_that_the_picture_needs_no_other_file(tmp_path: Path) -> None:
    svg = flow.draw(bakery(tmp_path), language="en")
    for data in (png_of(3, 4), png_of(6, 2)):
        assert f"data:image/png;base64,{base64.b64encode(data).decode()}" in svg
    assert svg.count("<image ") == 2
    assert "<title>Ana</title>" in svg


@pytest.mark.parametrize("kind", [".png", ".pdf", ".html", ".pptx"])
def test_every_picture_takes_images_along(tmp_path: Path, kind: str) -> None:
    output = tmp_path / f"bread{kind}"
    drafting.draw_as(bakery(tmp_path), output, language="es")
    assert output.stat().st_size > 1_000


def test_a_slide_says_in_words_whose_face_it_shows(tmp_path: Path) -> None:
    pptx = pytest.importorskip("pptx")
    drafting.draw_as(bakery(tmp_path), tmp_path / "bread.pptx", language="en")
    deck = pptx.Presentation(io.BytesIO((tmp_path / "bread.pptx").read_bytes()))
    faces = [shape for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert [face._element.nvPicPr.cNvPr.get("descr") for face in faces] == ["Ana"]


@pytest.mark.parametrize("name", ["../secret.png", "/etc/shadow.png", "web/../../x.jpg"])
def test_an_image_from_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(png_of(1, 1))
    assert problems_of(bakery(folder, face=name)) == [
        f'3 protagonist.image: "{name}" lies outside the folder of the map.'
    ]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(png_of(1, 1))
    (folder / "near.png").symlink_to(tmp_path / "secret.png")
    assert "outside the folder" in problems_of(bakery(folder, face="near.png"))[0]


@pytest.mark.parametrize("name", ["'https://x.org/a.png'", "drawing.svg", "a.gif", "'C:\\a.png'"])
def test_an_address_or_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    assert len(problems_of(bakery(tmp_path, face=name))) == 1


def test_all_that_is_wrong_with_images_is_said_at_once(tmp_path: Path) -> None:
    written = bakery(tmp_path, face="nobody.png", screen="broken.png")
    (tmp_path / "broken.png").write_text("<script>alert(1)</script>")
    assert problems_of(written) == [
        '3 protagonist.image: There is no image "nobody.png".',
        "8 stages[0].touchpoints[0].image: This file is no PNG or JPEG image, or it is broken.",
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n", png_of(2, 2)[:-5], jpeg_of(2, 2)[:9], b"\xff\xd8", b"GIF89a"],
)
def test_a_broken_image_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(TrayectoError, match="broken"):
        image_of("a.png", data)


def test_an_image_too_heavy_or_too_large_is_refused() -> None:
    with pytest.raises(TrayectoError, match="2 MB"):
        image_of("a.png", png_of(1, 1, extra=chunk(b"tEXt", b"x" * 2_000_001)))
    huge = png_of(1, 1).replace(struct.pack(">II", 1, 1), struct.pack(">II", 50_000, 50_000), 1)
    with pytest.raises(TrayectoError, match="4000 pixels"):
        image_of("a.png", huge)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_looks_the_same_without_what_the_camera_wrote(progressive: bool) -> None:
    pixels = pytest.importorskip("PIL.Image")
    plain = pixels.linear_gradient("L").resize((90, 60)).convert("RGB")
    exif = pixels.Exif()
    exif[0x010F] = "Camera of Ana"
    out = io.BytesIO()
    plain.save(out, "JPEG", exif=exif, comment=b"at home", progressive=progressive)
    kept = image_of("a.jpg", out.getvalue()).data
    assert b"Camera of Ana" not in kept
    assert b"at home" not in kept
    with pixels.open(io.BytesIO(out.getvalue())) as one, pixels.open(io.BytesIO(kept)) as other:
        assert one.tobytes() == other.tobytes()


def test_where_and_when_a_photo_was_taken_stays_at_home() -> None:
    photo = image_of("ana.jpg", jpeg_of(640, 480))
    assert photo.kind == "jpeg"
    assert b"GPS" in jpeg_of(640, 480)
    assert b"GPS" not in photo.data
    behind = image_of("ana.jpg", jpeg_of(640, 480) + b"a film with its place")
    assert behind.data == photo.data
    secret = png_of(2, 2, extra=chunk(b"tEXt", b"Author\0Ana"))
    assert image_of("a.png", secret).data == png_of(2, 2)
