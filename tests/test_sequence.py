"""Rows that went through a join: nobody's journey is cut in two because the engine mixed them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from examples import NOON
from trayecto.journeys.sequence import in_sequence
from trayecto.lake.duck import Session

COLUMNS = (
    "subject bigint, position int, occurred_at timestamptz, touchpoint int, channel int, "
    "source int, node int, score double, scale varchar, interaction bigint"
)
Row = tuple[object, ...]


def step(subject: int, position: int) -> Row:
    """Return a person's step, an hour after the one before, at the touchpoint of that number."""
    at = NOON + timedelta(hours=position)
    return (subject, position, at, position, 0, 0, position, None, None, subject * 100 + position)


@pytest.mark.parametrize("seed", range(5))
def test_steps_that_a_join_mixed_are_put_in_order_again(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    lives = [[step(subject, n) for n in range(1, 5)] for subject in range(1, 40)]
    laid = [row for life in lives for row in life]
    # What a join does: here and there a row comes later than its neighbours.
    for _ in range(seed * 3):
        laid.insert(chance.randrange(len(laid)), laid.pop(chance.randrange(len(laid))))
    with Session(memory="500MB", threads=2, scratch=tmp_path) as session:
        session.load("rows", COLUMNS, laid)
        in_sequence(session, "from rows", called="sequence", joined=True)
        found = session.ask(
            "each one's steps, as they lie",
            """select subject, list(touchpoint order by rowid), list(position order by rowid),
                      list(before order by rowid), list(gap_us order by rowid),
                      list(final order by rowid) from sequence group by all order by all""",
        )
    hour = 3_600_000_000
    assert found == [
        (subject, [1, 2, 3, 4], [1, 2, 3, 4], [None, 1, 2, 3], [None, hour, hour, hour],
         [False, False, False, True])
        for subject in range(1, 40)
    ]  # fmt: skip


def test_a_filter_by_people_and_period_keeps_everybody_whole(tmp_path: Path) -> None:
    lives = [[step(subject, n) for n in range(1, 8)] for subject in range(1, 30_001)]
    with Session(memory="500MB", threads=2, scratch=tmp_path) as session:
        session.load("rows", COLUMNS, [row for life in lives for row in life])
        session.run(
            "chosen", "create temp table chosen as select i * 67 as subject from range(447) r(i)"
        )
        rows = "select * from rows where subject in (select subject from chosen)"
        in_sequence(session, rows, called="sequence", joined=True)
        starts, steps = session.one(
            "how many begin", "select count(*) filter (position = 1), count(*) from sequence"
        )
    assert (starts, steps) == (446, 446 * 7)
