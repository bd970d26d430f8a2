"""Segments, the properties of customers and personas as words for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trayecto.cli import show
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.rule import day_words
from trayecto.vocabulary.text import Language, Text, number, percent

if TYPE_CHECKING:
    from trayecto.care import Property, SegmentCount
    from trayecto.flow import Persona, Personas, Segment
    from trayecto.measuring import Compared, LiveMap


def _in(language: Language, en: str, es: str) -> str:
    return Text(en=en, es=es).say(language)


def segments(found: Sequence[SegmentCount], language: Language) -> str:
    """Say every segment, for how many it holds, and its rule."""
    if not found:
        return _in(
            language,
            "There are no named segments. Write them in segments.yaml, beside trayecto.yaml.",
            "No hay segmentos con nombre. Escríbelos en segments.yaml, junto a trayecto.yaml.",
        )
    width = max(len(one.id) for one in found)
    lines = []
    for one in found:
        name = one.name.say(language)
        lines += [
            f"{one.id:<{width}}  {number(one.people, language):>9}  {share(one.share, language)}"
            + (f"  {name}" if name != one.id else ""),
            f"{'':<{width}}  {one.rule.say(language)}",
        ]
        lines += [f"{'':<{width}}  ⚠ {nobody_has(name, language)}" for name in one.missing]
    return "\n".join(lines)


def share(found: Estimate, language: Language, *, decimals: int = 0) -> str:
    """Say a share with its interval."""
    if found.value is None:
        return "—"
    ends = ((end or 0) * 100 for end in (found.low, found.high))
    low, high = (number(end, language, decimals=decimals) for end in ends)
    return f"{percent(found.value, language, decimals=decimals)} ({low}–{high})"


def nobody_has(name: str, language: Language) -> str:
    """Say that a rule names a property nobody has."""
    return _in(
        language,
        f"No customer has the property “{name}”.",
        f"Ningún cliente tiene la propiedad «{name}».",
    )


def properties(found: Sequence[Property], language: Language) -> str:
    """Say every property that rules may name, and the values most customers share."""
    width = max((len(one.name) for one in found), default=0)
    heads = (
        _in(language, "computed from what they did", "calculadas con lo que hicieron"),
        _in(language, "told by their interactions (the newest counts)",
            "dichas en sus interacciones (cuenta la más reciente)"),
    )  # fmt: skip
    lines: list[str] = []
    for head, computed in zip(heads, (True, False), strict=True):
        own = [one for one in found if one.computed == computed]
        lines += ["", head] if own else []
        for one in own:
            n = number(one.people, language)
            lines.append(f"  {one.name:<{width}}  {n:>9}  {_values(one, language)}".rstrip())
    return "\n".join(lines[1:])


def _values(one: Property, language: Language) -> str:
    said = [one.meaning.say(language)] if one.meaning else []
    if one.values:
        said.append(", ".join(f"{value} ({number(n, language)})" for value, n in one.values))
    elif one.least is not None and one.most is not None:
        written = day_words if one.name in ("first_seen", "last_seen") else _plain
        said.append(f"{written(one.least)}…{written(one.most)}")
    return " · ".join(said)


def _plain(value: float) -> str:
    """Write a number as a rule takes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def measured(found: LiveMap, segments: Sequence[Segment], language: Language) -> str:
    """Say how journeys ended and what was found, of whom, and the same of segments and personas."""
    parts = [show.live(found, language)]
    if segments:
        parts.append(_of_segments(found, segments, language))
    # Where nobody has a journey, nothing is known of whom the rules choose.
    if found.personas and found.personas.personas and found.personas.people:
        parts.append(personas(found.personas, found, language))
    return "\n\n".join(part.rstrip() for part in parts)


def _of_segments(found: LiveMap, segments: Sequence[Segment], language: Language) -> str:
    cuts = {cut.name: cut.measured for cut in found.cuts if cut.kind == "segment"}
    noun = found.journey_map.journeys.noun.say(language)
    lines = [_in(language, "segments", "segmentos")]
    for segment in segments:
        own = cuts.get(segment.id)
        if own is None:
            nothing = _in(language, f"no {noun} on this map", f"sin {noun} en este mapa")
            lines.append(f"  {segment.name.say(language)}: {nothing}")
            continue
        n = number(own.totals.journeys, language)
        counted = found.journey_map.journeys.called(own.totals.journeys).say(language)
        completes = _in(language, "complete", "completan")
        lines.append(
            f"  {segment.name.say(language)}: {n} {counted}, {completes} "
            f"{share(own.totals.completed_share, language)}"
        )
    return "\n".join(lines)


def personas(found: Personas, live: LiveMap, language: Language) -> str:
    """Say whom the rules of a map's personas choose, and what those do differently."""
    heading = _in(language, "personas (customers with a journey here)",
                  "arquetipos (clientes con un trayecto aquí)")  # fmt: skip
    lines = [heading]
    width = max(len(one.name.say(language)) for one in found.personas)
    for one in found.personas:
        n = number(one.people, language)
        lines.append(
            f"  {one.name.say(language):<{width}}  {n:>9}  {share(one.share, language)}  "
            f"{one.rule.say(language)}"
        )
        lines += [f"    ⚠ {problem.say(language)}" for problem in one.unknown]
        lines += [f"    {words}" for words in _differences(one, live, language)]
    parts = (
        (_in(language, "exactly one", "exactamente uno"), found.one),
        (_in(language, "several", "varios"), found.several),
        (_in(language, "none", "ninguno"), found.none),
    )
    said = (f"{name} {share(part, language, decimals=1)}" for name, part in parts)
    whole = percent(1.0 if found.people else None, language)
    lines.append(f"  {' + '.join(said)} = {whole}")
    for both in found.overlaps:
        if both.people:
            names = f"{both.first.say(language)} · {both.second.say(language)}"
            lines.append(f"  {names}: {number(both.people, language)}")
    if found.without_rule:
        names = ", ".join(name.say(language) for name in found.without_rule)
        lines.append("  " + _in(language, f"without a rule: {names}", f"sin regla: {names}"))
    return "\n".join(lines)


def _differences(one: Persona, live: LiveMap, language: Language) -> list[str]:
    return [words.say(language) for words in live.persona_words(one)]


def sides(found: Compared, language: Language) -> str:
    """Say what differs between two sides of a map, the surest first."""
    both, called = found.sides, found.whole.journey_map.journeys.called
    n = [
        f"{number(m.totals.journeys, language)} {called(m.totals.journeys).say(language)}"
        for m in (both.one, both.other)
    ]
    known = sum(gap.p is not None for gap in both.gaps)
    differ = len(both.surest)
    lines = [
        f"{both.first}: {n[0]} · {both.second}: {n[1]}",
        _in(
            language,
            f"{differ} of {known} figures differ beyond chance ({both.correction})",
            f"{differ} de {known} cifras se apartan del azar ({both.correction})",
        ),
        "",
    ]
    lines += [f"- {words.say(language)}" for words in found.words()]
    if short := found.too_short().say(language):
        lines += ["", short]
    return "\n".join(lines).rstrip()
