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
from trayecto.identity.components import Judgement, newest
from trayecto.identity.identifiers import KINDS
from trayecto.identity.judgements import judgements
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.marks import Moved, fingerprints, newest_import, noting
from trayecto.lake.sql import bucket, hash64, literal, one_of
from trayecto.lake.tables import BESIDE, INTERACTIONS, JUDGEMENTS, MERGES, PEOPLE, SHARE

_DEVICE = KINDS.index("anonymous_id")
_PRINT = hash64("concat_ws(chr(31), signature, since, until, person)")
"""What tells a row of `people` from another."""

WORTH = 200_000
"""From how many rows on a few new ones are laid beside them: fewer are written in a moment."""


def resolve(session: Session, *, said: Sequence[Judgement] = (), ledger: str = "links") -> None:
    """
    Make the table `owned`: whose each signature of the *ledger* is, from when until when.

    Those without a usable identifier are nobody's; *note* says why, and what was dropped.
    """
    evidence.gather(session, ledger=ledger)
    evidence.join(session, said)
    _tell_apart(session, said)
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


def _tell_apart(session: Session, said: Sequence[Judgement]) -> None:
    """Make `apart`: the devices and people of whom an operator said that they are different."""
    pairs = [(j.left, j.right) for j in newest(said) if j.verdict == "different"]
    session.load(
        "told_apart",
        "kind varchar, value varchar, other_kind varchar, other_value varchar",
        [(*one, *other) for pair in pairs for one, other in (pair, pair[::-1])],
    )
    session.run(
        "devices and people told apart",
        f"""create or replace temp table apart as
            select d.key as device, coalesce(w.person, o.key) as person
            from told_apart t
            join judged d on d.kind = t.kind and d.value = t.value
            join judged o on o.kind = t.other_kind and o.value = t.other_value
            left join whose w on w.key = o.key
            where t.kind = {literal(KINDS[_DEVICE])}""",
    )


