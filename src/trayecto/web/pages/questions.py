"""Questions on what customers do, a page each: a sentence, a picture, its table, and its SQL."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from trayecto import flow, naming
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import Language
from trayecto.web.asking import (
    Answered,
    Sentence,
    answered,
    choices,
    graph_of,
    meant,
    reader,
    sentence_of,
    without_nodes,
)
from trayecto.web.kept import Kept, keeper
from trayecto.web.live import checked
from trayecto.web.models import Map
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import newest, workspace
from trayecto.web.speaking import language_of
from trayecto.web.tables import facts, shown
from trayecto.workspace import Workspace

Given = dict[str, tuple[str, ...]]
_MOST_VARIANTS, _MOST_STEPS, _MOST_MAPS = 500, 20, 10


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a question asks for beside its sentence: a node, a time, a choice, some nodes."""

    name: str
    kind: str = "node"
    default: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """How a page's answer is found; *means* names the words of the glossary that it needs."""

    name: str
    fields: tuple[Field, ...]
    ask: Callable[[Workspace, flow.Scope, Given], Any]
    means: str = "node journey"


def _first(given: Given, name: str) -> str | None:
    return next((word for word in given.get(name, ()) if word), None)


def _number(given: Given, name: str, most: int) -> int:
    word = _first(given, name) or "0"
    return min(most, int(word)) if word.isdecimal() else 0


def _span(given: Given, name: str) -> timedelta | None:
    """Return the length of time a person wrote; refuse what is none."""
    words = _first(given, name)
    return None if words is None else flow.asked_span(words)


