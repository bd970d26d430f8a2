"""
Node rules: which interactions are which touchpoint on which channel, on which side, by which area.

Rules are matched against the distinct (source, name, channel) in the lake, a handful, never against
rows. The first rule that matches wins. What no rule matches keeps its own name as touchpoint.
The only writer of `nodes`; codes, once given, are never reused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from trayecto.collect import documents
from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.tables import NODES
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.text import Text

_FIELDS = ("source", "name", "channel", "touchpoint", "to_channel", "side", "area")
_UNKNOWN = "unknown"
_COLUMNS = [column.name for column in NODES.columns]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    If source, name and channel match (globs), it is *touchpoint* on *to_channel*.

    An empty *touchpoint* keeps the name as received; an empty *to_channel* the channel.
    """

    number: int
    source: str = "*"
    name: str = "*"
    channel: str = "*"
    touchpoint: str = ""
    to_channel: str = ""
    side: str = "front"
    area: str = ""

    def matches(self, source: str, name: str, channel: str | None) -> bool:
        """Tell whether an interaction of this kind falls under the rule."""
        return (
            fnmatchcase(source, self.source)
            and fnmatchcase(name, self.name)
            and fnmatchcase(channel or "", self.channel)
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of interaction as received."""

    source: str
    name: str
    channel: str | None


def read(text: str, *, file: str) -> tuple[Rule, ...]:
    """Return the rules of a document; all that is wrong in it is said at once."""
    raw = documents.load(text, file=file)
    listed = raw.get("rules") if isinstance(raw, dict) else None
    if not isinstance(listed, CommentedSeq):
        raise TrayectoError(
            Problem(
                Text(
                    en="A node-rules document has a list “rules”.",
                    es="Un documento de reglas de nodos tiene una lista «rules».",
                ),
                file=file,
                line=1,
            )
        )
    stop_if_any(
        problem
        for number, rule in enumerate(listed)
        for problem in _check(rule, f"rules[{number}]", listed.lc.item(number)[0] + 1, file)
    )
    return tuple(
        Rule(number, **{field: str(value) for field, value in rule.items()})
        for number, rule in enumerate(listed, 1)
    )


def _check(rule: Any, place: str, line: int, file: str) -> Iterable[Problem]:
    if not isinstance(rule, CommentedMap):
        yield Problem(
            Text(en="A rule has fields.", es="Una regla lleva campos."),
            Text(en=f"There are: {', '.join(_FIELDS)}.", es=f"Hay: {', '.join(_FIELDS)}."),
            file=file, line=line, field=place,
        )  # fmt: skip
        return
    for field, value in rule.items():
        at = rule.lc.key(field)[0] + 1
        if field not in _FIELDS:
            near = get_close_matches(str(field), _FIELDS, n=1) or [", ".join(_FIELDS)]
            yield Problem(
                Text(en=f"Unknown field “{field}”.", es=f"Campo desconocido: «{field}»."),
                Text(en=f"Did you mean {near[0]}?", es=f"¿Querías decir {near[0]}?"),
                file=file, line=at, field=f"{place}.{field}",
            )  # fmt: skip
        elif field == "to_channel" and value not in CHANNELS:
            near = get_close_matches(str(value), CHANNELS, n=1) or [", ".join(CHANNELS)]
            yield Problem(
                Text(en=f"Unknown channel “{value}”.", es=f"Canal desconocido: «{value}»."),
                Text(en=f"Did you mean {near[0]}?", es=f"¿Querías decir {near[0]}?"),
                file=file, line=at, field=f"{place}.{field}",
            )  # fmt: skip
        elif field == "side" and value not in ("front", "back"):
            yield Problem(
                Text(en="The side is front or back.", es="El lado es front o back."),
                file=file, line=at, field=f"{place}.{field}",
            )  # fmt: skip


def digest(lake: Lake) -> str:
    """Return the digest of the rules under which `nodes` was last written."""
    return lake.stamp(NODES).get("digest", "")


@dataclass(frozen=True, slots=True)
class Matched:
    """One kind of interaction, the node it is, and the rules that claim it (the first has it)."""

    source: str
    name: str
    channel_received: str | None
    touchpoint: str
    channel: str
    side: str | None
    area: str | None
    interactions: int
    rules: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def matched(session: Session, rules: Sequence[Rule]) -> tuple[Matched, ...]:
    """Return every kind of interaction with its node; their interactions add up to all."""
    rows = session.ask(
        "nodes with counts",
        """select n.source, n.name, n.channel_received, n.touchpoint, n.channel, n.side, n.area,
                  count(*)
           from interactions i join nodes n on n.source = i.source and n.name = i.name
             and n.channel_received is not distinct from i.channel
           group by all order by count(*) desc, n.source, n.name, n.channel_received""",
    )
    claims = [tuple(rule.number for rule in rules if rule.matches(*row[:3])) for row in rows]
    return tuple(Matched(*(*row, claimed)) for row, claimed in zip(rows, claims, strict=True))


def suggest(kinds: Sequence[Matched]) -> str:
    """Return a draft of the rules for the kinds that none matches, ready to be edited."""
    lines = [
        "# Draft of node rules: give each kind its touchpoint, channel, side and area.",
        "# Borrador de reglas de nodos: da a cada clase su punto de contacto, canal, lado y área.",
        "nodes: 1",
        "rules:",
    ]
    for kind in kinds:
        if not kind.rules:
            rule = {
                "source": kind.source, "name": kind.name, "touchpoint": kind.touchpoint,
                "to_channel": kind.channel if kind.channel in CHANNELS else _UNKNOWN,
                "side": "front", "area": "",
            }  # fmt: skip
            lines.append(f"  - {json.dumps(rule, ensure_ascii=False)}  # {kind.interactions}")
    return "\n".join(lines) + "\n"


def refresh(
    session: Session, writer: Writer, *, rules: Sequence[Rule], version: int, digest: str
) -> None:
    """
    Decide every kind of interaction in the lake and write `nodes` anew.

    Does nothing when neither the facts (*version*) nor the rules (*digest*) changed since. The
    commit's *generation* rises when a kind decided before is now another node, so that whoever
    stored its codes knows that they moved.
    """
    was = writer.lake.stamp(NODES)
    if (was.get("interactions"), was.get("digest")) == (str(version), digest):
        return
    rows = session.ask(
        "kinds of interaction",
        """select source, name, channel from interactions group by all
           order by min(batch), source, min(row), name, channel""",
    )
    before = session.ask("nodes as they were", "from nodes")
    codes: dict[str, dict[str, int]] = {"touchpoint": {}, "channel": {}, "source": {}}
    for row in before:
        old = dict(zip(_COLUMNS, row, strict=True))
        codes["touchpoint"][old["touchpoint"]] = old["touchpoint_code"]
        codes["channel"][old["channel"]] = old["channel_code"]
        codes["source"][old["source"]] = old["source_code"]
    decided = [_decide(Kind(*row), rules, codes) for row in rows]
    fates = {row[:3]: row[-3:] for row in decided}
    moved = any(fates.get(row[:3], row[-3:]) != row[-3:] for row in before)
    generation = int(was.get("generation", 0)) + moved
    columns = ", ".join(f"{c.name} {c.type}" for c in NODES.columns)
    session.load("decided", columns, decided)
    writer.replace(
        NODES,
        session,
        "nodes",
        "from decided",
        stamp={
            "interactions": str(version), "digest": digest, "generation": str(generation),
        },
    )  # fmt: skip


def _decide(
    kind: Kind, rules: Sequence[Rule], codes: dict[str, dict[str, int]]
) -> tuple[object, ...]:
    rule = next((r for r in rules if r.matches(kind.source, kind.name, kind.channel)), None)
    touchpoint = (rule.touchpoint if rule else "") or kind.name
    channel = (rule.to_channel if rule else "") or _channel(kind.channel)
    return (
        kind.source, kind.name, kind.channel, touchpoint, channel,
        rule.side if rule else None, (rule.area or None) if rule else None,
        str(rule.number) if rule else None,
        _code(codes["touchpoint"], touchpoint),
        _code(codes["channel"], channel),
        _code(codes["source"], kind.source),
    )  # fmt: skip


def _channel(received: str | None) -> str:
    """Return the received channel, folded to one of ours where it plainly is one."""
    if not received:
        return _UNKNOWN
    folded = received.strip().lower().replace("-", "_").replace(" ", "_")
    synonyms = {"e_mail": "email", "mail": "email", "correo": "email", "telephone": "phone",
                "telefono": "phone", "teléfono": "phone", "cellular": "phone", "call": "phone",
                "mobile_app": "app", "tienda": "store", "shop": "store"}  # fmt: skip
    return synonyms.get(folded, folded)


def _code(given: dict[str, int], word: str) -> int:
    return given.setdefault(word, max(given.values(), default=0) + 1)
