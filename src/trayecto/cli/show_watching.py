"""Deviations and drift as words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trayecto.cli.show_journeys import table
from trayecto.vocabulary.person import code_of
from trayecto.vocabulary.text import Language, Text, number, percent, same

if TYPE_CHECKING:
    from trayecto.measuring import LiveMap
    from trayecto.watching import Watched
    from trayecto.whose import Behind

_WAYS = 5
_FATES = (
    ("done", Text(en="done", es="hecho")),
    ("skipped", Text(en="skipped", es="saltado")),
    ("repeated", Text(en="repeated", es="repetido")),
    ("out_of_order", Text(en="out of order", es="fuera de orden")),
    ("not_taken", Text(en="not taken", es="no usado")),
    ("not_reached", Text(en="not reached", es="no alcanzado")),
)
_NEVER = Text(en="Never planned", es="Nunca previsto")
_COMMON = Text(en="Commonest deviations", es="Desvíos más comunes")
_MORE = Text(en="… +{n} (all with --json)", es="… +{n} (todas con --json)")
_WITHOUT = Text(en="without", es="sin")


def deviations(live: LiveMap, language: Language) -> str:
    """Say what became of each touchpoint, what nobody planned, and the commonest ways."""
    found, noun = (
        live.deviations,
        live.journey_map.journeys.called(live.deviations.journeys).say(language),
    )
    if not found.journeys:
        # Nothing was laid beside the map: a table of noughts would say that it was.
        told = (live.journey_map.title, same(""), *live.measured.missing)
        return "\n".join(text.say(language) for text in told)
    planned = found.as_planned
    lines = [
        live.journey_map.title.say(language),
        (
            f"{number(found.journeys, language)} {noun}: {percent(planned.value, language)} "
            + ("as drawn, fitness " if language == "en" else "como está dibujado, ajuste ")
            + number(found.fitness, language, decimals=2)
        ),
        "",
    ]
    names = {t.id: t.name.say(language) for t in live.journey_map.touchpoints()}
    width = max((len(names[own.id]) for own in found.touchpoints), default=0)
    heads = [word.say(language) for _, word in _FATES]
    lines.append(" " * width + "".join(f"{head:>{len(head) + 2}}" for head in heads))
    for own in found.touchpoints:
        if own.measured:
            counts = (number(getattr(own, fate).journeys, language) for fate, _ in _FATES)
            cells = (f"{n:>{len(head) + 2}}" for n, head in zip(counts, heads, strict=True))
            lines.append(f"{names[own.id]:<{width}}" + "".join(cells))

    def called(node: str) -> str:
        return live.journey_map.node_name(node).say(language)

    if found.unplanned:
        lines += ["", _NEVER.say(language)]
        lines += [
            f"{number(node.journeys, language):>9}  {called(node.touchpoint)} ({node.channel})"
            for node in found.unplanned[:10]
        ]
    if found.commonest:
        lines += ["", _COMMON.say(language)]
    for way in found.commonest[:_WAYS]:
        steps = (
            ("" if step.fits else "+ ") + (names[step.name] if step.drawn else called(step.name))
            for step in way.steps
        )
        said = " → ".join(steps)
        if way.skipped:
            lacks = ", ".join(names[missed] for missed in way.skipped)
            said += f" · {_WITHOUT.say(language)}: {lacks}"
        lines.append(f"{number(way.journeys, language):>9}  {said}")
    return "\n".join(lines)


_THAT = {
    "reached": Text(en="came here", es="llegan"),
    "onward": Text(en="went on", es="siguen"),
    "left": Text(en="left", es="se van"),
    "open": Text(en="still open", es="en curso"),
    "repeated": Text(en="came more than once", es="repiten"),
    "completed": Text(en="completed", es="completan"),
    "done": Text(en="did it where the map has it", es="lo hacen donde lo tiene el mapa"),
    "skipped": Text(en="skipped it", es="lo saltan"),
    "out-of-order": Text(en="came out of order", es="pasan fuera de orden"),
    "again": Text(en="came back unplanned", es="repiten sin que el mapa lo prevea"),
    "not-taken": Text(en="did not take it", es="no lo usan"),
    "not-reached": Text(en="have not reached it", es="no lo alcanzan"),
    "vote-cast": Text(en="voted", es="votan"),
    "vote-stay": Text(en="stayed, at the vote", es="se quedan, en la votación"),
    "vote-leave": Text(en="left, at the vote", es="se van, en la votación"),
    "vote-neither": Text(
        en="neither in the time of the vote", es="ni una cosa ni otra en el plazo de la votación"
    ),
    "vote-undecided": Text(en="undecided, at the vote", es="por decidir, en la votación"),
    "felt-good": Text(
        en="felt good, of those that are over", es="lo viven bien, de lo que ya ha terminado"
    ),
    "good-kept": Text(
        en="felt good and completed for good", es="lo viven bien y completan sin irse después"
    ),
    "good-lost": Text(
        en="felt good and did not complete, or left after",
        es="lo viven bien y no completan o se van",
    ),
    "bad-kept": Text(
        en="felt bad and completed for good", es="lo viven mal y completan sin irse después"
    ),
    "bad-lost": Text(
        en="felt bad and did not complete, or left after", es="lo viven mal y no completan o se van"
    ),
    "felt-bad": Text(
        en="felt bad, of those that are over", es="lo viven mal, de lo que ya ha terminado"
    ),
    "late": Text(
        en="waited too long, of those that are over",
        es="esperan de más, de lo que ya ha terminado",
    ),
    "met-completed": Text(en="met it and completed", es="pasan y completan"),
    "met-left": Text(en="met it and did not complete", es="pasan y no completan"),
    "met-back": Text(en="met it and came back later", es="pasan y vuelven más adelante"),
    "met-not-back": Text(en="met it and did not come back", es="pasan y no vuelven"),
    "unmet-completed": Text(en="took another step and completed", es="dan otro paso y completan"),
    "unmet-left": Text(
        en="took another step and did not complete", es="dan otro paso y no completan"
    ),
    "unmet-back": Text(
        en="took another step and came back later", es="dan otro paso y vuelven más adelante"
    ),
    "unmet-not-back": Text(
        en="took another step and did not come back", es="dan otro paso y no vuelven"
    ),
}
_ALL = Text(en="all of them", es="todos")
_WHOSE = {
    "person": Text(en="Journeys: {n} · people: {who}", es="Trayectos: {n} · personas: {who}"),
    "case": Text(en="Journeys: {n} · cases: {who}", es="Trayectos: {n} · casos: {who}"),
}


def behind(found: Behind, language: Language) -> str:
    """Say how many journeys and people that is, and list the people."""
    did = _ALL if not found.place and found.that == "reached" else _THAT[found.that]
    where = "".join(f" · {part}" for part in (found.place, found.group) if part)
    head = _WHOSE[found.per].say(language).format(
        n=number(found.journeys, language), who=number(found.people, language)
    )  # fmt: skip
    rows = [
        (code_of(m.subject) if found.per == "person" else str(m.subject),
         number(m.times, language), f"{m.first_at:%Y-%m-%d %H:%M}", f"{m.last_at:%Y-%m-%d %H:%M}",
         " ".join(m.names)) for m in found.listed
    ]  # fmt: skip
    more = found.people - len(rows)
    rest = [_MORE.say(language).format(n=number(more, language))] if more else []
    return "\n".join([f"{head}{where} · {did.say(language)}", "", *table(rows), *rest]).rstrip()


def drift(found: Watched, language: Language) -> str:
    """Say what changed on a map, a line each."""
    lines = [found.journey_map.title.say(language), found.period().say(language), ""]
    lines += [f"- {words.say(language)}" for words in found.words()]
    return "\n".join(lines).rstrip()
