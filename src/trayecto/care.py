"""
Keeping the lake right: how good the data is, who is who, and taking a person out again.

Beside the story that `flow` tells, these are the use cases of whoever looks after the data. Each is
one short function; the command line and a notebook call them and nothing deeper.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trayecto import flow, forgetting
from trayecto.collect import clean, node_drafts, nodes, quality, rejects
from trayecto.collect import mapping as mappings
from trayecto.forgetting import Forgotten
from trayecto.identity import candidates, judgements, profile
from trayecto.identity.candidates import Suggestion
from trayecto.identity.profile import People, Profile
from trayecto.journeys import customers, groups, kept
from trayecto.journeys.customers import Property
from trayecto.journeys.kept import OnMap
from trayecto.lake.tables import (
    BATCHES,
    INTERACTIONS,
    JUDGEMENTS,
    LINKS,
    MERGES,
    PEOPLE,
    REJECTED,
)
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.estimate import Estimate, share
from trayecto.vocabulary.frames import Listed
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.rule import Rule, rule_words
from trayecto.vocabulary.text import Tell, Text, WayOut, tell_nobody
from trayecto.workspace import Workspace, read_document

__all__ = ["Forgotten", "OnMap", "People", "Profile", "Property", "Suggestion"]


def data_quality(workspace: Workspace) -> Listed[quality.SourceQuality]:
    """Return how good each source's data is; every count reconciles to the rows read."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return Listed(quality.quality(session), quality.SourceQuality)


def imports_since(workspace: Workspace, since: datetime) -> tuple[quality.Import, ...]:
    """Return what was brought in since a moment, the newest first."""
    with workspace.lake.session() as session:
        return quality.imports(session, since=since)


def quality_version(workspace: Workspace) -> tuple[int, ...]:
    """Return what changes whenever the quality may: facts, what is aside, or the log of imports."""
    return tuple(workspace.lake.version(table) for table in (INTERACTIONS, REJECTED, BATCHES))


def people_version(workspace: Workspace) -> tuple[object, ...]:
    """Return what changes whenever what is told of a person may: facts, nodes, and who is who."""
    told = (LINKS, PEOPLE, MERGES, JUDGEMENTS)
    return *flow.data_version(workspace), *map(workspace.lake.version, told)


def list_rejects(
    workspace: Workspace,
    *,
    source: str | None = None,
    reason: str | None = None,
    at_most: int = 100,
) -> Listed[rejects.Kept]:
    """Return rows kept aside, verbatim, with file, line and reason."""
    with workspace.lake.session() as session:
        found = rejects.rejects(session, source=source, reason=reason, at_most=at_most)
    return Listed(found, rejects.Kept)


def why_aside(workspace: Workspace, source: str) -> tuple[rejects.Why, ...]:
    """Return why rows of a source are kept aside now, without showing any of them."""
    with workspace.lake.session() as session:
        return rejects.reasons(session, source)


def mapping_of_rejects(workspace: Workspace, source: str) -> str:
    """Return the mapping that the newest rows kept aside came with; nothing when unknown."""
    with workspace.lake.session() as session:
        used = rejects.mappings_used(session, source)
    return max(used, key=lambda text: max(used[text]), default=None) or ""


def columns_of_rejects(workspace: Workspace, source: str) -> tuple[str, ...]:
    """Return the columns of a source's rows to try again."""
    with workspace.lake.session() as session:
        return rejects.columns(session, source)


def reason_said(code: str) -> Text:
    """Return why a row was kept aside, in words."""
    return clean.REASONS[code]


def replay_rejects(
    workspace: Workspace,
    *,
    source: str,
    mapping: Path | None = None,
    tell: Tell = tell_nobody,
) -> clean.Cleaned | None:
    """
    Clean a source's rejected rows again; return what became of them.

    Under a mended *mapping*; without one, each row under the mapping that its import used: enough
    after a rule of ours changed. Rows that are facts now leave `rejected`; doing it twice changes
    nothing. None: nothing to try.
    """
    done = []
    with workspace.lake.session() as session:
        used = rejects.mappings_used(session, source)
    if mapping:
        used = {read_document(mapping): tuple(b for of in used.values() for b in of)}
    elif None in used:
        raise TrayectoError(_MAPPING_UNKNOWN)
    for text, batches in used.items():
        chosen = mappings.read(text or "", file=str(mapping or source))
        done += _replay(workspace, source, chosen, batches, file=str(mapping or source), tell=tell)
    flow.unify_and_observe(workspace, tell=tell)
    return clean.together(done) if done else None


