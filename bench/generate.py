"""
Make seeded interactions of a size: `python bench/generate.py 10000000 out.parquet` (or `out.csv`).

As an export is: a few people do much, 25 touchpoints over 7 channels, each person drifts from early
to late touchpoints over 90 days, households share devices, people log in on them or not. One row in
twenty repeats a fact with its id, and one fact in a hundred is dirty: no time or an impossible one,
no name, placeholders for people, addresses that are none, broken accents, a robot's visit.

The same seed gives the same rows on every machine and engine: all chance is arithmetic on the
number of the fact. `truth` says what an import must count, by its own path.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

TOUCHPOINTS = 25
CHANNELS = ("web", "app", "email", "sms", "whatsapp", "phone", "store")
# One row in twenty is a fact again, some ten thousand rows after it came first.
_EVERY, _LAG = 20, 500
_PRIME = 2**31 - 1
REFUSED = ("no_time", "year_1", "year_2150", "no_name")
"""Faults that keep a row aside; the others leave it a fact."""
_KEPT = ("null_user", "quoted_null", "test_mail", "no_mail", "mojibake", "robot")
_FAULTS = REFUSED + _KEPT


def _chance(of: str, name: str, seed: int) -> str:
    """Return SQL for a number in [0, 1) that depends on *of*, a name and the seed alone."""
    start = sum(ord(letter) * 131**place for place, letter in enumerate(f"{seed}:{name}")) % _PRIME
    first = f"(({of} * 48271 + {start}) % {_PRIME})"
    # Two rounds of squares in a prime field: no pattern that a measure would see.
    second = f"(({first} * {first} + {start}) % {_PRIME})"
    third = f"(({second} * {second} + 69621 * {second} + 1) % {_PRIME})"
    return f"(cast({third} as double) / {_PRIME})"


def _facts(rows: int, seed: int) -> str:
    """Return SQL for one row an exported row, in the order of arrival: which fact, which fault."""
    fault = _chance("fact", "fault", seed)
    faults = "[" + ", ".join(f"'{fault}'" for fault in _FAULTS) + "]"
    first, again = _EVERY - 1, f"r % {_EVERY} = {_EVERY - 1}"
    block = f"(r // {_EVERY})"
    before = f"(case when {block} >= {_LAG} then {block} - {_LAG} else {block} end)"
    return f"""
        select r, fact, case when {fault} < 0.01
                 then {faults}[1 + cast(floor({fault} * 100 * {len(_FAULTS)}) as integer)] end
               as fault
        from (select r, case when {again} then {before} * {first} + {block} % {first}
                        else {block} * {first} + r % {_EVERY} end as fact
              from range({rows}) given(r))"""


def generate(rows: int, target: Path, *, seed: int = 7) -> None:
    """
    Write *rows* interactions to *target* in arrival order (not ordered by person).

    The file's ending says its format: `.csv`, else Parquet.
    """
    form = "csv" if target.suffix == ".csv" else "parquet, row_group_size 500000"
    people = max(rows // 20, 1)
    channels = "[" + ", ".join(f"'{channel}'" for channel in CHANNELS) + "]"
    who, moment, what, known, said = (
        _chance("fact", name, seed) for name in ("who", "when", "what", "known", "said")
    )
    sql = f"""
        with drawn as (
          select *, {who} as who, {moment} as moment, {what} as what, {known} as known,
                 {said} as said
          from ({_facts(rows, seed)})),
        lived as (
          -- The square makes activity skewed: the first tenth of people do a third of everything.
          select *, cast(floor(who * who * {people}) as bigint) as person,
                 least({TOUCHPOINTS - 1},
                       cast(floor((moment * 0.6 + what * 0.4) * {TOUCHPOINTS}) as integer)) as place
          from drawn)
        select
          case fault when 'null_user' then 'undefined' when 'quoted_null' then '"null"'
                     else case when known < 0.7 then 'u' || person end end as user_id,
          case fault when 'no_time' then null
                     when 'year_1' then timestamp '0001-01-01'
                     when 'year_2150' then timestamp '2150-12-31 23:59:59'
                     else timestamp '2026-01-01' + to_microseconds(
                       cast(moment * 7776000e6 as bigint)) end as timestamp,
          case when fault is distinct from 'no_name'
               then 'touchpoint_' || lpad(cast(place as varchar), 2, '0') end as event,
          {channels}[1 + (place * 3 + person % 2) % {len(CHANNELS)}] as channel,
          'e' || fact as event_id,
          -- Fifteen people in a hundred use the device of somebody else of their household.
          'd' || case when person % 20 < 3 then person + 3 else person end as anonymous_id,
          case fault when 'test_mail' then 'test@test.com' when 'no_mail' then 'ana@'
                     else case when place = 3 and known < 0.7
                               then 'p' || person || '@example.com' end end as email,
          case when fault = 'mojibake' then 'ReclamaciÃ³n por averÃ­a en el telÃ©fono'
               when said < 0.02 then 'No me llega la señal desde ayer' end as comment,
          case when fault = 'robot' then 'Googlebot/2.1 (+http://www.google.com/bot.html)'
               else 'Mozilla/5.0' end as user_agent
        from lived"""
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"copy ({sql}) to '{target}' (format {form})")


@dataclass(frozen=True, slots=True)
class Truth:
    """What an import of the rows must count: read = kept + duplicates + rejected."""

    read: int
    kept: int
    duplicates: int
    rejected: int
    flagged: int
    """Kept facts of robots and of tests."""


def truth(rows: int, *, seed: int = 7) -> Truth:
    """Count the fates of the rows from what was drawn, without reading any file."""
    refused = ", ".join(f"'{fault}'" for fault in REFUSED)
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        kept, sound, flagged = connection.execute(
            f"""select count(distinct fact) filter (fine), count(*) filter (fine),
                       count(distinct fact) filter (fault in ('robot', 'test_mail'))
                from (select *, coalesce(fault not in ({refused}), true) as fine
                      from ({_facts(rows, seed)}))"""
        ).fetchall()[0]
    return Truth(rows, kept, sound - kept, rows - sound, flagged)


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))
    print(truth(int(sys.argv[1])))
