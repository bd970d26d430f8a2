"""What the map leaves open: what nobody drew, what to settle, and the graph of everything."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.measured import UndrawnNode
from trayecto.journeys.answers import Edge, Graph, Node
from trayecto.maps.document import NodeRule, Touchpoint
from trayecto.render import words as w
from trayecto.render.graph.picture import choose, graph_picture
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, scrolling, table
from trayecto.render.report.stages import anchors, channel_words
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, duration

_MOST_NODES = 40


def undrawn(scene: Scene) -> Html:
    """Return what happens inside journeys and is not on the map."""
    nodes = scene.measured.undrawn if scene.measured else ()
    if not nodes:
        return _paragraph(scene, r.UNDRAWN_NONE)
    columns = (
        Column(scene.say(r.NODE), d.UNDRAWN, figures=False),
        Column(scene.say(r.CHANNEL), figures=False),
        Column(scene.say(r.INTERACTIONS), d.INTERACTIONS),
        Column(c.who_head(scene), d.COUNT),
        Column(scene.say(r.MOSTLY_AFTER), d.UNDRAWN, figures=False),
        Column(scene.say(w.STAGE), figures=False),
    )
    rows = (_undrawn_row(scene, node) for node in nodes)
    return joined(
        (_paragraph(scene, r.UNDRAWN_LEAD), table(scene.say(r.UNDRAWN_TABLE), columns, rows))
    )


def _undrawn_row(scene: Scene, node: UndrawnNode) -> Row:
    return Row(
        el("span", scene.node(node.touchpoint), class_="strong"),
        (
            scene.say(channel_name(node.channel)),
            c.count_cell(scene, node.interactions),
            c.count_cell(scene, node.people),
            _place(scene, node.after),
            _place(scene, node.stage),
        ),
    )


def _place(scene: Scene, id: str | None) -> Html:
    """Return a link to a touchpoint or stage by its id."""
    if id is None:
        return c.unknown(scene.say(r.NO_PLACE))
    anchor, name = anchors(scene).get(id, (None, id))
    return el("a", name, href=f"#{anchor}") if anchor else joined((name,))


def _paragraph(scene: Scene, text: Text) -> Html:
    return el("p", scene.say(text), class_="measure")


def to_settle(scene: Scene) -> Html:
    """Return the touchpoints and nodes that the map leaves unclear, each with what to do."""
    parts = (_unseen(scene), _untouched(scene), _unbound(scene), _ambiguous(scene))
    return joined(parts) or _paragraph(scene, r.SETTLE_NONE)


def _of(scene: Scene, ids: tuple[str, ...]) -> list[Touchpoint]:
    return [touchpoint for touchpoint in scene.map.touchpoints() if touchpoint.id in ids]


def _unseen(scene: Scene) -> Html:
    ids = scene.measured.unseen if scene.measured else ()
    return _ruled(scene, ids, r.UNSEEN_TABLE, r.UNSEEN_LEAD)


def _untouched(scene: Scene) -> Html:
    # Where no journey began, nobody can be said to have passed by.
    began = scene.measured is not None and scene.measured.totals.journeys
    ids = scene.measured.untouched if scene.measured and began else ()
    return _ruled(scene, ids, r.UNTOUCHED_TABLE, r.UNTOUCHED_LEAD)


def _ruled(scene: Scene, ids: tuple[str, ...], caption: Text, lead: Text) -> Html:
    """Return touchpoints with their rules; nothing where there are none."""
    touchpoints = _of(scene, ids)
    if not touchpoints:
        return NO_HTML
    heads = (r.TOUCHPOINT, r.CHANNEL, w.STAGE, r.RULES)
    columns = [Column(scene.say(head), figures=False) for head in heads]
    rows = [
        Row(
            _place(scene, touchpoint.id),
            (
                channel_words(scene, touchpoint),
                _place(scene, touchpoint.stage),
                joined(
                    el("span", el("code", _rule(scene, rule)), class_="line")
                    for rule in touchpoint.nodes
                ),
            ),
        )
        for touchpoint in touchpoints
    ]
    return joined(
        (
            table(scene.say(caption), columns, rows),
            _paragraph(scene, lead),
        )
    )


def _rule(scene: Scene, rule: NodeRule) -> str:
    """Return a rule in one line: the patterns of the node's name, channel and source."""
    parts = (rule.touchpoint or (scene.say(r.ANYTHING),), rule.channel, rule.source)
    return " · ".join(", ".join(patterns) for patterns in parts if patterns)