def _around(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    node = _first(given, "node")
    before = _number(given, "before", 8) if node else 0
    return flow.around(place, scope, node, before=before, after=_number(given, "after", 8))


def _funnel(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    order, split = _first(given, "order") or "loose", _first(given, "split")
    rules: Any = {
        "window": _span(given, "within"), "order": order, "split": split,
        "without": tuple(word for word in given.get("without", ()) if word),
    }  # fmt: skip
    steps = [word for word in given.get("step", ()) if word][:_MOST_STEPS]
    return flow.funnel(place, scope, steps, rules=flow.FunnelRules(**rules))


def _durations(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    return flow.durations(
        place, scope, source=_first(given, "from"), target=_first(given, "to")
    )  # fmt: skip


def _variants(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    near = _number(given, "near", 5) or None
    return flow.variants(place, scope, at_most=_MOST_VARIANTS, near=near)


def _sessions(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    return flow.sessions(place, scope, gap=_span(given, "gap") or timedelta(minutes=30))


def _exits(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    return flow.exits(place, scope, silence=_span(given, "silence") or timedelta(days=30))


def _influence(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    half = _span(given, "half_life") or timedelta(days=7)
    return flow.influence(place, scope, _first(given, "goal") or "", half_life=half)


def _retention(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    every: Any = _first(given, "every") or "week"
    return flow.retention(place, scope, every=every)


def _compare(place: Workspace, scope: flow.Scope, given: Given) -> Any:
    sides = (_first(given, "one") or "", _first(given, "other") or "")
    named: Any = tuple(side.partition(":")[2] or "—" for side in sides)
    found = flow.compare(
        place, *(_side(place, scope, side) for side in sides), names=named
    )  # fmt: skip
    surest = sorted(
        found.differences, key=lambda d: (d.p if d.p is not None else 2.0, -abs(d.difference or 0))
    )
    return replace(found, differences=tuple(surest))


def _side(place: Workspace, scope: flow.Scope, side: str) -> flow.Scope:
    """Return one side of a comparison: `channel:web`, `source:shop`, `contains:buy`, a segment."""
    kind, _, name = side.partition(":")
    if kind == "channel":
        return replace(scope, channels=(name,))
    if kind == "source":
        return replace(scope, sources=(name,))
    if kind == "contains":
        return replace(scope, contains=(*scope.contains, name))
    return replace(scope, people=(*scope.people, *flow.segment(place, name).rule))


_ORDERS, _SPLITS = ("loose", "increase", "once", "strict"), ("channel", "source")
_EVERY = ("day", "week", "month")
QUESTIONS = {
    question.name: question
    for question in (
        Question(
            "around",
            (Field("node"), Field("before", "number", "2"), Field("after", "number", "4")),
            _around,
        ),
        Question(
            "funnel",
            (
                Field("step", "nodes"),
                Field("within", "text"),
                Field("order", "choice", "loose", _ORDERS),
                Field("without"),
                Field("split", "choice", "", _SPLITS),
            ),
            _funnel,
            "node journey open",
        ),
        Question("variants", (Field("near", "number", "0"),), _variants),
        Question("retention", (Field("every", "choice", "week", _EVERY),), _retention, "open"),
        Question(
            "compare",
            (Field("one", "side"), Field("other", "side")),
            _compare,
            "chance interval segment",
        ),
        Question("influence", (Field("goal"), Field("half_life", "text", "7d")), _influence),
        Question("durations", (Field("from"), Field("to")), _durations, "open interval unknown"),
        Question("sessions", (Field("gap", "text", "30min"),), _sessions, "visit touchpoint"),
        Question("exits", (Field("silence", "text", "30d"),), _exits, "drop_off open interval"),
    )
}


@page("questions/<slug:question>/", name="question", needs=Needs.VIEW)
def question(request: HttpRequest, *, question: str) -> HttpResponseBase:
    """Answer a question with its picture, its table and its SQL; say what stands in the way."""
    asked, sentence, given, kept = _answer(request, question)
    answer, language = kept.answer, language_of(request)
    found = _sides_told(read(answer.found, sentence, language), given, language)
    told = {
        "question": asked.name, "title": f"questions.{asked.name}_title",
        "lead": f"questions.{asked.name}_lead", "words": asked.means,
        "sentence": sentence, "choices": choices(),
        "fields": [(field, given.get(field.name, ())) for field in asked.fields],
        "sides": _sides(language), "answer": answer, "updating": kept.updating,
        "tables": shown(found, language=language) if found is not None else [],
        "facts": facts(found, language=language) if found is not None else [],
        "picture": _picture(found, language) if _draws(found) else "",
        "kinds": (*(("svg", "png") if _draws(found) else ()), "xlsx", "csv", "json"),
        "names": choices().named(sentence.by), "all": QUESTIONS, "by_area": False,
        "read": reader(language),
    }  # fmt: skip
    return render(request, "web/question.html", told)


@page("questions/<slug:question>/take/<slug:kind>/", name="take_answer", needs=Needs.VIEW)
def take_answer(request: HttpRequest, *, question: str, kind: str) -> HttpResponseBase:
    """Give an answer as a file: a picture, a workbook, or its values."""
    language = language_of(request)
    given: Given = {}
    if question == "graph":
        sentence = sentence_of(request)
        kept, draws = graph_of(sentence), True
    else:
        _, sentence, given, kept = _answer(request, question)
        draws = _draws(kept.answer.found)
    if kept.answer.stopped:
        raise kept.answer.stopped
    if kind not in _KINDS or (kind in ("svg", "png") and not draws):
        raise Http404
    found = kept.answer.found
    if kind not in ("csv", "json"):
        found = _sides_told(read(found, sentence, language), given, language)
    response = HttpResponse(_written(found, kind, language), content_type=_KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{question}.{kind}"'
    return response


def read(found: Any, sentence: Sentence, language: Language) -> Any:
    """Return an answer as people read it, its nodes by name; files for programs keep the codes."""
    return found and naming.in_words(workspace(), found, language, by=sentence.by)


def _picture(found: Any, language: Language) -> str:
    """Return the picture of an answer, drawn once for all who look at it."""
    key = ("answer picture", type(found).__name__, hash(found), language)
    return keeper.get(key, found, lambda: flow.picture_of(found, language=language)).answer


_KINDS = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _written(found: Any, kind: str, language: Language) -> bytes:
    if kind == "json":
        return json.dumps(found.as_json(), ensure_ascii=False, indent=1).encode()
    if kind == "xlsx":
        return bytes(flow.workbook_of(found, language=language))
    if kind == "csv":
        return _comma_separated(found)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"answer.{kind}"
        flow.save_picture(flow.picture_of(found, language=language), file)
        return file.read_bytes()


def _comma_separated(found: Any) -> bytes:
    """Return the rows of an answer; no text in it becomes a formula where it is opened."""
    heading, rows = found.as_rows()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (heading, *rows):
        writer.writerow(
            f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in row
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _draws(found: Any) -> bool:
    """Tell whether there is something to draw: the renderer has no picture of nobody."""
    return found is not None and bool(found.as_rows()[1])


def _answer(request: HttpRequest, name: str) -> tuple[Question, Sentence, Given, Kept[Answered]]:
    question = QUESTIONS.get(name)
    if question is None:
        raise Http404
    sentence = without_nodes(sentence_of(request))
    given = _given(request, question, sentence)
    key = (name, tuple(sorted(given.items())))
    kept = answered(key, sentence, lambda place, scope: question.ask(place, scope, given))
    return question, sentence, given, kept


def _given(request: HttpRequest, question: Question, sentence: Sentence) -> Given:
    """Return what the question asks for: as given, else what is likeliest to be of use."""
    given: Given = {}
    asked = request.GET
    for field in question.fields:
        words = tuple(word.strip()[:300] for word in asked.getlist(field.name))
        if field.kind == "choice":
            words = tuple(word for word in words if word in field.options)
        if not any(words) and field.name not in asked:
            words = (field.default,) if field.default else ()
        if field.kind in ("node", "nodes"):
            words = tuple(map(meant, words))
        given[field.name] = tuple(word for word in words if word)
    if question.name == "influence" and not given["goal"]:
        return given | {"goal": _goal(request, sentence)}
    return given | _usual(question.name, given, sentence)


def _usual(name: str, given: Given, sentence: Sentence) -> Given:
    """Return where to begin a question that was asked of nothing in particular yet."""
    if name == "funnel" and not given["step"]:
        graph = graph_of(sentence).answer.found
        edge = next((e for e in graph.edges if e.source != e.target), None) if graph else None
        return {"step": (edge.source, edge.target) if edge else ()}
    if name == "compare" and not (given["one"] and given["other"]):
        channels = answered("channels", sentence, _by_channel).answer.found
        likely = [f"channel:{node.name}" for node in channels.nodes] if channels else []
        filled = [*given["one"], *given["other"], *likely, "", ""]
        return {"one": (filled[0],), "other": (filled[1],)}
    return {}


def _goal(request: HttpRequest, sentence: Sentence) -> tuple[str, ...]:
    """Return what completes the journeys of one's maps; else where most journeys end."""
    graph = graph_of(sentence).answer.found
    if graph is None or not graph.nodes:
        return ()
    nodes = {node.name for node in graph.nodes}
    maps = Map.objects.filter(team__members=request.user.pk, archived_at=None).distinct()
    for each in maps.order_by("-made_at", "-id")[:_MOST_MAPS]:
        drawn = checked(each, newest(each)).journey_map
        if drawn and (met := next((n for n in _completing(drawn) if n in nodes), None)):
            return (met,)
    return (max(graph.nodes, key=lambda node: (node.ends, node.name)).name,)


def _completing(drawn: flow.JourneyMap) -> list[str]:
    """Return what the data calls the touchpoints that complete a journey of a map."""
    completes = drawn.journeys.completes
    met = (t for stage in drawn.stages for t in stage.touchpoints if t.id in completes)
    return [name for one in met for rule in one.nodes for name in rule.touchpoint]


def _by_channel(place: Workspace, scope: flow.Scope) -> Any:
    return flow.graph(place, replace(scope, by="channel"))


def _sides_told(found: Any, given: Given, language: Language) -> Any:
    """Return a comparison with its sides called as they were offered; any other answer as it is."""
    if not found or "one" not in given or "other" not in given:
        return found
    offered = dict(side for _, sides in _sides(language) for side in sides)
    first, second = (offered.get(_first(given, name) or "") for name in ("one", "other"))
    return replace(found, first=first or found.first, second=second or found.second)


def _sides(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what two sides can be: the word of each kind, and its values with their names."""
    offered = choices()
    channels = {code: name.say(language) for code, name in CHANNELS.items()}
    segments = {segment.id: segment.name.say(language) for segment in offered.segments}
    touchpoint = reader(language)
    of = {
        "segment": list(segments.items()),
        "channel": [(code, channels.get(code, code)) for code in offered.channels],
        "source": [(name, name) for name in offered.sources],
        "contains": [(code, touchpoint(code)) for code in offered.touchpoints],
    }
    return [
        (f"questions.{kind}", [(f"{kind}:{code}", name) for code, name in named])
        for kind, named in of.items()
        if named
    ]
