"""
What operators said of identifiers: the same, different, unsure, or to be forgotten. Append-only.

Whoever is forgotten leaves only salted hashes here, so that later facts about the person are
recognised and taken out without keeping anything of the person. The only writer of `judgements`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from trayecto.identity.components import Judgement, Key
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.sql import literal, one_of
from trayecto.lake.tables import JUDGEMENTS

_SALT = ".salt"
_BETWEEN = "\x1f"
Verdict = Literal["same", "different", "unsure"]


def judgements(session: Session) -> list[Judgement]:
    """Return what operators said of pairs of identifiers."""
    rows = session.ask(
        "judgements",
        """select verdict, left_kind, left_value, right_kind, right_value, made_at, forced
           from judgements where verdict <> 'forget' order by made_at, left_value, right_value""",
    )
    return [
        Judgement(verdict, (left_kind, left), (right_kind, right), made_at, bool(forced))
        for verdict, left_kind, left, right_kind, right, made_at, forced in rows
    ]


def judge(
    session: Session,
    writer: Writer,
    verdict: Verdict,
    *,
    left: Key,
    right: Key,
    forced: bool,
    by: str,
    now: datetime,
) -> None:
    """Note what an operator said of two identifiers."""
    _append(session, writer, [(now, by, verdict, *left, *right, forced)])


def marks_of(lake: Lake, keys: Iterable[Key]) -> tuple[str, ...]:
    """Return the salted hashes by which identifiers are recognised without being kept."""
    salt = _salt(lake)
    hashed = {sha256(f"{salt}{kind}{_BETWEEN}{value}".encode()).hexdigest() for kind, value in keys}
    return tuple(sorted(hashed))


def forget(
    session: Session, writer: Writer, marks: Sequence[str], *, by: str, now: datetime
) -> None:
    """
    Note that whoever holds the identifiers of *marks* is to be forgotten.

    What was said of them in plain goes. Doing it twice changes nothing.
    """
    session.load("salt", "value varchar", [(_salt(writer.lake),)])
    said = " or ".join(
        f"{_marked(f'{side}_kind || {literal(_BETWEEN)} || {side}_value')} in {one_of(marks)}"
        for side in ("left", "right")
    )
    plain = f"verdict <> 'forget' and (select {said} from salt)"
    writer.without(JUDGEMENTS, session, plain).put()
    known = session.ask("forgotten", "select left_value from judgements where verdict = 'forget'")
    new = sorted(set(marks) - {mark for (mark,) in known})
    if new:
        _append(
            session, writer, [(now, by, "forget", None, mark, None, None, True) for mark in new]
        )


def find_forgotten(session: Session, lake: Lake, *, among: str, into: str) -> None:
    """Make the table *into* of the signatures in *among* that name somebody who was forgotten."""
    (any_forgotten,) = session.one(
        "was anybody forgotten", "select count(*) > 0 from judgements where verdict = 'forget'"
    )
    if not any_forgotten:
        session.run("nobody was", f"create or replace temp table {into} (signature bigint)")
        return
    # A table, not a text of the query: the salt is not to be seen in any script.
    session.load("salt", "value varchar", [(_salt(lake),)])
    marks = ", ".join(_marked(f"{literal(kind + _BETWEEN)} || {kind}") for kind in KINDS)
    session.run(
        "who was forgotten",
        f"""create or replace temp table {into} as
            select distinct signature from (
              select signature, unnest([{marks}]) as mark from {among}, salt)
            where mark in (select left_value from judgements where verdict = 'forget')""",
    )


def _append(session: Session, writer: Writer, rows: Sequence[tuple[object, ...]]) -> None:
    columns = ", ".join(f"{column.name} {column.type}" for column in JUDGEMENTS.columns)
    session.load("said", columns, rows)
    writer.append(JUDGEMENTS, session, "judgements", "from said")


def _marked(key: str) -> str:
    """Give the salted hash of what `marks_of` hashes, beside the table `salt`."""
    return f"sha256(salt.value || {key})"


def _salt(lake: Lake) -> str:
    file: Path = lake.folder / _SALT
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(32))
    return file.read_bytes().hex()
