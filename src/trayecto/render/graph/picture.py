"""The node graph as a picture: what customers really do, how many of them, and how fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, log, sqrt

from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.render.apart import told_apart
from trayecto.render.graph import feeling
from trayecto.render.graph import words as texts
from trayecto.render.graph.captions import Caption, Captions, head_half, traced
from trayecto.render.graph.choice import Shown, choose, moments
from trayecto.render.graph.layout import Box, Layout, Line, Placed, Point, Room, Route, layout
from trayecto.render.palette import CARD, HAIRLINE, INK, PAPER, SOFT
from trayecto.render.svg import Box as Rectangle
from trayecto.render.svg import Canvas, Style, written
from trayecto.render.type import wrap
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import UNKNOWN, Language, Text, duration, number, percent

__all__ = ["TONES", "choose", "graph_picture"]

TONES = ("#958F85", "#6F6A63", "#474440", "#1C1B1A")
"""Lines from the shortest median to the longest; the lightest still has 3 to 1 on paper."""

_MARGIN, _NARROWEST, _WIDEST = 48.0, 1180.0, 1680.0
_CARD, _PAD = 138.0, 12.0
_SURE = 42
"""Letters of a name that are sure to have room on a card."""
_THINNEST, _THICKEST = 1.0, 6.0
_LEAST_SHARE = 0.00501
"""Smaller shares would read as 0 %."""
_SECOND, _MINUTE, _HOUR, _DAY = 1.0, 60.0, 3_600.0, 86_400.0
_ROUND = (
    *(n * _SECOND for n in (1, 2, 5, 10, 30)),
    *(n * _MINUTE for n in (1, 2, 5, 10, 30)),
    *(n * _HOUR for n in (1, 2, 6, 12)),
    *(n * _DAY for n in (1, 2, 7, 14, 30, 60, 90, 180, 365)),
)

_TITLE = Style(26, INK, 600)
_SUBTITLE = Style(14, SOFT)
_NAME = Style(12.5, INK, 600)
_FIGURE = Style(11, SOFT)
_SHARE = Style(11, INK, 600)
_CAPTION = Style(10.5, INK)
_LEADING = 13.0
_LEGEND = Style(11.5, SOFT)
_LEGEND_HEAD = Style(11.5, INK, 600)


def graph_picture(
    graph: Graph,
    *,
    language: Language,
    names: Mapping[str, str] | None = None,
    felt: Mapping[str, Estimate] | None = None,
    at_most_nodes: int = 40,
    at_most_edges: int | None = None,
) -> str:
    """
    Return the graph as SVG: the commonest steps, left to right, returns as arcs below.

    Without *at_most_edges* it draws what covers 95 % of all steps, five lines for two nodes at
    most, and always the strongest ways into and out of each node. *names* are shown instead of
    the nodes' own; *felt* is how people felt at each, told by a band of colour and its level.
    """
    shown = choose(graph, at_most_nodes=at_most_nodes, at_most_edges=at_most_edges)
    return _Picture(shown, language, names or {}, felt).svg()


@dataclass(frozen=True, slots=True)
class _Card:
    """What a node's box says, line by line."""

    name: list[str]
    figures: tuple[str, ...]
    begins: float | None
    ends: float | None

    @property
    def height(self) -> float:
        marks = 20 if self.begins is not None or self.ends is not None else 0
        return 10 + 15 * len(self.name) + 14 * len(self.figures) + 9 + marks


