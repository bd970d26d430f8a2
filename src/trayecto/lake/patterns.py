"""
Patterns that a person writes and the engine judges: equal, prefix, glob, regex.

A pattern always speaks of the whole text. Whatever it is, judging takes time in proportion to the
text and never more: the engine's regular expressions (RE2) do not go back, so nobody can write one
that holds everything up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import duckdb

from trayecto.lake.sql import literal

How = Literal["equal", "prefix", "glob", "regex"]
WAYS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text must be: this one, one that begins so, or one of this shape."""

    how: How
    text: str

    @property
    def is_any(self) -> bool:
        """Tell whether every text is one."""
        return self.how == "glob" and self.text.strip("*") == "" and self.text != ""

    @property
    def only(self) -> str | None:
        """The one text that it holds of; None when there may be others."""
        plain = self.how == "glob" and not set(self.text) & {"*", "?"}
        return self.text if self.how == "equal" or plain else None

    def holds(self, value: str) -> str:
        """
        Return SQL that is true where the text *value* (SQL too) is such a one; null holds of none.

        >>> Pattern("glob", "help_*").holds("name"), Pattern("glob", "*").holds("name")
        ("starts_with(name, 'help_')", 'name is not null')
        """
        if self.is_any:
            return f"{value} is not null"
        if self.only is not None:
            return f"{value} = {literal(self.only)}"
        start = self.text[:-1]
        if self.how == "prefix":
            return f"starts_with({value}, {literal(self.text)})"
        if self.how == "glob" and self.text.endswith("*") and not set(start) & {"*", "?"}:
            return f"starts_with({value}, {literal(start)})"
        shape = self.text if self.how == "regex" else _as_regex(self.text)
        return f"regexp_full_match({value}, {literal(shape)})"


ANY = Pattern("glob", "*")


def _as_regex(glob: str) -> str:
    wild = {"*": ".*", "?": "."}
    return "(?s)" + "".join(wild.get(letter) or re.escape(letter) for letter in glob)


@lru_cache(maxsize=4096)
def complaint(regex: str) -> str | None:
    """Return what the engine has against a regular expression; None when it takes it."""
    with duckdb.connect() as connection:
        try:
            connection.execute(f"select regexp_full_match('', {literal(regex)})")
        except duckdb.Error as error:
            return str(error).removeprefix("Invalid Input Error: ")
    return None
