"""Propose a column mapping by looking at the names of the columns and at the data in them."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.collect.files import Arrivals
from trayecto.collect.mapping import (
    IDENTIFIERS,
    SCALES,
    TIME_FORMATS,
    Mapping,
    Score,
    guess,
    missing,
)
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, name
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import Text

_SAMPLE = 20_000
# A column called a time is one though half its values are broken; any other must nearly always.
_NAMED, _UNNAMED = 0.5, 0.9
_TIME = Text(en="a time", es="una fecha u hora")
_NAME = Text(en="what happened (the touchpoint)", es="lo que ocurrió (el punto de contacto)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with what a person should know before trusting it."""

    mapping: Mapping
    notes: tuple[Text, ...] = ()


def propose(session: Session, arrivals: Arrivals) -> Proposal:
    """Return the likeliest mapping; raise, naming both, when time or touchpoint cannot be found."""
    columns = [column for column, _ in arrivals.columns]
    session.run(
        "sample of the file",
        f"create or replace temp table sample as select * from ({arrivals.sql}) limit {_SAMPLE}",
    )
    named = guess(columns, "time")
    times = [c for c in named if _format(session, arrivals, c, agreeing=_NAMED)]
    if not times:
        times = [
            column for column, kind in arrivals.columns
            if kind.startswith("TIMESTAMP") or (
                kind == "VARCHAR" and _format(session, arrivals, column, agreeing=_UNNAMED)
            )
        ]  # fmt: skip
    names = guess(columns, "name")
    file = str(arrivals.file)
    problems = [
        problem
        for found, problem in (
            (times, missing(_TIME, "time", columns, file)),
            (names, missing(_NAME, "name", columns, file)),
        )
        if not found
    ]
    if problems:
        raise TrayectoError(*problems)
    return _filled(session, arrivals, columns, time=times[0], what=names[0])


def _filled(
    session: Session, arrivals: Arrivals, columns: list[str], *, time: str, what: str
) -> Proposal:
    form = _format(session, arrivals, time, agreeing=_NAMED) or "iso"
    notes = list(arrivals.notes)
    if _is_ambiguous(session, time, form):
        notes.append(
            Text(
                en=f"“{time}” could be day/month or month/day; read as {form}. "
                "Say otherwise in the mapping.",
                es=f"«{time}» podría ser día/mes o mes/día; se lee como {form}. "
                "Si no es así, dilo en la correspondencia.",
            )
        )
    taken = [time, what]
    picked: dict[str, str | None] = {}
    for role in ("id", *IDENTIFIERS, "case", "channel", "text", "value"):
        found = guess(columns, role, taken=taken)
        picked[role] = found[0] if found else None
        taken += found[:1]
    score = next(
        (
            Score(found[0], scale, *map(float, ends))
            for scale, ends in SCALES.items()
            if (found := guess(columns, scale, taken=taken))
        ),
        None,
    )
    # Money without a currency is not money: it stays a property until a mapping names one.
    mapping = Mapping(
        time=time,
        name=what,
        format=form,
        id=picked["id"],
        case=picked["case"],
        channel=picked["channel"],
        identifiers={kind: column for kind in IDENTIFIERS if (column := picked[kind])},
        text=picked["text"],
        score=score,
    )
    return Proposal(mapping, tuple(notes))


def _format(session: Session, arrivals: Arrivals, column: str, *, agreeing: float) -> str | None:
    """Return how the times of a column are written, when the *agreeing* share of values does."""
    kind = dict(arrivals.columns)[column]
    if kind.startswith(("TIMESTAMP", "DATE")):
        return "iso"
    if kind in ("BIGINT", "UBIGINT", "DOUBLE", "INTEGER", "HUGEINT"):
        return _epoch(session, column)
    quoted = name(column)
    tried = ", ".join(f"count(try_strptime({quoted}, {literal(form)}))" for form in TIME_FORMATS)
    total, iso, *others = session.one(
        "how times are written",
        f"select count({quoted}), count(try_cast({quoted} as timestamp)), {tried} from sample",
    )
    if not total:
        return None
    hits = {"iso": iso, **dict(zip(TIME_FORMATS, others, strict=True))}
    best = max(hits, key=lambda form: hits[form])
    return best if hits[best] >= agreeing * total else None


def _epoch(session: Session, column: str) -> str | None:
    (middle,) = session.one(
        "size of the numbers", f"select median(cast({name(column)} as double)) from sample"
    )
    if middle is None or not 3e8 < middle < 5e12:
        return None
    return "epoch_ms" if middle > 1e11 else "epoch_s"


def _is_ambiguous(session: Session, column: str, form: str) -> bool:
    if form.startswith(("%d/%m", "%d-%m")):
        twin = "%m" + form[2] + "%d" + form[5:]
        quoted = name(column)
        day_first, month_first = session.one(
            "day or month first",
            f"select count(try_strptime({quoted}, {literal(form)})), "
            f"count(try_strptime({quoted}, {literal(twin)})) from sample",
        )
        return bool(day_first == month_first)
    return False
