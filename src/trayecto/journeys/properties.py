"""
Nodes and cases told by a property that interactions carry: a plan, a page, an order.

Properties are not stored with the steps, so these questions read the facts beside them; what they
make stands where a question looks for nodes and steps, and every question can be asked of it.
"""

from __future__ import annotations

import json
from difflib import get_close_matches

from trayecto.journeys.places import NothingThere
from trayecto.journeys.sequence import in_sequence
from trayecto.lake.duck import Session
from trayecto.lake.kinds import COUNTS, NODE
from trayecto.lake.sql import hash64, literal, pointer
from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text

PROPERTY = "property:"
"""Nodes are told by a property when what tells them begins with this."""
CASE_ID = "case_id"
"""The case that was mapped when importing; its steps are stored."""
UNTOLD = "—"
"""The node of interactions that do not carry the property."""


def value_of(name: str, facts: str = "i") -> str:
    """Give the value of a property as text; null where there is none."""
    at = literal(pointer(name))
    return f"nullif(trim(json_extract_string({facts}.properties, {at})), '')"


def holding(name: str, facts: str = "i") -> str:
    """Give a condition that holds of all facts with a property, and leaves most unread as JSON."""
    if any(sign in '"\\/' or ord(sign) < 32 for sign in name):
        return f"{facts}.properties is not null"
    return f"contains({facts}.properties, {literal(json.dumps(name, ensure_ascii=False))})"


def name_nodes(session: Session, name: str) -> str:
    """Make `names` of the values of a property; give the steps, each with its `told` code."""
    session.run(
        "values of the property",
        f"""create or replace temp table said as
            select i.id as interaction, {value_of(name)} as name from interactions i
            where {holding(name)} and {value_of(name)} is not null""",
    )
    _stop_if_none(session, "said", name)
    session.run(
        "names of nodes",
        f"""create or replace temp table names as
            select 0 as code, {literal(UNTOLD)} as name union all
            select row_number() over (order by name), name
            from (select distinct name from said where name <> {literal(UNTOLD)})""",
    )
    session.run(
        "codes of the values",
        """create or replace temp table coded as
           select interaction, any_value(code) as told from said join names using (name)
           group by interaction""",
    )
    # On the left lie the steps, in their order.
    return (
        "(select s.*, coalesce(c.told, 0) as told from steps s "
        "left join coded c on c.interaction = s.interaction)"
    )


def order_cases(session: Session, name: str) -> None:
    """
    Put the facts in the order of the cases that a property names, in place of the stored steps.

    The same value in two sources is the same case: an order number is one in the shop and in the
    warehouse. What comes after asks `steps` and `paths` as ever, and finds these.
    """
    session.run(
        "facts of the cases",
        f"""create or replace temp table of_cases as
            select {hash64(value_of(name))} as subject, i.occurred_at,
                   n.touchpoint_code as touchpoint, n.channel_code as channel,
                   n.source_code as source, n.touchpoint_code as node, i.score, i.scale,
                   i.id as interaction
            from (select * from interactions i where {holding(name)}) i {NODE}
            where {value_of(name)} is not null and {COUNTS}
            order by subject, i.occurred_at, i.batch, i.row, i.id""",
    )
    _stop_if_none(session, "of_cases", name)
    in_sequence(session, "select * from of_cases", called="case_steps")
    session.run(
        "steps of the cases",
        """create or replace temp table steps as
           select 'case' as per, 0 as bucket, * exclude (node, before) from case_steps""",
    )
    session.run(
        "paths of the cases",
        """create or replace temp table paths as
           select 'case' as per, 0 as bucket, subject, list(touchpoint order by position) as path,
                  min(occurred_at) as first_at, max(occurred_at) as last_at
           from steps group by subject""",
    )


def _stop_if_none(session: Session, table: str, name: str) -> None:
    (some,) = session.one("anything told", f"select count(*) from (from {table} limit 1)")
    if not some:
        rows = session.ask(
            "names of properties",
            """select distinct unnest(json_keys(properties)) as word from interactions
               where properties is not null order by 1""",
        )
        raise NothingThere(_unknown(name, [word for (word,) in rows]))


def _unknown(name: str, known: list[str]) -> Problem:
    lower = {word.lower(): word for word in known}
    near = [lower[word] for word in get_close_matches(name.lower(), lower, n=3, cutoff=0.5)]
    shown = ", ".join(near or known[:10]) or "—"
    what = Text(
        en=f"No interaction carries the property “{name}”.",
        es=f"Ninguna interacción lleva la propiedad «{name}».",
    )
    if near:
        return Problem(what, Text(en=f"Did you mean: {shown}?", es=f"¿Querías decir: {shown}?"))
    return Problem(
        what,
        Text(
            en=f"There are: {shown}. The case mapped at import is “{CASE_ID}”.",
            es=f"Hay: {shown}. El caso asignado al importar es «{CASE_ID}».",
        ),
    )
