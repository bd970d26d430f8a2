"""
Make seeded interactions of a size: `python bench/generate.py 10000000 out.parquet`.

Skewed activity (a few people do much), 25 touchpoints over 7 channels, a drift of each person from
early to late touchpoints, 90 days. The same seed gives the same rows on every machine: every value
comes from md5 of the row's number, not from an engine's generator.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

TOUCHPOINTS = 25
CHANNELS = ("web", "app", "email", "sms", "whatsapp", "phone", "store")
CHUNK = 5_000_000


def generate(rows: int, target: Path, *, seed: int = 7) -> None:
    """Write *rows* interactions to *target* in arrival order (not ordered by person)."""
    people = max(rows // 20, 1)
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    channels = "[" + ", ".join(f"'{channel}'" for channel in CHANNELS) + "]"

    def chance(name: str) -> str:
        return f"(md5_number_lower('{seed}:{name}:' || i) % 1000003) / 1000003.0"

    sql = f"""
        with drawn as (
          select i, {chance("who")} as who, {chance("when")} as moment, {chance("what")} as what
          from range({rows}) r(i)),
        lived as (
          -- The square makes activity skewed: the first tenth of people do a third of everything.
          select i, cast(floor(who * who * {people}) as bigint) as person, moment,
                 least({TOUCHPOINTS - 1},
                       cast(floor((moment * 0.6 + what * 0.4) * {TOUCHPOINTS}) as integer)) as place
          from drawn)
        select 'u' || person as user_id,
               timestamp '2026-01-01' + to_microseconds(cast(moment * 7776000e6 as bigint))
                 as timestamp,
               'touchpoint_' || lpad(cast(place as varchar), 2, '0') as event,
               {channels}[1 + (place * 3 + person % 2) % {len(CHANNELS)}] as channel,
               'e' || i as event_id
        from lived"""
    connection.execute(f"copy ({sql}) to '{target}' (format parquet, row_group_size 500000)")


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))
