"""What part of the steps a question is about: whose, from where, when, and who passes a node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trayecto.journeys.customers import chosen_people
from trayecto.journeys.places import NothingThere, Place, find, stop_if_unknown
from trayecto.journeys.properties import PROPERTY, name_nodes, order_cases
from trayecto.journeys.sequence import in_sequence
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, one_of
from trayecto.lake.tables import STEPS
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.period import ALWAYS, Period
from trayecto.vocabulary.rule import Rule
from trayecto.vocabulary.text import Text, WayOut

__all__ = ["By", "NothingThere", "Scope", "Steps", "chosen", "first_time", "horizon"]

By = Literal["touchpoint", "node", "channel", "source", "area"]
"""What tells nodes; or `property:NAME`, by what interactions carry under that name."""


@dataclass(frozen=True, slots=True)
class Scope:
    """
    By `person` or by `case`; only what passes every filter; nodes told *by* touchpoint or else.

    Sources, channels, areas, touchpoints and the period choose interactions: what does not pass
    is out of sight, and previous and next are those that remain. With *whole* they choose people
    instead: whoever has one such interaction stays, with all of theirs. *contains* and *avoids*
    always choose people, by their whole path; *people* by what is known of them (a rule over
    customers), whose days are told in *zone*. *case* is a property that names the case, in place
    of the one mapped at import.
    """

    per: str = "person"
    sources: tuple[str, ...] = ()
    period: Period = ALWAYS
    channels: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    whole: bool = False
    by: By | str = "touchpoint"
    people: Rule = ()
    zone: str = "UTC"
    case: str | None = None

    @property
    def of_some(self) -> bool:
        """Tell whether it chooses people: what the others did then says nothing of them."""
        return bool(self.people or self.contains or self.avoids)

    def __post_init__(self) -> None:
        """Ask by case when a case is named."""
        if self.case:
            object.__setattr__(self, "per", "case")


@dataclass(frozen=True, slots=True)
class Steps:
    """
    The steps in scope: a view or table *name* with the columns of `steps`, `node` and `before`.

    *people_here* and *people_way* count people at a node and on an edge: sums of stored marks
    where they hold, distinct subjects where a filter made them wrong. *paths* gives the whole
    paths as stored, and *ways* the stored sums, where they are those in scope. Their rows mostly
    *lie* by these columns. The names of nodes are in `names`.
    """

    name: str
    people_here: str
    people_way: str
    paths: str | None = None
    ways: str | None = None
    lie: tuple[str, ...] = ("subject", "position")

    @property
    def marked(self) -> bool:
        """Tell whether the stored marks of a first time hold."""
        return self.people_here != _DISTINCT


_DISTINCT = "count(distinct subject)"
_NODE = {
    "touchpoint": ("touchpoint", "previous"),
    "channel": ("channel", "previous_channel"),
    "node": ("touchpoint * 4096 + channel", "previous * 4096 + previous_channel"),
    "source": ("source", "null"),
    "area": ("area", "null"),
}
_NAMES = {
    "touchpoint": "select distinct touchpoint_code as code, touchpoint as name from nodes",
    "channel": "select distinct channel_code as code, channel as name from nodes",
    "node": "select distinct touchpoint_code * 4096 + channel_code as code, "
    "touchpoint || ' [' || channel || ']' as name from nodes",
    "source": "select distinct source_code as code, source as name from nodes",
    "area": "select row_number() over (order by name) as code, name from "
    "(select distinct coalesce(nullif(area, ''), '—') as name from nodes)",
}
_AREAS = """
    select n.touchpoint_code, n.channel_code, n.source_code, min(names.code) as area
    from nodes n join names on names.name = coalesce(nullif(n.area, ''), '—') group by all"""


def chosen(session: Session, scope: Scope, *, called: str = "in_scope") -> Steps:
    """
    Return the steps in scope: a view of the stored ones where their sequence holds, else a table.

    A filter on interactions makes the stored previous node wrong (it may be filtered away); the
    sequence of what remains is then computed again, in one pass over the ordered rows.
    """
    codes = _check(session, scope)
    wanted = _interactions(scope, codes)
    people = _people(session, scope, wanted, called)
    node, before = _NODE.get(scope.by, ("told", "null"))
    rows = _rows(session, scope)
    of = " and ".join([f"per = {literal(scope.per)}", *people])
    if (not wanted or scope.whole) and before != "null":
        session.run(
            "steps in scope",
            f"create or replace temp view {called} as "
            f"select *, {node} as node, {before} as before from {rows} where {of}",
        )
        marks = scope.by == "touchpoint" and scope.case is None
        return Steps(
            called,
            "count(*) filter (first_here)" if marks else _DISTINCT,
            "count(*) filter (first_way)" if marks else _DISTINCT,
            f"select * from paths where {of}" if marks else None,
            _sums(of) if marks and not people else None,
            # What lies beside is of another bucket than the rest of the same person's.
            (() if STEPS.name in session.merged else ("bucket",)) + ("subject", "position"),
        )
    table = f"{called}_in_sequence"
    where = " and ".join([of, *([] if scope.whole else wanted)])
    in_sequence(
        session,
        f"select *, {node} as node from {rows} where {where}",
        called=table,
        # A list of values is a join to the engine, as is a list of people.
        joined=rows != "steps" or " in (" in where or STEPS.name in session.merged,
    )
    return Steps(table, _DISTINCT, _DISTINCT)


def _rows(session: Session, scope: Scope) -> str:
    """Make `names`, and give the steps with what tells their node."""
    if scope.by.startswith(PROPERTY):
        return name_nodes(session, scope.by.removeprefix(PROPERTY))
    session.run("names of nodes", f"create or replace temp table names as {_NAMES[scope.by]}")
    if scope.by != "area":
        return "steps"
    session.run("areas", f"create or replace temp table areas as {_AREAS}")
    return (
        "(select s.*, a.area from steps s join areas a on a.touchpoint_code = s.touchpoint "
        "and a.channel_code = s.channel and a.source_code = s.source)"
    )


def _sums(of: str) -> str:
    """Give the ways between touchpoints, added up from what is stored of each bucket."""
    return f"""
        select previous as before, touchpoint as node, sum(times)::bigint as times,
               sum(ends)::bigint as ends, sum(first_here)::bigint as people_here,
               sum(first_way)::bigint as people, sum(gap_us) as total_us
        from ways where {of} group by previous, touchpoint having sum(times) <> 0"""


def first_time(steps: Steps, place: Place, moment: str) -> str:
    """Give each one's first step at *place*: subject, position and a *moment* (us) as t."""
    there = f"from {steps.name} where {place.condition}"
    if steps.marked and place.codes is not None and len(place.codes) == 1:
        return f"select subject, position, {moment} as t {there} and first_here"
    return f"""select subject, min(position) as position, arg_min({moment}, position) as t
        {there} group by subject"""


