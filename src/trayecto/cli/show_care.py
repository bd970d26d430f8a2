"""Answers about the data as words for a terminal, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import Language, Text, number, percent

if TYPE_CHECKING:
    from trayecto.care import Forgotten, People, Profile, Suggestion
    from trayecto.health import Finding, Tidied


def _in(language: Language, en: str, es: str) -> str:
    return Text(en=en, es=es).say(language)


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "—"


def quality(found: Sequence[Any], language: Language, *, keep_flagged: bool) -> str:
    """Say the quality of each source."""
    blocks = []
    what = (
        _in(language, "part of journeys", "cuentan en los trayectos")
        if keep_flagged
        else _in(language, "left out of journeys", "fuera de los trayectos")
    )
    for source in found:
        n = [number(count, language) for count in (
            source.rows_read, source.kept, source.duplicates, source.rejected,
            source.present, source.erased,
        )]  # fmt: skip
        nobody, late = percent(source.nobody.value, language), percent(source.late.value, language)
        lines = [
            f"{source.source}: {_day(source.first_at)} → {_day(source.last_at)}",
            _in(
                language,
                f"  {n[0]:row read|rows read} = {n[1]} kept + {n[2]} known already + {n[3]} "
                "rejected",
                f"  {n[0]:fila leída|filas leídas} = {n[1]} guardadas + {n[2]} ya conocidas "
                f"+ {n[3]} apartadas",
            ),
            _in(
                language,
                f"  {n[1]} kept = {n[4]} present + {n[5]} erased",
                f"  {n[1]} guardadas = {n[4]} presentes + {n[5]} borradas",
            ),
            _in(
                language,
                f"  of nobody {nobody} · late {late} · last import {_day(source.received_at)}",
                f"  de nadie {nobody} · tardías {late} · última importación "
                f"{_day(source.received_at)}",
            ),
        ]
        lines += [
            f"  {number(reason.rows, language)} × {reason.said.say(language)}"
            for reason in source.reasons
        ]
        if source.new_names:
            names = ", ".join(source.new_names)
            lines.append(_in(language, f"  new names: {names}", f"  nombres nuevos: {names}"))
        if source.new_properties:
            names = ", ".join(source.new_properties)
            lines.append(
                _in(language, f"  new properties: {names}", f"  propiedades nuevas: {names}")
            )
        lines += [
            f"  {number(flagged.rows, language)} × {flagged.said.say(language)}: {what}"
            for flagged in source.flags
        ]
        blocks.append("\n".join(lines))
    nothing = _in(language, "Nothing was imported yet.", "Todavía no se ha importado nada.")
    return "\n\n".join(blocks) or nothing


def rejects(kept: Sequence[Any], language: Language) -> str:
    """Say which rows were kept aside and why."""
    lines = []
    for one in kept:
        field = f" [{one.field}]" if one.field else ""
        lines += [f"{one.file}:{one.line}{field} {one.said.say(language)}", f"    {one.raw}"]
    return "\n".join(lines) or _in(language, "Nothing is kept aside.", "No hay nada apartado.")


def replayed(done: Any, language: Language) -> str:
    """Say what became of the rows tried again."""
    if done is None:
        return _in(language, "Nothing to try again.", "No hay nada que intentar de nuevo.")
    n = [number(c, language) for c in (done.read, done.kept, done.duplicates, done.rejected)]
    return _in(
        language,
        f"{n[0]} tried again = {n[1]} kept + {n[2]} known already + {n[3]} still aside",
        f"{n[0]} de nuevo = {n[1]} guardadas + {n[2]} ya conocidas + {n[3]} siguen apartadas",
    )


def nodes(found: Sequence[Any], language: Language, *, at_most: int) -> str:
    """Say which kinds of interaction are which nodes, by how many rules claim them; all add up."""
    claimed = (
        [node for node in found if len(node.rules) > 1],
        [node for node in found if not node.rules],
        [node for node in found if len(node.rules) == 1],
    )
    several, none, one = (
        number(sum(node.interactions for node in lot), language) for lot in claimed
    )
    total = number(sum(node.interactions for node in found), language)
    headings = (
        _in(language, f"Several rules claim {several}; the first has them",
            f"Varias reglas reclaman {several}; se las queda la primera"),
        _in(language, f"No rule matches {none}", f"Ninguna regla acierta {none}"),
        _in(language, f"One rule matches {one}", f"Una sola regla acierta {one}"),
    )  # fmt: skip
    lines = [
        _in(
            language,
            f"{total:interaction|interactions} = {one} of one rule + {several} of several + "
            f"{none} of none",
            f"{total:interacción|interacciones} = {one} de una regla + {several} de varias + "
            f"{none} de ninguna",
        )
    ]
    for heading, lot in zip(headings, claimed, strict=True):
        if lot:
            lines += ["", heading, *(_node(node, language) for node in lot[:at_most])]
            lines += _unlisted(lot[at_most:], language)
    return "\n".join(lines)


def _node(node: Any, language: Language) -> str:
    when = [node.source, node.name, *([node.channel_received] if node.channel_received else [])]
    sides = {"front": _in(language, "front", "delante"), "back": _in(language, "back", "detrás")}
    then = [node.touchpoint, node.channel, sides.get(node.side), node.area, node.place]
    rules = _in(language, "rule ", "regla ") + ", ".join(map(str, node.rules))
    return (
        f"{number(node.interactions, language):>9}  {' · '.join(when)} → "
        f"{' · '.join(part for part in then if part)}{f'  ({rules})' if node.rules else ''}"
    )


def _unlisted(rest: Sequence[Any], language: Language) -> list[str]:
    if not rest:
        return []
    kinds = number(len(rest), language)
    facts = number(sum(node.interactions for node in rest), language)
    return [
        _in(
            language,
            f"{facts:>9}  in {kinds} rarer kinds (--at-most lists more, --json all)",
            f"{facts:>9}  en {kinds} clases menos comunes (más con --at-most; todas con --json)",
        )
    ]


_NOTES = {
    "no_identifier": Text(en="no usable identifier", es="sin identificador utilizable"),
    "shared": Text(en="only a shared address", es="solo una dirección compartida"),
}


def people(found: People, language: Language) -> str:
    """Say how many people there are, and who did most."""
    people = number(found.people, language)
    lines = [_in(language, f"{people:person|people}", f"{people:persona|personas}")]
    for note, count in found.unresolved.items():
        why = _NOTES[note.partition(":")[0]].say(language)
        of_nobody = _in(language, "interactions of nobody", "interacciones de nadie")
        lines.append(f"{number(count, language)} {of_nobody}: {why}")
    lines.append("")
    for one in found.listed:
        lines.append(
            f"{one.person}  {number(one.interactions, language):>7}  "
            f"{_day(one.first_at)} → {_day(one.last_at)}  {' '.join(one.identifiers)}"
        )
    return "\n".join(lines)


def person(found: Profile, language: Language, *, read: Callable[[str], str]) -> str:
    """Say everything known of one person, touchpoints as they are *read*."""
    n = number(found.interactions, language)
    lines = [
        found.person + (f" ← {', '.join(found.was)}" if found.was else ""),
        _in(language, f"{n:interaction|interactions}", f"{n:interacción|interacciones}")
        + f", {_day(found.first_at)} → {_day(found.last_at)}",
        "",
        _in(language, "identities (seen with)", "identidades (vistas con)"),
    ]
    for identity in found.identities:
        lines.append(
            f"  {identity.kind}:{identity.value}  {_day(identity.first_at)} {identity.source}"
            + (f"  ({', '.join(identity.seen_with)})" if identity.seen_with else "")
        )
    if found.traits:
        lines += ["", _in(language, "traits", "rasgos")]
        lines += [f"  {t.name}: {t.value}  ({_day(t.at)} {t.source})" for t in found.traits]
    if found.consents:
        lines += ["", _in(language, "consents", "consentimientos")]
        lines += [f"  {_consent(consent, language)}" for consent in found.consents]
    lines += ["", _in(language, "timeline", "cronología")]
    for moment in found.timeline:
        said = f"  «{moment.text}»" if moment.text else ""
        score = f"  {moment.score:g}" if moment.score is not None else ""
        lines.append(
            f"  {_day(moment.at)}  {read(moment.touchpoint)} · {moment.channel}{score}{said}"
        )
    return "\n".join(lines)


def _consent(consent: Any, language: Language) -> str:
    kind, _, value = consent.contact.partition(":")
    every = _EVERY[kind].say(language) if value == "*" else consent.contact
    given = _in(language, "given", "dado") if consent.given else _in(language, "refused", "negado")
    channel = CHANNELS[consent.channel].say(language)
    mark, since = "✓" if consent.given else "✗", f"{_day(consent.at)} {consent.source}"
    return f"{mark} {every} · {channel} · {consent.purpose}: {given}  ({since})"


_EVERY = {
    "email": Text(en="every e-mail", es="todos los correos"),
    "phone": Text(en="every phone", es="todos los teléfonos"),
}


def suggestions(found: Sequence[Suggestion], language: Language) -> str:
    """Say which people may be one, and why."""
    blocks = [
        suggestion(one, language, place=place, of=len(found)) for place, one in enumerate(found, 1)
    ]
    nothing = _in(language, "Nobody looks like somebody else.", "Nadie parece otra persona.")
    return "\n\n".join(blocks) or nothing


def suggestion(one: Suggestion, language: Language, *, place: int, of: int) -> str:
    """Say why two people may be one, what speaks for it first."""
    left, right = (f"{kind}:{value}" for kind, value in (one.left_key, one.right_key))
    lines = [f"{place}/{of}  {percent(one.score, language)}  {left}  ≟  {right}"]
    for agreement in one.agreements:
        field, how = agreement.called.say(language), _HOW[agreement.how].say(language)
        values = (
            agreement.left if agreement.how == "equal" else f"{agreement.left} / {agreement.right}"
        )
        sign = "+" if agreement.weight > 0 else "−" if agreement.weight < 0 else "·"
        lines.append(f"  {sign} {field}: {how}  ({values})")
    if one.two_accounts:
        lines.append(_in(language, "  ! both have an account", "  ! las dos tienen cuenta"))
    return "\n".join(lines)


_HOW = {
    "equal": Text(en="equal", es="igual"),
    "similar": Text(en="similar", es="parecido"),
    "different": Text(en="different", es="distinto"),
}
_SAID = {
    "same": Text(en="Noted: one person.", es="Anotado: es la misma persona."),
    "different": Text(en="Noted: two people.", es="Anotado: son dos personas."),
    "unsure": Text(
        en="Noted: unsure; they stay two, and --unsure suggests them again.",
        es="Anotado: en duda; siguen siendo dos, y --unsure las vuelve a sugerir.",
    ),
}


def noted(said: str, language: Language) -> str:
    """Say what was noted of a pair."""
    return _SAID[said].say(language)


def forgotten_json(done: Forgotten) -> dict[str, Any]:
    """Return what was erased as plain values."""
    return asdict(done)


def forgotten(done: Forgotten, language: Language) -> str:
    """Say what was erased."""
    n = [number(count, language) for count in (done.interactions, done.identifiers, done.files)]
    return _in(
        language,
        f"Forgotten: {n[0]:interaction|interactions} and {n[1]:identifier|identifiers}; "
        f"{n[2]:old file|old files} removed.",
        f"Olvidada: {n[0]:interacción|interacciones} y {n[1]:identificador|identificadores}; "
        f"{n[2]:fichero antiguo|ficheros antiguos} fuera.",
    )


def tidied(done: Tidied, language: Language) -> str:
    """Say what tidying did."""
    n = [number(count, language) for count in (done.compacted, done.removed, done.expired)]
    return _in(
        language,
        f"{n[0]:small file|small files} compacted, {n[1]:old file|old files} removed, "
        f"{n[2]:fact|facts} expired.",
        f"{n[0]:fichero pequeño compactado|ficheros pequeños compactados}, "
        f"{n[1]:antiguo quitado|antiguos quitados}, {n[2]:hecho caducado|hechos caducados}.",
    )


def doctor(found: Sequence[Finding], language: Language) -> str:
    """Say what is wrong and how to mend it."""
    lines = [
        f"{'✗' if finding.wrong else '·'} {finding.what.say(language)} "
        f"{finding.way_out.say(language)}"
        for finding in found
    ]
    return "\n".join(lines) or _in(language, "All is well.", "Todo está bien.")
