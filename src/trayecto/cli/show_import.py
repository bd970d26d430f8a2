"""What an import did, or would do, as words for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trayecto.vocabulary.text import Language, number

_WIDEST = 100


def imported(done: Sequence[Any], language: Language) -> str:
    """Say what became of each file; the counts of a file reconcile."""
    en, lines = language == "en", []
    for cleaned in done:
        n = [number(count, language) for count in (
            cleaned.read, cleaned.kept, cleaned.duplicates, cleaned.rejected)]  # fmt: skip
        lines.append(
            f"{cleaned.file}: {n[0]:row read|rows read} = {n[1]} kept + {n[2]} known already "
            f"+ {n[3]} rejected"
            if en
            else f"{cleaned.file}: {n[0]:fila leída|filas leídas} = {n[1]} guardadas + {n[2]} "
            "ya conocidas "
            f"+ {n[3]} apartadas"
        )
        lines += _told(cleaned, language)
    return "\n".join(lines)


def _told(cleaned: Any, language: Language) -> list[str]:
    lines = []
    if cleaned.nobody:
        count = number(cleaned.nobody, language)
        lines.append(
            f"  {count} carry neither person nor case: kept, but in nobody's journey"
            if language == "en"
            else f"  {count} no llevan persona ni caso: se guardan, pero no son de nadie"
        )
    if cleaned.flagged:
        count = number(cleaned.flagged, language)
        lines.append(
            f"  {count} look like a robot's or a test: kept, with a flag"
            if language == "en"
            else f"  {count} parecen de un robot o una prueba: se guardan, con una marca"
        )
    lines += [f"  {note.say(language)}" for note in cleaned.notes]
    lines += _rejected(cleaned.reasons, language)
    return lines + [f"  {suspect.said.say(language)}" for suspect in cleaned.suspects]


def previewed(seen: Sequence[Any], language: Language) -> str:
    """Say what importing each file would do; nothing was written."""
    return "\n".join(line for preview in seen for line in _one(preview, language))


def _one(preview: Any, language: Language) -> list[str]:
    en, cleaned = language == "en", preview.cleaned
    n = [number(count, language) for count in (
        cleaned.read, cleaned.kept, cleaned.duplicates, cleaned.rejected)]  # fmt: skip
    lines = [
        f"# {cleaned.file}: " + ("nothing was written" if en else "no se ha guardado nada"),
        *preview.mapping.rstrip().splitlines(),
        "",
        f"{n[0]:row read|rows read} = {n[1]} would be kept + {n[2]} known already + {n[3]} rejected"
        if en
        else f"{n[0]:fila leída|filas leídas} = {n[1]} se guardarían + {n[2]} ya conocidas + "
        f"{n[3]} apartadas",
    ]
    lines += _told(cleaned, language)
    if preview.sample:
        lines += ["", "the first interactions:" if en else "las primeras interacciones:"]
        lines += [f"  {_fact(fact)}" for fact in preview.sample]
    return [*lines, ""]


def _rejected(reasons: Sequence[Any], language: Language) -> list[str]:
    """Say why rows are kept aside, with the first line of each reason."""
    where = "first on line" if language == "en" else "la primera en la línea"
    return [
        f"  {number(reason.rows, language)} ×{f' [{reason.field}]' if reason.field else ''} "
        f"{reason.said.say(language)} ({where} {number(reason.first_line, language)})"
        for reason in reasons
    ]


def _fact(fact: dict[str, Any]) -> str:
    told = " · ".join(str(value) for value in fact.values())
    return told if len(told) <= _WIDEST else told[: _WIDEST - 1] + "…"
