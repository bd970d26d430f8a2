"""How the times of a column are written, told by the times themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from trayecto.collect.columns import TIME_FORMATS
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, name
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.text import NOTHING, Text

_SAID = {
    "%d": Text(en="day", es="día"),
    "%m": Text(en="month", es="mes"),
    "%b": Text(en="month", es="mes"),
    "%Y": Text(en="year", es="año"),
    "%y": Text(en="year", es="año"),
    "%a": Text(en="weekday", es="día de la semana"),
    "%H:%M:%S": Text(en="and the time", es="y la hora"),
    "%H:%M": Text(en="and the time", es="y la hora"),
    "%I:%M:%S %p": Text(en="and the time", es="y la hora"),
    "%I:%M %p": Text(en="and the time", es="y la hora"),
}
_WHOLE = {
    "iso": Text(en="year-month-day", es="año-mes-día"),
    "epoch_s": Text(en="seconds since 1970", es="segundos desde 1970"),
    "epoch_ms": Text(en="milliseconds since 1970", es="milisegundos desde 1970"),
}
_NUMBERS = ("BIGINT", "UBIGINT", "DOUBLE", "INTEGER", "HUGEINT")


@dataclass(frozen=True, slots=True)
class Written:
    """How times are written; *ambiguous* when day and month could change places everywhere."""

    format: str
    ambiguous: bool = False


def written(
    session: Session, column: str, kind: str, *, agreeing: float, region: str | None = None
) -> Written | None:
    """Return how the times of a column of `sample` are written, when the *agreeing* share does."""
    if kind.startswith(("TIMESTAMP", "DATE")):
        return Written("iso")
    if kind in _NUMBERS:
        return _epoch(session, f"cast({name(column)} as double)")
    quoted = name(column)
    read = {"iso": f"try_cast({quoted} as timestamp)"} | {
        form: f"try_strptime({quoted}, {literal(form)})" for form in TIME_FORMATS
    }
    # Two digits read as a whole year would be the year 26.
    tried = ", ".join(f"count(*) filter (year({sql}) between 1900 and 2100)"
                      for sql in read.values())  # fmt: skip
    total, *counts = session.one(
        "how times are written", f"select count({quoted}), {tried} from sample"
    )
    if not total:
        return None
    hits = dict(zip(read, counts, strict=True))
    best = max(hits, key=lambda form: hits[form])
    if hits[best] < agreeing * total:
        return _epoch(session, f"try_cast({quoted} as double)", all_of=total, agreeing=agreeing)
    twin = _twin(best)
    if twin != best and twin in hits and hits[twin] == hits[best]:
        # In the United States the month comes first.
        return Written(twin if region == "US" and best.startswith("%d") else best, ambiguous=True)
    return Written(best)


def in_words(form: str) -> Text:
    """
    Return a format of times as people say it.

    >>> in_words("%d/%m/%Y %H:%M").en, in_words("%m-%d-%y").es
    ('day/month/year and the time', 'mes-día-año')
    """
    if form in _WHOLE:
        return _WHOLE[form]
    en = es = form
    for part in sorted(_SAID, key=len, reverse=True):
        en, es = en.replace(part, _SAID[part].en), es.replace(part, _SAID[part].es)
    return Text(en=en, es=es)


def such_as(form: str, values: Iterable[str]) -> Text:
    """
    Return what a value means when it is read so, to say after the format: of one that shows it.

    >>> such_as("%d/%m/%Y %H:%M", ["07/07/2026 10:00", "03/06/2026 18:30"]).en
    ', so that 03/06/2026 is 3 June 2026'
    """
    day = form.split(" ")[0]
    for value in values:
        try:
            read = datetime.strptime(value.strip(), form)
        except ValueError:
            continue
        if read.day != read.month:
            said, written = day_words(read.date()), read.strftime(day)
            return Text(
                en=f", so that {written} is {said.en}", es=f", así que {written} es el {said.es}"
            )
    return NOTHING


def is_date_only(session: Session, column: str, form: str) -> bool:
    """Tell whether the times of a column are days without an hour."""
    if form != "iso":
        return "%H" not in form and "%I" not in form and not form.startswith("epoch")
    (hours,) = session.one(
        "whether there are hours",
        f"select count(*) filter (length(trim(cast({name(column)} as varchar))) > 10) from sample",
    )
    return bool(hours == 0)


def hour_format(session: Session, column: str) -> str | None:
    """Return how the hours of a column are written, when nearly all are hours of the day."""
    text = f"trim(cast({name(column)} as varchar))"
    filled, minutes, seconds = session.one(
        "how hours are written",
        f"""select count({text}),
              count(*) filter (regexp_full_match({text}, '[0-9]{{1,2}}:[0-9]{{2}}')),
              count(*) filter (regexp_full_match({text}, '[0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}'))
            from sample""",
    )
    if not filled or max(minutes, seconds) < 0.9 * filled:
        return None
    return "%H:%M" if minutes >= seconds else "%H:%M:%S"


def _twin(form: str) -> str:
    """Return the format with day and month in each other's place."""
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _epoch(
    session: Session, number: str, *, all_of: int = 0, agreeing: float = 0
) -> Written | None:
    middle, numbers = session.one(
        "size of the numbers", f"select median({number}), count({number}) from sample"
    )
    if middle is None or numbers < agreeing * all_of or not 3e8 < middle < 5e12:
        return None
    return Written("epoch_ms" if middle > 1e11 else "epoch_s")
