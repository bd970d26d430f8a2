"""The node explorer: what customers really do, as a graph that can be opened anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from trayecto import flow
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import same
from trayecto.web.asking import Answered, Sentence, answered, choices, graph_of, reader, sentence_of
from trayecto.web.kept import Kept, keeper
from trayecto.web.models import Account
from trayecto.web.pages.questions import QUESTIONS
from trayecto.web.roles import Needs, may, page
from trayecto.web.speaking import language_of

MOST_NODES, USUAL_NODES = 60, 24
MOST_LINES = 3
"""For each node; more is ink in which nothing can be followed."""
_SAMPLES, _REPLAYED, _LONGEST = 5, 40, 60
_WAYS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """How much of the graph is drawn, in hundredths; none: what tells most."""

    nodes: int
    edges: int | None

    def of(self, graph: flow.Graph) -> tuple[int, int | None]:
        """Return how many nodes and lines that is at most."""
        nodes = max(1, ceil(min(MOST_NODES, len(graph.nodes)) * self.nodes / 100))
        if self.edges is None:
            return nodes, None
        among = lines_among(graph)[nodes - 1]
        # The commonest lines hold nearly all steps: the slider's first half shows few of many,
        # and its end what an eye can still follow.
        return nodes, ceil(min(among, MOST_LINES * nodes) * (self.edges / 100) ** 2)


def lines_among(graph: flow.Graph) -> list[int]:
    """Return how many lines there are among the first node, the first two, and so on."""
    rank = {node.name: place for place, node in enumerate(graph.nodes[:MOST_NODES])}
    new = [0] * len(rank)
    for edge in graph.edges:
        if edge.source in rank and edge.target in rank:
            new[max(rank[edge.source], rank[edge.target])] += 1
    return list(accumulate(new))


@page("nodes/", name="nodes", needs=Needs.VIEW)
def nodes(request: HttpRequest) -> HttpResponseBase:
    """Show the graph of what customers did, with how much of it to show."""
    sentence = sentence_of(request)
    kept = graph_of(sentence)
    graph: flow.Graph | None = kept.answer.found
    part = _part(request, graph)
    told: dict[str, Any] = {
        "graph": graph, "answer": kept.answer, "updating": kept.updating, "sentence": sentence,
        "choices": choices(), "names": (), "all": QUESTIONS, "by_area": True, "part": part,
        "picture": _picture(request, sentence, part) if graph and graph.nodes else "",
        "kinds": ("svg", "png", "xlsx", "csv", "json"),
        "read": reader(language_of(request), by=sentence.by),
    }  # fmt: skip
    if graph and graph.nodes:
        shown, lines = part.of(graph)
        among = lines_among(graph)
        told |= {"most": min(MOST_NODES, len(graph.nodes)), "shown": shown, "lines": lines,
                 "among": among[shown - 1], "lines_among": " ".join(map(str, among)),
                 "most_lines": MOST_LINES}  # fmt: skip
    return render(request, "web/nodes.html", told)


@page("nodes/picture/", name="nodes_picture", needs=Needs.VIEW)
def nodes_picture(request: HttpRequest) -> HttpResponseBase:
    """Give the picture alone, with as much in it as the sliders say."""
    sentence = sentence_of(request)
    graph = graph_of(sentence).answer.found
    if graph is None or not graph.nodes:
        raise Http404
    picture = _picture(request, sentence, _part(request, graph))
    return HttpResponse(picture, content_type="image/svg+xml")


@page("nodes/part/", name="nodes_part", needs=Needs.VIEW)
def nodes_part(request: HttpRequest) -> HttpResponseBase:
    """Tell about one node, or one step from a node to the next."""
    sentence = sentence_of(request)
    answer = graph_of(sentence).answer
    if answer.stopped:
        raise answer.stopped
    graph: flow.Graph = answer.found
    node, then = request.GET.get("node", "")[:300], request.GET.get("then", "")[:300]
    known = [each.name for each in graph.nodes]
    unknown = next((name for name in (node, then) if name and name not in known), "")
    read = reader(language_of(request), by=sentence.by)
    told: dict[str, Any] = {
        "node": node,
        "then": then,
        "sentence": sentence,
        "graph": graph,
        "read": read,
        "node_read": read(node),
        "then_read": read(then),
    }
    if unknown or not node:
        near = get_close_matches(unknown, known, n=3, cutoff=0.4) or known[:5]
        told |= {"unknown": unknown or "—", "near": ", ".join(map(read, near))}
        return render(request, "web/nodes_part.html", told, status=200 if node else 404)
    if then:
        told["edge"] = _edge(graph, node, then)
    else:
        told["found"] = next(each for each in graph.nodes if each.name == node)
        ways_in = [edge for edge in graph.edges if edge.target == node]
        ways_out = [edge for edge in graph.edges if edge.source == node]
        told |= {
            "ways_in": ways_in[:_WAYS], "ways_out": ways_out[:_WAYS],
            "more_in": max(0, len(ways_in) - _WAYS), "more_out": max(0, len(ways_out) - _WAYS),
        }  # fmt: skip
    told["samples"] = _samples(sentence, node, then).answer.found or ()
    told["sees_people"] = _sees(request) and sentence.by != "area" and sentence.per == "person"
    return render(request, "web/nodes_part.html", told)


@page("nodes/replay/", name="nodes_replay", needs=Needs.VIEW)
def nodes_replay(request: HttpRequest) -> HttpResponseBase:
    """Give real journeys to replay: which node after how many seconds, nobody's name, no date."""
    kept = answered("replay", sentence_of(request), _replayed)
    if kept.answer.stopped:
        raise kept.answer.stopped
    return JsonResponse({"journeys": kept.answer.found})


