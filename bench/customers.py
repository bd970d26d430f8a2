"""
How fast a rule over customers finds whom it holds for: ten million interactions.

    python bench/customers.py [INTERACTIONS]        (default 10,000,000; a person for every twenty)

One interaction in four tells properties: plan, city and age among eight others. Prints, as medians
of three and with the number chosen: a rule on one property, on three, on what is computed, and
four rules at once; beside them the plain scan of the same text column and of its rows with the
name. Seeded; everything lies in a temporary folder.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from trayecto.journeys.customers import know
from trayecto.lake.duck import Session
from trayecto.vocabulary.rule import Rule, rule_of

_TABLES = {
    "interactions": """
        select r as id, timestamptz '2026-01-01' + to_microseconds((r * 7919 % 7776000000) * 1000)
            as occurred_at, 1 as batch, r as row, 'web' as source, null::varchar as case_id,
          r % {people} as signature,
          case when hash(r) % 4 = 0 then cast(to_json({{
            plan: ['fibre', 'copper', 'mobile', 'business'][1 + (r % {people}) % 4],
            city: 'city ' || (hash(r % {people}) % 50), age: 18 + hash(r % {people} + 1) % 70,
            browser: 'browser ' || (hash(r) % 9), page: 'a page of the shop ' || (r % 4000),
            campaign: 'campaign ' || (hash(r + 2) % 30), screen: '1920x1080', agent: 'agent 7',
            session: hash(r + 3), referrer: 'https://example.com/some/where', version: '4.2.0'
          }}) as varchar) end as properties
        from range({rows}) t(r)""",
    "people": "select r as signature, r as person, null::timestamptz as since, "
    "null::timestamptz as until from range({people}) t(r)",
    "steps": """
        select r // 20 as subject, (r % 20 + 1)::integer as position, 'person' as per,
          (hash(r) % 6)::integer as channel, (r % 3)::integer as source,
          null::double as score, null::varchar as scale from range({rows}) t(r)""",
    "paths": """
        select r as subject, 'person' as per, range(20)::integer[] as path,
          timestamptz '2026-01-01' as first_at,
          timestamptz '2026-01-01' + to_days((r % 90)::integer) as last_at
        from range({people}) t(r)""",
    "nodes": "select r::integer as channel_code, 'channel ' || r as channel, "
    "(r % 3)::integer as source_code, 'source ' || (r % 3) as source from range(6) t(r)",
}
_RULES: dict[str, list[list[str]]] = {
    "one property": [["plan=fibre"]],
    "three properties": [["plan=fibre,business", "age>=65", "city=city 7"]],
    "computed: interactions, days": [["interactions>=5", "days_silent<=30"]],
    "computed: channels": [["channels>=3"]],
    "four rules at once": [["plan=fibre"], ["plan=copper", "age>=65"], ["city=city 7"],
                           ["interactions>=5"]],
}  # fmt: skip


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Return the median seconds of three runs, on the clock and of both cores, and the answer."""
    seconds, cores, found = [], [], 0
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        found = work()
        seconds.append(time.perf_counter() - start)
        cores.append(time.process_time() - used)
    return median(seconds), median(cores), found


def main(arguments: list[str]) -> None:
    """Make the tables and print every time."""
    rows = int(arguments[0]) if arguments else 10_000_000
    people = rows // 20
    with tempfile.TemporaryDirectory() as folder:
        session = Session(memory="4GB", threads=2, scratch=Path(folder) / "scratch")
        for name, made in _TABLES.items():
            file = Path(folder) / f"{name}.parquet"
            session.run(name, f"copy ({made.format(rows=rows, people=people)}) to '{file}'")
            session.run(name, f"create view {name} as select * from '{file}'")
        print(f"{rows:,} interactions of {people:,} people; 2 threads, 4 GB")

        def plain(sql: str) -> Callable[[], int]:
            return lambda: int(session.one("plain", sql)[0])

        def ruled(rules: list[Rule]) -> Callable[[], int]:
            def work() -> int:
                known = know(session, "person", rules)
                sql = f"select count(*) from {known.table} where {known.where(rules[0])}"
                return int(session.one("how many", sql)[0])

            return work

        scan = "select sum(length(properties))::bigint from interactions"
        named = "select count(*) from interactions where contains(properties, '\"plan\"')"
        tasks = {"plain scan of the column": plain(scan), "rows with the name": plain(named)}
        tasks |= {
            name: ruled([rule_of(tests) for tests in rules]) for name, rules in _RULES.items()
        }
        for name, task in tasks.items():
            seconds, cores, found = timed(task)
            print(f"{name:32} {seconds:7.2f} s  ({cores:6.2f} s of cores)  {found:>13,}")
        session.__exit__()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