def _replay(
    workspace: Workspace,
    source: str,
    mapping: mappings.Mapping,
    batches: tuple[int, ...],
    *,
    file: str,
    tell: Tell,
) -> list[clean.Cleaned]:
    """Clean rejected rows of some imports again; return what became of them, if any were there."""
    with workspace.lake.writing() as writer, workspace.lake.session() as session:
        arrivals = rejects.again(session, source, batches)
        if arrivals is None:
            return []
        mappings.check(mapping, [column for column, _ in arrivals.columns], file=file)
        done = clean.clean(
            session,
            writer,
            arrivals,
            mapping=mapping,
            source=source,
            zone=workspace.settings.zone,
            now=workspace.now(),
            tell=tell,
        )
        clean.erase_rejected(writer, rejects.settled(session))
    return [done]


_MAPPING_UNKNOWN = Problem(
    Text(
        en="The mapping that these rows came with was not kept.",
        es="No se guardó la correspondencia con la que llegaron estas filas.",
    ),
    WayOut(
        en="Give it with --mapping.",
        es="Indícala con --mapping.",
        page=Text(
            en="Import the file again, with its mapping.",
            es="Importa otra vez el fichero, con su correspondencia.",
        ),
    ),
)


def list_nodes(workspace: Workspace, *, tell: Tell = tell_nobody) -> Listed[nodes.Matched]:
    """Return every kind of interaction with the node it is and the rules that claim it."""
    flow.be_fresh(workspace, tell=tell)
    rules = flow.node_rules(workspace)
    with workspace.lake.session() as session:
        return Listed(nodes.matched(session, rules), nodes.Matched)


def suggest_nodes(workspace: Workspace, *, at_most: int = 200) -> str:
    """Return a draft of node rules for the commonest kinds that none matches yet."""
    kinds = list_nodes(workspace)
    with workspace.lake.session() as session:
        return node_drafts.draft(session, kinds, at_most=at_most)


def list_people(
    workspace: Workspace,
    *,
    search: str = "",
    where: Rule = (),
    at_most: int | None = 20,
) -> People:
    """
    Return how many people there are, who is nobody's and why, and those who did most.

    *where* is a rule they meet; the count is then theirs.
    """
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        among = (
            customers.chosen_people(session, "person", where, zone=workspace.settings.zone)
            if where
            else None
        )
        return profile.people(session, search=search, among=among, at_most=at_most)


def find_people(
    workspace: Workspace, search: str, *, at_most: int, within: int
) -> tuple[tuple[profile.Listed, ...], int]:
    """
    Return who has *search* in an identifier, those who did most first; and how many have.

    Of more than *within* who have it, those who did most of so many.
    """
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return profile.matching(session, search=search, at_most=at_most, within=within)


def export_people(
    workspace: Workspace, file: Path, *, search: str = "", where: Rule = (), named: bool = False
) -> int:
    """
    Write everybody who is asked for as CSV; return how many.

    What identifies them is personal data: it is written only when they are to be *named*.
    """
    if file.suffix.lower() != ".csv":
        raise TrayectoError(_ONLY_CSV)
    found = list_people(workspace, search=search, where=where, at_most=None).listed
    heading = ["person", "interactions", "first_at", "last_at"] + ["identifiers"] * named
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    for one in found:
        known = [one.person, one.interactions, one.first_at.isoformat(), one.last_at.isoformat()]
        writer.writerow(known + [" ".join(one.identifiers)] * named)
    flow.write_file(file, out.getvalue().encode())
    return len(found)


_ONLY_CSV = Problem(
    Text(en="People are written as .csv.", es="Las personas se guardan como .csv."),
    Text(en="Give the file this ending.", es="Da al fichero esta extensión."),
)


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """One named segment, live: its rule, for how many people it holds, and of what share."""

    id: str
    name: Text
    rule: Text
    people: int
    share: Estimate
    missing: tuple[str, ...]
    """Properties of its rule that nobody has: it holds for nobody until somebody does."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def list_segments(workspace: Workspace) -> tuple[SegmentCount, ...]:
    """Return every named segment with for how many people it holds now."""
    return count_segments(workspace, flow.segments(workspace))


def count_segments(workspace: Workspace, named: Sequence[flow.Segment]) -> tuple[SegmentCount, ...]:
    """Return for how many people each of some segments holds now, written down or not."""
    if not named:
        return ()
    flow.be_fresh(workspace)
    rules = [segment.rule for segment in named]
    with workspace.lake.session() as session:
        known = customers.know(session, "person", rules, zone=workspace.settings.zone)
        groups.mark(session, known, rules, called="in_segments")
        found = groups.count(session, len(rules), of="in_segments")
    return tuple(
        SegmentCount(
            segment.id, segment.name, rule_words(segment.rule), people,
            share(people, found.everybody),
            tuple(t.property for t in segment.rule if t.property in known.missing),
        )
        for segment, people in zip(named, found.sizes, strict=True)
    )  # fmt: skip


def list_properties(workspace: Workspace) -> tuple[Property, ...]:
    """Return everything a rule over customers may name, with the values most of them share."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return customers.properties(session, zone=workspace.settings.zone)


