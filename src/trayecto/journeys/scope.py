"""What part of the steps a question is about: by person or by case, which sources, which period."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Scope:
    """By `person` or by `case`; only *sources* when there are any; only inside *period*."""

    per: str = "person"
    sources: tuple[str, ...] = ()
    period: Period = ALWAYS


class NothingThere(TrayectoError):
    """A question about facts that are not in the lake."""


def scoped(session: Session, scope: Scope) -> str:
    """
    Return the name of the steps in scope: the stored ones, or a table of them in a new order.

    A filter on interactions makes the stored previous node wrong (it may be filtered away), so
    the sequence is computed again for what remains; without one the stored columns hold.
    """
    codes = dict(session.ask("sources", "select distinct source, source_code from nodes"))
    _check(session, scope, codes)
    wanted = [codes[source] for source in scope.sources]
    if not (set(codes.values()) - set(wanted) if wanted else False) and scope.period == ALWAYS:
        view = f"steps_{scope.per}"
        session.run(
            "steps in scope",
            f"create or replace temp view {view} as "
            f"select * from steps where per = {literal(scope.per)}",
        )
        return view
    conditions = [f"per = {literal(scope.per)}"]
    if wanted:
        conditions.append(f"source in {one_of(wanted)}")
    if scope.period.since:
        conditions.append(f"occurred_at >= {literal(scope.period.since)}")
    if scope.period.until:
        conditions.append(f"occurred_at < {literal(scope.period.until)}")
    session.run(
        "steps in scope, in sequence",
        f"""create or replace temp table steps_in_scope as
            select * replace (
              row_number() over way as position,
              lag(touchpoint) over way as previous,
              lag(channel) over way as previous_channel,
              epoch_us(occurred_at) - lag(epoch_us(occurred_at)) over way as gap_us,
              lead(subject) over way is null as final)
            from steps where {" and ".join(conditions)}
            window way as (partition by subject order by position)
            order by bucket, subject, position""",
    )
    return "steps_in_scope"


def _check(session: Session, scope: Scope, codes: dict[str, int]) -> None:
    if not codes:
        raise NothingThere(
            Problem(
                Text(
                    en="There are no interactions in this workspace yet.",
                    es="Todavía no hay interacciones en este espacio de trabajo.",
                ),
                Text(
                    en="Bring some in with “trayecto import FILE --source NAME”.",
                    es="Tráelas con «trayecto import FICHERO --source NOMBRE».",
                ),
            )
        )
    unknown = [source for source in scope.sources if source not in codes]
    if unknown:
        raise NothingThere(*(_unknown(source, list(codes)) for source in unknown))
    (anyone,) = session.one(
        "anyone there",
        f"select count(*) from (from steps where per = {literal(scope.per)} limit 1)",
    )
    if not anyone:
        raise NothingThere(_nobody(scope.per))


def _unknown(source: str, known: list[str]) -> Problem:
    near = get_close_matches(source, known, n=1) or [", ".join(sorted(known))]
    return Problem(
        Text(en=f"There is no source “{source}”.", es=f"No existe el origen «{source}»."),
        Text(en=f"Did you mean: {near[0]}?", es=f"¿Querías decir: {near[0]}?"),
    )


def _nobody(per: str) -> Problem:
    if per == "person":
        return Problem(
            Text(
                en="No interaction carries an identifier of a person.",
                es="Ninguna interacción lleva un identificador de persona.",
            ),
            Text(
                en="Ask by case (--per case), or map an identifier when importing.",
                es="Pregunta por caso (--per case) o asigna un identificador al importar.",
            ),
        )
    return Problem(
        Text(
            en="No interaction carries a case (ticket, order, session).",
            es="Ninguna interacción lleva un caso (ticket, pedido, sesión).",
        ),
        Text(
            en="Ask by person, or map a case when importing.",
            es="Pregunta por persona o asigna un caso al importar.",
        ),
    )