def _replayed(place: Any, scope: flow.Scope) -> list[list[tuple[str, float]]]:
    found = flow.timelines(place, scope, at_most=_REPLAYED)
    return [
        [(m.name, (m.at - one.steps[0].at).total_seconds()) for m in one.steps[:_LONGEST]]
        for one in found.journeys
        if len(one.steps) > 1
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sample journey, and the seconds until the next."""

    name: str
    channel: str
    here: bool
    wait_s: float | None


def _samples(sentence: Sentence, node: str, then: str) -> Kept[Answered]:
    """Return a few real journeys through a node, without names or dates."""

    def ask(place: Any, scope: flow.Scope) -> Any:
        if scope.by == "area":
            scope = replace(scope, areas=(node,), whole=True)
        else:
            scope = replace(scope, contains=(*scope.contains, node, *((then,) if then else ())))
        try:
            found = flow.timelines(place, scope, at_most=_SAMPLES)
        except TrayectoError:
            return ()  # nodes without an area have no name to ask by
        return tuple(_told(one.steps[:_LONGEST], {node, then}) for one in found.journeys)

    return answered(("samples", node, then), sentence, ask)


def _told(steps: Any, here: set[str]) -> tuple[Step, ...]:
    waits = [(b.at - a.at).total_seconds() for a, b in pairwise(steps)]
    return tuple(
        Step(step.name, step.channel, step.name in here, wait)
        for step, wait in zip(steps, [*waits, None], strict=True)
    )


def _edge(graph: flow.Graph, source: str, target: str) -> Any:
    return next((e for e in graph.edges if (e.source, e.target) == (source, target)), None)


def _part(request: HttpRequest, graph: flow.Graph | None) -> Part:
    def hundredths(name: str) -> int | None:
        word = request.GET.get(name, "")
        return min(100, max(0, int(word))) if word.isdecimal() and len(word) < 4 else None

    there = min(MOST_NODES, len(graph.nodes)) if graph and graph.nodes else 1
    usual = min(100, ceil(100 * USUAL_NODES / there))
    nodes = hundredths("nodes")
    return Part(usual if nodes is None else nodes, hundredths("edges"))


def _picture(request: HttpRequest, sentence: Sentence, part: Part) -> str:
    """Return the graph as drawn, kept for the next who moves the sliders to the same place."""
    answer, language = graph_of(sentence), language_of(request)
    graph: flow.Graph = answer.answer.found
    at_most, edges = part.of(graph)
    read = reader(language, by=sentence.by)
    names = {node.name: same(read(node.name)) for node in graph.nodes}
    key = ("graph picture", sentence, language, at_most, edges)
    drawn = keeper.get(
        key, (graph.interactions, graph.people, hash(graph), str(names)),
        lambda: flow.picture_of_graph(
            graph, language=language, names=names, at_most_nodes=at_most, at_most_edges=edges
        ),
    )  # fmt: skip
    return drawn.answer


def _sees(request: HttpRequest) -> bool:
    return isinstance(request.user, Account) and may(request.user, Needs.PEOPLE)
