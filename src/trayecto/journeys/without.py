"""
The steps without somebody who is forgotten: of all others they stay as they are.

Their bucket is laid anew, and the cases that they are in, whose other steps have other neighbours
then. Where newer rows lie beside, what these hide goes too: it may be what was theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from trayecto.journeys.beside import COUNTED, less, summed
from trayecto.journeys.steps import LAID, Place, built, in_sequence, marked, put
from trayecto.lake.duck import Session, beside_view, laid_view
from trayecto.lake.laid import File
from trayecto.lake.lake import Lake, Writer
from trayecto.lake.marks import fingerprints
from trayecto.lake.sql import bucket, literal, one_of
from trayecto.lake.tables import BESIDE, INTERACTIONS, PATHS, PEOPLE, STEPS, TABLES, WAYS

_Laid = Mapping[str, list[File]]
"""What was written of each table."""


@dataclass(frozen=True, slots=True)
class Without:
    """The steps without a person: laid, and not yet put in their place."""

    _writer: Writer
    _files: Mapping[Place, _Laid]

    def put(self, *, fresh: bool) -> None:
        """Put it in the place of what was there; *fresh* steps stay so without being built."""
        writer = self._writer
        for (per, bucket_), laid in self._files.items():
            put(writer, laid, at={"per": (per,), "bucket": (bucket_,)})
        if fresh:
            writer.note(STEPS, self._stamp(writer.lake))

    def _stamp(self, lake: Lake) -> dict[str, str]:
        now = replace(
            built(lake), interactions=lake.version(INTERACTIONS), people=lake.version(PEOPLE),
            erased=lake.erased(),
            people_by_bucket=fingerprints(lake),
        )  # fmt: skip
        return now.stamp()


def without(
    writer: Writer, session: Session, *, person: int, facts: Sequence[int], cases: Sequence[int]
) -> Without:
    """
    Lay the steps anew without a person, whose *facts* are known, and the *cases* they are in.

    The person's bucket is copied in its order. Cases may hold other people's steps too, whose
    neighbours are others then: those cases alone are put in sequence again.
    """
    files = {}
    own = ("person", person % writer.lake.buckets)
    if STEPS.name in session.merged:
        _continue_cases(session, cases, facts, writer.lake.buckets)
        gone = {"person": [person], "case": cases}
        places = {own} | _hiding(session, facts, cases) | _of_marked(session)
        for place in sorted(places):
            files[place] = _lay_anew(writer, session, place, gone[place[0]])
        for per, subjects in gone.items():
            files[per, BESIDE] = _lay_beside(writer, session, per, subjects, places)
        return Without(writer, files)
    if session.ask("has steps", f"select 1 from steps where {_theirs([person], 'person')} limit 1"):
        rest = f"where per = 'person' and bucket = {own[1]} and subject <> {person}"
        # The order is that of the files: nothing is sorted, and paths are not made again.
        files[own] = _lay_all(writer, session, own, {
            PATHS.name: f"from paths {rest}",
            WAYS.name: f"with here as (from steps {rest}) {COUNTED}",
            STEPS.name: f"from steps {rest}",
        })  # fmt: skip
    lie = sorted(_of_cases(session, cases))
    if lie:
        _continue_cases(session, cases, facts, writer.lake.buckets)
    for place in lie:
        files[place] = _lay_anew(writer, session, place, cases)
    return Without(writer, files)


def _continue_cases(
    session: Session, cases: Sequence[int], facts: Sequence[int], buckets: int
) -> None:
    """Make `marked`: the steps of *cases* without some *facts*, in sequence again."""
    columns = "subject, occurred_at, touchpoint, channel, source, score, scale, interaction"
    session.run(
        "cases without a person",
        f"""create or replace temp table lived as
            select {bucket("subject", buckets)} as bucket, {columns}
            from steps where {_theirs(cases, "case")} and interaction not in {one_of(facts)}
            order by bucket, subject, position""",
    )
    session.run("in sequence", f"create or replace temp table sequence as {in_sequence()}")
    session.run("marked", f"create or replace temp table marked as {marked()}")


def _of_cases(session: Session, cases: Sequence[int]) -> set[Place]:
    """Return where steps of *cases* lie."""
    rows = session.ask(
        "where cases lie",
        f"select distinct bucket from {laid_view(session, STEPS)} where {_theirs(cases, 'case')}",
    )
    return {("case", bucket_) for (bucket_,) in rows}


def _of_marked(session: Session) -> set[Place]:
    """Return where the cases that go on belong: they may have lain beside alone."""
    rows = session.ask("where they belong", "select distinct bucket from marked")
    return {("case", bucket_) for (bucket_,) in rows}


def _hiding(session: Session, facts: Sequence[int], cases: Sequence[int]) -> set[Place]:
    """Return where steps of the forgotten lie below newer rows, whoever they were thought to be."""
    rows = session.ask(
        "where they lie below",
        f"""select distinct per, bucket from {laid_view(session, STEPS)}
            where interaction in {one_of(facts)}""",
    )
    return {(per, bucket_) for per, bucket_ in rows} | _of_cases(session, cases)


def _lay_anew(writer: Writer, session: Session, place: Place, gone: Sequence[int]) -> _Laid:
    """Write what is seen of a place without those *gone*, and with the cases that go on."""
    here = f"with here as ({_seen([place], gone)})"
    return _lay_all(writer, session, place, {
        table: f"{here} {sql}" for table, sql in LAID.items()
    })  # fmt: skip


def _seen(places: Collection[Place], gone: Sequence[int]) -> str:
    """Give the steps seen of *places*, all of one kind, without those *gone*."""
    ((per, _), *_) = places
    lie = one_of(sorted(bucket_ for _, bucket_ in places))
    rows = f"""select * exclude (per) from steps
        where per = {literal(per)} and bucket in {lie} and subject not in {one_of(gone)}"""
    if per == "case":
        rows += f" union all by name from marked where bucket in {lie}"
    return rows


def _lay_beside(
    writer: Writer, session: Session, per: str, gone: Sequence[int], places: Collection[Place]
) -> _Laid:
    """Write what lies beside without those *gone*, when *places* are as they are seen now."""
    mine = [place for place in places if place[0] == per]
    of = f"where per = {literal(per)}"
    theirs = f"with here as (from steps where {_theirs(gone, per)}) {COUNTED}"
    # All together they are what they were, less what went: what lies beside makes up for the rest.
    rows = [f"from ways {of} and bucket = {BESIDE}", less(theirs)]
    if per == "case":
        rows.append(f"with here as (from marked) {COUNTED}")
    if mine:
        lie = one_of(sorted(bucket_ for _, bucket_ in mine))
        rows.append(f"from ways {of} and bucket in {lie}")
        rows.append(less(f"with here as ({_seen(mine, gone)}) {COUNTED}"))
    stay = f"{of} and subject not in {one_of(gone)}"
    if mine:
        # Who is nothing any more need not be told where nothing lies below.
        rest = bucket("subject", writer.lake.buckets)
        stay += f" and not ({{nothing}} and {rest} in {lie})"
    order = {PATHS: "subject", STEPS: "subject, position"}
    laid = {
        table.name: f"from {beside_view(table)} "
        f"{stay.format(nothing=table.beside.gone if table.beside else '')} order by {by}"
        for table, by in order.items()
    }
    return _lay_all(writer, session, (per, BESIDE), laid | {WAYS.name: summed(rows)})


def _theirs(subjects: Sequence[int], per: str) -> str:
    return f"per = {literal(per)} and subject in {one_of(subjects)}"


def _lay_all(writer: Writer, session: Session, place: Place, rows: Mapping[str, str]) -> _Laid:
    """Write the rows that each table holds of a place."""
    at: dict[str, str | int] = {"per": place[0], "bucket": place[1]}
    laid = {
        name: writer.lay(TABLES[name], session, f"file of {name}", sql, at=at)
        for name, sql in rows.items()
    }
    return {name: [file] if file else [] for name, file in laid.items()}
