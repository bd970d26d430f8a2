"""
Whom new facts concern: all evidence that hangs together with theirs, and none other.

People are components of identifiers under rules, and no rule looks beyond a component in the widest
sense: sets that share any identifier at all, usable or not, and pairs that an operator judged. So
joining what is touched alone gives what joining the whole ledger would give there.
"""

from __future__ import annotations

from collections.abc import Sequence

from trayecto.identity import links
from trayecto.identity.components import Judgement
from trayecto.identity.identifiers import KINDS
from trayecto.lake.duck import Session

LEDGER = "touched_links"

SHARE = 0.3
"""How much of the ledger may be touched for joining that alone to be less work."""

_PLACE = " ".join(f"when '{kind}' then {place}" for place, kind in enumerate(KINDS))
_SIDES = " union all ".join(
    f"""select case {one}_kind {_PLACE} end as kind,
               {links.key(f"{one}_kind", f"{one}_value")} as key,
               case {other}_kind {_PLACE} end as other_kind,
               {links.key(f"{other}_kind", f"{other}_value")} as other_key
        from judged_pairs"""
    for one, other in (("left", "right"), ("right", "left"))
)
"""What was judged, each side once beside the other."""


def find(
    session: Session,
    *,
    since: int,
    said: Sequence[Judgement],
    judged: bool,
    worth_it: float,
) -> bool:
    """
    Make `touched_links`: the part of the ledger that facts of imports after *since* concern.

    With *judged* also what operators judged, which is little. Returns whether that is less than
    the share *worth_it* of the ledger; above, it is given up: joining everything is no more work.
    """
    session.load(
        "judged_pairs",
        "left_kind varchar, left_value varchar, right_kind varchar, right_value varchar",
        [(*judgement.left, *judgement.right) for judgement in said],
    )
    (signatures,) = session.one("ledger", "select count(*) from links")
    new = f"select signature from interactions where batch > {since}"
    session.run(
        "links of new facts",
        f"""create or replace temp table front as
            select {_LINK} from links where signature in ({new})""",
    )
    session.run("links that are touched", f"create or replace temp table {LEDGER} as from front")
    session.run(
        "what was judged",
        f"""create or replace temp table edge as
            select distinct kind, key from ({_SIDES}) where {judged}""",
    )
    session.run("that is reached", "create or replace temp table reached as from edge")
    if judged:
        _touch_holders(session)
        session.run("both", f"create or replace temp table front as from {LEDGER}")
    while _reach_identifiers(session):
        touched = _touch_holders(session)
        if touched > worth_it * signatures:
            return False
    session.run(
        "sets that are touched",
        f"create or replace temp table touched as select distinct signature from {LEDGER}",
    )
    return True


_LINK = f"signature, {', '.join(links.KEYS)}, first_at"


def _reach_identifiers(session: Session) -> int:
    """Make the table `edge`: what sets touched last hold, and what was judged with it, if new."""
    held = f"""
        select unnest(range({len(KINDS)})) as kind, unnest([{", ".join(links.KEYS)}]) as key
        from front"""
    session.run(
        "identifiers not yet reached",
        f"""create or replace temp table edge as
            with held as ({held}), sides as ({_SIDES})
            select distinct kind, key from (
              from held where key is not null union all
              select s.other_kind, s.other_key from sides s join (
                from held union all from reached) h on s.kind = h.kind and s.key = h.key)
            anti join reached using (kind, key)""",
    )
    session.run("reached", "insert into reached from edge")
    (new,) = session.one("how many were reached", "select count(*) from edge")
    return int(new)


def _touch_holders(session: Session) -> int:
    """Add the links that hold any identifier reached last; return how many are touched now."""
    kinds = session.ask("of which kinds", "select distinct kind from edge order by kind")
    holds = " union all ".join(
        f"select signature from links where {links.KEYS[place]} in "
        f"(select key from edge where kind = {place})"
        for (place,) in kinds
    )
    # The last look finds none, and reads no more than this.
    session.run(
        "who holds them",
        f"""create or replace temp table holders as
            select distinct signature from ({holds or f"select signature from {LEDGER}"})
            anti join {LEDGER} using (signature)""",
    )
    (some,) = session.one("whether anyone does", "select count(*) from holders")
    session.run(
        "their links",
        f"""create or replace temp table front as
            select {_LINK} from links where {"signature in (from holders)" if some else "false"}""",
    )
    session.run("those are touched too", f"insert into {LEDGER} from front")
    (touched,) = session.one("how many are touched", f"select count(*) from {LEDGER}")
    return int(touched)
