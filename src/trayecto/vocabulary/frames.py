"""
Answers as tables of other libraries, where those are installed: pandas, polars, Arrow.

Every answer that is a table has `as_rows()`: a heading, and a row for each line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tabular(Protocol):
    """An answer that is a table."""

    def as_rows(self) -> tuple[Sequence[Any], Sequence[Sequence[Any]]]:
        """Return a heading and the rows."""


Line = TypeVar("Line")


class Listed(tuple[Line, ...]):
    """Several answers of one kind, which together are a table, with a heading though empty."""

    of: type[Line]

    def __new__(cls, answers: Iterable[Line], of: type[Line]) -> Listed[Line]:
        """Return *answers*, all of the dataclass *of*."""
        made = super().__new__(cls, answers)
        made.of = of
        return made

    def as_json(self) -> list[Any]:
        """Return the plain values of each."""
        return [answer.as_json() for answer in self]  # type: ignore[attr-defined]

    def as_rows(self) -> tuple[list[str], list[list[Any]]]:
        """Return the fields as a heading and a row an answer; what has parts is JSON."""
        heading = [field.name for field in fields(self.of)]  # type: ignore[arg-type]
        return heading, [[_cell(getattr(answer, name)) for name in heading] for answer in self]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float, datetime)):
        return value
    if isinstance(value, Estimate):
        return value.value
    plain = [asdict(v) if is_dataclass(v) and not isinstance(v, type) else v for v in value]
    return json.dumps(plain, ensure_ascii=False, default=str)


def records(answer: Tabular) -> list[dict[str, Any]]:
    """Return a dictionary a row, by the names of the heading."""
    heading, rows = answer.as_rows()
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def pandas(answer: Tabular) -> Any:
    """Return a pandas DataFrame."""
    heading, rows = answer.as_rows()
    return _library("pandas").DataFrame([list(row) for row in rows], columns=list(heading))


def polars(answer: Tabular) -> Any:
    """Return a polars DataFrame."""
    heading, rows = answer.as_rows()
    names = [str(name) for name in heading]
    return _library("polars").DataFrame([list(row) for row in rows], schema=names, orient="row")


def arrow(answer: Tabular) -> Any:
    """Return a pyarrow Table."""
    return _library("pyarrow").Table.from_pylist(records(answer))


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise TrayectoError(
            Problem(
                Text(en=f"{name} is not installed.", es=f"{name} no está instalado."),
                Text(
                    en=f"Install it with “pip install {name}”, or use as_rows().",
                    es=f"Instálalo con «pip install {name}» o usa as_rows().",
                ),
            )
        ) from None
