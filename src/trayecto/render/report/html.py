"""HTML that is safe by its type: words are escaped unless they already are `Html`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from trayecto.render.svg import escaped
from trayecto.vocabulary.text import UNKNOWN, Written

Value = str | int | None

_EMPTY = {"br", "col", "input", "link", "meta"}


class Html(Written):
    """Markup, ready to be put into a page. Everything else is words."""

    __slots__ = ()

    def is_one(self) -> bool:
        """Tell whether it shows just one."""
        return re.sub(r"<[^>]*>", "", self) == "1"


NO_HTML = Html("")


def safe(words: str) -> Html:
    """
    Return words as markup, unless they are markup already.

    >>> safe("5 < 6"), safe(Html("<br>"))
    ('5 &lt; 6', '<br>')
    """
    return words if isinstance(words, Html) else Html(escaped(words))


def verbatim(text: str) -> Html:
    r"""
    Return text as markup with every sign and line of it, for what is copied and run.

    >>> verbatim("select 1\n  where 1 < 2")
    'select 1\n  where 1 &lt; 2'
    """
    return Html(escape(text))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Return the parts that say something, one after the other."""
    return Html(safe(between).join(safe(part) for part in parts if part))


def filled(sentence: str, **parts: str) -> Html:
    """
    Return a sentence with its parts put in, words and markup alike.

    >>> filled("{a} < {b}", a=el("b", "5"), b="<6>")
    '<b>5</b> &lt; &lt;6&gt;'
    """
    return Html(safe(sentence).format(**{name: safe(part) for name, part in parts.items()}))


def el(tag: str, /, *inside: str, **attributes: Value) -> Html:
    """
    Return one element; `class_` is class, underscores become hyphens, None is left out.

    >>> el("a", "5 < 6", href="#six", class_=None)
    '<a href="#six">5 &lt; 6</a>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _EMPTY:
        return Html(f"<{tag}{told}>")
    return Html(f"<{tag}{told}>{joined(inside)}</{tag}>")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, which definition it links to, and what it holds."""

    head: str
    defined: str | None = None
    figures: bool = True
    group: str = ""
    """Columns side by side with the same group share a head above their own."""
    part: float | None = None
    """The percentage of the table it asks for, so that tables alike line up."""
    alone: str = ""
    """Its head above a cell that stands alone, where the head of its group is needed to tell it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, its cells, and where links to it land."""

    head: str
    cells: Sequence[str]
    id: str | None = None


def table(caption: str, columns: Sequence[Column], rows: Iterable[Row], *, look: str = "") -> Html:
    """
    Return a table in a strip of its own; where the page is narrow each row lies below its name.

    There every cell has the head of its column above it. A `plain` one (a word of its look) has
    many short rows: it stays as it is, and scrolls sideways.
    """
    folds = "plain" not in look.split()
    parts = (
        el("caption", el("span", caption)),
        _widths(columns),
        el("thead", _heads(columns)),
        el("tbody", *(_row(columns, row, folds=folds) for row in rows)),
    )
    whole = el("table", *parts, class_=" ".join((*look.split(), *["folds"] * folds)))
    return scrolling(whole, name=caption)


def scrolling(inside: Html, *, name: str, look: str = "") -> Html:
    """Return a strip that scrolls sideways, by keyboard too."""
    named = f"scroll {look}".strip()
    return el("div", inside, class_=named, role="region", aria_label=name, tabindex=0)


def _widths(columns: Sequence[Column]) -> Html:
    if not any(column.part for column in columns):
        return NO_HTML
    styles = (f"inline-size:{column.part}%" if column.part else None for column in columns)
    return el("colgroup", *(el("col", style=style) for style in styles))


def _heads(columns: Sequence[Column]) -> Html:
    if not any(column.group for column in columns):
        return el("tr", *(_head(column) for column in columns))
    above, below = [], []
    for place, column in enumerate(columns):
        if not column.group:
            above.append(_head(column, rowspan=2))
            continue
        opens = _opens(columns, place)
        below.append(_head(column, opens=opens))
        if opens:
            span = _span(columns, place)
            look = "group opens"
            above.append(el("th", column.group, scope="colgroup", colspan=span, class_=look))
    return joined((el("tr", *above), el("tr", *below)))


def _opens(columns: Sequence[Column], place: int) -> bool:
    """Tell whether a group of columns begins here."""
    group = columns[place].group
    return bool(group) and (place == 0 or columns[place - 1].group != group)


def _span(columns: Sequence[Column], place: int) -> int:
    group, end = columns[place].group, place
    while end < len(columns) and columns[end].group == group:
        end += 1
    return end - place


def _head(column: Column, *, rowspan: int | None = None, opens: bool = False) -> Html:
    words = column.head
    if column.defined:
        words = el("a", column.head, href=f"#{column.defined}")
    return el("th", words, scope="col", rowspan=rowspan, class_=_look(column, opens=opens))


def _look(column: Column, *, opens: bool, none: bool = False) -> str | None:
    looks = ("figure" * column.figures, "opens" * opens, "none" * none)
    return " ".join(look for look in looks if look) or None


def _row(columns: Sequence[Column], row: Row, *, folds: bool) -> Html:
    cells = [
        el(
            "td",
            cell,
            class_=_look(column, opens=_opens(columns, place), none=cell == UNKNOWN),
            data_head=(column.alone or column.head) if folds else None,
        )
        for place, (column, cell) in enumerate(zip(columns[1:], row.cells, strict=True), start=1)
    ]
    return el("tr", el("th", row.head, scope="row"), *cells, id=row.id)
