"""
Which channel, or source, somebody uses most: SQL that counts each in a column of its own.

There are few, and a column each is counted in one group by subject; a group by subject and channel
would have as many rows as everybody has channels, to be grouped once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trayecto.lake.duck import Session
from trayecto.lake.sql import literal

Kind = Literal["channel", "source"]
KINDS: tuple[Kind, ...] = ("channel", "source")


@dataclass(frozen=True, slots=True)
class Habits:
    """The names there are of one *kind*, in the order of the alphabet, each with its code."""

    kind: Kind
    names: tuple[tuple[str, int], ...]

    @staticmethod
    def of(session: Session, kind: Kind) -> Habits:
        """Return those of the lake."""
        rows = session.ask(
            f"every {kind}", f"select distinct {kind}, {kind}_code from nodes order by {kind}"
        )
        # An empty lake has no names, and SQL no empty list of columns.
        return Habits(kind, tuple((str(name), int(code)) for name, code in rows) or (("", -1),))

    @property
    def counts(self) -> str:
        """Give the columns that count them, in a group of steps."""
        return ", ".join(
            f"count(*) filter ({self.kind} = {code}) as {self.kind}_{nth}"
            for nth, (_, code) in enumerate(self.names)
        )

    @property
    def most(self) -> str:
        """Give the one of most steps; of equals, the first in the alphabet."""
        columns = [f"{self.kind}_{nth}" for nth in range(len(self.names))]
        whens = " ".join(
            f"when {column} then {literal(name)}"
            for column, (name, _) in zip(columns, self.names, strict=True)
        )
        return f"case greatest({', '.join(columns)}) {whens} end"

    @property
    def used(self) -> str:
        """Give the list of those used, in small letters."""
        each = ", ".join(
            f"case when {self.kind}_{nth} > 0 then {literal(name.lower())} end"
            for nth, (name, _) in enumerate(self.names)
        )
        return f"list_filter([{each}], lambda word: word is not null)"
