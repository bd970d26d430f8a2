"""
Keeping the lake right: how good the data is, who is who, and taking a person out again.

Beside the story that `flow` tells, these are the use cases of whoever looks after the data. Each is
one short function; the command line and a notebook call them and nothing deeper.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from trayecto import flow
from trayecto.collect import clean, nodes, quality, rejects
from trayecto.collect import mapping as mappings
from trayecto.identity import judgements, links, people, profile
from trayecto.identity.profile import People, Profile
from trayecto.journeys import steps
from trayecto.lake.lake import MANY_FILES
from trayecto.lake.sql import literal
from trayecto.lake.tables import INTERACTIONS, TABLES, Table
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.text import NOTHING, Text
from trayecto.workspace import Workspace, read_document

__all__ = ["People", "Profile"]


def data_quality(workspace: Workspace) -> tuple[quality.SourceQuality, ...]:
    """Return how good each source's data is; every count reconciles to the rows read."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return quality.quality(session)


def list_rejects(
    workspace: Workspace, *, source: str | None = None, at_most: int = 100
) -> tuple[rejects.Kept, ...]:
    """Return rows kept aside, verbatim, with file, line and reason."""
    with workspace.lake.session() as session:
        return rejects.rejects(session, source=source, at_most=at_most)


def replay_rejects(workspace: Workspace, *, source: str, mapping: Path) -> clean.Cleaned | None:
    """
    Clean a source's rejected rows again under a mended mapping; return what became of them.

    Those that are facts now leave `rejected`; doing it twice changes nothing. None: nothing to try.
    """
    chosen = mappings.read(read_document(mapping), file=str(mapping))
    lake = workspace.lake
    with lake.writing() as writer, lake.session() as session:
        arrivals = rejects.again(session, source)
        if arrivals is None:
            return None
        columns = [column for column, _ in arrivals.columns]
        mappings.check(chosen, columns, file=str(mapping))
        done = clean.clean(
            session,
            writer,
            arrivals,
            mapping=chosen,
            source=source,
            zone=workspace.settings.zone,
            now=workspace.now(),
            tell=lambda _: None,
        )
        clean.erase_rejected(writer, rejects.settled(session))
    flow.unify_and_observe(workspace)
    return done


def list_nodes(workspace: Workspace) -> tuple[nodes.Matched, ...]:
    """Return every kind of interaction with the node it is and the rules that claim it."""
    flow.be_fresh(workspace)
    rules, _ = flow.node_rules(workspace)
    with workspace.lake.session() as session:
        return nodes.matched(session, rules)


def suggest_nodes(workspace: Workspace) -> str:
    """Return a draft of node rules for the kinds that none matches yet."""
    return nodes.suggest(list_nodes(workspace))


def list_people(workspace: Workspace, *, search: str = "", at_most: int = 20) -> People:
    """Return how many people there are, who is nobody's and why, and those who did most."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return profile.people(session, search=search, at_most=at_most)


def person(workspace: Workspace, who: str) -> Profile:
    """Return everything known of a person, by code (old ones too) or by an identifier."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        found = profile.find(session, who, region=workspace.settings.region)
        return profile.view(session, found)


def link(workspace: Workspace, left: str, right: str, *, by: str, force: bool = False) -> str:
    """
    Say that two identifiers are one person; return the person's code.

    Two accounts stay apart unless it is forced: then it stands above the limits.
    """
    return _judge(workspace, "same", left, right, by=by, force=force)


def unlink(workspace: Workspace, left: str, right: str, *, by: str) -> str:
    """Say that two identifiers are never one person; return the code of who holds the first."""
    return _judge(workspace, "different", left, right, by=by, force=False)


def _judge(
    workspace: Workspace,
    verdict: judgements.Verdict,
    left: str,
    right: str,
    *,
    by: str,
    force: bool,
) -> str:
    flow.be_fresh(workspace)
    lake, region = workspace.lake, workspace.settings.region
    with lake.writing() as writer, lake.session() as session:
        one = profile.key_of(session, left, region=region)
        other = profile.key_of(session, right, region=region)
        judgements.judge(
            session, writer, verdict, left=one, right=other, forced=force, by=by,
            now=workspace.now(),
        )  # fmt: skip
    flow.unify_and_observe(workspace)
    with lake.session() as session:
        held = [profile.person_of(session, key) for key in (one, other)]
    if (held[0] == held[1]) != (verdict == "same"):
        raise TrayectoError(_NOT_JOINED if verdict == "same" else _NOT_PARTED)
    return code_of(held[0])