def horizon(session: Session, scope: Scope) -> int:
    """Return the moment (us) after which nothing is known: the period's end, or the last fact."""
    (last,) = session.one(
        "last fact",
        f"select coalesce(max(epoch_us(last_at)), 0) from paths where per = {literal(scope.per)}",
    )
    until = scope.period.until
    return min(int(last), int(until.timestamp() * 1e6)) if until else int(last)


def _interactions(scope: Scope, codes: dict[str, dict[str, int]]) -> list[str]:
    """Give the conditions an interaction must meet; none when all of them pass."""
    wanted = []
    for column, kind, names in (
        ("source", "sources", scope.sources),
        ("channel", "channels", scope.channels),
        ("touchpoint", "touchpoints", scope.touchpoints),
    ):
        if names and set(names) != set(codes[kind]):
            wanted.append(f"{column} in {one_of(sorted(codes[kind][name] for name in set(names)))}")
    if scope.areas:
        wanted.append(
            "(touchpoint, channel, source) in (select (touchpoint_code, channel_code, source_code) "
            f"from nodes where area in {one_of(scope.areas)})"
        )
    if scope.period.since:
        wanted.append(f"occurred_at >= {literal(scope.period.since)}")
    if scope.period.until:
        wanted.append(f"occurred_at < {literal(scope.period.until)}")
    return wanted