def _unbound(scene: Scene) -> Html:
    touchpoints = _of(scene, scene.measured.unbound if scene.measured else ())
    if not touchpoints:
        return NO_HTML
    heads = (r.TOUCHPOINT, r.CHANNEL, w.STAGE)
    columns = [Column(scene.say(head), figures=False) for head in heads]
    rows = [
        Row(
            _place(scene, touchpoint.id),
            (channel_words(scene, touchpoint), _place(scene, touchpoint.stage)),
        )
        for touchpoint in touchpoints
    ]
    return joined(
        (table(scene.say(r.UNBOUND_TABLE), columns, rows), _paragraph(scene, r.UNBOUND_LEAD))
    )


def _ambiguous(scene: Scene) -> Html:
    claims = scene.measured.ambiguous if scene.measured else ()
    if not claims:
        return NO_HTML
    heads = (r.NODE, r.COUNTED_IN, r.ALSO_CLAIMED)
    columns = [Column(scene.say(head), figures=False) for head in heads]
    rows = [
        Row(
            el("span", node, class_="strong"),
            (
                _place(scene, claimed[0]),
                joined((_place(scene, one) for one in claimed[1:]), ", "),
            ),
        )
        for node, claimed in claims
    ]
    return joined(
        (table(scene.say(r.AMBIGUOUS_TABLE), columns, rows), _paragraph(scene, r.AMBIGUOUS_LEAD))
    )


def graph_section(scene: Scene, graph: Graph) -> Html:
    """Return the graph, folded away, and its two tables."""
    shown = choose(graph, at_most_nodes=_MOST_NODES)
    picture = Html(
        graph_picture(
            graph,
            language=scene.language,
            names={node.name: scene.node(node.name) for node in graph.nodes},
            at_most_nodes=_MOST_NODES,
        )
    )
    opens = scene.say(
        r.GRAPH_OPEN, nodes=scene.count(len(graph.nodes)), edges=scene.count(len(graph.edges))
    )
    strip = scrolling(picture, name=scene.say(r.GRAPH), look="paper wide")
    figure = el("figure", strip, class_="picture")
    return joined(
        (
            _paragraph(scene, r.GRAPH_LEAD),
            el(
                "details",
                el("summary", opens),
                figure,
                _nodes(scene, graph.nodes),
                _edges(scene, shown.edges, of=len(graph.edges)),
            ),
        )
    )


def _nodes(scene: Scene, nodes: tuple[Node, ...]) -> Html:
    columns = (
        Column(scene.say(r.NODE), figures=False),
        Column(scene.say(r.INTERACTIONS)),
        Column(c.who_head(scene)),
        Column(scene.say(r.BEGIN_HERE)),
        Column(scene.say(r.END_HERE)),
    )
    rows = (
        Row(
            scene.node(node.name),
            [
                c.count_cell(scene, count)
                for count in (node.interactions, node.people, node.starts, node.ends)
            ],
        )
        for node in nodes
    )
    return table(scene.say(r.GRAPH_NODES), columns, rows, look="plain")


def _edges(scene: Scene, edges: tuple[Edge, ...], *, of: int) -> Html:
    columns = (
        Column(scene.say(r.FROM), figures=False),
        Column(scene.say(r.TO), figures=False),
        Column(scene.say(r.TIMES)),
        Column(c.who_head(scene)),
        Column(scene.say(r.MEDIAN), d.MEDIAN),
        Column(scene.say(r.MEAN)),
        Column(scene.say(r.P90), d.P90),
    )
    caption = scene.say(r.GRAPH_EDGES, shown=scene.count(len(edges)), all=scene.count(of))
    rows = (Row(scene.node(edge.source), [*_edge(scene, edge)]) for edge in edges)
    return table(caption, columns, rows, look="plain")


def _edge(scene: Scene, edge: Edge) -> Iterator[Html]:
    yield joined((scene.node(edge.target),))
    for count in (edge.count, edge.people):
        yield c.count_cell(scene, count)
    for seconds in (edge.median_s, edge.mean_s, edge.p90_s):
        yield c.stacked(duration(seconds, scene.language))