_NOT_JOINED = Problem(
    Text(
        en="They stay two people: joining them would break a limit, as of two accounts.",
        es="Siguen siendo dos personas: unirlas rompería un límite, como el de dos cuentas.",
    ),
    Text(
        en="If you are sure, say it with --force; it can be undone with unlink.",
        es="Si tienes la certeza, dilo con --force; se deshace con unlink.",
    ),
)
_NOT_PARTED = Problem(
    Text(
        en="They stay one person: other evidence joins them.",
        es="Siguen siendo una persona: otra evidencia las une.",
    ),
    Text(
        en="Look at “trayecto person” for what they were seen with, and unlink that too.",
        es="Mira en «trayecto person» con qué se vieron y sepáralo también.",
    ),
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased."""

    person: str
    interactions: int
    identifiers: int
    files: int
    """Files rewritten or removed so that no copy stays on disk."""


def forget(workspace: Workspace, who: str, *, by: str) -> Forgotten:
    """
    Erase a person from every table and every file, and suppress what comes later.

    The suppression is written first: if the run is killed, what is left of the person goes with
    the next import or the next call. Only salted hashes of the identifiers are kept.
    """
    flow.be_fresh(workspace)
    lake = workspace.lake
    with lake.writing() as writer:
        with lake.session() as session:
            number = profile.find(session, who, region=workspace.settings.region)
            keys, signatures = profile.holdings(session, number)
            facts = profile.facts_of(session, number, buckets=lake.buckets)
            named = rejects.holding(session, facts.values)
            judgements.withdraw(session, writer, keys)
            judgements.forget(session, writer, keys, by=by, now=workspace.now())
        gone = clean.erase(writer, facts.where)
        clean.erase_rejected(writer, named)
        links.erase(writer, signatures)
        people.erase(writer, number, version=lake.version(INTERACTIONS))
        with lake.session() as session:
            steps.erase(lake, writer, session, person=number, case_buckets=facts.case_buckets)
        files = sum(writer.erase(table) for table in TABLES.values())
        shutil.rmtree(lake.folder / ".scratch", ignore_errors=True)
    return Forgotten(code_of(number), gone, len(keys), files)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor found: what, how to mend it, and whether it is wrong or only noted."""

    wrong: bool
    what: Text
    way_out: Text = NOTHING


def doctor(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what is wrong with a workspace, with the way out; nothing is changed."""
    lake = workspace.lake
    found = [_table_health(workspace, table) for table in TABLES.values()]
    if not steps.is_fresh(lake) and lake.version(INTERACTIONS) >= 0:
        found.append(Finding(True, *_STALE))
    free = shutil.disk_usage(workspace.folder).free
    stored = sum(file.stat().st_size for file in lake.folder.rglob("*") if file.is_file())
    if free < max(2 * stored, 1 << 30):
        gigabytes = free / (1 << 30)
        found.append(
            Finding(
                True,
                Text(
                    en=f"Only {gigabytes:.1f} GB of disk are free; work may need twice the lake.",
                    es=f"Solo quedan {gigabytes:.1f} GB de disco; puede hacer falta el doble del "
                    "lago.",
                ),
                Text(en="Make room before importing.", es="Haz sitio antes de importar."),
            )
        )
    return tuple(finding for finding in found if finding)


_STALE = (
    Text(
        en="Facts have come in that are not ordered into steps yet.",
        es="Han llegado hechos que aún no están ordenados en pasos.",
    ),
    Text(
        en="The next question does it; or run “trayecto tidy”.",
        es="Lo hará la próxima pregunta; o ejecuta «trayecto tidy».",
    ),
)


def _table_health(workspace: Workspace, table: Table) -> Finding | None:
    """Return what is wrong with one table: missing files, or very many small ones."""
    files = [Path(file) for file in workspace.lake.files(table)]
    missing = [file for file in files if not file.exists()]
    if missing:
        return Finding(
            True,
            Text(
                en=f"Table {table.name}: {len(missing)} of its files are missing.",
                es=f"Tabla {table.name}: faltan {len(missing)} de sus ficheros.",
            ),
            Text(
                en="Restore the folder from a copy, or import the sources into a new workspace.",
                es="Recupera la carpeta de una copia o importa los orígenes en un espacio nuevo.",
            ),
        )
    if len(files) >= MANY_FILES:
        return Finding(
            False,
            Text(
                en=f"Table {table.name} lies in {len(files)} small files.",
                es=f"La tabla {table.name} está en {len(files)} ficheros pequeños.",
            ),
            Text(en="Run “trayecto tidy”.", es="Ejecuta «trayecto tidy»."),
        )
    return None


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying did."""

    compacted: int
    """Small files that became large ones."""
    removed: int
    """Old files removed from disk."""
    expired: int
    """Facts older than the workspace keeps."""


# The table writer's own SQL needs the very type of the column.
_UTC = 'Timestamp(Microsecond, Some("UTC"))'


def tidy(workspace: Workspace) -> Tidied:
    """
    Compact small files, erase what is older than the workspace keeps, remove old versions.

    Readers that began before will have to ask again.
    """
    lake, keep = workspace.lake, workspace.settings.keep_days
    expired = 0
    with lake.writing() as writer:
        if keep is not None and lake.version(INTERACTIONS) >= 0:
            oldest = workspace.now() - timedelta(days=keep)
            moment = f"arrow_cast({literal(oldest.isoformat())}, {literal(_UTC)})"
            expired = clean.erase(writer, f"occurred_at < {moment}")
    flow.unify_and_observe(workspace)
    with lake.writing() as writer:
        compacted = sum(writer.compact(table) for table in TABLES.values())
        removed = sum(writer.erase(table) for table in TABLES.values())
    return Tidied(compacted, removed, expired)
