"""
A draft of node rules from the data, ready to be edited: one for each kind that no rule claims.

Where a name says little (page_view, click) and a property plainly says where (url, screen), the
draft proposes a rule for each of its few common values. It proposes nothing else.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trayecto.collect.nodes import Matched
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, pointer
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import percent

# Names that say that something was seen or touched, and not what.
_VAGUE = (
    r"page|screen|view|visit|hit|event|click|tap|"
    r"p[aá]gina|pantalla|vista|visita|evento|clic|toque"
)
# Where systems say what was seen, the plainest first.
_TELLING = (
    "page", "screen", "view", "section", "página", "pagina", "pantalla", "vista", "sección",
    "seccion", "screen_name", "page_name", "path", "page_path", "url", "page_url", "page_location",
)  # fmt: skip
_LOOKED_AT = 200_000
"""About how many facts are looked at; of more, one in so many."""
_THERE, _COVERED, _SHARE, _MOST = 0.95, 0.6, 0.01, 20
"""A property tells when nearly every fact has it, and few common values cover most facts."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One common value of a telling property, and on which share of the facts of its name."""

    property: str
    value: str
    is_path: bool
    share: float


def draft(session: Session, kinds: Sequence[Matched], *, at_most: int) -> str:
    """Return a draft of the rules for the kinds that none claims, the commonest first."""
    unclaimed = [kind for kind in kinds if not kind.rules]
    shown, rest = unclaimed[:at_most], unclaimed[at_most:]
    lines = [
        "# Draft of node rules: give each kind its touchpoint, channel, side, area and place.",
        "# Borrador de reglas de nodos: da a cada clase su punto de contacto, canal, lado, área "
        "y lugar.",
        "nodes: 1",
        "rules:" if shown else "rules: []",
    ]
    told = _told(session, {(kind.source, kind.name) for kind in shown})
    alone = _told_alone(unclaimed)
    # By value they are the same on every channel; what they leave stays unmatched, to be seen.
    for (source, name), values in told.items():
        for value in values:
            lines.append(_line(_by_property(source, name, value), percent(value.share, "en")))
    for kind in shown:
        if (kind.source, kind.name) not in told:
            lines.append(_line(_by_name(kind, alone), str(kind.interactions)))
    if rest:
        n, facts = len(rest), sum(kind.interactions for kind in rest)
        lines += [
            f"# {n} rarer kinds are not listed ({facts} interactions): a pattern may take many.",
            f"# Faltan {n} clases menos comunes ({facts} interacciones): un patrón puede abarcar "
            "muchas.",
        ]
    return "\n".join(lines) + "\n"


def _line(rule: dict[str, Any], count: str) -> str:
    return f"  - {json.dumps(rule, ensure_ascii=False)}  # {count}"


def _told_alone(kinds: Iterable[Matched]) -> set[tuple[str, str]]:
    """Return the sources and names that came on one channel: a rule need not tell which."""
    channels = defaultdict(set)
    for kind in kinds:
        channels[kind.source, kind.name].add(kind.channel_received)
    return {told for told, of in channels.items() if len(of) == 1}


def _by_name(kind: Matched, alone: set[tuple[str, str]]) -> dict[str, Any]:
    rule: dict[str, Any] = {"source": _exactly(kind.source), "name": _exactly(kind.name)}
    if (kind.source, kind.name) not in alone:
        rule["channel"] = _exactly(kind.channel_received or "")
    channel = kind.channel if kind.channel in CHANNELS else "unknown"
    rule |= {"touchpoint": kind.touchpoint, "to_channel": channel, "side": "front", "area": ""}
    return rule | ({"place": kind.place} if kind.place else {})


def _by_property(source: str, name: str, told: _Told) -> dict[str, Any]:
    shape: Any = _exactly(told.value)
    if told.is_path:
        # The part and all below it, but not a longer word that begins alike.
        shape = {"regex": _in_regex(told.value) + "([/?#].*)?"}
    return {
        "source": _exactly(source), "name": _exactly(name), "properties": {told.property: shape},
        "touchpoint": told.value.rpartition("/")[2] if told.is_path else told.value,
        "side": "front", "area": "",
    }  # fmt: skip


def _exactly(text: str) -> str | dict[str, str]:
    return {"equal": text} if set(text) & {"*", "?"} else text


def _in_regex(text: str) -> str:
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)


def _told(
    session: Session, names: set[tuple[str, str]]
) -> dict[tuple[str, str], tuple[_Told, ...]]:
    """Return the values that tell the facts of a source and name apart, where any plainly do."""
    vague = [name for name in names if re.search(_VAGUE, name[1].lower())]
    if not vague:
        return {}
    session.load("vague", "source varchar, name varchar", vague)
    (facts,) = session.one(
        "facts with a vague name",
        "select count(*) from interactions semi join vague using (source, name)",
    )
    step = max(1, facts // _LOOKED_AT)
    keys = ", ".join(literal(key) for key in _TELLING)
    pointers = ", ".join(literal(pointer(key)) for key in _TELLING)
    # What begins as an address does is told by its first part; the bare host tells nothing.
    rows = session.ask(
        "values that tell",
        f"""with looked as (
              select source, name, json_extract_string(properties, [{pointers}]) as v
              from interactions semi join vague using (source, name)
              where id % {step} = 0 and tested(source, name, channel, properties) = ''),
            facts as (select source, name, count(*) as n from looked group by all),
            said as (
              select source, name, unnest([{keys}]) as key, unnest(v) as value,
                     unnest(range({len(_TELLING)})) as place from looked),
            parted as (
              select *, regexp_matches(value, '^([a-z]+://|/)') as is_path,
                     regexp_extract(value, '^([a-z]+://[^/?#]*)?/[^/?#]+') as part
              from said where value is not null and value <> ''),
            valued as (
              select source, name, key, place, is_path,
                     case when is_path then nullif(part, '') else value end as value, count(*) as n
              from parted group by all),
            common as (
              select v.*, v.n / f.n as share, sum(v.n) over of_key / f.n as there
              from valued v join facts f using (source, name)
              window of_key as (partition by v.source, v.name, v.key))
            select source, name, key, place, value, is_path, share from common
            where there >= {_THERE} and value is not null and share >= {_SHARE}
            order by source, name, place, share desc, value""",
    )
    found: dict[tuple[str, str], dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for source, name, key, _, value, is_path, share in rows:
        found[source, name][key].append(_Told(key, value, bool(is_path), float(share)))
    return {name: best for name, of in found.items() if (best := tuple(_best(of.values())))}


def _best(by_property: Iterable[Sequence[_Told]]) -> Iterator[_Told]:
    """Give the values of the property that tells most; nothing when none tells plainly."""
    plain = [
        values
        for values in by_property
        if 2 <= len(values) <= _MOST and sum(value.share for value in values) >= _COVERED
    ]
    if plain:
        yield from max(plain, key=lambda values: sum(value.share for value in values))
