"""
People, computed from the ledger of links: the same whatever the order in which facts arrived.

Signatures are taken in the order of time. A signature joins the components of its identifiers
unless that would break a limit (one account a person); then its weakest identifiers are dropped
from it until it fits. An e-mail or phone seen with more than two accounts is shared and links
nothing. A device is owned in time: after another account logs in on it, what follows without an
account is that account's. The only writer of `people` and `merges`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from trayecto.identity import evidence
from trayecto.identity.components import Judgement
from trayecto.identity.identifiers import KINDS
from trayecto.identity.judgements import judgements
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.sql import bucket, literal
from trayecto.lake.tables import INTERACTIONS, JUDGEMENTS, MERGES, PEOPLE

_DEVICE = KINDS.index("anonymous_id")


def resolve(session: Session, *, said: Sequence[Judgement] = ()) -> None:
    """
    Make the table `owned`: whose each signature of the ledger is, from when until when.

    Those without a usable identifier are nobody's; *note* says why, and what was dropped.
    """
    evidence.gather(session)
    evidence.join(session, said)
    _find_turns(session)
    same_set = " and ".join(f"d.{kind} is not distinct from h.{kind}" for kind in KINDS)
    session.run(
        "whose each signature is",
        f"""create or replace temp table owned as
            with dropped as (select * from together join limited using (set))
            select h.signature, t.since, t.until,
                   coalesce(t.person, w.person, h.strongest) as person,
                   coalesce(d.limited, h.note) as note
            from held h left join whose w on w.key = h.strongest
            left join turns t on h.kind = {_DEVICE} and t.device = h.strongest
            left join dropped d on {same_set}""",
    )


def _find_turns(session: Session) -> None:
    """
    Make the table `turns`: who has each device from when until when, the last known person on it.

    A device that one person only was seen on is theirs always.
    """
    session.run(
        "known people on devices",
        f"""create or replace temp table known_on as
            select h.signature, h.device, h.first_at, coalesce(w.person, h.strongest) as person,
                   count(*) over (partition by h.device) as sets
            from held h left join whose w on w.key = h.strongest
            where h.device is not null and h.kind < {_DEVICE}""",
    )
    session.run(
        "turns on devices",
        """create or replace temp table turns as
           with seen as (
             select device, first_at as moment, signature, person from known_on where sets = 1
             union all
             -- Each time that another set comes, not only the first: people take turns.
             select device, occurred_at, signature, person from (
               select device, occurred_at, signature, person,
                      lag(signature) over (partition by device order by occurred_at, batch, row)
                        is distinct from signature as comes
               from interactions join known_on using (signature) where sets > 1) where comes),
           taken as (
             select *, lag(person) over (partition by device order by moment, signature)
                         is distinct from person as takes
             from seen)
           select device, person,
                  case when lag(moment) over turn is not null then moment end as since,
                  lead(moment) over turn as until
           from taken where takes
           window turn as (partition by device order by moment, signature)""",
    )


def compute(session: Session, writer: Writer, *, now: datetime) -> None:
    """
    Compute people from the whole ledger and write the table anew, unless it is up to date.

    People who became one leave a line in `merges`: the old number keeps answering.
    """
    mark = _mark(writer.lake)
    if is_fresh(writer.lake):
        return
    resolve(session, said=judgements(session))
    _log_merges(session, writer, now)
    writer.replace(
        PEOPLE,
        session,
        "people",
        f"select *, {bucket('coalesce(person, 0)', writer.lake.buckets)} as bucket from owned",
        stamp=mark,
    )


def is_fresh(lake: Lake) -> bool:
    """Tell whether people are those of the whole ledger, under all that operators said."""
    was = lake.stamp(PEOPLE)
    return all(was.get(name) == value for name, value in _mark(lake).items())


def without(writer: Writer, session: Session, person: int) -> tuple[Anew, Anew]:
    """Lay `people` and `merges` anew without a person; everybody else stays who they are."""
    theirs = f"person = {person}"
    return (
        writer.without(PEOPLE, session, theirs),
        writer.without(MERGES, session, f"{theirs} or was = {person}"),
    )


def show(laid: tuple[Anew, Anew], *, fresh: bool) -> None:
    """Put the tables laid without a person in place; *fresh* people stay so."""
    now, merged = laid
    merged.put()
    now.put(stamp=_mark(now.lake) if fresh else {})


def _mark(lake: Lake) -> dict[str, str]:
    """Return what `people` is computed from."""
    tables = {"interactions": INTERACTIONS, "judgements": JUDGEMENTS}
    return {name: str(lake.version(table)) for name, table in tables.items()}


def _log_merges(session: Session, writer: Writer, now: datetime) -> None:
    session.run(
        "people who became others",
        f"""create or replace temp table merged as
            with pair as (
              select distinct b.person as was, o.person as person
              from people b join owned o on o.signature = b.signature
                and o.since is not distinct from b.since
              where b.person <> o.person),
            gone as (select was from pair where was not in (
              select person from owned where person is not null))
            select {literal(now)} as merged_at, was, person from pair semi join gone using (was)""",
    )
    (count,) = session.one("how many merges", "select count(*) from merged")
    if count:
        writer.append(MERGES, session, "merges", "from merged")
