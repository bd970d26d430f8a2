"""
Writing maps: templates, guided creation, self-assessment, comparing and merging, other formats.

Beside the story that `flow` tells, these are the use cases of whoever draws. Each is one short
function; the command line and a notebook call them and nothing deeper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trayecto import flow
from trayecto.maps import assess as self_assessment
from trayecto.maps import check as checks
from trayecto.maps import edit as editing
from trayecto.maps import form as forms
from trayecto.maps import guide as guides
from trayecto.maps import mermaid, versions
from trayecto.maps import templates as shelf
from trayecto.maps import together as versions_together
from trayecto.maps.edit import Edit
from trayecto.maps.field_words import CODES
from trayecto.maps.form import Form
from trayecto.maps.guide import MOST_STAGES, Guide, Question, emotion_of, listed, named_in
from trayecto.maps.images import with_images
from trayecto.maps.library_shelf import (
    Item,
    Library,
    is_library,
    library,
    library_edited,
    library_field,
    library_form,
    portrait,
    used_by,
)
from trayecto.maps.templates import Template
from trayecto.render import export as exports
from trayecto.render.poster.poster import poster
from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.text import NOTHING, Language, Text, same
from trayecto.workspace import beside, images_beside, read_document, write_file

__all__ = [
    "MOST_STAGES",
    "Edit",
    "Form",
    "Guide",
    "Item",
    "Library",
    "Question",
    "emotion_of",
    "is_library",
    "library",
    "library_edited",
    "library_field",
    "library_form",
    "listed",
    "named_in",
    "portrait",
    "used_by",
]


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


def guide(answers: Mapping[str, str], *, skip_unanswered: bool = False, again: str = "") -> Guide:
    """Return where a guided map stands: the next question or the one to ask *again*, or the map."""
    return guides.guide(answers, skip_unanswered=skip_unanswered, again=again)


def draw_as(
    file: Path,
    output: Path,
    *,
    language: Language,
    view: str = "map",
    size: str | None = None,
    beside_map: Path | None = None,
) -> None:
    """
    Write a designed map as a picture, document, workbook or diagram, by the file's ending.

    *view* says what of it: map, blueprint, curve or table. With *beside_map*, both maps are drawn
    over one way, as-is below to-be, and what differs is told.
    """
    drawn, changes = flow.sound_map(file), None
    if beside_map:
        flow.sound_map(beside_map)
        found = diff(file, beside_map)
        if (found.older.state, found.newer.state) == ("to_be", "as_is"):
            found = diff(beside_map, file)
        drawn, changes = versions_together.seen_together(found)
        drawn, _ = with_images(drawn, images_beside(file))
    made = exports.export(
        drawn, output.suffix, language=language, shown=exports.shown_as(view), size=size,
        changes=changes,
    )  # fmt: skip
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


def code_said(field: str, code: str) -> Text:
    """Return what a code that a field of a map may hold is called."""
    return CODES.get(field, {}).get(code) or same(code)


def form(text: str, part: str) -> Form:
    """Return the fields of one part of a map, such as `touchpoint:technician` or `map`."""
    return forms.form(text, part)


def field_edit(text: str, part: str, field: str, given: Mapping[str, str]) -> Edit:
    """Return the change that a field filled in on screen means; see `maps.form.edit_of`."""
    return forms.edit_of(text, part, tuple(field.split(".")), given)


def moved_by(text: str, part: str, by: int) -> Edit:
    """Return the change that moves a part one place earlier (−1) or later (1)."""
    return editing.moved_by(text, part, by)


def moved_beside(text: str, part: str, other: str, *, after: bool) -> Edit:
    """Return the change that puts a part just after, or just before, another."""
    return editing.moved_beside(text, part, other, after=after)


def drawn_node(
    text: str, node: tuple[str, str], *, stage: str, after: str | None, called: Text = NOTHING
) -> Edit:
    """Return the change that draws a node (its touchpoint and channel); see `maps.edit.placed`."""
    return editing.placed(text, *node, stage=stage, after=after, called=called)


def bound_node(text: str, part: str, node: tuple[str, str]) -> Edit:
    """Return the change that binds a node (its touchpoint and channel) to a touchpoint."""
    return editing.bound(text, part, *node)


def check_text(text: str, *, file: Path) -> checks.Checked:
    """Return what is wrong with a text of the map that stands in *file*, with its neighbours."""
    return checks.check(text, file=str(file), open_=beside(file), look=images_beside(file))


def edited(text: str, edits: Sequence[Edit], *, file: Path) -> str:
    """Return a map's text with changes made on screen; comments and untouched lines stay."""
    return editing.edited(text, edits, file=str(file), open_=beside(file))


def text_diff(older: str, newer: str, *, file: Path) -> versions.Difference:
    """Return what changed between two texts of the map that stands in *file*."""
    one, other = (versions.Version(text, str(file), beside(file)) for text in (older, newer))
    return versions.difference(one, other)


def picture_of_text(text: str, *, file: Path, language: Language) -> str:
    """Return a text of the map that stands in *file* as a picture (SVG)."""
    checked = check_text(text, file=file)
    if checked.journey_map is None:
        raise TrayectoError(*checked.problems)
    return poster(checked.journey_map, language=language)


def text_merge(base: str, ours: str, theirs: str, *, file: Path) -> versions.MergedText:
    """Return one text of the map in *file* with what two people changed since *base*."""
    one, mine, other = (versions.Version(t, str(file), beside(file)) for t in (base, ours, theirs))
    return versions.merged(one, mine, other)
