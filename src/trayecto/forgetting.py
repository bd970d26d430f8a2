"""
Taking a person out of every table and every file, at once or, after a kill, to the end.

What is to go is noted first, in numbers and salted hashes only. Then every table is laid anew
without the person, side by side; then each is put in place, and what it held before is removed from
disk. A run that was killed anywhere on the way is finished before anything else is built.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trayecto.collect import clean, rejects
from trayecto.emotion import signals
from trayecto.identity import judgements, links, people, profile
from trayecto.journeys import kept, steps
from trayecto.journeys.without import without as steps_without
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.tables import TABLES
from trayecto.vocabulary.person import code_of

_NOTE = ".forgetting"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased."""

    person: str
    interactions: int
    identifiers: int
    files: int
    """Old files removed from disk, so that no copy stays."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to go with a person: numbers and salted hashes, nothing of the person."""

    person: int
    where: str
    """A condition on interactions."""
    facts: Sequence[int]
    cases: Sequence[int]
    signatures: Sequence[int]
    rejected: Sequence[int]
    marks: Sequence[str]
    by: str
    at: str


def forget(lake: Lake, who: str, *, region: str | None, by: str, now: datetime) -> Forgotten:
    """Erase a person, and suppress what comes later; everything else stays as fresh as it was."""
    with lake.writing() as writer:
        finish(lake, writer)
        fresh = people.is_fresh(lake) and steps.is_fresh(lake) and signals.is_fresh(lake)
        with lake.session() as session:
            number = profile.find(session, who, region=region)
            leaving = _leaving(lake, session, number, by=by, now=now)
            _note(lake, leaving)
            files = _take_out(writer, session, leaving, fresh=fresh)
    return Forgotten(code_of(number), len(leaving.facts), len(leaving.marks), files)


def is_pending(lake: Lake) -> bool:
    """Tell whether a run was killed before everything of a person was gone."""
    return (lake.folder / _NOTE).exists()


def finish(lake: Lake, writer: Writer) -> None:
    """Finish what a killed run left; people and steps are then to be built again."""
    if is_pending(lake):
        noted: dict[str, Any] = json.loads((lake.folder / _NOTE).read_text("utf-8"))
        with lake.session() as session:
            _take_out(writer, session, Leaving(**noted), fresh=False)


def _leaving(lake: Lake, session: Session, number: int, *, by: str, now: datetime) -> Leaving:
    keys, signatures = profile.holdings(session, number)
    facts = profile.facts_of(session, number)
    return Leaving(
        number, facts.where, facts.ids, facts.cases, signatures,
        rejects.holding(session, facts.values), judgements.marks_of(lake, keys), by,
        now.isoformat(),
    )  # fmt: skip


def _note(lake: Lake, leaving: Leaving) -> None:
    """Write down what is to go: all of it or nothing."""
    file = lake.folder / _NOTE
    draft = file.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as out:
        json.dump(asdict(leaving), out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _take_out(writer: Writer, session: Session, leaving: Leaving, *, fresh: bool) -> int:
    """Take a person out of every table, then remove the old files; return how many went."""
    lake, person, cases = writer.lake, leaving.person, leaving.cases
    judgements.forget(
        session, writer, leaving.marks, by=leaving.by, now=datetime.fromisoformat(leaving.at)
    )
    with ThreadPoolExecutor(2) as at_once:
        # What is heaviest goes beside the rest, for laying a file waits for the disk too.
        facts = at_once.submit(_lay_facts, writer, leaving)
        ordered = steps_without(writer, session, person=person, facts=leaving.facts, cases=cases)
        evidence = links.without(writer, session, leaving.signatures)
        owners = people.without(writer, session, person)
        felt = signals.without(writer, session, leaving.facts)
        journeys = kept.without(writer, session, person=person, cases=cases)
        # Facts first and steps last: each is as fresh as what it was built from.
        clean.show(facts.result())
    evidence.put()
    owners.put(fresh=fresh)
    journeys.put()
    signals.show(writer, felt, fresh=fresh)
    ordered.put(fresh=fresh)
    files = sum(writer.erase(table) for table in TABLES.values())
    shutil.rmtree(lake.folder / ".scratch", ignore_errors=True)
    Path(lake.folder / _NOTE).unlink()
    return files


def _lay_facts(writer: Writer, leaving: Leaving) -> tuple[Anew, Anew]:
    with writer.lake.session() as session:
        return clean.without(writer, session, leaving.where, rejected=leaving.rejected)
