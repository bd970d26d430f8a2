"""A small import is laid beside what there is; what is seen is as if all were ordered anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import duckdb
import pytest

from trayecto import care, flow, health
from trayecto.identity import links, profile
from trayecto.journeys import beside
from trayecto.lake.tables import LINKS, PATHS, PEOPLE, STEPS, WAYS, Table
from trayecto.workspace import Workspace

HEADER = "timestamp,user_id,anonymous_id,email,event,channel,ticket,score"


@pytest.fixture
def small_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Give what says from how many rows on a table is worth laying a few beside it."""

    def say(rows: int) -> None:
        for module in ("journeys.beside", "identity.people"):
            monkeypatch.setattr(f"trayecto.{module}.WORTH", rows)
            monkeypatch.setattr(f"trayecto.{module}.SHARE", 10.0)
        monkeypatch.setattr("trayecto.identity.touched.SHARE", 10.0)

    return say


def a_day_of(chance: Random, rows: int, *, late: float) -> list[str]:
    """Return rows of one day: households share devices, logins come late, moments coincide."""
    day = []
    for _ in range(rows):
        who = chance.randrange(40)
        user = f"u{who}" if chance.random() < 0.5 else ""
        device = f"d{who // 2}" if chance.random() < 0.7 else ""
        mail = f"u{who}@example.org" if chance.random() < 0.1 else ""
        minute = chance.randrange(600 if chance.random() < late else 300, 900)
        ticket = f"T{chance.randrange(30)}" if chance.random() < 0.3 else ""
        score = str(chance.randrange(11)) if chance.random() < 0.1 else ""
        touchpoint = chance.choice(["ad", "shop", "cart", "buy", "help"])
        channel = chance.choice(["web", "app", "phone"])
        day.append(
            f"2026-03-01T{minute // 60:02}:{minute % 60:02}:00Z,{user},{device},{mail},"
            f"{touchpoint},{channel},{ticket},{score}"
        )
    return day


def days(seed: int) -> Iterator[list[str]]:
    """Give a large first import, then small ones: most of their facts are later, some are not."""
    chance = Random(seed)
    yield a_day_of(chance, 600, late=0.0)
    for rows in (1, 25, 40, 3, 60):
        yield a_day_of(chance, rows, late=0.7)


def imported(folder: Path, days: list[list[str]], begun: Workspace | None = None) -> Workspace:
    workspace = begun or flow.create(folder, language="en", buckets=8)
    for nth, day in enumerate(days, len(list(folder.parent.glob("*.csv")))):
        file = folder.parent / f"{nth}.csv"
        file.write_text("\n".join([HEADER, *day]), "utf-8")
        flow.import_files(workspace, [file], source="shop")
    return workspace