class _Picture:
    def __init__(
        self,
        shown: Shown,
        language: Language,
        names: Mapping[str, str],
        felt: Mapping[str, Estimate] | None,
    ) -> None:
        self.shown, self.language, self.names, self.felt = shown, language, names, felt
        self.canvas = Canvas()
        self.most = max((edge.people for edge in shown.edges), default=1) or 1
        self.bounds = _bounds(shown.edges)
        self.edges = {(edge.source, edge.target): edge for edge in shown.edges}
        self.apart = told_apart([node.name for node in shown.nodes], _SURE)
        self.cards = {node.name: self._card(node) for node in shown.nodes}
        self.layout, self.wide = self._layout()
        self.reading = self._reading()

    def say(self, text: Text, **facts: str) -> str:
        return text.say(self.language).format_map(facts)

    # What is where.

    def _card(self, node: Node) -> _Card:
        named = self._named(self.apart[node.name])
        lines = wrap(named, _NAME.size, _CARD - 2 * _PAD, weight=600, max_lines=3)
        journeys = self.shown.journeys
        begins, ends = (
            part / journeys if journeys and part / journeys >= _LEAST_SHARE else None
            for part in (node.starts, node.ends)
        )
        figures: tuple[str, ...] = (
            self._counted(node.people, texts.WHO[self._per()]),
            self._counted(node.interactions, texts.INTERACTIONS),
        )
        if self.felt is not None:
            figures = (*figures, feeling.level_words(self.felt.get(node.name), self.language))
        return _Card(lines or [UNKNOWN], figures, begins, ends)

    def _layout(self) -> tuple[Layout, float]:
        when = moments(self.shown.graph)
        boxes = [
            Box(
                name, _CARD, card.height, when.get(name, 0.0),
                port_from=12, port_to=18 + 15 * len(card.name) + 14 * len(card.figures) - 10,
            )
            for name, card in self.cards.items()
        ]  # fmt: skip
        lines = [
            Line(edge.source, edge.target, edge.count, self._thickness(edge))
            for edge in self.shown.edges
        ]
        room = Room()
        placed = layout(boxes, lines, room=room)
        spare = _NARROWEST - 2 * _MARGIN - placed.width
        count = max((box.column for box in placed.boxes), default=0)
        if spare > 0 and count:
            gap = min(170.0, room.gap + spare / count)
            placed = layout(boxes, lines, room=Room(gap=gap, widest_gap=max(gap, room.widest_gap)))
        return placed, max(_NARROWEST, placed.width + 2 * _MARGIN)

    def _thickness(self, edge: Edge) -> float:
        return max(_THINNEST, round(_THICKEST * sqrt(edge.people / self.most), 2))

    def _tone(self, seconds: float) -> str:
        above = sum(seconds >= bound for bound in self.bounds)
        return TONES[round(above * (len(TONES) - 1) / max(len(self.bounds), 1))]

    # Words.

    def _named(self, name: str) -> str:
        return self.names.get(name) or name

    def _per(self) -> str:
        return "case" if self.shown.graph.per == "case" else "person"

    def _counted(self, count: int, words: tuple[Text, Text]) -> str:
        return f"{self._short(count)} {words[count != 1].say(self.language)}"

    def _short(self, count: int) -> str:
        """Return a count that fits in a card; millions with two decimals."""
        if count < 1_000_000:
            return number(count, self.language)
        return f"{number(count / 1e6, self.language, decimals=2)} M"

    # Drawing.

    def svg(self) -> str:
        canvas = self.canvas
        head = 116.0
        middle = head + 26 if self.shown.nodes else head
        foot = middle + self.layout.height + 44
        wide, high = self.wide, foot + 84 + self._felt_height() + 16 * len(self.reading)
        canvas.rect(Rectangle(0, 0, wide, high), fill=PAPER)
        canvas.text(_MARGIN, 58, self.say(texts.HEAD), _TITLE)
        canvas.text(_MARGIN, 84, self._subtitle(), _SUBTITLE)
        canvas.line((_MARGIN, head - 12), (wide - _MARGIN, head - 12), stroke=INK, width=1.2)
        if not self.shown.nodes:
            canvas.text(_MARGIN, head + 32, self.say(texts.EMPTY), _SUBTITLE)
            return canvas.svg(wide, high, title=self.say(texts.HEAD), desc=self.say(texts.EMPTY))
        self._graph(_MARGIN, middle)
        canvas.line((_MARGIN, foot), (wide - _MARGIN, foot), stroke=HAIRLINE)
        self._legend(foot + 26)
        title = f"{self.say(texts.HEAD)}. {self._subtitle()}"
        return canvas.svg(wide, high, title=title, desc=self._description())

    def _subtitle(self) -> str:
        shown, graph = self.shown, self.shown.graph
        if not graph.nodes:
            return self.say(texts.NOTHING)
        nodes = self._counted(len(graph.nodes), texts.NODES)
        if len(shown.nodes) < len(graph.nodes):
            drawn = number(len(shown.nodes), self.language)
            nodes = self.say(texts.OF_NODES, drawn=drawn, nodes=nodes)
        parts = [nodes, self._counted(len(graph.edges), texts.STEPS)]
        if shown.coverage is not None:
            parts.append(self._drawn(shown.coverage))
        parts.append(self._counted(graph.people, texts.WHO[self._per()]))
        parts.append(self._counted(graph.interactions, texts.INTERACTIONS))
        return " · ".join(parts)

    def _drawn(self, coverage: float) -> str:
        drawn = len(self.shown.edges)
        if drawn == len(self.shown.graph.edges):
            return self.say(texts.ALL_DRAWN)
        decimals = 1 if coverage > 0.99 else 0
        # Never call it everything while something is left out.
        share = percent(min(coverage, 0.999), self.language, decimals=decimals)
        if drawn == 1:
            return self.say(texts.ONE_DRAWN, share=share)
        return self.say(texts.SOME_DRAWN, drawn=number(drawn, self.language), share=share)

    def _reading(self) -> list[str]:
        """Return how to read what is there, in lines that fit the page."""
        courses = {route.course for route in self.layout.routes}
        read = " ".join(self.say(text) for course, text in texts.READ if course in courses)
        return wrap(read, _LEGEND.size, self.wide - 2 * _MARGIN)

    def _description(self) -> str:
        commonest = "; ".join(self._edge_title(edge) for edge in self.shown.edges[:8])
        return f"{self._subtitle()}. {self.say(texts.COMMONEST)} {commonest}."

    def _graph(self, x: float, y: float) -> None:
        edges = self.edges
        routes = [_moved(route, x, y) for route in self.layout.routes]
        # Thin lines lie above thick ones, so that no line is buried.
        routes.sort(key=lambda r: (-edges[r.source, r.target].people, r.source, r.target))
        boxes = [
            Rectangle(b.x + x - 1, b.y + y, b.x + x + b.width + 1, b.y + y + b.height)
            for b in self.layout.boxes
        ]
        boxes += [mark for b in self.layout.boxes for mark in self._marks(b, x, y)]
        captions = Captions(boxes, left=_MARGIN - 12, right=self.wide - _MARGIN + 12)
        traces = [traced(route) for route in routes]
        for i, (route, trace) in enumerate(zip(routes, traces, strict=True)):
            captions.draw(i, trace, self._thickness(edges[route.source, route.target]))
        placed: list[tuple[Caption, Edge]] = []
        for i, (route, trace) in enumerate(zip(routes, traces, strict=True)):
            edge = edges[route.source, route.target]
            caption = self._place(captions, i, route, trace, self._caption(edge))
            if caption:
                placed.append((caption, edge))
        for route in routes:
            self._edge(edges[route.source, route.target], route)
        for caption, edge in placed:
            self._write(caption, edge)
        nodes = {node.name: node for node in self.shown.nodes}
        for box in self.layout.boxes:
            self._node(nodes[box.name], box, box.x + x, box.y + y)

    def _marks(self, box: Placed, x: float, y: float) -> list[Rectangle]:
        """Return the room the marks on both sides of a card take."""
        card = self.cards[box.name]
        ends = ((card.begins, box.x + x), (card.ends, box.x + box.width + x))
        bottom = box.y + box.height + y
        return [Rectangle(at - 6, bottom - 22, at + 6, bottom - 4) for share, at in ends if share]

    def _place(
        self, captions: Captions, line: int, route: Route, trace: list[Point], words: list[str]
    ) -> Caption | None:
        """Find room for a line's words, on one line or, where that is too wide, on two."""
        edge = self.edges[route.source, route.target]
        thick = self._thickness(edge)
        for lines in ([" · ".join(words)], words):
            wide = max(_CAPTION.wide(words) for words in lines) + 6
            size = (wide, _LEADING * len(lines))
            if route.course == "loop":
                found = captions.place_at(line, _around_loop(route, size, thick))
            else:
                found = captions.place(line, trace, size, thick, may_interrupt=len(lines) == 1)
            if found:
                return found
        return None

    def _caption(self, edge: Edge) -> list[str]:
        return [self._short(edge.count), duration(edge.median_s, self.language)]

    def _write(self, caption: Caption, edge: Edge) -> None:
        box = caption.box
        if caption.interrupts:
            self.canvas.rect(box, fill=PAPER, radius=2)
        words = self._caption(edge)
        lines = words if box.bottom - box.top > 1.5 * _LEADING else [" · ".join(words)]
        base = box.top + _LEADING / 2 + 0.36 * _CAPTION.size
        for k, line in enumerate(lines):
            x = (box.left + box.right) / 2
            self.canvas.text(x, base + k * _LEADING, line, _CAPTION, anchor="middle")

    def _edge(self, edge: Edge, route: Route) -> None:
        thick, tone = self._thickness(edge), self._tone(edge.median_s)
        line, head = _with_head(route.points, thick)
        with self.canvas.group(
            title=self._edge_title(edge),
            data_source=edge.source,
            data_target=edge.target,
            data_course=route.course,
        ):
            self.canvas.path(line, stroke=tone, width=thick)
            self.canvas.path(head, fill=tone)

    def _edge_title(self, edge: Edge) -> str:
        language = self.language
        who = texts.WHO[self._per()][edge.people != 1]
        return self.say(
            texts.EDGE_TITLE,
            source=self._named(edge.source),
            target=self._named(edge.target),
            count=f"{number(edge.count, language)} {texts.TIMES[edge.count != 1].say(language)}",
            people=f"{number(edge.people, language)} {who.say(language)}",
            median=duration(edge.median_s, language),
            mean=duration(edge.mean_s, language),
            p90=duration(edge.p90_s, language),
        )

    def _node(self, node: Node, box: Placed, x: float, y: float) -> None:
        card, canvas = self.cards[node.name], self.canvas
        right = x + box.width
        with canvas.group(title=self._node_title(node), data_node=node.name):
            outline = Rectangle(x, y, right, y + box.height)
            canvas.rect(outline, fill=CARD, stroke=HAIRLINE, width=1, radius=4)
            if self.felt is not None:
                tone = feeling.tone_of(self.felt.get(node.name))
                canvas.rect(Rectangle(x, y, right, y + 5), fill=tone, radius=2)
            base = y + 22
            for words in card.name:
                canvas.text(x + _PAD, base, words, _NAME)
                base += 15
            for figure in card.figures:
                canvas.text(x + _PAD, base, figure, _FIGURE)
                base += 14
            base += 6
            if card.begins is not None:
                _begin_mark(canvas, x, base - 4)
                canvas.text(x + _PAD, base, percent(card.begins, self.language), _SHARE)
            if card.ends is not None:
                _end_mark(canvas, right, base - 4)
                share = percent(card.ends, self.language)
                canvas.text(right - _PAD, base, share, _SHARE, anchor="end")

    def _node_title(self, node: Node) -> str:
        counts = self._counts_title(node)
        if self.felt is None:
            return counts
        return f"{counts}; {feeling.level_title(self.felt.get(node.name), self.language)}"

    def _counts_title(self, node: Node) -> str:
        journeys = self.shown.journeys or None
        language = self.language
        return self.say(
            texts.NODE_TITLE,
            name=self._named(node.name),
            people=self._counted(node.people, texts.WHO[self._per()]),
            interactions=self._counted(node.interactions, texts.INTERACTIONS),
            starts=number(node.starts, language),
            begins=percent(journeys and node.starts / journeys, language, decimals=1),
            ends=number(node.ends, language),
            leaves=percent(journeys and node.ends / journeys, language, decimals=1),
        )

    def _legend(self, y: float) -> None:
        x = _MARGIN
        if self.shown.edges:
            x = self._legend_widths(x, y) + 40
            x = self._legend_tones(x, y) + 40
        self._legend_marks(x, y)
        if self.felt is not None:
            head, words = _LEGEND_HEAD, _LEGEND
            feeling.legend(self.canvas, _MARGIN, y + 50, self.language, head=head, words=words)
        for k, line in enumerate(self.reading):
            self.canvas.text(_MARGIN, y + 50 + self._felt_height() + 16 * k, line, _LEGEND)

    def _felt_height(self) -> float:
        """Return how much the legend of feelings adds to the height."""
        return 0 if self.felt is None else 50

    def _legend_widths(self, x: float, y: float) -> float:
        canvas = self.canvas
        right = canvas.text(x, y, self.say(texts.LEGEND_WIDTH[self._per()]), _LEGEND_HEAD).right
        at = x
        for people in _samples(self.most):
            thick = max(_THINNEST, _THICKEST * sqrt(people / self.most))
            canvas.line((at, y + 20), (at + 26, y + 20), stroke=TONES[1], width=round(thick, 2))
            words = number(people, self.language)
            at = canvas.text(at + 33, y + 24, words, _LEGEND).right + 18
        return max(right, at - 18)

    def _legend_tones(self, x: float, y: float) -> float:
        canvas = self.canvas
        right = canvas.text(x, y, self.say(texts.LEGEND_TONE), _LEGEND_HEAD).right
        at = x
        for lowest, words in self._spans():
            canvas.line((at, y + 20), (at + 26, y + 20), stroke=self._tone(lowest), width=4)
            at = canvas.text(at + 33, y + 24, words, _LEGEND).right + 18
        return max(right, at - 18)

    def _spans(self) -> list[tuple[float, str]]:
        """Return each class of medians: its least seconds and its words."""
        said = [duration(bound, self.language) for bound in self.bounds]
        if not said:
            longest = max(edge.median_s for edge in self.shown.edges)
            return [(0.0, f"≤ {duration(longest, self.language)}")]
        spans = [(0.0, f"< {said[0]}")]
        for i, bound in enumerate(self.bounds):
            last = i + 1 == len(said)
            spans.append((bound, f"≥ {said[i]}" if last else f"{said[i]} – {said[i + 1]}"))
        return spans

    def _legend_marks(self, x: float, y: float) -> None:
        canvas = self.canvas
        canvas.text(x, y, self.say(texts.LEGEND_MARKS), _LEGEND_HEAD)
        _begin_mark(canvas, x + 5, y + 20)
        right = canvas.text(x + 16, y + 24, self.say(texts.BEGINS), _LEGEND).right
        _end_mark(canvas, right + 22, y + 20)
        canvas.text(right + 33, y + 24, self.say(texts.ENDS), _LEGEND)


