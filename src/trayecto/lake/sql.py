"""SQL written safely: values as literals, names as identifiers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

SO_FAR = "over (rows between unbounded preceding and current row)"
"""A running total over the rows as they come: it streams, and sorts nothing."""


def name(identifier: str) -> str:
    """Return *identifier* quoted, so that a column may be called anything.

    >>> name('two words')
    '"two words"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: str | int | float | bool | datetime | None) -> str:
    """Return *value* as an SQL literal.

    >>> literal("it's"), literal(None), literal(7)
    ("'it''s'", 'null', '7')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"timestamptz '{value.isoformat()}'"
    if isinstance(value, (int, float)):
        return repr(value)
    return "'" + value.replace("'", "''") + "'"


def one_of(values: Iterable[str | int]) -> str:
    """Return a list for `in (…)`; an empty one matches nothing.

    >>> one_of(["a", "b"]), one_of([])
    ("('a', 'b')", '(null)')
    """
    return "(" + (", ".join(literal(value) for value in values) or "null") + ")"


def pointer(field: str) -> str:
    """
    Return where a field lies in a JSON object, whatever signs its name has (RFC 6901).

    >>> pointer("a/b")
    '/a~1b'
    """
    return "/" + field.replace("~", "~0").replace("/", "~1")


def hash64(expression: str) -> str:
    """Return SQL for a stable signed 64-bit hash of a text.

    md5, not the engine's own hash: it is the same on every engine and version. Its last eight
    bytes, read from the least, with the sign bit turned.
    """
    # The same as md5_number_lower, which takes DuckDB 2.0 four times as long.
    high = f"cast(md5_number({expression}) >> 64 as hugeint)"
    return f"cast({high} - 9223372036854775808 as bigint)"


def bucket(expression: str, buckets: int) -> str:
    """Return SQL for the bucket of a 64-bit hash."""
    return f"cast((({expression}) % {buckets} + {buckets}) % {buckets} as integer)"
