"""A sheet to draw on: rectangles, lines, circles, paths and words, written as SVG."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from trayecto.render.palette import INK
from trayecto.render.type import FAMILY, Weight, width

Anchor = Literal["start", "middle", "end"]
Value = str | float | int | None

# What XML 1.0 cannot carry (control characters, lone surrogates, non-characters), and the marks
# that would turn the reading direction of the words that follow.
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_BLANKS = re.compile("[\t\n\x0b\x0c\r\u2028\u2029]+")
_SPECIAL = re.compile('[&<>"]')
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9_-]+")
_CAP, _DROP = 0.76, 0.22
"""How far letters reach above and below their baseline, in ems."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; for words, the room their letters take."""

    left: float
    top: float
    right: float
    bottom: float
    words: str = ""
    size: float = 0.0

    def meets(self, other: Box, *, gap: float = 0.0) -> bool:
        """Tell whether the two share any room, or come closer than *gap*."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How words look."""

    size: float
    fill: str = INK
    weight: Weight = 400
    italic: bool = False

    def wide(self, words: str) -> float:
        """Return how wide *words* are."""
        return width(words, self.size, weight=self.weight)


@lru_cache(maxsize=16_384)
def written(value: float) -> str:
    """
    Return a number with two decimals at most.

    >>> written(12.0), written(0.125), written(-0.001)
    ('12', '0.12', '0')
    """
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def plain(words: str) -> str:
    """Return words that XML can carry, on one line."""
    return words if words.isprintable() else _UNWRITABLE.sub("", _BLANKS.sub(" ", words))


def escaped(words: str) -> str:
    """
    Return words safe inside an element or an attribute.

    >>> escaped('<b>"5 & 6"</b>')
    '&lt;b&gt;&quot;5 &amp; 6&quot;&lt;/b&gt;'
    """
    words = plain(words)
    return words.translate(_ENTITIES) if _SPECIAL.search(words) else words


def directed(words: str) -> str:
    """
    Return words that keep their own reading direction: those that begin from the right, apart.

    The marks around them (an isolate) are what every program that draws letters understands.
    """
    if words.isascii() or not _from_the_right(words):
        return words
    return f"\u2067{words}\u2069"


def _from_the_right(words: str) -> bool:
    """Tell whether the first letter with a direction is one written from right to left."""
    for letter in words:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False


def safe_id(name: str) -> str:
    """Return a name that may stand in an id, a link or a selector."""
    return _UNSAFE_IN_ID.sub("-", name)


def box_of(x: float, y: float, words: str, style: Style, *, anchor: Anchor = "start") -> Box:
    """Return the room *words* would take with their baseline at *y*."""
    wide = style.wide(words)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    top, bottom = y - _CAP * style.size, y + _DROP * style.size
    return Box(left, top, left + wide, bottom, words, style.size)


