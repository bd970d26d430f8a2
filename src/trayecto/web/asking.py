"""Questions as pages ask them: a sentence of filters, and answers kept with the SQL behind them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from trayecto import care, flow, naming
from trayecto.vocabulary import script
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Language
from trayecto.web.kept import Kept, keeper
from trayecto.web.shelf import workspace
from trayecto.workspace import Workspace

BY = ("touchpoint", "node", "area")
PER = ("person", "case")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a page is about, as the person said it; the last day is not included."""

    since: date | None = None
    until: date | None = None
    source: str = ""
    channel: str = ""
    segment: str = ""
    contains: str = ""
    by: str = "touchpoint"
    per: str = "person"

    def scope(self, place: Workspace) -> flow.Scope:
        """Return the scope it means; a segment that is not there is refused."""

        def some(word: str) -> tuple[str, ...]:
            return (word,) if word else ()

        return flow.Scope(
            per=self.per,
            sources=some(self.source),
            channels=some(self.channel),
            contains=some(self.contains),
            period=flow.days(place, since=self.since, until=self.until),
            by="node" if self.by == "node" else "area" if self.by == "area" else "touchpoint",
            people=flow.segment(place, self.segment).rule if self.segment else (),
            zone=place.settings.zone,
        )


def sentence_of(request: HttpRequest) -> Sentence:
    """Return the filters a page was asked with; what makes no sense asks for nothing."""
    asked = request.GET

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(asked.get(name, ""))
        except ValueError:
            return None

    def word(name: str) -> str:
        return asked.get(name, "").strip()[:300]

    since, until = day("since"), day("until")
    if since and until and since >= until:
        since = until = None
    by, per = asked.get("by", ""), asked.get("per", "")
    return Sentence(
        since, until, word("source"), word("channel"), word("segment"), meant(word("contains")),
        by if by in BY else BY[0], per if per in PER else PER[0],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """What nodes are called for who reads a page: what a template gives to `called`."""

    read: Callable[[str], str]

    def __call__(self, code: str) -> str:
        """Return what a node is called."""
        return self.read(code)

    @property
    def do_not_call_in_templates(self) -> bool:
        """Keep a template from calling it with nothing, as it does with what can be called."""
        return True


def reader(language: Language, *, by: str = "node") -> Reader:
    """Return what nodes are called in a language; areas are what they are."""
    return Reader(naming.reader(workspace(), language, by=by))


def meant(typed: str) -> str:
    """Return the node that somebody typed, by its code or by what it is called."""
    if not typed:
        return ""
    offered = choices()
    return naming.code_of(workspace(), typed, known=(*offered.touchpoints, *offered.nodes))


@dataclass(frozen=True, slots=True)
class Choices:
    """What a sentence may name, as there is in the data; the commonest first."""

    touchpoints: tuple[str, ...]
    nodes: tuple[str, ...]
    channels: tuple[str, ...]
    sources: tuple[str, ...]
    segments: tuple[flow.Segment, ...]

    def named(self, by: str) -> tuple[str, ...]:
        """Return the nodes that a question may name when it tells them *by* touchpoint or node."""
        return self.nodes if by == "node" else self.touchpoints


def choices() -> Choices:
    """Return what the pages offer to choose from; segments with a mistake offer none."""
    place = workspace()
    kinds = kinds_met()
    try:
        segments = flow.segments(place)
    except TrayectoError:
        segments = ()
    names = [
        _commonest((tell(kind), kind.interactions) for kind in kinds)
        for tell in (
            lambda kind: kind.touchpoint,
            lambda kind: f"{kind.touchpoint} [{kind.channel}]",
            lambda kind: kind.channel,
            lambda kind: kind.source,
        )
    ]
    return Choices(names[0], names[1], names[2], names[3], segments)


def kinds_met() -> Any:
    """Return every kind of interaction there is, with the node it is."""
    place = workspace()
    return keeper.get("kinds", flow.data_version(place), lambda: care.list_nodes(place)).answer


def _commonest(counted: Any) -> tuple[str, ...]:
    sums: dict[str, int] = {}
    for name, count in counted:
        if name:
            sums[name] = sums.get(name, 0) + count
    return tuple(sorted(sums, key=lambda name: (-sums[name], name)))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was found and the SQL that found it, or why there is no answer."""

    found: Any = None
    sql: tuple[tuple[str, str], ...] = ()
    stopped: TrayectoError | None = None

    @property
    def script(self) -> str:
        """The SQL as one script that a person can run by hand."""
        return script.whole(self.sql)


def answered(
    key: Hashable, sentence: Sentence, ask: Callable[[Workspace, flow.Scope], Any]
) -> Kept[Answered]:
    """Return the kept answer to a question; *key* tells it from others on the same sentence."""
    place = workspace()
    try:
        scope = sentence.scope(place)
    except TrayectoError as error:
        return Kept(Answered(stopped=error), updating=False)

    def work() -> Answered:
        with flow.recording() as sql:
            try:
                return Answered(ask(place, scope), tuple(sql))
            except TrayectoError as error:
                if error.retry:
                    raise
                return Answered(stopped=error)

    # The rule of a segment is part of its scope: an edited one is another question.
    return keeper.get(("answer", key, scope), flow.data_version(place), work)


def graph_of(sentence: Sentence) -> Kept[Answered]:
    """Return the node graph of what a sentence says."""
    return answered("graph", sentence, flow.graph)


def without_nodes(sentence: Sentence) -> Sentence:
    """Return the sentence for questions that name touchpoints: areas are no steps in them."""
    return replace(sentence, by="touchpoint") if sentence.by == "area" else sentence