def _people(session: Session, scope: Scope, wanted: list[str], called: str) -> list[str]:
    """Give the conditions on whose steps these are, from a table of them."""
    of = f"per = {literal(scope.per)}"
    asked = []
    if scope.whole and wanted:
        asked.append(f"select subject from steps where {of} and {' and '.join(wanted)}")
    asked += [_meeting(find(session, words), of) for words in scope.contains]
    if scope.people:
        asked.append(
            chosen_people(
                session,
                scope.per,
                scope.people,
                zone=scope.zone,
                called=f"customer_{called}",
                as_lived=scope.case is not None,
            )
        )
    but = [_meeting(find(session, words), of) for words in scope.avoids]
    if not asked and not but:
        return []
    everyone = f"select subject from paths where {of}"
    chosen_ones = " intersect ".join(f"({one})" for one in asked or [everyone])
    left_out = "".join(f" except ({one})" for one in but)
    session.run(
        "whose steps",
        f"create or replace temp table whose_{called} as ({chosen_ones}){left_out}",
    )
    return [f"subject in (select subject from whose_{called})"]


def _meeting(place: Place, of: str) -> str:
    """Give the subjects whose path meets *place*."""
    if place.codes is not None:
        return f"select subject from paths where {of} and list_has_any(path, {list(place.codes)})"
    return f"select subject from steps where {of} and {place.condition}"


def _check(session: Session, scope: Scope) -> dict[str, dict[str, int]]:
    """Return the codes of every name, after refusing what cannot be answered."""
    codes: dict[str, dict[str, int]] = {}
    for kind, column in (("sources", "source"), ("channels", "channel"),
                         ("touchpoints", "touchpoint")):  # fmt: skip
        rows = session.ask(kind, f"select distinct {column}, {column}_code from nodes")
        codes[kind] = dict(rows)
    if not codes["sources"]:
        raise NothingThere(_EMPTY)
    areas = [row[0] for row in session.ask("areas", "select distinct area from nodes") if row[0]]
    stop_if_unknown("source", scope.sources, codes["sources"])
    stop_if_unknown("channel", scope.channels, codes["channels"])
    stop_if_unknown("touchpoint", scope.touchpoints, codes["touchpoints"])
    stop_if_unknown("area", scope.areas, areas)
    both = sorted(set(scope.contains) & set(scope.avoids))
    if both:
        raise NothingThere(_contradiction(both[0]))
    if scope.case:
        order_cases(session, scope.case)
    (anyone,) = session.one(
        "anyone there",
        f"select count(*) from (from steps where per = {literal(scope.per)} limit 1)",
    )
    if not anyone:
        raise NothingThere(_nobody(scope.per))
    return codes


def _contradiction(name: str) -> Problem:
    return Problem(
        Text(
            en=f"Nobody can both meet and avoid “{name}”.",
            es=f"Nadie puede pasar por «{name}» y a la vez evitarlo.",
        ),
        WayOut(
            en="Take it out of --contains or of --avoids.",
            es="Quítalo de --contains o de --avoids.",
            page=Text(en="Take it out of one of the two.", es="Quítalo de uno de los dos sitios."),
        ),
    )


_EMPTY = Problem(
    Text(
        en="There are no interactions in this workspace yet.",
        es="Todavía no hay interacciones en este espacio de trabajo.",
    ),
    WayOut(
        en="Bring some in with “trayecto import FILE --source NAME”.",
        es="Tráelas con «trayecto import FICHERO --source NOMBRE».",
        page=Text(en="Bring a file in under “Data”.", es="Trae un fichero en «Datos»."),
    ),
)


def _nobody(per: str) -> Problem:
    if per == "person":
        return Problem(
            Text(
                en="No interaction carries an identifier of a person.",
                es="Ninguna interacción lleva un identificador de persona.",
            ),
            WayOut(
                en="Ask by case (--per case), or map an identifier when importing.",
                es="Pregunta por caso (--per case) o asigna un identificador al importar.",
                page=Text(
                    en="Ask by case, or say at the next import which column identifies people.",
                    es="Pregunta por caso o di en la próxima importación qué columna identifica a "
                    "las personas.",
                ),
            ),
        )
    return Problem(
        Text(
            en="No interaction carries a case (ticket, order, session).",
            es="Ninguna interacción lleva un caso (ticket, pedido, sesión).",
        ),
        WayOut(
            en="Ask by person, name a property with --case, or map a case when importing.",
            es="Pregunta por persona, nombra una propiedad con --case o asigna un caso al "
            "importar.",
            page=Text(
                en="Ask by person, or say at the next import which column is the case.",
                es="Pregunta por persona o di en la próxima importación qué columna es el caso.",
            ),
        ),
    )