class Canvas:
    """A sheet: what is drawn on it, in order, and the room all words take (`boxes`)."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self._parts: list[str] = []

    def element(self, name: str, *, inside: str = "", **attributes: Value) -> None:
        """Write one element; underscores in names become hyphens, None is left out."""
        tag = f"{name}{_attributes(attributes)}"
        self._parts.append(f"<{tag}>{inside}</{name}>" if inside else f"<{tag}/>")

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        stroke: str,
        width: float = 1,
        dash: str | None = None,
        cap: str | None = None,
    ) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        self.element(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width,
            stroke_dasharray=dash, stroke_linecap=cap,
        )  # fmt: skip

    def rect(
        self,
        box: Box,
        *,
        fill: str = "none",
        opacity: float | None = None,
        stroke: str | None = None,
        width: float | None = None,
        radius: float | None = None,
        dash: str | None = None,
    ) -> None:
        """Draw a rectangle; *opacity* is that of what fills it."""
        self.element(
            "rect", x=box.left, y=box.top, width=box.right - box.left,
            height=box.bottom - box.top, rx=radius, fill=fill, fill_opacity=opacity,
            stroke=stroke, stroke_width=width, stroke_dasharray=dash,
        )  # fmt: skip

    def circle(
        self,
        centre: tuple[float, float],
        radius: float,
        *,
        fill: str = "none",
        stroke: str | None = None,
        width: float | None = None,
        dash: str | None = None,
    ) -> None:
        """Draw a circle."""
        self.element(
            "circle", cx=centre[0], cy=centre[1], r=radius, fill=fill, stroke=stroke,
            stroke_width=width, stroke_dasharray=dash,
        )  # fmt: skip

    def path(
        self,
        d: str,
        *,
        fill: str = "none",
        stroke: str | None = None,
        width: float | None = None,
        dash: str | None = None,
        opacity: float | None = None,
        at: tuple[float, float] | None = None,
        scale: float = 1,
    ) -> None:
        """Draw a path; *at* and *scale* place one that was drawn around the origin."""
        place = None
        if at is not None:
            place = f"translate({written(at[0])} {written(at[1])})"
            place += "" if scale == 1 else f" scale({written(scale)})"
        self.element(
            "path", d=d, transform=place, fill=fill, stroke=stroke, stroke_width=width,
            stroke_dasharray=dash, fill_opacity=opacity,
            stroke_linecap="round" if stroke else None,
            stroke_linejoin="round" if stroke else None,
        )  # fmt: skip

    def image(self, box: Box, data: str, *, name: str, round: bool = False) -> None:
        """Draw an image that fills the box, cut where it is longer; *round*, in a circle."""
        clip = None
        if round:
            clip = f"round-{safe_id(written(box.left))}-{safe_id(written(box.top))}"
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            circle = f'<circle cx="{written(x)}" cy="{written(y)}" r="{written(x - box.left)}"/>'
            self.element("clipPath", inside=circle, id=clip)
        self.element(
            "image", inside=f"<title>{escaped(name)}</title>", href=data, x=box.left, y=box.top,
            width=box.right - box.left, height=box.bottom - box.top,
            preserveAspectRatio="xMidYMid slice", clip_path=clip and f"url(#{clip})",
        )  # fmt: skip

    def text(
        self, x: float, y: float, words: str, style: Style, *, anchor: Anchor = "start"
    ) -> Box:
        """Write words with their baseline at *y*, and return the room they take."""
        words = plain(words)
        box = box_of(x, y, words, style, anchor=anchor)
        if words.strip():
            self.boxes.append(box)
            turn = "" if anchor == "start" else f' text-anchor="{anchor}"'
            place = f'x="{written(x)}" y="{written(y)}"'
            self._parts.append(f"<text {place}{_look(style)}{turn}>{_shown(words)}</text>")
        return box

    def runs(self, x: float, y: float, runs: Sequence[tuple[str, Style]]) -> Box:
        """Write words of several styles on one line, and return the room they take."""
        runs = [(plain(words), style) for words, style in runs if plain(words)]
        boxes, left = [], x
        for words, style in runs:
            boxes.append(box_of(left, y, words, style))
            left = boxes[-1].right
        if not boxes:
            return Box(x, y, x, y)
        inside = "".join(f"<tspan{_look(style)}>{_shown(words)}</tspan>" for words, style in runs)
        whole = Box(
            x, min(b.top for b in boxes), left, max(b.bottom for b in boxes),
            "".join(words for words, _ in runs), min(style.size for _, style in runs),
        )  # fmt: skip
        self.boxes.append(whole)
        self.element("text", inside=inside, x=x, y=y, xml__space="preserve")
        return whole

    def put(self, other: Canvas) -> None:
        """Lay another sheet on this one."""
        self._parts += other._parts
        self.boxes += other.boxes

    @contextmanager
    def group(
        self, *, id: str | None = None, title: str | None = None, **attributes: Value
    ) -> Iterator[None]:
        """Hold together what is drawn inside; a title is what a pointer or a reader meets."""
        self._parts.append(f"<g{_attributes({'id': id and safe_id(id), **attributes})}>")
        if title:
            self.element("title", inside=escaped(title))
        yield
        self._parts.append("</g>")

    def svg(self, width: float, height: float, *, title: str, desc: str = "") -> str:
        """Return the whole picture, with its name and what it tells for who cannot see it."""
        head = _attributes(
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {written(width)} {written(height)}",
                "width": width,
                "height": height,
                "role": "img",
                "aria_label": title,
                "font_family": FAMILY,
            }
        )
        named = f"<title>{escaped(title)}</title><desc>{escaped(desc)}</desc>"
        return f"<svg{head}>{named}{''.join(self._parts)}</svg>\n"


@cache
def _look(style: Style) -> str:
    return _attributes(
        {
            "font_size": style.size,
            "font_weight": style.weight,
            "font_style": "italic" if style.italic else None,
            "fill": style.fill,
        }
    )


def _shown(plain_words: str) -> str:
    """Return words without control characters as they stand inside an element."""
    words = directed(plain_words)
    return words.translate(_ENTITIES) if _SPECIAL.search(words) else words


def _attributes(values: dict[str, Value]) -> str:
    parts = []
    for name, value in values.items():
        if isinstance(value, str) and len(value) > _SHORT:
            parts.append(f' {_named(name)}="{escaped(value)}"')
        elif value is not None:
            parts.append(_attribute(name, value))
    return "".join(parts)


_SHORT = 40
"""Longer values (paths, images) do not come twice; keeping them would only take memory."""


@lru_cache(maxsize=16_384)
def _attribute(name: str, value: str | float) -> str:
    """Return one attribute; the same colours, widths and places come again and again."""
    told = escaped(value) if isinstance(value, str) else written(value)
    return f' {_named(name)}="{told}"'


@cache
def _named(name: str) -> str:
    """Return a name as XML writes it: stroke_width is stroke-width, xml__space is xml:space."""
    return name.replace("__", ":").replace("_", "-")
