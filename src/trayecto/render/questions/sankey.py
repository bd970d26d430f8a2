"""What happens before and after a node as a flow: a column a step away, a ribbon a way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trayecto.journeys.answers_ways import Around
from trayecto.render.apart import told_apart
from trayecto.render.palette import COMPANY, INK, NEUTRAL, PAPER, SOFT
from trayecto.render.questions.sheet import MARGIN, NOTE, Sheet, called
from trayecto.render.svg import Box, Style, written
from trayecto.render.type import fit
from trayecto.vocabulary.text import Language, Text, number, percent

TITLE_AROUND = Text(en="Before and after “{node}”", es="Antes y después de «{node}»")
TITLE_START = Text(en="The first steps", es="Los primeros pasos")
SUBTITLE = Text(en="{n} {who}, each counted once", es="{n} {who}; cada cual cuenta una vez")
OTHERS = Text(en="{n} others", es="otros {n}")
NO_MORE = Text(en="{n} go no further", es="{n} no siguen")
NOT_YET = Text(en="{n} begin later", es="{n} empiezan después")
STEP = Text(en="step {n}", es="paso {n}")
FOOT = Text(
    en="Height: how many. The commonest {n} nodes of each step; the rest together.",
    es="Altura: cuántos. Los {n} nodos más comunes de cada paso; el resto, juntos.",
)

MOST = 8
_COLUMN, _BAR, _HIGH, _LEAST, _GAP = 196.0, 12.0, 420.0, 32.0, 8.0
_LABEL, _FIGURES, _HEAD = Style(12, INK, 600), Style(11, INK), Style(12, SOFT, 600)
_REST = "\0rest"
_SURE = 20
"""Letters of a name that are sure to have room."""


@dataclass(slots=True)
class _Block:
    """A node in a column: where it stands, and how much of each side is taken."""

    count: int
    top: float = 0.0
    high: float = 0.0
    out: float = field(default=0.0)
    into: float = field(default=0.0)


def flow_picture(found: Around, *, language: Language) -> str:
    """Return the flow as SVG."""
    title = (
        TITLE_AROUND.say(language).format(node=found.anchor)
        if found.anchor
        else TITLE_START.say(language)
    )
    offsets = sorted({stop.offset for stop in found.stops})
    sheet = Sheet(max(720.0, 2 * MARGIN + _COLUMN * len(offsets)), language, title)
    if not found.journeys:
        return sheet.empty()
    said = SUBTITLE.say(language).format(
        n=number(found.journeys, language), who=called(found.per, found.journeys, language)
    )
    sheet.head(said)
    columns, hidden = _columns(found)
    scale = _HIGH / found.journeys
    top = sheet.top + 24
    for blocks in columns.values():
        y = top
        for block in blocks.values():
            block.top, block.high = y, block.count * scale
            y += max(block.high, _LEAST) + _GAP
    _ribbons(sheet, found, columns, offsets, scale)
    low = top
    for nth, offset in enumerate(offsets):
        x = MARGIN + nth * _COLUMN
        _heading(sheet, found, offset, x)
        low = max(low, _names(sheet, found, columns[offset], x, others=hidden[offset]))
        low = max(low, _absent(sheet, found, columns[offset], offset, x))
    sheet.top = low
    sheet.foot(FOOT.say(language).format(n=MOST))
    return sheet.svg(said)


def _columns(found: Around) -> tuple[dict[int, dict[str, _Block]], dict[int, int]]:
    """Return the blocks of each column, the commonest first, and how many share the last."""
    columns: dict[int, dict[str, _Block]] = {}
    hidden: dict[int, int] = {}
    for stop in found.stops:
        blocks = columns.setdefault(stop.offset, {})
        hidden.setdefault(stop.offset, 0)
        if len(blocks) < MOST:
            blocks[stop.name] = _Block(stop.count)
        else:
            rest = blocks.setdefault(_REST, _Block(0))
            rest.count += stop.count
            hidden[stop.offset] += 1
    return columns, hidden


def _ribbons(
    sheet: Sheet,
    found: Around,
    columns: Mapping[int, Mapping[str, _Block]],
    offsets: list[int],
    scale: float,
) -> None:
    counts: dict[tuple[int, str, str], int] = {}
    for way in found.flows:
        if way.offset not in columns or way.offset + 1 not in columns:
            continue
        source = way.source if way.source in columns[way.offset] else _REST
        target = way.target if way.target in columns[way.offset + 1] else _REST
        key = (way.offset, source, target)
        counts[key] = counts.get(key, 0) + way.count
    order = {
        offset: {name: i for i, name in enumerate(blocks)} for offset, blocks in columns.items()
    }
    ways = sorted(counts, key=lambda k: (k[0], order[k[0]][k[1]], order[k[0] + 1][k[2]]))
    for offset, source, target in ways:
        a, b = columns[offset][source], columns[offset + 1][target]
        thick = counts[offset, source, target] * scale
        x1 = MARGIN + offsets.index(offset) * _COLUMN + _BAR
        x2 = x1 - _BAR + _COLUMN
        y1, y2 = a.top + a.out, b.top + b.into
        a.out, b.into = a.out + thick, b.into + thick
        middle = (x1 + x2) / 2
        d = (
            f"M{written(x1)} {written(y1)}C{written(middle)} {written(y1)} {written(middle)} "
            f"{written(y2)} {written(x2)} {written(y2)}V{written(y2 + thick)}"
            f"C{written(middle)} {written(y2 + thick)} {written(middle)} {written(y1 + thick)} "
            f"{written(x1)} {written(y1 + thick)}Z"
        )
        sheet.canvas.path(d, fill=COMPANY, opacity=0.14)


def _heading(sheet: Sheet, found: Around, offset: int, x: float) -> None:
    if found.anchor is None:
        words = STEP.say(sheet.language).format(n=offset)
    else:
        words = "0" if offset == 0 else f"{offset:+d}".replace("-", "−")
    sheet.canvas.text(x, sheet.top + 4, words, _HEAD)


def _names(
    sheet: Sheet, found: Around, blocks: Mapping[str, _Block], x: float, *, others: int
) -> float:
    """Draw the blocks of a column with their names beside; return how far down they reach."""
    low = sheet.top
    apart = told_apart([stop.name for stop in found.stops], _SURE)
    for name, block in blocks.items():
        fill = NEUTRAL if name == _REST else INK
        box = Box(x, block.top, x + _BAR, block.top + max(block.high, 1.5))
        sheet.canvas.rect(box, fill=fill, radius=1)
        shown = OTHERS.say(sheet.language).format(n=others) if name == _REST else apart[name]
        left = x + _BAR + 7
        words = fit(shown, _LABEL.size, _COLUMN - _BAR - 16, weight=600)
        share = percent(block.count / found.journeys, sheet.language, decimals=1)
        figures = f"{number(block.count, sheet.language)} · {share}"
        ground = max(_LABEL.wide(words), _FIGURES.wide(figures)) + 8
        sheet.canvas.element(
            "rect", x=left - 4, y=block.top, width=ground, height=_LEAST - 1, rx=3, fill=PAPER,
            fill_opacity=0.82,
        )  # fmt: skip
        sheet.canvas.text(left, block.top + 12, words, _LABEL)
        sheet.canvas.text(left, block.top + 26, figures, _FIGURES)
        low = max(low, block.top + max(block.high, _LEAST))
    return low


def _absent(
    sheet: Sheet, found: Around, blocks: Mapping[str, _Block], offset: int, x: float
) -> float:
    """Say how many are not in this column: they go no further, or had not begun."""
    missing = found.journeys - sum(block.count for block in blocks.values())
    low = max(block.top + max(block.high, _LEAST) for block in blocks.values())
    if not missing:
        return low
    before = found.anchor is not None and offset < 0
    words = (NOT_YET if before else NO_MORE).say(sheet.language)
    said = words.format(n=number(missing, sheet.language))
    sheet.canvas.text(x, low + 20, fit(said, NOTE.size, _COLUMN - 16), NOTE)
    return low + 22
