"""Bad data is a value (a problem); a broken promise is an exception that carries problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trayecto.vocabulary.text import NOTHING, Language, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong, where (file, line, field), and the way out."""

    what: Text
    way_out: Text = NOTHING
    file: str | None = None
    line: int | None = None
    field: str | None = None

    def say(self, language: Language) -> str:
        """Return one line a person can act on: place, what, way out."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        said = [f"{place}: " if place else "", f"[{self.field}] " if self.field else ""]
        said.append(self.what.say(language))
        if self.way_out:
            said.append(f" {self.way_out.say(language)}")
        return "".join(said)

    def on_page(self) -> Problem:
        """Return the problem as a page says it."""
        return replace(self, way_out=self.way_out.on_page())


class TrayectoError(Exception):
    """
    Stop with every problem found, not only the first.

    *retry* tells whether the same call may go through later (a lock, a full disk).
    """

    retry = False

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.say("en") for problem in problems))

    def say(self, language: Language) -> str:
        """Return all problems, one a line."""
        return "\n".join(problem.say(language) for problem in self.problems)


def stop_if_any(problems: Iterable[Problem]) -> None:
    """Raise when there is a problem; all of them at once."""
    found = tuple(problems)
    if found:
        raise TrayectoError(*found)
