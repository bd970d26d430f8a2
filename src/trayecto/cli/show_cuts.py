"""Parts of a measured map for the terminal: by channel, by month, and what moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trayecto.cli.show_segments import share
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Language, Text, duration, number, percent

if TYPE_CHECKING:
    from trayecto.measuring import LiveMap

_KINDS = {
    "channel": Text(en="by the channel they began on", es="por el canal en que empiezan"),
    "month": Text(en="by the month they began in", es="por el mes en que empiezan"),
}
_MEASURES = {
    "completed": Text(en="completed", es="completos"),
    "drop_off": Text(en="leave", es="se van"),
    "wait": Text(en="wait", es="espera"),
    "duration": Text(en="time in the stage", es="tiempo en la etapa"),
    "felt": Text(en="emotion", es="emoción"),
    "at_once": Text(en="completed at once", es="completada a la primera"),
    "answered": Text(en="answered", es="respondida"),
    "useful": Text(en="content useful", es="contenido útil"),
    "on_time": Text(en="on time", es="a tiempo"),
}
_MOVED = Text(en="what moved, surely", es="lo que ha cambiado con certeza")


def cuts(found: LiveMap, language: Language) -> str:
    """Say how journeys ended by channel and month, and which measures moved; empty if none."""
    parts = [_of_kind(found, kind, language) for kind in _KINDS]
    moved = list(_moved(found, language))
    if moved:
        parts.append("\n".join([_MOVED.say(language), *moved]))
    return "\n\n".join(part for part in parts if part)


def _of_kind(found: LiveMap, kind: str, language: Language) -> str:
    own = [cut for cut in found.cuts if cut.kind == kind]
    if kind == "channel":
        own.sort(key=lambda cut: (-cut.measured.totals.journeys, cut.name))
    if not own:
        return ""
    names = [_name(cut.name, language) for cut in own]
    counts = [number(cut.measured.totals.journeys, language) for cut in own]
    wide, most = max(map(len, names)), max(map(len, counts))
    lines = [
        f"  {name:<{wide}}  {count:>{most}}  "
        + _ended(cut.measured.totals.completed_share, cut.measured.totals.still_open, language)
        for cut, name, count in zip(own, names, counts, strict=True)
    ]
    return "\n".join([_KINDS[kind].say(language), *lines])


def _name(name: str, language: Language) -> str:
    return CHANNELS[name].say(language) if name in CHANNELS else name


def _ended(completed: Estimate, still_open: int, language: Language) -> str:
    open_ = "still open" if language == "en" else "en curso"
    return (
        f"{_MEASURES['completed'].say(language)} {share(completed, language)}, "
        f"{number(still_open, language)} {open_}"
    )


def _moved(found: LiveMap, language: Language) -> Iterator[str]:
    """Give the measures whose first and last settled months cannot be the same."""
    drawn = found.journey_map
    names: dict[str | None, Text] = {stage.id: stage.name for stage in drawn.stages}
    names |= {touchpoint.id: touchpoint.name for touchpoint in drawn.touchpoints()}
    for trend in found.trends:
        if trend.direction is None:
            continue
        known = [p for p in trend.points if p.settled and p.value.value is not None]
        what = _MEASURES[trend.measure].say(language)
        if trend.where is not None:
            quoted = names[trend.where].say(language)
            what += f" “{quoted}”" if language == "en" else f" «{quoted}»"
        first, last = (
            f"{_figure(trend.measure, p.value.value, language)} ({p.period})"
            for p in (known[0], known[-1])
        )
        yield f"  {what}: {first} → {last}"


def _figure(measure: str, value: float | None, language: Language) -> str:
    if measure in ("wait", "duration"):
        return duration(value, language)
    if measure == "felt":
        return number(None if value is None else 2 * value, language, decimals=1)
    return percent(value, language)
