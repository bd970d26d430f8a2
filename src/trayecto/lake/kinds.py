"""
What kind an interaction is, and whether it counts: how facts find their row of `nodes`.

Rules may test properties. Which of those rules a fact meets is judged by the engine with the
fact before it, and only their numbers are kept: a page address has half a million values, and may
name a person. The tests stand in the note of the commit that wrote `nodes`, so that a snapshot
joins facts under the very tests that its nodes were decided by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from trayecto.lake.duck import Session
from trayecto.lake.patterns import Pattern
from trayecto.lake.sql import literal, pointer

NODE = """join nodes n on n.source = i.source and n.name = i.name
              and n.channel_received is not distinct from i.channel
              and n.tested = tested(i.source, i.name, i.channel, i.properties)"""
"""Joins facts `i` with their nodes `n`."""

COUNTS = "counts(i.flag)"
"""Holds of facts `i` that are part of journeys."""

NOTED = "judged"
"""Where the note of a commit of `nodes` has what facts are judged by."""

_RULES, _COUNT = "rules of properties that a fact meets", "facts that count"


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """A rule that tests properties: it holds of facts whose every part is as the patterns say."""

    rule: int
    source: Pattern
    name: Pattern
    channel: Pattern
    properties: tuple[tuple[str, Pattern], ...]

    def kind(self) -> str:
        """Return SQL for the parts that are no properties."""
        return kind_holds(self.source, self.name, self.channel) or "true"


@dataclass(frozen=True, slots=True)
class Judged:
    """What facts are judged by: the rules that test properties, and whether flagged facts count."""

    tests: tuple[PropertyRule, ...] = ()
    keep_flagged: bool = False

    def note(self) -> str:
        """Return it as the text that stands in a commit; `noted` reads it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def learn(session: Session, judged: Judged) -> None:
    """Make `tested` and `counts` known to the engine of a session."""
    counted = "true" if judged.keep_flagged else "flag is null"
    session.forget((_RULES, _COUNT))
    session.run(
        _RULES,
        "create or replace temp macro tested(source, name, channel, properties) as "
        f"({_tested(judged.tests)})",
    )
    session.run(_COUNT, f"create or replace temp macro counts(flag) as ({counted})")


def noted(stamp: Mapping[str, str]) -> Judged:
    """Return what a commit of `nodes` notes that facts are judged by."""
    raw = json.loads(stamp.get(NOTED, "{}"))
    tests = tuple(
        PropertyRule(
            test["rule"],
            Pattern(**test["source"]),
            Pattern(**test["name"]),
            Pattern(**test["channel"]),
            tuple((name, Pattern(**pattern)) for name, pattern in test["properties"]),
        )
        for test in raw.get("tests", ())
    )
    return Judged(tests, bool(raw.get("keep_flagged")))


def kind_holds(source: Pattern, name: Pattern, channel: Pattern) -> str:
    """Return SQL that is true of kinds these patterns hold of; nothing when of every kind."""
    parts = (("source", source), ("name", name), ("coalesce(channel, '')", channel))
    return " and ".join(p.holds(value) for value, p in parts if not p.is_any)


def _tested(tests: Sequence[PropertyRule]) -> str:
    """Give the numbers of the tests that a fact meets, as text; empty for none."""
    if not tests:
        return "''"
    names = list(dict.fromkeys(name for test in tests for name, _ in test.properties))
    place = {name: f"v[{nth}]" for nth, name in enumerate(names, 1)}
    met = ", ".join(
        f"case when {_holds(test, place)} then {literal(str(test.rule))} end" for test in tests
    )
    kinds = " or ".join(f"({kind})" for kind in dict.fromkeys(test.kind() for test in tests))
    pointers = ", ".join(literal(pointer(name)) for name in names)
    # A list of one, so that a fact is read as JSON once, however many rules test it; and only
    # when it is of a kind that some rule tests.
    return f"""case when properties is not null and ({kinds})
        then list_transform([json_extract_string(properties, [{pointers}])],
                            lambda v: concat_ws(',', {met}))[1] else '' end"""


def _holds(test: PropertyRule, place: Mapping[str, str]) -> str:
    return " and ".join([test.kind(), *(p.holds(place[name]) for name, p in test.properties)])
