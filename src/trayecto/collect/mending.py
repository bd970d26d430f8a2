"""
Broken accents put right in the cells of any file, with the rows as they came kept beside.

The engine finds the cells that may be broken; only those, each value once, are looked at word by
word. What is rejected is kept as it came; what is a fact says `Teléfono`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trayecto.collect.arrivals import WRITTEN, Arrivals
from trayecto.collect.encoding import put_right
from trayecto.collect.mojibake import PATTERN, repaired
from trayecto.lake.duck import Session
from trayecto.lake.sql import literal, name
from trayecto.vocabulary.text import Text

LOOKING = Text(en="looking for broken accents", es="buscando acentos rotos")
_AT_ONCE = 10_000


def mended(session: Session, arrivals: Arrivals, scratch: Path) -> Arrivals:
    """Return the arrivals with every certain word put right, and how many those were."""
    columns = _suspicious(session, arrivals)
    words = _learn(session, arrivals, columns, scratch) if columns else 0
    if not words:
        return arrivals
    right = ", ".join(
        f"coalesce(m{i}.mended, a.{name(column)}) as {name(column)}"
        for i, column in enumerate(columns)
    )
    joins = " ".join(
        f"left join mended_cells m{i} on m{i}.broken = a.{name(column)}"
        for i, column in enumerate(columns)
    )
    return replace(
        arrivals,
        sql=f"select a.* replace ({right}) from ({arrivals.sql}) a {joins}",
        as_came=arrivals.sql,
        notes=(*arrivals.notes, put_right(words)),
    )


def _suspicious(session: Session, arrivals: Arrivals) -> list[str]:
    """Return the columns of text that hold what broken words are made of."""
    texts = [column for column, kind in arrivals.columns if kind == "VARCHAR"]
    if not texts:
        return []
    # Telling what is not ASCII is five times quicker than looking for signs; most cells are.
    tests = ", ".join(
        f"bool_or(case when strlen({cell}) <> length({cell})"
        f" then regexp_matches({cell}, {literal(PATTERN)}) end)"
        for cell in map(name, texts)
    )
    found = session.one("cells with broken letters", f"select {tests} from ({arrivals.sql})")
    return [column for column, held in zip(texts, found, strict=True) if held]


def _learn(session: Session, arrivals: Arrivals, columns: Sequence[str], scratch: Path) -> int:
    """Make the table `mended_cells` of broken values beside right ones; return how many words."""
    each = " union all ".join(
        f"select {name(column)} as broken from ({arrivals.sql})"
        f" where regexp_matches({name(column)}, {literal(PATTERN)})"
        for column in columns
    )
    values = session.batches(
        "broken cells", f"select broken, count(*) from ({each}) group by broken", _AT_ONCE
    )
    words, file = 0, scratch / "mended.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        for broken, times in values:
            right, count = repaired(broken)
            if count:
                words += count * times
                writer.writerow((broken, right))
    session.run(
        "right cells beside broken ones",
        f"""create or replace temp table mended_cells as
            from read_csv({literal(str(file))}, delim = ',', quote = '"', escape = '"',
              header = false, auto_detect = false, max_line_size = {128 << 20},
              {WRITTEN},
              columns = {{'broken': 'VARCHAR', 'mended': 'VARCHAR'}})""",
    )
    return words