def seen(workspace: Workspace, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a table as questions see them."""
    columns = [c.name for c in table.columns if c.name != "bucket"]
    with workspace.lake.session() as session:
        if table is not WAYS:
            return session.ask(
                "rows", f"select {', '.join(columns)} from {table.name} order by all"
            )
        sums = ", ".join(f"sum({one})" for one in beside.SUMS)
        keys = f"per, {beside.WAY}"
        return session.ask(
            "sums",
            f"select {keys}, {sums} from ways group by {keys} having sum(times) <> 0 order by all",
        )


def lies_beside(workspace: Workspace) -> int:
    with workspace.lake.session() as session:
        return int(session.one("beside", "select count(*) from steps where bucket = -1")[0])


def assert_alike(one: Workspace, other: Workspace) -> None:
    for table in (PEOPLE, STEPS, PATHS, WAYS):
        assert seen(one, table) == seen(other, table), table.name


@pytest.mark.parametrize("seed", range(3))
def test_what_lies_beside_is_seen_as_if_all_were_ordered_anew(
    tmp_path: Path, small_is: Callable[[int], None], seed: int
) -> None:
    (tmp_path / "anew").mkdir()
    (tmp_path / "beside").mkdir()
    first, *rest = days(seed)
    anew = laid = None
    for day in [first, *rest]:
        small_is(1_000_000)
        anew = imported(tmp_path / "anew" / "w", [day], anew)
        small_is(0)
        laid = imported(tmp_path / "beside" / "w", [day], laid)
        assert_alike(laid, anew)
    assert anew
    assert laid
    assert lies_beside(laid) > 0 == lies_beside(anew)
    for scope in (
        flow.Scope(), flow.Scope(per="case"), flow.Scope(channels=("web",)),
        flow.Scope(contains=("buy",)), flow.Scope(by="node"),
    ):  # fmt: skip
        assert flow.graph(laid, scope) == flow.graph(anew, scope)
        assert flow.variants(laid, scope) == flow.variants(anew, scope)
        assert flow.sessions(laid, scope) == flow.sessions(anew, scope)
    ours, theirs = (flow.influence(w, flow.Scope(), "buy").credits for w in (laid, anew))
    assert [c.name for c in ours] == [c.name for c in theirs]
    assert [c.markov for c in ours] == pytest.approx([c.markov for c in theirs])


def numbers_in_files(workspace: Workspace, table: Table) -> set[int]:
    """Return every large number that the files of a table hold, seen or hidden."""
    found: set[int] = set()
    for file in workspace.lake.files(table):
        asked = f"select columns(lambda c: c in {_NUMBERED}) from '{file}'"
        rows = duckdb.connect().execute(asked).fetchall()
        found |= {number for row in rows for number in row}
    return found


_NUMBERED = ("subject", "interaction", "signature", "person")


@pytest.mark.parametrize("seed", range(2))
def test_who_is_forgotten_is_gone_beside_and_below(
    tmp_path: Path, small_is: Callable[[int], None], seed: int
) -> None:
    (tmp_path / "anew").mkdir()
    (tmp_path / "beside").mkdir()
    small_is(1_000_000)
    anew = imported(tmp_path / "anew" / "w", list(days(seed)))
    small_is(0)
    laid = imported(tmp_path / "beside" / "w", list(days(seed)))
    for who in ("u7", "u8", "u21"):
        with laid.lake.session() as session:
            number = profile.find(session, who, region=None)
            _, signatures = profile.holdings(session, number)
            theirs = {number, *signatures, *profile.facts_of(session, number).ids}
        for workspace in (anew, laid):
            care.forget(workspace, who, by="test")
        assert lies_beside(laid)
        assert_alike(laid, anew)
        for table in (PEOPLE, STEPS, PATHS):
            assert not theirs & numbers_in_files(laid, table), table.name


def test_tidying_puts_all_in_its_place(tmp_path: Path, small_is: Callable[[int], None]) -> None:
    small_is(0)
    laid = imported(tmp_path / "w", list(days(1)))
    before = {table.name: seen(laid, table) for table in (PEOPLE, STEPS, PATHS, WAYS)}
    assert lies_beside(laid)
    health.tidy(laid)
    assert not lies_beside(laid)
    for table in (PEOPLE, STEPS, PATHS, WAYS):
        assert seen(laid, table) == before[table.name], table.name


def test_evidence_that_an_older_program_noted_gets_its_numbers_at_the_next_import(
    tmp_path: Path, small_is: Callable[[int], None]
) -> None:
    small_is(0)
    (tmp_path / "older").mkdir()
    (tmp_path / "newer").mkdir()
    first, second = list(days(7))[:2]
    older = imported(tmp_path / "older" / "w", [first])
    with older.lake.writing() as writer, older.lake.session() as session:
        session.run(
            "kept",
            f"create temp table kept as select * exclude ({', '.join(links.KEYS)}) from links",
        )
        without = replace(
            LINKS, columns=tuple(c for c in LINKS.columns if c.name not in links.KEYS)
        )
        writer.replace(without, session, "as it was", "from kept")
    assert not older.lake.stored(LINKS) & set(links.KEYS)
    imported(tmp_path / "older" / "w", [second], older)
    newer = imported(tmp_path / "newer" / "w", [first, second])
    for table in (LINKS, PEOPLE, STEPS):
        assert seen(older, table) == seen(newer, table)
