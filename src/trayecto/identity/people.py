"""
People, computed from the ledger of links: the same whatever the order in which facts arrived.

Signatures are taken in the order of time. A signature joins the components of its identifiers
unless that would break a limit (one account a person); then its weakest identifiers are dropped
from it until it fits. An e-mail or phone seen with more than two accounts is shared and links
nothing. A device is owned in time: after another account logs in on it, what follows without an
account is that account's. The only writer of `people` and `merges`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trayecto.identity import evidence, touched
from trayecto.identity.components import Judgement
from trayecto.identity.identifiers import KINDS
from trayecto.identity.judgements import judgements
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.marks import fingerprints, newest_import, noting
from trayecto.lake.sql import bucket, hash64, literal, one_of
from trayecto.lake.tables import INTERACTIONS, JUDGEMENTS, MERGES, PEOPLE

_DEVICE = KINDS.index("anonymous_id")
_PRINT = hash64("concat_ws(chr(31), signature, since, until, person)")
"""What tells a row of `people` from another."""


def resolve(session: Session, *, said: Sequence[Judgement] = (), ledger: str = "links") -> None:
    """
    Make the table `owned`: whose each signature of the *ledger* is, from when until when.

    Those without a usable identifier are nobody's; *note* says why, and what was dropped.
    """
    evidence.gather(session, ledger=ledger)
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
    Bring the table up to date with the ledger, unless it is: of whom new facts concern, or whole.

    People who became one leave a line in `merges`: the old number keeps answering.
    """
    if is_fresh(writer.lake):
        return
    was, mark = writer.lake.stamp(PEOPLE), _mark(writer.lake)
    said = judgements(session)
    some = _may_be_mended(was, mark) and touched.find(
        session,
        since=int(was["batch"]),
        said=said,
        judged=was["judgements"] != mark["judgements"],
    )
    resolve(session, said=said, ledger=touched.LEDGER if some else "links")
    _log_merges(session, writer, now)
    _write(session, writer, mark | {"batch": str(newest_import(session))}, some=some)


def _may_be_mended(was: Mapping[str, str], mark: Mapping[str, str]) -> bool:
    """Tell whether all but newer facts and judgements is as when the table was written."""
    return "batch" in was and was.get("erased") == mark["erased"]


def _write(session: Session, writer: Writer, mark: dict[str, str], *, some: bool) -> None:
    """Write the buckets in which somebody is another, or all of them; note their fingerprints."""
    session.run(
        "people in buckets",
        f"""create or replace temp table placed as
            select *, {bucket("coalesce(person, 0)", writer.lake.buckets)} as bucket from owned""",
    )
    prints, where, rows = {}, None, "from placed"
    if some:
        columns = ", ".join(column.name for column in PEOPLE.columns)
        before = f"select {columns} from people semi join touched using (signature)"
        changed = [
            bucket_
            for (bucket_,) in session.ask(
                "buckets in which somebody is another",
                f"""with b as ({before}), n as (select {columns} from placed)
                    select bucket from (from b except from n)
                    union select bucket from (from n except from b) order by all""",
            )
        ]
        prints = fingerprints(writer.lake)
        if not changed:
            writer.note(PEOPLE, mark)
            return
        where = f"bucket in {one_of(changed)}"
        rows = f"""select {columns} from people anti join touched using (signature) where {where}
            union all select {columns} from placed where {where}"""
        prints = {b: mark for b, mark in prints.items() if b not in changed}
    session.run("people anew", f"create or replace temp table renewed as {rows}")
    told = session.ask(
        "fingerprints of people",
        f"""select bucket, cast(bit_xor({_PRINT}) as varchar) from renewed
            where person is not null group by bucket""",
    )
    noted = mark | noting(prints | dict(told))
    writer.replace(PEOPLE, session, "people", "from renewed", where=where, stamp=noted)


def is_fresh(lake: Lake) -> bool:
    """Tell whether people are those of the whole ledger, under all that operators said."""
    was = lake.stamp(PEOPLE)
    return all(was.get(name) == value for name, value in _mark(lake).items())


@dataclass(frozen=True, slots=True)
class Without:
    """The tables without a person: laid, and not yet put in their place."""

    _people: Anew
    _merges: Anew
    _bucket: int
    _print: int
    """What the person adds to the fingerprint of who is who in their bucket."""

    def put(self, *, fresh: bool) -> None:
        """Put them in place; *fresh* people stay so."""
        self._merges.put()
        lake = self._people.lake
        # Taking a number out of an exclusive or is putting it in once more.
        others = fingerprints(lake)
        left = int(others.pop(self._bucket, "0")) ^ self._print
        prints = others | ({self._bucket: str(left)} if left else {})
        noted = _mark(lake) | noting(prints)
        self._people.put(stamp=noted if fresh else {})


def without(writer: Writer, session: Session, person: int) -> Without:
    """Lay `people` and `merges` anew without a person; everybody else stays who they are."""
    theirs = f"person = {person}"
    (mark,) = session.one(
        "fingerprint of a person",
        f"select coalesce(bit_xor({_PRINT}), 0) from people where {theirs}",
    )
    return Without(
        writer.without(PEOPLE, session, theirs),
        writer.without(MERGES, session, f"{theirs} or was = {person}"),
        person % writer.lake.buckets,
        int(mark),
    )


def _mark(lake: Lake) -> dict[str, str]:
    """Return what `people` is computed from."""
    tables = {"interactions": INTERACTIONS, "judgements": JUDGEMENTS}
    versions = {name: str(lake.version(table)) for name, table in tables.items()}
    return versions | {"erased": lake.stamp(INTERACTIONS).get("erased", "0")}


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