def person(workspace: Workspace, who: str) -> Profile:
    """Return everything known of a person, by code (old ones too) or by an identifier."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        found = profile.find(session, who, region=workspace.settings.region)
        return profile.view(session, found)


def person_on_maps(workspace: Workspace, who: str) -> tuple[OnMap, ...]:
    """Return the journeys of a person on each map, as the maps were last measured in whole."""
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        return kept.of_person(session, profile.find(session, who, region=workspace.settings.region))


def link(workspace: Workspace, left: str, right: str, *, by: str, force: bool = False) -> str:
    """
    Say that two identifiers are one person; return the person's code.

    Two accounts stay apart unless it is forced: then it stands above the limits.
    """
    return _judge(workspace, "same", left, right, by=by, force=force)


def unlink(workspace: Workspace, left: str, right: str, *, by: str) -> str:
    """Say that two identifiers are never one person; return the code of who holds the first."""
    return _judge(workspace, "different", left, right, by=by, force=False)


def suggestions(
    workspace: Workspace, *, at_least: float = 0.5, at_most: int = 50, unsure: bool = False
) -> Listed[Suggestion]:
    """
    Return pairs of people who may be one and whom nobody has judged, the likeliest first.

    When *unsure*, those whom somebody judged and could not tell, and nobody has since. Only the
    extra `review` can tell. Nothing is joined by a suggestion.
    """
    flow.be_fresh(workspace)
    with workspace.lake.session() as session:
        said = judgements.judgements(session)
        found = candidates.suggest(session, said, at_least=at_least, at_most=at_most, unsure=unsure)
        return Listed(found, Suggestion)


def verdicts(workspace: Workspace) -> Counter[judgements.Verdict]:
    """Return of how many pairs of identifiers was said what, each as it was judged last."""
    with workspace.lake.session() as session:
        said = judgements.judgements(session)
    return Counter({frozenset((one.left, one.right)): one.verdict for one in said}.values())


def judge_pair(
    workspace: Workspace, left: str, right: str, answer: judgements.Verdict, *, by: str
) -> None:
    """
    Note an operator's answer on two people: the same, different, or unsure.

    Whoever has seen both says it above the limits, as of two accounts. *Unsure* joins and parts
    nobody; the pair is suggested again to whoever asks for what was left unsure.
    """
    if answer != "unsure":
        _judge(workspace, answer, left, right, by=by, force=answer == "same")
        return
    lake, region = workspace.lake, workspace.settings.region
    with lake.writing() as writer, lake.session() as session:
        one, other = (profile.key_of(session, who, region=region) for who in (left, right))
        judgements.judge(
            session, writer, answer, left=one, right=other, forced=False, by=by,
            now=workspace.now(),
        )  # fmt: skip


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
    WayOut(
        en="If you are sure, say it with --force; it can be undone with unlink.",
        es="Si tienes la certeza, dilo con --force; se deshace con unlink.",
        page=Text(
            en="If you are sure, tick that you are and say it again; it can be undone by "
            "separating them.",
            es="Si tienes la certeza, marca que la tienes y dilo otra vez; se deshace "
            "separándolas.",
        ),
    ),
)
_NOT_PARTED = Problem(
    Text(
        en="They stay one person: other evidence joins them.",
        es="Siguen siendo una persona: otra evidencia las une.",
    ),
    WayOut(
        en="Look at “trayecto person” for what they were seen with, and unlink that too.",
        es="Mira en «trayecto person» con qué se vieron y sepáralo también.",
        page=Text(
            en="Look below at what each was seen with, and separate that too.",
            es="Mira abajo con qué se vio cada uno y sepáralo también.",
        ),
    ),
)


def forget(workspace: Workspace, who: str, *, by: str) -> Forgotten:
    """
    Erase a person from every table and every file, and suppress what comes later.

    What is to go is noted first: a run that was killed is finished before anything else is built.
    Only salted hashes of the identifiers are kept.
    """
    flow.be_fresh(workspace)
    region = workspace.settings.region
    return forgetting.forget(workspace.lake, who, region=region, by=by, now=workspace.now())
