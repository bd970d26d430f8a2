"""The findings of a measured map, in plain words a director reads in two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trayecto.vocabulary.text import Text

FindingKind = Literal["drop_off", "wait", "undrawn", "skipped", "emotion", "coverage"]


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing worth looking at: a headline, the figures behind it, and whom it touches.

    *where* is the id of the touchpoint or stage, None when it is about the whole map.
    """

    kind: FindingKind
    where: str | None
    headline: Text
    detail: Text
    people: int
