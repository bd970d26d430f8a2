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

from trayecto.identity import evidence, touched, turns
from trayecto.identity.components import Judgement, newest
from trayecto.identity.identifiers import KINDS
from trayecto.identity.judgements import judgements
from trayecto.lake.duck import Session
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.marks import Moved, fingerprints, newest_import, noting
from trayecto.lake.sql import bucket, hash64, literal, one_of
from trayecto.lake.tables import BESIDE, INTERACTIONS, JUDGEMENTS, MERGES, PEOPLE, SHARE

_PRINT = hash64("concat_ws(chr(31), signature, since, until, person)")
"""What tells a row of `people` from another."""

WORTH = 200_000
"""From how many rows on a few new ones are laid beside them: fewer are written in a moment."""


def resolve(
    session: Session,
    *,
    said: Sequence[Judgement] = (),
    ledger: str = "links",
    since: int | None = None,
) -> None:
    """
    Make the table `owned`: whose each signature of the *ledger* is, from when until when.

    Those without a usable identifier are nobody's; *note* says why, and what was dropped. With
    *since* the table `before` tells the same up to that import, under the same judgements: what it
    says of devices is gone on from.
    """
    evidence.gather(session, ledger=ledger)
    evidence.join(session, said)
    _tell_apart(session, said)
    turns.find(session, since=since)
    session.run(
        "whose each signature is",
        f"""create or replace temp table owned as
            select h.signature, t.since, t.until,
                   coalesce(t.person, w.person, h.strongest) as person,
                   coalesce(d.limited, h.note) as note
            from held h left join whose w on w.key = h.strongest
            left join turns t on h.kind = {turns.DEVICE} and t.device = h.strongest
            left join dropped d on {evidence.SAME_SET}""",
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
            where t.kind = {literal(KINDS[turns.DEVICE])}""",
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
    judged = was.get("judgements") != mark["judgements"]
    some = _may_be_mended(was, mark) and touched.find(
        session, since=int(was["batch"]), said=said, judged=judged, worth_it=touched.SHARE
    )
    session.run(
        "people as they were",
        f"create temp table before as select {_ROW} from people semi join touched using (signature)"
        if some
        else f"create temp view before as select {_ROW} from people",
    )
    since = int(was["batch"]) if some and not judged else None
    resolve(session, said=said, ledger=touched.LEDGER if some else "links", since=since)
    mark |= {"batch": str(newest_import(session))}
    if not some:
        _log_merges(session, writer, now, was="before", now_is="owned")
        _write_all(session, writer, mark, "from owned")
        return None
    version, batch = writer.lake.version(PEOPLE), int(was["batch"])
    _find_changed(session)
    _log_merges(session, writer, now, was="gone", now_is="come")
    moved = Moved(version, batch, _with_other_facts(session, since=batch))
    _write_changed(session, writer, mark)
    return moved


def _may_be_mended(was: Mapping[str, str], mark: Mapping[str, str]) -> bool:
    """Tell whether all but newer facts and judgements is as when the table was written."""
    return "batch" in was and was.get("erased") == mark["erased"]


_ROW = "signature, since, until, person, note"


def _find_changed(session: Session) -> None:
    """
    Make `gone` and `come`: the rows that are not any more, and those that were not before.

    And of the sets of which any is another all rows: `replaced` as they were, `renewed` as they
    are now.
    """
    for name, rows, others in (("gone", "before", "owned"), ("come", "owned", "before")):
        session.run(
            f"rows that have {name}",
            f"create or replace temp table {name} as "
            f"select {_ROW} from {rows} except select {_ROW} from {others}",
        )
    session.run(
        "sets that are somebody else's",
        """create or replace temp table changed as
           select signature from gone union select signature from come""",
    )
    for name, rows in (("replaced", "before"), ("renewed", "owned")):
        session.run(
            f"their rows that are {name}",
            f"create or replace temp table {name} as "
            f"select {_ROW} from {rows} semi join changed using (signature)",
        )


def _with_other_facts(session: Session, *, since: int) -> tuple[tuple[int, datetime], ...]:
    """
    Return who had a fact of imports up to *since* and has it not now, or the other way round.

    Each with the moment of the first such fact.
    """
    # A turn that only ends at another time is another from the earlier end on.
    begins = f"""
        case when o.signature is null then coalesce(a.since, {turns.EVER})
             else least(coalesce(a.until, {turns.NEVER}), coalesce(o.until, {turns.NEVER})) end"""
    ways = [
        f"""select a.signature, {begins} as since from {one} a
            left join {other} o on o.signature = a.signature
              and o.since is not distinct from a.since and o.person is not distinct from a.person"""
        for one, other in (("gone", "come"), ("come", "gone"))
    ]
    session.run(
        "since when they are somebody else's",
        f"""create or replace temp table moved_since as
            select signature, min(since) as since from ({" union all ".join(ways)})
            semi join before using (signature) group by signature""",
    )
    (earliest,) = session.one("since when any is", "select min(since)::varchar from moved_since")
    if earliest is None:
        return ()

    def whose(rows: str) -> str:
        return f"""
            left join {rows} on {rows}.signature = f.signature
              and ({rows}.since is null or f.occurred_at >= {rows}.since)
              and ({rows}.until is null or f.occurred_at < {rows}.until)"""

    # As a literal: where that is not from ever, of the facts only what lies after it is read.
    found = session.ask(
        "who has other facts",
        f"""with f as (
              select i.signature, i.occurred_at from interactions i join moved_since m
                on m.signature = i.signature and i.occurred_at >= m.since
              where i.batch <= {since} and i.occurred_at >= timestamptz '{earliest}'),
            pair as (
              select f.occurred_at, replaced.person as was, renewed.person as is_now
              from f {whose("replaced")} {whose("renewed")}
              where replaced.person is distinct from renewed.person)
            select person, min(occurred_at) from (
              select was as person, occurred_at from pair
              union all select is_now, occurred_at from pair)
            where person is not null group by person order by person""",
    )
    return tuple((person, moment) for person, moment in found)


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
    for name in ("gone", "come"):
        placed = f"(select {_ROW}, {of} as bucket from {name})"
        prints = _both(prints, _prints(session, placed))
    noted = mark | noting(prints)
    now = f"select {_ROW}, {of} as bucket from renewed"
    rest = f"select {_ROW}, bucket from people anti join changed using (signature)"
    here = f"bucket = {BESIDE}"
    sets, rows, beside, new = session.one(
        "how much changed",
        f"""select (select count(*) from changed), (select count(*) from people),
                   (select count(*) from people where {here}),
                   (select count(*) from renewed)""",
    )
    if not sets:
        writer.note(PEOPLE, mark)
    elif rows >= WORTH and beside + new <= SHARE * rows:
        newer = f"{rest} where {here} union all select {_ROW}, {BESIDE} as bucket from renewed"
        writer.replace(PEOPLE, session, "people beside", newer, where=here, stamp=noted)
    elif beside:
        _write_all(session, writer, mark, f"{rest} union all {now}")
    else:
        found = session.ask(
            "buckets in which somebody is another",
            f"select {of} from replaced union select {of} from renewed order by all",
        )
        where = f"bucket in {one_of(bucket_ for (bucket_,) in found)}"
        anew = f"{rest} where {where} union all {now}"
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
    return versions | {"erased": str(lake.erased())}


def _log_merges(session: Session, writer: Writer, now: datetime, *, was: str, now_is: str) -> None:
    """Note who became somebody else, by the rows that *was* had and that *now_is* has instead."""
    session.run(
        "people who became others",
        f"""create or replace temp table merged as
            with pair as (
              select distinct b.person as was, o.person as person
              from {was} b join {now_is} o on o.signature = b.signature
                and o.since is not distinct from b.since
              where b.person <> o.person),
            gone as (select was from pair where was not in (
              select person from owned where person is not null))
            select {literal(now)} as merged_at, was, person from pair semi join gone using (was)""",
    )
    (count,) = session.one("how many merges", "select count(*) from merged")
    if count:
        writer.append(MERGES, session, "merges", "from merged")