def _find_turns(session: Session) -> None:
    """
    Make the table `turns`: who has each device from when until when, the last known person on it.

    A device that one person only was seen on is theirs always. Who was told apart from a device
    never has it, though they logged in on it.
    """
    session.run(
        "known people on devices",
        f"""create or replace temp table known_on as
            select h.signature, h.device, h.first_at, coalesce(w.person, h.strongest) as person,
                   count(*) over (partition by h.device) as sets
            from held h left join whose w on w.key = h.strongest
            anti join apart a
              on a.device = h.device and a.person = coalesce(w.person, h.strongest)
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


def compute(session: Session, writer: Writer, *, now: datetime) -> Moved | None:
    """
    Bring the table up to date with the ledger, unless it is: of whom new facts concern, or whole.

    People who became one leave a line in `merges`: the old number keeps answering. Returns who has
    other facts now, where that was found out; None when it may be anybody.
    """
    if is_fresh(writer.lake):
        return None
    was, mark = writer.lake.stamp(PEOPLE), _mark(writer.lake)
    said = judgements(session)
    some = _may_be_mended(was, mark) and touched.find(
        session,
        since=int(was["batch"]),
        said=said,
        judged=was["judgements"] != mark["judgements"],
        worth_it=touched.SHARE,
    )
    resolve(session, said=said, ledger=touched.LEDGER if some else "links")
    session.run(
        "people as they were",
        f"create temp table before as select {_ROW} from people semi join touched using (signature)"
        if some
        else f"create temp view before as select {_ROW} from people",
    )
    _log_merges(session, writer, now)
    mark |= {"batch": str(newest_import(session))}
    if not some:
        _write_all(session, writer, mark, "from owned")
        return None
    version, since = writer.lake.version(PEOPLE), int(was["batch"])
    _find_changed(session)
    moved = Moved(version, since, _with_other_facts(session, since=since))
    _write_changed(session, writer, mark)
    return moved


def _may_be_mended(was: Mapping[str, str], mark: Mapping[str, str]) -> bool:
    """Tell whether all but newer facts and judgements is as when the table was written."""
    return "batch" in was and was.get("erased") == mark["erased"]


_ROW = "signature, since, until, person, note"


def _find_changed(session: Session) -> None:
    """Make `changed_before` and `changed_now`: the rows of the sets of which any is another."""
    session.run(
        "sets that are somebody else's",
        f"""create or replace temp table changed as
            select distinct signature from (
              (select {_ROW} from before except select {_ROW} from owned)
              union all (select {_ROW} from owned except select {_ROW} from before))""",
    )
    for name, rows in (("changed_before", "before"), ("changed_now", "owned")):
        session.run(
            "rows of those",
            f"create or replace temp table {name} as "
            f"select {_ROW} from {rows} semi join changed using (signature)",
        )


def _with_other_facts(session: Session, *, since: int) -> tuple[int, ...]:
    """Return who had a fact of imports up to *since* and has it not now, or the other way round."""

    def whose(rows: str) -> str:
        return f"""
            left join {rows} on {rows}.signature = f.signature
              and ({rows}.since is null or f.occurred_at >= {rows}.since)
              and ({rows}.until is null or f.occurred_at < {rows}.until)"""

    def turns(one: str, other: str) -> str:
        return f"""
            select signature, coalesce(since, '-infinity'::timestamptz) as since
            from (select signature, since, until, person from {one}
                  except select signature, since, until, person from {other})"""

    session.run(
        "since when they are somebody else's",
        f"""create or replace temp table moved_since as
            select signature, min(since) as since
            from ({turns("changed_before", "changed_now")}
                  union all {turns("changed_now", "changed_before")}) group by signature""",
    )
    found = session.ask(
        "who has other facts",
        f"""with f as (
              select i.signature, i.occurred_at from interactions i join moved_since m
                on m.signature = i.signature and i.occurred_at >= m.since
              where i.batch <= {since}),
            pair as (
              select distinct changed_before.person as was, changed_now.person as is_now
              from f {whose("changed_before")} {whose("changed_now")}
              where changed_before.person is distinct from changed_now.person)
            select was from pair where was is not null
            union select is_now from pair where is_now is not null order by all""",
    )
    return tuple(person for (person,) in found)


def _write_all(session: Session, writer: Writer, mark: dict[str, str], rows: str) -> None:
    """Write the whole table of *rows*, each in its bucket."""
    session.run(
        "people in buckets",
        f"""create or replace temp table placed as
            select {_ROW}, {_bucket(writer.lake)} as bucket from ({rows})""",
    )
    noted = mark | noting(_prints(session, "placed"))
    writer.replace(PEOPLE, session, "people", "from placed", stamp=noted)


def _write_changed(session: Session, writer: Writer, mark: dict[str, str]) -> None:
    """Write what changed: beside the rest, or the buckets it lies in, or all where it is much."""
    lake = writer.lake
    of = _bucket(lake)
    prints = fingerprints(lake)
    for name in ("changed_before", "changed_now"):
        session.run(
            "changed people in buckets",
            f"create or replace temp table {name} as select *, {of} as bucket from {name}",
        )
        prints = _both(prints, _prints(session, name))
    noted = mark | noting(prints)
    rest = f"select {_ROW}, bucket from people anti join changed using (signature)"
    here = f"bucket = {BESIDE}"
    sets, rows, beside, new = session.one(
        "how much changed",
        f"""select (select count(*) from changed), (select count(*) from people),
                   (select count(*) from people where {here}),
                   (select count(*) from changed_now)""",
    )
    if not sets:
        writer.note(PEOPLE, mark)
    elif rows >= WORTH and beside + new <= SHARE * rows:
        newer = f"""{rest} where {here}
            union all select {_ROW}, {BESIDE} as bucket from changed_now"""
        writer.replace(PEOPLE, session, "people beside", newer, where=here, stamp=noted)
    elif beside:
        _write_all(session, writer, mark, f"{rest} union all from changed_now")
    else:
        found = session.ask(
            "buckets in which somebody is another",
            "select bucket from changed_before union select bucket from changed_now order by all",
        )
        where = f"bucket in {one_of(bucket_ for (bucket_,) in found)}"
        anew = f"{rest} where {where} union all select {_ROW}, bucket from changed_now"
        writer.replace(PEOPLE, session, "people", anew, where=where, stamp=noted)


def _bucket(lake: Lake) -> str:
    return bucket("coalesce(person, 0)", lake.buckets)


def _prints(session: Session, rows: str) -> dict[int, str]:
    """Return the fingerprint of who is who among *rows*, by bucket."""
    return dict(
        session.ask(
            "fingerprints of people",
            f"""select bucket, cast(bit_xor({_PRINT}) as varchar) from {rows}
                where person is not null group by bucket""",
        )
    )


def _both(prints: Mapping[int, str], others: Mapping[int, str]) -> dict[int, str]:
    """Return the fingerprints with those of *others* put in, or taken out where they were in."""
    # Taking a number out of an exclusive or is putting it in once more.
    marks = {
        place: int(prints.get(place, "0")) ^ int(others.get(place, "0"))
        for place in prints.keys() | others.keys()
    }
    return {place: str(mark) for place, mark in marks.items() if mark}


def settle(session: Session, writer: Writer) -> None:
    """Put what lies beside the other rows in its place among them."""
    if PEOPLE.name in session.merged:
        _write_all(session, writer, {}, "from people")


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
        prints = _both(fingerprints(lake), {self._bucket: str(self._print)})
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
              from before b join owned o on o.signature = b.signature
                and o.since is not distinct from b.since
              where b.person <> o.person),
            gone as (select was from pair where was not in (
              select person from owned where person is not null))
            select {literal(now)} as merged_at, was, person from pair semi join gone using (was)""",
    )
    (count,) = session.one("how many merges", "select count(*) from merged")
    if count:
        writer.append(MERGES, session, "merges", "from merged")
