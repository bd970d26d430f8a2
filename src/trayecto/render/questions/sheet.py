"""The sheet that the pictures of questions share: its head, its foot, its shades."""

from __future__ import annotations

from dataclasses import dataclass, field

from trayecto.render.palette import INK, PAPER, SOFT
from trayecto.render.svg import Box, Canvas, Style
from trayecto.render.type import wrap, wrap_evenly
from trayecto.vocabulary.text import Language, Text, same

MARGIN = 48.0
TITLE, SUBTITLE = Style(26, INK, 600), Style(14, SOFT)
NAME, FIGURE, NOTE = Style(13, INK, 600), Style(12, INK), Style(11.5, SOFT)
PEOPLE = {"person": Text(en="people", es="personas"), "case": Text(en="cases", es="casos")}
_ONE = {"person": Text(en="person", es="persona"), "case": Text(en="case", es="caso")}
NOBODY = Text(en="Nobody passes these filters.", es="Nadie pasa estos filtros.")


def called(per: str, n: int, language: Language) -> str:
    """Return what *n* of those counted are called."""
    return (_ONE if n == 1 else PEOPLE)[per].say(language)


@dataclass(slots=True)
class Sheet:
    """A picture under way: *top* is where the next thing goes."""

    wide: float
    language: Language
    title: str
    canvas: Canvas = field(default_factory=Canvas)
    top: float = 62.0

    def head(self, subtitle: str) -> None:
        """Write the title and what it is about."""
        room = self.wide - 2 * MARGIN
        for line in wrap_evenly(self.title, TITLE.size, room, weight=600)[:4]:
            self.canvas.text(MARGIN, self.top, line, TITLE)
            self.top += 32
        self.top -= 6
        for line in wrap(subtitle, SUBTITLE.size, self.wide - 2 * MARGIN, max_lines=3):
            self.canvas.text(MARGIN, self.top, line, SUBTITLE)
            self.top += 20
        self.top += 24

    def foot(self, note: str) -> None:
        """Write how to read it."""
        self.top += 26
        for line in wrap(note, NOTE.size, self.wide - 2 * MARGIN):
            self.canvas.text(MARGIN, self.top, line, NOTE)
            self.top += 17

    def svg(self, desc: str) -> str:
        """Return the picture, on paper."""
        whole = Canvas()
        high = round(self.top + MARGIN - 14)
        whole.rect(Box(0, 0, self.wide, high), fill=PAPER)
        whole.put(self.canvas)
        return whole.svg(self.wide, high, title=self.title, desc=desc)

    def empty(self) -> str:
        """Return a sheet that says that there is nothing to show, and why."""
        self.head(NOBODY.say(self.language))
        return self.svg(NOBODY.say(self.language))


def shade(share: float) -> float:
    """Return how much of the darkest shade lies under a share from 0 to 1; greys print too."""
    part: float = max(0.0, min(share, 1.0)) ** 0.75
    return part


def low_to_high(low: str, high: str, unknown: str) -> Text:
    """Return an interval in words; one that is open above says where it begins."""
    if high != unknown:
        return same(f"{low}–{high}")
    return same(unknown) if low == unknown else Text(en=f"{low} or more", es=f"{low} o más")
