"""The images that a map names, beside it: a persona's face, what a touchpoint looks like."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace

from trayecto.maps.document import Image, JourneyMap, Protagonist, Touchpoint
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text
from trayecto.vocabulary.tree import Path

OpenImage = Callable[[str], bytes]
"""Give the bytes of a file beside the map, by its name; raise TrayectoError when it cannot."""

MAX_BYTES = 2_000_000
MAX_SIDE = 4_000
"""Pixels; a small file may unfold to more than any machine holds."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}
"""Of what programs add to a JPEG: its density, its colours, how they are coded."""


def with_images(
    journey_map: JourneyMap, look: OpenImage
) -> tuple[JourneyMap, tuple[tuple[Path, Problem], ...]]:
    """Return the map with its pictures in it, and what is wrong with each that is not."""
    faults: list[tuple[Path, Problem]] = []

    def filled(image: Image | None, path: Path) -> Image | None:
        if image is None:
            return None
        try:
            return image_of(image.name, look(image.name))
        except TrayectoError as error:
            faults.extend(((*path, "image"), problem) for problem in error.problems)
            return image

    def person(own: Protagonist, path: Path) -> Protagonist:
        return replace(own, image=filled(own.image, path)) if own.image else own

    def touchpoint(own: Touchpoint, path: Path) -> Touchpoint:
        return replace(own, image=filled(own.image, path)) if own.image else own

    if not any(True for _ in _images(journey_map)):
        return journey_map, ()
    who = journey_map.protagonist
    whole = replace(
        journey_map,
        protagonist=person(who, ("protagonist",)) if who else None,
        personas=tuple(person(p, ("personas", i)) for i, p in enumerate(journey_map.personas)),
        stages=tuple(
            replace(
                stage,
                touchpoints=tuple(
                    touchpoint(t, ("stages", s, "touchpoints", i))
                    for i, t in enumerate(stage.touchpoints)
                ),
            )
            for s, stage in enumerate(journey_map.stages)
        ),
    )
    return whole, tuple(faults)


def _images(journey_map: JourneyMap) -> Iterator[Image]:
    yield from (who.image for who in journey_map.everybody() if who.image)
    yield from (t.image for t in journey_map.touchpoints() if t.image)


def image_of(name: str, data: bytes) -> Image:
    """Return a picture that is what it says it is, without what else the file tells; or raise."""
    if len(data) > MAX_BYTES:
        raise TrayectoError(Problem(_TOO_HEAVY, _SMALLER))
    try:
        kind, clean, wide, tall = _png(data) if data.startswith(_PNG) else _jpeg(data)
    except (ValueError, IndexError, struct.error) as error:
        raise TrayectoError(Problem(_NO_IMAGE, _SAVE_AGAIN)) from error
    if not (0 < wide <= MAX_SIDE and 0 < tall <= MAX_SIDE):
        raise TrayectoError(Problem(_TOO_LARGE, _SMALLER))
    return Image(name, kind, clean)


def _png(data: bytes) -> tuple[str, bytes, int, int]:
    """Return a PNG without the words in it, and its size."""
    at, kept = len(_PNG), [_PNG]
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("cut off")
        if chunk[4:8] in _PNG_KEPT:
            kept.append(chunk)
        at += 12 + length
    if kept[1][4:8] != b"IHDR" or kept[-1][4:8] != b"IEND":
        raise ValueError("not whole")
    wide, tall = struct.unpack(">II", kept[1][8:16])
    return "png", b"".join(kept), wide, tall


def _jpeg(data: bytes) -> tuple[str, bytes, int, int]:
    """Return a JPEG without where, when and with what it was taken, and its size."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at, kept, wide, tall = 2, [data[:2]], 0, 0
    while data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xD9:  # whatever stands behind the end is no part of the picture
            return "jpeg", b"".join((*kept, data[at : at + 2])), wide, tall
        if mark == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        segment = data[at : at + 2 + length]
        if mark in _JPEG_KEPT or not (0xE0 <= mark <= 0xEF or mark == 0xFE):
            kept.append(segment)
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            tall, wide = struct.unpack(">HH", segment[5:9])
        at += 2 + length
        if mark == 0xDA:  # the picture itself follows, up to the next mark
            following = _MARK.search(data, at)
            end = following.start() if following else len(data)
            kept.append(data[at:end])
            at = end
    raise ValueError("no picture in it")


_TOO_HEAVY = Text(en="This image is over 2 MB.", es="Esta imagen pesa más de 2 MB.")
_TOO_LARGE = Text(
    en="This image has sides of over 4000 pixels.",
    es="Esta imagen tiene lados de más de 4000 píxeles.",
)
_SMALLER = Text(
    en="Save it smaller: 800 pixels are enough.", es="Guárdala más pequeña: bastan 800 píxeles."
)
_NO_IMAGE = Text(
    en="This file is no PNG or JPEG image, or it is broken.",
    es="Este fichero no es una imagen PNG o JPEG, o está roto.",
)
_SAVE_AGAIN = Text(
    en="Open it in an image program and save it as PNG or JPEG.",
    es="Ábrela en un programa de imágenes y guárdala como PNG o JPEG.",
)
