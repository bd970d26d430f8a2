"""
The document of node rules: which interactions are which touchpoint, read and checked.

A rule says when it matches (source, name, channel, properties) and what the interaction is then
(touchpoint, channel, side, area, place). The first that matches wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import md5
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from trayecto.collect import documents, node_names
from trayecto.lake.kinds import Judged, PropertyRule
from trayecto.lake.patterns import ANY, WAYS, Pattern, complaint
from trayecto.vocabulary.channel import CHANNELS, PLACES
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.text import Text

LAYOUT = 2
"""Which columns `nodes` has; what an older program wrote is decided anew."""

SIDES = ("front", "back")
_WHEN = ("source", "name", "channel")
_THEN = ("touchpoint", "to_channel", "side", "area", "place")
_FIELDS = (*_WHEN, "properties", *_THEN)
_ONE_OF = {"to_channel": tuple(CHANNELS), "side": SIDES, "place": PLACES}


@dataclass(frozen=True, slots=True)
class Rule:
    """
    If source, name, channel and every property match, it is *touchpoint* on *to_channel*.

    An empty *touchpoint* keeps the name as received, an empty *to_channel* the channel, an empty
    *place* that of the channel.
    """

    number: int
    source: Pattern = ANY
    name: Pattern = ANY
    channel: Pattern = ANY
    properties: tuple[tuple[str, Pattern], ...] = ()
    touchpoint: str = ""
    to_channel: str = ""
    side: str = "front"
    area: str = ""
    place: str = ""


def judged(rules: Iterable[Rule], *, keep_flagged: bool) -> Judged:
    """Return what the engine has to know of the rules to judge facts one by one."""
    tests = tuple(
        PropertyRule(rule.number, rule.source, rule.name, rule.channel, rule.properties)
        for rule in rules
        if rule.properties
    )
    return Judged(tests, keep_flagged)


def digest(text: str, *, keep_flagged: bool) -> str:
    """Return what changes whenever `nodes` has to be decided anew: the rules, and what counts."""
    whole = f"{LAYOUT} {keep_flagged} {text}"
    return md5(whole.encode(), usedforsecurity=False).hexdigest()


def read(text: str, *, file: str) -> tuple[Rule, ...]:
    """Return the rules of a document; all that is wrong in it is said at once."""
    raw = documents.load(text, file=file)
    if raw is None:
        # As it is while “trayecto nodes --suggest > nodes.yaml” draws it up.
        return ()
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
    node_names.names(text, file=file)
    stop_if_any(
        problem
        for number, rule in enumerate(listed)
        for problem in _check(rule, f"rules[{number}]", listed.lc.item(number)[0] + 1, file)
    )
    return tuple(_rule(number, rule) for number, rule in enumerate(listed, 1))


def _rule(number: int, raw: CommentedMap) -> Rule:
    tested = raw.get("properties") or {}
    source, name, channel = (_pattern(raw[f]) if f in raw else ANY for f in _WHEN)
    return Rule(
        number,
        source,
        name,
        channel,
        tuple((str(name), _pattern(value)) for name, value in tested.items()),
        **{field: _said(raw[field]) for field in _THEN if field in raw},
    )


def _pattern(raw: Any) -> Pattern:
    if isinstance(raw, dict):
        ((how, value),) = raw.items()
        return Pattern(how, _said(value))
    return Pattern("glob", _said(raw))


def _said(value: Any) -> str:
    """Return a plain value as it stands in the data: yes and no as JSON writes them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _check(rule: Any, place: str, line: int, file: str) -> Iterator[Problem]:
    if not isinstance(rule, CommentedMap):
        yield Problem(
            Text(en="A rule has fields.", es="Una regla lleva campos."),
            Text(en=f"There are: {', '.join(_FIELDS)}.", es=f"Hay: {', '.join(_FIELDS)}."),
            file=file, line=line, field=place,
        )  # fmt: skip
        return
    for field, value in rule.items():
        at, where = rule.lc.key(field)[0] + 1, f"{place}.{field}"
        if field not in _FIELDS:
            yield _unlike("field", "campo", str(field), _FIELDS, file, at, where)
        elif field == "properties":
            yield from _check_properties(value, file, at, where)
        elif field in _WHEN:
            yield from _check_pattern(value, file, at, where)
        elif isinstance(value, (dict, list)):
            yield Problem(
                Text(en="Must be a text.", es="Debe ser un texto."), file=file, line=at, field=where
            )
        elif field in _ONE_OF and value not in _ONE_OF[field]:
            yield _unlike("value", "valor", str(value), _ONE_OF[field], file, at, where)


def _unlike(
    en: str, es: str, given: str, known: tuple[str, ...], file: str, line: int, field: str
) -> Problem:
    near = get_close_matches(given, known, n=1) or [", ".join(known)]
    return Problem(
        Text(en=f"Unknown {en} “{given}”.", es=f"No se conoce este {es}: «{given}»."),
        Text(en=f"Did you mean {near[0]}?", es=f"¿Querías decir {near[0]}?"),
        file=file, line=line, field=field,
    )  # fmt: skip


def _check_properties(raw: Any, file: str, line: int, place: str) -> Iterator[Problem]:
    if not isinstance(raw, CommentedMap) or not raw:
        yield Problem(
            Text(
                en="Properties are names, each with what its value must be.",
                es="Las propiedades son nombres, cada uno con lo que debe valer.",
            ),
            Text(en="E.g. {plan: fibre}.", es="P. ej. {plan: fibra}."),
            file=file, line=line, field=place,
        )  # fmt: skip
        return
    for name, value in raw.items():
        yield from _check_pattern(value, file, raw.lc.key(name)[0] + 1, f"{place}.{name}")


def _check_pattern(raw: Any, file: str, line: int, place: str) -> Iterator[Problem]:
    if not isinstance(raw, (dict, list)):
        return
    values = list(raw.values()) if isinstance(raw, dict) else []
    if len(values) != 1 or isinstance(values[0], (dict, list)):
        ways = ", ".join(WAYS)
        yield Problem(
            Text(
                en="Must be a text, or one way of matching with its text.",
                es="Debe ser un texto, o una forma de acertar con su texto.",
            ),
            Text(
                en=f"Ways: {ways}; e.g. {{prefix: /help}}.",
                es=f"Formas: {ways}; p. ej. {{prefix: /ayuda}}.",
            ),
            file=file, line=line, field=place,
        )  # fmt: skip
        return
    (how,) = raw
    if how not in WAYS:
        yield _unlike("way of matching", "modo de acertar", str(how), WAYS, file, line, place)
    elif how == "regex" and (reason := complaint(_said(values[0]))):
        yield Problem(
            Text(
                en=f"The regular expression cannot be used: {reason}.",
                es=f"La expresión regular no sirve: {reason}.",
            ),
            Text(
                en="Use the syntax of RE2, without references back or looks ahead.",
                es="Usa la sintaxis de RE2, sin referencias ni búsquedas hacia delante o atrás.",
            ),
            file=file, line=line, field=place,
        )  # fmt: skip
