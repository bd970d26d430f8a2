"""
What the facts are called: node rules tried before they are saved, and the glossary of nodes.

Beside the story that `flow` tells, these are the use cases of whoever says which interaction is
which touchpoint. Each is one short function; the app calls them and nothing deeper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trayecto import flow
from trayecto.collect import (
    node_document,
    node_drafts,
    node_glossary,
    node_names,
    node_rows,
    node_trials,
)
from trayecto.collect.node_document import SIDES
from trayecto.collect.node_glossary import Entry
from trayecto.collect.node_rows import Must, Row
from trayecto.collect.node_trials import Kind, Trial
from trayecto.collect.nodes import Matched
from trayecto.contrast.bind import bind
from trayecto.journeys.named import reads, with_names
from trayecto.journeys.walked import Node
from trayecto.lake.patterns import WAYS
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.channel import CHANNELS, PLACES
from trayecto.vocabulary.frames import Listed
from trayecto.vocabulary.text import LANGUAGES, Language, Text, folded
from trayecto.workspace import NODE_RULES, Workspace, write_file

__all__ = ["CHANNELS", "PLACES", "SIDES", "WAYS", "Claims", "Entry", "Kind", "Must", "Row", "Trial"]


def rule_rows(text: str) -> tuple[Row, ...]:
    """Return the rules of a document as rows to fill in; what is wrong in it is refused."""
    node_document.read(text, file=NODE_RULES)
    return node_rows.rows(text)


def rules_text(text: str, rows: Sequence[Row]) -> str:
    """Return the document with its rules as they were filled in; it is not checked yet."""
    return node_rows.rewritten(text, rows)


def told_apart_by(workspace: Workspace, text: str) -> str:
    """Return what changes whenever rules tell kinds of interaction apart in another way."""
    rules = node_document.read(text, file=NODE_RULES)
    return node_document.judged(rules, keep_flagged=workspace.settings.keep_flagged).note()


def count_kinds(workspace: Workspace, text: str) -> tuple[Kind, ...]:
    """Return every kind of interaction there is, as the rules of a document tell them apart."""
    rules = node_document.read(text, file=NODE_RULES)
    keep = workspace.settings.keep_flagged
    with workspace.lake.session() as session:
        return node_trials.count_kinds(session, rules, keep_flagged=keep)


def try_rules(workspace: Workspace, text: str, kinds: Sequence[Kind]) -> Trial:
    """Return what the rules of a document would catch of these kinds; nothing is written."""
    rules = node_document.read(text, file=NODE_RULES)
    with workspace.lake.session() as session:
        return node_trials.tried(session, rules, kinds)


def draft_rules(workspace: Workspace, text: str, *, at_most: int = 200) -> str:
    """Return the document with a draft, below its rules, for what none of them matches."""
    rules = node_document.read(text, file=NODE_RULES)
    with workspace.lake.session() as session:
        kinds = node_trials.count_kinds(
            session, rules, keep_flagged=workspace.settings.keep_flagged
        )
        found = node_trials.matched_kinds(session, rules, kinds)
        drafted = node_rows.rows(node_drafts.draft(session, found, at_most=at_most))
    fresh = [node_rows.unread(row) for row in drafted]
    return node_rows.rewritten(text, [*node_rows.rows(text), *fresh])


def save_rules(workspace: Workspace, text: str) -> None:
    """Write the document of node rules when all of it is right; `nodes` follows when asked."""
    node_document.read(text, file=NODE_RULES)
    write_file(workspace.node_rules, text.encode())


def reader(workspace: Workspace, language: Language, *, by: str = "node") -> Callable[[str], str]:
    """Return what nodes are called in a language; areas and channels are what they are."""
    if by not in ("touchpoint", "node"):
        return str
    return reads({code: name.say(language) for code, name in flow.node_names(workspace).items()})


def in_words(workspace: Workspace, answer: Any, language: Language, *, by: str = "node") -> Any:
    """Return an answer with its nodes as people read them; nodes without a name keep their code."""
    return with_names(answer, reader(workspace, language, by=by))


def with_codes(workspace: Workspace, answer: Any, language: Language, *, by: str = "node") -> Any:
    """Return the same, with the code beside each name: for who has to type it."""
    read = reader(workspace, language, by=by)

    def both(code: str) -> str:
        name = read(code)
        return name if code in name else f"{name} ({code})"

    return with_names(answer, both)


def code_of(workspace: Workspace, typed: str, *, known: Iterable[str]) -> str:
    """Return the node that was meant: its code, or what it is called in any language."""
    if typed in (codes := tuple(known)):
        return typed
    wanted = folded(typed)
    for language in LANGUAGES:
        read = reader(workspace, language)
        met = [code for code in codes if folded(read(code)) == wanted]
        if met:
            return met[0]
    return typed


def names_in(text: str) -> Mapping[str, Text]:
    """Return what a document of node rules calls touchpoints."""
    return node_names.names(text, file=NODE_RULES)


def named_text(text: str, wanted: Mapping[str, Text]) -> str:
    """Return the document with these names; its rules, comments and other names stay."""
    return node_names.renamed(text, wanted, file=NODE_RULES)


def glossary(workspace: Workspace) -> Listed[Entry]:
    """Return every node with what it is called where, how often it was met, and since when."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return Listed(node_glossary.entries(session), Entry)


@dataclass(frozen=True, slots=True)
class Met:
    """A node, and how often customers met it."""

    touchpoint: str
    channel: str
    interactions: int


@dataclass(frozen=True, slots=True)
class Claims:
    """The nodes that one touchpoint has, and those no touchpoint of its map has; busiest first."""

    own: tuple[Met, ...]
    free: tuple[Met, ...]


def claims(journey_map: JourneyMap, touchpoint: str, kinds: Iterable[Matched]) -> Claims:
    """Return which nodes a touchpoint of a map has, and which it may still be given."""
    met: Counter[Node] = Counter()
    for kind in kinds:
        met[kind.touchpoint, kind.channel, kind.source] += kind.interactions
    places = bind(journey_map, met).places
    ids = [one.id for one in journey_map.touchpoints()]
    sources = set(journey_map.journeys.sources)
    own, free = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for node, times in met.items():
        if node in places:
            own[node[:2]] += times if ids[places[node]] == touchpoint else 0
        elif not sources or node[2] in sources:
            free[node[:2]] += times
    return Claims(_busiest(own), _busiest(free))


def _busiest(met: Counter[tuple[str, str]]) -> tuple[Met, ...]:
    listed = sorted(met.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Met(*node, times) for node, times in listed if times)


def bound_on(journey_map: JourneyMap, entries: Iterable[Entry]) -> dict[tuple[str, str], Text]:
    """Return the nodes that a map has a place for, each with the touchpoint that claims it."""
    nodes = {
        (entry.touchpoint, entry.channel, source): entry
        for entry in entries
        for source in entry.sources
    }
    names = [touchpoint.name for touchpoint in journey_map.touchpoints()]
    places = bind(journey_map, nodes).places
    return {(node[0], node[1]): names[place] for node, place in places.items()}
