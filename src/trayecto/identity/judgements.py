"""
What operators said of identifiers: the same, different, or to be forgotten. Append-only.

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
from trayecto.lake.duck import Session
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.sql import one_of
from trayecto.lake.tables import JUDGEMENTS

_SALT = ".salt"
Verdict = Literal["same", "different"]


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


def forget(
    session: Session, writer: Writer, keys: Iterable[Key], *, by: str, now: datetime
) -> None:
    """Note that whoever holds *keys* is to be forgotten, by their salted hashes only."""
    salt = _salt(writer.lake)
    hashed = sorted({_hashed(key, salt) for key in keys})
    _append(
        session,
        writer,
        [(now, by, "forget", None, mark, None, None, True) for mark in hashed],
    )


def withdraw(session: Session, writer: Writer, keys: Sequence[Key]) -> None:
    """Take out what was said in plain of identifiers that are to be forgotten."""
    values = one_of([value for _, value in keys])
    said = f"left_value in {values} or right_value in {values}"
    (any_said,) = session.one("said in plain", f"select count(*) from judgements where {said}")
    if any_said:  # written anew without them: a condition would stay in the table's log
        rest = f"select * from judgements where not coalesce({said}, false)"
        writer.replace(JUDGEMENTS, session, "judgements without a person", rest)


def suppressed(session: Session, lake: Lake, keys: Iterable[Key]) -> set[Key]:
    """Return those of *keys* whose holder was forgotten."""
    rows = session.ask("forgotten", "select left_value from judgements where verdict = 'forget'")
    if not rows:
        return set()
    forgotten, salt = {mark for (mark,) in rows}, _salt(lake)
    return {key for key in keys if _hashed(key, salt) in forgotten}


def _append(session: Session, writer: Writer, rows: Sequence[tuple[object, ...]]) -> None:
    columns = ", ".join(f"{column.name} {column.type}" for column in JUDGEMENTS.columns)
    session.load("said", columns, rows)
    writer.append(JUDGEMENTS, session, "judgements", "from said")


def _hashed(key: Key, salt: bytes) -> str:
    return sha256(salt + f"{key[0]}\x1f{key[1]}".encode()).hexdigest()


def _salt(lake: Lake) -> bytes:
    file: Path = lake.folder / _SALT
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(32))
    return file.read_bytes()
