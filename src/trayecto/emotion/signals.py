"""
The table `feelings`: one row a signal, from the scores people gave and the texts they wrote.

A score's level is where the answer lies on its own scale, from −1 to 1; a scale whose name ends
in `_effort` is turned round, because there a high answer is bad. A text's level is read by
`emotion.reading`; distinct texts are read once. What is written behind the line of visibility are
the company's own words, so it is not read, and `unread` counts it; a score is its customer's
answer wherever it was written down. Only new imports are read; all are, when words, rules or node
rules changed. The only writer of the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.emotion import lexicon, reading
from trayecto.lake.duck import Session
from trayecto.lake.kinds import NODE
from trayecto.lake.lake import Anew, Lake, Writer
from trayecto.lake.marks import newest_import
from trayecto.lake.sql import hash64, literal, one_of
from trayecto.lake.tables import FEELINGS, INTERACTIONS, NODES
from trayecto.vocabulary.period import Period

SCORES = 2
"""Raised when the level of a score is worked out another way."""

TEXTS_AT_ONCE = 200_000
"""How many distinct texts are read in one go; what Python holds stays bounded."""

_MARKS = ("interactions", "erased", "nodes", "batch", "model")


def model() -> str:
    """Return the version of everything that decides a level."""
    return f"{lexicon.version()}.{SCORES}"


def is_fresh(lake: Lake) -> bool:
    """Tell whether `feelings` holds every fact of the lake, read by the present words."""
    was = lake.stamp(FEELINGS)
    now = (lake.version(INTERACTIONS), lake.stamp(NODES).get("digest", ""), model())
    return (was.get("interactions"), was.get("nodes"), was.get("model")) == tuple(map(str, now))


def refresh(lake: Lake, writer: Writer, session: Session) -> None:
    """Bring the table up to date: what is new is read, what is gone is taken out."""
    if is_fresh(lake):
        return
    was, now = lake.stamp(FEELINGS), _present(lake, session)
    anew = any(was.get(mark) != now[mark] for mark in ("nodes", "model"))
    if not anew and was.get("erased") != now["erased"]:
        writer.replace(FEELINGS, session, "feelings that have a fact", _WITH_FACT)
    since = -1 if anew else int(was.get("batch", -1))
    _read_texts(session, since)
    feelings = f"{_scores(since)} union all {_texts(since)}"
    if anew:
        writer.replace(FEELINGS, session, "feelings", feelings, stamp=now)
    else:
        writer.append(FEELINGS, session, "new feelings", feelings, stamp=now)


def without(writer: Writer, session: Session, facts: Sequence[int]) -> Anew:
    """Lay the table anew without what some facts said."""
    return writer.without(FEELINGS, session, f"interaction in {one_of(facts)}")


def show(writer: Writer, laid: Anew, *, fresh: bool) -> None:
    """Put the table laid without some facts in place; *fresh* feelings stay so."""
    laid.put()
    if fresh:
        lake = writer.lake
        erased = str(lake.erased())
        now = {"interactions": str(lake.version(INTERACTIONS)), "erased": erased}
        writer.note(FEELINGS, now)


def _present(lake: Lake, session: Session) -> dict[str, str]:
    """Return what the table is built from now."""
    newest = newest_import(session)
    values = (
        lake.version(INTERACTIONS),
        lake.erased(),
        lake.stamp(NODES).get("digest", ""),
        newest,
        model(),
    )
    return dict(zip(_MARKS, map(str, values), strict=True))


_WITH_FACT = "select f.* from feelings f semi join interactions i on i.id = f.interaction"
_SEEN = f"{NODE} and n.side is distinct from 'back'"
_BACK = f"{NODE} and n.side = 'back'"


def unread(session: Session, period: Period, *, sources: Sequence[str]) -> int:
    """Return how many texts of a period stand where the company writes (of no source: of all)."""
    wanted = ["i.text is not null", *([f"i.source in {one_of(sources)}"] if sources else [])]
    if period.since:
        wanted.append(f"i.occurred_at >= {literal(period.since)}")
    if period.until:
        wanted.append(f"i.occurred_at < {literal(period.until)}")
    (is_any,) = session.one("any back office", "select count(*) > 0 from nodes where side = 'back'")
    if not is_any:
        return 0
    (count,) = session.one(
        "texts of the back office",
        f"select count(*) from interactions i {_BACK} where {' and '.join(wanted)}",
    )
    return int(count)


def _scores(since: int) -> str:
    """Give the level of every answer that lies on its scale."""
    return f"""
        select i.id as interaction, 'score' as kind, {literal(model())} as model,
          {score_level("i")} as level
        from interactions i
        where i.batch > {since} and i.score is not null and level is not null"""


def score_level(row: str) -> str:
    """Return SQL for the level of a row's score: where it lies between the ends of its scale."""
    low, high = (f"try_cast(split_part({row}.scale, ':', {n}) as double)" for n in (2, 3))
    effort = f"ends_with(split_part({row}.scale, ':', 1), '_effort')"
    return f"""
        case when {row}.score between {low} and {high} and {high} > {low}
             then (2 * ({row}.score - {low}) / ({high} - {low}) - 1)
                  * case when {effort} then -1 else 1 end end"""


def _texts(since: int) -> str:
    return f"""
        select i.id, 'text', {literal(model())}, h.level
        from interactions i join heard h on h.text = i.text {_SEEN}
        where i.batch > {since}"""


def _read_texts(session: Session, since: int) -> None:
    """Make `heard`: the level of each distinct text that says how somebody felt."""
    new = f"from interactions where batch > {since} and text is not null"
    session.load("heard", "text varchar, level double", [])
    (count,) = session.one("how many texts", f"select approx_count_distinct(text) {new}")
    portions = -(-int(count) // TEXTS_AT_ONCE)
    for portion in range(portions):
        part = f"and (({hash64('text')}) % {portions} + {portions}) % {portions} = {portion}"
        rows = session.ask(
            "distinct texts", f"select distinct text {new} {part if portions > 1 else ''}"
        )
        texts = [row[0] for row in rows]
        read = zip(texts, reading.levels(texts), strict=True)
        felt = [(text, level) for text, level in read if level is not None]
        session.load("heard_now", "text varchar, level double", felt)
        session.run("texts read", "insert into heard from heard_now")