def _begin_mark(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle((x, y), 4.2, fill=PAPER, stroke=INK, width=1.5)


def _end_mark(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(Rectangle(x - 4, y - 4, x + 4, y + 4), fill=INK)


def _bounds(edges: Sequence[Edge]) -> list[float]:
    """Return round time spans that part the medians into classes of about as many people."""
    ordered = sorted((max(edge.median_s, 0.001), edge.people) for edge in edges)
    whole = sum(people for _, people in ordered)
    bounds: set[float] = set()
    for part in (0.25, 0.5, 0.75):
        reached = 0
        for seconds, people in ordered:
            reached += people
            if reached >= part * whole:
                bounds.add(min(_ROUND, key=lambda span: (abs(log(span / seconds)), span)))
                break
    return sorted(b for b in bounds if ordered[0][0] < b <= ordered[-1][0])


def _samples(most: int) -> list[int]:
    """Return round numbers of people for the legend, and the most there are."""
    round_ones = [10**k for k in range(1, 12) if 10**k * 2 <= most]
    return [*round_ones[-2:], most]


def _around_loop(route: Route, size: tuple[float, float], thick: float) -> list[Rectangle]:
    """Return where a loop's words could stand: left of it, right of it, above it."""
    (x0, y), (x1, _) = route.points[0], route.points[-1]
    wide, high = size
    off, middle, peak = thick / 2 + 7, (x0 + x1) / 2, min(y for _, y in traced(route))
    return [
        Rectangle(x0 - off - wide, y - 3 - high, x0 - off, y - 3),
        Rectangle(x1 + off, y - 3 - high, x1 + off + wide, y - 3),
        Rectangle(middle - wide / 2, peak - off - high, middle + wide / 2, peak - off),
    ]


def _moved(route: Route, x: float, y: float) -> Route:
    points = tuple((px + x, py + y) for px, py in route.points)
    return Route(route.source, route.target, route.course, points)


def _with_head(points: Sequence[Point], thick: float) -> tuple[str, str]:
    """Return the paths of a line and of its arrow head; the line ends where the head begins."""
    (hx, hy), (x, y) = points[-2:]
    away = hypot(x - hx, y - hy) or 1.0
    ux, uy = (x - hx) / away, (y - hy) / away
    long, half = 5 + 0.9 * thick, head_half(thick)
    bx, by = x - ux * long, y - uy * long
    head = _path(
        [(x, y), (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half)], "MLL"
    )
    short = min(long - 0.5, away)
    end = (x - ux * short, y - uy * short)
    handle = (hx - ux * min(short, 4), hy - uy * min(short, 4))
    line = [*points[:-2], handle, end]
    return _path(line, "M" + "C  " * ((len(line) - 1) // 3)), head + "Z"


def _path(points: Sequence[Point], commands: str) -> str:
    return "".join(
        f"{command.strip() or ' '}{written(x)} {written(y)}"
        for command, (x, y) in zip(commands, points, strict=True)
    )
