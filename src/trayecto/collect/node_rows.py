"""
Node rules as rows that somebody fills in on screen, and back: what nobody touched stays as it is.

A row remembers which rule of the text it was. The lines of a rule that did not change are kept
byte for byte, with the comments above them; only a rule that changed is written anew.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from trayecto.collect import documents

MATCHED = ("source", "name", "channel")
SAID = ("touchpoint", "to_channel", "side", "area", "place")
_ORDER = (*MATCHED, "properties", *SAID)
_WIDE = 100_000


@dataclass(frozen=True, slots=True)
class Must:
    """What a text must be: *how* it is compared, with which text; nothing: any text."""

    how: str = "glob"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as its fields; *origin* is its place in the text it was read from."""

    origin: int | None = None
    source: Must = Must()
    name: Must = Must()
    channel: Must = Must()
    properties: tuple[tuple[str, Must], ...] = ()
    touchpoint: str = ""
    to_channel: str = ""
    side: str = ""
    area: str = ""
    place: str = ""

    @property
    def is_any(self) -> bool:
        """Tell whether it asks nothing of an interaction."""
        return not (self.source.text or self.name.text or self.channel.text or self.properties)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was filled in yet."""
        return self.is_any and not any(getattr(self, field) for field in SAID)


def rows(text: str) -> tuple[Row, ...]:
    """Return the rules of a sound document as rows."""
    return tuple(_row(nth, rule) for nth, rule in enumerate(_listed(documents.load(text, file=""))))


def rewritten(text: str, wanted: Sequence[Row]) -> str:
    """Return the document with these rules in this order; it may still have to be checked."""
    raw = documents.load(text, file="")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    chunks, before, after, indent = _chunks(raw, lines)
    originals = [_row(nth, rule) for nth, rule in enumerate(_listed(raw))]
    if not wanted:
        none = ["rules: []\n" if line.startswith("rules:") else line for line in before]
        return "".join([*none, *after])
    written = []
    for row in wanted:
        chunk = chunks.get(row.origin) if row.origin is not None else None
        if chunk is None or row.origin is None:
            written.append(_fresh(row, indent))
        elif row == originals[row.origin]:
            written.append("".join(chunk))
        else:
            written.append(_changed(chunk, row, originals[row.origin], indent))
    return "".join([*before, *written, *after])


def unread(row: Row) -> Row:
    """Return a row as one that no text has yet."""
    return replace(row, origin=None)


def _listed(raw: Any) -> Sequence[Any]:
    found = raw.get("rules") if isinstance(raw, dict) else None
    return found if isinstance(found, CommentedSeq) else []


def _row(nth: int, raw: Any) -> Row:
    if not isinstance(raw, dict):
        return Row(nth)
    said = {field: _text(raw[field]) for field in SAID if field in raw}
    tests = {field: _test(raw[field]) for field in MATCHED if field in raw}
    own = raw.get("properties")
    properties = tuple((str(k), _test(v)) for k, v in own.items()) if isinstance(own, dict) else ()
    return Row(nth, properties=properties, **tests, **said)  # type: ignore[arg-type]


def _test(raw: Any) -> Must:
    if isinstance(raw, dict) and len(raw) == 1:
        ((how, value),) = raw.items()
        return Must(str(how), _text(value))
    return Must("glob", _text(raw))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _chunks(raw: Any, lines: list[str]) -> tuple[dict[int, list[str]], list[str], list[str], str]:
    """
    Return the lines of each rule, those before the first, those after the last, and the indent.

    A list that does not stand a rule a line (`rules: [...]`) has no lines of its own: all of it
    is written anew.
    """
    if not isinstance(raw, CommentedMap) or "rules" not in raw:
        return {}, [*lines, *([] if raw else ["nodes: 1\n"]), "rules:\n"], [], "  "
    key = raw.lc.key("rules")[0]
    end = min((at for k in raw if (at := raw.lc.key(k)[0]) > key), default=len(lines))
    before = [*lines[:key], "rules:\n"]
    listed = raw["rules"]
    if not isinstance(listed, CommentedSeq) or not listed or listed.fa.flow_style():
        return {}, before, lines[end:], "  "
    before[-1] = lines[key]
    starts = [_dash(lines, listed.lc.item(nth)[0]) for nth in range(len(listed))]
    indent = lines[starts[0]][: lines[starts[0]].index("-")]
    edges = [starts[0], *(_above(lines, at) for at in starts[1:]), _above(lines, end)]
    chunks = {nth: lines[edges[nth] : edges[nth + 1]] for nth in range(len(starts))}
    return chunks, lines[: starts[0]], lines[edges[-1] :], indent


def _dash(lines: list[str], at: int) -> int:
    """Return the line on which the item at or below it begins."""
    while not lines[at].lstrip().startswith("-"):
        at -= 1
    return at


def _above(lines: list[str], at: int) -> int:
    """Return where the comments right above a line begin."""
    while at and lines[at - 1].strip()[:1] in ("", "#"):
        at -= 1
    return at


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    return yaml


def _fresh(row: Row, indent: str) -> str:
    rule = CommentedMap()
    rule.fa.set_flow_style()
    _set(rule, row, Row())
    return _dumped(CommentedSeq([rule]), indent)


def _changed(chunk: list[str], row: Row, was: Row, indent: str) -> str:
    """Return a rule's lines with its changed fields; its comments and other fields stay."""
    first = next(n for n, line in enumerate(chunk) if line.strip()[:1] not in ("", "#"))
    own = "".join(line.removeprefix(indent) for line in chunk[first:])
    try:
        alone = _yaml().load(own)
        _set(alone[0], row, was)
    except (YAMLError, LookupError):
        # It leans on another part of the text, such as an anchor.
        return "".join(chunk[:first]) + _fresh(row, indent)
    return "".join(chunk[:first]) + _dumped(alone, indent)


def _dumped(rules: CommentedSeq, indent: str) -> str:
    out = io.StringIO()
    _yaml().dump(rules, out)
    lines = out.getvalue().splitlines(keepends=True)
    return "".join(indent + line if line.strip() else line for line in lines)


def _set(rule: CommentedMap, row: Row, was: Row) -> None:
    row = replace(row, origin=was.origin)
    for place, field in enumerate(_ORDER):
        now = getattr(row, field)
        if now == getattr(was, field):
            continue
        value = _written(field, now)
        if value is None:
            rule.pop(field, None)
        elif field in rule:
            rule[field] = value
        else:
            rule.insert(sum(other in rule for other in _ORDER[:place]), field, value)


def _written(field: str, value: Any) -> Any:
    if field in MATCHED:
        return _pattern(value)
    if field == "properties":
        tests = CommentedMap((name, _pattern(test) or "") for name, test in value)
        tests.fa.set_flow_style()
        return tests or None
    return _quoted(value) if value else None


def _quoted(text: str) -> str:
    """Return a text that reads back as it is: a colon in braces would be taken for a key's."""
    return SingleQuotedScalarString(text) if ":" in text else text


def _pattern(test: Must) -> Any:
    if not test.text:
        return None
    if test.how == "glob":
        return _quoted(test.text)
    pattern = CommentedMap([(test.how, _quoted(test.text))])
    pattern.fa.set_flow_style()
    return pattern
