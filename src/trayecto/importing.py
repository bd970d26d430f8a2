"""
Bringing files in: what is proposed for their columns, what they would become, what became of them.

Of several files each is on its own: one that cannot be read does not stop the others, and the
problems of all are told at the end. People and steps are brought up to date by `flow`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from trayecto.collect import clean, files, preview, propose
from trayecto.collect import mapping as mappings
from trayecto.collect.arrivals import Arrivals
from trayecto.collect.expressions import Expressions
from trayecto.collect.preview import Preview
from trayecto.collect.xlsx import sheet_names
from trayecto.lake.duck import Session
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Tell, tell_nobody
from trayecto.workspace import Workspace, read_document, write_file

__all__ = ["Preview", "sheet_names"]

Answer = TypeVar("Answer")


class ImportStopped(TrayectoError):
    """
    Some files could not be read; *done* holds what became, or would become, of the others.

    *unmapped* are those whose rows can be read, and whose columns somebody must say.
    """

    def __init__(
        self,
        done: Sequence[clean.Cleaned | Preview],
        problems: Sequence[Problem],
        *,
        unmapped: Sequence[preview.Unmapped] = (),
    ) -> None:
        self.done, self.unmapped = tuple(done), tuple(unmapped)
        super().__init__(*problems)


def preview_files(
    workspace: Workspace,
    names: Sequence[Path],
    *,
    source: str,
    mapping: Path | None = None,
    save_mapping: Path | None = None,
    sheet: str | None = None,
    tell: Tell = tell_nobody,
) -> list[Preview]:
    """Return what importing files would do, and do nothing: the same problems are raised."""
    given = mappings.read(read_document(mapping), file=str(mapping)) if mapping else None
    unmapped: list[preview.Unmapped] = []

    def look(name: Path) -> Preview:
        with (
            workspace.lake.session() as session,
            files.opened(session, name, sheet=sheet, tell=tell) as arrivals,
        ):
            columns = preview.examples(session, arrivals)
            try:
                chosen = _chosen(workspace, session, arrivals, given)
            except TrayectoError as error:
                found = error.mapping if isinstance(error, propose.NotProposed) else None
                guessed = mappings.roles(found) if found else {}
                unmapped.append(preview.Unmapped(str(name), columns, guessed, arrivals.notes))
                raise
            if save_mapping:
                write_file(save_mapping, mappings.write(chosen.mapping).encode())
            sql = Expressions(
                arrivals,
                chosen.mapping,
                source=source,
                zone=workspace.settings.zone,
                buckets=workspace.lake.buckets,
            )
            return preview.preview(
                session, sql, now=workspace.now(), columns=columns, notes=chosen.notes, tell=tell
            )

    seen, problems = each(names, look)
    if problems:
        raise ImportStopped(seen, problems, unmapped=unmapped)
    return seen


def each(
    names: Sequence[Path], work: Callable[[Path], Answer]
) -> tuple[list[Answer], list[Problem]]:
    """Return what *work* gave for the files that can be read, and the problems of the others."""
    done: list[Answer] = []
    problems: list[Problem] = []
    for name in names:
        try:
            done.append(work(name))
        except TrayectoError as error:
            problems += error.problems
    return done, problems


def collect(
    workspace: Workspace,
    name: Path,
    *,
    source: str,
    mapping: mappings.Mapping | None = None,
    save_mapping: Path | None = None,
    sheet: str | None = None,
    tell: Tell = tell_nobody,
) -> clean.Cleaned:
    """Bring one file into the lake, and leave people and steps for later."""
    lake = workspace.lake
    with (
        lake.writing() as writer,
        lake.session() as session,
        files.opened(session, name, sheet=sheet, tell=tell) as arrivals,
    ):
        chosen = _chosen(workspace, session, arrivals, mapping)
        if save_mapping:
            write_file(save_mapping, mappings.write(chosen.mapping).encode())
        return clean.clean(
            session,
            writer,
            arrivals,
            mapping=chosen.mapping,
            source=source,
            zone=workspace.settings.zone,
            now=workspace.now(),
            tell=tell,
            notes=chosen.notes,
        )


def _chosen(
    workspace: Workspace, session: Session, arrivals: Arrivals, given: mappings.Mapping | None
) -> propose.Proposal:
    """Return the mapping given, checked against the file, or the one proposed from its data."""
    if given is None:
        return propose.propose(session, arrivals, region=workspace.settings.region)
    columns = [column for column, _ in arrivals.columns]
    mappings.check(given, columns, file=str(arrivals.file))
    return propose.settled(session, arrivals, given, region=workspace.settings.region)


ROLES, BESIDE_ROLES = mappings.ROLES, mappings.BESIDE


def roles_of(text: str) -> dict[str, str]:
    """Return which column is what by a mapping's document, of what a person is asked."""
    return mappings.roles(mappings.read(text, file="mapping"))


def mapping_of(columns: Mapping[str, str]) -> str:
    """Return the document of a mapping in which columns have these roles."""
    return mappings.write(mappings.of_roles(columns, file="mapping"))


def with_roles(text: str, columns: Mapping[str, str]) -> str:
    """Return a mapping's document with other columns in some roles."""
    return mappings.write(mappings.with_roles(mappings.read(text, file="mapping"), columns))


def propose_mapping(workspace: Workspace, name: Path) -> propose.Proposal:
    """Return the mapping that the program would use for a file, with what to know about it."""
    with workspace.lake.session() as session, files.opened(session, name) as arrivals:
        return propose.propose(session, arrivals, region=workspace.settings.region)
