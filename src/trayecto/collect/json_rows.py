"""
JSON as rows: one object a line (JSON Lines), or one array of objects.

Objects within are flattened with dotted names (`traits.email`); arrays stay JSON. A line that is
no object is set aside and does not stop the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from trayecto.collect.arrivals import Arrivals, refuse
from trayecto.collect.streams import CHUNK, chunks, head, lines, opened
from trayecto.collect.table import Table
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Text

Object = dict[str, Any]
# An array, or a document of objects, is held in memory whole.
_LARGEST_DOCUMENT = 1 << 30
_A_FEW = 10
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def arrivals(session: Session, file: Path, scratch: Path) -> Arrivals:
    """Return the objects of a file of JSON, one row each."""
    is_array = head(file).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    with Table(file, scratch) as table:
        for line, found in _of_array(file) if is_array else _of_lines(file):
            if isinstance(found, dict):
                table.add(line, flat(found))
            else:
                table.set_aside(line, found)
        return table.arrivals(session, sparse=True)


def whole_document(file: Path, *, is_whole: Callable[[Object], bool]) -> Object:
    """Return the one object that a file is, or an empty one when it has an object a line."""
    first = next((_parsed(line) for _, line in lines(file) if line.strip()), None)
    if isinstance(first, dict) and not is_whole(first):
        return {}
    try:
        return document(file)
    except TrayectoError:
        # A log that was cut where it begins has a broken first line and sound ones after it.
        following = (_parsed(line) for _, line in islice(lines(file), 1, _A_FEW))
        if any(isinstance(found, dict) and len(found) > 1 for found in following):
            return {}
        raise


def document(file: Path) -> Object:
    """Return a file that is one JSON object."""
    text = _whole(file)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken(file, error.lineno) from error
    except RecursionError as error:
        raise _broken(file, 1) from error
    if not isinstance(found, dict):
        raise _broken(file, 1)
    return found


def flat(found: Object) -> dict[str, str]:
    """
    Return an object as texts under dotted names; what is null is not there.

    >>> flat({"who": {"mail": "ana@x.es", "age": None}, "tags": ["a", 1], "vip": True, "n": 2.50})
    {'who.mail': 'ana@x.es', 'tags': '["a", 1]', 'vip': 'true', 'n': '2.5'}
    """
    fields: dict[str, str] = {}
    _flatten("", found, fields)
    return fields


def _flatten(prefix: str, found: Object, fields: dict[str, str]) -> None:
    for key, value in found.items():
        if value is None:
            continue
        name = prefix + key
        if type(value) is dict and value:
            _flatten(name + ".", value, fields)
            continue
        # `{"a.b": 1, "a": {"b": 2}}` says two things by one name; both are kept.
        while name in fields:
            name += "_"
        fields[name] = value if type(value) is str else _ENCODE(value)


def text_of(value: Any) -> str:
    """Return one JSON value as the text of a cell."""
    return value if isinstance(value, str) else _ENCODE(value)


def _of_lines(file: Path) -> Iterator[tuple[int, Object | str]]:
    for number, line in lines(file):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        found = _parsed(line)
        if isinstance(found, dict):
            yield number, found
        else:
            yield number, line.decode("utf-8", "replace").rstrip("\r")


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _of_array(file: Path) -> Iterator[tuple[int, Object | str]]:
    text = _whole(file)
    decode, place, line = json.JSONDecoder().raw_decode, text.index("[") + 1, 1
    seen = 0
    while True:
        place = _next(text, place)
        if text[place : place + 1] == "]":
            return
        line, seen = line + text.count("\n", seen, place), place
        try:
            found, end = decode(text, place)
        except (ValueError, RecursionError) as error:
            at = getattr(error, "lineno", line)
            raise _broken(file, at) from error
        yield line, found if isinstance(found, dict) else text[place:end]
        place = _next(text, end)
        if text[place : place + 1] == ",":
            place += 1
        elif text[place : place + 1] != "]":
            raise _broken(file, line + text.count("\n", seen, place))


def _next(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n":
        place += 1
    return place


def _whole(file: Path) -> str:
    parts, size = [], 0
    with opened(file) as stream:
        for chunk in chunks(stream, file, size=CHUNK):
            size += len(chunk)
            if size > _LARGEST_DOCUMENT:
                raise refuse(
                    file,
                    Text(
                        en="A single JSON document of more than 1 GB cannot be held.",
                        es="Un único documento JSON de más de 1 GB no cabe en memoria.",
                    ),
                    Text(
                        en="Export it as JSON Lines: one object a line.",
                        es="Expórtalo como JSON Lines: un objeto por línea.",
                    ),
                )
            parts.append(chunk)
    try:
        return b"".join(parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = b"".join(parts)[: error.start].count(b"\n") + 1
        raise refuse(
            file,
            Text(
                en="JSON must be UTF-8, and this is not.", es="El JSON debe ser UTF-8 y no lo es."
            ),
            line=line,
        ) from error


def _broken(file: Path, line: int) -> TrayectoError:
    return refuse(
        file,
        Text(en="The JSON is broken or cut short here.", es="El JSON está roto o incompleto aquí."),
        Text(
            en="It must be one object a line, an array of objects, or an OCEL.",
            es="Debe ser un objeto por línea, una lista de objetos o un OCEL.",
        ),
        line=line,
    )
