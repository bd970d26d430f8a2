"""
SQL scripts made of named steps: what a person runs in a plain DuckDB to get a figure again.

Steps are `(name, SQL)` in the order in which they ran. A script holds the steps that its answers
rest on and no others: views of the files, temporary tables, then the questions themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Steps = Sequence[tuple[str, str]]

_MADE = re.compile(
    r"\s*create\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:view|table|macro)\s+(\w+)", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:insert|set|reset)\s", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_FIRST = "-- moments in UTC\nset timezone = 'UTC';"


@dataclass(frozen=True, slots=True)
class _Step:
    """What ran as one: its text, the name it makes, and the earlier steps that it reads."""

    name: str
    text: str
    makes: str | None
    rests_on: frozenset[int]


def whole(steps: Steps) -> str:
    """
    Return one script with every step that answers something, and what those rest on.

    >>> print(whole([("view of a", "create view a as select 1 as n"),
    ...              ("view of b", "create view b as select 2"), ("how many", "select n from a")]))
    -- moments in UTC
    set timezone = 'UTC';
    <BLANKLINE>
    -- view of a
    create view a as select 1 as n;
    <BLANKLINE>
    -- how many
    select n from a;
    """
    known = _read(steps)
    asked = [at for at, step in known.items() if step.makes is None]
    return _written(known, _below(known, asked), first=True)


def parts(steps: Steps, *, part_of: Callable[[str], str | None]) -> dict[str, str]:
    """
    Return a script for each part of the answers: *part_of* says whose a question is, if anyone's.

    The one called `""` runs first: it makes what several parts rest on, which stands there once.
    After it any other runs by itself.
    """
    known = _read(steps)
    asked: dict[str, list[int]] = {}
    # The same question asked twice stands once.
    for at in {(own.text, own.rests_on): at for at, own in known.items()}.values():
        part = part_of(known[at].name) if known[at].makes is None else None
        if part is not None:
            asked.setdefault(part, []).append(at)
    needed = {part: _below(known, own) for part, own in asked.items()}
    shared = _shared(known, needed)
    told = {"": _written(known, shared, first=True)} if asked else {}
    return told | {part: _written(known, own - shared) for part, own in needed.items()}


def _read(steps: Steps) -> dict[int, _Step]:
    """
    Return what ran by its place, each with what it rests on; what is made twice alike stands once.

    A table may be made anew under its old name: a step reads the newest before it.
    """
    known: dict[int, _Step] = {}
    newest: dict[str, int] = {}
    same: dict[tuple[str, frozenset[int]], int] = {}
    for at, (name, text) in enumerate(_units(steps)):
        words = set(_WORDS.findall(text))
        found = _MADE.search(text)
        makes = found[1] if found else None
        reads = frozenset(newest[word] for word in words & newest.keys() - {makes})
        before = same.get((text, reads))
        if makes and before is not None and newest[makes] == before:
            continue
        same[text, reads] = at
        known[at] = _Step(name, text, makes, reads)
        if makes:
            newest[makes] = at
    return known


def _units(steps: Steps) -> Iterator[tuple[str, str]]:
    """Give the steps, what fills a table and what sets the engine together with what they serve."""
    lines: list[str] = []
    named, waits = "", False
    for name, sql in steps:
        text = f"-- {name}\n{_tidy(sql)};"
        joins = _JOINED.match(sql)
        # A setting opens a unit that ends when it is reset; rows belong to the table before them.
        if lines and (waits or (joins and not sql.lstrip().lower().startswith("set"))):
            lines.append(text)
            named = named if joins else name
        else:
            if lines:
                yield named, "\n\n".join(lines)
            lines, named = [text], name
        lowered = sql.lstrip().lower()
        waits = lowered.startswith("set ") or (waits and not lowered.startswith("reset "))
    if lines:
        yield named, "\n\n".join(lines)


def _below(known: Mapping[int, _Step], asked: Iterable[int]) -> set[int]:
    """Return the steps asked for and all that they rest on."""
    found: set[int] = set()
    left = list(asked)
    while left:
        at = left.pop()
        if at not in found:
            found.add(at)
            left += known[at].rests_on
    return found


def _shared(known: Mapping[int, _Step], needed: Mapping[str, set[int]]) -> set[int]:
    """
    Return what several parts rest on, and can be made before all of them.

    What is made under a name more than once cannot, nor what rests on such: the later would hide
    the earlier.
    """
    often = Counter(at for own in needed.values() for at in own)
    made = Counter(known[at].makes for at in often)
    shared: set[int] = set()
    for at in sorted(often):
        step = known[at]
        if step.makes and often[at] > 1 and made[step.makes] == 1 and step.rests_on <= shared:
            shared.add(at)
    return shared


def _written(known: Mapping[int, _Step], wanted: set[int], *, first: bool = False) -> str:
    told = [_FIRST] if first else []
    return "\n\n".join(told + [known[at].text for at in sorted(wanted)])


def _tidy(sql: str) -> str:
    """Return the lines of a step without what they are all set in by."""
    lines = [line.rstrip() for line in sql.strip().splitlines() if line.strip()]
    rest = [len(line) - len(line.lstrip()) for line in lines[1:]]
    margin = min(rest, default=0)
    return "\n".join([*lines[:1], *(line[margin:] for line in lines[1:])])
