"""
Writing maps: templates, guided creation, self-assessment, comparing and merging, other formats.

Beside the story that `flow` tells, these are the use cases of whoever draws. Each is one short
function; the command line and a notebook call them and nothing deeper.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trayecto import flow
from trayecto.maps import assess as self_assessment
from trayecto.maps import guide as guides
from trayecto.maps import mermaid, versions
from trayecto.maps import templates as shelf
from trayecto.maps.guide import Guide, Question
from trayecto.maps.templates import Template
from trayecto.render import export as exports
from trayecto.render.poster.poster import poster
from trayecto.vocabulary.text import Language
from trayecto.workspace import beside, read_document, write_file

__all__ = ["Guide", "Question"]


def diff(older: Path, newer: Path) -> versions.Difference:
    """Return what changed from one version of a map to another."""
    one, other = (versions.Version(read_document(f), str(f), beside(f)) for f in (older, newer))
    return versions.difference(one, other)


def diff_picture(found: versions.Difference, *, language: Language) -> str:
    """Return the newer map as a picture (SVG) with everything that changed marked."""
    return poster(found.newer, language=language, changes=found.changes)


def merge(base: Path, ours: Path, theirs: Path) -> versions.MergedText:
    """Return the map with what two people changed, and what they have to settle between them."""
    three = [versions.Version(read_document(f), str(f), beside(f)) for f in (base, ours, theirs)]
    return versions.merged(*three)


def templates() -> tuple[Template, ...]:
    """Return the finished maps that come with Trayecto, to begin from."""
    return shelf.templates()


def template(name: str) -> str:
    """Return the text of one of them."""
    return shelf.template(name)


def read_answers(file: Path) -> dict[str, str]:
    """Return the answers of a guided map that a file holds."""
    return guides.read_answers(read_document(file), file=str(file))


def save_answers(file: Path, answers: Mapping[str, str]) -> None:
    """Save the answers of a guided map, to go on another day."""
    write_file(file, guides.write_answers(answers).encode())


def guide(answers: Mapping[str, str], *, skip_unanswered: bool = False) -> Guide:
    """Return where a guided map stands: the next question, or the whole map."""
    return guides.guide(answers, skip_unanswered=skip_unanswered)


def draw_as(file: Path, output: Path, *, language: Language, size: str | None = None) -> None:
    """Write a designed map as a picture, document, workbook or diagram, by the file's ending."""
    made = exports.export(flow.sound_map(file), output.suffix, language=language, size=size)
    write_file(output, made)


def assessment(file: Path) -> list[Question]:
    """Return what to ask yourself, going through your own service as the protagonist."""
    return list(self_assessment.questions(flow.sound_map(file)))


def assess(file: Path, answers: Mapping[str, str]) -> str:
    """Return the map's text with a first draft of emotions and votes from those answers."""
    text = read_document(file)
    return self_assessment.assessed(text, answers, file=str(file), open_=beside(file))


def import_diagram(file: Path) -> str:
    """Return a Mermaid journey diagram as the text of a map."""
    return mermaid.imported(read_document(file), file=str(file))
