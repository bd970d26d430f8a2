"""Images on the sheet: a face in its circle, and what touchpoints look like, as small pictures."""

from __future__ import annotations

from base64 import b64encode

from trayecto.maps.document import Image, Touchpoint
from trayecto.render import words as w
from trayecto.render.palette import HAIRLINE
from trayecto.render.poster.lanes import Lane
from trayecto.render.poster.rows import NOTE, Row, draw, height, paragraph
from trayecto.render.poster.scene import Column, Scene, System
from trayecto.render.svg import Box, Canvas

_WIDE, _TALL = 120.0, 80.0
_BETWEEN = 12.0


def data_of(image: Image) -> str:
    """Return an image as an address that holds it whole: nothing is fetched from elsewhere."""
    return f"data:image/{image.kind};base64,{b64encode(image.data).decode('ascii')}"


def picture_lane(scene: Scene, system: System) -> Lane | None:
    """Return small pictures of the touchpoints, each with its name, or None without any."""
    columns = [(column, _rows(scene, column)) for column in system.columns]
    tallest = max((sum(_tall(row) for row in rows) for _, rows in columns), default=0.0)
    if not tallest:
        return None

    def draw_pictures(canvas: Canvas, top: float) -> None:
        for column, rows in columns:
            y = top
            for row in rows:
                for place, (image, name, words) in enumerate(row):
                    x = column.left + place * (_WIDE + _BETWEEN)
                    box = Box(x, y, x + _WIDE, y + _TALL)
                    canvas.image(box, data_of(image), name=name)
                    canvas.rect(box, stroke=HAIRLINE)
                    draw(canvas, x, y + _TALL + 4, words)
                y += _tall(row)

    return Lane(scene.say(w.IMAGES), "", tallest - _BETWEEN, draw_pictures)


_Picture = tuple[Image, str, list[Row]]


def _rows(scene: Scene, column: Column) -> list[list[_Picture]]:
    shown = [_picture(scene, t, t.image) for t in column.touchpoints() if t.image and t.image.data]
    most = max(1, int((column.wide + _BETWEEN) // (_WIDE + _BETWEEN)))
    return [shown[first : first + most] for first in range(0, len(shown), most)]


def _picture(scene: Scene, touchpoint: Touchpoint, image: Image) -> _Picture:
    name = scene.say(touchpoint.name)
    return image, name, paragraph(name, NOTE, _WIDE)


def _tall(row: list[_Picture]) -> float:
    return _TALL + 4 + max(height(words) for _, _, words in row) + _BETWEEN
