"""
Who has each device from when until when: the last known person on it, in turns.

Only of devices that were also seen without an account does anybody ask. The facts that decide are
read where several people were seen on one; after a new import only from its first fact on it, when
all before is as it was.
"""

from __future__ import annotations

from trayecto.identity.evidence import SAME_SET
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session

DEVICE = KINDS.index("anonymous_id")

EVER, NEVER = "'-infinity'::timestamptz", "'infinity'::timestamptz"
"""Before and after every moment."""


def find(session: Session, *, since: int | None) -> None:
    """
    Make the table `turns` of the evidence in `held`: device, person, since, until.

    With *since* the table `before` says who was who up to that import; judgements are as they were.
    A device that one person only was seen on is theirs always. Who was told apart from a device
    never has it, though they logged in on it.
    """
    session.run(
        "known people on devices",
        f"""create or replace temp table known_on as
            select h.signature, h.device, coalesce(w.person, h.strongest) as person
            from held h left join whose w on w.key = h.strongest
            semi join (select strongest as device from held where kind = {DEVICE}) u
              on u.device = h.device
            anti join apart a
              on a.device = h.device and a.person = coalesce(w.person, h.strongest)
            where h.kind < {DEVICE}""",
    )
    session.run(
        "people on each device",
        """create or replace temp table device as
           select device, any_value(person) as person, count(distinct person) = 1 as alone
           from known_on group by device""",
    )
    _find_from_when(session, since)
    parts = [f"select device, {EVER} as moment, 0 as signature, person from device where alone"]
    if since is not None:
        parts.append(
            f"""select f.device, coalesce(b.since, {EVER}), 0, b.person
                from before b join from_when f on f.as_was = b.signature
                where coalesce(b.since, {EVER}) < f.moment"""
        )
    ((anew, later, earliest),) = session.ask(
        "from when on facts decide",
        f"""select coalesce(bool_or(moment = {EVER}), false),
                   coalesce(bool_or(isfinite(moment)), false),
                   (min(moment) filter (isfinite(moment)))::varchar
            from from_when""",
    )
    if anew:
        parts.append(_comes(f"f.moment = {EVER}"))
    if later:
        # The moment as a literal: of the facts only what lies after it is read.
        parts.append(_comes(f"isfinite(f.moment) and i.occurred_at >= timestamptz '{earliest}'"))
    session.run(
        "turns on devices",
        f"""create or replace temp table turns as
            with seen as ({" union all ".join(f"({part})" for part in parts)}),
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


def _comes(where: str) -> str:
    """Give each time that another set comes on a shared device, not only the first."""
    return f"""
        select device, occurred_at, signature, person from (
          select k.device, i.occurred_at, k.signature, k.person,
                 lag(k.signature) over (partition by k.device order by i.occurred_at, k.signature)
                   is distinct from k.signature as comes
          from interactions i join known_on k on k.signature = i.signature
          join from_when f on f.device = k.device and i.occurred_at >= f.moment
          where {where}) where comes"""


def _find_from_when(session: Session, since: int | None) -> None:
    """
    Make `from_when`: from which *moment* on facts decide who has a shared device.

    Where that is not from ever, *as_was* is the set without an account that says who had it before;
    null where nobody did.
    """
    if since is None:
        session.run(
            "shared devices",
            f"""create or replace temp table from_when as
                select device, {EVER} as moment, null::bigint as as_was
                from device where not alone""",
        )
        return
    session.run(
        "sets as they were",
        """create or replace temp table was as
           select signature, any_value(person) as person, any_value(note) as note,
                  -- Of turns that took no time the order is not told.
                  coalesce(bool_or(since = until), false) as in_no_time
           from before semi join held using (signature) group by signature""",
    )
    session.run(
        "since when a device is as it was not",
        f"""create or replace temp table from_when as
            with shared as (select device from device where not alone),
            sets as (
              select h.device, h.signature, h.kind < {DEVICE} as known, h.first_at,
                     w.signature is null as is_new,
                     w.signature is null or (
                       w.note is not distinct from coalesce(d.limited, h.note)
                       and not w.in_no_time
                       and (h.kind = {DEVICE}
                         or w.person is not distinct from coalesce(p.person, h.strongest))
                     ) as same
              from held h semi join shared s on s.device = h.device
              left join was w on w.signature = h.signature
              left join whose p on p.key = h.strongest
              left join dropped d on {SAME_SET}),
            here as (
              select device, bool_and(same) as same,
                     min(first_at) filter (known and not is_new) as known_since,
                     min(signature) filter (not known and not is_new) as as_was
              from sets group by device),
            newer as (
              select k.device, min(i.occurred_at) as moment
              from interactions i join known_on k on k.signature = i.signature
              where i.batch > {since} group by k.device)
            select h.device,
                   case when h.same and h.device not in (select device from apart)
                     and (h.known_since is null
                       or h.as_was is not null and coalesce(n.moment > h.known_since, true))
                     then coalesce(n.moment, {NEVER}) else {EVER} end as moment,
                   case when h.known_since is not null then h.as_was end as as_was
            from here h left join newer n on n.device = h.device""",
    )
